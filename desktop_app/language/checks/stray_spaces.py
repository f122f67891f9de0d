"""A space where none belongs: at an edge of the segment, before a mark, or inside a bracket."""

import re
from collections.abc import Iterator

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.pairs import Check, Pair, each, replaced

_STRAY = re.compile(
    r"^\s+|(?<!\s)\s+$|(?<=\w)[ \u00a0]+(?=[,;!?)\]](?![\w=])|:(?=\s|$)|\.(?=\s|$))|(?<=[(\[])[ \u00a0]+(?=\w)"
)


def _stray(pair: Pair) -> Iterator[Finding]:
    if not pair.is_into_western or not pair.target.strip():
        return
    for run in _STRAY.finditer(pair.target):
        at_edge = run.start() == 0 or run.end() == len(pair.target)
        message = N_("The segment begins or ends with a space.") if at_edge else N_("There is a space too many here.")
        yield Finding(
            CHECK.id,
            Severity.NOTE,
            message,
            pair.id,
            target_span=run.span(),
            fix=replaced(pair, run.span(), "", N_("Take the space out.")),
        )


CHECK = Check("stray-space", N_("Space where none belongs"), each(_stray), Severity.NOTE)
