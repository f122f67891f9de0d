"""What is dragged over the sheet: pictures to their place, with a line that shows it, and text from cell to cell."""

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_app.desk.places import may_come_home
from desktop_app.domain.edits import Edit, SetPlacement, set_target
from desktop_app.domain.story import Placement
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.pasting import brings_picture
from desktop_app.gui.editor.picture_drops import PictureDrops, Spot
from desktop_app.gui.editor.pieces import with_caption
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.editor.sheet import Sheet
from desktop_app.gui.kit.drops import local_files
from desktop_app.gui.kit.look import Look

_EDGE = 36  # px at the view's ends where it scrolls while something is dragged
_STEP = 24  # px that it scrolls at once
Cell = tuple[str, Field]


class InsertionLine(QWidget):
    """The line where a picture will stand, or the frame of the place that it will fill."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, place: QRect) -> None:
        """Show it there: a low rectangle is a line, a high one a frame."""
        self.setGeometry(place)
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._look.theme
        if self.height() <= theme.px(8):
            painter.fillRect(self.rect(), theme.color("accent"))
            return
        pen = painter.pen()
        pen.setColor(theme.color("accent"))
        pen.setWidth(theme.px(3))
        painter.setPen(pen)
        painter.drawRect(self.rect().adjusted(2, 2, -2, -2))


class Dropping(QObject):
    """Watches the view of a sheet. Folders are left to whoever holds the editor: they fill places by name.

    So are files that may be work that comes home.
    """

    def __init__(self, look: Look, sheet: Sheet, pictures: PictureDrops, parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._sheet, self._pictures = look, sheet, pictures
        self._document: StoryDocument | None = None
        self.line = InsertionLine(look, sheet.viewport())
        sheet.viewport().setAcceptDrops(True)
        sheet.viewport().installEventFilter(self)

    def show_document(self, document: StoryDocument | None) -> None:
        """Drop into another story, or into none."""
        self._document = document
        self.line.hide()

    # Where

    def spot_at(self, at: QPoint) -> Spot:
        """Where pictures go that are dropped at a point of the view."""
        row = self._row_at(at)
        if row is None or self._document is None:
            return Spot(None)
        key = self._document.rows[row].key
        spot = self._pictures.spot_of(key)
        if spot.fills:
            return spot
        first, last = self._block_rows(row)
        top, bottom = self._sheet.row_rect(first).top(), self._sheet.row_rect(last).bottom()
        if first and at.y() < (top + bottom) // 2:
            return Spot(self._document.rows[first - 1].key)
        return Spot(key)

    def _row_at(self, at: QPoint) -> int | None:
        return self._sheet.row_at(at) if self._document is not None else None

    def _block_rows(self, row: int) -> tuple[int, int]:
        """The first and the last row of a row's block."""
        assert self._document is not None, "asked of its rows"
        rows = self._document.rows
        first = last = row
        while first and rows[first - 1].block == rows[row].block:
            first -= 1
        while last + 1 < len(rows) and rows[last + 1].block == rows[row].block:
            last += 1
        return first, last

    def _show_line(self, spot: Spot) -> None:
        document, sheet = self._document, self._sheet
        if document is None:
            return
        width, thick = sheet.viewport().width(), self._look.theme.px(3)
        row = document.row_of(spot.row) if spot.row is not None else 0
        if spot.fills:
            self.line.show_at(sheet.row_rect(row))
            return
        last = self._block_rows(row)[1]
        if document.rows[last].kind is None and last:  # the credits stand last
            last -= 1
        self.line.show_at(QRect(0, sheet.row_rect(last).bottom() - thick // 2, width, thick))

    # Pictures

    def _takes_pictures(self, source: QMimeData) -> bool:
        files = local_files(source)
        return brings_picture(source) and not any(file.is_dir() or may_come_home(file) for file in files)

    def _over(self, event: QDragMoveEvent) -> bool:
        source, at = event.mimeData(), event.position().toPoint()
        if self._document is None:
            return False
        if self._takes_pictures(source):
            self._scroll(at)
            self._show_line(self.spot_at(at))
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            return True
        cell = self._cell_at(at)
        if cell is not None and source.hasText() and not brings_picture(source):
            self._scroll(at)
            event.acceptProposedAction()
            return True
        self.line.hide()
        return False

    def _scroll(self, at: QPoint) -> None:
        view, bar, edge = self._sheet.viewport(), self._sheet.verticalScrollBar(), self._look.theme.px(_EDGE)
        if at.y() < edge:
            bar.setValue(bar.value() - _STEP)
        elif at.y() > view.height() - edge:
            bar.setValue(bar.value() + _STEP)

    def _dropped(self, event: QDropEvent) -> bool:
        self.line.hide()
        source, at = event.mimeData(), event.position().toPoint()
        if self._takes_pictures(source):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._pictures.bring(source, self.spot_at(at))
            return True
        cell = self._cell_at(at)
        if cell is None or not source.hasText() or brings_picture(source):
            return False
        self._drop_text(event, cell, at)
        return True

    # Text

    def _cell_at(self, at: QPoint) -> Cell | None:
        return self._sheet.cell_at(at)

    def _drop_text(self, event: QDropEvent, cell: Cell, at: QPoint) -> None:
        """Put text into another cell; what is moved from the live cell goes from there in the same step."""
        document, sheet, live = self._document, self._sheet, self._sheet.live
        if document is None:
            return
        is_own = event.source() in {live, live.viewport()}
        origin: Cell = (sheet.key, sheet.field)
        moves = is_own and event.dropAction() is Qt.DropAction.MoveAction and Field.SOURCE not in {origin[1], cell[1]}
        start, end = live.selection()
        before = live.text()
        # Qt takes a moved text out of the field it came from, which by then holds another text: we do that ourselves.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        sheet.activate(*cell)
        live.press_at(live.mapFrom(sheet.viewport(), at))
        if not moves or document.refusal(*origin) is not None or document.refusal(*cell) is not None:
            live.insertFromMimeData(event.mimeData())
            return
        moved, place = before[start:end], live.cursor_at()
        text = live.text()
        taken = self._edit(origin, before[:start] + before[end:], None)
        put = self._edit(cell, text[:place] + moved + text[place:], taken)
        document.apply(taken, put)
        live.put_cursor(place + len(moved))

    def _edit(self, cell: Cell, text: str, before: Edit | None) -> Edit:
        """The edit that gives a cell this text; ``before`` is done first, and may be of the same picture."""
        assert self._document is not None, "text is dropped into a story"
        key, field = cell
        segment = self._document.segment(key)
        if segment is not None:
            return set_target(segment, text)
        place: Placement | None = self._document.placement(key)
        if isinstance(before, SetPlacement) and before.block == key:
            place = before.placement
        assert place is not None, "cells are of segments or of pictures"
        return SetPlacement(key, with_caption(place, field, text))

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            return self._over(event)
        if event.type() is QEvent.Type.DragMove and isinstance(event, QDragMoveEvent):
            if not self._over(event):
                event.ignore()
            return True
        if event.type() is QEvent.Type.DragLeave:
            self.line.hide()
        if event.type() is QEvent.Type.Drop and isinstance(event, QDropEvent):
            return self._dropped(event)
        return super().eventFilter(watched, event)
