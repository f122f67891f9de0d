"""People: who works here, and who is at the desk now."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from desktop_app.desk.desk import Changes, Desk
from desktop_app.domain.people import Person, Role
from desktop_app.foundation.errors import NotAllowedError, WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.foundation.printable import unprinted
from desktop_app.store import people as store

_MAX_NAME = 100


def add_person(
    desk: Desk, name: str, *, zh: str = "", roles: Iterable[Role] = (), by: Person | None = None
) -> tuple[Person, Changes]:
    """Add a person; the first one added becomes the archive's current person.

    Raises:
        WrongUsageError: the name is empty or taken, or has signs that do not print.
    """
    name, zh = _clean_name(name), _clean(zh)
    with desk.archive.write() as unit:
        present = store.everybody(unit.session)
        _check_free(name, present)
        person = Person(desk.new_id(), name, zh, frozenset(roles))
        store.add(unit.session, person)
        if not present:
            store.set_fact(unit.session, "person", person.id)
        unit.record("person added", person=by.id if by else None, name=name)
    return person, Changes(people=True)


def change_person(
    desk: Desk, person: Person, *, name: str | None = None, zh: str | None = None,
    roles: Iterable[Role] | None = None, by: Person | None = None,
) -> tuple[Person, Changes]:  # fmt: skip
    """Correct a person's names or roles; what is None stays. Where nothing changes, nothing is written.

    Statements that they signed name their id, so they stay valid; credits made from sign-offs show the new name.

    Raises:
        WrongUsageError: the name is empty or somebody else's, or has signs that do not print, or the person is gone.
    """
    with desk.archive.write() as unit:
        present = store.everybody(unit.session)
        kept = _present(person, present)
        changed = replace(
            kept,
            name=kept.name if name is None else _clean_name(name),
            zh=kept.zh if zh is None else _clean(zh),
            roles=kept.roles if roles is None else frozenset(roles),
        )
        if changed == kept:
            return kept, Changes()
        _check_free(changed.name, [other for other in present if other.id != kept.id])
        store.change(unit.session, changed)
        author = by.id if by else None
        if changed.name == kept.name:
            unit.record("person changed", person=author, name=changed.name)
        else:
            unit.record("person renamed", person=author, name=changed.name, was=kept.name)
    return changed, Changes(people=True)


def remove_person(desk: Desk, person: Person, *, by: Person | None = None) -> Changes:
    """Remove a person who never did anything here.

    Raises:
        WrongUsageError: the person is gone already.
        NotAllowedError: an event, a story, a sign-off or a comment names them.
    """
    with desk.archive.write() as unit:
        kept = _present(person, store.everybody(unit.session))
        if store.named(unit.session, kept.id):
            raise NotAllowedError(
                N_("{name} has worked here, and the history names them.", name=kept.name),
                advice=N_("Correct the name instead; the history then shows the corrected one."),
            )
        store.remove(unit.session, kept.id)
        author = by.id if by is not None and by.id != kept.id else None
        unit.record("person removed", person=author, name=kept.name)
    return Changes(people=True)


def _clean(name: str) -> str:
    """A name in either language with single blanks; what nobody sees in it could let it pass for another."""
    name = " ".join(name.split())
    sign = unprinted(name)
    if sign is not None:
        raise WrongUsageError(
            N_("A name cannot have signs that do not print, such as {sign}.", sign=sign),
            advice=N_("Type the name anew, without copying it from elsewhere."),
        )
    return name


def _clean_name(name: str) -> str:
    name = _clean(name)
    if not name or len(name) > _MAX_NAME:
        raise WrongUsageError(N_("A person needs a name of 1 to {n} characters.", n=_MAX_NAME))
    return name


def _check_free(name: str, others: Collection[Person]) -> None:
    if any(person.name.casefold() == name.casefold() for person in others):
        raise WrongUsageError(
            N_("There is a person called “{name}” already.", name=name),
            advice=N_("Add a middle name or an initial to tell them apart."),
        )


def _present(person: Person, present: Iterable[Person]) -> Person:
    """The person as the archive has them now."""
    kept = next((other for other in present if other.id == person.id), None)
    if kept is None:
        raise WrongUsageError(N_("{name} is no longer among the people of this archive.", name=person.name))
    return kept


def list_people(desk: Desk) -> list[Person]:
    """Everybody, in the order they were added."""
    with desk.archive.read() as session:
        return store.everybody(session)


def find_person(desk: Desk, who: str) -> Person:
    """Find a person by id, by name in either language, or by the first part of a name when that is unique.

    Raises:
        WrongUsageError: nobody, or more than one person, is called that.
    """
    people = list_people(desk)
    wanted = who.strip().casefold()
    exact = [p for p in people if wanted in {p.id, p.name.casefold(), p.zh.casefold()}]
    partial = [p for p in people if wanted and p.name.casefold().split(" ")[0] == wanted]
    matches = exact or partial
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise WrongUsageError(
            N_("More than one person is called “{name}”.", name=who),
            advice=N_("Give the whole name: {names}.", names=", ".join(p.name for p in matches)),
        )
    names = ", ".join(p.name for p in people)
    advice = N_("The people here are: {names}.", names=names) if people else N_("Add people with “diptych people add”.")
    raise WrongUsageError(N_("Nobody here is called “{name}”.", name=who), advice=advice)


def current_person(desk: Desk) -> Person | None:
    """The person at the desk, if one was chosen."""
    identity = desk.house().current_person
    return next((person for person in list_people(desk) if person.id == identity), None)


def set_current_person(desk: Desk, person: Person) -> Changes:
    """Let ``person`` sit down at the desk."""
    with desk.archive.write() as unit:
        store.set_fact(unit.session, "person", person.id)
        unit.record("person at the desk", person=person.id)
    return Changes(people=True)
