"""Where in the other text a place is to be looked for: a band along words that stand rarely on both sides."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from desktop_app.language.alignment.links import Links, Side
from desktop_app.language.alignment.search import Bounds, Step

WHOLE = 160  # sentences up to which every place is tried
_HALF = 60
_WIDEST = 300
_SLOPE = 0.25  # how the band widens with the distance from the nearest sure place
_RARE = 5
_LEAST_VALUE = 1.0
_NEAR = 30  # sentences within which another sure place must support one
_STRAY = 15


def whole_bounds(rows: int, columns: int) -> Bounds:
    """Try every place."""
    return [(0, columns)] * (rows + 1)


def band(links: Links, source_sums: Sequence[float], target_sums: Sequence[float]) -> Bounds:
    """Return a band around places that share rare words, in order; where there are none, around equal shares of length.

    ``source_sums`` and ``target_sums`` are the lengths up to each place.
    """
    rows, columns = len(source_sums) - 1, len(target_sums) - 1
    if max(rows, columns) <= WHOLE:
        return whole_bounds(rows, columns)
    chain = _supported(_chain(_shared_rarely(links)), columns / rows)
    if len(chain) < rows / 40:
        chain = []
    centres, distance = _centres(chain, source_sums, target_sums)
    return bounds_around(centres, [min(_WIDEST, int(_HALF + _SLOPE * far)) for far in distance], columns)


def band_of_path(path: Sequence[Step], rows: int, columns: int, half: int) -> Bounds:
    """Return a narrow band around a path."""
    low, high = [columns] * (rows + 1), [0] * (rows + 1)
    for step in path:
        for place in range(step.i, step.i + step.a + 1):
            low[place] = min(low[place], step.j)
            high[place] = max(high[place], step.j + step.b)
    found = [(max(0, one - half), min(columns, other + half)) for one, other in zip(low, high, strict=True)]
    return _joined(found, columns)


def bounds_around(centres: Sequence[int], halves: Sequence[int], columns: int) -> Bounds:
    """Lowest and highest target place to try at each source place; neighbours overlap, the ends are in."""
    return _joined(
        [(max(0, one - half), min(columns, one + half)) for one, half in zip(centres, halves, strict=True)], columns
    )


def _joined(bounds: list[tuple[int, int]], columns: int) -> Bounds:
    bounds[0], bounds[-1] = (0, bounds[0][1]), (bounds[-1][0], columns)
    high = 0
    for n, (one, other) in enumerate(bounds):  # no row ends before the one above it, nor begins where none ends
        low = min(one, high) if n else 0
        high = max(high, other)
        bounds[n] = (low, high)
    low = columns
    for n in range(len(bounds) - 1, -1, -1):
        low = min(low, bounds[n][0])
        bounds[n] = (low, bounds[n][1])
    return bounds


def _shared_rarely(links: Links) -> list[tuple[int, int, float]]:
    """Places of linked words that few sentences of either text have, each with a weight."""
    source, target = links.source, links.target
    owners = np.repeat(np.arange(len(links.starts) - 1), np.diff(links.starts))
    rare = (
        (source.frequencies[owners] <= _RARE)
        & (target.frequencies[links.targets] <= _RARE)
        & (links.values >= _LEAST_VALUE)
    )
    ours, theirs = _places(source), _places(target)
    points: dict[tuple[int, int], float] = {}
    for word, answer, value in zip(owners[rare], links.targets[rare], links.values[rare], strict=True):
        weight = float(value) / (len(ours[word]) * len(theirs[answer]))
        for i in ours[word]:
            for j in theirs[answer]:
                points[i, j] = points.get((i, j), 0.0) + weight
    return sorted((i, j, weight) for (i, j), weight in points.items())


def _places(side: Side) -> dict[int, list[int]]:
    """Sentences of the rare words."""
    sentences = np.repeat(np.arange(len(side.starts) - 1), np.diff(side.starts))
    rare = (side.frequencies[side.words] <= _RARE) & (side.words > 0)
    found: dict[int, list[int]] = {}
    for word, place in zip(side.words[rare].tolist(), sentences[rare].tolist(), strict=True):
        found.setdefault(word, []).append(place)
    return found


def _chain(points: Sequence[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """The heaviest chain of points that rise on both sides. The best chains by their end are kept in two lists."""
    ends: list[int] = []  # target places, rising, each with the best weight of a chain that ends there or before
    weights: list[float] = []
    tips: list[int] = []
    before: list[int] = [-1] * len(points)
    n = 0
    while n < len(points):
        stop = n
        while stop < len(points) and points[stop][0] == points[n][0]:
            stop += 1
        found = []
        for number in range(n, stop):
            _, j, weight = points[number]
            at = bisect_right(ends, j - 1) - 1
            before[number] = tips[at] if at >= 0 else -1
            found.append((j, weight + (weights[at] if at >= 0 else 0.0), number))
        for j, weight, number in found:
            at = bisect_right(ends, j)
            if at and weights[at - 1] >= weight:
                continue
            stop_at = at
            while stop_at < len(ends) and weights[stop_at] <= weight:
                stop_at += 1
            if at and ends[at - 1] == j:
                at -= 1
            ends[at:stop_at], weights[at:stop_at], tips[at:stop_at] = [j], [weight], [number]
        n = stop
    chain: list[tuple[int, int]] = []
    number = tips[-1] if tips else -1
    while number >= 0:
        chain.append(points[number][:2])
        number = before[number]
    return chain[::-1]


def _supported(chain: Sequence[tuple[int, int]], slope: float) -> list[tuple[int, int]]:
    """Leave out points that no other one near by agrees with."""
    kept = []
    for n, (i, j) in enumerate(chain):
        near = [p for p in chain[max(0, n - 4) : n] if i - p[0] <= _NEAR]
        near += [p for p in chain[n + 1 : n + 5] if p[0] - i <= _NEAR]
        if sum(abs((j - other) - slope * (i - one)) <= _STRAY for one, other in near) >= 2:
            kept.append((i, j))
    return kept


def _centres(
    chain: Sequence[tuple[int, int]], source_sums: Sequence[float], target_sums: Sequence[float]
) -> tuple[list[int], list[float]]:
    """For each source place the target place at the same share of length between the points round it."""
    rows, columns = len(source_sums) - 1, len(target_sums) - 1
    centres = [0] * (rows + 1)
    distance = [0.0] * (rows + 1)
    for (top, left), (bottom, right) in pairwise([(0, 0), *chain, (rows, columns)]):
        whole = (source_sums[bottom] - source_sums[top]) or 1.0
        share = (target_sums[right] - target_sums[left]) / whole
        place = left
        for row in range(top, bottom + 1):
            sought = target_sums[left] + (source_sums[row] - source_sums[top]) * share
            while place < right and target_sums[place] < sought:
                place += 1
            centres[row] = place
            distance[row] = min(row - top, bottom - row)
    return centres, distance
