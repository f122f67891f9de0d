"""What checks may need to know beyond the pairs themselves: terms, the house's style, the day of publication."""

from dataclasses import dataclass, replace

from desktop_app.domain.house_style import NOTHING_DECIDED, HouseStyle
from desktop_app.domain.terms import Term
from desktop_app.language.patterns import Compiled
from desktop_app.language.spelling import Speller


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a check is told besides the text. A check that needs a thing that is not there keeps quiet.

    ``date`` is the day of publication as ISO 8601 (``2024-01-29``), or None where it is not known.
    ``patterns`` are those of the style, compiled; without a ``speller`` no spelling is looked at.
    """

    terms: tuple[Term, ...] = ()
    date: str | None = None
    style: HouseStyle = NOTHING_DECIDED
    patterns: tuple[Compiled, ...] = ()
    speller: Speller | None = None

    def with_variety(self, variety: str | None) -> "Context":
        """The same for another variety of English; None leaves the house's."""
        return self if variety is None else replace(self, style=replace(self.style, variety=variety))


NOTHING_KNOWN = Context()
