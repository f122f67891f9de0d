"""Laying out and painting a text with its changes marked: inserted underlined, deleted struck, on tinted grounds."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption

from desktop_app.gui.kit.theme import Theme, story_font
from desktop_app.gui.review.change_rows import Passage

_LEADING = 1.6  # line height of story text (mock-ups)


def passage_font(passage: Passage, theme: Theme) -> QFont:
    """The type of a passage: headlines larger and bold, labelled texts (captions, credits) a little smaller."""
    if passage.heading:
        return story_font(passage.language, theme.px(19), bold=True)
    return story_font(passage.language, theme.px(13.5 if passage.label is not None else 15))


class MarkedText:
    """One passage laid out for a width. Made anew for another width or theme; cheap enough to cache by row."""

    def __init__(self, passage: Passage, width: int, theme: Theme) -> None:
        self._theme = theme
        self._passage = passage
        text = "".join(part for _, part in passage.ops)
        font = passage_font(passage, theme)
        self._layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._layout.setFormats(self._formats())
        metrics = QFontMetricsF(font)
        line_height = round(font.pixelSize() * _LEADING)
        y = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(width, 24))
            line.setPosition(QPointF(0, y + max(0.0, (line_height - metrics.height()) / 2)))
            y += max(line_height, metrics.height())
        self._layout.endLayout()
        self.height = round(y)

    def _formats(self) -> list[QTextLayout.FormatRange]:
        formats: list[QTextLayout.FormatRange] = []
        at = 0
        for sign, text in self._passage.ops:
            if sign != "=" or self._passage.replaced:
                piece = QTextLayout.FormatRange()
                piece.start, piece.length, piece.format = at, _units(text), self._format(sign)
                formats.append(piece)
            at += _units(text)
        return formats

    def _format(self, sign: str) -> QTextCharFormat:
        token = "deleted" if sign == "-" else "inserted"
        marked = QTextCharFormat()
        marked.setForeground(self._theme.color(token))
        marked.setBackground(self._theme.color(f"{token}_ground"))
        marked.setFontStrikeOut(sign == "-")
        marked.setFontUnderline(sign != "-")
        return marked

    def formats(self) -> list[QTextLayout.FormatRange]:
        """How the changes are marked, in order."""
        return self._layout.formats()

    def boxes(self, run: int) -> list[QRectF]:
        """Where a change lies, a rectangle for every line that it covers."""
        return self._boxes(*self._passage.runs()[run])

    def draw(self, painter: QPainter, at: QPointF, ink: QColor) -> None:
        """Paint the text with its top left at ``at``."""
        painter.setPen(ink)
        self._layout.draw(painter, at)

    def frame_run(self, painter: QPainter, at: QPointF, run: int) -> None:
        """Draw a frame round one change, on every line that it covers."""
        painter.save()
        painter.setPen(QPen(self._theme.color("accent"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in self.boxes(run):
            painter.drawRoundedRect(box.translated(at).adjusted(-2, -1, 2, 1), 3, 3)
        painter.restore()

    def run_top(self, run: int) -> int:
        """How far below the top of the text a change begins."""
        boxes = self.boxes(run)
        return round(boxes[0].top()) if boxes else 0

    def _boxes(self, start: int, end: int) -> list[QRectF]:
        """Where a range of characters lies, a rectangle a line."""
        text = self._layout.text()
        start, end = _units(text[:start]), _units(text[:end])
        boxes: list[QRectF] = []
        for index in range(self._layout.lineCount()):
            line = self._layout.lineAt(index)
            first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
            if first < last:
                left, right = (_x(line.cursorToX(place)) for place in (first, last))
                boxes.append(QRectF(min(left, right), line.y(), abs(right - left), line.height()))
        return boxes


def _units(text: str) -> int:
    """The length of a text as Qt counts: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _x(answer: object) -> float:
    """``cursorToX`` answers with a pair: the x, and the place it took."""
    return float(answer[0]) if isinstance(answer, tuple) else 0.0
