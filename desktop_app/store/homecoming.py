"""What went out and what came home, as rows: loans with their common ground, homecomings, and undecided changes."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.domain.digest import from_plain, to_plain
from desktop_app.domain.story import Content
from desktop_app.store.models import EventRow, HomecomingRow, LoanRow, OpenConflictRow, WordingRow


@dataclass(frozen=True, slots=True)
class Lent:
    """A story that went out: ``base`` is the common ground, ``edition`` what came home of it last (0: nothing yet)."""

    id: str
    story: str
    holder: str | None
    digest: str
    base: Content
    edition: int
    returned_at: str | None
    ended_at: str | None


@dataclass(frozen=True, slots=True)
class Homecoming:
    """A file that came home; ``data`` says what was made of it."""

    id: str
    kind: str
    package: str | None
    edition: int
    file: str
    sha256: str
    person: str | None
    at: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredConflict:
    """An undecided change as it is kept; ``content`` is plain data."""

    id: str
    homecoming: str
    story: str
    part: str
    side: str
    content: dict[str, Any]
    at: str
    decision: str = ""
    decided_by: str | None = None
    decided_at: str | None = None


def lent(session: Session, package: str) -> dict[str, Lent]:
    """What went out in a package, by story."""
    rows = session.scalars(select(LoanRow).where(LoanRow.package == package))
    return {
        row.story: Lent(
            row.id, row.story, row.holder, row.digest, from_plain(row.base), row.edition, row.returned_at, row.ended_at
        )
        for row in rows
    }


def returned(
    session: Session, loan: str, content: Content, *, edition: int, at: str, signers: Collection[str] = ()
) -> None:
    """Write down that a story came home: its text is the common ground from now on.

    ``signers`` signed there what counts here. Where the holder is among them their part is done and the loan is over;
    what they still send is taken in all the same.
    """
    row = session.get_one(LoanRow, loan)
    row.base, row.edition, row.returned_at = to_plain(content), edition, at
    if row.ended_at is None and signers and (row.holder is None or row.holder in signers):
        row.ended_at = at


def add(session: Session, one: Homecoming) -> None:
    """Write a homecoming; it is never changed."""
    session.add(
        HomecomingRow(
            id=one.id, kind=one.kind, package=one.package, edition=one.edition, file=one.file, sha256=one.sha256,
            person=one.person, at=one.at, data=one.data,
        )
    )  # fmt: skip
    session.flush()


def of_file(session: Session, sha256: str) -> Homecoming | None:
    """The first time that these very bytes came home."""
    query = select(HomecomingRow).where(HomecomingRow.sha256 == sha256).order_by(HomecomingRow.id).limit(1)
    row = session.scalar(query)
    return _homecoming(row) if row is not None else None


def of_package(session: Session, package: str) -> list[Homecoming]:
    """All that came home of one loan, oldest first."""
    query = select(HomecomingRow).where(HomecomingRow.package == package).order_by(HomecomingRow.at, HomecomingRow.id)
    return [_homecoming(row) for row in session.scalars(query)]


def every(session: Session, ids: Iterable[str]) -> dict[str, Homecoming]:
    """These homecomings by id."""
    rows = session.scalars(select(HomecomingRow).where(HomecomingRow.id.in_(list(ids))))
    return {row.id: _homecoming(row) for row in rows}


def _homecoming(row: HomecomingRow) -> Homecoming:
    return Homecoming(row.id, row.kind, row.package, row.edition, row.file, row.sha256, row.person, row.at, row.data)


def add_conflict(session: Session, one: StoredConflict) -> None:
    """Keep a change that nobody decided."""
    session.add(
        OpenConflictRow(
            id=one.id, homecoming=one.homecoming, story=one.story, part=one.part, side=one.side, content=one.content,
            at=one.at, decision=one.decision, decided_by=one.decided_by, decided_at=one.decided_at,
        )
    )  # fmt: skip


def conflicts(session: Session, story: str | None = None) -> list[StoredConflict]:
    """The undecided changes of a story, or of all, in the order they came home."""
    query = select(OpenConflictRow).where(OpenConflictRow.decision == "")
    if story is not None:
        query = query.where(OpenConflictRow.story == story)
    return [_conflict(row) for row in session.scalars(query.order_by(OpenConflictRow.id))]


def count_conflicts(session: Session, story: str) -> int:
    """How many changes of a story nobody has decided."""
    query = select(func.count()).where(OpenConflictRow.decision == "", OpenConflictRow.story == story)
    return session.scalar(query) or 0


def conflict(session: Session, identity: str) -> StoredConflict | None:
    """One undecided or decided change."""
    row = session.get(OpenConflictRow, identity)
    return _conflict(row) if row is not None else None


def decide(session: Session, identity: str, *, decision: str, by: str | None, at: str) -> None:
    """Write down what was decided about a change."""
    row = session.get_one(OpenConflictRow, identity)
    row.decision, row.decided_by, row.decided_at = decision, by, at


def _conflict(row: OpenConflictRow) -> StoredConflict:
    return StoredConflict(
        row.id, row.homecoming, row.story, row.part, row.side, row.content, row.at, row.decision, row.decided_by,
        row.decided_at,
    )  # fmt: skip


def writers(session: Session, story: str) -> list[tuple[str, str]]:
    """Who wrote in a story and when they began each time, by the history of its texts."""
    query = select(WordingRow.began_at, WordingRow.person).where(
        WordingRow.story == story, WordingRow.person.is_not(None)
    )
    return [(at, person) for at, person in session.execute(query) if person is not None]


def deleted_comments(session: Session, story: str, wanted: Collection[str]) -> set[str]:
    """Those of some threads that no longer are but were here once: an event of the story touched them."""
    touched = select(EventRow.touched).where(EventRow.story == story, EventRow.touched.contains('"comments/'))
    here = {key for cell in session.scalars(touched) for key in json.loads(cell)}
    return {one for one in wanted if f"comments/{one}" in here}
