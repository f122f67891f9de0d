"""The sheet: the painted rows, the live editor on the active cell, and what mouse and arrow keys do there."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.editor.canvas import Canvas
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.live import SegmentEdit
from desktop_app.gui.editor.paint import Here
from desktop_app.gui.editor.places import RowPlan
from desktop_app.gui.editor.rows import Field, side_of
from desktop_app.gui.editor.thumbs import Thumbnails
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts


class Sheet(Canvas):
    """Shows one document and edits it. ``activated(key)`` tells which row has the keys."""

    activated = Signal(str)
    refused = Signal()
    link_asked = Signal(str)
    picture_opened = Signal(str)
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
        self._dragging = False
        self.setAccessibleName(texts(self.NAME))
        self.live = SegmentEdit(self.viewport())
        self.setFocusProxy(self.live)
        self.live.edited.connect(self._on_edited)
        self.live.grew.connect(self._on_live_grew)
        self.live.tabbed.connect(self._on_tabbed)
        self.live.stepped.connect(self.step)
        self.live.paged.connect(self._on_paged)
        self.live.travelled.connect(self._on_travelled)
        self.live.escaped.connect(self.escaped)
        self.live.refused.connect(self.refused)
        self.live.focus_changed.connect(self._on_focus_changed)

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

    def activate(self, key: str, field: Field, *, at: int | None = None, focus: bool = True) -> bool:
        """Put the live editor on a cell and scroll there; ``at`` is the cursor's place, None the end of the text."""
        document = self._document
        if document is None or not document.has(key):
            return False
        if field not in document.rows[document.row_of(key)].editable:
            return False
        self.leave()
        if (key, field) != (self._key, self._field):
            old, self._key, self._field = self._key, key, field
            self._load_live()
            for touched in {old, key}:
                self._refresh_row(touched)
        if at is not None:
            self.live.put_cursor(at)
        self.scroll_to(key)
        if focus:
            self.live.setFocus(Qt.FocusReason.OtherFocusReason)
        self.activated.emit(key)
        return True

    def leave(self) -> None:
        """Finish what is being typed: the input method commits, and the step of typing ends."""
        self.live.commit_composition()
        if self._document is not None:
            self._document.seal()

    def step(self, way: int) -> None:
        """Go to the neighbouring row, on the side of the active cell."""
        document = self._document
        if document is None:
            return
        row = document.row_of(self._key) + way if self._key else self.row_in_view()
        self._activate_row(row)

    def show_marks(self) -> None:
        """Paint findings and hits anew after ``marks`` was given others."""
        self._show_live_marks()
        super().show_marks()

    # The live editor

    def _here(self) -> Here:
        return Here(self._key, self._field, self.live.hasFocus())

    def _moved(self) -> None:
        document, lying = self._document, self._lying
        if document is None or lying is None or not self._key or not document.has(self._key):
            return
        row = document.row_of(self._key)
        place = lying.plan(row).texts[self._field]
        top = lying.heights.top(row) - self.verticalScrollBar().value()
        self.live.lay_over(place.left(), top + place.top(), place.width(), place.height())

    def _load_live(self) -> None:
        assert self._document is not None, "only an open story has an active cell"
        assert self._lying is not None, "as above"
        number = self._document.row_of(self._key)
        cell = self._lying.cell(self._document.rows[number], self._field)
        self._lying.live = None
        self.live.allow(self._document.refusal(self._key, self._field) is None)
        self.live.take(cell.text, cell.style, self._look.theme, cell.width)
        self.live.setAccessibleName(self._texts(Message(self._NAMES[self._field].key, {"number": number + 1})))
        self._show_live_marks()
        self._moved()
        self.live.show()

    def _show_live_marks(self) -> None:
        if self._document is not None and self._key:
            text = self._document.text(self._key, self._field)
            self.live.show_formats(self.marks.formats(self._key, self._field, text))

    def _activate_row(self, row: int) -> None:
        document = self._document
        if document is not None and 0 <= row < len(document.rows) and document.rows[row].editable:
            found = document.rows[row]
            self.activate(found.key, side_of(self._field, found.kind))

    # Slots

    def _on_edited(self, text: str, whole: bool) -> None:
        if self._document is None or not self._key:
            return
        self._document.write(self._key, self._field, text, whole=whole)
        self._show_live_marks()
        self.scroll_to(self._key)

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
            self.live.allow(self._document.refusal(key, self._field) is None)
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
            self.live.allow(self._document.refusal(self._key, self._field) is None)

    def _on_look_changed(self) -> None:
        super()._on_look_changed()
        if self._key:
            self._load_live()
            self._refresh_row(self._key)

    def _on_focus_changed(self) -> None:
        self._repaint_row(self._key)

    def _on_tabbed(self, way: int) -> None:
        document = self._document
        if document is None or not self._key:
            return
        row = document.row_of(self._key)
        fields = document.rows[row].editable
        place = fields.index(self._field) + way
        if 0 <= place < len(fields):
            self.activate(self._key, fields[place])
            return
        row += way
        if 0 <= row < len(document.rows) and document.rows[row].editable:
            self.activate(document.rows[row].key, document.rows[row].editable[0 if way > 0 else -1])

    def _on_paged(self, way: int) -> None:
        document, lying, bar = self._document, self._lying, self.verticalScrollBar()
        if document is None or lying is None or not self._key:
            return
        row = document.row_of(self._key)
        offset = min(max(0, lying.heights.top(row) - bar.value()), self.viewport().height() - 1)
        bar.setValue(bar.value() + way * bar.pageStep())
        wanted = lying.heights.row_at(bar.value() + offset)
        if (wanted - row) * way <= 0:
            wanted = row + way
        self._activate_row(min(max(wanted, 0), len(document.rows) - 2))

    def _on_travelled(self, way: int) -> None:
        if self._document is not None:
            self._activate_row(0 if way < 0 else len(self._document.rows) - 2)

    # The mouse

    def _under(self, at: QPoint) -> tuple[int, RowPlan, QPoint] | None:
        """The row under a point of the viewport, its plan, and the point counted from the row's top left."""
        if self._lying is None:
            return None
        row = self._lying.heights.row_at(at.y() + self.verticalScrollBar().value())
        rect = self._row_rect(row)
        return (row, self._lying.plan(row), at - rect.topLeft()) if rect.contains(at) else None

    def _button_under(self, at: QPoint) -> str:
        """The placeholder whose button is under a point."""
        under = self._under(at)
        if under is None or self._document is None:
            return ""
        row, plan, inside = under
        placement = self._document.placement(self._document.rows[row].key)
        empty = placement is not None and placement.picture is None and plan.picture is not None
        if empty and plan.picture is not None and self._painter.button_in(plan.picture).contains(inside):
            return self._document.rows[row].key
        return ""

    def _press(self, at: QPoint) -> None:
        under = self._under(at)
        if under is None or self._document is None:
            return
        row, plan, inside = under
        found = self._document.rows[row]
        field = next((one for one, cell in plan.cells.items() if cell.contains(inside)), None)
        if field is None:
            self._activate_row(row)
            return
        if self.activate(found.key, field):
            self.live.press_at(self.live.mapFrom(self.viewport(), at))
            self._dragging = True

    # Qt overrides

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        at = event.position().toPoint()
        key = self._button_under(at)
        if key:
            self.link_asked.emit(key)
        else:
            self._press(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._dragging:
            self.live.press_at(self.live.mapFrom(self.viewport(), at), keep_anchor=True)
            return
        shape = Qt.CursorShape.ArrowCursor
        under = self._under(at)
        if self._button_under(at):
            shape = Qt.CursorShape.PointingHandCursor
        elif under is not None and any(cell.contains(under[2]) for cell in under[1].cells.values()):
            shape = Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragging = False
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        under = self._under(event.position().toPoint())
        if under is None or self._document is None:
            return
        row, plan, inside = under
        placement = self._document.placement(self._document.rows[row].key)
        if placement is not None and plan.picture is not None and plan.picture.contains(inside):
            if placement.picture is not None:
                self.picture_opened.emit(placement.picture)
            return
        self.live.select_word()

