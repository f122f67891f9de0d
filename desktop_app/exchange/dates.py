"""Days as news pages print them, in English and Chinese.

Babel's own ``parse_date`` reads figures alone and guesses at impossible ones (its FIXME in babel/dates.py), so the
shapes are ours and the names of the months are Babel's.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from babel.dates import get_month_names

_YEAR_FIRST = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*(?P<gap>[-/.年．／－])\s*(?P<month>\d{1,2})\s*(?:(?P=gap)|月)\s*(?P<day>\d{1,2})(?!\d)\s*[日号]?"
)
_MONTH_FIRST = re.compile(
    r"(?P<name>[A-Za-z]{3,9})\.?\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?\s*,?\s*(?P<year>(?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<name>[A-Za-z]{3,9})\.?\s*,?\s*(?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>(?:19|20)\d\d)(?!\d)")
_SHAPES = (_YEAR_FIRST, _MONTH_FIRST, _DAY_FIRST, _FIGURES)
_WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?"
    r"|(?:星期|周)[一二三四五六日天])"
)
_BEFORE = re.compile(rf"(?:{_WEEKDAY}\s*)?", re.IGNORECASE)
_CLOCK = re.compile(
    rf"[T\s,]*(?:[(（]?{_WEEKDAY}[)）]?)?\s*(?:(?:at\s+)?\d{{1,2}}[:：时]\d{{2}}(?:[:：分]\d{{2}}秒?|分)?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE,
)


def read_day(text: str) -> str | None:
    """Return the ISO day when ``text`` is a day and nothing else, but for a weekday and a time of day; else None.

    A day that the calendar does not have gives None.
    """
    found = _shape(text.strip())
    if found is None:
        return None
    match, end = found
    return _day(match) if end == len(text.strip()) else None


def opens_with_day(text: str) -> int:
    """How many characters at the start of ``text`` are a day's shape with its time, sensible or not; 0 for none."""
    found = _shape(text)
    return found[1] if found else 0


def _shape(text: str) -> tuple[re.Match[str], int] | None:
    """The first shape that the text opens with, and where it ends, time of day included."""
    before = _BEFORE.match(text)
    start = before.end() if before else 0
    for shape in _SHAPES:
        match = shape.match(text, start)
        if match and (shape in (_YEAR_FIRST, _FIGURES) or _known_month(match["name"])):
            clock = _CLOCK.match(text, match.end())
            end = clock.end() if clock else match.end()
            return match, len(text[:end].rstrip())
    return None


def _known_month(name: str) -> bool:
    return name.lower() in _months()


def _day(match: re.Match[str]) -> str | None:
    """Make an ISO day of the figures, or None where there is no such day."""
    groups = match.groupdict()
    month = _months()[groups["name"].lower()] if "name" in groups else int(groups["month"])
    try:
        return date(int(groups["year"]), month, int(groups["day"])).isoformat()
    except ValueError:
        return None


@cache
def _months() -> Mapping[str, int]:
    """English names of the months, full and short, in small letters without the full stop."""
    names = {"sept": 9}
    for width in ("wide", "abbreviated"):
        for number, name in get_month_names(width, locale="en").items():
            names[name.lower().rstrip(".")] = number
    return names
