"""Schema versions: made by Alembic, checked at every opening, upgraded after a backup, refused when newer."""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from desktop_app.foundation.errors import ArchiveUnavailableError, BugError
from desktop_app.foundation.messages import N_
from desktop_app.foundation.resources import migrations
from desktop_app.store import audit, concordance, search
from desktop_app.store.dialects import sqlite
from desktop_app.store.searched import searchable

_REVISION = re.compile(r"^(\d{4})_\w+\.py$")


def _unfit() -> ArchiveUnavailableError:
    return ArchiveUnavailableError(
        N_("the archive's tables do not fit together"), advice=N_("restore a backup with “diptych restore FILE DIR”.")
    )


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


@contextmanager
def _migrated(engine: Engine, target: str, before: Callable[[Connection], None]) -> Iterator[Connection]:
    """Bring a database to ``target`` in a transaction that ends with the ``with`` block, foreign keys off in it.

    ``before`` looks at the database as it was. What a batch migration loses on its way (children by cascade,
    triggers) is found before the transaction ends.
    """
    # Alembic takes a fifth of a second to import and is needed for a new or an old archive alone.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    with engine.connect() as connection:
        # Outside the transaction, where the pragma is heard: a batch migration with keys on would delete children.
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        with connection.begin():
            before(connection)
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, target)
            except DBAPIError as error:
                if sqlite.trouble(error) is not None:
                    raise
                raise _unfit() from error  # such as a table that is there already: it is not as old as it says
            _require_whole(connection)
            yield connection


def _require_whole(connection: Connection) -> None:
    if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
        raise _unfit()
    problems = sqlite.trigger_problems(connection)
    if problems:
        raise BugError(f"a migration left the archive unguarded: {problems[0]}")


_empty: dict[str, bytes] = {}  # by revision: the file that the migrations make, which has nothing of its own in it


def create(database: Path) -> None:
    """Make a new database file with the newest schema; the migrations run once in a process."""
    made = _empty.get(revisions()[-1])
    with database.open("xb") as file:
        file.write(made or b"")
    if made is None:
        _make(database)
        _empty[revisions()[-1]] = database.read_bytes()


def _make(database: Path) -> None:
    engine = sqlite.make_engine(database)
    try:
        with _migrated(engine, "head", lambda _connection: None):
            pass
    finally:
        engine.dispose()


def upgrade(database: Path, backups: Path, *, at: str, event_id: str, account: str) -> Path:
    """Bring an older archive up to date after a backup; return the backup's path. Full text is made anew.

    Rows that the new schema writes differently are witnessed anew by an event; rows that were altered from outside
    before are not, so that they stay found.
    """
    backups.mkdir(exist_ok=True)
    copy = backups / f"before-upgrade-{at.replace(':', '')}.sqlite"
    sqlite.backup_to(database, copy)
    engine = sqlite.make_engine(database)
    old: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def look(connection: Connection) -> None:
        old.update(audit.stored_hashes(connection))
        sizes.update(_row_counts(connection))

    try:
        with _migrated(engine, "head", look) as connection:
            _require_rows(sizes, _row_counts(connection))
            _, expected, _ = audit.replay(connection)
            new = audit.stored_hashes(connection)
            touched: dict[str, str | None] = {
                key: found for key, found in new.items() if old.get(key) != found and expected.get(key) == old.get(key)
            }
            touched.update(dict.fromkeys(key for key in old.keys() - new.keys() if expected.get(key) == old[key]))
            act = audit.with_schema(audit.Act("archive upgraded", None, None, {"to": revisions()[-1]}), connection)
            with Session(connection) as session:
                search.rebuild(session, searchable(session))
                concordance.rebuild(session)
                audit.append(session, act, event_id=event_id, at=at, account=account, touched=touched)
    finally:
        engine.dispose()
    return copy


def _row_counts(connection: Connection) -> dict[str, int]:
    return {
        table: connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one()
        for table in sqlite.table_names(connection)
    }


def _require_rows(before: Mapping[str, int], after: Mapping[str, int]) -> None:
    lost = [table for table, count in before.items() if table in after and after[table] < count]
    if lost:
        raise BugError(f"a migration lost rows of {lost[0]}")
