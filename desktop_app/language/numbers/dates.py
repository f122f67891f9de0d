"""Days of the week in Chinese and English, and the calendar that says which day a date falls on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop_app.language.numbers.quantities import MONTHS

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_NUMBERS = {sign: number for number, sign in enumerate("一二三四五六日")} | {"天": 6}
_NO_DAY_BEFORE = frozenset("每一两几数")  # 每周一次, 一周三天
_CHINESE = re.compile(
    r"(?:星期|礼拜|(?<!四)周|週)(?P<day>[一二三四五六日天])(?![年期报刊边围岁均])(?:(?:、|和|及|或|至|到|-|—|～)(?P<also>[一二三四五六日])(?![\u4e00-\u9fff]))?"
)
_COUNTS = re.compile(r"[次天个名位人场节篇趟项家条件种起支届倍]")
_NAMES_BEFORE = re.compile(r"(?:黑色|超级|圣|网络|血腥|耶稣受难|棕枝|复活)$")
_NAMES_BEHIND = re.compile(r"泰晤士|邮报|电讯|镜报|快报")
_ENGLISH = re.compile(
    r"\b(?=[A-Za-z]{3,6}day)(?<!\bGood )(?<!\bBlack )(?<!\bAsh )(?<!\bBloody )(?<!\bSuper )(?<!\bCyber )(?<!\bPalm )"
    rf"(?<!\bEaster )(?<!\bSheffield )(?<!\bMail on )(?P<day>(?i:{'|'.join(WEEKDAYS)}))(?=s?\b)"
    r"(?!\s(?:Times|Mirror|Telegraph|Express|School|Post|Mail)\b)"
)
_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|{'|'.join(name[:3] for name in MONTHS)}\.?|Sept\.?)"
_DAY = r"(?P<number>\d{1,2})(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?:,?\s(?P<year>(?:19|20)\d\d))?"
_SPOKEN_DATE = rf"(?:{_MONTH}\s{_DAY}{_YEAR})"
_SPOKEN_DATE_2 = rf"(?:{_DAY}\s{_MONTH}{_YEAR})"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_DATED_EN = tuple(
    re.compile(pattern)
    for spoken in (_SPOKEN_DATE, _SPOKEN_DATE_2)
    for pattern in (rf"\b{_WEEKDAY},?\s\(?(?:the\s)?{spoken}", rf"(?<!\d){spoken},?\s\(?{_WEEKDAY}\b")
)
_DATED_ZH = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)\s?年\s?)?(?<!\d)(?P<month>\d{1,2})\s?月\s?(?P<number>\d{1,2})\s?日"
    r"[\s（(，,]{0,2}(?:星期|周|週)(?P<weekday>[一二三四五六日])(?![一-鿿]?[次天个名位人场])"
)
_HALF_A_YEAR = 183  # days


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week as it stands in a text: 0 is Monday."""

    number: int
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class DatedWeekday:
    """A date with its day of the week: ``year`` is None where the text does not give it."""

    weekday: int
    year: int | None
    month: int
    day: int
    span: tuple[int, int]


def weekdays(text: str, language: str) -> list[Weekday]:
    """Return the days of the week that ``text`` names, in order; those in proper names (Black Friday) are left out."""
    return list(_chinese(text) if language.lower().startswith("zh") else _english(text))


def _chinese(text: str) -> Iterator[Weekday]:
    for match in _CHINESE.finditer(text):
        end = match.end("day")
        before = text[max(0, match.start() - 6) : match.start()]
        is_count = _COUNTS.match(text, end) is not None or before[-1:] in _NO_DAY_BEFORE
        if (is_count and match.group()[0] in "周週") or _NAMES_BEFORE.search(before) or _NAMES_BEHIND.match(text, end):
            continue
        yield Weekday(_NUMBERS[match["day"]], (match.start(), end))
        if match["also"]:
            yield Weekday(_NUMBERS[match["also"]], match.span("also"))


def _english(text: str) -> Iterator[Weekday]:
    for match in _ENGLISH.finditer(text):
        yield Weekday(WEEKDAYS.index(match["day"].capitalize()), match.span("day"))


def dated_weekdays(text: str, language: str) -> list[DatedWeekday]:
    """Return the dates of ``text`` beside which their day of the week stands."""
    if language.lower().startswith("zh"):
        return [_dated(match, _NUMBERS[match["weekday"]], int(match["month"])) for match in _DATED_ZH.finditer(text)]
    names = [name[:3] for name in MONTHS]
    return [
        _dated(match, WEEKDAYS.index(match["weekday"]), names.index(match["month"][:3]) + 1)
        for pattern in _DATED_EN
        for match in pattern.finditer(text)
    ]


def _dated(match: re.Match[str], weekday: int, month: int) -> DatedWeekday:
    year = int(match["year"]) if match["year"] else None
    return DatedWeekday(weekday, year, month, int(match["number"]), match.span())


def weekday_of(dated: DatedWeekday, published: str | None) -> int | None:
    """Return the day of the week that the calendar gives, 0 for Monday; None where the year cannot be known.

    Without a year the date is the one nearest to ``published``, an ISO date.
    """
    try:
        if dated.year is not None:
            return date(dated.year, dated.month, dated.day).weekday()
        near = date.fromisoformat(published[:10]) if published else None
        if near is None:
            return None
        days = [date(year, dated.month, dated.day) for year in (near.year - 1, near.year, near.year + 1)]
    except ValueError:
        return None
    nearest = min(days, key=lambda day: abs((day - near).days))
    return nearest.weekday() if abs((nearest - near).days) < _HALF_A_YEAR else None
