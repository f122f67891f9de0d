"""What the archive does not have yet: touched ids until they are handed over, and what it is known to have."""

from collections.abc import Iterable
from dataclasses import replace

from desktop_app.domain.edits import (
    Edit,
    InsertBlock,
    MoveBlock,
    RemoveBlock,
    ReplaceSegments,
    SetPlacement,
    SetSegment,
    target_of,
)
from desktop_app.domain.story import Placement, Segment
from desktop_app.gui.editor.pieces import Pieces, Snapshot


class Unsaved:
    """Marks what was touched, in order; hands it over as edits; learns from ``settled`` what the archive has."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._touched: dict[tuple[str, type[Edit]], None] = {}
        self._handed: list[Edit] = []
        self._opened: set[str] = set()  # segments that were unlocked here
        self._handed_opened: set[str] = set()
        self.known: Snapshot = pieces.snapshot()

    def __bool__(self) -> bool:
        return bool(self._touched)

    def touch(self, edit: Edit) -> None:
        """Remember that this is about to be changed."""
        self._touched[target_of(edit), type(edit)] = None
        if isinstance(edit, SetSegment) and not edit.locked:
            here = self._pieces.segments.get(edit.segment)
            if here is not None and here.locked:
                self._opened.add(edit.segment)

    def take(self) -> list[Edit]:
        """Everything that waits, one edit a segment or block; it counts as handed over.

        What was unlocked to be changed is unlocked first. Then come blocks that went, came (whole, as they are now) or
        moved, and re-cut blocks, whole too, so that the order among the others does not matter.
        """
        pieces = self._pieces
        blocks = self._block_edits()
        come = {edit.block.id for edit in blocks if isinstance(edit, InsertBlock)}
        here = pieces.members.keys() - come
        recut = {key: None for key, kind in self._touched if kind is ReplaceSegments and key in here}
        blocks += [ReplaceSegments(block, pieces.block(block).segments, was=self._believed(block)) for block in recut]
        others = here - recut.keys()
        edits: list[Edit] = []
        for key, kind in self._touched:
            if kind is SetPlacement and key in here:
                edits.append(SetPlacement(key, pieces.placements[key], was=self.known.placements.get(key)))
            elif kind is SetSegment and key in pieces.segments and pieces.home[key] in others:
                segment = pieces.segments[key]
                was = self.known.segments.get(key)
                edits.append(SetSegment(key, segment.target, segment.status, segment.locked, was=was))
        edits = [*blocks, *edits]
        edits = [*self._unlocked(edits), *edits]
        self._touched.clear()
        self._handed_opened, self._opened = self._opened, set()
        self._handed = edits
        return edits

    def _unlocked(self, edits: list[Edit]) -> list[Edit]:
        """What unlocks the segments that were unlocked here and get another text or place by these edits."""
        changed: list[str] = []
        for place, edit in enumerate(edits):
            if isinstance(edit, SetSegment) and edit.was is not None and edit.segment in self._opened:
                if edit.locked and edit.target != edit.was.target:
                    changed.append(edit.segment)
                    edits[place] = replace(edit, was=replace(edit.was, locked=False))
            elif isinstance(edit, ReplaceSegments | RemoveBlock):
                changed += self.known.members.get(edit.block, ())
        found = (self.known.segments[key] for key in changed)
        opened = (one for one in found if one.locked and one.id in self._opened)
        return [SetSegment(one.id, one.target, one.status, was=one) for one in opened]

    def _block_edits(self) -> list[Edit]:
        """What makes the known order of blocks the one of now."""
        touched = {key for key, kind in self._touched if kind in {InsertBlock, RemoveBlock, MoveBlock}}
        if not touched:
            return []
        known, pieces = self.known, self._pieces
        edits: list[Edit] = [
            RemoveBlock(key, was=known.block(key))
            for key in known.order
            if key in touched and key not in pieces.members
        ]
        stayed = [key for key in known.order if key in pieces.members]
        is_other = stayed != [key for key in pieces.order if key in known.members]
        before: str | None = None
        for key in pieces.order:
            if key in touched and key not in known.members:
                edits.append(InsertBlock(pieces.block(key), before))
            elif key in touched and is_other:
                edits.append(MoveBlock(key, before))
            before = key
        return edits

    def handed(self) -> list[Edit]:
        """What is on its way and not confirmed."""
        return list(self._handed)

    def settled(self) -> None:
        """What was handed over is in the archive."""
        for edit in self._handed:
            self.known.learn(edit)
        self._handed = []

    def expected(self) -> Snapshot:
        """What the archive says once it has what is on its way."""
        known = self.known
        found = Snapshot(
            dict(known.segments), dict(known.placements), dict(known.members), list(known.order), dict(known.kinds)
        )
        for edit in self._handed:
            found.learn(edit)
        return found

    def give_back(self, edits: Iterable[Edit]) -> None:
        """What was handed over could not be saved; it waits again, with whatever came since."""
        for edit in edits:
            self._touched[target_of(edit), type(edit)] = None
        self._opened |= self._handed_opened
        self._handed = []

    def give_up(self) -> None:
        """Nothing waits any more: the words are somebody else's now."""
        self._touched.clear()
        self._opened.clear()
        self._handed = []

    def untouch(self, segment: str) -> None:
        """Let go of a segment that has nothing of its own to save any more."""
        self._touched.pop((segment, SetSegment), None)

    def keys(self) -> set[str]:
        """The ids that wait or are on their way, with the segments of re-cut blocks."""
        found = {key for key, _ in self._touched} | {target_of(edit) for edit in self._handed}
        for key in list(found):
            found.update(self._pieces.members.get(key, ()))
        return found

    def on_their_way(self) -> dict[str, Segment | Placement]:
        """The values handed over and not confirmed yet, by id."""
        found: dict[str, Segment | Placement] = {}
        for edit in self._handed:
            if isinstance(edit, SetPlacement):
                found[edit.block] = edit.placement
            elif isinstance(edit, ReplaceSegments):
                found.update({segment.id: segment for segment in edit.segments})
            elif isinstance(edit, InsertBlock):
                found.update({segment.id: segment for segment in edit.block.segments})
                if edit.block.placement is not None:
                    found[edit.block.id] = edit.block.placement
            elif isinstance(edit, SetSegment) and edit.segment in self.known.segments:
                old = self.known.segments[edit.segment]
                found[old.id] = Segment(old.id, old.source, edit.target, edit.status, edit.locked)
        return found

    def _believed(self, block: str) -> tuple[Segment, ...] | None:
        return self.known.block(block).segments if block in self.known.members else None
