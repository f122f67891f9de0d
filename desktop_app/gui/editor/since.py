"""What changed in the open story since an older text: the marked texts of rows, and how their marks are drawn."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence

from PySide6.QtGui import QTextCharFormat, QTextLayout

from desktop_app.domain.changes import placement_text
from desktop_app.domain.story import Content
from desktop_app.domain.text_ops import Op, text_ops
from desktop_app.gui.editor.cells import TextCell
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.editor.utf16 import units
from desktop_app.gui.kit.theme import Theme

_KEPT = 200  # marked texts; a window shows some forty
_CAPTIONS = (Field.CAPTION_SOURCE, Field.CAPTION_TARGET, Field.ALT)


class Since:
    """The older texts by row and field. Rows are compared when they are painted, and what was compared is kept."""

    def __init__(self, theme: Theme) -> None:
        self._texts: dict[tuple[str, Field], str] | None = None
        self._cells: OrderedDict[tuple[str, Field], tuple[tuple[Op, ...], TextCell]] = OrderedDict()
        self.use(theme)

    def use(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._cells.clear()
        self._marks = {sign: _mark(theme, sign) for sign in "-+"}

    @property
    def on(self) -> bool:
        """Whether changes are shown."""
        return self._texts is not None

    def take(self, base: Content | None) -> set[str] | None:
        """Compare with another older text, None: show no changes. Return the rows it says something else of.

        None stands for all rows.
        """
        before, self._texts = self._texts, None if base is None else _texts(base)
        if before is None or self._texts is None:
            return None
        places = before.keys() | self._texts.keys()
        return {key for key, field in places if before.get((key, field)) != self._texts.get((key, field))}

    def ops(self, key: str, field: Field, text: str) -> tuple[Op, ...]:
        """How ``text`` came of the older one; empty where nothing changed, or nothing is known of it."""
        old = self._texts.get((key, field)) if self._texts is not None else None
        return text_ops(old, text) if old is not None and old != text else ()

    def cell(self, key: str, field: Field, plain: TextCell) -> TextCell:
        """The text with its changes marked and the words in it that were taken out; as it is where nothing changed."""
        ops = self.ops(key, field, plain.text)
        if not ops:
            return plain
        place = (key, field)
        known = self._cells.get(place)
        if known is None or known[0] != ops or known[1].width != plain.width or known[1].style is not plain.style:
            text = "".join(part for _, part in ops)
            known = ops, TextCell(text, plain.style, plain.width, self._formats(ops))
            self._cells[place] = known
            if len(self._cells) > _KEPT:
                self._cells.popitem(last=False)
        self._cells.move_to_end(place)
        return known[1]

    def _formats(self, ops: Sequence[Op]) -> list[QTextLayout.FormatRange]:
        marked: list[QTextLayout.FormatRange] = []
        at = 0
        for sign, part in ops:
            if sign != "=":
                marked.append(_range(at, units(part), self._marks[sign]))
            at += units(part)
        return marked

    def changed(self, texts: Mapping[Field, str], key: str) -> bool:
        """Whether a row has changes."""
        return any(self.ops(key, field, text) for field, text in texts.items())

    def before(self, key: str, field: Field, text: str) -> list[str]:
        """The words that were taken out of a text."""
        return [part.strip() for sign, part in self.ops(key, field, text) if sign == "-" and part.strip()]

    def over(self, ops: Sequence[Op], formats: Sequence[QTextLayout.FormatRange]) -> list[QTextLayout.FormatRange]:
        """The ranges to draw over the marked text, made of those over the newer one."""
        gaps: list[tuple[int, int]] = []  # where in the newer text words are missing, and how many units
        at = 0
        for sign, part in ops:
            if sign == "-":
                gaps.append((at, units(part)))
            else:
                at += units(part)
        return [piece for one in formats for piece in _moved(one, gaps)]

    def inserted(self, key: str, field: Field, text: str) -> list[QTextLayout.FormatRange]:
        """The ranges of new words in a text that is shown without those taken out."""
        found: list[QTextLayout.FormatRange] = []
        at = 0
        for sign, part in self.ops(key, field, text):
            if sign == "+":
                found.append(_range(at, units(part), self._marks["+"]))
            at += units(part) if sign != "-" else 0
        return found


def _texts(base: Content) -> dict[tuple[str, Field], str]:
    found: dict[tuple[str, Field], str] = {}
    for block in base.blocks:
        for segment in block.segments:
            found[segment.id, Field.TARGET] = segment.target
        if block.placement is not None:
            for field in _CAPTIONS:
                found[block.id, field] = placement_text(block.placement, field.value)
    return found


def _mark(theme: Theme, sign: str) -> QTextCharFormat:
    token = "deleted" if sign == "-" else "inserted"
    mark = QTextCharFormat()
    mark.setForeground(theme.color(token))
    mark.setBackground(theme.color(f"{token}_ground"))
    mark.setFontStrikeOut(sign == "-")
    mark.setFontUnderline(sign != "-")
    return mark


def _range(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, look
    return made


def _moved(one: QTextLayout.FormatRange, gaps: Sequence[tuple[int, int]]) -> list[QTextLayout.FormatRange]:
    """A range over the newer text in the marked one, cut where deleted words lie in it."""
    start, end, shift = one.start, one.start + one.length, 0
    pieces: list[QTextLayout.FormatRange] = []
    for place, length in gaps:
        if start < place < end:
            pieces.append(_range(start + shift, place - start, one.format))
            start = place
        if place <= start:
            shift += length
    pieces.append(_range(start + shift, end - start, one.format))
    return pieces
