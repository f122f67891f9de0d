"""What approval rests on: policies by version, keys of people, and what stands about a story beside its sign-offs."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.store.models.base import HASH, ID, MOMENT, Audited


class PolicyRow(Audited):
    """One version of a house's policy. Never updated, never deleted: what was signed under it refers to it."""

    __tablename__ = "policies"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[str] = mapped_column(MOMENT)
    person: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))


class PersonKeyRow(Audited):
    """A public key (Ed25519, 32 bytes as hexadecimal digits) of a person; ``fingerprint`` is its SHA-256.

    It is asked for, then enrolled (``enrolled_at`` None: not confirmed yet); a person has one such key at a time. A
    retired key proves what was signed before ``retired_at`` and nothing after it.
    """

    __tablename__ = "person_keys"
    __table_args__ = (
        Index(
            "uq_person_keys_current",
            "person",
            unique=True,
            sqlite_where=text("retired_at IS NULL"),
        ),
    )
    fingerprint: Mapped[str] = mapped_column(HASH, primary_key=True)
    person: Mapped[str] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"), index=True)
    public: Mapped[str] = mapped_column(HASH)
    asked_at: Mapped[str] = mapped_column(MOMENT)
    enrolled_at: Mapped[str | None] = mapped_column(MOMENT)
    enrolled_by: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    retired_at: Mapped[str | None] = mapped_column(MOMENT)
    retired_by: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    reason: Mapped[str] = mapped_column(Text)


class AssignmentRow(Audited):
    """Who is to do a story's next step, and until when; outside the digest.

    ``step`` is the step that it is for: once the story is past it, or back before it, the assignment has ended.
    """

    __tablename__ = "assignments"
    story: Mapped[str] = mapped_column(ID, ForeignKey("stories.id", ondelete="RESTRICT"), primary_key=True)
    person: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"), index=True)
    step: Mapped[str] = mapped_column(String(64))
    deadline: Mapped[str | None] = mapped_column(MOMENT, index=True)
    note: Mapped[str] = mapped_column(Text)
    given_by: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    at: Mapped[str] = mapped_column(MOMENT)


class EmbargoRow(Audited):
    """Until when a story may not go out: a moment in UTC with the zone it was thought in; ``until`` None when lifted.

    The ``asked_`` columns have an earlier moment (or None, to lift it) that a second person has yet to confirm;
    ``asked_by`` says whether there is such a wish.
    """

    __tablename__ = "embargoes"
    story: Mapped[str] = mapped_column(ID, ForeignKey("stories.id", ondelete="RESTRICT"), primary_key=True)
    until: Mapped[str | None] = mapped_column(MOMENT)
    zone: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    at: Mapped[str] = mapped_column(MOMENT)
    asked_until: Mapped[str | None] = mapped_column(MOMENT)
    asked_zone: Mapped[str | None] = mapped_column(String(64))
    asked_reason: Mapped[str | None] = mapped_column(Text)
    asked_by: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    asked_at: Mapped[str | None] = mapped_column(MOMENT)


class EmergencyRow(Audited):
    """A release without the reviews that the policy asks for, and the later approval by another person.

    ``handed`` is the digest of the text that the reviews left undone would have begun from; ``hands`` are the ids of
    those who wrote the text that went out, whoever works on the story since.
    ``approval_key`` and ``approval_signature`` are those of the later approval, as in ``signoffs``.
    """

    __tablename__ = "emergencies"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    story: Mapped[str] = mapped_column(ID, ForeignKey("stories.id", ondelete="RESTRICT"), index=True)
    major: Mapped[int] = mapped_column(Integer)
    minor: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(HASH)
    handed: Mapped[str] = mapped_column(HASH)
    hands: Mapped[list[Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    at: Mapped[str] = mapped_column(MOMENT)
    approved_by: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    approved_at: Mapped[str | None] = mapped_column(MOMENT)
    approval_note: Mapped[str] = mapped_column(Text)
    approval_key: Mapped[str | None] = mapped_column(HASH)
    approval_signature: Mapped[str | None] = mapped_column(Text)


class SourceChangeRow(Audited):
    """The source text changed after the draft began; ``judgement`` is empty until somebody judges it.

    ``was`` and ``now`` are digests of the source; ``released`` has the version that was out then, if one was.
    ``content`` has the new source of a story whose text must stay as it is until then; empty where it is in the text.
    """

    __tablename__ = "source_changes"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    story: Mapped[str] = mapped_column(ID, ForeignKey("stories.id", ondelete="RESTRICT"), index=True)
    major: Mapped[int] = mapped_column(Integer)
    was: Mapped[str] = mapped_column(HASH)
    now: Mapped[str] = mapped_column(HASH)
    released: Mapped[str | None] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(Text)
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    person: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    at: Mapped[str] = mapped_column(MOMENT)
    judgement: Mapped[str] = mapped_column(String(16))
    judged_note: Mapped[str] = mapped_column(Text)
    judged_by: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    judged_at: Mapped[str | None] = mapped_column(MOMENT)
