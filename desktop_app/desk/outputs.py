"""Files for the user, written whole or not at all."""

import errno
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from desktop_app.foundation.errors import ArchiveUnavailableError, reason_of
from desktop_app.foundation.messages import N_


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """One file that was written."""

    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Files that lie whole beside their places."""

    files: tuple[ExportedFile, ...]

    def place(self) -> None:
        """Put them all where they belong, or none; until then what stood there is kept beside it.

        Raises:
            ArchiveUnavailableError: one cannot be put there; what was put in place before it is taken back.
        """
        places = [file.path for file in self.files]
        with ExitStack() as undo:
            for at in places:
                try:
                    _put(at, undo, last=at is places[-1])
                except OSError as error:
                    raise unwritten(error, at) from error
            undo.pop_all()
        for at in places[:-1]:
            _take_away(_former(at))


@contextmanager
def written_beside(made: Sequence[tuple[Path, bytes]]) -> Iterator[Waiting]:
    """Write every file beside its place; what is not put there inside the ``with`` block is taken away again.

    Raises:
        ArchiveUnavailableError: a folder or file cannot be written.
    """
    begun: list[Path] = []
    try:
        for at, data in made:
            try:
                at.parent.mkdir(parents=True, exist_ok=True)
                begun.append(_part(at))
                begun[-1].write_bytes(data)
            except OSError as error:
                raise unwritten(error, at) from error
        yield Waiting(tuple(ExportedFile(path, hashlib.sha256(data).hexdigest()) for path, data in made))
    finally:
        for part in begun:
            _take_away(part)


def write_files(made: Sequence[tuple[Path, bytes]]) -> list[ExportedFile]:
    """Write all files, or none.

    Raises:
        ArchiveUnavailableError: a folder or file cannot be written; none of the files is, and what stood in their
            places stands there still.
    """
    with written_beside(made) as waiting:
        waiting.place()
    return list(waiting.files)


def _put(at: Path, undo: ExitStack, *, last: bool) -> None:
    """Put a file in its place, and let ``undo`` know how that is undone; after the ``last`` nothing can fail."""
    if os.path.isdir(at):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not last and os.path.lexists(at):
        os.replace(at, _former(at))
        undo.callback(_put_back, at)
        os.replace(_part(at), at)
        return
    os.replace(_part(at), at)
    undo.callback(_take_away, at)


def _part(at: Path) -> Path:
    return Path(f"{at}.part")


def _former(at: Path) -> Path:
    """Where the file that stood in a place waits until all that are written with the new one are there."""
    return Path(f"{at}.part.old")


def _put_back(at: Path) -> None:
    with suppress(OSError):  # the error that made it necessary is told; the file is there, by its other name
        os.replace(_former(at), at)


def _take_away(path: Path) -> None:
    with suppress(OSError):  # a place that cannot be looked up has nothing to take away
        path.unlink()


def unwritten(error: OSError, target: Path) -> ArchiveUnavailableError:
    """What to say of a file that the system does not let be written."""
    return ArchiveUnavailableError(
        N_("The file cannot be written: {why}.", why=reason_of(error)),
        subject=str(target),  # as it was given; the system would name the file beside it
        advice=N_("Choose another place with enough room."),
    )


def write_pieces(path: Path, pieces: Iterable[bytes]) -> ExportedFile:
    """Write one file piece by piece, beside its place first, and rename when all is there.

    Raises:
        ArchiveUnavailableError: it cannot be written, and is not.
    """
    part = _part(path)
    digest = hashlib.sha256()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
        os.replace(part, path)
    except OSError as error:
        raise unwritten(error, path) from error
    finally:
        _take_away(part)
    return ExportedFile(path, digest.hexdigest())
