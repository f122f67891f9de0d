"""Findings set aside, as rows."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.domain.findings import Waiver
from desktop_app.store.models import WaiverRow


def add(session: Session, waiver: Waiver) -> None:
    """Write a new waiver."""
    session.add(
        WaiverRow(
            id=waiver.id,
            story=waiver.story,
            segment=waiver.segment,
            check_id=waiver.check,
            text=waiver.text,
            reason=waiver.reason,
            person=waiver.person,
            at=waiver.at,
        )
    )


def get(session: Session, identity: str) -> Waiver | None:
    """The waiver with that id."""
    row = session.get(WaiverRow, identity)
    return _waiver(row) if row is not None else None


def remove(session: Session, identity: str) -> None:
    """Take a waiver back, which must be there; the event keeps that it was."""
    session.delete(session.get_one(WaiverRow, identity))


def of_story(session: Session, story: str) -> list[Waiver]:
    """A story's waivers, in the order in which they were given."""
    found = session.scalars(select(WaiverRow).where(WaiverRow.story == story).order_by(WaiverRow.id))
    return [_waiver(row) for row in found]


def every(session: Session) -> list[Waiver]:
    """All waivers, story by story, in the order in which they were given."""
    return [_waiver(row) for row in session.scalars(select(WaiverRow).order_by(WaiverRow.story, WaiverRow.id))]


def _waiver(row: WaiverRow) -> Waiver:
    return Waiver(row.id, row.story, row.segment, row.check_id, row.text, row.reason, row.person, row.at)
