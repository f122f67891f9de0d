"""Counts that the office goes by: Chinese characters on one side, English words on the other."""

import re
from dataclasses import dataclass

# Unified ideographs with extensions A to H, compatibility ideographs and the iteration mark (Unicode 15, Script=Han).
_HAN = re.compile(r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_WORD = re.compile(r"[A-Za-z0-9\u00c0-\u024f]+(?:[\u2019'.,\-][A-Za-z0-9\u00c0-\u024f]+)*")


def han_characters(text: str) -> int:
    """Number of Han characters, punctuation left out."""
    return len(_HAN.findall(text))


def english_words(text: str) -> int:
    """Number of words; a hyphenated word, a contraction or a number with separators is one."""
    return len(_WORD.findall(text))


def words_of(text: str) -> list[str]:
    """The words that ``english_words`` counts."""
    return _WORD.findall(text)


def has_han(text: str) -> bool:
    """Whether any Han character is in the text."""
    return _HAN.search(text) is not None


# What Word calls Asian characters: Han, kana, bopomofo, CJK symbols and punctuation, full-width and half-width forms.
_ASIAN = (
    r"\u2e80-\u303f\u3040-\u312f\u3190-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff"
    r"\ufe30-\ufe4f\uff00-\uffef\U00020000-\U000323af"
)
# Marks that both scripts write with one code; Word goes by the font, here the letter before them decides.
_SHARED = r"\u00b7\u2014\u2018\u2019\u201c\u201d\u2026"
_SPACES = r"\s\u200b"  # U+3000, the wide space, is among \s
_PIECES = re.compile(
    rf"(?P<spaces>[{_SPACES}]+)|(?P<asian>[{_ASIAN}])|(?P<shared>[{_SHARED}])|(?P<other>[^{_SPACES}{_ASIAN}{_SHARED}]+)"
)
_FIRST_LETTER = re.compile(rf"[^{_SPACES}{_SHARED}]")
_IS_ASIAN = re.compile(rf"[{_ASIAN}]")


@dataclass(frozen=True, slots=True)
class WordCount:
    """The figures of Word's dialog for one text or several.

    ``words`` is ``asian`` and ``other`` together; ``characters`` leaves spaces out, ``with_spaces`` has them.
    """

    words: int = 0
    characters: int = 0
    with_spaces: int = 0
    asian: int = 0
    other: int = 0

    def __add__(self, more: "WordCount") -> "WordCount":
        """Both texts together."""
        return WordCount(
            self.words + more.words,
            self.characters + more.characters,
            self.with_spaces + more.with_spaces,
            self.asian + more.asian,
            self.other + more.other,
        )


def word_count(text: str) -> WordCount:
    """Count one text as Microsoft Word does.

    Word's dialog has "Words", "Asian characters, Korean words" and "Non-Asian words"; ``WdStatistic`` names the first
    and ``wdStatisticFarEastCharacters``. An Asian character is a word, a full-width mark too; what lies between spaces
    and Asian characters is one word however it is made up, so "vis-à-vis" and "06/30/2003" are one each. Word decides
    by the font whether “ ” ‘ ’ … — · are Asian: here they are where the letter before them (at the beginning: after
    them) is. Korean syllables form words between spaces.
    """
    asian = other = spaces = 0
    inside = False  # a word of the other kind has begun
    opening = _FIRST_LETTER.search(text)
    was_asian = opening is not None and _IS_ASIAN.match(opening[0]) is not None
    for piece in _PIECES.finditer(text):
        kind = piece.lastgroup
        if kind == "spaces":
            spaces += len(piece[0])
            inside = False
        elif kind == "asian" or (kind == "shared" and was_asian and not inside):
            asian += 1
            inside, was_asian = False, True
        elif kind == "shared" or not inside:
            other += not inside
            inside, was_asian = True, False
        else:
            was_asian = False
    return WordCount(asian + other, len(text) - spaces, len(text), asian, other)
