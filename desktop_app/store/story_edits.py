"""Writing edits of a story row by row, and reading the few rows that an edit is judged by."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.domain.edits import (
    Edit,
    InsertBlock,
    RemoveBlock,
    ReplaceSegments,
    SetPlacement,
    SetSegment,
)
from desktop_app.domain.story import Block, BlockKind, Content, Languages, Segment, SegmentStatus
from desktop_app.store import search
from desktop_app.store.models import BlockRow, PlacementRow, SegmentRow, StoryRow
from desktop_app.store.stories import placement_of, placement_texts, placement_values, segment_rows, segment_texts

_RUN = 200  # blocks that are read in one go while room is made


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
    """Write one edit to its rows; ``refresh_headline`` and ``index_targets`` belong after the last of them.

    Raises:
        KeyError: a segment or block is not in this story; or one that is put in is in some story.
    """
    if isinstance(edit, SetSegment):
        segment = session.get(SegmentRow, edit.segment)
        if segment is None or segment.story != facts.id:
            raise KeyError(edit.segment)
        segment.target, segment.status, segment.locked = edit.target, edit.status.value, edit.locked
    elif isinstance(edit, SetPlacement):
        placed = session.get(PlacementRow, edit.block)
        if placed is None or placed.story != facts.id:
            raise KeyError(edit.block)
        for key, value in placement_values(edit.placement).items():
            setattr(placed, key, value)
        search.put(session, facts.id, placement_texts(edit.block, edit.placement))
    elif isinstance(edit, ReplaceSegments):
        _replace_segments(session, facts, edit)
    elif isinstance(edit, InsertBlock):
        _insert_block(session, facts, edit)
    elif isinstance(edit, RemoveBlock):
        _remove_block(session, facts, edit)
    else:
        moved = _block_row(session, facts, edit.block)
        moved.position = _room_behind(session, facts, edit.after, moving=edit.block)


def index_targets(session: Session, story: str, edits: Iterable[Edit]) -> None:
    """Let the search find what segments say after these edits, all of them in one go."""
    session.flush()  # what other edits took away is gone now
    keys = dict.fromkeys(edit.segment for edit in edits if isinstance(edit, SetSegment))
    rows = (session.get(SegmentRow, key) for key in keys)
    texts = [search.Searchable("story", row.id, "target", row.target) for row in rows if row is not None]
    search.put(session, story, texts)


def segments_at_hand(session: Session, story: str) -> list[SegmentRow]:
    """All segments of a story, read in one go: as long as they are held, each is found without another query."""
    return list(session.scalars(select(SegmentRow).where(SegmentRow.story == story)))


def _insert_block(session: Session, facts: StoryRow, edit: InsertBlock) -> None:
    block = edit.block
    if session.get(BlockRow, block.id) is not None:
        raise KeyError(block.id)
    for segment in block.segments:
        if session.get(SegmentRow, segment.id) is not None:
            raise KeyError(segment.id)
    position = _room_behind(session, facts, edit.after)
    session.add(BlockRow(id=block.id, story=facts.id, position=position, kind=block.kind.value))
    session.flush()
    session.add_all(segment_rows(facts.id, block))
    search.put(session, facts.id, segment_texts(block.segments))
    if block.placement is not None:
        session.add(PlacementRow(block=block.id, story=facts.id, **placement_values(block.placement)))
        search.put(session, facts.id, placement_texts(block.id, block.placement))
    session.flush()


def _remove_block(session: Session, facts: StoryRow, edit: RemoveBlock) -> None:
    row = _block_row(session, facts, edit.block)
    for segment in session.scalars(select(SegmentRow).where(SegmentRow.block == edit.block)):
        session.delete(segment)
        search.remove(session, facts.id, segment.id)
    placed = session.get(PlacementRow, edit.block)
    if placed is not None:
        session.delete(placed)
        search.remove(session, facts.id, edit.block)
    session.flush()
    session.delete(row)
    session.flush()


def _block_row(session: Session, facts: StoryRow, block: str) -> BlockRow:
    found = session.get(BlockRow, block)
    if found is None or found.story != facts.id:
        raise KeyError(block)
    return found


def _room_behind(session: Session, facts: StoryRow, after: str | None, *, moving: str = "") -> int:
    """The free position behind a block, made by moving those behind it up to the next gap; removals leave gaps."""
    place = free = 0 if after is None else _block_row(session, facts, after).position + 1
    following = (
        select(BlockRow)
        .where(BlockRow.story == facts.id, BlockRow.id != moving, BlockRow.position >= place)
        .order_by(BlockRow.position)
    )
    rows = session.scalars(following, execution_options={"yield_per": _RUN})
    for row in rows:
        if row.position > free:
            break
        row.position = free = free + 1
    rows.close()
    return place


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
