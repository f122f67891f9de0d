"""The events as a table that knows how long it is, and reads only what is in view."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal

from desktop_app.desk.auditing import here
from desktop_app.domain.events import ToldEvent
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_TITLES = (N_("Time"), N_("Person"), N_("What was done"), N_("Story"))
_KEPT = 4000  # events kept in memory; who scrolls back reads them again
WHEN, WHO, WHAT, STORY = range(4)
_LOUD = {
    "story killed": "error",
    "kill asked for": "error",
    "story returned": "warning",
    "sign-off withdrawn": "warning",
}


class EventModel(QAbstractTableModel):
    """``missing`` when a row is shown that was not read yet."""

    missing = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts = look, texts
        self._numbers: Sequence[int] = ()
        self._read: dict[int, ToldEvent] = {}

    def show_numbers(self, numbers: Sequence[int], read: Iterable[ToldEvent]) -> None:
        """Show the events of these numbers, of which some are read already."""
        self.beginResetModel()
        self._numbers = numbers
        self._read = {event.number: event for event in read}
        self.endResetModel()

    def take(self, events: Sequence[ToldEvent]) -> None:
        """Take events that were read."""
        if len(self._read) > _KEPT:
            self._read.clear()
        self._read.update((event.number, event) for event in events)
        if self._numbers:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._numbers) - 1, STORY))

    def unread(self, first: int, last: int) -> list[int]:
        """The numbers in these rows whose events are not read."""
        return [number for number in self._numbers[max(0, first) : last + 1] if number not in self._read]

    def event_at(self, index: Index) -> ToldEvent | None:
        """The event of a row, None while it is not read."""
        if not index.isValid() or index.row() >= len(self._numbers):
            return None
        return self._read.get(self._numbers[index.row()])

    def number_at(self, index: Index) -> int | None:
        """The number of a row's event."""
        return self._numbers[index.row()] if index.isValid() and index.row() < len(self._numbers) else None

    def row_of(self, number: int) -> int | None:
        """The row of an event; its numbers fall from the top."""
        low, high = 0, len(self._numbers)
        while low < high:
            middle = (low + high) // 2
            if self._numbers[middle] > number:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self._numbers) and self._numbers[low] == number else None

    def words(self, event: ToldEvent) -> str:
        """What was done, with the note."""
        sentence = self._texts(event.sentence)
        return f"{sentence} “{' '.join(event.note.split())}”" if event.note else sentence

    def subject(self, event: ToldEvent) -> str:
        """The story, in the reader's language where it has a headline in it."""
        if event.headline is not None and self._texts.language.startswith("zh"):
            return event.headline.zh or event.headline.en or event.slug
        return event.subject if isinstance(event.subject, str) else self._texts(event.subject)

    def _cell(self, event: ToldEvent, column: int) -> str:
        if column == WHEN:
            return here(event.at)
        if column == WHO:
            return event.who if isinstance(event.who, str) else self._texts(event.who)
        return self.words(event) if column == WHAT else self.subject(event)

    def _color(self, event: ToldEvent, column: int) -> str:
        if column == STORY:
            return "accent" if len(event.stories) == 1 and event.headline is not None else "muted"
        if column == WHAT:
            return _LOUD.get(event.operation, "ink")
        return "muted" if column == WHEN or event.person is None else "ink"

    # Qt overrides

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._texts(_TITLES[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, self._look.theme.px(30))
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.ForegroundRole}:
            return None
        event = self.event_at(index)
        if event is None:
            if role == Qt.ItemDataRole.DisplayRole and index.isValid():
                self.missing.emit()
                return "…" if index.column() == WHAT else ""
            return None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._look.theme.color(self._color(event, index.column()))
        if role == Qt.ItemDataRole.ToolTipRole and index.column() < WHAT:
            return None
        return self._cell(event, index.column())
