"""Commands about people: who works here, under which name, and what they do."""

from collections.abc import Iterable, Mapping

import click

from desktop_app.cli.commands import Group, Option, command
from desktop_app.cli.console import Console
from desktop_app.desk.people import add_person, change_person, find_person, list_people, remove_person
from desktop_app.domain.people import Person, Role, said_roles, same_in_chinese, told_unconfirmed
from desktop_app.domain.statements import shortened
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_, Message

_EVERY_ROLE = "any"


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    people = Group("people", says=N_("Who works here."))
    group.add_command(people)
    command(
        people,
        "add",
        N_("Add a person."),
        click.Argument(["name"]),
        Option(["--zh"], default="", metavar="NAME", says=N_("The name in Chinese.")),
        Option(
            ["--role", "roles"],
            multiple=True,
            type=click.Choice([role.value for role in Role]),
            says=N_("What the person does; may be given more than once."),
        ),
    )(_add_person)
    command(
        people,
        "change",
        N_("Correct a person's name, name in Chinese or roles."),
        click.Argument(["who"], metavar="PERSON"),
        Option(["--name"], default=None, metavar="NAME", says=N_("The name, as in the credits.")),
        Option(["--zh"], default=None, metavar="NAME", says=N_("The name in Chinese; empty takes it away.")),
        Option(
            ["--role", "roles"],
            multiple=True,
            type=click.Choice([*(role.value for role in Role), _EVERY_ROLE]),
            says=N_("What the person does, in place of what was set; may be given more than once; “any”: everything."),
        ),
    )(_change_person)
    command(
        people,
        "remove",
        N_("Remove a person who never did anything here."),
        click.Argument(["who"], metavar="PERSON"),
    )(_remove_person)
    command(people, "list", N_("List the people."))(_list_people)


def _person_json(person: Person) -> dict[str, object]:
    roles = sorted(role.value for role in person.roles)
    return {
        "id": person.id,
        "name": person.name,
        "zh": person.zh,
        "roles": roles,
        "key": person.key,
        "confirmed": person.unconfirmed is None,
    }


def _add_person(console: Console, name: str, zh: str, roles: tuple[str, ...]) -> None:
    with console.desk() as desk:
        by = console.actor(desk)
        person, _ = add_person(desk, name, zh=zh, roles=[Role(role) for role in roles], by=by)
        _note_same(console, person, list_people(desk))
    console.answer({"people": [_person_json(person)]}, N_("Added {name}.", name=person.name))
    if person.unconfirmed is not None:
        console.note(
            N_(
                "Note: no archivist or editor has confirmed {name}, who decides nothing about people and keys"
                " until then: “diptych people change … --role …”.",
                name=person.name,
            )
        )


def _note_same(console: Console, person: Person, people: Iterable[Person]) -> None:
    """Note whom the Chinese name of a person does not tell from them; that is allowed."""
    same = same_in_chinese(person.name, person.zh, (one for one in people if one.id != person.id))
    if same:
        names = ", ".join(one.name for one in same)
        console.note(
            N_("Note: also called so in Chinese: {names}. Commands need the other name or the id.", names=names)
        )


def _change_person(console: Console, who: str, name: str | None, zh: str | None, roles: tuple[str, ...]) -> None:
    if name is None and zh is None and not roles:
        raise WrongUsageError(N_("Nothing was named that should change."), advice=N_("Give --name, --zh or --role."))
    chosen = [Role(role) for role in roles if role != _EVERY_ROLE] if roles else None
    with console.desk() as desk:
        by, person = console.actor(desk), find_person(desk, who)
        person, _ = change_person(desk, person, name=name, zh=zh, roles=chosen, by=by)
        if zh or name is not None:
            _note_same(console, person, list_people(desk))
    console.answer({"people": [_person_json(person)]}, N_("Changed {name}.", name=person.name))


def _remove_person(console: Console, who: str) -> None:
    with console.desk() as desk:
        by, person = console.actor(desk), find_person(desk, who)
        remove_person(desk, person, by=by)
    console.answer({"people": [_person_json(person)]}, N_("Removed {name}.", name=person.name))


def _list_people(console: Console) -> None:
    with console.desk() as desk:
        people = list_people(desk)
    named = {person.id: person for person in people}
    rows = [
        (
            person.name,
            person.zh,
            console.text(_roles(person, named)),
            shortened(person.key) if person.key else "",
        )
        for person in people
    ]
    table = console.table(N_("Name"), N_("Chinese name"), N_("Roles"), N_("Key"), rows=rows)
    console.answer({"people": [_person_json(person) for person in people]}, table)


def _roles(person: Person, people: Mapping[str, Person]) -> Message:
    roles = said_roles(person.roles)
    if person.unconfirmed is None:
        return roles
    return N_("{roles} ({added})", roles=roles, added=told_unconfirmed(person, people))
