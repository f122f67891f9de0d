"""Places for archives. Loads nothing of the store: the window asks before an archive is opened."""

from pathlib import Path

_DATABASE = "archive.sqlite"  # as the store calls it
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
