"""Pairs the sentences of two texts that say the same: words, lengths and marks, searched through all monotone pairings.

In the tradition of W. A. Gale and K. W. Church, "A Program for Aligning Sentences in Bilingual Corpora" (lengths),
and R. C. Moore, "Fast and Accurate Sentence Alignment of Bilingual Corpora" (words learned from a first pass).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Protocol

from desktop_app.language.alignment_band import band, band_of_path
from desktop_app.language.alignment_links import Answers, Chances, adapted, known_chances, links
from desktop_app.language.alignment_model import adapted_model, first_model
from desktop_app.language.alignment_scores import Paragraphs, Scores, Shape
from desktop_app.language.alignment_search import Step, best_path, surest_path
from desktop_app.language.alignment_support import borne_out
from desktop_app.language.alignment_words import word_lists
from desktop_app.language.anchors import is_chinese
from desktop_app.language.lexicon import Lexicon
from desktop_app.language.lexicon_learning import learn

_SENTENCES: Mapping[Shape, float] = {
    (1, 1): 0.72, (1, 2): 0.07, (2, 1): 0.06, (2, 2): 0.015, (1, 3): 0.012, (3, 1): 0.01, (2, 3): 0.005,
    (3, 2): 0.004, (1, 4): 0.004, (4, 1): 0.003, (3, 3): 0.0015, (2, 4): 0.001, (4, 2): 0.001, (1, 5): 0.0015,
    (5, 1): 0.001, (1, 0): 0.02, (0, 1): 0.02,
}  # fmt: skip
_BLOCKS: Mapping[Shape, float] = {
    (1, 1): 0.96, (1, 0): 0.008, (0, 1): 0.008, (1, 2): 0.006, (2, 1): 0.006, (1, 3): 0.001, (3, 1): 0.001
}  # fmt: skip
_NARROW_BAND = 14
_PRICE = 0.42


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
        text = _Text(source, target, paragraphs, self._languages, self._lexicon, self._shares)
        return [_bead(step) for step in text.paired_again(text.paired())]


class _Text:
    """Two texts and what is known of them: paired once with general knowledge, and again with what that taught."""

    def __init__(
        self,
        source: Sequence[str],
        target: Sequence[str],
        paragraphs: Paragraphs | None,
        languages: tuple[str, str],
        lexicon: Lexicon,
        shares: Mapping[Shape, float],
    ) -> None:
        self._size = len(source), len(target)
        self._words = word_lists(source, target, languages, lexicon)
        translates = is_chinese(languages[0]) and languages[1].lower().startswith("en")
        self._chances = known_chances(self._words, lexicon if translates else Lexicon({}, lexicon.learned))
        self._scores = Scores(source, target, paragraphs)
        self._shares = shares

    def paired(self) -> list[Step]:
        """Find the best path with what holds for any two texts."""
        scores, known = self._scores, links(self._words, self._chances)
        model = first_model(self._shares, scores)
        bounds = band(known, scores.source_lengths.tolist(), scores.target_lengths.tolist())
        return best_path(bounds, model.shapes, model.priors[0, 1], lambda window: scores.window(window, known, model))

    def paired_again(self, path: Sequence[Step]) -> list[Step]:
        """Find the path whose beads are surest, with the words, shapes and lengths that a first path teaches."""
        scores = self._scores
        beads = [(step.i, step.i + step.a, step.j, step.j + step.b) for step in path if step.a and step.b]
        known = adapted(links(self._words, self._taught(beads)), beads)
        model = adapted_model(self._shares, path, scores)
        narrow = band_of_path(path, *self._size, _NARROW_BAND)
        path = surest_path(
            narrow,
            model.shapes,
            model.priors[0, 1],
            lambda window: scores.window(window, known, model),
            price=_PRICE,
        )
        return borne_out(path, known)

    def _taught(self, beads: Sequence[tuple[int, int, int, int]]) -> Chances:
        """What the lexicon says, and what these two texts themselves teach."""
        words = self._words
        pairs = [
            (
                list(dict.fromkeys(chain.from_iterable(words.source[i:k]))),
                list(dict.fromkeys(chain.from_iterable(words.target[j:m]))),
            )
            for i, k, j, m in beads
        ]
        found: Answers = {word: dict(answers) for word, answers in self._chances.answers.items()}
        for word, answers in learn(pairs).items():
            own = found.setdefault(word, {})
            for answer, chance in answers.items():
                own[answer] = max(chance, own.get(answer, 0.0))
        return replace(self._chances, answers=found)


def _bead(step: Step) -> Bead:
    source = tuple(range(step.i, step.i + step.a))
    target = tuple(range(step.j, step.j + step.b))
    return Bead(source, target, round(min(1.0, step.sure), 4) if source and target else 0.0)
