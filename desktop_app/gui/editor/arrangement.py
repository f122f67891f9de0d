"""How a story lies on the sheet: each row's height, exact once it was seen, guessed from its length before."""

from collections.abc import Sequence

from desktop_app.domain.story import BlockKind
from desktop_app.gui.editor.cells import Cells, CellStyles, Estimate, TextCell
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.folds import Folds, Shown
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
from desktop_app.gui.editor.since import Since
from desktop_app.gui.kit.theme import Theme

_GUESSED_PICTURE = 140  # a picture's row at 100 %
_UNKNOWN = 76  # a row that was not even guessed yet, at 100 %
_GAP = 26  # the line of a gap at 100 %
_NOTE = 20  # the line under the live editor at 100 %
_SIDES = (Field.SOURCE, Field.TARGET)


class Arrangement:
    """Row heights and plans for one document, theme and width.

    Guessing 10,000 rows takes 15 ms, so it is done in slices: until ``guess_on`` says that it is done, rows that nobody
    has seen have the heights of the arrangement before (``like``), or all the same one.
    """

    def __init__(
        self,
        document: StoryDocument,
        theme: Theme,
        styles: CellStyles,
        width: int,
        credits_: tuple[str, str],
        folds: Folds,
        like: "Arrangement | None" = None,
        since: Since | None = None,
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
        self.folds = folds
        self.gap_line = theme.px(_GAP)
        unknown = [theme.px(_UNKNOWN)] * len(document.rows)
        self._natural: list[int] = like._natural if like is not None else unknown
        self._keys = [row.key for row in document.rows]
        self._guesses: list[int] | None = []
        self.since = since if since is not None else Since(theme)
        self.heights = Heights()
        self.refold()

    def refold(self) -> None:
        """Follow ``folds``: other rows are shown than before."""
        self.heights.reset(self.folds.heights(self._natural, self.gap_line))

    def restructure(self, first: int, gone: int, come: int) -> None:
        """Rows went and others came; those that stay keep their heights."""
        rows = self._document.rows[first : first + come]
        for row in rows:
            self._exact.discard(row.key)
        self._natural[first : first + gone] = self._guess(rows)
        if self._guesses is not None:
            self._guesses = []
        states = {key: self.folds.state(first + place) for place, key in enumerate(self._keys[first : first + gone])}
        self.folds.splice(first, gone, [states.get(row.key, Shown.FULL) for row in rows])  # new ones somebody just made
        self._keys[first : first + gone] = [row.key for row in rows]
        self.refold()

    def guess_on(self, how_many: int) -> bool:
        """Guess some more rows; return whether all are guessed. Then ``heights`` has them."""
        if self._guesses is None:
            return True
        rows, done = self._document.rows, len(self._guesses)
        self._guesses += self._guess(rows[done : done + how_many])
        if len(self._guesses) < len(rows):
            return False
        pairs = zip(rows, self._guesses, self._natural, strict=True)
        self._natural = [known if row.key in self._exact else guess for row, guess, known in pairs]
        self._guesses = None
        self.refold()
        return True

    def _guess(self, rows: Sequence[Row]) -> list[int]:
        guess, lengths = _Guesses(self.columns, self._theme, self._styles), self._document.lengths
        return [guess(row.kind, *lengths(row.key)) for row in rows]

    def measured(self) -> int:
        """How many rows were measured so far."""
        return len(self._exact)

    def settle(self, row: int) -> int:
        """Measure a row that was only guessed; return by how much the guess was wrong."""
        found = self._document.rows[row]
        if found.key in self._exact or self.folds.hidden(row):
            return 0
        return self.measure(row)

    def measure(self, row: int) -> int:
        """Measure a row; return by how much its height changed."""
        height = self._natural[row] = self.plan(row).height
        self._exact.add(self._document.rows[row].key)
        return self.heights.set(row, self.folds.height(row, height, self.gap_line))

    def plan(self, row: int) -> RowPlan:
        """Where the parts of a row lie when it is shown."""
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

    def shown(self, row: Row, field: Field) -> TextCell:
        """One text as it is painted: where changes are shown, with the words in it that were taken out."""
        return self.since.cell(row.key, field, self.cell(row, field))

    def note_height(self, row: Row, field: Field) -> int:
        """The height of the line under the live editor that says what was taken out; 0 where nothing was."""
        return self._theme.px(_NOTE) if self.since.before(row.key, field, self.cell(row, field).text) else 0

    def text_width(self, row: Row, field: Field) -> int:
        """The width of one text of a row."""
        if field is Field.CAPTION_SOURCE:
            return picture_widths(self.columns, self._theme)[1]
        side = Field.SOURCE if field is Field.SOURCE else Field.TARGET
        return self.columns.text_width(side, indent_of(row.kind, self._theme))

    def _height(self, row: Row, field: Field) -> int:
        if self.live is not None and self.live[0] == row.key and self.live[1] is field:
            return max(self.cell(row, field).height, self.live[2]) + self.note_height(row, field)
        return self.shown(row, field).height


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
