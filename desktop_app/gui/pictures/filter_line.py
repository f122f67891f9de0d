"""The filter line of the Pictures page: words to search for, and chips for what is still to do."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_app.domain.pictures import Picture
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import Chip
from desktop_app.gui.pictures.model import lacks

_TYPING = 200  # ms after the last key


class _SearchLine(QLineEdit):
    """Escape empties it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class FilterLine(QWidget):
    """``changed`` after the last key and at once after a chip."""

    changed = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._line = _SearchLine(self)
        self._line.setProperty("search", True)
        self._line.setClearButtonEnabled(True)
        self._line.setPlaceholderText(texts(N_("Search captions, people, credits, file names")))
        self._line.setAccessibleName(self._line.placeholderText())
        self._line.setMaximumWidth(look.theme.px(420))
        self._icon = self._line.addAction(look.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.wanting = Chip(texts(N_("Texts missing")), parent=self)
        self.unused = Chip(texts(N_("Not used yet")), parent=self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._line, 1)
        for chip in (self.wanting, self.unused):
            chip.toggled.connect(self._on_toggled)
            layout.addWidget(chip)
        layout.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self.changed)
        self._line.textChanged.connect(self._on_text_changed)
        look.changed.connect(self._dress)

    def text(self) -> str:
        """The words searched for."""
        return self._line.text().strip()

    def is_set(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.text()) or self.wanting.isChecked() or self.unused.isChecked()

    @property
    def keeps(self) -> "Keeps":
        """The chips as a rule that may be asked on another thread."""
        return Keeps(self.wanting.isChecked(), self.unused.isChecked())

    def focus(self) -> None:
        """Put the keyboard here."""
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()

    def clear(self) -> None:
        """Filter nothing."""
        was = self.is_set()
        for part in (self._line, self.wanting, self.unused):
            part.blockSignals(True)
        self._line.clear()
        self.wanting.setChecked(False)
        self.unused.setChecked(False)
        for part in (self._line, self.wanting, self.unused):
            part.blockSignals(False)
        self._timer.stop()
        if was:
            self.changed.emit()

    def _on_text_changed(self) -> None:
        self._timer.start()

    def _on_toggled(self) -> None:
        self._timer.stop()
        self.changed.emit()

    def _dress(self) -> None:
        self._icon.setIcon(self._look.icon("search", "muted"))


class Keeps:
    """Which pictures the chips leave."""

    def __init__(self, wanting: bool, unused: bool) -> None:
        self._wanting, self._unused = wanting, unused

    def __call__(self, picture: Picture, uses: Mapping[str, int]) -> bool:
        """Whether a picture stays."""
        return (not self._wanting or lacks(picture) is not None) and (not self._unused or not uses.get(picture.id))
