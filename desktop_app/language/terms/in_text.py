"""Terms in a translated text: which the source of a segment mentions, and how its target renders them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop_app.domain.terms import Term
from desktop_app.language.terms import TermIndex
from desktop_app.language.terms.rendering import Rendering, forms_of, rendered


@dataclass(frozen=True, slots=True)
class TermUse:
    """What a segment does with one term.

    ``terms`` are several where they share a Chinese form (主任: director, dean): any of them will do. ``mentions`` are
    spans of the source; ``renderings`` of the target, those inside another term's rendering left out.
    """

    terms: tuple[Term, ...]
    mentions: tuple[tuple[int, int], ...]
    renderings: tuple[Rendering, ...]

    @property
    def key(self) -> str:
        """The same for every use of the same term in a text."""
        return "\n".join(term.id for term in self.terms)

    @property
    def good(self) -> tuple[Rendering, ...]:
        """The forms that may stand there."""
        return tuple(one for one in self.renderings if one.is_good)

    @property
    def forbidden(self) -> tuple[Rendering, ...]:
        """Forbidden forms beyond what other mentions of the term account for.

        A sentence that has the term once and its approved form once may use the forbidden word for something else.
        """
        bad = tuple(one for one in self.renderings if not one.is_good)
        return bad[: max(0, len(self.mentions) - len(self.good))]

    def term_of(self, rendering: Rendering) -> Term:
        """The term that a rendering is of."""
        own = (term for term in self.terms if rendering.written in forms_of(term, rendering.form))
        return next(own, self.terms[0])


def term_uses(index: TermIndex, source: str, target: str, language: str = "en") -> tuple[TermUse, ...]:
    """Return the terms that a segment mentions, in order of their first mention, with their renderings.

    ``language`` is that of the target, a BCP 47 tag.
    """
    return _uses(index, source, target, language)


@lru_cache(maxsize=4096)  # several checks ask
def _uses(index: TermIndex, source: str, target: str, language: str) -> tuple[TermUse, ...]:
    at_span: dict[tuple[int, int], list[Term]] = {}
    for mention in index.find(source):
        at_span.setdefault(mention.span, []).append(mention.term)
    mentions: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    groups: dict[tuple[str, ...], tuple[Term, ...]] = {}
    for span, terms in at_span.items():
        key = tuple(term.id for term in terms)
        groups[key] = tuple(terms)
        mentions.setdefault(key, []).append(span)
    found = {key: _renderings(group, target, language) for key, group in groups.items()}
    uses: list[TermUse] = []
    for key, group in groups.items():
        covers = [one.span for other, those in found.items() if other != key for one in those if one.is_good]
        own = tuple(one for one in found[key] if not any(_inside(one.span, cover) for cover in covers))
        uses.append(TermUse(group, tuple(mentions[key]), own))
    return tuple(uses)


def _renderings(terms: Sequence[Term], target: str, language: str) -> list[Rendering]:
    """The renderings of terms that share a form; what one of them approves, another does not forbid."""
    every = [one for term in terms for one in rendered(term, target, language)]
    good = [one for one in every if one.is_good]
    bad = [one for one in every if not one.is_good and not any(_touches(one.span, other.span) for other in good)]
    return sorted({*good, *bad}, key=lambda one: one.span)


def _inside(span: tuple[int, int], cover: tuple[int, int]) -> bool:
    """Whether ``span`` is a part of ``cover``, but not all of it."""
    return cover[0] <= span[0] and span[1] <= cover[1] and span != cover


def _touches(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
