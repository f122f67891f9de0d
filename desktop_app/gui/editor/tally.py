"""Counts of a story kept up by difference, so that one key costs one segment."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.domain.counts import english_words, han_characters
from desktop_app.domain.story import Segment, SegmentStatus

DONE = frozenset({SegmentStatus.CONFIRMED, SegmentStatus.REVISED, SegmentStatus.SIGNED_OFF})


@dataclass(frozen=True, slots=True)
class Counts:
    """Han characters of the source, English words of the target, and how many segments are confirmed."""

    han: int = 0
    words: int = 0
    confirmed: int = 0
    segments: int = 0

    def plus(self, segment: Segment, sign: int = 1) -> "Counts":
        """The counts with one segment more (or, with -1, less)."""
        return Counts(
            self.han + sign * han_characters(segment.source),
            self.words + sign * english_words(segment.target),
            self.confirmed + sign * (segment.status in DONE),
            self.segments + sign,
        )

    def replaced(self, old: Sequence[Segment], new: Sequence[Segment]) -> "Counts":
        """The counts after ``old`` became ``new``; texts that stayed are not counted again."""
        if len(old) != len(new):
            return sum_of(new, sum_of(old, self, -1))
        counts = self
        for was, now in zip(old, new, strict=True):
            counts = counts._changed(was, now)
        return counts

    def _changed(self, old: Segment, new: Segment) -> "Counts":
        han, words = self.han, self.words
        if old.target != new.target:
            words += english_words(new.target) - english_words(old.target)
        if old.source != new.source:
            han += han_characters(new.source) - han_characters(old.source)
        confirmed = self.confirmed + (new.status in DONE) - (old.status in DONE)
        return Counts(han, words, confirmed, self.segments)


def sum_of(segments: Sequence[Segment], start: Counts, sign: int = 1) -> Counts:
    """The counts ``start`` with (or, with -1, without) these segments."""
    for segment in segments:
        start = start.plus(segment, sign)
    return start


def count(segments: list[Segment]) -> Counts:
    """Count everything. Pieces are kept apart by a line break, which is neither a word nor a character."""
    return Counts(
        han_characters("\n".join(segment.source for segment in segments)),
        english_words("\n".join(segment.target for segment in segments)),
        sum(segment.status in DONE for segment in segments),
        len(segments),
    )
