"""How a story lies on the sheet: each row's height, exact once it was seen, guessed from its length before."""

from collections.abc import Sequence

from desktop_app.domain.story import BlockKind
from desktop_app.gui.editor.cells import Cells, CellStyles, Estimate, TextCell
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.layout import Heights
from desktop_app.gui.editor.places import (
    Columns,
    RowPlan,
    indent_of,
    picture_widths,
    plan_credits,
    plan_picture,
    plan_segment,
)
from desktop_app.gui.editor.rows import Field, Row
from desktop_app.gui.kit.theme import Theme

_GUESSED_PICTURE = 140  # a picture's row at 100 %
_SIDES = (Field.SOURCE, Field.TARGET)


class Arrangement:
    """Row heights and plans for one document, theme and width."""

    def __init__(
        self, document: StoryDocument, theme: Theme, styles: CellStyles, width: int, credits_: tuple[str, str]
    ) -> None:
        self._document = document
        self._theme = theme
        self._styles = styles
        self._cells = Cells()
        self._exact: set[str] = set()
        self.credits = credits_
        self.live: tuple[str, Field, int] | None = None
        """The text under the live editor and the height it takes there, a composition included."""
        self.columns = Columns.of(width, theme, len(document.rows))
        self.heights = Heights(self._guess(document.rows))

    def restructure(self, first: int, gone: int, come: int) -> None:
        """Rows went and others came; those that stay keep their heights."""
        rows = self._document.rows[first : first + come]
        for row in rows:
            self._exact.discard(row.key)
        self.heights.splice(first, gone, self._guess(rows))

    def _guess(self, rows: Sequence[Row]) -> list[int]:
        guess, lengths = _Guesses(self.columns, self._theme, self._styles), self._document.lengths
        return [guess(row.kind, *lengths(row.key)) for row in rows]

    def measured(self) -> int:
        """How many rows were measured so far."""
        return len(self._exact)

    def settle(self, row: int) -> int:
        """Measure a row that was only guessed; return by how much the guess was wrong."""
        found = self._document.rows[row]
        if found.key in self._exact:
            return 0
        return self.measure(row)

    def measure(self, row: int) -> int:
        """Measure a row; return by how much its height changed."""
        plan = self.plan(row)
        self._exact.add(self._document.rows[row].key)
        return self.heights.set(row, plan.height)

    def plan(self, row: int) -> RowPlan:
        """Where the parts of a row lie."""
        found = self._document.rows[row]
        columns, theme = self.columns, self._theme
        if found.kind is None:
            return plan_credits(columns, theme, *(self.cell(found, side).height for side in _SIDES))
        heights = {field: self._height(found, field) for field in found.editable}
        if found.kind is BlockKind.PICTURE:
            return plan_picture(columns, theme, heights)
        return plan_segment(columns, indent_of(found.kind, theme), heights[Field.SOURCE], heights[Field.TARGET])

    def cell(self, row: Row, field: Field) -> TextCell:
        """One text of a row, laid out."""
        if row.kind is None:
            text = self.credits[0 if field is Field.SOURCE else 1]
        else:
            text = self._document.text(row.key, field)
        style = self._styles.style(row.kind, field)
        return self._cells.cell(row.key, field, text, style, self.text_width(row, field))

    def text_width(self, row: Row, field: Field) -> int:
        """The width of one text of a row."""
        if field is Field.CAPTION_SOURCE:
            return picture_widths(self.columns, self._theme)[1]
        side = Field.SOURCE if field is Field.SOURCE else Field.TARGET
        return self.columns.text_width(side, indent_of(row.kind, self._theme))

    def _height(self, row: Row, field: Field) -> int:
        height = self.cell(row, field).height
        if self.live is not None and self.live[0] == row.key and self.live[1] is field:
            return max(height, self.live[2])
        return height


class _Guesses:
    """Guesses the heights of rows by kind and length of their texts."""

    def __init__(self, columns: Columns, theme: Theme, styles: CellStyles) -> None:
        self._columns = columns
        self._theme = theme
        self._styles = styles
        self._estimates: dict[BlockKind, tuple[Estimate, Estimate]] = {}

    def __call__(self, kind: BlockKind | None, source: int, target: int) -> int:
        if kind is None:
            return self._theme.px(64)
        if kind is BlockKind.PICTURE:
            return self._theme.px(_GUESSED_PICTURE)
        pair = self._estimates.get(kind)
        if pair is None:
            indent = indent_of(kind, self._theme)
            zh, en = (
                Estimate(self._styles.style(kind, side), self._columns.text_width(side, indent), side is Field.SOURCE)
                for side in _SIDES
            )
            pair = self._estimates[kind] = (zh, en)
        return max(pair[0].height(source), pair[1].height(target)) + 2 * self._columns.pad_y + 1
