"""A list of texts that may be changed, grouped, with a box to tick before each: the marks of every change inline.

Only what is in view is ever measured or painted: a hundred thousand rows are as quick as ten. What a row shows is
asked for when it is painted, so that a replacement can be typed while the list stands.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QTreeView, QWidget

from desktop_app.gui.kit.change_paint import Op, RowPainter, box_under
from desktop_app.gui.kit.look import Look

_ROOT = QModelIndex()
ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One text, or the heading of a group, which has no ``key``.

    ``note`` stands at the right: what becomes of the text, or why it stays; ``can_change`` gives it a box.
    """

    group: Hashable
    key: Hashable | None
    label: str
    note: str = ""
    can_change: bool = True
    tone: str = "muted"
    language: str = "en"


class ChangeModel(QAbstractListModel):
    """Holds rows and what is ticked. ``ticked_changed`` when that changed."""

    ticked_changed = Signal()

    def __init__(self, ops_of: Callable[[ChangeRow], Sequence[Op]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ops_of = ops_of
        self.has_boxes = True
        self._rows: list[ChangeRow] = []
        self._members: dict[Hashable, list[Hashable]] = {}
        self._left: set[Hashable] = set()  # keys without a tick

    def clear(self) -> None:
        """Show nothing; what comes is ticked again."""
        self.beginResetModel()
        self._rows, self._members = [], {}
        self._left.clear()
        self.endResetModel()

    def add(self, rows: Sequence[ChangeRow]) -> None:
        """Put rows at the end, those that can be changed ticked."""
        if not rows:
            return
        first = len(self._rows)
        self.beginInsertRows(_ROOT, first, first + len(rows) - 1)
        self._take(rows)
        self.endInsertRows()
        self.ticked_changed.emit()

    def show(self, rows: Sequence[ChangeRow]) -> None:
        """Show other rows in the place of all; ticks that were taken away stay away."""
        self.beginResetModel()
        self._rows, self._members = [], {}
        self._take(rows)
        self.endResetModel()
        self.ticked_changed.emit()

    def _take(self, rows: Iterable[ChangeRow]) -> None:
        for row in rows:
            self._rows.append(row)
            if row.key is not None and row.can_change:
                self._members.setdefault(row.group, []).append(row.key)

    def row(self, index: QModelIndex | QPersistentModelIndex) -> ChangeRow:
        """The row of an index."""
        return self._rows[index.row()]

    def ticked(self) -> set[Hashable]:
        """The keys of all rows that are ticked."""
        return {key for members in self._members.values() for key in members} - self._left

    def count(self) -> tuple[int, int]:
        """How many rows are ticked, and how many could be."""
        total = sum(map(len, self._members.values()))
        left = sum(key in self._left for members in self._members.values() for key in members) if self._left else 0
        return total - left, total

    def state(self, row: ChangeRow) -> Qt.CheckState | None:
        """Whether a row is ticked, all or some of a group; None where there is nothing to tick."""
        if not self.has_boxes:
            return None
        if row.key is not None:
            on = Qt.CheckState.Unchecked if row.key in self._left else Qt.CheckState.Checked
            return on if row.can_change else None
        members = self._members.get(row.group, [])
        left = sum(key in self._left for key in members)
        if not members:
            return None
        if left in {0, len(members)}:
            return Qt.CheckState.Unchecked if left else Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked

    def toggle(self, index: QModelIndex | QPersistentModelIndex) -> None:
        """Tick a row or its whole group, or take the ticks away."""
        row = self.row(index)
        state = self.state(row)
        if state is None:
            return
        keys = [row.key] if row.key is not None else self._members[row.group]
        self._set(keys, on=state is not Qt.CheckState.Checked)

    def tick_all(self, *, on: bool) -> None:
        """Tick every row, or none."""
        self._set([key for members in self._members.values() for key in members], on=on)

    def _set(self, keys: Sequence[Hashable], *, on: bool) -> None:
        (self._left.difference_update if on else self._left.update)(keys)
        self.refresh()
        self.ticked_changed.emit()

    def refresh(self) -> None:
        """Have all that is in view painted again."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def spoken(self, row: ChangeRow) -> str:
        """What assistive technology says of a row: the text as it would stand."""
        words = [row.label, row.note]
        if row.key is not None:
            words.insert(1, "".join(text for sign, text in self.ops_of(row) if sign != "-"))
        return ", ".join(word for word in words if word)

    # Qt overrides

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.spoken(row)
        if role == Qt.ItemDataRole.CheckStateRole:
            return self.state(row)
        return None


class ChangeList(QTreeView):
    """Shows a ``ChangeModel``. ``opened(row)`` on Enter or a double click; the space bar ticks.

    A tree without branches: Qt's list view lays all of its rows anew whenever some come or change.
    """

    opened = Signal(object)

    def __init__(self, look: Look, model: ChangeModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changes = model
        self._look = look
        self.setModel(model)
        self.setItemDelegate(RowPainter(look, self))
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setHeaderHidden(True)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        look.changed.connect(self._on_look_changed)

    def _on_look_changed(self) -> None:
        self.scheduleDelayedItemsLayout()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and index.isValid():
            self._changes.toggle(index)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid() and not event.modifiers():
            self.opened.emit(self._changes.row(index))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        boxed = index.isValid() and self._changes.state(self._changes.row(index)) is not None
        if boxed and box_under(self._look, self.visualRect(index), event.position().toPoint()):
            self.setCurrentIndex(index)
            self._changes.toggle(index)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        if index.isValid() and not box_under(self._look, self.visualRect(index), at):
            self.opened.emit(self._changes.row(index))
