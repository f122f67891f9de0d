"""The audit chain: every transaction leaves one event that names what was done and hashes each row it touched.

Each event's hash covers the one before it, so an event cannot be altered or taken out of the middle; each row's last
hash is in some event, so a row cannot be altered either. ``diptych verify`` replays the chain against the tables.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from desktop_app.store.models import Audited, EventRow

GENESIS = "0" * 64
_ROW_HASH_DIGITS = 32


def row_hash(row: Audited) -> str:
    """The hash that witnesses a row: SHA-256 over its table and columns, cut to 128 bits."""
    facts = {attribute.key: getattr(row, attribute.key) for attribute in inspect(type(row)).column_attrs}
    text = json.dumps([row.__tablename__, facts], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_ROW_HASH_DIGITS]


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
        for row in (*session.new, *session.dirty):
            if isinstance(row, Audited) and (row in session.new or session.is_modified(row)):
                key = row_key(row)
                self._written[key] = row
                self._deleted.discard(key)
        for row in session.deleted:
            if isinstance(row, Audited):
                key = row_key(row)
                self._written.pop(key, None)
                self._deleted.add(key)

    def touched(self) -> dict[str, str | None]:
        """Every touched row's key and new hash; None for a row that is gone. Call after the last flush."""
        hashes: dict[str, str | None] = {key: row_hash(row) for key, row in self._written.items()}
        hashes.update(dict.fromkeys(self._deleted))
        return hashes


def event_hash(row: EventRow) -> str:
    """The hash of one event, the previous one's included."""
    parts = [
        row.previous,
        row.sequence,
        row.id,
        row.at,
        row.person,
        row.account,
        row.operation,
        row.story,
        row.data,
        row.touched,
    ]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Act:
    """What an event says: who did what to which story, with details in plain data."""

    operation: str
    person: str | None
    story: str | None
    data: dict[str, Any]


def append(session: Session, act: Act, *, event_id: str, at: str, account: str, witness: Witness) -> EventRow:
    """Close a transaction with its event."""
    session.flush()
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
        touched=json.dumps(witness.touched(), sort_keys=True),
        previous=last.hash if last else GENESIS,
    )
    row.hash = event_hash(row)
    session.add(row)
    session.flush()
    return row


def events(session: Session) -> Iterator[EventRow]:
    """The whole chain, oldest first."""
    yield from session.scalars(select(EventRow).order_by(EventRow.sequence).execution_options(yield_per=500))


@dataclass(frozen=True, slots=True)
class ChainProblem:
    """One break: ``kind`` is ``event`` or a table's name, ``id`` the row, ``reason`` in plain English for the log."""

    kind: str
    id: str
    reason: str


def replay(session: Session) -> tuple[int, dict[str, str], list[ChainProblem]]:
    """Walk the chain and return its length, the hash every row must have now, and the breaks found."""
    expected: dict[str, str] = {}
    problems: list[ChainProblem] = []
    previous, count = GENESIS, 0
    for row in events(session):
        count += 1
        if row.sequence != count:
            problems.append(ChainProblem("event", row.id, f"event {count} is missing from the chain"))
            count = row.sequence
        if row.previous != previous or event_hash(row) != row.hash:
            problems.append(ChainProblem("event", row.id, f"event {row.sequence} was altered"))
        previous = row.hash
        try:
            touched: dict[str, str | None] = json.loads(row.touched)
        except ValueError:
            continue
        for key, value in touched.items():
            if value is None:
                expected.pop(key, None)
            else:
                expected[key] = value
    return count, expected, problems


def altered_rows(session: Session, expected: dict[str, str]) -> Iterator[ChainProblem]:
    """Compare every audited row with what the chain witnessed: altered, missing, or put in from outside."""
    unseen = dict(expected)
    for mapper in audited_tables():
        for row in session.scalars(select(mapper).execution_options(yield_per=1000)):
            key = row_key(row)
            kind, _, row_id = key.partition("/")
            witnessed = unseen.pop(key, None)
            if witnessed is None:
                yield ChainProblem(kind, row_id, "the row was put in from outside")
            elif witnessed != row_hash(row):
                yield ChainProblem(kind, row_id, "the row was altered from outside")
    for key in unseen:
        kind, _, row_id = key.partition("/")
        yield ChainProblem(kind, row_id, "the row was taken out from outside")


def audited_tables() -> list[type[Audited]]:
    """Every audited table's mapping."""
    return [mapper.class_ for mapper in Audited.registry.mappers if issubclass(mapper.class_, Audited)]
