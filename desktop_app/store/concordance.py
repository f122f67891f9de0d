"""Where words stand in pairs of the memory and of the stories: indexed as units come and go, found with both sides."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.domain.memory import Layer
from desktop_app.domain.records import Concordance
from desktop_app.domain.story import SegmentStatus
from desktop_app.foundation.messages import N_, Message
from desktop_app.language.searching import SEPARATOR, Phrase, joined, parsed, spans_of
from desktop_app.store import search, stories
from desktop_app.store.dialects import sqlite_search
from desktop_app.store.models import MemoryUnitRow, SegmentRow, StoryRow

_INDEX = "concordance_index"
_ANY = range(1, 2**62)
_COLUMNS = MemoryUnitRow.__table__.c
_UNIT = select(
    _COLUMNS.id, _COLUMNS.layer, _COLUMNS.source, _COLUMNS.target, _COLUMNS.story, _COLUMNS.segment, _COLUMNS.origin
)
_AT_ONCE = 500
_TIMES = (1, 8, 64)  # as many places are looked at as pairs are told, and more where the same pair stands in many


def index(session: Session, units: Mapping[int, tuple[str, str]]) -> None:
    """Make units findable by the words of both sides: source and target by the id of their row."""
    sqlite_search.index_units(session.connection(), ((unit, *texts) for unit, texts in units.items()))


def unindex(session: Session, units: Mapping[int, tuple[str, str]] | Iterable[int]) -> None:
    """Forget units, before their rows change or go: the index gives up a text only to who says what it read.

    With ids alone the texts are taken from the rows as they stand.
    """
    if not isinstance(units, Mapping):
        units = {row.id: (row.source, row.target) for row in _units(session, list(units))}
    sqlite_search.unindex_units(session.connection(), ((unit, *texts) for unit, texts in units.items()))


def rebuild(session: Session) -> None:
    """Index all units of the memory anew."""
    connection = session.connection()
    sqlite_search.clear(connection, _INDEX)
    units = select(MemoryUnitRow.id, MemoryUnitRow.source, MemoryUnitRow.target).order_by(MemoryUnitRow.id)
    rows = session.execute(units, execution_options={"yield_per": 1000})
    sqlite_search.index_units(connection, ((unit, source, target) for unit, source, target in rows))
    sqlite_search.tidy(connection, _INDEX)


def problems(session: Session) -> Iterator[Message]:
    """Compare what can be found with what the units say."""
    if not sqlite_search.is_sound(session.connection(), _INDEX):
        yield N_("the index of the memory's words does not say what its pairs say")


def find(session: Session, text: str, limit: int) -> list[int]:
    """Ids of the newest units that have all words of ``text`` on either side, those with them side by side first."""
    phrases = parsed(text)
    if not phrases:
        return []
    found: dict[int, None] = {}
    for tier in dict.fromkeys([(joined(phrases),), phrases]):
        found |= dict.fromkeys(_newest(session, tier, limit))
        if len(found) >= limit:
            break
    return list(found)[:limit]


def _newest(session: Session, phrases: tuple[Phrase, ...], limit: int) -> list[int]:
    def texts(units: Sequence[int]) -> Iterator[tuple[int, str]]:
        rows = {row.id: f"{row.source}{SEPARATOR}{row.target}" for row in _units(session, units)}
        return ((unit, rows[unit]) for unit in units if unit in rows)

    def last(count: int) -> list[int]:
        return list(session.scalars(select(MemoryUnitRow.id).order_by(MemoryUnitRow.id.desc()).limit(count)))

    return search.newest_with(session, _INDEX, phrases, limit, _ANY, texts, last)


def lines(session: Session, text: str, limit: int) -> list[Concordance]:
    """Different pairs that have all words of ``text`` on either side, hits marked.

    Those with the words side by side come first; then signed pairs, imported ones, and the newest of the others.
    A segment without a translation is no pair.
    """
    phrases = parsed(text)
    if not phrases:
        return []
    different: dict[tuple[str, str], Concordance] = {}
    for times in _TIMES:
        units, segments = find(session, text, limit * times), search.segments(session, phrases, limit * times)
        different = _different([*_of_units(session, units), *_of_segments(session, segments)], phrases)
        if len(different) >= limit or max(len(units), len(segments)) < limit * times:
            break
    return [
        replace(line, source_spans=spans_of(line.source, phrases), target_spans=spans_of(line.target, phrases))
        for line in islice(different.values(), limit)
    ]


def _different(found: Iterable[Concordance], phrases: tuple[Phrase, ...]) -> dict[tuple[str, str], Concordance]:
    """Each pair once, in the order in which they are told."""
    whole = (joined(phrases),)

    def place(line: Concordance) -> tuple[bool, int]:
        apart = len(phrases) > 1 and not (spans_of(line.source, whole) or spans_of(line.target, whole))
        return apart, line.layer

    different: dict[tuple[str, str], Concordance] = {}
    for line in sorted(found, key=place):
        different.setdefault((line.source.strip(), line.target.strip()), line)
    return different


def _units(session: Session, ids: Sequence[int]) -> Iterator[Any]:
    for start in range(0, len(ids), _AT_ONCE):
        yield from session.connection().execute(_UNIT.where(_COLUMNS.id.in_(ids[start : start + _AT_ONCE])))


def _of_units(session: Session, ids: Sequence[int]) -> list[Concordance]:
    """The lines of units, in the order of their ids, not marked yet."""
    rows = {row.id: row for row in _units(session, ids)}
    slugs = stories.slugs(session, {row.story for row in rows.values() if row.story is not None})
    return [
        Concordance(u.source, u.target, (), (), Layer(u.layer), u.origin, slugs.get(u.story or ""), u.story, u.segment)
        for u in (rows[unit] for unit in ids if unit in rows)
    ]


def _of_segments(session: Session, found: Sequence[tuple[str, str]]) -> Iterator[Concordance]:
    """The lines of translated segments, in the order in which they were found, not marked yet."""
    columns = select(SegmentRow.id, SegmentRow.source, SegmentRow.target, SegmentRow.status, StoryRow.slug)
    query = columns.join(StoryRow, StoryRow.id == SegmentRow.story)
    for start in range(0, len(found), _AT_ONCE):
        batch = found[start : start + _AT_ONCE]
        here = query.where(SegmentRow.id.in_([segment for _, segment in batch]))
        rows = {row.id: row for row in session.connection().execute(here)}
        for story, segment in batch:
            row = rows.get(segment)
            if row is not None and row.source and row.target:
                layer = Layer.SIGNED if row.status == SegmentStatus.SIGNED_OFF.value else Layer.DRAFT
                yield Concordance(row.source, row.target, (), (), layer, row.slug, row.slug, story, segment)
