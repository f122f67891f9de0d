"""Where blocks stand that hold no source text: pictures, and lines that only the translation has.

Blocks of source text never move. All others stand behind one of them, or at the top, and in an order there. Both are
merged: which paragraph a block stands behind, and the order of those behind one. What two people put in at one place
is ordered by id, so that it does not matter whose work comes home first.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise

from desktop_app.domain.changes import anchors
from desktop_app.domain.merging.changes import BlockChange, Merge, OrderChange, Outcome, PlaceChange
from desktop_app.domain.story import Content

Slots = Mapping[str, list[str]]  # the blocks behind each paragraph


def slots(content: Content, places: Mapping[str, str]) -> Slots:
    """The ids of the blocks at each of ``places`` (block to paragraph), in order; others are left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for block in content.blocks:
        if block.id in places:
            found[places[block.id]].append(block.id)
    return found


def place_changes(base: Content, ours: Content, theirs: Content) -> Iterator[PlaceChange | OrderChange]:
    """Every block that ``theirs`` has elsewhere than base, and every order that it changed."""
    stood, here, there = (anchors(content.blocks) for content in (base, ours, theirs))
    for block, place in here.items():
        was, other = stood.get(block), there.get(block)
        if other is None or other == was:
            continue
        if place in {was, other}:
            outcome = Outcome.MET if place == other else Outcome.TAKEN
            if was is not None or outcome is Outcome.TAKEN:
                yield PlaceChange(block, was, place, other, other, outcome)
        else:
            yield PlaceChange(block, was, place, other, place, Outcome.CONFLICT)
    yield from _orders(slots(base, stood), slots(ours, here), slots(theirs, there))


def _orders(base: Slots, ours: Slots, theirs: Slots) -> Iterator[OrderChange]:
    for anchor, blocks in ours.items():
        common = set(blocks) & set(theirs.get(anchor, ()))
        here, there = (_only(slot, common) for slot in (blocks, theirs.get(anchor, [])))
        stood = _only(base.get(anchor, []), common)
        known = set(stood)
        by_us, by_them = _only(here, known) != stood, _only(there, known) != stood
        if here == there:
            if by_them:
                yield OrderChange(anchor, stood, here, there, here, Outcome.MET)
        elif not by_us and by_them:
            yield OrderChange(anchor, stood, here, there, there, Outcome.TAKEN)
        elif by_us == by_them:
            yield OrderChange(anchor, stood, here, there, here, Outcome.CONFLICT)


def _only(blocks: Sequence[str], some: set[str]) -> tuple[str, ...]:
    return tuple(block for block in blocks if block in some)


def arranged(merge: Merge) -> list[str]:
    """The ids of all blocks of the merged story, in order."""
    here, there = anchors(merge.ours.blocks), anchors(merge.theirs.blocks)
    places = dict(here)
    orders: dict[str, tuple[str, ...]] = {}
    for change in merge.changes:
        if isinstance(change, BlockChange):
            if change.result is None:
                places.pop(change.block, None)
            elif change.block not in here:
                places[change.block] = there[change.block]
        elif isinstance(change, PlaceChange):
            places[change.block] = change.result
        elif isinstance(change, OrderChange):
            orders[change.anchor] = change.result
    if places == here and not orders:
        return [block.id for block in merge.ours.blocks]
    of_ours = slots(merge.ours, _kept(places, here))
    of_theirs = slots(merge.theirs, _kept(places, there))
    found: list[str] = []
    for paragraph in ["", *(block.id for block in merge.ours.blocks if block.id not in here)]:
        found += [paragraph] if paragraph else []
        ours, theirs = of_ours.get(paragraph, []), of_theirs.get(paragraph, [])
        found += _woven(ours, theirs, orders.get(paragraph))
    return found


def _kept(places: Mapping[str, str], side: Mapping[str, str]) -> dict[str, str]:
    """The places of one side that hold in the merged story."""
    return {block: place for block, place in side.items() if places.get(block) == place}


def _woven(ours: Sequence[str], theirs: Sequence[str], order: Sequence[str] | None) -> list[str]:
    """Put two sequences into one that keeps the order of both; where they contradict, of ``order`` or else of ours."""
    common = set(ours) & set(theirs)
    middle = _only(order, common) if order is not None else _only(ours, common)
    behind: dict[str, set[str]] = {block: set() for block in (*ours, *theirs)}
    for one, other in pairwise(middle):
        behind[one].add(other)
    for side in (ours, theirs):
        agrees = _only(side, common) == middle
        for one, other in pairwise(side):
            if agrees or other not in common:  # what contradicts stands behind its neighbour and before nothing
                behind[one].add(other)
    return _sorted(behind)


def _sorted(behind: Mapping[str, set[str]]) -> list[str]:
    """The blocks so that each stands before those that are behind it; where that leaves a choice, by id."""
    waiting = dict.fromkeys(behind, 0)
    for others in behind.values():
        for other in others:
            waiting[other] += 1
    ready = [block for block, count in waiting.items() if not count]
    heapify(ready)
    found = []
    while ready:
        block = heappop(ready)
        found.append(block)
        for other in behind[block]:
            waiting[other] -= 1
            if not waiting[other]:
                heappush(ready, other)
    return found
