"""Who says whose a key is and when it ends, and what is told of a key that its owner did not bring."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from desktop_app.domain.people import Person, Role, called, may_keep
from desktop_app.domain.statements import PersonKey
from desktop_app.foundation.messages import N_, Message


def may_enrol(by: Person | None, person: str, everybody: Collection[Person]) -> Message | None:
    """Why ``by`` cannot say that a key is that of ``person`` (an id).

    Archivists and editors can of any key, and anybody of their own as long as the house has no archivist.
    """
    own = by is not None and by.id == person
    if own and not any(one.keeps and Role.ARCHIVIST in one.roles for one in everybody):
        return None
    return may_keep(by, everybody, N_("only an archivist or editor confirms keys"))


def may_retire(by: Person | None, key: PersonKey, everybody: Collection[Person]) -> Message | None:
    """Why ``by`` cannot retire a key: everybody can their own, archivists and editors any."""
    if by is not None and by.id == key.person:
        return None
    return may_keep(by, everybody, N_("only an archivist or editor, or the person whose key it is, retires a key"))


def may_demand(by: Person | None, everybody: Collection[Person]) -> Message | None:
    """Why ``by`` cannot say whether sign-offs without a signature are refused."""
    return may_keep(by, everybody, N_("only an archivist or editor says whether signatures are demanded"))


@dataclass(frozen=True, slots=True)
class KeyOrigin:
    """How a key came into the archive: made here, else taken in from a file; ``by`` None: nobody said who they were."""

    by: str | None
    made: bool


def told_origin(key: PersonKey, origin: KeyOrigin, people: Mapping[str, Person]) -> Message | None:
    """That somebody else than its owner made a key or took it in, after which they may be able to sign with it."""
    if origin.by == key.person:
        return None
    if origin.by is None:
        return N_("nobody said who made it")
    name = called(people, origin.by)
    if origin.made:
        return N_("made by {name}, not by its owner", name=name)
    return N_("taken in from a file by {name}, not by its owner", name=name)
