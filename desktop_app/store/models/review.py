"""What is said about a story's text: comments, waivers, who wrote which words, which changes were accepted."""

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.store.models.base import HASH, ID, MOMENT, Audited, Base


class CommentRow(Audited):
    """A thread of notes on a segment or a picture; outside the digest.

    ``anchor`` is the segment or picture block it was written on, ``moved_to`` the segment that took the anchor's words
    over while there is no such segment, and ``moved_offset`` the place of the anchor's first character in the source of
    that segment. ``quote`` has the selected words of ``side`` (``source`` or ``target``).
    """

    __tablename__ = "comments"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    story: Mapped[str] = mapped_column(ID, ForeignKey("stories.id", ondelete="RESTRICT"), index=True)
    anchor: Mapped[str] = mapped_column(ID)
    moved_to: Mapped[str | None] = mapped_column(ID)
    moved_offset: Mapped[int] = mapped_column(Integer)
    side: Mapped[str] = mapped_column(String(8))
    quote: Mapped[str] = mapped_column(Text)
    resolved_by: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    resolved_at: Mapped[str | None] = mapped_column(MOMENT)


class CommentNoteRow(Audited):
    """One note of a thread."""

    __tablename__ = "comment_notes"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    comment: Mapped[str] = mapped_column(ID, ForeignKey("comments.id", ondelete="RESTRICT"), index=True)
    person: Mapped[str] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    at: Mapped[str] = mapped_column(MOMENT)
    changed_at: Mapped[str | None] = mapped_column(MOMENT)
    text: Mapped[str] = mapped_column(Text)


class WordingRow(Audited):
    """What one text of a story said after somebody had written in it for a while: the history of a segment.

    ``part`` is the segment or picture block, ``field`` its text (``target``, ``caption_en`` …). ``began_at`` to ``at``
    is the sitting; the last row of a text says what it says now.
    """

    __tablename__ = "wordings"
    __table_args__ = (Index("ix_wordings_story_part", "story", "part"),)
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    story: Mapped[str] = mapped_column(ID, ForeignKey("stories.id", ondelete="RESTRICT"))
    part: Mapped[str] = mapped_column(ID)
    field: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16))
    person: Mapped[str | None] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    began_at: Mapped[str] = mapped_column(MOMENT)
    at: Mapped[str] = mapped_column(MOMENT, index=True)


class AcceptedChangeRow(Audited):
    """How far a person accepted the changes since a version: the version's text with the accepted changes in it."""

    __tablename__ = "accepted_changes"
    story: Mapped[str] = mapped_column(ID, ForeignKey("stories.id", ondelete="RESTRICT"), primary_key=True)
    person: Mapped[str] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"), primary_key=True)
    major: Mapped[int] = mapped_column(Integer, primary_key=True)
    minor: Mapped[int] = mapped_column(Integer, primary_key=True)
    part: Mapped[str] = mapped_column(ID, primary_key=True)
    field: Mapped[str] = mapped_column(String(16), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(MOMENT)


class LoneSegmentRow(Audited):
    """A segment that keeps a translation of its own though its source is said elsewhere too."""

    __tablename__ = "lone_segments"
    segment: Mapped[str] = mapped_column(ID, primary_key=True)
    story: Mapped[str] = mapped_column(ID, ForeignKey("stories.id", ondelete="RESTRICT"), index=True)


class VisitRow(Base):
    """When a person last had a story before them. No fact about the story, so not audited."""

    __tablename__ = "visits"
    person: Mapped[str] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"), primary_key=True)
    story: Mapped[str] = mapped_column(ID, ForeignKey("stories.id", ondelete="RESTRICT"), primary_key=True)
    at: Mapped[str] = mapped_column(MOMENT)


class WaiverRow(Audited):
    """A finding set aside for one exact text; taken back, the row goes and the event stays."""

    __tablename__ = "waivers"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    story: Mapped[str] = mapped_column(ID, ForeignKey("stories.id", ondelete="RESTRICT"), index=True)
    segment: Mapped[str | None] = mapped_column(ID)
    check_id: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(HASH)
    reason: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(ID, ForeignKey("people.id", ondelete="RESTRICT"))
    at: Mapped[str] = mapped_column(MOMENT)
