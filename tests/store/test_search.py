"""Search: Chinese is found by its two-character words, English by its words, and every edit is found at once."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import Office
from PIL import Image

from desktop_app.desk import pictures
from desktop_app.desk.editing import edit_story
from desktop_app.desk.stories import list_stories, search
from desktop_app.desk.verification import rebuild_search, verify
from desktop_app.domain.edits import ReplaceSegments, SetPlacement, join_segments, set_target, split_segment
from desktop_app.domain.story import Bilingual, Languages
from desktop_app.language.searching import parsed, spelled
from desktop_app.store import search as store
from desktop_app.store.archive import DATABASE
from desktop_app.store.dialects.sqlite_search import query_of, search_schema

TEXTS = [
    "北京大学迎来新学期",
    "清华大学与浙江大学合作",
    "大楼里的学生",
    "上海交通大学。学校",
    "The University's 25th café opened, COVID-19 aside.",
    "ＡＩ大学 works",
    "𠮷野家的㐂字",
]


def found(query: str) -> set[int]:
    """The places of the texts that the index finds."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(search_schema()[0])
        for row, text in enumerate(TEXTS):
            connection.execute("INSERT INTO search_index(rowid, body) VALUES (?, ?)", (row, spelled(text)))
        match = query_of(parsed(query, open_end=True))
        if not match:
            return set()
        rows = connection.execute("SELECT rowid FROM search_index WHERE search_index MATCH ?", (match,))
        return {row for (row,) in rows}


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("大学", {0, 1, 3, 5}),
        ("学生", {2}),
        ("学", {0, 1, 2, 3, 5}),
        ("期", {0}),
        ("北京大学", {0}),
        ("京大", {0}),
        ("学校", {3}),
        ("大学学校", set()),
        ("大学 浙江", {1}),
        ("university", {4}),
        ("univ", {4}),
        ("versity", set()),
        ("CAFE", {4}),
        ("café", {4}),
        ("covid-19", {4}),
        ("ai", {5}),
        ("ai大学", {5}),
        ("𠮷野", {6}),
        ("㐂", {6}),
        ("", set()),
        ("。，!", set()),
        ('" OR *', set()),
        ("NEAR(大学)", set()),
    ],
)
def test_what_a_person_types_finds_what_they_mean(query: str, places: set[int]) -> None:
    assert found(query) == places


@given(st.text(max_size=20))
def test_nothing_that_can_be_typed_breaks_a_search(query: str) -> None:
    found(query)


HAN = st.text(alphabet="北京大学新期，。 ab", min_size=1, max_size=12)


@given(HAN, st.integers(0, 11), st.integers(1, 5))
def test_every_run_of_chinese_is_found_by_any_part_of_it(text: str, start: int, length: int) -> None:
    part = text[start : start + length]
    if not part or not all("\u4e00" <= c <= "\u9fff" for c in part):
        return
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(search_schema()[0])
        connection.execute("INSERT INTO search_index(rowid, body) VALUES (1, ?)", (spelled(text),))
        hits = connection.execute(
            "SELECT rowid FROM search_index WHERE search_index MATCH ?", (query_of(parsed(part)),)
        )
        assert hits.fetchall() == [(1,)]


def parts(office: Office, query: str) -> set[str]:
    return {hit.part for hit in search(office.desk, query)}


def test_an_edit_is_found_at_once_and_the_old_words_no_more(office: Office) -> None:
    story = office.story()
    segment = office.segments(story)[1]
    edit_story(office.desk, story.id, [set_target(segment, "A quokka smiled.")], by=office["li"])
    assert parts(office, "quokka") == {segment.id}
    edit_story(office.desk, story.id, [set_target(segment, "A wombat smiled.")], by=office["li"])
    assert parts(office, "quokka") == set()
    assert parts(office, "wombat") == {segment.id}


def test_search_follows_splits_joins_and_captions(office: Office) -> None:
    story = office.story()
    block = office.open(story).story.content.blocks[1]
    whole = block.segments[0].id
    assert whole in parts(office, "段第一句")
    pair = split_segment(block.segments[0], "new-segment", 4, 9, Languages())
    edit_story(office.desk, story.id, [ReplaceSegments(block.id, (*pair, *block.segments[1:]))], by=office["li"])
    assert not {whole, "new-segment"} & parts(office, "段第一句"), "the word was cut in two"
    assert parts(office, "0, one") == {"new-segment"}
    joined = join_segments(*pair, Languages())
    edit_story(office.desk, story.id, [ReplaceSegments(block.id, (joined, *block.segments[1:]))], by=office["li"])
    assert parts(office, "0, one") == {whole}
    assert whole in parts(office, "段第一句")
    place = office.open(story).story.content.blocks[-1]
    assert place.placement is not None
    caption = type(place.placement)("1.jpg", caption=Bilingual("夜里的图书馆", "The library at night"))
    edit_story(office.desk, story.id, [SetPlacement(place.id, caption)], by=office["li"])
    assert parts(office, "图书") == {place.id} == parts(office, "library night")
    assert parts(office, "校门前") == set()


def photograph(folder: Path) -> Path:
    """A photograph as a camera leaves it: its tags in the file's order, not in that of their names."""
    exif = Image.Exif()
    exif[0x013B] = "GU An"
    exif[0x010E] = "The new library"
    exif.get_ifd(0x8769)[0x9003] = "2024:01:29 08:00:00"
    Image.new("RGB", (32, 24), (10, 90, 200)).save(folder / "1.jpg", exif=exif)
    return folder / "1.jpg"


def test_metadata_of_a_photograph_is_searched_for_as_it_is_proved(office: Office, tmp_path: Path) -> None:
    pictures.add_pictures(office.desk, [photograph(tmp_path)], by=office["sun"])
    (picture,) = pictures.list_pictures(office.desk)
    assert len(picture.metadata) > 1
    assert verify(office.desk).problems == ()
    assert parts(office, "GU An") == {picture.id}


def test_spoilt_search_texts_are_told_as_such_and_built_anew(office: Office, tmp_path: Path) -> None:
    pictures.add_pictures(office.desk, [photograph(tmp_path)], by=office["sun"])
    segment = office.segments(office.story())[1]
    with closing(sqlite3.connect(office.desk.archive.folder / DATABASE)) as connection, connection:
        connection.execute("UPDATE search_texts SET text = replace(text, '0, one', 'spoilt')")
        connection.execute("DELETE FROM search_texts WHERE places LIKE '%metadata%'")
        connection.execute("INSERT INTO search_index(rowid, body) VALUES (9999, 'nowhere')")
    problems = verify(office.desk).problems
    assert {problem.kind for problem in problems} == {"search"}
    assert all("can be rebuilt" in str(problem.reason) for problem in problems)
    rebuild_search(office.desk, by=office["li"])
    assert verify(office.desk).problems == ()
    assert segment.id in parts(office, "0, one")


def test_a_spoilt_document_is_told_and_stops_nobody(office: Office) -> None:
    story = office.story()
    for change in ("places = '{'", "places = '[7, {}]'", "text = 'x'"):
        with closing(sqlite3.connect(office.desk.archive.folder / DATABASE)) as connection, connection:
            connection.execute(f"UPDATE search_texts SET {change}")
        assert verify(office.desk).problems
        search(office.desk, "one")
        office.write(story, f"Another text after {change}.")
        rebuild_search(office.desk)
        assert verify(office.desk).problems == ()


def test_words_anywhere_in_a_story_find_it_and_words_side_by_side_come_first(office: Office) -> None:
    apart, together = office.story(slug="apart"), office.story(slug="together")
    office.write(apart, "A wombat smiled.", at=1)
    office.write(apart, "It met a quokka.", at=2)
    office.write(together, "The wombat, quokka and friends", at=2)
    hits = search(office.desk, "wombat quokka")
    assert [hit.owner for hit in hits][:2] == [together.id, apart.id]
    assert {hit.owner for hit in search(office.desk, '"wombat quokka"')} == {together.id}
    assert {hit.owner for hit in search(office.desk, "北京 quokka")} == {apart.id, together.id}


def test_hits_mark_what_was_looked_for(office: Office) -> None:
    story = office.story()
    office.write(story, "The Quokka, a quokka; quokkas.")
    (hit,) = search(office.desk, "quokka", whole_words=True)
    assert [hit.text[a:b] for a, b in hit.spans] == ["Quokka", "quokka"]
    (hit,) = search(office.desk, "quok")
    assert [hit.text[a:b] for a, b in hit.spans] == ["Quokka", "quokka", "quokkas"]
    assert search(office.desk, "quok", whole_words=True) == []
    assert len(search(office.desk, "quok*", whole_words=True)) == 1


def test_a_story_is_told_once_before_any_is_told_again(office: Office) -> None:
    for _ in range(3):
        office.story()
    assert len({hit.owner for hit in search(office.desk, "第", limit=3)}) == 3
    assert len(search(office.desk, "段第", limit=50)) == 12, "room is left, so every text is told"


def test_pictures_keep_their_place_beside_many_stories(office: Office, tmp_path: Path) -> None:
    pictures.add_pictures(office.desk, [photograph(tmp_path)], by=office["sun"])
    for n in range(8):
        office.write(office.story(), f"The new library number {n}")
    kinds = [hit.kind for hit in search(office.desk, "library", limit=6)]
    assert kinds == ["story", "story", "story", "picture", "story", "story"]
    assert [hit.kind for hit in search(office.desk, "library", kinds=("picture",))] == ["picture"]
    assert {hit.kind for hit in search(office.desk, "library", kinds=("story",))} == {"story"}
    assert [hit.kind for hit in search(office.desk, "librar", limit=6)].count("picture") == 1


def test_a_very_long_story_is_found_in_all_its_documents(office: Office) -> None:
    story = office.story(paragraphs=400)
    segments = office.segments(story)
    assert parts(office, "第399段") == {segments[-1].id, segments[-2].id}
    office.write(story, "A quokka at the end.", at=len(segments) - 1)
    assert parts(office, "quokka") == {segments[-1].id}
    with office.desk.archive.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM search_texts").scalar_one() > 2
    assert verify(office.desk).problems == ()
    rebuild_search(office.desk)
    assert verify(office.desk).problems == ()
    assert parts(office, "quokka") == {segments[-1].id}


WORDS = st.lists(st.sampled_from(["大学", "大", "学生", "the ", "school ", "Schools ", "，", "2024", "年"]), max_size=6)
QUERIES = [
    "大",
    "大学",
    "学生",
    "学大",
    "生大",
    "年",
    "2024年",
    "the",
    "school",
    '"the school"',
    "大 the",
    "生 school",
    "年 大",
]


@given(
    st.lists(WORDS.map("".join), min_size=1, max_size=30),
    st.sampled_from([*QUERIES, '"the school"']),
    st.sampled_from([1, 3, 50]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_found_is_what_a_scan_finds(office: Office, texts: list[str], query: str, limit: int) -> None:
    """Chinese wherever it stands in a text, other words whole, punctuation between words passed over.

    As many as asked for are found, and all when they are fewer.
    """

    def has(text: str, piece: str) -> bool:
        pattern = rf"(?<![a-z0-9]){piece}(?![a-z0-9])" if piece[0].isascii() else piece
        pattern = pattern.removesuffix("(?![a-z0-9])") if not piece[-1].isascii() else pattern
        return re.search(pattern.replace(" ", r"\W+").replace("4年", r"4\W*年"), text.lower()) is not None

    pieces = [query.strip('"')] if query.startswith('"') else query.split()
    scanned = {f"s{n}" for n, text in enumerate(texts) if all(has(text, piece) for piece in pieces)}
    with office.desk.archive.write() as unit:
        wanted = [(f"s{n}", [store.Searchable("story", f"p{n}", "target", text)]) for n, text in enumerate(texts)]
        store.rebuild(unit.session, wanted)
        found = [hit.owner for hit in store.find(unit.session, query, limit=limit, whole_words=True)]
        unit.session.rollback()
    assert set(found) <= scanned
    assert len(set(found)) == min(limit, len(scanned))


def test_a_list_is_narrowed_by_headline_slug_and_text(office: Office) -> None:
    office.story(slug="library-opens")
    other = office.story(slug="sports-day")
    office.write(other, "A quokka smiled.")

    def slugs(text: str) -> list[str]:
        return [line.summary.slug for line in list_stories(office.desk, text=text)]

    assert slugs("library") == ["library-opens"]
    assert slugs("QUOKKA") == ["sports-day"]
    assert slugs("大学") == ["sports-day", "library-opens"]
    assert slugs("100%") == []
