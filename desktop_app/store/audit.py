"""The audit chain: every transaction leaves one event that names what was done and hashes each row it touched.

Each event's hash covers the one before it, so an event cannot be altered or taken out of the middle; each row's last
hash is in some event, so a row cannot be altered either. ``diptych verify`` replays the chain against the tables.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy import Connection, event, inspect, select
from sqlalchemy.orm import Session

from desktop_app.foundation.messages import N_, Message
from desktop_app.store.cells import Cell, cell, digest_of, row_hash
from desktop_app.store.dialects import sqlite
from desktop_app.store.models import Audited, Base, EventRow

GENESIS = "0" * 64
UNWITNESSED = frozenset(
    {
        "events",
        "alembic_version",
        "search_texts",
        "visits",
        "memory_units",
        "memory_parts",
        "memory_postings",
    }
)


def cells_of(row: Base) -> dict[str, Cell | None]:
    """The cells that a row's values lie in, by column."""
    return {attribute.key: cell(getattr(row, attribute.key)) for attribute in inspect(type(row)).column_attrs}


def row_key(row: Audited) -> str:
    """The row's table and primary key, as events name it."""
    identity = inspect(type(row)).primary_key_from_instance(row)
    return "/".join([row.__tablename__, *map(str, identity)])


class Witness:
    """Collects the keys of all audited rows that a session writes, so that the closing event can hash them."""

    def __init__(self, session: Session) -> None:
        """Listen to ``session`` until its transaction ends."""
        self._written: dict[str, Audited] = {}
        self._deleted: set[str] = set()
        event.listen(session, "before_flush", self._on_before_flush)

    def _on_before_flush(self, session: Session, _context: object, _instances: object) -> None:
        for row in (*session.new, *filter(session.is_modified, session.dirty)):
            if isinstance(row, Audited):
                key = row_key(row)
                self._written[key] = row
                self._deleted.discard(key)
        for row in session.deleted:
            if isinstance(row, Audited):
                key = row_key(row)
                self._written.pop(key, None)
                self._deleted.add(key)

    def touched(self) -> dict[str, str | None]:
        """Key and new hash of every row touched since the last call; None for one that is gone. Call after a flush."""
        hashes: dict[str, str | None] = {
            key: row_hash(row.__tablename__, cells_of(row)) for key, row in self._written.items()
        }
        hashes.update(dict.fromkeys(self._deleted))
        self._written.clear()
        self._deleted.clear()
        return hashes


def event_hash(cells: Mapping[str, Cell | None]) -> str:
    """The hash of one event over all its cells but the hash itself, the previous event's hash included."""
    return digest_of("events", {column: found for column, found in cells.items() if column != "hash"})


def quick_event_hash(columns: Sequence[str], values: Sequence[Any]) -> str | None:
    """``event_hash`` for thousands of events in milliseconds: ``columns`` in their order, without the hash itself.

    None where a cell holds what no event of ours has.
    """
    written: list[str] = []
    for column, value in zip(columns, values, strict=True):
        if value.__class__ is str:
            written.append(f'"{column}":["text",{encode_basestring(value)}]')
        elif value.__class__ is int:
            written.append(f'"{column}":["integer","{value}"]')
        elif value is not None:
            return None
    return sha256(f'["events",{{{",".join(written)}}}]'.encode("utf-8", "surrogateescape")).hexdigest()


@dataclass(frozen=True, slots=True)
class Act:
    """What an event says: who did what to which story, with details in plain data."""

    operation: str
    person: str | None
    story: str | None
    data: dict[str, Any]


def with_schema(act: Act, connection: Connection) -> Act:
    """The act with the digest of the schema that it made, for ``verify`` to hold against the schema it finds."""
    return replace(act, data={**act.data, "schema": sqlite.schema_digest(connection)})


def schema_altered(connection: Connection) -> bool:
    """Whether the schema is another one than the archive was made with or last brought up to."""
    made = select(EventRow.data).where(EventRow.operation.in_(("archive made", "archive upgraded")))
    last = connection.scalar(made.order_by(EventRow.sequence.desc()).limit(1))
    return last is None or json.loads(last).get("schema") != sqlite.schema_digest(connection)


def append(
    session: Session, act: Act, *, event_id: str, at: str, account: str, touched: Mapping[str, str | None]
) -> EventRow:
    """Close a transaction with its event; ``touched`` has the new hash of every row it wrote."""
    last = session.execute(select(EventRow.sequence, EventRow.hash).order_by(EventRow.sequence.desc()).limit(1)).first()
    row = EventRow(
        sequence=(last.sequence + 1) if last else 1,
        id=event_id,
        at=at,
        person=act.person,
        account=account,
        operation=act.operation,
        story=act.story,
        data=json.dumps(act.data, ensure_ascii=False, sort_keys=True),
        touched=json.dumps(touched, sort_keys=True),
        previous=last.hash if last else GENESIS,
        hash="",
    )
    row.hash = event_hash(cells_of(row))
    session.add(row)
    session.flush()
    return row


@dataclass(frozen=True, slots=True)
class ChainProblem:
    """One break: ``kind`` is ``event`` or a table's name, ``id`` the row, ``reason`` what is wrong."""

    kind: str
    id: str
    reason: Message


def replay(connection: Connection) -> tuple[int, dict[str, str], list[ChainProblem]]:
    """Walk the chain and return its length, the hash every row must have now, and the breaks found."""
    expected: dict[str, str] = {}
    problems: list[ChainProblem] = []
    previous, count = cell(GENESIS), 0
    for cells in sqlite.raw_rows(connection, "events", order="sequence"):
        count += 1
        identity = _text(cells, "id")
        sequence = _text(cells, "sequence")
        if sequence != str(count):
            problems.append(ChainProblem("event", identity, N_("event {n} is missing from the chain", n=count)))
            count = int(sequence)
        if cells["previous"] != previous or cells["hash"] != ("text", event_hash(cells)):
            problems.append(ChainProblem("event", identity, N_("event {n} was altered", n=sequence)))
        previous = cells["hash"]
        for key, value in touched_by(cells).items():
            if value is None:
                expected.pop(key, None)
            else:
                expected[key] = value
    return count, expected, problems


def _text(cells: Mapping[str, Cell | None], column: str) -> str:
    found = cells[column]
    return found[1] if found is not None else ""


def touched_by(cells: Mapping[str, Cell | None]) -> dict[str, str | None]:
    """What an event says it touched; an altered one that no longer reads says nothing."""
    try:
        touched = json.loads(_text(cells, "touched"))
    except ValueError:
        return {}
    return touched if isinstance(touched, dict) else {}


def stored_rows(connection: Connection) -> Iterator[tuple[str, str]]:
    """Key and hash of every row that the chain must witness, as the rows lie in the database.

    A key may come twice: whoever writes past the guards can give two rows what reads as the same key.
    """
    for table in sqlite.table_names(connection):
        if table in UNWITNESSED:
            continue
        keys = sqlite.key_columns(connection, table)
        for cells in sqlite.raw_rows(connection, table):
            yield "/".join([table, *(named(cells[column]) for column in keys)]), row_hash(table, cells)


def stored_hashes(connection: Connection) -> dict[str, str]:
    """``stored_rows`` by key."""
    return dict(stored_rows(connection))


def named(found: Cell | None) -> str:
    """A cell of a key as events name it; one that is neither text nor number has no name there, and gets its kind."""
    if found is None:
        return "null:"
    kind, content = found
    return content if kind in {"text", "integer"} else f"{kind}:{content.encode('utf-8', 'surrogateescape').hex()}"


def altered_rows(connection: Connection, expected: Mapping[str, str]) -> Iterator[ChainProblem]:
    """Compare every audited row with what the chain witnessed: altered, missing, or put in from outside."""
    stored: set[str] = set()
    for key, found in stored_rows(connection):
        kind, _, row_id = key.partition("/")
        if key in stored:
            yield ChainProblem(kind, row_id, N_("there is another row with the same key"))
            continue
        stored.add(key)
        if key not in expected:
            yield ChainProblem(kind, row_id, N_("the row was put in from outside"))
        elif expected[key] != found:
            yield ChainProblem(kind, row_id, N_("the row was altered from outside"))
    for key in expected.keys() - stored:
        kind, _, row_id = key.partition("/")
        yield ChainProblem(kind, row_id, N_("the row was taken out from outside"))
