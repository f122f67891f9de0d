"""Full-width letters, digits and marks in a text that is written in the narrow ones."""

import re
import unicodedata
from collections.abc import Iterator

from desktop_app.domain.findings import Finding, Fix, Severity
from desktop_app.foundation.messages import N_, NN_
from desktop_app.language.checks.pairs import Check, Pair, each

_WIDE = re.compile(r"[\u3000-\u3003\u3008-\u3011\u3014-\u301b\uff01-\uff5e\uff61\uffe0-\uffe6]")
_MARKS = str.maketrans({
    "、": ",", "。": ".", "｡": ".", "《": "“", "》": "”", "〈": "‘", "〉": "’", "「": "“", "」": "”", "『": "‘",
    "』": "’",
    "【": "[", "】": "]", "〔": "[", "〕": "]", "〖": "[", "〗": "]",
})  # fmt: skip
_NEEDS_SPACE_AFTER = re.compile(r"[，。、；：！？）｡](?=[^\W\d_]|[“‘(（])")
_NEEDS_SPACE_BEFORE = re.compile(r"(?<=[\w,.;:!?])(?=[（《])")


def _wide(pair: Pair) -> Iterator[Finding]:
    if not pair.is_into_western:
        return
    found = _WIDE.findall(pair.target)
    if not found:
        return
    first = _WIDE.search(pair.target)
    marks = " ".join(dict.fromkeys(mark for mark in found if mark.strip())) or "\u2423"
    yield Finding(
        CHECK.id,
        Severity.WARNING,
        NN_(
            "A full-width character stands here: {marks} .",
            "{n} full-width characters stand here: {marks} .",
            len(found),
            marks=marks,
        ),
        pair.id,
        target_span=first.span() if first else None,
        fix=Fix(N_("Write them in half width."), narrowed(pair.target)),
    )


def narrowed(text: str) -> str:
    """Return ``text`` with narrow letters, digits and marks, and with the spaces that narrow marks need."""
    spaced = _NEEDS_SPACE_BEFORE.sub(" ", _NEEDS_SPACE_AFTER.sub(r"\g<0> ", text))
    return _WIDE.sub(lambda mark: unicodedata.normalize("NFKC", mark.group().translate(_MARKS)), spaced)


CHECK = Check("full-width", N_("Full-width characters"), each(_wide), Severity.WARNING)
