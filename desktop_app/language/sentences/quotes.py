"""What stands inside brackets and quotation marks of Western text, where a straight mark is its own partner.

A single mark is an apostrophe more often than a quotation mark, and in tokenised text marks stand between spaces; so
marks are first told apart by their neighbours, and what is still open is settled by the marks round it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

QUOTES = "“”‘’\"'`「」『』«»"
_BRACKETS = dict(zip("([{（【《", ")]}）】》", strict=True))
_QUOTE_PAIRS = dict(zip("“「『«", "”」』»", strict=True))
_PAIRS = _BRACKETS | _QUOTE_PAIRS
_CLOSING = frozenset(_PAIRS.values())
_NESTED = 8
_MARK = re.compile(r"[()\[\]{}（）【】《》“”「」『』«»]")
_SINGLE = re.compile(r"''|``|['‘’`]")
_DOUBLE = re.compile(r'"')
# 'em, '90s and the like begin with an apostrophe, and 's stands alone in tokenised text.
_CLITIC = re.compile(
    r"['’](?:s|ll|re|ve|d|m|t|n|em|til|till|twas|tis|cause|round|bout|cuz|clock|\d0s)\b", re.IGNORECASE
)
_ENDING = ".,!?…;:)]}—-\"”*_`'’"
_STARTING = '([{—–-“"/‘«*_'


@dataclass
class Enclosures:
    """What is enclosed in a text: the spans that are not cut, and the marks between spaces that close."""

    closing: dict[int, str] = field(default_factory=dict)
    _spans: list[tuple[int, int]] = field(default_factory=list)
    _firsts: list[int] = field(default_factory=list)
    _lasts: list[int] = field(default_factory=list)

    def covers(self, place: int) -> bool:
        """Whether ``place`` lies behind the opening and before the closing mark of a span that is not cut."""
        at = bisect_right(self._firsts, place - 1) - 1
        return at >= 0 and place <= self._lasts[at]


def enclosures(text: str, paragraphs: Sequence[int], whole_quotation: int, whole_bracket: int) -> Enclosures:
    """Find what is enclosed, up to so many characters; ``paragraphs`` are where new ones begin."""
    found = Enclosures()
    bounds = [0, *paragraphs, len(text)]
    for first, last in pairwise(bounds):
        quotations = [span for pattern in (_SINGLE, _DOUBLE) for span in _quotations(text, pattern, first, last, found)]
        for opening, closing in [*_paired(text, first, last), *quotations]:
            limit = whole_bracket if text[opening] in _BRACKETS else whole_quotation
            if closing - opening <= limit:
                found._spans.append((opening, closing))
    for opening, closing in sorted(found._spans):
        if not found._lasts or opening >= found._lasts[-1]:
            found._firsts.append(opening)
            found._lasts.append(closing)
        elif closing > found._lasts[-1]:
            found._lasts[-1] = closing
    return found


def _paired(text: str, first: int, last: int) -> list[tuple[int, int]]:
    """Marks that have a partner of another shape."""
    spans: list[tuple[int, int]] = []
    stack: list[int] = []
    for match in _MARK.finditer(text, first, last):
        mark = match.group()
        if mark in _PAIRS:
            stack.append(match.start())
            continue
        for depth in range(len(stack) - 1, max(-1, len(stack) - 1 - _NESTED), -1):
            if _PAIRS[text[stack[depth]]] == mark:
                spans.append((stack[depth], match.start()))
                del stack[depth:]
                break
    return spans


def _quotations(
    text: str, pattern: re.Pattern[str], first: int, last: int, found: Enclosures
) -> Iterable[tuple[int, int]]:
    """Quotations in marks of one family; closing marks between spaces are noted in ``found``."""
    marks = [
        (match.start(), match.group(), kind)
        for match in pattern.finditer(text, first, last)
        if (kind := _kind(text, match, first, last))
    ]
    spans: list[tuple[int, int]] = []
    opening = -1
    for (place, mark, kind), settled in zip(marks, _settled([kind for _, _, kind in marks], text, marks), strict=True):
        if settled == "open":
            opening = place
            continue
        if kind == "spaced":
            found.closing[place] = mark
        if opening >= 0:
            spans.append((opening, place))
            opening = -1
    return spans


def _kind(text: str, match: re.Match[str], first: int, last: int) -> str:
    """What a mark's neighbours say: ``open``, ``close``, ``spaced`` (either), or nothing for an apostrophe."""
    place, end, mark = match.start(), match.end(), match.group()
    before = text[place - 1] if place > first else " "
    after = text[end] if end < last else " "
    if _CLITIC.match(text, place) and not before.isalnum():
        return ""
    if before.isspace() and after.isspace():
        return "spaced"
    if before.isspace() or (before in _STARTING and not after.isspace() and after not in _ENDING):
        return "" if after.isdigit() and mark == "’" else "open"
    if mark in {'"', "''", "``"}:
        return "" if before.isdigit() and not (after.isspace() or after in _ENDING) else "close"
    if before.isalnum():
        # A plural's apostrophe looks like a closing mark; only what ends a word after a comma or stop is sure.
        return "" if after.isalnum() or before == "s" or mark == "‘" else "close?"
    return "close" if before in _ENDING else ""


def _settled(kinds: list[str], text: str, marks: list[tuple[int, str, str]]) -> list[str]:
    """Decide the undecided: marks alternate, so a spaced one is settled by the next mark that is sure."""
    settled = [""] * len(kinds)
    following = ""
    for at in range(len(kinds) - 1, -1, -1):
        kind = kinds[at]
        if kind == "spaced" and following:
            settled[at] = "close" if following == "open" else "open"
        elif kind != "spaced":
            settled[at] = "open" if kind == "open" else "close"
        following = settled[at] if kind != "close?" else following
    unsettled = [at for at, kind in enumerate(settled) if not kind]
    if unsettled:
        place = marks[unsettled[0]][0]
        opens_text = not text[max(0, place - 20) : place].strip()
        is_open = len(unsettled) % 2 == 0 or opens_text
        for at in unsettled:
            settled[at] = "open" if is_open else "close"
            is_open = not is_open
    return settled
