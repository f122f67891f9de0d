"""Learns from pairs of texts which words answer one another: a translation model after IBM's first, in a few rounds.

P. F. Brown and others, "The Mathematics of Statistical Machine Translation", Computational Linguistics 19 (1993).
"""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from desktop_app.language.alignment.lexicon import Lexicon
from desktop_app.language.alignment.words import ANCHOR, word_lists

_ROUNDS = 4
_MOST_WORDS = 80  # words of one side of a pair; more say little about one another
_LEAST_TIMES = 1.6  # expected number of times that two words answer one another
_ONE_OFF = 0.75  # taken from a count: what two words share once, they may share by chance
_LEAST_CHANCE = 0.08
_MOST_CHANCE = 0.85
_MOST_CELLS = 8_000_000  # pairs of words that are weighed against one another

Numbers = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]


def taught(lexicon: Lexicon, pairs: Iterable[tuple[str, str]], languages: tuple[str, str]) -> Lexicon:
    """Return the lexicon with what pairs of sentences teach, the first ones as far as there is room for them.

    The first text of a pair is in the first language; alignment looks words up from Chinese.
    """
    known = list(pairs)
    words = word_lists([one for one, _ in known], [other for _, other in known], languages, lexicon)
    learned = learn(list(zip(words.source, words.target, strict=True)))
    merged = {word: dict(answers) for word, answers in lexicon.learned.items()}
    for word, answers in learned.items():
        if not word.startswith(ANCHOR):
            merged[word] = answers | merged.get(word, {})
    return Lexicon(lexicon.entries, merged)


def learn(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> dict[str, dict[str, float]]:
    """Return for each source word the target words that answer it, each with its chance.

    A pair is the different words of two texts that say the same.
    """
    cells = _Cells(pairs)
    if not cells.pairs:
        return {}
    kinds, kind = np.unique(cells.source * len(cells.theirs) + cells.target, return_inverse=True)
    source_of, target_of = kinds // len(cells.theirs), kinds % len(cells.theirs)
    expected = _expected(kind, source_of, cells.group)
    chances = (expected - _ONE_OFF) / (cells.occurrences[source_of] + 0.5)
    kept = (expected >= _LEAST_TIMES) & (chances >= _LEAST_CHANCE)
    together = (np.bincount(kind) - _ONE_OFF) / (cells.occurrences[source_of] + 0.5)
    # the model shares an answer out among words that always come together: the truth lies between both figures
    chances = np.sqrt(np.maximum(chances, 0.0) * np.maximum(together, 0.0))
    ours, theirs = list(cells.ours), list(cells.theirs)
    found: dict[str, dict[str, float]] = {}
    for one, other, chance in zip(source_of[kept], target_of[kept], chances[kept], strict=True):
        found.setdefault(ours[one], {})[theirs[other]] = min(_MOST_CHANCE, float(chance))
    return found


class _Cells:
    """Every source word of a pair beside every target word of it, pair after pair, in numbers.

    ``group`` numbers the target words as they stand: the cells of a group share out one word.
    """

    def __init__(self, pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> None:
        self.ours: dict[str, int] = {}
        self.theirs: dict[str, int] = {}
        self.pairs = groups = cells = 0
        source, target, group, seen = [], [], [], []
        for ours, theirs in pairs:
            one = np.array([self.ours.setdefault(word, len(self.ours)) for word in ours[:_MOST_WORDS]], dtype=np.int64)
            other = np.array(
                [self.theirs.setdefault(word, len(self.theirs)) for word in theirs[:_MOST_WORDS]], dtype=np.int64
            )
            cells += one.size * other.size
            if cells > _MOST_CELLS:
                break
            source.append(np.repeat(one, other.size))
            target.append(np.tile(other, one.size))
            group.append(np.tile(np.arange(groups, groups + other.size), one.size))
            seen.append(one)
            groups += other.size
            self.pairs += bool(one.size and other.size)
        if self.pairs:
            self.source, self.target, self.group = map(np.concatenate, (source, target, group))
            self.occurrences: Numbers = np.bincount(np.concatenate(seen), minlength=len(self.ours))


def _expected(kind: Numbers, source_of: Numbers, group: Numbers) -> Doubles:
    """Expected number of times that each kind of cell holds words that answer one another."""
    weight: Doubles = np.ones(len(source_of))
    expected = weight
    for _ in range(_ROUNDS):
        shares = weight[kind]
        shares /= np.bincount(group, shares)[group]
        expected = np.bincount(kind, shares, minlength=len(source_of)).astype(np.float64)
        weight = expected / np.bincount(source_of, expected)[source_of]
    return expected
