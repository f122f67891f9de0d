"""Files for the user, written whole or not at all."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop_app.foundation.errors import ArchiveUnavailableError, reason_of
from desktop_app.foundation.messages import N_


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """One file that was written."""

    path: Path
    sha256: str


def write_files(made: Sequence[tuple[Path, bytes]]) -> list[ExportedFile]:
    """Write every file beside its place first, and rename only when all are there.

    Raises:
        ArchiveUnavailableError: a folder or file cannot be written; none of the files is.
    """
    partial: list[tuple[Path, Path]] = []
    at: Path | None = None
    try:
        for at, data in made:
            at.parent.mkdir(parents=True, exist_ok=True)
            part = Path(f"{at}.part")
            partial.append((part, at))
            part.write_bytes(data)
        for part, at in partial:
            os.replace(part, at)
    except OSError as error:
        raise ArchiveUnavailableError(
            N_("The file cannot be written: {why}.", why=reason_of(error)),
            subject=str(at or ""),  # as it was given; the system would name the file beside it
            advice=N_("Choose another place with enough room."),
        ) from error
    finally:
        for part, _ in partial:
            with suppress(OSError):  # a place that cannot be looked up has nothing to take away
                part.unlink()
    return [ExportedFile(path, hashlib.sha256(data).hexdigest()) for path, data in made]


def write_pieces(path: Path, pieces: Iterable[bytes]) -> ExportedFile:
    """Write one file piece by piece, beside its place first, and rename when all is there.

    Raises:
        ArchiveUnavailableError: it cannot be written, and is not.
    """
    part = Path(f"{path}.part")
    digest = hashlib.sha256()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
        os.replace(part, path)
    except OSError as error:
        raise ArchiveUnavailableError(
            N_("The file cannot be written: {why}.", why=reason_of(error)),
            subject=str(path),  # as it was given; the system would name the file beside it
            advice=N_("Choose another place with enough room."),
        ) from error
    finally:
        with suppress(OSError):  # a place that cannot be looked up has nothing to take away
            part.unlink()
    return ExportedFile(path, digest.hexdigest())
