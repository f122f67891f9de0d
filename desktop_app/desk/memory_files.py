"""The translation memory as files: taking in what others made, and giving out what was made here.

A file's word on who signed what is not believed: its units come in as imported ones, without story and segment.
"""

import hashlib
import os
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from desktop_app.desk.desk import SILENT, Changes, Desk, Progress
from desktop_app.desk.memory import add_units, all_units, memory_facts
from desktop_app.desk.outputs import write_pieces
from desktop_app.domain.memory import Layer, MemoryUnit
from desktop_app.domain.people import Person
from desktop_app.domain.story import Languages
from desktop_app.exchange.memory_formats import READERS, WRITERS, MemoryReader, reader_for, writer_for
from desktop_app.exchange.memory_formats.tally import Tally
from desktop_app.foundation.errors import InputRefusedError, WrongUsageError, unreadable
from desktop_app.foundation.messages import N_, Message

# The endings of the files that can be taken in and given out, for whoever asks for one.
IN: tuple[str, ...] = tuple(suffix for reader in READERS for suffix in reader.suffixes)
OUT: dict[str, Message] = {writer.suffix: writer.title for writer in WRITERS.values()}
_HEAD = 4096
_PIECE = 1 << 20
_TOGETHER = 500  # units between two looks at whether the person stopped


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """What came of one file.

    ``added`` are new pairs and ``known`` those that were there; ``skipped`` are units without text in both languages.
    ``languages`` counts texts in other languages by tag, ``relatives`` those taken from a related variant (Chinese in
    traditional characters, say).
    """

    path: Path
    sha256: str
    added: int
    known: int
    skipped: int
    languages: Mapping[str, int] = field(default_factory=dict)
    relatives: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import of memory files made."""

    files: tuple[ImportedFile, ...]
    changes: Changes

    @property
    def added(self) -> int:
        """How many pairs are new."""
        return sum(file.added for file in self.files)

    @property
    def known(self) -> int:
        """How many pairs were there already."""
        return sum(file.known for file in self.files)

    @property
    def skipped(self) -> int:
        """How many units had no pair in the archive's languages."""
        return sum(file.skipped for file in self.files)


@dataclass(frozen=True, slots=True)
class ExportedMemory:
    """The file that the memory was written to."""

    path: Path
    sha256: str
    units: int


def import_memory(desk: Desk, paths: Sequence[Path], *, by: Person | None, progress: Progress = SILENT) -> Imported:
    """Take the units of TMX, TSV or CSV files into the memory, each file in one transaction.

    Several files are all read to their ends before the first is taken in, so that none is when one is refused.

    Raises:
        WrongUsageError: no file was named.
        InputRefusedError: a file cannot be taken in; nothing was.
        CancelledError: the person stopped it; files that were taken in whole before that stay.
    """
    if not paths:
        raise WrongUsageError(N_("There is nothing to import."), advice=N_("Name at least one file."))
    desk.archive.require_writable()
    languages = desk.house().languages
    files: list[ImportedFile] = []
    changes = Changes()
    with ExitStack() as opened:
        sources = [opened.enter_context(_opened(path)) for path in paths]
        passes = 2 if len(sources) > 1 else 1
        course = _Course(progress, passes * sum(source.size for source in sources))
        if passes > 1:
            for source in sources:
                with closing(source.units(languages, Tally(), course)) as units:
                    for _ in units:
                        pass
        for source in sources:
            tally = Tally()
            digest = source.digest(progress)
            stop = Progress(check=progress.check)  # the file tells how far it is, and nobody counted its units
            with closing(source.units(languages, tally, course)) as units:
                taken = add_units(desk, units, origin=source.path.name, digest=digest, by=by, progress=stop)
            changes |= taken.changes
            counts = (taken.added, taken.known, tally.skipped, tally.languages, tally.relatives)
            files.append(ImportedFile(source.path, digest, *counts))
    return Imported(tuple(files), changes)


class _Course:
    """How far an import is, over all its files and passes."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._before = 0

    def told(self, position: int) -> None:
        """Tell that a file was read up to ``position``."""
        self._progress.check()
        self._progress.report(self._before + position, self._total)

    def passed(self, size: int) -> None:
        """A file of ``size`` bytes was read to its end."""
        self._before += size


@dataclass(frozen=True, slots=True)
class _Source:
    """An open file with the reader that understands it."""

    path: Path
    file: BinaryIO
    size: int
    reader: MemoryReader

    def units(self, languages: Languages, tally: Tally, course: _Course) -> Generator[MemoryUnit, None, None]:
        """The units, from the beginning of the file, as they may come in; close it before the file."""
        tally.told = course.told
        self.file.seek(0)
        with _naming(self.path), closing(self.reader.read(self.file, self.size, languages, tally)) as units:
            for unit in units:
                yield MemoryUnit(
                    unit.source,
                    unit.target,
                    drafter=unit.drafter,
                    reviser=unit.reviser,
                    at=unit.at,
                    before=unit.before,
                    after=unit.after,
                )
        course.passed(self.size)

    def digest(self, progress: Progress) -> str:
        """The file's SHA-256."""
        digest = hashlib.sha256()
        self.file.seek(0)
        with _naming(self.path):
            while piece := self.file.read(_PIECE):
                progress.check()
                digest.update(piece)
        return digest.hexdigest()


@contextmanager
def _opened(path: Path) -> Iterator[_Source]:
    """Open a user's file.

    Raises:
        InputRefusedError: it is missing, a folder or unreadable, or of no kind that is read.
    """
    with _naming(path):
        if os.path.isdir(path):  # unlike Path.is_dir it never raises
            raise InputRefusedError(N_("This is a folder, not a file."), advice=N_("Name the files in it."))
        file = path.open("rb")
    with file:
        with _naming(path):
            source = _Source(path, file, os.fstat(file.fileno()).st_size, reader_for(path.name, file.read(_HEAD)))
        yield source


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let a refusal name the file as the person did, and make one of what the system says of it."""
    try:
        yield
    except InputRefusedError as error:
        error.subject = str(path)
        raise
    except OSError as error:
        raise unreadable(str(path), error) from error


def export_memory(
    desk: Desk,
    path: Path,
    *,
    layers: Collection[Layer] = (Layer.SIGNED, Layer.IMPORTED),
    by: Person | None = None,
    progress: Progress = SILENT,
) -> ExportedMemory:
    """Write the units of some layers to ``path``, as TMX, TSV or CSV by its ending; it appears whole or not at all.

    Raises:
        WrongUsageError: ``path`` is a folder, or its ending names no format.
        ArchiveUnavailableError: the file cannot be written.
        CancelledError: the person stopped it; no file was written.
    """
    facts = memory_facts(desk)
    sizes = {Layer.SIGNED: facts.signed, Layer.IMPORTED: facts.imported, Layer.DRAFT: facts.draft}
    total = sum(sizes[layer] for layer in set(layers))
    exported = write_units(desk, all_units(desk, layers), path, total=total, progress=progress)
    if desk.archive.writable:
        with desk.archive.write() as unit:
            files = [[path.name, exported.sha256]]
            unit.record("memory exported", person=by.id if by else None, files=files, units=exported.units)
    return exported


def write_units(
    desk: Desk, units: Iterable[MemoryUnit], path: Path, *, total: int = 0, progress: Progress = SILENT
) -> ExportedMemory:
    """Write any units to ``path`` as ``export_memory`` does; ``total`` is how many there are, for the progress.

    Raises:
        WrongUsageError: ``path`` is a folder, or its ending names no format.
        ArchiveUnavailableError: the file cannot be written.
        CancelledError: the person stopped it; no file was written.
    """
    if os.path.isdir(path):
        raise WrongUsageError(
            N_("This is a folder, and the memory is one file."),
            subject=str(path),
            advice=N_("Name a file, for example memory.tmx in that folder."),
        )
    try:
        writer = writer_for(path.name)
    except WrongUsageError as error:
        error.subject = str(path)
        raise
    count = _Count(progress, total)
    file = write_pieces(path, writer.write(count.over(units), desk.house().languages))
    return ExportedMemory(path, file.sha256, count.units)


class _Count:
    """Counts the units that go by, and tells how far it is."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self.units = 0

    def over(self, units: Iterable[MemoryUnit]) -> Iterator[MemoryUnit]:
        """The same units."""
        for unit in units:
            if self.units % _TOGETHER == 0:
                self._progress.check()
                self._progress.report(self.units, self._total)
            self.units += 1
            yield unit
        self._progress.check()
        self._progress.report(self.units, self._total)
