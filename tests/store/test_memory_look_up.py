"""The memory in the archive: all that is like a text is found, whatever was added, taken out or folded before."""

import itertools
import random
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from office import Office
from rapidfuzz.distance import Levenshtein
from sqlalchemy import func, select

from desktop_app.desk.desk import Desk, Progress
from desktop_app.desk.memory import add_units, all_units, forget_origin, look_up, memory_facts
from desktop_app.desk.verification import rebuild_search, verify
from desktop_app.domain.memory import Layer, MemoryUnit
from desktop_app.foundation.errors import CancelledError, WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.language.memory import Asked
from desktop_app.language.memory.similarity import compared, similarity_of
from desktop_app.store import memory, memory_index
from desktop_app.store.memory_reader import MemoryReader
from desktop_app.store.models import MemoryPartRow, MemoryPostingsRow, MemoryUnitRow
from tests.founding import found_desk


def fill(desk: Desk, sources: list[str], *, origin: str = "pairs.tsv") -> None:
    add_units(desk, [MemoryUnit(one, f"English of {one}") for one in sources], origin=origin, digest="d", by=None)


def fold(desk: Desk, *, bounded: bool = True) -> None:
    with desk.archive.write() as unit:
        memory_index.fold(unit.session, bounded=bounded)
        unit.record("search rebuilt")


def nearest(sources: list[str], text: str, least: int, limit: int) -> list[float]:
    """Brute force: the similarities of the texts nearest to one, best first."""
    found = []
    for source in map(compared, sources):
        longer = max(len(text), len(source))
        edits = Levenshtein.distance(text, source)
        if 100 * (longer - edits) >= least * longer:
            found.append(similarity_of(edits, longer))
    return sorted(found, reverse=True)[:limit]


def found(desk: Desk, text: str, least: int, limit: int) -> list[float]:
    matches = look_up(desk, text, least=least, limit=limit)
    return sorted((match.similarity for match in matches if match.similarity >= least), reverse=True)


# ---- everything is found


TEXTS = st.one_of(
    st.text(st.sampled_from("甲乙丙。"), min_size=1, max_size=12),
    st.text(st.sampled_from("哈3\U0001f600"), min_size=1, max_size=20),
).filter(lambda text: text.strip() != "")


class Memories(RuleBasedStateMachine):
    """Units come, go and are folded in any order; a reader that saw it all answers as a fresh one and brute force."""

    folder: Path
    numbers = itertools.count()

    @initialize()
    def begin(self) -> None:
        self.desk = found_desk(self.folder / str(next(self.numbers)))
        self.there: dict[str, str] = {}
        self.count = 0

    @rule(texts=st.lists(TEXTS, min_size=1, max_size=25))
    def add(self, texts: list[str]) -> None:
        self.count += 1
        fresh = [text for text in dict.fromkeys(texts) if text not in self.there]
        fill(self.desk, texts, origin=f"file {self.count}")
        self.there |= dict.fromkeys(fresh, f"file {self.count}")

    @rule(number=st.integers(0, 5))
    def forget(self, number: int) -> None:
        files = [origin.name for origin in memory_facts(self.desk).origins]
        if files:
            gone = files[number % len(files)]
            forget_origin(self.desk, gone, by=None)
            self.there = {text: origin for text, origin in self.there.items() if origin != gone}

    @rule(bounded=st.booleans())
    def fold(self, bounded: bool) -> None:
        fold(self.desk, bounded=bounded)

    @rule(text=TEXTS, least=st.integers(60, 100), limit=st.integers(1, 6))
    def look_up(self, text: str, least: int, limit: int) -> None:
        expected = nearest(list(self.there), text, least, limit)
        assert found(self.desk, text, least, limit)[: len(expected)] == expected
        kept, self.desk.memory = self.desk.memory, None
        assert found(self.desk, text, least, limit)[: len(expected)] == expected
        self.desk.memory = kept

    @invariant()
    def all_are_there(self) -> None:
        assert sorted(unit.source for unit in all_units(self.desk)) == sorted(self.there)

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.close()


def test_all_that_is_like_a_text_is_found_after_any_history(tmp_path: Path) -> None:
    Memories.folder = tmp_path
    case = Memories.TestCase()
    case.settings = settings(
        max_examples=12, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
    )
    case.runTest()


def test_thousands_of_units_in_several_parts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts that grow, that are merged, and that stay apart because they are large: nothing is lost in any of them."""
    monkeypatch.setattr(memory_index, "LARGEST", 1500)
    chance = random.Random(3)
    words = ["".join(chance.choices("的一是了我不人在他有这中大来上国北京学校", k=3)) for _ in range(80)]
    sources = list(dict.fromkeys("".join(chance.choices(words, k=chance.randint(1, 9))) for _ in range(4000)))
    for start in range(0, len(sources), 400):
        fill(desk, sources[start : start + 400])
        if start != 3600:
            fold(desk)
    with desk.archive.read() as session:
        sizes = list(session.scalars(select(MemoryPartRow.size).order_by(MemoryPartRow.upto)))
    assert len(sizes) > 1
    assert max(sizes) <= 1500
    for _ in range(60):
        text = list(chance.choice(sources))
        for _ in range(chance.randint(0, 4)):
            text[chance.randrange(len(text))] = chance.choice("的国学")
        asked = "".join(text)
        for least in (60, 75, 100):
            assert found(desk, asked, least, 5) == nearest(sources, asked, least, 5)


def test_postings_of_gone_parts_go_with_them(desk: Desk) -> None:
    for number in range(3):
        fill(desk, [f"第{number}号文件的第{line}行" for line in range(50)])
        fold(desk, bounded=False)
    with desk.archive.read() as session:
        (part,) = session.scalars(select(MemoryPartRow.id))
        rows = session.scalars(select(MemoryPostingsRow.id)).all()
    assert {memory_index.part_of(row) for row in rows} == {part}


def test_a_memory_that_was_emptied_is_searched(desk: Desk) -> None:
    fill(desk, ["学校举行典礼。"])
    fold(desk)
    forget_origin(desk, "pairs.tsv", by=None)
    assert look_up(desk, "学校举行典礼。") == []
    fold(desk, bounded=False)
    assert look_up(desk, "学校举行典礼。") == []
    fill(desk, ["学校举行了典礼。"])
    assert [match.score for match in look_up(desk, "学校举行典礼。")] == [87]


# ---- several at once


def test_a_reader_keeps_its_state_while_another_writes_and_folds(desk: Desk) -> None:
    """One reader, two transactions: the older one sees what was there when it began, though parts have gone since."""
    fill(desk, [f"第{n}句话说的是这件事。" for n in range(30)])
    fold(desk)
    reader = MemoryReader()
    asked = Asked("第7句话说的是这件事。", 60, 100)
    with desk.archive.read() as early:
        before = [unit.source for _, unit in reader.look_up(early, asked)]
        fill(desk, [f"第{n}句话说的是那件事。" for n in range(30)])
        fold(desk, bounded=False)
        with desk.archive.read() as late:
            assert len(reader.look_up(late, asked)) == 60
        assert [unit.source for _, unit in reader.look_up(early, asked)] == before
        forget_origin(desk, "pairs.tsv", by=None)
        assert [unit.source for _, unit in reader.look_up(early, asked)] == before
    assert len(before) == 30


def test_look_ups_on_many_threads_see_whole_imports(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_TAIL", 16)
    stop = threading.Event()

    def look() -> int:
        looks = 0
        while not stop.is_set() or not looks:
            assert len(look_up(desk, "这一句话在哪里？", least=60, limit=1000)) % 10 == 0
            looks += 1
        return looks

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(look) for _ in range(3)]
        try:
            for number in range(12):
                fill(desk, [f"这一句话在{number}{letter}里？" for letter in "甲乙丙丁戊己庚辛壬癸"])
        finally:
            stop.set()
        assert all(reader.result() for reader in readers)
    assert len(look_up(desk, "这一句话在哪里？", least=60, limit=1000)) == 120


# ---- taking in and forgetting


def test_pairs_that_are_there_are_not_taken_in_again(desk: Desk) -> None:
    units = [
        MemoryUnit("一", "One"),
        MemoryUnit("一", "One"),
        MemoryUnit("一", "A"),
        MemoryUnit(" ", "B"),
        MemoryUnit("二", ""),
    ]
    taken = add_units(desk, units, origin="a.tsv", digest="1", by=None)
    assert (taken.added, taken.known) == (2, 1)
    assert taken.changes.memory
    again = add_units(desk, [*units, MemoryUnit("三", "Three")], origin="b.tsv", digest="2", by=None)
    assert (again.added, again.known) == (1, 3)
    facts = memory_facts(desk)
    assert (facts.signed, facts.imported, facts.draft) == (0, 3, 0)
    assert [(origin.name, origin.count) for origin in facts.origins] == [("b.tsv", 1), ("a.tsv", 2)]
    assert verify(desk).problems == ()


def test_what_a_unit_says_of_itself_is_kept(desk: Desk) -> None:
    unit = MemoryUnit(
        "学校", "School", Layer.SIGNED, None, None, "LI", "WANG", "2024-01-01T00:00:00.000000Z", "x", 1, -2
    )
    add_units(desk, [unit], origin="a.tmx", digest="1", by=None)
    (kept,) = all_units(desk)
    assert kept == MemoryUnit("学校", "School", Layer.IMPORTED, None, None, "LI", "WANG", unit.at, "a.tmx", 1, -2)


def test_stopping_an_import_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_AT_ONCE", 10)

    def stop_at(count: int) -> Callable[[int, int], None]:
        def report(done: int, _total: int) -> None:
            if done >= count:
                raise CancelledError(N_("The job was cancelled."))

        return report

    units = [MemoryUnit(f"第{n}句", f"Sentence {n}") for n in range(100)]
    with pytest.raises(CancelledError):
        add_units(desk, units, origin="a.tsv", digest="", by=None, progress=Progress(report=stop_at(50)))
    facts = memory_facts(desk)
    assert (facts.imported, facts.origins) == (0, ())
    assert look_up(desk, "第3句") == []
    assert verify(desk).problems == ()


def test_a_file_can_be_forgotten(desk: Desk) -> None:
    fill(desk, ["甲", "乙"], origin="a.tsv")
    fill(desk, ["丙"], origin="b.tsv")
    assert forget_origin(desk, "a.tsv", by=None).memory
    assert [unit.source for unit in all_units(desk)] == ["丙"]
    assert [origin.name for origin in memory_facts(desk).origins] == ["b.tsv"]
    with pytest.raises(WrongUsageError):
        forget_origin(desk, "a.tsv", by=None)
    assert verify(desk).problems == ()


def test_ids_are_never_used_again(desk: Desk) -> None:
    """A reader may hold what it read of a unit for as long as it likes."""
    fill(desk, ["甲"], origin="a.tsv")
    with desk.archive.read() as session:
        first = session.scalar(select(func.max(MemoryUnitRow.id)))
    forget_origin(desk, "a.tsv", by=None)
    fill(desk, ["乙"], origin="a.tsv")
    with desk.archive.read() as session:
        assert session.scalar(select(func.max(MemoryUnitRow.id))) > first


@pytest.mark.parametrize("wrong", [{"least": 0}, {"least": 101}, {"limit": 0}])
def test_what_cannot_be_asked_is_wrong_usage(desk: Desk, wrong: dict[str, int]) -> None:
    with pytest.raises(WrongUsageError):
        look_up(desk, "学校", **wrong)


def test_odd_texts_are_looked_up(desk: Desk) -> None:
    fill(desk, ["\x00甲\U0001f600", "a" * 5000, "  两边有空白  ", "cafe\u0301 在哪里"])
    assert look_up(desk, "") == look_up(desk, " \n") == []
    assert [match.score for match in look_up(desk, "\x00甲\U0001f600")] == [100]
    assert [match.score for match in look_up(desk, "a" * 4999)] == [99]
    assert [match.score for match in look_up(desk, "  两边有空白  ")] == [100]
    assert [match.score for match in look_up(desk, "caf\u00e9 在哪里\u3000")] == [100]
    assert look_up(desk, "\ud800没有") == []


def test_the_difference_leads_from_the_unit_to_the_text(office: Office) -> None:
    fill(office.desk, ["学校举行典礼。"])
    (match,) = look_up(office.desk, "学校今天举行典礼。")
    assert match.ops == (("=", "学校"), ("+", "今天"), ("=", "举行典礼。"))


# ---- what is altered from outside is found


def altered(office: Office, statement: str) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(office.desk.archive.database)) as connection:
        connection.execute(statement)
        connection.commit()
    return [(problem.kind, problem.reason.key) for problem in verify(office.desk).problems]


@pytest.mark.parametrize(
    "change",
    [
        "layer = 0", "drafter = 'Somebody'", "reviser = 'Somebody'", "at = '2020-01-01T00:00:00.000000Z'",
        "story = 's'", "segment = 's'", "before = 5", "after = NULL", "origin = 'x'", "target = 'Other words'",
        "source = '别的话'", "masked_key = 7", "source_key = 7", "drafter = x'ff'",
    ],
)  # fmt: skip
def test_verify_finds_an_altered_unit(office: Office, change: str) -> None:
    unit = MemoryUnit("会议结束。", "It ended.", drafter="LI Wei", at="2024-01-01T00:00:00.000000Z", after=3)
    add_units(office.desk, [unit], origin="a.tmx", digest="d", by=None)
    assert verify(office.desk).problems == ()
    assert {kind for kind, _ in altered(office, f"UPDATE memory_units SET {change}")} & {"memory", "database"}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE memory_parts SET size = size + 1",
        "UPDATE memory_parts SET upto = upto - 1",
        "UPDATE memory_postings SET ranks = zeroblob(length(ranks)) WHERE id = (SELECT min(id) FROM memory_postings)",
        "DELETE FROM memory_postings WHERE id = (SELECT min(id) FROM memory_postings)",
        "UPDATE memory_parts SET signatures = zeroblob(length(signatures))",
    ],
)
def test_verify_finds_a_damaged_index_and_it_can_be_made_anew(office: Office, change: str) -> None:
    fill(office.desk, [f"第{n}次会议结束。" for n in range(300)])
    fold(office.desk)
    assert verify(office.desk).problems == ()
    assert [kind for kind, _ in altered(office, change)] == ["search"]
    rebuild_search(office.desk)
    assert verify(office.desk).problems == ()
    assert look_up(office.desk, "第7次会议结束。")[0].unit.source == "第7次会议结束。"
