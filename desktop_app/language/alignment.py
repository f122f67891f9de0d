"""Pairs the sentences of two texts that say the same: length, anchors and a search through all monotone pairings.

After W. A. Gale and K. W. Church, "A Program for Aligning Sentences in Bilingual Corpora", Computational
Linguistics 19 (1993); the anchors (numbers across scripts, names, Latin strings, marks, familiar words) are ours.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

from desktop_app.language.anchors import Anchors, AnchorTable, anchors, is_chinese

Shape = tuple[int, int]

# Log priors of beads by the number of sentences on each side, set on news with dropped and merged sentences.
_SENTENCES: Mapping[Shape, float] = {
    shape: math.log(share)
    for shape, share in {
        (1, 1): 0.80, (1, 0): 0.04, (0, 1): 0.04, (1, 2): 0.05, (2, 1): 0.05, (2, 2): 0.001,
        (1, 3): 0.006, (3, 1): 0.006,
    }.items()
}  # fmt: skip
_BLOCKS: Mapping[Shape, float] = {
    shape: math.log(share)
    for shape, share in {
        (1, 1): 0.96, (1, 0): 0.008, (0, 1): 0.008, (1, 2): 0.006, (2, 1): 0.006, (1, 3): 0.001, (3, 1): 0.001
    }.items()
}  # fmt: skip
_FIRST_PASS = {(1, 1), (1, 0), (0, 1), (1, 2), (2, 1)}
_BAND = 60
_NARROW_BAND = 12
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff]")
_CJK_WEIGHT = 3.0  # a Chinese character says about as much as three letters
# How far lengths that answer one another lie apart: a share of the mean, more for short sentences.
_SPREAD, _SHORT_SPREAD = 0.07, 4.0
_LEAST_SCORE = 0.5  # measured on news with sentences replaced; without common words a low score says little
_MARK_LOSS = (1.2, 0.5, 0.6, 0.4)


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences that answer one another, by index. ``score``: how sure, 0 to 1; 0 where one side is empty."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float


class Aligner(Protocol):
    """Pairs two sequences of sentences."""

    def align(self, source: Sequence[str], target: Sequence[str]) -> list[Bead]:
        """Return beads in reading order; every index of both sides occurs exactly once."""
        ...


def aligner(source_language: str, target_language: str) -> Aligner:
    """Return the aligner for sentences of two languages (BCP 47 tags)."""
    return _LengthAndAnchorAligner(source_language, target_language, _SENTENCES)


def align_blocks(
    source: Sequence[str], target: Sequence[str], source_language: str = "zh-Hans", target_language: str = "en"
) -> list[Bead]:
    """Pair paragraphs: as sentences are paired, with a stronger belief in one against one."""
    return _LengthAndAnchorAligner(source_language, target_language, _BLOCKS).align(source, target)


class _LengthAndAnchorAligner:
    def __init__(self, source_language: str, target_language: str, priors: Mapping[Shape, float]) -> None:
        self._languages = (source_language, target_language)
        self._priors = priors
        compares_words = is_chinese(source_language) != is_chinese(target_language)
        self._parts_strangers = compares_words and priors is _SENTENCES

    def align(self, source: Sequence[str], target: Sequence[str]) -> list[Bead]:
        """Return beads in reading order."""
        if not source or not target:
            return [Bead((n,), (), 0.0) for n in range(len(source))] + [Bead((), (n,), 0.0) for n in range(len(target))]
        one, other = self._languages
        costs = _Costs(
            source, target, [anchors(s, one, other) for s in source], [anchors(s, other, one) for s in target]
        )
        if max(len(source), len(target)) <= 2 * _BAND:
            path = _search(costs, self._priors, _bounds(costs.diagonal(), _BAND, len(target)))
        else:
            few = {shape: prior for shape, prior in self._priors.items() if shape in _FIRST_PASS}
            path = _search(costs, few, _bounds(costs.diagonal(), _BAND, len(target)))
            centres = _centres(path, len(source))
            path = _search(costs, self._priors, _bounds(centres, _NARROW_BAND, len(target)))
        nothing = -self._priors[1, 0]
        beads = [_bead(costs, step, nothing) for step in path]
        return [half for bead in beads for half in self._parted(bead, costs)]

    def _parted(self, bead: Bead, costs: "_Costs") -> list[Bead]:
        """Part two sentences that share nothing and would rather answer nothing: one left out, the other added."""
        is_pair = len(bead.source) == len(bead.target) == 1
        if not (is_pair and self._parts_strangers and bead.score < _LEAST_SCORE):
            return [bead]
        if costs.table.shared(bead.source[0], bead.target[0], 1, 1):
            return [bead]
        return [Bead(bead.source, (), 0.0), Bead((), bead.target, 0.0)]


class _Costs:
    """Scores a bead by its lengths, anchors and marks; all sums are prefix sums."""

    def __init__(
        self, source: Sequence[str], target: Sequence[str], first: Sequence[Anchors], second: Sequence[Anchors]
    ) -> None:
        lengths = [_length(text) for text in source], [_length(text) for text in target]
        ratio = (sum(lengths[1]) + 300) / (sum(lengths[0]) + 300)  # pulled to 1 where there is little text
        self.source_sums = list(accumulate((length * ratio for length in lengths[0]), initial=0.0))
        self.target_sums = list(accumulate(lengths[1], initial=0.0))
        self.table = AnchorTable(first, second)
        self.source_loss = list(accumulate(self.table.source_loss, initial=0.0))
        self.target_loss = list(accumulate(self.table.target_loss, initial=0.0))
        self.source_marks = [list(accumulate((s.marks[n] for s in first), initial=0)) for n in range(4)]
        self.target_marks = [list(accumulate((s.marks[n] for s in second), initial=0)) for n in range(4)]

    def diagonal(self) -> list[int]:
        """For each source position the target position at the same share of the text."""
        whole = self.source_sums[-1] or 1.0
        share = self.target_sums[-1] / whole
        centres: list[int] = []
        place = 0
        for length in self.source_sums:
            while place < len(self.target_sums) - 1 and self.target_sums[place] < length * share:
                place += 1
            centres.append(place)
        return centres

    def score(self, i: int, j: int, a: int, b: int) -> float:
        """Log score, without its prior, of source ``i:i+a`` against target ``j:j+b``; both are at least one."""
        here = self.source_sums[i + a] - self.source_sums[i]
        there = self.target_sums[j + b] - self.target_sums[j]
        mean = (here + there) / 2 + 6.0
        gap = (there - here) / mean
        total = -gap * gap / (_SPREAD + _SHORT_SPREAD / mean)
        total -= self.source_loss[i + a] - self.source_loss[i] + self.target_loss[j + b] - self.target_loss[j]
        total += self.table.shared(i, j, a, b)
        for number in range(4):
            sums, others = self.source_marks[number], self.target_marks[number]
            difference = sums[i + a] - sums[i] - others[j + b] + others[j]
            if difference:
                total -= _MARK_LOSS[number] * min(2, abs(difference))
        return total


@dataclass(frozen=True, slots=True)
class _Step:
    i: int
    j: int
    a: int
    b: int


def _length(text: str) -> float:
    return len(text.strip()) + (_CJK_WEIGHT - 1) * len(_CJK.findall(text))


def _bounds(centres: Sequence[int], width: int, last: int) -> list[tuple[int, int]]:
    """Lowest and highest target position to try at each source position; neighbours overlap, the ends are in."""
    bounds = [(max(0, centre - width), min(last, centre + width)) for centre in centres]
    bounds[0] = (0, bounds[0][1])
    bounds[-1] = (bounds[-1][0], last)
    for n in range(1, len(bounds)):  # the next row begins where this one can still be left
        low, high = bounds[n]
        bounds[n] = (min(low, bounds[n - 1][1]), max(high, bounds[n - 1][1]))
    return bounds


def _search(costs: _Costs, priors: Mapping[Shape, float], bounds: Sequence[tuple[int, int]]) -> list[_Step]:
    """Find the best path from (0, 0) to the end within ``bounds``."""
    rows: list[list[float]] = []
    steps: list[list[Shape | None]] = []
    pairs = [(a, b, prior) for (a, b), prior in priors.items() if a and b]
    skip_source, skip_target = priors[1, 0], priors[0, 1]
    minus_infinity = -math.inf
    score = costs.score
    for i, (low, high) in enumerate(bounds):
        row = [minus_infinity] * (high - low + 1)
        taken: list[Shape | None] = [None] * (high - low + 1)
        reachable = [(a, b, prior, rows[i - a], bounds[i - a]) for a, b, prior in pairs if a <= i]
        for j in range(low, high + 1):
            best, shape = (0.0, None) if i == 0 and j == 0 else (minus_infinity, None)
            chosen: Shape | None = shape
            for a, b, prior, earlier, (first, last) in reachable:
                k = j - b
                if first <= k <= last:
                    base = earlier[k - first] + prior
                    if base > best - 40.0 and base > minus_infinity:
                        value = base + score(i - a, k, a, b)
                        if value > best:
                            best, chosen = value, (a, b)
            if j > low and row[j - 1 - low] + skip_target > best:
                best, chosen = row[j - 1 - low] + skip_target, (0, 1)
            if i and bounds[i - 1][0] <= j <= bounds[i - 1][1]:
                value = rows[i - 1][j - bounds[i - 1][0]] + skip_source
                if value > best:
                    best, chosen = value, (1, 0)
            row[j - low], taken[j - low] = best, chosen
        rows.append(row)
        steps.append(taken)
    return _trace(steps, bounds)


def _trace(steps: Sequence[Sequence[Shape | None]], bounds: Sequence[tuple[int, int]]) -> list[_Step]:
    i, j = len(bounds) - 1, bounds[-1][1]
    path: list[_Step] = []
    while i or j:
        a, b = steps[i][j - bounds[i][0]] or ((0, 1) if j else (1, 0))
        i, j = i - a, j - b
        path.append(_Step(i, j, a, b))
    return path[::-1]


def _centres(path: Sequence[_Step], length: int) -> list[int]:
    centres = [0] * (length + 1)
    for step in path:
        for n in range(step.a + 1):
            centres[step.i + n] = step.j + (step.b if n == step.a else 0)
    return centres


def _bead(costs: _Costs, step: _Step, nothing: float) -> Bead:
    source = tuple(range(step.i, step.i + step.a))
    target = tuple(range(step.j, step.j + step.b))
    if not source or not target:
        return Bead(source, target, 0.0)
    margin = costs.score(step.i, step.j, step.a, step.b) + nothing * (step.a + step.b) / 2
    return Bead(source, target, round(1 / (1 + math.exp(-max(-30.0, min(30.0, margin / 2)))), 4))
