"""The one live editor: keys, paste and input methods on the text field that lies on the active cell."""

import re

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.gui.editor.field import TextField

_BREAKS = re.compile(r"[ \t]*[\r\n\u2028\u2029\x0b\x0c\x85]+[ \t]*")
# What the field itself does with the keyboard; every other shortcut belongs to the registry.
_OWN_KEYS = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.SelectAll,
    QKeySequence.StandardKey.MoveToNextWord,
    QKeySequence.StandardKey.MoveToPreviousWord,
    QKeySequence.StandardKey.SelectNextWord,
    QKeySequence.StandardKey.SelectPreviousWord,
    QKeySequence.StandardKey.DeleteStartOfWord,
    QKeySequence.StandardKey.DeleteEndOfWord,
)
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_DELETING = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_Delete})
_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def one_paragraph(text: str) -> str:
    """Text from anywhere as one segment takes it: line breaks become spaces, those at the ends go."""
    return _BREAKS.sub(" ", text.strip("\r\n\u2028\u2029\x0b\x0c\x85"))


class SegmentEdit(TextField):
    """Edits one plain text.

    ``edited(text, whole)`` is told at every change by a person; ``whole`` marks a paste or an input method's commit.
    """

    edited = Signal(str, bool)
    tabbed = Signal(int)
    stepped = Signal(int)
    paged = Signal(int)
    travelled = Signal(int)
    escaped = Signal()
    refused = Signal()
    focus_changed = Signal()
    menu_asked = Signal(QPoint)
    caret_moved = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._preedit = ""
        self._commits = 0
        self._taken = ""
        self._before: tuple[str, int, int] | None = None
        self._whole = False
        self.textChanged.connect(self._on_text_changed)

    def insert_whole(self, text: str) -> None:
        """Put ``text`` in the place of the selection, as one step."""
        if not self.isReadOnly():
            self._whole = True
            self.textCursor().insertText(one_paragraph(text))
            self._whole = False
            self.ensureCursorVisible()

    def is_composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return bool(self._preedit)

    def commit_composition(self) -> None:
        """Have the input method finish; what it does not hand over itself is taken as it stands.

        ibus, Windows and macOS commit when asked to; fcitx commits when reset (5.1, ``commitPreedit``); others do
        neither. What was taken here is not taken again when an input method hands it over late.
        """
        rest, before = self._preedit, self._commits
        if not rest:
            return
        QGuiApplication.inputMethod().commit()
        if self._commits == before:
            QGuiApplication.inputMethod().reset()
        if self._commits == before:
            taking = QInputMethodEvent("", [])
            taking.setCommitString(rest)
            QApplication.sendEvent(self, taking)
            self._taken = rest

    def _on_text_changed(self) -> None:
        if not self._loading:
            self._before = None
            self.edited.emit(self.text(), self._whole)

    def _restore(self) -> None:
        """The composition was cancelled, or its commit comes next: bring a selection back that it replaced."""
        if self._before is not None:
            text, anchor, position = self._before
            self._before = None
            self.show_text(text)
            cursor = self.textCursor()
            cursor.setPosition(anchor)
            cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)

    def _is_own(self, event: QKeyEvent) -> bool:
        if not event.modifiers() & ~_PLAIN:
            return not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
        if _types(event):
            return True
        if event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            return True
        return any(event.matches(key) for key in _OWN_KEYS)

    def _step(self, event: QKeyEvent, way: int) -> None:
        """Move a line; at the first or last line, leave for the neighbouring cell."""
        before = self.textCursor().position()
        line = self.cursorRect().top()
        super().keyPressEvent(event)
        self.caret_moved.emit()
        if self.textCursor().position() == before or self.cursorRect().top() == line:
            self.stepped.emit(way)

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        """Keep shortcuts away while composing, and leave those of the registry to the registry."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(self.is_composing() or self._is_own(event))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = event.key()
        self._taken = ""
        if self.is_composing():
            # Keys of a composition belong to the input method; those that it lets through must not act on the story.
            if _types(event):
                super().keyPressEvent(event)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()  # one text is one paragraph
        elif key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self.tabbed.emit(-1 if key == Qt.Key.Key_Backtab else 1)
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif key in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            self.paged.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif control and key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.travelled.emit(1 if key == Qt.Key.Key_End else -1)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._step(event, 1 if key == Qt.Key.Key_Down else -1)
        elif self._is_own(event):
            pastes = event.matches(QKeySequence.StandardKey.Paste) or event.matches(QKeySequence.StandardKey.Cut)
            if self.isReadOnly() and (pastes or key in _DELETING or _types(event)):
                self.refused.emit()
            super().keyPressEvent(event)
            self.caret_moved.emit()
        else:
            event.ignore()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.isReadOnly():
            self.refused.emit()
            event.ignore()
            return
        late = bool(self._taken) and event.commitString() == self._taken and not event.preeditString()
        self._taken = ""
        if late:
            event.accept()
            return
        if not self._preedit and event.preeditString():
            cursor = self.textCursor()
            self._before = (self.text(), cursor.anchor(), cursor.position())
        self._preedit = event.preeditString()
        self._commits += bool(event.commitString())
        # Qt takes a selection away when composing begins: the story hears of it with the commit, in one step.
        self._loading = True
        super().inputMethodEvent(event)
        self._loading = False
        if event.commitString():
            self._before = None
            self.edited.emit(self.text(), True)
        elif not self._preedit:
            self._restore()
        self.grew.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.commit_composition()
        super().focusOutEvent(event)
        self.focus_changed.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        files = any(url.isLocalFile() for url in source.urls())  # those go to the story, not into the sentence
        return source.hasText() and not files

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.insert_whole(source.text())

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the very characters; Qt would write spaces for no-break spaces, and HTML beside them."""
        data = QMimeData()
        data.setText(self.selected())
        return data

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Left to itself, Qt does not carry the wheel from one scroll area to the one around it.
        below = self.parentWidget()
        if below is not None:
            QApplication.sendEvent(below, event)
        event.accept()


def _types(event: QKeyEvent) -> bool:
    """Whether a key writes something. AltGr comes as Ctrl with Alt (Windows) or as a modifier of its own (X11)."""
    control, alt = bool(event.modifiers() & _CONTROL), bool(event.modifiers() & _ALT)
    return bool(event.text()) and event.text().isprintable() and control == alt
