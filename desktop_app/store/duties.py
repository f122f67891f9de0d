"""Assignments, and what a list of duties reads: the facts of every story that somebody may have to do with."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.domain.duties import Assignment
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.story import StoryState, VersionNumber
from desktop_app.domain.workflow import WORKING
from desktop_app.store.models import AssignmentRow, SignOffRow, StoryRow, WithdrawalRow


def assignment(session: Session, story: str) -> Assignment | None:
    """Who was given the story's next step."""
    row = session.get(AssignmentRow, story)
    return _assignment(row) if row is not None else None


def _assignment(row: AssignmentRow) -> Assignment:
    return Assignment(row.step, row.person, row.deadline, row.note, row.given_by, row.at)


def assignments(session: Session) -> dict[str, Assignment]:
    """Every assignment of the archive, by story; those of a step that is over are among them."""
    return {row.story: _assignment(row) for row in session.scalars(select(AssignmentRow))}


def assign(session: Session, story: str, given: Assignment) -> None:
    """Write who does the next step, over what was said before."""
    row = session.get(AssignmentRow, story)
    if row is None:
        row = AssignmentRow(story=story)
        session.add(row)
    row.step, row.person, row.deadline, row.note = given.step, given.person, given.deadline, given.note
    row.given_by, row.at = given.given_by, given.at


def end_assignment(session: Session, story: str) -> bool:
    """Let the assignment of a story end; whether there was one."""
    row = session.get(AssignmentRow, story)
    if row is not None:
        session.delete(row)
    return row is not None


def pass_on(session: Session, story: str, to: str | None) -> None:
    """Let an assignment follow the story into other hands; in nobody's, only a deadline is worth keeping."""
    row = session.get(AssignmentRow, story)
    if row is None:
        return
    if to is None and row.deadline is None:
        session.delete(row)
    else:
        row.person = to


class Facts(NamedTuple):
    """What a guard asks of a story, as it is stored and without its text."""

    id: str
    slug: str
    headline_source: str
    headline_target: str
    state: str
    policy: str
    policy_version: int | None
    drafter: str | None
    drafters: list[list[str]] | None
    last_editor: str | None
    claimed_by: str | None
    claimed_step: str | None
    claim_handed: str | None
    claim_handed_editor: str | None
    modified: bool
    released: str | None
    released_after: int | None
    correcting: str | None
    kill_asked_by: str | None
    updated_at: str


_FACTS = tuple(getattr(StoryRow, name) for name in Facts._fields)
# A story that rests (released, dropped, taken down, killed) has no next step.
_AT_WORK = tuple(sorted(state.value for state in WORKING | {StoryState.APPROVED}))


def facts_of_work(session: Session) -> Iterator[Facts]:
    """The stories that are being worked on."""
    for found in session.execute(select(*_FACTS).where(StoryRow.state.in_(_AT_WORK))):
        yield Facts(*found)


def signoffs_of_work(session: Session) -> dict[str, list[SignOff]]:
    """The statements about the stories that are being worked on, in the order they were given, by story."""
    columns = (
        SignOffRow.story, SignOffRow.id, SignOffRow.step, SignOffRow.person, SignOffRow.at, SignOffRow.digest,
        SignOffRow.handed, SignOffRow.major, SignOffRow.minor, WithdrawalRow.at, WithdrawalRow.person,
        WithdrawalRow.reason, SignOffRow.policy, SignOffRow.policy_version, SignOffRow.kept,
    )  # fmt: skip
    rows = session.execute(
        select(*columns)
        .join(StoryRow, StoryRow.id == SignOffRow.story)
        .outerjoin(WithdrawalRow, WithdrawalRow.signoff == SignOffRow.id)
        .where(StoryRow.state.in_(_AT_WORK))
        .order_by(SignOffRow.story, SignOffRow.sequence)
    )
    grouped: dict[str, list[SignOff]] = {}
    for story, identity, step, person, at, digest, handed, major, minor, taken_at, taken_by, why, *under in rows:
        statement = SignOff(
            identity, step, person, at, digest, handed, VersionNumber(major, minor), "", taken_at, taken_by, why or "",
            policy=under[0], policy_version=under[1], kept=under[2],
        )  # fmt: skip
        grouped.setdefault(story, []).append(statement)
    return grouped
