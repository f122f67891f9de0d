"""The same word twice running ("the the"). Names (Bora Bora) and words that English doubles are left alone."""

import re
from collections.abc import Iterator

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.pairs import Check, Pair, each, replaced

_DOUBLED = re.compile(r"(?<![\w’'-])([A-Za-z]+(?:[’'][a-z]+)?)(\s+\1)(?![\w’'-])", re.IGNORECASE)
_ALLOWED = {
    "had", "that", "very", "so", "no", "bye", "ha", "blah", "really", "many", "much", "far", "long", "yes", "now",
    "hear", "there", "well", "knock", "never", "more", "too", "www", "her", "tuk", "heh", "coo", "cha",
}  # fmt: skip


def _doubled(pair: Pair) -> Iterator[Finding]:
    if not pair.is_into_western:
        return
    for match in _DOUBLED.finditer(pair.target):
        word, again = match.group(1), match.group(2).strip()
        if word.lower() in _ALLOWED or not again.islower():
            continue
        yield Finding(
            CHECK.id,
            Severity.WARNING,
            N_("“{word}” stands here twice.", word=word),
            pair.id,
            target_span=match.span(),
            fix=replaced(pair, match.span(2), "", N_("Leave it once.")),
        )


CHECK = Check("doubled-word", N_("Doubled word"), each(_doubled), Severity.WARNING)
