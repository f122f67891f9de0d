"""Searching 100,000 stories, and the concordance over 200,000 pairs and the stories: time, size, recall, tantivy.

The stories are made of the pairs of the shared memory and of the news: pairs drawn with a fixed seed until a story has
450 Chinese characters; its English ends after 740 characters, the rest is not translated yet. That gives the 45 million
Chinese and 74 million English characters of the figures known for FTS5 and tantivy, and besides them what the Chinese
texts have of other letters, punctuation and markup. They are written as rows of a real archive and indexed as
``diptych verify --rebuild-search`` does it; looking up is what the window and the command do, excerpts included.
The queries of a kind are drawn from the texts, half of them as often as they occur and half from what occurs at all.
tantivy gets the same words, bigrams and documents, and reads the story's text for the answer too.
"""

import gzip
import json
import random
import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from conftest import SHARED
from sqlalchemy import insert

from desktop_app.desk.concordance import concordance
from desktop_app.desk.desk import Desk, create_desk
from desktop_app.desk.stories import search
from desktop_app.desk.verification import rebuild_search
from desktop_app.language.searching import SEPARATOR, excerpt, is_han, phrase_of, spelled, spelled_phrase
from desktop_app.store import concordance as concordance_store
from desktop_app.store import search as search_store
from desktop_app.store.dialects.sqlite_search import driver
from desktop_app.store.models import MemoryUnitRow

_MEMORY = SHARED / "data/memory/pairs.tsv.gz"
_NEWS = SHARED / "data/alignment/news-wmt22/wmt22-en-zh-news.clean.json"
_SEED = 20240129
_STORIES = 100_000
_HAN, _ENGLISH = 450, 740  # characters of a story
_QUERIES = 300  # of a kind
_SCANNED = 12  # of a kind, beside a scan of all texts
_LIMIT = 20
_IS_HAN = re.compile(r"[\u4e00-\u9fff]")
_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_WORD = re.compile(r"[a-z]+")

Pair = tuple[str, str]


def pairs() -> list[Pair]:
    """All pairs of the memory and of the news."""
    for path in (_MEMORY, _NEWS):
        if not path.exists():
            pytest.skip(f"{path} is not here")
    with gzip.open(_MEMORY, "rt", encoding="utf-8") as lines:
        next(lines)
        found = [(zh, en) for _set, zh, en in (line.rstrip("\n").split("\t") for line in lines)]
    for document in json.loads(_NEWS.read_text("utf-8")):
        found += [
            (document["zh"][source[0]], document["en"][target[0]])
            for source, target in document["beads"]
            if len(source) == len(target) == 1
        ]
    return found


def written(found: Sequence[Pair], stories: int) -> Iterator[list[Pair]]:
    """The pairs of one story after the other."""
    dice = random.Random(_SEED)
    han = [len(_IS_HAN.findall(zh)) for zh, _ in found]
    for _ in range(stories):
        story: list[Pair] = []
        chinese = english = 0
        while chinese < _HAN:
            at = dice.randrange(len(found))
            zh, en = found[at]
            story.append((zh, en if english < _ENGLISH else ""))
            chinese, english = chinese + han[at], english + len(en)
        yield story


def filled(folder: Path, stories: int) -> Desk:
    """An archive with so many stories, written row by row without an event for each, and not yet searchable."""
    desk = create_desk(folder)
    with desk.archive.write() as unit:
        raw = driver(unit.session.connection())
        columns = [row[1] for row in raw.execute("PRAGMA table_info(stories)")]
        story_row = dict.fromkeys(columns, "") | {
            "state": "drafting", "major": 1, "minor": 0, "policy": "draft-revision", "source_language": "zh-Hans",
            "target_language": "en", "byline": "[]", "topics": "[]", "boilerplate": "[]", "imported_credits": "[]",
            "modified": 0, "created_at": unit.at, "updated_at": unit.at,
        }  # fmt: skip
        empty = ("drafter", "last_editor", "claimed_by", "claimed_step", "date", "source_url", "released")
        story_row |= dict.fromkeys((*empty, "claim_handed", "claim_handed_editor", "kill_asked_by"))
        insert_story = f"INSERT INTO stories ({', '.join(columns)}) VALUES ({', '.join(':' + c for c in columns)})"
        for number, story in enumerate(written(pairs(), stories)):
            identity = f"018d5000-0000-7000-8000-{number:012x}"
            zh, en = story[0]
            headline = {"headline_source": zh, "headline_target": en}
            raw.execute(insert_story, story_row | headline | {"id": identity, "slug": f"story-{number}"})
            block = f"018d5000-0000-7001-8000-{number:012x}"
            raw.execute("INSERT INTO blocks VALUES (?, ?, 0, 'paragraph')", (block, identity))
            raw.executemany(
                "INSERT INTO segments (id, story, block, position, source, target, status, locked) "
                "VALUES (?, ?, ?, ?, ?, ?, 'draft', 0)",
                [(f"018d5000-{i:04x}-7002-8000-{number:012x}", identity, block, i, *p) for i, p in enumerate(story)],
            )
        unit.record("stories imported")
    return desk


def _drawn(texts: Sequence[str], draw: Callable[[random.Random, str], str | None]) -> list[str]:
    """Queries from the texts: half as often as they occur, half from what occurs at all."""
    dice = random.Random(_SEED)
    found = [query for text in texts for _ in range(2) if (query := draw(dice, text)) is not None]
    return dice.sample(found, _QUERIES // 2) + dice.sample(sorted(set(found)), _QUERIES // 2)


def _chinese(dice: random.Random, text: str, shortest: int, longest: int) -> str | None:
    runs = [run for run in _RUN.findall(text) if len(run) >= longest]
    if not runs:
        return None
    run, size = dice.choice(runs), dice.randint(shortest, longest)
    at = dice.randrange(len(run) - size + 1)
    return str(run[at : at + size])


def _english(dice: random.Random, text: str, shortest: int, longest: int) -> str | None:
    lines = [line for line in text.split(SEPARATOR) if line.isascii() and len(_WORD.findall(line.lower())) > longest]
    if not lines:
        return None
    words, size = _WORD.findall(dice.choice(lines).lower()), dice.randint(shortest, longest)
    at = dice.randrange(len(words) - size + 1)
    return " ".join(words[at : at + size])


KINDS: dict[str, Callable[[random.Random, str], str | None]] = {
    "two-character word": lambda dice, text: _chinese(dice, text, 2, 2),
    "Chinese phrase": lambda dice, text: _chinese(dice, text, 4, 8),
    "English word": lambda dice, text: _english(dice, text, 1, 1),
    "English phrase": lambda dice, text: _english(dice, text, 2, 4),
}


def _asked(query: str) -> str:
    return f'"{query}"' if " " in query else query


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of many look-ups."""

    all: list[float]

    def __str__(self) -> str:
        ordered = sorted(self.all)
        p95 = ordered[int(len(ordered) * 0.95)]
        return f"{statistics.median(ordered):8.2f} {p95:8.2f} {ordered[-1]:8.1f}"


def timed(look: Callable[[str], object], queries: Sequence[str]) -> Times:
    """Look each query up once."""
    spent: list[float] = []
    for query in queries:
        started = time.perf_counter()
        look(query)
        spent.append((time.perf_counter() - started) * 1000)
    return Times(spent)


def _megabytes(desk: Desk, tables: str) -> float:
    with desk.archive.read() as session:
        query = f"SELECT sum(pgsize) / 1e6 FROM dbstat WHERE name LIKE '{tables}'"
        return float(driver(session.connection()).execute(query).fetchone()[0])


def _documents(desk: Desk) -> list[tuple[int, str]]:
    with desk.archive.read() as session:
        return driver(session.connection()).execute("SELECT id, text FROM search_texts").fetchall()


def _scan(documents: Sequence[tuple[int, str]], query: str) -> set[int]:
    """Documents that have a query: Chinese anywhere, English as whole words, whatever stands between them."""
    if is_han(query):
        return {number for number, text in documents if query in text}
    pattern = re.compile(r"(?<![^\W_\u4e00-\u9fff])" + r"[^\w\x1e]+".join(query.split()) + r"(?![^\W_\u4e00-\u9fff])")
    return {number for number, text in documents if pattern.search(text.lower())}


def _recall(desk: Desk, documents: Sequence[tuple[int, str]], queries: Sequence[str]) -> tuple[int, int, int]:
    """Of some queries: stories that a scan finds, those of them found when all are asked for, and others found."""
    there = got = wrong = 0
    with desk.archive.read() as session:
        owner = dict(driver(session.connection()).execute("SELECT id, owner FROM search_texts").fetchall())
        for query in queries:
            scanned = {owner[number] for number in _scan(documents, query)}
            hits = search_store.find(session, _asked(query), kinds=("story",), limit=len(documents), whole_words=True)
            found = {hit.owner for hit in hits}
            there, got, wrong = there + len(scanned), got + len(scanned & found), wrong + len(found - scanned)
    return there, got, wrong


@dataclass(frozen=True, slots=True)
class _Peer:
    """tantivy's index of the same documents."""

    index: Any
    build: float
    size: float

    @classmethod
    def of(cls, documents: Sequence[tuple[int, str]], folder: Path) -> "_Peer":
        tantivy = pytest.importorskip("tantivy")
        schema = tantivy.SchemaBuilder()
        schema.add_unsigned_field("id", stored=True)
        schema.add_text_field("body", tokenizer_name="words")
        folder.mkdir()
        index = tantivy.Index(schema.build(), str(folder))
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase()).build()
        index.register_tokenizer("words", analyzer)
        started = time.perf_counter()
        writer = index.writer(256_000_000, 1)
        for number, text in documents:
            writer.add_document(tantivy.Document(id=number, body=spelled(text)))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        spent = time.perf_counter() - started
        return cls(index, spent, sum(path.stat().st_size for path in folder.iterdir()) / 1e6)

    def look(self, read: Callable[[int], str], query: str) -> list[tuple[int, str]]:
        phrase = phrase_of(query)
        assert phrase is not None
        searcher = self.index.searcher()
        found = searcher.search(self.index.parse_query(f'"{spelled_phrase(phrase)}"', ["body"]), _LIMIT)
        numbers = [searcher.doc(address)["id"][0] for _score, address in found.hits]
        return [(number, read(number)) for number in numbers]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The archive of 100,000 stories, searchable."""
    made = filled(tmp_path_factory.mktemp("search") / "archive", _STORIES)
    started = time.perf_counter()
    rebuild_search(made)
    spent = time.perf_counter() - started
    documents = _documents(made)
    han = sum(len(_IS_HAN.findall(text)) for _, text in documents)
    others = sum(len(text) for _, text in documents) - han
    print(f"\n{_STORIES:,} stories: {han / 1e6:.0f} M Chinese characters, {others / 1e6:.0f} M others")
    sizes = [_megabytes(made, tables) for tables in ("search_index%", "%search_texts%")]
    print(f"read and indexed in {spent:.0f} s; index {sizes[0]:.0f} MB, texts {sizes[1]:.0f} MB")
    yield made
    made.close()


@pytest.mark.bench
def bench_search_in_100000_stories(desk: Desk, tmp_path: Path) -> None:
    documents = _documents(desk)
    sample = [text for _, text in random.Random(_SEED).sample(documents, 2000)]
    queries = {kind: _drawn(sample, draw) for kind, draw in KINDS.items()}
    peer = _Peer.of(documents, tmp_path / "tantivy")
    print(f"tantivy, same words: {peer.build:.0f} s (without reading the texts from the archive), {peer.size:.0f} MB")
    print(f"{'median, p95, worst in ms; top 20 with excerpts':<50}{'ours':>14}{'tantivy':>26}    recall against a scan")
    with desk.archive.read() as session:
        raw = driver(session.connection())

        def read(number: int) -> str:
            return str(raw.execute("SELECT text FROM search_texts WHERE id = ?", (number,)).fetchone()[0])

        for kind, asked in queries.items():
            ours = timed(lambda query: _told(desk, query), asked)
            theirs = timed(lambda query: peer.look(read, query), asked)
            there, got, wrong = _recall(desk, documents, asked[:: _QUERIES // _SCANNED])
            print(f"{kind:<38}{ours}{theirs}    {got}/{there}, wrong {wrong}")
            assert got == there


def _told(desk: Desk, query: str) -> list[object]:
    return [excerpt(hit.text, hit.spans) for hit in search(desk, _asked(query), limit=_LIMIT, whole_words=True)]


@pytest.mark.bench
def bench_autosave_in_100000_stories(desk: Desk) -> None:
    with desk.archive.read() as session:
        query = "SELECT id, source, target FROM segments WHERE source <> '' AND target <> '' LIMIT 40"
        segments = driver(session.connection()).execute(query).fetchall()
    texts = [
        search_store.Searchable("story", f"{part}-again", field, text)
        for part, *sides in segments
        for field, text in zip(("source", "target"), sides, strict=True)
    ]
    spent: list[float] = []
    with desk.archive.write() as unit:
        search_store.put(unit.session, "bench", texts)
        for turn in range(200):
            text = texts[turn % len(texts)]
            started = time.perf_counter()
            search_store.put(unit.session, "bench", [replace(text, text=f"{text.text} {turn}")])
            spent.append((time.perf_counter() - started) * 1000)
        unit.session.rollback()
    print(f"\none text of a story of 40 segments saved: median, p95, worst in ms {Times(spent)}")


@pytest.mark.bench
def bench_concordance_over_200000_pairs_and_the_stories(desk: Desk) -> None:
    found = dict(enumerate(pairs()[:200_000], 1))
    with desk.archive.write() as unit:
        rows = [
            {"id": n, "layer": 1, "source": zh, "target": en, "source_key": n, "drafter": "", "reviser": "", "at": "",
             "seal": 0, "origin": "pairs.tsv"}
            for n, (zh, en) in found.items()
        ]  # fmt: skip
        unit.session.execute(insert(MemoryUnitRow), rows)
        started = time.perf_counter()
        concordance_store.index(unit.session, found)
        spent = time.perf_counter() - started
        unit.record("memory imported")
    print(f"\n{len(found):,} pairs indexed in {spent:.1f} s, {len(found) / spent:,.0f} a second; "
          f"index {_megabytes(desk, 'concordance_index%'):.0f} MB")  # fmt: skip
    lines = [SEPARATOR.join(pair) for pair in random.Random(_SEED).sample(sorted(found.values()), 8000)]
    kinds = {**KINDS, "one character": lambda dice, text: _chinese(dice, text, 1, 2) and _chinese(dice, text, 1, 1)}
    print(f"{'median, p95, worst in ms; 50 pairs of both':<50}{'':>14}    recall against a scan of the pairs")
    units = [(number, SEPARATOR.join(pair)) for number, pair in found.items()]
    for kind, draw in kinds.items():
        asked = _drawn(lines, draw)
        spent_on = timed(lambda query: concordance(desk, _asked(query)), asked)
        there = got = 0
        with desk.archive.read() as session:
            for query in asked[:: _QUERIES // _SCANNED]:
                scanned = _scan(units, query)
                there += len(scanned)
                got += len(scanned & set(concordance_store.find(session, _asked(query), len(units))))
        print(f"{kind:<38}{spent_on}    {got}/{there}")
        assert got == there
