"""Prizes, medals and places by their rank: 三等奖, 银牌, 亚军, 第三名, "first prize", "gold medal", "runner-up"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class RankKind(StrEnum):
    """What is ranked. A 一等奖 may go to the second place: one kind says nothing of another."""

    PRIZE = "prize"
    MEDAL = "medal"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Rank:
    """One rank as it stands in a text; 1 is the highest."""

    kind: RankKind
    number: int
    span: tuple[int, int]


_SIGNS = {sign: number for number, sign in enumerate("一二三四五", 1)} | {str(n): n for n in range(1, 6)}
_NAMED_ZH = {"金": 1, "银": 2, "铜": 3, "冠军": 1, "亚军": 2, "季军": 3, "殿军": 4}
_CHINESE = re.compile(
    r"(?P<prize>[一二三四五1-5])\s?等奖"
    r"|(?P<medal>[金银铜])(?:牌|奖)(?![榜章])"
    r"|(?P<title>冠军|亚军|季军|殿军)(?!赛|联赛|杯)"
    r"|第\s?(?P<place>[一二三四五1-5])\s?名(?=[，。、；！和与及的”）)\s]|$|奖|成绩|好成绩)"
    r"|(?:位居|名列|位列|排名)(?:全国|世界|全球|亚洲|全省|小组)?第\s?(?P<listed>[一二三四五1-5])(?=[，。、；！的”）)\s]|$)"
)
_ORDINAL = r"first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th"
_ORDINALS = {word: place % 5 + 1 for place, word in enumerate(_ORDINAL.split("|"))}
_NAMED_EN = {"gold": 1, "silver": 2, "bronze": 3}
_NOT_A_RANK = r"(?<!\bhis )(?<!\bher )(?<!\bits )(?<!\btheir )(?<!\bour )(?<!\bmy )(?<!\byour )(?<!’s )(?<!'s )"
_ENGLISH = re.compile(
    rf"{_NOT_A_RANK}\b(?P<prize>{_ORDINAL})[\s-](?:(?:class|place|tier|level|grade)[\s-](?:prize|award|honou?r)|prize)s?\b"
    r"|\b(?P<medal>gold|silver|bronze)[\s-](?:medal(?:l?ist)?|prize|award)s?\b"
    rf"|\b(?P<place>{_ORDINAL})[\s-]place\b(?!\s(?:to|for|where|that|I|we|he|she|they|you)\b)"
    rf"|\b(?:finish|rank|plac)(?:e|es|ed|ing|s)?\s(?P<listed>{_ORDINAL})\b(?!-)|\bcame\s(?:in\s)?(?P<came>{_ORDINAL})\b(?!-)"
    r"|\b(?:(?P<order>first|second|third)\s)?(?P<next>runners?-up)\b"
    r"|\b(?P<champion>champions?)\b(?!\s(?:League|Cup|Trophy))",
    re.IGNORECASE,
)


def ranks(text: str, language: str) -> list[Rank]:
    """Return the ranks that ``text`` names, in order."""
    return list(_chinese(text) if language.lower().startswith("zh") else _english(text))


def _chinese(text: str) -> Iterator[Rank]:
    for match in _CHINESE.finditer(text):
        word = match["prize"] or match["place"] or match["listed"]
        number = _SIGNS[word] if word else _NAMED_ZH[match["medal"] or match["title"]]
        kind = RankKind.PRIZE if match["prize"] else RankKind.MEDAL if match["medal"] else RankKind.PLACE
        yield Rank(kind, number, match.span())


def _english(text: str) -> Iterator[Rank]:
    for match in _ENGLISH.finditer(text):
        word = match["prize"] or match["place"] or match["listed"] or match["came"]
        if word:
            number = _ORDINALS[word.lower()]
        elif match["medal"]:
            number = _NAMED_EN[match["medal"].lower()]
        elif match["next"]:
            number = _ORDINALS[(match["order"] or "first").lower()] + 1
        else:
            number = 1
        kind = RankKind.PRIZE if match["prize"] else RankKind.MEDAL if match["medal"] else RankKind.PLACE
        yield Rank(kind, number, match.span())
