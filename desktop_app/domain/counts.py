"""Counts that the office goes by: Chinese characters on one side, English words on the other."""

import re

# Unified ideographs with extensions A to H, compatibility ideographs and the iteration mark (Unicode 15, Script=Han).
_HAN = re.compile(r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_WORD = re.compile(r"[A-Za-z0-9\u00c0-\u024f]+(?:[\u2019'.,\-][A-Za-z0-9\u00c0-\u024f]+)*")


def han_characters(text: str) -> int:
    """Number of Han characters, punctuation left out."""
    return len(_HAN.findall(text))


def english_words(text: str) -> int:
    """Number of words; a hyphenated word, a contraction or a number with separators is one."""
    return len(_WORD.findall(text))


def has_han(text: str) -> bool:
    """Whether any Han character is in the text."""
    return _HAN.search(text) is not None
