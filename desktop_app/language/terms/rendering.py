"""How a term stands in a translation: by its approved form, an allowed or a short one, or one that is forbidden.

English is matched as people write it: inflected, with or without a hyphen, with or without an article; a form that has
capitals wants them. Where the translation is not English, forms are looked for as they are.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from desktop_app.domain.terms import Term
from desktop_app.language.terms.inflection import forms_of as forms_of_word
from desktop_app.language.terms.inflection import inflected_alike, word_pattern

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]+|_+")
_ARTICLES = frozenset({"a", "an", "the"})
_LINKS = frozenset({"of", "for", "in", "on", "and", "at", "to", "with", "from", "by", "under"})
_HYPHENS = "‐‑–-"
_BETWEEN = rf"(?:[\s{_HYPHENS}]+(?:(?i:the|a|an)\s+)?)"
_JOINT = rf"[\s{_HYPHENS}]?"
_QUOTES = "“”\"'‘’"
_MAX_FORM = 400
_NEVER = re.compile(r"(?!)")
_POSSESSIVE = re.compile(r"['’]s?$")
_FIRST = re.compile(r"(?:^|[.!?:]\s+|[“\"‘(]\s*)$")
_ARTICLE_BEFORE = re.compile(r"(?<!\w)(an?)(\s+)$", re.IGNORECASE)


class Form(StrEnum):
    """Which of a term's translations stands there."""

    APPROVED = "approved"
    ALLOWED = "allowed"
    SHORT = "short"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Rendering:
    """A form of a term in a target text; ``written`` is the termbase's own writing of it."""

    span: tuple[int, int]
    form: Form
    written: str

    @property
    def is_good(self) -> bool:
        """Whether this form may stand there."""
        return self.form is not Form.FORBIDDEN


def rendered(term: Term, target: str, language: str = "en") -> list[Rendering]:
    """Return the forms of ``term`` in ``target``, in order and without overlaps.

    Of forms that begin together the longest counts, of equal ones the better: ``Vice Rector`` approved is no
    ``rector`` forbidden.
    """
    found: list[Rendering] = []
    folded = target.casefold()
    is_english = language.lower().startswith("en")
    good = {written.casefold() for form in Form if form is not Form.FORBIDDEN for written in forms_of(term, form)}
    for form in Form:
        for written in forms_of(term, form):
            if is_english and _anchor(written) not in folded:
                continue
            # Whoever forbids “Rector” means “rector” too, unless it is the capitals that are forbidden.
            careless = form is Form.FORBIDDEN and not written.isupper() and written.casefold() not in good
            pattern = _pattern(written, language, careless=careless)
            found += [Rendering(match.span(), form, written) for match in pattern.finditer(target)]
    order = list(Form)
    found.sort(key=lambda one: (one.span[0], -one.span[1], order.index(one.form)))
    kept: list[Rendering] = []
    for one in found:
        if not kept or one.span[0] >= kept[-1].span[1]:
            kept.append(one)
    return kept


def in_other_case(term: Term, target: str) -> tuple[int, int] | None:
    """Return where the approved form stands with wrong capitals, or None."""
    match = _pattern(term.target, "en", careless=True).search(target)
    return match.span() if match else None


def forms_of(term: Term, form: Form) -> tuple[str, ...]:
    """What the termbase writes for one kind of form; empty where it has none."""
    match form:
        case Form.APPROVED:
            return (term.target,) if term.target else ()
        case Form.ALLOWED:
            return term.allowed
        case Form.SHORT:
            return (term.short,) if term.short else ()
        case Form.FORBIDDEN:
            return term.forbidden


@lru_cache(maxsize=4096)
def _pattern(written: str, language: str, *, careless: bool = False) -> re.Pattern[str]:
    """Compile one form; ``careless`` forgets about capitals. A form without a letter or figure matches nothing."""
    words = _words(written)
    if not words or len(written) > _MAX_FORM:
        return _NEVER
    if not language.lower().startswith("en"):
        return re.compile(_bounded(r"\s+".join(map(re.escape, written.split())), written), re.IGNORECASE)
    pieces: list[str] = []
    heads = {_head(words), len(words) - 1, 0}
    for number, (word, joint) in enumerate(words):
        pieces.append(joint)
        pieces.append(word_pattern(word.lower() if careless else word, inflects=number in heads))
    return re.compile(_bounded("".join(pieces), "a"))


@lru_cache(maxsize=16384)
def _anchor(written: str) -> str:
    """Letters that any inflection of a form has: a quick look for them spares most patterns from being made."""
    words = _words(written)
    heads = {_head(words), len(words) - 1, 0} if words else set()
    found = ""
    for number, (word, _joint) in enumerate(words):
        forms = sorted(forms_of_word(word.lower()) if number in heads else {word.lower()})
        shared = 0
        while shared < min(len(forms[0]), len(forms[-1])) and forms[0][shared] == forms[-1][shared]:
            shared += 1
        part = re.split("['’]", forms[0][:shared])[0].casefold()
        found = max(found, part, key=len)
    return found


def _bounded(pattern: str, written: str) -> str:
    before = r"(?<!\w)" if written[0].isalnum() and written[0] < "\u2e80" else ""
    after = r"(?!\w)" if written[-1].isalnum() and written[-1] < "\u2e80" else ""
    return f"{before}(?:{pattern}){after}"


def _words(written: str) -> list[tuple[str, str]]:
    """The words of a form, each with the pattern of what joins it to the one before; articles are left out."""
    found: list[tuple[str, str]] = []
    end = 0
    for match in _WORD.finditer(written.strip()):
        word = match.group()
        if not word[0].isalnum() or (word.lower() in _ARTICLES and word != "A"):
            continue
        gap = written.strip()[end : match.start()]
        found.append((word, _joint(gap) if found else ""))
        end = match.end()
    return found


def _joint(gap: str) -> str:
    """What may stand where the form has ``gap``: a hyphen may be a space or nothing, other marks may be left out."""
    if gap and not gap.strip(_HYPHENS):
        return _JOINT
    words = [word for word in gap.split() if word.lower() not in _ARTICLES]
    marks = "".join(words).strip(_QUOTES)
    if not marks:
        return _BETWEEN
    return rf"\s*(?:[{re.escape(marks)}{_HYPHENS}]+\s*)?"


def _head(words: list[tuple[str, str]]) -> int:
    """Which word takes the plural: the one before “of”, else the last."""
    for number, (word, _joint) in enumerate(words):
        if number and word.lower() in _LINKS:
            return number - 1
    return len(words) - 1


def replacement(target: str, span: tuple[int, int], forbidden: str, approved: str) -> str:
    """Return ``target`` with the approved form in place of a forbidden one: inflected alike, with the capital of a
    sentence's beginning, and with the article that the new word takes.
    """
    text = target[slice(*span)]
    before, after = target[: span[0]], target[span[1] :]
    made = _inflected(text, forbidden, approved)
    if made[:1].islower() and text[:1].isupper() and not forbidden[:1].isupper() and _FIRST.search(before):
        made = made[0].upper() + made[1:]
    article = _ARTICLE_BEFORE.search(before)
    if article is not None:
        right = "an" if made[:1].lower() in {"a", "e", "i", "o"} else "a"
        right = right.capitalize() if article[1][0].isupper() else right
        before = before[: article.start()] + right + article[2]
    elif made.lower().startswith("the ") and re.search(r"(?<!\w)the\s+$", before, re.IGNORECASE):
        made = made[4:]
    return before + made + after


def _inflected(text: str, forbidden: str, approved: str) -> str:
    """The approved form, its head inflected as the forbidden one's is in ``text``, with its possessive at the end."""
    tail = _POSSESSIVE.search(text)
    bare = text[: tail.start()] if tail and not _POSSESSIVE.search(forbidden) else text
    theirs, ours, base = _words(bare), _words(approved), _words(forbidden)
    made = approved
    if len(theirs) == len(base) and ours:
        head, own = _head(base), _head(ours)
        written, stated = theirs[head][0], base[head][0]
        if written.lower() != stated.lower():
            place, word = _place_of(approved, own), ours[own][0]
            made = approved[:place] + inflected_alike(written, stated, word) + approved[place + len(word) :]
    return made + (tail.group() if tail and bare != text else "")


def _place_of(written: str, number: int) -> int:
    """Where the word of that number begins, counted as ``_words`` counts."""
    places = [
        match.start()
        for match in _WORD.finditer(written)
        if match.group()[0].isalnum() and (match.group().lower() not in _ARTICLES or match.group() == "A")
    ]
    return places[number]
