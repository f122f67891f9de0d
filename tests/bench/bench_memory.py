"""How quick and how complete the memory is, beside rapidfuzz over everything and Translate Toolkit's matcher.

Units are the pairs of ../shared/data/memory in their order. Beyond their number they are recombined: the first half of
the clauses of one source with the second half of another's (of a source of one clause, of its characters), seed 17,
so that many units are half like one another. The texts looked up are sources with 0 to 20 % of their characters
substituted, dropped or added, seed 5. Recall compares the similarities of the five nearest, at 70 and above, with
those that rapidfuzz finds in an exhaustive search.
"""

import gzip
import json
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from sqlalchemy import select

from desktop_app.desk.desk import Desk, create_desk, open_desk
from desktop_app.desk.memory import add_units, look_up
from desktop_app.domain.memory import MemoryUnit
from desktop_app.language.memory.similarity import similarity_of
from desktop_app.store.memory_reader import MemoryReader
from desktop_app.store.models import MemoryPartRow
from tests.conftest import SHARED

PAIRS = SHARED / "data" / "memory" / "pairs.tsv.gz"
# Units, and how many texts rapidfuzz and the toolkit look up: each of theirs takes up to a second.
SIZES = ((10_000, 1000, 100), (100_000, 1000, 40), (1_000_000, 300, 6))
QUERIES = 1000
LEAST, LIMIT = 70, 5
_CLAUSES = re.compile(r"[^，；：。！？、,;:]*[，；：。！？、,;:]*")

Pairs = list[tuple[str, str]]


def _pairs(count: int) -> Pairs:
    if not PAIRS.exists():
        pytest.skip(f"no pairs at {PAIRS}")
    with gzip.open(PAIRS, "rt", encoding="utf-8", newline="\n") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    pairs = [(row[1], row[2]) for row in rows if row[0] != "set"]
    if len(pairs) < count:
        pairs += _recombined(pairs, count - len(pairs))
    return pairs[:count]


def _recombined(pairs: Pairs, count: int) -> Pairs:
    chance = random.Random(17)
    clauses = [[clause for clause in _CLAUSES.findall(source) if clause] for source, _ in pairs]
    known = {source for source, _ in pairs}
    made: Pairs = []
    while len(made) < count:
        one, other = chance.randrange(len(pairs)), chance.randrange(len(pairs))
        (head, first), (tail, last) = pairs[one], pairs[other]
        mine, yours = clauses[one], clauses[other]
        begin = "".join(mine[: len(mine) // 2]) if len(mine) > 1 else head[: (len(head) + 1) // 2]
        end = "".join(yours[len(yours) // 2 :]) if len(yours) > 1 else tail[len(tail) // 2 :]
        if begin + end not in known:
            known.add(begin + end)
            made.append((begin + end, first[: len(first) // 2] + last[len(last) // 2 :]))
    return made


def _edited(sources: list[str]) -> list[str]:
    chance = random.Random(5)
    letters = "".join(chance.sample(sources, min(2000, len(sources))))
    texts = []
    for _ in range(QUERIES):
        text = chance.choice(sources)
        for _ in range(chance.randint(0, max(1, len(text) // 5)) if len(text) > 4 else 0):
            place, kind = chance.randrange(len(text)), chance.random()
            letter = "" if kind < 0.3 else chance.choice(letters)
            text = text[:place] + letter + text[place + (kind < 0.7) :]
        texts.append(text.strip() or "空")
    return texts


# In a process of its own: what a look-up needs from cold, and what 500 of them leave in memory.
_COLD = """
import json, sys, time
from pathlib import Path
import numpy
from desktop_app.desk.desk import open_desk
from desktop_app.desk.memory import look_up
from desktop_app.store import memory_reader
def resident():
    return int(Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0]) / 1024
texts = json.loads(sys.stdin.read())
before, started = resident(), time.perf_counter()
desk = open_desk(Path(sys.argv[1]))
opened = time.perf_counter()
look_up(desk, texts[0])
first = time.perf_counter()
for text in texts:
    look_up(desk, text)
print(f"{1000 * (opened - started):.0f} {1000 * (first - opened):.0f} {resident() - before:.0f}")
"""


def _cold(folder: Path, texts: list[str]) -> tuple[str, str, str]:
    """Milliseconds to open, milliseconds of the first look-up, megabytes."""
    if not Path("/proc/self/status").exists():
        return "?", "?", "?"
    done = subprocess.run(
        [sys.executable, "-c", _COLD, str(folder)], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    opened, first, resident = done.stdout.split()
    return opened, first, resident


def _timed(texts: list[str], look: Callable[[str], object]) -> tuple[list[float], list[object]]:
    """Milliseconds and answer of each."""
    times, answers = [], []
    for text in texts:
        started = time.perf_counter()
        answers.append(look(text))
        times.append(1000 * (time.perf_counter() - started))
    return times, answers


def _row(name: str, times: list[float], more: str = "") -> None:
    ordered = sorted(times)
    middle, high = statistics.median(ordered), ordered[int(0.95 * len(ordered))]
    print(f"  {name:34} {len(times):5} texts  {middle:8.2f} {high:8.2f} {ordered[-1]:8.1f}  {more}")


def _wanted(answer: object, text: str) -> list[float]:
    distances = ((Levenshtein.distance(text, one), max(len(text), len(one))) for one, _, _ in answer)
    return sorted((similarity_of(*distance) for distance in distances), reverse=True)


def _toolkit(pairs: Pairs) -> Callable[[str], object]:
    base = pytest.importorskip("translate.storage.base")
    match = pytest.importorskip("translate.search.match")
    store = base.TranslationStore()
    for source, target in pairs:
        unit = base.TranslationUnit(source)
        unit.target = target
        store.units.append(unit)
    matcher = match.matcher(store, max_candidates=LIMIT, min_similarity=LEAST, max_length=10**6)

    def look(text: str) -> object:
        try:
            return matcher.matches(text)
        except TypeError:  # scores that are tied make it compare units, which it cannot
            return None

    return look


@pytest.fixture(scope="module")
def pairs() -> Pairs:
    return _pairs(SIZES[-1][0])


@pytest.mark.bench
@pytest.mark.parametrize(("size", "brute", "toolkit"), SIZES)
def bench_look_up(size: int, brute: int, toolkit: int, pairs: Pairs, tmp_path: Path) -> None:
    folder, chosen = tmp_path / "archive", pairs[:size]
    sources = [source for source, _ in chosen]
    texts = _edited(sources)
    desk = create_desk(folder)
    started = time.perf_counter()
    add_units(desk, (MemoryUnit(*pair) for pair in chosen), origin="pairs.tsv", digest="", by=None)
    built = time.perf_counter() - started
    desk.close()
    desk = open_desk(folder)
    opened, first, resident = _cold(folder, texts[:500])
    ours, answers = _timed(texts, lambda text: look_up(desk, text, least=LEAST, limit=LIMIT))
    theirs, expected = _timed(
        texts[:brute],
        lambda text: process.extract(
            text, sources, scorer=Levenshtein.normalized_similarity, score_cutoff=LEAST / 100, limit=LIMIT
        ),
    )
    missed = 0
    for text, mine, wanted in zip(texts, answers, expected, strict=False):
        nearest = sorted((match.similarity for match in mine if match.similarity >= LEAST), reverse=True)
        missed += nearest != _wanted(wanted, text)
    print(
        f"\n{size:,} units: taken in {built:.1f} s with full text, {_megabytes(folder):.0f} MB with both texts; ",
        end="",
    )
    print(f"opened in {opened} ms, first look-up {first} ms, {resident} MB in memory after 500 look-ups")
    print(f"  {'top 5 at 70, milliseconds':34} {'':11}  {'median':>8} {'p95':>8} {'worst':>8}")
    _row("ours", ours, f"{missed} of {brute} differ from brute force")
    _row("rapidfuzz over everything", theirs, f"{statistics.median(theirs) / statistics.median(ours):.0f} times ours")
    matcher, _ = _timed(texts[:toolkit], _toolkit(chosen))
    _row(
        "Translate Toolkit search.match",
        matcher,
        f"{statistics.median(matcher) / statistics.median(ours):.0f} times ours",
    )
    adding, _ = _timed(texts[:300], lambda text: _add(desk, "又" + text))
    _row("ours, one unit added", adding, "a transaction each, full text and audit included")
    idle, _ = _timed(texts[:300], lambda _text: _write_nothing_else(desk))
    _row("a transaction with its event alone", idle)
    desk.close()
    assert missed == 0


def _write_nothing_else(desk: Desk) -> None:
    with desk.archive.write() as unit:
        unit.record("search rebuilt")


def _add(desk: Desk, source: str) -> None:
    add_units(desk, [MemoryUnit(source, "Again")], origin="one by one", digest="", by=None)


def _megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.glob("archive.sqlite*")) / 1e6


@pytest.mark.bench
def bench_the_write_that_folds_most(pairs: Pairs, tmp_path: Path) -> None:
    """Parts lie so that one more unit makes one part of them all, as large as a single write may make one."""
    desk = create_desk(tmp_path / "archive")
    stream: Iterator[tuple[str, str]] = iter(pairs)
    for size in (20_000, 7_000, 2_300, 2_047):
        add_units(desk, (MemoryUnit(*next(stream)) for _ in range(size)), origin="pairs.tsv", digest="", by=None)
    (fold,), _ = _timed(["又一句话。"], lambda text: _add(desk, text))
    with desk.archive.read() as session:
        sizes = session.scalars(select(MemoryPartRow.size)).all()
    after, _ = _timed(["又两句话。", "又三句话。"], lambda text: _add(desk, text))
    print(f"\nthe write that folds most: {fold:.0f} ms for a part of {max(sizes):,}; the next {min(after):.1f} ms")
    desk.memory = MemoryReader()
    assert look_up(desk, "又一句话。")[0].score == 100
    desk.close()
