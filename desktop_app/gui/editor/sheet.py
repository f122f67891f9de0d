"""The sheet as a person uses it: what the arrow keys, Tab and the mouse do on the cells."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop_app.gui.editor.cell_canvas import CellCanvas
from desktop_app.gui.editor.folds import Shown
from desktop_app.gui.editor.places import RowPlan
from desktop_app.gui.editor.rows import Field, side_of
from desktop_app.gui.editor.thumbs import Thumbnails
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts


class Sheet(CellCanvas):
    """Shows and edits one document."""

    link_asked = Signal(str)
    picture_opened = Signal(str)

    def __init__(self, look: Look, texts: Texts, thumbs: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(look, texts, thumbs, parent)
        self._dragging = False
        self.live.tabbed.connect(self._on_tabbed)
        self.live.stepped.connect(self.step)
        self.live.paged.connect(self._on_paged)
        self.live.travelled.connect(self._on_travelled)

    def step(self, way: int) -> None:
        """Go to the neighbouring row, on the side of the active cell."""
        document = self._document
        if document is None:
            return
        row = self._beside(document.row_of(self._key), way) if self._key else self.full_near(self.row_in_view(), 1)
        if row is not None:
            self._activate_row(row)

    def walks(self, key: str) -> bool:
        """Whether the keys that walk the story stop at a row: a filter lets them pass over others."""
        return self._document is not None and self.folds.state(self._document.row_of(key)) is Shown.FULL

    def _beside(self, row: int, way: int) -> int | None:
        return self.folds.next_full(row, way)

    def full_near(self, row: int, way: int) -> int | None:
        """The row itself where it is shown in full, else the next such row, or else the one before."""
        if self.folds.state(row) is Shown.FULL:
            return row
        found = self.folds.next_full(row, way)
        return found if found is not None else self.folds.next_full(row, -way)

    def _activate_row(self, row: int, *, air: bool = True) -> None:
        document = self._document
        if document is not None and 0 <= row < len(document.rows) and document.rows[row].editable:
            found = document.rows[row]
            self.activate(found.key, side_of(self._field, found.kind), air=air)

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
        beside = self._beside(row, way)
        if beside is not None and 0 <= beside < len(document.rows) and document.rows[beside].editable:
            found = document.rows[beside]
            self.activate(found.key, found.editable[0 if way > 0 else -1])

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
        self._go_near(min(max(wanted, 0), len(document.rows) - 2), way)

    def _on_travelled(self, way: int) -> None:
        if self._document is not None:
            self._go_near(0 if way < 0 else len(self._document.rows) - 2, -way)

    def _go_near(self, row: int, way: int) -> None:
        found = self.full_near(row, way) if row >= 0 else None
        if found is not None:
            self._activate_row(found)

    # The mouse

    def _under(self, at: QPoint) -> tuple[int, RowPlan, QPoint] | None:
        """The row under a point of the viewport, its plan, and the point counted from the row's top left."""
        if self._lying is None:
            return None
        row = self._lying.heights.row_at(at.y() + self.verticalScrollBar().value())
        rect = self._row_rect(row)
        return (row, self._lying.plan(row), at - rect.topLeft()) if rect.contains(at) else None

    def row_at(self, at: QPoint) -> int | None:
        """The row under a point of the view, or the last one where it is under them all; None without a story."""
        under = self._under(at)
        if under is None and self._document is not None and self._lying is not None:
            return len(self._document.rows) - 1
        return under[0] if under is not None else None

    def row_rect(self, row: int) -> QRect:
        """Where a row lies in the view."""
        return self._row_rect(row)

    def cell_at(self, at: QPoint) -> tuple[str, Field] | None:
        """The row and the text whose cell is under a point of the view."""
        under = self._under(at)
        if under is None or self._document is None or self.folds.hidden(under[0]):
            return None
        row, plan, inside = under
        field = next((one for one, cell in plan.cells.items() if cell.contains(inside)), None)
        return (self._document.rows[row].key, field) if field is not None else None

    def _button_under(self, at: QPoint) -> str:
        """The placeholder whose button is under a point."""
        under = self._under(at)
        if under is None or self._document is None or self.folds.hidden(under[0]):
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
        if self.folds.hidden(row):
            self.open_gap(row)
            return
        found = self._document.rows[row]
        field = next((one for one, cell in plan.cells.items() if cell.contains(inside)), None)
        if field is None:
            self._activate_row(row, air=False)
            return
        if self.activate(found.key, field, air=False):
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
        if self._button_under(at) or (under is not None and self.folds.hidden(under[0])):
            shape = Qt.CursorShape.PointingHandCursor
        elif under is not None and any(cell.contains(under[2]) for cell in under[1].cells.values()):
            shape = Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragging = False
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        under = self._under(event.position().toPoint())
        if under is None or self._document is None or self.folds.hidden(under[0]):
            return
        row, plan, inside = under
        placement = self._document.placement(self._document.rows[row].key)
        if placement is not None and plan.picture is not None and plan.picture.contains(inside):
            if placement.picture is not None:
                self.picture_opened.emit(placement.picture)
            return
        self.live.select_word()
