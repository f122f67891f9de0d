"""The termbase, the translation memory with its index, and the texts that search reads."""

from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.store.models.base import HASH, ID, MOMENT, Audited, Base


class MemoryUnitRow(Base):
    """One pair of the translation memory. Not audited row by row: what it says is in signed versions, and the event
    of an import carries the digest of the file. ``seal`` is the checksum of ``memory_seals``.

    A row never changes and its id is never used again, so that what was read of one stays true as long as it is
    there. ``source_key`` and ``masked_key`` are keys of ``language.memory``.
    """

    __tablename__ = "memory_units"
    __table_args__ = (
        Index("ix_memory_units_masked_key", "masked_key", sqlite_where=text("masked_key IS NOT NULL")),
        Index(
            "ix_memory_units_story_segment_layer", "story", "segment", "layer", sqlite_where=text("story IS NOT NULL")
        ),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    layer: Mapped[int] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(Text)
    target: Mapped[str] = mapped_column(Text)
    masked_key: Mapped[int | None] = mapped_column(BigInteger)
    source_key: Mapped[int] = mapped_column(BigInteger, index=True)
    before: Mapped[int | None] = mapped_column(BigInteger)
    after: Mapped[int | None] = mapped_column(BigInteger)
    story: Mapped[str | None] = mapped_column(ID)
    segment: Mapped[str | None] = mapped_column(ID)
    drafter: Mapped[str] = mapped_column(Text)
    reviser: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(MOMENT)
    origin: Mapped[str] = mapped_column(Text)
    seal: Mapped[int] = mapped_column(BigInteger)


class MemoryOriginRow(Audited):
    """A file that pairs were taken in from; the event of the import says it too."""

    __tablename__ = "memory_origins"
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    digest: Mapped[str] = mapped_column(HASH)
    at: Mapped[str] = mapped_column(MOMENT)
    units: Mapped[int] = mapped_column(Integer)


class MemoryPartRow(Base):
    """One part of the memory's index, over the units with ids above ``after`` up to ``upto``. Derived.

    The arrays are those of ``language.memory.part.Part``, little-endian. ``firsts`` has the first rank of each of the
    part's rows of postings. No id is ever used again.
    """

    __tablename__ = "memory_parts"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    after: Mapped[int] = mapped_column(BigInteger)
    upto: Mapped[int] = mapped_column(BigInteger)
    size: Mapped[int] = mapped_column(Integer)
    lengths: Mapped[bytes] = mapped_column(LargeBinary)
    ranks: Mapped[bytes] = mapped_column(LargeBinary)
    firsts: Mapped[bytes] = mapped_column(LargeBinary)
    pairs: Mapped[bytes] = mapped_column(LargeBinary)
    starts: Mapped[bytes] = mapped_column(LargeBinary)
    ids: Mapped[bytes] = mapped_column(LargeBinary)
    signatures: Mapped[bytes] = mapped_column(LargeBinary)
    seal: Mapped[int] = mapped_column(BigInteger)


class MemoryPostingsRow(Base):
    """Some of a part's postings, as many as fill a page of the database. Derived.

    The id is the part's, shifted by 32 bits, and below it the number of the row within the part.
    """

    __tablename__ = "memory_postings"
    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    ranks: Mapped[bytes] = mapped_column(LargeBinary)


class SearchTextRow(Base):
    """The searchable texts of a story or picture as they read; the full-text index of the dialect module points here.

    ``places`` has the part and field of each of the texts in ``text``. Derived, so not audited.
    """

    __tablename__ = "search_texts"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    owner: Mapped[str] = mapped_column(ID, index=True)
    places: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)


class TermRow(Audited):
    """One entry of the termbase."""

    __tablename__ = "terms"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    source: Mapped[str] = mapped_column(Text, index=True)
    target: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(16))
    source_short: Mapped[list[Any]] = mapped_column(JSON)
    short: Mapped[str] = mapped_column(Text)
    allowed: Mapped[list[Any]] = mapped_column(JSON)
    forbidden: Mapped[list[Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text)
