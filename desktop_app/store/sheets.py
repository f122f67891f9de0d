"""The event that an approval sheet is made after: the newest that may have changed what it says."""

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from desktop_app.domain.events import ChainHead
from desktop_app.store.models import EventRow

# An event that wrote one of these may have changed what a sheet says. Exports and comments do not.
_SAID = ("stories", "signoffs", "withdrawals", "versions", "embargoes", "emergencies")


def last_said(session: Session, story: str) -> ChainHead | None:
    """The newest event that may have changed what a sheet of this story says."""
    of_it = or_(
        EventRow.story == story, and_(EventRow.story.is_(None), EventRow.touched.contains(story, autoescape=True))
    )
    wrote = or_(*(EventRow.touched.contains(f'"{table}/', autoescape=True) for table in _SAID))
    row = session.execute(
        select(EventRow.sequence, EventRow.hash, EventRow.at)
        .where(of_it, wrote)
        .order_by(EventRow.sequence.desc())
        .limit(1)
    ).first()
    return ChainHead(row.sequence, row.hash, row.at) if row is not None else None
