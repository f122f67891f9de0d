"""One sentence translated in two ways, and two sentences translated in one.

Captions are compared with captions, and text with text: a headline is worded otherwise than the sentence that it was
taken from. A very short text ("是的。") may become anything.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from desktop_app.domain.findings import Finding, Fix, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.pairs import CAPTION, Check, Pair, Scope, whole

_SHORTEST = 4  # letters or characters of a source that are looked at
_LONG = 12  # of one that is warned of
_FEWEST_WORDS = 3  # of a translation that stands for two sources
_LOOKED_AT = {"paragraph", "list item", "quotation", CAPTION}
_SHOWN = 60  # characters of another translation
_DROPPED = re.compile(r"[\W_]+")


def _inconsistent(pairs: Sequence[Pair]) -> Iterator[Finding]:
    first: dict[tuple[bool, str], Pair] = {}
    for pair in _compared(pairs):
        source = _key(pair.source)
        if len(source) < _SHORTEST:
            continue
        before = first.setdefault((pair.kind == CAPTION, source), pair)
        if before is pair or _key(before.target) == _key(pair.target):
            continue
        yield Finding(
            INCONSISTENT.id,
            Severity.WARNING if len(source) >= _LONG else Severity.NOTE,
            N_("The same text was translated as “{other}” before.", other=_shortened(before.target)),
            pair.id,
            source_span=(0, len(pair.source)),
            target_span=(0, len(pair.target)),
            fix=Fix(N_("Write it as before."), before.target),
        )


def _reused(pairs: Sequence[Pair]) -> Iterator[Finding]:
    first: dict[str, Pair] = {}
    for pair in _compared(pairs):
        target = _key(pair.target)
        if len(pair.target.split()) < _FEWEST_WORDS or min(len(_key(pair.source)), len(target)) < _SHORTEST:
            continue
        before = first.setdefault(target, pair)
        if before is pair or _key(before.source) == _key(pair.source):
            continue
        yield Finding(
            REUSED.id,
            Severity.NOTE,
            N_("Another text has the same translation: {other}.", other=_shortened(before.source.rstrip("。.！？"))),
            pair.id,
            source_span=(0, len(pair.source)),
            target_span=(0, len(pair.target)),
        )


def _compared(pairs: Sequence[Pair]) -> Iterator[Pair]:
    return (pair for pair in pairs if pair.kind in _LOOKED_AT and pair.has_both)


def _key(text: str) -> str:
    """The letters and digits of a text, whatever their width and case: marks and spaces make no difference."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


INCONSISTENT = Check("inconsistent", N_("Translated in two ways"), whole(_inconsistent), Severity.WARNING, Scope.STORY)
REUSED = Check("same-translation", N_("One translation for two texts"), whole(_reused), Severity.NOTE, Scope.STORY)
