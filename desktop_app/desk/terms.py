"""The termbase: its entries, taking them in from a file and giving them out, and the people's names in it.

Anybody at the desk may change it; every change is an event. One source may have several entries where Chinese has
one word for two things (主任: director, dean). Two rules keep them in order: the same source and target are one
entry, and no entry approves what another of its source forbids.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.desk.cataloguing import read_file
from desktop_app.desk.desk import SILENT, Changes, Desk, Progress
from desktop_app.desk.outputs import ExportedFile, write_files
from desktop_app.domain.people import Person
from desktop_app.domain.story import Languages
from desktop_app.domain.terms import Term, TermKind, contradiction, merged, tidied
from desktop_app.exchange.term_formats import StatedTerm, TermFile, format_for, format_of
from desktop_app.exchange.xml import MAX_XML_BYTES
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.language.names import suggest_person as spelled
from desktop_app.language.terms import TermMention, fold, index_of
from desktop_app.store import terms as store

MAX_FORM = 400  # characters of a term or one of its forms
MAX_NOTE = 4000
MAX_FORMS = 50  # in one list
_STEP = 500  # terms between two reports of progress


@dataclass(frozen=True, slots=True)
class TermConflict:
    """A term of a file that contradicts the archive: ``word`` is approved on one side and forbidden on the other."""

    ours: Term
    theirs: Term
    word: str


@dataclass(frozen=True, slots=True)
class TermsTaken:
    """What an import did. ``conflicts`` were left as the archive has them; ``incomplete`` entries lack a language."""

    added: tuple[Term, ...]
    changed: tuple[Term, ...]
    unchanged: int
    conflicts: tuple[TermConflict, ...]
    incomplete: int
    changes: Changes


def all_terms(desk: Desk) -> tuple[Term, ...]:
    """Every entry, in the order in which they were added."""
    with desk.archive.read() as session:
        return tuple(store.every(session))


def search_terms(desk: Desk, query: str) -> tuple[Term, ...]:
    """The entries that have ``query`` in a form or the note, whatever its case or width; all of them for nothing."""
    wanted = fold(query)
    return tuple(term for term in all_terms(desk) if any(wanted in fold(text) for text in _texts(term)))


def find_terms(desk: Desk, source: str) -> tuple[TermMention, ...]:
    """The terms that a source text mentions, in order, the longest first where they begin together."""
    return index_of(all_terms(desk)).find(source)


def people_of_archive(desk: Desk) -> tuple[Term, ...]:
    """The people of the termbase: one name in English for each, across the archive."""
    with desk.archive.read() as session:
        return tuple(store.of_kind(session, TermKind.PERSON))


def suggest_person(desk: Desk, han: str) -> str:
    """The English name for a Chinese one: as the termbase has it, else surname first in pinyin, ``YANG Lindi``.

    Empty where ``han`` is no name that can be read.
    """
    known = [term for term in people_of_archive(desk) if fold(term.source) == fold(han)]
    return known[0].target if known else spelled(han)


def add_term(
    desk: Desk,
    source: str,
    target: str,
    *,
    kind: TermKind = TermKind.TERM,
    source_short: Iterable[str] = (),
    short: str = "",
    allowed: Iterable[str] = (),
    forbidden: Iterable[str] = (),
    note: str = "",
    by: Person | None = None,
) -> tuple[Term, Changes]:
    """Add an entry. Where the same source and target are there already, what is new is merged into it: lists are
    united, and kind, short form and note count where they are given.

    Raises:
        WrongUsageError: a form is empty or too long, or it contradicts an entry of the same source.
    """
    given = Term("", source, target, kind, tuple(source_short), short, tuple(allowed), tuple(forbidden), note)
    wanted = _checked(tidied(given))
    with desk.archive.write() as unit:
        present = store.of_source(unit.session, wanted.source)
        same = next((one for one in present if one.target == wanted.target), None)
        term = _checked(merged(same, wanted)) if same else replace(wanted, id=unit.new_id())
        _refuse_contradictions([one for one in present if one is not same], term)
        if term == same:
            return term, Changes()
        if same:
            store.change(unit.session, term)
        else:
            store.add(unit.session, term)
        unit.record(
            "term changed" if same else "term added",
            person=by.id if by else None,
            term=term.id,
            name=f"{term.source} = {term.target}",
        )
    return term, Changes(terms=True)


def change_term(desk: Desk, term: Term, *, by: Person | None = None) -> tuple[Term, Changes]:
    """Write an entry anew, all its fields as given.

    Raises:
        WrongUsageError: there is no entry with its id, a form is empty or too long, it contradicts another entry of
            its source, or another entry has the same source and target.
    """
    wanted = _checked(tidied(term))
    with desk.archive.write() as unit:
        before = store.get(unit.session, wanted.id)
        if before is None:
            raise _unknown(term.id)
        others = [one for one in store.of_source(unit.session, wanted.source) if one.id != wanted.id]
        _refuse_contradictions(others, wanted)
        if any(one.target == wanted.target for one in others):
            raise WrongUsageError(
                N_("There is an entry for this already: {name}.", name=f"{wanted.source} = {wanted.target}"),
                advice=N_("Change that entry, or remove one of the two."),
            )
        if before == wanted:
            return before, Changes()
        store.change(unit.session, wanted)
        unit.record(
            "term changed",
            person=by.id if by else None,
            term=wanted.id,
            name=f"{wanted.source} = {wanted.target}",
        )
    return wanted, Changes(terms=True)


def remove_term(desk: Desk, identity: str, *, by: Person | None = None) -> Changes:
    """Take an entry out.

    Raises:
        WrongUsageError: there is none with this id.
    """
    with desk.archive.write() as unit:
        term = store.get(unit.session, identity)
        if term is None:
            raise _unknown(identity)
        store.remove(unit.session, identity)
        unit.record("term removed", person=by.id if by else None, term=identity, name=f"{term.source} = {term.target}")
    return Changes(terms=True)


def find_term(desk: Desk, who: str) -> Term:
    """Find one entry: by id, by its source, or by ``source=target`` where a source has several.

    Raises:
        WrongUsageError: there is none, or more than one.
    """
    source, _, target = (part.strip() for part in who.partition("="))
    terms = all_terms(desk)
    found = [term for term in terms if term.id == who.strip()] or [
        term for term in terms if fold(term.source) == fold(source) and (not target or term.target == target)
    ]
    if not found:
        raise _unknown(who)
    if len(found) > 1:
        names = ", ".join(f"{term.source}={term.target}" for term in found)
        raise WrongUsageError(
            N_("More than one term is called “{name}”.", name=who), advice=N_("Name one of: {names}.", names=names)
        )
    return found[0]


def read_terms(path: Path, languages: Languages) -> TermFile:
    """Read a termbase file without an archive.

    Raises:
        InputRefusedError: it cannot be read, is too large, or is no termbase.
    """
    data = read_file(path, MAX_XML_BYTES)
    return format_for(path.name, data).read(data, str(path), languages)


def import_terms(desk: Desk, path: Path, *, by: Person | None = None, progress: Progress = SILENT) -> TermsTaken:
    """Take in a file of terms, all of it in one transaction.

    The same source and target are the same entry: what the file speaks of is written over it, what it does not speak
    of stays. A new target for a known source is an entry of its own. A term that approves what the archive forbids,
    or forbids what it approves, is left out and told.

    Raises:
        InputRefusedError: it cannot be read or is no termbase; nothing is taken in.
    """
    file = read_terms(path, desk.house().languages)
    added: dict[str, Term] = {}
    changed: dict[str, Term] = {}
    unchanged: set[str] = set()
    conflicts: list[TermConflict] = []
    with desk.archive.write() as unit:
        present: dict[str, dict[str, Term]] = {}
        for term in store.every(unit.session):
            present.setdefault(term.source, {})[term.target] = term
        for number, stated in enumerate(file.terms):
            if number % _STEP == 0:
                progress.check()
                progress.report(number, len(file.terms))
            ours = present.setdefault(stated.term.source, {})
            same = ours.get(stated.term.target)
            term = _checked(_written_over(same, stated) if same else stated.term, subject=str(path))
            conflict = _conflict([one for one in ours.values() if one is not same], term)
            if conflict is not None:
                conflicts.append(conflict)
                continue
            if same is None:
                term = replace(term, id=unit.new_id())
                added[term.id] = term
            elif same.id in added:
                added[same.id] = term
            elif term != same:
                changed[same.id] = term
            elif same.id not in changed:
                unchanged.add(same.id)
            ours[term.target] = term
        for term in added.values():
            store.add(unit.session, term)
        for term in changed.values():
            store.change(unit.session, term)
        if added or changed:
            unit.record(
                "terms imported",
                person=by.id if by else None,
                files=[path.name],
                added=len(added),
                changed=len(changed),
            )
    return TermsTaken(
        tuple(added.values()),
        tuple(changed.values()),
        len(unchanged - set(changed)),
        tuple(conflicts),
        file.incomplete,
        Changes(terms=bool(added or changed)),
    )


def export_terms(desk: Desk, path: Path, *, kinds: Sequence[TermKind] = ()) -> ExportedFile:
    """Write all terms, or those of ``kinds``, in the format that the file's ending names; whole or not at all.

    Raises:
        WrongUsageError: the ending names no format.
        ArchiveUnavailableError: the file cannot be written.
    """
    form = format_of(path.name)
    terms = [term for term in all_terms(desk) if not kinds or term.kind in kinds]
    return write_files([(path, form.write(terms, desk.house().languages))])[0]


def _conflict(others: Sequence[Term], term: Term) -> TermConflict | None:
    """What keeps a term of a file out: another entry, or the term itself, approves and forbids one word."""
    for one in (term, *others):
        word = contradiction(one, term)
        if word:
            return TermConflict(one, term, word)
    return None


def _written_over(ours: Term, stated: StatedTerm) -> Term:
    return replace(ours, **{name: getattr(stated.term, name) for name in stated.given})


def _texts(term: Term) -> Iterable[str]:
    return (
        term.source, term.target, term.short, term.note, *term.source_short, *term.allowed, *term.forbidden
    )  # fmt: skip


def _checked(term: Term, *, subject: str = "") -> Term:
    """Give the term back if it can be kept.

    Raises:
        WrongUsageError: it lacks source or target, or something of it is too long.
    """
    name = f"{term.source} = {term.target}"[:80]
    if not term.source or not term.target:
        raise WrongUsageError(N_("A term needs its source and its translation."), subject=subject)
    if any(len(text) > MAX_FORM for text in _texts(replace(term, note=""))) or len(term.note) > MAX_NOTE:
        raise WrongUsageError(
            N_("The entry {name} is too long: a form may have {n} characters, a note {m}.", name=name, n=MAX_FORM,
               m=MAX_NOTE),
            subject=subject,
        )  # fmt: skip
    if any(len(forms) > MAX_FORMS for forms in (term.source_short, term.allowed, term.forbidden)):
        raise WrongUsageError(
            N_("The entry {name} has more than {n} forms in one list.", name=name, n=MAX_FORMS), subject=subject
        )
    return term


def _refuse_contradictions(others: Sequence[Term], wanted: Term) -> None:
    for one in (wanted, *others):
        word = contradiction(one, wanted)
        if word:
            raise WrongUsageError(
                N_("“{word}” cannot be approved and forbidden for {source} at once.", word=word, source=wanted.source),
                advice=N_("Change the entry {name} first.", name=f"{one.source} = {one.target}"),
            )


def _unknown(name: str) -> WrongUsageError:
    return WrongUsageError(
        N_("There is no term “{name}”.", name=name), advice=N_("“diptych terms list” shows the terms.")
    )
