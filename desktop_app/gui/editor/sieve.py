"""What a filter asks of the rows of a story, and the rows that answer it; found in slices, for stories are long."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from desktop_app.domain.story import SegmentStatus
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.rows import Row

_SLICE = 250  # rows looked at in one go: about a millisecond


class Trait(StrEnum):
    """What a row can be asked for, in the order of the chips."""

    UNCONFIRMED = "unconfirmed"
    UNTRANSLATED = "untranslated"
    DRAFT = "draft"
    REJECTED = "rejected"
    CONFIRMED = "confirmed"
    REVISED = "revised"
    PICTURES = "pictures"
    LOCKED = "locked"
    FINDINGS = "findings"
    COMMENTED = "commented"
    CHANGED = "changed"
    REPEATED = "repeated"


# Of these a row needs one; of the others that are asked for, each.
KINDS = frozenset({
    Trait.UNCONFIRMED, Trait.UNTRANSLATED, Trait.DRAFT, Trait.REJECTED, Trait.CONFIRMED, Trait.REVISED, Trait.PICTURES,
})  # fmt: skip
_OF_STATUS = {
    SegmentStatus.UNTRANSLATED: {Trait.UNCONFIRMED, Trait.UNTRANSLATED},
    SegmentStatus.DRAFT: {Trait.UNCONFIRMED, Trait.DRAFT},
    SegmentStatus.REJECTED: {Trait.UNCONFIRMED, Trait.REJECTED},
    SegmentStatus.CONFIRMED: {Trait.CONFIRMED},
    SegmentStatus.REVISED: {Trait.REVISED},
    SegmentStatus.SIGNED_OFF: {Trait.REVISED},
}


@dataclass(frozen=True)
class Question:
    """The words and traits asked for; without either, nothing is asked."""

    words: str = ""
    traits: frozenset[Trait] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything is asked."""
        return bool(self.words.strip() or self.traits)

    def pattern(self) -> re.Pattern[str] | None:
        """What finds the words, letter case aside; None where there are none."""
        words = self.words.strip()
        return re.compile(re.escape(words), re.IGNORECASE) if words else None

    def is_met(self, traits: Collection[Trait]) -> bool:
        """Whether a row of these traits is asked for, words aside."""
        kinds = self.traits & KINDS
        return (not kinds or not kinds.isdisjoint(traits)) and (self.traits - KINDS).issubset(traits)


@dataclass(frozen=True)
class Told:
    """Rows of which the story itself does not tell: with findings, with open comments, changed by others."""

    findings: Collection[str] = frozenset()
    commented: Collection[str] = frozenset()
    changed: Collection[str] = frozenset()


@dataclass
class Sifted:
    """The rows that answer, from the top, and how many rows have each trait. Complete once ``sift`` has ended."""

    matching: list[int] = field(default_factory=list)
    counts: Counter[Trait] = field(default_factory=Counter)
    rows: int = 0


def sift(document: StoryDocument, question: Question, told: Told, answer: Sifted) -> Iterator[None]:
    """Fill ``answer``, stopping after every slice; the caller goes on as long as the story stands as it did."""
    traits_of = _traits(document, told)
    pattern = question.pattern()
    rows = document.rows
    yield
    for begin in range(0, len(rows), _SLICE):
        for row in range(begin, min(begin + _SLICE, len(rows))):
            found = rows[row]
            if found.kind is None:
                continue
            traits = traits_of(found)
            answer.counts.update(traits)
            answer.rows += 1
            if question.is_met(traits) and (pattern is None or says(document, found, pattern)):
                answer.matching.append(row)
        yield


def says(document: StoryDocument, row: Row, pattern: re.Pattern[str]) -> bool:
    """Whether a text of the row, on either side, has the words."""
    return any(pattern.search(document.text(row.key, one)) for one in row.editable)


def _traits(document: StoryDocument, told: Told) -> Callable[[Row], set[Trait]]:
    segments = (document.segment(row.key) for row in document.rows)
    said = Counter(segment.source.strip() for segment in segments if segment is not None)

    def traits(row: Row) -> set[Trait]:
        segment = document.segment(row.key)
        found = {Trait.PICTURES} if segment is None else set(_OF_STATUS[segment.status])
        if segment is not None:
            if segment.locked:
                found.add(Trait.LOCKED)
            if said[segment.source.strip()] > 1:
                found.add(Trait.REPEATED)
        for trait, keys in (
            (Trait.FINDINGS, told.findings), (Trait.COMMENTED, told.commented), (Trait.CHANGED, told.changed)
        ):  # fmt: skip
            if row.key in keys:
                found.add(trait)
        return found

    return traits
