"""Changes that the translation turns round or counts otherwise: 下降20% that "rose", 增加两倍 that "doubled"."""

from collections.abc import Iterator
from fractions import Fraction

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.figures import Amount, Figures, figures
from desktop_app.language.checks.pairs import Check, Pair, each
from desktop_app.language.numbers.changes import Direction, Multiple, direction_of, multiples

_NAMES = {Direction.UP: N_("it rose"), Direction.DOWN: N_("it fell")}


def _changes(pair: Pair) -> Iterator[Finding]:
    read = figures(pair)
    if read is None:
        return
    yield from _turned_round(pair, read)
    if (wrong := wrong_multiple(pair)) is not None:
        one, other = wrong
        message = N_(
            "{source} is {value} times as much. The translation says {said}.",
            source=pair.source[slice(*one.span)],
            value=_plain(min(one.factors)),
            said=pair.target[slice(*other.span)],
        )
        yield Finding(CHECK.id, Severity.WARNING, message, pair.id, one.span, other.span)


def _turned_round(pair: Pair, read: Figures) -> Iterator[Finding]:
    """Compare the verbs beside a figure that both sides give, each as often as the other and always the same way."""
    theirs_by_value: dict[Fraction, list[Amount]] = {}
    ours_by_value: dict[Fraction, list[Amount]] = {}
    for amount in read.source.amounts:
        ours_by_value.setdefault(amount.value, []).append(amount)
    for amount in read.target.amounts:
        theirs_by_value.setdefault(amount.value, []).append(amount)
    for one, other in read.matched:
        ours, theirs = ours_by_value[one.value], theirs_by_value[other.value]
        if one.value != other.value or len(ours) != 1 or len(theirs) != 1:
            continue
        first = direction_of(pair.source, one.quantity, pair.source_language)
        second = direction_of(pair.target, other.quantity, pair.target_language)
        if first is None or second is None or first is second:
            continue
        message = N_(
            "{value}: the source says that {first}, the translation that {second}.",
            value=one.quantity.text,
            first=_NAMES[first],
            second=_NAMES[second],
        )
        yield Finding(CHECK.id, Severity.WARNING, message, pair.id, one.quantity.span, other.quantity.span)


def wrong_multiple(pair: Pair) -> tuple[Multiple, Multiple] | None:
    """Return what both sides say of how many times as much it is, where each says one thing and they disagree."""
    ours, theirs = multiples(pair.source, pair.source_language), multiples(pair.target, pair.target_language)
    if len(ours) != 1 or len(theirs) != 1 or not ours[0].factors.isdisjoint(theirs[0].factors):
        return None
    return ours[0], theirs[0]


def _plain(value: Fraction) -> str:
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


CHECK = Check("change", N_("Rises, falls and multiples"), each(_changes), Severity.WARNING)
