"""The texts of many stories, read a few stories at a time: for looking through the whole archive."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import false, or_, select
from sqlalchemy.orm import Session

from desktop_app.domain.story import StoryState
from desktop_app.store.models import BlockRow, EventRow, PlacementRow, SegmentRow, StoryRow

_AT_ONCE = 40  # stories


class StoredText(NamedTuple):
    """One text: ``part`` is the segment's or the picture block's id, ``side`` as comparisons name it."""

    part: str
    side: str
    text: str
    locked: bool = False
    status: str = ""


@dataclass(frozen=True, slots=True)
class StoredStory:
    """A story's row and its texts in reading order."""

    row: StoryRow
    texts: tuple[StoredText, ...]


def chosen(session: Session, *, states: Collection[StoryState] = (), stories: Collection[str] = ()) -> list[str]:
    """The ids of the stories in these states, of these ids; of all where none is named. The last changed first."""
    query = select(StoryRow.id).order_by(StoryRow.updated_at.desc(), StoryRow.id.desc())
    if states:
        query = query.where(StoryRow.state.in_([state.value for state in states]))
    found = list(session.scalars(query))
    return [story for story in found if story in stories] if stories else found


def texts_of(
    session: Session, stories: Sequence[str], sides: Collection[str], held: Sequence[str] | None = None
) -> Iterator[StoredStory]:
    """The texts of stories on these sides, story by story in the order given.

    With ``held`` segments that have none of these on any side are left out, the letter case of ASCII aside.
    """
    for start in range(0, len(stories), _AT_ONCE):
        batch = stories[start : start + _AT_ONCE]
        rows = {row.id: row for row in session.scalars(select(StoryRow).where(StoryRow.id.in_(batch)))}
        texts: dict[str, list[tuple[int, int, list[StoredText]]]] = {story: [] for story in rows}
        for story, block, place, made in (*_segments(session, batch, sides, held), *_placements(session, batch, sides)):
            texts[story].append((block, place, made))
        for story in batch:
            if story in rows:
                ordered = sorted(texts[story], key=lambda one: one[:2])
                yield StoredStory(rows[story], tuple(text for _, _, made in ordered for text in made))
                session.expunge(rows[story])


def _segments(
    session: Session, stories: Sequence[str], sides: Collection[str], held: Sequence[str] | None
) -> Iterator[tuple[str, int, int, list[StoredText]]]:
    query = (
        select(
            SegmentRow.story, SegmentRow.id, SegmentRow.source, SegmentRow.target, SegmentRow.status,
            SegmentRow.locked, BlockRow.position.label("block"), SegmentRow.position,
        )
        .join(BlockRow, BlockRow.id == SegmentRow.block)
        .where(SegmentRow.story.in_(stories))
    )  # fmt: skip
    wants_source, wants_target = "source" in sides, "target" in sides
    if held is not None:
        columns = [SegmentRow.source] * wants_source + [SegmentRow.target] * wants_target
        # False where no side is asked for: then only captions are.
        query = query.where(or_(false(), *(one.icontains(text, autoescape=True) for one in columns for text in held)))
    for row in session.execute(query):
        made: list[StoredText] = []
        if wants_source and row.source:
            made.append(StoredText(row.id, "source", row.source, row.locked, row.status))
        if wants_target and row.target:
            made.append(StoredText(row.id, "target", row.target, row.locked, row.status))
        if made:
            yield row.story, row.block, row.position, made


def _placements(
    session: Session, stories: Sequence[str], sides: Collection[str]
) -> Iterator[tuple[str, int, int, list[StoredText]]]:
    query = (
        select(
            PlacementRow.story, PlacementRow.block, PlacementRow.caption_zh, PlacementRow.caption_en,
            PlacementRow.alt_en, BlockRow.position,
        )
        .join(BlockRow, BlockRow.id == PlacementRow.block)
        .where(PlacementRow.story.in_(stories))
    )  # fmt: skip
    for row in session.execute(query):
        texts = {"caption-zh": row.caption_zh, "caption-en": row.caption_en, "alt-en": row.alt_en}
        made = [StoredText(row.block, side, text) for side, text in texts.items() if text and side in sides]
        if made:
            yield row.story, row.position, 0, made


def events_of(session: Session, operation: str, *, batch: str) -> list[tuple[str, dict[str, Any]]]:
    """Story and data of the events of an operation that belong to one batch, oldest first."""
    query = (
        select(EventRow.story, EventRow.data)
        .where(EventRow.operation == operation, EventRow.data.contains(batch, autoescape=True))
        .order_by(EventRow.sequence)
    )
    found = [(story, json.loads(data)) for story, data in session.execute(query)]
    return [(story, data) for story, data in found if story is not None and data.get("batch") == batch]


def batches(session: Session, operation: str) -> Iterator[str]:
    """The batches that events of an operation belong to, the newest first, perhaps more than once."""
    query = select(EventRow.data).where(EventRow.operation == operation).order_by(EventRow.sequence.desc())
    for data in session.scalars(query.execution_options(yield_per=50)):
        yield str(json.loads(data).get("batch", ""))
