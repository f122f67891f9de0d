"""Whether the signatures of statements hold: by their keys, by what the chain of events says, and by its order.

A statement without a signature is at fault too where it owed one (``owed``). Statements are sign-offs, their
withdrawals, and the approvals of what went out in an emergency.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop_app.domain.publication import Emergency
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.statements import (
    PersonKey,
    Signed,
    fault_of,
    signed_approval,
    signed_signoff,
    signed_too_late,
    signed_withdrawal,
)
from desktop_app.foundation import ed25519
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import history, person_keys, publication
from desktop_app.store.dialects.sqlite_events import mentions
from desktop_app.store.models import EventRow, PersonRow, StoryRow
from desktop_app.store.owed import RETIRED, Owed, ever_owed, owed
from desktop_app.store.told import of_house, of_story

SIGNED = "signed"  # the event's data under this name: rows of a statement's table and id, fingerprint and signature
_TABLES = ("signoffs/", "withdrawals/", "emergencies/")
_FREE = "withdrawals/"  # whoever takes a statement back is not kept from it for want of a signature


@dataclass(frozen=True, slots=True)
class _Told:
    """What the chain says of a statement: the number of its event, and the signature that it names."""

    place: int
    key: str | None = None
    signature: str | None = None


def signed_data(statements: Iterable[Signed | None]) -> dict[str, Any]:
    """What the event that brings statements in says of their signatures; nothing where there are none."""
    rows = [[one.row, one.key, one.signature] for one in statements if one is not None and one.key is not None]
    return {SIGNED: rows} if rows else {}


def statements_of(story: str, signoffs: Iterable[SignOff]) -> Iterator[Signed]:
    """Sign-offs of a story and those of their withdrawals that there are."""
    for one in signoffs:
        yield signed_signoff(story, one)
        if (taken_back := signed_withdrawal(story, one)) is not None:
            yield taken_back


def faults(session: Session, story: str, signoffs: Iterable[SignOff], *, by_events: bool = False) -> dict[str, Message]:
    """Why the signature of a story's sign-off does not hold, by the sign-off's id; those that hold are left out.

    One that never counted here owed none. With ``by_events`` the events are asked too whether a signature was taken
    away or exchanged since.
    """
    signoffs = list(signoffs)
    given = {one.id: signed_signoff(story, one) for one in signoffs}
    owing = {f"signoffs/{one.id}" for one in signoffs if one.kept is None}
    found = _faults(session, story, given.values(), by_events=by_events, owing=owing)
    return {identity: found[one.row] for identity, one in given.items() if one.row in found}


def approval_fault(session: Session, early: Emergency | None, *, by_events: bool = False) -> Message | None:
    """Why the signature under the approval of what went out in an emergency does not hold, as ``faults`` does."""
    approval = signed_approval(early) if early is not None else None
    if early is None or approval is None:
        return None
    return _faults(session, early.story, [approval], by_events=by_events, owing={approval.row}).get(approval.row)


def statement_faults(session: Session, story: str, statements: Iterable[Signed]) -> dict[str, Message]:
    """Why signatures under statements about a story do not hold, by their rows; those that hold are left out."""
    return _faults(session, story, statements, by_events=False)


def _faults(
    session: Session, story: str, statements: Iterable[Signed], *, by_events: bool, owing: Collection[str] = ()
) -> dict[str, Message]:
    signed = [one for one in statements if by_events or not _bare(one) or one.row in owing]
    owes = any(_bare(one) for one in signed) and (by_events or ever_owed(session))
    signed = [one for one in signed if by_events or owes or not _bare(one)]
    if not signed:
        return {}
    keys = person_keys.known(session)
    asked = by_events or owes or any(_retired(keys, one) for one in signed)
    retired, told = (_retirements(session), _told(session, story, proven=by_events)) if asked else ({}, {})
    due = owed(session) if owes else None
    found: dict[str, Message] = {}
    for one in signed:
        reason = _taken_away(one, told.get(one.row)) if by_events else None
        reason = reason or _fault(one, keys, told.get(one.row), retired)
        if reason is None and due is not None and one.row in owing:
            reason = _not_given(one, due, told.get(one.row))
        if reason is not None:
            found[one.row] = reason
    return found


def problems(session: Session, checked: dict[str, int]) -> Iterator[tuple[str, Message]]:
    """Every statement of the archive whose signature does not hold, or was taken away: its id, and which and why."""
    keys, retired, told, due = person_keys.known(session), _retirements(session), _told(session), owed(session)
    slugs = {row.id: row.slug for row in session.execute(select(StoryRow.id, StoryRow.slug))}
    names = {row.id: row.name for row in session.execute(select(PersonRow.id, PersonRow.name))}
    checked["signatures"] = 0
    for story, what, one, counted in _every(session):
        checked["signatures"] += one.signature is not None
        reason = _taken_away(one, told.get(one.row)) or _fault(one, keys, told.get(one.row), retired)
        if reason is None and not one.row.startswith(_FREE):
            reason = _not_given(one, due, told.get(one.row))
        if reason is not None and counted:
            person = one.stated.person
            yield one.row.partition("/")[2], N_(
                "{story}, “{step}”, {person}: {reason}",
                story=slugs.get(story, story), step=what, person=names.get(person, person), reason=reason,
            )  # fmt: skip


def _every(session: Session) -> Iterator[tuple[str, Message | str, Signed, bool]]:
    """Every statement with its story and what it is about; and whether it can count: what never did proves nothing."""
    for story, signoffs in history.signoffs_by_story(session).items():
        for one in signoffs:
            yield story, one.step, signed_signoff(story, one), one.kept is None
            if (taken_back := signed_withdrawal(story, one)) is not None:
                yield story, N_("{step}, withdrawn", step=one.step), taken_back, one.kept is None
    for early in publication.emergencies(session):
        if (approval := signed_approval(early)) is not None:
            yield early.story, N_("approved afterwards"), approval, True


def _retired(keys: Mapping[str, PersonKey], signed: Signed) -> bool:
    key = keys.get(signed.key or "")
    return key is not None and key.retired_at is not None


def _fault(
    signed: Signed, keys: Mapping[str, PersonKey], told: _Told | None, retired: Mapping[str, int]
) -> Message | None:
    reason = fault_of(signed, keys, ed25519.holds)
    if reason is not None or signed.key is None:
        return reason
    place = told.place if told is not None else None
    return signed_too_late(keys[signed.key], signed.stated.at, place=place, retired_place=retired.get(signed.key))


def _bare(signed: Signed) -> bool:
    return signed.key is None and signed.signature is None


def _not_given(signed: Signed, due: Owed, told: _Told | None) -> Message | None:
    """Why a statement without a signature owed one."""
    return due.why(signed.stated.person, told.place if told is not None else None) if _bare(signed) else None


def _taken_away(signed: Signed, told: _Told | None) -> Message | None:
    """Whether the event names another signature than the statement has."""
    if told is None or told.key is None or (told.key, told.signature) == (signed.key, signed.signature):
        return None
    if signed.signature is None and signed.key is None:
        return N_("its signature was taken away; its event says that it was signed")
    return N_("its event names another signature")


def _told(session: Session, story: str | None = None, *, proven: bool = False) -> dict[str, _Told]:
    """What the chain says of every statement, or of those that came with an event of this story alone, by their rows.

    The last event that wrote one says when it came in, and the first that named a signature which: nobody signs a
    statement twice. An event that cannot be read says nothing here, nor where ``proven`` one that is not what its hash
    says; the proof of the chain names it.
    """
    found: dict[str, _Told] = {}
    for number, data, touched in _proven(session, story) if proven and story is not None else _events(session, story):
        signed = {one[0]: one for one in _rows(data.get(SIGNED))}
        for row in touched:
            if row.startswith(_TABLES):
                before = found.get(row)
                named = before if before is not None and before.key is not None else None
                key, signature = (named.key, named.signature) if named else signed.get(row, ("", None, None))[1:]
                found[row] = _Told(number, key, signature)
    return found


_Said = tuple[int, dict[str, Any], dict[str, Any]]  # an event's number, its details and what it touched


def _proven(session: Session, story: str) -> Iterator[_Said]:
    for event in of_story(session, story).events:
        if any(row.startswith(_TABLES) for row in event.touched):
            yield event.number, event.data, event.touched


def _events(session: Session, story: str | None) -> Iterator[_Said]:
    asked = select(EventRow.sequence, EventRow.data, EventRow.touched).order_by(EventRow.sequence)
    asked = asked.where(or_(*(mentions(EventRow.touched, f'"{table}') for table in _TABLES)))
    for row in session.execute(asked.where(EventRow.story == story) if story is not None else asked):
        yield row.sequence, _read(row.data), _read(row.touched)


def _rows(value: object) -> list[tuple[str, str, str]]:
    rows = value if isinstance(value, list) else []
    return [(row[0], row[1], row[2]) for row in rows if isinstance(row, list) and [*map(type, row)] == [str] * 3]


def _retirements(session: Session) -> dict[str, int]:
    """The number of the event that retired each key, by fingerprint."""
    events = of_house(session).events
    return {str(event.data.get("key")): event.number for event in events if event.operation == RETIRED}


def _read(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
