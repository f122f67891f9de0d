"""Keeps keys that an input method lets through away from the window: while one composes, no shortcut fires anywhere.

Most input methods swallow every key of a composition; some let keys with Ctrl, and Enter or Escape, through.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

_GUARDED = "composition_guarded"


class CompositionGuard(QObject):
    """Watches one field for as long as it lives."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._composing = False
        field.setProperty(_GUARDED, True)
        field.installEventFilter(self)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif event.type() is QEvent.Type.FocusOut:
            self._composing = False
        elif self._composing and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                return not _types(event)
        return super().eventFilter(watched, event)


class CompositionGuards(QObject):
    """Guards each field that gets the keyboard; the story's cells guard themselves."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        assert isinstance(app, QApplication), "fields are in windows"
        app.focusChanged.connect(self._on_focus)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(new, QLineEdit | QTextEdit | QPlainTextEdit) and not (
            new.property(_GUARDED) or new.property("live")
        ):
            CompositionGuard(new)


def _types(event: QKeyEvent) -> bool:
    """Whether a key writes something; AltGr comes as Ctrl with Alt on Windows."""
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    return bool(event.text()) and event.text().isprintable() and control == alt
