"""What a text says in numbers: the value, where it stands and of what kind it is."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class QuantityKind(StrEnum):
    """How a number is meant."""

    NUMBER = "number"
    PERCENT = "percent"
    ORDINAL = "ordinal"
    YEAR = "year"
    DECADE = "decade"
    MONTH = "month"
    DATE = "date"  # month and day; the value is month * 100 + day
    DAY = "day"
    HOUR = "hour"  # with minutes as a part of it; 0 to 23, or 1 to 12 where the half of the day is not known


@dataclass(frozen=True, slots=True)
class Quantity:
    """One amount. ``span`` is a half-open range of characters and ``text`` what stands there.

    ``value`` of a percentage is the figure before the sign. ``certain`` is False for words that are often no
    amount (一, 千万, "one"): a check may accept them as an answer but does not demand one for them. ``likely`` are
    those of them that count something (三名, "five"): wrong where the other side counts otherwise.
    """

    value: Fraction
    span: tuple[int, int]
    text: str
    kind: QuantityKind
    certain: bool = True
    likely: bool = False


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December"
)  # fmt: skip


_CURRENCY = re.compile(r"\b(?:RMB|CNY|USD|EUR|GBP|JPY|HKD|AUD|CAD|NTD|US|HK)(?=\d)", re.ASCII)


def without_currency(text: str) -> str:
    """Blank out currency codes that are glued to their amount (RMB120), character for character."""
    return _CURRENCY.sub(lambda code: " " * len(code.group()), text)


def in_english(quantity: Quantity) -> str:
    """Write the value as an English news text does: ``120 million``, ``3,500``, ``50 percent``, ``January 11``."""
    value = quantity.value
    match quantity.kind:
        case QuantityKind.PERCENT:
            return f"{_decimal(value)} percent"
        case QuantityKind.DATE:
            return f"{MONTHS[int(value) // 100 - 1]} {int(value) % 100}"
        case QuantityKind.MONTH:
            return MONTHS[int(value) - 1]
        case QuantityKind.ORDINAL | QuantityKind.DAY:
            return f"{int(value)}{ordinal_ending(int(value))}"
        case QuantityKind.YEAR:
            return str(int(value))
        case QuantityKind.DECADE:
            return f"{int(value)}s"
        case QuantityKind.HOUR if value.denominator != 1:
            return f"{int(value)}:{int(value % 1 * 60):02}"
        case _:
            return _amount(value)


def ordinal_ending(number: int) -> str:
    """``st``, ``nd``, ``rd`` or ``th``."""
    if number % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _amount(value: Fraction) -> str:
    for scale, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        scaled = value / scale
        if scaled >= 1 and (scaled * 1000).denominator == 1:
            return f"{_decimal(scaled)} {word}"
    return _decimal(value)


def _decimal(value: Fraction) -> str:
    if value.denominator == 1:
        return f"{int(value):,}"
    for places in range(1, 7):
        if (value * 10**places).denominator == 1:
            return f"{float(value):,.{places}f}"
    return f"{value.numerator}/{value.denominator}"
