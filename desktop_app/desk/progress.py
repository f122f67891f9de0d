"""How far a person has come: today and in the days before, in every story and in all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from desktop_app.desk.desk import Desk
from desktop_app.domain.people import Person
from desktop_app.domain.progress import Day, by_day
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.ids import moment, stamp
from desktop_app.foundation.messages import N_
from desktop_app.store import progress as store

WEEK = 7
_MOST = 366


@dataclass(frozen=True)
class Work:
    """A person's days, the oldest first and today last, and the slugs and headlines of the stories in them."""

    days: list[Day]
    slugs: Mapping[str, str]
    headlines: Mapping[str, str]

    @property
    def today(self) -> Day:
        """The day that is not over yet."""
        return self.days[-1]


def work_of(desk: Desk, person: Person, *, days: int = WEEK, zone: tzinfo | None = None) -> Work:
    """What a person has done in the last ``days`` days; days begin at midnight in ``zone``, else where they work.

    Raises:
        WrongUsageError: the number of days is out of bounds.
    """
    if not 1 <= days <= _MOST:
        raise WrongUsageError(N_("The number of days must be from 1 to {n}.", n=_MOST))
    now = desk.now().astimezone(zone)
    first = now.date() - timedelta(days=days - 1)
    midnight = datetime.combine(first, time()).astimezone() if zone is None else datetime.combine(first, time(), zone)
    with desk.archive.read() as session:
        sittings = store.sittings(session, person.id, stamp(midnight.astimezone(UTC)))
        found = by_day(sittings, now.date(), days, lambda at: moment(at).astimezone(zone).date())
        titles = store.titles(session, {story for day in found for story in day.stories})
    slugs = {story: slug for story, (slug, _headline) in titles.items()}
    return Work(found, slugs, {story: headline for story, (_slug, headline) in titles.items()})
