"""The field into which a key is pressed, not typed."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.gui.kit.reserved import native

_HELD = frozenset({
    Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock, Qt.Key.Key_unknown,
})  # fmt: skip
_LEAVES = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape})


class KeyField(QLineEdit):
    """``pressed(key)`` in portable spelling with every key but Tab and Escape, which work as in any field."""

    pressed = Signal(str)

    def __init__(self, prompt: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setPlaceholderText(prompt)
        self.setAccessibleName(name)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # the key itself is wanted

    def show_key(self, key: str) -> None:
        """Show a key that was pressed, or none."""
        self.setText(native(key) if key else "")

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(not _leaves(event))
            return True
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not _leaves(event):
            self.keyPressEvent(event)  # before the focus takes Ctrl+Tab
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _leaves(event):
            super().keyPressEvent(event)
            return
        event.accept()
        if event.key() in _HELD or event.isAutoRepeat():
            return
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        stroke = QKeySequence(int(event.key()) | modifiers.value)
        self.pressed.emit(stroke.toString(QKeySequence.SequenceFormat.PortableText))


def _leaves(event: QKeyEvent) -> bool:
    return event.key() in _LEAVES and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
