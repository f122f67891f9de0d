"""People and the archive's own facts."""

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from desktop_app.domain.people import Person, Role
from desktop_app.store import person_keys
from desktop_app.store.models import Base, EventRow, FactRow, PersonKeyRow, PersonRow, StoryRow, VisitRow

_UNCONFIRMED = "unconfirmed/"  # a fact of this name and the person's id has who added them


def add(session: Session, person: Person) -> None:
    """Write a new person."""
    roles = sorted(role.value for role in person.roles)
    session.add(PersonRow(id=person.id, name=person.name, zh=person.zh, roles=roles, key=None))  # see person_keys
    _note_unconfirmed(session, person)


def change(session: Session, person: Person) -> None:
    """Write a person's names and roles, and whether the entry is confirmed, over what is kept."""
    row = session.get_one(PersonRow, person.id)
    row.name, row.zh = person.name, person.zh
    row.roles = sorted(role.value for role in person.roles)
    _note_unconfirmed(session, person)


def _note_unconfirmed(session: Session, person: Person) -> None:
    if person.unconfirmed is not None:
        set_fact(session, _UNCONFIRMED + person.id, person.unconfirmed)
    else:
        _forget_fact(session, _UNCONFIRMED + person.id)


def remove(session: Session, identity: str) -> None:
    """Delete a person whom nothing names, with the marks of which stories they looked at."""
    session.execute(delete(VisitRow).where(VisitRow.person == identity))
    if fact(session, "person") == identity:
        _forget_fact(session, "person")
    _forget_fact(session, _UNCONFIRMED + identity)
    session.delete(session.get_one(PersonRow, identity))


def named(session: Session, identity: str) -> bool:
    """Whether an event, or any row but a mark of looking, names the person."""
    tables = (table for table in Base.metadata.sorted_tables if table is not VisitRow.__table__)
    columns = [key.parent for table in tables for key in table.foreign_keys if key.column is PersonRow.__table__.c.id]
    if any(session.scalar(select(column).where(column == identity).limit(1)) for column in columns):
        return True
    told = or_(EventRow.person == identity, EventRow.data.contains(identity, autoescape=True))
    return session.scalar(select(EventRow.id).where(told).limit(1)) is not None


def at_work(session: Session) -> bool:
    """Whether the house has a story or a key, and is not being set up any more."""
    return any(session.scalar(select(one).limit(1)) is not None for one in (StoryRow.id, PersonKeyRow.fingerprint))


def everybody(session: Session) -> list[Person]:
    """All people, in the order they were added."""
    keys = person_keys.active_fingerprints(session)
    facts = session.execute(select(FactRow.key, FactRow.value).where(FactRow.key.startswith(_UNCONFIRMED)))
    unconfirmed = {name.removeprefix(_UNCONFIRMED): adder for name, adder in facts}
    return [
        Person(
            row.id, row.name, row.zh, frozenset(Role(role) for role in row.roles), keys.get(row.id),
            unconfirmed.get(row.id),
        )
        for row in session.scalars(select(PersonRow).order_by(PersonRow.id))
    ]  # fmt: skip


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


def _forget_fact(session: Session, key: str) -> None:
    row = session.get(FactRow, key)
    if row is not None:
        session.delete(row)
