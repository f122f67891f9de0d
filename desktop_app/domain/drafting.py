"""Who drafted a version: the one who answers for the draft, and everybody who had a hand in it beside.

It is kept with the story (``stories.drafters``) and not worked out from the events: a guard asks for it at every act,
a list for every story at once, and a story that comes home or is restored brings it along. Nobody who is named here
signs anything of the version but the draft. With a correction those who only wrote in the draft are free again, as what
was approved was read by others; who had the draft before them stays, because the credits name them.
"""

from collections.abc import Sequence
from enum import StrEnum

DraftHands = Sequence[Sequence[str]]


class Part(StrEnum):
    """What somebody did beside the drafter: had the draft before them, or wrote in it. The credits name the former."""

    DRAFTED = "drafted"
    WROTE = "wrote"


def hands_of(stored: DraftHands | None) -> frozenset[str]:
    """Everybody who drafted beside the drafter, by id."""
    return frozenset(person for person, _part in stored or ())


def former_drafters(stored: DraftHands | None) -> tuple[str, ...]:
    """Those who had the draft before it was handed on, by id, the first one first."""
    return tuple(person for person, part in stored or () if part == Part.DRAFTED)


def having_written(stored: DraftHands | None, drafter: str | None, person: str) -> list[list[str]] | None:
    """The hands after ``person`` wrote in the open draft."""
    known = [list(one) for one in stored or ()]
    if person != drafter and person not in hands_of(stored):
        known.append([person, Part.WROTE.value])
    return known or None


def begun_anew(stored: DraftHands | None) -> list[list[str]] | None:
    """The hands with which a correction begins."""
    return [list(one) for one in stored or () if one[1] == Part.DRAFTED] or None


def handed_on(stored: DraftHands | None, drafter: str | None, to: str, *, empty: bool) -> list[list[str]] | None:
    """The hands after the draft went from ``drafter`` to ``to``; an ``empty`` one leaves nothing to answer for."""
    known = [list(one) for one in stored or () if one[0] not in {drafter, to}]
    if drafter is not None and not empty:
        before = sum(part == Part.DRAFTED for _person, part in known)
        known.insert(before, [drafter, Part.DRAFTED.value])
    return known or None
