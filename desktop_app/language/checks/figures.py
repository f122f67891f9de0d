"""The figures of a pair, both sides read: what the checks of numbers and dates compare."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from desktop_app.foundation.messages import N_, Message
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


_Values = frozenset[Fraction]


@dataclass(frozen=True, slots=True)
class Figures:
    """What both sides of a pair say in numbers, each amount with all values that it may stand for."""

    source: tuple[tuple[Quantity, _Values], ...]
    target: tuple[tuple[Quantity, _Values], ...]

    def unanswered(self, kinds: Collection[QuantityKind]) -> list[Quantity]:
        """Return the certain amounts of the source, of ``kinds``, that the target does not give."""
        return [quantity for quantity in _lacking(self.source, self.target, kinds) if quantity.certain]

    def unfounded(self, kinds: Collection[QuantityKind]) -> list[Quantity]:
        """Return the amounts of the target, of ``kinds``, that the source does not give."""
        return _lacking(self.target, self.source, kinds)


def figures(pair: Pair) -> Figures | None:
    """Read both sides; None where one is empty or in a language whose numbers are not read."""
    if not pair.has_both or not {primary(pair.source_language), primary(pair.target_language)} <= _READABLE:
        return None
    return Figures(_read(pair.source, pair.source_language), _read(pair.target, pair.target_language))


@lru_cache(maxsize=8192)  # two checks read each side, and while one side is typed the other stays as it is
def _read(text: str, language: str) -> tuple[tuple[Quantity, _Values], ...]:
    quantities = read_numbers(text, language)
    following = [*quantities[1:], None]
    return tuple(
        (quantity, _readings(quantity) | _scaled(text, quantity, after))
        for quantity, after in zip(quantities, following, strict=False)
    )


def _readings(quantity: Quantity) -> _Values:
    value = quantity.value
    match quantity.kind:
        case QuantityKind.PERCENT if value < 100:
            return frozenset((value, value / 100))
        case QuantityKind.DECADE:
            return frozenset((value, value % 100))
        case QuantityKind.HOUR:
            return frozenset((value, value % 12, value % 12 + 12))
        case _:
            return frozenset((value,))


def _scaled(text: str, quantity: Quantity, following: Quantity | None) -> _Values:
    """Return what the beginning of a range may stand for: in "50 to 60 million" the 50 is 50 million."""
    if following is None or not _BARE.fullmatch(quantity.text):
        return frozenset()
    if not _RANGE.fullmatch(text[quantity.span[1] : following.span[0]]):
        return frozenset()
    return frozenset(quantity.value * scale for scale in _SCALES if following.value >= scale)


def _lacking(
    ours: Sequence[tuple[Quantity, _Values]],
    theirs: Sequence[tuple[Quantity, _Values]],
    kinds: Collection[QuantityKind],
) -> list[Quantity]:
    said: _Values = frozenset().union(*(_parts(quantity) | values for quantity, values in theirs))
    return [quantity for quantity, values in ours if quantity.kind in kinds and not _is_said(quantity, values, said)]


def _parts(quantity: Quantity) -> _Values:
    """Return month and day of a date: they answer a day or a month that stands alone."""
    if quantity.kind is not QuantityKind.DATE:
        return frozenset()
    return frozenset((quantity.value % 100, Fraction(int(quantity.value) // 100)))


def _is_said(quantity: Quantity, values: _Values, said: _Values) -> bool:
    if not values.isdisjoint(said):
        return True
    return quantity.kind is QuantityKind.NUMBER and any(is_about(quantity.value, value) for value in said)


def is_about(one: Fraction, other: Fraction) -> bool:
    """Whether two large amounts are the same but for rounding."""
    return one >= _ROUNDED_FROM and abs(one - other) <= one * _ROUNDING


def sum_of(quantity: Quantity) -> Message:
    """Do the sum for the reader: ``1.2亿 = 120 million``; where there is nothing to convert, say what stands there."""
    if quantity.text.isascii():
        return N_("The source says {value}", value=quantity.text)
    return N_("{source} = {value}", source=" ".join(quantity.text.split()), value=in_english(quantity))
