"""Search: Chinese is found by its two-character words, English by its words, and every edit is found at once."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import Office
from PIL import Image

from desktop_app.desk import pictures
from desktop_app.desk.editing import edit_story
from desktop_app.desk.stories import list_stories, search
from desktop_app.desk.verification import rebuild_search, verify
from desktop_app.domain.edits import ReplaceSegments, SetPlacement, join_segments, set_target, split_segment
from desktop_app.domain.story import Bilingual, Languages
from desktop_app.store.archive import DATABASE
from desktop_app.store.dialects.sqlite import indexed, query_of, search_schema

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
            connection.execute("INSERT INTO search_index(rowid, body) VALUES (?, ?)", (row, indexed(text)))
        match = query_of(query)
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
        connection.execute("INSERT INTO search_index(rowid, body) VALUES (1, ?)", (indexed(text),))
        hits = connection.execute("SELECT rowid FROM search_index WHERE search_index MATCH ?", (query_of(part),))
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
        connection.execute("UPDATE search_rows SET text = 'spoilt' WHERE part = ?", (segment.id,))
        connection.execute("DELETE FROM search_rows WHERE field = 'metadata'")
        connection.execute("INSERT INTO search_index(rowid, body) VALUES (9999, 'nowhere')")
    problems = verify(office.desk).problems
    assert {problem.kind for problem in problems} == {"search"}
    assert all("can be rebuilt" in str(problem.reason) for problem in problems)
    rebuild_search(office.desk, by=office["li"])
    assert verify(office.desk).problems == ()
    assert segment.id in parts(office, "0, one")


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
