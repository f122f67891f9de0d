"""Whoever does not see the window, or has no mouse: everything that takes the keyboard has a name and a role."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollArea, QSplitter, QWidget
from shell_room import Room

PLACES = ("stories", "pictures", "terms", "memory", "people", "settings")


def reachable(root: QWidget) -> Iterator[QWidget]:
    """The visible widgets that the Tab key or a click gives the keyboard to."""
    for widget in [root, *root.findChildren(QWidget)]:
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        frame = isinstance(widget, QScrollArea | QSplitter) or isinstance(widget.parent(), QAbstractScrollArea)
        if takes and widget.isVisible() and widget.focusProxy() is None and not frame:
            yield widget


def nameless(root: QWidget) -> list[str]:
    found = []
    for widget in reachable(root):
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface is not None else ""
        if not name.strip():
            above = widget.parentWidget()
            found.append(f"{type(widget).__name__} {widget.objectName()} in {type(above).__name__}")
    return found


@pytest.mark.parametrize("place", PLACES)
def test_everything_on_a_page_has_a_name(room: Room, place: str) -> None:
    room.window.show_place(place)
    room.quiet()
    QApplication.processEvents()
    assert nameless(room.window) == []


def test_everything_beside_an_open_story_has_a_name(room: Room) -> None:
    page = room.open("qingling-materials-signing")
    for panel in page.side._ids:
        page.show_panel(panel)
        room.quiet()
        assert nameless(room.window) == [], panel


@pytest.mark.parametrize("view", ["changes", "edit"])
def test_every_view_of_a_story_has_a_name_and_a_role(room: Room, view: str) -> None:
    page = room.open("qingling-materials-signing")
    page.show_view(view)
    room.quiet()
    assert nameless(room.window) == []
    front = QApplication.focusWidget()
    assert front is not None
    interface = QAccessible.queryAccessibleInterface(front)
    assert interface.role() not in {QAccessible.Role.NoRole, QAccessible.Role.Client}


def test_tab_goes_round_the_window_and_comes_back(room: Room) -> None:
    room.window.activateWindow()
    room.window.show_place("stories")
    room.quiet()
    seen: list[QWidget] = []
    for _ in range(200):
        here = QApplication.focusWidget()
        assert here is not None
        if here in seen:
            break
        seen.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    wanted = set(reachable(room.window))
    assert len(wanted) >= 8
    assert not wanted - set(seen), [type(w).__name__ for w in wanted - set(seen)]
