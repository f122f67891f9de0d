"""Numbers and dates as one sign, so that sentences that differ in nothing else are found to be the same sentence."""

import re
from dataclasses import dataclass

MASK = "\ufdd0"  # a noncharacter: it cannot stand in a text that is interchanged (Unicode 15, 23.7)

_HAN_DIGIT = "零〇一二三四五六七八九两兩十"
_HAN = f"[{_HAN_DIGIT}百千万萬亿億]"
_DAY = rf"(?:\d{{1,2}}|[{_HAN_DIGIT}]{{1,3}})[日号號]"
_MEASURES = "年月日号號个個名人位项項次届屆家所种種条條台周天时時分秒座件篇场場只章节節页頁点點岁歲"
_FIGURE = re.compile(
    rf"(?=[\d{_HAN_DIGIT}百千万萬亿億第])(?:"  # most characters begin nothing, and this says so at once
    r"(?P<dates>"
    rf"(?<!\d)(?:\d{{2,4}}|[{_HAN_DIGIT}]{{4}})年(?:(?:\d{{1,2}}|[{_HAN_DIGIT}]{{1,2}})月(?:{_DAY})?)?"
    rf"|(?<!\d)(?:\d{{1,2}}|[{_HAN_DIGIT}]{{1,2}})月(?:{_DAY})?"
    r"|(?<!\d)\d{4}([-/.])\d{1,2}\2\d{1,2}(?!\d)"
    r"|(?<!\d)\d{1,2}[:：]\d{2}(?!\d))"
    rf"|(?P<numbers>\d+(?:[.,，]\d+)*[%％]?[十百千万萬亿億]*|第{_HAN}+|(?!万一|一一|千万(?!{_HAN})){_HAN}{{2,}}"
    rf"|[{_HAN_DIGIT}](?=[{_MEASURES}])))"
)
_HAS_FIGURE = re.compile(rf"[\d{_HAN_DIGIT}百千万萬亿億]")


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with its figures taken out: ``figures`` has each one's kind (``numbers`` or ``dates``) and its text."""

    text: str
    figures: tuple[tuple[str, str], ...] = ()


def mask(text: str) -> Masked:
    """Put ``MASK`` in the place of every number and every date."""
    if _HAS_FIGURE.search(text) is None:
        return Masked(text)
    figures: list[tuple[str, str]] = []

    def take(found: re.Match[str]) -> str:
        figures.append((str(found.lastgroup or "dates"), found.group()))
        return MASK

    masked = _FIGURE.sub(take, text)
    return Masked(masked, tuple(figures))


def kinds_that_differ(one: Masked, other: Masked) -> tuple[str, ...]:
    """``numbers``, ``dates`` or both, where two texts have other ones, or in another order."""
    return tuple(
        kind
        for kind in ("numbers", "dates")
        if [text for name, text in one.figures if name == kind]
        != [text for name, text in other.figures if name == kind]
    )
