"""A story in memory that can be undone: steps of edits, what waits to be saved, and what was changed elsewhere."""

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.edits import (
    Edit,
    InsertBlock,
    MoveBlock,
    RemoveBlock,
    ReplaceSegments,
    SetPlacement,
    SetSegment,
    is_overtaken,
    set_target,
    target_of,
)
from desktop_app.domain.story import Block, Placement, Segment, Story
from desktop_app.gui.editor.history import History
from desktop_app.gui.editor.pieces import changed_caption, changes_between, merged_captions
from desktop_app.gui.editor.rows import CREDITS, Field, side_of
from desktop_app.gui.editor.story_text import StoryText
from desktop_app.gui.editor.unsaved import Unsaved

_FRESH = 10.0  # seconds in which somebody still believes that what they wrote stands


class StorySteps(StoryText):
    """Keeps every change as a step, hands edits over to be saved, and takes over what the archive says.

    ``overtaken(theirs)``: somebody else wrote where unsaved words stand; their texts by (row, field).
    """

    overtaken = Signal(object)

    _unsaved: Unsaved

    def __init__(
        self, story: Story, *, clock: Callable[[], float] = time.monotonic, parent: QObject | None = None
    ) -> None:
        self._clock = clock
        self._history = History()
        self._fresh: dict[str, tuple[str, float]] = {}  # what was typed here last, and when
        self._saves = 0
        super().__init__(story, parent)

    # Undo

    def seal(self) -> None:
        """End the step of typing: the person left the cell."""
        self._history.seal()

    def undo(self) -> tuple[str, Field] | None:
        """Take the last step back; return the text it touched, None where there was nothing to undo."""
        return self._replay(self._history.undo, back=True)

    def redo(self) -> tuple[str, Field] | None:
        """Do the step last undone again; return the text it touched."""
        return self._replay(self._history.redo, back=False)

    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return self._history.can_undo() and self._read_only is None

    def can_redo(self) -> bool:
        """Whether there is something to redo."""
        return self._history.can_redo() and self._read_only is None

    @property
    def history(self) -> History:
        """The steps done and undone."""
        return self._history

    def take_history(self, history: History) -> None:
        """Go on with steps of another document that has the same text."""
        history.seal()
        self._history = history
        self.history_changed.emit()

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
        pieces = self._pieces
        if foreign is None or not all(key in pieces.segments or key in pieces.placements for key in foreign):
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
                place, known.placements[key] = known.placements.get(key, value), value
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
        blocks = tuple(known.block(block) for block in known.order)
        self._unsaved.give_up()
        self._start_over(replace(self._story, content=replace(self._story.content, blocks=blocks)))

    def waiting(self) -> list[Edit]:
        """The edits that are not in the archive, as values; they go on waiting."""
        handed = self._unsaved.handed()
        edits = self._unsaved.take()
        self._unsaved.give_back([*handed, *edits])
        return [*handed, *edits]

    def unsaved_texts(self) -> list[str]:
        """The English, captions and alternative texts that are not known to be in the archive, each once."""
        keys, pieces = self._unsaved.keys(), self._pieces
        said = [segment.target for key, segment in pieces.segments.items() if key in keys]
        for key, place in pieces.placements.items():
            said += [place.caption.zh, place.caption.en, place.alt.en] if key in keys else []
        return list(dict.fromkeys(text for text in said if text.strip()))

    def is_echo(self, story: Story) -> bool:
        """Whether the archive says nothing that did not come from here."""
        return self._foreign(story) == {}

    # Inside

    def _foreign(self, story: Story) -> dict[str, Segment | Placement] | None:
        """What the story says that we neither knew nor said, by id; None where its blocks are others.

        It may have been read before, while or after what is on its way was saved.
        """
        pieces, unsaved = self._pieces, self._unsaved
        known = unsaved.known
        ours = (known.segments, known.placements, unsaved.on_their_way(), pieces.segments, pieces.placements)
        found = changes_between(story, known, *ours)
        if found is None and unsaved.handed():
            found = changes_between(story, unsaved.expected(), *ours)
        return changes_between(story, pieces.snapshot(), *ours) if found is None else found

    def _take(self, story: Story) -> None:
        super()._take(story)
        self._unsaved = Unsaved(self._pieces)

    def _start_over(self, story: Story) -> list[Edit]:
        waiting = [*self._unsaved.handed(), *self._unsaved.take()]
        self._history.clear()
        before = len(self.rows)
        self._take(story)
        lost: list[Edit] = []
        theirs: dict[tuple[str, Field], str] = {}
        overtaken = [edit for edit in waiting if self._is_overtaken(edit, waiting)]
        for edit in waiting:
            fitted = self._pieces.fitted(edit)
            if fitted is None or (isinstance(edit, ReplaceSegments) and edit in overtaken):
                lost.append(edit)
                continue
            if isinstance(fitted, SetSegment):
                fitted = self._kept_over(fitted, theirs if edit in overtaken else {})
            self._do(fitted, tell=False)
        self.structure_changed.emit(0, before, len(self.rows))
        self.counts_changed.emit()
        self.history_changed.emit()
        if self._unsaved:
            self.dirty.emit()
        if theirs:
            self.overtaken.emit(theirs)
        return lost

    def _is_overtaken(self, edit: Edit, waiting: Collection[Edit]) -> bool:
        """Whether what stands here is neither what the writer of an edit saw, nor what they wrote there meanwhile."""
        stored: Segment | Block | None = None
        if isinstance(edit, SetSegment):
            stored = self._pieces.segments.get(edit.segment)
        elif isinstance(edit, ReplaceSegments) and edit.block in self._pieces.members:
            stored = self._pieces.block(edit.block)
        same = [one for one in waiting if type(one) is type(edit) and target_of(one) == target_of(edit)]
        return stored is not None and all(is_overtaken(stored, one) for one in same)

    def _kept_over(self, edit: SetSegment, theirs: dict[tuple[str, Field], str]) -> SetSegment:
        """Our words for a segment that others changed; tells ``theirs``, and keeps a lock that is theirs."""
        stored = self._pieces.segments[edit.segment]
        if stored.target != edit.target:
            theirs[stored.id, Field.TARGET] = stored.target
        if edit.was is not None and edit.was.locked == edit.locked:
            return replace(edit, locked=stored.locked)
        return edit

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

    def _replay(self, take: Callable[[], tuple[Edit, ...]], *, back: bool) -> tuple[str, Field] | None:
        """Make the edits of a step; return the text that the first of them touched, which undo comes to last."""
        if self._read_only is not None:
            return None
        places = [self._do(edit) for edit in take()]
        if not places:
            return None
        self._tell()
        return places[-1 if back else 0]

    def _tell(self) -> None:
        self.counts_changed.emit()
        self.history_changed.emit()
        self.dirty.emit()

    def _do(self, edit: Edit, *, tell: bool = True) -> tuple[str, Field]:
        """Make one edit and return the first text that looks different by it."""
        self._stale = True
        self._unsaved.touch(edit)
        was = self._pieces.placements[edit.block] if isinstance(edit, SetPlacement) else None
        old, new, rows = self._pieces.apply(edit)
        self._tally.replaced(old, new)
        before = {segment.id: segment for segment in old}
        changed = [segment for segment in new if before.get(segment.id) != segment] or new
        if tell and rows is not None:
            self.structure_changed.emit(*rows)
        elif tell:
            for key in [edit.block] if isinstance(edit, SetPlacement) else [segment.id for segment in changed]:
                self.row_changed.emit(key)
        if isinstance(edit, InsertBlock | RemoveBlock | MoveBlock):
            return self._shown_for(edit, rows[0] if rows is not None else 0)
        if isinstance(edit, SetPlacement) and was is not None:
            return edit.block, changed_caption(was, edit.placement)
        first = changed[0]
        same_source = rows is not None or before[first.id].source == first.source
        return first.id, Field.TARGET if same_source else Field.SOURCE

    def _shown_for(self, edit: InsertBlock | RemoveBlock | MoveBlock, row: int) -> tuple[str, Field]:
        """Where to look after a block came, went or moved: its first row, or the one in its place."""
        if not isinstance(edit, RemoveBlock):
            block = target_of(edit)
            members = self._pieces.members[block]
            row = self.row_of(members[0] if members else block)
        elif self.rows[row].key == CREDITS and row:
            row -= 1
        found = self.rows[row]
        return found.key, side_of(Field.TARGET, found.kind)


def _touches(edit: Edit, keys: Iterable[str]) -> bool:
    if isinstance(edit, ReplaceSegments):
        return edit.block in keys or any(segment.id in keys for segment in edit.segments)
    if isinstance(edit, InsertBlock) and any(segment.id in keys for segment in edit.block.segments):
        return True
    return target_of(edit) in keys
