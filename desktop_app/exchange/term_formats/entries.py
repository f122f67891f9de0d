"""What a termbase file says: terms, and which of their fields it speaks of."""

from dataclasses import dataclass

from desktop_app.domain.terms import Term, TermKind
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_

MAX_TERMS = 100_000
# What a person is told whose file is no text.
CHOOSE = N_("Choose a TBX, CSV or TSV file with the terms.")
EVERY_FIELD = frozenset({"kind", "source_short", "short", "allowed", "forbidden", "note"})


@dataclass(frozen=True, slots=True)
class StatedTerm:
    """One term of a file, its id empty. ``given`` are the fields beside source and target that the file speaks of:
    a table without a column of notes says nothing about notes, and takes none away.
    """

    term: Term
    given: frozenset[str] = EVERY_FIELD


@dataclass(frozen=True, slots=True)
class TermFile:
    """A whole file: its terms in order, and how many entries it has that lack one of the two languages."""

    terms: tuple[StatedTerm, ...]
    incomplete: int = 0


def stated(term: Term) -> frozenset[str]:
    """The fields that a term says anything about, for a format in which nothing is said by leaving out."""
    found = {name for name in EVERY_FIELD - {"kind"} if getattr(term, name)}
    return frozenset(found | ({"kind"} if term.kind is not TermKind.TERM else set()))


def check_count(count: int) -> None:
    """Refuse a file with more than ``MAX_TERMS``.

    Raises:
        InputRefusedError: it has more.
    """
    if count > MAX_TERMS:
        raise InputRefusedError(
            N_("The file has more than {limit} terms.", limit=MAX_TERMS),
            advice=N_("Split the file, and try again with the parts."),
        )
