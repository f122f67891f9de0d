"""Days, months and years that differ between the languages.

A date that the translation leaves out ("last year", "on the same day") is only noted where a day is lost.
"""

import re
from collections.abc import Iterator

from desktop_app.domain.findings import Finding, Fix, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.figures import Figures, figures, sum_of
from desktop_app.language.checks.pairs import Check, Pair, each, primary, replaced
from desktop_app.language.quantities import Quantity, QuantityKind, in_english, ordinal_ending

_DAY = re.compile(r"\b(?P<day>\d{1,2})(?P<ending>st|nd|rd|th)?\b")
_KINDS = (QuantityKind.DATE, QuantityKind.YEAR, QuantityKind.MONTH)


def _dates(pair: Pair) -> Iterator[Finding]:
    read = figures(pair)
    if read is None:
        return
    for kind in _KINDS:
        missing = [quantity for quantity in read.unanswered([kind]) if not _is_spread(quantity, read)]
        left = [other for other in read.unfounded([kind]) if other.certain]
        if len(missing) == len(left):
            for quantity, other in zip(missing, left, strict=True):
                yield _differs(pair, quantity, other)
        elif kind is QuantityKind.DATE and not left:
            yield from (_unsaid(pair, quantity) for quantity in missing)


def _is_spread(quantity: Quantity, read: Figures) -> bool:
    """Whether the target gives month and day apart: "January 11 and 12", "between 3 and 5 May"."""
    if quantity.kind is not QuantityKind.DATE:
        return False
    day, month = quantity.value % 100, quantity.value // 100
    return any(
        (other.kind is QuantityKind.DATE and other.value // 100 == month)
        or (other.kind is QuantityKind.MONTH and other.value == month)
        for other, _ in read.target
    ) and any(other.kind is not QuantityKind.DATE and other.value == day for other, _ in read.target)


def _differs(pair: Pair, quantity: Quantity, other: Quantity) -> Finding:
    into_english = primary(pair.target_language) == "en"
    if into_english:
        message = N_("{sum}. The English says {said}.", sum=sum_of(quantity), said=other.text)
    else:
        message = N_("The source says {value}. The translation says {said}.", value=quantity.text, said=other.text)
    return Finding(
        CHECK.id,
        Severity.WARNING if quantity.kind is QuantityKind.MONTH else Severity.ERROR,
        message,
        pair.id,
        source_span=quantity.span,
        target_span=other.span,
        fix=_fix(pair, quantity, other) if into_english else None,
    )


def _fix(pair: Pair, quantity: Quantity, other: Quantity) -> Fix:
    text = in_english(quantity)
    if quantity.kind is QuantityKind.DATE and quantity.value // 100 == other.value // 100:
        text = _DAY.sub(lambda day: _day(int(quantity.value) % 100, day), other.text, count=1)
    return replaced(pair, other.span, text, N_("Write {value}.", value=text))


def _day(day: int, written: re.Match[str]) -> str:
    return f"{day}{ordinal_ending(day) if written['ending'] else ''}"


def _unsaid(pair: Pair, quantity: Quantity) -> Finding:
    message = N_("{sum}. The translation gives no date.", sum=sum_of(quantity))
    return Finding(CHECK.id, Severity.NOTE, message, pair.id, source_span=quantity.span)


CHECK = Check("date", N_("Dates"), each(_dates))
