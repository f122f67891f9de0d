"""What stands of an emergency release once a second person approved it."""

from collections.abc import Mapping

from desktop_app.domain.people import Person, called
from desktop_app.domain.publication import Emergency
from desktop_app.foundation.ids import moment
from desktop_app.foundation.messages import N_, Message


def approved_late(early: Emergency | None, people: Mapping[str, Person]) -> Message | None:
    """Who released the text early and who approved it, on which days here; None where nobody approved it."""
    if early is None or early.approved_by is None or early.approved_at is None:
        return None
    return N_(
        "Released in an emergency by {name} on {day}; approved by {approver} on {later}.",
        name=called(people, early.person),
        day=_day(early.at),
        approver=called(people, early.approved_by),
        later=_day(early.approved_at),
    )


def _day(at: str) -> str:
    return moment(at).astimezone().date().isoformat()
