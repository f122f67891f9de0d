"""Reading the events of the audit chain: in pages by their numbers, link by link, and the newest one.

An archive has hundreds of thousands of them: nothing here loads more than a page at a time.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Label, and_, func, or_, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.types import NullType

from desktop_app.domain.events import (
    KIND_OF,
    ChainHead,
    EventFilter,
    EventKind,
    EventLink,
    NumberedEvent,
    StoryName,
    Word,
)
from desktop_app.domain.records import Event
from desktop_app.domain.story import Bilingual
from desktop_app.store import audit
from desktop_app.store.cells import Cell
from desktop_app.store.dialects.sqlite_events import shows, tells
from desktop_app.store.models import EventRow, StoryRow

_TOGETHER = 500  # links read at once


def _stored(column: InstrumentedAttribute[Any]) -> Label[Any]:
    """A column as it is stored: an event that was altered is shown, whatever kind of value lies in it."""
    return type_coerce(column, NullType()).label(column.key)


_HASH, _AT = _stored(EventRow.hash), _stored(EventRow.at)
_TOLD = (EventRow.sequence, EventRow.at, EventRow.person, EventRow.account, EventRow.operation, EventRow.story)
_READ = (*map(_stored, (*_TOLD, EventRow.data)), _HASH)
_CELLS = tuple(field.name for field in fields(EventLink))
_LINK = tuple(_stored(getattr(EventRow, name)) for name in _CELLS)


def page(session: Session, asked: EventFilter, *, after: int | None = None, limit: int) -> list[NumberedEvent]:
    """Return events, the newest first: those that come after number ``after`` in that order, at most ``limit``."""
    query = select(*_READ).where(*_conditions(asked)).order_by(EventRow.sequence.desc()).limit(limit)
    if after is not None:
        query = query.where(EventRow.sequence < after)
    return [_event(row) for row in session.execute(query)]


def numbers(session: Session, asked: EventFilter) -> Sequence[int]:
    """The numbers of all events asked for, the newest first."""
    conditions = _conditions(asked)
    if not conditions:
        last = session.scalar(select(func.max(EventRow.sequence))) or 0
        if session.scalar(select(func.count(EventRow.id))) == last:  # none is missing, so there is none to look up
            return range(last, 0, -1)
    return session.scalars(select(EventRow.sequence).where(*conditions).order_by(EventRow.sequence.desc())).all()


def numbered(session: Session, wanted: Sequence[int]) -> list[NumberedEvent]:
    """The events of these numbers, the newest first; numbers that no event has are left out."""
    query = select(*_READ).where(EventRow.sequence.in_(wanted)).order_by(EventRow.sequence.desc())
    return [_event(row) for row in session.execute(query)]


def count(session: Session, asked: EventFilter) -> int:
    """How many events are asked for."""
    return session.scalar(select(func.count()).select_from(EventRow).where(*_conditions(asked))) or 0


def has_any(session: Session, operation: str) -> bool:
    """Whether this was ever done in the archive."""
    query = select(EventRow.id).where(EventRow.operation == operation).limit(1)
    return session.scalar(query) is not None


def links(session: Session, asked: EventFilter) -> Iterator[EventLink]:
    """Every link asked for, the oldest first, cell by cell as it is stored."""
    last = 0
    while True:
        query = select(*_LINK).where(EventRow.sequence > last, *_conditions(asked)).order_by(EventRow.sequence)
        rows = session.execute(query.limit(_TOGETHER)).all()
        yield from (EventLink(*map(_plain, row)) for row in rows)
        if len(rows) < _TOGETHER:
            return
        last = rows[-1].sequence


def link(session: Session, number: int) -> EventLink | None:
    """The link of this number, cell by cell as it is stored."""
    row = session.execute(select(*_LINK).where(EventRow.sequence == number)).first()
    return EventLink(*map(_plain, row)) if row is not None else None


def read(link: EventLink) -> NumberedEvent:
    """A link as people read it."""
    event = Event(link.at, link.person, link.account, link.operation, _details(link.data))
    return NumberedEvent(link.sequence, event, link.story, link.hash)


def hashes(session: Session, wanted: Iterable[int]) -> dict[int, str]:
    """The hash that the archive has for each of these numbers, as far as it has them."""
    rows = session.execute(select(EventRow.sequence, _HASH).where(EventRow.sequence.in_(list(wanted))))
    return {row.sequence: _plain(row.hash) for row in rows}


def head(session: Session) -> ChainHead | None:
    """The newest event, None in an archive that lost all of them."""
    columns = (EventRow.sequence, _HASH, _AT)
    row = session.execute(select(*columns).order_by(EventRow.sequence.desc()).limit(1)).first()
    return ChainHead(row.sequence, _plain(row.hash), _plain(row.at)) if row is not None else None


def hash_of(link: EventLink) -> str:
    """The hash that a link must have: worked out from all its other cells as ``audit`` does."""
    cells: dict[str, Cell | None] = {}
    for name in _CELLS:
        value = getattr(link, name)
        kind = "integer" if isinstance(value, int) else "text"
        cells[name] = None if value is None else (kind, str(value))
    return audit.event_hash(cells)


def story_names(session: Session, wanted: Iterable[str] | None = None) -> dict[str, StoryName]:
    """What events say of stories, by id; of all, the last changed first, where none is ``wanted``."""
    columns = (StoryRow.id, StoryRow.slug, StoryRow.headline_source, StoryRow.headline_target, StoryRow.policy)
    query = select(*columns, StoryRow.policy_version).order_by(StoryRow.updated_at.desc(), StoryRow.id)
    if wanted is not None:
        query = query.where(StoryRow.id.in_(list(wanted)))
    return {
        row.id: StoryName(
            row.slug, Bilingual(row.headline_source, row.headline_target), row.policy, row.policy_version or 1
        )
        for row in session.execute(query)
    }


def _conditions(asked: EventFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.story is not None:
        several = and_(EventRow.story.is_(None), EventRow.data.contains(asked.story, autoescape=True))
        conditions.append(or_(EventRow.story == asked.story, several))
    if asked.person is not None:
        conditions.append(EventRow.person == asked.person)
    if asked.kinds:
        conditions.append(_of_kinds(asked.kinds))
    if asked.since is not None:
        conditions.append(EventRow.at >= asked.since)
    if asked.until is not None:
        conditions.append(EventRow.at < asked.until)
    return [*conditions, *map(_has, asked.words)]


def _of_kinds(kinds: frozenset[EventKind]) -> ColumnElement[bool]:
    named = EventRow.operation.in_([operation for operation, kind in KIND_OF.items() if kind in kinds])
    return or_(named, EventRow.operation.not_in(KIND_OF)) if EventKind.HOUSE in kinds else named


def _has(word: Word) -> ColumnElement[bool]:
    return or_(
        EventRow.operation.in_(word.operations),
        EventRow.person.in_(word.people),
        EventRow.story.in_(word.stories),
        EventRow.account.contains(word.text, autoescape=True),
        *([tells(EventRow.data, "step", word.steps)] if word.steps else []),
        shows(EventRow.data, word.text),
    )


def _event(row: Any) -> NumberedEvent:
    details = _details(row.data)
    event = Event(_plain(row.at), row.person, _plain(row.account), _plain(row.operation), details)
    return NumberedEvent(row.sequence, event, row.story, _plain(row.hash))


def _plain(value: Any) -> Any:
    """A cell as text; what was put in from outside as bytes is shown and not stumbled over."""
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value


def _details(data: object) -> dict[str, object]:
    """What an event tells; an altered one that no longer reads tells nothing."""
    try:
        found = json.loads(data) if isinstance(data, str | bytes) else None
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
