"""Which keys no action may have, and the reason that a person is told.

Input methods: design, part 7, and the list of Lokalize's authors, who met them first (``src/editortab.cpp``).
"""

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from desktop_app.foundation.messages import N_, Message

_PORTABLE = QKeySequence.SequenceFormat.PortableText
INPUT_METHODS = frozenset({
    "Ctrl+Space", "Shift+Space", "Ctrl+.", "Ctrl+,", "Ctrl+;", "Ctrl+Shift+F", "Ctrl+Alt+P", "Return", "Enter",
})  # fmt: skip
# What every text field does with them must stay true in the text of a story.
_WRITING = frozenset(
    f"{modifier}{key}"
    for key in ("Left", "Right", "Home", "End", "Backspace", "Del")
    for modifier in ("Ctrl+", "Ctrl+Shift+")
) | {"Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Ins", "Shift+Ins", "Shift+Del", "Shift+F10"}
_SYSTEM = frozenset({"Alt+F4", "Alt+Tab", "Alt+Space", "Alt+Shift+Tab", "Ctrl+Esc", "Ctrl+Alt+Del", "Ctrl+Alt+Delete"})
_FUNCTION_KEYS = range(Qt.Key.Key_F1, Qt.Key.Key_F35 + 1)


def portable(key: str) -> str:
    """A key in the one spelling in which keys are compared: ``ctrl+j`` is ``Ctrl+J``; empty where it is none."""
    return QKeySequence(key, _PORTABLE).toString(_PORTABLE)


def native(key: str) -> str:
    """A key as this system writes it; both Enter keys are called what stands on them."""
    return QKeySequence(key, _PORTABLE).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


def with_twins(key: str) -> tuple[str, ...]:
    """The key, and the same on the number pad where Qt tells the two Enter keys apart."""
    for one, other in (("Return", "Enter"), ("Enter", "Return")):
        if key == one or key.endswith(f"+{one}"):
            return key, f"{key.removesuffix(one)}{other}"
    return (key,)


def refusal(key: str) -> Message | None:
    """Why no action may have this key, None where one may."""
    name, shown = portable(key), native(key)
    sequence = QKeySequence(key, _PORTABLE)
    if not name or sequence.count() != 1:
        return N_("That is no key.")
    if name in INPUT_METHODS:
        return N_("{key} belongs to Chinese input methods.", key=shown)
    if name in _WRITING:
        return N_("{key} is needed while writing.", key=shown)
    if name in _SYSTEM or "Meta" in name:
        return N_("{key} belongs to the system.", key=shown)
    stroke: QKeyCombination = sequence[0]  # type: ignore[index]  # PySide6 6.12 leaves it out of its stubs
    return _unmodified(stroke.keyboardModifiers(), int(stroke.key()), shown)


def _unmodified(modifiers: Qt.KeyboardModifier, key: int, shown: str) -> Message | None:
    held = modifiers & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    if not held and key not in _FUNCTION_KEYS:
        return N_("{key} alone writes or moves in the text. Press it with Ctrl or Alt.", key=shown)
    if modifiers == Qt.KeyboardModifier.AltModifier and Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
        return N_("{key} opens a menu.", key=shown)
    return None
