"""Schema versions: made by Alembic, checked at every opening, upgraded after a backup, refused when newer."""

import re
import sqlite3
from enum import Enum
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, text

from desktop_app.foundation.errors import ArchiveUnavailableError
from desktop_app.foundation.messages import N_
from desktop_app.foundation.resources import migrations
from desktop_app.store.dialects import sqlite

_REVISION = re.compile(r"^(\d{4})_\w+\.py$")


class SchemaState(Enum):
    """How an archive's schema stands to this program's."""

    CURRENT = "current"
    OLDER = "older"


def revisions() -> list[str]:
    """The revisions this program knows, oldest first; a migration's file name begins with its number."""
    found = [match.group(1) for path in (migrations() / "versions").iterdir() if (match := _REVISION.match(path.name))]
    return sorted(found)


def _stored_revision(database: Path, *, read_only: bool) -> str | None:
    """The revision an archive file was left at, read without Alembic so that opening stays quick."""
    immutable = read_only and not database.with_name(database.name + "-wal").exists()
    location = f"file:{quote(str(database.resolve()))}?mode=ro" + ("&immutable=1" if immutable else "")
    connection = sqlite3.connect(location, uri=True, timeout=5)
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise
    finally:
        connection.close()
    return str(row[0]) if row else None


def check(database: Path, *, read_only: bool) -> SchemaState:
    """Say whether the archive is of this program's schema or an older one.

    Raises:
        ArchiveUnavailableError: a newer program made it, or it is no archive of ours.
    """
    stored, known = _stored_revision(database, read_only=read_only), revisions()
    if stored is None:
        raise ArchiveUnavailableError(
            N_("the file is a database, but not an archive of Diptych"),
            subject=str(database.parent),
            advice=N_("choose another folder"),
        )
    if stored not in known:
        raise ArchiveUnavailableError(
            N_("the archive was made by a newer version of Diptych"),
            subject=str(database.parent),
            advice=N_("install the newer version to open it; nothing was changed"),
        )
    return SchemaState.CURRENT if stored == known[-1] else SchemaState.OLDER


def _run(engine: Engine, target: str) -> None:
    """Bring a database to ``target``, with foreign keys off until their check has passed."""
    # Alembic takes a fifth of a second to import and is needed for a new or an old archive alone.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    with engine.connect() as connection:
        # Outside the transaction, where the pragma is heard: a batch migration with keys on would delete children.
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        with connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, target)
            _require_whole(connection)


def _require_whole(connection: Connection) -> None:
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        raise ArchiveUnavailableError(
            N_("the archive's tables do not fit together"), advice=N_("restore a backup with “diptych restore”")
        )


def create(database: Path) -> None:
    """Make a new database file with the newest schema."""
    database.touch(exist_ok=False)
    engine = sqlite.make_engine(database)
    try:
        _run(engine, "head")
    finally:
        engine.dispose()


def upgrade(database: Path, backups: Path, at: str) -> Path:
    """Bring an older archive up to date after a backup; return the backup's path."""
    backups.mkdir(exist_ok=True)
    copy = backups / f"before-upgrade-{at.replace(':', '')}.sqlite"
    sqlite.backup_to(database, copy)
    engine = sqlite.make_engine(database)
    try:
        _run(engine, "head")
    finally:
        engine.dispose()
    return copy
