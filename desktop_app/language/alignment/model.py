"""What is believed of two texts before they are paired, and what a first pairing teaches of them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from desktop_app.language.alignment.scores import Model, Scores, length_score
from desktop_app.language.alignment.search import Step
from desktop_app.language.alignment.shapes import Shape

_BELIEF = 30.0  # beads that the general shares count for, against those of the text itself
_FEW = 10  # beads that tell nothing of lengths
_SPREADS = (0.5, 0.7, 1.0, 1.4, 2.0, 2.8)
_AGREE = 0.5  # share of the paragraphs of the text with fewer that end where one of the other does
_CROSSED = 0.3  # how often a paragraph ends within a bead, against between any two sentences
_FARTHEST = 4.0  # nats


def first_model(shares: Mapping[Shape, float], scores: Scores) -> Model:
    """Return what holds for any two texts: ``shares`` of the shapes of beads, lengths in the ratio of the wholes."""
    ours, theirs = float(scores.source_lengths[-1]), float(scores.target_lengths[-1])
    ratio = (theirs + 300) / (ours + 300)  # pulled to 1 where there is little text
    model = Model({shape: math.log(share) for shape, share in shares.items()}, ratio)
    return _with_paragraphs(model, scores, [])


def adapted_model(shares: Mapping[Shape, float], path: Sequence[Step], scores: Scores) -> Model:
    """Learn from a first path how the text is cut, how far its lengths lie apart and how its paragraphs agree."""
    counts = dict.fromkeys(shares, 0)
    for step in path:
        counts[step.a, step.b] += 1
    total = len(path) + _BELIEF
    priors = {shape: math.log((counts[shape] + _BELIEF * share) / total) for shape, share in shares.items()}
    model = _with_paragraphs(replace(first_model(shares, scores), priors=priors), scores, path)
    pairs = [step for step in path if step.a and step.b]
    if len(pairs) < _FEW:
        return model
    ends = np.array([(step.i, step.i + step.a, step.j, step.j + step.b) for step in pairs])
    ours = scores.source_lengths[ends[:, 1]] - scores.source_lengths[ends[:, 0]]
    theirs = scores.target_lengths[ends[:, 3]] - scores.target_lengths[ends[:, 2]]
    ratio = float((theirs.sum() + 100) / (ours.sum() + 100))
    best = max(_SPREADS, key=lambda spread: float(length_score(ours * ratio, theirs, spread).sum()))
    return replace(model, ratio=ratio, spread=best)


def _with_paragraphs(model: Model, scores: Scores, path: Sequence[Step]) -> Model:
    """Say what it tells, against chance, where beads and paragraphs end together, and where they do not."""
    ours, theirs = scores.source_ends, scores.target_ends
    if not scores.has_paragraphs:
        return model
    one, other = (min(0.95, max(0.02, float(ends[1:-1].mean()))) if len(ends) > 2 else 0.5 for ends in (ours, theirs))
    together = max(one * other, _AGREE * min(one, other))
    belief = _BELIEF
    both, either, neither = (
        belief * together,
        belief * (one + other - 2 * together),
        belief * (1 - one - other + together),
    )
    crossed, inner = belief * _CROSSED * (one + other) / 2, belief
    for step in path:
        if not (step.a and step.b):
            continue
        count = int(ours[step.i + step.a]) + int(theirs[step.j + step.b])
        both, either, neither = both + (count == 2), either + (count == 1), neither + (count == 0)
        crossed += int(ours[step.i + 1 : step.i + step.a].sum()) + int(theirs[step.j + 1 : step.j + step.b].sum())
        inner += step.a + step.b - 2
    total = both + either + neither
    by_chance = (1 - one) * (1 - other), one + other - 2 * one * other, one * other
    meeting = tuple(
        _bounded(math.log(max(count, 0.1) / total / max(chance, 1e-3)))
        for count, chance in zip((neither, either, both), by_chance, strict=True)
    )
    crossing = min(0.0, _bounded(math.log((crossed / inner) / ((one + other) / 2))))
    return replace(model, meeting=(meeting[0], meeting[1], meeting[2]), crossing=crossing)


def _bounded(value: float) -> float:
    return max(-_FARTHEST, min(_FARTHEST, value))
