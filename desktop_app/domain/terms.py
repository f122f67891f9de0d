"""The termbase: a source term, its approved translation, what may stand beside it and what may not."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
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


def tidied(term: Term) -> Term:
    """Return a term as the archive keeps it: one space between words, no controls, no empty or repeated forms.

    Only the note keeps its lines. A form that the approved translation says already is no further allowed one.
    """
    target, short = _line(term.target), _line(term.short)
    source = _line(term.source)
    return replace(
        term,
        source=source,
        target=target,
        source_short=_forms(term.source_short, without=source),
        short="" if short == target else short,
        allowed=_forms(term.allowed, without=target),
        forbidden=_forms(term.forbidden),
        note="\n".join(_line(line) for line in term.note.splitlines()).strip(),
    )


def merged(ours: Term, theirs: Term) -> Term:
    """Return our entry with what another one of the same source and target says besides.

    Lists are united, ours first; what the other says of kind, short form and note counts where it says anything.
    """
    return tidied(
        replace(
            ours,
            kind=theirs.kind if theirs.kind is not TermKind.TERM else ours.kind,
            source_short=(*ours.source_short, *theirs.source_short),
            short=theirs.short or ours.short,
            allowed=(*ours.allowed, *theirs.allowed),
            forbidden=(*ours.forbidden, *theirs.forbidden),
            note=theirs.note or ours.note,
        )
    )


def contradiction(ours: Term, theirs: Term) -> str:
    """Return the word that one entry approves or allows and the other, of the same source, forbids; else nothing."""
    if ours.source != theirs.source:
        return ""
    for one, other in ((ours, theirs), (theirs, ours)):
        for form in (one.target, one.short, *one.allowed):
            if form and form in other.forbidden:
                return form
    return ""


def _line(text: str) -> str:
    kept = (" " if character in "\t\n" else character for character in text if not _is_unwanted(character))
    return " ".join("".join(kept).split())


def _is_unwanted(character: str) -> bool:
    """Controls, lone surrogates and the two code points that are no characters: no file can carry them."""
    return character in "\ufeff\ufffe\uffff" or (
        unicodedata.category(character) in {"Cc", "Cs"} and character not in "\t\n"
    )


def _forms(forms: Iterable[str], *, without: str = "") -> tuple[str, ...]:
    lines = dict.fromkeys(_line(form) for form in forms)
    return tuple(line for line in lines if line and line != without)
