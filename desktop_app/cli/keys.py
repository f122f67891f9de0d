"""Commands about people's keys: making, confirming, retiring and carrying them, and whether signatures are demanded."""

from pathlib import Path

import click

from desktop_app.cli.commands import OUTPUT, PATH, Group, Option, command
from desktop_app.cli.console import Console
from desktop_app.cli.signing import passphrase, passphrase_option
from desktop_app.desk import signing_keys
from desktop_app.desk.desk import Desk
from desktop_app.desk.people import find_person, list_people
from desktop_app.desk.signatures import demands
from desktop_app.domain.people import Person
from desktop_app.domain.statements import KeyEnd, PersonKey, grouped
from desktop_app.foundation.errors import NotAllowedError
from desktop_app.foundation.key_store import KeyStore
from desktop_app.foundation.messages import N_, Message

_ON, _OFF = "on", "off"


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    keys = Group("keys", says=N_("The signing keys of people."))
    group.add_command(keys)
    who = click.Argument(["who"], metavar="PERSON")
    command(
        keys,
        "new",
        N_(
            "Make a key for a person on this computer. A key that one person makes for another is no proof of who"
            " signed until its owner has put one of their own in its place."
        ),
        who,
        Option(["--in-file"], is_flag=True, says=N_("Keep it in a file with a passphrase though there is a keyring.")),
        passphrase_option(),
    )(_new)
    command(keys, "list", N_("List the keys, with their fingerprints."))(_list)
    command(
        keys,
        "enrol",
        N_("Confirm that a key is a person's: the one in a file, or the one that waits."),
        who,
        click.Argument(["file"], type=PATH, metavar="[FILE]", required=False),
    )(_enrol)
    command(
        keys,
        "retire",
        N_("Let a person's key count no more; what was signed with it stays valid."),
        who,
        Option(
            ["--reason"],
            type=click.Choice([reason.value for reason in KeyEnd]),
            required=True,
            says=N_("Why: lost, replaced, or left (the person has gone)."),
        ),
    )(_retire)
    command(
        keys,
        "export",
        N_("Write a person's public key as a file."),
        who,
        Option(["-o", "--output"], type=OUTPUT, required=True, metavar="FILE", says=N_("The file to write.")),
        Option(["--private"], is_flag=True, says=N_("Write the private key, sealed, for another computer of theirs.")),
        passphrase_option(),
    )(_export)
    command(
        keys,
        "take",
        N_("Keep a private key that “keys export --private” wrote on this computer."),
        click.Argument(["file"], type=PATH, metavar="FILE"),
        passphrase_option(),
    )(_take)
    command(
        keys,
        "demand",
        N_("Say whether sign-offs without a signature are refused; alone, tell it."),
        click.Argument(["switch"], type=click.Choice([_ON, _OFF]), required=False),
    )(_demand)


def _key_json(
    console: Console, key: PersonKey, people: dict[str, Person], origin: Message | None, here: str | None = None
) -> dict[str, object]:
    person = people.get(key.person)
    return {
        "fingerprint": key.fingerprint,
        "person": key.person,
        "name": person.name if person else None,
        "public": key.public,
        "asked_at": key.asked_at,
        "enrolled_at": key.enrolled_at,
        "enrolled_by": key.enrolled_by,
        "retired_at": key.retired_at,
        "reason": key.reason or None,
        "origin": console.text(origin) if origin is not None else None,
        "here": here,
    }


def _answer(console: Console, desk: Desk, key: PersonKey, *lines: Message) -> None:
    people = {person.id: person for person in list_people(desk)}
    origin = signing_keys.list_keys(desk).origins.get(key.fingerprint)
    answer = {"keys": [_key_json(console, key, people, origin, _place(key, KeyStore()))]}
    console.answer(answer, *lines, N_("Its fingerprint: {key}", key=grouped(key.fingerprint)))


def _new(console: Console, who: str, in_file: bool, passphrase_file: Path | None) -> None:
    store = KeyStore()
    with console.desk() as desk:
        by, person = console.actor(desk), find_person(desk, who)
        sealed = in_file or passphrase_file is not None or store.keyring_name() is None
        asked = passphrase(console, passphrase_file, N_("A passphrase for the new key"), twice=True) if sealed else None
        key, _ = signing_keys.new_key(desk, person, by=by, store=store, passphrase=asked)
        where = N_("The private part is in {place}.", place=str(store.folder) if sealed else store.keyring_name() or "")
        _answer(console, desk, key, _state(key, person), where, *_made_for(person, by))


def _made_for(person: Person, by: Person | None) -> list[Message]:
    """What somebody has to know who made the key of another."""
    if by is None or signing_keys.is_own(person, by):
        return []
    return [
        N_(
            "{by} made this key for {name}: whoever has its passphrase or this computer’s keyring can sign as {name}."
            " {name} should soon put a key with a passphrase of their own in its place: “diptych keys retire --reason"
            " replaced”, then “diptych keys new”, each with {name} as the person and as the one who acts.",
            by=by.name, name=person.name,
        )
    ]  # fmt: skip


def _state(key: PersonKey, person: Person) -> Message:
    if key.active:
        return N_("{name} signs with this key from now on.", name=person.name)
    return N_("The key of {name} waits until an archivist confirms it: “diptych keys enrol”.", name=person.name)


def _list(console: Console) -> None:
    with console.desk() as desk:
        found = signing_keys.list_keys(desk)
        people = {person.id: person for person in list_people(desk)}
    store = KeyStore()
    answers = [
        _key_json(console, key, people, found.origins.get(key.fingerprint), _place(key, store)) for key in found.keys
    ]
    rows = [
        (
            people[key.person].name if key.person in people else key.person,
            grouped(key.fingerprint[:16]) + " …",
            console.text(_standing(key, found.origins.get(key.fingerprint))),
            (key.retired_at or key.enrolled_at or key.asked_at)[:10],
            console.text(_WHERE[str(answer["here"])]),
        )
        for key, answer in zip(found.keys, answers, strict=True)
    ]
    titles = (N_("Name"), N_("Key"), N_("Standing"), N_("Since"), N_("Private part"))
    said = _DEMANDED if found.demanded else _FREE
    console.answer({"keys": answers, "demanded": found.demanded}, console.table(*titles, rows=rows), said)


_WHERE = {"keyring": N_("in the keyring"), "file": N_("in a file"), "None": N_("not here")}
_DEMANDED = N_("A sign-off without a signature is refused here.")
_FREE = N_("A sign-off without a signature is taken here, and shown as such.")


def _place(key: PersonKey, store: KeyStore) -> str | None:
    if key.retired_at is not None:
        return None
    try:
        found = signing_keys.place_of(key, store)
    except NotAllowedError:  # a locked keyring: a list waits for nobody
        return None
    return found.value if found is not None else None


def _standing(key: PersonKey, origin: Message | None) -> Message:
    if key.retired_at is not None:
        standing = N_("retired: {reason}", reason=signing_keys.ending(key.reason))
    else:
        standing = N_("in use") if key.active else N_("waits to be confirmed")
    return N_("{standing}; {origin}", standing=standing, origin=origin) if origin is not None else standing


def _enrol(console: Console, who: str, file: Path | None) -> None:
    public = signing_keys.read_public(file) if file is not None else None
    with console.desk() as desk:
        by, person = console.actor(desk), find_person(desk, who)
        key, _ = signing_keys.enrol(desk, person, by=by, public=public)
        _answer(console, desk, key, _state(key, person))


def _retire(console: Console, who: str, reason: str) -> None:
    with console.desk() as desk:
        by, person = console.actor(desk), find_person(desk, who)
        key, _ = signing_keys.retire(desk, person, by=by, reason=KeyEnd(reason))
        said = N_("The key of {name} is retired. What was signed with it stays valid.", name=person.name)
        _answer(console, desk, key, said)


def _export(console: Console, who: str, output: Path, private: bool, passphrase_file: Path | None) -> None:
    with console.desk() as desk:
        person = find_person(desk, who)
        if private:
            asked = passphrase(console, passphrase_file, N_("A passphrase for the file"), twice=True)
            key = signing_keys.export_private(desk, person, output, store=KeyStore(), passphrase=asked)
            said = N_("Wrote the private key of {name} to {file}, sealed.", name=person.name, file=str(output))
        else:
            key = signing_keys.export_public(desk, person, output)
            said = N_("Wrote the public key of {name} to {file}.", name=person.name, file=str(output))
        _answer(console, desk, key, said)


def _take(console: Console, file: Path, passphrase_file: Path | None) -> None:
    asked = passphrase(console, passphrase_file, N_("Passphrase of the key"))
    fingerprint = signing_keys.take(file, store=KeyStore(), passphrase=asked)
    console.answer(
        {"fingerprint": fingerprint},
        N_("The key is on this computer now."),
        N_("Its fingerprint: {key}", key=grouped(fingerprint)),
    )


def _demand(console: Console, switch: str | None) -> None:
    with console.desk() as desk:
        if switch is not None:
            signing_keys.demand(desk, on=switch == _ON, by=console.actor(desk))
        demanded = demands(desk)
    console.answer({"demanded": demanded}, _DEMANDED if demanded else _FREE)
