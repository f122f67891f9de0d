"""Checking a file of events: its chain by itself, and against the chain of the archive.

By itself a file proves that nothing in it was altered by anybody who did not work the chain out anew. Against the
archive it proves more: whatever was altered there since, the newest event included, gives another chain than the file.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from desktop_app.desk.desk import SILENT, Desk, Progress
from desktop_app.domain.events import ChainHead, EventLink
from desktop_app.exchange.event_files import Filtered, read_lines
from desktop_app.foundation.errors import InputRefusedError, unreadable
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import events as store
from desktop_app.store.archive import Session
from desktop_app.store.audit import GENESIS
from desktop_app.store.verification import Problem

KIND = "events file"
_MOST_PROBLEMS = 100
_TOGETHER = 500  # events held against the archive at once


@dataclass(slots=True)
class CheckedEvents:
    """What a file of events holds. ``whole``: it has every event from the first one of the archive to ``last``.

    ``head`` is the newest event of the archive, and ``differs_from`` the number of the first event of the file that
    the archive has otherwise or not at all; both stay None where no archive was asked.
    """

    events: int = 0
    last: int = 0
    whole: bool = True
    head: ChainHead | None = None
    differs_from: int | None = None
    problems: list[Problem] = field(default_factory=list)


def check_events(path: Path, desk: Desk | None = None, *, progress: Progress = SILENT) -> CheckedEvents:
    """Check a file that ``export_events`` wrote as JSON lines; with a ``desk``, against its archive too.

    Raises:
        InputRefusedError: the file cannot be read, or holds no events.
        ArchiveUnavailableError: the archive's database cannot be read.
        CancelledError: the person stopped it.
    """
    try:
        size = os.stat(path).st_size
        file = path.open("rb")
    except OSError as error:
        raise unreadable(str(path), error) from error
    with file:
        if desk is None:
            found = _check(file, size, None, progress)
        else:
            with desk.archive.read() as session:
                found = _check(file, size, session, progress)
    if not found.events:
        raise InputRefusedError(
            N_("There is no event in this file."),
            subject=str(path),
            advice=N_("Give a file that “diptych events export -o FILE.jsonl” has written."),
        )
    return found


def _check(file: BinaryIO, size: int, session: Session | None, progress: Progress) -> CheckedEvents:
    checking = _Checking()
    links = checking.sound(read_lines(file))
    checking.found.head = store.head(session) if session is not None else None
    while batch := list(islice(links, _TOGETHER)):
        progress.check()
        progress.report(min(file.tell(), size), size)
        if session is not None:
            checking.compare(batch, store.hashes(session, (link.sequence for link in batch)))
    progress.report(size, size)
    return checking.found


class _Checking:
    """Walks down a file, link by link."""

    def __init__(self) -> None:
        self.found = CheckedEvents()
        self._last = EventLink(0, "", "", None, "", "", None, "", "", "", GENESIS)
        self._filtered = False

    def sound(self, lines: Iterator[tuple[int, EventLink | Filtered | None]]) -> Iterator[EventLink]:
        """Hand the links on; say what is wrong with each, and between each and the one before it."""
        for place, link in lines:
            if link is None:
                self._tell(place, N_("line {n} of the file is no event", n=place))
                self.found.whole = False
            elif isinstance(link, Filtered):
                self._filtered, self.found.whole = True, False
            else:
                self.found.events += 1
                self._look_at(link)
                self._last = link
                self.found.last = max(self.found.last, link.sequence)
                yield link

    def _look_at(self, link: EventLink) -> None:
        number, before = link.sequence, self._last.sequence
        if store.hash_of(link) != link.hash:
            self._tell(number, N_("event {n} was altered in the file", n=number))
        if number <= before:
            self._tell(number, N_("event {n} of the file does not stand in its place", n=number))
        elif number > before + 1:
            self.found.whole = False
            if not self._filtered:
                gap = N_("events {first} to {last} are missing in the file", first=before + 1, last=number - 1)
                self._tell(number, gap)
        elif link.previous != self._last.hash:
            self._tell(number, N_("event {n} of the file does not follow from the one before it", n=number))

    def compare(self, links: list[EventLink], stored: dict[int, str]) -> None:
        """Hold links against what the archive has under their numbers; only the first difference is told."""
        if self.found.differs_from is not None:
            return
        other = next((link for link in links if stored.get(link.sequence) != link.hash), None)
        if other is None:
            return
        number, head = other.sequence, self.found.head
        self.found.differs_from = number
        if head is None or number > head.number:
            ends = head.number if head is not None else 0
            reason = N_(
                "the chain of the archive ends with event {end}, and the file has event {n}", end=ends, n=number
            )
        else:
            reason = N_("from event {n} on, the chain of the archive is another one than the file's", n=number)
        self._tell(number, reason)

    def _tell(self, number: int, reason: Message) -> None:
        if len(self.found.problems) < _MOST_PROBLEMS:
            self.found.problems.append(Problem(KIND, str(number), reason))
