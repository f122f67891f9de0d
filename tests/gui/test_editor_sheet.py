"""The sheet as it is seen and touched: rows in place, steady scrolling, clicks, sizes and looks."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from test_editor_stage import compose, long_story, small_story

from desktop_app.domain.edits import SetPlacement
from desktop_app.domain.findings import Finding, Severity
from desktop_app.domain.story import Content, Placement, Story
from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.rows import CREDITS, Field
from desktop_app.gui.editor.sheet import Sheet
from desktop_app.gui.editor.thumbs import Thumbnails
from desktop_app.gui.kit.tasks import Tasks


@pytest.fixture
def sheet(look, texts, qtbot) -> Iterator[Sheet]:
    tasks = Tasks()
    sheet = Sheet(look, texts, Thumbnails(tasks))
    qtbot.addWidget(sheet)
    sheet.resize(900, 600)
    with qtbot.waitActive(sheet):
        sheet.show()
        sheet.activateWindow()
    yield sheet
    tasks.close()


def _show(sheet: Sheet, story) -> StoryDocument:
    document = StoryDocument(story, parent=sheet)
    sheet.show_document(document)
    return document


def _top(sheet: Sheet, document: StoryDocument, key: str) -> int:
    return sheet._row_rect(document.row_of(key)).top()


def _center(sheet: Sheet, document: StoryDocument, key: str, field: Field) -> QPoint:
    row = document.row_of(key)
    return sheet._lying.plan(row).cells[field].translated(0, sheet._row_rect(row).top()).center()


def _grab(sheet: Sheet, rect: QRect) -> QImage:
    return sheet.viewport().grab(rect).toImage()


def _ink(image: QImage, ink: QColor) -> int:
    """How many pixels are nearer to the ink than to anything pale."""
    dark = ink.lightness() < 128
    count = 0
    for y in range(image.height()):
        for x in range(image.width()):
            count += (image.pixelColor(x, y).lightness() < 110) == dark
    return count


def test_rows_lie_one_under_the_other_without_gap(sheet) -> None:
    document = _show(sheet, small_story())
    top = 0
    for row in document.rows:
        assert _top(sheet, document, row.key) == top
        top += sheet._row_rect(document.row_of(row.key)).height()
    assert sheet.verticalScrollBar().maximum() == 0


def test_both_captions_of_a_picture_stand_level(sheet) -> None:
    document = _show(sheet, small_story())
    plan = sheet._lying.plan(document.row_of("s1-p"))
    assert plan.texts[Field.CAPTION_SOURCE].top() == plan.texts[Field.CAPTION_TARGET].top()
    assert plan.picture.top() == plan.texts[Field.CAPTION_TARGET].top()


@pytest.mark.parametrize("width", [420, 640, 900, 1600])
def test_nothing_of_a_row_lies_outside_or_over_another_part(sheet, width: int) -> None:
    document = _show(sheet, small_story())
    sheet.resize(width, 600)
    for place, row in enumerate(document.rows):
        plan = sheet._lying.plan(place)
        parts = [*plan.texts.values(), *filter(None, (plan.picture, plan.alt_label))]
        for part in parts:
            assert QRect(0, 0, sheet.viewport().width(), plan.height).contains(part), (row, part)
        for one, part in enumerate(parts):
            assert not any(part.intersects(other) for other in parts[one + 1 :]), row


@pytest.mark.parametrize("field", [Field.SOURCE, Field.TARGET])
def test_live_text_lies_where_the_painted_text_lay(sheet, field: Field) -> None:
    document = _show(sheet, small_story())
    row = document.row_of("s1-a")
    place = sheet._lying.plan(row).texts[field].translated(0, sheet._row_rect(row).top())
    painted = _grab(sheet, place)
    sheet.live.setCursorWidth(0)
    sheet.activate("s1-a", field)
    live = _grab(sheet, place)
    assert sheet.live.content_height() == place.height()
    both = either = 0
    for y in range(place.height()):
        for x in range(place.width()):
            was, now = (image.pixelColor(x, y).lightness() < 90 for image in (painted, live))
            both += was and now
            either += was or now
    assert both > 0.8 * either > 0


def test_active_row_is_marked_on_both_sides_and_the_cell_has_a_frame(sheet, look) -> None:
    document = _show(sheet, small_story())
    sheet.activate("s1-a", Field.TARGET)
    row = sheet._row_rect(document.row_of("s1-a"))
    image = _grab(sheet, row)
    columns = sheet._lying.columns
    soft, accent = look.theme.color("active_row"), look.theme.color("accent")
    assert image.pixelColor(columns.gutter + 4, 4) == soft
    assert image.pixelColor(columns.middle + 6, 6) == soft
    assert image.pixelColor(columns.middle + 1, row.height() // 2) == accent
    other = _grab(sheet, sheet._row_rect(document.row_of("s1-c")))
    assert other.pixelColor(columns.gutter + 4, 4) == look.theme.color("paper")


def test_click_puts_the_cursor_between_the_letters_it_hit(sheet) -> None:
    document = _show(sheet, small_story())
    row = document.row_of("s1-a")
    place = sheet._lying.plan(row).texts[Field.SOURCE].translated(0, sheet._row_rect(row).top())
    QTest.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=place.topLeft() + QPoint(1, 8))
    assert (sheet.key, sheet.field) == ("s1-a", Field.SOURCE)
    assert sheet.live.cursor_at() == 0
    assert sheet.live.hasFocus()
    QTest.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=place.topRight() + QPoint(-2, 8))
    assert sheet.live.cursor_at() > 3


def test_drag_from_a_painted_cell_selects(sheet) -> None:
    document = _show(sheet, small_story())
    row = document.row_of("s1-a")
    place = sheet._lying.plan(row).texts[Field.TARGET].translated(0, sheet._row_rect(row).top())
    QTest.mousePress(sheet.viewport(), Qt.MouseButton.LeftButton, pos=place.topLeft() + QPoint(0, 8))
    QTest.mouseMove(sheet.viewport(), place.topLeft() + QPoint(120, 8))
    QTest.mouseRelease(sheet.viewport(), Qt.MouseButton.LeftButton, pos=place.topLeft() + QPoint(120, 8))
    assert sheet.live.selected().startswith("The dele")


def test_click_elsewhere_in_mid_composition_keeps_what_was_composed(sheet) -> None:
    document = _show(sheet, small_story())
    sheet.activate("s1-b", Field.TARGET)
    compose(sheet.live, "协议")
    QTest.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=_center(sheet, document, "s1-c", Field.TARGET))
    assert document.text("s1-b", Field.TARGET) == "协议"
    assert sheet.key == "s1-c"


def test_button_of_a_placeholder_asks_and_clicks_elsewhere_do_not(sheet) -> None:
    document = _show(sheet, small_story())
    asked: list[str] = []
    sheet.link_asked.connect(asked.append)
    row = document.row_of("s1-p")
    frame = sheet._lying.plan(row).picture
    button = sheet._painter.button_in(frame).translated(0, sheet._row_rect(row).top())
    assert sheet._row_rect(row).contains(button)
    QTest.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=button.center())
    assert asked == ["s1-p"]
    QTest.mouseClick(
        sheet.viewport(), Qt.MouseButton.LeftButton, pos=_center(sheet, document, "s1-p", Field.CAPTION_SOURCE)
    )
    assert asked == ["s1-p"]
    assert (sheet.key, sheet.field) == ("s1-p", Field.CAPTION_SOURCE)


def test_credits_take_no_keys(sheet) -> None:
    document = _show(sheet, small_story())
    sheet.show_credits("供稿：李蔚", "Draft: LI Wei")
    rect = sheet._row_rect(document.row_of(CREDITS))
    QTest.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert sheet.key == ""
    assert not sheet.activate(CREDITS, Field.TARGET)


def test_row_grows_with_its_text_and_its_composition(sheet) -> None:
    document = _show(sheet, small_story())
    sheet.activate("s1-b", Field.TARGET)
    before = _top(sheet, document, "s1-c")
    compose(sheet.live, "xie yi " * 30)
    composing = _top(sheet, document, "s1-c")
    assert composing > before
    compose(sheet.live, "")
    assert _top(sheet, document, "s1-c") == before
    QTest.keyClicks(sheet.live, "three agreements " * 12)
    assert _top(sheet, document, "s1-c") > before
    assert sheet.live.height() >= sheet.live.content_height()
    assert sheet._row_rect(document.row_of("s1-b")).bottom() >= sheet.live.geometry().bottom()


def test_wheel_scrolls_over_the_live_cell(sheet) -> None:
    document = _show(sheet, long_story(100))
    sheet.activate("g1", Field.TARGET)
    at = QPointF(sheet.live.rect().center())
    event = QWheelEvent(
        at, sheet.live.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(sheet.live.viewport(), event)
    assert sheet.verticalScrollBar().value() > 0
    assert sheet.live.y() == sheet._row_rect(document.row_of("g1")).top() + sheet._lying.columns.pad_y


def test_scrolling_up_over_unseen_rows_moves_what_is_seen_by_the_step_alone(sheet) -> None:
    document = _show(sheet, long_story(3000))
    sheet.scroll_to("g2000")
    bar = sheet.verticalScrollBar()
    for _ in range(60):
        first = document.rows[sheet.row_in_view()].key
        before = _top(sheet, document, first)
        bar.setValue(bar.value() - 70)
        assert _top(sheet, document, first) == before + 70
    for _ in range(60):
        last = document.rows[sheet.row_in_view() + 1].key
        before = _top(sheet, document, last)
        bar.setValue(bar.value() + 70)
        assert _top(sheet, document, last) == before - 70


def test_guessed_heights_are_near_the_measured_ones(sheet) -> None:
    document = _show(sheet, long_story(400))
    while not sheet._lying.guess_on(100):
        pass
    guessed = sheet._lying.heights.total()
    for row in range(len(document.rows)):
        sheet._lying.settle(row)
    assert abs(guessed - sheet._lying.heights.total()) < 0.12 * guessed


def test_only_rows_that_were_seen_are_measured(sheet) -> None:
    _show(sheet, long_story(5000))
    assert 0 < sheet._lying.measured() < 40
    sheet.activate("g4000", Field.TARGET)
    assert sheet._lying.measured() < 100
    assert sheet.viewport().rect().contains(sheet.live.geometry().center())


def test_page_keys_and_ctrl_end_take_the_cursor_along(sheet) -> None:
    _show(sheet, long_story(500))
    sheet.activate("g0", Field.TARGET)
    QTest.keyClick(sheet.live, Qt.Key.Key_PageDown)
    first = int(sheet.key[1:])
    assert first > 2
    QTest.keyClick(sheet.live, Qt.Key.Key_PageUp)
    assert int(sheet.key[1:]) < first
    QTest.keyClick(sheet.live, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert sheet.key == "g499"
    assert sheet.viewport().rect().intersects(sheet.live.geometry())
    QTest.keyClick(sheet.live, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert sheet.key == "g0"


def test_typing_in_a_row_scrolled_away_brings_it_back(sheet) -> None:
    _show(sheet, long_story(500))
    sheet.activate("g3", Field.TARGET)
    sheet.verticalScrollBar().setValue(9000)
    QTest.keyClicks(sheet.live, "x")
    assert sheet.viewport().rect().contains(sheet.live.geometry().center())


def test_other_width_keeps_the_first_row_in_view(sheet, qtbot) -> None:
    document = _show(sheet, long_story(2000))
    sheet.scroll_to("g1500")
    first = sheet.row_in_view()
    sheet.resize(700, 600)
    assert sheet.row_in_view() == first
    qtbot.waitUntil(lambda: not sheet._guessing.isActive())
    assert sheet.row_in_view() == first
    assert document.rows[first].key.startswith("g")


def test_split_in_the_middle_of_a_long_story_keeps_the_place(sheet) -> None:
    document = _show(sheet, long_story(2000))
    sheet.activate("g1000", Field.TARGET)
    before = _top(sheet, document, "g1000")
    second = document.split("g1000", 4, 3)
    assert _top(sheet, document, "g1000") == before
    assert _top(sheet, document, second) == sheet._row_rect(document.row_of("g1000")).bottom() + 1
    assert len(sheet._lying.heights) == len(document.rows)
    document.undo()
    assert _top(sheet, document, "g1000") == before
    assert len(sheet._lying.heights) == len(document.rows)


@pytest.mark.parametrize(("name", "scale"), [("dark", 1.0), ("light", 2.0), ("dark", 1.25)])
def test_other_look_is_taken_over_while_writing(sheet, look, name, scale) -> None:
    document = _show(sheet, small_story())
    sheet.activate("s1-a", Field.TARGET)
    height = sheet._row_rect(document.row_of("s1-a")).height()
    look.use(name, scale)
    assert _grab(sheet, sheet._row_rect(document.row_of("s1-c"))).pixelColor(sheet._lying.columns.gutter + 3, 3) == (
        look.theme.color("paper")
    )
    if scale > 1:
        assert sheet._row_rect(document.row_of("s1-a")).height() > height
    assert sheet.live.geometry().top() == _top(sheet, document, "s1-a") + sheet._lying.columns.pad_y
    QApplication.sendPostedEvents()
    written = sheet.live.document().defaultFont()
    assert (written.families()[0], written.pixelSize()) == ("Noto Serif", look.theme.px(15))
    QTest.keyClicks(sheet.live, "!")
    assert document.text("s1-a", Field.TARGET) == "The delegation came.!"
    look.use("light", 1.0)


def test_gutter_and_margin_tell_what_their_marks_mean(sheet) -> None:
    document = _show(sheet, small_story())
    sheet.marks.show_findings([Finding("n", Severity.ERROR, N_("Ten times less."), "s1-a")], document.text)
    row = sheet._row_rect(document.row_of("s1-a"))
    for x, words in ((20, "Draft"), (sheet.viewport().width() - 10, "Ten times less.")):
        at = QPoint(x, row.center().y())
        QApplication.sendEvent(sheet.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, sheet.viewport().mapToGlobal(at)))
        assert QToolTip.text() == words
    QToolTip.hideText()


def test_picture_that_cannot_be_read_is_named_not_left_blank(sheet, look) -> None:
    document = _show(sheet, small_story())
    sheet._painter._thumbs._reasons["gone"] = N_("The master is missing.")
    document.apply(SetPlacement("s1-p", Placement("1.jpg", "gone")))
    row = document.row_of("s1-p")
    frame = sheet._lying.plan(row).picture.translated(0, sheet._row_rect(row).top())
    image = _grab(sheet, frame)
    assert _ink(image, look.theme.color("ink")) > 30


def test_nothing_is_shown_after_the_story_was_put_away(sheet, look) -> None:
    _show(sheet, small_story())
    sheet.activate("s1-a", Field.TARGET)
    sheet.show_document(None)
    assert sheet.key == ""
    assert sheet.live.isHidden()
    assert _grab(sheet, QRect(10, 10, 2, 2)).pixelColor(0, 0) == look.theme.color("ground")


def test_the_caret_is_followed_in_a_cell_that_is_taller_than_the_view(sheet) -> None:
    document = _show(sheet, small_story())
    sheet.resize(900, 160)
    document.write("s1-a", Field.TARGET, "They talked about everything. " * 60)
    sheet.activate("s1-a", Field.TARGET)
    for at in (len(document.text("s1-a", Field.TARGET)), 0, 900):
        sheet.live.put_cursor(at)
        QTest.keyClicks(sheet.live, "x")
        caret = sheet.live.cursorRect().translated(0, sheet.live.y())
        assert caret.top() >= 0
        assert caret.bottom() <= sheet.viewport().height()
    QTest.keyClick(sheet.live, Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier)
    for _ in range(12):
        QTest.keyClick(sheet.live, Qt.Key.Key_Down)
        caret = sheet.live.cursorRect().translated(0, sheet.live.y())
        assert 0 <= caret.top() <= caret.bottom() <= sheet.viewport().height()


# Small windows


def _whole(sheet: Sheet, document: StoryDocument, key: str) -> bool:
    row = sheet._row_rect(document.row_of(key))
    return row.top() >= 0 and row.bottom() <= sheet.viewport().height()


def test_walking_keeps_a_line_of_the_neighbour_in_view(sheet) -> None:
    document = _show(sheet, long_story(60))
    sheet.resize(900, 420)
    sheet.activate("g0", Field.TARGET)
    for way in (1, -1):
        for _ in range(40):
            sheet.step(way)
            row = sheet._row_rect(document.row_of(sheet.key))
            at = document.row_of(sheet.key)
            assert _whole(sheet, document, sheet.key)
            if way > 0 and at < 58:
                assert row.bottom() + 20 <= sheet.viewport().height()
            if way < 0 and at > 2:
                assert row.top() >= 20


def test_clicking_a_row_at_the_edge_does_not_move_it_more_than_it_must(sheet) -> None:
    document = _show(sheet, long_story(60))
    last = sheet.keys_in_view()[-2]
    before = _top(sheet, document, last)
    QTest.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=_center(sheet, document, last, Field.TARGET))
    assert sheet.key == last
    assert _top(sheet, document, last) == before


@pytest.mark.parametrize("size", [(900, 300), (560, 380), (1400, 300)])
def test_the_active_row_stays_in_view_when_the_window_becomes_small(sheet, size, qtbot) -> None:
    document = _show(sheet, long_story(300))
    sheet.activate("g150", Field.TARGET)
    sheet.step(1)
    sheet.step(1)
    sheet.resize(*size)
    assert _whole(sheet, document, sheet.key)
    qtbot.waitUntil(lambda: not sheet._guessing.isActive())
    assert _whole(sheet, document, sheet.key)


def test_the_active_row_stays_in_view_when_the_text_becomes_larger(sheet, look, qtbot) -> None:
    document = _show(sheet, long_story(300))
    sheet.resize(900, 420)
    sheet.activate("g152", Field.TARGET)
    for scale in (1.5, 2.0, 1.0):
        look.use("light", scale)
        row = sheet._row_rect(document.row_of(sheet.key))
        assert row.top() < sheet.viewport().height() - sheet.live.cursorRect().height()
        assert row.bottom() > 0
        assert sheet.live.geometry().intersects(sheet.viewport().rect())


def test_a_row_that_was_scrolled_away_does_not_come_back_by_itself(sheet, qtbot) -> None:
    _show(sheet, long_story(2000))
    sheet.activate("g0", Field.TARGET)
    sheet.verticalScrollBar().setValue(40_000)
    first = sheet.row_in_view()
    sheet.resize(760, 500)
    qtbot.waitUntil(lambda: not sheet._guessing.isActive())
    assert sheet.row_in_view() == first


# What is told


def test_a_name_with_marks_in_it_is_shown_as_it_is_in_a_tooltip(sheet) -> None:
    document = _show(sheet, small_story())
    sheet.marks.show_changes({"s1-a": "Changed by <b>LI</b> & others"})
    row = sheet._row_rect(document.row_of("s1-a"))
    at = QPoint(4, row.top() + 12)
    event = QHelpEvent(QEvent.Type.ToolTip, at, sheet.viewport().mapToGlobal(at))
    QApplication.sendEvent(sheet.viewport(), event)
    assert QToolTip.text() == "<qt>Draft<br>Changed by &lt;b&gt;LI&lt;/b&gt; &amp; others</qt>"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_dim_rows_and_gaps_can_still_be_read(look, theme) -> None:
    look.use(theme)
    for ground in ("ground", "hover"):
        assert _contrast(look.theme.color("muted"), look.theme.color(ground)) >= 4.5
    for tone in ("good", "accent", "error", "muted", "warning"):
        assert _contrast(look.theme.color(tone), look.theme.color("gutter")) >= 4.5


def _contrast(one: QColor, two: QColor) -> float:
    """The contrast of two colours (WCAG 2.2, "contrast ratio" and "relative luminance")."""

    def luminance(color: QColor) -> float:
        parts = (color.redF(), color.greenF(), color.blueF())
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_a_story_without_text_says_so(sheet) -> None:
    story = small_story()
    headline = Story("s1", "s1", Content(story.content.blocks[:1]))
    sheet.resize(900, 400)
    document = _show(sheet, headline)
    end = sheet._lying.heights.total()
    assert len(document.rows) == 2
    wide, high = sheet.viewport().width(), sheet.viewport().height()
    assert _ink(_grab(sheet, QRect(0, end, wide, high - end)), QColor("black")) > 50
    _show(sheet, story)
    end = sheet._lying.heights.total()
    assert _ink(_grab(sheet, QRect(0, end, wide, high - end)), QColor("black")) == 0


def test_the_name_of_a_missing_picture_gives_way_in_a_narrow_frame(sheet) -> None:
    name = "a-very-long-name-of-a-picture-that-nobody-has-brought-yet-0001.jpg"
    room = QRect(0, 0, 120, 30)
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    shown = sheet._painter._fitting(painter, room, f"{name} is not in the archive", name)
    painter.end()
    assert shown != name
    assert "…" in shown
