"""Duties: who is to do a story's next step and until when, and everything else that waits for a person.

What each kind is, in which order they press, and how a deadline is told. A deadline is a moment in UTC; people read
and write it in the zone of their machine. Late is a word before it is a colour.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from desktop_app.domain.story import Bilingual, StoryState
from desktop_app.foundation.messages import N_, NN_, Message


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is to do ``step``, and until when. People are ids, ``deadline`` and ``at`` ISO moments in UTC.

    ``person`` is None for a deadline that holds for whoever takes the step.
    """

    step: str
    person: str | None
    deadline: str | None
    note: str
    given_by: str | None
    at: str


class DutyKind(StrEnum):
    """Why something waits for a person, the most pressing first."""

    EMERGENCY = "emergency"
    KILL = "kill"
    EMBARGO = "embargo"
    SOURCE = "source"
    ASSIGNED = "assigned"
    CLAIMED = "claimed"
    RETURNED = "returned"
    APPROVE = "approve"
    RELEASE = "release"
    REVIEW = "review"
    DRAFT = "draft"


DUTY_NAMES: Mapping[DutyKind, Message] = MappingProxyType(
    {
        DutyKind.EMERGENCY: N_("Emergency release waits for approval"),
        DutyKind.KILL: N_("Kill waits for a second person"),
        DutyKind.EMBARGO: N_("Embargo waits for a second person"),
        DutyKind.SOURCE: N_("Changed source waits for a judgement"),
        DutyKind.ASSIGNED: N_("Assigned to you"),
        DutyKind.CLAIMED: N_("In your hands"),
        DutyKind.RETURNED: N_("Returned to you"),
        DutyKind.APPROVE: N_("Waits for approval"),
        DutyKind.RELEASE: N_("Waits for release"),
        DutyKind.REVIEW: N_("Waits for a reviser"),
        DutyKind.DRAFT: N_("Your draft"),
    }
)
_ORDER: Mapping[DutyKind, int] = MappingProxyType({kind: place for place, kind in enumerate(DutyKind)})


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that waits for a person. ``since`` and ``deadline`` are ISO moments; ``step`` is the step's title."""

    kind: DutyKind
    story: str
    slug: str
    headline: Bilingual
    state: StoryState
    since: str
    step: Message | None = None
    deadline: str | None = None
    note: str = ""


def urgency(duty: Duty) -> tuple[bool, str, int, str]:
    """The place of a duty in the list: the earliest deadline first, then what presses more, then what waits longer."""
    return duty.deadline is None, duty.deadline or "", _ORDER[duty.kind], duty.since


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline in words, and whether it is over."""

    words: Message
    late: bool


_WEEKDAYS = (
    N_("Monday {time}"), N_("Tuesday {time}"), N_("Wednesday {time}"), N_("Thursday {time}"), N_("Friday {time}"),
    N_("Saturday {time}"), N_("Sunday {time}"),
)  # fmt: skip
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def due(deadline: datetime, now: datetime) -> Due:
    """Tell a deadline as it looks from ``now``; both are moments in the reader's zone.

    What is over is counted in the largest whole unit; what comes within a week is named by its day.
    """
    if deadline <= now:
        return Due(_late(int((now - deadline).total_seconds())), late=True)
    time, ahead = f"{deadline:%H:%M}", (deadline.date() - now.date()).days
    if ahead == 0:
        return Due(N_("today {time}", time=time), late=False)
    if ahead == 1:
        return Due(N_("tomorrow {time}", time=time), late=False)
    if ahead < len(_WEEKDAYS):
        named = _WEEKDAYS[deadline.weekday()]
        return Due(Message(named.key, {"time": time}), late=False)
    return Due(N_("{day} {time}", day=deadline.date().isoformat(), time=time), late=False)


def _late(seconds: int) -> Message:
    if seconds < _HOUR:
        return NN_("{n} minute late", "{n} minutes late", max(1, seconds // _MINUTE))
    if seconds < _DAY:
        return NN_("{n} hour late", "{n} hours late", seconds // _HOUR)
    return NN_("{n} day late", "{n} days late", seconds // _DAY)
