"""How far the changes since a version were accepted, as rows."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.domain.accepted import Accepted
from desktop_app.domain.story import VersionNumber
from desktop_app.store.models import AcceptedChangeRow


def of_version(session: Session, story: str, version: VersionNumber) -> list[Accepted]:
    """What was accepted of the changes since a version."""
    query = select(AcceptedChangeRow).where(
        AcceptedChangeRow.story == story,
        AcceptedChangeRow.major == version.major,
        AcceptedChangeRow.minor == version.minor,
    )
    rows = session.scalars(query.order_by(AcceptedChangeRow.part, AcceptedChangeRow.field))
    return [Accepted(row.part, row.field, row.text) for row in rows]


def put(
    session: Session, story: str, version: VersionNumber, rows: Iterable[Accepted], *, person: str | None, at: str
) -> None:
    """Write rows, each in the place of the one before."""
    for row in rows:
        session.merge(
            AcceptedChangeRow(
                story=story,
                major=version.major,
                minor=version.minor,
                part=row.part,
                field=row.field,
                text=row.text,
                person=person,
                at=at,
            )
        )


def remove(session: Session, story: str, version: VersionNumber, places: Iterable[tuple[str, str]]) -> None:
    """Take the rows of these parts and fields away, where there are any."""
    for part, field in places:
        row = session.get(AcceptedChangeRow, (story, version.major, version.minor, part, field))
        if row is not None:
            session.delete(row)
