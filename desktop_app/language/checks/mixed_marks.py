"""One story, two habits: straight and curly quotation marks, ``...`` and ``…``. The rarer of the two is told.

Inches, minutes and feet (5' 10") are no quotation marks.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from desktop_app.domain.findings import Finding, Fix, Severity
from desktop_app.foundation.messages import N_, Message
from desktop_app.language.checks.context import Context
from desktop_app.language.checks.pairs import Check, Look, Pair, Scope

_OPENS = re.compile(r"(?:^|[\s(\[—–/“‘-])$")


@dataclass(frozen=True, slots=True)
class _Habit:
    """One of two ways to write a mark: where it stands, what says so, and how it is turned into the other."""

    place: re.Pattern[str]
    message: Message
    label: Message
    turn: Callable[[re.Match[str]], str]


def _curled(straight: re.Match[str]) -> str:
    opens = _OPENS.search(straight.string[max(0, straight.start() - 1) : straight.start()]) is not None
    return ("“" if opens else "”") if straight.group() == '"' else "’"


_STRAIGHT_DOUBLE = _Habit(
    re.compile(r"(?<!\d)\""),
    N_("A straight quotation mark stands here; the story has curly ones elsewhere."),
    N_("Write curly marks."),
    _curled,
)
_CURLY_DOUBLE = _Habit(
    re.compile(r"[“”]"),
    N_("A curly quotation mark stands here; the story has straight ones elsewhere."),
    N_("Write straight marks."),
    lambda _mark: '"',
)
_STRAIGHT_SINGLE = _Habit(
    re.compile(r"(?<=[A-Za-z])'(?=[A-Za-z])|(?<=[A-Za-z]s)'(?=\s)"),
    N_("A straight apostrophe stands here; the story has curly ones elsewhere."),
    N_("Write curly marks."),
    _curled,
)
_CURLY_SINGLE = _Habit(
    re.compile(r"(?<=[A-Za-z])’(?=[A-Za-z])|(?<=[A-Za-z]s)’(?=\s)"),
    N_("A curly apostrophe stands here; the story has straight ones elsewhere."),
    N_("Write straight marks."),
    lambda _mark: "'",
)
_DOTS = _Habit(
    re.compile(r"(?<!\.)\.(?: ?\.){2,3}(?!\.)"),
    N_("Three dots stand here; the story has “…” elsewhere."),
    N_("Write “…”."),
    lambda _mark: "…",
)
_ELLIPSIS = _Habit(
    re.compile("…"),
    N_("“…” stands here; the story has three dots elsewhere."),
    N_("Write three dots."),
    lambda _mark: "...",
)


def _mixed(check: str, *habits: tuple[_Habit, _Habit]) -> Look:
    def look(pairs: Sequence[Pair], _context: Context) -> Iterator[Finding]:
        western = [pair for pair in pairs if pair.is_into_western and pair.target]
        for one, other in habits:
            counts = [sum(len(habit.place.findall(pair.target)) for pair in western) for habit in (one, other)]
            if not all(counts):
                continue
            rarer = one if counts[0] < counts[1] else other
            for pair in western:
                found = rarer.place.search(pair.target)
                if found is not None:
                    fix = Fix(rarer.label, rarer.place.sub(rarer.turn, pair.target))
                    yield Finding(check, Severity.NOTE, rarer.message, pair.id, target_span=found.span(), fix=fix)

    return look


QUOTES = Check(
    "mixed-quotes",
    N_("Straight and curly quotation marks"),
    _mixed("mixed-quotes", (_CURLY_DOUBLE, _STRAIGHT_DOUBLE), (_CURLY_SINGLE, _STRAIGHT_SINGLE)),
    Severity.NOTE,
    Scope.STORY,
)
DOTS = Check(
    "mixed-ellipsis",
    N_("Two kinds of ellipsis"),
    _mixed("mixed-ellipsis", (_DOTS, _ELLIPSIS)),
    Severity.NOTE,
    Scope.STORY,
)
