"""What in a sentence is found again in its translation as it is: numbers across scripts, file names; and marks."""

import re
from fractions import Fraction

from desktop_app.language.numbers import read_numbers
from desktop_app.language.numbers.quantities import Quantity, QuantityKind

_FILE = re.compile(r"\b[\w-]+\.(?:jpe?g|png|gif|docx?|pdf)", re.IGNORECASE | re.ASCII)
_SINGLE = re.compile(r"(?:^|[\s(—–-])[‘'`]{1,2}(?=[A-Z])")  # opens what is said in single quotation marks
_LONGEST_SAME = 300  # characters of a sentence that may stand on both sides as it is
_CLEAR = 13  # from here on a number is rarely a mere word

Anchor = tuple[str, str]
"""A kind (``number``, ``small``, ``file``, ``same``) and a value."""

MARKS = 5


def is_chinese(language: str) -> bool:
    """Whether a BCP 47 tag is one of Chinese."""
    return language.lower().startswith("zh")


def anchors(text: str, language: str) -> set[Anchor]:
    """Return what of ``text`` can be found again as it is in a sentence of another language."""
    tokens: set[Anchor] = set()
    for quantity in read_numbers(text, language):
        tokens.update(_number_anchor(quantity))
    tokens.update(("file", name.lower()) for name in _FILE.findall(text))
    if any(sign.isalpha() for sign in text):
        tokens.add(("same", text.strip().casefold()[:_LONGEST_SAME]))
    return tokens


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
    large = value >= _CLEAR or value.denominator != 1
    return [("number" if large and quantity.certain else "small", _canonical(value))]


def _canonical(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


def marks(text: str) -> tuple[int, int, int, int, int]:
    """Count the marks that translations keep: questions, exclamations, quotations, brackets, ellipses."""
    questions = text.count("?") + text.count("？")
    exclamations = text.count("!") + text.count("！")
    quotations = sum(text.count(mark) for mark in "“「『") + (text.count('"') + 1) // 2 + len(_SINGLE.findall(text))
    brackets = text.count("(") + text.count("（")
    ellipses = text.count("…") + text.count("...") + text.count(". . .")
    return questions, exclamations, quotations, brackets, ellipses
