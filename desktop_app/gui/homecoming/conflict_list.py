"""The list of changes that wait to be decided: of which story and row, what it is about, and how the text went on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.desk.open_conflicts import BEARINGS, PARTS, OpenConflict
from desktop_app.domain.merging.carrying import Bearing
from desktop_app.foundation.ids import moment
from desktop_app.foundation.messages import N_
from desktop_app.gui.homecoming.rows import RowsTree
from desktop_app.gui.homecoming.shown import Shown, sentence
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts

_TITLES = (N_("Story"), N_("Row"), N_("What"), N_("Since then"), N_("From"), N_("Came home"))
_TOKENS = {Bearing.OPEN: "ink", Bearing.MOVED_ON: "warning", Bearing.SETTLED: "good", Bearing.GONE: "error"}
_SINCE = 3
_WIDTHS = (48, 124, 168, 118, 104)
_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Waiting:
    """One change that waits, with the name of its story and what it shows."""

    one: OpenConflict
    headline: str
    shown: Shown


class ConflictModel(QAbstractTableModel):
    """The changes, one a row."""

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._rows: Sequence[Waiting] = ()

    def show_waiting(self, rows: Sequence[Waiting]) -> None:
        """Show other changes."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def cell(self, row: int, column: int) -> str:
        """What a cell says."""
        waiting = self._rows[row]
        one = waiting.one
        day = moment(one.at).astimezone().date()
        return (
            waiting.headline or one.slug, str(one.number or "–"), sentence(self._texts(PARTS[one.key[1]])),
            self._texts(BEARINGS[one.bearing]), waiting.shown.author or "–", self._texts.short_day(day),
        )[column]  # fmt: skip

    # Qt overrides

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self._texts(_TITLES[section])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if not index.isValid() or row >= len(self._rows):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._texts(_TITLES[column])}: {self.cell(row, column)}" if column else self.cell(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._rows[row].one.file if column > _SINCE else self.cell(row, column)
        if role == Qt.ItemDataRole.ForegroundRole and column == _SINCE:
            return QBrush(self._look.theme.color(_TOKENS[self._rows[row].one.bearing]))
        return None


class ConflictList(RowsTree):
    """``chosen(place)`` when another change is in front, ``opened(place)`` on Enter or a double click."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, look: Look, texts: Texts, parent: QWidget) -> None:
        rows = ConflictModel(look, texts)
        super().__init__(look, rows, _WIDTHS, texts(N_("Changes that wait to be decided")), parent)
        self.rows = rows
        self.selectionModel().currentChanged.connect(self._on_current)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def show_waiting(self, rows: Sequence[Waiting], place: int) -> None:
        """Show other changes, with the one at ``place`` in front; nothing is told of that."""
        self.blockSignals(True)
        self.rows.show_waiting(rows)
        self.go_to(place)
        self.blockSignals(False)

    def _on_current(self, now: QModelIndex, _was: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(now.row())

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid() and not event.modifiers():
            self.opened.emit(index.row())
        else:
            super().keyPressEvent(event)
