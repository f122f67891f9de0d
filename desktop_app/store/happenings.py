"""What has happened to an archive since somebody last looked: the operations, without their data."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.store.models import EventRow


def happened_since(session: Session, sequence: int) -> tuple[int, frozenset[str]]:
    """Return the number of the last event, and the operations of all events after number ``sequence``."""
    last = session.scalar(select(func.max(EventRow.sequence))) or 0
    if last <= sequence:
        return last, frozenset()
    query = select(EventRow.operation).where(EventRow.sequence > sequence, EventRow.sequence <= last).distinct()
    return last, frozenset(session.scalars(query))
