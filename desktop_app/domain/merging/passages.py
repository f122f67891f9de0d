"""A paragraph on three sides, cut where all three are cut: passages that can be merged one by one.

Mostly a passage is one segment. Where a side split, joined or re-aligned, it is as few segments as hold that; where a
side moved words between neighbours and the other side touched any of them, the neighbours are one passage, so that no
word falls between them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import or_

from rapidfuzz.distance import Indel

from desktop_app.domain.merging.changes import alike
from desktop_app.domain.story import Segment, joiner

_MOVED = 2  # words that need not be deleted and put in once neighbours are joined: one moved
_SHARE = 0.2  # and this part of all: sentences written anew have small words in common by chance
_WORK = 400_000_000  # pairs of words that are compared; texts beyond that, which no story has, count as written anew
_WORDS = re.compile(r"[\u3005\u3007\u3400-\u9fff]|[^\W_\u3005\u3007\u3400-\u9fff]+")
Run = tuple[Segment, ...]
_Break = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """The segments of each side; ``recut_here`` and ``recut_there`` say which sides cut them otherwise than base.

    Several segments that neither did: the sides differ by words that moved, and base does not tell who moved them.
    """

    at: int
    base: Run
    ours: Run
    theirs: Run
    recut_here: bool
    recut_there: bool


def passages(base: Run, ours: Run, theirs: Run, language: str) -> list[Passage]:
    """Cut three runs of segments with the same joined source text, in ``language``, into passages."""
    found = [
        _passage(base[a:d], ours[b:e], theirs[c:f], b)
        for (a, b, c), (d, e, f) in pairwise(_breaks(base, ours, theirs, language))
    ]
    return list(_coupled(found))


def _passage(base: Run, ours: Run, theirs: Run, at: int, *, here: bool = False, there: bool = False) -> Passage:
    here, there = here or _sources(ours) != _sources(base), there or _sources(theirs) != _sources(base)
    return Passage(at, base, ours, theirs, here, there)


def _sources(run: Run) -> list[str]:
    return [segment.source for segment in run]


def same_words(one: Run, other: Run) -> bool:
    """Whether two runs are the same segments with the same words."""
    return len(one) == len(other) and all(
        (a.id, a.source) == (b.id, b.source) and alike(a.target, b.target) for a, b in zip(one, other, strict=True)
    )


# Cutting


def _breaks(base: Run, ours: Run, theirs: Run, language: str) -> Iterator[_Break]:
    """The places, by number of segments before them, at which all three are cut."""
    sides = (base, ours, theirs)
    names = [[(s.id, s.source) for s in run] for run in sides]
    if names[0] == names[1] == names[2]:
        yield from ((n, n, n) for n in range(len(base) + 1))
        return
    cuts = [_offsets(run, language) for run in sides]
    found = {(0, 0, 0), (len(base), len(ours), len(theirs))}
    single = []
    for offsets in cuts:
        often = Counter(offsets)
        single.append({offset: place for place, offset in enumerate(offsets) if often[offset] == 1})
    for offset, place in single[0].items():
        if offset in single[1] and offset in single[2]:
            found.add((place, single[1][offset], single[2][offset]))
    for one in _unmoved(sides, cuts):
        found |= {one, (one[0] + 1, one[1] + 1, one[2] + 1)}
    last = (0, 0, 0)
    for one in sorted(found):
        if one[1] >= last[1] and one[2] >= last[2]:
            yield one
            last = one


def _unmoved(sides: Sequence[Run], cuts: Sequence[Sequence[int]]) -> Iterator[_Break]:
    """The segments that all three have under one name, with one source, at one place of the source text."""
    places = [
        {(s.id, s.source, offset): number for number, (s, offset) in enumerate(zip(run, offsets, strict=False))}
        for run, offsets in zip(sides, cuts, strict=True)
    ]
    last = (-1, -1)
    for key, number in places[0].items():
        if key in places[1] and key in places[2] and places[1][key] > last[0] and places[2][key] > last[1]:
            last = (places[1][key], places[2][key])
            yield number, *last


def _offsets(run: Run, language: str) -> list[int]:
    """Where each segment begins in the joined source text, and where the next would."""
    blank, at, found = len(joiner(language)), 0, [0]
    for segment in run:
        at += len(segment.source) + blank if segment.source else 0
        found.append(at)
    return found


# Words that moved between neighbours


def _coupled(found: Sequence[Passage]) -> Iterator[Passage]:
    base, ours, theirs = ([getattr(p, side) for p in found] for side in ("base", "ours", "theirs"))
    by_us, by_them, differ = (_changed(*pair) for pair in ((base, ours), (base, theirs), (ours, theirs)))
    touched_here = [*map(or_, by_us, map(_is_locked_anew, base, ours))]
    touched_there = [*map(or_, by_them, map(_is_locked_anew, base, theirs))]
    here = _links(base, ours, by_us, touched_there) | _strayed(base, ours)
    there = _links(base, theirs, by_them, touched_here) | _strayed(base, theirs)
    there |= _strayed(ours, theirs) - here
    between = _links(ours, theirs, differ, by_us) & _links(ours, theirs, differ, by_them)
    first = 0
    for place in range(len(found)):
        if place in here or place in there or place in between:
            continue
        group = found[first : place + 1]
        yield group[0] if len(group) == 1 else _joined(group, first, here, there)
        first = place + 1


def _changed(one: Sequence[Run], other: Sequence[Run]) -> list[bool]:
    return [not same_words(*pair) for pair in zip(one, other, strict=True)]


def _joined(group: Sequence[Passage], first: int, here: set[int], there: set[int]) -> Passage:
    """Make one passage of neighbours; ``first`` is the number of the first of them."""
    links = range(first, first + len(group) - 1)
    return _passage(
        tuple(segment for passage in group for segment in passage.base),
        tuple(segment for passage in group for segment in passage.ours),
        tuple(segment for passage in group for segment in passage.theirs),
        group[0].at,
        here=any(number in here for number in links),
        there=any(number in there for number in links),
    )


def _links(one: Sequence[Run], other: Sequence[Run], changed: Sequence[bool], matters: Sequence[bool]) -> set[int]:
    """The places of passages between which and the next one words moved, from one text to the other, that matter."""
    return {
        n
        for n in range(len(one) - 1)
        if changed[n] and changed[n + 1] and (matters[n] or matters[n + 1])
        if _has_moved(*([_text(run) for run in side[n : n + 2]] for side in (one, other)))
    }


def _is_locked_anew(base: Run, side: Run) -> bool:
    if not any(segment.locked for segment in side):
        return False
    open_before = {segment.id for segment in base if not segment.locked}
    return any(segment.locked and segment.id in open_before for segment in side)


def _strayed(one: Sequence[Run], other: Sequence[Run]) -> set[int]:
    """The places of passages that hold together because a segment is in one here and in another there."""
    if all([s.id for s in a] == [s.id for s in b] for a, b in zip(one, other, strict=True)):
        return set()
    stood = {segment.id: number for number, run in enumerate(one) for segment in run}
    depth = [0] * (len(one) + 1)
    for number, run in enumerate(other):
        for segment in run:
            was = stood.get(segment.id, number)
            depth[min(was, number)] += 1
            depth[max(was, number)] -= 1
    return {number for number, inside in enumerate(accumulate(depth)) if inside}


def _has_moved(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether a good part of the change between two pairs of neighbours is that words went from one to the other."""
    apart, together = costs(old, new)
    return apart - together >= max(_MOVED, apart * _SHARE)


def costs(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many words change when texts are taken one by one, and when they are joined: fewer where words moved."""
    apart = sum(_cost(one, other) for one, other in zip(old, new, strict=True))
    return apart, _cost(" ".join(old), " ".join(new))


def _cost(old: str, new: str) -> int:
    if old == new:
        return 0
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    return Indel.distance(a, b) if len(a) * len(b) <= _WORK else len(a) + len(b)


def _text(run: Run) -> str:
    return " ".join(segment.target for segment in run)
