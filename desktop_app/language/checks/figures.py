"""The figures of a pair, both sides read: what the checks of numbers and dates compare."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from desktop_app.foundation.messages import Message, N_
from desktop_app.language.checks.pairs import Pair, primary
from desktop_app.language.numbers import read_numbers
from desktop_app.language.quantities import Quantity, QuantityKind, in_english

_READABLE = {"zh", "en"}
_RANGE = re.compile(r"\s*(?:-|–|—|~|～|、|/|to|or|and|至|到|或)\s*", re.IGNORECASE)
_BARE = re.compile(r"\d[\d,.]*\d|\d|[零〇一二三四五六七八九十两]+|[a-z]+(?:-[a-z]+)?", re.IGNORECASE)
_SCALES = (10**2, 10**3, 10**4, 10**6, 10**8, 10**9, 10**12)
# Translators round: 1.197亿 is "120 million".
_ROUNDING = Fraction(6, 1000)
_ROUNDED_FROM = 1000


@dataclass(frozen=True, slots=True)
class Figures:
    """What both sides of a pair say in numbers."""

    source: tuple[Quantity, ...]
    target: tuple[Quantity, ...]
    source_values: frozenset[Fraction]
    target_values: frozenset[Fraction]

    def unanswered(self, kinds: Collection[QuantityKind]) -> list[Quantity]:
        """Return the certain amounts of the source, of ``kinds``, that the target does not give."""
        return [
            quantity
            for quantity in self.source
            if quantity.certain and quantity.kind in kinds and not _occurs(quantity, self.target_values)
        ]

    def unfounded(self, kinds: Collection[QuantityKind]) -> list[Quantity]:
        """Return the amounts of the target, of ``kinds``, that the source does not give."""
        return [
            quantity for quantity in self.target if quantity.kind in kinds and not _occurs(quantity, self.source_values)
        ]


def figures(pair: Pair) -> Figures | None:
    """Read both sides; None where one is empty or in a language whose numbers are not read."""
    if not pair.has_both or not {primary(pair.source_language), primary(pair.target_language)} <= _READABLE:
        return None
    source = read_numbers(pair.source, pair.source_language)
    target = read_numbers(pair.target, pair.target_language)
    return Figures(tuple(source), tuple(target), _values(pair.source, source), _values(pair.target, target))


def _values(text: str, quantities: Sequence[Quantity]) -> frozenset[Fraction]:
    """Every value that ``quantities`` may stand for: in "50 to 60 million" the 50 may be 50 million."""
    values: set[Fraction] = set()
    for number, quantity in enumerate(quantities):
        values |= _readings(quantity)
        if number + 1 < len(quantities) and _BARE.fullmatch(quantity.text):
            following = quantities[number + 1]
            if _RANGE.fullmatch(text[quantity.span[1] : following.span[0]]):
                values |= {quantity.value * scale for scale in _SCALES if following.value >= scale}
    return frozenset(values)


def _readings(quantity: Quantity) -> set[Fraction]:
    value = quantity.value
    match quantity.kind:
        case QuantityKind.PERCENT:
            return {value, value / 100} if value < 100 else {value}
        case QuantityKind.DATE:
            return {value, value % 100, Fraction(int(value) // 100)}
        case QuantityKind.DECADE:
            return {value, value % 100}
        case QuantityKind.HOUR:
            return {value, value % 12, value % 12 + 12}
        case _:
            return {value}


def _occurs(quantity: Quantity, values: frozenset[Fraction]) -> bool:
    readings = {quantity.value} if quantity.kind is QuantityKind.DATE else _readings(quantity)
    if not readings.isdisjoint(values):
        return True
    return quantity.kind is QuantityKind.NUMBER and any(is_about(quantity.value, value) for value in values)


def is_about(one: Fraction, other: Fraction) -> bool:
    """Whether two large amounts are the same but for rounding."""
    return one >= _ROUNDED_FROM and abs(one - other) <= one * _ROUNDING


def sum_of(quantity: Quantity) -> Message:
    """Do the sum for the reader: ``1.2亿 = 120 million``; where there is nothing to convert, say what stands there."""
    if quantity.text.isascii():
        return N_("The source says {value}", value=quantity.text)
    return N_("{source} = {value}", source=" ".join(quantity.text.split()), value=in_english(quantity))
