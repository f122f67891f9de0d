"""Measures that are of another unit in the translation: three months for 三年, metres for 公里."""

from collections.abc import Iterator, Sequence

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_, Message
from desktop_app.language.checks.figures import Amount, figures
from desktop_app.language.checks.pairs import Check, Pair, each
from desktop_app.language.numbers.units import Dimension, Unit, vague_units

# Units that are words; the others are signs (km, °C), the same in every language.
_NAMES = {
    "inches": N_("inches"), "feet": N_("feet"), "yards": N_("yards"), "miles": N_("miles"), "mu": N_("mu"),
    "nautical miles": N_("nautical miles"), "hectares": N_("hectares"), "acres": N_("acres"), "jin": N_("jin"),
    "square feet": N_("square feet"), "square miles": N_("square miles"), "tonnes": N_("tonnes"),
    "ounces": N_("ounces"), "pounds": N_("pounds"), "gallons": N_("gallons"), "barrels": N_("barrels"),
    "litres": N_("litres"), "seconds": N_("seconds"), "minutes": N_("minutes"), "hours": N_("hours"),
    "days": N_("days"), "nights": N_("nights"), "weeks": N_("weeks"), "months": N_("months"),
    "quarters": N_("quarters"), "years": N_("years"), "decades": N_("decades"), "centuries": N_("centuries"),
}  # fmt: skip
_DIMENSIONS_OF_TIME = {Dimension.TIME, Dimension.CALENDAR}


def _measures(pair: Pair) -> Iterator[Finding]:
    read = figures(pair)
    if read is None:
        return
    known = tuple(dict.fromkeys(unit for amount in read.source.amounts for unit in _units(amount)))
    said = tuple(dict.fromkeys(unit for amount in read.target.amounts for unit in _units(amount)))
    for one, other in read.matched:
        ours, theirs = _units(one), _units(other)
        if not ours or not theirs or one.value != other.value or not one.value:
            continue
        if _is_foreign(theirs, known) and _is_foreign(ours, said):
            yield _differs(pair, one.quantity.text, ours[0], theirs[0], one.quantity.span, other.quantity.span)
    yield from _vague(pair, known, said)


def _vague(pair: Pair, known: Sequence[Unit], said: Sequence[Unit]) -> Iterator[Finding]:
    """Compare amounts that neither side says in figures: 几天, "a few weeks"."""
    ours, theirs = vague_units(pair.source, pair.source_language), vague_units(pair.target, pair.target_language)
    if len(ours) != 1 or len(theirs) != 1:
        return
    (one, span), (other, other_span) = ours[0], theirs[0]
    if one.dimension in _DIMENSIONS_OF_TIME and other.dimension not in _DIMENSIONS_OF_TIME:
        return
    if not one.agrees_with(other) and _is_foreign([other], known) and _is_foreign([one], said):
        yield _differs(pair, pair.source[slice(*span)], one, other, span, other_span)


def _is_foreign(units: Sequence[Unit], named: Sequence[Unit]) -> bool:
    return not any(unit.agrees_with(other) for unit in units for other in named)


def _differs(
    pair: Pair, value: str, unit: Unit, other: Unit, span: tuple[int, int], other_span: tuple[int, int]
) -> Finding:
    message = N_(
        "{value} is given in {unit}. The translation gives it in {other}.",
        value=value,
        unit=_name(unit),
        other=_name(other),
    )
    return Finding(CHECK.id, Severity.WARNING, message, pair.id, span, other_span)


def _name(unit: Unit) -> Message | str:
    return _NAMES.get(unit.name, unit.name)


def _units(amount: Amount) -> tuple[Unit, ...]:
    return tuple(unit for unit in amount.units if unit.dimension is not Dimension.MONEY)


CHECK = Check("measure", N_("Units of measure"), each(_measures), Severity.WARNING)
