"""Make a picture a little smaller where it would otherwise leave the rest of a page empty and open the next."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypedDict

# A picture gives up to this part of its height; one that would have to give more goes to the next page whole.
_MOST_GIVEN = 0.42
_SLACK = 1.0


class Spot(TypedDict, total=False):
    """What the template tells of a place (``spot`` in ``common.typ``); lengths in points, ``y`` from the page's top."""

    what: str
    number: int
    page: int
    y: float
    height: float
    image: float
    gap: float
    bottom: float


def next_fit(spots: Sequence[Spot], tried: Collection[int]) -> tuple[int, float] | None:
    """The first picture that a smaller height would bring back a page, and that height; ``None`` where there is none.

    ``tried`` are the numbers of those that had their turn: fitting one moves all that come after it.
    """
    before: Mapping[int, Spot] = {spot["number"]: spot for spot in spots if spot["what"] == "before"}
    for spot in spots:
        number = spot["number"]
        if spot["what"] != "picture" or number in tried or number not in before:
            continue
        end = before[number]
        if spot["page"] != end["page"] + 1:
            continue
        lacking = end["y"] + spot["gap"] + spot["height"] - spot["bottom"] + _SLACK
        if 0 < lacking <= _MOST_GIVEN * spot["image"]:
            return number, spot["image"] - lacking
    return None
