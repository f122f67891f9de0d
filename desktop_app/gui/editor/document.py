"""A story in memory while it is written: edits in O(1), undo over the whole of it, and what is not saved yet.

Longer than most modules because every change of state has to pass this one door.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.edits import (
    Edit,
    ReplaceSegments,
    SetPlacement,
    SetSegment,
    join_segments,
    set_status,
    set_target,
    split_segment,
)
from desktop_app.domain.story import Block, BlockKind, Placement, Segment, SegmentStatus, Story, join_pieces
from desktop_app.foundation.errors import BugError
from desktop_app.foundation.ids import IdFactory, new_id
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.editor.history import History
from desktop_app.gui.editor.rows import Field, Row, rows_of
from desktop_app.gui.editor.tally import Counts, count

RANK = {SegmentStatus.CONFIRMED: 1, SegmentStatus.REVISED: 2, SegmentStatus.SIGNED_OFF: 3}


class StoryDocument(QObject):
    """The story being edited. Every change is an ``Edit``; every edit can be undone and waits for autosave."""

    segment_changed = Signal(str)
    block_changed = Signal(str)
    structure_changed = Signal()
    counts_changed = Signal()
    history_changed = Signal()
    read_only_changed = Signal()
    dirty = Signal()

    _story: Story
    _stale: bool
    _rows: list[Row]
    _places: dict[str, int]
    _counts: Counts | None

    _LOCKED = N_("This segment is locked. Unlock it to change its text.")

    def __init__(
        self,
        story: Story,
        *,
        ids: IdFactory = new_id,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        """Hold ``story``; ``clock`` counts seconds and tells pauses in typing apart."""
        super().__init__(parent)
        self._ids = ids
        self._clock = clock
        self._history = History()
        self._read_only: Message | None = None
        self._take(story)

    # What the story says

    @property
    def story_id(self) -> str:
        """The id of the story."""
        return self._story.id

    @property
    def rows(self) -> list[Row]:
        """The rows on the screen; not to be changed."""
        return self._rows

    def story(self) -> Story:
        """The story as it stands; made anew when something changed."""
        if self._stale:
            content = replace(self._story.content, blocks=tuple(self._block(block) for block in self._order))
            self._story = self._story.with_content(content)
            self._stale = False
        return self._story

    def row_of(self, key: str) -> int:
        """The place of a row.

        Raises:
            KeyError: there is no such row (any more).
        """
        return self._places[key]

    def has(self, key: str) -> bool:
        """Whether there is such a row."""
        return key in self._places

    def segment(self, key: str) -> Segment | None:
        """The segment of a row, None for pictures and credits."""
        return self._segments.get(key)

    def placement(self, key: str) -> Placement | None:
        """The placement of a picture row, None for others."""
        return self._placements.get(key)

    def text(self, key: str, field: Field) -> str:
        """One text of one row, empty where the row has none such."""
        segment = self._segments.get(key)
        if segment is not None:
            return {Field.SOURCE: segment.source, Field.TARGET: segment.target}.get(field, "")
        placement = self._placements.get(key)
        if placement is None:
            return ""
        caption, alt = placement.caption, placement.alt
        return {Field.CAPTION_SOURCE: caption.zh, Field.CAPTION_TARGET: caption.en, Field.ALT: alt.en}.get(field, "")

    def counts(self) -> Counts:
        """The counts of the whole story."""
        if self._counts is None:
            self._counts = count(list(self._segments.values()))
        return self._counts

    # Whether it may be changed

    @property
    def read_only(self) -> Message | None:
        """Why nothing may be changed; None where one may."""
        return self._read_only

    def set_read_only(self, reason: Message | None) -> None:
        """Forbid changes with a reason, or allow them."""
        self._read_only = reason
        self.read_only_changed.emit()

    def refusal(self, key: str) -> Message | None:
        """Why this row may not be changed; None where it may."""
        if self._read_only is not None:
            return self._read_only
        segment = self._segments.get(key)
        return self._LOCKED if segment is not None and segment.locked else None

    # Changing it

    def write(self, key: str, field: Field, text: str, *, whole: bool = False) -> None:
        """Take over what was typed. ``whole`` (paste, an input method's commit) makes it a step of its own."""
        if text == self.text(key, field) or self.refusal(key) is not None:
            return
        segment = self._segments.get(key)
        edit: Edit
        if segment is not None:
            edit = set_target(segment, text)
        else:
            edit = SetPlacement(key, _with_text(self._placements[key], field, text))
        if whole:
            self._history.seal()
        self._perform((edit,), "" if whole else f"{key}/{field}")

    def apply(self, *edits: Edit) -> None:
        """Make these edits as one step that can be undone.

        Raises:
            BugError: the story is read-only; the caller should have asked.
        """
        if self._read_only is not None:
            raise BugError("an edit of a read-only story")
        if edits:
            self._perform(edits)

    def confirm(self, key: str, status: SegmentStatus) -> bool:
        """Raise a segment to ``status``; False where it is refused or has no target text. Never lowers a status."""
        segment = self._segments.get(key)
        if segment is None or not segment.target.strip() or self.refusal(key) is not None:
            return False
        self._history.seal()
        if RANK.get(segment.status, 0) < RANK[status]:
            self._perform((set_status(segment, status),))
        return True

    def split(self, key: str, source_at: int, target_at: int) -> str | None:
        """Cut a segment in two and return the second one's id; None where nothing would be cut off."""
        segment = self._segments.get(key)
        if segment is None or self.refusal(key) is not None or not 0 < source_at < len(segment.source):
            return None
        second_id = self._ids()
        pair = split_segment(segment, second_id, source_at, target_at, self._story.languages)
        if join_pieces([piece.source for piece in pair], self._story.languages.source) != segment.source:
            return None
        self._perform((self._replacing(key, 1, pair),))
        return second_id

    def join(self, key: str) -> bool:
        """Join a segment with the next one of its paragraph; False where there is none or one is locked."""
        members = self._members.get(self._home.get(key, ""), [])
        if key not in members[:-1]:
            return False
        following = members[members.index(key) + 1]
        if self.refusal(key) is not None or self.refusal(following) is not None:
            return False
        joined = join_segments(self._segments[key], self._segments[following], self._story.languages)
        self._perform((self._replacing(key, 2, (joined,)),))
        return True

    def seal(self) -> None:
        """End the step of typing: the person left the cell."""
        self._history.seal()

    def undo(self) -> str | None:
        """Take the last step back; return the row it touched, None where there was nothing to undo."""
        return self._replay(self._history.undo)

    def redo(self) -> str | None:
        """Do the step last undone again; return the row it touched."""
        return self._replay(self._history.redo)

    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return self._history.can_undo() and self._read_only is None

    def can_redo(self) -> bool:
        """Whether there is something to redo."""
        return self._history.can_redo() and self._read_only is None

    # What is not saved yet

    def has_pending(self) -> bool:
        """Whether something waits for autosave."""
        return bool(self._pending)

    def take_pending(self) -> list[Edit]:
        """The edits not saved yet, one a segment or block; they count as handed over.

        A re-cut block comes whole and first, so that the order among the others does not matter.
        """
        recut = {key: None for key, kind in self._pending if kind is ReplaceSegments and key in self._members}
        edits: list[Edit] = [ReplaceSegments(block, self._block(block).segments) for block in recut]
        for key, kind in self._pending:
            if kind is SetPlacement and key in self._placements:
                edits.append(SetPlacement(key, self._placements[key]))
            elif kind is SetSegment and key in self._segments and self._home[key] not in recut:
                segment = self._segments[key]
                edits.append(SetSegment(key, segment.target, segment.status, segment.locked))
        self._pending.clear()
        return edits

    def give_back(self, edits: Iterable[Edit]) -> None:
        """Take back edits that could not be saved; they wait again, with whatever came since."""
        for edit in edits:
            self._pending[_target_of(edit), type(edit)] = None

    def replace_story(self, story: Story) -> list[Edit]:
        """Show the story as it became elsewhere; undo is kept only where the content is the same.

        What was typed and not saved is put on top again. Returned are the edits that no longer fit: the caller must
        show them, they are somebody's words.
        """
        if story.content == self.story().content:
            self._story = story
            self._stale = False
            return []
        waiting = self.take_pending()
        self._history.clear()
        self._take(story)
        lost: list[Edit] = []
        for edit in waiting:
            if self._fits(edit):
                self._do(edit)
            else:
                lost.append(edit)
        self.structure_changed.emit()
        self.counts_changed.emit()
        self.history_changed.emit()
        if self._pending:
            self.dirty.emit()
        return lost

    # Inside

    def _take(self, story: Story) -> None:
        self._story = story
        self._stale = False
        self._kinds: dict[str, BlockKind] = {}
        self._order: list[str] = []
        self._members: dict[str, list[str]] = {}
        self._segments: dict[str, Segment] = {}
        self._home: dict[str, str] = {}
        self._placements: dict[str, Placement] = {}
        for block in story.content.blocks:
            self._order.append(block.id)
            self._kinds[block.id] = block.kind
            self._members[block.id] = [segment.id for segment in block.segments]
            if block.placement is not None:
                self._placements[block.id] = block.placement
            for segment in block.segments:
                self._segments[segment.id] = segment
                self._home[segment.id] = block.id
        self._set_rows(rows_of(story.content.blocks))
        self._counts = None
        self._pending: dict[tuple[str, type[Edit]], None] = {}

    def _set_rows(self, rows: list[Row]) -> None:
        self._rows = rows
        self._places = {row.key: place for place, row in enumerate(rows)}

    def _block(self, block: str) -> Block:
        segments = tuple(self._segments[key] for key in self._members[block])
        return Block(block, self._kinds[block], segments, self._placements.get(block))

    def _replacing(self, key: str, how_many: int, by: tuple[Segment, ...]) -> ReplaceSegments:
        block = self._home[key]
        segments = list(self._block(block).segments)
        place = self._members[block].index(key)
        segments[place : place + how_many] = by
        return ReplaceSegments(block, tuple(segments))

    def _fits(self, edit: Edit) -> bool:
        if isinstance(edit, SetSegment):
            return edit.segment in self._segments
        if isinstance(edit, SetPlacement):
            return edit.block in self._placements
        language = self._story.languages.source
        was = [self._segments[key].source for key in self._members.get(edit.block, [])]
        now = [segment.source for segment in edit.segments]
        return edit.block in self._members and join_pieces(was, language) == join_pieces(now, language)

    def _perform(self, edits: tuple[Edit, ...], typing: str = "") -> None:
        # The history is told first, so that whoever hears of the change finds undo in its new state.
        inverses = tuple(self._inverse(edit) for edit in edits) if len(edits) == 1 else ()
        if inverses:
            self._history.add(edits, inverses, self._clock(), typing)
            self._do(edits[0])
        else:
            gathered = []
            for edit in edits:
                gathered.append(self._inverse(edit))
                self._do(edit)
            self._history.add(edits, tuple(gathered), self._clock())
        self._tell()

    def _replay(self, take: Callable[[], tuple[Edit, ...]]) -> str | None:
        if self._read_only is not None:
            return None
        edits = take()
        for edit in edits:
            self._do(edit)
        if not edits:
            return None
        self._tell()
        return self._row_touched(edits[-1])

    def _row_touched(self, edit: Edit) -> str:
        if isinstance(edit, ReplaceSegments):
            return edit.segments[0].id if edit.segments else edit.block
        return _target_of(edit)

    def _tell(self) -> None:
        self.counts_changed.emit()
        self.history_changed.emit()
        self.dirty.emit()

    def _inverse(self, edit: Edit) -> Edit:
        if isinstance(edit, SetSegment):
            old = self._segments[edit.segment]
            return SetSegment(old.id, old.target, old.status, old.locked)
        if isinstance(edit, SetPlacement):
            return SetPlacement(edit.block, self._placements[edit.block])
        return ReplaceSegments(edit.block, self._block(edit.block).segments)

    def _do(self, edit: Edit) -> None:
        self._stale = True
        self._pending[_target_of(edit), type(edit)] = None
        if isinstance(edit, SetSegment):
            old = self._segments[edit.segment]
            new = replace(old, target=edit.target, status=edit.status, locked=edit.locked)
            self._segments[edit.segment] = new
            if self._counts is not None:
                self._counts = self._counts.changed(old, new)
            self.segment_changed.emit(edit.segment)
        elif isinstance(edit, SetPlacement):
            self._placements[edit.block] = edit.placement
            self.block_changed.emit(edit.block)
        else:
            self._recut(edit)
            self.structure_changed.emit()

    def _recut(self, edit: ReplaceSegments) -> None:
        old = [self._segments.pop(key) for key in self._members[edit.block]]
        for segment in old:
            del self._home[segment.id]
        for segment in edit.segments:
            self._segments[segment.id] = segment
            self._home[segment.id] = edit.block
        self._members[edit.block] = [segment.id for segment in edit.segments]
        if self._counts is not None:
            for segment in old:
                self._counts = self._counts.plus(segment, -1)
            for segment in edit.segments:
                self._counts = self._counts.plus(segment)
        self._set_rows(self._rows_recut(old, edit))

    def _rows_recut(self, old: list[Segment], edit: ReplaceSegments) -> list[Row]:
        kind = self._kinds[edit.block]
        fresh = [Row(segment.id, edit.block, kind) for segment in edit.segments]
        if not old:
            return rows_of(self._block(block) for block in self._order)
        first = self._places[old[0].id]
        return [*self._rows[:first], *fresh, *self._rows[first + len(old) :]]


def _target_of(edit: Edit) -> str:
    return edit.segment if isinstance(edit, SetSegment) else edit.block


def _with_text(placement: Placement, field: Field, text: str) -> Placement:
    if field is Field.CAPTION_SOURCE:
        return replace(placement, caption=replace(placement.caption, zh=text))
    if field is Field.CAPTION_TARGET:
        return replace(placement, caption=replace(placement.caption, en=text))
    if field is Field.ALT:
        return replace(placement, alt=replace(placement.alt, en=text))
    raise BugError(f"a picture has no {field}")
