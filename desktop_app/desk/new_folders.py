"""Making an archive in a folder that is new or empty: whole, or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.foundation.errors import ArchiveUnavailableError, reason_of
from desktop_app.foundation.messages import N_, Message
from desktop_app.store.archive import DATABASE


@contextmanager
def new_folder(folder: Path, *, taken: Message, unwritable: Message) -> Iterator[Path]:
    """A folder to make an archive in, which is moved to ``folder`` when the block ends, or taken away again.

    ``taken`` and ``unwritable`` are the advice where ``folder`` is in use or cannot be written.

    Raises:
        ArchiveUnavailableError: the folder is not empty, or cannot be written.
    """
    made: list[Path] = []
    moved: list[Path] = []
    scratch: Path | None = None
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ArchiveUnavailableError(N_("The folder is not empty."), subject=str(folder), advice=taken)
        for path in (*reversed(folder.parents), folder):
            if not path.exists():
                path.mkdir()
                made.append(path)
        scratch = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
        yield scratch
        for part in sorted(scratch.iterdir(), key=lambda part: part.name == DATABASE):  # half of an archive is none
            moved.append(folder / part.name)
            os.replace(part, folder / part.name)
        scratch.rmdir()
    except BaseException as error:
        if scratch is not None:
            for path in (*reversed(moved), scratch):
                _remove(path)
        for path in reversed(made):
            path.rmdir()
        if isinstance(error, OSError):
            raise ArchiveUnavailableError(
                N_("The archive cannot be written: {why}.", why=reason_of(error)),
                subject=str(folder),
                advice=unwritable,
            ) from error
        raise


def _remove(path: Path) -> None:
    """Take a file or folder away, masters that may not be written included."""
    if path.is_dir():
        for inside in path.rglob("*"):
            if inside.is_file():
                inside.chmod(0o644)  # Windows does not delete read-only files.
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
