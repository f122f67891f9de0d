"""Seals of the memory: every unit and every part of its index carries a checksum of what it says.

A million units are too many for the event chain, row by row. A seal finds what was damaged or altered without knowing
of it; what was signed stands in the versions, under digests that the chain witnesses.
"""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.foundation.messages import N_, Message
from desktop_app.store.dialects import sqlite_memory
from desktop_app.store.models import MemoryPartRow, MemoryPostingsRow

_SEAL_BYTES = 8
_PART_COLUMNS = ("after", "upto", "size", "lengths", "ranks", "firsts", "pairs", "starts", "ids", "signatures")
_PART_SHIFT = 32


def seal_of(cells: Sequence[Any]) -> int:
    """Return the seal of a unit's cells, in the order of its columns: a signed number of 64 bits."""
    parts = ["-" if cell is None else f"{type(cell).__name__}{len(str(cell))}:{cell}" for cell in cells]
    return _number(blake2b("".join(parts).encode("utf-8", "surrogatepass"), digest_size=_SEAL_BYTES).digest())


def seal_of_part(session: Session, part: int) -> int:
    """Return the seal of one part of the index: its row and all its postings."""
    session.flush()
    columns = [getattr(MemoryPartRow, name) for name in _PART_COLUMNS]
    row = session.execute(select(*columns).where(MemoryPartRow.id == part)).one()
    sealing = blake2b(digest_size=_SEAL_BYTES)
    for cell in row:
        sealing.update(cell if isinstance(cell, bytes) else str(cell).encode())
    low, high = part << _PART_SHIFT, (part + 1) << _PART_SHIFT
    postings = select(MemoryPostingsRow.id, MemoryPostingsRow.ranks).where(
        MemoryPostingsRow.id >= low, MemoryPostingsRow.id < high
    )
    for identity, ranks in session.execute(postings.order_by(MemoryPostingsRow.id)):
        sealing.update(str(identity).encode())
        sealing.update(ranks)
    return _number(sealing.digest())


def _number(digest: bytes) -> int:
    return int.from_bytes(digest, "big", signed=True)


def altered_units(session: Session) -> Iterator[int]:
    """Ids of the units that do not say what they said when they were sealed."""
    for identity, *cells, seal in sqlite_memory.sealed_units(session.connection()):
        if seal_of(cells) != seal:
            yield identity


def index_problems(session: Session) -> Iterator[Message]:
    """What is wrong with the index of likeness."""
    for part, seal in session.execute(select(MemoryPartRow.id, MemoryPartRow.seal)).all():
        if seal_of_part(session, part) != seal:
            yield N_("part {n} of the memory's index is damaged", n=part)
