"""Finding the termbase's terms in a source text: the longest wins, in one walk, however many terms there are.

Chinese has no spaces, so a term is found wherever its characters stand; a Latin term (5G, C919) only as a word of its
own. Width and case make no difference, nor does a space beside a Chinese character; traditional characters stay what
they are.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop_app.domain.terms import Term

_LONGEST_FORM = 400  # characters; nothing longer is a term
_CLUSTER = re.compile(r"\s+|[^\s][\u0300-\u036f]*", re.DOTALL)
_DOTS = frozenset("•・‧∙⋅･")  # all written for the middle dot of foreign names
_CJK_FROM = "\u2e80"
# 北大 does not stand in 东北大学, 南大 not in 云南大学: a direction that ends the name of a place begins no short form.
_ENDS_A_PLACE = {"北": "东西华河湖淮台冀", "南": "东西华河湖云海济越江中闽", "东": "山广辽华", "西": "山江广陕"}
_LONGEST_DIRECTION_FORM = 3


@dataclass(frozen=True, slots=True)
class TermMention:
    """A term in a source text; ``span`` is half-open, ``short`` says that it is there in its short form."""

    term: Term
    span: tuple[int, int]
    short: bool = False


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text as forms are compared, with where each of its characters begins and ends in the text itself."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


class TermIndex:
    """The terms of an archive, made ready once; ``find`` may be asked from any thread."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Take in the terms. One without a source, or with one longer than 400 characters, is never found."""
        self.terms = tuple(terms)
        self._by_form: dict[str, list[tuple[Term, bool]]] = defaultdict(list)
        lengths: dict[str, set[int]] = defaultdict(set)
        for term in self.terms:
            for form, short in ((term.source, False), *((form, True) for form in term.source_short)):
                folded = fold(form)
                if 0 < len(folded) <= _LONGEST_FORM and all(term is not known for known, _ in self._by_form[folded]):
                    self._by_form[folded].append((term, short))
                    lengths[folded[:2]].add(len(folded))
        self._lengths = {opening: tuple(sorted(found, reverse=True)) for opening, found in lengths.items()}

    def find(self, source: str) -> tuple[TermMention, ...]:
        """Return the terms of ``source`` in order: leftmost first, the longest of those that begin together.

        Mentions do not overlap; terms that share a form are all returned, at the same span.
        """
        return _found(self, source) if self._lengths else ()

    def exactly(self, source: str) -> tuple[Term, ...]:
        """Return the terms whose full or short source is ``source``."""
        return tuple(term for term, _ in self._by_form.get(fold(source), ()))

    def _walk(self, source: str) -> Iterable[TermMention]:
        folded = _fold(source)
        text, place = folded.text, 0
        while place < len(text):
            length = self._longest_at(text, place, source, folded)
            for term, short in self._by_form[text[place : place + length]] if length else ():
                yield TermMention(term, (folded.starts[place], folded.ends[place + length - 1]), short)
            place += length or 1

    def _longest_at(self, text: str, place: int, source: str, folded: _Folded) -> int:
        for opening in (text[place : place + 2], text[place]):
            for length in self._lengths.get(opening, ()):
                form = text[place : place + length]
                if len(form) == length and form in self._by_form and _stands_alone(text, place, place + length):
                    written = source[folded.starts[place] : folded.ends[place + length - 1]]
                    if any(_same_case(term, form, written) for term, _ in self._by_form[form]):
                        return length
        return 0


@lru_cache(maxsize=8192)  # several checks ask about each segment, and while the target is typed the source stays
def _found(index: TermIndex, source: str) -> tuple[TermMention, ...]:
    return tuple(index._walk(source))


class _Same:
    """A tuple of terms that is compared by identity: comparing thousands of terms would cost more than it saves."""

    __slots__ = ("terms",)

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.terms = terms

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.terms is self.terms

    def __hash__(self) -> int:
        return id(self.terms)


def index_of(terms: Sequence[Term]) -> TermIndex:
    """Return the index of ``terms``; the same tuple asked again gives the same index."""
    return _index_of(_Same(terms if isinstance(terms, tuple) else tuple(terms)))


@lru_cache(maxsize=4)
def _index_of(same: _Same) -> TermIndex:
    return TermIndex(same.terms)


def fold(text: str) -> str:
    """Return a text as terms are compared: NFKC, without case, without spaces beside Chinese characters."""
    return _fold(text).text


def _fold(text: str) -> _Folded:
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        start, end = cluster.span()
        if text[start].isspace():
            after = text[end] if end < len(text) else ""
            if not pieces or not after or pieces[-1] >= _CJK_FROM or after >= _CJK_FROM:
                continue
        for character in _folded_cluster(cluster.group()):
            pieces.append(character)
            starts.append(start)
            ends.append(end)
    return _Folded("".join(pieces), tuple(starts), tuple(ends))


@lru_cache(maxsize=16384)
def _folded_cluster(cluster: str) -> str:
    if cluster.isspace():
        return " "
    if cluster in _DOTS:
        return "·"
    folded = unicodedata.normalize("NFKC", cluster).casefold()
    return "".join(character for character in folded if unicodedata.category(character) not in {"Cf", "Cc"})


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a form is no part of a longer Latin word, nor begins with the end of a place's name."""
    if _is_latin(text[start]) and start and _is_latin(text[start - 1]):
        return False
    if _is_latin(text[end - 1]) and end < len(text) and _is_latin(text[end]):
        return False
    before = text[start - 1] if start else ""
    return end - start > _LONGEST_DIRECTION_FORM or not before or before not in _ENDS_A_PLACE.get(text[start], "")


def _is_latin(character: str) -> bool:
    return character < _CJK_FROM and character.isalnum()


def _same_case(term: Term, form: str, written: str) -> bool:
    """Whether an acronym stands in capitals: ``WHO`` is not ``who``."""
    stated = next((own for own in (term.source, *term.source_short) if fold(own) == form), term.source)
    return not (stated.isascii() and stated.isupper()) or written.upper() == written
