"""People and the archive's own facts."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.domain.people import Person, Role
from desktop_app.store.models import FactRow, PersonRow


def add(session: Session, person: Person) -> None:
    """Write a new person."""
    roles = sorted(role.value for role in person.roles)
    session.add(PersonRow(id=person.id, name=person.name, zh=person.zh, roles=roles, key=person.key))


def _person(row: PersonRow) -> Person:
    return Person(row.id, row.name, row.zh, frozenset(Role(role) for role in row.roles), row.key)


def everybody(session: Session) -> list[Person]:
    """All people, in the order they were added."""
    return [_person(row) for row in session.scalars(select(PersonRow).order_by(PersonRow.id))]


def fact(session: Session, key: str) -> str | None:
    """One fact about the archive."""
    row = session.get(FactRow, key)
    return row.value if row else None


def set_fact(session: Session, key: str, value: str) -> None:
    """Write one fact about the archive."""
    row = session.get(FactRow, key)
    if row is None:
        session.add(FactRow(key=key, value=value))
    else:
        row.value = value
