"""Which part of the story is at a place on a page, and the bars that mark one part on it."""

from collections.abc import Iterable, Sequence

from desktop_app.desk.proofs import Spot


def spot_at(spots: Iterable[Spot], page: int, x: float, y: float) -> Spot | None:
    """The spot at a place on a page, in points."""
    return next((spot for spot in spots if spot.page == page and spot.holds(x, y)), None)


def bars(on_page: Sequence[Spot], key: str) -> list[tuple[float, float, float]]:
    """One bar for each text and picture of ``key`` on a page: left edge, top, bottom, in points.

    The bars of a language stand in one line, at the left edge of its column.
    """
    parts: dict[str, list[Spot]] = {}
    for spot in on_page:
        if spot.key == key:
            parts.setdefault(spot.part, []).append(spot)
    edges = {side: min((s.x for s in on_page if s.part == side), default=0.0) for side in ("zh", "en")}
    return [
        (edges.get(part) or min(s.x for s in spots), min(s.y for s in spots), max(s.y + s.height for s in spots))
        for part, spots in parts.items()
    ]
