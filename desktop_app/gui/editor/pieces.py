"""A story taken apart for editing: segments and placements by id, rows in order; every change costs what it touches."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from desktop_app.domain.edits import (
    Edit,
    InsertBlock,
    MoveBlock,
    RemoveBlock,
    ReplaceSegments,
    SetPlacement,
    SetSegment,
)
from desktop_app.domain.story import Block, BlockKind, Languages, Placement, Segment, Story, join_pieces
from desktop_app.foundation.errors import BugError
from desktop_app.gui.editor.rows import PICTURE_FIELDS, Field, Row, rows_of


class Snapshot(NamedTuple):
    """What a story said at one moment, by id; shallow copies, so that taking one is cheap."""

    segments: dict[str, Segment]
    placements: dict[str, Placement]
    members: dict[str, list[str]]
    order: list[str]
    kinds: dict[str, BlockKind]

    def block(self, block: str) -> Block:
        """One block as a value."""
        segments = tuple(self.segments[key] for key in self.members[block])
        return Block(block, self.kinds[block], segments, self.placements.get(block))

    def learn(self, edit: Edit) -> None:
        """Take an edit in."""
        if isinstance(edit, SetSegment):
            old = self.segments[edit.segment]
            self.segments[old.id] = Segment(old.id, old.source, edit.target, edit.status, edit.locked)
        elif isinstance(edit, SetPlacement):
            self.placements[edit.block] = edit.placement
        elif isinstance(edit, ReplaceSegments):
            self._forget_segments(edit.block)
            self._hold(Block(edit.block, self.kinds[edit.block], edit.segments))
        elif isinstance(edit, InsertBlock):
            self._hold(edit.block)
            put_behind(self.order, edit.block.id, edit.after)
        elif isinstance(edit, MoveBlock):
            self.order.remove(edit.block)
            put_behind(self.order, edit.block, edit.after)
        else:
            self._forget_segments(edit.block)
            self.order.remove(edit.block)
            self.placements.pop(edit.block, None)
            del self.members[edit.block], self.kinds[edit.block]

    def _forget_segments(self, block: str) -> None:
        for key in self.members[block]:
            self.segments.pop(key, None)

    def _hold(self, block: Block) -> None:
        self.kinds[block.id] = block.kind
        self.segments.update({segment.id: segment for segment in block.segments})
        self.members[block.id] = [segment.id for segment in block.segments]
        if block.placement is not None:
            self.placements[block.id] = block.placement


class Applied(NamedTuple):
    """What one edit did: the segments before and after it; the first row, how many went, and how many came."""

    old: list[Segment]
    new: list[Segment]
    rows: tuple[int, int, int] | None = None


class Pieces:
    """The mutable form of a story's blocks. Nobody but the document changes it."""

    def __init__(self, story: Story) -> None:
        self.languages: Languages = story.languages
        self.kinds: dict[str, BlockKind] = {}
        self.order: list[str] = []
        self.members: dict[str, list[str]] = {}
        self.segments: dict[str, Segment] = {}
        self.home: dict[str, str] = {}
        self.placements: dict[str, Placement] = {}
        self.rows: list[Row] = []
        self._places: dict[str, int] = {}
        for block in story.content.blocks:
            self.order.append(block.id)
            self.kinds[block.id] = block.kind
            self.members[block.id] = [segment.id for segment in block.segments]
            if block.placement is not None:
                self.placements[block.id] = block.placement
            for segment in block.segments:
                self.segments[segment.id] = segment
                self.home[segment.id] = block.id
        self._set_rows(rows_of(story.content.blocks))

    def snapshot(self) -> Snapshot:
        """What it says now."""
        return Snapshot(
            dict(self.segments), dict(self.placements), dict(self.members), list(self.order), dict(self.kinds)
        )

    def blocks(self) -> tuple[Block, ...]:
        """All blocks as values."""
        return tuple(self.block(block) for block in self.order)

    def block(self, block: str) -> Block:
        """One block as a value."""
        segments = tuple(self.segments[key] for key in self.members[block])
        return Block(block, self.kinds[block], segments, self.placements.get(block))

    def row_of(self, key: str) -> int:
        """The place of a row.

        Raises:
            KeyError: there is no such row.
        """
        return self._places[key]

    def has(self, key: str) -> bool:
        """Whether there is such a row."""
        return key in self._places

    def text(self, key: str, field: Field) -> str:
        """One text of one row, empty where the row has none such."""
        segment = self.segments.get(key)
        if segment is not None:
            if field is Field.TARGET:
                return segment.target
            return segment.source if field is Field.SOURCE else ""
        placement = self.placements.get(key)
        return caption_of(placement, field) if placement is not None else ""

    def next_in_block(self, key: str) -> str | None:
        """The segment after this one in its paragraph."""
        members = self.members.get(self.home.get(key, ""), [])
        if key not in members[:-1]:
            return None
        return members[members.index(key) + 1]

    def replacing(self, key: str, how_many: int, by: tuple[Segment, ...]) -> ReplaceSegments:
        """The edit that puts ``by`` in the place of ``how_many`` segments from ``key`` on."""
        block = self.home[key]
        segments = [self.segments[member] for member in self.members[block]]
        place = self.members[block].index(key)
        segments[place : place + how_many] = by
        return ReplaceSegments(block, tuple(segments))

    def before(self, block: str) -> str | None:
        """The block before a block, None at the top."""
        place = self.order.index(block)
        return self.order[place - 1] if place else None

    def inverse(self, edit: Edit) -> Edit:
        """The edit that brings back what stands now."""
        if isinstance(edit, SetSegment):
            old = self.segments[edit.segment]
            return SetSegment(old.id, old.target, old.status, old.locked)
        if isinstance(edit, SetPlacement):
            return SetPlacement(edit.block, self.placements[edit.block])
        if isinstance(edit, ReplaceSegments):
            return ReplaceSegments(edit.block, self.block(edit.block).segments)
        if isinstance(edit, InsertBlock):
            return RemoveBlock(edit.block.id)
        if isinstance(edit, MoveBlock):
            return MoveBlock(edit.block, self.before(edit.block))
        return InsertBlock(self.block(edit.block), self.before(edit.block))

    def fits(self, edit: Edit) -> bool:
        """Whether an edit made for another state of the story still has its place here."""
        if isinstance(edit, SetSegment):
            return edit.segment in self.segments
        if isinstance(edit, SetPlacement):
            return edit.block in self.placements
        if isinstance(edit, ReplaceSegments):
            language = self.languages.source
            was = [self.segments[key].source for key in self.members.get(edit.block, [])]
            now = [segment.source for segment in edit.segments]
            return edit.block in self.members and join_pieces(was, language) == join_pieces(now, language)
        if isinstance(edit, RemoveBlock):
            return edit.block in self.members and edit.was in {None, self.block(edit.block)}
        if edit.after is not None and edit.after not in self.members:
            return False
        if isinstance(edit, MoveBlock):
            return edit.block in self.members
        new = {segment.id for segment in edit.block.segments}
        return edit.block.id not in self.members and self.segments.keys().isdisjoint(new)

    def fitted(self, edit: Edit) -> Edit | None:
        """An edit made for another state of the story as it fits here; None where it has no place any more."""
        if isinstance(edit, InsertBlock) and edit.block.id in self.members:
            place = edit.block.placement
            return SetPlacement(edit.block.id, place) if place is not None else None
        if isinstance(edit, InsertBlock) and edit.after not in self.members and edit.after is not None:
            edit = InsertBlock(edit.block, self.order[-1] if self.order else None)
        return edit if self.fits(edit) else None

    def apply(self, edit: Edit) -> Applied:
        """Make one edit, which must fit."""
        if isinstance(edit, SetPlacement):
            self.placements[edit.block] = edit.placement
            return Applied([], [])
        if isinstance(edit, SetSegment):
            old = self.segments[edit.segment]
            new = replace(old, target=edit.target, status=edit.status, locked=edit.locked)
            self.segments[edit.segment] = new
            return Applied([old], [new])
        if isinstance(edit, ReplaceSegments):
            return self._recut(edit)
        if isinstance(edit, InsertBlock):
            return self._insert(edit)
        return self._remove(edit) if isinstance(edit, RemoveBlock) else self._move(edit)

    def _insert(self, edit: InsertBlock) -> Applied:
        block = edit.block
        put_behind(self.order, block.id, edit.after)
        self.kinds[block.id] = block.kind
        self.members[block.id] = [segment.id for segment in block.segments]
        if block.placement is not None:
            self.placements[block.id] = block.placement
        for segment in block.segments:
            self.segments[segment.id] = segment
            self.home[segment.id] = block.id
        fresh, first = rows_of([block])[:-1], self._row_behind(edit.after)
        self._set_rows([*self.rows[:first], *fresh, *self.rows[first:]])
        return Applied([], list(block.segments), (first, 0, len(fresh)))

    def _remove(self, edit: RemoveBlock) -> Applied:
        block, first = edit.block, self._row_behind(self.before(edit.block))
        old = [self.segments.pop(key) for key in self.members.pop(block)]
        for segment in old:
            del self.home[segment.id]
        gone = len(old) + (self.placements.pop(block, None) is not None)
        self.order.remove(block)
        del self.kinds[block]
        self._set_rows([*self.rows[:first], *self.rows[first + gone :]])
        return Applied(old, [], (first, gone, 0))

    def _move(self, edit: MoveBlock) -> Applied:
        was = self._row_behind(self.before(edit.block))
        size = len(self.members[edit.block]) + (edit.block in self.placements)
        taken = self.rows[was : was + size]
        self.order.remove(edit.block)
        put_behind(self.order, edit.block, edit.after)
        rest = [*self.rows[:was], *self.rows[was + size :]]
        self._set_rows(rest)
        now = self._row_behind(edit.after)
        self._set_rows([*rest[:now], *taken, *rest[now:]])
        first, end = min(was, now), max(was, now) + size
        return Applied([], [], (first, end - first, end - first))

    def _row_behind(self, block: str | None) -> int:
        """The row behind the last one of a block, or of the next before it that has rows."""
        place = self.order.index(block) if block is not None else -1
        while place >= 0:
            found = self.order[place]
            if self.members[found]:
                return self._places[self.members[found][-1]] + 1
            if found in self.placements:
                return self._places[found] + 1
            place -= 1
        return 0

    def _recut(self, edit: ReplaceSegments) -> Applied:
        was = self.members[edit.block]
        old = [self.segments.pop(key) for key in was]
        new = list(edit.segments)
        now = [segment.id for segment in new]
        for segment in old:
            del self.home[segment.id]
        for segment in new:
            self.segments[segment.id] = segment
            self.home[segment.id] = edit.block
        self.members[edit.block] = now
        if was == now:
            return Applied(old, new)
        kind, first = self.kinds[edit.block], self._row_behind(self.before(edit.block))
        fresh = [Row(key, edit.block, kind) for key in now]
        self._set_rows([*self.rows[:first], *fresh, *self.rows[first + len(was) :]])
        return Applied(old, new, (first, len(was), len(now)))

    def _set_rows(self, rows: list[Row]) -> None:
        self.rows = rows
        self._places = {row.key: place for place, row in enumerate(rows)}


def put_behind(order: list[str], block: str, after: str | None) -> None:
    """Put a block into an order of blocks, behind another, or at the top where there is none.

    Raises:
        ValueError: the other is not there.
    """
    order.insert(order.index(after) + 1 if after is not None else 0, block)


def changes_between(
    story: Story, known: Snapshot, *also: Mapping[str, Segment | Placement]
) -> dict[str, Segment | Placement] | None:
    """What ``story`` says that neither ``known`` nor any of ``also`` says, by id; None where the blocks differ."""
    found: dict[str, Segment | Placement] = {}
    blocks = story.content.blocks
    if [block.id for block in blocks] != known.order:
        return None
    for block in blocks:
        if known.members.get(block.id) != [segment.id for segment in block.segments]:
            return None
        for segment in block.segments:
            if known.segments.get(segment.id) != segment and all(m.get(segment.id) != segment for m in also):
                found[segment.id] = segment
        place = block.placement
        if place is not None and known.placements.get(block.id) != place:
            if block.id not in known.placements:
                return None
            if all(m.get(block.id) != place for m in also):
                found[block.id] = place
    return found


def merged_captions(was: Placement, mine: Placement, theirs: Placement) -> tuple[Placement, dict[Field, str]]:
    """Their placement with the texts that were changed here alone or in both places; and theirs of the latter."""
    merged, overtaken = theirs, {}
    for field in PICTURE_FIELDS:
        before, here, there = (caption_of(one, field) for one in (was, mine, theirs))
        if here not in {before, there}:
            merged = with_caption(merged, field, here)
            if there != before:
                overtaken[field] = there
    return merged, overtaken


def caption_of(placement: Placement, field: Field) -> str:
    """One text of a picture, empty where a picture has none such."""
    caption, alt = placement.caption, placement.alt
    return {Field.CAPTION_SOURCE: caption.zh, Field.CAPTION_TARGET: caption.en, Field.ALT: alt.en}.get(field, "")


def with_caption(placement: Placement, field: Field, text: str) -> Placement:
    """The placement with another caption or alternative text.

    Raises:
        BugError: ``field`` is no text of a picture.
    """
    if field is Field.CAPTION_SOURCE:
        return replace(placement, caption=replace(placement.caption, zh=text))
    if field is Field.CAPTION_TARGET:
        return replace(placement, caption=replace(placement.caption, en=text))
    if field is Field.ALT:
        return replace(placement, alt=replace(placement.alt, en=text))
    raise BugError(f"a picture has no {field}")


def changed_caption(old: Placement, new: Placement) -> Field:
    """Which text of a picture an edit changed; the target caption where it changed something else."""
    if old.caption.zh != new.caption.zh:
        return Field.CAPTION_SOURCE
    return Field.ALT if old.alt.en != new.alt.en else Field.CAPTION_TARGET
