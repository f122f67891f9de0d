"""One step on the sign-off strip: a round mark, the step's name, and who or when below it."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.theme import ui_font
from desktop_app.gui.review.steps import StepView

_MARK, _GAP = 22, 8
_TICK = ((6.5, 11.4), (9.7, 14.6), (15.6, 7.8))  # in a mark of 22; fonts disagree on where the glyph sits


def fitted(view: StepView, room: int, width_of: Callable[[str], int]) -> str:
    """The detail of a step in so much room: the time goes first, then the name, then all of it; no part is cut."""
    parts = view.detail.split(" · ")
    timeless = [part for part in parts if part != view.when]
    nameless = [part for part in timeless if not view.who or view.who not in part]
    shorter = (" · ".join(nameless[:count]) for count in range(len(nameless), 0, -1))
    return next((one for one in (view.detail, " · ".join(timeless), *shorter) if width_of(one) <= room), "")


class StepCell(QWidget):
    """A step: filled and ticked when signed, ringed when next, filled with an exclamation when stale."""

    def __init__(self, view: StepView, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.detailed = True  # whether there is room for the second line
        self._look = look
        whole = view.full or view.detail
        detail = whole if view.word in whole else f"{view.word}, {whole}"
        self.setAccessibleName(f"{view.title}: {detail}")
        self.setToolTip("\n".join(filter(None, (self.accessibleName(), view.proof))))
        self.setAccessibleDescription(view.proof)
        look.changed.connect(self._on_look_changed)

    def _fonts(self) -> tuple[QFont, QFont]:
        theme = self._look.theme
        return ui_font(theme.px(13), bold=self.view.kind in {"open", "stale"}), ui_font(theme.px(11.5))

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def _draw_mark(self, painter: QPainter, mark: QRect) -> None:
        theme, kind = self._look.theme, self.view.kind
        circle = QRectF(mark).adjusted(1, 1, -1, -1)
        if kind in {"signed", "stale"}:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("good" if kind == "signed" else "error"))
            painter.drawEllipse(circle)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if kind == "signed":
                _draw_tick(painter, mark, theme.color("paper"))
                return
            painter.setPen(theme.color("paper"))
        else:
            is_open = kind == "open"
            painter.setPen(QPen(theme.color("accent" if is_open else "outline"), 2 if is_open else 1))
            painter.drawEllipse(circle)
            painter.setPen(theme.color("accent" if is_open else "muted"))
        painter.setFont(ui_font(theme.px(12), bold=kind != "later"))
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, self.view.glyph)

    def widths(self) -> tuple[int, int, int, int]:
        """The width of the mark alone, with the step's name, with the detail but for its time, and with everything."""
        theme, view = self._look.theme, self.view
        title, detail = (QFontMetrics(font) for font in self._fonts())
        left = theme.px(_MARK + _GAP) + 4
        named = left + title.horizontalAdvance(view.title)
        brief = " · ".join(part for part in view.detail.split(" · ") if part != view.when)
        timeless, whole = (max(named, left + detail.horizontalAdvance(text)) for text in (brief, view.detail))
        return theme.px(_MARK), named, timeless, whole

    def sizeHint(self) -> QSize:
        title, detail = (QFontMetrics(font) for font in self._fonts())
        return QSize(self.widths()[3], title.height() + detail.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = theme.px(_MARK)
        self._draw_mark(painter, QRect(0, (self.height() - size) // 2, size, size))
        left = theme.px(_MARK + _GAP)
        if self.width() < left:
            return
        fonts = self._fonts()
        title, detail = (QFontMetrics(font) for font in fonts)
        later, stale = self.view.kind == "later", self.view.kind == "stale"
        room = self.width() - left
        name = title.elidedText(self.view.title, Qt.TextElideMode.ElideRight, room)
        told = fitted(self.view, room, detail.horizontalAdvance) if self.detailed else ""
        top = (self.height() - title.height() - (detail.height() if told else 0)) // 2
        for font, metrics, text, token in (
            (fonts[0], title, name, "muted" if later else "ink"),
            (fonts[1], detail, told, "error" if stale or self.view.late else "muted"),
        ):
            painter.setFont(font)
            painter.setPen(theme.color(token))
            box = QRect(left, top, room, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
            top += metrics.height()


def _draw_tick(painter: QPainter, mark: QRect, color: QColor) -> None:
    unit = mark.width() / _MARK
    painter.setPen(QPen(color, 2 * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline([QPointF(mark.left() + x * unit, mark.top() + y * unit) for x, y in _TICK])
