"""Menus made of the registry, with the lines and submenus that its table names; and where a list opens its own menu."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from desktop_app.gui.kit.actions import Actions
from desktop_app.gui.kit.keys import GROUPS
from desktop_app.gui.kit.texts import Texts


class Submenu(QMenu):
    """It is grey as long as nothing in it can be done."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self._show_usable()

    def take(self, action: QAction) -> None:
        """Add an action, and follow it."""
        self.addAction(action)
        action.enabledChanged.connect(self._show_usable)
        self._show_usable()

    def _show_usable(self) -> None:
        self.menuAction().setEnabled(any(one.isEnabled() for one in self.actions() if not one.isSeparator()))


class Filling:
    """Fills one menu: each entry comes with ``group`` and ``line`` as ``ActionSpec`` has them."""

    def __init__(self, menu: QMenu, texts: Texts) -> None:
        self._menu, self._texts = menu, texts
        self._groups: dict[str, Submenu] = {}

    def add(self, action: QAction, *, group: str = "", line: bool = False) -> None:
        """Put an action at the end of the menu, or of its submenu, which begins where its first action stands."""
        if not group:
            _part(self._menu, line=line)
            self._menu.addAction(action)
            return
        if group not in self._groups:
            _part(self._menu, line=line)
            self._groups[group] = Submenu(self._texts(dict(GROUPS)[group]), self._menu)
            self._menu.addMenu(self._groups[group])
        _part(self._groups[group], line=line)
        self._groups[group].take(action)

    def offer(self, title: str, act: Callable[[], object], *, group: str = "", line: bool = False) -> QAction:
        """Put in an entry of this menu's own; its title is shown as it is written."""
        entry = QAction(title.replace("&", "&&"), self._menu)
        entry.triggered.connect(lambda _checked=False: act())
        self.add(entry, group=group, line=line)
        return entry


def _part(menu: QMenu, *, line: bool) -> None:
    entries = menu.actions()
    if line and entries and not entries[-1].isSeparator():
        menu.addSeparator()


def fill(menu: QMenu, menu_id: str, actions: Actions, texts: Texts) -> None:
    """Fill a menu of the menu bar with its actions."""
    filling = Filling(menu, texts)
    for spec in actions.specs():
        if spec.menu == menu_id:
            filling.add(actions.action(spec.id), group=spec.group, line=spec.line)


def asks_for_menu(event: QKeyEvent) -> bool:
    """Whether a key asks for the menu of what is current, where the system does not make that of it itself."""
    return event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier


def place_of_menu(view: QAbstractItemView, event: QContextMenuEvent) -> QPoint | None:
    """Where on the screen the menu of a list opens, None where the pointer is beside its lines.

    A line under the pointer that is not chosen is chosen first, as everywhere; asked for by a key, the menu is about
    what is chosen, else about the current line, and opens at it.
    """
    index, at = view.indexAt(event.pos()), event.pos()
    choice = view.selectionModel()
    if event.reason() is not QContextMenuEvent.Reason.Mouse:
        chosen = choice.selectedIndexes()
        current = view.currentIndex()
        index = current if choice.isSelected(current) or not chosen else chosen[0]
        view.scrollTo(index)
        line = view.visualRect(index)
        at = QPoint(line.left() + min(line.width() // 2, line.height()), line.center().y())
    if not index.isValid():
        return None
    if not choice.isSelected(index):
        choice.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    return view.viewport().mapToGlobal(at)


def ask_by_key(view: QAbstractItemView) -> None:
    """Ask a list for its menu as the Menu key does."""
    at = view.visualRect(view.currentIndex()).center()
    view.contextMenuEvent(
        QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, view.viewport().mapToGlobal(at))
    )  # fmt: skip
