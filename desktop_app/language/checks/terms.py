"""Terms of the termbase that the translation renders by a forbidden word, in wrong capitals, or not at all."""

import re
from collections.abc import Iterator, Sequence

from desktop_app.domain.findings import Finding, Fix, Severity
from desktop_app.domain.terms import Term, TermKind
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.context import Context
from desktop_app.language.checks.pairs import Check, Pair, Scope, primary, replaced
from desktop_app.language.terms import TermIndex, index_of
from desktop_app.language.terms.in_text import TermUse, term_uses
from desktop_app.language.terms.rendering import in_other_case, rendered, replacement

# What may stand for a term once it has been named.
_STANDS_IN = re.compile(
    r"\b(?:it|its|itself|they|their|them|he|his|him|she|her|we|our|us|you|your|this|that|these|those|one|such|which|who|where|there"
    r"|here|former|latter|same)\b",
    re.IGNORECASE,
)
_SHORT_WORD = 2  # characters
_WORDS = re.compile(r"[a-z]{3,}")


def _uses(pairs: Sequence[Pair], context: Context) -> Iterator[tuple[int, Pair, tuple[TermUse, ...], TermIndex]]:
    if not context.terms:
        return
    index = index_of(context.terms)
    for number, pair in enumerate(pairs):
        if pair.has_both:
            yield number, pair, term_uses(index, pair.source, pair.target, pair.target_language), index


def _forbidden(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    for _number, pair, uses, _index in _uses(pairs, context):
        for use in uses:
            for one in use.forbidden:
                term = use.term_of(one)
                yield Finding(
                    FORBIDDEN.id,
                    Severity.ERROR,
                    N_(
                        "“{written}” is not to be used for {source}: write “{target}”.",
                        written=one.written,
                        source=term.source,
                        target=term.target,
                    ),
                    pair.id,
                    source_span=use.mentions[0],
                    target_span=one.span,
                    fix=_approved(pair, term, one.span, one.written),
                )


def _approved(pair: Pair, term: Term, span: tuple[int, int], written: str) -> Fix:
    label = N_("Write “{text}”.", text=term.target)
    if primary(pair.target_language) == "en":
        return Fix(label, replacement(pair.target, span, written, term.target))
    return replaced(pair, span, term.target, label)


def _missing(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    named: set[str] = set()
    for number, pair, uses, index in _uses(pairs, context):
        for use in uses:
            term = use.terms[0]
            if use.good:
                named.add(use.key)
            elif use.forbidden or term.kind is TermKind.PERSON or len(term.source) == 1:
                continue  # other checks speak of the first two; one character is in too many other words
            elif (finding := _in_wrong_case(pair, use)) is not None:
                named.add(use.key)
                yield finding
            elif not _is_elsewhere(pairs, number, use, index):
                if use.key in named and (_is_plain_word(term) or _stands_in(pair, term)):
                    continue
                yield _not_there(pair, use, is_first=use.key not in named)


def _in_wrong_case(pair: Pair, use: TermUse) -> Finding | None:
    """The approved form is there but for its capitals; all capitals are another matter."""
    if primary(pair.target_language) != "en":
        return None
    for term in use.terms:
        span = in_other_case(term, pair.target)
        if span is not None:
            return Finding(
                TERM.id,
                Severity.NOTE,
                N_("The termbase writes “{target}”, with these capitals.", target=term.target),
                pair.id,
                source_span=use.mentions[0],
                target_span=span,
                fix=_approved(pair, term, span, term.target),
            )
    return None


def _is_elsewhere(pairs: Sequence[Pair], number: int, use: TermUse, index: TermIndex) -> bool:
    """Whether the sentence before or after has the term, without its own source asking for it."""
    for place in (number - 1, number + 1):
        if not 0 <= place < len(pairs) or not pairs[place].target:
            continue
        beside = pairs[place]
        asked = any(mention.term in use.terms for mention in index.find(beside.source))
        if not asked and any(
            one.is_good for term in use.terms for one in rendered(term, beside.target, beside.target_language)
        ):
            return True
    return False


def _stands_in(pair: Pair, term: Term) -> bool:
    """Whether a pronoun, or a word of the term itself, may stand for it: “the University” for one that was named."""
    if _STANDS_IN.search(pair.target):
        return True
    target = pair.target.casefold()
    return any(word in target for word in _WORDS.findall(term.target.casefold()))


def _is_plain_word(term: Term) -> bool:
    """Whether it is an everyday word (公司, company): often a part of a longer one, and often said otherwise."""
    return term.kind is TermKind.TERM and len(term.source) <= _SHORT_WORD and term.target.islower()


def _not_there(pair: Pair, use: TermUse, *, is_first: bool) -> Finding:
    term = use.terms[0]
    targets = " / ".join(f"“{one.target}”" for one in use.terms)
    return Finding(
        TERM.id,
        Severity.WARNING if is_first and not _is_plain_word(term) else Severity.NOTE,
        N_("{source} is {targets} in the termbase; the translation does not have it.", source=term.source,
           targets=targets),
        pair.id,
        source_span=use.mentions[0],
    )  # fmt: skip


TERM = Check("term", N_("Terms"), _missing, Severity.WARNING, Scope.STORY)
FORBIDDEN = Check("forbidden-term", N_("Forbidden words"), _forbidden, Severity.ERROR)
