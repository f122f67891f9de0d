"""The termbase's rows."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.domain.terms import Term, TermKind
from desktop_app.store.models import TermRow


def add(session: Session, term: Term) -> None:
    """Write a new entry."""
    row = TermRow(id=term.id)
    _fill(row, term)
    session.add(row)


def change(session: Session, term: Term) -> None:
    """Write an entry over the one with its id, which must be there."""
    _fill(session.get_one(TermRow, term.id), term)


def remove(session: Session, identity: str) -> None:
    """Take an entry out, which must be there; the event keeps that it was."""
    session.delete(session.get_one(TermRow, identity))


def get(session: Session, identity: str) -> Term | None:
    """The entry with that id."""
    row = session.get(TermRow, identity)
    return _term(row) if row is not None else None


def every(session: Session) -> list[Term]:
    """All entries, in the order in which they were added."""
    return [_term(row) for row in session.scalars(select(TermRow).order_by(TermRow.id))]


def of_source(session: Session, source: str) -> list[Term]:
    """The entries whose source is exactly ``source``."""
    found = session.scalars(select(TermRow).where(TermRow.source == source).order_by(TermRow.id))
    return [_term(row) for row in found]


def of_kind(session: Session, kind: TermKind) -> list[Term]:
    """The entries of one kind, in the order in which they were added."""
    found = session.scalars(select(TermRow).where(TermRow.kind == kind.value).order_by(TermRow.id))
    return [_term(row) for row in found]


def count(session: Session) -> int:
    """How many entries there are."""
    return session.scalar(select(func.count()).select_from(TermRow)) or 0


def _fill(row: TermRow, term: Term) -> None:
    row.source, row.target, row.kind = term.source, term.target, term.kind.value
    row.source_short, row.short = list(term.source_short), term.short
    row.allowed, row.forbidden, row.note = list(term.allowed), list(term.forbidden), term.note


def _term(row: TermRow) -> Term:
    forms: Sequence[Sequence[str]] = (row.source_short, row.allowed, row.forbidden)
    source_short, allowed, forbidden = (tuple(map(str, values)) for values in forms)
    kind = TermKind(row.kind) if row.kind in set(TermKind) else TermKind.TERM
    return Term(row.id, row.source, row.target, kind, source_short, row.short, allowed, forbidden, row.note)
