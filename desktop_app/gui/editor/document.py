"""A story in memory while it is written: every change passes here, can be undone, and waits to be saved."""

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.edits import (
    Edit,
    ReplaceSegments,
    SetPlacement,
    SetSegment,
    edited_status,
    join_segments,
    set_status,
    set_target,
    split_segment,
)
from desktop_app.domain.story import Placement, Segment, SegmentStatus, Story, join_pieces
from desktop_app.foundation.errors import BugError
from desktop_app.foundation.ids import IdFactory, new_id
from desktop_app.gui.editor.history import History
from desktop_app.gui.editor.pieces import changed_caption, changes_between, merged_captions, with_caption
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.editor.story_text import StoryText
from desktop_app.gui.editor.unsaved import Unsaved

_FRESH = 10.0  # seconds in which somebody still believes that what they wrote stands
RANK = {SegmentStatus.CONFIRMED: 1, SegmentStatus.REVISED: 2, SegmentStatus.SIGNED_OFF: 3}


class StoryDocument(StoryText):
    """The story being edited: what changes it, what takes that back, and what waits to be saved.

    ``overtaken(theirs)``: somebody else wrote where unsaved words stand; their texts by (row, field).
    """

    overtaken = Signal(object)

    _unsaved: Unsaved

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
        self._clock = clock
        self._history = History()
        self._fresh: dict[str, tuple[str, float]] = {}  # what was typed here last, and when
        self._saves = 0
        super().__init__(story, parent)

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

    def confirm(self, key: str, status: SegmentStatus) -> bool:
        """Raise a segment to ``status``; False where it is refused or has no target text. Never lowers a status."""
        segment = self._pieces.segments.get(key)
        if segment is None or not segment.target.strip() or self.refusal(key) is not None:
            return False
        self._history.seal()
        if RANK.get(segment.status, 0) < RANK[status]:
            self._perform((set_status(segment, status),))
        return True

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

    def home(self, key: str) -> str:
        """The block of a segment."""
        return self._pieces.home[key]

    def replacing(self, key: str, how_many: int, by: tuple[Segment, ...]) -> ReplaceSegments:
        """The edit that puts ``by`` in the place of ``how_many`` segments from ``key`` on."""
        return self._pieces.replacing(key, how_many, by)

    def seal(self) -> None:
        """End the step of typing: the person left the cell."""
        self._history.seal()

    def undo(self) -> tuple[str, Field] | None:
        """Take the last step back; return the text it touched, None where there was nothing to undo."""
        return self._replay(self._history.undo)

    def redo(self) -> tuple[str, Field] | None:
        """Do the step last undone again; return the text it touched."""
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
        return bool(self._unsaved)

    def take_pending(self) -> list[Edit]:
        """The edits not saved yet; the caller answers with ``pending_saved`` or ``give_back``."""
        return self._unsaved.take()

    def pending_saved(self) -> None:
        """What was taken last is in the archive."""
        self._saves += 1
        self._unsaved.settled()

    @property
    def saves(self) -> int:
        """How many saves were done: what was read from the archive before the last one may be out of date."""
        return self._saves

    def give_back(self, edits: Iterable[Edit]) -> None:
        """What was taken last could not be saved and waits again, with whatever came since."""
        self._unsaved.give_back(edits)

    def replace_story(self, story: Story) -> list[Edit]:
        """Take over what the archive says; an echo of our own edits changes nothing.

        What changed elsewhere is shown, and undo forgets those rows alone; where rows themselves came or went it
        forgets everything. What was typed and is not saved stays on top. Returned are edits that no longer fit: they
        are somebody's words, and the caller must show them.
        """
        foreign = self._foreign(story)
        if foreign is None:
            return self._start_over(story)
        self._story, self._stale = story, True
        mine, known = self._unsaved.keys(), self._unsaved.known
        theirs: dict[tuple[str, Field], str] = {}
        lost: list[Edit] = []
        for key, value in foreign.items():
            if isinstance(value, Segment):
                lost += self._written_over(key, value, mine)
                believed, known.segments[key] = known.segments.get(key), value
                if key in mine:
                    theirs |= self._meet(believed or value, value)
            else:
                place, known.placements[key] = known.placements[key], value
                if key in mine:
                    merged, fields = merged_captions(place, self._pieces.placements[key], value)
                    theirs |= {(key, field): text for field, text in fields.items()}
                    self._adopt(key, merged)
            if key not in mine:
                self._adopt(key, value)
        if foreign:
            gone = (foreign.keys() - mine) | {key for key, _field in theirs}
            self._history.forget(lambda edit: _touches(edit, gone))
            self.counts_changed.emit()
            self.history_changed.emit()
        if theirs:
            self.overtaken.emit(theirs)
        return lost

    def _written_over(self, key: str, value: Segment, mine: Collection[str]) -> list[Edit]:
        """What was typed here a moment ago and saved, where somebody wrote over it meanwhile."""
        text, at = self._fresh.pop(key, ("", 0.0))
        held = self._pieces.segments.get(key)
        if held is None or key in mine or not text.strip() or value.target in {text, held.target}:
            return []
        return [set_target(held, text)] if held.target == text and self._clock() - at < _FRESH else []

    def discard(self) -> None:
        """Drop what is not saved and show what the archive is known to say."""
        known = self._unsaved.known
        blocks = tuple(
            replace(
                block,
                segments=tuple(known.segments[key] for key in known.members[block.id]),
                placement=known.placements.get(block.id),
            )
            for block in self._story.content.blocks
        )
        self._unsaved.give_up()
        self._start_over(replace(self._story, content=replace(self._story.content, blocks=blocks)))

    def waiting(self) -> list[Edit]:
        """The edits that are not in the archive, as values; they go on waiting."""
        handed = self._unsaved.handed()
        edits = self._unsaved.take()
        self._unsaved.give_back([*handed, *edits])
        return [*handed, *edits]

    def is_echo(self, story: Story) -> bool:
        """Whether the archive says nothing that did not come from here."""
        return self._foreign(story) == {}

    # Inside

    def _foreign(self, story: Story) -> dict[str, Segment | Placement] | None:
        pieces, known, way = self._pieces, self._unsaved.known, self._unsaved.on_their_way()
        found = changes_between(story, known, way, pieces.segments, pieces.placements)
        return changes_between(story, pieces.snapshot(), way, known.segments) if found is None else found

    def _take(self, story: Story) -> None:
        super()._take(story)
        self._unsaved = Unsaved(self._pieces)

    def _start_over(self, story: Story) -> list[Edit]:
        waiting = [*self._unsaved.handed(), *self._unsaved.take()]
        self._history.clear()
        before = len(self.rows)
        self._take(story)
        lost = [edit for edit in waiting if not self._pieces.fits(edit)]
        for edit in waiting:
            if self._pieces.fits(edit):
                self._do(edit, tell=False)
        self.structure_changed.emit(0, before, len(self.rows))
        self.counts_changed.emit()
        self.history_changed.emit()
        if self._unsaved:
            self.dirty.emit()
        return lost

    def _meet(self, believed: Segment, theirs: Segment) -> dict[tuple[str, Field], str]:
        """Bring unsaved words together with what was written elsewhere; return theirs where both wrote."""
        mine = self._pieces.segments.get(theirs.id)
        if theirs.target == believed.target:
            if mine is not None and mine.locked != theirs.locked:
                self._pieces.segments[theirs.id] = replace(mine, locked=theirs.locked)
                self.row_changed.emit(theirs.id)
            return {}
        if mine is not None and mine.target == theirs.target:
            return {}
        if mine is not None and mine.target == believed.target:  # only confirmed here: that was for other words
            self._unsaved.untouch(theirs.id)
            self._adopt(theirs.id, replace(theirs, source=mine.source))
            return {}
        return {(theirs.id, Field.TARGET): theirs.target}

    def _adopt(self, key: str, value: Segment | Placement) -> None:
        if isinstance(value, Segment):
            self._tally.replaced([self._pieces.segments[key]], [value])
            self._pieces.segments[key] = value
        else:
            self._pieces.placements[key] = value
        self.row_changed.emit(key)

    def _perform(self, edits: tuple[Edit, ...], typing: str = "") -> None:
        # The history is told first, so that whoever hears of the change finds undo in its new state.
        if len(edits) == 1:
            self._history.add(edits, (self._pieces.inverse(edits[0]),), self._clock(), typing)
            self._do(edits[0])
        else:
            gathered = []
            for edit in edits:
                gathered.append(self._pieces.inverse(edit))
                self._do(edit)
            self._history.add(edits, tuple(gathered), self._clock())
        self._tell()

    def _replay(self, take: Callable[[], tuple[Edit, ...]]) -> tuple[str, Field] | None:
        if self._read_only is not None:
            return None
        touched = None
        for edit in take():
            touched = self._do(edit)
        if touched is not None:
            self._tell()
        return touched

    def _tell(self) -> None:
        self.counts_changed.emit()
        self.history_changed.emit()
        self.dirty.emit()

    def _do(self, edit: Edit, *, tell: bool = True) -> tuple[str, Field]:
        """Make one edit and return the first text that looks different by it."""
        self._stale = True
        self._unsaved.touch(edit)
        if isinstance(edit, SetPlacement):
            was = self._pieces.placements[edit.block]
            self._pieces.apply(edit)
            if tell:
                self.row_changed.emit(edit.block)
            return edit.block, changed_caption(was, edit.placement)
        old, new, moved = self._pieces.apply(edit)
        self._tally.replaced(old, new)
        before = {segment.id: segment for segment in old}
        changed = [segment for segment in new if before.get(segment.id) != segment] or new
        if tell and moved:
            self.structure_changed.emit(self.row_of(new[0].id), len(old), len(new))
        elif tell:
            for segment in changed:
                self.row_changed.emit(segment.id)
        first = changed[0]
        same_source = moved or before[first.id].source == first.source
        return first.id, Field.TARGET if same_source else Field.SOURCE


def _touches(edit: Edit, keys: Iterable[str]) -> bool:
    if isinstance(edit, ReplaceSegments):
        return edit.block in keys or any(segment.id in keys for segment in edit.segments)
    return (edit.segment if isinstance(edit, SetSegment) else edit.block) in keys
