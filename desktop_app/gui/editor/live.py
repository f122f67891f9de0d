"""The one live editor: a text field that lies on the active cell and looks like the painted text under it."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPalette,
    QTextCursor,
    QTextLayout,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QWidget

from desktop_app.gui.editor.cells import CellStyle
from desktop_app.gui.editor.utf16 import characters, units
from desktop_app.gui.kit.theme import Theme

_BREAKS = re.compile(r"[ \t]*[\r\n\u2028\u2029\x0b\x0c\x85]+[ \t]*")
_PARAGRAPH = "\u2029"
_CARET_ROOM = 4  # px beyond the text's width, so that a caret at the end of a full line is seen
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
_READING = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)
_WRITING = Qt.TextInteractionFlag.TextEditorInteraction


def one_paragraph(text: str) -> str:
    """Text from anywhere as one segment takes it: line breaks become spaces, those at the ends go."""
    return _BREAKS.sub(" ", text.strip("\r\n\u2028\u2029\x0b\x0c\x85"))


class SegmentEdit(QTextEdit):
    """Edits one plain text. It keeps no undo of its own: the story does.

    ``edited(text, whole)`` is told at every change by a person; ``whole`` marks a paste or an input method's commit.
    """

    edited = Signal(str, bool)
    tabbed = Signal(int)
    stepped = Signal(int)
    paged = Signal(int)
    travelled = Signal(int)
    escaped = Signal()
    refused = Signal()
    grew = Signal()
    focus_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("live", True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setTabChangesFocus(False)
        self.document().setDocumentMargin(0)
        self._preedit = ""
        self._commits = 0
        self._taken = ""
        self._before: tuple[str, int, int] | None = None
        self._whole = False
        self._loading = False
        self.textChanged.connect(self._on_text_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self.hide()

    def take(self, text: str, style: CellStyle, theme: Theme, width: int) -> None:
        """Show another cell's text in its style, broken to ``width`` pixels, cursor at the end."""
        self._loading = True
        self.setExtraSelections([])
        self.setLineWrapColumnOrWidth(width)
        self.document().setDefaultFont(style.font)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Text, theme.color("ink"))
        self.setPalette(palette)
        self.setPlainText(text)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(style.block_format())
        self._loading = False
        self.moveCursor(QTextCursor.MoveOperation.End)

    def text(self) -> str:
        """The text, character for character: ``toPlainText`` would turn no-break spaces into spaces."""
        return self.document().toRawText().replace(_PARAGRAPH, "\n")

    def show_text(self, text: str) -> None:
        """Bring the field to ``text`` by changing no more than differs; the cursor goes where the change was."""
        old = self.text()
        if old == text:
            return
        start = 0
        while start < min(len(old), len(text)) and old[start] == text[start]:
            start += 1
        end = 0
        while end < min(len(old), len(text)) - start and old[-1 - end] == text[-1 - end]:
            end += 1
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(old, start))
        cursor.setPosition(units(old, len(old) - end), QTextCursor.MoveMode.KeepAnchor)
        self._loading = True
        cursor.insertText(text[start : len(text) - end])
        self._loading = False
        self.setTextCursor(cursor)
        self.grew.emit()

    def cursor_at(self) -> int:
        """The cursor's place, in characters of the text."""
        return characters(self.text(), self.textCursor().position())

    def put_cursor(self, at: int) -> None:
        """Put the cursor before the character ``at``."""
        self.select(at, at)

    def select(self, start: int, end: int) -> None:
        """Select a span of characters."""
        text = self.text()
        cursor = self.textCursor()
        cursor.setPosition(units(text, start))
        cursor.setPosition(units(text, end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def selected(self) -> str:
        """The selected text."""
        return self.textCursor().selectedText().replace(_PARAGRAPH, "\n")

    def press_at(self, at: QPoint, *, keep_anchor: bool = False) -> None:
        """Put the cursor where the mouse is, or take the selection along to there."""
        cursor = self.textCursor()
        mode = QTextCursor.MoveMode.KeepAnchor if keep_anchor else QTextCursor.MoveMode.MoveAnchor
        cursor.setPosition(self.cursorForPosition(at).position(), mode)
        self.setTextCursor(cursor)

    def select_word(self) -> None:
        """Select the word at the cursor."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        self.setTextCursor(cursor)

    def insert_whole(self, text: str) -> None:
        """Put ``text`` in the place of the selection, as one step."""
        if not self.isReadOnly():
            self._whole = True
            self.textCursor().insertText(one_paragraph(text))
            self._whole = False
            self.ensureCursorVisible()

    def allow(self, writing: bool) -> None:
        """Let the keys write, or only move, select and copy."""
        if self.isReadOnly() == writing:
            self.setTextInteractionFlags(_WRITING if writing else _READING)

    def lay_over(self, x: int, y: int, width: int, height: int) -> None:
        """Lie on the painted text of this rectangle."""
        self.setGeometry(x, y, width + _CARET_ROOM, height)

    def show_formats(self, ranges: Sequence[QTextLayout.FormatRange]) -> None:
        """Draw findings and search hits over the text."""
        selections = []
        for one in ranges:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            last = self.document().characterCount() - 1
            cursor.setPosition(min(one.start, last))
            cursor.setPosition(min(one.start + one.length, last), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor, selection.format = cursor, one.format
            selections.append(selection)
        if selections or self.extraSelections():
            self.setExtraSelections(selections)

    def content_height(self) -> int:
        """The height that the text takes now, an input method's composition included."""
        return round(self.document().size().height())

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

    def _on_size_changed(self) -> None:
        if not self._loading:
            self.grew.emit()

    def _is_own(self, event: QKeyEvent) -> bool:
        if not event.modifiers() & ~_PLAIN:
            return not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
        if event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            return True
        return any(event.matches(key) for key in _OWN_KEYS)

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
            if event.text().isprintable() and event.text() and not control:
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
            if self.isReadOnly() and (_writes(event) or event.matches(QKeySequence.StandardKey.Paste)):
                self.refused.emit()
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _step(self, event: QKeyEvent, way: int) -> None:
        """Move a line; at the first or last line, leave for the neighbouring cell."""
        before = self.textCursor().position()
        line = self.cursorRect().top()
        super().keyPressEvent(event)
        if self.textCursor().position() == before or self.cursorRect().top() == line:
            self.stepped.emit(way)

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

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.commit_composition()
        super().focusOutEvent(event)
        self.focus_changed.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.insert_whole(source.text())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _writes(event: QKeyEvent) -> bool:
    if event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
        return True
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(event.text()) and event.text().isprintable() and not event.modifiers() & control
