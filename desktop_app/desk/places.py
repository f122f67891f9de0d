"""Places for archives, and files that become one. Loads nothing of the store: the window asks before it opens any."""

from pathlib import Path

_DATABASE = "archive.sqlite"  # as the store calls it
PACKAGE_SUFFIX = ".diptych"
HOME_SUFFIXES = (PACKAGE_SUFFIX, ".docx", ".xlf", ".xliff")
_OF_SYSTEM = frozenset({"desktop.ini", "thumbs.db"})


def has_other_files(folder: Path) -> bool:
    """Whether a new archive in ``folder`` would lie among files that are not its own; one that is there is no other."""
    try:
        if not folder.is_dir() or (folder / _DATABASE).exists():
            return False
        return any(
            not entry.name.startswith(".") and entry.name.lower() not in _OF_SYSTEM for entry in folder.iterdir()
        )
    except (OSError, ValueError):  # making the archive says what is wrong with the place
        return False


def is_package(path: Path) -> bool:
    """Whether a path is a work package, by its name and by being a file."""
    try:
        return path.suffix.lower() == PACKAGE_SUFFIX and path.is_file()
    except (OSError, ValueError):  # opening it says what is wrong with the place
        return False


def may_come_home(path: Path) -> bool:
    """Whether a path is a file of a kind that carries work home, by its name."""
    try:
        return path.suffix.lower() in HOME_SUFFIXES and path.is_file()
    except (OSError, ValueError):  # opening it says what is wrong with the place
        return False


def holds_anything(folder: Path) -> bool:
    """Whether there is a file of this name, or something in the folder: what is unpacked needs an empty place."""
    try:
        return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except (OSError, ValueError):  # unpacking says what is wrong with the place
        return False
