"""Stories with their versions and sign-offs, pictures, people, facts and the chain of events."""

from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.store.dialects.sqlite_events import TOUCHES_HOUSE
from desktop_app.store.models.base import HASH, ID, MOMENT, Audited, Base


class FactRow(Audited):
    """One fact about the archive: its policy, languages, house name, current person."""

    __tablename__ = "facts"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class PersonRow(Audited):
    """A person of the office."""

    __tablename__ = "people"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    zh: Mapped[str] = mapped_column(Text, default="")
    roles: Mapped[list[Any]] = mapped_column(JSON)
    key: Mapped[str | None] = mapped_column(Text)


class StoryRow(Audited):
    """A story's facts; its text is in blocks, segments and placements. The headline is kept here too, for lists.

    ``released`` is the version that is out; ``correcting`` the one that a correction was begun from and is not done
    with, whether it is out still or not; ``released_after`` counts the sign-offs that were given until the release.
    ``drafters`` has those who drafted beside ``drafter``, each as a person's id and how (``domain.drafting``); empty
    where nobody did.
    """

    __tablename__ = "stories"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
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
    drafter: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    last_editor: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    claimed_by: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    claimed_step: Mapped[str | None] = mapped_column(String(64))
    claim_handed: Mapped[str | None] = mapped_column(HASH)
    claim_handed_editor: Mapped[str | None] = mapped_column(ID)
    modified: Mapped[bool] = mapped_column(Boolean)
    released: Mapped[str | None] = mapped_column(String(16))
    kill_asked_by: Mapped[str | None] = mapped_column(ID)
    policy_version: Mapped[int | None] = mapped_column(Integer)
    drafters: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    correcting: Mapped[str | None] = mapped_column(String(16))
    released_after: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[str] = mapped_column(MOMENT)
    updated_at: Mapped[str] = mapped_column(MOMENT, index=True)


class BlockRow(Audited):
    """One part of a story, in its place."""

    __tablename__ = "blocks"
    __table_args__ = (Index("ix_blocks_story_position", "story", "position"),)
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    story: Mapped[str] = mapped_column(ID, ForeignKey("stories.id", ondelete="RESTRICT"))
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(16))


class SegmentRow(Audited):
    """An aligned pair inside a block."""

    __tablename__ = "segments"
    __table_args__ = (
        Index("ix_segments_block_position", "block", "position"),
        Index("ix_segments_story", "story"),
    )
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    story: Mapped[str] = mapped_column(ID, ForeignKey("stories.id", ondelete="RESTRICT"))
    block: Mapped[str] = mapped_column(ID, ForeignKey("blocks.id", ondelete="RESTRICT"))
    position: Mapped[int] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(Text)
    target: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16))
    locked: Mapped[bool] = mapped_column(Boolean)


class PlacementRow(Audited):
    """A picture's place in a story, with the captions it has there."""

    __tablename__ = "placements"
    block: Mapped[str] = mapped_column(ID, ForeignKey("blocks.id", ondelete="RESTRICT"), primary_key=True)
    story: Mapped[str] = mapped_column(ID, ForeignKey("stories.id", ondelete="RESTRICT"), index=True)
    file: Mapped[str] = mapped_column(Text)
    picture: Mapped[str | None] = mapped_column(ID, ForeignKey("pictures.id", ondelete="RESTRICT"), index=True)
    caption_zh: Mapped[str] = mapped_column(Text)
    caption_en: Mapped[str] = mapped_column(Text)
    alt_zh: Mapped[str] = mapped_column(Text)
    alt_en: Mapped[str] = mapped_column(Text)
    credit: Mapped[str] = mapped_column(Text)
    rights: Mapped[str] = mapped_column(Text)
    payload: Mapped[str | None] = mapped_column(HASH)


class VersionRow(Audited):
    """A frozen version: the whole content as canonical JSON, and its digest. Never updated, never deleted."""

    __tablename__ = "versions"
    __table_args__ = (UniqueConstraint("story", "major", "minor"),)
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    story: Mapped[str] = mapped_column(ID, ForeignKey("stories.id", ondelete="RESTRICT"))
    major: Mapped[int] = mapped_column(Integer)
    minor: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(HASH, index=True)
    content: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(MOMENT)
    person: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    reason: Mapped[str] = mapped_column(String(32))


class SignOffRow(Audited):
    """A statement for one exact digest. Never updated, never deleted; taking it back is a withdrawal.

    ``sequence`` counts a story's sign-offs in the order they were given, because clocks can be set back. ``signature``
    (hexadecimal digits) was made with the key whose fingerprint is ``key``. A statement that came home keeps the
    number that its version had there in ``stated_version``; ``kept`` says of one that does not count here why.
    """

    __tablename__ = "signoffs"
    __table_args__ = (UniqueConstraint("story", "sequence"),)
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    story: Mapped[str] = mapped_column(ID, ForeignKey("stories.id", ondelete="RESTRICT"))
    sequence: Mapped[int] = mapped_column(Integer)
    step: Mapped[str] = mapped_column(String(64))
    person: Mapped[str] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    at: Mapped[str] = mapped_column(MOMENT)
    digest: Mapped[str] = mapped_column(HASH)
    handed: Mapped[str] = mapped_column(HASH)
    major: Mapped[int] = mapped_column(Integer)
    minor: Mapped[int] = mapped_column(Integer)
    note: Mapped[str] = mapped_column(Text)
    policy: Mapped[str | None] = mapped_column(String(64))
    policy_version: Mapped[int | None] = mapped_column(Integer)
    stated_version: Mapped[str | None] = mapped_column(String(16))
    key: Mapped[str | None] = mapped_column(HASH)
    signature: Mapped[str | None] = mapped_column(Text)
    kept: Mapped[str | None] = mapped_column(String(16))


class WithdrawalRow(Audited):
    """A sign-off taken back, with the reason; ``key`` and ``signature`` are as in ``signoffs``."""

    __tablename__ = "withdrawals"
    signoff: Mapped[str] = mapped_column(ID, ForeignKey("signoffs.id", ondelete="RESTRICT"), primary_key=True)
    person: Mapped[str] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    at: Mapped[str] = mapped_column(MOMENT)
    reason: Mapped[str] = mapped_column(Text)
    key: Mapped[str | None] = mapped_column(HASH)
    signature: Mapped[str | None] = mapped_column(Text)


class PictureRow(Audited):
    """A catalogued photograph; its master lies in ``originals/`` under ``sha256``."""

    __tablename__ = "pictures"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    sha256: Mapped[str] = mapped_column(HASH, unique=True)
    payload: Mapped[str] = mapped_column(HASH, index=True)
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
    added_at: Mapped[str] = mapped_column(MOMENT)


class PictureTextRow(Audited):
    """One text of a picture: a field in one language."""

    __tablename__ = "picture_texts"
    picture: Mapped[str] = mapped_column(ID, ForeignKey("pictures.id", ondelete="RESTRICT"), primary_key=True)
    field: Mapped[str] = mapped_column(String(16), primary_key=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class EventRow(Base):
    """One link of the audit chain: what was done, by whom, and the hash of every row it touched."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_house", "sequence", sqlite_where=text(TOUCHES_HOUSE)),)
    sequence: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(ID, unique=True)
    at: Mapped[str] = mapped_column(MOMENT)
    person: Mapped[str | None] = mapped_column(ID)
    account: Mapped[str] = mapped_column(Text)
    operation: Mapped[str] = mapped_column(String(64))
    story: Mapped[str | None] = mapped_column(ID, index=True)
    data: Mapped[str] = mapped_column(Text)
    touched: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(HASH)
    hash: Mapped[str] = mapped_column(HASH)
