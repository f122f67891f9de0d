"""Identifiers and the time, the two things that pure code takes as arguments."""

from collections.abc import Callable
from datetime import UTC, datetime

import uuid_utils

IdFactory = Callable[[], str]
Clock = Callable[[], datetime]


def new_id() -> str:
    """Return a UUIDv7 (RFC 9562): unique without a server and sorted by the time it was made."""
    return str(uuid_utils.uuid7())


def utc_now() -> datetime:
    """Return the present moment with its zone."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """Write a moment as the archive stores it: ISO 8601, UTC, microseconds, ``Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(text: str) -> datetime:
    """Read what ``stamp`` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
