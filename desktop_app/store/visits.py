"""When a person last had a story before them, and what others have changed since, as rows."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.store import wordings
from desktop_app.store.models import VisitRow, WordingRow


def visited_at(session: Session, person: str, story: str) -> str | None:
    """The moment at which a person left a story last, None where they never had it."""
    row = session.get(VisitRow, (person, story))
    return row.at if row is not None else None


def unseen(session: Session, person: str) -> set[str]:
    """The stories that a person once had before them and others have changed since; one query, over the visits."""
    query = (
        select(VisitRow.story)
        .join(WordingRow, WordingRow.story == VisitRow.story)
        .where(VisitRow.person == person, WordingRow.at > VisitRow.at, WordingRow.person != person)
    )
    return set(session.scalars(query.distinct()))


def visit(session: Session, person: str, story: str, *, at: str) -> None:
    """Write down that a person leaves a story."""
    row = session.get(VisitRow, (person, story))
    if row is None:
        session.add(VisitRow(person=person, story=story, at=at))
    else:
        row.at = max(row.at, at)


def changes(session: Session, story: str, since: str, *, but: str) -> dict[str, tuple[str | None, str]]:
    """Who changed a part of a story last, and when, for the parts that others than ``but`` have changed since."""
    parts = wordings.changed_since(session, story, since, but=but)
    columns = (WordingRow.part, WordingRow.person, WordingRow.at)
    query = select(*columns).where(WordingRow.story == story, WordingRow.at > since).order_by(WordingRow.at)
    return {part: (person, at) for part, person, at in session.execute(query) if part in parts and person != but}
