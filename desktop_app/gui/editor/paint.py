"""Painting one row: grounds and hairlines, gutter, both texts, picture and credits. It keeps no state of the story."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from desktop_app.domain.story import Placement, Segment
from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.arrangement import Arrangement
from desktop_app.gui.editor.document import StoryDocument
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
        found = document.rows[row]
        plan, columns, active = lying.plan(row), lying.columns, here.key == found.key
        self._grounds(painter, top, plan, columns, active)
        segment, placement = document.segment(found.key), document.placement(found.key)
        self._gutter(painter, top, row, found, segment, columns)
        self._margin(painter, top, found, marks, columns)
        if placement is not None:
            self._picture(painter, top, placement, plan)
        if found.kind is None:
            self._credits(painter, top, found, plan, lying)
            return
        for field in found.editable:
            if not (active and field is here.field):
                self._text(painter, top, found, field, plan, lying, marks)
        if active:
            self._frame(painter, plan.cells[here.field].translated(0, top), here.focused)

    def _grounds(self, painter: QPainter, top: int, plan: RowPlan, columns: Columns, active: bool) -> None:
        color, height = self._theme.color, plan.height - 1
        painter.fillRect(0, top, columns.gutter, height, color("active_row" if active else "gutter"))
        ground = color("active_row" if active else "paper")
        painter.fillRect(columns.gutter, top, columns.width - columns.gutter, height, ground)
        painter.setPen(self._hairline)
        bottom = top + height
        painter.drawLine(0, bottom, columns.width, bottom)
        painter.drawLine(columns.gutter - 1, top, columns.gutter - 1, bottom)
        painter.drawLine(columns.middle - 1, top, columns.middle - 1, bottom)

    def _gutter(
        self, painter: QPainter, top: int, row: int, found: Row, segment: Segment | None, columns: Columns
    ) -> None:
        if found.kind is None:
            return
        line = self._theme.px(24)
        glyph = columns.gutter - self._theme.px(24)
        painter.setFont(self._small)
        painter.setPen(self._theme.color("muted"))
        painter.drawText(QRect(0, top + columns.pad_y, glyph, line), _RIGHT, str(row + 1))
        if segment is None:
            self._icon(painter, "pictures", "muted", QPoint(glyph + self._theme.px(5), top + columns.pad_y), line)
            return
        mark = SEGMENT_MARKS[segment.status]
        painter.setFont(self._mark_font)
        painter.setPen(self._theme.color(mark.tone))
        place = QRect(glyph, top + columns.pad_y, columns.gutter - glyph - 2, line)
        painter.drawText(place, _CENTER, mark.glyph)
        if segment.locked:
            below = QPoint(place.center().x() - self._icon_px // 2, place.top() + self._theme.px(19))
            self._icon(painter, "lock", "muted", below, self._icon_px)

    def _icon(self, painter: QPainter, name: str, color: str, at: QPoint, line: int) -> None:
        px = self._icon_px
        self._look.icon(name, color).paint(painter, at.x(), at.y() + (line - px) // 2, px, px)

    def _margin(self, painter: QPainter, top: int, found: Row, marks: Marks, columns: Columns) -> None:
        place = QRect(columns.target_end, top + columns.pad_y, columns.width - columns.target_end, self._theme.px(24))
        worst, percent = marks.worst(found.key), marks.percent(found.key)
        if percent is not None:
            below = place if worst is None else place.translated(0, self._theme.px(16))
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
        cell = lying.cell(found, field)
        if cell.text:
            painter.setPen(self._theme.color("ink"))
            formats = marks.formats(found.key, field, cell.text)
            cell.layout.draw(painter, QPointF(place.left(), top + place.top()), formats)
            return
        painter.setFont(cell.style.font)
        painter.setPen(self._theme.color("muted"))
        line = QRect(place.left(), top + place.top(), place.width(), cell.style.line)
        painter.drawText(line, _LEFT, self._empty(field))

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
        painter.drawText(room, _WRAPPED, text)
        if missing:
            painter.setBrush(self._theme.color("paper"))
            painter.setPen(QPen(self._theme.color("accent")))
            painter.drawRoundedRect(QRectF(button).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            painter.drawText(button, _CENTER, self._texts(self.LINK))

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
