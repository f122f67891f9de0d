"""Days, months, years and times of the day that differ between the languages.

A date that the translation leaves out ("last year", "on the same day") is only noted where a day is lost.
"""

import re
from collections.abc import Iterator, Sequence

from desktop_app.domain.findings import Finding, Fix, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.differences import AMOUNTS, Wrong, differences
from desktop_app.language.checks.figures import Amount, Figures, figures, sum_of
from desktop_app.language.checks.pairs import Check, Pair, each, primary, replaced
from desktop_app.language.numbers.quantities import Quantity, QuantityKind, in_english, ordinal_ending
from desktop_app.language.numbers.times import MonthPart, PartOfMonth, hour_of_the_day, parts_of_months

_DAY = re.compile(r"\b(?P<day>\d{1,2})(?P<ending>st|nd|rd|th)?\b")
_DAYS = {QuantityKind.DATE, QuantityKind.DAY}
_TOLD = _DAYS | {QuantityKind.YEAR, QuantityKind.DECADE}
# What may stand for a date: 去年, 昨天, 国庆, "last year", "on the same day", "Monday", "Christmas".
_RELATIVE = re.compile(
    r"[今去明前后当同本次翌每近]年|年[底初末中]|[今昨明前后当同次翌本近][天日晚晨早夜]|日前|近日|周|星期|礼拜|节|夕|月|假|届"
    r"|\b(?:last|this|next|same|that|previous|following|current|past)\s(?:year|month|week|day|night|evening|morning|season)"
    r"|\b(?:today|tonight|yesterday|tomorrow|recent\w*|annual\w*|ago|earlier|later|then|\w+days?|\w+mas|eve|festival|holiday|weekend)\b",
    re.IGNORECASE,
)
# Where an hour may be that of another place.
_ZONE = re.compile(
    r"当地时间|[东西中]部时间|时差|\b(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|JST)\b|\b(?:local|Beijing|Eastern|Pacific|Central|London)\s"
    r"(?:standard\s|daylight\s)?time\b",
    re.IGNORECASE,
)
_HALF = re.compile(r"[ap](?=\.?m)", re.IGNORECASE)
_OTHER_HALF = {"a": "p", "p": "a", "A": "P", "P": "A"}
_PARTS = {
    PartOfMonth.EARLY: N_("the first ten days"),
    PartOfMonth.MID: N_("the middle of the month"),
    PartOfMonth.LATE: N_("the last ten days"),
}


def _dates(pair: Pair) -> Iterator[Finding]:
    read = figures(pair)
    if read is None:
        return
    found = differences(read)
    for wrong in found.wrong:
        if wrong.source.kind not in AMOUNTS:
            yield _differs(pair, wrong)
    lost = [amount for amount in found.lost if amount.kind in _TOLD]
    if lost:
        yield from _unsaid(pair, lost)
    added = [amount for amount in found.added if amount.kind in _TOLD and amount.quantity.certain]
    if added and not _RELATIVE.search(pair.source):
        yield from _invented(pair, added)
    yield from _halves_of_the_day(pair, read)
    yield from _parts_of_months(pair)


def _differs(pair: Pair, wrong: Wrong) -> Finding:
    quantity, said = wrong.source.quantity, wrong.target.quantity
    into_english = primary(pair.target_language) == "en"
    if into_english:
        message = N_("{sum}. The English says {said}.", sum=sum_of(quantity), said=said.text)
    else:
        message = N_("The source says {value}. The translation says {said}.", value=quantity.text, said=said.text)
    return Finding(
        CHECK.id,
        Severity.ERROR if wrong.sure else Severity.WARNING,
        message,
        pair.id,
        source_span=quantity.span,
        target_span=said.span,
        fix=_fix(pair, quantity, said) if into_english and wrong.sure and quantity.kind is said.kind else None,
    )


def _fix(pair: Pair, quantity: Quantity, other: Quantity) -> Fix:
    text = in_english(quantity)
    if quantity.kind is QuantityKind.DATE and quantity.value // 100 == other.value // 100:
        text = _DAY.sub(lambda day: _day(int(quantity.value) % 100, day), other.text, count=1)
    return replaced(pair, other.span, text, N_("Write {value}.", value=text))


def _day(day: int, written: re.Match[str]) -> str:
    return f"{day}{ordinal_ending(day) if written['ending'] else ''}"


def _unsaid(pair: Pair, lost: Sequence[Amount]) -> Iterator[Finding]:
    """Dates that only the source gives: less where another word may stand for them, nothing for a mere day or year."""
    is_relative = _RELATIVE.search(pair.target) is not None
    for amount in lost:
        if is_relative and amount.kind is not QuantityKind.DATE:
            continue
        message = N_("{sum}. The translation gives no date.", sum=sum_of(amount.quantity))
        severity = Severity.NOTE if is_relative else Severity.WARNING
        yield Finding(CHECK.id, severity, message, pair.id, source_span=amount.quantity.span)


def _invented(pair: Pair, added: Sequence[Amount]) -> Iterator[Finding]:
    """Dates that only the translation gives; where the source says 去年 or 昨天 they are meant."""
    for amount in added:
        message = N_("The translation says {said}. The source has no such date.", said=amount.quantity.text)
        yield Finding(CHECK.id, Severity.WARNING, message, pair.id, target_span=amount.quantity.span)


def _halves_of_the_day(pair: Pair, read: Figures) -> Iterator[Finding]:
    """Find hours that agree but for twelve hours, where both sides leave no doubt: 下午2:30 and "2:30 a.m."."""
    hours = [(one, other) for one, other in read.matched if QuantityKind.HOUR in {one.kind, other.kind}]
    is_elsewhere = bool(hours) and any(_ZONE.search(text) for text in (pair.source, pair.target))
    for one, other in hours:
        ours = hour_of_the_day(pair.source, one.quantity, pair.source_language)
        theirs = hour_of_the_day(pair.target, other.quantity, pair.target_language)
        if ours is None or theirs is None or (ours - theirs) % 24 != 12:
            continue
        is_sure = ours % 12 != 0 and not is_elsewhere
        quantity, said = one.quantity, other.quantity
        message = N_(
            "{source} = {value}. The translation says {said}.",
            source=quantity.text.rstrip("."),
            value=f"{ours}:{int(quantity.value % 1 * 60):02}",
            said=said.text.rstrip("."),
        )
        turned = _HALF.sub(lambda half: _OTHER_HALF[half.group()], said.text)
        fix = replaced(pair, said.span, turned, N_("Write {value}.", value=turned)) if turned != said.text else None
        severity = Severity.ERROR if is_sure else Severity.WARNING
        yield Finding(CHECK.id, severity, message, pair.id, quantity.span, said.span, fix)


def _parts_of_months(pair: Pair) -> Iterator[Finding]:
    """Compare the parts of each month that both sides name once: 8月中旬 and "early August"."""
    ours = parts_of_months(pair.source, pair.source_language)
    theirs = parts_of_months(pair.target, pair.target_language)
    for month in dict.fromkeys(part.month for part in ours):
        first, second = _of_month(ours, month), _of_month(theirs, month)
        if len(first) != 1 or len(second) != 1 or not first[0].parts.isdisjoint(second[0].parts):
            continue
        one, other = first[0], second[0]
        message = N_(
            "{source} is {value}. The translation says {said}.",
            source=pair.source[slice(*one.span)],
            value=_PARTS[next(part for part in PartOfMonth if part in one.parts)],
            said=pair.target[slice(*other.span)],
        )
        severity = Severity.ERROR if one.is_exact and other.is_exact else Severity.WARNING
        yield Finding(CHECK.id, severity, message, pair.id, one.span, other.span)


def _of_month(parts: Sequence[MonthPart], month: int) -> list[MonthPart]:
    return [part for part in parts if part.month == month]


CHECK = Check("date", N_("Dates"), each(_dates), Severity.ERROR)
