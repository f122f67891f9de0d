"""Picture captions that only one language has."""

from collections.abc import Iterator

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.pairs import CAPTION, Check, Pair, each


def _one_sided(pair: Pair) -> Iterator[Finding]:
    if pair.kind != CAPTION or bool(pair.source.strip()) == bool(pair.target.strip()):
        return
    if pair.source.strip():
        message = N_("The caption of this picture is not translated.")
        yield Finding(CHECK.id, Severity.WARNING, message, pair.id, source_span=(0, len(pair.source)))
    else:
        message = N_("This picture has a caption in the translation only.")
        yield Finding(CHECK.id, Severity.WARNING, message, pair.id, target_span=(0, len(pair.target)))


CHECK = Check("caption-missing", N_("Caption in one language only"), each(_one_sided))
