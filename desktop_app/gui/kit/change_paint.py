"""Paints one row of a list of changes: the box, the number, the text with its marks on two lines, and a note."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.theme import story_font, ui_font

Op = tuple[str, str]
_HEIGHT = 54  # pixels at 100 %: two lines of text and air
_BEFORE, _BETWEEN = 38, 56  # characters of unchanged text before the first mark and between two
_LONGEST = 600  # characters that can be on two lines


def cut(ops: Sequence[Op]) -> list[Op]:
    """Leave of the unchanged text only what stands near the marks, so that the first is always in view."""
    parts: list[Op] = []
    for place, (sign, text) in enumerate(ops):
        shown = " ".join(text.split("\n"))
        if sign == "=" and place == 0 and len(ops) > 1 and len(shown) > _BEFORE:
            blank = shown.find(" ", len(shown) - _BEFORE, len(shown) - _BEFORE // 2)
            shown = "…" + shown[blank + 1 if blank >= 0 else len(shown) - _BEFORE :]
        elif sign == "=" and 0 < place < len(ops) - 1 and len(shown) > _BETWEEN:
            shown = f"{shown[: _BETWEEN // 2]} … {shown[-_BETWEEN // 2 :]}"
        parts.append((sign, shown[:_LONGEST]))
    return parts


def _box(look: Look, row: QRect) -> QRect:
    side = look.theme.px(15)
    return QRect(row.left() + look.theme.px(12), row.center().y() - side // 2, side, side)


def box_under(look: Look, row: QRect, at: QPoint) -> bool:
    """Whether a point of a row is on its box, or near enough for a hurried hand."""
    air = look.theme.px(8)
    return _box(look, row).adjusted(-air, -air, air, air).contains(at)


class RowPainter(QStyledItemDelegate):
    """Draws rows of a ``ChangeModel``."""

    def __init__(self, look: Look, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._look = look

    def _px(self, length: float) -> int:
        return self._look.theme.px(length)

    def _color(self, token: str) -> QColor:
        return self._look.theme.color(token)

    def _format(self, sign: str) -> QTextCharFormat:
        look = QTextCharFormat()
        if sign == "!":
            look.setBackground(self._color("selection"))
            look.setFontWeight(QFont.Weight.DemiBold)
        elif sign in {"-", "+"}:
            token = "deleted" if sign == "-" else "inserted"
            look.setForeground(self._color(token))
            look.setBackground(self._color(f"{token}_ground"))
            look.setFontStrikeOut(sign == "-")
            look.setFontUnderline(sign == "+")
        return look

    def _marked(self, painter: QPainter, box: QRect, ops: Sequence[Op], language: str) -> None:
        """Draw a text on at most two lines; the second ends in an ellipsis where more follows."""
        ops = cut(ops)
        text = "".join(part for _, part in ops)
        font = story_font(language, self._px(13))
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        ranges: list[QTextLayout.FormatRange] = []
        at = 0
        for sign, part in ops:
            length = len(part.encode("utf-16-le", "surrogatepass")) // 2
            if sign != "=" and length:
                made = QTextLayout.FormatRange()
                made.start, made.length, made.format = at, length, self._format(sign)
                ranges.append(made)
            at += length
        layout.setFormats(ranges)
        height = QFontMetrics(font).height()
        layout.beginLayout()
        lines = []
        for number in range(2):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(box.width() - (self._px(12) if number else 0))
            line.setPosition(QPointF(0, number * height))
            lines.append(line)
        layout.endLayout()
        ended = not lines or lines[-1].textStart() + lines[-1].textLength() >= at
        top = box.top() + max(0, (box.height() - height * len(lines)) // 2)
        painter.setPen(self._color("ink"))
        painter.save()
        painter.setClipRect(QRect(box.left(), top, box.width(), height * len(lines)))
        layout.draw(painter, QPointF(box.left(), top))
        painter.restore()
        if not ended:
            painter.setFont(font)
            at_end = box.left() + int(lines[1].naturalTextWidth()) + 1
            painter.drawText(at_end, top + height + QFontMetrics(font).ascent(), "…")

    def _tick(self, painter: QPainter, box: QRect, state: Qt.CheckState) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = state is not Qt.CheckState.Unchecked
        painter.setPen(self._color("accent" if on else "outline"))
        painter.setBrush(self._color("accent" if on else "paper"))
        painter.drawRoundedRect(box, 4, 4)
        if state is Qt.CheckState.Checked:
            self._look.icon("check", "accent_ink").paint(painter, box.adjusted(2, 2, -2, -2))
        elif on:
            inner = QRect(box.left() + box.width() // 4, box.center().y(), box.width() - box.width() // 2 + 1, 2)
            painter.fillRect(inner, self._color("accent_ink"))

    def _line(self, painter: QPainter, box: QRect, text: str, font: QFont, token: str, *, right: bool = False) -> None:
        painter.setFont(font)
        painter.setPen(self._color(token))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)

    # Qt overrides

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        row = model.row(index)  # type: ignore[attr-defined] # a ChangeModel, whose module imports this one
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if row.key is None:
            painter.fillRect(box, self._color("ground"))
        elif state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self._color("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self._color("hover"))
        ticked = model.state(row)  # type: ignore[attr-defined] # as above
        left = self._px(12)
        if model.has_boxes:  # type: ignore[attr-defined] # as above
            left = self._px(38)
            if ticked is not None:
                self._tick(painter, _box(self._look, box), ticked)
        inner = QRect(box.left() + left, box.top(), box.width() - left - self._px(12), box.height() - 1)
        if row.key is None:
            half = inner.height() // 2
            upper = QRect(inner.left(), inner.top() + self._px(6), inner.width(), half - self._px(4))
            lower = QRect(inner.left(), upper.bottom(), inner.width(), half - self._px(2))
            self._line(painter, upper, row.label, ui_font(self._px(13), bold=True), "ink")
            self._line(painter, lower, row.note, ui_font(self._px(11.5)), row.tone)
        else:
            self._paint_text(painter, inner, row.label, row.note, row.tone, model.ops_of(row), row.language)  # type: ignore[attr-defined] # as above
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), self._color("hairline"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, 0, -1, -2))
        painter.restore()

    def _paint_text(
        self, painter: QPainter, box: QRect, label: str, note: str, tone: str, ops: Sequence[Op], language: str
    ) -> None:
        small = ui_font(self._px(11.5))
        number = self._px(38) if label else 0
        self._line(
            painter, QRect(box.left(), box.top(), max(0, number - self._px(6)), box.height()), label, small, "muted"
        )
        width = 0
        if note:
            width = min(QFontMetrics(small).horizontalAdvance(note) + 4, box.width() * 2 // 5)
            place = QRect(box.right() - width + 1, box.top(), width, box.height())
            self._line(painter, place, note, small, tone, right=True)
            width += self._px(14)
        text = QRect(box.left() + number, box.top(), box.width() - number - width, box.height())
        self._marked(painter, text, ops, language)

    def sizeHint(
        self,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        return QSize(0, self._px(_HEIGHT))
