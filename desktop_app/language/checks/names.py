"""Chinese personal names: as the termbase has them, else surname first, given name in one word, and always alike."""

import re
from collections.abc import Iterator, Sequence

from desktop_app.domain.findings import Finding, Severity
from desktop_app.domain.terms import Term, TermKind
from desktop_app.foundation.messages import N_, Message
from desktop_app.language.checks.context import Context
from desktop_app.language.checks.pairs import CAPTION, Check, Pair, Scope, primary, replaced
from desktop_app.language.names.in_text import NameUse, Order, names_in_pair
from desktop_app.language.names.pinyin import key_of
from desktop_app.language.terms import index_of
from desktop_app.language.terms.in_text import TermUse, term_uses
from desktop_app.language.terms.rendering import in_other_case

_NOT_RUNNING_TEXT = {"headline", "deck", CAPTION}


def _names(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    people = {term.source: term for term in context.terms if term.kind is TermKind.PERSON}
    first: dict[str, str] = {}
    named: set[str] = set()
    for pair in pairs:
        if not pair.has_both or primary(pair.source_language) != "zh" or primary(pair.target_language) in {"zh", "ja"}:
            continue
        uses = names_in_pair(pair)
        if people:
            yield from _against_the_terms(pair, context, uses, named)
        for use in uses:
            if str(use.name) not in people and (finding := _against_the_rule(pair, use, first)) is not None:
                yield finding


def _against_the_terms(pair: Pair, context: Context, names: Sequence[NameUse], named: set[str]) -> Iterator[Finding]:
    index = index_of(context.terms)
    for use in term_uses(index, pair.source, pair.target, pair.target_language):
        term = use.terms[0]
        if term.kind is not TermKind.PERSON or use.forbidden or _is_of_another(use, names):
            continue
        others = [name for name in names if _is_of(name, use) and not _is_stated(name.written, use.terms)]
        stated = bool(use.good) or any(in_other_case(one, pair.target) for one in use.terms)
        for name in others:
            yield _otherwise(pair, term, name)
        if stated or others:
            named.add(use.key)
        elif use.key not in named and pair.kind not in _NOT_RUNNING_TEXT:
            named.add(use.key)
            yield _not_in_full(pair, term, use)


def _is_of(name: NameUse, use: TermUse) -> bool:
    """Whether the words were recognised as the name that the term stands for."""
    return any(name.source_span == mention for mention in use.mentions)


def _is_of_another(use: TermUse, names: Sequence[NameUse]) -> bool:
    """Whether the characters are only the beginning of a longer name that the translation has: 王明 of 王明亮."""
    return all(
        any(one.source_span[0] <= start and end < one.source_span[1] for one in names) for start, end in use.mentions
    )


def _is_stated(written: str, terms: Sequence[Term]) -> bool:
    """Whether the termbase has this spelling; capitals of a surname are a matter of where it stands."""
    plain = " ".join(written.replace("’", "'").split()).casefold()
    return any(
        plain == " ".join(form.replace("’", "'").split()).casefold()
        for term in terms
        for form in (term.target, term.short, *term.allowed)
        if form
    )


def _otherwise(pair: Pair, term: Term, name: NameUse) -> Finding:
    right = _in_running_text(term.target) if not _has_capital_surname(name.written) else term.target
    return Finding(
        CHECK.id,
        Severity.ERROR,
        N_("{han} is “{right}” in the termbase, not “{written}”.", han=term.source, right=right, written=name.written),
        pair.id,
        source_span=name.source_span,
        target_span=name.target_span,
        fix=replaced(pair, name.target_span, right, N_("Write “{text}”.", text=right)),
    )


def _not_in_full(pair: Pair, term: Term, use: TermUse) -> Finding:
    right = _in_running_text(term.target)
    partly = any(key_of(word) in pair.target.casefold() for word in term.target.split() if len(word) > 1)
    return Finding(
        CHECK.id,
        Severity.NOTE if partly else Severity.WARNING,
        N_("{han} is named here for the first time: write “{right}” in full.", han=term.source, right=right)
        if partly
        else N_("{han}, “{right}” in the termbase, is not in the translation.", han=term.source, right=right),
        pair.id,
        source_span=use.mentions[0],
    )


def _against_the_rule(pair: Pair, use: NameUse, first: dict[str, str]) -> Finding | None:
    """Judge a name that the termbase does not have; ``first`` keeps how the story wrote each before."""
    han = str(use.name)
    message: Message | None = None
    right, severity = use.right, Severity.WARNING
    match use.order:
        case Order.REVERSED:
            message = N_("The surname stands first: {han} is “{right}”.", han=han, right=right)
        case Order.SPLIT:
            message = N_("The given name is one word: {han} is “{right}”.", han=han, right=right)
        case Order.MISREAD:
            message = N_("As a surname {surname} is read otherwise: {han} is “{right}”.",
                         surname=use.name.surname, han=han, right=right)  # fmt: skip
        case Order.MISSPELT:
            message = N_("“{written}” is not how {han} is spelled: “{right}”.",
                         written=use.written, han=han, right=right)  # fmt: skip
        case Order.RIGHT:
            before = first.setdefault(han, use.style)
            if before != use.style and not _is_headline_capitals(use.written):
                right = before
                message = N_("{han} was “{before}” before; here it is “{written}”.",
                             han=han, before=before, written=use.written)  # fmt: skip
            elif _without_dots(use.style) != right and not _is_headline_capitals(use.written):
                severity = Severity.NOTE
                message = N_("By the rules of pinyin {han} is “{right}”.", han=han, right=right)
    if message is None:
        return None
    fix = replaced(pair, use.target_span, right, N_("Write “{text}”.", text=right))
    return Finding(CHECK.id, severity, message, pair.id, use.source_span, use.target_span, fix)


def _without_dots(written: str) -> str:
    """``Lü`` as passports have it, ``Lyu``: both are right."""
    return re.sub("([LlNn])[üÜ]", lambda match: match[1] + ("YU" if match[0].isupper() else "yu"), written)


def _has_capital_surname(written: str) -> bool:
    return any(len(word) > 1 and word.isupper() for word in written.split())


def _is_headline_capitals(written: str) -> bool:
    return written.isupper()


def _in_running_text(name: str) -> str:
    """``YANG Lindi`` as it stands in a sentence: ``Yang Lindi``."""
    words = name.split()
    return " ".join(
        word.capitalize() if len(word) > 1 and word.isupper() and word.isalpha() else word for word in words
    )


CHECK = Check("name", N_("Names of people"), _names, Severity.ERROR, Scope.STORY)
