"""More than one space between two words."""

import re
from collections.abc import Iterator

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.pairs import Check, Pair, each, replaced

_DOUBLED = re.compile(r"(?<=\S)[ \t\u00a0\u2000-\u200a\u202f]{2,}(?=\S)")


def _doubled(pair: Pair) -> Iterator[Finding]:
    if not pair.is_into_western:
        return
    for run in _DOUBLED.finditer(pair.target):
        yield Finding(
            CHECK.id,
            Severity.WARNING,
            N_("There is more than one space here."),
            pair.id,
            target_span=run.span(),
            fix=replaced(pair, run.span(), " ", N_("Leave one space.")),
        )


CHECK = Check("doubled-space", N_("Doubled space"), each(_doubled), Severity.WARNING)
