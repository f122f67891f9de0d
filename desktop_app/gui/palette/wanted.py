"""What was typed, ready to be held against many texts: whole words first, then beginnings, pinyin, letters in order."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

_WHOLE, _START, _WORD, _INSIDE, _PINYIN, _LETTERS = 1000, 800, 700, 500, 380, 100
_FAR = 99  # characters; a word that stands further on is no worse
_PHRASE = 200  # points for a title that begins with all the words as they were typed: more than for being recent
_GAP = 25  # points that a gap between two letters costs
_MOST_WORDS = 8
_MOST_LETTERS = 16
_LONGEST = 80  # characters of one word

Span = tuple[int, int]
Pinyin = Callable[[str], re.Pattern[str] | None]


class Word:
    """One typed word. ``pinyin`` finds the Chinese that it may spell, None where it spells none."""

    def __init__(self, text: str, pinyin: Pinyin | None) -> None:
        self.text = text
        self.pinyin = pinyin(text) if pinyin is not None else None
        # Possessive, so that no way back is tried: letters in order take one pass over a line.
        steps = "".join(f"[^{re.escape(letter)}\n]*+{re.escape(letter)}" for letter in text)
        self._letters = re.compile(f"^{steps}", re.MULTILINE) if 1 < len(text) <= _MOST_LETTERS else None

    def may_fit(self, text: str) -> bool:
        """Whether a text in small letters could hold the word in some way: a cheap question before ``score``."""
        if self.pinyin is not None and self.pinyin.search(text):
            return True
        return self._letters is not None and self._letters.search(text) is not None

    def score(self, text: str) -> int:
        """How well the word fits one text in small letters, 0 where it does not."""
        at = text.find(self.text)
        if at < 0:
            return self._loose(text)
        if self.text == text:
            return _WHOLE
        if at == 0:
            return _START - min(len(text), _FAR)
        if _begins_word(text, at):
            return _WORD - min(at, _FAR)
        later = next((m.start() for m in re.finditer(re.escape(self.text), text) if _begins_word(text, m.start())), -1)
        return _WORD - min(later, _FAR) if later > 0 else _INSIDE - min(at, _FAR)

    def _loose(self, text: str) -> int:
        found = self.pinyin.search(text) if self.pinyin is not None else None
        if found is not None:
            return _PINYIN - min(found.start(), _FAR)
        letters = self._letters_in(text)
        if not letters:
            return 0
        gaps = sum(other != one + 1 and text[other - 1].isalnum() for one, other in pairwise(letters))
        return max(0, _LETTERS - _GAP * gaps)

    def spans(self, text: str) -> list[Span]:
        """The pieces of a text in small letters that the word fits."""
        at = text.find(self.text)
        if at >= 0:
            found = [m.start() for m in re.finditer(re.escape(self.text), text)]
            best = next((place for place in found if _begins_word(text, place)), at)
            return [(best, best + len(self.text))]
        spelled = self.pinyin.search(text) if self.pinyin is not None else None
        if spelled is not None:
            return [spelled.span()]
        return [(place, place + 1) for place in self._letters_in(text)] if self._loose(text) else []

    def _letters_in(self, text: str) -> list[int]:
        """The places of the letters in their order; none where one is missing. One alone is no match."""
        if self._letters is None:
            return []
        places: list[int] = []
        for letter in self.text:
            at = text.find(letter, places[-1] + 1 if places else 0)
            if at < 0:
                return []
            places.append(at)
        return places


class Wanted:
    """All typed words; each must fit somewhere in an entry."""

    def __init__(self, typed: str, pinyin: Pinyin | None = None) -> None:
        self.words = [Word(word[:_LONGEST], pinyin) for word in typed.lower().split()[:_MOST_WORDS]]
        self._phrase = " ".join(word.text for word in self.words)

    def stands_in(self, text: str) -> bool:
        """Whether every word stands in a text in small letters as it was typed."""
        return all(word.text in text for word in self.words)

    def may_fit(self, text: str) -> bool:
        """Whether every word could fit a text in small letters."""
        return all(word.text in text or word.may_fit(text) for word in self.words)

    def score(self, texts: Sequence[str]) -> int:
        """How well the words fit some texts in small letters, the first of which counts most; 0 where one does not."""
        total = 0
        for word in self.words:
            best = max(word.score(text) - 20 * (place > 0) for place, text in enumerate(texts))
            if best <= 0:
                return 0
            total += best
        if not self.words:
            return 1
        whole = len(self.words) > 1 and texts[0].startswith(self._phrase)
        return total // len(self.words) + _PHRASE * whole

    def spans(self, text: str) -> list[Span]:
        """The pieces of a text that fit, in order and apart."""
        small = text.lower()
        if len(small) != len(text):  # a few letters grow when they are made small: better no mark than a wrong one
            return []
        merged: list[Span] = []
        for start, end in sorted(span for word in self.words for span in word.spans(small)):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged


def score(query: str, title: str) -> int:
    """Return how well ``query`` fits one title, 0 where it does not."""
    return Wanted(query).score([title.lower()])


def _begins_word(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum() or not text[at - 1].isascii()
