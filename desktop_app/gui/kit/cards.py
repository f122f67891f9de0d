"""Cards in a column: what the panels beside a story show one below the other."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

K = TypeVar("K", bound=Hashable)


class Card(QFrame):
    """A framed part that takes the keyboard. ``activated`` on Enter, and on a click where ``by_click``."""

    activated = Signal()

    def __init__(self, parent: QWidget | None = None, *, by_click: bool = True) -> None:
        super().__init__(parent)
        self._by_click = by_click
        self.setProperty("surface", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 9, 12, 10)
        self.column.setSpacing(4)

    # Qt overrides

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if self._by_click and event.button() is Qt.MouseButton.LeftButton and inside:
            self.activated.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self._by_click and event.button() is Qt.MouseButton.LeftButton:
            self.activated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.activated.emit()
        else:
            super().keyPressEvent(event)


class CardColumn(QScrollArea, Generic[K]):
    """Cards by key, one below the other; cards whose key stays keep their place and the keyboard."""

    def __init__(self, make: Callable[[K], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._cards: dict[K, QWidget] = {}
        inner = QWidget()
        self.layout_ = QVBoxLayout(inner)
        self.layout_.setContentsMargins(12, 10, 12, 12)
        self.layout_.setSpacing(8)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self.layout_.addLayout(self._column)
        self.layout_.addStretch(1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)

    def show_keys(self, keys: Sequence[K]) -> None:
        """Show a card for each key, in this order."""
        wanted = list(dict.fromkeys(keys))
        for key in self._cards.keys() - set(wanted):
            card = self._cards.pop(key)
            card.hide()
            card.deleteLater()
        for place, key in enumerate(wanted):
            card = self._cards.get(key) or self._cards.setdefault(key, self._make(key))
            if self._column.indexOf(card) != place:
                self._column.removeWidget(card)
                self._column.insertWidget(place, card)

    def cards(self) -> list[QWidget]:
        """The cards shown, from the top."""
        items = (self._column.itemAt(place) for place in range(self._column.count()))
        return [widget for item in items if item is not None and (widget := item.widget()) is not None]
