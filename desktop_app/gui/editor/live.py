"""The one live editor: keys, paste and input methods on the text field that lies on the active cell."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.gui.editor.cells import CellStyle
from desktop_app.gui.editor.field import TextField
from desktop_app.gui.editor.pasting import brings_picture, fitted, mime_of, text_of
from desktop_app.gui.editor.utf16 import characters
from desktop_app.gui.kit.menus import asks_for_menu
from desktop_app.gui.kit.theme import Theme
from desktop_app.language.pasting import Known, without_breaks

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
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_DELETING = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_Delete})
_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class SegmentEdit(TextField):
    """Edits one plain text.

    ``edited(text, whole)`` is told at every change by a person; ``whole`` marks a paste or an input method's commit.
    ``told(Message)`` is what a person should hear of a paste, ``picture_brought(QMimeData)`` one that is no text.
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
    told = Signal(object)
    picture_brought = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.before_key: Callable[[QKeyEvent], bool] | None = None
        """Is asked of every key that is no input method's; True takes it from the field."""
        self.known: Known | None = None
        """Says whether a word is in the dictionary, None before that is loaded."""
        self.typing = False
        """Whether the last change was a letter or so, and not a paste: the word at the caret is not finished."""
        self._preedit = ""
        self._commits = 0
        self._taken = ""
        self._before: tuple[str, int, int] | None = None
        self._whole = False
        self.textChanged.connect(self._on_text_changed)

    def take(self, text: str, style: CellStyle, theme: Theme, width: int) -> None:
        """As a ``TextField``; what was being typed before is finished."""
        self.typing = False
        super().take(text, style, theme, width)

    def insert_whole(self, text: str) -> None:
        """Put ``text`` in the place of the selection, as one step."""
        if not self.isReadOnly():
            outer, self._whole = self._whole, True
            self.textCursor().insertText(without_breaks(text))
            self._whole = outer  # a drop is not over yet
            self.ensureCursorVisible()

    def replace_span(self, start: int, end: int, text: str) -> None:
        """Put ``text`` in the place of a span of characters, as one step; the cursor comes behind it."""
        self.commit_composition()
        self.select(start, end)
        self.insert_whole(text)

    def paste_plain(self) -> None:
        """Paste the very characters of the clipboard; line breaks alone become spaces."""
        data: QMimeData | None = QGuiApplication.clipboard().mimeData()
        if data is not None:
            self._bring(data, exact=True)

    def can_paste(self) -> bool:
        """Whether pasting now would put something in: text into the cell, or a picture into the story."""
        return _picture_on_clipboard() or (not self.isReadOnly() and self.canPaste())

    def _bring(self, source: QMimeData, *, exact: bool = False) -> None:
        if self.isReadOnly():
            self.refused.emit()
            return
        brought = text_of(source, known=self.known, exact=exact)
        if brought.text:
            text, cursor = self.text(), self.textCursor()
            if not exact:
                start, end = (characters(text, at) for at in (cursor.selectionStart(), cursor.selectionEnd()))
                words = fitted(brought.text, source.text(), text[max(0, start - 1) : start], text[end : end + 1])
            self.insert_whole(brought.text if exact else words)
        if brought.told is not None:
            self.told.emit(brought.told)

    def caret_below(self) -> QPoint:
        """The point of the screen under the caret."""
        return self.viewport().mapToGlobal(self.cursorRect().bottomLeft())

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
            self.typing = not self._whole
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
        if not event.modifiers() & ~_PLAIN and not asks_for_menu(event):
            return not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
        if _types(event) or asks_for_menu(event):
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

    def _leads_away(self, event: QKeyEvent) -> bool:
        """Do what a key does outside the text: go to other cells, open the menu."""
        control, key = bool(event.modifiers() & _CONTROL), event.key()
        if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self.tabbed.emit(-1 if key == Qt.Key.Key_Backtab else 1)
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif key in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            self.paged.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif control and key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.travelled.emit(1 if key == Qt.Key.Key_End else -1)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._step(event, 1 if key == Qt.Key.Key_Down else -1)
        elif asks_for_menu(event):
            self.menu_asked.emit(self.caret_below())
        elif event.matches(QKeySequence.StandardKey.Paste) and _picture_on_clipboard():
            self.paste()  # it goes to the story, also from a text that stays as it is
        else:
            return False
        return True

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        """Keep shortcuts away while composing, and leave those of the registry to the registry."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(self.is_composing() or self._is_own(event))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._taken = ""
        if self.is_composing():
            # Keys of a composition belong to the input method; those that it lets through must not act on the story.
            if _types(event):
                super().keyPressEvent(event)
        elif (self.before_key is not None and self.before_key(event)) or event.key() in _ENTER:
            event.accept()  # one text is one paragraph
        elif self._leads_away(event):
            event.accept()
        elif self._is_own(event):
            pastes = event.matches(QKeySequence.StandardKey.Paste) or event.matches(QKeySequence.StandardKey.Cut)
            if self.isReadOnly() and (pastes or event.key() in _DELETING or _types(event)):
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
        alone = not event.preeditString() and not event.replacementLength()
        late = bool(self._taken) and event.commitString() == self._taken and alone
        self._taken = ""
        if late:
            event.accept()
            return
        if not self._preedit and event.preeditString():
            cursor = self.textCursor()
            self._before = (self.text(), cursor.anchor(), cursor.position())
        told = self._before[0] if self._before is not None else self.text()
        self._preedit = event.preeditString()
        self._commits += bool(event.commitString())
        # Qt takes a selection away when composing begins: the story hears of it with the commit, in one step.
        self._loading = True
        super().inputMethodEvent(event)
        self._loading = False
        if event.commitString() or event.replacementLength():
            # A replacement alone (a phone's or Korean keyboard takes back what it had committed) changes the text too.
            self._before = None
            self.typing = _is_letter(event.commitString()) and not self._preedit
            if self.text() != told or event.commitString():
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
        return (source.hasText() or source.hasHtml()) and not brings_picture(source)  # those go to the story

    def insertFromMimeData(self, source: QMimeData) -> None:
        if brings_picture(source):
            self.picture_brought.emit(source)
        else:
            self._bring(source)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the very characters; Qt would write spaces for no-break spaces, and HTML beside them."""
        return mime_of(self.selected())

    def dropEvent(self, event: QDropEvent) -> None:
        self.commit_composition()
        self._whole = True  # taken from one place and put in another: one step
        super().dropEvent(event)
        self._whole = False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        self.menu_asked.emit(self.caret_below() if by_key else event.globalPos())

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


def _picture_on_clipboard() -> bool:
    data: QMimeData | None = QGuiApplication.clipboard().mimeData()  # None where the system hides the clipboard
    return data is not None and brings_picture(data)


def _is_letter(text: str) -> bool:
    """Whether an input method handed over one Latin letter: some do that of every key."""
    return len(text) == 1 and text.isascii() and text.isalpha()
