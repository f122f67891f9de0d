"""Amounts that differ between the languages, with the sum done for the reader.

An amount is compared by value, whatever its units: 1.2亿, 120 million and 120,000,000 are one. Where the translation
has an amount of its own that is a power of ten away, or is the only one left over, that is an error; where it has
none, the amount may have been written otherwise ("dozens"), so it is a note.
"""

from collections.abc import Iterator
from fractions import Fraction

from desktop_app.domain.findings import Finding, Fix, Severity
from desktop_app.foundation.messages import N_, Message
from desktop_app.language.checks.figures import figures, is_about, sum_of
from desktop_app.language.checks.pairs import Check, Pair, each, primary, replaced
from desktop_app.language.quantities import Quantity, QuantityKind, in_english

_AMOUNTS = (QuantityKind.NUMBER, QuantityKind.PERCENT)
_LARGEST_SLIP = 8  # powers of ten: 亿 for nothing
_SMALLEST_TOLD = 13  # smaller amounts are often written otherwise: "both", "a dozen"


def _amounts(pair: Pair) -> Iterator[Finding]:
    read = figures(pair)
    if read is None:
        return
    missing = read.unanswered(_AMOUNTS)
    left = read.unfounded(_AMOUNTS)
    for quantity in missing:
        slip = _slip(quantity, left)
        if slip is not None:
            left.remove(slip)
            yield _differs(pair, quantity, slip, _times(slip.value / quantity.value))
        elif rival := _rival(quantity, missing, left):
            yield _differs(pair, quantity, rival, None)
        elif _is_told(quantity):
            yield _unsaid(pair, quantity)
    if not missing:
        yield from _invented(pair, left)


def _slip(quantity: Quantity, left: list[Quantity]) -> Quantity | None:
    """The amount of the target that has the right digits in the wrong order of magnitude."""
    for other in left:
        is_word = not other.certain and other.value < _SMALLEST_TOLD
        if other.kind is not quantity.kind or is_word or not quantity.value or not other.value:
            continue
        for power in range(1, _LARGEST_SLIP + 1):
            for scaled in (other.value * 10**power, other.value / 10**power):
                if scaled == quantity.value or is_about(scaled, quantity.value):
                    return other
    return None


def _rival(quantity: Quantity, missing: list[Quantity], left: list[Quantity]) -> Quantity | None:
    """The one amount of the target that can stand for the one that it lacks."""
    same = [other for other in left if other.kind is quantity.kind and other.certain]
    alike = [other for other in missing if other.kind is quantity.kind]
    return same[0] if len(same) == 1 and len(alike) == 1 else None


def _is_told(quantity: Quantity) -> bool:
    return quantity.value >= _SMALLEST_TOLD or quantity.kind is QuantityKind.PERCENT


def _times(ratio: Fraction) -> Message | None:
    more = ratio > 1
    factor = ratio if more else 1 / ratio
    powers = {
        10: (N_("ten times more"), N_("ten times less")),
        100: (N_("a hundred times more"), N_("a hundred times less")),
        1000: (N_("a thousand times more"), N_("a thousand times less")),
    }
    nearest = 10 ** (len(str(int(factor * Fraction(21, 20)))) - 1)
    if nearest in powers:
        return powers[nearest][0 if more else 1]
    if more:
        return N_("{n} times more", n=f"{nearest:,}")
    return N_("{n} times less", n=f"{nearest:,}")


def _differs(pair: Pair, quantity: Quantity, other: Quantity, times: Message | None) -> Finding:
    into_english = primary(pair.target_language) == "en"
    return Finding(
        CHECK.id,
        Severity.ERROR,
        _sentence(quantity, other, times, into_english),
        pair.id,
        source_span=quantity.span,
        target_span=other.span,
        fix=_fix(pair, quantity, other) if into_english else None,
    )


def _sentence(quantity: Quantity, other: Quantity, times: Message | None, into_english: bool) -> Message:
    if into_english:
        first, second = sum_of(quantity), N_("The English says {said}", said=other.text)
    else:
        first = N_("The source says {value}", value=quantity.text)
        second = N_("The translation says {said} = {value}", said=other.text, value=in_english(other))
    if times is None:
        return N_("{first}. {second}.", first=first, second=second)
    return N_("{first}. {second}: {times}.", first=first, second=second, times=times)


def _fix(pair: Pair, quantity: Quantity, other: Quantity) -> Fix:
    text = in_english(quantity)
    if other.text.endswith("%"):
        text = text.replace(" percent", "%")
    return replaced(pair, other.span, text, N_("Write {value}.", value=text))


def _unsaid(pair: Pair, quantity: Quantity) -> Finding:
    message = N_("{sum}. The translation has no such number.", sum=sum_of(quantity))
    return Finding(CHECK.id, Severity.NOTE, message, pair.id, source_span=quantity.span)


def _invented(pair: Pair, left: list[Quantity]) -> Iterator[Finding]:
    """Amounts that only the translation gives."""
    for other in left:
        if not (other.certain and _is_told(other)) or not other.text[0].isdigit():
            continue
        message = N_("The translation says {said}. The source has no such number.", said=other.text)
        yield Finding(CHECK.id, Severity.NOTE, message, pair.id, target_span=other.span)


CHECK = Check("number", N_("Numbers"), each(_amounts))
