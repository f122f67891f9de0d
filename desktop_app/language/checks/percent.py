"""Per cent and percentage points: a rise from 5 to 6 per cent is one point, but twenty per cent."""

import re
from collections.abc import Iterator

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_, Message
from desktop_app.language.checks.figures import Amount, figures
from desktop_app.language.checks.pairs import Check, Pair, each
from desktop_app.language.numbers.quantities import QuantityKind

_POINTS = re.compile(
    r"\s?(?:个|個)?(?:多|左右)?百分[点點]"
    r"|[\s-]?(?:(?:percentage|percent|per\scent)[\s-])?(?:points?|pps?|ppts?|pts?)\b"
    r"|(?:\.\d{1,9})?\s?(?:to|and|or|-|–|至|到|—|~|～)\s?\d[\d.]{0,9}[\s-]?(?:percentage[\s-]points?|个百分点)",
    re.IGNORECASE,
)
_PER_CENT = re.compile(r"%|％|‰|百分|per\s?cent|percentage|\bpct\b|percentile", re.IGNORECASE)


def _percents(pair: Pair) -> Iterator[Finding]:
    read = figures(pair)
    if read is None:
        return
    is_percent = _PER_CENT.search(pair.source) is not None, _PER_CENT.search(pair.target) is not None
    for one, other in read.matched:
        if one.value != other.value:
            continue
        message = _mixed_up(pair, one, other, is_percent)
        if message is not None:
            spans = one.quantity.span, other.quantity.span
            yield Finding(CHECK.id, Severity.ERROR, message, pair.id, *spans)


def _mixed_up(pair: Pair, one: Amount, other: Amount, is_percent: tuple[bool, bool]) -> Message | None:
    """Say what is mixed up; ``is_percent`` tells whether source and target speak of per cent at all."""
    ours, theirs = _is_points(pair.source, one), _is_points(pair.target, other)
    said = other.quantity.text
    if ours and not theirs and other.kind is QuantityKind.PERCENT:
        return N_("The source says percentage points. The translation says {said}.", said=said)
    if theirs and not ours and one.kind is QuantityKind.PERCENT:
        return N_("The source says per cent. The translation says percentage points.")
    if ours or theirs or QuantityKind.PERCENT not in {one.kind, other.kind} or one.kind is other.kind:
        return None
    if one.kind is QuantityKind.PERCENT and not is_percent[1] and other.quantity.text[0].isdigit():
        return N_("The source says per cent. The translation says {said} alone.", said=said)
    if other.kind is QuantityKind.PERCENT and not is_percent[0] and one.quantity.certain:
        return N_("The source does not say per cent. The translation says {said}.", said=said)
    return None


def _is_points(text: str, amount: Amount) -> bool:
    return _POINTS.match(text, amount.quantity.span[1]) is not None


CHECK = Check("percent", N_("Per cent and percentage points"), each(_percents), Severity.ERROR)
