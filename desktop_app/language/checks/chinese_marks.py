"""Half-width marks and full-width figures in Chinese: a note where it is the source, a repair where it is ours.

In Chinese, marks between Chinese characters are full-width and figures are half-width (GB/T 15834-2011,
GB/T 15835-2011). A source that mixes them was often typed in haste, and is worth a second look.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from desktop_app.domain.findings import Finding, Fix, Severity
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.language.checks.pairs import Check, Pair, Scope, each, primary, whole

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_NARROW = re.compile(
    rf"(?<={_HAN})[,;:!?](?={_HAN}|[“‘《（”’》）]|\s*$)|(?<=[”’》）])[,;!?](?={_HAN})"
    rf"|(?<={_HAN})\.(?={_HAN}|$)|(?<={_HAN})\((?={_HAN})|(?<={_HAN})\)(?={_HAN}|[，。；：！？]|$)"
)
_MARKS = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。", "(": "（", ")": "）"}
_WIDE = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")


def _narrow(pairs: Sequence[Pair]) -> Iterator[Finding]:
    """A source is told of once a story, where its first such mark stands: nobody mends it here."""
    sources = [(pair, list(_NARROW.finditer(pair.source))) for pair in pairs if primary(pair.source_language) == "zh"]
    found = [(pair, marks) for pair, marks in sources if marks]
    if found:
        pair, marks = found[0]
        message = _narrow_message([mark for _, some in found for mark in some])
        yield Finding(NARROW.id, Severity.NOTE, message, pair.id, source_span=marks[0].span())
    for pair in pairs:
        marks = list(_NARROW.finditer(pair.target)) if primary(pair.target_language) == "zh" else []
        if marks:
            fix = Fix(N_("Write them in full width."), _NARROW.sub(lambda mark: _MARKS[mark.group()], pair.target))
            span = marks[0].span()
            yield Finding(NARROW.id, Severity.WARNING, _narrow_message(marks), pair.id, target_span=span, fix=fix)


def _narrow_message(marks: Sequence[re.Match[str]]) -> Message:
    return NN_(
        "A half-width mark stands in the Chinese: {marks} .",
        "{n} half-width marks stand in the Chinese: {marks} .",
        len(marks),
        marks=" ".join(dict.fromkeys(mark.group() for mark in marks)),
    )


def _wide(pair: Pair) -> Iterator[Finding]:
    for text, is_source in _chinese(pair):
        found = list(_WIDE.finditer(text))
        if not found:
            continue
        message = N_("Full-width figures or letters stand in the Chinese: {text}.", text=found[0].group())
        if is_source:
            yield Finding(WIDE.id, Severity.NOTE, message, pair.id, source_span=found[0].span())
        else:
            narrowed = _WIDE.sub(lambda run: unicodedata.normalize("NFKC", run.group()), text)
            fix = Fix(N_("Write them in half width."), narrowed)
            yield Finding(WIDE.id, Severity.WARNING, message, pair.id, target_span=found[0].span(), fix=fix)


def _chinese(pair: Pair) -> Iterator[tuple[str, bool]]:
    """The Chinese of a pair, and whether it is the source."""
    if primary(pair.source_language) == "zh":
        yield pair.source, True
    if primary(pair.target_language) == "zh":
        yield pair.target, False


NARROW = Check("half-width", N_("Half-width marks in Chinese"), whole(_narrow), Severity.WARNING, Scope.STORY)
WIDE = Check("wide-figures", N_("Full-width figures in Chinese"), each(_wide), Severity.WARNING)
