"""A popup that finds one story among thousands: a field, and the headlines that have what is typed."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts

_MOST = 200  # headlines shown at once; more is typed more exactly
_ID = Qt.ItemDataRole.UserRole


class _Field(QLineEdit):
    """Hands the keys that move in the list on to it."""

    def __init__(self, inner: QListWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._list = inner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self._list.keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._list.currentItem() is not None:
                self._list.itemActivated.emit(self._list.currentItem())
        else:
            super().keyPressEvent(event)


class StoryPopup(QFrame):
    """``chosen(id)``, empty for all stories."""

    chosen = Signal(str)

    def __init__(self, look: Look, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._look, self._texts = look, texts
        self._stories: Mapping[str, str] = {}
        self._now = ""
        self.setProperty("surface", "card")
        self.list = QListWidget(self)
        self.list.setAccessibleName(texts(N_("Stories")))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setUniformItemSizes(True)
        self.field = _Field(self.list, self)
        self.field.setProperty("search", True)
        self.field.setPlaceholderText(texts(N_("Find a story")))
        self.field.setAccessibleName(texts(N_("Find a story")))
        self.field.textChanged.connect(lambda _text: self._fill())
        self.list.itemActivated.connect(self._on_chosen)
        self.list.itemClicked.connect(self._on_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)

    def offer(self, stories: Mapping[str, str]) -> None:
        """Take the headlines by id, in the order to show them."""
        self._stories = stories

    def headline(self, story: str) -> str:
        """The headline of a story."""
        return self._stories.get(story, story)

    def open_at(self, below: QWidget, story: str) -> None:
        """Open under a widget, with ``story`` as what is chosen now."""
        self._now = story
        self.field.clear()
        self._fill()
        width, height = self._look.theme.px(380), self._look.theme.px(320)
        at = below.mapToGlobal(QPoint(0, below.height() + 2))
        self.setGeometry(at.x(), at.y(), width, height)
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self) -> None:
        wanted = self.field.text().strip().casefold()
        self.list.clear()
        if not wanted:
            self._add(self._texts(N_("All stories")), "")
        for identity, headline in self._stories.items():
            if wanted in headline.casefold():
                self._add(headline, identity)
                if self.list.count() >= _MOST:
                    break
        if self.list.currentRow() < 0 and self.list.count():
            self.list.setCurrentRow(0)

    def _add(self, text: str, identity: str) -> None:
        item = QListWidgetItem(text, self.list)
        item.setData(_ID, identity)
        item.setToolTip(text if identity else "")
        if identity == self._now:
            self.list.setCurrentItem(item)

    def _on_chosen(self, item: QListWidgetItem) -> None:
        if self.isVisible():
            self.hide()
            self.chosen.emit(str(item.data(_ID)))
