"""A mark that a running window leaves in the user's folder, so that the next one knows if it was not closed.

One file and one lock for each open archive of each program. Qt's lock knows whether its owner still lives, by process
and not by number alone; so two programs do not take one another for dead.
"""

import json
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from PySide6.QtCore import QLockFile

from desktop_app.domain.edits import clean

_log = logging.getLogger(__name__)
_ENDING = ".session.json"
BEAT = 60  # seconds between two signs of life where nothing is saved
_MOST = 50  # marks looked at in one start
_LONGEST = 256 * 1024  # bytes; ours have some 400 where nothing waits
_MOST_WAITING = 40_000  # signs of texts that wait
_AROUND = 60  # signs that a text counts for beside its own


@dataclass(frozen=True, slots=True)
class Session:
    """Moments are ISO texts. ``alive`` is when it last said so; the rest tells what was saved last, empty: nothing.

    ``number`` is that of the segment, or with ``picture`` of the picture; 0: it has none. ``waiting`` are texts that
    could not be saved at once, each behind its story.
    """

    archive: str
    started: str
    alive: str
    saved: str = ""
    story: str = ""
    title: str = ""
    segment: str = ""
    number: int = 0
    picture: bool = False
    waiting: tuple[tuple[str, str], ...] = ()


class SessionMark:
    """The mark of one open archive. All but the constructor may be called on any thread."""

    def __init__(self, folder: Path, archive: Path) -> None:
        """Write the mark into ``folder``; where that cannot be done, the session goes without."""
        self._path = folder / f"{os.getpid()}-{os.urandom(6).hex()}{_ENDING}"
        now = _now()
        self._session: Session | None = Session(os.path.abspath(archive), now, now)
        self._writing = Lock()
        self._lock = QLockFile(str(_lock_of(self._path)))
        self._lock.setStaleLockTime(0)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._write(self._session)
        except OSError as error:
            _log.warning("no mark of the session can be left in %s: %s", folder, error)
            self._session = None
            return
        if not self._lock.tryLock(0):
            _log.warning("the mark of the session cannot be locked in %s", folder)

    def note(self, **facts: Any) -> None:
        """Take down that the program lives, and the fields of ``Session`` that are other now."""
        with self._writing:
            if self._session is None:
                return
            self._session = replace(self._session, alive=_now(), **facts)
            try:
                self._write(self._session)
            except OSError as error:
                _log.debug("the mark of the session is not up to date: %s", error)

    def end(self) -> None:
        """The archive was closed as it should be: take the mark away."""
        with self._writing:
            if self._session is not None:
                self._session = None
                self._path.unlink(missing_ok=True)
                self._lock.unlock()

    def _write(self, session: Session) -> None:
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps(asdict(session), ensure_ascii=False), "utf-8")
        os.replace(part, self._path)


def fitting(waiting: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """The texts of some stories that wait to be saved, as a mark takes them, as many as it has room for."""
    told, room = [], _MOST_WAITING
    for story, texts in waiting.items():
        for text in filter(None, map(clean, texts)):
            room -= len(text) + _AROUND
            if room >= 0:
                told.append((story, text))
    return tuple(told)


def ended_sessions(folder: Path, archive: Path) -> list[Session]:
    """Return the sessions of an archive whose program ended without closing it, newest last, and forget them."""
    found: list[Session] = []
    for path in sorted(folder.glob(f"*{_ENDING}"))[:_MOST]:
        session = _read(path)
        if session is not None and session.archive != os.path.abspath(archive):
            continue
        lock = QLockFile(str(_lock_of(path)))
        lock.setStaleLockTime(0)
        if not lock.tryLock(0):
            continue  # that program still runs
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("the mark of an ended session stays in %s: %s", folder, error)
        lock.unlock()
        if session is not None:
            found.append(session)
    return sorted(found, key=lambda session: session.alive)


def moment_of(text: str) -> datetime | None:
    """Read an ISO moment; None where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _read(path: Path) -> Session | None:
    try:
        if path.stat().st_size > _LONGEST:
            return None
        stored = json.loads(path.read_text("utf-8"))
        session = Session(**stored)
        session = replace(session, waiting=tuple((str(story), str(text)) for story, text in session.waiting))
    except (OSError, ValueError, TypeError, RecursionError) as error:
        _log.debug("a mark of a session says nothing: %s", error)
        return None
    texts = (session.archive, session.saved, session.story, session.title, session.segment)
    sound = all(isinstance(text, str) for text in texts) and isinstance(session.number, int)
    return session if sound and moment_of(session.alive) is not None else None


def _lock_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
