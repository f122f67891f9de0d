"""The termbase: a source term, its approved translation, what may stand beside it and what may not."""

from dataclasses import dataclass
from enum import StrEnum


class TermKind(StrEnum):
    """What a term names; people are written surname first."""

    TERM = "term"
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Term:
    """One entry. ``target`` is the approved translation, ``allowed`` are others that are no fault.

    ``source_short`` and ``short`` are the short forms in each language (北工大, BJUT): the full form stands at the
    first mention. ``forbidden`` are translations that must not be used.
    """

    id: str
    source: str
    target: str
    kind: TermKind = TermKind.TERM
    source_short: tuple[str, ...] = ()
    short: str = ""
    allowed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    note: str = ""
