"""The lines that open over the sheet: find in the story, and go to a number."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts


class _Bar(QWidget):
    """A line with a field and a button that closes it; Escape closes it too."""

    closed = Signal()

    CLOSE = N_("Close")

    def __init__(self, look: Look, texts: Texts, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._texts = texts
        self._icons: list[tuple[QToolButton, str]] = []
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.line = QLineEdit(self)
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


class FindBar(_Bar):
    """Find in the story: Enter goes on, Shift+Enter goes back."""

    changed = Signal(str)
    stepped = Signal(int)

    NAME = N_("Find in the story")
    NEXT = N_("Next (Enter)")
    PREVIOUS = N_("Previous (Shift+Enter)")
    NONE = N_("Not found")

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, texts, texts(self.NAME), parent)
        self.line.setPlaceholderText(texts(self.NAME))
        self.line.setMinimumWidth(look.theme.px(260))
        self.line.textChanged.connect(self.changed)
        self._row.addWidget(self.line)
        self.previous = self._button("chevron-up", texts(self.PREVIOUS))
        self.next = self._button("chevron-down", texts(self.NEXT))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.told = QLabel(self)
        self.told.setProperty("role", "muted")
        self._row.addWidget(self.told)
        self._row.addStretch(1)
        self._button("close", texts(self.CLOSE)).clicked.connect(self.close_bar)
        self._dress()

    def open_with(self, text: str) -> None:
        """Show it with ``text`` (where there is some) chosen, ready to be typed over."""
        self.show()
        if text:
            self.line.setText(text)
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def tell(self, number: int, total: int) -> None:
        """Say which of how many hits is the current one; number 0: none yet."""
        if not self.line.text():
            self.told.setText("")
        elif not total:
            self.told.setText(self._texts(self.NONE))
        elif number:
            self.told.setText(self._texts(N_("{number} of {total}", number=number, total=total)))
        else:
            self.told.setText(self._texts(N_("{total} found", total=total)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.stepped.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)


class GoToBar(_Bar):
    """Go to the number in the gutter."""

    asked = Signal(int)

    NAME = N_("Go to segment number")

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, texts, texts(self.NAME), parent)
        self._label = QLabel(texts(self.NAME), self)
        self._label.setBuddy(self.line)
        self._row.addWidget(self._label)
        self._numbers = QIntValidator(1, 1, self)
        self.line.setValidator(self._numbers)
        self.line.setFixedWidth(look.theme.px(90))
        self._row.addWidget(self.line)
        self._of = QLabel(self)
        self._of.setProperty("role", "muted")
        self._row.addWidget(self._of)
        self._row.addStretch(1)
        self._button("close", texts(self.CLOSE)).clicked.connect(self.close_bar)
        self._dress()

    def open_for(self, number: int, last: int) -> None:
        """Show it with the present number chosen."""
        self._numbers.setTop(last)
        self._of.setText(self._texts(N_("of {last}", last=last)))
        self.line.setText(str(number))
        self.show()
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.line.text():
                number = int(self.line.text())
                self.close_bar()
                self.asked.emit(max(1, min(number, self._numbers.top())))
        else:
            super().keyPressEvent(event)
