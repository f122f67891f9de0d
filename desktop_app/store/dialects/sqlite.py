"""SQLite: pragmas, the triggers that make tables append-only, raw rows, and what its errors mean."""

import hashlib
import sqlite3
from collections.abc import Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

from desktop_app.foundation.messages import N_, Message
from desktop_app.store.cells import Cell, json_text, stored_cell
from desktop_app.store.dialects.sqlite_kinds import COLUMN_TYPES, OddValueError, kind_guards, table_problems
from desktop_app.store.dialects.sqlite_search import full_text_tables, is_full_text

# Every append-only table with its keys: a row may never be changed, taken out, or replaced by one of the same key.
APPEND_ONLY: dict[str, tuple[tuple[str, ...], ...]] = {
    "events": (("sequence",), ("id",)),
    "versions": (("id",), ("story", "major", "minor")),
    "signoffs": (("id",), ("story", "sequence")),
    "withdrawals": (("signoff",),),
    "policies": (("name", "version"),),
    "homecomings": (("id",),),
}
_OTHER_TABLES = frozenset({"alembic_version", "sqlite_sequence"})
BUSY_MS = 5000
_EVENTS_SINCE = "SELECT sequence, id, operation, story FROM events WHERE sequence > ? ORDER BY sequence"
_LAST_EVENT = "SELECT coalesce(max(sequence), 0) FROM events"


class OneDialect(SQLiteDialect_pysqlite):
    """SQLite's own dialect, of which each engine's is equal to every other's: all are set up in the same way.

    So all engines of the program share what SQLAlchemy compiled once; a reader and a writer ask much the same things.
    """

    supports_statement_cache = True
    colspecs = {**SQLiteDialect_pysqlite.colspecs, **COLUMN_TYPES}  # noqa: RUF012 - as SQLAlchemy declares it

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("sqlite.one", __name__, OneDialect.__name__)
_COMPILED: LRUCache[Any, Any] = LRUCache(1000)


def make_engine(database: Path, *, read_only: bool = False, immutable: bool = False, busy_ms: int = BUSY_MS) -> Engine:
    """Return the engine of one archive file: WAL, foreign keys, full synchronisation, a busy timeout.

    Transactions are begun here and not by the driver: a writer takes its lock at once, so that two writers wait
    for each other instead of failing in the middle. ``immutable`` reads media that nothing can write.
    """
    mode = "mode=ro" + ("&immutable=1" if immutable else "") if read_only else "mode=rw"
    location = f"file:{quote(str(database.resolve()))}?{mode}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            location, uri=True, timeout=busy_ms / 1000, isolation_level=None, check_same_thread=False
        )

    engine = create_engine(
        "sqlite+one://", creator=connect, poolclass=QueuePool, pool_size=4, json_serializer=json_text,
        execution_options={"compiled_cache": _COMPILED},
    )  # fmt: skip
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
        pragmas = [f"busy_timeout={busy_ms}", "foreign_keys=ON", "trusted_schema=OFF"]
        if not read_only:
            pragmas += ["journal_mode=WAL", "synchronous=FULL"]
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


class Watch:
    """Notices what other connections wrote, on a connection of its own that is kept for this.

    ``PRAGMA data_version`` changes when another connection has committed (sqlite.org/pragma.html#pragma_data_version)
    and costs some microseconds. May be asked on any thread, and after ``close`` says nothing any more.
    """

    def __init__(self, database: Path, busy_ms: int = BUSY_MS) -> None:
        self._lock = Lock()
        location = f"file:{quote(str(database.resolve()))}?mode=ro"
        self._connection: sqlite3.Connection | None = sqlite3.connect(
            location, uri=True, timeout=busy_ms / 1000, isolation_level=None, check_same_thread=False
        )
        self._version = self._ask("PRAGMA data_version")[0][0]
        self._last = self._ask(_LAST_EVENT)[0][0]

    def news(self) -> list[tuple[str, str, str | None]]:
        """The id, the operation and the story of every event since the last call, oldest first."""
        with self._lock:
            if self._connection is None:
                return []
            version = self._ask("PRAGMA data_version")[0][0]
            if version == self._version:
                return []
            rows = self._ask(_EVENTS_SINCE, self._last)
            self._version = version
            self._last = rows[-1][0] if rows else self._last
            return [(event, operation, story) for _sequence, event, operation, story in rows]

    def close(self) -> None:
        """Let go of the connection."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _ask(self, query: str, *values: int) -> list[Any]:
        assert self._connection is not None
        return self._connection.execute(query, values).fetchall()


def append_only_triggers() -> list[str]:
    """The statements that make history unchangeable from inside the database.

    ``INSERT OR REPLACE`` fires no DELETE trigger, so taking the place of a row is refused by itself.
    """
    statements: list[str] = []
    for table, keys in APPEND_ONLY.items():
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        statements += [
            f"CREATE TRIGGER {table}_refuse_{action.lower()} BEFORE {action} ON {table} {refuse}"
            for action in ("UPDATE", "DELETE")
        ]
        same = " OR ".join("(" + " AND ".join(f"{c} = NEW.{c}" for c in key) + ")" for key in keys)
        statements.append(
            f"CREATE TRIGGER {table}_refuse_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {refuse}"
        )
    return statements


@cache
def guards() -> tuple[str, ...]:
    """Every trigger that an archive has: history stays as it is, and no cell holds a value of the wrong kind."""
    return (*append_only_triggers(), *kind_guards(frozenset(APPEND_ONLY)))


def integrity_problems(connection: Connection) -> list[Message]:
    """What SQLite itself finds wrong with the file; empty when all is well."""
    rows = [row for (row,) in connection.execute(text("PRAGMA integrity_check"))]
    problems = [N_("the database reports: {reason}", reason=row) for row in rows if row != "ok"]
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    problems += [
        N_("{table} row {row} refers to a missing row of {parent}", table=table, row=row, parent=parent)
        for table, row, parent, _ in broken
    ]
    return [*problems, *table_problems(connection, _OTHER_TABLES | full_text_tables()), *trigger_problems(connection)]


def trigger_problems(connection: Connection) -> list[Message]:
    """What is wrong with the triggers that guard the tables: missing, altered, or put in from outside."""
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    present = {row.name: row.sql for row in rows}
    tables = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
    wanted = {
        words[2]: statement
        for statement in guards()
        if (words := statement.split())[words.index("ON") + 1] in tables  # one that is gone is found by itself
    }
    problems = [N_("the trigger {name} is missing", name=name) for name in sorted(wanted.keys() - present.keys())]
    problems += [
        N_("the trigger {name} does not belong here", name=name) for name in sorted(present.keys() - wanted.keys())
    ]
    altered = sorted(name for name in wanted.keys() & present.keys() if wanted[name] != present[name])
    return problems + [N_("the trigger {name} was altered", name=name) for name in altered]


def schema_digest(connection: Connection) -> str:
    """SHA-256 over the definitions of all tables, indexes and triggers, as the file holds them."""
    rows = connection.execute(text("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"))
    return hashlib.sha256(json_text([list(row) for row in rows]).encode("utf-8", "surrogatepass")).hexdigest()


def table_names(connection: Connection) -> list[str]:
    """Every table that holds rows of ours, the full-text indexes and SQLite's own left out."""
    rows = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
    return [row.name for row in rows if not row.name.startswith("sqlite_") and not is_full_text(row.name)]


def key_columns(connection: Connection, table: str) -> list[str]:
    """The columns of a table's primary key, in the key's order."""
    columns = connection.execute(text("SELECT name, pk FROM pragma_table_info(:table)"), {"table": table}).all()
    return [column.name for column in sorted(columns, key=lambda column: column.pk) if column.pk]


def raw_rows(connection: Connection, table: str, order: str = "rowid") -> Iterator[dict[str, Cell | None]]:
    """Every row of a table as its cells lie in the file: storage class and bytes, nothing read into them."""
    columns = [row.name for row in connection.execute(text(f"PRAGMA table_info({_quoted(table)})"))]
    asked = ", ".join(f"typeof({_quoted(c)}), CAST({_quoted(c)} AS BLOB)" for c in columns)
    statement = f"SELECT {asked} FROM {_quoted(table)} ORDER BY {_quoted(order)}"
    for row in connection.exec_driver_sql(statement, execution_options={"yield_per": 1000}):
        yield {c: stored_cell(row[2 * i], row[2 * i + 1]) for i, c in enumerate(columns)}


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


class Trouble(Enum):
    """What is the matter with a database that cannot be used, as SQLite's result codes tell it."""

    FULL = "full"
    DISK = "disk"
    BUSY = "busy"
    READ_ONLY = "read-only"
    DAMAGED = "damaged"
    CANNOT_OPEN = "cannot open"


_TROUBLES = {
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_IOERR: Trouble.DISK,
    sqlite3.SQLITE_BUSY: Trouble.BUSY,
    sqlite3.SQLITE_LOCKED: Trouble.BUSY,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
    sqlite3.SQLITE_CANTOPEN: Trouble.CANNOT_OPEN,
}


def trouble(error: BaseException) -> Trouble | None:
    """What a database error says of the archive's file; None for errors that are the program's own."""
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(original, OddValueError):
        return Trouble.DAMAGED
    if isinstance(original, UnicodeDecodeError) and b"malformed" in original.object:
        return Trouble.DAMAGED  # SQLite's complaint quotes a definition that is no UTF-8, and Python stumbles over it
    code = getattr(original, "sqlite_errorcode", None)
    if code is None:
        # Raised by Python's own module and not by SQLite: text in the file that is no UTF-8.
        return Trouble.DAMAGED if "could not decode to utf-8" in str(original).lower() else None
    return _TROUBLES.get(code & 0xFF)


def backup_to(database: Path, copy: Path) -> None:
    """Write a consistent copy of a live database with SQLite's own backup."""
    source = sqlite3.connect(f"file:{quote(str(database.resolve()))}?mode=ro", uri=True)
    try:
        target = sqlite3.connect(copy)
        try:
            source.backup(target)
        finally:
            target.close()
    finally:
        source.close()
