"""Opening what comes home: the kind is told by what a file holds, never by its name, and the whole of it is read."""

import re
import zipfile
from pathlib import Path

from desktop_app.desk.desk import SILENT, Desk, Progress
from desktop_app.desk.places import HOME_SUFFIXES
from desktop_app.desk.returning import Reader, ReturnedFile
from desktop_app.desk.returning_files import READERS as OTHERS
from desktop_app.desk.returning_package import PACKAGE
from desktop_app.foundation.errors import InputRefusedError, reason_of
from desktop_app.foundation.messages import N_

READERS: tuple[Reader, ...] = (PACKAGE, *OTHERS)
_FIRST = 4096  # bytes that a kind is told by
_MOST_NAMES = 30_000
_OF_DOCUMENT = re.compile(rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|word/|docProps/)", re.DOTALL)
_AGAIN = N_("Have it sent, or export it there, again.")
_BLANK = b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"  # spaces, and the marks that a text may begin with


def open_home(desk: Desk, path: Path, *, progress: Progress = SILENT) -> ReturnedFile:
    """Read a file that carries stories home; ``close`` what is returned when nothing more is read of it.

    Raises:
        InputRefusedError: it is missing, damaged, altered, of no kind that comes home, or not of this archive.
        CancelledError: the person stopped it.
    """
    try:
        with path.open("rb") as file:
            first = file.read(_FIRST)
        names = _names(path) if first.startswith(b"PK") else frozenset()
    except OSError as error:
        raise InputRefusedError(
            N_("The file cannot be read: {why}.", why=reason_of(error)), subject=str(path)
        ) from error
    if first.startswith(b"PK") and not names and _OF_DOCUMENT.search(first):
        raise InputRefusedError(
            N_("The document is damaged: a part of the file is missing."), subject=str(path), advice=_AGAIN
        )
    for reader in READERS:
        if reader.fits(first, names):
            return reader.read(desk, path, progress)
    if not first.strip(_BLANK):
        raise InputRefusedError(N_("The file is empty."), subject=str(path), advice=_AGAIN)
    if path.suffix.lower() in HOME_SUFFIXES:
        raise InputRefusedError(
            N_("The file is damaged: what is in it is not what its name says."),
            subject=str(path),
            advice=_AGAIN,
        )
    raise InputRefusedError(
        N_("Nothing comes home in a file of this kind."),
        subject=str(path),
        advice=N_(
            "Give a work package (.diptych), a review document (.docx) or an XLIFF file that went out from here."
        ),
    )


def _names(path: Path) -> frozenset[str]:
    """The names in a zip; none where it is damaged, so that its reader can say what is wrong."""
    try:
        with zipfile.ZipFile(path) as archive:
            return frozenset(archive.namelist()[:_MOST_NAMES])
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return frozenset()
