"""Sentences that only one language has, in a text that is otherwise there in both."""

from collections.abc import Iterator, Sequence

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.pairs import CAPTION, Check, Pair, Scope, whole


def _omitted(pairs: Sequence[Pair]) -> Iterator[Finding]:
    for pair in pairs:
        if pair.kind != CAPTION and pair.source.strip() and not pair.target.strip():
            yield Finding(
                OMISSION.id,
                Severity.WARNING,
                N_("This sentence has no translation."),
                pair.id,
                source_span=(0, len(pair.source)),
            )


def _added(pairs: Sequence[Pair]) -> Iterator[Finding]:
    texts = [pair for pair in pairs if pair.kind != CAPTION]
    if not any(pair.source.strip() for pair in texts):
        return
    for pair in texts:
        if pair.target.strip() and not pair.source.strip():
            yield Finding(
                ADDITION.id,
                Severity.WARNING,
                N_("The source has no sentence that this one translates."),
                pair.id,
                target_span=(0, len(pair.target)),
            )


OMISSION = Check("omission", N_("Sentence left out"), whole(_omitted), Severity.WARNING, Scope.STORY)
ADDITION = Check("addition", N_("Sentence added"), whole(_added), Severity.WARNING, Scope.STORY)
