"""What a person has seen: when they left a story, and what others have changed in it since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from desktop_app.desk.desk import Desk
from desktop_app.desk.stories import people_by_id
from desktop_app.domain.people import Person
from desktop_app.store import stories as story_store
from desktop_app.store import visits as store


@dataclass(frozen=True, slots=True)
class Change:
    """The last change of a part: the person's name, empty where nobody knows, and the moment."""

    name: str
    at: str


@dataclass(frozen=True)
class Seen:
    """When a person left a story last, None where they never had it, and what others have changed since, by part."""

    at: str | None = None
    changes: Mapping[str, Change] = field(default_factory=lambda: MappingProxyType({}))


def seen(desk: Desk, story: str, person: Person, *, since: str | None = None) -> Seen:
    """What others have changed in a story since ``person`` left it, or since a moment that is given."""
    with desk.archive.read() as session:
        at = since or store.visited_at(session, person.id, story)
        if at is None:
            return Seen()
        names = {identity: one.name for identity, one in people_by_id(session).items()}
        found = store.changes(session, story, at, but=person.id)
    return Seen(at, {part: Change(names.get(by or "", ""), moment) for part, (by, moment) in found.items()})


def unseen(desk: Desk, person: Person) -> frozenset[str]:
    """The stories that others have changed since ``person`` left them."""
    with desk.archive.read() as session:
        return frozenset(store.unseen(session, person.id))


def leave(desk: Desk, story: str, person: Person, *, at: str) -> None:
    """Write down that ``person`` left a story at a moment; in an archive that can only be read, nothing.

    It is no fact about the story, so no event tells of it.

    Raises:
        ArchiveUnavailableError: another program is writing, or the disk is full.
    """
    if not desk.archive.writable:
        return
    with desk.archive.write() as unit:
        if story_store.row(unit.session, story) is not None and person.id in people_by_id(unit.session):
            store.visit(unit.session, person.id, story, at=at)
            unit.leave_no_event()
