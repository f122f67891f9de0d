"""A story as a translation memory: its pairs of sentences as TMX 1.4b, for tools that learn from approved work.

A sentence without a translation, or with one that was rejected, is left out, and so are the spaces round one. The
captions and alternative texts of pictures are pairs too; what belongs to the story as a whole (credits, pictures)
stands in notes of the header.
"""

from collections.abc import Iterator
from dataclasses import replace

from desktop_app.domain.edition import Edition
from desktop_app.domain.memory import Layer, MemoryUnit
from desktop_app.domain.story import Block, SegmentStatus
from desktop_app.exchange.handover import DRAFT_MARK, approved_at, credit_lines, hands
from desktop_app.exchange.memory_formats.tmx14 import tmx_pieces
from desktop_app.foundation.ids import stamp
from desktop_app.foundation.messages import N_
from desktop_app.language.memory import context_key

_DRAFT_STEP = "draft"
# The steps of a policy that are no review; see ``domain.policy``.
_NO_REVIEWS = frozenset({_DRAFT_STEP, "approval"})


class TmxStoryWriter:
    """Writes ``.tmx``: the pairs of one story."""

    id = "tmx"
    suffix = ".tmx"
    title = N_("TMX 1.4")
    purpose = N_("Its pairs of sentences, for translation memories.")
    media_type = "application/x-tmx+xml"

    def write(self, edition: Edition) -> bytes:
        """Make the file's bytes; see ``Writer.write``."""
        return b"".join(tmx_pieces(_units(edition), edition.story.languages, tuple(_notes(edition))))


def _units(edition: Edition) -> Iterator[MemoryUnit]:
    """The pairs in the order of the story; those of the running text know their neighbours."""
    story = edition.story
    at = approved_at(edition)
    drafter, reviser = _names(edition)
    every = MemoryUnit(
        "",
        "",
        Layer.DRAFT if edition.draft or edition.pending else Layer.SIGNED,
        story.id,
        drafter=drafter,
        reviser=reviser,
        at=stamp(at) if at is not None else "",
        origin=story.slug,
    )
    text = [segment for segment in story.content.segments() if segment.source.strip()]
    # An empty text stands for the end of the story.
    keys = [context_key(source) for source in ("", *(segment.source for segment in text), "")]
    neighbours = {segment.id: (keys[at], keys[at + 2]) for at, segment in enumerate(text)}
    for block in story.content.blocks:
        for segment, source, target in _pairs(block):
            if source.strip() and target.strip():
                before, after = neighbours.get(segment, (None, None))
                pair = replace(every, source=source.strip(), target=target.strip(), segment=segment)
                yield replace(pair, before=before, after=after)


def _pairs(block: Block) -> Iterator[tuple[str, str, str]]:
    """Segment, source and target of each pair of a block."""
    for segment in block.segments:
        if segment.status is not SegmentStatus.REJECTED:
            yield segment.id, segment.source, segment.target
    if block.placement is not None:
        for text in (block.placement.caption, block.placement.alt):
            yield block.id, text.zh, text.en


def _names(edition: Edition) -> tuple[str, str]:
    """Who drafted the story and who revised it last, as the credits name them."""
    steps = hands(edition)
    drafter = next((hand for hand in steps if hand.step == _DRAFT_STEP), None)
    reviser = next((hand for hand in reversed(steps) if hand.step not in _NO_REVIEWS), None)
    return ", ".join(drafter.names) if drafter else "", ", ".join(reviser.names) if reviser else ""


def _notes(edition: Edition) -> Iterator[str]:
    if edition.draft:
        yield DRAFT_MARK
    story = edition.story
    yield f"{story.slug}, version {story.version}, digest {edition.digest}"
    yield from credit_lines(edition)
    for place in story.content.placements():
        yield "; ".join(
            words for words in (place.file, place.caption.en, place.alt.en, place.credit, place.rights) if words
        )
