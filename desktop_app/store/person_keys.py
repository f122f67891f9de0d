"""The public keys of people: who signs with what, since when, until when."""

import json
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.domain.statements import PersonKey
from desktop_app.store.models import EventRow, PersonKeyRow


def put(session: Session, key: PersonKey) -> None:
    """Write a key, over what was known of it."""
    row = session.get(PersonKeyRow, key.fingerprint)
    if row is None:
        row = PersonKeyRow(fingerprint=key.fingerprint, person=key.person, public=key.public)
        session.add(row)
    row.asked_at, row.reason = key.asked_at, key.reason
    row.enrolled_at, row.enrolled_by = key.enrolled_at, key.enrolled_by
    row.retired_at, row.retired_by = key.retired_at, key.retired_by


def known(session: Session) -> Mapping[str, PersonKey]:
    """Every key by its fingerprint, in the order in which they were asked for."""
    rows = session.scalars(select(PersonKeyRow).order_by(PersonKeyRow.asked_at, PersonKeyRow.fingerprint))
    return {row.fingerprint: _key(row) for row in rows}


def first_acts(session: Session, operations: Collection[str]) -> dict[str, tuple[str, str | None]]:
    """The first event about each key among ``operations``, by its fingerprint: which, and the id of who did it."""
    rows = session.execute(
        select(EventRow.operation, EventRow.person, EventRow.data)
        .where(EventRow.operation.in_(operations))
        .order_by(EventRow.sequence)
    )
    found: dict[str, tuple[str, str | None]] = {}
    for row in rows:
        data = json.loads(row.data)
        found.setdefault(str(data.get("key", "")) if isinstance(data, dict) else "", (row.operation, row.person))
    return found


def unretired(session: Session, person: str) -> PersonKey | None:
    """The key that a person signs with, or waits to sign with."""
    found = session.scalar(select(PersonKeyRow).where(PersonKeyRow.person == person, PersonKeyRow.retired_at.is_(None)))
    return _key(found) if found is not None else None


def active(session: Session, person: str) -> PersonKey | None:
    """The key that a person signs with now."""
    found = unretired(session, person)
    return found if found is not None and found.active else None


def active_fingerprints(session: Session) -> dict[str, str]:
    """The fingerprint of the key that each person signs with now, by the person's id."""
    rows = session.execute(
        select(PersonKeyRow.person, PersonKeyRow.fingerprint).where(
            PersonKeyRow.retired_at.is_(None), PersonKeyRow.enrolled_at.is_not(None)
        )
    )
    return {row.person: row.fingerprint for row in rows}


def _key(row: PersonKeyRow) -> PersonKey:
    return PersonKey(
        fingerprint=row.fingerprint,
        person=row.person,
        public=row.public,
        asked_at=row.asked_at,
        enrolled_at=row.enrolled_at,
        enrolled_by=row.enrolled_by,
        retired_at=row.retired_at,
        retired_by=row.retired_by,
        reason=row.reason,
    )
