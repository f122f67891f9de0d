"""Which entries fit what was typed, best first: off the window's thread, for there may be 100,000 stories."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from heapq import nlargest

from desktop_app.gui.palette.entries import Entry, Kind, Shelf
from desktop_app.gui.palette.wanted import Wanted

SHOWN = 40
_AT_ONCE = 2048  # texts between two questions whether the answer is still wanted
_MOST_SCORED = 2000  # texts; more fit a letter or two, and only those that begin with them are weighed
_GOOD, _NEAR = 250, 60  # points: beside an entry that has the word itself, far-flung letters are no match
_RECENT = 120  # points for what was chosen lately
_ORDER = {Kind.ACTION: 3, Kind.STORY: 2, Kind.TERM: 1, Kind.PICTURE: 0, Kind.PART: 0}
# Typed before the words, they ask for one kind; the wide ones are what a Chinese keyboard gives.
PREFIXES = {">": Kind.ACTION, "＞": Kind.ACTION, "#": Kind.TERM, "＃": Kind.TERM}


def parted(typed: str) -> tuple[Kind | None, str]:
    """Part what was typed into the kind that is asked for (None: any) and the words."""
    text = typed.strip()
    kind = PREFIXES.get(text[:1])
    return kind, text[1:].strip() if kind is not None else text


def best(
    wanted: Wanted,
    actions: Sequence[Entry],
    shelves: Sequence[Shelf],
    recent: Collection[str],
    check: Callable[[], None],
) -> list[Entry]:
    """The entries that fit, best first. ``check`` is called every few milliseconds and may stop it by raising."""
    scored: list[tuple[int, int, Entry]] = []
    for entry in actions:
        points = wanted.score(entry.texts())
        if not points and entry.tip:
            points = min(_GOOD, wanted.score([*entry.texts(), entry.tip.lower()]))
            entry = replace(entry, detail=entry.tip)  # noqa: PLW2901 - else nothing shows why it is here
        if points:
            scored.append((points + _bonus(entry.name, recent), _ORDER[entry.kind], entry))
    for shelf in shelves:
        scored += _best_of(wanted, shelf, recent, check)
    scored.sort(key=lambda one: (-one[0], -one[1]))
    least = _NEAR if scored and scored[0][0] >= _GOOD else 0
    return [entry for points, _, entry in scored[:SHOWN] if points >= least]


def _best_of(
    wanted: Wanted, shelf: Shelf, recent: Collection[str], check: Callable[[], None]
) -> list[tuple[int, int, Entry]]:
    rows = list(_passing(shelf.small, wanted.stands_in, check))
    if len(rows) > _MOST_SCORED:
        first = wanted.words[0].text
        begun = [row for row in rows if shelf.small[row].startswith(first) or f" {first}" in shelf.small[row]]
        rows = (begun if len(begun) >= SHOWN else rows)[:_MOST_SCORED]
    if len(rows) < SHOWN:
        exact = set(rows)
        loose = (row for row in _passing(shelf.small, wanted.may_fit, check) if row not in exact)
        rows += [row for row, _ in zip(loose, range(_MOST_SCORED), strict=False)]
    points = ((wanted.score(shelf.small[row].split("\n")), row) for row in rows)
    weighed = [(score + _bonus(f"{shelf.kind.value}:{shelf.ids[row]}", recent), row) for score, row in points if score]
    chosen = nlargest(SHOWN, weighed, key=lambda one: (one[0], -one[1]))
    return [(score, _ORDER[shelf.kind], shelf.entry(row)) for score, row in chosen]


def _passing(texts: Sequence[str], fits: Callable[[str], bool], check: Callable[[], None]) -> Iterator[int]:
    for start in range(0, len(texts), _AT_ONCE):
        check()
        yield from (row for row, text in enumerate(texts[start : start + _AT_ONCE], start) if fits(text))


def _bonus(name: str, recent: Collection[str]) -> int:
    return _RECENT if name in recent else 0


def at_first(
    recent: Iterable[str], actions: Sequence[Entry], shelves: Sequence[Shelf], stories: Sequence[Entry]
) -> list[Entry]:
    """What is offered before anything is typed: what was chosen lately, the newest stories, the actions."""
    by_name = {entry.name: entry for entry in actions}
    lately = [by_name.get(name) or next(filter(None, (one.find(name) for one in shelves)), None) for name in recent]
    offered = {entry.name: entry for entry in (*filter(None, lately), *stories, *actions)}
    return list(offered.values())[:SHOWN]
