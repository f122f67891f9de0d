"""Segments that keep a translation of their own, as rows."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.store.models import LoneSegmentRow


def of_story(session: Session, story: str) -> frozenset[str]:
    """The segments of a story that stand alone; some of them may be gone by now."""
    return frozenset(session.scalars(select(LoneSegmentRow.segment).where(LoneSegmentRow.story == story)))


def put(session: Session, story: str, segment: str, *, alone: bool) -> None:
    """Let a segment stand alone, or no longer."""
    found = session.get(LoneSegmentRow, segment)
    if alone and found is None:
        session.add(LoneSegmentRow(segment=segment, story=story))
    elif not alone and found is not None and found.story == story:
        session.delete(found)
