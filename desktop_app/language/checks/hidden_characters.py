"""Characters that nobody sees: zero-width ones, controls, and those that turn the direction of writing."""

import re
import unicodedata
from collections.abc import Iterator

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.pairs import Check, Pair, each, replaced

_TURNING = "\u202a-\u202e\u2066-\u2069"
_HIDDEN = re.compile(
    rf"[{_TURNING}\u200b\u200c\u200e\u200f\u00ad\u2060-\u2064\ufeff\ufff9-\ufffb\u180e\u061c\u2028\u2029"
    r"\x00-\x08\x0b-\x1f\x7f-\x9f]+"
    r"|(?<![\u2190-\u32ff\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2190-\u32ff\U0001f000-\U0001faff])"
)
_IS_TURNING = re.compile(f"[{_TURNING}]")
_CONTROL_NAMES = {"\u007f": "DELETE"}


def _hidden(pair: Pair) -> Iterator[Finding]:
    for run in _HIDDEN.finditer(pair.source):
        message = N_("The source holds a character that nobody sees: {name}.", name=_name(run.group()[0]))
        yield Finding(CHECK.id, Severity.NOTE, message, pair.id, source_span=run.span())
    for run in _HIDDEN.finditer(pair.target):
        turning = _IS_TURNING.search(run.group())
        if turning:
            message = N_("A character here turns the direction of writing: {name}.", name=_name(turning.group()))
        else:
            message = N_("There is a character here that nobody sees: {name}.", name=_name(run.group()[0]))
        yield Finding(
            CHECK.id,
            Severity.ERROR if turning else Severity.WARNING,
            message,
            pair.id,
            target_span=run.span(),
            fix=replaced(pair, run.span(), "", N_("Take it out.")),
        )


def _name(character: str) -> str:
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "") or _CONTROL_NAMES.get(character, "CONTROL")
    return f"{code} {name}"


CHECK = Check("hidden-character", N_("Invisible characters"), each(_hidden), Severity.ERROR)
