"""What has happened to an archive since somebody last looked: the operations, without their data."""

from collections.abc import Iterator

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


def done_by(session: Session, account: str, since: str, until: str) -> Iterator[tuple[str, str | None]]:
    """Moment and story of what a computer's account did in a time, the newest first; both ends are ISO moments."""
    query = select(EventRow.at, EventRow.story, EventRow.account).order_by(EventRow.sequence.desc())
    for at, story, who in session.execute(query.execution_options(yield_per=100)):
        if at < since:
            return
        if who == account and at <= until:
            yield at, story
