"""The counts of a whole story: both sides, by status, and how much of it is said more than once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from desktop_app.domain.counts import WordCount, word_count
from desktop_app.domain.story import Segment, SegmentStatus, Story

_NOTHING = WordCount()


@dataclass(frozen=True, slots=True)
class Pair:
    """How many segments (or captions), and the counts of their source and target."""

    segments: int = 0
    source: WordCount = _NOTHING
    target: WordCount = _NOTHING

    def __add__(self, more: "Pair") -> "Pair":
        """Both together."""
        return Pair(self.segments + more.segments, self.source + more.source, self.target + more.target)


@dataclass(frozen=True)
class StoryCounts:
    """The counts of a story.

    ``text`` is headline and paragraphs, ``captions`` what stands under the pictures; alternative texts are not printed
    and not counted. ``repeated`` are the segments whose source stood in an earlier one: they need no new translation.
    ``paragraphs`` are the blocks that hold text.
    """

    text: Pair = Pair()
    captions: Pair = Pair()
    repeated: Pair = Pair()
    paragraphs: int = 0
    statuses: Mapping[SegmentStatus, Pair] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def all(self) -> Pair:
        """Text and captions."""
        return self.text + self.captions


def story_counts(story: Story) -> StoryCounts:
    """Count a story as Word counts."""
    blocks = story.content.blocks
    segments = [segment for block in blocks for segment in block.segments]
    counted = [(segment, _pair(segment.source, segment.target)) for segment in segments]
    statuses = {
        status: _sum(pair for segment, pair in counted if segment.status is status)
        for status in SegmentStatus
        if any(segment.status is status for segment in segments)
    }
    captions = [block.placement.caption for block in blocks if block.placement is not None]
    return StoryCounts(
        _sum(pair for _segment, pair in counted),
        _sum(_pair(caption.zh, caption.en) for caption in captions if caption.zh or caption.en),
        _sum(pair for _segment, pair in _said_before(counted)),
        sum(bool(block.segments) for block in blocks),
        MappingProxyType(statuses),
    )


def _said_before(counted: Iterable[tuple[Segment, Pair]]) -> Iterable[tuple[Segment, Pair]]:
    said: Counter[str] = Counter()
    for segment, pair in counted:
        source = segment.source.strip()
        if source and said[source]:
            yield segment, pair
        said[source] += 1


def _pair(source: str, target: str) -> Pair:
    return Pair(1, word_count(source), word_count(target))


def _sum(pairs: Iterable[Pair]) -> Pair:
    return sum(pairs, Pair())
