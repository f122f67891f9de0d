"""The desk: an open archive with the people who work at it, the clock and the ids, handed to every intention."""

import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.desk.places import is_package
from desktop_app.domain.policy import POLICIES
from desktop_app.domain.story import Languages
from desktop_app.foundation.errors import ArchiveUnavailableError, WrongUsageError
from desktop_app.foundation.ids import Clock, IdFactory, new_id, utc_now
from desktop_app.foundation.messages import N_
from desktop_app.pictures.originals import Originals
from desktop_app.store import people as people_store
from desktop_app.store import policies as policy_store
from desktop_app.store.archive import Archive, Unit

if TYPE_CHECKING:
    from desktop_app.store.memory_reader import MemoryReader  # loaded by its first look-up: NumPy is not quick to load


@dataclass(frozen=True, slots=True)
class Changes:
    """What an intention changed: ids by kind. Views that show none of them stay as they are."""

    stories: frozenset[str] = frozenset()
    pictures: frozenset[str] = frozenset()
    people: bool = False
    terms: bool = False
    memory: bool = False
    style: bool = False
    policies: bool = False

    def __or__(self, other: "Changes") -> "Changes":
        """Both together."""
        return Changes(
            self.stories | other.stories,
            self.pictures | other.pictures,
            self.people or other.people,
            self.terms or other.terms,
            self.memory or other.memory,
            self.style or other.style,
            self.policies or other.policies,
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """How a long intention tells how far it is, and asks whether it was stopped.

    ``check`` raises ``CancelledError`` when the person stopped it.
    """

    report: Callable[[int, int], None] = lambda _done, _total: None
    check: Callable[[], None] = lambda: None


SILENT = Progress()


@dataclass(frozen=True, slots=True)
class House:
    """What an archive says of itself. New stories go by ``policy`` in its newest version, ``policy_version``."""

    name: str
    policy: str
    policy_version: int
    languages: Languages
    current_person: str | None


@dataclass
class Desk:
    """An open archive and what every intention needs beside it."""

    archive: Archive
    now: Clock = utc_now
    new_id: IdFactory = new_id
    originals: Originals = field(init=False)
    memory: "MemoryReader | None" = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Find the picture masters."""
        self.originals = Originals(self.archive.originals)

    @property
    def folder(self) -> Path:
        """The archive's folder."""
        return self.archive.folder

    def close(self) -> None:
        """Close the archive."""
        self.archive.close()

    def house(self) -> House:
        """Read the archive's own facts."""
        with self.archive.read() as session:
            policy = people_store.fact(session, "policy") or "draft-revision"
            newest = policy_store.known(session).newest(policy)
            return House(
                people_store.fact(session, "house") or self.folder.name,
                policy,
                newest.version if newest is not None else 1,
                Languages(
                    people_store.fact(session, "source-language") or "zh-Hans",
                    people_store.fact(session, "target-language") or "en",
                ),
                people_store.fact(session, "person") or None,
            )


def account_name() -> str:
    """The computer's user, which every event keeps beside the person; ``unknown`` where the system has no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return os.environ.get("USERNAME", "unknown")


def open_desk(folder: Path, *, now: Clock = utc_now, ids: IdFactory = new_id) -> Desk:
    """Open the archive in ``folder``.

    Raises:
        ArchiveUnavailableError: it is missing, damaged, newer, or out of reach.
    """
    if is_package(folder):
        raise ArchiveUnavailableError(
            N_("this is a work package, not an archive"),
            subject=str(folder),
            advice=N_("make a small archive of it with “diptych unpack FILE DIR”, and open that"),
        )
    return Desk(Archive(folder, now=now, new_id=ids, account=account_name()), now, ids)


def create_desk(
    folder: Path,
    *,
    policy: str = "draft-revision",
    languages: Languages = Languages(),
    name: str = "",
    now: Clock = utc_now,
    ids: IdFactory = new_id,
) -> Desk:
    """Make an archive in ``folder`` and open it.

    Raises:
        ArchiveUnavailableError: there is one already, or the folder cannot be written.
        WrongUsageError: there is no such policy.
    """
    if policy not in POLICIES:
        raise WrongUsageError(
            N_("There is no policy called “{name}”.", name=policy),
            advice=N_("Choose one of: {names}.", names=", ".join(POLICIES)),
        )

    def first(unit: Unit) -> None:
        people_store.set_fact(unit.session, "policy", policy)
        people_store.set_fact(unit.session, "source-language", languages.source)
        people_store.set_fact(unit.session, "target-language", languages.target)
        people_store.set_fact(unit.session, "house", name or folder.resolve().name)
        unit.record("archive made", policy=policy)

    return Desk(Archive.create(folder, now=now, new_id=ids, account=account_name(), first=first), now, ids)


@contextmanager
def opened(folder: Path) -> Iterator[Desk]:
    """Open an archive for the length of a ``with`` block."""
    desk = open_desk(folder)
    try:
        yield desk
    finally:
        desk.close()
