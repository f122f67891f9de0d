"""What the figures of a pair come to: which are wrong, which are lost, which are added. The checks only tell of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from desktop_app.language.checks.figures import Amount, Figures
from desktop_app.language.numbers.quantities import QuantityKind

AMOUNTS = frozenset({QuantityKind.NUMBER, QuantityKind.PERCENT, QuantityKind.ORDINAL})
_LARGEST_SLIP = 8  # powers of ten: 亿 for nothing
_SMALLEST_SLIPPED = 13  # smaller words are too common to be taken for a slip
_KINDS = tuple(QuantityKind)
_ASIDE = 40  # characters from the figure to the bracket
_CLOSES = re.compile(r"[^()（）]{0,40}[)）]")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A figure of the source and what stands in its place. ``sure`` where at least one is certainly a figure."""

    source: Amount
    target: Amount
    sure: bool


@dataclass(frozen=True, slots=True)
class Differences:
    """Every figure that does not agree; one is in one place only."""

    wrong: tuple[Wrong, ...]
    lost: tuple[Amount, ...]
    added: tuple[Amount, ...]


def differences(read: Figures) -> Differences:
    """Settle which figure stands for which, from what is plain to what is less so."""
    missing, left = _distinct(read.missing), _distinct(read.unfounded)
    wrong: list[Wrong] = []
    for rule in (_slips, _same_kind, _any_kind):
        for one, other in rule(missing, left):
            wrong.append(Wrong(one, other, one.quantity.certain or other.quantity.certain))
            missing.remove(one)
            left.remove(other)
    for one, other in _echoed(missing, [*read.target_echoes, *_taken_by_a_word(read)]):
        wrong.append(Wrong(one, other, False))
        missing.remove(one)
    return Differences(tuple(wrong), tuple(missing), tuple(other for other in left if not _is_aside(read, other)))


def _distinct(amounts: Sequence[Amount]) -> list[Amount]:
    """Keep the first of figures that say the same, and what counts as a figure at all."""
    kept: dict[tuple[QuantityKind, Fraction], Amount] = {}
    for amount in amounts:
        if amount.quantity.certain or amount.quantity.likely:
            kept.setdefault((amount.kind, amount.value), amount)
    return list(kept.values())


def _is_aside(read: Figures, amount: Amount) -> bool:
    """Whether the desk added the amount in brackets, in a unit that the reader knows: "1,600 mu (107 hectares)"."""
    start, end = amount.quantity.span
    before, after = read.target.text[max(0, start - _ASIDE) : start], read.target.text[end : end + _ASIDE]
    opened, closed = max(before.rfind("("), before.rfind("（")), max(before.rfind(")"), before.rfind("）"))
    return bool(amount.units) and opened > closed and bool(_CLOSES.match(after))


_Pairs = list[tuple[Amount, Amount]]


def _slips(missing: Sequence[Amount], left: Sequence[Amount]) -> _Pairs:
    """Match amounts with those of the target that have the right digits in the wrong order of magnitude."""
    free = {
        (other.kind, other.value): other
        for other in left
        if other.kind in AMOUNTS and (other.quantity.certain or other.value >= _SMALLEST_SLIPPED)
    }
    found: _Pairs = []
    for amount in missing:
        is_figure = amount.quantity.certain or amount.value >= _SMALLEST_SLIPPED
        if not (is_figure and amount.value and amount.kind in AMOUNTS):
            continue
        powers = [10**power for power in range(1, _LARGEST_SLIP + 1)]
        slipped = [value for power in powers for value in (amount.value * power, amount.value / power)]
        key = next(((amount.kind, value) for value in slipped if (amount.kind, value) in free), None)
        if key is not None:
            found.append((amount, free.pop(key)))
    return found


def _same_kind(missing: Sequence[Amount], left: Sequence[Amount]) -> _Pairs:
    """Match figures of one kind where both sides have as many of them."""
    found: _Pairs = []
    for kind in _KINDS:
        ours = [amount for amount in missing if amount.kind is kind]
        theirs = [amount for amount in left if amount.kind is kind]
        if len(ours) != len(theirs):
            ours = [amount for amount in ours if amount.quantity.certain]
            theirs = [amount for amount in theirs if amount.quantity.certain]
        if len(ours) == len(theirs):
            found += zip(ours, theirs, strict=True)
    return found


def _any_kind(missing: Sequence[Amount], left: Sequence[Amount]) -> _Pairs:
    """Match what is certain and still left over, in order: 2015年 and 2,515."""
    ours = [amount for amount in missing if amount.quantity.certain]
    theirs = [amount for amount in left if amount.quantity.certain]
    return list(zip(ours, theirs, strict=False))


def _taken_by_a_word(read: Figures) -> list[Amount]:
    """Return figures of the target that are matched only with a word that is often none: 一个 and "No 1"."""
    return [
        other
        for one, other in read.matched
        if other.quantity.certain and not (one.quantity.certain or one.quantity.likely)
    ]


def _echoed(missing: Sequence[Amount], echoes: Sequence[Amount]) -> _Pairs:
    """Match what is missing with a figure of the target that says again what another said: "5 and 5" for 3 and 5."""
    found: _Pairs = []
    for kind in _KINDS:
        ours = [amount for amount in missing if amount.kind is kind]
        theirs = [amount for amount in echoes if amount.kind is kind]
        found += zip(ours, theirs, strict=False)
    return found
