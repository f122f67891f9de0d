"""Which way an amount changed (下降20%, "rose 20 percent"), and how many times as much it is (增加两倍, "doubled")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from desktop_app.language.numbers.chinese import chinese_value
from desktop_app.language.numbers.english import words_value
from desktop_app.language.numbers.quantities import Quantity


class Direction(StrEnum):
    """Whether an amount grew or shrank."""

    UP = "up"
    DOWN = "down"


_REACH_ZH, _REACH_EN = 24, 90  # characters before the figure
_CLAUSE_ZH = re.compile(r"[，。；：、！？,;:\d()（）“”]")
_UP_ZH = r"增长|增加|增多|上升|提高|提升|上涨|攀升|飙升|上调|猛增|激增|回升|涨|升|(?<!新)增"
_DOWN_ZH = r"下降|减少|降低|下跌|下滑|回落|锐减|缩减|缩水|下调|骤降|暴跌|降|减|跌"
_VERB_ZH = re.compile(
    rf"(?:(?P<up>{_UP_ZH})|(?P<down>{_DOWN_ZH}))(?:[了到至为约近超过逾达]|将近|接近|大约|不到|不足|至少|多达|一共|幅度){{0,3}}\s?$"
)
_GROWING_ZH, _SHRINKING_ZH = re.compile(r"[增涨升扩]|提高"), re.compile(r"[降减跌缩窄落滑负]")
_NOT_ZH = re.compile(r"[不未没无非免停止缓防扭]")
_UP_EN = (
    "rose|risen|rises?|rising|increase[sd]?|increasing|grew|grown|grows?|growing|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|"
    "soar(?:s|ed|ing)?|surge[sd]?|surging"
)
_DOWN_EN = (
    "fell|fallen|falls?|falling|drop(?:s|ped|ping)?|decline[sd]?|declining|decrease[sd]?|decreasing|dip(?:s|ped|ping)?|"
    "shr[aiu]nk|plunge[sd]?|plunging|slump(?:s|ed|ing)?|tumble[sd]?|reduced"
)
_BETWEEN_EN = (
    "by|to|of|about|nearly|almost|over|more than|less than|roughly|around|some|an|a|only|just|approximately|sharply|"
    "slightly|further|another|an additional|at least|up|down|year on year|year-on-year"
)
# "was up 20 percent", but not "made up 20 percent"
_IS_UP = r"(?:\b(?:is|are|was|were|be|been|being|went|go|goes|going|gone|closed|ended)|,)\s"
_RAISED = "increas(?:e[sd]?|ing)|rais(?:e[sd]?|ing)|boost(?:s|ed|ing)?"
_LOWERED = "reduc(?:e[sd]?|ing)|cut(?:s|ting)?|lower(?:s|ed|ing)?|decreas(?:e[sd]?|ing)|slash(?:es|ed|ing)?"
# "increase its trade with Russia to 20 billion"
_OBJECT = r"(?:\s(?!compared|relative|equal|according|due|and|or|but|while|as|fall|rise)[a-z’'-]{1,20}){1,6}"
_VERB_OBJECT_EN = re.compile(
    rf"\b(?:(?P<up>{_RAISED})|(?P<down>{_LOWERED})){_OBJECT}\s(?:to|by)"
    r"(?:\s(?:about|nearly|almost|over|around|some|at least|more than))?\s(?:US|RMB|HK)?\s?[$£€¥]?$",
    re.IGNORECASE,
)
_VERB_EN = re.compile(
    rf"(?:\b(?P<up>{_UP_EN})|\b(?P<down>{_DOWN_EN})|{_IS_UP}(?:(?P<is_up>up(?!\sto))|(?P<is_down>down)))"
    rf"(?:\s(?:{_BETWEEN_EN})){{0,4}}\s?[$£€¥]?$",
    re.IGNORECASE,
)
_NOUN_EN = re.compile(
    r"(?:[\s-](?:percentage\s)?points?)?[\s-](?:year-on-year\s|annual\s|further\s)?"
    r"(?:(?P<up>rise|increase|growth|jump|surge)|(?P<down>drop|decline|decrease|fall|reduction|slump))\b",
    re.IGNORECASE,
)
_NOT_EN = re.compile(
    r"\b(?:not|never|no|without|instead|rather|fail\w*|stop\w*|slow\w*|halt\w*|prevent\w*|avoid\w*|keep|kept)\b|n[’']t\b",
    re.IGNORECASE,
)
_NOT_REACH = 24


def direction_of(text: str, quantity: Quantity, language: str) -> Direction | None:
    """Return which way the amount changed by the verb close to it; None without one, or where another word turns it."""
    start, end = quantity.span
    if language.lower().startswith("zh"):
        return _chinese_direction(text[max(0, start - _REACH_ZH) : start])
    before = text[max(0, start - _REACH_EN) : start]
    match = _VERB_EN.search(before) or _NOUN_EN.match(text[end : end + _REACH_EN]) or _VERB_OBJECT_EN.search(before)
    if match is None or _NOT_EN.search(before, max(0, len(before) - _NOT_REACH - len(match.group()))):
        return None
    groups = match.groupdict()
    return Direction.UP if groups["up"] or groups.get("is_up") else Direction.DOWN


def _chinese_direction(before: str) -> Direction | None:
    clause = _CLAUSE_ZH.split(before)[-1]
    match = _VERB_ZH.search(clause)
    if match is None or _NOT_ZH.search(clause[max(0, match.start() - 4) : match.start()]):
        return None
    is_mixed = _GROWING_ZH.search(clause) is not None and _SHRINKING_ZH.search(clause) is not None
    if is_mixed:
        return None  # 降幅扩大, 增速回落
    return Direction.UP if match["up"] else Direction.DOWN


@dataclass(frozen=True, slots=True)
class Multiple:
    """How many times as much an amount became or is: what the words may mean, and where they stand."""

    factors: frozenset[Fraction]
    span: tuple[int, int]


_COUNT_ZH = r"(?P<n>\d{1,4}(?:\.\d{1,4})?|[一二两三四五六七八九十]{1,3}(?:点[一二三四五六七八九]{1,3})?)"
_MULTIPLE_ZH = re.compile(
    r"(?P<doubled>翻(?:了|近|将近)?(?:(?P<turns>[一两三四])|近)?番|翻了?倍|翻了?一倍|成倍增[长加])"
    rf"|(?P<grew>增加|增长|增多|提高|提升|上升|上涨|扩大)了?(?P<to>到|至|为|成)?(?:约|近|将近|超过?|逾|大约|至少)?(?P<of>原来的|原先的|上年的|去年的)?"
    rf"{_COUNT_ZH}[多余]?倍(?P<half>半)?"
    rf"|(?<![\d.一二两三四五六七八九十几数百千万]){_COUNT_ZH.replace('<n>', '<m>')}[多余]?倍(?P<mhalf>半)?"
)
_DOUBLINGS = {"一": 2, "两": 4, "三": 8, "四": 16}
_VERBS_EN = {"doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4, "quintupl": 5}
_TIMES_LIKE = (
    r"(?:as|more|higher|larger|greater|bigger|faster|that|what|the\s(?:size|number|amount|level|average|rate|figure))"
)
_MULTIPLE_EN = re.compile(
    r"\b(?P<verb>doubl|tripl|trebl|quadrupl|quintupl)(?:e[sd]?|ing)\b(?![\s-](?:digit|major|room|bed|check|standard|down))"
    r"|\b(?P<fold>\d{1,4}(?:\.\d{1,4})?|[a-z]{3,9})[\s-]?fold\b"
    rf"|\b(?P<times>\d{{1,4}}(?:\.\d{{1,4}})?|[a-z]{{3,9}})\stimes\s(?P<like>{_TIMES_LIKE})\b"
    r"|\b(?P<twice>twice)\s(?:as|that|what|the\s(?:size|number|amount|level|average|rate|figure))\b",
    re.IGNORECASE,
)


def multiples(text: str, language: str) -> list[Multiple]:
    """Return the multiples that ``text`` gives, in order.

    增加两倍 is three times as many, 增加到两倍 two times; "three times more" and "threefold" are said of both.
    """
    return list(_chinese_multiples(text) if language.lower().startswith("zh") else _english_multiples(text))


def _chinese_multiples(text: str) -> Iterator[Multiple]:
    for match in _MULTIPLE_ZH.finditer(text):
        if match["doubled"]:
            yield Multiple(frozenset({Fraction(_DOUBLINGS[match["turns"] or "一"])}), match.span())
            continue
        count = chinese_value(match["n"] or match["m"])
        if not count:
            continue
        count += Fraction(1, 2) if match["half"] or match["mhalf"] else 0
        is_more = match["grew"] is not None and not match["to"] and not match["of"]
        is_vague = match["m"] is not None
        factors = {count + 1} if is_more else {count, count + 1} if is_vague else {count}
        yield Multiple(frozenset(factors), match.span())


def _english_multiples(text: str) -> Iterator[Multiple]:
    for match in _MULTIPLE_EN.finditer(text):
        word = match["fold"] or match["times"]
        if match["twice"]:
            yield Multiple(frozenset({Fraction(2)}), match.span())
        elif match["verb"]:
            yield Multiple(frozenset({Fraction(_VERBS_EN[match["verb"].lower()])}), match.span())
        elif count := Fraction(word) if word[0].isdigit() else words_value(word):
            is_plain = match["like"] is not None and match["like"].lower().startswith(("as", "that", "what", "the"))
            yield Multiple(frozenset({count} if is_plain else {count, count + 1}), match.span())
