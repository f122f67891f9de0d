"""All actions with their keys, in the order of the menus, filtered by name or by key."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.actions import Actions, ActionSpec
from desktop_app.gui.kit.keys import MENUS
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.reserved import native
from desktop_app.gui.kit.texts import Texts

_ID = Qt.ItemDataRole.UserRole
_KEYS_WIDTH = 210  # px at 100 %


class KeyList(QTreeWidget):
    """``chosen(ActionSpec | None)``; ``opened`` on Enter or a double click, ``cleared`` on Delete."""

    chosen = Signal(object)
    opened = Signal()
    cleared = Signal()

    def __init__(self, look: Look, texts: Texts, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._texts, self._actions = look, texts, actions
        self._items: dict[str, QTreeWidgetItem] = {}
        self._specs = {spec.id: spec for spec in actions.specs()}
        self.setAccessibleName(texts(N_("Actions and their shortcuts")))
        self.setHeaderLabels([texts(N_("Action")), texts(N_("Shortcuts"))])
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(look.theme.px(14))
        self.setUniformRowHeights(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._fill()
        self.currentItemChanged.connect(lambda _new, _old: self.chosen.emit(self.spec()))
        self.itemDoubleClicked.connect(lambda _item, _column: self.opened.emit())
        look.changed.connect(self._dress)
        self._dress()
        self.show_keys()

    def spec(self) -> ActionSpec | None:
        """The action that is chosen."""
        item = self.currentItem()
        return self._specs.get(item.data(0, _ID)) if item is not None else None

    def select(self, action: str) -> None:
        """Choose an action and bring it into view."""
        self.setCurrentItem(self._items[action])
        item = self._items[action]
        menu = item.parent()
        first = menu is not None and menu.indexOfChild(item) == 0
        self.scrollToItem(menu if menu is not None and first else item)  # the first one comes with its menu's name

    def show_keys(self) -> None:
        """Show the keys in force; those that the person chose stand in bold."""
        for action, item in self._items.items():
            keys = self._actions.keys(self._specs[action])
            item.setText(1, "   ".join(native(key) for key in keys if not _is_twin(key, keys)))
            font = QFont(self.font())
            font.setBold(action in self._actions.keymap.own)
            item.setFont(1, font)

    def show_only(self, wanted: str) -> int:
        """Show the actions whose name or key has what was typed; return how many there are."""
        words, key = wanted.casefold().split(), _squeezed(wanted)
        for action, item in self._items.items():
            spec = self._specs[action]
            names = f"{item.text(0)} {spec.title} {self._texts(spec.tip) if spec.tip else ''}".casefold()
            keys = [_squeezed(native(one)) for one in self._actions.keys(spec)]
            item.setHidden(not (all(word in names for word in words) or any(key in one for one in keys)))
        for row in range(self.topLevelItemCount()):
            menu = self.topLevelItem(row)
            children = [menu.child(place) for place in range(menu.childCount())] if menu is not None else []
            if menu is not None:
                menu.setHidden(all(child is None or child.isHidden() for child in children))
        return sum(not item.isHidden() for item in self._items.values())

    def _fill(self) -> None:
        for menu_id, title in MENUS:
            menu = QTreeWidgetItem(self, [self._texts(title).partition("(&")[0].replace("&", "")])
            menu.setFlags(Qt.ItemFlag.ItemIsEnabled)
            menu.setFirstColumnSpanned(True)
            for spec in self._specs.values():
                if spec.menu == menu_id:
                    item = self._items[spec.id] = QTreeWidgetItem(menu, [self._actions.title(spec)])
                    item.setData(0, _ID, spec.id)
                    item.setToolTip(0, self._texts(spec.tip) if spec.tip else "")
        self.expandAll()

    def _dress(self) -> None:
        theme = self._look.theme
        self.setStyleSheet(f"QTreeView::item {{ padding: {theme.px(5)}px {theme.px(8)}px; }}")
        self.setColumnWidth(1, theme.px(_KEYS_WIDTH))
        for row in range(self.topLevelItemCount()):
            menu = self.topLevelItem(row)
            if menu is not None:
                menu.setForeground(0, theme.color("muted"))
                font = QFont(self.font())
                font.setBold(True)
                menu.setFont(0, font)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.opened.emit()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.cleared.emit()
        else:
            super().keyPressEvent(event)


def _is_twin(key: str, keys: tuple[str, ...]) -> bool:
    """Whether a key is the number pad's Enter beside the other Enter."""
    return key.endswith("Enter") and f"{key.removesuffix('Enter')}Return" in keys


def _squeezed(key: str) -> str:
    return "".join(key.casefold().replace("+", " ").split())
