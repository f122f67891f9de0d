"""The lines that open over the sheet: what they share; see ``find_bar`` and ``go_to_bar``."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts


class Bar(QWidget):
    """A line with a field and a button that closes it; Escape closes it too."""

    closed = Signal()

    CLOSE = N_("Close")

    def __init__(
        self, look: Look, texts: Texts, name: str, line: QLineEdit | None = None, parent: QWidget | None = None
    ) -> None:
        """Take ``line`` for the field, or a plain one; ``name`` is what assistive technology calls it."""
        super().__init__(parent)
        self._look = look
        self._texts = texts
        self._icons: list[tuple[QToolButton, str]] = []
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.line = line if line is not None else QLineEdit(self)
        self.line.setParent(self)
        self.line.setProperty("search", True)
        self.line.setAccessibleName(name)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 8, 6)
        self._row.setSpacing(8)
        look.changed.connect(self._dress)
        self.hide()

    def close_bar(self) -> None:
        """Hide it and tell."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _button(self, icon: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(text)
        button.setAccessibleName(text)
        self._icons.append((button, icon))
        self._row.addWidget(button)
        return button

    def _dress(self) -> None:
        for button, icon in self._icons:
            button.setIcon(self._look.icon(icon, "muted"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)
