"""Two texts put against each other, to be corrected by hand: rows of neighbouring sentences, and what changes them.

Rows part both texts from beginning to end, so that no correction can lose a sentence or change the order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from desktop_app.language.alignment import Bead

Side = Literal["source", "target"]
_DOUBTFUL = 0.5


@dataclass(frozen=True, slots=True)
class PairedRow:
    """How many sentences of each side answer one another; ``score`` is None where a person put them so."""

    source: int
    target: int
    score: float | None = None
    left_out: bool = False
    approved: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look: the aligner is not sure, or a side is empty."""
        return not self.left_out and self.score is not None and self.score < _DOUBTFUL

    @property
    def is_whole(self) -> bool:
        """Whether both sides have something."""
        return bool(self.source and self.target)


@dataclass(frozen=True, slots=True)
class Pairing:
    """All sentences of both texts, and the rows that part them."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    rows: tuple[PairedRow, ...]

    @classmethod
    def of(cls, source: Sequence[str], target: Sequence[str], beads: Sequence[Bead]) -> "Pairing":
        """Begin with what the aligner found."""
        rows = tuple(PairedRow(len(bead.source), len(bead.target), bead.score) for bead in beads)
        return cls(tuple(source), tuple(target), rows)

    def sentences(self, row: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The sentences of one row on both sides."""
        ours = sum(one.source for one in self.rows[:row])
        theirs = sum(one.target for one in self.rows[:row])
        here = self.rows[row]
        return self.source[ours : ours + here.source], self.target[theirs : theirs + here.target]

    def all_sentences(self) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """The sentences of every row."""
        found: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
        ours = theirs = 0
        for row in self.rows:
            found.append((self.source[ours : ours + row.source], self.target[theirs : theirs + row.target]))
            ours, theirs = ours + row.source, theirs + row.target
        return found

    def moved(self, row: int, side: Side, way: int) -> "Pairing | None":
        """Move a row's first sentence to the row before (-1) or its last to the next (1); None where there is none.

        At the ends of the text the sentence gets a row of its own.
        """
        here = self.rows[row]
        if not getattr(here, side):
            return None
        if not 0 <= row + way < len(self.rows):
            alone = _counted(PairedRow(0, 0), side, 1)
            rest = _counted(here, side, getattr(here, side) - 1)
            return self._with(row, 1, (alone, rest) if way < 0 else (rest, alone))
        other = self.rows[row + way]
        here = _counted(here, side, getattr(here, side) - 1)
        other = _counted(other, side, getattr(other, side) + 1)
        return self._with(min(row, row + way), 2, (other, here) if way < 0 else (here, other))

    def joined(self, row: int) -> "Pairing | None":
        """Make one row of a row and the next; None at the end."""
        if row + 1 >= len(self.rows):
            return None
        one, two = self.rows[row], self.rows[row + 1]
        return self._with(row, 2, (PairedRow(one.source + two.source, one.target + two.target),))

    def split(self, row: int) -> "Pairing | None":
        """Part the first sentence of each side from the rest; a side with one sentence alone stays in the first row.

        None where neither side has two sentences, and where one side is empty and the other has one.
        """
        here = self.rows[row]
        if max(here.source, here.target) < 2:
            return None
        first = PairedRow(min(here.source, 1), min(here.target, 1))
        rest = PairedRow(here.source - first.source, here.target - first.target)
        return self._with(row, 1, (first, rest))

    def parted(self, row: int) -> "Pairing | None":
        """Part the two sides of a row: they do not answer one another."""
        here = self.rows[row]
        if not here.is_whole:
            return None
        return self._with(row, 1, (PairedRow(here.source, 0), PairedRow(0, here.target)))

    def toggled(self, row: int) -> "Pairing":
        """Leave a row out of what is taken over, or take it in again."""
        return self._with(row, 1, (replace(self.rows[row], left_out=not self.rows[row].left_out),))

    def approved(self, row: int) -> "Pairing":
        """Say that a row is right."""
        return self._with(row, 1, (replace(self.rows[row], score=None, approved=True),))

    def next_doubtful(self, after: int) -> int | None:
        """The next row that a person should look at, round the end; None where there is none."""
        rows = [*range(after + 1, len(self.rows)), *range(after + 1)]
        return next((row for row in rows if self.rows[row].is_doubtful), None)

    def pairs(self, source_joiner: str, target_joiner: str) -> list[tuple[str, str]]:
        """The pairs that are to be taken over: rows with text on both sides that are not left out."""
        sides = self.all_sentences()
        return [
            (source_joiner.join(ours).strip(), target_joiner.join(theirs).strip())
            for row, (ours, theirs) in zip(self.rows, sides, strict=True)
            if row.is_whole and not row.left_out
        ]

    def _with(self, at: int, how_many: int, by: Sequence[PairedRow]) -> "Pairing":
        kept = tuple(row for row in by if row.source or row.target)
        return replace(self, rows=(*self.rows[:at], *kept, *self.rows[at + how_many :]))


def _counted(row: PairedRow, side: Side, count: int) -> PairedRow:
    """The row with another number of sentences on one side; a person put it so."""
    if side == "source":
        return PairedRow(count, row.target, None, row.left_out)
    return PairedRow(row.source, count, None, row.left_out)
