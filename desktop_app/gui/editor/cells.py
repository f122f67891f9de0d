"""Texts laid out for the cells: their fonts and line heights by kind of block, and a cache of finished layouts."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QTextBlockFormat, QTextLayout, QTextOption

from desktop_app.domain.story import BlockKind
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.kit.theme import Theme, story_font

_KEPT = 600  # layouts; a window shows some forty
_BASELINE = 0.8  # where QTextDocumentLayout puts the baseline in a line of fixed height (getLineHeightParams, Qt 6)


@dataclass(frozen=True)
class CellStyle:
    """A font and the distance between its lines, in pixels."""

    font: QFont
    line: int

    def block_format(self) -> QTextBlockFormat:
        """The same line height for a ``QTextDocument``."""
        format_ = QTextBlockFormat()
        format_.setLineHeight(self.line, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        return format_


class CellStyles:
    """The style of every text, for one theme and one pair of languages."""

    _SIZES = {  # noqa: RUF012 - read only; (px, bold, line height)
        BlockKind.HEADLINE: (20.0, True, 1.45),
        BlockKind.DECK: (16.0, False, 1.55),
        BlockKind.SUBHEADING: (16.0, True, 1.5),
    }
    _TEXT = (15.0, False, 1.6)
    _CAPTION = (14.0, False, 1.5)
    _ALT = (12.5, False, 1.5)

    def __init__(self, theme: Theme, source: str, target: str) -> None:
        self._theme = theme
        self._source = source
        self._target = target
        self._made: dict[tuple[BlockKind | None, Field], CellStyle] = {}

    def style(self, kind: BlockKind | None, field: Field) -> CellStyle:
        """The style of one text of a row; ``kind`` None is the credits row."""
        key = (kind, field)
        if key not in self._made:
            px, bold, line = self._size(kind, field)
            chinese = field in {Field.SOURCE, Field.CAPTION_SOURCE}
            language = self._source if chinese else self._target
            grown = 0.5 if language.startswith("zh") and field is Field.SOURCE else 0.0
            height = self._theme.px(px * line)
            self._made[key] = CellStyle(story_font(language, self._theme.px(px + grown), bold=bold), height)
        return self._made[key]

    def _size(self, kind: BlockKind | None, field: Field) -> tuple[float, bool, float]:
        if field is Field.ALT or kind is None:
            return self._ALT
        if kind is BlockKind.PICTURE:
            return self._CAPTION
        return self._SIZES.get(kind, self._TEXT)


class TextCell:
    """One text, broken to a width."""

    def __init__(
        self, text: str, style: CellStyle, width: int, formats: Sequence[QTextLayout.FormatRange] = ()
    ) -> None:
        """Lay a text out; ``formats`` are drawn with it always."""
        self.text = text
        self.style = style
        self.width = width
        # A line break inside a text would end the paragraph; Qt's separator only ends the line.
        self.layout = QTextLayout(text.replace("\n", "\u2028"), style.font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.layout.setTextOption(option)
        self.layout.setCacheEnabled(True)
        if formats:
            self.layout.setFormats(list(formats))
        top = 0.0
        self.layout.beginLayout()
        while (line := self.layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top + style.line * _BASELINE - line.ascent() - max(line.leading(), 0.0)))
            top += style.line
        self.layout.endLayout()
        self.height = ceil(max(top, style.line))


class Cells:
    """Keeps the layouts used last; a text, style or width that changed is laid out anew."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], TextCell] = OrderedDict()

    def cell(self, key: str, field: str, text: str, style: CellStyle, width: int) -> TextCell:
        """The layout of one text of one row."""
        place = (key, field)
        found = self._kept.get(place)
        if found is not None and found.text == text and found.width == width and found.style is style:
            self._kept.move_to_end(place)
            return found
        cell = self._kept[place] = TextCell(text, style, width)
        self._kept.move_to_end(place)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return cell

    def clear(self) -> None:
        """Forget all layouts: fonts have changed."""
        self._kept.clear()


class Estimate:
    """Guesses a text's height from its length, for rows that nobody has seen yet."""

    _SAMPLES = ("双方就进一步深化合作进行了交流。", "The two sides signed three framework agreements for cooperation.")

    def __init__(self, style: CellStyle, width: int, chinese: bool) -> None:
        sample = self._SAMPLES[0] if chinese else self._SAMPLES[1]
        advance = QFontMetricsF(style.font).horizontalAdvance(sample) / len(sample)
        self._per_line = max(1.0, (width / advance) - (0.5 if chinese else 3.0))
        self._line = style.line

    def height(self, length: int) -> int:
        """The height of a text of so many characters."""
        return self._line * (ceil(length / self._per_line) or 1)
