"""Where a text is cut when its other side was cut by hand: between sentences, clauses or words, never through them."""

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence
from itertools import accumulate

from desktop_app.language.sentences import segmenter
from desktop_app.language.sentences.rules import NO_RULES, SegmentationRules

_CLAUSES = (
    re.compile(r"[；，、：](?![”’」』）》〉])|——(?!—)|[”’」』）](?=[，。；、])[，；、]"),
    re.compile(r"(?:[,;:]|—|–)[\"”’)]*\s+|(?<=\s)[–—]\s+"),
)
_LONGEST_WORD = 8
# What stays in one piece in Chinese: numbers with their marks, unit and percent, Latin words, titles and quotations.
_WHOLE = re.compile(
    r"第?[0-9０-９][0-9０-９.,，:：/％%‰—~～-]*[0-9０-９％%‰](?:多|余|几)?[年月日时分秒个名位项万亿千百元人次篇届%]{0,2}"
    r"|第?[0-9０-９](?:多|余|几)?[年月日时分秒个名位项万亿千百元人次篇届%％‰]{0,2}"
    r"|第?[〇零一二三四五六七八九十百千万亿两]{2,}|第[一二三四五六七八九十]"
    r"|[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f0-9'’.&/+-]*"
    r"|《[^《》]{1,60}》|〈[^〈〉]{1,60}〉|“[^“”]{1,30}”|‘[^‘’]{1,30}’|「[^「」]{1,30}」|『[^『』]{1,30}』"
    r"|（[^（）]{1,30}）"
)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]{2,}")
# Signs that lean on the word before them, and those that begin what follows, where nobody knows the words
_LEANING = frozenset("的了着过们地得之者性化等吗呢吧啊上下中里内外后前间时，。；：、！？）》」』”’％%")
_BEGINNING = frozenset("和与及并或而但在于从向对将把被由为以因使让是有到至（《「『“‘")
_NOT_AFTER = frozenset("（《「『“‘〈")


def cut_like(
    text: str,
    share: float,
    language: str,
    *,
    rules: SegmentationRules = NO_RULES,
    words: Container[str] = frozenset(),
) -> int:
    """Where to cut ``text`` when its other side is cut after ``share`` (0 to 1) of its length.

    The end of a sentence that is nearest wins, then of a clause, then of a word; 0 where it cannot be cut. ``words``
    are Chinese words that stay whole; without them the signs themselves tell where a word hardly ends.
    """
    chinese = language.lower().startswith(("zh", "ja"))
    wanted = share * len(text)
    ends = [end for end in accumulate(map(len, segmenter(language, rules).split(text))) if end < len(text)]
    if ends:
        return _nearest(ends, wanted)
    whole = _wholes(text, words) if chinese else []
    clauses = (found.end() for found in _CLAUSES[0 if chinese else 1].finditer(text))
    places = [end for end in clauses if 0 < end < len(text) and not _inside(whole, end)]
    if places:
        return _nearest(places, wanted)
    if not chinese:
        places = [found.end() for found in re.finditer(r"\s+", text) if 0 < found.end() < len(text)]
        return _nearest(places, wanted) if places else 0
    return _between_words(text, wanted, whole)


def _between_words(text: str, wanted: float, whole: Sequence[tuple[int, int]]) -> int:
    places = [place for place in range(1, len(text)) if not _inside(whole, place)]
    if not places:
        return 0
    return min(places, key=lambda place: (abs(place - wanted) + _dislike(text, place), place))


def _dislike(text: str, place: int) -> float:
    """How badly a cut would stand here, in signs that one would rather go further."""
    before, after = text[place - 1], text[place]
    cost = 0.0
    if after in _LEANING or before in _NOT_AFTER:
        cost += 6
    if before in _BEGINNING:
        cost += 4
    if after in _BEGINNING or before in "的了":
        cost -= 1.5
    return cost


def _wholes(text: str, words: Container[str]) -> list[tuple[int, int]]:
    """What is not to be cut, in order; spans do not overlap, but one may hold another."""
    spans = [found.span() for found in _WHOLE.finditer(text)]
    for run in _HAN.finditer(text):
        spans += _words_in(run.group(), run.start(), words)
    return _merged(spans)


def _words_in(run: str, start: int, words: Container[str]) -> Iterable[tuple[int, int]]:
    """The longest words from left to right that ``words`` has."""
    place = 0
    while place < len(run):
        size = next(
            (n for n in range(min(_LONGEST_WORD, len(run) - place), 1, -1) if run[place : place + n] in words), 1
        )
        if size > 1:
            yield start + place, start + place + size
        place += size


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _inside(spans: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether a place lies within a span, not at its edge."""
    found = bisect_left(spans, (place, place)) - 1
    return found >= 0 and spans[found][0] < place < spans[found][1]


def _nearest(places: Sequence[int], wanted: float) -> int:
    return min(places, key=lambda place: abs(place - wanted))
