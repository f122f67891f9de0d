"""The painted rows of a story, scrolled by whole pixels; only rows that come into view are ever measured."""

from html import escape

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from desktop_app.domain.story import Content
from desktop_app.gui.editor.arrangement import Arrangement
from desktop_app.gui.editor.cells import CellStyles
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.folds import Folds
from desktop_app.gui.editor.marks import Marks
from desktop_app.gui.editor.paint import Here, RowPainter
from desktop_app.gui.editor.since import Since
from desktop_app.gui.editor.thumbs import Thumbnails
from desktop_app.gui.editor.tips import Tips
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts

_WHEEL = 24  # px a step at 100 %; Qt takes three steps a notch
_AIR = 56  # px at 100 % that stay free over and under a row that is walked to: a line of its neighbour is seen
_FEW = 40  # rows that are measured again one by one
_GUESSED_AT_ONCE = 400  # rows; some 1 ms


class Canvas(QAbstractScrollArea):
    """Paints and scrolls one document; ``Sheet`` adds the live editor. ``viewed`` when other rows may be in view."""

    viewed = Signal()

    def __init__(self, look: Look, texts: Texts, thumbs: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._texts = texts
        self._document: StoryDocument | None = None
        self._lying: Arrangement | None = None
        self._painter = RowPainter(look, texts, thumbs)
        self._tips = Tips(texts, thumbs)
        self.marks = Marks(look.theme)
        self.since = Since(look.theme)
        self._credits = ("", "")
        self.folds = Folds()
        self._first = self._last = 0
        self._settling = False
        self._guessing = QTimer(self)
        self._guessing.timeout.connect(self._on_guessing)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().setSingleStep(look.theme.px(_WHEEL))
        thumbs.ready.connect(self._on_thumbnail)
        look.changed.connect(self._on_look_changed)

    def show_document(self, document: StoryDocument | None) -> None:
        """Show a document from its top, or nothing."""
        if self._document is not None:
            self._document.row_changed.disconnect(self._on_row_changed)
            self._document.structure_changed.disconnect(self._on_structure_changed)
        self._document = document
        self._lying = None
        self._guessing.stop()
        self.folds.fold(None)
        self.marks.forget()
        self.since.take(None)
        self.marks.show_findings((), lambda _key, _field: "")
        self.marks.show_hits((), None)
        if document is not None:
            document.row_changed.connect(self._on_row_changed)
            document.structure_changed.connect(self._on_structure_changed)
        self.verticalScrollBar().setValue(0)
        self._lie_anew()
        self.viewport().update()

    def show_credits(self, source: str, target: str) -> None:
        """Show other credits in the last row."""
        if self._credits != (source, target):
            self._credits = (source, target)
            if self._lying is not None and self._document is not None:
                self._lying.credits = self._credits
                self._refresh_row(self._document.rows[-1].key)

    def show_marks(self) -> None:
        """Paint findings and hits anew after ``marks`` was given others."""
        self.viewport().update()

    def show_since(self, base: Content | None) -> None:
        """Mark what changed since an older text; None shows the text plain."""
        changed = self.since.take(base)
        if changed is None or len(changed) > _FEW:
            self._lie_anew()
        else:
            for key in changed:
                self._refresh_row(key)
        self.show_marks()

    def row_in_view(self) -> int:
        """The first row in view."""
        return self._lying.heights.row_at(self.verticalScrollBar().value()) if self._lying is not None else 0

    def keys_in_view(self) -> list[str]:
        """The rows in view, from the top."""
        if self._document is None or self._lying is None:
            return []
        last = self._lying.heights.row_at(self.verticalScrollBar().value() + self.viewport().height())
        rows = range(self.row_in_view(), last + 1)
        return [self._document.rows[row].key for row in rows if not self.folds.hidden(row)]

    def fold(self, states: bytearray | None) -> None:
        """Show the rows as a filter says, one state a row; None shows them all."""
        if self._lying is not None and (states is not None or self.folds):
            held = self._held()
            self.folds.fold(states)
            self._refold(held)

    def open_gap(self, row: int) -> None:
        """Show the rows of the gap that ``row`` lies in, if it is hidden."""
        gap = self.folds.gap(row)
        if gap is not None and self._lying is not None:
            held = self._held()
            self.folds.show(gap)
            self._refold(held)

    def scroll_to(self, key: str, *, air: bool = False) -> None:
        """Scroll until the row is in view, with ``air`` some of its neighbours too.

        A row that comes from afar lands in the upper third.
        """
        if self._document is None or self._lying is None or not self._document.has(key):
            return
        row, heights, bar = self._document.row_of(key), self._lying.heights, self.verticalScrollBar()
        room = self.viewport().height()
        if self._lying.settle(row):
            self._fit_scrollbar()
        top, height = heights.top(row), heights[row]
        free = max(0, min(self._look.theme.px(_AIR), (room - height) // 3)) if air else 0
        if bar.value() <= top - free and top + height + free <= bar.value() + room:
            return
        if height > room and bar.value() >= top and top + height >= bar.value() + room:
            return  # nothing but this row is in view
        if -height < top - bar.value() < room + height:
            above = top - free < bar.value() or height > room
            bar.setValue(top - free if above else top + height + free - room)
        else:
            bar.setValue(top - room // 3)

    # For the live editor

    def _here(self) -> Here:
        """The cell that is not painted because the live editor lies on it."""
        return Here()

    def _moved(self) -> None:
        """Rows lie elsewhere on the screen than before."""

    # Where rows lie

    def _lie_anew(self) -> None:
        """Lay all rows for the width and fonts of now; the held row stays in its place on the screen."""
        if self._document is None:
            self._fit_scrollbar()
            return
        before, held = self._lying, self._held()
        theme, languages = self._look.theme, self._document.languages
        styles = CellStyles(theme, languages.source, languages.target)
        width = self.viewport().width()
        self._lying = Arrangement(self._document, theme, styles, width, self._credits, self.folds, before, self.since)
        self._lying.live = before.live if before is not None else None
        self._return_to(held)
        self._guessing.start()

    def _held(self) -> tuple[int, int]:
        """The row that stays in its place when others change their heights, and its distance from the view's top."""
        row = self.row_in_view()
        return (row, self._row_rect(row).top()) if self._lying is not None else (0, 0)

    def _return_to(self, held: tuple[int, int]) -> None:
        """Bring the held row back to its place: the whole of it into view, or at least its end where it was cut off."""
        assert self._lying is not None, "rows were laid before"
        row, at = held
        gap = self.folds.gap(row)
        row = gap.start if gap is not None else row
        if row < len(self._lying.heights):
            self._lying.settle(row)
            height, room = self._lying.heights[row], self.viewport().height()
            at = max(at, 1 - height) if at < 0 else min(at, max(0, room - height))
            self._settling = True
            self._fit_scrollbar()
            self.verticalScrollBar().setValue(self._lying.heights.top(row) - at)
            self._settling = False
        self._settle_view(row)

    def _refold(self, held: tuple[int, int]) -> None:
        assert self._lying is not None, "rows were laid before"
        self._lying.refold()
        self._return_to(held)
        self.viewport().update()

    def _on_guessing(self) -> None:
        if self._lying is None:
            self._guessing.stop()
            return
        held = self._held()
        if self._lying.guess_on(_GUESSED_AT_ONCE):
            self._guessing.stop()
            self._return_to(held)

    def _fit_scrollbar(self) -> None:
        room = self.viewport().height()
        total = self._lying.heights.total() if self._lying is not None else 0
        self.verticalScrollBar().setPageStep(max(1, room - self._look.theme.px(48)))
        self.verticalScrollBar().setRange(0, max(0, total - room))

    def _settle_view(self, held: int | None = None) -> None:
        """Measure the rows in view. Row ``held``, where it is in view, stays where it is on the screen."""
        lying, bar = self._lying, self.verticalScrollBar()
        if lying is None or self._settling:
            return
        self._settling = True
        heights, room = lying.heights, self.viewport().height()
        row = heights.row_at(bar.value())
        shift, top, grew, last = 0, heights.top(row), False, row
        while row < len(heights) and top < bar.value() + room + shift:
            grown = lying.settle(row)
            grew = grew or bool(grown)
            if held is not None and row < held:
                shift += grown
            top += heights[row]
            last, row = row, heights.following(row)
        if grew:
            self._fit_scrollbar()
            bar.setValue(bar.value() + shift)
        self._settling = False
        self._first, self._last = self.row_in_view(), last
        self._moved()
        self.viewed.emit()

    def _row_rect(self, row: int) -> QRect:
        assert self._lying is not None, "rows are there"
        top = self._lying.heights.top(row) - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), self._lying.heights[row])

    def _repaint_row(self, key: str) -> None:
        if self._document is not None and self._lying is not None and self._document.has(key):
            self.viewport().update(self._row_rect(self._document.row_of(key)))

    def _refresh_row(self, key: str) -> None:
        """Measure one row again and paint what changed by it."""
        document, lying = self._document, self._lying
        if document is None or lying is None or not document.has(key):
            return
        row = document.row_of(key)
        grown = lying.measure(row)
        if not grown:
            self.viewport().update(self._row_rect(row))
            return
        self._settling = True
        self._fit_scrollbar()
        if row < self._first:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + grown)
        self._settling = False
        self._settle_view()
        self.viewport().update()

    # Slots

    def _on_row_changed(self, key: str) -> None:
        self._refresh_row(key)

    def _on_structure_changed(self, first: int, gone: int, come: int) -> None:
        if self._lying is None:
            return
        held = self.verticalScrollBar().value()
        self._lying.restructure(first, gone, come)
        self._settling = True
        self._fit_scrollbar()
        self.verticalScrollBar().setValue(held)
        self._settling = False
        self._settle_view()
        self.viewport().update()

    def _on_thumbnail(self, _picture: str) -> None:
        self.viewport().update()

    def _on_look_changed(self) -> None:
        self._painter.dress()
        self.marks.use(self._look.theme)
        self.since.use(self._look.theme)
        self.verticalScrollBar().setSingleStep(self._look.theme.px(_WHEEL))
        self._lie_anew()
        self.viewport().update()

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        rect, theme = event.rect(), self._look.theme
        document, lying = self._document, self._lying
        if document is None or lying is None:
            painter.fillRect(rect, theme.color("ground"))
            return
        heights, scrolled, here = lying.heights, self.verticalScrollBar().value(), self._here()
        row = heights.row_at(scrolled + rect.top())
        top = heights.top(row) - scrolled
        while row < len(heights) and top <= rect.bottom():
            self._painter.paint(painter, top, row, document, lying, self.marks, here)
            top += heights[row]
            row = heights.following(row)
        if top <= rect.bottom():
            painter.fillRect(0, top, self.viewport().width(), rect.bottom() - top + 1, theme.color("ground"))
            end = heights.total() - scrolled
            self._painter.paint_end(painter, self.viewport().rect().adjusted(0, end, 0, 0), len(document.rows) - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._lie_anew()
        elif self._lying is not None:
            self._return_to(self._held())

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self._settle_view(self._first)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = ""
            if self._document is not None and self._lying is not None:
                row = self._lying.heights.row_at(event.pos().y() + self.verticalScrollBar().value())
                at = event.pos() - self._row_rect(row).topLeft()
                text = self._tips.at(self._document, self._lying, self.marks, row, at)
            if "<" in text:  # Qt would take it for markup: names and words of people are shown as they are
                text = f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)
