"""The story being edited: what a person does to it. Every change passes here, one act one step."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from desktop_app.desk.repetitions import Repetitions
from desktop_app.domain.edits import (
    Edit,
    InsertBlock,
    MoveBlock,
    RemoveBlock,
    ReplaceSegments,
    SetPlacement,
    SetSegment,
    edited_status,
    has_source,
    join_segments,
    set_status,
    set_target,
    split_segment,
)
from desktop_app.domain.repetitions import followers, said_alike
from desktop_app.domain.story import Block, BlockKind, Segment, SegmentStatus, Story, join_pieces
from desktop_app.foundation.errors import BugError
from desktop_app.foundation.ids import IdFactory, new_id
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.editor.pieces import with_caption
from desktop_app.gui.editor.rows import CREDITS, Field
from desktop_app.gui.editor.story_steps import StorySteps

RANK = {SegmentStatus.CONFIRMED: 1, SegmentStatus.REVISED: 2, SegmentStatus.SIGNED_OFF: 3}


class StoryDocument(StorySteps):
    """What is done to the open story. What cannot be done is refused with a reason, or by ``False`` and ``None``."""

    _NO_FURTHER = N_("There is no further place in this direction.")

    def __init__(
        self,
        story: Story,
        *,
        ids: IdFactory = new_id,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        """Hold ``story``; ``clock`` counts seconds and tells pauses in typing apart."""
        self._ids = ids
        self.repetitions = Repetitions()
        """How repetitions are treated; whoever reads it from the archive puts it here."""
        self._said: dict[str, set[str]] = {}  # what segments said before they were changed here, and when confirmed
        self._alike: dict[str, list[str]] | None = None  # segments by what they say in the source
        super().__init__(story, clock=clock, parent=parent)

    # Changing it

    def write(self, key: str, field: Field, text: str, *, whole: bool = False) -> None:
        """Take over what was typed. ``whole`` (paste, an input method's commit) makes it a step of its own."""
        if text == self.text(key, field) or self.refusal(key, field) is not None:
            return
        segment = self._pieces.segments.get(key)
        edit: Edit
        if segment is not None and field is Field.TARGET:
            self._fresh[key] = (text, self._clock())
        if segment is None:
            edit = SetPlacement(key, with_caption(self._pieces.placements[key], field, text))
        elif field is Field.TARGET:
            edit = set_target(segment, text)
        else:
            # Another source asks for another translation: it un-confirms like any edit.
            status = edited_status(replace(segment, target=""), segment.target)
            edit = self._pieces.replacing(key, 1, (replace(segment, source=text, status=status),))
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

    def confirm(self, key: str, status: SegmentStatus, *also: Edit) -> bool:
        """Raise a segment to ``status``; False where it is refused or has no target text. Never lowers a status.

        ``also`` are edits that go with it in one step, as ``followers`` are.
        """
        segment = self._pieces.segments.get(key)
        if segment is None or not segment.target.strip() or self.refusal(key) is not None:
            return False
        self._history.seal()
        if RANK.get(segment.status, 0) < RANK[status]:
            self._said.setdefault(key, set()).add(segment.target)
            self._perform((set_status(segment, status), *also))
        return True

    def followers(self, key: str) -> tuple[SetSegment, ...]:
        """The edits that let the repetitions of a segment say what it says; none where the house does not want them."""
        segment = self._pieces.segments.get(key)
        if segment is None or not self.repetitions.follow:
            return ()
        if self._alike is None:
            self._alike = {}
            for one in self._pieces.segments.values():
                self._alike.setdefault(said_alike(one.source), []).append(one.id)
        said = said_alike(segment.source)
        others = [self._pieces.segments[other] for other in self._alike.get(said, ())] if said else []
        before = self._said.get(key, set())
        return tuple(followers(segment, others, said_before=before, alone=self.repetitions.alone))

    def set_status(self, key: str, status: SegmentStatus) -> Message | None:
        """Reject a segment or take its confirmation back, as one step; what comes back is why it may not be."""
        segment = self._pieces.segments.get(key)
        refusal = self.refusal(key)
        if segment is None or refusal is not None:
            return refusal
        if segment.status is not status:
            self._history.seal()
            self._perform((set_status(segment, status),))
        return None

    def set_lock(self, key: str, *, locked: bool) -> Message | None:
        """Lock a segment or unlock it, as one step; what comes back is why it may not be."""
        segment = self._pieces.segments.get(key)
        if segment is None or self._read_only is not None:
            return self._read_only
        if segment.locked is not locked:
            self._history.seal()
            self._perform((SetSegment(key, segment.target, segment.status, locked),))
        return None

    def split(self, key: str, source_at: int, target_at: int) -> str | None:
        """Cut a segment in two and return the second one's id; None where nothing would be cut off."""
        segment = self._pieces.segments.get(key)
        if segment is None or self.refusal(key) is not None or not 0 < source_at < len(segment.source):
            return None
        second_id = self._ids()
        pair = split_segment(segment, second_id, source_at, target_at, self._pieces.languages)
        if join_pieces([piece.source for piece in pair], self._pieces.languages.source) != segment.source:
            return None
        self._perform((self._pieces.replacing(key, 1, pair),))
        return second_id

    def join(self, key: str) -> bool:
        """Join a segment with the next one of its paragraph; False where there is none or one is locked."""
        following = self._pieces.next_in_block(key)
        if following is None or self.refusal(key) is not None or self.refusal(following) is not None:
            return False
        segments = self._pieces.segments
        joined = join_segments(segments[key], segments[following], self._pieces.languages)
        self._perform((self._pieces.replacing(key, 2, (joined,)),))
        return True

    # Whole blocks

    def insert_blocks(self, blocks: Sequence[Block], *, after: str | None) -> None:
        """Put new blocks without source text behind the block of a row, as one step; None: behind the headline.

        Raises:
            BugError: the story is read-only, or a block has source text; the caller should have asked.
        """
        if any(map(has_source, blocks)):
            raise BugError("a new block would change the source text")
        behind = self._behind(after)
        edits: list[Edit] = []
        for block in blocks:
            edits.append(InsertBlock(block, behind))
            behind = block.id
        self.apply(*edits)

    def remove_block(self, key: str) -> Message | None:
        """Take the block of a row out of the story, as one step; what comes back is why it may not be."""
        block = self._pieces.block(self._pieces.home.get(key, key))
        refusal = self._fixed(block)
        if refusal is None:
            self.apply(RemoveBlock(block.id))
        return refusal

    def move_block(self, key: str, way: int) -> Message | None:
        """Put the block of a row before the block above it (-1) or behind the one below (1), as one step.

        What comes back is why it may not be.
        """
        order = self._pieces.order
        block = self._pieces.block(self._pieces.home.get(key, key))
        refusal = self._fixed(block)
        if refusal is not None:
            return refusal
        place = order.index(block.id) + way
        if not 0 <= place < len(order) or (way < 0 and self._pieces.kinds[order[place]] is BlockKind.HEADLINE):
            return self._NO_FURTHER
        after = order[place] if way > 0 else self._pieces.before(order[place])
        self.apply(MoveBlock(block.id, after))
        return None

    def _fixed(self, block: Block) -> Message | None:
        """Why a block may neither go nor move; None where it may."""
        if self._read_only is not None:
            return self._read_only
        if any(segment.locked for segment in block.segments):
            return self._LOCKED
        return self._SOURCE if has_source(block) else None

    def _behind(self, key: str | None) -> str | None:
        """The block of a row; the last one for the credits, the headline for None, None where there is no headline."""
        order, kinds = self._pieces.order, self._pieces.kinds
        if key == CREDITS:
            return order[-1] if order else None
        if key is not None:
            return self._pieces.home.get(key, key)
        return order[0] if order and kinds[order[0]] is BlockKind.HEADLINE else None

    def home(self, key: str) -> str:
        """The block of a segment."""
        return self._pieces.home[key]

    def replacing(self, key: str, how_many: int, by: tuple[Segment, ...]) -> ReplaceSegments:
        """The edit that puts ``by`` in the place of ``how_many`` segments from ``key`` on."""
        return self._pieces.replacing(key, how_many, by)

    def paragraph(self, key: str) -> tuple[Segment, ...]:
        """The segments of the block of a segment."""
        return self._pieces.block(self._pieces.home[key]).segments

    # Inside

    def _take(self, story: Story) -> None:
        super()._take(story)
        self._said.clear()
        self._alike = None

    def _perform(self, edits: tuple[Edit, ...], typing: str = "") -> None:
        for edit in edits:
            if isinstance(edit, SetSegment) and edit.segment not in self._said:
                was = self._pieces.segments[edit.segment].target
                if was.strip() and was != edit.target:
                    self._said[edit.segment] = {was}
        super()._perform(edits, typing)

    def _do(self, edit: Edit, *, tell: bool = True) -> tuple[str, Field]:
        if not isinstance(edit, SetSegment | SetPlacement | MoveBlock):
            self._alike = None
        return super()._do(edit, tell=tell)
