"""Chinese characters that stayed behind in a text of another script.

In brackets or quotation marks they are often meant ("the character “福”"), so there they are only noted.
"""

import re
from collections.abc import Iterator

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.pairs import Check, Pair, each

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_RUN = re.compile(rf"[{_HAN}](?:[\s、，。：；·\d]*[{_HAN}])*")
_OPENERS = "([（“‘\"'《「"


def _han(pair: Pair) -> Iterator[Finding]:
    if not pair.is_into_western:
        return
    for run in _RUN.finditer(pair.target):
        is_quoted = pair.target[: run.start()].rstrip()[-1:] in tuple(_OPENERS)
        yield Finding(
            CHECK.id,
            Severity.NOTE if is_quoted else Severity.WARNING,
            N_("“{text}” is still Chinese.", text=run.group()),
            pair.id,
            target_span=run.span(),
        )


CHECK = Check("chinese-left", N_("Chinese left in the translation"), each(_han), Severity.WARNING)
