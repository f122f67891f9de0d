"""The field that a note is written in: it grows with its text, posts on Ctrl+Return and knows of input methods."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

_LEAST, _MOST = 2, 12  # lines shown
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_CONTROL = Qt.KeyboardModifier.ControlModifier
_BARE = Qt.KeyboardModifier.KeypadModifier


class NoteField(QPlainTextEdit):
    """``posted`` on Ctrl+Return, ``given_up`` on Esc, ``written(text)`` at every change by a person."""

    posted = Signal()
    given_up = Signal()
    written = Signal(str)

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        """``name`` is for assistive technology, ``hint`` stands in the empty field."""
        super().__init__(parent)
        self._preedit = ""
        self._showing = False
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._on_text_changed)
        self._fit()

    def text(self) -> str:
        """The text, with what an input method has not handed over yet."""
        self.commit_composition()
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Put another text into the field, the cursor at its end."""
        if text != self.toPlainText():
            self._showing = True
            self.setPlainText(text)
            self._showing = False
            self.moveCursor(self.textCursor().MoveOperation.End)

    def is_composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return bool(self._preedit)

    def commit_composition(self) -> None:
        """Have the input method finish; what it does not hand over itself is taken as it stands."""
        if not self._preedit:
            return
        QGuiApplication.inputMethod().commit()
        if self._preedit:
            rest = QInputMethodEvent("", [])
            rest.setCommitString(self._preedit)
            QApplication.sendEvent(self, rest)
            QGuiApplication.inputMethod().reset()

    def _on_text_changed(self) -> None:
        self._fit()
        if not self._showing:
            self.written.emit(self.toPlainText())

    def _fit(self) -> None:
        """Be as high as the text, within limits; a plain text document counts its height in lines."""
        lines = min(max(round(self.document().size().height()), _LEAST), _MOST)
        around = self.contentsMargins().top() + self.contentsMargins().bottom() + 2 * self.frameWidth()
        margin = round(2 * self.document().documentMargin()) + around + 10
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + margin)

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        """Keep shortcuts away while composing, and the keys that post and give up for the field itself."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            posts = event.key() in _ENTER and bool(event.modifiers() & _CONTROL)
            if self.is_composing() or posts or event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_composing():
            if event.text().isprintable() and not event.modifiers() & _CONTROL:
                super().keyPressEvent(event)
        elif event.key() in _ENTER and event.modifiers() & ~_BARE == _CONTROL:
            self.posted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)
        if self.is_composing():
            self.ensureCursorVisible()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.commit_composition()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()
