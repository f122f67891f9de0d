"""The patterns that the house wrote itself. Only the first thousand characters of a segment are looked at."""

from collections.abc import Iterator, Sequence

from desktop_app.domain.findings import Finding, Fix, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.context import Context
from desktop_app.language.checks.pairs import Check, Pair, replaced
from desktop_app.language.patterns import LONGEST_TEXT, Compiled

OWN = "house:"  # before the id of a house pattern in a finding
_MOST = 20  # findings of one pattern in one segment


def _house(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    for pair in pairs:
        for pattern in context.patterns:
            yield from _matches(pair, pattern)


def _matches(pair: Pair, house: Compiled) -> Iterator[Finding]:
    rule = house.pattern
    in_source = rule.side == "source"
    text = (pair.source if in_source else pair.target)[:LONGEST_TEXT]
    allowed: list[tuple[int, int]] | None = None
    for number, match in enumerate(house.find.finditer(text)):
        if number == _MOST:
            return
        if match.start() == match.end():
            continue
        if house.unless is not None:
            allowed = [m.span() for m in house.unless.finditer(text)] if allowed is None else allowed
            if any(start < match.end() and match.start() < end for start, end in allowed):
                continue
        fix: Fix | None = None
        if rule.replacement is not None and not in_source:
            made = match.expand(rule.replacement)
            if made != match.group():
                fix = replaced(pair, match.span(), made, N_("Write {value}.", value=made))
        yield Finding(
            OWN + rule.id,
            rule.severity,
            N_("House style: {says}", says=rule.message),
            pair.id,
            source_span=match.span() if in_source else None,
            target_span=None if in_source else match.span(),
            fix=fix,
        )


CHECK = Check("house", N_("Patterns of the house"), _house, Severity.ERROR)
