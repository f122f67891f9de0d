"""Short forms before the full one: a reader must have met “Beijing University of Technology” to know BJUT.

Headlines and captions are read by themselves and short by nature: they may use the short form, and do not count as
the introduction.
"""

from collections.abc import Iterator, Sequence

from desktop_app.domain.findings import Finding, Severity
from desktop_app.domain.terms import Term, TermKind
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.context import Context
from desktop_app.language.checks.pairs import CAPTION, Check, Pair, Scope, primary, replaced
from desktop_app.language.terms import index_of
from desktop_app.language.terms.in_text import term_uses
from desktop_app.language.terms.rendering import Form, Rendering

_NOT_RUNNING_TEXT = {"headline", "deck", CAPTION}


def _too_early(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    if not any(term.short for term in context.terms):
        return
    index = index_of(context.terms)
    introduced: set[str] = set()
    for pair in pairs:
        if not pair.has_both or primary(pair.target_language) in {"zh", "ja"}:
            continue
        if pair.kind in _NOT_RUNNING_TEXT:
            continue
        for use in term_uses(index, pair.source, pair.target, pair.target_language):
            short = next((one for one in use.good if one.form is Form.SHORT), None)
            if use.key in introduced or not use.good:
                continue
            introduced.add(use.key)
            if short is not None and all(one.form is Form.SHORT for one in use.good):
                yield _finding(pair, use.term_of(short), short)


def _finding(pair: Pair, term: Term, short: Rendering) -> Finding:
    is_acronym = term.short.isupper() and term.kind is not TermKind.PERSON
    text = f"{term.target} ({term.short})" if is_acronym else term.target
    written = pair.target[slice(*short.span)]
    if written.endswith(("'s", "’s")):
        text += written[-2:]
    return Finding(
        CHECK.id,
        Severity.NOTE,
        N_("“{short}” stands here before “{full}” was named.", short=term.short, full=term.target),
        pair.id,
        target_span=short.span,
        fix=replaced(pair, short.span, text, N_("Write “{text}”.", text=text)),
    )


CHECK = Check("first-mention", N_("Full name first"), _too_early, Severity.NOTE, Scope.STORY)
