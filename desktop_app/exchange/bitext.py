"""A story as it comes home from a translation tool: texts of both languages in pairs, with how far each has come."""

from dataclasses import dataclass

from desktop_app.domain.story import Bilingual, BlockKind, SegmentStatus


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
    """One part of the story: text blocks have segments, pictures ``file``, ``caption`` and ``alt`` (None: not in the file)."""

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
    are empty in a file that another program made. ``draft`` says that the version was not approved.
    """

    source_language: str
    target_language: str
    slug: str
    blocks: tuple[BitextBlock, ...]
    story: str = ""
    version: str = ""
    digest: str = ""
    draft: bool = False

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
