"""The live editor on the painted rows: it lies on the active cell, and goes where the keys go."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.editor.canvas import Canvas
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.folds import Shown
from desktop_app.gui.editor.live import SegmentEdit
from desktop_app.gui.editor.paint import Here
from desktop_app.gui.editor.rows import Field, side_across
from desktop_app.gui.editor.thumbs import Thumbnails
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts


class CellCanvas(Canvas):
    """Edits one document in place. ``activated(key)`` tells which row has the keys."""

    activated = Signal(str)
    refused = Signal()
    escaped = Signal()

    NAME = N_("Story, Chinese and English side by side")
    _NAMES = {  # noqa: RUF012 - read only
        Field.SOURCE: N_("Segment {number}, Chinese"),
        Field.TARGET: N_("Segment {number}, English"),
        Field.CAPTION_SOURCE: N_("Picture {number}, Chinese caption"),
        Field.CAPTION_TARGET: N_("Picture {number}, English caption"),
        Field.ALT: N_("Picture {number}, alternative text"),
    }

    def __init__(self, look: Look, texts: Texts, thumbs: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(look, texts, thumbs, parent)
        self._key = ""
        self._field = Field.TARGET
        self.setAccessibleName(texts(self.NAME))
        self.live = SegmentEdit(self.viewport())
        self.setFocusProxy(self.live)
        self.live.edited.connect(self._on_edited)
        self.live.grew.connect(self._on_live_grew)
        self.live.escaped.connect(self.escaped)
        self.live.refused.connect(self.refused)
        self.live.focus_changed.connect(self._on_focus_changed)
        self.live.caret_moved.connect(self._follow_caret)

    @property
    def key(self) -> str:
        """The row with the keys, empty where there is none."""
        return self._key

    @property
    def field(self) -> Field:
        """Which text of that row."""
        return self._field

    def show_document(self, document: StoryDocument | None) -> None:
        """Show a document from its top, or nothing; no cell is active."""
        self.live.hide()
        if self._document is not None:
            self._document.read_only_changed.disconnect(self._on_read_only_changed)
        self._key = ""
        super().show_document(document)
        if document is not None:
            document.read_only_changed.connect(self._on_read_only_changed)

    def activate(self, key: str, field: Field, *, at: int | None = None, focus: bool = True, air: bool = True) -> bool:
        """Put the live editor on a cell and scroll there; ``at`` is the cursor's place, None the end of the text.

        A row that a filter hides is shown, with the others of its gap. ``air``: some of its neighbours are seen too.
        """
        document = self._document
        if document is None or not document.has(key):
            return False
        if field not in document.rows[document.row_of(key)].editable:
            return False
        self.leave()
        self.open_gap(document.row_of(key))
        if (key, field) != (self._key, self._field):
            old, self._key, self._field = self._key, key, field
            self._load_live()
            for touched in {old, key}:
                self._refresh_row(touched)
        if at is not None:
            self.live.put_cursor(at)
        self.scroll_to(key, air=air)
        if focus:
            self.live.setFocus(Qt.FocusReason.OtherFocusReason)
        self.activated.emit(key)
        return True

    def leave(self) -> None:
        """Finish what is being typed: the input method commits, and the step of typing ends."""
        self.live.commit_composition()
        if self._document is not None:
            self._document.seal()

    def show_marks(self) -> None:
        """Paint findings and hits anew after ``marks`` was given others."""
        self._show_live_marks()
        super().show_marks()

    def show_live_marks(self) -> None:
        """Draw the marks of the live cell anew, and of no other."""
        self._show_live_marks()

    # The live editor

    def _here(self) -> Here:
        reading = self._document is not None and self._document.read_only is not None
        return Here(self._key, self._field, self.live.hasFocus() and not reading)

    def fold(self, states: bytearray | None) -> None:
        """Show the rows as a filter says, and the active row in any case."""
        if states is not None and self._document is not None and self._key:
            row = self._document.row_of(self._key)
            states[row] = max(states[row], Shown.DIM)
        super().fold(states)

    def _held(self) -> tuple[int, int]:
        document, lying = self._document, self._lying
        if document is not None and lying is not None and self._key and document.has(self._key):
            row = document.row_of(self._key)
            if self._first <= row <= self._last:
                return row, self._row_rect(row).top()
        return super()._held()

    def _moved(self) -> None:
        document, lying = self._document, self._lying
        if document is None or lying is None or not self._key or not document.has(self._key):
            return
        row = document.row_of(self._key)
        place = lying.plan(row).texts[self._field]
        top = lying.heights.top(row) - self.verticalScrollBar().value()
        note = lying.note_height(document.rows[row], self._field) if lying.live is not None else 0
        self.live.lay_over(place.left(), top + place.top(), place.width(), place.height() - note)

    def _lie_anew(self) -> None:
        super()._lie_anew()
        if self._key and self._document is not None and self._lying is not None and self._document.has(self._key):
            cell = self._lying.cell(self._document.rows[self._document.row_of(self._key)], self._field)
            self._lying.live = None
            self.live.fit(cell.width)
            self._on_live_grew()
            self._moved()

    def _load_live(self) -> None:
        assert self._document is not None, "only an open story has an active cell"
        assert self._lying is not None, "as above"
        number = self._document.row_of(self._key)
        cell = self._lying.cell(self._document.rows[number], self._field)
        self._lying.live = None
        self._allow()
        self.live.take(cell.text, cell.style, self._look.theme, cell.width)
        self.live.setAccessibleName(self._texts(Message(self._NAMES[self._field].key, {"number": number + 1})))
        other = side_across(self._field)
        self.live.setAccessibleDescription(self._document.text(self._key, other))
        self._show_live_marks()
        self._moved()
        if self.since.on:  # the row has a line more under the live cell
            self._on_live_grew()
        self.live.show()

    def _show_live_marks(self) -> None:
        if self._document is not None and self._key:
            text = self._document.text(self._key, self._field)
            inserted = self.since.inserted(self._key, self._field, text)
            self.live.show_formats([*inserted, *self.marks.formats(self._key, self._field, text)])

    # Slots

    def _on_edited(self, text: str, whole: bool) -> None:
        if self._document is None or not self._key:
            return
        self._document.write(self._key, self._field, text, whole=whole)
        self._show_live_marks()
        self._on_live_grew()
        if self.since.on:  # the line under it may say more or less than before
            self._refresh_row(self._key)
        self.scroll_to(self._key)
        self._follow_caret()

    def _follow_caret(self) -> None:
        """Keep the line of the caret in view, also in a cell that is taller than the view."""
        if not self._key:
            return
        rect, bar, room = self.live.cursorRect(), self.verticalScrollBar(), self.viewport().height()
        top, bottom = self.live.y() + rect.top(), self.live.y() + rect.bottom()
        air = min(rect.height(), max(0, room - rect.height()) // 2)
        if top < 0:
            bar.setValue(bar.value() + top - air)
        elif bottom > room:
            bar.setValue(bar.value() + bottom - room + air)

    def _on_live_grew(self) -> None:
        if self._lying is None or not self._key:
            return
        live = (self._key, self._field, self.live.content_height())
        if self._lying.live != live:
            self._lying.live = live
            self._refresh_row(self._key)
            self._moved()

    def _on_row_changed(self, key: str) -> None:
        if key == self._key and self._document is not None:
            self._allow()
            self.live.show_text(self._document.text(key, self._field))
        super()._on_row_changed(key)

    def _on_structure_changed(self, first: int, gone: int, come: int) -> None:
        if self._key and self._document is not None and not self._document.has(self._key):
            self._key = ""
            self.live.hide()
        super()._on_structure_changed(first, gone, come)
        if self._key:
            self._load_live()
            self._refresh_row(self._key)

    def _on_read_only_changed(self) -> None:
        if self._document is not None and self._key:
            self._allow()
            self._repaint_row(self._key)

    def _allow(self) -> None:
        """Let the keys write, or not; where the whole text may only be read it does not look as if one could."""
        assert self._document is not None, "only an open story has an active cell"
        self.live.allow(self._document.refusal(self._key, self._field) is None)
        self.live.show_caret(self._document.read_only is None)

    def _on_look_changed(self) -> None:
        super()._on_look_changed()
        if self._key:
            self._load_live()
            self._refresh_row(self._key)

    def _on_focus_changed(self) -> None:
        self._repaint_row(self._key)
