"""Paste and drop into the sheet: clean text, moved text in one step, pictures at the place where they were put down."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from shell_room import soon
from test_editor_stage import Stage, compose, opened_stage, small_story

from desktop_app.desk.pictures import list_pictures
from desktop_app.domain.story import BlockKind
from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.pasting import OWN_FORMAT
from desktop_app.gui.editor.rows import Field
from desktop_app.language.pasting import MOST

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def stage(look, texts, tmp_path) -> Iterator[Stage]:
    with opened_stage(look, texts, tmp_path) as stage:
        stage.open(small_story())
        yield stage


@pytest.fixture
def photo(tmp_path) -> Path:
    return picture(tmp_path / "lab.png", "#336699")


def picture(path: Path, color: str) -> Path:
    """A picture file."""
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    assert image.save(str(path))
    return path


def copy(plain: str = "", html: str = "") -> None:
    """Something was copied in another program."""
    data = QMimeData()
    if html:
        data.setHtml(html)
    if plain:
        data.setText(plain)
    QGuiApplication.clipboard().setMimeData(data)


def paste(stage: Stage, modifiers=CONTROL) -> None:
    QTest.keyClick(stage.live, Qt.Key.Key_V, modifiers)


def document(stage: Stage) -> StoryDocument:
    return stage.editor._document


def blocks(stage: Stage) -> list[str]:
    """The blocks of the story, pictures by their file."""
    return [
        block.placement.file if block.placement is not None else block.id
        for block in stage.editor.story().content.blocks
    ]


def middle(stage: Stage, key: str, field: Field) -> QPoint:
    """A point in a cell."""
    sheet = stage.editor._sheet
    row = document(stage).row_of(key)
    return sheet._lying.plan(row).cells[field].center() + sheet.row_rect(row).topLeft()


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drag(stage: Stage, data: QMimeData, at: QPoint, action=Qt.DropAction.CopyAction) -> QDragMoveEvent:
    """Bring something over a point of the sheet."""
    view = stage.editor._sheet.viewport()
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    entering = QDragEnterEvent(QPointF(at), actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view, entering)
    moving = QDragMoveEvent(QPointF(at), actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    moving.setDropAction(action)
    QApplication.sendEvent(view, moving)
    return moving


def drop(stage: Stage, data: QMimeData, at: QPoint) -> None:
    """Let it go there."""
    drag(stage, data, at)
    event = QDropEvent(
        QPointF(at), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(stage.editor._sheet.viewport(), event)


def test_text_of_a_web_page_comes_clean_and_says_how_many_paragraphs_it_was(stage) -> None:
    copy("The\u00a0dean\nspoke.\n\nHe left.", "<p>The&nbsp;dean\nspoke.</p><p>He left.</p>")
    stage.at("s1-b")
    paste(stage)
    assert stage.shown("s1-b").target == "The dean spoke. He left."
    assert stage.said == ["2 paragraphs were pasted as one."]
    stage.editor.undo()
    assert stage.shown("s1-b").target == ""
    assert not stage.editor.can_undo()


def test_paste_without_cleaning_keeps_every_character(stage) -> None:
    copy("co\u00adop\u00a0\u200b  x\ny", "<p>something else</p>")
    stage.at("s1-b")
    stage.editor.at_cursor.paste_plain()
    assert stage.shown("s1-b").target == "co\u00adop\u00a0\u200b  x y"
    assert stage.said == []


def test_paste_without_cleaning_goes_where_the_keyboard_is(stage) -> None:
    copy("dean")
    stage.at("s1-b")
    stage.editor.find()
    stage.editor.at_cursor.paste_plain()
    assert stage.editor._find_bar.line.text() == "dean"
    assert stage.shown("s1-b").target == ""


def test_our_own_copies_are_pasted_as_they_are(stage) -> None:
    stage.at("s1-b")
    stage.editor.insert_text("RMB\u00a01.2  x")
    QTest.keyClick(stage.live, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(stage.live, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().mimeData().hasFormat(OWN_FORMAT)
    stage.at("s1-c")
    paste(stage)
    assert stage.shown("s1-c").target == "RMB\u00a01.2  x"


def test_a_word_that_was_copied_with_its_space_does_not_stick_to_its_neighbour(stage) -> None:
    stage.at("s1-a")
    stage.live.put_cursor(4)
    copy("big ")
    paste(stage)
    assert stage.shown("s1-a").target == "The big delegation came."
    stage.live.select(4, 7)
    copy(" huge\u00a0")
    paste(stage)
    assert stage.shown("s1-a").target == "The huge delegation came."


def test_too_much_is_refused_with_a_sentence(stage) -> None:
    copy("x" * (MOST + 1))
    stage.at("s1-a")
    paste(stage)
    assert stage.shown("s1-a").target == "The delegation came."
    assert stage.said == [
        "What was copied has 200,001 characters. At most 200,000 can be put into one place: paste it in parts."
    ]


def test_text_is_moved_from_cell_to_cell_in_one_step(stage) -> None:
    stage.at("s1-a")
    stage.live.select(4, 15)
    data = stage.live.createMimeDataFromSelection()
    at = middle(stage, "s1-b", Field.TARGET)
    sheet = stage.editor._sheet
    moved = _Drop(at, data, Qt.DropAction.MoveAction, stage.live)
    sheet_dropping = stage.editor.at_cursor.dropping
    sheet_dropping._drop_text(moved, sheet.cell_at(at), at)
    assert moved.taken is Qt.DropAction.CopyAction
    assert (stage.shown("s1-a").target, stage.shown("s1-b").target) == ("The came.", "delegation ")
    assert stage.editor.active_key() == "s1-b"
    stage.editor.undo()
    assert (stage.shown("s1-a").target, stage.shown("s1-b").target) == ("The delegation came.", "")
    assert not stage.editor.can_undo()


def test_text_is_moved_between_two_texts_of_one_picture(stage) -> None:
    stage.at("s1-p", Field.CAPTION_TARGET)
    stage.live.select(0, 2)
    data = stage.live.createMimeDataFromSelection()
    at = middle(stage, "s1-p", Field.ALT)
    moved = _Drop(at, data, Qt.DropAction.MoveAction, stage.live)
    stage.editor.at_cursor.dropping._drop_text(moved, ("s1-p", Field.ALT), at)
    place = document(stage).placement("s1-p")
    assert (place.caption.en, place.alt.en) == ("ANG", "ZH")
    stage.editor.undo()
    assert document(stage).placement("s1-p").caption.en == "ZHANG"


class _Drop:
    """A drop whose source is a widget of ours; Qt makes such events only while a drag is under way."""

    def __init__(self, at: QPoint, data: QMimeData, action: Qt.DropAction, source) -> None:
        self._at, self._data, self._action, self._source = at, data, action, source
        self.taken: Qt.DropAction | None = None

    def source(self):
        return self._source

    def mimeData(self) -> QMimeData:
        return self._data

    def dropAction(self) -> Qt.DropAction:
        return self._action

    def setDropAction(self, action: Qt.DropAction) -> None:
        self.taken = action

    def accept(self) -> None:
        pass


def test_text_of_another_program_is_dropped_clean_where_the_pointer_is(stage) -> None:
    data = QMimeData()
    data.setText("co\u00adoperation\u00a0and\ntalks")
    stage.at("s1-a")
    drop(stage, data, middle(stage, "s1-c", Field.TARGET))
    assert stage.shown("s1-c").target == "cooperation and talks"
    assert stage.editor.active_key() == "s1-c"
    stage.editor.undo()
    assert stage.shown("s1-c").target == ""


def test_text_dropped_on_chinese_that_is_fixed_is_refused(stage) -> None:
    data = QMimeData()
    data.setText("x")
    drop(stage, data, middle(stage, "s1-c", Field.SOURCE))
    assert stage.shown("s1-c").source == "来宾参观校史馆。"
    assert "as it came in" in stage.said[-1]


def test_a_picture_dropped_between_paragraphs_stands_there(stage, photo, qtbot) -> None:
    at = middle(stage, "s1-c", Field.TARGET) + QPoint(0, 6)
    drop(stage, files(photo), at)
    soon(qtbot, lambda: len(blocks(stage)) == 5)
    assert blocks(stage) == ["s1-b1", "s1-b2", "1.jpg", "s1-b3", "lab.png"]
    assert stage.said == ["1 picture placed."]
    placement = stage.editor.story().content.blocks[-1].placement
    assert placement.picture == list_pictures(stage.desk)[0].id
    assert stage.editor.active_key() == stage.editor.story().content.blocks[-1].id
    stage.editor.undo()
    assert blocks(stage) == ["s1-b1", "s1-b2", "1.jpg", "s1-b3"]
    assert len(list_pictures(stage.desk)) == 1
    stage.editor.redo()
    assert stage.editor.flush_and_wait()
    stage.reload()
    assert blocks(stage)[-1] == "lab.png"


def test_a_picture_chosen_by_the_menu_goes_behind_the_active_row(stage, photo, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([], ""))
    stage.at("s1-a")
    stage.editor.at_cursor.insert_picture()
    assert blocks(stage) == ["s1-b1", "s1-b2", "1.jpg", "s1-b3"]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(photo)], ""))
    stage.editor.at_cursor.insert_picture()
    soon(qtbot, lambda: len(blocks(stage)) == 5)
    assert blocks(stage) == ["s1-b1", "s1-b2", "lab.png", "1.jpg", "s1-b3"]
    assert stage.said == ["1 picture placed."]
    stage.editor.undo()
    assert blocks(stage) == ["s1-b1", "s1-b2", "1.jpg", "s1-b3"]


def test_pictures_never_part_the_segments_of_a_paragraph(stage, photo, tmp_path, qtbot) -> None:
    other = picture(tmp_path / "hall.png", "#993333")
    drop(stage, files(photo, other), middle(stage, "s1-a", Field.TARGET) - QPoint(0, 4))
    soon(qtbot, lambda: len(blocks(stage)) == 6)
    assert blocks(stage) == ["s1-b1", "lab.png", "hall.png", "s1-b2", "1.jpg", "s1-b3"]
    stage.editor.undo()
    assert len(blocks(stage)) == 4


def test_a_picture_dropped_on_an_empty_place_fills_it(stage, photo, qtbot) -> None:
    drop(stage, files(photo), middle(stage, "s1-p", Field.CAPTION_TARGET))
    soon(qtbot, lambda: "lab.png" in blocks(stage))
    assert blocks(stage) == ["s1-b1", "s1-b2", "lab.png", "s1-b3"]
    placement = document(stage).placement("s1-p")
    assert (placement.caption.zh, placement.caption.en) == ("张讲话", "ZHANG")
    stage.editor.undo()
    assert document(stage).placement("s1-p").picture is None


def test_a_placeholder_of_that_name_elsewhere_stays_as_it_is(stage, tmp_path, qtbot) -> None:
    named = picture(tmp_path / "1.jpg", "#336699")
    drop(stage, files(named), middle(stage, "s1-c", Field.TARGET) + QPoint(0, 6))
    soon(qtbot, lambda: len(blocks(stage)) == 5)
    assert document(stage).placement("s1-p").picture is None


def test_a_screenshot_is_pasted_behind_the_active_row(stage, qtbot) -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("#225522"))
    data = QMimeData()
    data.setImageData(image)
    data.setHtml('<img src="http://somewhere/a.png">')
    QGuiApplication.clipboard().setMimeData(data)
    stage.at("s1-a")
    compose(stage.live, "")
    paste(stage)
    soon(qtbot, lambda: len(blocks(stage)) == 5)
    assert stage.editor.story().content.blocks[2].kind is BlockKind.PICTURE
    kept = list_pictures(stage.desk)[0]
    assert kept.file.startswith("pasted-")
    assert (kept.width, kept.height, kept.mime) == (30, 20, "image/png")
    assert stage.shown("s1-a").target == "The delegation came."


def test_a_file_that_is_no_picture_is_named(stage, photo, tmp_path, qtbot) -> None:
    (tmp_path / "notes.txt").write_text("no picture", "utf-8")
    drop(stage, files(tmp_path / "notes.txt", photo), middle(stage, "s1-c", Field.TARGET) + QPoint(0, 6))
    soon(qtbot, lambda: len(blocks(stage)) == 5)
    assert "notes.txt" in stage.said[-1]
    assert stage.said[-1].startswith("1 picture placed.")


def test_a_story_for_reading_takes_no_pictures_and_says_why(stage, photo) -> None:
    stage.editor.set_read_only(N_("Reading only, for a test."))
    drop(stage, files(photo), middle(stage, "s1-c", Field.TARGET))
    assert stage.said == ["Reading only, for a test."]
    assert list_pictures(stage.desk) == []
    stage.editor.set_read_only(None)


def test_the_line_shows_where_a_picture_will_stand(stage, photo) -> None:
    line, sheet = stage.editor.at_cursor.dropping.line, stage.editor._sheet
    moving = drag(stage, files(photo), middle(stage, "s1-c", Field.TARGET) + QPoint(0, 6))
    assert moving.isAccepted()
    assert line.isVisible()
    last = sheet.row_rect(document(stage).row_of("s1-c"))
    assert abs(line.geometry().center().y() - last.bottom()) <= 2
    drag(stage, files(photo), middle(stage, "s1-p", Field.CAPTION_TARGET))
    assert line.geometry() == sheet.row_rect(document(stage).row_of("s1-p"))
    drop(stage, QMimeData(), middle(stage, "s1-c", Field.TARGET))
    assert not line.isVisible()


def test_a_folder_is_left_to_the_page(stage, tmp_path) -> None:
    moving = drag(stage, files(tmp_path), middle(stage, "s1-c", Field.TARGET))
    assert not moving.isAccepted()


def test_closing_while_a_picture_comes_in_says_that_it_is_kept(stage, photo, qtbot) -> None:
    drop(stage, files(photo), middle(stage, "s1-c", Field.TARGET))
    stage.editor.clear()
    soon(qtbot, lambda: bool(stage.said))
    assert stage.said == ["The pictures are in the catalogue; the story was closed before they could be placed."]
    assert len(list_pictures(stage.desk)) == 1


def test_a_picture_is_pasted_from_a_chinese_text_too(stage, photo, qtbot) -> None:
    QGuiApplication.clipboard().setMimeData(files(photo))
    stage.at("s1-c", Field.SOURCE)
    assert stage.live.can_paste()
    paste(stage)
    soon(qtbot, lambda: len(blocks(stage)) == 5)
    assert blocks(stage)[-1] == "lab.png"
    assert stage.shown("s1-c").source == "来宾参观校史馆。"
    copy("text")
    stage.at("s1-c", Field.SOURCE)
    assert not stage.live.can_paste()


def test_text_dropped_into_the_cell_that_is_written_is_one_step(stage) -> None:
    stage.at("s1-a")
    QTest.keyClicks(stage.live, "x")
    data, view = QMimeData(), stage.live.viewport()
    data.setText("co\u00adop\u00a0")
    at = QPointF(stage.live.cursorRect().center())
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for kind in (QDragEnterEvent, QDragMoveEvent, QDropEvent):
        QApplication.sendEvent(view, kind(at, Qt.DropAction.CopyAction, data, buttons, keys))
    assert stage.shown("s1-a").target == "The delegation came.xcoop"
    stage.editor.undo()
    assert stage.shown("s1-a").target == "The delegation came.x"
