"""Which rows a filter leaves on the sheet: those that match, those beside them, and the gaps folded to a line each."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from enum import IntEnum

_HIDDEN_RUN = re.compile(rb"\x00+")


class Shown(IntEnum):
    """How a row is shown. The value is its byte in ``Folds``."""

    HIDDEN = 0
    DIM = 1
    FULL = 2


class Folds:
    """The rows' states. Without a filter every row is shown in full and nothing is kept."""

    def __init__(self) -> None:
        self._states: bytearray | None = None
        self._starts: list[int] = []
        self._ends: list[int] = []

    def __bool__(self) -> bool:
        """Whether a filter is in force."""
        return self._states is not None

    def fold(self, states: bytearray | None) -> None:
        """Take the states of all rows; None shows every row."""
        self._states = states
        self._find_gaps()

    def state(self, row: int) -> Shown:
        """How a row is shown."""
        return Shown.FULL if self._states is None else Shown(self._states[row])

    def hidden(self, row: int) -> bool:
        """Whether a row lies in a gap."""
        return self._states is not None and self._states[row] == Shown.HIDDEN

    def matching(self) -> int:
        """How many rows are shown in full."""
        return self._states.count(Shown.FULL) if self._states is not None else 0

    def gaps(self) -> list[range]:
        """The gaps from the top."""
        return [range(first, end) for first, end in zip(self._starts, self._ends, strict=True)]

    def gap(self, row: int) -> range | None:
        """The gap that a row lies in, None where it is shown."""
        place = bisect_right(self._starts, row) - 1
        if place < 0 or row >= self._ends[place]:
            return None
        return range(self._starts[place], self._ends[place])

    def show(self, rows: Iterable[int]) -> bool:
        """Show rows dim that are hidden; return whether there were any."""
        opened = False
        for row in rows:
            if self._states is not None and self._states[row] == Shown.HIDDEN:
                self._states[row] = Shown.DIM
                opened = True
        if opened:
            self._find_gaps()
        return opened

    def splice(self, first: int, gone: int, come: Sequence[Shown]) -> None:
        """Follow rows that went and came."""
        if self._states is not None:
            self._states[first : first + gone] = bytes(come)
            self._find_gaps()

    def next_full(self, row: int, way: int) -> int | None:
        """The next row in a direction that is shown in full; -1 begins before the first row."""
        if self._states is None:
            return row + way
        found = self._states.find(Shown.FULL, row + 1) if way > 0 else self._states.rfind(Shown.FULL, 0, max(0, row))
        return found if found >= 0 else None

    def heights(self, natural: list[int], line: int) -> list[int]:
        """The heights of rows on the screen: a gap has the height of a line at its first row, and nothing after."""
        if self._states is None:
            return natural
        heights = [height if state else 0 for height, state in zip(natural, self._states, strict=True)]
        for first in self._starts:
            heights[first] = line
        return heights

    def height(self, row: int, natural: int, line: int) -> int:
        """The height of one row on the screen."""
        if not self.hidden(row):
            return natural
        gap = self.gap(row)
        return line if gap is not None and gap.start == row else 0

    def _find_gaps(self) -> None:
        runs = list(_HIDDEN_RUN.finditer(self._states)) if self._states is not None else []
        self._starts = [run.start() for run in runs]
        self._ends = [run.end() for run in runs]


def states_of(rows: int, matching: Collection[int], kept: Iterable[int] = (), context: int = 1) -> bytearray:
    """The states of ``rows`` rows: matching ones in full, ``context`` rows on either side and ``kept`` ones dim."""
    full = bytearray(rows)
    for row in matching:
        full[row] = 1
    # A row is a byte of a large number: shifted by a row and laid over itself, it has the neighbours too.
    met = int.from_bytes(full, "little")
    near = met
    for distance in range(1, context + 1):
        near |= met << (8 * distance) | met >> (8 * distance)
    near &= (1 << (8 * rows)) - 1
    states = bytearray((near + met).to_bytes(rows, "little"))
    for row in kept:
        states[row] = max(states[row], Shown.DIM)
    return states
