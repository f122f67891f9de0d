"""Whether the words of a bead bear it out: as many find an answer as elsewhere in these texts, or only by chance."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from desktop_app.language.alignment.links import Links
from desktop_app.language.alignment.search import Step

_USUAL, _LUCKY = 0.4, 0.1  # shares of words that find an answer: in a translation, in any other sentence
_BELIEF = 40.0  # words that these shares count for, against those of the text
_WEIGHT = 0.6  # words are no independent witnesses
_APART = 4.5  # nats that speak for a bead before its words do
_SHIFT = 7  # beads between two that have nothing to do with one another


def borne_out(steps: Sequence[Step], known: Links) -> list[Step]:
    """Lower the surety of beads that their words do not bear out, and part pairs that they speak against."""
    count = _Counter(known)
    pairs = [step for step in steps if step.a and step.b]
    met = [count.of(step, step) for step in pairs]
    usual = _share(met, _USUAL)
    lucky = min(
        0.9 * usual, _share([count.of(one, other) for one, other in zip(pairs, pairs[_SHIFT:], strict=False)], _LUCKY)
    )
    gain, loss = math.log(usual / lucky), math.log((1 - usual) / (1 - lucky))
    found = iter(met)
    judged: list[Step] = []
    for step in steps:
        if not (step.a and step.b):
            judged.append(step)
            continue
        hits, words = next(found)
        speaks = _APART + _WEIGHT * (hits * gain + (words - hits) * loss)
        if speaks < 0 and step.a == step.b == 1:
            judged += [Step(step.i, step.j, 1, 0), Step(step.i + 1, step.j, 0, 1)]
        else:
            judged.append(replace(step, sure=step.sure / (1 + math.exp(-max(-30.0, min(30.0, speaks))))))
    return judged


def _share(counts: Sequence[tuple[int, int]], belief: float) -> float:
    hits, words = sum(one for one, _ in counts), sum(other for _, other in counts)
    return min(0.95, (hits + _BELIEF * belief) / (words + _BELIEF))


class _Counter:
    """Counts words of both sides that have an answer on the other, and words that may have one."""

    def __init__(self, known: Links) -> None:
        self._known = known
        self._answers = [frozenset(known.targets[a:b].tolist()) for a, b in pairwise(known.starts.tolist())]
        self._ours = [bool(chance) for chance in known.source.expected.tolist()]
        self._theirs = [bool(chance) for chance in known.target.expected.tolist()]

    def of(self, step: Step, other: Step) -> tuple[int, int]:
        """Found and all: the source words of one bead against the target words of another."""
        source, target = self._known.source, self._known.target
        ours = set(source.words[source.starts[step.i] : source.starts[step.i + step.a]].tolist())
        theirs = set(target.words[target.starts[other.j] : target.starts[other.j + other.b]].tolist())
        hits = [self._answers[word] & theirs for word in ours]
        met = frozenset().union(*hits)
        words = sum(self._ours[word] for word in ours) + sum(self._theirs[word] for word in theirs)
        return sum(map(bool, hits)) + len(met), words
