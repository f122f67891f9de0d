"""Which words of two texts answer one another, how much that says, and what it says where the answer is missing."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

from desktop_app.language.alignment.cues import SURNAMES, WORDS
from desktop_app.language.alignment.lexicon import Lexicon
from desktop_app.language.alignment.words import ANCHOR, NAME, PAIR, WordLists

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]

NO_LINK = -9.0
_CHANCE_OF_ANCHOR = {"number": 0.85, "small": 0.45, "file": 0.97, "same": 0.98}
_CHANCE_OF_SAME = 0.75
_CHANCE_OF_NAME = {1: 0.3, 2: 0.7}  # by the number of name marks turned round: one syllable, more
_CHANCE_OF_CUE = 0.55
_MAY_BE_LACKING = (f"{ANCHOR}same", NAME, PAIR)
_SHARE_OF_LACKING = 0.6  # of what is expected of a word, if its answers stand nowhere in the text
_CHANCE_OF_UNKNOWN = 0.25
_PART, _SIGN = 0.55, 0.2  # chance of an answer of a part of a word, as a share of its own
_MOST_FOUND = 0.8
_LEAST_VALUE = 0.05
_MOST_VALUE = 4.5
_MOST_COMMON = 0.9
_MOST_LEARNED = 0.85
_RATES = 0.3, 1.3  # how far texts are translated more loosely or closely than a lexicon expects
_ELSEWHERE = 5  # sentences of other texts without a word: in a short text every word is frequent
_BELIEF = 4.0  # occurrences that the expectation of a word counts for


@dataclass(frozen=True, slots=True)
class Side:
    """The words of one text: ``words[starts[n]:starts[n + 1]]`` are those of sentence ``n``; word 0 means nothing.

    For each kind of word: ``missing`` is what it tells, in nats, where no answer stands in the other text, ``gain``
    what a found answer tells beyond its link; ``expected`` the chance that an answer stands in the translation,
    ``by_chance`` that one stands in any sentence.
    """

    starts: Numbers
    words: Numbers
    frequencies: Numbers
    missing: Floats
    gain: Floats
    expected: Doubles
    by_chance: Doubles


@dataclass(frozen=True, slots=True)
class Links:
    """``targets[starts[w]:starts[w + 1]]`` answer source word ``w``; ``values`` in nats, as a ratio to chance."""

    source: Side
    target: Side
    starts: Numbers
    targets: Numbers
    values: Floats


class Vocabulary:
    """Numbers for words, from 1."""

    def __init__(self, lists: Sequence[Sequence[str]]) -> None:
        self.frequencies = Counter(chain.from_iterable(lists))
        self.numbers = {word: number for number, word in enumerate(self.frequencies, start=1)}
        sizes = [len(words) + 1 for words in lists]
        self.starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.intp)
        numbers = self.numbers
        self.words = np.array([n for words in lists for n in (0, *(numbers[word] for word in words))], dtype=np.intp)


Answers = dict[str, dict[str, float]]
"""For each source word the target words that may answer it, each with its chance."""


@dataclass(frozen=True, slots=True)
class Chances:
    """What is known of the words of two texts.

    ``answers`` are answers that stand in the target somewhere, ``expected`` the chance that a translation has one,
    whether or not the text has it; ``answered`` the chance that a target word has one, if we know none.
    """

    answers: Answers
    expected: Mapping[str, float]
    answered: Mapping[str, float]


def known_chances(words: WordLists, lexicon: Lexicon) -> Chances:
    """Return what the lexicon, the built-in cues and the same spelling say of the words of two texts."""
    targets = dict.fromkeys(chain.from_iterable(words.target))
    cues = _cues(words.spelled)
    answers: Answers = {}
    expected: dict[str, float] = {}
    for word in dict.fromkeys(chain.from_iterable(words.source)):
        meant = _answers(word, lexicon, cues)
        if not word.startswith(_MAY_BE_LACKING) and meant:
            expected[word] = _SHARE_OF_LACKING * (1 - math.prod(1 - chance for chance in meant.values()))
        meant.setdefault(word, _CHANCE_OF_SAME)
        here = {answer: chance for answer, chance in meant.items() if answer in targets}
        if here:
            answers[word] = here
    unknown = _CHANCE_OF_UNKNOWN if lexicon.entries else 0.0
    answered = {word: _anchored(word) if word.startswith(ANCHOR) else unknown for word in targets}
    return Chances(answers, expected, answered)


def _anchored(word: str) -> float:
    kind = word[1:].partition(":")[0]
    return 0.0 if kind == "same" else _SHARE_OF_LACKING * _CHANCE_OF_ANCHOR[kind]


def _answers(word: str, lexicon: Lexicon, cues: Mapping[str, set[str]]) -> dict[str, float]:
    if word.startswith(ANCHOR):
        return {word: _CHANCE_OF_ANCHOR[word[1:].partition(":")[0]]}
    if word.startswith(NAME):
        name = word.lstrip(NAME)
        return {name: _CHANCE_OF_NAME[1 if word.startswith(NAME + NAME) else 2]}
    if word.startswith(PAIR):
        return dict(lexicon.learned.get(word, {}))
    found = dict(lexicon.answers(word))
    for answer in cues.get(word, ()):
        found[answer] = max(_CHANCE_OF_CUE, found.get(answer, 0.0))
    if len(word) > 1 and not word.isascii():
        for part, share in _parts(word, lexicon):
            for answer, chance in lexicon.answers(part).items():
                found[answer] = max(chance * share, found.get(answer, 0.0))
    return found


def _parts(word: str, lexicon: Lexicon) -> Iterable[tuple[str, float]]:
    for size in range(1, len(word)):
        for start in range(len(word) - size + 1):
            part = word[start : start + size]
            if part in lexicon:
                yield part, _SIGN if size == 1 else _PART


def _cues(spelled: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """For each cue word the stems of the text that begin as its answers do."""
    by_beginning: dict[str, list[str]] = {}
    for sign, beginnings in (*WORDS.items(), *SURNAMES.items()):
        for beginning in beginnings:
            by_beginning.setdefault(beginning, []).append(sign)
    longest = max(map(len, by_beginning))
    found: dict[str, set[str]] = {}
    for stem, words in spelled.items():
        for word in words:
            for size in range(2, min(len(word), longest) + 1):
                if size < 4 and size != len(word) and len(word) - size > 1:
                    continue  # a short beginning answers the word itself and its plural
                for sign in by_beginning.get(word[:size], ()):
                    found.setdefault(sign, set()).add(stem)
    return found


def links(words: WordLists, chances: Chances) -> Links:
    """Weigh the chances by how often the words stand in the two texts."""
    ours, theirs = Vocabulary(words.source), Vocabulary(words.target)
    n, m = len(words.source) + _ELSEWHERE, len(words.target) + _ELSEWHERE
    source_found: dict[int, list[tuple[float, float]]] = {}
    target_found: dict[int, list[tuple[float, float]]] = {}
    counts = np.zeros(len(ours.numbers) + 2, dtype=np.intp)
    targets: list[int] = []
    values: list[float] = []
    for word, number in ours.numbers.items():
        here = ours.frequencies[word] / n
        for answer, chance in chances.answers.get(word, {}).items():
            other = theirs.numbers.get(answer)
            if other is None:
                continue
            there = theirs.frequencies[answer] / m
            most = max(here, there)
            value = min(_MOST_VALUE, math.log(chance / most))
            source_found.setdefault(number, []).append((min(chance, there / here), there))
            target_found.setdefault(other, []).append((min(chance, here / there), here))
            if value < _LEAST_VALUE:
                continue
            targets.append(other)
            values.append(value)
            counts[number + 1] += 1
    starts = np.cumsum(counts)
    return Links(
        _side(ours, source_found, chances.expected),
        _side(theirs, target_found, chances.answered),
        starts,
        np.array(targets, dtype=np.intp),
        np.array(values, dtype=np.float32),
    )


def _side(
    vocabulary: Vocabulary, found: Mapping[int, Sequence[tuple[float, float]]], lacking: Mapping[str, float]
) -> Side:
    """Put a side together; ``found`` are the answers of each word: their chance, and their share of sentences."""
    size = len(vocabulary.numbers) + 1
    expected, by_chance = np.zeros(size), np.zeros(size)
    for word, number in vocabulary.numbers.items():
        missed = unlucky = 1.0
        for chance, share in found.get(number, ()):
            missed *= 1 - chance
            unlucky *= 1 - min(_MOST_COMMON, share)
        more = max(0.0, lacking.get(word, 0.0) - (1 - missed)) * _BELIEF / (_BELIEF + vocabulary.frequencies[word])
        expected[number], by_chance[number] = min(_MOST_FOUND, 1 - missed + more), min(_MOST_COMMON, 1 - unlucky)
    frequencies = np.array([0, *vocabulary.frequencies.values()], dtype=np.intp)
    return Side(
        vocabulary.starts,
        vocabulary.words,
        frequencies,
        np.log(1 - expected).astype(np.float32),
        np.zeros(size, dtype=np.float32),
        expected,
        by_chance,
    )


def adapted(known: Links, beads: Iterable[tuple[int, int, int, int]]) -> Links:
    """Learn from a first pairing how often each word finds its answer in these two texts.

    ``beads`` are stretches of both texts: from and to in the source, from and to in the target.
    """
    source, target = known.source, known.target
    answers = [frozenset(known.targets[a:b].tolist()) for a, b in pairwise(known.starts.tolist())]
    times, found = np.zeros(len(source.missing)), np.zeros(len(source.missing))
    other_times, other_found = np.zeros(len(target.missing)), np.zeros(len(target.missing))
    for i, k, j, m in beads:
        ours = set(source.words[source.starts[i] : source.starts[k]].tolist())
        theirs = set(target.words[target.starts[j] : target.starts[m]].tolist())
        times[list(ours)] += 1
        other_times[list(theirs)] += 1
        hits = {word: answers[word] & theirs for word in ours}
        found[[word for word, hit in hits.items() if hit]] += 1
        other_found[list(frozenset().union(*hits.values()))] += 1
    return replace(
        known, source=_experienced(source, times, found), target=_experienced(target, other_times, other_found)
    )


def _experienced(side: Side, times: Doubles, found: Doubles) -> Side:
    """Mix what was expected of each word, at the rate of the whole text, with what was found, less the lucky finds."""
    linked = side.expected > 0
    meant = np.maximum(0.0, found - times * side.by_chance) / (1 - side.by_chance)
    rate = meant[linked].sum() / max(1.0, float((times * side.expected)[linked].sum()))
    expected = np.clip(rate, *_RATES) * side.expected
    chance = np.where(linked, np.minimum(_MOST_LEARNED, (meant + _BELIEF * expected) / (times + _BELIEF)), 0.0)
    gain = np.log(np.maximum(chance, 0.02) / np.maximum(side.expected, 0.02))
    return replace(
        side,
        missing=np.log(1 - chance).astype(np.float32),
        gain=np.where(linked, np.clip(gain, -2.0, 1.0), 0.0).astype(np.float32),
    )
