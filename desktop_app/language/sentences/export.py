"""The program's own rules written as break rules, for programs that know SRX: near to what it does, not the same.

Pairs of expressions cannot say that a short quotation stays whole and a long one does not, that brackets belong
together, that a numbered list counts from one, or how the sentence began ("At 5 p.m. Mr. Cole …"). So quotations are
kept whole where they are a part of a sentence or a title, and otherwise every stop is judged by its neighbours alone.
"""

import re
from collections.abc import Iterable

from desktop_app.language.sentences import abbreviations as english
from desktop_app.language.sentences.rules import BreakRule, LanguageRules, SegmentationRules

_STOP = "[。！？｡!?]"
_CLOSER = '[”’」』）》】〉〕］)\\]"]'
_SPEAKS = (
    "说|說|称|問|问|答|喊|表示|指出|强调|強調|认为|認為|介绍|介紹|坦言|补充|補充|回忆|说道|问道|答道|写道|"
    "告诉[^，。]{1,10}"
)
_BEGINS = r"\s+[“‘\"'(\[«]*[\p{Lu}\p{Lt}\p{Lo}\p{N}]"


def with_own_rules(house: SegmentationRules, languages: Iterable[str] = ("zh", "en")) -> SegmentationRules:
    """The rules of a house with the program's own behind them, as break rules alone.

    Words and measures of the house become rules as well; a set for each of ``languages``, mapped by its tag.
    """
    sets: list[LanguageRules] = []
    for language in languages:
        said = house.of(language)
        rules = (*said.rules, *(_chinese(said) if language in {"zh", "ja"} else _english(said)))
        sets.append(LanguageRules(f"{_either_case(language)}([-_].*)?", _NAMES.get(language, language), rules=rules))
    others = tuple(one for one in house.languages if one.rules and not _is_for(one, languages))
    return SegmentationRules((*sets, *others), cascade=False)


_NAMES = {"zh": "Chinese", "en": "English", "ja": "Japanese"}


def _either_case(language: str) -> str:
    return "".join(f"[{letter.upper()}{letter}]" for letter in language)


def _is_for(rules: LanguageRules, languages: Iterable[str]) -> bool:
    return any(SegmentationRules((rules,)).of(language).rules for language in languages)


def _words(words: Iterable[str]) -> str:
    """An expression for one of some words with the full stop behind it."""
    return rf"\b(?:{'|'.join(re.escape(word) for word in sorted(words))})\."


def _english(said: LanguageRules) -> tuple[BreakRule, ...]:
    ordinary = frozenset(said.ordinary)
    starters = rf"\s+[“‘\"'(]*(?:{'|'.join(sorted(english.STARTERS - {'A', 'I'}))})\b"
    never = (english.TITLES | frozenset(said.titles)) - ordinary
    numbered = (english.NUMBERED | frozenset(said.numbered)) - ordinary
    open_words = (english.OPEN | english.PLACES | english.MONTHS | frozenset(said.abbreviations)) - ordinary
    rules = [
        BreakRule(True, r"\n\s*\n"),
        BreakRule(False, _words(never), r"\s"),
        BreakRule(False, _words(numbered), r"\s+(?:\d|[IVXLC]+\b)"),
        BreakRule(False, r"\b[AaPp]\.?[Mm]\.", rf"\s+(?:{'|'.join(sorted(english.TIME_FOLLOWERS))})\b"),
        BreakRule(True, _words(open_words), starters),
        BreakRule(True, r"\b(?:\p{L}{1,2}\.){2,}", starters),
        BreakRule(True, r"\b[AaPp]\.[Mm]\.", _BEGINS),
        BreakRule(True, _words(english.ENDING), _BEGINS),
        BreakRule(False, _words(open_words), r"\s"),
        BreakRule(False, r"\b(?:\p{L}{1,2}\.){2,}", r"\s"),
        BreakRule(True, r"\b\p{Lu}\.", starters),
        BreakRule(False, r"\b\p{Lu}\.", r"\s+\p{Lu}"),
        BreakRule(False, r"(?:^|\n)\d{1,2}[.)]", r"\s"),
        BreakRule(False, r"[!?…][”’\"']+", rf"\s+(?:\p{{Lu}}[\w’'-]*\s+){{1,3}}(?:{english.REPORTING})\b"),
        BreakRule(False, r"[.!?…][”’\"']*", r"\s+[“‘\"'(\[]*\p{Ll}"),
        BreakRule(True, r"[.!?…]+[”’\"')\]»]*", _BEGINS),
    ]
    if said.semicolon:
        rules.append(BreakRule(True, ";", r"\s"))
    return tuple(rules)


def _chinese(said: LanguageRules) -> tuple[BreakRule, ...]:
    rules = [
        BreakRule(True, r"\n"),
        BreakRule(False, rf"《[^》\n]{{0,60}}{_STOP}+"),
        BreakRule(False, rf"[（(][^）)\n]{{0,80}}{_STOP}+"),
        BreakRule(False, rf"{_STOP}+[》〉]"),
        BreakRule(False, rf"{_STOP}+[”’」』]+", rf"[^。！？!?…“”「」，：:\n]{{0,15}}(?:{_SPEAKS})[道到]?[。！？，…]"),
        BreakRule(False, rf"(?:{_STOP}|…)+{_CLOSER}*", rf"(?:{_STOP}|…|{_CLOSER}|[，、；：,;:的地得]|——)"),
        BreakRule(True, rf"{_STOP}+{_CLOSER}*"),
        BreakRule(True, rf"…+{_CLOSER}+"),
    ]
    if said.semicolon:
        rules.append(BreakRule(True, "[；;]"))
    return tuple(rules)
