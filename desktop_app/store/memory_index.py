"""The memory's index as it lies in the archive: parts that never change, and a tail of newer units that is searched
without one.

When the tail is long it becomes a part, and takes the parts before it in as long as they are not much larger than
what it has grown to. So a unit is indexed anew about as many times as the memory has doubled, there are few parts, and
the cost of one write has a bound: a write of a single unit makes no part larger than ``LARGEST``. Everything happens
in the transaction of whoever adds the units, so readers see units and index together or not at all.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from desktop_app.language.memory.grams import Words
from desktop_app.language.memory.part import Part, build
from desktop_app.language.memory.similarity import compared
from desktop_app.store.dialects import sqlite_memory
from desktop_app.store.memory_seals import seal_of_part
from desktop_app.store.models import MemoryPartRow, MemoryPostingsRow

LARGEST = 32_768
MOST_PARTS = 32
_GROWTH = 2
# With its header such a row fills one page of 4,096 bytes and needs no second one (sqlite.org/fileformat2.html, 1.6).
POSTINGS_A_ROW = 1000
_PART_SHIFT = 32
_ROWS_AT_ONCE = 500


def postings_row(part: int, number: int) -> int:
    """The id of the row with a part's postings from ``number`` times ``POSTINGS_A_ROW`` on."""
    return (part << _PART_SHIFT) + number


def part_of(row: int) -> int:
    """The part that a row of postings belongs to."""
    return row >> _PART_SHIFT


def fold(session: Session, *, bounded: bool = True, check: Callable[[], None] = lambda: None) -> None:
    """Make a part of the tail; unless ``bounded``, parts may grow without limit. ``check`` may raise to stop."""
    connection = session.connection()
    last = sqlite_memory.last_unit(connection)
    rows = session.execute(
        select(MemoryPartRow.id, MemoryPartRow.after, MemoryPartRow.upto, MemoryPartRow.size).order_by(
            MemoryPartRow.upto.desc()
        )
    ).all()
    start = rows[0].upto if rows else 0
    limit = LARGEST if bounded and len(rows) < MOST_PARTS else None
    size, taken = last - start, []
    for row in rows:
        if row.size > _GROWTH * size or (limit is not None and size + row.size > limit):
            break
        taken.append(row.id)
        size, start = size + row.size, row.after
    _drop(session, taken)
    _make(session, start, last, check)


def rebuild(session: Session) -> None:
    """Make the whole index anew from the units."""
    _drop(session, list(session.scalars(select(MemoryPartRow.id))))
    if sqlite_memory.last_unit(session.connection()):
        fold(session, bounded=False)


def _drop(session: Session, parts: Sequence[int]) -> None:
    for part in parts:
        low, high = postings_row(part, 0), postings_row(part + 1, 0)
        session.execute(delete(MemoryPostingsRow).where(MemoryPostingsRow.id >= low, MemoryPostingsRow.id < high))
        session.execute(delete(MemoryPartRow).where(MemoryPartRow.id == part))


def _make(session: Session, after: int, upto: int, check: Callable[[], None]) -> None:
    found = sqlite_memory.sources_between(session.connection(), after, upto)
    check()
    ids, texts = [id_ for id_, _ in found], [compared(source) for _, source in found]
    del found
    part, postings = build(ids, texts)
    del ids, texts
    check()
    row = MemoryPartRow(after=after, upto=upto, size=part.size, **_blobs(part), firsts=b"", seal=0)
    session.add(row)
    session.flush()
    row.firsts = _write_postings(session, row.id, postings, check)
    row.seal = seal_of_part(session, row.id)
    session.flush()
    session.expunge(row)


def _write_postings(session: Session, part: int, postings: list[Words], check: Callable[[], None]) -> bytes:
    """Write the postings row by row, and return the first rank of each row."""
    connection = session.connection()
    firsts: list[Words] = []
    rest = np.empty(0, np.uint32)
    number = 0
    while postings:
        check()
        rest = np.concatenate((rest, postings.pop(0)))
        whole = len(rest) if not postings else len(rest) // POSTINGS_A_ROW * POSTINGS_A_ROW
        rows: list[dict[str, Any]] = []
        for start in range(0, whole, POSTINGS_A_ROW):
            ranks = rest[start : min(whole, start + POSTINGS_A_ROW)]
            rows.append({"id": postings_row(part, number), "ranks": _little(ranks)})
            number += 1
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            connection.execute(insert(MemoryPostingsRow), rows[start : start + _ROWS_AT_ONCE])
        firsts.append(rest[:whole:POSTINGS_A_ROW])
        rest = rest[whole:]
    return _little(np.concatenate(firsts))


def _little(numbers: NDArray[Any]) -> bytes:
    return numbers.astype(numbers.dtype.newbyteorder("<")).tobytes()


def _blobs(part: Part) -> dict[str, bytes]:
    return {
        "ids": _little(part.ids),
        "lengths": _little(part.lengths),
        "ranks": _little(part.ranks),
        "signatures": _little(part.signatures),
        "pairs": _little(part.pairs),
        "starts": _little(part.starts),
    }


def load(session: Session, part: int) -> tuple[Part, Words]:
    """Read a part, and the first rank of each of its rows of postings."""
    table = MemoryPartRow
    columns = (table.ids, table.lengths, table.ranks, table.signatures, table.pairs, table.starts, table.firsts)
    row = session.execute(select(*columns).where(table.id == part)).one()
    words = [
        np.frombuffer(blob, "<u4") for blob in (row.ids, row.lengths, row.ranks, row.pairs, row.starts, row.firsts)
    ]
    ids, lengths, ranks, pairs, starts, firsts = words
    signatures = np.frombuffer(row.signatures, "<u8").reshape(-1, 2)
    return Part(ids, lengths, ranks, signatures, pairs, starts), firsts
