"""What stands about a story beside its steps, as rows: emergencies, embargoes, changes of the source."""

from collections.abc import Iterable, Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.domain.publication import Embargo, EmbargoWish, Emergency, SourceChange
from desktop_app.domain.story import VersionNumber
from desktop_app.foundation.messages import N_, Message
from desktop_app.store.models import EmbargoRow, EmergencyRow, SignOffRow, SourceChangeRow, StoryRow, VersionRow


def add_emergency(session: Session, emergency: Emergency) -> None:
    """Write down that a story went out early."""
    session.add(
        EmergencyRow(
            id=emergency.id,
            story=emergency.story,
            major=emergency.version.major,
            minor=emergency.version.minor,
            digest=emergency.digest,
            handed=emergency.handed,
            hands=sorted(emergency.hands),
            reason=emergency.reason,
            person=emergency.person,
            at=emergency.at,
            approved_by=None,
            approved_at=None,
            approval_note="",
        )
    )
    session.flush()


def approve_emergency(session: Session, approved: Emergency) -> None:
    """Write down the approval of what went out early, as it says itself; the emergency must be there."""
    row = session.get_one(EmergencyRow, approved.id)
    row.approved_by, row.approved_at, row.approval_note = (
        approved.approved_by, approved.approved_at, approved.approval_note,
    )  # fmt: skip
    row.approval_key, row.approval_signature = approved.approval_key, approved.approval_signature


def _emergency(row: EmergencyRow) -> Emergency:
    return Emergency(
        row.id,
        row.story,
        VersionNumber(row.major, row.minor),
        row.digest,
        row.handed,
        frozenset(row.hands),
        row.reason,
        row.person,
        row.at,
        row.approved_by,
        row.approved_at,
        row.approval_note,
        row.approval_key,
        row.approval_signature,
    )


def emergencies(session: Session, *, story: str | None = None, waiting: bool = False) -> list[Emergency]:
    """The emergency releases of the archive or of one story, the oldest first; perhaps only those not yet approved."""
    query = select(EmergencyRow).order_by(EmergencyRow.id)
    if story is not None:
        query = query.where(EmergencyRow.story == story)
    if waiting:
        query = query.where(EmergencyRow.approved_by.is_(None))
    return [_emergency(row) for row in session.scalars(query)]


def put_embargo(session: Session, embargo: Embargo) -> None:
    """Write a story's embargo over what was there."""
    wish = embargo.wish
    session.merge(
        EmbargoRow(
            story=embargo.story,
            until=embargo.until,
            zone=embargo.zone,
            reason=embargo.reason,
            person=embargo.person,
            at=embargo.at,
            asked_until=wish.until if wish else None,
            asked_zone=wish.zone if wish else None,
            asked_reason=wish.reason if wish else None,
            asked_by=wish.person if wish else None,
            asked_at=wish.at if wish else None,
        )
    )
    session.flush()


def _embargo(row: EmbargoRow) -> Embargo:
    wish = None
    if row.asked_by is not None:
        zone, reason, at = row.asked_zone or row.zone, row.asked_reason or "", row.asked_at or row.at
        wish = EmbargoWish(row.asked_until, zone, reason, row.asked_by, at)
    return Embargo(row.story, row.until, row.zone, row.reason, row.person, row.at, wish)


def embargo(session: Session, story: str) -> Embargo | None:
    """A story's embargo, lifted or not."""
    row = session.get(EmbargoRow, story)
    return _embargo(row) if row is not None else None


def embargoes(session: Session) -> dict[str, Embargo]:
    """All embargoes by story."""
    return {row.story: _embargo(row) for row in session.scalars(select(EmbargoRow))}


def add_source_change(session: Session, change: SourceChange) -> None:
    """Write down that the source changed."""
    session.add(
        SourceChangeRow(
            id=change.id,
            story=change.story,
            major=change.major,
            was=change.was,
            now=change.now,
            released=change.released,
            note=change.note,
            content=dict(change.content) if change.content is not None else None,
            person=change.person,
            at=change.at,
            judgement=change.judgement,
            judged_note=change.judged_note,
            judged_by=change.judged_by,
            judged_at=change.judged_at,
        )
    )
    session.flush()


def judge_source_changes(
    session: Session, changes: Iterable[SourceChange], judgement: str, *, person: str, at: str, note: str
) -> None:
    """Say what became of changes, which must be there."""
    for change in changes:
        row = session.get_one(SourceChangeRow, change.id)
        row.judgement, row.judged_by, row.judged_at, row.judged_note = judgement, person, at, note


def _source_change(row: SourceChangeRow) -> SourceChange:
    return SourceChange(
        row.id,
        row.story,
        row.major,
        row.was,
        row.now,
        row.released,
        row.note,
        row.person,
        row.at,
        row.content,
        row.judgement,
        row.judged_note,
        row.judged_by,
        row.judged_at,
    )


def source_changes(session: Session, *, story: str | None = None, waiting: bool = False) -> list[SourceChange]:
    """The changes of sources in the archive or in one story, the oldest first; perhaps only those not yet judged."""
    query = select(SourceChangeRow).order_by(SourceChangeRow.id)
    if story is not None:
        query = query.where(SourceChangeRow.story == story)
    if waiting:
        query = query.where(SourceChangeRow.judgement == "")
    return [_source_change(row) for row in session.scalars(query)]


def count_signoffs(session: Session, story: str) -> int:
    """How many sign-offs a story was given, whether they count or not."""
    return session.scalar(select(func.count()).where(SignOffRow.story == story)) or 0


def problems(session: Session, checked: dict[str, int]) -> Iterator[tuple[str, str, Message]]:
    """What does not fit together: kind and id of each row, and why. ``checked`` counts the emergencies looked at."""
    versions = {
        (found.story, f"{found.major}.{found.minor}"): found.digest
        for found in session.execute(select(VersionRow.story, VersionRow.major, VersionRow.minor, VersionRow.digest))
    }
    every = emergencies(session)
    checked["emergencies"] = len(every)
    for one in every:
        if versions.get((one.story, str(one.version))) != one.digest:
            yield "emergency", one.id, N_("the emergency release names a text that no version has")
        if one.approved_by is not None and one.approved_by in {one.person, *one.hands}:
            yield "emergency", one.id, N_("the emergency release was approved by somebody who had a hand in it")
    for story, *numbers in session.execute(select(StoryRow.id, StoryRow.released, StoryRow.correcting)):
        if any(number is not None and (story, number) not in versions for number in numbers):
            yield "story", story, N_("the story says that a version is out which it does not have")
