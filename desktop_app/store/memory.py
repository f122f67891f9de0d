"""The units of the translation memory: added, replaced and taken out, each with its place in the indexes."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from desktop_app.domain.memory import Layer, MemoryUnit
from desktop_app.language.memory import context_key, masked_key
from desktop_app.store import concordance
from desktop_app.store.dialects import sqlite_memory
from desktop_app.store.memory_seals import seal_of
from desktop_app.store.models import MemoryOriginRow, MemoryUnitRow

_AT_ONCE = 5000
_TAIL = 2048
_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Origin:
    """A file that pairs came in with: how many of them, and when."""

    name: str
    count: int
    at: str


def _row(unit: MemoryUnit, key: int, layer: Layer, origin: str) -> tuple[Any, ...]:
    cells = (
        int(layer),
        unit.source,
        unit.target,
        masked_key(unit.source),
        key,
        unit.before,
        unit.after,
        unit.story,
        unit.segment,
        unit.drafter,
        unit.reviser,
        unit.at,
        origin,
    )
    return (*cells, seal_of(cells))


def add(session: Session, units: Sequence[MemoryUnit]) -> None:
    """Add units whatever there is already. The index is kept by ``memory_index.keep``, at the end."""
    if units:
        _insert(session, [_row(unit, context_key(unit.source), unit.layer, unit.origin) for unit in units], units)


def _insert(session: Session, rows: list[tuple[Any, ...]], units: Sequence[MemoryUnit]) -> None:
    ids = sqlite_memory.insert_units(session.connection(), rows)
    concordance.index(session, {id_: (unit.source, unit.target) for id_, unit in zip(ids, units, strict=True)})


def add_imported(
    session: Session, units: Iterable[MemoryUnit], origin: str, *, told: Callable[[int], None] = lambda _count: None
) -> tuple[int, int]:
    """Add units as imported ones of the file ``origin`` where their pair is not there yet, drafts aside.

    Returns how many were added and how many were known; what lacks a side is neither. ``told`` gets the number of
    units read so far, and may raise to stop.
    """
    added = known = read = 0
    stream = iter(units)
    with sqlite_memory.roomy(session.connection()):
        while batch := list(islice(stream, _AT_ONCE)):
            whole = [unit for unit in batch if unit.source.strip() and unit.target.strip()]
            fresh = _fresh(session, whole)
            if fresh:
                chosen = [unit for _, unit in fresh]
                _insert(session, [_row(unit, key, Layer.IMPORTED, origin) for key, unit in fresh], chosen)
            added += len(fresh)
            known += len(whole) - len(fresh)
            read += len(batch)
            told(read)
    return added, known


def _fresh(session: Session, batch: list[MemoryUnit]) -> list[tuple[int, MemoryUnit]]:
    """The units of a batch that the memory does not have yet, each pair once, with the keys of their sources."""
    first: dict[_Pair, tuple[int, MemoryUnit]] = {}
    for unit in batch:
        if (unit.source, unit.target) not in first:
            first[unit.source, unit.target] = context_key(unit.source), unit
    keys = list({key for key, _ in first.values()})
    for _, layer, source, target in sqlite_memory.of_source_keys(session.connection(), keys):
        if layer != Layer.DRAFT:
            first.pop((source, target), None)
    return list(first.values())


def keep_index(session: Session, *, many: bool = False, check: Callable[[], None] = lambda: None) -> None:
    """Keep the index of likeness in shape. Call it in the transaction that added units, after the last of them.

    After ``many`` units the index may take as long as it needs to be quick to search; else the time that it may take
    has a bound (``memory_index``). ``check`` may raise to stop the work.
    """
    if sqlite_memory.tail_length(session.connection()) < _TAIL:
        return
    # NumPy takes a tenth of a second to load, and few writes come here.
    from desktop_app.store import memory_index  # noqa: PLC0415

    memory_index.fold(session, bounded=not many, check=check)


def of_story(session: Session, story: str, segments: Collection[str] | None = None) -> list[tuple[int, MemoryUnit]]:
    """The units that a story of this archive left, with their ids; where segments are named, theirs alone."""
    query = select(MemoryUnitRow.id, *_UNIT).where(
        MemoryUnitRow.story == story, MemoryUnitRow.layer != int(Layer.IMPORTED)
    )
    if segments is not None:
        query = query.where(MemoryUnitRow.segment.in_(segments))
    return [(row.id, _unit(row)) for row in session.execute(query)]


def remove(session: Session, ids: Sequence[int]) -> None:
    """Take units out, and out of the concordance; the index of likeness finds their rows gone."""
    for start in range(0, len(ids), _AT_ONCE):
        some = list(ids[start : start + _AT_ONCE])
        concordance.unindex(session, some)
        session.execute(delete(MemoryUnitRow).where(MemoryUnitRow.id.in_(some)))


def forget_origin(session: Session, origin: str, *, check: Callable[[], None] = lambda: None) -> int:
    """Take out what came in with one file, and return how many units that were."""
    mine = (MemoryUnitRow.origin == origin, MemoryUnitRow.layer == int(Layer.IMPORTED))
    ids = list(session.scalars(select(MemoryUnitRow.id).where(*mine)))
    for start in range(0, len(ids), _AT_ONCE):
        check()
        remove(session, ids[start : start + _AT_ONCE])
    row = session.get(MemoryOriginRow, origin)
    if row is not None:
        session.delete(row)
    return len(ids)


def note_origin(session: Session, origin: str, *, digest: str, at: str, added: int) -> None:
    """Keep that units came in with a file; a file that comes again adds to what it brought before."""
    row = session.get(MemoryOriginRow, origin)
    if row is None:
        session.add(MemoryOriginRow(name=origin, digest=digest, at=at, units=added))
    else:
        row.digest, row.at, row.units = digest, at, row.units + added
    session.flush()


def origins(session: Session) -> list[Origin]:
    """The files that units came in with, the last one first."""
    rows = session.scalars(select(MemoryOriginRow).order_by(MemoryOriginRow.at.desc(), MemoryOriginRow.name))
    return [Origin(row.name, row.units, row.at) for row in rows]


def count(session: Session) -> int:
    """How many units there are."""
    return session.scalar(select(func.count()).select_from(MemoryUnitRow)) or 0


def counts_of_stories(session: Session) -> dict[Layer, int]:
    """How many units of each layer belong to stories."""
    query = select(MemoryUnitRow.layer, func.count()).where(MemoryUnitRow.story.is_not(None))
    return {Layer(layer): count for layer, count in session.execute(query.group_by(MemoryUnitRow.layer))}


_UNIT = (
    MemoryUnitRow.source,
    MemoryUnitRow.target,
    MemoryUnitRow.layer,
    MemoryUnitRow.story,
    MemoryUnitRow.segment,
    MemoryUnitRow.drafter,
    MemoryUnitRow.reviser,
    MemoryUnitRow.at,
    MemoryUnitRow.origin,
    MemoryUnitRow.before,
    MemoryUnitRow.after,
)


def _unit(row: Any) -> MemoryUnit:
    return MemoryUnit(
        row.source,
        row.target,
        Layer(row.layer),
        row.story,
        row.segment,
        row.drafter,
        row.reviser,
        row.at,
        row.origin,
        row.before,
        row.after,
    )


def by_id(session: Session, ids: Sequence[int]) -> dict[int, MemoryUnit]:
    """Whole units by their ids."""
    if not ids:
        return {}
    rows = sqlite_memory.units(session.connection(), ids)
    return {id_: MemoryUnit(source, target, Layer(layer), *rest) for id_, source, target, layer, *rest in rows}


def every(session: Session, layers: Iterable[Layer]) -> Iterator[MemoryUnit]:
    """Every unit of some layers, in the order in which they were added, a thousand at a time."""
    wanted: ColumnElement[bool] = MemoryUnitRow.layer.in_([int(layer) for layer in layers])
    query = select(*_UNIT).where(wanted).order_by(MemoryUnitRow.id)
    for row in session.execute(query, execution_options={"yield_per": 1000}):
        yield _unit(row)
