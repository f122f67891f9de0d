"""Tracked changes between any two versions: marked by line and ground, counted, walked through, never out of date."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QListView
from review_room import DRAFTING, REVISING, SUBMITTED, Room, opened_room
from shiboken6 import delete

from desktop_app.desk import editing
from desktop_app.domain.changes import compare_changes
from desktop_app.domain.edits import SetSegment
from desktop_app.domain.story import Bilingual, Block, BlockKind, Content, Languages, Placement, Segment, SegmentStatus
from desktop_app.domain.text_ops import text_ops
from desktop_app.gui.kit.theme import load_theme
from desktop_app.gui.kit.widgets import EmptyState
from desktop_app.gui.review.change_rows import REPLACED, ChangeRow, Passage, places_of, rows_of
from desktop_app.gui.review.changes_view import ChangesView
from desktop_app.gui.review.marked_text import MarkedText
from desktop_app.gui.review.numbering import row_numbers

LANGUAGES = Languages()


def change_rows(old: Content, new: Content, languages: Languages) -> list[ChangeRow]:
    return rows_of(compare_changes(old, new, languages))


def text_block(block: str, *segments: Segment, kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    return Block(block, kind, segments)


def picture_block(block: str, **facts) -> Block:
    return Block(block, BlockKind.PICTURE, placement=Placement(**facts))


OLD = Content(
    (
        text_block("h", Segment("s1", "标题", "Old Title"), kind=BlockKind.HEADLINE),
        picture_block("p", file="1.jpg", caption=Bilingual("合影", "A photo"), payload="a"),
        text_block("g", Segment("s2", "一。", "One.")),
        text_block("b", Segment("s3", "二。", "Two stays.")),
    )
)
NEW = Content(
    (
        text_block("h", Segment("s1", "标题", "New Title"), kind=BlockKind.HEADLINE),
        picture_block("p", file="1.jpg", caption=Bilingual("合影", "A group photo"), payload="b"),
        text_block("b", Segment("s3", "二。", "Two stays.")),
        text_block("c", Segment("s4", "三。", "Three.")),
    )
)


def test_rows_stand_in_reading_order_with_the_numbers_of_the_editor() -> None:
    rows = change_rows(OLD, NEW, LANGUAGES)
    assert [(row.key, row.number) for row in rows] == [("s1", 1), ("p", 2), ("s4", 4), ("s2", None)]
    assert row_numbers(NEW.blocks) == {"s1": 1, "p": 2, "s3": 3, "s4": 4}


def test_row_shows_the_unchanged_side_too() -> None:
    headline = change_rows(OLD, NEW, LANGUAGES)[0]
    assert headline.source[0].ops == (("=", "标题"),)
    assert headline.target[0].ops == (("-", "Old"), ("+", "New"), ("=", " Title"))
    assert headline.target[0].heading


def test_picture_with_other_pixels_says_so_and_shows_its_caption() -> None:
    row = change_rows(OLD, NEW, LANGUAGES)[1]
    assert row.source[0].label == REPLACED
    assert len(row.source[0].runs()) == 1
    assert row.source[1].ops == (("=", "合影"),)
    assert [op for op in row.target[0].ops if op[0] != "="] == [("+", "group ")]


def test_places_count_each_deletion_with_its_insertion_once() -> None:
    places = places_of(change_rows(OLD, NEW, LANGUAGES))
    assert len(places) == 7  # title; pixels, caption; both sides of the new segment; both of the one that is gone
    assert places == sorted(places, key=lambda p: (p.row, p.side, p.passage, p.run))


@given(st.text(max_size=40), st.text(max_size=40))
def test_runs_cover_exactly_what_differs(old: str, new: str) -> None:
    passage = Passage(text_ops(old, new), "en")
    whole = "".join(text for _, text in passage.ops)
    covered = "".join(whole[start:end] for start, end in passage.runs())
    assert covered == "".join(text for sign, text in passage.ops if sign != "=")


def test_marks_are_lines_as_well_as_colours(qapp) -> None:
    theme = load_theme("light")
    marked = MarkedText(Passage((("-", "old "), ("+", "new "), ("=", "text")), "en"), 300, theme)
    deleted, inserted = marked.formats()
    assert deleted.format.fontStrikeOut()
    assert not deleted.format.fontUnderline()
    assert inserted.format.fontUnderline()
    assert not inserted.format.fontStrikeOut()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_frame_lies_on_its_change_behind_rare_characters(qapp, name) -> None:
    """Characters beyond the basic plane count twice in Qt; the frame must not drift behind them."""
    theme = load_theme(name)
    plain = MarkedText(Passage((("=", "中中 "), ("+", "word")), "zh"), 300, theme)
    rare = MarkedText(Passage((("=", "𠮷𠮷 "), ("+", "word")), "zh"), 300, theme)
    assert abs(plain.boxes(0)[0].width() - rare.boxes(0)[0].width()) < 1
    image = QImage(320, 60, QImage.Format.Format_RGB32)
    image.fill(theme.color("paper"))
    painter = QPainter(image)
    rare.draw(painter, QPointF(4, 4), theme.color("ink"))
    rare.frame_run(painter, QPointF(4, 4), 0)
    painter.end()
    colours = {image.pixelColor(x, y).name() for x in range(320) for y in range(60)}
    assert theme.color("inserted_ground").name() in colours


@pytest.fixture
def room(tmp_path_factory, tmp_path, look, texts, qtbot) -> Iterator[Room]:
    with opened_room(tmp_path_factory, tmp_path / "archive", look, texts, qtbot) as made:
        yield made


@pytest.fixture
def view(room: Room) -> ChangesView:
    view = ChangesView(room.look, room.texts, room.tasks, room.bus)
    room.qtbot.addWidget(view)
    room.hand_over(view)
    view.resize(800, 600)
    view.show()
    room.qtbot.waitExposed(view)
    return view


def show(room: Room, view: ChangesView, story: str) -> None:
    view.show_story(room.file(story).story.id)
    room.settle()


def place_text(view: ChangesView) -> str:
    texts = [label.text() for label in view.findChildren(QLabel)]
    return next(text for text in texts if " of " in text or "change" in text)


def button(view: ChangesView, name: str) -> QAbstractButton:
    """The button of the bar that is called so."""
    found = view.findChildren(QAbstractButton)
    return next(one for one in found if name in {one.accessibleName(), one.property("title")})


def empty_text(view: ChangesView) -> str:
    empty = view.findChild(EmptyState)
    return empty.accessibleName() if empty.isVisible() else ""


def test_story_in_revision_shows_what_changed_since_the_signed_draft(room, view) -> None:
    with room.qtbot.waitSignal(view.count_changed, check_params_cb=lambda n: n > 0) as counted:
        show(room, view, REVISING)
    old, new, _author = view.findChildren(QComboBox)
    assert (old.currentData(), new.currentData()) == ("1.1", "")
    assert "LI Wei" in old.currentText()
    assert view.findChild(QListView).model().rowCount() == 4
    assert place_text(view) == f"{counted.args[0]} changes"


def test_the_arrows_walk_through_the_changes_and_round(room, view) -> None:
    show(room, view, REVISING)

    def press(name: str) -> str:
        room.qtbot.mouseClick(button(view, name), Qt.MouseButton.LeftButton)
        return place_text(view)

    total = place_text(view).split()[0]
    assert press("Next change") == f"1 of {total}"
    assert press("Next change") == f"2 of {total}"
    assert press("Previous change") == f"1 of {total}"
    assert press("Previous change") == f"{total} of {total}"
    assert press("Next change") == f"1 of {total}"


def test_choosing_another_version_compares_with_it(room, view) -> None:
    show(room, view, REVISING)
    before = view.findChild(QListView).model().rowCount()
    old = view.findChildren(QComboBox)[0]
    old.setFocus()
    room.qtbot.keyClick(old, Qt.Key.Key_Down)
    room.settle()
    assert old.currentData() == "1.0"
    assert view.findChild(QListView).model().rowCount() >= before


def test_equal_texts_say_so(room, view) -> None:
    show(room, view, SUBMITTED)
    view.show_versions("1.0", "1.0")
    room.settle()
    assert empty_text(view) == "Nothing differs"


def test_unknown_version_is_refused_in_words(room, view) -> None:
    show(room, view, REVISING)
    view.show_versions("9.9")
    room.settle()
    assert empty_text(view) == "These versions cannot be compared"
    assert "9.9" in view.findChild(EmptyState).accessibleDescription()


def test_enter_goes_to_the_segment(room, view) -> None:
    show(room, view, REVISING)
    view.next_change()
    listing = view.findChild(QListView)
    listing.setFocus()
    with room.qtbot.waitSignal(view.opened) as opened:
        room.qtbot.keyClick(listing, Qt.Key.Key_Return)
    assert opened.args[0] in {segment.id for segment in room.file(REVISING).story.content.segments()}


def test_edit_elsewhere_is_compared_again_and_the_place_is_kept(room, view) -> None:
    show(room, view, REVISING)
    view.next_change()
    view.next_change()
    here = place_text(view).split(" of ")[0]
    rows = view.findChild(QListView).model().rowCount()
    file = room.file(REVISING)
    untouched = next(s for s in reversed(list(file.story.content.segments())) if s.target)
    edit = SetSegment(untouched.id, untouched.target + " Added.", SegmentStatus.DRAFT)
    room.bus.publish(editing.edit_story(room.desk, file.story.id, [edit], by=room.people["WANG"]), "editor")
    room.qtbot.waitUntil(lambda: view.findChild(QListView).model().rowCount() == rows + 1)
    assert place_text(view).split(" of ")[0] == here


def test_another_storys_change_reads_nothing(room, view) -> None:
    show(room, view, REVISING)
    other = room.file(DRAFTING)
    segment = next(iter(other.story.content.segments()))
    edit = SetSegment(segment.id, "Other.", SegmentStatus.DRAFT)
    room.bus.publish(editing.edit_story(room.desk, other.story.id, [edit], by=room.people["LI"]), "editor")
    assert not view.is_stale()


def test_no_archive_no_story(room, view) -> None:
    show(room, view, REVISING)
    view.open_desk(None)
    assert view.findChild(QListView).model().rowCount() == 0
    assert empty_text(view) == "No story is open"


def test_rows_grow_with_a_narrower_view_and_a_larger_type(room, view) -> None:
    show(room, view, REVISING)
    listing = view.findChild(QListView)

    def height() -> int:
        return listing.visualRect(listing.model().index(0, 0)).height()

    wide = height()
    view.resize(500, 600)
    room.qtbot.waitUntil(lambda: height() > wide)
    narrow = height()
    room.look.use("dark", 1.5)
    room.qtbot.waitUntil(lambda: height() > narrow)
    view.grab()


def test_view_that_is_closed_while_it_reads_is_not_told(room) -> None:
    view = ChangesView(room.look, room.texts, room.tasks, room.bus)
    view.open_desk(room.desk)
    view.show_story(room.file(REVISING).story.id)
    delete(view)
    room.settle()


def test_rows_are_spoken_in_words(room, view) -> None:
    show(room, view, REVISING)
    spoken = view.findChild(QListView).model().index(0, 0).data()
    assert spoken.startswith("Segment ")
    assert "deleted “" in spoken
    assert "inserted “" in spoken


def test_versions_of_a_source_change_compare_the_chinese_by_character() -> None:
    before = Content((text_block("b", Segment("s", "协议两项。", "")),))
    after = replace(before, blocks=(text_block("b", Segment("s", "协议三项。", "")),))
    row = change_rows(before, after, LANGUAGES)[0]
    assert row.source[0].ops == (("=", "协议"), ("-", "两"), ("+", "三"), ("=", "项。"))
    assert row.target == ()
