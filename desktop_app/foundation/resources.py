"""Where the program's data lies: ``resources/`` and ``db/``, in a checkout and in an installed wheel alike."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def _root(name: str) -> Path:
    """Return the data folder ``name``: inside the package when installed, beside it in a checkout."""
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def resource(*parts: str) -> Path:
    """Return the path of a file or folder under ``resources/``; it need not exist."""
    return _root("resources").joinpath(*parts)


def migrations() -> Path:
    """Return the folder of the Alembic migrations."""
    return _root("db") / "migrations"


def schema_file() -> Path:
    """Return the generated picture of the newest schema."""
    return _root("db") / "schema.sql"
