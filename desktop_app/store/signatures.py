"""Whether the signatures of sign-offs hold: by their keys, by what the chain of events says, and by its order."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.domain.signoff import SignOff
from desktop_app.domain.statements import PersonKey, fault_of, signed_too_late
from desktop_app.foundation import ed25519
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import history, person_keys
from desktop_app.store.models import EventRow, PersonRow, StoryRow

RETIRED = "key retired"
SIGNED = "signed"  # the event's data under this name: rows of sign-off id, fingerprint and signature
_TABLE = "signoffs/"


@dataclass(frozen=True, slots=True)
class _Told:
    """What the chain says of a sign-off: the number of its event, and the signature that it names."""

    place: int
    key: str | None = None
    signature: str | None = None


def signed_data(signoffs: Iterable[SignOff]) -> dict[str, Any]:
    """What the event that brings sign-offs in says of their signatures; nothing where there are none."""
    rows = [[one.id, one.key, one.signature] for one in signoffs if one.key is not None]
    return {SIGNED: rows} if rows else {}


def faults(session: Session, story: str, signoffs: Iterable[SignOff], *, by_events: bool = False) -> dict[str, Message]:
    """Why the signature of a story's sign-off does not hold, by the sign-off's id; those that hold are left out.

    With ``by_events`` the events are asked too whether a signature was taken away or exchanged since.
    """
    signed = [one for one in signoffs if by_events or one.key is not None or one.signature is not None]
    if not signed:
        return {}
    keys = person_keys.known(session)
    asked = by_events or any(_retired(keys, one) for one in signed)
    retired, told = (_retirements(session), _told(session, story)) if asked else ({}, {})
    found: dict[str, Message] = {}
    for one in signed:
        reason = _taken_away(one, told.get(one.id)) if by_events else None
        reason = reason or _fault(story, one, keys, told.get(one.id), retired)
        if reason is not None:
            found[one.id] = reason
    return found


def problems(session: Session, checked: dict[str, int]) -> Iterator[tuple[str, Message]]:
    """Every sign-off of the archive whose signature does not hold, or was taken away: its id, and which and why."""
    keys, retired, told = person_keys.known(session), _retirements(session), _told(session)
    slugs = {row.id: row.slug for row in session.execute(select(StoryRow.id, StoryRow.slug))}
    names = {row.id: row.name for row in session.execute(select(PersonRow.id, PersonRow.name))}
    checked["signatures"] = 0
    for story, signoffs in history.signoffs_by_story(session).items():
        for one in signoffs:
            checked["signatures"] += one.signature is not None
            reason = _taken_away(one, told.get(one.id)) or _fault(story, one, keys, told.get(one.id), retired)
            if reason is not None and one.kept is None:  # what never counted here proves nothing, and says so
                yield one.id, N_(
                    "{story}, “{step}”, {person}: {reason}",
                    story=slugs.get(story, story), step=one.step, person=names.get(one.person, one.person),
                    reason=reason,
                )  # fmt: skip


def _retired(keys: Mapping[str, PersonKey], signoff: SignOff) -> bool:
    key = keys.get(signoff.key or "")
    return key is not None and key.retired_at is not None


def _fault(
    story: str, signoff: SignOff, keys: Mapping[str, PersonKey], told: _Told | None, retired: Mapping[str, int]
) -> Message | None:
    reason = fault_of(story, signoff, keys, ed25519.holds)
    if reason is not None or signoff.key is None:
        return reason
    place = told.place if told is not None else None
    return signed_too_late(keys[signoff.key], signoff.at, place=place, retired_place=retired.get(signoff.key))


def _taken_away(signoff: SignOff, told: _Told | None) -> Message | None:
    """Whether the event names another signature than the sign-off has."""
    if told is None or told.key is None or (told.key, told.signature) == (signoff.key, signoff.signature):
        return None
    if signoff.signature is None and signoff.key is None:
        return N_("its signature was taken away; its event says that it was signed")
    return N_("its event names another signature")


def _told(session: Session, story: str | None = None) -> dict[str, _Told]:
    """What the chain says of every sign-off, or of those that came with an event of this story alone.

    An event that cannot be read says nothing here; the proof of the chain names it.
    """
    asked = select(EventRow.sequence, EventRow.data, EventRow.touched).order_by(EventRow.sequence)
    asked = asked.where(EventRow.touched.contains(f'"{_TABLE}', autoescape=True))
    rows = session.execute(asked.where(EventRow.story == story) if story is not None else asked)
    found: dict[str, _Told] = {}
    for row in rows:
        signed = {one[0]: one for one in _rows(_read(row.data).get(SIGNED))}
        for touched in _read(row.touched):
            if touched.startswith(_TABLE):
                identity = touched.removeprefix(_TABLE)
                found[identity] = _Told(row.sequence, *signed.get(identity, ("", None, None))[1:])
    return found


def _rows(value: object) -> list[tuple[str, str, str]]:
    rows = value if isinstance(value, list) else []
    return [(row[0], row[1], row[2]) for row in rows if isinstance(row, list) and [*map(type, row)] == [str] * 3]


def _retirements(session: Session) -> dict[str, int]:
    """The number of the event that retired each key, by fingerprint."""
    rows = session.execute(select(EventRow.sequence, EventRow.data).where(EventRow.operation == RETIRED))
    return {str(_read(row.data).get("key")): row.sequence for row in rows}


def _read(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
