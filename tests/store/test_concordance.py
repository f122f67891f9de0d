"""The concordance: words of either language in the memory and in every story, each pair once, the signed ones first."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import Office
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from desktop_app.desk.concordance import concordance
from desktop_app.desk.verification import rebuild_search, verify
from desktop_app.domain.memory import Layer
from desktop_app.store import concordance as store
from desktop_app.store.archive import DATABASE
from desktop_app.store.dialects.sqlite_search import search_schema
from desktop_app.store.memory_seals import seal_of
from desktop_app.store.models import Base, MemoryUnitRow

PAIRS = {
    1: ("北京大学迎来新学期。", "Peking University opens a new term."),
    2: ("学校里有三所大学。", "There are three universities among the schools."),
    3: ("他在图书馆读书。", "He reads in the library."),
    4: ("气候变化影响农业。", "Climate change hits farming."),
    5: ("气候会变化。", "The climate will change."),
    6: ("ＡＩ大学开张", "An AI college"),
}  # fmt: skip


def row(unit: int, pair: tuple[str, str], layer: Layer = Layer.IMPORTED) -> MemoryUnitRow:
    source, target = pair
    cells = (int(layer), source, target, None, unit, None, None, None, None, "", "", "", "house.tmx")
    return MemoryUnitRow(
        id=unit, layer=layer, source=source, target=target, source_key=unit, drafter="", reviser="", at="",
        origin="house.tmx", seal=seal_of(cells),
    )  # fmt: skip


def keep(office: Office, pairs: Mapping[int, tuple[str, str]], layer: Layer = Layer.IMPORTED) -> None:
    with office.desk.archive.write() as unit:
        unit.session.add_all(row(number, pair, layer) for number, pair in pairs.items())
        store.index(unit.session, pairs)
        unit.record("memory imported")


def sources(office: Office, text: str, limit: int = 50) -> list[str]:
    return [line.source for line in concordance(office.desk, text, limit=limit)]


@pytest.fixture
def kept(office: Office) -> Office:
    keep(office, PAIRS)
    return office


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("大学", {1, 2, 6}),
        ("学", {1, 2, 6}),
        ("期", {1}),
        ("图书馆", {3}),
        ("变化", {4, 5}),
        ("气候变化", {4}),
        ("气候 变化", {4, 5}),
        ("climate", {4, 5}),
        ("CLIMATE CHANGE", {4, 5}),
        ('"climate change"', {4}),
        ("“climate change”", {4}),
        ("universit*", {1, 2}),
        ("university", {1}),
        ("universit", set()),
        ("大学 college", {6}),
        ("ai大学", {6}),
        ("ai", {6}),
        ("大学学", set()),
        ("", set()),
        ("。", set()),
        ('"', set()),
        ("*", set()),
    ],
)
def test_words_of_either_language_are_found_in_either_text(kept: Office, text: str, units: set[int]) -> None:
    assert set(sources(kept, text)) == {PAIRS[unit][0] for unit in units}


def test_hits_are_marked_where_they_stand(kept: Office) -> None:
    (line,) = concordance(kept.desk, "ai大学")
    assert [line.source[a:b] for a, b in line.source_spans] == ["ＡＩ大学"]
    assert line.target_spans == ()
    (line,) = concordance(kept.desk, "大学 ai college")
    assert [line.source[a:b] for a, b in line.source_spans] == ["ＡＩ", "大学"]
    assert [line.target[a:b] for a, b in line.target_spans] == ["AI", "college"]
    assert (line.layer, line.origin, line.story) == (Layer.IMPORTED, "house.tmx", None)


def test_words_side_by_side_come_before_words_apart(kept: Office) -> None:
    assert sources(kept, "climate change") == [PAIRS[4][0], PAIRS[5][0]]


def test_segments_of_stories_are_told_with_their_story_and_both_texts(office: Office) -> None:
    story = office.story(slug="library-opens")
    segment = office.segments(story)[1]
    office.write(story, "A quokka smiled.")
    (line,) = concordance(office.desk, "quokka")
    assert (line.source, line.target) == (segment.source, "A quokka smiled.")
    assert (line.story, line.story_id, line.segment) == ("library-opens", story.id, segment.id)
    assert [line.source[a:b] for a, b in concordance(office.desk, "段第一")[-1].source_spans] == ["段第一"]


def test_words_of_different_segments_make_no_pair(office: Office) -> None:
    office.story()
    assert sources(office, "Peking one") == []
    assert sources(office, "Paragraph one") == ["第0段第一句。", "第1段第一句。"]


def test_a_segment_without_a_translation_is_no_pair(office: Office) -> None:
    office.story(translated=False)
    assert sources(office, "大学") == []


def test_signed_pairs_come_first_then_imported_ones_then_drafts(office: Office) -> None:
    office.story(slug="draft")
    signed = office.story(slug="signed")
    office.write(signed, "Peking signs.", at=0)
    office.through(signed, ["li:submit", "wang:claim", "wang:sign", "zhao:sign"])
    keep(office, {1000: ("北京欢迎你。", "Peking welcomes you.")})
    lines = concordance(office.desk, "Peking")
    assert [line.target for line in lines] == ["Peking signs.", "Peking welcomes you.", "Peking University Opens"]
    assert [line.layer for line in lines] == [Layer.SIGNED, Layer.IMPORTED, Layer.DRAFT]


def test_the_same_pair_is_told_once(office: Office) -> None:
    first, second = office.story(), office.story()
    keep(office, {1000: (office.segments(first)[0].source, office.segments(second)[0].target)})
    assert len(concordance(office.desk, "Peking")) == 1


def test_no_more_than_asked_for_and_the_newest_of_many(office: Office) -> None:
    keep(office, {n: (f"第{n}次大学", f"Time {n}") for n in range(1, 1501)})
    assert sources(office, "大学", 3) == ["第1500次大学", "第1499次大学", "第1498次大学"]
    assert sources(office, "次", 3) == ["第1500次大学", "第1499次大学", "第1498次大学"]
    assert sources(office, "7次", 2) == ["第7次大学"], "a number is a word"
    assert len(sources(office, "time", 2000)) == 1500
    assert sources(office, "tim*", 1) == ["第1500次大学"]


def test_what_is_gone_is_found_no_more_by_texts_or_by_ids(kept: Office) -> None:
    with kept.desk.archive.write() as unit:
        store.unindex(unit.session, {1: PAIRS[1]})
        store.unindex(unit.session, [2, 3])
        for gone in (1, 2, 3):
            unit.session.delete(unit.session.get_one(MemoryUnitRow, gone))
        unit.record("memory imported")
    assert set(sources(kept, "大学")) == {PAIRS[6][0]}
    assert verify(kept.desk).problems == ()


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO concordance_index(rowid, body) VALUES (9999, 'nowhere')",
        "INSERT INTO concordance_index(concordance_index, rowid, body) VALUES ('delete', 4, 'climate')",
        "INSERT INTO concordance_index(concordance_index) VALUES ('delete-all')",
    ],
)
def test_a_spoilt_index_is_told_and_built_anew(kept: Office, change: str) -> None:
    assert verify(kept.desk).problems == ()
    with closing(sqlite3.connect(kept.desk.archive.folder / DATABASE)) as connection, connection:
        connection.execute(change)
    assert {problem.kind for problem in verify(kept.desk).problems} == {"search"}
    rebuild_search(kept.desk)
    assert verify(kept.desk).problems == ()
    assert set(sources(kept, "climate")) == {PAIRS[4][0], PAIRS[5][0]}


# ---- against a scan of the texts

CHINESE = st.text(alphabet="大学生学习中文，。A b", min_size=1, max_size=12)
ENGLISH = st.lists(st.sampled_from(["the", "School", "schools", "a", "new", "né"]), min_size=1, max_size=6).map(
    " ".join
)


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """A database in memory with the tables of the memory alone."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine, [Base.metadata.tables["memory_units"]])
    with Session(engine) as opened:
        for statement in search_schema():
            opened.connection().exec_driver_sql(statement)
        yield opened
    engine.dispose()


@given(st.lists(st.tuples(CHINESE, ENGLISH), max_size=8), st.text(alphabet="大学生中", min_size=1, max_size=3))
def test_chinese_is_found_exactly_where_a_scan_finds_it(
    session: Session, pairs: list[tuple[str, str]], query: str
) -> None:
    with session.begin_nested() as undone:
        units = dict(enumerate(pairs, 1))
        session.add_all(row(unit, pair) for unit, pair in units.items())
        session.flush()
        store.index(session, units)
        assert set(store.find(session, query, 50)) == {n for n, (source, _) in units.items() if query in source}
        undone.rollback()
    session.expunge_all()


@given(st.lists(ENGLISH, max_size=8), st.sampled_from(["the", "school", "SCHOOLS", "new a", "né the", "ne"]))
def test_english_is_found_exactly_where_a_scan_finds_its_words(session: Session, texts: list[str], query: str) -> None:
    def plain(text: str) -> str:
        return f" {text.lower().replace('é', 'e')} "

    with session.begin_nested() as undone:
        store.index(session, {n: ("", text) for n, text in enumerate(texts, 1)})
        found = store.find(session, f'"{query}"', 50)
        assert set(found) == {n for n, text in enumerate(texts, 1) if plain(query) in plain(text)}
        undone.rollback()
