"""What a conflict shows and what a person can answer: passages cut otherwise, places, orders, pictures, facts."""

import pytest
from PySide6.QtCore import Qt

from desktop_app.desk.open_conflicts import OpenConflict
from desktop_app.domain.merging.carrying import Bearing
from desktop_app.domain.merging.changes import (
    BlockChange,
    Change,
    FactChange,
    FieldChange,
    OrderChange,
    Outcome,
    PassageChange,
    PictureChange,
    PlaceChange,
    Side,
)
from desktop_app.domain.merging.deciding import Written
from desktop_app.domain.story import Block, BlockKind, Content, Languages, Placement, Segment, SegmentStatus
from desktop_app.gui.homecoming.conflict_view import ConflictView
from desktop_app.gui.homecoming.shown import Shown, from_waiting, own_texts
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts

ALT = Qt.KeyboardModifier.AltModifier
OPEN = Outcome.CONFLICT


def segment(name: str, target: str) -> Segment:
    return Segment(name, f"源{name}。", target, SegmentStatus.DRAFT)


def paragraph(name: str, *targets: str) -> Block:
    return Block(name, BlockKind.PARAGRAPH, tuple(segment(f"{name}-{n}", t) for n, t in enumerate(targets)))


CONTENT = Content((
    paragraph("a", "The first words of the first paragraph, which go on and on until nobody would want all of them."),
    paragraph("b", "Second."), Block("p", BlockKind.PICTURE, (), Placement("old.jpg")),
))  # fmt: skip


def shown(change: Change, texts: Texts, bearing: Bearing = Bearing.OPEN, reason: str = "both") -> Shown:
    one = OpenConflict(
        "id",
        "story",
        "slug",
        change.key,
        "",
        "",
        "",
        bearing,
        reason,
        None,
        None,
        "2026-03-01T00:00:00Z",
        "f",
        change,
        3,
    )
    return from_waiting(one, {}, CONTENT, Languages(), texts)


def passage(ours: int, theirs: int) -> PassageChange:
    def run(side: str, count: int) -> tuple[Segment, ...]:
        return tuple(segment(f"s{n}", f"{side} {n}.") for n in range(count))

    return PassageChange("a", 0, run("Went", 4), run("Ours", ours), run("Theirs", theirs), run("Ours", ours), OPEN)


def test_five_segments_against_three_take_a_line_each(texts: Texts) -> None:
    one = shown(passage(5, 3), texts)
    assert (one.mine.count("\n"), one.theirs.count("\n"), one.lines) == (4, 2, 5)
    assert own_texts(one, "1\n2\n3") is None
    assert own_texts(one, "1\n2\n3\n4\n 5 ") == ("1", "2", "3", "4", "5")


def test_a_place_is_told_by_the_words_before_it(texts: Texts) -> None:
    one = shown(PlaceChange("b", "a", "", "a", "", OPEN), texts)
    assert one.mine == "At the top of the story"
    assert one.theirs.startswith("Behind “The first words of the first paragraph")
    assert one.theirs.endswith("…”")
    assert (one.lines, one.ops("theirs")) == (0, (("=", one.theirs),))


def test_an_order_is_a_numbered_list(texts: Texts) -> None:
    one = shown(OrderChange("", ("a", "b"), ("a", "b"), ("b", "a"), ("a", "b"), OPEN), texts)
    assert one.theirs.split("\n")[0] == "1. Second."
    assert one.lines == 0


def test_a_block_that_is_not_there_says_so(texts: Texts) -> None:
    one = shown(BlockChange("b", CONTENT.blocks[1], None, CONTENT.blocks[1], None, OPEN), texts)
    assert (one.base, one.mine, one.theirs, texts(one.absent)) == ("Second.", "", "Second.", "Not in the story")


def test_a_picture_is_told_by_its_file(texts: Texts) -> None:
    was, ours, theirs = Placement("old.jpg"), Placement("ours.jpg", "1"), Placement("theirs.jpg", "2")
    one = shown(PictureChange("p", was, ours, theirs, ours, OPEN), texts)
    assert (one.base, one.mine, one.theirs, one.lines) == ("old.jpg", "ours.jpg", "theirs.jpg", 0)


def test_a_byline_takes_any_number_of_names_and_a_chinese_caption_is_chinese(texts: Texts) -> None:
    byline = shown(FactChange("byline", ("A",), ("A", "B"), ("C",), ("A", "B"), OPEN), texts)
    assert (byline.mine, own_texts(byline, "X\n\nY\nZ")) == ("A\nB", ("X", "Y", "Z"))
    caption = shown(FieldChange("p", "caption-zh", "旧", "新", "别", "新", OPEN), texts)
    assert (caption.language[:2], caption.lines) == ("zh", 1)


def test_why_it_waits_and_how_the_text_went_on_are_both_told(texts: Texts) -> None:
    one = shown(passage(1, 1), texts, Bearing.MOVED_ON, "source")
    assert one.note is not None
    assert texts(one.note) == "its Chinese is not the same here and there; changed here since"
    gone = shown(passage(1, 1), texts, Bearing.GONE)
    assert (gone.takes, gone.lines) == (False, 0)


@pytest.fixture
def view(look: Look, texts: Texts, qtbot) -> ConflictView:
    tasks = Tasks()
    made = ConflictView(look, texts, tasks)
    tasks.setParent(made)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    return made


def test_what_takes_one_side_or_the_other_offers_no_field(view: ConflictView, texts: Texts, qtbot) -> None:
    view.show_conflicts([shown(PlaceChange("b", "a", "", "a", "", OPEN), texts)], {})
    assert not view.own.isVisible()
    with qtbot.waitSignal(view.decided) as told:
        qtbot.keyClick(view, Qt.Key.Key_Right, ALT)
    assert told.args == [0, Side.THEIRS]


def test_five_lines_are_written_by_the_keyboard(view: ConflictView, texts: Texts, qtbot) -> None:
    view.show_conflicts([shown(passage(5, 3), texts)], {})
    assert "write a line for each" in view.why.text()
    view.own.setPlainText("a\nb\nc\nd")
    assert not view.use.isEnabled()
    view.own.appendPlainText("e")
    with qtbot.waitSignal(view.decided) as told:
        qtbot.keyClick(view.own, Qt.Key.Key_Enter, ALT)
    assert told.args == [0, Written(("a", "b", "c", "d", "e"))]


def test_what_has_no_place_any_more_can_only_stay_as_it_is(view: ConflictView, texts: Texts, qtbot) -> None:
    view.show_conflicts([shown(passage(1, 1), texts, Bearing.GONE)], {})
    with qtbot.assertNotEmitted(view.decided):
        qtbot.keyClick(view, Qt.Key.Key_Right, ALT)
    assert not view.theirs.isEnabled()
    assert not view.own.isVisible()
    assert "not there any more" in view.columns.note.text()
    with qtbot.waitSignal(view.decided):
        qtbot.keyClick(view, Qt.Key.Key_Left, ALT)


def test_what_must_wait_is_passed_over(view: ConflictView, texts: Texts, qtbot) -> None:
    one = shown(passage(1, 1), texts)
    waits = Shown("w", one.label, "", "zh", "x", "y", "z", "en", "", 1, waits=True)
    view.show_conflicts([one, waits, Shown("l", one.label, "", "zh", "x", "y", "z", "en", "", 1)], {})
    qtbot.keyClick(view, Qt.Key.Key_Left, ALT)
    assert view.place() == 2
    qtbot.keyClick(view, Qt.Key.Key_Up, ALT)
    with qtbot.assertNotEmitted(view.decided):
        qtbot.keyClick(view, Qt.Key.Key_Left, ALT)


def test_long_texts_scroll_and_the_answers_stay_in_view(view: ConflictView, texts: Texts, qtbot) -> None:
    words = "word " * 600
    view.show_conflicts(
        [Shown("k", shown(passage(1, 1), texts).label, "源。" * 300, "zh", words, words, words, "en", "", 1)], {}
    )
    qtbot.waitUntil(lambda: view.columns.verticalScrollBar().maximum() > 0)
    assert view.mine.visibleRegion().boundingRect() == view.mine.rect()
    view.columns.setFocus()
    before = view.columns.verticalScrollBar().value()
    qtbot.keyClick(view.columns, Qt.Key.Key_PageDown)
    assert view.columns.verticalScrollBar().value() > before
