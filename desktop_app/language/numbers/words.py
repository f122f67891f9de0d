"""Words that say an amount without a number: 半, 翻一番, 十四五, "decade", "fortnight", "tripled", "XXIV".

They never ask for an answer in the other language, they only give one.
"""

import re
from fractions import Fraction

from desktop_app.language.numbers.chinese import chinese_value
from desktop_app.language.numbers.english import words_value

Said = frozenset[Fraction]

# What is said | the words that may say it
_ENGLISH_TABLE = """
0|zero no nil none
1|single sole only once solo annual yearly
2|double doubles twice twofold twin pair pairs couple both duo either neither brace dual bilateral
2 100|doubled doubling
3|triple treble trio thrice trilateral hat-trick triplets quarterly
2 3|tripled triples tripling threefold
4|quartet semifinal semifinals semi-final semi-finals
3 4|quadruple quadrupled quadrupling fourfold
4 5|fivefold quintupled
5 6|sixfold
6 7|sevenfold
7 8|eightfold
8|quarterfinal quarterfinals quarter-final quarter-finals
9 10|tenfold
2 14|fortnight fortnightly
12|noon midday dozen
0 12 24|midnight
10|decade decades
13 19|teens teenage teenager teenagers
20|score twenties
30|thirties
40|forties
50|fifties
60|sixties
70|seventies
80|eighties
90|nineties
45|half-time
100|century centuries centennial centenary hundreds
200|bicentennial bicentenary
1000|millennium
3 15 25 1/4|quarter
15 25 45 75 3/4|quarters
6 30 50 1/2|half
50 1/2|halves halved halving
1/3|third
2/3|thirds
7|week
12 365|year
24|day
60|hour
"""
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?", re.IGNORECASE)
_COUNT = r"(?P<n>\d{1,9}(?:\.\d+)?|[a-z]{3,9}(?:-[a-z]{3,5})?)"
_SCALED = re.compile(
    rf"\b{_COUNT}[\s-](?P<word>dozen|decades?|centur(?:y|ies)|fortnights?|fold|weeks?|score)\b", re.IGNORECASE
)
_SCALE = {"do": 12, "de": 10, "ce": 100, "fo": 14, "we": 7, "sc": 20}
_SCALES = "hundred|thousand|million|billion|trillion|hours?|years?|months?|weeks?|days?"
_AND_A_HALF = re.compile(
    rf"\b{_COUNT}(?:[\s-](?P<scale>{_SCALES}))?[\s-]and[\s-]a[\s-](?P<part>half|quarter)"
    rf"(?:[\s-](?P<scale2>{_SCALES}))?\b",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"\b(?P<part>half|(?:three[\s-])?quarters?(?:\sof)?|a\sthird\sof)[\s-](?:an?[\s-])?"
    r"(?P<scale>dozen|hundred|thousand|million|billion|trillion|hour|year|century|decade)\b",
    re.IGNORECASE,
)
_MANY = {
    "hundred": (100,), "thousand": (10**3,), "million": (10**6,), "billion": (10**9,), "trillion": (10**12,),
    "hour": (1, 60), "year": (1, 12), "century": (1, 100), "decade": (1, 10), "dozen": (12,),
}  # fmt: skip
_OUT_OF = re.compile(
    r"\b(?P<some>[a-z]{3,9}|\d{1,4})[\s-](?:in|out\sof)[\s-](?:every\s)?(?P<all>[a-z]{3,9}|\d{1,4})\b", re.IGNORECASE
)
_VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3)}
_VULGAR_SIGN = re.compile(r"(?P<whole>\d{1,9})?\s?(?P<part>[½¼¾⅓⅔])")
_ROMAN = re.compile(r"(?<![\w.-])(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})(?![\w.’'])")
_ROMAN_VALUES = {"X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}
_ROMAN_PART = re.compile("IX|IV|[XVI]")

# Days that are known by a name are said as month and day (1001 is October 1) and as the day alone.
_CHINESE_TABLE = """
0|零 无
1|首 唯一 头 单 冠军
2|双 俩 亚军 成倍
2 100|翻倍 翻番 翻一番 翻了一番 翻了一倍 增加一倍
3|仨 季军 季度
4|翻两番 翻了两番 四强 半决赛
8|八强
6 30 50 1/2|半
50 1/2|对折
7|一周 一星期 一个星期
12 365|一年
60|一小时
24|一天
10|上旬 中旬 下旬
15|一刻
45|三刻
12|正午 中午
0 12 24|午夜
100|世纪
2000|千禧
1 101|元旦
14 214|情人节
8 308|三八 妇女节
1 401|愚人节
1 501|劳动节 五一
4 504|五四 青年节
1 601|六一 儿童节
1 701|七一
7 707|七七
1 801|八一 建军节
10 910|教师节
9 11 911|九一一
18 918|九一八
1 1001|国庆 十一
11 1111|双十一
24 1224|平安夜
25 1225|圣诞
31 1231|跨年
"""


def _table(text: str) -> dict[str, tuple[Fraction, ...]]:
    table: dict[str, tuple[Fraction, ...]] = {}
    for line in text.strip().splitlines():
        values, words = line.split("|")
        table |= dict.fromkeys(words.split(), tuple(map(Fraction, values.split())))
    return table


_ENGLISH, _CHINESE = _table(_ENGLISH_TABLE), _table(_CHINESE_TABLE)
_CHINESE_WORD = re.compile("|".join(sorted(_CHINESE, key=len, reverse=True)))
_PLAN = re.compile(r"(?<![几数])十(?P<n>[一二三四五六])五(?![十百千万亿])")
_TWO_DIGITS = re.compile(r"(?P<a>[一二两三四五六七八九十])、?(?P<b>[二三四五六七八九])(?P<scale>[十百千万亿]{0,2})")
_HALF_MORE = re.compile(r"(?P<n>\d{1,6}|[一二两三四五六七八九十]{1,3})(?:个|年|天|倍|小时|点|岁|周|分|米|公里|亿|万)半")
_CENTURIES = re.compile(r"(?P<n>\d{1,3}|[一二两三四五六七八九十半]{1,3})个世纪")
_TENS_OF_HUNDRED = re.compile(r"(?P<n>[一二三四五六七八九])成")
_TWO_TENTHS = re.compile(r"(?P<a>[一二三四五六七八九])、?(?P<b>[二三四五六七八九])成")
_TENS = re.compile(r"(?P<n>[一二三四五六七八九])旬")


def said_in_words(text: str, language: str) -> Said:
    """Return the amounts that words of ``text`` may stand for."""
    return _chinese_words(text) if language.lower().startswith("zh") else _english_words(text)


def _english_words(text: str) -> Said:
    found: set[Fraction] = set()
    for word in _WORD.findall(text):
        lower = word.lower()
        for part in {lower, *lower.split("-")}:
            found.update(_ENGLISH.get(part, ()))
    for match in _SCALED.finditer(text):
        found.add(_count(match["n"]) * _SCALE[match["word"][:2].lower()])
    for match in _AND_A_HALF.finditer(text):
        part = Fraction(1, 2) if match["part"].lower() == "half" else Fraction(1, 4)
        scales = _MANY.get((match["scale"] or match["scale2"] or "").lower().rstrip("s"), (1,))
        found.update((_count(match["n"]) + part) * scale for scale in (1, *scales))
    for match in _OUT_OF.finditer(text):
        found.update((_count(match["some"]), _count(match["all"])))
    for match in _PART_OF.finditer(text):
        word = match["part"].lower()
        part = Fraction(1, 3) if "third" in word else Fraction(3, 4) if "three" in word else Fraction(1, 4)
        part = Fraction(1, 2) if word == "half" else part
        found.update(part * scale for scale in _MANY[match["scale"].lower()])
    for match in _VULGAR_SIGN.finditer(text):
        found.add(Fraction(match["whole"] or 0) + _VULGAR[match["part"]])
    for match in _ROMAN.finditer(text):
        found.add(Fraction(sum(_ROMAN_VALUES[part] for part in _ROMAN_PART.findall(match.group()))))
    return frozenset(found)


def _count(token: str) -> Fraction:
    return Fraction(token) if token[0].isdigit() else words_value(token)


def _chinese_words(text: str) -> Said:
    found: set[Fraction] = set()
    for word in set(_CHINESE_WORD.findall(text)):
        found.update(_CHINESE[word])
    for match in _PLAN.finditer(text):
        found.update((_value(match["n"]) + 10, Fraction(5)))
    for match in _TWO_DIGITS.finditer(text):
        scale = chinese_value(match["scale"]) if match["scale"] else Fraction(1)
        tens = 10 if match["a"] == "十" else 0
        found.update((_value(match["a"]) * (scale or 1), (_value(match["b"]) + tens) * (scale or 1)))
        if tens:
            found.update((_value(match["b"]), Fraction(10)))
    for match in _HALF_MORE.finditer(text):
        more = _value(match["n"]) + Fraction(1, 2)
        found.update((more, more * 12, more * 60, more * 10**4, more * 10**8))
    for match in _CENTURIES.finditer(text):
        found.add(_value(match["n"]) * 100 if match["n"] != "半" else Fraction(50))
    for match in _TENS_OF_HUNDRED.finditer(text):
        found.add(_value(match["n"]) * 10)
    for match in _TWO_TENTHS.finditer(text):
        found.update((_value(match["a"]) * 10, _value(match["b"]) * 10))
    for match in _TENS.finditer(text):
        found.add(_value(match["n"]) * 10)
    return frozenset(found)


def _value(token: str) -> Fraction:
    return chinese_value(token) or Fraction(0)
