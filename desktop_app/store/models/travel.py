"""Stories on their way: what went out to whom, what came home, and the conflicts that are not decided yet."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.store.models.base import HASH, ID, MOMENT, Audited


class LoanRow(Audited):
    """A story that went out in a work package; it is open until ``ended_at``.

    ``base`` is the whole text that stands as common ground: what went out and, once it came home, what came home last
    (the plain data of ``domain.digest.to_plain``). ``digest`` is the digest of the text that went out.
    """

    __tablename__ = "loans"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    package: Mapped[str] = mapped_column(ID, index=True)
    kind: Mapped[str] = mapped_column(String(16))
    story: Mapped[str] = mapped_column(ID, ForeignKey("stories.id", ondelete="RESTRICT"), index=True)
    holder: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    file: Mapped[str] = mapped_column(Text)
    major: Mapped[int] = mapped_column(Integer)
    minor: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(HASH)
    base: Mapped[dict[str, Any]] = mapped_column(JSON)
    packed_by: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    at: Mapped[str] = mapped_column(MOMENT)
    edition: Mapped[int] = mapped_column(Integer)
    returned_at: Mapped[str | None] = mapped_column(MOMENT)
    ended_at: Mapped[str | None] = mapped_column(MOMENT)
    ended_by: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    ended_reason: Mapped[str] = mapped_column(Text)


class HomecomingRow(Audited):
    """A file that came home: what it was, its digest, and what was made of it in plain data."""

    __tablename__ = "homecomings"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    package: Mapped[str | None] = mapped_column(ID, index=True)
    edition: Mapped[int] = mapped_column(Integer)
    file: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(HASH, index=True)
    person: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    at: Mapped[str] = mapped_column(MOMENT)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


class OpenConflictRow(Audited):
    """A change that came home and met another one here; ``decision`` is empty until somebody decides.

    ``part`` and ``side`` are the key of the change (``domain.merging.changes``); ``content`` has base, ours and theirs.
    """

    __tablename__ = "open_conflicts"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    homecoming: Mapped[str] = mapped_column(ID, ForeignKey("homecomings.id", ondelete="RESTRICT"), index=True)
    story: Mapped[str] = mapped_column(ID, ForeignKey("stories.id", ondelete="RESTRICT"), index=True)
    part: Mapped[str] = mapped_column(String(64))
    side: Mapped[str] = mapped_column(String(32))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[str] = mapped_column(MOMENT)
    decision: Mapped[str] = mapped_column(String(16))
    decided_by: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    decided_at: Mapped[str | None] = mapped_column(MOMENT)
