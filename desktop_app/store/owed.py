"""Which statements owed a signature when they came into the archive, as the chain of events tells it.

Whoever has a confirmed key signs with it or not at all, and a house can demand that everybody does. So a statement
without a signature that came in at such a time was written past the program, however well its event fits the chain.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.domain.statements import PersonKey
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import person_keys, told
from desktop_app.store.cells import row_hash
from desktop_app.store.models import EventRow, FactRow, PersonKeyRow

RETIRED = "key retired"
ENROLLED = frozenset({"key enrolled", "key made for another"})
UNPACKED, STORY_UNPACKED = "package unpacked", "story unpacked"
_FACT = "signatures"
_DEMANDED = row_hash("facts", {"key": ("text", _FACT), "value": ("text", "demanded")})
_FIRST = 2  # the number of the event that takes a package in, in an archive that was made from one
_END = 1 << 62


@dataclass(frozen=True, slots=True)
class _Time:
    """From one event to another, by their numbers."""

    start: int
    end: int = _END

    def has(self, place: int) -> bool:
        return self.start < place < self.end


@dataclass(frozen=True, slots=True)
class Owed:
    """When signatures were demanded of everybody, and of whom they were owed for their key."""

    demanded: tuple[_Time, ...]
    keys: Mapping[str, tuple[_Time, ...]]
    unpacked_until: int

    def why(self, person: str, place: int | None) -> Message | None:
        """Why a person's statement owed a signature; ``place`` is the number of its event, None where no event is."""
        place = _END - 1 if place is None else place
        if place < self.unpacked_until:
            return None
        if any(time.has(place) for time in self.demanded):
            return N_("no signature is there, though signatures were demanded when it came in")
        if any(time.has(place) for time in self.keys.get(person, ())):
            return N_("no signature is there, though its signer had a confirmed key when it came in")
        return None


def ever_owed(session: Session) -> bool:
    """Whether the house has or had a key, or says whether signatures are demanded: a quick look at its rows alone."""
    return session.get(FactRow, _FACT) is not None or session.scalar(select(PersonKeyRow.person).limit(1)) is not None


def owed(session: Session) -> Owed:
    """Read from the chain when signatures were owed."""
    events = told.of_house(session).events
    demanded: list[_Time] = []
    since: int | None = None
    for event in events:
        if f"facts/{_FACT}" not in event.touched:
            continue
        if since is not None:
            demanded.append(_Time(since, event.number))
        since = event.number if event.touched[f"facts/{_FACT}"] == _DEMANDED else None
    if since is not None:
        demanded.append(_Time(since))
    unpacked = any((event.number, event.operation) == (_FIRST, UNPACKED) for event in events)
    return Owed(tuple(demanded), _keys(session, events), _after_unpacking(session) if unpacked else 0)


def _keys(session: Session, events: list[told.ToldEvent]) -> dict[str, tuple[_Time, ...]]:
    """When each person had a confirmed key."""
    began: dict[str, int] = {}
    ended: dict[str, int] = {}
    known = person_keys.known(session)
    for event in events:
        named = str(event.data.get("key"))
        if event.operation in ENROLLED:
            began.setdefault(named, event.number)
        elif event.operation == RETIRED:
            ended.setdefault(named, event.number)
        elif event.operation == UNPACKED and event.number == _FIRST:
            began.update((key, event.number) for key in _came(event, known))
    found: dict[str, tuple[_Time, ...]] = {}
    for key, start in began.items():
        if key in known:
            person = known[key].person
            found[person] = (*found.get(person, ()), _Time(start, ended.get(key, _END)))
    return found


def _came(event: told.ToldEvent, known: Mapping[str, PersonKey]) -> list[str]:
    """The keys that a package brought and that were in use."""
    came = (row.removeprefix("person_keys/") for row in event.touched if row.startswith("person_keys/"))
    return [key for key in came if key in known and known[key].enrolled_at is not None and not known[key].retired_at]


def _after_unpacking(session: Session) -> int:
    """The number of the first event that did not belong to taking a package in."""
    later = EventRow.sequence > _FIRST, EventRow.operation != STORY_UNPACKED
    return session.scalar(select(EventRow.sequence).where(*later).order_by(EventRow.sequence).limit(1)) or _END
