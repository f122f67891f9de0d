"""How far each person accepted the changes since a version, as rows."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.domain.accepted import Accepted
from desktop_app.domain.story import VersionNumber
from desktop_app.store.models import AcceptedChangeRow


def of_version(session: Session, story: str, version: VersionNumber, person: str) -> list[Accepted]:
    """What a person accepted of the changes since a version."""
    query = select(AcceptedChangeRow).where(
        AcceptedChangeRow.story == story,
        AcceptedChangeRow.person == person,
        AcceptedChangeRow.major == version.major,
        AcceptedChangeRow.minor == version.minor,
    )
    rows = session.scalars(query.order_by(AcceptedChangeRow.part, AcceptedChangeRow.field))
    return [Accepted(row.part, row.field, row.text) for row in rows]


def put(
    session: Session, story: str, version: VersionNumber, rows: Iterable[Accepted], *, person: str, at: str
) -> None:
    """Write rows of a person, each in the place of that person's one before."""
    for row in rows:
        session.merge(
            AcceptedChangeRow(
                story=story,
                person=person,
                major=version.major,
                minor=version.minor,
                part=row.part,
                field=row.field,
                text=row.text,
                at=at,
            )
        )


def remove(
    session: Session, story: str, version: VersionNumber, places: Iterable[tuple[str, str]], *, person: str
) -> None:
    """Take a person's rows of these parts and fields away, where there are any."""
    for part, field in places:
        row = session.get(AcceptedChangeRow, (story, person, version.major, version.minor, part, field))
        if row is not None:
            session.delete(row)
