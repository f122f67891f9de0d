"""Splits text into sentences, so that the pieces joined are the text again, character for character."""

import re
from itertools import accumulate
from typing import Protocol

import sentencex  # type: ignore[import-untyped] # 1.0.32 ships no types

from desktop_app.domain.story import joiner
from desktop_app.language.sentences.chinese import ChineseSegmenter
from desktop_app.language.sentences.english import EnglishSegmenter, cut
from desktop_app.language.sentences.rules import (
    NO_RULES,
    LanguageRules,
    SegmentationRules,
    after_space,
    corrected,
    matcher,
)

# sentencex 1.0.32 takes time as the square of a text of marks alone; longer texts are given to it in parts.
_LONGEST_PART = 4000
_SURROGATE = re.compile("[\ud800-\udfff]")  # it takes none


class Segmenter(Protocol):
    """Splits a text of one language into sentences."""

    def split(self, text: str) -> list[str]:
        """Return the sentences of ``text`` as slices: ``"".join(pieces) == text``, no piece is empty.

        Whitespace belongs to the end of the piece before it; leading whitespace of the text to the first piece.
        """
        ...


def segmenter(language: str, rules: SegmentationRules = NO_RULES) -> Segmenter:
    """Return the segmenter for a BCP 47 tag, with the rules of a house where it has any.

    Chinese (with Japanese) and English have rules of their own; for other languages sentencex proposes.
    """
    primary = language.replace("_", "-").split("-")[0].lower()
    house = rules.of(language)
    if primary in {"zh", "ja"}:
        return ChineseSegmenter(house)
    if primary == "en":
        return EnglishSegmenter(house)
    return _OtherSegmenter(primary, house)


class _OtherSegmenter:
    """Splits text of a language that we have no rules for."""

    def __init__(self, language: str, rules: LanguageRules) -> None:
        self._language = language
        self._house = matcher(rules.rules)

    def split(self, text: str) -> list[str]:
        """Return the sentences of ``text`` as slices."""
        ends: set[int] = set()
        start = 0
        while start < len(text):
            end = _part_end(text, start)
            ends.update(self._ends(text, start, end))
            start = end
        return cut(text, corrected(text, sorted(ends), self._house))

    def _ends(self, text: str, start: int, end: int) -> list[int]:
        """Where sentencex ends sentences within a part, each behind its whitespace; not at the part's own end."""
        part = _SURROGATE.sub("\ufffd", text[start:end])
        pieces = sentencex.segment(self._language, part)
        if "".join(pieces) != part:
            return []  # what it cannot give back is not cut
        ends = [start]
        for place in accumulate(len(piece) for piece in pieces[:-1]):
            if start + place > ends[-1]:
                ends.append(after_space(text, start + place))
        return ends[1:]


def _part_end(text: str, start: int) -> int:
    """Where a part of bearable length ends, behind a space if there is one."""
    end = start + _LONGEST_PART
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", start, end)
    return space + 1 if space > start else end


def split_for_story(text: str, language: str, rules: SegmentationRules = NO_RULES) -> list[str]:
    """Split a paragraph into the pieces that a story stores.

    Where the language joins pieces with a space, a boundary counts only if exactly one space stands there, and
    that space is in neither piece: ``" ".join(pieces) == text``. So a missing or a doubled space stays inside its
    piece, for the checks to find. In Chinese the pieces are slices: ``"".join(pieces) == text``.
    """
    pieces = segmenter(language, rules).split(text)
    if joiner(language) == "":
        return pieces
    stored: list[str] = []
    held: list[str] = []
    for number, piece in enumerate(pieces):
        held.append(piece)
        following = pieces[number + 1] if number + 1 < len(pieces) else ""
        has_one_space = piece.endswith(" ") and not piece[-2:-1].isspace() and piece != " "
        if following and has_one_space and not following[:1].isspace():
            stored.append("".join(held)[:-1])
            held = []
    if held:
        stored.append("".join(held))
    return stored
