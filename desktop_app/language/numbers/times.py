"""Which half of the day an hour lies in (下午2:30, "9 p.m."), and which part of a month is meant (8月中旬)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.language.numbers.chinese import chinese_value
from desktop_app.language.numbers.quantities import MONTHS, Quantity, QuantityKind

_NOON = 12
_HALVES_ZH = re.compile(
    r"(?:(?P<night>凌晨|半夜|后半夜)|(?P<early>清晨|早上|早晨|早间|(?<![最较更尽提及趁])早|晨)|(?P<morning>上午)"
    r"|(?P<midday>中午|正午|午间)|(?P<afternoon>下午|午后|傍晚)|(?P<evening>晚上|晚间|(?<![最较更])晚|夜里|夜间|深夜))"
    r"(?:的|约|大约|大概|近|将近|，|,|\s){0,2}$"
)
_CLOCK_ZH = re.compile(r"(?P<hour>\d{1,2}|[一二三四五六七八九十]{1,3})\s?[时時点點:：]")
_RANGE_ZH = re.compile(r"\s?[至到~～—–-]+\s?$")
_LONGEST_HALF = 8  # characters before the hour
_HALF_EN = re.compile(r"(?P<half>[ap])\.?m", re.IGNORECASE)
_BEHIND_EN = re.compile(
    r"\s?(?:o[’']clock\s)?(?:local\stime\s)?(?:in\sthe\s(?P<part>morning|afternoon|evening)|at\s(?P<night>night))\b",
    re.IGNORECASE,
)
_CLOCK_EN = re.compile(r"(?P<hour>\d{1,2})[:.]\d\d")


def hour_of_the_day(text: str, quantity: Quantity, language: str) -> int | None:
    """Return the hour, 0 to 23, that the text leaves no doubt of; None where either half of the day may be meant."""
    if language.lower().startswith("zh"):
        return _chinese_hour(text, quantity) if quantity.kind is QuantityKind.HOUR else None
    return _english_hour(text, quantity)


def _chinese_hour(text: str, quantity: Quantity) -> int | None:
    clock = _CLOCK_ZH.search(quantity.text)
    hour = chinese_value(clock["hour"]) if clock is not None else None
    if clock is None or hour is None:
        return None
    start = quantity.span[0] + clock.start()
    before = text[max(0, start - _LONGEST_HALF) : start]
    half = _HALVES_ZH.search(before)
    return _in_half(int(hour), str(half.lastgroup) if half is not None else "")


def _in_half(hour: int, half: str) -> int | None:
    if hour > _NOON or (hour == 0 and half != ""):
        return hour % 24
    match half:
        case "night":
            return hour % _NOON if hour < 7 or hour == _NOON else None
        case "early" | "morning":
            return hour if hour < _NOON else None
        case "midday":
            return hour if hour > 10 else hour + _NOON if hour < 4 else None
        case "afternoon":
            return hour % _NOON + _NOON
        case "evening":  # 晚上1点 is behind midnight, but not for everybody
            return 0 if hour == _NOON else hour + _NOON if hour > 4 else None
        case _:
            return None


def _english_hour(text: str, quantity: Quantity) -> int | None:
    half = _HALF_EN.search(quantity.text)
    behind = _BEHIND_EN.match(text[quantity.span[1] : quantity.span[1] + 40])
    if quantity.kind is QuantityKind.HOUR and half is not None:
        hour = int(quantity.value)
        return hour % _NOON if half["half"] in "aA" and hour <= _NOON else hour % 24
    if behind is not None and quantity.value <= 24:
        part = (behind["part"] or "evening").lower()
        return _in_half(int(quantity.value), part)
    clock = _CLOCK_EN.match(quantity.text) if quantity.kind is QuantityKind.HOUR else None
    if clock is None:
        return None
    hour = int(clock["hour"])
    return hour % 24 if hour > _NOON or clock["hour"][0] == "0" else None


class PartOfMonth(StrEnum):
    """A third of a month, as 上旬, 中旬 and 下旬 part it."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class MonthPart:
    """A part of a month as a text names it.

    ``month`` is 0 where it is "this month" or the like. ``is_exact`` is False for 月初 and 月底, whose length nobody
    has fixed.
    """

    month: int
    parts: frozenset[PartOfMonth]
    span: tuple[int, int]
    is_exact: bool = True


_SIGNS = {"上": PartOfMonth.EARLY, "中": PartOfMonth.MID, "下": PartOfMonth.LATE}
_EDGES = {"初": PartOfMonth.EARLY, "底": PartOfMonth.LATE, "末": PartOfMonth.LATE}
_PART_ZH = re.compile(
    r"(?P<month>(?<![\d.])\d{1,2}|(?<![一二三四五六七八九十])[一二三四五六七八九十]{1,2}|[本上下当这同该次每]个?)"
    r"\s?月份?的?(?:(?P<parts>[上中下]{1,3})旬(?:[至到和、~～—-]{1,2}(?P<also>[上中下])旬)?"
    r"|(?P<edge>初(?![一二三四五六七八九十])|底|末))"
)
_PART_EN = (
    r"(?:{0}early|{0}(?:beginning|start|first\s(?:ten|10)\sdays|first\sthird)\sof|{0}mid|{0}middle\sof"
    r"|{0}late|{0}(?:end|last\s(?:ten|10)\sdays|last\sthird|latter\spart)\sof)"
)
_MONTH_EN = "|".join(MONTHS) + r"|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\b"
_PARTS_EN = re.compile(
    rf"\b(?P<first>{_PART_EN.format('')})(?:[\s-](?:to|and|or)[\s-](?P<second>{_PART_EN.format('')}))?"
    rf"[\s-](?:in\s)?(?:(?P<month>{_MONTH_EN})|(?:this|last|next|the|that|each|every)\smonth\b)"
)


def parts_of_months(text: str, language: str) -> list[MonthPart]:
    """Return the parts of months that ``text`` names, in order."""
    return list(_chinese_parts(text) if language.lower().startswith("zh") else _english_parts(text))


def _chinese_parts(text: str) -> Iterator[MonthPart]:
    for match in _PART_ZH.finditer(text):
        month = chinese_value(match["month"]) if match["month"][0] not in "本上下当这同该次每" else 0
        if month is None or not 0 <= month <= 12:
            continue
        if match["edge"]:
            yield MonthPart(int(month), frozenset({_EDGES[match["edge"]]}), match.span(), is_exact=False)
        else:
            signs = match["parts"] + (match["also"] or "")
            yield MonthPart(int(month), frozenset(_SIGNS[sign] for sign in signs), match.span())


def _english_parts(text: str) -> Iterator[MonthPart]:
    names = [name[:3] for name in MONTHS]
    for match in _PARTS_EN.finditer(text):
        month = names.index(match["month"][:3]) + 1 if match["month"] else 0
        parts = frozenset(_part(word) for word in (match["first"], match["second"]) if word)
        yield MonthPart(month, parts, match.span())


def _part(word: str) -> PartOfMonth:
    if word.startswith(("early", "begin", "start", "first")):
        return PartOfMonth.EARLY
    return PartOfMonth.MID if word.startswith("mid") else PartOfMonth.LATE
