"""What speaks for each bead in a window of two texts: words found and missed, lengths, marks, and its shape."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop_app.language.alignment.anchors import MARKS, marks
from desktop_app.language.alignment.links import NO_LINK, Doubles, Floats, Links, Numbers
from desktop_app.language.alignment.shapes import Paragraphs, Shape

LONGEST = 5  # sentences of one side of a bead

_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff]")
_CJK_WEIGHT = 3.0  # a Chinese character says about as much as three letters
_WORDS = 0.42  # words are weighed from both sides, and are no independent witnesses
_LENGTHS = 1.2
_LARGER = 0.8  # how far a find in several sentences says less than in one
_SPREAD, _SHORT = 0.035, 2.0  # variance of the difference of two lengths, as a share of their mean; more when short
_STRANGE = 0.5  # the same between sentences that have nothing to do with one another
_MARK_GAIN = (1.0, 0.8, 0.5, 0.6, 0.5)
_MARK_LOSS = (1.2, 0.6, 0.6, 0.4, 0.4)


@dataclass(frozen=True, slots=True)
class Model:
    """What is believed of two texts: log shares of the shapes of beads, spread of lengths, agreement of paragraphs."""

    priors: Mapping[Shape, float]
    ratio: float = 1.0
    spread: float = 1.0
    meeting: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """What it tells where a bead ends with no paragraph of either text, with one of one text, with those of both."""
    crossing: float = 0.0
    """What it tells where a paragraph ends within a bead."""

    @property
    def shapes(self) -> list[Shape]:
        """The shapes with text on both sides, then the source alone."""
        return [shape for shape in self.priors if shape[0] and shape[1]] + [(1, 0)]


@dataclass(frozen=True, slots=True)
class Window:
    """Places from ``top`` (not in it) to ``bottom`` of the source, and ``left`` to ``right`` of the target."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def width(self) -> int:
        """Number of target places."""
        return self.right - self.left + 1


class Scores:
    """Scores beads of two texts, a window at a time."""

    def __init__(self, source: Sequence[str], target: Sequence[str], paragraphs: Paragraphs | None = None) -> None:
        self.size = len(source), len(target)
        self.source_lengths = _sums([[length(text)] for text in source])[:, 0]
        self.target_lengths = _sums([[length(text)] for text in target])[:, 0]
        self._source_marks = _sums([marks(text) for text in source])
        self._target_marks = _sums([marks(text) for text in target])
        self._gains = [
            gain * _rarity(ours, theirs)
            for gain, ours, theirs in zip(_MARK_GAIN, self._source_marks.T, self._target_marks.T, strict=True)
        ]

        self.has_paragraphs = paragraphs is not None
        ours, theirs = paragraphs or ([0] * len(source), [0] * len(target))
        self.source_ends, self.target_ends = _ends(ours), _ends(theirs)

    def window(self, window: Window, links: Links, model: Model) -> Floats:
        """Scores of beads that end in the window, by source place, shape and target place; NO_LINK * 1e3 where none."""
        shapes = model.shapes
        height = window.bottom - window.top
        first = max(0, window.top - LONGEST + 1)
        out = np.full((height, len(shapes), window.width), -np.inf, dtype=np.float32)
        finds = _Finds(links, first, window)
        lead = window.top - first
        for number, (a, b) in enumerate(shapes):
            skipped = max(0, a - (window.bottom - height) - 1)  # rows where the text has not a sentences yet
            rows = slice(skipped, height)
            if skipped >= height:
                continue
            if b == 0:
                out[rows, number, :] = model.priors[1, 0]
                continue
            if window.width <= b:
                continue
            ends = np.arange(window.top + 1 + skipped, window.bottom + 1)
            score = self._shape(ends, a, b, window, model)
            score += _WORDS * finds.score(a, b, lead + skipped, height - skipped)
            out[rows, number, b:] = score + model.priors[a, b]
        return out

    def _shape(self, ends: Numbers, a: int, b: int, window: Window, model: Model) -> Doubles:
        """Lengths and marks of beads of one shape: source places ``ends`` against the window's target places."""
        ours = (self.source_lengths[ends] - self.source_lengths[ends - a])[:, None] * model.ratio
        places = np.arange(window.left + b, window.right + 1)
        theirs = (self.target_lengths[places] - self.target_lengths[places - b])[None, :]
        score = _LENGTHS * length_score(ours, theirs, model.spread)
        if self.has_paragraphs:
            score += self._paragraphs(ends, places, (a, b), model)
        for mark in range(MARKS):
            here = self._source_marks[ends, mark] - self._source_marks[ends - a, mark]
            there = self._target_marks[places, mark] - self._target_marks[places - b, mark]
            if here.any() or there.any():
                both = np.minimum(here[:, None], there[None, :])
                apart = np.abs(here[:, None] - there[None, :])
                score += self._gains[mark] * np.minimum(both, 2) - _MARK_LOSS[mark] * np.minimum(apart, 2)
        return score

    def _paragraphs(self, ends: Numbers, places: Numbers, shape: Shape, model: Model) -> Doubles:
        """How beads that end at these places agree with the paragraphs of both texts."""
        ours, theirs = self.source_ends, self.target_ends
        meeting = np.array(model.meeting)[ours[ends].astype(np.intp)[:, None] + theirs[places][None, :]]
        inner = np.zeros((len(ends), 1)) + np.zeros((1, len(places)))
        for back in range(1, shape[0]):
            inner += ours[ends - back][:, None]
        for back in range(1, shape[1]):
            inner += theirs[places - back][None, :]
        return np.asarray(meeting + model.crossing * inner)


class _Finds:
    """How many words of each side find their answer in up to ``LONGEST`` sentences of the other, weighed, as sums."""

    def __init__(self, links: Links, first: int, window: Window) -> None:
        source, target = links.source, links.target
        ours = source.words[source.starts[first] : source.starts[window.bottom]]
        theirs = target.words[target.starts[window.left] : target.starts[window.right]]
        self._rows = window.bottom - first
        self._columns = window.right - window.left
        if not self._columns or not self._rows:
            return
        here, own = np.unique(ours, return_inverse=True)
        there, other = np.unique(theirs, return_inverse=True)
        table = _table(links, here, there)
        heads = source.starts[first : window.bottom] - source.starts[first]
        tails = target.starts[window.left : window.right] - target.starts[window.left]
        found = np.maximum.reduceat(table[:, other], tails, axis=1)
        self._source = [
            _summed(
                np.add.reduceat(
                    np.maximum(best + source.gain[here][:, None], source.missing[here][:, None])[own], heads, axis=0
                ),
                0,
            )
            for best in _spans(found, 1)
        ]
        found = np.maximum.reduceat(table[own], heads, axis=0)
        self._target = [
            _summed(
                np.add.reduceat(
                    np.maximum(best + target.gain[there][None, :], target.missing[there][None, :])[:, other],
                    tails,
                    axis=1,
                ),
                1,
            )
            for best in _spans(found, 0)
        ]

    def score(self, a: int, b: int, lead: int, rows: int) -> Floats:
        """Sums for ``rows`` beads that end after row ``lead``, of ``a`` sentences, against ``b`` of the target."""
        ends = slice(lead + 1, lead + 1 + rows)
        starts = slice(lead + 1 - a, lead + 1 - a + rows)
        source, target = self._source[b - 1], self._target[a - 1]
        ours = source[ends] - source[starts]
        theirs = target[starts, b:] - target[starts, : target.shape[1] - b]
        return ours + theirs


def _table(links: Links, here: Numbers, there: Numbers) -> Floats:
    """Values of the links between two lists of words, each in rising order."""
    table = np.full((len(here), len(there)), NO_LINK, dtype=np.float32)
    counts = links.starts[here + 1] - links.starts[here]
    rows = np.repeat(np.arange(len(here)), counts)
    offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    places = np.repeat(links.starts[here], counts) + offsets
    targets = links.targets[places]
    columns = np.minimum(np.searchsorted(there, targets), len(there) - 1)
    known = there[columns] == targets
    table[rows[known], columns[known]] = links.values[places[known]]
    return table


def _spans(found: Floats, axis: int) -> list[Floats]:
    """The best of one, two, … neighbours along an axis; what is found in more of them says less."""
    spans = [found]
    best = found
    for size in range(2, LONGEST + 1):
        if best.shape[axis] < 2:
            break
        one = found[size - 1 :] if axis == 0 else found[:, size - 1 :]
        best = np.maximum(best[:-1], one) if axis == 0 else np.maximum(best[:, :-1], one)
        spans.append(best - np.float32(_LARGER * math.log(size)))
    return spans


def _summed(values: Floats, axis: int) -> Floats:
    shape = list(values.shape)
    shape[axis] += 1
    sums = np.zeros(shape, dtype=np.float32)
    np.cumsum(values, axis=axis, out=sums[1:] if axis == 0 else sums[:, 1:])
    return sums


def length(text: str) -> float:
    """Length in letters; a Chinese sign counts as three."""
    return len(text.strip()) + (_CJK_WEIGHT - 1) * len(_CJK.findall(text))


def length_score(ours: Doubles, theirs: Doubles, spread: float) -> Doubles:
    """Log ratio of two lengths of one bead: as translations of one another, against any two."""
    mean = (ours + theirs) / 2 + 6.0
    gap = np.square((theirs - ours) / mean)
    near = spread * (_SPREAD + _SHORT / mean)
    far = near + _STRANGE
    return gap / (2 * far) - gap / (2 * near) + 0.5 * np.log(far / near)


def _sums(rows: Sequence[Sequence[float]]) -> Doubles:
    return np.concatenate((np.zeros((1, len(rows[0]))), np.cumsum(np.array(rows, dtype=np.float64), axis=0)))


def _ends(paragraphs: Sequence[int]) -> npt.NDArray[np.bool_]:
    """For each place between sentences whether a paragraph ends there; at both ends of the text none does."""
    numbers = np.array(paragraphs)
    return np.concatenate(([False], numbers[1:] != numbers[:-1], [False]))


def _rarity(ours: Doubles, theirs: Doubles) -> float:
    """How much a mark tells: much where few sentences have it, nothing where most do."""
    share = max(np.count_nonzero(np.diff(side)) / (len(side) - 1) for side in (ours, theirs))
    return float(np.clip(np.log(0.8 / max(share, 1e-3)), 0.0, 2.0))
