"""People: who works here, and who is at the desk now."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any

from desktop_app.desk.desk import Changes, Desk
from desktop_app.domain.people import (
    Person,
    Role,
    keepers,
    may_remove,
    may_rename,
    may_set_roles,
    name_list,
    needs_confirming,
)
from desktop_app.foundation.errors import NotAllowedError, WrongUsageError
from desktop_app.foundation.messages import N_, Message
from desktop_app.foundation.printable import unprinted
from desktop_app.store import people as store

_MAX_NAME = 100


def add_person(
    desk: Desk, name: str, *, zh: str = "", roles: Iterable[Role] = (), by: Person | None = None
) -> tuple[Person, Changes]:
    """Add a person; the first one added becomes the archive's current person.

    Anybody can. Once the house is at work, an entry that no archivist or editor makes waits for one of them to confirm
    it, where there is one: until then its roles decide nothing about people and keys.

    Raises:
        WrongUsageError: the name is empty or taken, or has signs that do not print.
    """
    name, zh = _clean_name(name), _clean(zh)
    with desk.archive.write() as unit:
        present = store.everybody(unit.session)
        _check_free(name, present)
        waits = needs_confirming(by, present) and store.at_work(unit.session)
        adder = (by.id if by else "") if waits else None
        person = Person(desk.new_id(), name, zh, frozenset(roles), unconfirmed=adder)
        store.add(unit.session, person)
        if not present:
            store.set_fact(unit.session, "person", person.id)
        unit.record("person added", person=by.id if by else None, name=name, roles=_values(person), unconfirmed=waits)
    return person, Changes(people=True)


def change_person(
    desk: Desk, person: Person, *, name: str | None = None, zh: str | None = None,
    roles: Iterable[Role] | None = None, by: Person | None = None,
) -> tuple[Person, Changes]:  # fmt: skip
    """Correct a person's names or roles; what is None stays. Where nothing changes, nothing is written.

    Whoever may set roles confirms the entry by setting them, be it to what they were. Statements that the person signed
    name their id, so they stay valid; credits made from sign-offs show the new name.

    Raises:
        WrongUsageError: the name is empty or somebody else's, or has signs that do not print, or the person is gone.
        NotAllowedError: an archivist or editor would have to do it.
    """
    with desk.archive.write() as unit:
        present = store.everybody(unit.session)
        kept = _present(person, present)
        changed = replace(
            kept,
            name=kept.name if name is None else _clean_name(name),
            zh=kept.zh if zh is None else _clean(zh),
        )
        if changed != kept:
            require_allowed(may_rename(by, kept, present), by, present)
        if roles is not None:
            changed = _given(kept, changed, frozenset(roles), by, present)
        if changed == kept:
            return kept, Changes()
        _check_free(changed.name, [other for other in present if other.id != kept.id])
        store.change(unit.session, changed)
        operation, data = _told_change(kept, changed)
        unit.record(operation, person=by.id if by else None, **data)
    return changed, Changes(people=True)


def _given(
    kept: Person, changed: Person, roles: frozenset[Role], by: Person | None, present: Collection[Person]
) -> Person:
    """The person with their roles as ``by`` sets them; who may not can leave them as they are."""
    reason = may_set_roles(by, kept, roles, present)
    if roles != kept.roles:
        require_allowed(reason, by, present)
    return replace(changed, roles=roles, unconfirmed=None) if reason is None else changed


def _told_change(was: Person, now: Person) -> tuple[str, dict[str, Any]]:
    """What an event tells of a correction: the name of the act, and everything that it changed."""
    data: dict[str, Any] = {"name": now.name}
    operation = "person confirmed"
    if was.unconfirmed is not None and now.unconfirmed is None:
        data["confirmed"] = True
    if now.zh != was.zh:
        operation, data = "person changed", {**data, "zh": now.zh, "zh_was": was.zh}
    if now.roles != was.roles:
        operation, data = "roles changed", {**data, "roles": _values(now), "roles_were": _values(was)}
    if now.name != was.name:
        operation, data = "person renamed", {**data, "was": was.name}
    return operation, data


def _values(person: Person) -> list[str]:
    return sorted(role.value for role in person.roles)


def require_allowed(reason: Message | None, by: Person | None, everybody: Iterable[Person]) -> None:
    """Go on only where there is no ``reason`` against it.

    Raises:
        NotAllowedError: there is one; the advice names who may do it.
    """
    if reason is None:
        return
    able = [person for person in keepers(everybody) if by is None or person.id != by.id]
    advice = N_("Ask one of: {names}.", names=name_list(able)) if able else None
    if by is None:
        advice = N_("Say who you are: with --as, or at the top right of the window.")
    raise NotAllowedError(N_("Not allowed: {reason}.", reason=reason), advice=advice)


def remove_person(desk: Desk, person: Person, *, by: Person | None = None) -> Changes:
    """Remove a person who never did anything here.

    Raises:
        WrongUsageError: the person is gone already.
        NotAllowedError: an event, a story, a sign-off or a comment names them, or an archivist or editor would have
            to do it.
    """
    with desk.archive.write() as unit:
        present = store.everybody(unit.session)
        kept = _present(person, present)
        require_allowed(may_remove(by, kept, present), by, present)
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
    """Find a person by name, else by name in Chinese, else by id, else by the first part of a name.

    A whole name is thus never taken for the Chinese name of somebody else.

    Raises:
        WrongUsageError: nobody, or more than one person, is called that.
    """
    people = list_people(desk)
    wanted = who.strip().casefold()
    ways: tuple[Callable[[Person], str], ...] = (
        lambda one: one.name,
        lambda one: one.zh,
        lambda one: one.id,
        lambda one: one.name.split(" ")[0],
    )
    found = ([one for one in people if wanted and way(one).casefold() == wanted] for way in ways)
    matches = next(filter(None, found), [])
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
