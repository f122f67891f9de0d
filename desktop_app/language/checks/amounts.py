"""Amounts that differ between the languages, with the sum done for the reader.

An amount is compared by value, whatever its units: 1.2亿, 120 million and 120,000,000 are one. Where the translation
has an amount of its own that is a power of ten away, or that stands where the missing one should, that is an error;
where it has none, the amount may have been written otherwise ("dozens"), so that is less.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from desktop_app.domain.findings import Finding, Fix, Severity
from desktop_app.foundation.messages import N_, Message
from desktop_app.language.checks.changes import wrong_multiple
from desktop_app.language.checks.differences import AMOUNTS, Wrong, differences
from desktop_app.language.checks.figures import Amount, figures, sum_of
from desktop_app.language.checks.pairs import Check, Pair, each, primary, replaced
from desktop_app.language.numbers.quantities import Quantity, in_english
from desktop_app.language.numbers.ranks import Rank, RankKind, ranks

_RANKS = {
    RankKind.PRIZE: (
        N_("the first prize"), N_("the second prize"), N_("the third prize"), N_("the fourth prize"),
        N_("the fifth prize"),
    ),
    RankKind.MEDAL: (N_("the gold medal"), N_("the silver medal"), N_("the bronze medal")),
    RankKind.PLACE: (
        N_("the first place"), N_("the second place"), N_("the third place"), N_("the fourth place"),
        N_("the fifth place"),
    ),
}  # fmt: skip


def _amounts(pair: Pair) -> Iterator[Finding]:
    read = figures(pair)
    if read is None:
        return
    found = differences(read)
    wrong_ranks = list(_wrong_ranks(pair))
    multiple = wrong_multiple(pair)
    ours = [one.span for one, _ in wrong_ranks] + ([multiple[0].span] if multiple else [])
    theirs = [other.span for _, other in wrong_ranks] + ([multiple[1].span] if multiple else [])
    for wrong in found.wrong:
        if wrong.source.kind in AMOUNTS and not (_is_told(wrong.source, ours) or _is_told(wrong.target, theirs)):
            yield _differs(pair, wrong)
    yield from _unsaid(pair, [one for one in found.lost if one.kind in AMOUNTS and not _is_told(one, ours)])
    yield from _invented(pair, [one for one in found.added if one.kind in AMOUNTS and not _is_told(one, theirs)])
    for one, other in wrong_ranks:
        yield _other_rank(pair, one, other, is_sure=len(wrong_ranks) == 1 and one.kind is not RankKind.PLACE)


def _is_told(amount: Amount, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the amount is a part of what another finding tells better."""
    start, end = amount.quantity.span
    return any(start < last and first < end for first, last in spans)


def _wrong_ranks(pair: Pair) -> Iterator[tuple[Rank, Rank]]:
    """Pair the ranks that only one side names, kind by kind, where both sides have such."""
    ours, theirs = ranks(pair.source, pair.source_language), ranks(pair.target, pair.target_language)
    for kind in RankKind:
        known = {rank.number for rank in ours if rank.kind is kind}
        said = {rank.number for rank in theirs if rank.kind is kind}
        missing = {rank.number: rank for rank in reversed(ours) if rank.kind is kind and rank.number not in said}
        strange = {rank.number: rank for rank in reversed(theirs) if rank.kind is kind and rank.number not in known}
        if len(missing) == len(strange):
            yield from zip(reversed(missing.values()), reversed(strange.values()), strict=True)


def _other_rank(pair: Pair, one: Rank, other: Rank, *, is_sure: bool) -> Finding:
    message = N_(
        "{source} is {value}. The translation says {said}.",
        source=pair.source[slice(*one.span)],
        value=_RANKS[one.kind][one.number - 1],
        said=pair.target[slice(*other.span)],
    )
    severity = Severity.ERROR if is_sure else Severity.WARNING
    return Finding(CHECK.id, severity, message, pair.id, one.span, other.span)


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
