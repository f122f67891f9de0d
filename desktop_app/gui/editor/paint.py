"""Painting one row: grounds and hairlines, gutter, both texts, picture and credits. It keeps no state of the story."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from desktop_app.domain.story import Placement, Segment
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.editor.arrangement import Arrangement
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.folds import Shown
from desktop_app.gui.editor.marks import Marks
from desktop_app.gui.editor.places import Columns, RowPlan
from desktop_app.gui.editor.rows import Field, Row
from desktop_app.gui.editor.thumbs import Thumbnails
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.states import SEGMENT_MARKS, SEVERITY_MARKS
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.theme import ui_font

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter
_WRAPPED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


APART = "≠"  # a segment that keeps a translation of its own
CHANGED = "*"  # beside the bar of a row that others have changed


@dataclass(frozen=True)
class Here:
    """The active cell, and whether the keys go there."""

    key: str = ""
    field: Field = Field.TARGET
    focused: bool = False


class RowPainter:
    """Paints the rows of one document in the look in force."""

    UNTRANSLATED = N_("untranslated")
    NO_CAPTION = N_("no caption")
    ALT = N_("Alternative text")
    NO_ALT = N_("none yet")
    LINK = N_("Link a picture…")
    NO_TEXT = N_("There is no text under the headline yet.")
    NOTHING = N_("This story has no text yet.")
    NOT_TYPED = N_("written by the sign-offs, not typed")

    def __init__(self, look: Look, texts: Texts, thumbs: Thumbnails) -> None:
        self._look = look
        self._texts = texts
        self._thumbs = thumbs
        self.dress()

    def dress(self) -> None:
        """Take colours and fonts of the look in force."""
        theme = self._theme = self._look.theme
        self._small = ui_font(theme.px(11.5))
        self._mark_font = ui_font(theme.px(12), bold=True)
        self._hairline = QPen(theme.color("hairline"))
        self._icon_px = theme.px(12)
        self._dim = False

    def button_in(self, frame: QRect) -> QRect:
        """Where the button of an empty picture frame lies."""
        height = self._theme.px(24)
        width = min(frame.width() - 12, self._theme.px(118))
        return QRect(frame.center().x() - width // 2 + 1, frame.bottom() - height - self._theme.px(8), width, height)

    def paint(
        self, painter: QPainter, top: int, row: int, document: StoryDocument, lying: Arrangement, marks: Marks,
        here: Here,
    ) -> None:  # fmt: skip
        """Paint row ``row`` with its top at ``top``."""
        gap = lying.folds.gap(row)
        if gap is not None:
            self._gap(painter, top, len(gap), lying)
            return
        found = document.rows[row]
        plan, columns, active = lying.plan(row), lying.columns, here.key == found.key
        self._dim = not active and lying.folds.state(row) is Shown.DIM
        self._grounds(painter, top, plan, columns, active)
        segment, placement = document.segment(found.key), document.placement(found.key)
        self._gutter(painter, top, row, found, segment, columns)
        if found.key in document.repetitions.alone:
            self._apart(painter, top, columns)
        if marks.comments(found.key):
            at = QPoint(columns.gutter - self._theme.px(38), top + columns.pad_y + self._theme.px(22))
            self._icon(painter, "comment", "accent", at, self._icon_px)
        if marks.change(found.key):
            self._changed(painter, top, plan, columns)
        self._margin(painter, top, found, marks, columns)
        if placement is not None:
            self._picture(painter, top, placement, plan)
        if found.kind is None:
            self._credits(painter, top, found, plan, lying)
            return
        for field in found.editable:
            if not (active and field is here.field):
                self._text(painter, top, found, field, plan, lying, marks)
        if lying.since.on:
            self._since(painter, top, found, plan, lying, here if active else None)
        if active:
            self._frame(painter, plan.cells[here.field].translated(0, top), here.focused)

    def paint_end(self, painter: QPainter, place: QRect, rows: int) -> None:
        """Paint what lies under the last row: of a story that has no text yet, that it is so."""
        if rows <= 1 and place.height() > self._theme.px(60):
            text = self.NO_TEXT if rows else self.NOTHING
            painter.setFont(ui_font(self._theme.px(13)))
            painter.setPen(self._theme.color("muted"))
            margin = self._theme.px(24)
            painter.drawText(place.adjusted(margin, 0, -margin, 0), _WRAPPED, self._texts(text))

    def _grounds(self, painter: QPainter, top: int, plan: RowPlan, columns: Columns, active: bool) -> None:
        color, height = self._theme.color, plan.height - 1
        beside = "ground" if self._dim else "gutter"
        painter.fillRect(0, top, columns.gutter, height, color("active_row" if active else beside))
        ground = color("active_row" if active else "ground" if self._dim else "paper")
        painter.fillRect(columns.gutter, top, columns.width - columns.gutter, height, ground)
        painter.setPen(self._hairline)
        bottom = top + height
        painter.drawLine(0, bottom, columns.width, bottom)
        painter.drawLine(columns.gutter - 1, top, columns.gutter - 1, bottom)
        painter.drawLine(columns.middle - 1, top, columns.middle - 1, bottom)

    def _gap(self, painter: QPainter, top: int, rows: int, lying: Arrangement) -> None:
        """A gap of the filter: how many rows are hidden here, in a line that a click opens."""
        color, width, height = self._theme.color, lying.columns.width, lying.gap_line
        painter.fillRect(0, top, width, height - 1, color("hover"))
        painter.setPen(self._hairline)
        painter.drawLine(0, top + height - 1, width, top + height - 1)
        painter.setFont(self._small)
        painter.setPen(color("muted"))
        text = self._texts(NN_("{n} segment hidden", "{n} segments hidden", rows))
        room = painter.fontMetrics().horizontalAdvance(text) + self._theme.px(32)
        middle = top + height // 2
        place = QRect((width - room) // 2, top, room, height - 1)
        icon = QPoint(place.left() + self._theme.px(4), top)
        painter.drawText(place.adjusted(self._theme.px(16), 0, 0, 0), _CENTER, text)
        self._icon(painter, "chevron-down", "muted", icon, height - 1)
        painter.setPen(QPen(color("outline"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(lying.columns.pad_x, middle, place.left() - self._theme.px(6), middle)
        painter.drawLine(place.right() + self._theme.px(6), middle, width - lying.columns.pad_x, middle)

    def _changed(self, painter: QPainter, top: int, plan: RowPlan, columns: Columns) -> None:
        """The mark of a row that somebody has changed since it was last seen: a bar, and a star that is no colour."""
        theme = self._theme
        painter.fillRect(0, top, theme.px(3), plan.height - 1, theme.color("accent"))
        painter.setFont(self._mark_font)
        painter.setPen(theme.color("accent"))
        place = QRect(theme.px(5), top + columns.pad_y + theme.px(22), theme.px(9), theme.px(14))
        painter.drawText(place, _LEFT, CHANGED)

    def _gutter(
        self, painter: QPainter, top: int, row: int, found: Row, segment: Segment | None, columns: Columns
    ) -> None:
        if found.kind is None:
            return
        line = self._theme.px(24)
        glyph = columns.gutter - self._theme.px(24)
        painter.setFont(self._small)
        painter.setPen(self._theme.color("muted"))
        painter.drawText(QRect(0, top + columns.pad_y, glyph - self._theme.px(2), line), _RIGHT, str(row + 1))
        if segment is None:
            self._icon(painter, "pictures", "muted", QPoint(glyph + self._theme.px(5), top + columns.pad_y), line)
            return
        mark = SEGMENT_MARKS[segment.status]
        painter.setFont(self._mark_font)
        painter.setPen(self._theme.color("muted" if self._dim else mark.tone))
        place = QRect(glyph, top + columns.pad_y, columns.gutter - glyph - 2, line)
        painter.drawText(place, _CENTER, mark.glyph)
        if segment.locked:
            below = QPoint(place.center().x() - self._icon_px // 2, place.top() + self._theme.px(19))
            self._icon(painter, "lock", "muted", below, self._icon_px)

    def _apart(self, painter: QPainter, top: int, columns: Columns) -> None:
        """The mark of a segment that keeps a translation of its own, under its number."""
        px = self._theme.px
        painter.setFont(self._mark_font)
        painter.setPen(self._theme.color("muted"))
        place = QRect(columns.gutter - px(46), top + columns.pad_y + px(19), px(22), self._icon_px)
        painter.drawText(place, _RIGHT, APART)

    def _icon(self, painter: QPainter, name: str, color: str, at: QPoint, line: int) -> None:
        px = self._icon_px
        self._look.icon(name, color).paint(painter, at.x(), at.y() + (line - px) // 2, px, px)

    def _margin(self, painter: QPainter, top: int, found: Row, marks: Marks, columns: Columns) -> None:
        place = QRect(columns.target_end, top + columns.pad_y, columns.width - columns.target_end, self._theme.px(24))
        worst, percent = marks.worst(found.key), marks.percent(found.key)
        if percent is not None:
            below = place
            if worst is not None:  # one over the other; a row of one line has room for both
                place, below = place.translated(0, -self._theme.px(4)), place.translated(0, self._theme.px(11))
            painter.setFont(self._small)
            painter.setPen(self._theme.color("muted"))
            painter.drawText(below, _CENTER, str(percent))
        if worst is None:
            return
        mark = SEVERITY_MARKS[worst]
        many = len(marks.findings(found.key))
        painter.setFont(self._mark_font)
        painter.setPen(self._theme.color(mark.tone))
        painter.drawText(place, _CENTER, mark.glyph if many == 1 else f"{mark.glyph}{many}")

    def _text(
        self, painter: QPainter, top: int, found: Row, field: Field, plan: RowPlan, lying: Arrangement, marks: Marks
    ) -> None:
        place = plan.texts[field]
        plain, cell = lying.cell(found, field), lying.shown(found, field)
        if cell.text:
            painter.setPen(self._theme.color("muted" if self._dim else "ink"))
            formats = marks.formats(found.key, field, plain.text)
            ops = lying.since.ops(found.key, field, plain.text)
            formats = lying.since.over(ops, formats) if ops and formats else formats
            cell.layout.draw(painter, QPointF(place.left(), top + place.top()), formats)
            return
        painter.setFont(cell.style.font)
        painter.setPen(self._theme.color("muted"))
        line = QRect(place.left(), top + place.top(), place.width(), cell.style.line)
        painter.drawText(line, _LEFT, self._empty(field))

    def _since(
        self, painter: QPainter, top: int, found: Row, plan: RowPlan, lying: Arrangement, live: Here | None
    ) -> None:
        """A bar beside a row that changed, and under its live cell the words that were taken out of it."""
        theme, columns = self._theme, lying.columns
        if lying.since.changed({field: lying.cell(found, field).text for field in found.editable}, found.key):
            painter.fillRect(columns.gutter - theme.px(4), top, theme.px(3), plan.height - 1, theme.color("inserted"))
        words = lying.since.before(found.key, live.field, lying.cell(found, live.field).text) if live else []
        if live is not None and words:
            place = plan.texts[live.field].translated(0, top)
            place.setTop(place.bottom() + 1 - lying.note_height(found, live.field))
            self._taken_out(painter, place, words)

    def _taken_out(self, painter: QPainter, place: QRect, words: Sequence[str]) -> None:
        """Words struck through, one after the other as far as there is room."""
        font = QFont(self._small)
        font.setStrikeOut(True)
        painter.setFont(font)
        painter.setPen(self._theme.color("deleted"))
        for word in words:
            shown = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, _LEFT, shown)
            place.setLeft(place.left() + painter.fontMetrics().horizontalAdvance(shown) + self._theme.px(12))
            if place.width() < self._theme.px(24):
                return

    def _empty(self, field: Field) -> str:
        if field is Field.TARGET:
            return self._texts(self.UNTRANSLATED)
        if field is Field.SOURCE:
            return ""
        return self._texts(self.NO_ALT if field is Field.ALT else self.NO_CAPTION)

    def _frame(self, painter: QPainter, cell: QRect, focused: bool) -> None:
        painter.setPen(QPen(self._theme.color("accent" if focused else "outline"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(cell.adjusted(1, 1, -1, -1))

    def _picture(self, painter: QPainter, top: int, placement: Placement, plan: RowPlan) -> None:
        assert plan.picture is not None, "the plan of a picture"
        assert plan.credit is not None, "as above"
        assert plan.alt_label is not None, "as above"
        frame = plan.picture.translated(0, top)
        pixmap = None
        if placement.picture is not None:
            ratio = painter.device().devicePixelRatio()
            pixmap = self._thumbs.pixmap(placement.picture, QSize(frame.width(), frame.height()), ratio)
        if pixmap is not None:
            painter.drawPixmap(frame.topLeft(), pixmap)
        else:
            self._empty_frame(painter, frame, placement)
        painter.setFont(self._small)
        painter.setPen(self._theme.color("muted"))
        if placement.credit:
            self._line(painter, plan.credit.translated(0, top), self._texts(N_("Photo: {name}", name=placement.credit)))
        self._line(painter, plan.alt_label.translated(0, top), self._texts(self.ALT))

    def _empty_frame(self, painter: QPainter, frame: QRect, placement: Placement) -> None:
        waiting = placement.picture is not None and self._thumbs.reason(placement.picture) is None
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._theme.color("ground"))
        pen = QPen(self._theme.color("hairline" if waiting else "outline"))
        pen.setStyle(Qt.PenStyle.SolidLine if waiting else Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if not waiting:
            self._explain(painter, frame, placement)
        painter.restore()

    def _explain(self, painter: QPainter, frame: QRect, placement: Placement) -> None:
        px, wide = self._theme.px(20), frame.width() >= self._theme.px(130)
        room = frame.adjusted(6, self._theme.px(8 if wide else 2), -6, 0)
        if wide:
            icon = self._look.icon("image-missing", "muted")
            icon.paint(painter, frame.center().x() - px // 2, room.top(), px, px)
            room.setTop(room.top() + px)
        painter.setFont(self._small)
        painter.setPen(self._theme.color("muted"))
        missing = placement.picture is None
        if not wide:
            text = painter.fontMetrics().elidedText(placement.file, Qt.TextElideMode.ElideMiddle, room.width())
        elif missing:
            text = self._texts(N_("{file} is not in the archive", file=placement.file))
        else:
            text = self._texts(N_("{file} cannot be shown", file=placement.file))
        if missing:
            button = self.button_in(frame)
            room.setBottom(button.top() - 2)
        else:
            room.setBottom(frame.bottom() - 4)
        painter.drawText(room, _WRAPPED, self._fitting(painter, room, text, placement.file))
        if missing:
            painter.setBrush(self._theme.color("paper"))
            painter.setPen(QPen(self._theme.color("accent")))
            painter.drawRoundedRect(QRectF(button).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            painter.drawText(button, _CENTER, self._texts(self.LINK))

    def _fitting(self, painter: QPainter, room: QRect, text: str, file: str) -> str:
        """The text as it is, with the file's name cut short, or that name alone: whatever there is room for."""
        metrics, middle = painter.fontMetrics(), Qt.TextElideMode.ElideMiddle
        short = metrics.elidedText(file, middle, room.width())
        for fitting in (text, text.replace(file, short)):
            if metrics.boundingRect(room, _WRAPPED.value, fitting).height() <= room.height():
                return fitting
        return short

    def _credits(self, painter: QPainter, top: int, found: Row, plan: RowPlan, lying: Arrangement) -> None:
        painter.setPen(self._theme.color("muted"))
        for field, place in plan.texts.items():
            lying.cell(found, field).layout.draw(painter, QPointF(place.left(), top + place.top()))
        assert plan.credit is not None, "a plan of the credits"
        painter.setFont(self._small)
        self._line(painter, plan.credit.translated(0, top), self._texts(self.NOT_TYPED))

    def _line(self, painter: QPainter, place: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, place.width())
        painter.drawText(place, _LEFT, shown)
