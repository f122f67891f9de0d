"""Searches all monotone pairings of two texts, in windows along a band: the best one, and how sure each bead is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop_app.language.alignment.links import Floats
from desktop_app.language.alignment.scores import LONGEST, Window
from desktop_app.language.alignment.shapes import Shape

Bounds = Sequence[tuple[int, int]]
Doubles = npt.NDArray[np.float64]
Score = Callable[[Window], Floats]
"""Scores of the beads that end in a window: by source place, shape (the source alone is last) and target place."""

_ROWS = 48
_MOST_CELLS = 64 * 400
_MOST_KEPT = 40_000_000  # scores of four bytes
_ADDED = 254  # a step that takes a target sentence alone


@dataclass(frozen=True, slots=True)
class Step:
    """One bead of a path: ``a`` sentences from ``i`` against ``b`` from ``j``."""

    i: int
    j: int
    a: int
    b: int
    sure: float = 0.0


def windows(bounds: Bounds) -> list[Window]:
    """Cut a band into windows, top to bottom; row 0 is in none of them."""
    found: list[Window] = []
    top = 0
    while top < len(bounds) - 1:
        bottom = top + 1
        left = bounds[top][0]
        while (
            bottom < len(bounds) - 1
            and bottom - top < _ROWS
            and (bottom + 1 - top) * (bounds[bottom + 1][1] - left) <= _MOST_CELLS
        ):
            bottom += 1
        found.append(Window(top, bottom, left, bounds[bottom][1]))
        top = bottom
    return found


def best_path(bounds: Bounds, shapes: Sequence[Shape], added: float, score: Score) -> list[Step]:
    """Find the best path; ``added`` is the score of a target sentence alone."""
    pieces = windows(bounds)
    carried = _Carried(pieces[0].left, _first_row(bounds[0], added)[None, :])
    choices: list[npt.NDArray[np.uint8]] = []
    for window in pieces:
        values = carried.rows_for(window)
        scores = score(window)
        chosen = np.zeros((window.bottom - window.top, window.width), dtype=np.uint8)
        ramp = added * np.arange(window.width)
        for row in range(window.bottom - window.top):
            reached = _reached(values, row, shapes, window.width) + scores[row]
            pick = reached.argmax(axis=0)
            best = reached[pick, np.arange(window.width)]
            with_added = np.maximum.accumulate(best - ramp) + ramp
            pick[with_added > best + 1e-9] = _ADDED
            values[LONGEST + row, LONGEST:] = with_added
            chosen[row] = pick
        choices.append(chosen)
        carried = _Carried(window.left, values[-LONGEST:, LONGEST:])
    return _traced(pieces, choices, shapes, bounds[-1][1])


def _first_row(bound: tuple[int, int], added: float) -> Doubles:
    return added * np.arange(bound[1] - bound[0] + 1, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class _Carried:
    """The last rows of a window, for the next one: values from target place ``left`` on."""

    left: int
    rows: Doubles

    def rows_for(self, window: Window) -> Doubles:
        """Room for a window's rows, with these above them and empty places to the left."""
        values = np.full((LONGEST + window.bottom - window.top, LONGEST + window.width), -np.inf)
        shift = window.left - self.left
        kept = self.rows[:, max(0, shift) : shift + window.width]
        at = LONGEST + max(0, -shift)
        values[LONGEST - len(kept) : LONGEST, at : at + kept.shape[1]] = kept
        return values


def _reached(values: Doubles, row: int, shapes: Sequence[Shape], width: int) -> Doubles:
    """Values of the places from which each shape would end at ``row``."""
    return np.stack([values[LONGEST + row - a, LONGEST - b : LONGEST - b + width] for a, b in shapes])


def _traced(
    pieces: Sequence[Window], choices: Sequence[npt.NDArray[np.uint8]], shapes: Sequence[Shape], end: int
) -> list[Step]:
    path: list[Step] = []
    number = len(pieces) - 1
    i, j = pieces[-1].bottom, end
    while i or j:
        while number and i <= pieces[number].top:
            number -= 1
        window = pieces[number]
        if i == 0:
            a, b = 0, 1
        else:
            choice = choices[number][i - window.top - 1, j - window.left]
            a, b = (0, 1) if choice == _ADDED else shapes[choice]
        i, j = i - a, j - b
        path.append(Step(i, j, a, b))
    return path[::-1]


def surest_path(bounds: Bounds, shapes: Sequence[Shape], added: float, score: Score, *, price: float) -> list[Step]:
    """Find the path whose beads are likeliest to be right, one by one, and say how likely.

    Sums over all paths (forward and backward). Each bead gains its probability less
    ``price``, a null bead half of that: the path with the best expected F1 where ``price`` is half of that F1.
    """
    pieces = [_Piece(window, _reaching_down(window, bounds)) for window in windows(bounds)]
    scores = _Kept(score)
    forward = list(_forward(pieces, bounds, shapes, added, scores))
    last, end = pieces[-1].window, bounds[-1][1]
    back = _Backward(shapes, added, price, float(forward[-1][-1, end - last.left]))
    rooms: list[_Room] = []
    for number in range(len(pieces) - 1, -1, -1):
        piece = pieces[number]
        room = _Room.of(piece.reach)
        if rooms:
            room.take(rooms[-1], piece, pieces[number + 1])
        else:
            room.log[len(forward[number]) - 1, end - last.left] = 0.0
            room.gain[len(forward[number]) - 1, end - last.left] = 0.0
            back.finish(room, forward[number], len(forward[number]) - 1)
        back.fill(room, forward[number], scores.of(number, piece.reach))
        rooms.append(room)
    return _followed([piece.window for piece in pieces], rooms[::-1], shapes, end)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A window, and the larger one that holds every bead that begins in it."""

    window: Window
    reach: Window


def _reaching_down(window: Window, bounds: Bounds) -> Window:
    bottom = min(window.bottom + LONGEST - 1, len(bounds) - 1)
    return Window(window.top, bottom, window.left, max(window.right, bounds[bottom][1]))


class _Kept:
    """Scores of windows by number; those of the first are kept, later ones are made again when they are asked for."""

    def __init__(self, score: Score) -> None:
        self._score = score
        self._kept: dict[int, Floats] = {}
        self._cells = 0

    def of(self, number: int, window: Window) -> Floats:
        """Scores with five empty rows below and five empty places to the right."""
        if number in self._kept:
            return self._kept.pop(number)
        scores = self._score(window)
        height, shapes, width = scores.shape
        padded = np.full((height + LONGEST, shapes, width + LONGEST), -np.inf, dtype=np.float32)
        padded[:height, :, :width] = scores
        return padded

    def keep(self, number: int, scores: Floats) -> None:
        """Keep scores as long as there is room."""
        if self._cells + scores.size <= _MOST_KEPT:
            self._kept[number] = scores
            self._cells += scores.size


def _forward(
    pieces: Sequence[_Piece], bounds: Bounds, shapes: Sequence[Shape], added: float, scores: _Kept
) -> Iterator[Doubles]:
    """Log sums over all ways from the start to each place of a window, its top row first."""
    carried = _Carried(pieces[0].reach.left, _first_row(bounds[0], added)[None, :])
    for number, piece in enumerate(pieces):
        here = scores.of(number, piece.reach)
        width = piece.reach.width
        values = carried.rows_for(Window(piece.window.top, piece.window.bottom, piece.reach.left, piece.reach.right))
        for row in range(piece.window.bottom - piece.window.top):
            total = _log_sum(_reached(values, row, shapes, width) + here[row, :, :width])
            values[LONGEST + row, LONGEST:] = _chained(total, added)
        scores.keep(number, here)
        yield values[LONGEST - 1 :, LONGEST:]
        carried = _Carried(piece.reach.left, values[-LONGEST:, LONGEST:])


def _log_sum(values: Doubles) -> Doubles:
    most = values.max(axis=0)
    safe = np.where(np.isfinite(most), most, 0.0)
    with np.errstate(divide="ignore"):
        sums: Doubles = np.log(np.exp(values - safe).sum(axis=0)) + safe
    return sums


def _chained(values: Doubles, added: float) -> Doubles:
    """Log sums where any number of steps to the right may follow, each at the price ``added``."""
    size = 1
    while size < len(values) and size * added > -60:
        values = values.copy()
        values[size:] = np.logaddexp(values[size:], values[:-size] + size * added)
        size *= 2
    return values


@dataclass(frozen=True, slots=True)
class _Room:
    """The way back from the places of a window, its top row first, with empty rows below and places to the right.

    For each place: the log sum over all ways to the end, the best gain to the end, the step that it takes and how
    sure that step is.
    """

    log: Doubles
    gain: Doubles
    choice: npt.NDArray[np.uint8]
    sure: Doubles

    @classmethod
    def of(cls, window: Window) -> "_Room":
        """Make an empty one."""
        shape = window.bottom - window.top + 1 + LONGEST, window.width + LONGEST
        return cls(np.full(shape, -np.inf), np.full(shape, -np.inf), np.zeros(shape, dtype=np.uint8), np.zeros(shape))

    def take(self, other: "_Room", piece: _Piece, below: _Piece) -> None:
        """Take over the rows from the next window's top on."""
        start = piece.window.bottom - piece.window.top
        rows = piece.reach.bottom - piece.window.bottom + 1
        shift = below.reach.left - piece.reach.left
        width = min(piece.reach.right, below.reach.right) - below.reach.left + 1
        if width > 0:
            for mine, its in ((self.log, other.log), (self.gain, other.gain)):
                mine[start : start + rows, shift : shift + width] = its[:rows, :width]


class _Backward:
    """The way back: sums from each place to the end, and with them the probabilities and the surest path."""

    def __init__(self, shapes: Sequence[Shape], added: float, price: float, total: float) -> None:
        self._shapes, self._added, self._price, self._total = shapes, added, price, total
        self._weights = np.array([1.0 if b else 0.5 for _, b in shapes])[:, None]

    def fill(self, room: _Room, values: Doubles, scores: Floats) -> None:
        """Go through one window from its last row but one to its first, given the sums from the start."""
        width = values.shape[1]
        every = np.arange(width)
        for row in range(len(values) - 2, -1, -1):
            after = np.stack(
                [
                    scores[row + a - 1, number, b : b + width] + room.log[row + a, b : b + width]
                    for number, (a, b) in enumerate(self._shapes)
                ]
            )
            room.log[row, :width] = _log_sum(after)
            sure = np.exp(np.minimum(0.0, values[row] + after - self._total))
            gain = np.stack([room.gain[row + a, b : b + width] for a, b in self._shapes])
            gain += (sure - self._price) * self._weights
            pick = gain.argmax(axis=0)
            room.choice[row, :width] = pick
            room.gain[row, :width] = gain[pick, every]
            room.sure[row, :width] = sure[pick, every]
            self.finish(room, values, row)

    def finish(self, room: _Room, values: Doubles, row: int) -> None:
        """Let target sentences alone follow in this row."""
        width = values.shape[1]
        alone = _chained(room.log[row, :width][::-1], self._added)[::-1]
        room.log[row, :width] = alone
        sure = np.exp(np.minimum(0.0, values[row, :-1] + self._added + alone[1:] - self._total))
        gains = np.concatenate((np.cumsum((0.5 * (sure - self._price))[::-1])[::-1], [0.0]))
        plain = room.gain[row, :width].copy()
        best = np.maximum.accumulate((plain - gains)[::-1])[::-1] + gains
        stepped = best > plain + 1e-9
        room.choice[row, :width][stepped] = _ADDED
        room.sure[row, : width - 1][stepped[:-1]] = sure[stepped[:-1]]
        room.gain[row, :width] = best


def _followed(pieces: Sequence[Window], rooms: Sequence[_Room], shapes: Sequence[Shape], end: int) -> list[Step]:
    path: list[Step] = []
    number = i = j = 0
    while (i, j) != (pieces[-1].bottom, end):
        while i >= pieces[number].bottom and number < len(pieces) - 1:
            number += 1
        at = i - pieces[number].top, j - pieces[number].left
        choice = rooms[number].choice[at]
        a, b = (0, 1) if choice == _ADDED else shapes[choice]
        path.append(Step(i, j, a, b, float(rooms[number].sure[at])))
        i, j = i + a, j + b
    return path
