"""The memory's quick ways on SQLite: reading with no layer between, and taking in a million rows at once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from desktop_app.store.dialects.sqlite_search import driver

_AT_ONCE = 512
_ROOMY = -131_072  # KiB, with the sign that SQLite wants (sqlite.org/pragma.html#pragma_cache_size)
_UNIT = "layer, source, target, masked_key, source_key, before, after, story, segment, drafter, reviser, at, origin"
_INSERT = f"INSERT INTO memory_units ({_UNIT}, seal) VALUES ({', '.join('?' * 14)})"


def _marks(count: int) -> str:
    """Question marks for at least ``count`` values: few different numbers of them, so that statements are kept."""
    size = 16
    while size < count:
        size *= 2
    return ", ".join("?" * size)


def _by_ids(connection: Connection, statement: str, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """Run a statement that lacks its ids at the end, as often as it takes."""
    execute = driver(connection).execute
    rows: list[tuple[Any, ...]] = []
    for start in range(0, len(ids), _AT_ONCE):
        some = list(ids[start : start + _AT_ONCE])
        marks = _marks(len(some))
        some += [some[-1]] * (marks.count("?") - len(some))
        rows += execute(f"{statement} ({marks})", some).fetchall()
    return rows


def parts(connection: Connection) -> list[tuple[int, int]]:
    """Id and last unit of every part of the index."""
    return driver(connection).execute("SELECT id, upto FROM memory_parts ORDER BY upto").fetchall()


def postings(connection: Connection, rows: Sequence[int]) -> list[tuple[Any, ...]]:
    """Rows of postings, by their ids."""
    return _by_ids(connection, "SELECT id, ranks FROM memory_postings WHERE id IN", rows)


def entries(connection: Connection, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """What judging needs of the units that are there of some ids: the fields of ``language.memory.Entry``."""
    statement = "SELECT id, layer, source, target, before, after, at, segment FROM memory_units WHERE id IN"
    return _by_ids(connection, statement, ids)


def units(connection: Connection, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """Id and fields of ``domain.memory.MemoryUnit``, in their order, of the units that are there of some ids."""
    columns = "id, source, target, layer, story, segment, drafter, reviser, at, origin, before, after"
    return _by_ids(connection, f"SELECT {columns} FROM memory_units WHERE id IN", ids)


def alike(connection: Connection, masked_key: int, limit: int) -> list[tuple[Any, ...]]:
    """As ``entries``, the newest units of one masked key."""
    statement = (
        "SELECT id, layer, source, target, before, after, at, segment FROM memory_units "
        "WHERE masked_key = ? ORDER BY id DESC LIMIT ?"
    )
    return driver(connection).execute(statement, (masked_key, limit)).fetchall()


def sources_between(connection: Connection, after: int, upto: int) -> list[tuple[int, str]]:
    """Ids and source texts of the units with ids above ``after`` up to ``upto``, in the order of their ids."""
    statement = "SELECT id, source FROM memory_units WHERE id > ? AND id <= ? ORDER BY id"
    return driver(connection).execute(statement, (after, upto)).fetchall()


def sealed_units(connection: Connection) -> Iterator[tuple[Any, ...]]:
    """Id, the cells that the seal is taken over, and the seal, of every unit."""
    yield from driver(connection).execute(f"SELECT id, {_UNIT}, seal FROM memory_units ORDER BY id")


def last_unit(connection: Connection) -> int:
    """The highest id there is, 0 where there is no unit."""
    (found,) = driver(connection).execute("SELECT max(id) FROM memory_units").fetchone()
    return found or 0


def tail_length(connection: Connection) -> int:
    """How many units were added since the last part was made, those included that are gone."""
    (upto,) = driver(connection).execute("SELECT max(upto) FROM memory_parts").fetchone()
    return max(0, last_unit(connection) - (upto or 0))


def of_source_keys(connection: Connection, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """Id, layer, source and target of the units with these source keys."""
    return _by_ids(connection, "SELECT id, layer, source, target FROM memory_units WHERE source_key IN", keys)


def insert_units(connection: Connection, rows: Sequence[tuple[Any, ...]]) -> range:
    """Insert units, their columns in the order of the table without the id, and return the ids they got.

    One connection writes at a time, so that the ids follow one another.
    """
    driver(connection).executemany(_INSERT, rows)
    last = last_unit(connection)
    return range(last - len(rows) + 1, last + 1)


@contextmanager
def roomy(connection: Connection) -> Iterator[None]:
    """Give a connection a large cache for a while: an index that grows by keys in no order needs its pages at hand."""
    execute = driver(connection).execute
    (before,) = execute("PRAGMA cache_size").fetchone()
    execute(f"PRAGMA cache_size={_ROOMY}")
    try:
        yield
    finally:
        execute(f"PRAGMA cache_size={before}")
