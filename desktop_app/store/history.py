"""Frozen versions and sign-offs: written once, read for ever."""

import json
from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.domain.digest import canonical_texts, from_plain, to_plain
from desktop_app.domain.records import Event, Version
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.story import Content, VersionNumber
from desktop_app.store.models import Audited, EventRow, SignOffRow, VersionRow, WithdrawalRow


def add_version(session: Session, story: str, content: Content, version: Version, *, identity: str) -> None:
    """Freeze a version."""
    session.add(
        VersionRow(
            id=identity,
            story=story,
            major=version.number.major,
            minor=version.number.minor,
            digest=version.digest,
            content=canonical_texts(to_plain(content)).decode("utf-8"),
            at=version.at,
            person=version.person,
            reason=version.reason,
        )
    )


def versions(session: Session, story: str) -> list[Version]:
    """All versions of a story, oldest first."""
    columns = (VersionRow.major, VersionRow.minor, VersionRow.digest, VersionRow.at, VersionRow.person)
    rows = session.execute(
        select(*columns, VersionRow.reason)
        .where(VersionRow.story == story)
        .order_by(VersionRow.major, VersionRow.minor)
    )
    return [Version(VersionNumber(r.major, r.minor), r.digest, r.at, r.person, r.reason) for r in rows]


def version_content(session: Session, story: str, number: VersionNumber) -> Content | None:
    """The content of one version, or None."""
    text = session.scalar(
        select(VersionRow.content).where(
            VersionRow.story == story, VersionRow.major == number.major, VersionRow.minor == number.minor
        )
    )
    return from_plain(json.loads(text)) if text is not None else None


def version_text(session: Session, story: str, number: VersionNumber) -> tuple[str, str] | None:
    """Digest and content text of one version as they are stored, for fixity; None where there is none."""
    row = session.execute(
        select(VersionRow.digest, VersionRow.content).where(
            VersionRow.story == story, VersionRow.major == number.major, VersionRow.minor == number.minor
        )
    ).first()
    return (row.digest, row.content) if row is not None else None


def all_versions(session: Session) -> Iterator[tuple[str, str, str]]:
    """Id, digest and content text of every version, for fixity."""
    query = select(VersionRow.id, VersionRow.digest, VersionRow.content).execution_options(yield_per=100)
    yield from session.execute(query)


def add_signoff(session: Session, story: str, signoff: SignOff) -> None:
    """Write a statement."""
    last = session.scalar(select(func.max(SignOffRow.sequence)).where(SignOffRow.story == story))
    session.add(_signoff_row(story, signoff, (last or 0) + 1))


def _signoff_row(story: str, signoff: SignOff, sequence: int) -> SignOffRow:
    return SignOffRow(
        id=signoff.id,
        story=story,
        sequence=sequence,
        step=signoff.step,
        person=signoff.person,
        at=signoff.at,
        digest=signoff.digest,
        handed=signoff.handed,
        major=signoff.version.major,
        minor=signoff.version.minor,
        note=signoff.note,
        stated_version=signoff.stated_version,
        key=signoff.key,
        signature=signoff.signature,
        policy=signoff.policy,
        policy_version=signoff.policy_version,
        kept=signoff.kept,
    )


def signoff_rows(story: str, signoffs: Iterable[SignOff]) -> Iterator[Audited]:
    """The rows in which all statements about a story lie, with their withdrawals; none of them is written."""
    for sequence, one in enumerate(signoffs, 1):
        yield _signoff_row(story, one, sequence)
        if one.withdrawn_at is not None:
            yield _withdrawal_row(one)


def _withdrawal_row(signoff: SignOff) -> WithdrawalRow:
    return WithdrawalRow(
        signoff=signoff.id,
        person=signoff.withdrawn_by,
        at=signoff.withdrawn_at,
        reason=signoff.withdrawn_reason,
        key=signoff.withdrawn_key,
        signature=signoff.withdrawn_signature,
    )


def withdraw(session: Session, signoff: str, *, person: str, at: str, reason: str) -> None:
    """Take a statement back; it stays, and so does this."""
    session.add(WithdrawalRow(signoff=signoff, person=person, at=at, reason=reason))


def add_withdrawal(session: Session, signoff: SignOff) -> None:
    """Write that a statement was taken back, as it says itself; nothing where it was not."""
    if signoff.withdrawn_at is not None and signoff.withdrawn_by is not None:
        session.add(_withdrawal_row(signoff))


def signoffs(session: Session, story: str) -> list[SignOff]:
    """All statements about a story, in the order they were given, with their withdrawals."""
    rows = session.execute(
        select(SignOffRow, WithdrawalRow)
        .outerjoin(WithdrawalRow, WithdrawalRow.signoff == SignOffRow.id)
        .where(SignOffRow.story == story)
        .order_by(SignOffRow.sequence)
    )
    return [_signoff(row, withdrawal) for row, withdrawal in rows]


def _signoff(row: SignOffRow, withdrawal: WithdrawalRow | None) -> SignOff:
    return SignOff(
        row.id,
        row.step,
        row.person,
        row.at,
        row.digest,
        row.handed,
        VersionNumber(row.major, row.minor),
        row.note,
        withdrawal.at if withdrawal else None,
        withdrawal.person if withdrawal else None,
        withdrawal.reason if withdrawal else "",
        stated_version=row.stated_version,
        key=row.key,
        signature=row.signature,
        policy=row.policy,
        policy_version=row.policy_version,
        kept=row.kept,
        withdrawn_key=withdrawal.key if withdrawal else None,
        withdrawn_signature=withdrawal.signature if withdrawal else None,
    )


def signoffs_by_story(session: Session) -> dict[str, list[SignOff]]:
    """All statements of the archive by story."""
    grouped: dict[str, list[SignOff]] = {}
    rows = session.execute(
        select(SignOffRow, WithdrawalRow)
        .outerjoin(WithdrawalRow, WithdrawalRow.signoff == SignOffRow.id)
        .order_by(SignOffRow.story, SignOffRow.sequence)
    )
    for row, withdrawal in rows:
        grouped.setdefault(row.story, []).append(_signoff(row, withdrawal))
    return grouped


def events_at(session: Session, story: str, moments: Collection[str]) -> list[Event]:
    """The events of one story, without those of several at once, at these moments; oldest first."""
    if not moments:
        return []
    rows = session.execute(
        select(EventRow.at, EventRow.person, EventRow.account, EventRow.operation, EventRow.data)
        .where(EventRow.story == story, EventRow.at >= min(moments), EventRow.at <= max(moments))
        .order_by(EventRow.sequence)
    )
    wanted = set(moments)
    return [Event(r.at, r.person, r.account, r.operation, json.loads(r.data)) for r in rows if r.at in wanted]


def last_event(session: Session, story: str, operation: str) -> Event | None:
    """The story's last event of this kind."""
    row = session.execute(
        select(EventRow.at, EventRow.person, EventRow.account, EventRow.operation, EventRow.data)
        .where(EventRow.story == story, EventRow.operation == operation)
        .order_by(EventRow.sequence.desc())
        .limit(1)
    ).first()
    return Event(row.at, row.person, row.account, row.operation, json.loads(row.data)) if row is not None else None


def last_note(session: Session, story: str, operation: str) -> str:
    """What was written with the story's last event of this kind; empty where there is none."""
    event = last_event(session, story, operation)
    return str(event.data.get("note", "")) if event is not None else ""


def timeline(session: Session, story: str) -> list[Event]:
    """The story's events, oldest first, without the hashes; those of several stories at once are among them."""
    rows = session.execute(
        select(EventRow.at, EventRow.person, EventRow.account, EventRow.operation, EventRow.data)
        .where((EventRow.story == story) | (EventRow.story.is_(None) & EventRow.data.contains(story)))
        .order_by(EventRow.sequence)
    )
    return [Event(r.at, r.person, r.account, r.operation, json.loads(r.data)) for r in rows]
