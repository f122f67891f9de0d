"""The hands of a person at a window: keys and mouse events, and what the story says after them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shell_room import Room, soon, top

from desktop_app.desk.stories import open_story
from desktop_app.domain.story import SegmentStatus, StoryState
from desktop_app.gui.shell.story_page import StoryPage

Row = tuple[str, SegmentStatus]


class Day:
    """The window as a person has it: keys go to whatever has the keyboard, clicks to what is seen."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.qtbot = room.qtbot
        room.window.activateWindow()

    @property
    def page(self) -> StoryPage:
        page = self.room.place.stories.front()
        assert page is not None
        return page

    def press(self, *keys: str) -> None:
        """Press keys, each as the registry writes it: ``Ctrl+T``."""
        self.back()
        for key in keys:
            combined = QKeySequence(key)[0]
            found = Qt.Key.Key_Backtab if key == "Shift+Tab" else combined.key()  # so it comes from the keyboard
            QTest.keyClick(self._focused(), found, combined.keyboardModifiers())

    def type(self, text: str) -> None:
        """Type letter by letter; Chinese is committed whole, as an input method does."""
        self.back()
        if not text.isascii():
            typed = QInputMethodEvent()
            typed.setCommitString(text)
            QApplication.sendEvent(self._focused(), typed)
            return
        for letter in text:
            QTest.keyClicks(self._focused(), letter)

    def click(self, widget: QWidget) -> None:
        soon(self.qtbot, lambda: widget.isVisible() and widget.isEnabled())
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.back()

    def back(self) -> None:
        """What the desktop does when a dialog opens or closes: it, or the window under it, has the keyboard."""

        def has_it() -> bool:
            front = QApplication.activeModalWidget() or self.room.window  # another dialog may come meanwhile
            if not front.isActiveWindow():
                front.activateWindow()
            return front.isActiveWindow()

        if not has_it():
            self.wait(has_it)

    def button(self, words: str, inside: QWidget | None = None) -> QAbstractButton:
        """The visible button that says ``words``."""

        def found() -> list[QAbstractButton]:
            roots = [inside] if inside is not None else QApplication.topLevelWidgets()
            buttons = [b for root in roots if root.isVisible() for b in root.findChildren(QAbstractButton)]
            return [b for b in buttons if b.isVisible() and b.text().replace("&", "").startswith(words)]

        soon(self.qtbot, lambda: bool(found()))
        return found()[0]

    def wait(self, holds: Callable[[], bool]) -> None:
        soon(self.qtbot, holds)

    def wait_for(self, kind: str) -> QWidget:
        """The dialog of that class, once it is there."""
        self.wait(lambda: any(type(w).__name__ == kind and w.isVisible() for w in QApplication.topLevelWidgets()))
        return top(kind)

    def drop(self, widget: QWidget, files: Sequence[Path]) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        at, buttons, keys = QPoint(40, 40), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(widget, QDragEnterEvent(QPointF(at), Qt.DropAction.CopyAction, data, buttons, keys))
        QApplication.sendEvent(widget, QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, buttons, keys))

    def _focused(self) -> QWidget:
        return QApplication.focusWidget() or self.room.window

    # The story

    def rows(self) -> list[Row]:
        return [(s.target, s.status) for s in self.page.editor.story().content.segments()]

    def targets(self) -> list[str]:
        return [target for target, _status in self.rows()]

    def sources(self) -> list[str]:
        return [s.source for s in self.page.editor.story().content.segments()]

    def stored(self) -> list[Row]:
        """What the archive says once everything typed is in it."""
        self.wait(self.page.editor.is_saved)
        story = open_story(self.room.desk, self.page.story_id).story
        return [(s.target, s.status) for s in story.content.segments()]

    def go(self, number: int) -> None:
        """Go to a row by its number, from 1."""
        self.press("Ctrl+G")
        self.type(str(number))
        self.press("Return")
        self.wait(lambda: self.at() == number)

    def at(self) -> int:
        """The number of the row that has the keys."""
        document = self.page.editor._document
        return document.row_of(self.page.editor.active_key()) + 1 if document is not None else 0

    def state(self) -> StoryState:
        return open_story(self.room.desk, self.page.story_id).situation.state

    def sit(self, name: str) -> None:
        """Somebody else sits down at the desk."""
        self.room.sit(name)
        self.room.window.show_place("stories")
        self.page.editor.setFocus()
