"""One archive on disk: its folder, its engine, and the two ways in: read, or write in one audited transaction."""

import errno
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from desktop_app.foundation.errors import ArchiveBusyError, ArchiveUnavailableError, BugError, reason_of
from desktop_app.foundation.ids import Clock, IdFactory, stamp
from desktop_app.foundation.messages import N_, Message
from desktop_app.foundation.turns import Turns
from desktop_app.store import audit, migration
from desktop_app.store.dialects import sqlite

__all__ = ["BACKUPS", "BAGS", "DATABASE", "ORIGINALS", "Archive", "Session", "Unit"]

DATABASE = "archive.sqlite"
ORIGINALS = "originals"
BACKUPS = "backups"
BAGS = "bags"


@dataclass
class Unit:
    """One transaction of one intention. ``act`` is what its event will say; without it nothing is written.

    An intention for many stories at once calls ``end_event`` after each, so that every story has an event of its own.
    """

    session: Session
    at: str
    new_id: IdFactory
    act: audit.Act | None = None
    end_event: Callable[[], None] = lambda: None
    eventless: bool = False

    def record(self, operation: str, *, person: str | None = None, story: str | None = None, **data: Any) -> None:
        """Name what this transaction does; the event is appended when it ends."""
        self.act = audit.Act(operation, person, story, data)

    def leave_no_event(self) -> None:
        """Write without an event; nothing is written where a table that the chain witnesses is touched."""
        self.eventless = True


class Archive:
    """An open archive. ``close`` it when done; sessions must not outlive their ``with`` block."""

    def __init__(
        self, folder: Path, *, now: Clock, new_id: IdFactory, account: str, busy_ms: int = sqlite.BUSY_MS
    ) -> None:
        """Open the archive in ``folder``, bringing its schema up to date first (with a backup).

        ``busy_ms`` is how long a write waits for another program's before it gives up.

        Raises:
            ArchiveUnavailableError: missing, damaged, newer than this program, or out of reach.
        """
        self.folder = folder
        self.database = folder / DATABASE
        self._now = now
        self._new_id = new_id
        self._account = account
        self.turns = Turns()
        with _plain_errors(folder):
            if not self.database.is_file():
                raise ArchiveUnavailableError(
                    N_("there is no archive in this folder"),
                    subject=str(folder),
                    advice=N_("make one with “diptych init”, or choose another folder"),
                )
            self.writable = _can_write(folder, self.database)
            if migration.check(self.database, read_only=not self.writable) is migration.SchemaState.OLDER:
                self.require_writable()
                migration.upgrade(self.database, folder / BACKUPS, at=stamp(now()), event_id=new_id(), account=account)
            immutable = not self.writable and not self.database.with_name(DATABASE + "-wal").exists()
            self._reader = sqlite.make_engine(self.database, read_only=True, immutable=immutable, busy_ms=busy_ms)
            self._watch: sqlite.Watch | None = None
            self._own: set[str] = set()
            self._closed = False
            self._immutable = immutable
            self._writer: Engine | None = sqlite.make_engine(self.database, busy_ms=busy_ms) if self.writable else None

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        now: Clock,
        new_id: IdFactory,
        account: str,
        first: Callable[["Unit"], None] = lambda _unit: None,
    ) -> "Archive":
        """Make an archive in ``folder`` and open it; it appears whole, with what ``first`` writes, or not at all.

        Raises:
            ArchiveUnavailableError: there is one already, or the folder cannot be written.
        """
        database = folder / DATABASE
        with _plain_errors(folder):
            if database.exists():
                raise ArchiveUnavailableError(
                    N_("there is an archive in this folder already"),
                    subject=str(folder),
                    advice=N_("open it, or choose an empty folder"),
                )
            made = _make_folders(folder)
            try:
                with tempfile.TemporaryDirectory(prefix=".making-", dir=folder) as scratch:
                    migration.create(Path(scratch) / DATABASE)
                    archive = cls(Path(scratch), now=now, new_id=new_id, account=account)
                    try:
                        with archive.write() as unit:
                            first(unit)
                            act = unit.act or audit.Act("archive made", None, None, {})
                            unit.act = audit.with_schema(act, unit.session.connection())
                    finally:
                        archive.close()
                    archive.database.rename(database)
            except BaseException:
                for path in reversed(made):
                    path.rmdir()
                raise
        return cls(folder, now=now, new_id=new_id, account=account)

    @property
    def originals(self) -> Path:
        """Where the picture masters lie."""
        return self.folder / ORIGINALS

    def close(self) -> None:
        """Let go of every connection."""
        self._closed = True
        if self._watch is not None:
            self._watch.close()
        self._reader.dispose()
        if self._writer is not None:
            self._writer.dispose()

    def news(self) -> list[tuple[str, str | None]]:
        """What others have done to this archive since the last call: operation and story, None where it is of no one.

        The first call begins to watch and returns nothing. It is quick, and may be asked on any thread.

        Raises:
            ArchiveUnavailableError: the archive is out of reach.
        """
        with _plain_errors(self.folder):
            if self._watch is None:
                self._watch = None if self._immutable or self._closed else sqlite.Watch(self.database)
                return []
            events = self._watch.news()
        own = self._own & {event for event, _operation, _story in events}
        self._own -= own
        return [(operation, story) for event, operation, story in events if event not in own]

    def copy_database(self, copy: Path) -> None:
        """Write a consistent copy of the database, while it may be in use.

        Raises:
            ArchiveUnavailableError: the archive is damaged or out of reach, or there is no room for the copy.
        """
        with _plain_errors(self.folder):
            sqlite.backup_to(self.database, copy)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one consistent state and cannot write."""
        with _plain_errors(self.folder), Session(self._reader, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """A transaction that ends with exactly one event (or those that ``end_event`` made), or leaves nothing at all.

        The writers of this program go one after the other, in the order of asking, and wait for each other as long as
        it takes; only another program's writing can be too long.

        Raises:
            ArchiveUnavailableError: read-only, busy, full or damaged.
        """
        self.require_writable()
        with (
            _plain_errors(self.folder),
            self.turns.turn(),
            Session(self._writer, expire_on_commit=False) as session,
        ):
            unit = Unit(session, stamp(self._now()), self._new_id)
            with session.begin():
                witness = audit.Witness(session)
                events: list[str] = []
                unit.end_event = lambda: self._append(unit, witness, events)
                yield unit
                if unit.act is not None:
                    self._append(unit, witness, events)
                elif not events:
                    session.flush()
                    if not unit.eventless or witness.touched():
                        session.rollback()

    def _append(self, unit: Unit, witness: audit.Witness, events: list[str]) -> None:
        """Write the event of what was recorded last, with all rows touched since the event before it."""
        if unit.act is None:
            raise BugError("an event was ended that nobody recorded")
        unit.session.flush()
        event_id = self._new_id()
        if self._watch is not None:
            self._own.add(event_id)
        touched = witness.touched()
        audit.append(unit.session, unit.act, event_id=event_id, at=unit.at, account=self._account, touched=touched)
        events.append(event_id)
        unit.act = None

    def require_writable(self) -> None:
        """Refuse early where a later write would fail.

        Raises:
            ArchiveUnavailableError: the archive can only be read.
        """
        if not self.writable:
            raise ArchiveUnavailableError(
                N_("the archive can only be read"),
                subject=str(self.folder),
                advice=N_("give the folder write permission, or copy the archive to another place"),
            )


def _make_folders(folder: Path) -> list[Path]:
    """Make the folder and those in it that are not there yet, and return them.

    Raises:
        ArchiveUnavailableError: one cannot be made; those made before are taken away.
    """
    made: list[Path] = []
    try:
        for path in (folder, *(folder / name for name in (ORIGINALS, BACKUPS, BAGS))):
            if not path.exists():
                path.mkdir(parents=True)
                made.append(path)
    except OSError as error:
        for path in reversed(made):
            path.rmdir()
        raise _unavailable(error, folder) or ArchiveUnavailableError(
            N_("the folder cannot be made: {why}", why=reason_of(error)),
            subject=str(folder),
            advice=N_("choose another folder"),
        ) from error
    return made


def _can_write(folder: Path, database: Path) -> bool:
    """Whether folder and file can be written; a file that nobody may write counts as read-only for root too."""
    anybody = 0o222
    bits_allow = os.name == "nt" or bool(database.stat().st_mode & anybody and folder.stat().st_mode & anybody)
    return bits_allow and os.access(folder, os.W_OK) and os.access(database, os.W_OK)


_MAKE_ROOM = N_("make room and try again")
_RESTORE = N_("restore a backup with “diptych restore FILE DIR”.")
_FULL = N_("the disk is full; nothing was written")
_SENTENCES: dict[sqlite.Trouble, tuple[Message, Message]] = {
    sqlite.Trouble.FULL: (_FULL, _MAKE_ROOM),
    sqlite.Trouble.DISK: (N_("the disk reported an error; nothing was written"), N_("check the disk and try again")),
    sqlite.Trouble.BUSY: (N_("another program is writing to the archive"), N_("wait a moment and try again")),
    sqlite.Trouble.READ_ONLY: (N_("the archive can only be read"), N_("give the folder write permission")),
    sqlite.Trouble.DAMAGED: (N_("the archive file is damaged"), _RESTORE),
    sqlite.Trouble.CANNOT_OPEN: (
        N_("the archive file cannot be opened"),
        N_("check that the folder is there and may be read"),
    ),
}


def _unavailable(error: BaseException, folder: Path) -> ArchiveUnavailableError | None:
    """Turn an error of the disk or the database into one a person can act on; None for errors of our own making."""
    if isinstance(error, OSError):
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            return ArchiveUnavailableError(_FULL, subject=str(folder), advice=_MAKE_ROOM)
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            return ArchiveUnavailableError(
                N_("the archive folder cannot be written"),
                subject=str(folder),
                advice=N_("give the folder write permission"),
            )
        if error.errno in {errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG}:
            return ArchiveUnavailableError(
                N_("this is not a folder that can hold an archive"),
                subject=str(folder),
                advice=N_("choose another folder"),
            )
        return None
    trouble = sqlite.trouble(error)
    if trouble is None:
        return None
    reason, advice = _SENTENCES[trouble]
    kind = ArchiveBusyError if trouble is sqlite.Trouble.BUSY else ArchiveUnavailableError
    return kind(reason, subject=str(folder), advice=advice)


@contextmanager
def _plain_errors(folder: Path) -> Iterator[None]:
    """Let errors of disk and database out as ``ArchiveUnavailableError``, everything else as it is."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError, UnicodeDecodeError) as error:
        known = _unavailable(error, folder)
        if known is None:
            raise
        raise known from error
