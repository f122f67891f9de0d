"""The proof beside the text: refreshed while somebody writes and looks, gone through by mouse and keys."""

import os
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shell_room import Room, soon, top

from desktop_app.desk.proofs import ProofPress
from desktop_app.desk.stories import open_story
from desktop_app.domain.story import Content, Story
from desktop_app.foundation import resources
from desktop_app.gui.proof.canvas import PageCanvas
from desktop_app.gui.proof.geometry import Sheets
from desktop_app.gui.proof.view import ProofView
from desktop_app.gui.shell.story_page import StoryPage

STORY = "new-materials-conference"  # drafted by LI Wei
SOURCE_ALONE = "spring-sports-meeting"


@pytest.fixture
def page(room: Room) -> StoryPage:
    """A story with its proof beside it, the pages there."""
    room.window.resize(1400, 900)
    room.sit("LI Wei")
    page = room.open(STORY)
    page.editor.go_to(segment(page, 1))
    room.quiet()
    show_proof(room, page)
    return page


def show_proof(room: Room, page: StoryPage) -> ProofView:
    room.window.registry.action("proof").trigger()
    assert page.view == "proof"
    soon(room.qtbot, page.proof.is_fresh)
    return page.proof


def segment(page: StoryPage, at: int) -> str:
    return [one.id for one in page.editor.story().content.segments()][at]


def place(page: StoryPage, key: str, part: str) -> tuple[PageCanvas, QPoint]:
    """The middle of a part's first line, brought into view."""
    canvas, proof = page.proof.canvas, page.proof.proof
    assert proof is not None
    spot = next(spot for spot in proof.spots if (spot.key, spot.part) == (key, part))
    canvas.go_to_page(spot.page)
    where = canvas._sheets.rect(spot.page, spot.x, spot.y, spot.width, spot.height).translated(canvas._shift)
    if where.bottom() > canvas.viewport().height():
        canvas.verticalScrollBar().setValue(round(canvas._top + where.top() - 100))
        where = canvas._sheets.rect(spot.page, spot.x, spot.y, spot.width, spot.height).translated(canvas._shift)
    return canvas, where.center().toPoint()


def click(page: StoryPage, key: str, part: str) -> None:
    canvas, at = place(page, key, part)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def live(page: StoryPage):
    return page.editor._sheet.live


def test_switch_and_key_show_the_pages_in_the_place_of_the_panels(page: StoryPage, room: Room, qtbot) -> None:
    assert page.editor.isVisible()
    assert page.proof.isVisible()
    assert not page.side.isVisible()
    assert page.proof.page_number.text() == "1 of 2"
    QTest.keyClick(room.window, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    soon(qtbot, lambda: page.view == "edit")
    assert page.side.isVisible()
    assert not page.proof.isVisible()


def test_a_click_on_the_page_goes_to_its_segment_with_the_cursor_at_the_end(page: StoryPage) -> None:
    for at, part in ((3, "en"), (0, "zh"), (5, "en"), (2, "zh")):
        key = segment(page, at)
        click(page, key, part)
        assert page.editor.active_key() == key
        assert page.view == "proof"
        assert live(page).cursor_at() == len(live(page).toPlainText()) > 0
        assert QApplication.focusWidget() is live(page)


def test_a_click_on_a_picture_and_on_its_caption_goes_to_the_picture(page: StoryPage) -> None:
    block = next(block for block in page.editor.story().content.blocks if block.placement is not None)
    for part in ("picture", "en caption", "zh caption"):
        page.editor.go_to(segment(page, 0))
        click(page, block.id, part)
        assert page.editor.active_key() == block.id


def test_a_click_beside_the_text_goes_nowhere(page: StoryPage) -> None:
    before = page.editor.active_key()
    canvas = page.proof.canvas
    canvas.go_to_page(0)
    sheet = canvas._sheets.sheet(0)
    for at in (QPoint(round(sheet.x()) + 6, 200), QPoint(3, 3)):
        QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert page.editor.active_key() == before


def test_hovering_shows_a_hand_over_text_alone(page: StoryPage) -> None:
    canvas, at = place(page, segment(page, 2), "en")
    for where, shape in ((at, Qt.CursorShape.PointingHandCursor), (QPoint(2, 2), Qt.CursorShape.ArrowCursor)):
        canvas.viewport().setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        spot, none = QPointF(where), Qt.MouseButton.NoButton
        move = QMouseEvent(QEvent.Type.MouseMove, spot, spot, none, none, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(canvas.viewport(), move)
        assert canvas.viewport().cursor().shape() == shape


def test_what_is_typed_stands_on_the_page_after_a_pause(page: StoryPage, qtbot) -> None:
    key = segment(page, 2)
    page.editor.go_to(key)
    before = page.proof.proof
    rows = len([spot for spot in before.spots if spot.key == key])
    QTest.keyClicks(live(page), " Many more words are written here, so that the paragraph has another line." * 2)
    assert page.proof.proof is before  # not while somebody types
    soon(qtbot, lambda: page.proof.proof is not before and page.proof.is_fresh())
    after = [spot for spot in page.proof.proof.spots if spot.key == key]
    assert len(after) >= rows
    assert sum(spot.height for spot in after) > sum(spot.height for spot in before.spots if spot.key == key)


def test_nothing_is_set_while_nobody_looks(page: StoryPage, room: Room, qtbot) -> None:
    before = page.proof.proof
    room.window.registry.action("proof").trigger()
    assert page.view == "edit"
    page.editor.go_to(segment(page, 2))
    QTest.keyClicks(live(page), " unseen")
    soon(qtbot, page.editor.is_saved)
    room.quiet()
    assert not page.proof._refreshing._wait.isActive()
    assert page.proof.proof is before
    show_proof(room, page)
    assert page.proof.proof is not before


def test_scrolling_stays_where_it_was_when_the_pages_come_anew(page: StoryPage, qtbot) -> None:
    bar = page.proof.canvas.verticalScrollBar()
    bar.setValue(217)
    before = page.proof.proof
    page.proof.touch()
    soon(qtbot, lambda: page.proof.proof is not before)
    assert bar.value() == 217


def test_old_pages_stay_until_the_new_ones_are_there(page: StoryPage, qtbot) -> None:
    canvas = page.proof.canvas
    shown = canvas._images.image(0)
    assert shown is not None
    page.proof.choose_layout("english")
    assert canvas._images.image(0) is shown
    soon(qtbot, lambda: page.proof.proof.layout == "english")
    assert canvas._images.image(0) is not None
    assert {spot.part for spot in page.proof.proof.spots} == {"en", "picture", "en caption"}


def test_another_row_brings_its_page_into_view_without_the_keyboard(page: StoryPage, qtbot) -> None:
    last = segment(page, -1)
    assert page.proof.canvas.page == 0
    page.editor.go_to(last)
    focus = QApplication.focusWidget()
    place_ = page.proof.canvas.place_of(last)
    assert place_ is not None
    assert page.proof.canvas.viewport().rect().contains(place_.center().toPoint())
    assert page.proof.canvas.page == 1
    assert page.proof.page_number.text() == "2 of 2"
    assert QApplication.focusWidget() is focus is live(page)


def test_active_place_has_a_bar_at_the_margin(page: StoryPage, qtbot) -> None:
    key = segment(page, 2)
    page.editor.go_to(key)
    soon(qtbot, page.proof.is_fresh)
    canvas, _at = place(page, key, "en")
    spot = next(spot for spot in page.proof.proof.spots if (spot.key, spot.part) == (key, "en"))
    edge = min(s.x for s in page.proof.proof.spots if s.part == "en" and s.page == spot.page)
    at = canvas._sheets.rect(spot.page, edge, spot.y, 1, spot.height).translated(canvas._shift)
    shot = canvas.viewport().grab().toImage()
    beside = [QColor(shot.pixel(round(at.x()) - x, round(at.center().y()))) for x in range(1, 12)]
    assert any(color.blue() - color.red() > 40 for color in beside)


def test_pages_are_white_and_drawn_dot_by_dot(page: StoryPage) -> None:
    canvas = page.proof.canvas
    image = canvas._images.image(0)
    assert image.width() == canvas.pixels
    canvas.go_to_page(0)
    shot = canvas.viewport().grab().toImage()
    corner = canvas._sheets.sheet(0).topLeft().toPoint() + QPoint(5, 5)
    assert QColor(shot.pixel(corner)) == QColor("white")


def test_zoom_by_wheel_and_buttons(page: StoryPage, qtbot) -> None:
    canvas = page.proof.canvas
    assert page.proof.fit.isChecked()
    fitted = canvas.scale
    middle = QPointF(canvas.viewport().rect().center())
    before = canvas._sheets.place(middle - canvas._shift)
    wheel = QWheelEvent(
        middle, canvas.viewport().mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas.viewport(), wheel)
    assert canvas.scale > fitted * 1.05
    after = canvas._sheets.place(middle - canvas._shift)
    assert after[0] == before[0]
    assert after[2] == pytest.approx(before[2], abs=3)
    assert not page.proof.fit.isChecked()
    page.proof.larger.click()
    page.proof.larger.click()
    assert canvas.horizontalScrollBar().maximum() > 0
    soon(qtbot, page.proof.is_fresh)
    assert canvas._images.image(canvas.page).width() == canvas.pixels
    page.proof.smaller.click()
    page.proof.fit.click()
    assert canvas.scale == pytest.approx(fitted, rel=0.01)
    assert canvas.horizontalScrollBar().maximum() == 0


def test_keys_go_through_the_pages(page: StoryPage) -> None:
    canvas = page.proof.canvas
    canvas.setFocus()
    bar = canvas.verticalScrollBar()
    bar.setValue(0)
    QTest.keyClick(canvas, Qt.Key.Key_PageDown)
    assert bar.value() > 300
    QTest.keyClick(canvas, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    assert canvas.accessibleDescription() == "2 of 2"
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    assert bar.value() < bar.maximum()
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert bar.value() == 0
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert bar.value() > 0
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is live(page)


def test_writing_goes_on_beside_the_pages(page: StoryPage, room: Room) -> None:
    assert room.window.registry.action("confirm-next").isEnabled()
    room.window.registry.action("next-segment").trigger()
    assert page.view == "proof"
    page.show_part(segment(page, 4))
    assert page.view == "proof"
    page.show_panel("checks")
    assert page.view == "edit"
    assert page.side.isVisible()


def test_save_as_pdf_asks_with_the_layout_of_the_pages(page: StoryPage, qtbot) -> None:
    page.proof.choose_layout("interleaved")
    soon(qtbot, page.proof.is_fresh)
    page.proof.save.click()
    dialog = top("ExportDialog")
    assert dialog.layout_choice.currentData() == "interleaved"
    assert dialog.format.currentData() == "pdf"
    dialog.reject()


def test_narrow_window_gives_the_pages_all_the_room_and_a_way_back(page: StoryPage, room: Room, qtbot) -> None:
    room.place.stories.library.hide()
    assert not page.proof.back.isVisible()
    room.window.resize(760, 700)
    soon(qtbot, lambda: not page.views.isVisible())
    assert page.proof.back.isVisible()
    key = segment(page, 3)
    soon(qtbot, page.proof.is_fresh)
    click(page, key, "en")
    assert page.view == "edit"
    assert page.editor.active_key() == key
    assert page.views.isVisible()
    show_proof(room, page)
    page.proof.back.click()
    assert page.view == "edit"


def test_width_of_the_pages_is_kept_beside_that_of_the_panels(page: StoryPage, room: Room) -> None:
    stories = room.place.stories
    _text, side, _pages = page.splitter.sizes()
    assert side == 0
    page.splitter.moveSplitter(page.splitter.width() - 420, 2)
    kept = room.place.frame.widths()
    assert abs(kept["proof"] - 420) < 10
    assert kept["side"] != kept["proof"]
    other = stories.open_story(room.story(SOURCE_ALONE))
    other.show_view("proof")
    assert abs(other.splitter.sizes()[2] - kept["proof"]) < 10


def test_story_without_english_says_so(room: Room, qtbot) -> None:
    page = room.open(SOURCE_ALONE)
    view = show_proof(room, page)
    assert view._notes.text() == "There is no English yet: the Chinese stands alone."
    view.choose_layout("english")
    soon(qtbot, lambda: view.proof is None and view.is_fresh())
    assert view._empty.isVisible()
    assert view._empty.accessibleName() == "There is no English yet"
    assert not view.save.isEnabled()
    view.choose_layout("chinese")
    soon(qtbot, lambda: view.canvas.isVisible() and view.is_fresh())


def test_picture_whose_file_is_gone_is_a_frame_with_its_name(room: Room, qtbot) -> None:
    story = open_story(room.desk, STORY).story
    picture = next(p.picture for p in story.content.placements() if p.picture)
    gone = [path for path in (room.folder / "originals").rglob("*") if path.is_file()]
    for path in gone:
        path.chmod(0o644)
        os.remove(path)
    page = room.open(STORY)
    view = show_proof(room, page)
    assert picture
    assert "cannot be read" in view._notes.text()
    assert any(spot.part == "picture" for spot in view.proof.spots)


@pytest.mark.logs
def test_template_that_fails_is_told_over_the_pages_that_are_there(
    page: StoryPage, qtbot, monkeypatch, tmp_path
) -> None:
    folder = tmp_path / "print"
    folder.mkdir()
    real = resources.resource

    def broken(*parts: str):
        if parts[0] != "print":
            return real(*parts)
        (folder / parts[1]).write_text("#panic()", encoding="ascii")
        return folder / parts[1]

    monkeypatch.setattr("desktop_app.press.typesetting.resource", broken)
    before = page.proof.proof
    page.proof.choose_layout("interleaved")
    soon(qtbot, page.proof._message.isVisible)
    assert page.proof._message.text().startswith("The pages cannot be set.")
    assert page.proof.proof is before
    monkeypatch.undo()
    page.proof.choose_layout("side-by-side")
    soon(qtbot, lambda: page.proof.is_fresh() and page.proof.proof is not before)
    assert not page.proof._message.isVisible()


def test_draft_is_marked_and_approved_words_are_not(room: Room) -> None:
    press = ProofPress(room.desk)
    approved = open_story(room.desk, "battery-recycling-progress").story
    assert press.proof(approved).draft is False
    assert press.proof(with_words(approved, "Other words.")).draft is True
    assert press.proof(open_story(room.desk, STORY).story).draft is True


def with_words(story: Story, words: str) -> Story:
    first, *rest = story.content.blocks
    segments = (replace(first.segments[0], target=words), *first.segments[1:])
    return story.with_content(replace(story.content, blocks=(replace(first, segments=segments), *rest)))


def test_story_without_any_text_has_no_pages(room: Room) -> None:
    story = open_story(room.desk, STORY).story
    assert ProofPress(room.desk).proof(story.with_content(Content())) is None


def test_closing_while_pages_are_set_leaves_nothing_behind(page: StoryPage, room: Room) -> None:
    page.proof.choose_layout("interleaved")
    assert page.proof._refreshing.busy
    assert room.place.stories.close_page(page)
    room.quiet()


def test_sheets_tell_the_same_place_both_ways() -> None:
    sheets = Sheets(3, (595.0, 842.0), 500, 900)
    for page, x, y in ((0, 10, 10), (1, 300, 400), (2, 590, 840)):
        at = sheets.rect(page, x, y, 0, 0).topLeft()
        found = sheets.place(at)
        assert found is not None
        assert found[0] == page
        assert found[1:] == pytest.approx((x, y))
    assert sheets.place(QPointF(1, 1)) is None
    assert list(sheets.between(0, sheets.down)) == [0, 1, 2]
