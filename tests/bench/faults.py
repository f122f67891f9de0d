"""Mistakes put into correct translations with a fixed seed: what the checks must find, one rule a kind."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app.language.numbers.quantities import MONTHS

_MONTH = "|".join(MONTHS)
_FIGURE = r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?!\w|\.\d|-\d)"
_PERCENT = r"\s?%|[\s-]per\s?cent\b"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty")
_RANKS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_SCALES = (("thousand", "million"), ("million", "billion"), ("billion", "million"), ("trillion", "billion"))
_CURRENCIES = (
    ("dollars", "euros"), ("dollar", "euro"), ("pounds", "dollars"), ("euros", "pounds"), ("yuan", "dollars"),
    ("yen", "yuan"), ("$", "£"), ("£", "€"), ("€", "$"), ("RMB", "USD"), ("CNY", "HKD"), ("rubles", "rupees"),
)  # fmt: skip
_MEASURES = (
    ("kilometers", "meters"), ("kilometres", "metres"), ("miles", "meters"), ("km", "kg"), ("meters", "kilometers"),
    ("metres", "kilometres"), ("tons", "kilograms"), ("tonnes", "kilograms"), ("kilograms", "tonnes"),
    ("kg", "tonnes"), ("hectares", "square kilometers"), ("acres", "square miles"), ("feet", "miles"),
    ("hours", "days"), ("days", "weeks"), ("weeks", "months"), ("months", "weeks"), ("years", "months"),
    ("minutes", "hours"),
)  # fmt: skip
_BOUNDS = (
    ("more than", "less than"), ("over", "under"), ("at least", "at most"), ("nearly", "more than"),
    ("almost", "more than"), ("less than", "more than"), ("fewer than", "more than"), ("up to", "at least"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """Changes one place, drawn by chance, that ``pattern`` finds; its group ``x`` or the whole is replaced."""

    pattern: re.Pattern[str]
    change: Callable[[str, random.Random], str]

    def into(self, text: str, chance: random.Random) -> str | None:
        """Return ``text`` with one mistake, None where it offers no place for it."""
        found = list(self.pattern.finditer(text))
        if not found:
            return None
        match = chance.choice(found)
        name = next((name for name, value in match.groupdict().items() if value), 0)
        changed = self.change(match[name], chance)
        made = text[: match.start(name)] + changed + text[match.end(name) :]
        return None if changed == match[name] else made


def _words(words: Sequence[tuple[str, str]], before: str = r"(?<!\w)", after: str = r"(?!\w)") -> Fault:
    """One of ``words`` for another; what it becomes is drawn where there are several."""
    others: dict[str, list[str]] = {}
    for word, other in words:
        others.setdefault(word, []).append(other)
    pattern = "|".join(re.escape(word) for word in sorted(others, key=len, reverse=True))
    return Fault(re.compile(f"{before}(?:{pattern}){after}"), lambda word, chance: chance.choice(others[word]))


def _each_other(words: Sequence[str]) -> list[tuple[str, str]]:
    return [(word, other) for word in words for other in words if other != word]


def _digit(token: str, chance: random.Random) -> str:
    place = chance.choice([place for place, sign in enumerate(token) if sign.isdigit()])
    digits = "123456789" if place == 0 else "0123456789"
    return token[:place] + chance.choice(digits.replace(token[place], "")) + token[place + 1 :]


def _tenfold(token: str, chance: random.Random) -> str:
    value = float(token.replace(",", "")) * (10 if chance.random() < 0.5 else 0.1)
    whole, _, part = f"{value:.6f}".rstrip("0").partition(".")
    if len(whole) > 3 and ("," in token or len(whole) > 4):
        whole = f"{int(whole):,}"
    return f"{whole}.{part}" if part else whole


def _shifted_year(token: str, chance: random.Random) -> str:
    return str(int(token) + chance.choice([-10, -9, -3, -2, -1, 1, 2, 3, 9, 10]))


def _other_day(token: str, chance: random.Random) -> str:
    return str(chance.choice([day for day in range(1, 29) if day != int(token)]))


_POINTS = re.compile(rf"(?<=\d)(?:{_PERCENT})(?!age)|\bpercentage[\s-]points?\b")

ENGLISH: dict[str, Fault] = {
    "digit": Fault(re.compile(_FIGURE), _digit),
    "tenfold": Fault(re.compile(_FIGURE), _tenfold),
    "million, billion": _words(_SCALES),
    "number word": _words(_each_other(_COUNTS)),
    "rank": _words(_each_other(_RANKS)),
    "month": _words(_each_other(MONTHS)),
    "day": Fault(
        re.compile(rf"\b(?P<a>\d{{1,2}})(?=(?:st|nd|rd|th)?\s(?:{_MONTH})\b)|(?:{_MONTH})\s(?P<b>\d{{1,2}})(?!\d)"),
        _other_day,
    ),
    "weekday": _words(_each_other(_DAYS)),
    "year": Fault(re.compile(r"(?<![\d.,$£€-])(?:19|20)\d\d(?![\d%s]|,\d|-\d)"), _shifted_year),
    "percent": Fault(re.compile(rf"(?<![\w.,-])\d+(?:\.\d+)?(?={_PERCENT})"), _digit),
    "percent, point": Fault(_POINTS, lambda token, _: " percent" if "point" in token else " percentage points"),
    "currency": _words(_CURRENCIES, before=r"(?:(?<=\W)|(?<![^\W\d]))", after=r"(?:(?<=\w)(?!\w)|(?<=\W)(?=\d))"),
    "measure": _words(_MEASURES, before=r"(?<=[\w]\s)"),
    "bound": _words(_BOUNDS, after=r"(?=\s[$£€]?\d)"),
}
"""Wrong amounts in the English."""

CHINESE: dict[str, Fault] = {
    "digit": Fault(re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![A-Za-z]|\.\d|-\d)"), _digit),
    "万, 亿": Fault(
        re.compile(r"(?<=[\d十百千余多 ])[万亿](?![一分])"), lambda sign, _: "亿" if sign == "万" else "万"
    ),
    "weekday": _words(_each_other([f"周{sign}" for sign in "一二三四五六日"]), "", "(?![年期刊边])"),
    "month": Fault(re.compile(r"(?<!\d)\d{1,2}(?=\s?月)"), _other_day),
}
"""Wrong amounts in the Chinese."""

_CLAUSE = re.compile(r",\s[^,.;:!?“”\"()]{1,300}(?=[,.;])")


def without_clause(text: str, chance: random.Random) -> str | None:
    """Leave out one part of four words or more between commas."""
    found = [match for match in _CLAUSE.finditer(text) if len(match.group().split()) >= 4]
    if not found:
        return None
    match = chance.choice(found)
    kept = text[: match.start()] + text[match.end() :]
    return kept if len(kept.split()) >= 4 else None
