"""A story as it comes home from a translation tool: texts of both languages in pairs, with how far each has come."""

from dataclasses import dataclass

from desktop_app.domain.edits import with_target
from desktop_app.domain.story import Bilingual, Block, BlockKind, Content, Credit, Placement, Segment, SegmentStatus
from desktop_app.foundation.ids import IdFactory


@dataclass(frozen=True, slots=True)
class BitextSegment:
    """One pair. ``approved`` and ``status`` are what the file claims, which the archive may only take as a proposal.

    ``notes`` are those of people; the credits that our own files repeat in a note are left out. ``previous`` is the
    pair as it stood before, where the file says.
    """

    id: str
    source: str = ""
    target: str = ""
    status: SegmentStatus = SegmentStatus.UNTRANSLATED
    approved: bool = False
    notes: tuple[str, ...] = ()
    previous: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class BitextBlock:
    """One part of the story: text blocks have segments, pictures a file, caption and alt (None where not in it)."""

    id: str
    kind: BlockKind
    segments: tuple[BitextSegment, ...] = ()
    file: str = ""
    caption: BitextSegment | None = None
    alt: BitextSegment | None = None


@dataclass(frozen=True, slots=True)
class Bitext:
    """One story of a bilingual file.

    ``slug`` is the name of the original. ``story``, ``version`` and ``digest`` say which version left the archive, and
    are empty in a file that another program made. ``draft`` says that the version was not approved. ``credits`` to
    ``source_url`` are what our own files repeat of the story's facts; ``date`` is an ISO 8601 day.
    """

    source_language: str
    target_language: str
    slug: str
    blocks: tuple[BitextBlock, ...]
    story: str = ""
    version: str = ""
    digest: str = ""
    draft: bool = False
    credits: tuple[Credit, ...] = ()
    byline: tuple[str, ...] = ()
    dateline: str = ""
    topics: tuple[str, ...] = ()
    date: str | None = None
    source_url: str | None = None

    def headline(self) -> Bilingual:
        """The first headline's text, its segments joined as they are sliced; empty where there is none."""
        for block in self.blocks:
            if block.kind is BlockKind.HEADLINE:
                source = "".join(segment.source for segment in block.segments)
                return Bilingual(source, " ".join(segment.target for segment in block.segments if segment.target))
        return Bilingual()

    def units(self) -> tuple[BitextSegment, ...]:
        """Every pair in reading order, those of pictures included."""
        found: list[BitextSegment] = []
        for block in self.blocks:
            found += block.segments
            found += [unit for unit in (block.caption, block.alt) if unit is not None]
        return tuple(found)

    def content(self, new_id: IdFactory) -> Content:
        """Make the content of a new story: whatever has words becomes a draft, for no sign-off comes in with a file."""
        blocks = tuple(_block(block, new_id) for block in self.blocks)
        return Content(blocks, self.byline, self.dateline, self.topics)


def _block(block: BitextBlock, new_id: IdFactory) -> Block:
    if block.kind is BlockKind.PICTURE:
        place = Placement(block.file, caption=_both(block.caption), alt=_both(block.alt))
        return Block(new_id(), block.kind, placement=place)
    segments = (with_target(Segment(new_id(), unit.source), unit.target) for unit in block.segments)
    return Block(new_id(), block.kind, tuple(segments))


def _both(unit: BitextSegment | None) -> Bilingual:
    return Bilingual(unit.source, unit.target) if unit is not None else Bilingual()
