"""What a file is to this archive, before anything is asked: work that comes home, a package to open, or a text."""

from enum import StrEnum
from pathlib import Path

from desktop_app.desk.desk import SILENT, Desk, Progress
from desktop_app.desk.opening_home import open_home
from desktop_app.desk.places import is_package
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
    package = is_package(path)
    try:
        file = open_home(desk, path, progress=progress)
    except InputRefusedError:
        return Errand.HOME if package else Errand.IMPORT
    try:
        if file.kind != "package" or file.package is None:
            return Errand.HOME
        with desk.archive.read() as session:
            return Errand.HOME if store.lent(session, file.package) else Errand.OPEN
    finally:
        file.close()
