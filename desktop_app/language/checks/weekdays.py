"""Days of the week that differ between the languages, or that the calendar does not give to their date."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_, Message
from desktop_app.language.checks.context import Context
from desktop_app.language.checks.pairs import Check, Pair, primary, replaced
from desktop_app.language.numbers.dates import WEEKDAYS, DatedWeekday, Weekday, dated_weekdays, weekday_of, weekdays

_NAMES = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday")
)  # fmt: skip
_READABLE = {"zh", "en"}
_LONGEST = 20_000  # characters; what is longer is no sentence
# What may be told by a day of the week instead: a date, "yesterday", a feast.
_OTHER_DAY = re.compile(
    r"[今昨明前后当同次翌本][天日晚晨早夜]|\d\s?[日号]|周末|双休|礼拜|星期|周|节|夕"
    r"|\b(?:today|tonight|yesterday|tomorrow|day|weekend|weekdays?|daily|eve|\d{1,2}(?:st|nd|rd|th)?)\b",
    re.IGNORECASE,
)


def _look(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    for pair in pairs:
        languages = {primary(pair.source_language), primary(pair.target_language)}
        if languages <= _READABLE and max(len(pair.source), len(pair.target)) <= _LONGEST:
            if pair.has_both:
                yield from _compared(pair)
            yield from _against_calendar(pair, context)


def _compared(pair: Pair) -> Iterator[Finding]:
    source, target = weekdays(pair.source, pair.source_language), weekdays(pair.target, pair.target_language)
    ours, theirs = _beyond(source, target), _beyond(target, source)
    known = {day.number for day in source}
    strange = [day for day in theirs if day.number not in known]
    named = {day.number for day in target}
    missing = [day for day in ours if day.number not in named]
    rivals = strange or theirs
    for day, other in zip(missing, rivals, strict=False):
        yield _differs(pair, day, other, Severity.ERROR if strange else Severity.WARNING)
    if strange and not missing and not _OTHER_DAY.search(pair.source):
        for other in strange:
            said = _word(pair.target, other)
            message = N_("The translation says {said}. The source names no such day.", said=said)
            yield Finding(CHECK.id, Severity.WARNING, message, pair.id, target_span=other.span)
    if missing and not rivals and not _OTHER_DAY.search(pair.target):
        for day in missing:
            message = N_("The source says {value}. The translation names no such day.", value=_word(pair.source, day))
            yield Finding(CHECK.id, Severity.NOTE, message, pair.id, source_span=day.span)


def _beyond(days: Sequence[Weekday], others: Sequence[Weekday]) -> list[Weekday]:
    """Return the days that stand here more often than there."""
    there = Counter(day.number for day in others)
    found = []
    for day in days:
        if there[day.number] > 0:
            there[day.number] -= 1
        else:
            found.append(day)
    return found


def _word(text: str, day: Weekday) -> str:
    return text[slice(*day.span)]


def _differs(pair: Pair, day: Weekday, other: Weekday, severity: Severity) -> Finding:
    said = _word(pair.target, other)
    if primary(pair.target_language) == "en":
        word = _word(pair.source, day)
        message = N_("{source} = {value}. The English says {said}.", source=word, value=_NAMES[day.number], said=said)
        name = WEEKDAYS[day.number]
        fix = replaced(pair, other.span, name, N_("Write {value}.", value=name))
    else:
        message = N_("The source says {value}. The translation says {said}.", value=_word(pair.source, day), said=said)
        fix = None
    return Finding(CHECK.id, severity, message, pair.id, day.span, other.span, fix)


def _against_calendar(pair: Pair, context: Context) -> Iterator[Finding]:
    for dated in dated_weekdays(pair.source, pair.source_language):
        if (message := _off(dated, context)) is not None:
            yield Finding(CHECK.id, Severity.NOTE, message, pair.id, source_span=dated.span)
    for dated in dated_weekdays(pair.target, pair.target_language):
        if (message := _off(dated, context)) is not None:
            yield Finding(CHECK.id, Severity.WARNING, message, pair.id, target_span=dated.span)


def _off(dated: DatedWeekday, context: Context) -> Message | None:
    right = weekday_of(dated, context.date)
    if right is None or right == dated.weekday:
        return None
    return N_("By the calendar that day is a {right}, not a {said}.", right=_NAMES[right], said=_NAMES[dated.weekday])


CHECK = Check("weekday", N_("Days of the week"), _look, Severity.ERROR)
