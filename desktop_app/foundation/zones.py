"""Moments as people say them: a day and time of the clocks in some zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.ids import moment, stamp
from desktop_app.foundation.messages import N_

USUAL_ZONE = "Asia/Shanghai"
_FORMS = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
_MORE_ZONES = ("Asia/Hong_Kong", "Asia/Tokyo", "Europe/London", "America/New_York", "UTC")


def zones() -> list[str]:
    """The names of all zones that this machine knows, the usual ones first."""
    known = available_timezones() | {"UTC"}
    usual = [zone for zone in (USUAL_ZONE, *_MORE_ZONES) if zone in known]
    return usual + sorted(zone for zone in known - set(usual) if "/" in zone and not zone.startswith(("Etc/", "posix")))


def moment_in(text: str, zone: str) -> str:
    """The moment that clocks of ``zone`` show as ``2026-12-01 08:00``, as the archive keeps it.

    Where clocks show it twice, in the hour that summer time gives back, the later one is meant.

    Raises:
        WrongUsageError: it is no such time, clocks there never show it, or nobody knows the zone.
    """
    try:
        named = ZoneInfo(zone)
    except (LookupError, ValueError, OSError) as error:  # ValueError: it looks like a path; OSError: it is a folder
        raise WrongUsageError(
            N_("There is no time zone “{zone}”.", zone=zone),
            advice=N_("Name it like this: Asia/Shanghai, Europe/London, UTC."),
        ) from error
    for form in _FORMS:
        try:
            local = datetime.strptime(text.strip(), form).replace(tzinfo=named, fold=1)
            there = local.astimezone(UTC)
        except (ValueError, OverflowError):
            continue
        if there.astimezone(named).replace(tzinfo=None) == local.replace(tzinfo=None):
            return stamp(there)
        raise WrongUsageError(
            N_("Clocks in {zone} never show {time}: summer time begins there then.", zone=zone, time=text.strip()),
            advice=N_("Give the time an hour later."),
        )
    raise WrongUsageError(
        N_("“{time}” is no day and time.", time=text), advice=N_("Write it like this: 2026-12-01 08:00.")
    )


def clocks_of(at: str, zone: str) -> datetime:
    """What the clocks of a zone show at a moment of the archive; those of UTC where nobody knows the zone."""
    try:
        return moment(at).astimezone(ZoneInfo(zone))
    except (LookupError, ValueError, OSError):
        return moment(at)


def told(until: str, zone: str) -> str:
    """A moment as its zone's clocks show it: ``2026-12-01 08:00 Asia/Shanghai``; in UTC where nobody knows the zone."""
    there = clocks_of(until, zone)
    return f"{there:%Y-%m-%d %H:%M} {zone if there.tzinfo is not UTC else 'UTC'}"
