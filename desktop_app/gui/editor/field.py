"""A text field that looks like the painted text under it: one plain text, its cursor in characters, marks over it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPalette, QTextCursor, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from desktop_app.gui.editor.cells import CellStyle
from desktop_app.gui.editor.utf16 import characters, units
from desktop_app.gui.kit.theme import Theme

_PARAGRAPH = "\u2029"
_CARET_ROOM = 4  # px beyond the text's width, so that a caret at the end of a full line is seen
_READING = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
_WRITING = Qt.TextInteractionFlag.TextEditorInteraction


class TextField(QTextEdit):
    """Shows one plain text. It keeps no undo of its own: the story does. ``grew`` tells that its height changed."""

    grew = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._loading = False
        self._caret = self.cursorWidth()
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

    def fit(self, width: int) -> None:
        """Break the text to another width; the cursor stays where it is in the text."""
        self.setLineWrapColumnOrWidth(width)

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

    def selection(self) -> tuple[int, int]:
        """Where the selection begins and ends, in characters; twice the cursor's place where there is none."""
        text, cursor = self.text(), self.textCursor()
        return characters(text, cursor.selectionStart()), characters(text, cursor.selectionEnd())

    def selected(self) -> str:
        """The selected text."""
        return self.textCursor().selectedText().replace(_PARAGRAPH, "\n")

    def press_at(self, at: QPoint, *, keep_anchor: bool = False) -> None:
        """Put the cursor where the mouse is, or take the selection along to there."""
        cursor = self.textCursor()
        mode = QTextCursor.MoveMode.KeepAnchor if keep_anchor else QTextCursor.MoveMode.MoveAnchor
        cursor.setPosition(self.cursorForPosition(at).position(), mode)
        self.setTextCursor(cursor)

    def character_at(self, at: QPoint) -> int:
        """The place in the text, in characters, nearest to a point of the field."""
        return characters(self.text(), self.cursorForPosition(at).position())

    def select_word(self) -> None:
        """Select the word at the cursor."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        self.setTextCursor(cursor)

    def allow(self, writing: bool) -> None:
        """Let the keys write, or only move, select and copy."""
        if self.isReadOnly() == writing:
            self.setTextInteractionFlags(_WRITING if writing else _READING)

    def show_caret(self, shown: bool) -> None:
        """Show the caret, or none where nothing can be written at it; selecting and copying go on."""
        self.setCursorWidth(self._caret if shown else 0)

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

    def _on_size_changed(self) -> None:
        if not self._loading:
            self.grew.emit()
