"""Amounts that lie on the other side of a number in the translation: "nearly 300" for 300多."""

from collections.abc import Iterator

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.figures import figures
from desktop_app.language.checks.pairs import Check, Pair, each
from desktop_app.language.numbers.bounds import Bound


def _bounds(pair: Pair) -> Iterator[Finding]:
    read = figures(pair)
    if read is None:
        return
    for one, other in read.matched:
        if one.value != other.value or {one.bound, other.bound} != {Bound.OVER, Bound.UNDER}:
            continue
        if one.bound is Bound.OVER:
            message = N_("The source says more than {value}. The translation says less.", value=one.quantity.text)
        else:
            message = N_("The source says less than {value}. The translation says more.", value=one.quantity.text)
        yield Finding(CHECK.id, Severity.WARNING, message, pair.id, one.quantity.span, other.quantity.span)


CHECK = Check("bound", N_("More than and less than"), each(_bounds), Severity.WARNING)
