"""Money that is of another currency in the translation, or of none."""

from collections.abc import Iterator, Sequence

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.figures import Amount, Figures, Side, figures
from desktop_app.language.checks.pairs import Check, Pair, each
from desktop_app.language.numbers.units import Dimension, Unit, currencies


def _money(pair: Pair) -> Iterator[Finding]:
    read = figures(pair)
    if read is None:
        return
    said = _named(read.target)
    for one, other in read.matched:
        ours, theirs = _currencies(one), _currencies(other)
        if not ours:
            continue
        if theirs and not any(first.agrees_with(second) for first in ours for second in theirs):
            yield _other_currency(pair, one, other, ours[0], theirs[0])
        elif not other.units and other.quantity.text[0].isdigit() and _is_unsaid(ours, said):
            message = N_(
                "{value} is an amount in {currency}. The translation names no currency.",
                value=one.quantity.text,
                currency=ours[0].name,
            )
            yield Finding(CHECK.id, Severity.WARNING, message, pair.id, one.quantity.span, other.quantity.span)
    yield from _of_the_text(pair, read, said)


def _currencies(amount: Amount) -> tuple[Unit, ...]:
    return tuple(unit for unit in amount.units if unit.dimension is Dimension.MONEY)


def _named(side: Side) -> frozenset[str]:
    """All currencies of a text: 元 is one behind a number alone."""
    amounts = (unit.codes for amount in side.amounts for unit in amount.units)
    return currencies(side.text, side.language).union(*amounts)


def _is_unsaid(units: Sequence[Unit], said: frozenset[str]) -> bool:
    return all(unit.codes.isdisjoint(said) for unit in units)


def _other_currency(pair: Pair, one: Amount, other: Amount, ours: Unit, theirs: Unit) -> Finding:
    message = N_(
        "{value} is an amount in {currency}. The translation gives it in {other}.",
        value=one.quantity.text,
        currency=ours.name,
        other=theirs.name,
    )
    return Finding(CHECK.id, Severity.ERROR, message, pair.id, one.quantity.span, other.quantity.span)


def _of_the_text(pair: Pair, read: Figures, said: frozenset[str]) -> Iterator[Finding]:
    """Find money of the target in a currency that the source does not name, where one of the source's is lost."""
    known = _named(read.source)
    told = {id(other) for one, other in read.matched if _currencies(one)}
    lost = [amount for amount in read.source.amounts if _currencies(amount) and _is_unsaid(_currencies(amount), said)]
    for amount in read.target.amounts if lost else ():
        units = _currencies(amount)
        if units and id(amount) not in told and _is_unsaid(units, known):
            yield _other_currency(pair, lost[0], amount, _currencies(lost[0])[0], units[0])
            return


CHECK = Check("currency", N_("Currencies"), each(_money), Severity.ERROR)
