"""Moments as memory files write them: ``YYYYMMDDThhmmssZ`` in TMX, ISO 8601 in tables."""

import re
from datetime import UTC, datetime
from functools import lru_cache

# TMX 1.4b, section 3.3: the basic form of ISO 8601 in UTC. Tools write the extended form and bare days too.
_MOMENT = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:\.(\d{1,9}))?)?)?(Z|[+-]\d\d:?\d\d)?", re.ASCII
)


@lru_cache(maxsize=4096)
def read_moment(text: str) -> str:
    """Return the moment as the archive stores it (ISO 8601, UTC, microseconds, ``Z``), or "" where it is none.

    A moment without a zone is in UTC, as TMX demands.
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return ""
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    fraction = int((found[7] or "0")[:6].ljust(6, "0"))
    zone = found[8] or "Z"
    try:
        at = datetime(year, month, day, hour, minute, second, fraction, UTC)
        if zone != "Z":
            at = datetime.fromisoformat(at.strftime("%Y-%m-%dT%H:%M:%S.%f") + zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if at.year >= 1000 else ""


@lru_cache(maxsize=4096)
def tmx_moment(at: str) -> str:
    """Write a moment of the archive as TMX has it, in whole seconds; "" for what is none."""
    stored = read_moment(at)
    return re.sub(r"[-:]|\.\d+", "", stored)
