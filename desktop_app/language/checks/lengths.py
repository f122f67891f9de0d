"""Translations much shorter or longer than their Chinese: a part was left out, or two sentences were mixed up.

English news has 0.36 to 1.1 words a Chinese character in 99 of 100 sentences (measured on 953 of WMT22); the bounds
lie well outside.
"""

import re
from collections.abc import Iterator

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.pairs import Check, Pair, each, primary

_FEWEST_WORDS, _MOST_WORDS = 0.25, 1.6  # a Chinese character
_SHORTEST = 16  # characters; a shorter sentence may become anything
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_PROSE = {"paragraph", "list item", "quotation", "deck"}


def _lengths(pair: Pair) -> Iterator[Finding]:
    if pair.kind not in _PROSE or not pair.has_both:
        return
    if (primary(pair.source_language), primary(pair.target_language)) != ("zh", "en"):
        return
    signs, words = len(_HAN.findall(pair.source)), len(pair.target.split())
    if signs < _SHORTEST or _FEWEST_WORDS <= words / signs <= _MOST_WORDS:
        return
    if words < signs:
        message = N_("{words} words for {signs} characters: a part may be missing.", words=words, signs=signs)
    else:
        message = N_("{words} words for {signs} characters: is all this in the source?", words=words, signs=signs)
    yield Finding(CHECK.id, Severity.NOTE, message, pair.id, target_span=(0, len(pair.target)))


CHECK = Check("length", N_("Unusual length"), each(_lengths))
