"""One step on the sign-off strip: a round mark, the step's name, and who or when below it."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.theme import ui_font
from desktop_app.gui.review.steps import StepView

_MARK, _GAP = 22, 8
_TICK = ((6.5, 11.4), (9.7, 14.6), (15.6, 7.8))  # in a mark of 22; fonts disagree on where the glyph sits


class StepCell(QWidget):
    """A step: filled and ticked when signed, ringed when next, filled with an exclamation when stale."""

    def __init__(self, view: StepView, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self._look = look
        detail = view.detail if view.word in view.detail else f"{view.word}, {view.detail}"
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

    def widths(self) -> tuple[int, int, int]:
        """The width of the mark alone, with the step's name, and with everything."""
        theme = self._look.theme
        title, detail = (QFontMetrics(font) for font in self._fonts())
        left = theme.px(_MARK + _GAP) + 4
        named = left + title.horizontalAdvance(self.view.title)
        return theme.px(_MARK), named, max(named, left + detail.horizontalAdvance(self.view.detail))

    def sizeHint(self) -> QSize:
        title, detail = (QFontMetrics(font) for font in self._fonts())
        return QSize(self.widths()[2], title.height() + detail.height())

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
        top = (self.height() - title.height() - detail.height()) // 2
        later, stale = self.view.kind == "later", self.view.kind == "stale"
        for font, metrics, text, token in (
            (fonts[0], title, self.view.title, "muted" if later else "ink"),
            (fonts[1], detail, self.view.detail, "error" if stale or self.view.late else "muted"),
        ):
            box = QRect(left, top, self.width() - left, metrics.height())
            painter.setFont(font)
            painter.setPen(theme.color(token))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
            top += metrics.height()


def _draw_tick(painter: QPainter, mark: QRect, color: QColor) -> None:
    unit = mark.width() / _MARK
    painter.setPen(QPen(color, 2 * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline([QPointF(mark.left() + x * unit, mark.top() + y * unit) for x, y in _TICK])
