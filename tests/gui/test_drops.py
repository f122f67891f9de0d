"""Files dragged over the window: who takes them, and what is refused at once."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from shell_room import Room, soon, top

from desktop_app.desk.terms import all_terms
from desktop_app.gui.transfer.import_dialog import ImportDialog

READ_ONLY = "This archive can only be read. Nothing you do here changes it."
PLACES = ["stories", "pictures", "terms", "memory", "people"]


def drag(widget: QWidget, *files: Path) -> bool:
    """Drag files over a widget and let them go where somebody takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    at, buttons, keys = QPointF(5, 5), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(widget, entering)
    if entering.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(at, Qt.DropAction.CopyAction, data, buttons, keys))
    return entering.isAccepted()


def front(room: Room, place: str) -> QWidget:
    """The page of a place, in front."""
    room.window.registry.action(place).trigger()
    room.quiet()
    return room.place.library if place == "stories" else room.place.currentWidget()


@pytest.mark.parametrize("place", PLACES)
def test_a_package_is_recognised_wherever_it_is_dropped(room: Room, tmp_path: Path, place: str) -> None:
    (tmp_path / "out.diptych").write_bytes(b"nothing of the kind")
    page = front(room, place)
    assert drag(page, tmp_path / "out.diptych")
    soon(room.qtbot, lambda: any(type(w).__name__ == "HomecomingDialog" for w in QApplication.topLevelWidgets()))
    room.quiet()
    dialog = top("HomecomingDialog")
    room.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    soon(room.qtbot, lambda: not dialog.isVisible())


@pytest.mark.parametrize("place", PLACES)
def test_what_cannot_be_taken_in_is_refused_at_the_drag(room: Room, tmp_path: Path, place: str) -> None:
    (tmp_path / "story.txt").write_text("校园新闻", "utf-8")
    page = front(room, place)
    room.desk.archive.writable = False
    if place != "people":
        room.place.rooms.open_desk(room.desk, room.place.people.person)
    assert not drag(page, tmp_path / "story.txt")
    assert room.window.toast.isVisible()
    assert room.window.toast.text() == READ_ONLY
    room.desk.archive.writable = True


def test_a_text_that_brings_nothing_home_is_refused_before_it_is_read(room: Room, tmp_path: Path) -> None:
    (tmp_path / "story.docx").write_bytes(b"no document")
    room.desk.archive.writable = False
    assert drag(room.window, tmp_path / "story.docx")  # it may be work that came back
    soon(room.qtbot, room.window.toast.isVisible)
    assert room.window.toast.text() == READ_ONLY
    assert room.window.findChildren(ImportDialog) == []
    room.desk.archive.writable = True


def test_files_of_its_own_kind_stay_with_the_page(room: Room, tmp_path: Path) -> None:
    (tmp_path / "terms.csv").write_text("source,target\n校庆,anniversary\n", "utf-8")
    assert drag(front(room, "terms"), tmp_path / "terms.csv")
    soon(room.qtbot, lambda: any(term.source == "校庆" for term in all_terms(room.desk)))
    room.quiet()
