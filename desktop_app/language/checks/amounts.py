"""Amounts that differ between the languages, with the sum done for the reader.

An amount is compared by value, whatever its units: 1.2亿, 120 million and 120,000,000 are one. Where the translation
has an amount of its own that is a power of ten away, or that stands where the missing one should, that is an error;
where it has none, the amount may have been written otherwise ("dozens"), so that is less.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from desktop_app.domain.findings import Finding, Fix, Severity
from desktop_app.foundation.messages import N_, Message
from desktop_app.language.checks.differences import AMOUNTS, Wrong, differences
from desktop_app.language.checks.figures import Amount, figures, sum_of
from desktop_app.language.checks.pairs import Check, Pair, each, primary, replaced
from desktop_app.language.numbers.quantities import Quantity, in_english


def _amounts(pair: Pair) -> Iterator[Finding]:
    read = figures(pair)
    if read is None:
        return
    found = differences(read)
    for wrong in found.wrong:
        if wrong.source.kind in AMOUNTS:
            yield _differs(pair, wrong)
    yield from _unsaid(pair, [amount for amount in found.lost if amount.kind in AMOUNTS])
    yield from _invented(pair, [amount for amount in found.added if amount.kind in AMOUNTS])


def _differs(pair: Pair, wrong: Wrong) -> Finding:
    quantity, said = wrong.source.quantity, wrong.target.quantity
    into_english = primary(pair.target_language) == "en"
    can_fix = into_english and wrong.sure and quantity.kind is said.kind
    return Finding(
        CHECK.id,
        Severity.ERROR if wrong.sure else Severity.WARNING,
        _sentence(quantity, said, into_english),
        pair.id,
        source_span=quantity.span,
        target_span=said.span,
        fix=_fix(pair, quantity, said) if can_fix else None,
    )


def _sentence(quantity: Quantity, other: Quantity, into_english: bool) -> Message:
    if into_english:
        first, second = sum_of(quantity), N_("The English says {said}", said=other.text)
    else:
        first = N_("The source says {value}", value=quantity.text)
        second = N_("The translation says {said} = {value}", said=other.text, value=in_english(other))
    times = _times(other.value / quantity.value) if quantity.value and other.value else None
    if times is None:
        return N_("{first}. {second}.", first=first, second=second)
    return N_("{first}. {second}: {times}.", first=first, second=second, times=times)


def _times(ratio: Fraction) -> Message | None:
    """Say a ratio that is a power of ten in words; ``ratio`` is the target's amount to the source's."""
    powers = {
        10: (N_("ten times more"), N_("ten times less")),
        100: (N_("a hundred times more"), N_("a hundred times less")),
        1000: (N_("a thousand times more"), N_("a thousand times less")),
    }
    more = ratio > 1
    factor = ratio if more else 1 / ratio
    if factor.denominator != 1 or str(factor.numerator).strip("0") != "1" or factor == 1:
        return None
    if int(factor) in powers:
        return powers[int(factor)][0 if more else 1]
    if more:
        return N_("{n} times more", n=f"{int(factor):,}")
    return N_("{n} times less", n=f"{int(factor):,}")


def _fix(pair: Pair, quantity: Quantity, other: Quantity) -> Fix:
    text = in_english(quantity)
    if other.text.endswith("%"):
        text = text.replace(" percent", "%")
    return replaced(pair, other.span, text, N_("Write {value}.", value=text))


def _unsaid(pair: Pair, lost: Sequence[Amount]) -> Iterator[Finding]:
    """Amounts that only the source gives; a small number in signs (两国) is often said otherwise."""
    for amount in lost:
        quantity = amount.quantity
        if quantity.value < 2 or (not quantity.certain and quantity.value == 2):
            continue
        severity = Severity.WARNING if quantity.certain else Severity.NOTE
        message = N_("{sum}. The translation has no such number.", sum=sum_of(quantity))
        yield Finding(CHECK.id, severity, message, pair.id, source_span=quantity.span)


def _invented(pair: Pair, added: Sequence[Amount]) -> Iterator[Finding]:
    """Amounts that only the translation gives; "a second" may be 另一."""
    for amount in added:
        quantity = amount.quantity
        if quantity.value < 2 or (not quantity.certain and quantity.value == 2):
            continue
        message = N_("The translation says {said}. The source has no such number.", said=quantity.text)
        yield Finding(CHECK.id, Severity.WARNING, message, pair.id, target_span=quantity.span)


CHECK = Check("number", N_("Numbers"), each(_amounts), Severity.ERROR)
