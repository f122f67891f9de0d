"""A hyphen between spaces, or two hyphens, where English has a dash.

A story that has hyphens between spaces for most of its dashes has a habit, and is told of it once.

What replaces it is the dash that the story uses, else the one of the house's variety: “ – ” in Britain, “—” in America.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.addresses import address_spans, is_within
from desktop_app.language.checks.context import Context
from desktop_app.language.checks.pairs import Check, Pair, Scope, replaced

_TYPED = re.compile(r"(?<=[A-Za-z,”’)\"'%\d]) (?:--?) (?=[A-Za-z“‘(\"'])|(?<=[A-Za-z,”’)\"'])---?(?=[A-Za-z“‘(\"'])")
_HYPHEN = " - "
_MOST = 200  # of one segment
_DASHES = re.compile(r"\s?[—–]\s?(?!\d)")
_IN_SOURCE = re.compile(r"\s[-–]\s|[A-Za-z\d]\s?-\s")
_CODE = re.compile(r"(?:^|\s)--?[a-z]|`|::|[{}=<>]")


def _typed(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    dashes = sum(len(_DASHES.findall(pair.target)) for pair in pairs)
    is_habit = sum(pair.target.count(_HYPHEN) for pair in pairs) > dashes
    dash, told = "", 0
    for pair in pairs:
        if not pair.is_into_western or _IN_SOURCE.search(pair.source) or _CODE.search(pair.target):
            continue
        addresses = address_spans(pair.target)
        for match in islice(_TYPED.finditer(pair.target), _MOST):
            if is_within(match.start(), addresses):
                continue
            told += match.group() == _HYPHEN
            if told > 1 and match.group() == _HYPHEN and is_habit:
                continue
            dash = dash or _dash_of(pairs, context.style.variety)
            yield Finding(
                CHECK.id,
                Severity.NOTE,
                N_("A hyphen stands here for a dash."),
                pair.id,
                target_span=match.span(),
                fix=replaced(pair, match.span(), dash, N_("Write a dash.")),
            )


def _dash_of(pairs: Sequence[Pair], variety: str) -> str:
    """The dash that the story uses, with its spaces."""
    for pair in pairs:
        found = _DASHES.search(pair.target)
        if found is not None:
            return found.group().replace("\u00a0", " ")
    return " – " if variety == "en-GB" else "—"


CHECK = Check("dash", N_("Hyphen for a dash"), _typed, Severity.NOTE, Scope.STORY)
