"""What a file is to this archive, before anything is asked: work that comes home, a package to open, or a text."""

from enum import StrEnum
from pathlib import Path

from desktop_app.desk.desk import SILENT, Desk, Progress
from desktop_app.desk.opening_home import open_home
from desktop_app.desk.places import is_package
from desktop_app.desk.returning_package import told_loan
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.store import homecoming as store


class Errand(StrEnum):
    """What a file is here for."""

    HOME = "home"  # it answers what went out from here, or nothing but bringing it home can say what is wrong with it
    OPEN = "open"  # a work package of another house
    IMPORT = "import"  # a text like any other


def errand_of(desk: Desk, path: Path, *, progress: Progress = SILENT) -> Errand:
    """Look what a file is to this archive; nothing is written.

    Raises:
        CancelledError: the person stopped it.
    """
    if is_package(path):
        return _errand_of_package(desk, path)
    try:
        open_home(desk, path, progress=progress).close()
    except InputRefusedError:
        return Errand.IMPORT
    return Errand.HOME


def _errand_of_package(desk: Desk, path: Path) -> Errand:
    """What a package says that it is; bringing it home, or opening it, reads the whole of it and trusts no word before.

    One that says nothing is brought home, which tells what is wrong with it.
    """
    try:
        loan = told_loan(path)
    except (InputRefusedError, OSError):
        return Errand.HOME
    with desk.archive.read() as session:
        return Errand.HOME if store.lent(session, loan) else Errand.OPEN
