"""Translations much shorter or longer than their Chinese: a part left out or put in, or two sentences mixed up.

English news has 0.64 to 0.88 words a Chinese sign, by where it comes from and who translates; a story of some length
shows which. How far a sentence strays from that shrinks with its length: by 0.85 over the root of its signs, but not
below 0.11, in the logarithm (measured on 547 pairs of WMT22). Far beyond that, or less far where a whole sentence is
missing by count too, the length alone is a warning.
"""

import math
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.pairs import Check, Pair, primary, whole

_SHORTEST = 14  # signs; a shorter sentence may become anything
_FEWEST_WORDS, _MOST_WORDS = math.log(0.64), math.log(0.88)  # a sign
_SPREAD, _LEAST_SPREAD = 0.85, 0.11
_NOTE, _WARNING = 2.8, 3.2  # spreads
_SHORT_BY_COUNT, _LONG_BY_COUNT = 1.4, 2.0  # spreads that are a warning where the sentences do not agree either
_ENOUGH_TO_TELL = 12  # segments that show the ratio of a story
_SIGN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[A-Za-z0-9]+(?:[.,'’-][A-Za-z0-9]+)*")
_PROSE = {"paragraph", "list item", "quotation", "deck"}
_CHINESE_STOP = re.compile(r"[。！？!?]+[”’」』）)]*")
_ENGLISH_STOP = re.compile(r"[.!?][”’\"')]*\s+(?=\S)")
_ABBREVIATION = re.compile(
    r"\b(?:Mrs?|Ms|Dr|Profs?|Gen|Sen|Rep|Gov|Lt|Col|St|No|vs|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|[A-Za-z])\.$"
)


@dataclass(frozen=True, slots=True)
class _Length:
    """How long both sides of a pair are; ``ratio`` is the logarithm of words a sign."""

    pair: Pair
    signs: int
    words: int
    ratio: float
    spread: float


def _lengths(pairs: Sequence[Pair]) -> Iterator[Finding]:
    lengths = [_measured(pair) for pair in pairs if _is_prose(pair)]
    lengths = [length for length in lengths if length.signs >= _SHORTEST]
    fewest, most = _FEWEST_WORDS, _MOST_WORDS
    if len(lengths) >= _ENOUGH_TO_TELL:
        usual = statistics.median(length.ratio for length in lengths)
        fewest = most = min(max(usual, _FEWEST_WORDS), _MOST_WORDS)
    for length in lengths:
        finding = _judged(length, (fewest - length.ratio) / length.spread, (length.ratio - most) / length.spread)
        if finding is not None:
            yield finding


def _is_prose(pair: Pair) -> bool:
    languages = primary(pair.source_language), primary(pair.target_language)
    return pair.kind in _PROSE and pair.has_both and languages == ("zh", "en")


def _measured(pair: Pair) -> _Length:
    signs, words = len(_SIGN.findall(pair.source)), len(pair.target.split())
    spread = max(_LEAST_SPREAD, _SPREAD / math.sqrt(signs + 1))
    return _Length(pair, signs, words, math.log((words + 1) / (signs + 1)), spread)


def _judged(length: _Length, short: float, long: float) -> Finding | None:
    pair = length.pair
    more = _sentences(pair.source) - _sentences(pair.target)
    is_short_by_count, is_long_by_count = more > 0 and short > _SHORT_BY_COUNT, more < 0 and long > _LONG_BY_COUNT
    values = {"words": length.words, "signs": length.signs}
    if short > _NOTE or is_short_by_count:
        message = N_("{words} words for {signs} characters: a part may be missing.", **values)
    elif long > _NOTE or is_long_by_count:
        message = N_("{words} words for {signs} characters: is all this in the source?", **values)
    else:
        return None
    is_sure = max(short, long) > _WARNING or is_short_by_count or is_long_by_count
    severity = Severity.WARNING if is_sure else Severity.NOTE
    return Finding(CHECK.id, severity, message, pair.id, target_span=(0, len(pair.target)))


def _sentences(text: str) -> int:
    """Count the sentences of a segment, roughly: stops inside it, and one."""
    inside = text.strip().rstrip("。！？!?”’」』）)\"'.… ")
    chinese = len(_CHINESE_STOP.findall(inside))
    english = sum(_is_stop(text, stop.start()) for stop in _ENGLISH_STOP.finditer(text))
    return 1 + chinese + english


def _is_stop(text: str, place: int) -> bool:
    return not _ABBREVIATION.search(text[max(0, place - 6) : place + 1])


CHECK = Check("length", N_("Unusual length"), whole(_lengths), Severity.WARNING)
