"""Reads the amounts of an English text: 120 million, 3,500, 50 percent, 11th, January 11, 2024, 2:30 p.m."""

import re
from fractions import Fraction

from desktop_app.language.addresses import address_spans, is_within
from desktop_app.language.numbers.quantities import MONTHS, Quantity, QuantityKind, without_currency

_UNIT_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"
)  # fmt: skip
_TENS_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINAL_WORDS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth"
)  # fmt: skip
_UNITS = {word: number for number, word in enumerate(_UNIT_WORDS)}
_TENS = {word: 10 * number for number, word in enumerate(_TENS_WORDS, 2)}
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT_SCALES = {"m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "k": 10**3, "b": 10**9}
_ORDINALS = {word: number for number, word in enumerate(_ORDINAL_WORDS, 1)} | {
    "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "hundredth": 100
}  # fmt: skip
_NAMED = {
    "half": Fraction(1, 2),
    "dozen": Fraction(12),
    "twice": Fraction(2),
    "double": Fraction(2),
    "both": Fraction(2),
}
_MONTH_NUMBERS = {name[:length].lower(): n for n, name in enumerate(MONTHS, 1) for length in (3, len(name))} | {
    "sept": 9
}

_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"  # noqa: E501 - twelve names
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_DIGITS = r"\d{1,3}(?:,\d{3}){1,8}(?!\d)(?:\.\d{1,25})?|\d{1,25}(?:\.\d{1,25})?"
_WORD = "|".join(sorted([*_UNITS, *_TENS], key=len, reverse=True))
_UNITS_BEHIND_MONEY = r"(?:mn|bn|tn|m|b|k)\b"
_SCALE = "|".join(_SCALES)
_ORDINAL_DAY = rf"(?:(?:twenty|thirty)-)?(?:{'|'.join(_ORDINALS)})"
_PERCENT = r"\s?%|[\s-](?:per\s?cent|pct)\b"
_MONTHS_THAT_ARE_WORDS = {"March", "May"}
_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|by|from|until|till|last|next|this|early|late|mid|through|between)[\s-]$", re.IGNORECASE
)
_YEAR_BEHIND = re.compile(r",?\s(?:19|20)\d\d\b")
_MONTH_NAME = re.compile(rf"\b{_MONTH}(?!\w)", re.IGNORECASE)
_TOKEN = re.compile(
    rf"(?<![A-Za-z])(?=[\dA-Za-z])(?:(?P<date>\b{_MONTH}\s(?P<d1>{_DAY})(?:st|nd|rd|th)?\b(?!,\d{{3}}(?!\d)|[.:]\d)|\b(?:(?<!\d[.,:])(?P<d2>{_DAY})(?:st|nd|rd|th)?|(?P<d3>{_ORDINAL_DAY}))\s(?:of\s)?{_MONTH}\b|(?<=(?:19|20)\d\d[-/])(?P<m4>0[1-9]|1[0-2])[-/](?P<d4>{_DAY})(?!\d))"
    rf"|(?P<month>\b{_MONTH}(?![\w-]))"
    r"|(?P<hour>(?<!\d[.,:])\b(?P<h1>\d{1,2})(?:[:.](?P<min>[0-5]\d))?\s?(?P<half>[ap]\.?m\b\.?)|\b(?P<h2>\d{1,2}):(?P<min2>[0-5]\d)\b)"
    r"|(?P<decade>\b\d{2,4}[’']?s\b)"
    r"|(?P<ordinal>\b\d[\d,]{0,25}(?=(?:st|nd|rd|th)\b))"
    rf"|(?P<fraction>\b(?P<top>{_WORD}|an?)[-\s](?P<bottom>thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)\b"
    rf"|\b(?P<some>{_WORD})\s(?:in|out\sof)\s(?:every\s)?(?P<all>{_WORD})\b|(?<![\w/])\d+/\d+\b(?!/))"
    rf"|(?P<percent>(?P<p1>(?<![\w.])(?:{_DIGITS}))(?:{_PERCENT})|\b(?P<p2>(?:{_WORD})(?:-(?:{_WORD}))?)\s(?:per\s?cent)\b)"
    rf"|(?P<number>(?:(?<=[$£€¥])|(?<=[$£€¥]\s))(?:{_DIGITS})\s?{_UNITS_BEHIND_MONEY}|(?<![\w.])(?<!\d,)(?:{_DIGITS})(?:[\s-](?:{_SCALE})\b|\s?(?:mn|bn|tn)\b|(?:m|b|k)\b)?)"
    rf"|(?P<ordinalword>\b(?:(?:{'|'.join(_TENS)})-)?(?:{'|'.join(_ORDINALS)})\b)"
    rf"|(?P<words>\b(?:(?:(?:{_WORD})\b|(?:half[\s-](?:an?\s)?|an?\s)(?=(?:{_SCALE})\b))(?:[\s-]?(?:and\s)?(?:{_WORD}|{_SCALE})\b)*))"
    rf"|(?P<named>\b(?:{'|'.join(_NAMED)})\b))",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?<![A-Za-z])(?:[A-Z][A-Za-z]{0,39}-|[A-Za-z]{1,40})\d[\w.-]*|(?<![\d.])\d{1,25}(?:\.\d{1,25}){2,20}(?:/\d+)?",
    re.ASCII,
)


def read_english(text: str) -> list[Quantity]:
    """Return the amounts of ``text`` in order; addresses, file names and codes such as B2B are left out."""
    plain = without_currency(text)
    addresses, codes = address_spans(plain), [match.span() for match in _CODE.finditer(plain)]
    found: list[Quantity] = []
    for match in _TOKEN.finditer(plain):
        if is_within(match.start(), addresses) or is_within(match.start(), codes):
            continue
        quantity = _quantity(text, match)
        if quantity is not None:
            found.append(quantity)
    return found


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    read = _read_time(match) if match["date"] or match["month"] or match["hour"] else _read_amount(match)
    if read is None:
        return None
    value, kind, certain = read
    is_word = bool(match["words"] or match["ordinalword"])
    return Quantity(value, match.span(), text[slice(*match.span())], kind, certain, is_word and value >= 2)


def _read_time(match: re.Match[str]) -> tuple[Fraction, QuantityKind, bool] | None:
    """Read a day, a month or an hour."""
    token = match.group()
    if match["date"]:
        if match["m4"]:
            return Fraction(int(match["m4"]) * 100 + int(match["d4"])), QuantityKind.DATE, True
        name = _MONTH_NAME.search(token)
        day = int(_ordinal_value(match["d3"]) if match["d3"] else match["d1"] or match["d2"])
        if name is None or not 1 <= day <= 31:
            return None
        return Fraction(_MONTH_NUMBERS[name.group().rstrip(".").lower()] * 100 + day), QuantityKind.DATE, True
    if match["month"]:
        if not token[0].isupper():
            return None
        certain = len(token) > 3 and token not in _MONTHS_THAT_ARE_WORDS
        before = match.string[max(0, match.start() - 12) : match.start()]
        is_dated = _YEAR_BEHIND.match(match.string, match.end()) is not None
        certain = certain or is_dated or _BEFORE_MONTH.search(before) is not None
        return Fraction(_MONTH_NUMBERS[token.rstrip(".").lower()]), QuantityKind.MONTH, certain
    hour = int(match["h1"] or match["h2"])
    if hour > 24:
        return (Fraction(hour), QuantityKind.NUMBER, True) if match["half"] else None  # a score has no half
    if (match["half"] or "").lower().startswith("p") and hour < 12:
        hour += 12
    return hour + Fraction(int(match["min"] or match["min2"] or 0), 60), QuantityKind.HOUR, True


def _read_amount(match: re.Match[str]) -> tuple[Fraction, QuantityKind, bool]:
    """Read an amount, a year, a rank or a share."""
    token = match.group()
    if match["decade"]:
        return Fraction(token.rstrip("sS’'")), QuantityKind.DECADE, True
    if match["ordinal"]:
        return Fraction(token.replace(",", "")), QuantityKind.ORDINAL, True
    if match["fraction"]:
        return _fraction(match), QuantityKind.NUMBER, False
    if match["percent"]:
        value = Fraction(match["p1"].replace(",", "")) if match["p1"] else words_value(match["p2"])
        return value, QuantityKind.PERCENT, True
    if match["number"]:
        value = _digits_value(token)
        is_year = len(token) == 4 and token.isdigit() and 1900 <= value <= 2100
        return value, QuantityKind.YEAR if is_year else QuantityKind.NUMBER, True
    if match["words"]:
        return words_value(token), QuantityKind.NUMBER, False
    if match["ordinalword"]:
        return _ordinal_value(token), QuantityKind.ORDINAL, False
    return _NAMED[token.lower()], QuantityKind.NUMBER, False


def _fraction(match: re.Match[str]) -> Fraction:
    if match["some"]:
        return words_value(match["some"]) / (words_value(match["all"]) or 1)
    if match["top"] is None:
        above, _, under = match.group().partition("/")
        return Fraction(int(above), int(under) or 1)
    bottom = match["bottom"].lower().rstrip("s")
    return (words_value(match["top"]) or 1) / Fraction(4 if bottom == "quarter" else _ORDINALS[bottom])


def _digits_value(token: str) -> Fraction:
    number = re.match(_DIGITS, token)
    if number is None:
        return Fraction(0)
    scale = token[number.end() :].strip(" -").lower()
    return Fraction(number.group().replace(",", "")) * (_SCALES.get(scale) or _SHORT_SCALES.get(scale) or 1)


def words_value(token: str) -> Fraction:
    """Value of number words (two hundred and five), 0 where there are none."""
    if token[:4].lower() == "half":
        return words_value(token[4:]) / 2
    total = section = 0
    for word in re.findall(r"[a-z]+", token.lower()):
        if word in _UNITS:
            section += _UNITS[word]
        elif word in _TENS:
            section += _TENS[word]
        elif word == "hundred":
            section = (section or 1) * 100
        elif word in _SCALES:
            total += (section or 1) * _SCALES[word]
            section = 0
    return Fraction(total + section)


def _ordinal_value(token: str) -> Fraction:
    tens, _, unit = token.lower().rpartition("-")
    return Fraction(_TENS.get(tens, 0) + _ORDINALS[unit])
