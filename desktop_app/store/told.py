"""What the chain of events tells of the rows that trust rests on, each event held against its own hash.

Two parts of the chain are read, both by an index: the events of one story, and those that touched the house's own rows,
which are people, their keys, policies, and whether signatures are demanded (``models.EventRow``).
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select, text, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from desktop_app.store.audit import quick_event_hash
from desktop_app.store.dialects.sqlite_events import TOUCHES_HOUSE, mentions
from desktop_app.store.models import EventRow

HOUSE = frozenset({"people", "person_keys", "policies", "facts"})  # the tables that ``of_house`` tells of
_COLUMNS = tuple(sorted(column.key for column in EventRow.__table__.columns if column.key != "hash"))
_SEQUENCE, _OPERATION, _TOUCHED, _DATA = map(_COLUMNS.index, ("sequence", "operation", "touched", "data"))
# As they are stored: bytes that were put in place of a text are to be found and not stumbled over.
_READ = tuple(type_coerce(getattr(EventRow, name), NullType()).label(name) for name in (*_COLUMNS, "hash"))


class ToldEvent(NamedTuple):
    """One event: its number, what was done, and the hash of each row it touched, None for one gone."""

    number: int
    operation: str
    touched: dict[str, Any]
    written: str

    @property
    def data(self) -> dict[str, Any]:
        """Its details."""
        return _plain(self.written)


@dataclass(slots=True)
class Told:
    """Events, oldest first, and what they say last of each row. ``altered``: one is not what its hash says."""

    events: list[ToldEvent] = field(default_factory=list)
    rows: dict[str, Any] = field(default_factory=dict)
    altered: bool = False


def of_story(session: Session, story: str) -> Told:
    """The events of one story, and those of several at once that wrote it since it last had one of its own."""
    return _kept(session, story, lambda: _told(_of_story(session, story)))


def _of_story(session: Session, story: str) -> list[Any]:
    own, key = _rows(session, EventRow.story == story), f'"stories/{story}"'
    last = next((row[_SEQUENCE] for row in reversed(own) if key in str(row[_TOUCHED])), 0)
    several = mentions(EventRow.touched, key)
    since = _rows(session, EventRow.story.is_(None), EventRow.sequence > last, several)
    return sorted([*own, *since], key=itemgetter(_SEQUENCE)) if since else own


def of_house(session: Session) -> Told:
    """The events that touched the house's own rows."""
    return _kept(session, "", lambda: _told(_rows(session, text(TOUCHES_HOUSE))))


def of_row(session: Session, key: str) -> Told:
    """The last event of all that touched a row, whatever it is of. Every event is looked at."""
    return _told(_rows(session, mentions(EventRow.touched, json.dumps(key)))[-1:])


def is_gapless(session: Session) -> bool:
    """Whether no event between the first and the last was taken out."""
    count, last = session.execute(select(func.count(EventRow.id), func.max(EventRow.sequence))).one()
    return count == (last or 0)


def _kept(session: Session, name: str, read: Callable[[], Told]) -> Told:
    """What was read before in this session, as long as no event came since: an act asks more than once."""
    last = session.scalar(select(func.max(EventRow.sequence)))
    kept: dict[str, tuple[int | None, Told]] = session.info.setdefault("told", {})
    if name not in kept or kept[name][0] != last:
        kept[name] = last, read()
    return kept[name][1]


def _rows(session: Session, *conditions: ColumnElement[bool] | Any) -> list[Any]:
    return list(session.execute(select(*_READ).where(*conditions).order_by(EventRow.sequence)))


def _told(rows: Iterable[Any]) -> Told:
    told = Told()
    for row in rows:
        *values, found = row
        if quick_event_hash(_COLUMNS, values) != found:
            told.altered = True
            continue
        event = ToldEvent(values[_SEQUENCE], values[_OPERATION], _plain(values[_TOUCHED]), values[_DATA])
        told.events.append(event)
        told.rows.update(event.touched)
    return told


def _plain(written: str) -> dict[str, Any]:
    try:
        data = json.loads(written)
    except (ValueError, TypeError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
