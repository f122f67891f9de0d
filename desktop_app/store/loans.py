"""Stories that went out, as rows."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.domain.digest import from_plain, to_plain
from desktop_app.domain.loans import PACKED_AGAIN, Loan, LoanKind
from desktop_app.domain.story import Content, VersionNumber
from desktop_app.store.models import AssignmentRow, LoanRow

_COLUMNS = (
    LoanRow.id, LoanRow.package, LoanRow.kind, LoanRow.story, LoanRow.holder, LoanRow.file, LoanRow.major,
    LoanRow.minor, LoanRow.digest, LoanRow.packed_by, LoanRow.at, LoanRow.edition, LoanRow.returned_at,
    LoanRow.ended_at, LoanRow.ended_by, LoanRow.ended_reason,
)  # fmt: skip


def add(session: Session, loan: Loan, base: Content) -> None:
    """Write a new loan; ``base`` is the text that went out."""
    session.add(
        LoanRow(
            id=loan.id,
            package=loan.package,
            kind=loan.kind.value,
            story=loan.story,
            holder=loan.holder,
            file=loan.file,
            major=loan.version.major,
            minor=loan.version.minor,
            digest=loan.digest,
            base=to_plain(base),
            packed_by=loan.packed_by,
            at=loan.at,
            edition=loan.edition,
            returned_at=loan.returned_at,
            ended_at=loan.ended_at,
            ended_by=loan.ended_by,
            ended_reason=loan.ended_reason,
        )
    )


def end(session: Session, loan: str, *, at: str, by: str | None, reason: str) -> None:
    """End a loan, which must be there; one that is over stays as it ended."""
    row = session.get_one(LoanRow, loan)
    if row.ended_at is None:
        row.ended_at, row.ended_by, row.ended_reason = at, by, reason


def take_back(session: Session, package: str, replaced: Collection[str]) -> None:
    """Undo the lending of a package that never came to be: the loans whose place it took are open again."""
    for row in session.scalars(select(LoanRow).where(LoanRow.package == package)):
        session.delete(row)
    for row in session.scalars(select(LoanRow).where(LoanRow.id.in_(replaced), LoanRow.ended_reason == PACKED_AGAIN)):
        row.ended_at, row.ended_by, row.ended_reason = None, None, ""


def one(session: Session, loan: str) -> Loan | None:
    """A loan by its id."""
    row = session.execute(select(*_COLUMNS).where(LoanRow.id == loan)).first()
    return _loan(row) if row is not None else None


def every(session: Session, *, open_only: bool = False) -> list[Loan]:
    """All loans, the last one first."""
    query = select(*_COLUMNS).order_by(LoanRow.at.desc(), LoanRow.id.desc())
    return [_loan(row) for row in session.execute(query.where(LoanRow.ended_at.is_(None)) if open_only else query)]


def of_package(session: Session, package: str) -> list[Loan]:
    """The loans that went out in one file."""
    return [_loan(row) for row in session.execute(select(*_COLUMNS).where(LoanRow.package == package))]


def open_of(session: Session, stories: Collection[str]) -> list[Loan]:
    """The open loans of some stories, the last one first."""
    return [loan for loan in every(session, open_only=True) if loan.story in stories]


def base(session: Session, loan: str) -> Content:
    """The text that stands as common ground of a loan, which must be there."""
    return from_plain(session.get_one(LoanRow, loan).base)


def deadlines(session: Session) -> dict[str, str]:
    """Until when the next step of a story is to be done, by story."""
    rows = session.execute(select(AssignmentRow.story, AssignmentRow.deadline))
    return {row.story: row.deadline for row in rows if row.deadline is not None}


def _loan(row: Any) -> Loan:
    return Loan(
        row.id,
        row.package,
        LoanKind(row.kind),
        row.story,
        row.holder,
        row.file,
        VersionNumber(row.major, row.minor),
        row.digest,
        row.packed_by,
        row.at,
        row.edition,
        row.returned_at,
        row.ended_at,
        row.ended_by,
        row.ended_reason,
    )
