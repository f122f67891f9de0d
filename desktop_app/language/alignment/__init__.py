"""Pairs the sentences of two texts that say the same: words, lengths and marks, searched through all monotone pairings.

What pairs them is in ``two_texts``, and loaded when first needed: NumPy takes a tenth of a second.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop_app.language.alignment.anchors import is_chinese
from desktop_app.language.alignment.lexicon import Lexicon
from desktop_app.language.alignment.shapes import Paragraphs, Shape

_SENTENCES: Mapping[Shape, float] = {
    (1, 1): 0.72, (1, 2): 0.07, (2, 1): 0.06, (2, 2): 0.015, (1, 3): 0.012, (3, 1): 0.01, (2, 3): 0.005,
    (3, 2): 0.004, (1, 4): 0.004, (4, 1): 0.003, (3, 3): 0.0015, (2, 4): 0.001, (4, 2): 0.001, (1, 5): 0.0015,
    (5, 1): 0.001, (1, 0): 0.02, (0, 1): 0.02,
}  # fmt: skip
_BLOCKS: Mapping[Shape, float] = {
    (1, 1): 0.96, (1, 0): 0.008, (0, 1): 0.008, (1, 2): 0.006, (2, 1): 0.006, (1, 3): 0.001, (3, 1): 0.001
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences that answer one another, by index. ``score``: how sure, 0 to 1; 0 where one side is empty."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float


class Aligner(Protocol):
    """Pairs two sequences of sentences."""

    def align(self, source: Sequence[str], target: Sequence[str], paragraphs: Paragraphs | None = None) -> list[Bead]:
        """Return beads in reading order; every index of both sides occurs exactly once.

        Where paragraphs are known, beads rather end where paragraphs of both texts end, as far as these two agree.
        """
        ...


def aligner(source_language: str, target_language: str, lexicon: Lexicon | None = None) -> Aligner:
    """Return the aligner for sentences of two languages (BCP 47 tags)."""
    return _Aligner((source_language, target_language), lexicon, _SENTENCES)


def align_blocks(
    source: Sequence[str],
    target: Sequence[str],
    source_language: str = "zh-Hans",
    target_language: str = "en",
    lexicon: Lexicon | None = None,
) -> list[Bead]:
    """Pair paragraphs: as sentences are paired, with a stronger belief in one against one."""
    return _Aligner((source_language, target_language), lexicon, _BLOCKS).align(source, target)


class _Aligner:
    def __init__(self, languages: tuple[str, str], lexicon: Lexicon | None, shares: Mapping[Shape, float]) -> None:
        self._languages = languages
        self._lexicon = lexicon or Lexicon()
        self._shares = shares

    def align(self, source: Sequence[str], target: Sequence[str], paragraphs: Paragraphs | None = None) -> list[Bead]:
        """Return beads in reading order."""
        if not source or not target:
            return [Bead((n,), (), 0.0) for n in range(len(source))] + [Bead((), (n,), 0.0) for n in range(len(target))]
        one, other = self._languages
        if is_chinese(other) and not is_chinese(one):  # words are looked up from Chinese
            turned = _Aligner((other, one), self._lexicon, self._shares)
            beads = turned.align(target, source, paragraphs[::-1] if paragraphs else None)
            return [Bead(bead.target, bead.source, bead.score) for bead in beads]
        from desktop_app.language.alignment.two_texts import TwoTexts  # noqa: PLC0415 - NumPy is not quick to load

        text = TwoTexts(source, target, paragraphs, self._languages, self._lexicon, self._shares)
        return [_bead(*step) for step in text.beads()]


def _bead(i: int, a: int, j: int, b: int, sure: float) -> Bead:
    return Bead(tuple(range(i, i + a)), tuple(range(j, j + b)), round(min(1.0, sure), 4) if a and b else 0.0)
