"""Which text of an old list became which of a new one, both in reading order: by what they share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_LEAST = 0.3  # what texts must share to be the same one, changed
_LEAST_OF_PART = 0.5  # how much of a part must be in the text that it became a part of, or came from
_LEAST_ALONE = 0.0  # where one text stands between two that stayed there is nothing else it could have become
_BONUS = 0.1  # for a match of two texts that share nothing, and against joining where that says no more
_BAND, _NARROW = 60, 12  # how far from the diagonal a stretch is looked through, and a very long one
_LONG = 300
_MOST_JOINED = 4  # texts that may have become one, or one of them several


@dataclass(frozen=True, slots=True)
class Match:
    """Old texts that became new ones, by their places; where either is empty the others are gone, or new."""

    old: tuple[int, ...]
    new: tuple[int, ...]


def match_texts(
    old: Sequence[str],
    new: Sequence[str],
    *,
    exact: bool = False,
    breaks: Sequence[int] = (),
    alone: bool = False,
) -> list[Match]:
    """Put two lists against each other, in order.

    ``exact``: only texts that are the same, and nothing else is returned. ``breaks`` has the paragraph of each new
    text: texts of two paragraphs never make one. ``alone``: one old text and one new one are the same, however little
    they share.
    """
    anchors = _anchors(old, new)
    if exact:
        return [Match((i,), (j,)) for i, j in anchors]
    matches: list[Match] = []
    at_old = at_new = 0
    for i, j in [*anchors, (len(old), len(new))]:
        matches += _between(old, new, (at_old, i), (at_new, j), breaks, alone=alone)
        if i < len(old):
            matches.append(Match((i,), (j,)))
        at_old, at_new = i + 1, j + 1
    return matches


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of the same text in order: from both ends, and between them those that either side has once."""
    start, ends = 0, (len(old), len(new))
    while start < min(ends) and old[start] == new[start]:
        start += 1
    back = 0
    while back < min(ends) - start and old[-1 - back] == new[-1 - back]:
        back += 1
    low, high = start, (len(old) - back, len(new) - back)
    found = [(n, n) for n in range(low)]
    at_new = _places(new, low, high[1])
    at_old = _places(old, low, high[0])
    once = [(i, at_new[text]) for text, i in at_old.items() if i >= 0 and at_new.get(text, -1) >= 0]
    previous = (low - 1, low - 1)
    for pair in [*_rising(sorted(once)), high]:
        # what is said more than once stands next to what is said once
        i, j = previous[0] + 1, previous[1] + 1
        while i < pair[0] and j < pair[1] and old[i] == new[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        if pair != high:
            found.append(pair)
        previous = pair
    return found + [(len(old) - n, len(new) - n) for n in range(back, 0, -1)]


def _places(texts: Sequence[str], low: int, high: int) -> dict[str, int]:
    """Where each text stands in a stretch; -1 where it stands more than once."""
    places: dict[str, int] = {}
    for number in range(low, high):
        places[texts[number]] = -1 if texts[number] in places else number
    return places


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises on both sides (patience sorting)."""
    tops: list[int] = []  # the smallest end of a run of each length, as a place in ``pairs``
    before: list[int | None] = []
    for number, (_, j) in enumerate(pairs):
        low, high = 0, len(tops)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if pairs[tops[middle]][1] < j else (low, middle)
        before.append(tops[low - 1] if low else None)
        tops[low : low + 1] = [number]
    run: list[tuple[int, int]] = []
    at = tops[-1] if tops else None
    while at is not None:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]


_Span = tuple[int, int]


def _between(
    old: Sequence[str], new: Sequence[str], ours: _Span, theirs: _Span, breaks: Sequence[int], *, alone: bool
) -> list[Match]:
    """Match what stands between two anchors."""
    rows, columns = ours[1] - ours[0], theirs[1] - theirs[0]
    if not rows or not columns:
        return [Match((n,), ()) for n in range(*ours)] + [Match((), (n,)) for n in range(*theirs)]
    between = rows == columns == 1 and (alone or len(old) > 1 or len(new) > 1)
    least = _LEAST_ALONE if between else _LEAST
    grams = [_grams(text) for text in old[slice(*ours)]], [_grams(text) for text in new[slice(*theirs)]]
    joints = {n - theirs[0] for n in range(*theirs) if n and breaks and breaks[n] != breaks[n - 1]}
    return [
        Match(tuple(i + ours[0] for i in match.old), tuple(j + theirs[0] for j in match.new))
        for match in _best(*grams, joints, least)
    ]


def _grams(text: str) -> frozenset[str]:
    """What two texts are compared by: pairs of neighbouring characters, and the single one of a text of one."""
    told = "".join(text.split()).casefold()
    return frozenset(a + b for a, b in pairwise(told)) or frozenset({told})


def _best(old: Sequence[frozenset[str]], new: Sequence[frozenset[str]], joints: set[int], least: float) -> list[Match]:
    """The way through both lists by which the matched texts share most; a text's weight is its length."""
    is_long = max(len(old), len(new)) > _LONG
    band = _NARROW + len(new) // len(old) if is_long else _BAND + abs(len(old) - len(new))
    score: dict[tuple[int, int], float] = {(0, 0): 0.0}
    came: dict[tuple[int, int], tuple[int, int]] = {}

    def reach(place: tuple[int, int], move: tuple[int, int], gain: float) -> None:
        there = (place[0] + move[0], place[1] + move[1])
        total = score[place] + gain
        if total > score.get(there, -1.0):
            score[there], came[there] = total, move

    for i in range(len(old) + 1):
        middle = i * len(new) // len(old)
        for j in range(max(0, middle - band), min(len(new), middle + band) + 1):
            if (i, j) not in score:
                continue
            for rows, columns in _moves(old, new, i, j):
                if joints & set(range(j + 1, j + columns)):
                    continue
                ours, theirs = old[i : i + rows], new[j : j + columns]
                one, other = frozenset[str]().union(*ours), frozenset[str]().union(*theirs)
                if (rows > 1 and not _all_in(ours, other)) or (columns > 1 and not _all_in(theirs, one)):
                    continue
                share = 2 * len(one & other) / (len(one) + len(other))
                if share >= least:
                    reach((i, j), (rows, columns), share * (len(one) + len(other)) + _BONUS / (rows + columns))
            if i < len(old):
                reach((i, j), (1, 0), 0.0)
            if j < len(new):
                reach((i, j), (0, 1), 0.0)
    return _walked(came, (len(old), len(new)))


def _moves(old: Sequence[frozenset[str]], new: Sequence[frozenset[str]], i: int, j: int) -> Iterator[tuple[int, int]]:
    """How many texts from either place on may be the same; several only where the first of them is a part."""
    rows, columns = len(old) - i, len(new) - j
    if not rows or not columns:
        return
    yield 1, 1
    if _all_in(new[j : j + 1], old[i]):
        yield from ((1, n) for n in range(2, min(_MOST_JOINED, columns) + 1))
    if _all_in(old[i : i + 1], new[j]):
        yield from ((n, 1) for n in range(2, min(_MOST_JOINED, rows) + 1))


def _all_in(parts: Sequence[frozenset[str]], whole: frozenset[str]) -> bool:
    """Whether most of each part is in the whole."""
    return all(len(part & whole) >= _LEAST_OF_PART * len(part) for part in parts)


def _walked(came: dict[tuple[int, int], tuple[int, int]], end: tuple[int, int]) -> list[Match]:
    matches: list[Match] = []
    i, j = end
    while (i, j) != (0, 0):
        rows, columns = came[i, j]
        i, j = i - rows, j - columns
        matches.append(Match(tuple(range(i, i + rows)), tuple(range(j, j + columns))))
    return matches[::-1]
