"""The tables, as typed mappings. Every one that carries facts is audited: its rows' hashes go into the event chain.

Foreign keys are RESTRICT only: SQLite's batch migrations would run a CASCADE and silently delete children.
"""

from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
_ID = String(36)
_HASH = String(64)
_MOMENT = String(27)


def _where(condition: str) -> dict[str, Any]:
    """The options of an index over some of the rows."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class Base(DeclarativeBase):
    """The root of all mappings."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {list[Any]: JSON, dict[str, Any]: JSON}


class Audited(Base):
    """Rows whose every state is witnessed by the event that made it."""

    __abstract__ = True


class FactRow(Audited):
    """One fact about the archive: its policy, languages, house name, current person."""

    __tablename__ = "facts"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class PersonRow(Audited):
    """A person of the office."""

    __tablename__ = "people"
    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    zh: Mapped[str] = mapped_column(Text, default="")
    roles: Mapped[list[Any]] = mapped_column(JSON)
    key: Mapped[str | None] = mapped_column(Text)


class StoryRow(Audited):
    """A story's facts; its text is in blocks, segments and placements. The headline is kept here too, for lists."""

    __tablename__ = "stories"
    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    major: Mapped[int] = mapped_column(Integer)
    minor: Mapped[int] = mapped_column(Integer)
    policy: Mapped[str] = mapped_column(String(64))
    source_language: Mapped[str] = mapped_column(String(35))
    target_language: Mapped[str] = mapped_column(String(35))
    headline_source: Mapped[str] = mapped_column(Text)
    headline_target: Mapped[str] = mapped_column(Text)
    date: Mapped[str | None] = mapped_column(String(10))
    source_url: Mapped[str | None] = mapped_column(Text)
    byline: Mapped[list[Any]] = mapped_column(JSON)
    dateline: Mapped[str] = mapped_column(Text)
    topics: Mapped[list[Any]] = mapped_column(JSON)
    source_digest: Mapped[str] = mapped_column(String(64))
    boilerplate: Mapped[list[Any]] = mapped_column(JSON)
    imported_credits: Mapped[list[Any]] = mapped_column(JSON)
    drafter: Mapped[str | None] = mapped_column(_ID, ForeignKey("people.id", ondelete="RESTRICT"))
    last_editor: Mapped[str | None] = mapped_column(_ID, ForeignKey("people.id", ondelete="RESTRICT"))
    claimed_by: Mapped[str | None] = mapped_column(_ID, ForeignKey("people.id", ondelete="RESTRICT"))
    claimed_step: Mapped[str | None] = mapped_column(String(64))
    claim_handed: Mapped[str | None] = mapped_column(_HASH)
    claim_handed_editor: Mapped[str | None] = mapped_column(_ID)
    modified: Mapped[bool] = mapped_column(Boolean)
    released: Mapped[str | None] = mapped_column(String(16))
    kill_asked_by: Mapped[str | None] = mapped_column(_ID)
    created_at: Mapped[str] = mapped_column(_MOMENT)
    updated_at: Mapped[str] = mapped_column(_MOMENT, index=True)


class BlockRow(Audited):
    """One part of a story, in its place."""

    __tablename__ = "blocks"
    __table_args__ = (Index("ix_blocks_story_position", "story", "position"),)
    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    story: Mapped[str] = mapped_column(_ID, ForeignKey("stories.id", ondelete="RESTRICT"))
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(16))


class SegmentRow(Audited):
    """An aligned pair inside a block."""

    __tablename__ = "segments"
    __table_args__ = (
        Index("ix_segments_block_position", "block", "position"),
        Index("ix_segments_story", "story"),
    )
    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    story: Mapped[str] = mapped_column(_ID, ForeignKey("stories.id", ondelete="RESTRICT"))
    block: Mapped[str] = mapped_column(_ID, ForeignKey("blocks.id", ondelete="RESTRICT"))
    position: Mapped[int] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(Text)
    target: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16))
    locked: Mapped[bool] = mapped_column(Boolean)


class PlacementRow(Audited):
    """A picture's place in a story, with the captions it has there."""

    __tablename__ = "placements"
    block: Mapped[str] = mapped_column(_ID, ForeignKey("blocks.id", ondelete="RESTRICT"), primary_key=True)
    story: Mapped[str] = mapped_column(_ID, ForeignKey("stories.id", ondelete="RESTRICT"), index=True)
    file: Mapped[str] = mapped_column(Text)
    picture: Mapped[str | None] = mapped_column(_ID, ForeignKey("pictures.id", ondelete="RESTRICT"), index=True)
    caption_zh: Mapped[str] = mapped_column(Text)
    caption_en: Mapped[str] = mapped_column(Text)
    alt_zh: Mapped[str] = mapped_column(Text)
    alt_en: Mapped[str] = mapped_column(Text)
    credit: Mapped[str] = mapped_column(Text)
    rights: Mapped[str] = mapped_column(Text)
    payload: Mapped[str | None] = mapped_column(_HASH)


class VersionRow(Audited):
    """A frozen version: the whole content as canonical JSON, and its digest. Never updated, never deleted."""

    __tablename__ = "versions"
    __table_args__ = (UniqueConstraint("story", "major", "minor"),)
    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    story: Mapped[str] = mapped_column(_ID, ForeignKey("stories.id", ondelete="RESTRICT"))
    major: Mapped[int] = mapped_column(Integer)
    minor: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(_HASH, index=True)
    content: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(_MOMENT)
    person: Mapped[str | None] = mapped_column(_ID, ForeignKey("people.id", ondelete="RESTRICT"))
    reason: Mapped[str] = mapped_column(String(32))


class SignOffRow(Audited):
    """A statement for one exact digest. Never updated, never deleted; taking it back is a withdrawal.

    ``sequence`` counts a story's sign-offs in the order they were given, because clocks can be set back.
    """

    __tablename__ = "signoffs"
    __table_args__ = (UniqueConstraint("story", "sequence"),)
    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    story: Mapped[str] = mapped_column(_ID, ForeignKey("stories.id", ondelete="RESTRICT"))
    sequence: Mapped[int] = mapped_column(Integer)
    step: Mapped[str] = mapped_column(String(64))
    person: Mapped[str] = mapped_column(_ID, ForeignKey("people.id", ondelete="RESTRICT"))
    at: Mapped[str] = mapped_column(_MOMENT)
    digest: Mapped[str] = mapped_column(_HASH)
    handed: Mapped[str] = mapped_column(_HASH)
    major: Mapped[int] = mapped_column(Integer)
    minor: Mapped[int] = mapped_column(Integer)
    note: Mapped[str] = mapped_column(Text)


class WithdrawalRow(Audited):
    """A sign-off taken back, with the reason."""

    __tablename__ = "withdrawals"
    signoff: Mapped[str] = mapped_column(_ID, ForeignKey("signoffs.id", ondelete="RESTRICT"), primary_key=True)
    person: Mapped[str] = mapped_column(_ID, ForeignKey("people.id", ondelete="RESTRICT"))
    at: Mapped[str] = mapped_column(_MOMENT)
    reason: Mapped[str] = mapped_column(Text)


class PictureRow(Audited):
    """A catalogued photograph; its master lies in ``originals/`` under ``sha256``."""

    __tablename__ = "pictures"
    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    sha256: Mapped[str] = mapped_column(_HASH, unique=True)
    payload: Mapped[str] = mapped_column(_HASH, index=True)
    fingerprint: Mapped[str] = mapped_column(String(32))
    file: Mapped[str] = mapped_column(Text)
    mime: Mapped[str] = mapped_column(String(64))
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    credit: Mapped[str] = mapped_column(Text)
    rights: Mapped[str] = mapped_column(Text)
    people: Mapped[list[Any]] = mapped_column(JSON)
    date: Mapped[str | None] = mapped_column(String(10))
    embedded: Mapped[dict[str, Any]] = mapped_column(JSON)
    added_at: Mapped[str] = mapped_column(_MOMENT)


class PictureTextRow(Audited):
    """One text of a picture: a field in one language."""

    __tablename__ = "picture_texts"
    picture: Mapped[str] = mapped_column(_ID, ForeignKey("pictures.id", ondelete="RESTRICT"), primary_key=True)
    field: Mapped[str] = mapped_column(String(16), primary_key=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class TermRow(Audited):
    """One entry of the termbase."""

    __tablename__ = "terms"
    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    source: Mapped[str] = mapped_column(Text, index=True)
    target: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(16))
    source_short: Mapped[list[Any]] = mapped_column(JSON)
    short: Mapped[str] = mapped_column(Text)
    allowed: Mapped[list[Any]] = mapped_column(JSON)
    forbidden: Mapped[list[Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text)


class WaiverRow(Audited):
    """A finding set aside for one exact text; taken back, the row goes and the event stays."""

    __tablename__ = "waivers"
    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    story: Mapped[str] = mapped_column(_ID, ForeignKey("stories.id", ondelete="RESTRICT"), index=True)
    segment: Mapped[str | None] = mapped_column(_ID)
    check_id: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(_HASH)
    reason: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(_ID, ForeignKey("people.id", ondelete="RESTRICT"))
    at: Mapped[str] = mapped_column(_MOMENT)


class MemoryUnitRow(Base):
    """One pair of the translation memory. Not audited row by row: what it says is in signed versions, and the event
    of an import carries the digest of the file. ``seal`` is the checksum of ``memory_seals``.

    A row never changes and its id is never used again, so that what was read of one stays true as long as it is
    there. ``source_key`` and ``masked_key`` are keys of ``language.memory``.
    """

    __tablename__ = "memory_units"
    __table_args__ = (
        Index("ix_memory_units_masked_key", "masked_key", **_where("masked_key IS NOT NULL")),
        Index("ix_memory_units_story_segment_layer", "story", "segment", "layer", **_where("story IS NOT NULL")),
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
    story: Mapped[str | None] = mapped_column(_ID)
    segment: Mapped[str | None] = mapped_column(_ID)
    drafter: Mapped[str] = mapped_column(Text)
    reviser: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(_MOMENT)
    origin: Mapped[str] = mapped_column(Text)
    seal: Mapped[int] = mapped_column(BigInteger)


class MemoryOriginRow(Audited):
    """A file that pairs were taken in from; the event of the import says it too."""

    __tablename__ = "memory_origins"
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    digest: Mapped[str] = mapped_column(_HASH)
    at: Mapped[str] = mapped_column(_MOMENT)
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


class EventRow(Base):
    """One link of the audit chain: what was done, by whom, and the hash of every row it touched."""

    __tablename__ = "events"
    sequence: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(_ID, unique=True)
    at: Mapped[str] = mapped_column(_MOMENT)
    person: Mapped[str | None] = mapped_column(_ID)
    account: Mapped[str] = mapped_column(Text)
    operation: Mapped[str] = mapped_column(String(64))
    story: Mapped[str | None] = mapped_column(_ID, index=True)
    data: Mapped[str] = mapped_column(Text)
    touched: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(_HASH)
    hash: Mapped[str] = mapped_column(_HASH)


class SearchTextRow(Base):
    """The searchable texts of a story or picture as they read; the full-text index of the dialect module points here.

    ``places`` has the part and field of each of the texts in ``text``. Derived, so not audited.
    """

    __tablename__ = "search_texts"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    owner: Mapped[str] = mapped_column(_ID, index=True)
    places: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
