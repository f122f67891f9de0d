"""Comments as rows: a thread, its notes, and the segments that threads are followed by."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.domain.comments import Comment, Layout, Note, Piece, Side
from desktop_app.store.models import BlockRow, CommentNoteRow, CommentRow, PlacementRow, SegmentRow, StoryRow


def add(session: Session, comment: Comment) -> None:
    """Write a new thread with its notes."""
    session.add(
        CommentRow(
            id=comment.id,
            story=comment.story,
            anchor=comment.anchor,
            moved_to=comment.moved_to,
            moved_offset=comment.moved_offset,
            side=comment.side,
            quote=comment.quote,
            resolved_by=comment.resolved_by,
            resolved_at=comment.resolved_at,
        )
    )
    session.flush()
    for note in comment.notes:
        add_note(session, comment.id, note)


def add_note(session: Session, comment: str, note: Note) -> None:
    """Write a new note of a thread."""
    session.add(
        CommentNoteRow(
            id=note.id,
            comment=comment,
            person=note.person,
            at=note.at,
            changed_at=note.changed_at,
            text=note.text,
        )
    )


def change_note(session: Session, note: str, text: str, *, at: str) -> None:
    """Give a note, which must be there, another text."""
    row = session.get_one(CommentNoteRow, note)
    row.text, row.changed_at = text, at


def resolve(session: Session, comment: str, *, person: str | None, at: str | None) -> None:
    """Say who resolved a thread, which must be there, and when; None for both opens it again."""
    row = session.get_one(CommentRow, comment)
    row.resolved_by, row.resolved_at = person, at


def move(session: Session, comment: Comment) -> None:
    """Write where a thread, which must be there, stands now."""
    row = session.get_one(CommentRow, comment.id)
    row.moved_to, row.moved_offset = comment.moved_to, comment.moved_offset


def remove(session: Session, comment: str) -> None:
    """Delete a thread, which must be there, with its notes."""
    for note in session.scalars(select(CommentNoteRow).where(CommentNoteRow.comment == comment)):
        session.delete(note)
    session.flush()
    session.delete(session.get_one(CommentRow, comment))


def get(session: Session, identity: str) -> Comment | None:
    """The thread of this id, or with a note of this id."""
    row = session.get(CommentRow, identity)
    if row is None:
        note = session.get(CommentNoteRow, identity)
        row = session.get(CommentRow, note.comment) if note is not None else None
    return next(iter(_comments(session, [row])), None) if row is not None else None


def of_story(session: Session, story: str) -> list[Comment]:
    """A story's threads, the oldest first."""
    rows = session.scalars(select(CommentRow).where(CommentRow.story == story).order_by(CommentRow.id))
    return _comments(session, list(rows))


def has_any(session: Session, story: str) -> bool:
    """Whether a story has threads, resolved or not."""
    return session.scalar(select(CommentRow.id).where(CommentRow.story == story).limit(1)) is not None


def places(session: Session, story: str) -> list[str]:
    """The ids of a story's segments and picture blocks in reading order, one a row of the editor."""
    blocks = session.scalars(select(BlockRow.id).where(BlockRow.story == story).order_by(BlockRow.position))
    pictures = set(session.scalars(select(PlacementRow.block).where(PlacementRow.story == story)))
    segments: dict[str, list[str]] = {}
    rows = session.execute(
        select(SegmentRow.block, SegmentRow.id).where(SegmentRow.story == story).order_by(SegmentRow.position)
    )
    for block, segment in rows:
        segments.setdefault(block, []).append(segment)
    return [key for block in blocks for key in (*([block] if block in pictures else []), *segments.get(block, []))]


def is_picture(session: Session, part: str) -> bool:
    """Whether this is the block of a placed picture."""
    return session.scalar(select(PlacementRow.block).where(PlacementRow.block == part)) is not None


def layout(session: Session, facts: StoryRow) -> Layout:
    """The segments of a story in reading order, as they are in this session."""
    session.flush()
    rows = session.execute(
        select(SegmentRow.id, SegmentRow.block, SegmentRow.source)
        .join(BlockRow, BlockRow.id == SegmentRow.block)
        .where(SegmentRow.story == facts.id)
        .order_by(BlockRow.position, SegmentRow.position)
    )
    return Layout(tuple(Piece(*row) for row in rows), facts.source_language)


def _comments(session: Session, rows: Iterable[CommentRow]) -> list[Comment]:
    rows = list(rows)
    notes: dict[str, list[Note]] = {}
    found = session.scalars(
        select(CommentNoteRow)
        .where(CommentNoteRow.comment.in_([row.id for row in rows]))
        .order_by(CommentNoteRow.at, CommentNoteRow.id)
    )
    for note in found:
        notes.setdefault(note.comment, []).append(Note(note.id, note.person, note.at, note.text, note.changed_at))
    return [_comment(row, notes[row.id]) for row in rows if row.id in notes]  # without notes there is nothing to show


def _comment(row: CommentRow, notes: list[Note]) -> Comment:
    side: Side = "source" if row.side == "source" else "target"
    return Comment(
        row.id,
        row.story,
        row.anchor,
        side,
        row.quote,
        tuple(notes),
        row.resolved_by,
        row.resolved_at,
        row.moved_to,
        row.moved_offset,
    )
