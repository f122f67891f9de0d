"""Units and currencies beside the numbers of a Chinese or English text."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from desktop_app.language.numbers.quantities import Quantity


class Dimension(StrEnum):
    """What a unit measures; units of one dimension can be turned into one another."""

    LENGTH = "length"
    AREA = "area"
    MASS = "mass"
    VOLUME = "volume"
    TIME = "time"
    CALENDAR = "calendar"  # months and years have no fixed number of days
    TEMPERATURE = "temperature"
    ENERGY = "energy"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. ``factor`` is its size in a unit that its dimension shares; temperatures have none.

    ``codes`` are the currencies (ISO 4217) that a word for money may mean: a dollar is that of several countries.
    """

    name: str
    dimension: Dimension
    factor: Fraction = Fraction(1)
    codes: frozenset[str] = frozenset()

    def agrees_with(self, other: "Unit") -> bool:
        """Whether both words may stand for one unit."""
        return not self.codes.isdisjoint(other.codes) if self.codes else self.name == other.name


# English name | dimension | size | Chinese words | English patterns behind a number
_UNITS = r"""
mm|length|0.001|毫米|millimet(?:er|re)s? mm
cm|length|0.01|厘米|centimet(?:er|re)s? cm
m|length|1|米 公尺|met(?:er|re)s? m
km|length|1000|公里 千米|kilomet(?:er|re)s? kms? km
inches|length|0.0254|英寸|inch(?:es)?
feet|length|0.3048|英尺|f(?:ee|oo)t ft
yards|length|0.9144|英码|yards? yd
miles|length|1609.344|英里|miles?
nautical miles|length|1852|海里|nautical[\s-]miles?
m²|area|1|平方米 平米 ㎡ m²|square[\s-]met(?:er|re)s? sq\.?\s?m(?:et(?:er|re)s?)? m² m2 sqm
km²|area|1000000|平方公里 平方千米|square[\s-]kilomet(?:er|re)s? sq\.?\s?km km² km2
mu|area|666.6667|亩 畝|mus?
hectares|area|10000|公顷|hectares? ha
acres|area|4046.856|英亩|acres?
square feet|area|0.092903|平方英尺|square[\s-]f(?:ee|oo)t sq\.?\s?ft
square miles|area|2589988|平方英里|square[\s-]miles?
mg|mass|0.000001|毫克|milligram(?:me)?s? mg
g|mass|0.001|克|gram(?:me)?s? g
jin|mass|0.5|斤 市斤|jin catt(?:y|ies)
kg|mass|1|公斤 千克|kilogram(?:me)?s? kilos? kgs?
tonnes|mass|1000|吨 噸|(?:metric[\s-])?ton(?:ne)?s?
ounces|mass|0.0283495|盎司|ounces? oz
pounds|mass|0.453592|磅|pounds? lbs?
ml|volume|0.000001|毫升|millilit(?:er|re)s? ml
litres|volume|0.001|升 公升|lit(?:er|re)s?
m³|volume|1|立方米|cubic[\s-]met(?:er|re)s? m³
gallons|volume|0.00378541|加仑|gallons?
barrels|volume|0.158987|桶|barrels?
seconds|time|1|秒 秒钟|seconds?
minutes|time|60|分钟|minutes? mins?
hours|time|3600|小时 个小时 个多小时 个钟头|hours? hrs?
days|time|86400|天 日|days?
nights|time|86400|晚 夜|nights?
weeks|time|604800|周 个星期 星期 个礼拜|weeks?
months|calendar|1|个月 个多月|months?
quarters|calendar|3|个季度|quarters?
years|calendar|12|年 周年 周岁 岁|years?
decades|calendar|120|十年|decades?
centuries|calendar|1200|个世纪|centur(?:y|ies)
°C|temperature|1|摄氏度 ℃ °C|degrees?[\s-](?:celsius|centigrade|C) °\s?C ℃ celsius
°F|temperature|1|华氏度 ℉ °F|degrees?[\s-](?:fahrenheit|F) °\s?F ℉ fahrenheit
kWh|energy|1|千瓦时 度电|kilowatt[\s-]hours? kWh
MWh|energy|1000|兆瓦时|megawatt[\s-]hours? MWh
"""

# codes | Chinese words | English signs before the number | English patterns behind it
_MONEY = r"""
CNY|元 元人民币 块钱 圆人民币|RMB Rmb CNY ¥ ￥ CN¥|(?:Chinese[\s-])?yuan RMB renminbi CNY
USD AUD CAD HKD TWD SGD NZD||$|dollars? bucks
USD|美元 美金|US$ USD U.S.$|(?:U\.?S\.?|American)[\s-]dollars? USD
HKD|港元 港币|HK$ HKD|Hong\sKong[\s-]dollars? HKD
TWD|新台币 台币|NT$ NTD TWD|(?:New\s)?Taiwan(?:ese)?[\s-]dollars?
AUD|澳元 澳币|A$ AU$ AUD|Australian[\s-]dollars? AUD
CAD|加元 加币|C$ CA$ CAD|Canadian[\s-]dollars? CAD
SGD|新加坡元 新元|S$ SGD|Singapore[\s-]dollars? SGD
NZD|新西兰元 纽元|NZ$ NZD|New\sZealand[\s-]dollars? NZD
EUR|欧元 歐元|€ EUR|euros? EUR
GBP|英镑 英鎊 镑|£ GBP|(?:British[\s-])?pounds?(?:[\s-]sterling)? quid GBP
JPY|日元 日圆|¥ ￥ JPY JP¥|(?:Japanese[\s-])?yen JPY
KRW|韩元|₩ KRW|(?:South\s)?(?:Korean[\s-])?won
RUB|卢布|₽ RUB|(?:Russian[\s-])?ro?ubles?
INR PKR LKR NPR IDR|卢比|₹ Rs Rs. INR|(?:Indian\s)?rupees?
CHF|瑞士法郎|CHF SFr|Swiss[\s-]francs?
CHF XAF XOF|法郎||francs?
THB|泰铢|฿ THB|(?:Thai\s)?baht
MYR|林吉特 令吉|RM MYR|ringgits?
TRY|里拉||lira
MXN ARS PHP CLP COP|比索||pesos?
SEK NOK DKK|克朗||kron(?:or|er|e|a)
cents|美分||cents?
pence|便士||pence
"""
_Tables = tuple[dict[str, Unit], list[tuple[str, Unit]], dict[str, Unit]]


def _tables() -> _Tables:
    """Build what reading needs: Chinese words, English patterns behind a number, English signs before one."""
    words: dict[str, Unit] = {}
    behind: list[tuple[str, Unit]] = []
    before: dict[str, Unit] = {}
    for line in _UNITS.strip().splitlines():
        name, dimension, size, chinese, english = line.split("|", 4)
        unit = Unit(name, Dimension(dimension), Fraction(size))
        words |= dict.fromkeys(chinese.split(), unit)
        behind += [(pattern, unit) for pattern in english.split()]
    for line in _MONEY.strip().splitlines():
        codes, chinese, front, back = line.split("|", 3)
        unit = Unit(codes.split()[0] if chinese else "$", Dimension.MONEY, codes=frozenset(codes.split()))
        words |= dict.fromkeys(chinese.split(), unit)
        behind += [(pattern, unit) for pattern in back.split()]
        for sign in front.split():
            known = before[sign].codes if sign in before else frozenset[str]()
            before[sign] = Unit(unit.name, Dimension.MONEY, codes=unit.codes | known)
    return words, behind, before


_WORDS, _BEHIND, _BEFORE = _tables()
_NO_UNIT_GOES_ON = "组件数音朗拉素旦宵首老宇凯里旦级代轻龄度初底末际青报刊边末品会程历期子出场晚报"
_CHINESE_WORD = re.compile(
    rf"[\s多余餘来]{{0,2}}(?P<unit>{'|'.join(sorted(map(re.escape, _WORDS), key=len, reverse=True))})"
    rf"(?![{_NO_UNIT_GOES_ON}])"
)
_ADJECTIVES = "consecutive|straight|full|whole|long|short|more|extra|additional|further|successive|working|business|odd"
_ENGLISH_WORD = re.compile(
    rf"(?:[\s-]and[\s-]a[\s-]half)?[\s\u00a0-]{{0,2}}(?:(?:{_ADJECTIVES})\s)?"
    rf"(?P<unit>{'|'.join(pattern for pattern, _ in sorted(_BEHIND, key=lambda entry: -len(entry[0])))})(?![A-Za-z])",
    re.IGNORECASE,
)
_ENGLISH_SIGN = re.compile(
    rf"(?<![A-Za-z$])(?P<unit>{'|'.join(sorted(map(re.escape, _BEFORE), key=len, reverse=True))})\s?$"
)
_LONGEST_WORD, _LONGEST_SIGN = 48, 8
_CHINESE_MONEY = re.compile(
    "|".join(
        re.escape(word)
        for word, unit in sorted([*_WORDS.items(), *_BEFORE.items()], key=lambda entry: -len(entry[0]))
        if unit.codes and word != "元"
    )
)
_ENGLISH_MONEY = re.compile(
    rf"(?<![A-Za-z])(?:{'|'.join(sorted(map(re.escape, _BEFORE), key=len, reverse=True))})(?![A-Za-z])"
    rf"|\b(?i:{'|'.join(pattern for pattern, unit in _BEHIND if unit.codes)})(?![A-Za-z])"
)
_COMPILED = [(re.compile(pattern, re.IGNORECASE), unit) for pattern, unit in _BEHIND]


def units_of(text: str, quantity: Quantity, language: str) -> tuple[Unit, ...]:
    """Return what the unit of ``quantity`` may be: none where none is known, two for a pound of money or weight."""
    start, end = quantity.span
    is_chinese = language.lower().startswith("zh")
    after = text[end : end + _LONGEST_WORD]
    sign = _ENGLISH_SIGN.search(text[max(0, start - _LONGEST_SIGN) : start])
    if sign is not None:
        return (_BEFORE[sign["unit"]],)
    word = _CHINESE_WORD.match(after) if is_chinese else None
    if word is not None:
        return (_WORDS[word["unit"]],)
    word = _ENGLISH_WORD.match(after)
    return _english_units(word["unit"]) if word is not None else ()


_VAGUE_ZH = re.compile(
    r"[几数幾數多][十百]?(?P<unit>个?小时|天|周(?![年末])|个?星期|个?月|年(?![级轻龄])|分钟|公里|米|英里|吨)(?![之内级])"
)
_VAGUE_EN = re.compile(
    r"\b(?:few|several|couple\sof|many|dozens\sof)\s(?:more\s)?"
    r"(?P<unit>hours|days|weeks|months|years|minutes|kilomet(?:er|re)s|met(?:er|re)s|miles|ton(?:ne)?s)\b",
    re.IGNORECASE,
)


def vague_units(text: str, language: str) -> list[tuple[Unit, tuple[int, int]]]:
    """Return the units of amounts that are not said in figures (几个小时, "several weeks") and where they stand."""
    if language.lower().startswith("zh"):
        found = [(match, match["unit"]) for match in _VAGUE_ZH.finditer(text)]
        known = [(match, _WORDS.get(word) or _WORDS.get(f"个{word}")) for match, word in found]
        return [(unit, match.span()) for match, unit in known if unit is not None]
    return [(_english_units(match["unit"])[0], match.span()) for match in _VAGUE_EN.finditer(text)]


@lru_cache(maxsize=1024)
def _english_units(word: str) -> tuple[Unit, ...]:
    return tuple(unit for pattern, unit in _COMPILED if pattern.fullmatch(word))


def currencies(text: str, language: str) -> frozenset[str]:
    """Return the codes of all currencies that ``text`` names, with or without an amount."""
    pattern = _CHINESE_MONEY if language.lower().startswith("zh") else _ENGLISH_MONEY
    found: frozenset[str] = frozenset()
    for match in pattern.finditer(text):
        word = match.group()
        unit = _WORDS.get(word) or _BEFORE.get(word)
        units = (unit,) if unit is not None else _english_units(word)
        found = found.union(*(unit.codes for unit in units))
    return found
