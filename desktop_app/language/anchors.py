"""What a sentence offers alignment besides its length: numbers, names, Latin strings, marks, familiar words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from desktop_app.language.cues import SURNAMES, WORDS
from desktop_app.language.numbers import read_numbers
from desktop_app.language.quantities import Quantity, QuantityKind

# A pair's bonus where both sides have the anchor; a sentence's loss where the other side lacks it.
_BONUS = {"same": 20.0, "number": 4.0, "small": 1.5, "latin": 3.0, "file": 8.0, "word": 1.6, "name": 2.0}
_LOSS = {"same": 0.0, "number": 1.6, "small": 0.5, "latin": 0.7, "file": 4.0, "word": 0.45, "name": 0.0}

_LATIN = re.compile(r"[A-Za-z][A-Za-z.+-]*[A-Za-z]|[A-Za-z]")
_FILE = re.compile(r"\b[\w-]+\.(?:jpe?g|png|gif|docx?|pdf)", re.IGNORECASE | re.ASCII)
_LONGEST_NAME = 40  # letters of Latin script that may be a mere name in a Chinese text
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_CAPITALISED = re.compile(r"\b[A-Z][A-Za-zü]+\b")
_CUE = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))
_SURNAME = re.compile("|".join(SURNAMES))
_STEMS: dict[str, list[str]] = {}
for _word, _stems in WORDS.items():
    for _stem in _stems:
        _STEMS.setdefault(_stem, []).append(_word)
_SPELLINGS: dict[str, list[str]] = {}
for _sign, _spellings in SURNAMES.items():
    for _spelling in _spellings:
        _SPELLINGS.setdefault(_spelling, []).append(_sign)
_LONGEST_STEM = max(len(stem) for stem in _STEMS)

Anchor = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Anchors:
    """The anchors of one sentence and the counts of its marks: questions, exclamations, quotations, brackets."""

    tokens: frozenset[Anchor]
    marks: tuple[int, int, int, int]


def is_chinese(language: str) -> bool:
    """Whether a BCP 47 tag is one of Chinese."""
    return language.lower().startswith("zh")


def anchors(text: str, language: str, other_language: str) -> Anchors:
    """Return what of ``text`` can be found again in a sentence of ``other_language``."""
    tokens = {anchor for quantity in read_numbers(text, language) for anchor in _number_anchor(quantity)}
    tokens |= {("file", name.lower()) for name in _FILE.findall(text)}
    if is_chinese(language) and not _is_left_in_latin(text):
        tokens |= {("latin", word.lower()) for word in _LATIN.findall(text) if len(word) > 1}
        if not is_chinese(other_language):
            tokens |= {("word", word) for word in _CUE.findall(text)}
            tokens |= {("name", sign) for sign in _SURNAME.findall(text)}
    elif is_chinese(language) or is_chinese(other_language):
        tokens |= {("latin", word.lower()) for word in _CAPITALISED.findall(text)}
        tokens |= _english_cues(text)
    else:
        tokens |= {("latin", word.lower()) for word in _CAPITALISED.findall(text)}
    if any(sign.isalpha() for sign in text):
        tokens.add(("same", text.strip().casefold()))
    return Anchors(frozenset(tokens), _marks(text))


def _is_left_in_latin(text: str) -> bool:
    """Whether a Chinese text is a passage that was left in English."""
    letters = sum(len(word) for word in _LATIN.findall(text))
    return letters > 4 * len(_HAN.findall(text)) and letters > _LONGEST_NAME


def _number_anchor(quantity: Quantity) -> list[Anchor]:
    value = quantity.value
    if quantity.kind is QuantityKind.DATE:
        return [("number", f"d{value}")]
    if quantity.kind is QuantityKind.MONTH:
        return [("small", f"m{value}")] if quantity.certain else []
    if quantity.kind is QuantityKind.HOUR:
        return [("small", f"h{value % 12}")]
    if quantity.kind is QuantityKind.DECADE:
        return [("number", f"{value % 100}s")]
    if value <= 3 and value.denominator == 1:
        return []
    large = value >= 13 or value.denominator != 1
    return [("number" if large and quantity.certain else "small", _canonical(value))]


def _canonical(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


def _english_cues(text: str) -> set[Anchor]:
    found: set[Anchor] = set()
    for word in re.findall(r"[a-z][a-z.]*[a-z]", text.lower()):
        for length in range(2, min(len(word), _LONGEST_STEM) + 1):
            if length < 4 and length != len(word) and len(word) - length > 1:
                continue  # a short stem answers the word itself and its plural
            found.update(("word", sign) for sign in _STEMS.get(word[:length], ()))
    for name in _CAPITALISED.findall(text):
        found.update(("name", sign) for sign in _SPELLINGS.get(name.lower(), ()))
    return found


def _marks(text: str) -> tuple[int, int, int, int]:
    questions = text.count("?") + text.count("？")
    exclamations = text.count("!") + text.count("！")
    quotations = sum(text.count(mark) for mark in "“「") + (text.count('"') + 1) // 2
    brackets = text.count("(") + text.count("（")
    return questions, exclamations, quotations, brackets


class AnchorTable:
    """What pairs of sentences gain by the anchors that they share, and each sentence's loss if it shares none."""

    def __init__(self, source: Sequence[Anchors], target: Sequence[Anchors]) -> None:
        places: dict[Anchor, list[int]] = {}
        for number, sentence in enumerate(target):
            for token in sentence.tokens:
                places.setdefault(token, []).append(number)
        known = {token for sentence in source for token in sentence.tokens}
        two_sided = {"word", "name"}
        self.source_loss = [sum(_LOSS[kind] for kind, _ in sentence.tokens) for sentence in source]
        self.target_loss = [
            sum(_LOSS[token[0]] for token in s.tokens if token in known or token[0] not in two_sided | {"latin"})
            for s in target
        ]
        most = max(12, len(target) // 8)
        self._weights = {
            token: _BONUS[token[0]] / (1 + 0.15 * (len(where) - 1)) + 2 * _LOSS[token[0]]
            for token, where in places.items()
            if token in known and len(where) <= most
        }
        self._source = [sentence.tokens & self._weights.keys() for sentence in source]
        self._target = [sentence.tokens & self._weights.keys() for sentence in target]
        self._rows: list[dict[int, float]] = []
        for tokens in self._source:
            row: dict[int, float] = {}
            for token in tokens:
                for number in places[token]:
                    row[number] = row.get(number, 0.0) + self._weights[token]
            self._rows.append(row)

    def shared(self, i: int, j: int, a: int, b: int) -> float:
        """Return what source ``i:i+a`` and target ``j:j+b`` share; an anchor that stands in several counts once."""
        sums = [row[place] for row in self._rows[i : i + a] if row for place in range(j, j + b) if place in row]
        if len(sums) < 2:
            return sums[0] if sums else 0.0
        ours = frozenset().union(*self._source[i : i + a])
        theirs = frozenset().union(*self._target[j : j + b])
        return sum(self._weights[token] for token in ours & theirs)
