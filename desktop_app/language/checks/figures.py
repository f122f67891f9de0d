"""The figures of a pair, both sides read and matched one to one: what the checks of numbers and dates compare.

A number of the source is matched with the same number of the target, then with one that it may be read as, then with
one that it is a rounding or a conversion of. What is left over may still be said by a word ("decade") or be an echo of
a number that is matched already.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

from desktop_app.foundation.messages import N_, Message
from desktop_app.language.checks.pairs import Pair, primary
from desktop_app.language.numbers import read_numbers
from desktop_app.language.numbers.bounds import Bound, bound_of
from desktop_app.language.numbers.quantities import Quantity, QuantityKind, in_english
from desktop_app.language.numbers.units import Dimension, Unit, units_of
from desktop_app.language.numbers.words import said_in_words

_READABLE = {"zh", "en"}
_LONGEST = 20_000  # characters; what is longer is no sentence, and not compared
_RANGE = re.compile(r"\s*(?:-|–|—|~|～|、|/|to|or|and|至|到|或)\s*", re.IGNORECASE)
_BARE = re.compile(r"\d[\d,.]*\d|\d|[零〇一二三四五六七八九十两]+|[a-z]+(?:-[a-z]+)?", re.IGNORECASE)
_SHORT_SCALE = re.compile(r"[\d,.]+[mbk]", re.IGNORECASE)
_SCALES = (10**2, 10**3, 10**4, 10**6, 10**8, 10**9, 10**12)
_DIGITS = re.compile(r"\d{1,25}(?:\.\d{1,9})?")
_GROWS = re.compile(r"[增涨长多升翻高超大加扩]")
_TIMES_MORE = re.compile(r"[\s-]?(?:fold|times\s(?:more|higher|larger|greater|bigger|faster))", re.IGNORECASE)
_BASIS_POINTS = re.compile(r"[\s-]?basis[\s-]points?|\s?个?基点", re.IGNORECASE)
_MOST_TIMES = 20
_ROUNDED_KINDS = {QuantityKind.PERCENT, QuantityKind.NUMBER}
_FEW = 40  # figures left over on a side that are still compared with one another

Reading = tuple[str, Fraction]
Readings = frozenset[Reading]


@dataclass(frozen=True, slots=True)
class Amount:
    """One figure where it stands, with all that it may be read as and the unit beside it."""

    quantity: Quantity
    readings: Readings
    units: tuple[Unit, ...]
    bound: Bound

    @property
    def value(self) -> Fraction:
        """The value of the figure itself."""
        return self.quantity.value

    @property
    def kind(self) -> QuantityKind:
        """The kind of the figure itself."""
        return self.quantity.kind


@dataclass(frozen=True)
class Side:
    """What one text says in figures and in words."""

    text: str
    language: str
    amounts: tuple[Amount, ...]

    @cached_property
    def words(self) -> frozenset[Fraction]:
        """What words say, and digits inside codes, addresses and times of the day."""
        spans = [amount.quantity.span for amount in self.amounts if amount.kind is not QuantityKind.HOUR]
        loose = _outside(_DIGITS.finditer(self.text), spans)
        return said_in_words(self.text, self.language) | frozenset(Fraction(digits) for digits in loose)

    @cached_property
    def said(self) -> Readings:
        """All readings of all figures, and the parts of dates."""
        return frozenset().union(*(amount.readings | _parts(amount.quantity) for amount in self.amounts))

    def answers(self, amount: Amount, free: Readings) -> bool:
        """Whether ``amount`` is said here too, if not by a figure of its own; ``free`` are those without a partner."""
        if not self.said.isdisjoint(amount.readings) or not self.words.isdisjoint(_numbers(amount.readings)):
            return True
        if amount.kind is not QuantityKind.DATE:
            return False
        month = ("m", Fraction(int(amount.value) // 100))
        return ("n", amount.value % 100) in free and (self.has_no_month or month in self.said)

    @cached_property
    def has_no_month(self) -> bool:
        """Whether no month is named here, so that a day may be of any."""
        return not any(space == "m" for space, _ in self.said)


def _outside(matches: Iterable[re.Match[str]], spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    ahead = deque(spans)
    for match in matches:
        while ahead and ahead[0][1] <= match.start():
            ahead.popleft()
        if not ahead or match.end() <= ahead[0][0]:
            yield match.group()


@dataclass(frozen=True, slots=True)
class Figures:
    """Both sides of a pair. ``echoes`` are figures whose value is said on the other side, but less often."""

    source: Side
    target: Side
    matched: tuple[tuple[Amount, Amount], ...]
    missing: tuple[Amount, ...]
    unfounded: tuple[Amount, ...]
    source_echoes: tuple[Amount, ...]
    target_echoes: tuple[Amount, ...]


def figures(pair: Pair) -> Figures | None:
    """Read both sides; None where one is empty, endless, or in a language whose numbers are not read."""
    if not pair.has_both or max(len(pair.source), len(pair.target)) > _LONGEST:
        return None
    if not {primary(pair.source_language), primary(pair.target_language)} <= _READABLE:
        return None
    return _figures(pair.source, pair.target, pair.source_language, pair.target_language)


@lru_cache(maxsize=4096)  # every check of figures asks for the same pairs
def _figures(source: str, target: str, source_language: str, target_language: str) -> Figures:
    ours, theirs = _side(source, source_language), _side(target, target_language)
    partners = _partners(ours, theirs)
    taken = set(partners.values())
    left = [amount for place, amount in enumerate(ours.amounts) if place not in partners]
    right = [amount for place, amount in enumerate(theirs.amounts) if place not in taken]
    our_free, their_free = _free(left), _free(right)
    return Figures(
        ours,
        theirs,
        tuple((ours.amounts[place], theirs.amounts[other]) for place, other in partners.items()),
        tuple(amount for amount in left if not theirs.answers(amount, their_free)),
        tuple(amount for amount in right if not ours.answers(amount, our_free)),
        tuple(amount for amount in left if theirs.answers(amount, their_free)),
        tuple(amount for amount in right if ours.answers(amount, our_free)),
    )


def _free(left: Sequence[Amount]) -> Readings:
    return frozenset[Reading]().union(*(amount.readings | _parts(amount.quantity) for amount in left))


def _side(text: str, language: str) -> Side:
    quantities = read_numbers(text, language)
    following = [*quantities[1:], None]
    amounts = []
    for quantity, after in zip(quantities, following, strict=False):
        readings = _readings(quantity) | _beside(text, quantity) | _scaled(text, quantity, after)
        units = units_of(text, quantity, language) if quantity.kind is QuantityKind.NUMBER else ()
        amounts.append(Amount(quantity, readings, units, bound_of(text, quantity, language)))
    return Side(text, language, tuple(amounts))


def _number(*values: Fraction | int) -> Readings:
    return frozenset(("n", Fraction(value)) for value in values)


def _numbers(readings: Readings) -> frozenset[Fraction]:
    return frozenset(value for space, value in readings if space in {"n", "d"})


def _readings(quantity: Quantity) -> Readings:
    value = quantity.value
    match quantity.kind:
        case QuantityKind.PERCENT if quantity.text.endswith("折"):
            return _number(value, value / 100, 100 - value, 1 - value / 100)  # off the price, or of it
        case QuantityKind.PERCENT if "成" in quantity.text:
            return _number(value, value / 100) | _nearly(value)
        case QuantityKind.PERCENT:
            return _number(value, value / 100)
        case QuantityKind.DECADE:
            return _number(value, value % 100) | (_number(1900 + value) if value < 100 else frozenset())
        case QuantityKind.HOUR:
            return _number(value, value % 12, value % 12 + 12)
        case QuantityKind.DATE:
            return frozenset({("d", value)})
        case QuantityKind.MONTH:
            return frozenset({("m", value)})
        case _:
            return _number(value)


def _nearly(value: Fraction) -> Readings:
    """Return the thirds that stand for tenths: 近三成 is "nearly a third"."""
    return _number({30: Fraction(1, 3), 70: Fraction(2, 3)}.get(int(value), value / 100))


def _parts(quantity: Quantity) -> Readings:
    """Return month and day of a date: they answer a day or a month that stands alone."""
    if quantity.kind is not QuantityKind.DATE:
        return frozenset()
    return frozenset((("n", quantity.value % 100), ("m", Fraction(int(quantity.value) // 100))))


def _beside(text: str, quantity: Quantity) -> Readings:
    """Return what signs round the figure make of it: 07年, 80后, 3倍, "100m", "2021-22", "twofold"."""
    value, (start, end) = quantity.value, quantity.span
    before, after = text[max(0, start - 8) : start], text[end : end + 6].lstrip()
    if quantity.kind is QuantityKind.MONTH and before.rstrip()[-1:] in set("-—–~～至到"):
        return _number(value)  # 1至9月 may be nine months
    if quantity.kind is not QuantityKind.NUMBER:
        return frozenset()
    if _SHORT_SCALE.fullmatch(quantity.text):
        return _number(value / {"m": 10**6, "b": 10**9, "k": 10**3}[quantity.text[-1].lower()])
    is_short = len(quantity.text) == 2 and quantity.text.isdigit()
    if is_short and (after.startswith(("年", "后", "級", "级", "届")) or before[-1:] in {"-", "–", "/", "’", "'"}):
        return _number(1900 + value, 2000 + value)
    if before[-1:] == "等" and 2 <= value <= _MOST_TIMES:
        return _number(*(value - named for named in (1, 2, 3)))  # 李华等3位同学: Li Hua and two others
    if _BASIS_POINTS.match(text, end):
        return _number(value / 100)
    if value <= _MOST_TIMES and after.startswith("倍"):
        return _number(value * 100, (value - 1) * 100) | (_number(value + 1) if _GROWS.search(before) else frozenset())
    if value <= _MOST_TIMES and _TIMES_MORE.match(text, end):
        return _number(value + 1)
    return frozenset()


def _scaled(text: str, quantity: Quantity, following: Quantity | None) -> Readings:
    """Return what the beginning of a range may stand for: in "50 to 60 million" the 50 is 50 million."""
    if following is None or quantity.kind is not QuantityKind.NUMBER or not _BARE.fullmatch(quantity.text):
        return frozenset()
    if following.span[0] - quantity.span[1] > 8 or not _RANGE.fullmatch(text[quantity.span[1] : following.span[0]]):
        return frozenset()
    if following.kind is QuantityKind.MONTH:
        return frozenset({("m", quantity.value)})
    if "成" in following.text:
        return _number(quantity.value * 10)
    return _number(*(quantity.value * scale for scale in _SCALES if following.value >= scale))


def _partners(source: Side, target: Side) -> dict[int, int]:
    """Match figures one to one: places in the source to places in the target."""
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for keys in (lambda amount: [(amount.kind, amount.value)], lambda amount: sorted(amount.readings)):
        waiting: dict[object, deque[int]] = {}
        for place, amount in enumerate(target.amounts):
            if place not in taken:
                for key in keys(amount):
                    waiting.setdefault(key, deque()).append(place)
        for place, amount in enumerate(source.amounts):
            if place in partners:
                continue
            other = _first_free([waiting[key] for key in keys(amount) if key in waiting], taken)
            if other is not None:
                partners[place] = other
                taken.add(other)
    left = [place for place in range(len(source.amounts)) if place not in partners][:_FEW]
    right = [place for place in range(len(target.amounts)) if place not in taken][:_FEW]
    for place in left:
        near = next((other for other in right if is_alike(source.amounts[place], target.amounts[other])), None)
        if near is not None:
            partners[place] = near
            right.remove(near)
    return partners


def _first_free(queues: Sequence[deque[int]], taken: set[int]) -> int | None:
    for queue in queues:
        while queue and queue[0] in taken:
            queue.popleft()
    return min((queue[0] for queue in queues if queue), default=None)


def is_alike(one: Amount, other: Amount) -> bool:
    """Whether ``other``, of the target, is ``one`` but for rounding, or in another unit of the same dimension."""
    if one.kind is other.kind and one.kind in _ROUNDED_KINDS and is_rounded(one, other):
        return True
    return any(_is_converted(one, first, other, second) for first in one.units for second in other.units)


def is_rounded(exact: Amount, rounded: Amount) -> bool:
    """Whether ``rounded`` has fewer digits than ``exact`` and is what becomes of it, up, down or to the nearest.

    Up and down only where a word says so: "more than 1,800" for 1843, "nearly 25,000" for 2.48万.
    """
    is_small = exact.value < _SMALLEST_ROUNDED and exact.value.denominator == 1
    if is_small or _significant(rounded.value) >= _significant(exact.value):
        return False
    step = _step(rounded.value)
    down = exact.value // step * step
    nearest = (exact.value / step + Fraction(1, 2)) // 1 * step
    off = abs(rounded.value - exact.value) / exact.value
    match rounded.bound:
        case Bound.EXACT:
            return rounded.value == nearest and off <= _SILENTLY
        case Bound.OVER:
            return rounded.value == down and off <= _AT_MOST
        case Bound.UNDER:
            return rounded.value == down + step and off <= _AT_MOST
        case Bound.ABOUT:
            return rounded.value == nearest and off <= _AT_MOST


def _significant(value: Fraction) -> int:
    return len(_decimal_digits(value).strip("0").replace(".", "").strip("0") or "0")


def _decimal_digits(value: Fraction) -> str:
    return f"{float(value):.6f}".rstrip("0").rstrip(".") if value.denominator != 1 else str(value.numerator)


def _step(value: Fraction) -> Fraction:
    """The place of the last digit that is not nought: 1,800 was rounded to 100."""
    text = _decimal_digits(value)
    if "." in text:
        return Fraction(1, 10 ** (len(text) - text.index(".") - 1))
    return Fraction(10 ** (len(text) - len(text.rstrip("0"))))


_SMALLEST_ROUNDED = 100
_SILENTLY, _AT_MOST = Fraction(6, 1000), Fraction(1, 10)  # of the amount: rounded without a word, and with one
_EXACTLY = {Dimension.TIME, Dimension.CALENDAR}


def _is_converted(one: Amount, first: Unit, other: Amount, second: Unit) -> bool:
    if first.dimension is not second.dimension or first.dimension is Dimension.MONEY:
        return False
    if first.dimension is Dimension.TEMPERATURE:
        return first.name != second.name and _is_same_heat(one.value, first, other.value)
    ours, theirs = one.value * first.factor, other.value * second.factor
    off = Fraction(0) if first.dimension in _EXACTLY else Fraction(3, 100)
    if first.name == second.name or not ours:
        return False
    if Bound.EXACT not in {one.bound, other.bound} or one.bound is not other.bound:
        off = max(off, Fraction(8, 100))
    return abs(ours - theirs) <= ours * off


def _is_same_heat(value: Fraction, unit: Unit, other: Fraction) -> bool:
    celsius, fahrenheit = (value, other) if unit.name == "°C" else (other, value)
    return abs(celsius * Fraction(9, 5) + 32 - fahrenheit) <= Fraction(3, 2)


def sum_of(quantity: Quantity) -> Message:
    """Do the sum for the reader: ``1.2亿 = 120 million``; where there is nothing to convert, say what stands there."""
    if quantity.text.isascii():
        return N_("The source says {value}", value=quantity.text)
    return N_("{source} = {value}", source=" ".join(quantity.text.split()), value=in_english(quantity))
