"""People's keys: making one, confirming whose it is, retiring it, and carrying it from one computer to another.

The archive holds public parts; private parts lie on the computer of the person (``foundation.key_store``). A key is
trusted once an archivist confirmed it, and a person has one at a time.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.outputs import write_files
from desktop_app.desk.people import require_allowed
from desktop_app.desk.signatures import demands, missing, open_sealed, set_demand
from desktop_app.domain.key_rules import KeyOrigin, may_demand, may_enrol, may_retire, told_origin
from desktop_app.domain.people import Person, called
from desktop_app.domain.statements import (
    KEY_ENDS,
    KeyEnd,
    PersonKey,
    fingerprint_of,
    grouped,
    shortened,
)
from desktop_app.foundation import ed25519, sealed_key
from desktop_app.foundation.errors import (
    ArchiveUnavailableError,
    InputRefusedError,
    NotAllowedError,
    WrongUsageError,
    reason_of,
)
from desktop_app.foundation.key_store import KeyPlace, KeyStore, write_private
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import people as people_store
from desktop_app.store import person_keys
from desktop_app.store.archive import Session
from desktop_app.store.owed import RETIRED

SHORTEST_PASSPHRASE = sealed_key.SHORTEST_PASSPHRASE
_LARGEST_FILE = 16_384
_PEOPLE = Changes(people=True)
_ASKED, _ENROLLED, _MADE = "key asked for", "key enrolled", "key made for another"
_BEGINNINGS = frozenset({_ASKED, _ENROLLED, _MADE})


@dataclass(frozen=True, slots=True)
class KeysOfHouse:
    """What is known of keys: all of them in the order they were asked for, and whether signatures are demanded.

    ``origins`` says of keys, by fingerprint, that somebody else than the owner made them or took them in.
    """

    keys: tuple[PersonKey, ...]
    demanded: bool
    origins: Mapping[str, Message] = field(default_factory=dict)

    def current(self, person: str) -> PersonKey | None:
        """The key that a person signs with, or waits to sign with."""
        return next((key for key in self.keys if key.person == person and key.retired_at is None), None)


def list_keys(desk: Desk) -> KeysOfHouse:
    """Every key of the archive."""
    with desk.archive.read() as session:
        keys = tuple(person_keys.known(session).values())
        origins = _origins(session, keys, people_store.everybody(session))
    return KeysOfHouse(keys, demands(desk), origins)


def _origins(session: Session, keys: Iterable[PersonKey], everybody: Iterable[Person]) -> dict[str, Message]:
    """What there is to tell of how keys came here. The events say it, which nothing takes away again."""
    keys = list(keys)
    acts = person_keys.first_acts(session, _BEGINNINGS) if keys else {}
    people = {person.id: person for person in everybody}
    origins: dict[str, Message] = {}
    for key in keys:
        operation, by = acts.get(key.fingerprint, (_ASKED, key.person))
        # An archivist who confirms a key without its having been asked for had it from a file.
        told = told_origin(key, KeyOrigin(by, made=operation == _MADE), people)
        if told is not None:
            origins[key.fingerprint] = told
    return origins


def new_key(
    desk: Desk, person: Person, *, by: Person | None, store: KeyStore, passphrase: Callable[[], str] | None
) -> tuple[PersonKey, Changes]:
    """Make a key on this computer for a person; it is trusted at once where ``by`` may confirm keys.

    The private part goes into the system's keyring; into a file sealed with what ``passphrase`` answers where that is
    given. It is kept before the archive knows of the key, and taken away again where that fails. Where ``by`` is
    somebody else the event says so: until ``person`` makes a key of their own, ``by`` can sign with it as well.

    Raises:
        NotAllowedError: the person has a key, or ``by`` may neither confirm keys nor is that person.
        WrongUsageError: the passphrase is too short.
        ArchiveUnavailableError: it cannot be written.
    """
    desk.archive.require_writable()
    with desk.archive.read() as session:
        _require_free(session, person)
        _may_ask(session, person, by)
    private = ed25519.new_private()
    fingerprint = fingerprint_of(ed25519.public_of(private))
    if passphrase is None:
        store.keep_in_keyring(fingerprint, private)
    else:
        sealed = sealed_key.seal(private, sealed_key.require_passphrase(passphrase()))
        store.keep_file(fingerprint, sealed)
    try:
        return _enrolled(desk, person, by=by, public=ed25519.public_of(private), made=True)
    except BaseException:
        store.forget(fingerprint)
        raise


def enrol(desk: Desk, person: Person, *, by: Person | None, public: bytes | None = None) -> tuple[PersonKey, Changes]:
    """Take a public key in as a person's; without ``public`` confirm the one that waits.

    Where ``by`` may not confirm keys, their own key is taken in and waits until somebody does.

    Raises:
        NotAllowedError: the person has another key, the key is somebody's already, or ``by`` may not.
        WrongUsageError: no key waits.
    """
    return _enrolled(desk, person, by=by, public=public)


def is_own(person: Person, by: Person | None) -> bool:
    """Whether a key that ``by`` makes for ``person`` is their own; where nobody is at the desk nobody else made it."""
    return by is None or by.id == person.id


def _enrolled(
    desk: Desk, person: Person, *, by: Person | None, public: bytes | None, made: bool = False
) -> tuple[PersonKey, Changes]:
    with desk.archive.write() as unit:
        waiting = person_keys.unretired(unit.session, person.id)
        if public is None:
            key = _waiting(waiting, person)
        elif waiting is not None and waiting.waiting and waiting.public == public.hex():
            key = waiting
        else:
            _require_free(unit.session, person)
            key = _fresh(unit.session, person, public, unit.at)
        everybody = people_store.everybody(unit.session)
        reason = may_enrol(by, person.id, everybody)
        if reason is None:
            key = replace(key, enrolled_at=unit.at, enrolled_by=by.id if by else None)
        elif public is None or by is None or by.id != person.id:
            require_allowed(reason, by, everybody)
        if key == waiting:
            return key, Changes()
        person_keys.put(unit.session, key)
        known = waiting is not None and waiting.fingerprint == key.fingerprint
        data = {"name": person.name, "key": key.fingerprint}
        if known or (by is not None and by.id == person.id):
            data["maker"] = person.name
        elif not made:
            data["from"] = "file"
        operation = _ASKED if key.waiting else _ENROLLED
        if made and not is_own(person, by):
            operation = _MADE
        unit.record(operation, person=by.id if by else None, **data)
    return key, _PEOPLE


def _waiting(found: PersonKey | None, person: Person) -> PersonKey:
    if found is None or not found.waiting:
        raise WrongUsageError(
            N_("No key of {name} waits to be confirmed.", name=person.called),
            advice=N_("Name the file that “diptych keys export” wrote."),
        )
    return found


def _fresh(session: Session, person: Person, public: bytes, at: str) -> PersonKey:
    if not ed25519.is_sound(public):
        raise InputRefusedError(N_("this is no public key"), advice=N_("make a new key with “diptych keys new”"))
    fingerprint = fingerprint_of(public)
    known = person_keys.known(session).get(fingerprint)
    if known is not None:
        people = {other.id: other for other in people_store.everybody(session)}
        raise NotAllowedError(
            N_("{name} has or had this very key already.", name=called(people, known.person)),
            subject=shortened(fingerprint),
            advice=N_("A key is one person's, and once it is retired it stays so; make a new one."),
        )
    return PersonKey(fingerprint, person.id, public.hex(), at)


def _require_free(session: Session, person: Person) -> None:
    found = person_keys.unretired(session, person.id)
    if found is not None:
        raise NotAllowedError(
            N_("{name} has the key {key} already.", name=person.called, key=shortened(found.fingerprint)),
            advice=N_("Retire it first (“diptych keys retire”); what was signed with it stays valid."),
        )


def _may_ask(session: Session, person: Person, by: Person | None) -> None:
    everybody = people_store.everybody(session)
    if by is None or by.id != person.id:
        require_allowed(may_enrol(by, person.id, everybody), by, everybody)


def retire(desk: Desk, person: Person, *, by: Person | None, reason: KeyEnd) -> tuple[PersonKey, Changes]:
    """Let a person's key count no more from now on; what was signed with it before stays valid.

    Raises:
        WrongUsageError: the person has no key.
        NotAllowedError: ``by`` is neither that person nor an archivist or editor, and there is one.
    """
    with desk.archive.write() as unit:
        found = person_keys.unretired(unit.session, person.id)
        if found is None:
            raise WrongUsageError(N_("{name} has no key.", name=person.called))
        everybody = people_store.everybody(unit.session)
        require_allowed(may_retire(by, found, everybody), by, everybody)
        author = by.id if by else None
        key = replace(found, retired_at=unit.at, retired_by=author, reason=reason.value)
        person_keys.put(unit.session, key)
        unit.record(RETIRED, person=author, name=person.name, key=key.fingerprint, reason=reason.value)
    return key, _PEOPLE


def ending(reason: str) -> Message | str:
    """Why a key was retired, in words."""
    return KEY_ENDS[KeyEnd(reason)] if reason in set(KeyEnd) else reason


def demand(desk: Desk, *, on: bool, by: Person | None) -> Changes:
    """Refuse sign-offs without a signature from now on, or take them again.

    Raises:
        NotAllowedError: there is an archivist or editor, and ``by`` is none.
    """
    with desk.archive.write() as unit:
        everybody = people_store.everybody(unit.session)
        require_allowed(may_demand(by, everybody), by, everybody)
        if not set_demand(unit.session, on=on):
            return Changes()
        unit.record("signatures demanded" if on else "signatures left free", person=by.id if by else None)
    return _PEOPLE


def read_public(path: Path) -> bytes:
    """Read the public key that a file has.

    Raises:
        InputRefusedError: there is none in it.
        ArchiveUnavailableError: the file cannot be read.
    """
    return ed25519.from_pem(_content(path), subject=str(path))


def export_public(desk: Desk, person: Person, path: Path) -> PersonKey:
    """Write the public part of a person's key as a file (PEM), for an archivist elsewhere.

    Raises:
        WrongUsageError: the person has no key.
        ArchiveUnavailableError: the file cannot be written.
    """
    key = _current(desk, person)
    told = f"Diptych public key of {person.name}\nSHA-256 {grouped(key.fingerprint)}"
    write_files([(path, ed25519.to_pem(bytes.fromhex(key.public), told=told).encode("utf-8"))])
    return key


def export_private(
    desk: Desk, person: Person, path: Path, *, store: KeyStore, passphrase: Callable[[], str]
) -> PersonKey:
    """Write the private part of a person's key as a sealed file, to take it to another computer of theirs.

    A key that lies in a file keeps its passphrase; one of the keyring is sealed with what ``passphrase`` answers.

    Raises:
        WrongUsageError: the person has no key, or the passphrase is too short.
        NotAllowedError: the key is not on this computer.
        ArchiveUnavailableError: the file cannot be written.
    """
    key = _current(desk, person)
    sealed = store.sealed(key.fingerprint)
    if sealed is None:
        private = store.from_keyring(key.fingerprint)
        if private is None:
            raise missing(person, key.fingerprint)
        sealed = sealed_key.seal(private, sealed_key.require_passphrase(passphrase()))
    write_private(path, sealed)
    return key


def take(path: Path, *, store: KeyStore, passphrase: Callable[[], str], wanted: str | None = None) -> str:
    """Keep a private key that ``export_private`` wrote on this computer; return its fingerprint.

    ``wanted`` is the fingerprint that it must have.

    Raises:
        InputRefusedError: it is no such file, or has another key in it.
        NotAllowedError: the passphrase is not the one.
    """
    sealed = _content(path)
    fingerprint = fingerprint_of(sealed_key.public_of_sealed(sealed, subject=str(path)))
    if wanted not in {None, fingerprint}:
        raise InputRefusedError(
            N_("the key in this file is {key}", key=shortened(fingerprint)),
            subject=str(path),
            advice=N_("take the file of {key}", key=shortened(wanted or "")),
        )
    open_sealed(sealed, fingerprint, passphrase())
    store.keep_file(fingerprint, sealed)
    return fingerprint


@dataclass(frozen=True, slots=True)
class KeyView:
    """A person's keys as the person at the desk finds them.

    ``place`` is where on this computer the private part lies; None: not here. ``keyring`` is what the system's keyring
    is called, if there is one. The two reasons say why the person at the desk may not confirm or retire; ``origins`` is
    as in ``KeysOfHouse``.
    """

    person: Person
    current: PersonKey | None
    earlier: tuple[PersonKey, ...]
    place: KeyPlace | None
    keyring: str | None
    may_not_enrol: Message | None
    may_not_retire: Message | None
    origins: Mapping[str, Message]


def view_key(desk: Desk, person: Person, *, by: Person | None, store: KeyStore) -> KeyView:
    """What there is to know and to do about a person's key at this computer."""
    with desk.archive.read() as session:
        keys = [key for key in person_keys.known(session).values() if key.person == person.id]
        everybody = people_store.everybody(session)
        origins = _origins(session, keys, everybody)
    current = next((key for key in keys if key.retired_at is None), None)
    try:
        place = store.place(current.fingerprint) if current is not None else None
    except NotAllowedError:  # a locked keyring; whoever signs is told
        place = None
    return KeyView(
        person,
        current,
        tuple(key for key in keys if key.retired_at is not None),
        place,
        store.keyring_name(),
        may_enrol(by, person.id, everybody),
        may_retire(by, current, everybody) if current is not None else None,
        origins,
    )


def place_of(key: PersonKey, store: KeyStore) -> KeyPlace | None:
    """Where on this computer a key's private part lies, if it does.

    Raises:
        NotAllowedError: the keyring does not answer.
    """
    return store.place(key.fingerprint)


def _current(desk: Desk, person: Person) -> PersonKey:
    with desk.archive.read() as session:
        found = person_keys.unretired(session, person.id)
    if found is None:
        raise WrongUsageError(N_("{name} has no key.", name=person.called), advice=N_("“diptych keys new” makes one."))
    return found


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise ArchiveUnavailableError(
            N_("The file cannot be read: {why}.", why=reason_of(error)), subject=str(path)
        ) from error
