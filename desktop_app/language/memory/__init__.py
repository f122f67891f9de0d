"""Judging what the memory holds: which units come nearest to a text, what score each is shown with, and why.

What is answered, in the order of being chosen:

1. the units nearest by plain similarity, of all that reach the asked one. This is the promise: no other score ever
   puts one of them out. A draft counts as ten points further away than it is, so it gives way to what was signed or
   came from outside;
2. in places that are still free, units that are the same but for their numbers and dates, or whose clauses stand in
   another order, whatever their plain similarity is.

They are shown by score. It is the whole per cent of the plain similarity, raised to at most 99 where numbers and dates
are what differs, raised to nine tenths of the Dice coefficient where clauses were moved, lowered by 10 for drafts, and
101 where the same text stands between the same neighbours.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from desktop_app.domain.memory import Layer
from desktop_app.language.memory.masking import Masked, kinds_that_differ, mask
from desktop_app.language.memory.similarity import allowed_edits, compared, score_of, similarity_of, swap_score

DRAFT_PENALTY = 10
_SAME_PLACE = 101
_SAME = 100
_ALL_BUT_FIGURES = 99
_FIRST_BATCH = 16
_MOST_AT_ONCE = 512
# Clauses are looked for in so many texts, none of them surely further away than so many edits: a clause that is moved
# costs the pairs of characters at its seams and no more.
_MOVES_TRIED = 100
_MOVE_EDITS = 8


def context_key(text: str) -> int:
    """The key of a text as a neighbour: 64 bits, signed; white space round it does not count.

    ``context_key("")`` stands for a story's beginning or end.
    """
    digest = hashlib.blake2b(compared(text.strip()).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


STORY_END = context_key("")


def masked_key(text: str) -> int | None:
    """The key under which units are the same but for their figures; None for a text without any."""
    masked = mask(compared(text.strip()))
    return context_key(masked.text) if masked.figures else None


class Entry(NamedTuple):
    """What judging needs of a unit."""

    id: int
    layer: int
    source: str
    target: str
    before: int | None
    after: int | None
    at: str
    segment: str | None = None


@dataclass(frozen=True, slots=True)
class Hopefuls:
    """Units that may be near, the most promising first.

    ``edits`` is how many edits each is away at least, ``away`` the same as a part of the longer text.
    """

    ids: list[int]
    away: list[float]
    edits: list[int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A text that is looked up, in its compared form.

    ``before`` and ``after`` are its neighbours' keys, None where nothing is known. ``but`` is a segment of a story
    whose own unit is not wanted.
    """

    text: str
    least: int
    limit: int
    before: int | None = None
    after: int | None = None
    but: str | None = None

    def wants(self, entry: Entry) -> bool:
        """Whether a unit is not the one that is left out."""
        return self.but is None or entry.segment != self.but or entry.layer == Layer.IMPORTED

    def stands_like(self, entry: Entry) -> bool:
        """Whether a unit was translated between the same two texts."""
        known = self.before is not None and self.after is not None
        return known and self.before == entry.before and self.after == entry.after


@dataclass(frozen=True, slots=True)
class Near:
    """A unit with its distance: ``edits`` of the ``longer`` text's characters."""

    entry: Entry
    edits: int
    longer: int

    @property
    def away(self) -> float:
        """How far it is for choosing: 0 to 1, drafts ten points further."""
        drafted = DRAFT_PENALTY / 100 if self.entry.layer == Layer.DRAFT else 0.0
        return self.edits / max(1, self.longer) + drafted


@dataclass(frozen=True, slots=True)
class Judged:
    """A unit with its scores: ``score``, ``similarity`` and ``differs`` as in ``domain.memory.Match``."""

    entry: Entry
    score: int
    similarity: float
    differs: tuple[str, ...] = ()


@dataclass(slots=True)
class Nearest:
    """The units that are near enough, and those further away whose clauses were moved."""

    near: list[Near] = field(default_factory=list)
    moved: list[Near] = field(default_factory=list)


def nearest(asked: Asked, hopefuls: Hopefuls, fetch: Callable[[list[int]], Iterable[Entry]]) -> Nearest:
    """Look at units, the most promising first, until enough are nearer than the rest can be.

    ``fetch`` gives what is there of the units of some ids, in any order. All that are as near as the last one wanted
    are found too, so that what is chosen among equals does not hang on how they are kept.
    """
    found = Nearest()
    start, step, tried = 0, _FIRST_BATCH, 0
    while start < len(hopefuls.ids):
        if len(found.near) >= asked.limit:
            found.near.sort(key=_away)
            if hopefuls.away[start] > found.near[asked.limit - 1].away:
                break
        batch = slice(start, start + step)
        start, step = start + step, min(2 * step, _MOST_AT_ONCE)
        promised = dict(zip(hopefuls.ids[batch], hopefuls.edits[batch], strict=True))
        for entry in filter(asked.wants, fetch(list(promised))):
            one = _measured(asked, entry)
            if one.edits <= allowed_edits(asked.least, one.longer):
                found.near.append(one)
            elif promised[entry.id] <= _MOVE_EDITS and tried < _MOVES_TRIED:
                tried += 1
                if swap_score(asked.text, compared(entry.source)) >= asked.least:
                    found.moved.append(one)
    return found


def _away(one: Near) -> float:
    return one.away


def _measured(asked: Asked, entry: Entry) -> Near:
    """Count the edits; beyond what is allowed, it is said only that they are more."""
    source = compared(entry.source)
    longer = max(len(asked.text), len(source))
    most = allowed_edits(asked.least, longer)
    return Near(entry, Levenshtein.distance(asked.text, source, score_cutoff=most), longer)


def judge(asked: Asked, found: Nearest, alike: Iterable[Entry]) -> list[Judged]:
    """Choose at most ``limit`` units and give them their scores, best first; of the same pair only one is taken.

    ``alike`` are units whose ``masked_key`` is that of the text.
    """
    asked_masked = mask(asked.text)
    near = _preferred(asked, found.near)
    alike_ids = {one.entry.id for one in near}
    spare = [one.entry for one in found.moved]
    spare += [one for one in alike if one.id not in alike_ids and asked.wants(one)]
    judged = [_judged(asked, asked_masked, one.entry) for one in _once(near, asked.limit)]
    taken = {(one.entry.source, one.entry.target) for one in judged}
    for one in sorted((_judged(asked, asked_masked, one) for one in spare), key=_place):
        pair = (one.entry.source, one.entry.target)
        if len(judged) < asked.limit and pair not in taken and one.score >= asked.least:
            taken.add(pair)
            judged.append(one)
    return sorted(judged, key=_place)


def _preferred(asked: Asked, near: list[Near]) -> list[Near]:
    """The nearest first; among equals those of the same place, then the more trusted, then the newest."""
    newest = sorted(near, key=lambda one: (one.entry.at, one.entry.id), reverse=True)
    return sorted(newest, key=lambda one: (one.away, not asked.stands_like(one.entry), one.entry.layer))


def _once(near: list[Near], limit: int) -> list[Near]:
    """The first ``limit`` of them, each pair once."""
    pairs: dict[tuple[str, str], Near] = {}
    for one in near:
        pairs.setdefault((one.entry.source, one.entry.target), one)
        if len(pairs) == limit:
            break
    return list(pairs.values())


def _place(one: Judged) -> tuple[int, float, int]:
    return -one.score, -one.similarity, one.entry.layer


def _judged(asked: Asked, asked_masked: Masked, entry: Entry) -> Judged:
    source = compared(entry.source)
    longer = max(len(asked.text), len(source))
    edits = Levenshtein.distance(asked.text, source)
    score, differs = _score(asked, asked_masked, entry, source, edits)
    if entry.layer == Layer.DRAFT:
        score = max(0, score - DRAFT_PENALTY)
    return Judged(entry, score, similarity_of(edits, longer), differs)


def _score(asked: Asked, asked_masked: Masked, entry: Entry, source: str, edits: int) -> tuple[int, tuple[str, ...]]:
    """The score before the penalty of drafts, and what was looked past to reach it."""
    if edits == 0:
        return _SAME_PLACE if asked.stands_like(entry) else _SAME, ()
    plain = score_of(edits, max(len(asked.text), len(source)))
    masked = mask(source)
    kinds = kinds_that_differ(asked_masked, masked)
    if kinds:
        longer = max(len(asked_masked.text), len(masked.text))
        left = Levenshtein.distance(asked_masked.text, masked.text)
        raised = score_of(left, longer) - 1
        if raised >= plain:
            return min(_ALL_BUT_FIGURES, raised), kinds
    swapped = swap_score(asked.text, source)
    return (swapped, ("order",)) if swapped > plain else (plain, ())
