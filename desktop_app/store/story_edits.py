"""Writing edits of a story row by row, and reading the few rows that an edit is judged by."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.domain.edits import Edit, ReplaceSegments, SetPlacement, SetSegment
from desktop_app.domain.story import Block, BlockKind, Content, Languages, Segment, SegmentStatus
from desktop_app.store import search
from desktop_app.store.models import BlockRow, PlacementRow, SegmentRow, StoryRow
from desktop_app.store.stories import placement_of, placement_texts, placement_values, segment_rows, segment_texts


def segment(session: Session, story: str, segment: str) -> Segment:
    """One segment as it is stored.

    Raises:
        KeyError: it is not in this story.
    """
    found = session.get(SegmentRow, segment)
    if found is None or found.story != story:
        raise KeyError(segment)
    return Segment(found.id, found.source, found.target, SegmentStatus(found.status), found.locked)


def block(session: Session, story: str, block: str) -> Block:
    """One block with its segments or its placement as they are stored.

    Raises:
        KeyError: it is not in this story.
    """
    found = session.get(BlockRow, block)
    if found is None or found.story != story:
        raise KeyError(block)
    rows = session.scalars(select(SegmentRow).where(SegmentRow.block == block).order_by(SegmentRow.position))
    segments = tuple(Segment(s.id, s.source, s.target, SegmentStatus(s.status), s.locked) for s in rows)
    placed = session.get(PlacementRow, block)
    return Block(found.id, BlockKind(found.kind), segments, placement_of(placed) if placed is not None else None)


def has_target(session: Session, story: str) -> bool:
    """Whether a story has any target text."""
    query = select(SegmentRow.id).where(SegmentRow.story == story, SegmentRow.target != "").limit(1)
    return session.scalar(query) is not None


def apply_edit(session: Session, facts: StoryRow, edit: Edit) -> None:
    """Write one edit to its rows and to the search index; ``refresh_headline`` belongs after the last of them.

    Raises:
        KeyError: a segment or block is not in this story.
    """
    if isinstance(edit, SetSegment):
        segment = session.get(SegmentRow, edit.segment)
        if segment is None or segment.story != facts.id:
            raise KeyError(edit.segment)
        segment.target, segment.status, segment.locked = edit.target, edit.status.value, edit.locked
        search.put(session, facts.id, [search.Searchable("story", segment.id, "target", segment.target)])
    elif isinstance(edit, SetPlacement):
        placed = session.get(PlacementRow, edit.block)
        if placed is None or placed.story != facts.id:
            raise KeyError(edit.block)
        for key, value in placement_values(edit.placement).items():
            setattr(placed, key, value)
        search.put(session, facts.id, placement_texts(edit.block, edit.placement))
    else:
        _replace_segments(session, facts, edit)


def _replace_segments(session: Session, facts: StoryRow, edit: ReplaceSegments) -> None:
    block = session.get(BlockRow, edit.block)
    if block is None or block.story != facts.id:
        raise KeyError(edit.block)
    old = {s.id: s for s in session.scalars(select(SegmentRow).where(SegmentRow.block == edit.block))}
    for position, segment in enumerate(edit.segments):
        known = old.pop(segment.id, None)
        if known is None:
            if session.get(SegmentRow, segment.id) is not None:
                raise KeyError(segment.id)  # it stands in another block
            session.add_all(segment_rows(facts.id, Block(edit.block, BlockKind(block.kind), (segment,))))
            session.flush()
            known = session.get_one(SegmentRow, segment.id)
        known.position, known.source, known.target = position, segment.source, segment.target
        known.status, known.locked = segment.status.value, segment.locked
    for gone in old.values():
        session.delete(gone)
        search.remove(session, facts.id, gone.id)
    search.put(session, facts.id, segment_texts(edit.segments))


def refresh_headline(session: Session, facts: StoryRow) -> None:
    """Let the headline that lists show follow the text."""
    first = session.scalar(
        select(BlockRow.id)
        .where(BlockRow.story == facts.id, BlockRow.kind == BlockKind.HEADLINE.value)
        .order_by(BlockRow.position)
        .limit(1)
    )
    if first is None:
        return
    pieces = session.scalars(select(SegmentRow).where(SegmentRow.block == first).order_by(SegmentRow.position))
    segments = tuple(Segment(p.id, p.source, p.target) for p in pieces)
    languages = Languages(facts.source_language, facts.target_language)
    headline = Content((Block(first, BlockKind.HEADLINE, segments),)).text_of(BlockKind.HEADLINE, languages)
    facts.headline_source, facts.headline_target = headline.zh, headline.en
