"""Writing a whole text over the one that a story has, where blocks and segments come, go and change their places."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.domain.story import Block, Content
from desktop_app.store import search
from desktop_app.store.models import BlockRow, PlacementRow, SegmentRow, StoryRow
from desktop_app.store.stories import placement_texts, placement_values, segment_rows, segment_texts
from desktop_app.store.story_edits import refresh_headline


def put_content(session: Session, facts: StoryRow, content: Content) -> None:
    """Give a story this text, what is not text of blocks included; rows that stay keep their ids.

    Raises:
        KeyError: a block or segment of ``content`` belongs to another story.
    """
    blocks = {row.id: row for row in session.scalars(select(BlockRow).where(BlockRow.story == facts.id))}
    segments = {row.id: row for row in session.scalars(select(SegmentRow).where(SegmentRow.story == facts.id))}
    placed = {row.block: row for row in session.scalars(select(PlacementRow).where(PlacementRow.story == facts.id))}
    for position, block in enumerate(content.blocks):
        known = blocks.pop(block.id, None)
        if known is None:
            if session.get(BlockRow, block.id) is not None:
                raise KeyError(block.id)
            session.add(BlockRow(id=block.id, story=facts.id, position=position, kind=block.kind.value))
        else:
            known.position, known.kind = position, block.kind.value
    session.flush()
    for block in content.blocks:
        _put_segments(session, facts, block, segments)
        if block.placement is not None:
            _put_placement(session, facts, block, placed.pop(block.id, None))
    for segment in segments.values():
        session.delete(segment)
        search.remove(session, facts.id, segment.id)
    for place in placed.values():
        session.delete(place)
        search.remove(session, facts.id, place.block)
    session.flush()
    for gone in blocks.values():
        session.delete(gone)
    facts.byline, facts.dateline, facts.topics = list(content.byline), content.dateline, list(content.topics)
    facts.source_digest = content.source_digest
    session.flush()
    refresh_headline(session, facts)


def _put_segments(session: Session, facts: StoryRow, block: Block, known: dict[str, SegmentRow]) -> None:
    """Write a block's segments; those that are there are taken out of ``known``."""
    for position, segment in enumerate(block.segments):
        row = known.pop(segment.id, None)
        if row is None:
            if session.get(SegmentRow, segment.id) is not None:
                raise KeyError(segment.id)
            (row,) = segment_rows(facts.id, Block(block.id, block.kind, (segment,)))
            session.add(row)
        row.block, row.position, row.source, row.target = block.id, position, segment.source, segment.target
        row.status, row.locked = segment.status.value, segment.locked
    session.flush()
    search.put(session, facts.id, segment_texts(block.segments))


def _put_placement(session: Session, facts: StoryRow, block: Block, known: PlacementRow | None) -> None:
    assert block.placement is not None, "only picture blocks are put here"
    values = placement_values(block.placement)
    if known is None:
        session.add(PlacementRow(block=block.id, story=facts.id, **values))
    else:
        for key, value in values.items():
            setattr(known, key, value)
    search.put(session, facts.id, placement_texts(block.id, block.placement))
