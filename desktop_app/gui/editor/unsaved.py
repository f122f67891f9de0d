"""What the archive does not have yet: touched ids until they are handed over, and what it is known to have."""

from collections.abc import Iterable

from desktop_app.domain.edits import Edit, ReplaceSegments, SetPlacement, SetSegment
from desktop_app.domain.story import Placement, Segment
from desktop_app.gui.editor.pieces import Pieces, Snapshot


class Unsaved:
    """Marks what was touched, in order; hands it over as edits; learns from ``settled`` what the archive has."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._touched: dict[tuple[str, type[Edit]], None] = {}
        self._handed: list[Edit] = []
        self.known: Snapshot = pieces.snapshot()

    def __bool__(self) -> bool:
        return bool(self._touched)

    def touch(self, edit: Edit) -> None:
        """Remember that this was changed."""
        self._touched[target_of(edit), type(edit)] = None

    def take(self) -> list[Edit]:
        """Everything that waits, one edit a segment or block; it counts as handed over.

        A re-cut block comes whole and first, so that the order among the others does not matter.
        """
        pieces = self._pieces
        recut = {key: None for key, kind in self._touched if kind is ReplaceSegments and key in pieces.members}
        edits: list[Edit] = [
            ReplaceSegments(block, pieces.block(block).segments, was=self._believed(block)) for block in recut
        ]
        for key, kind in self._touched:
            if kind is SetPlacement and key in pieces.placements:
                edits.append(SetPlacement(key, pieces.placements[key], was=self.known.placements.get(key)))
            elif kind is SetSegment and key in pieces.segments and pieces.home[key] not in recut:
                segment = pieces.segments[key]
                was = self.known.segments.get(key)
                edits.append(SetSegment(key, segment.target, segment.status, segment.locked, was=was))
        self._touched.clear()
        self._handed = edits
        return edits

    def handed(self) -> list[Edit]:
        """What is on its way and not confirmed."""
        return list(self._handed)

    def settled(self) -> None:
        """What was handed over is in the archive."""
        for edit in self._handed:
            self._learn(edit)
        self._handed = []

    def give_back(self, edits: Iterable[Edit]) -> None:
        """What was handed over could not be saved; it waits again, with whatever came since."""
        for edit in edits:
            self.touch(edit)
        self._handed = []

    def give_up(self) -> None:
        """Nothing waits any more: the words are somebody else's now."""
        self._touched.clear()
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
            elif edit.segment in self.known.segments:
                old = self.known.segments[edit.segment]
                found[old.id] = Segment(old.id, old.source, edit.target, edit.status, edit.locked)
        return found

    def _believed(self, block: str) -> tuple[Segment, ...] | None:
        members = self.known.members.get(block)
        return None if members is None else tuple(self.known.segments[key] for key in members)

    def _learn(self, edit: Edit) -> None:
        known = self.known
        if isinstance(edit, SetPlacement):
            known.placements[edit.block] = edit.placement
        elif isinstance(edit, SetSegment):
            old = known.segments[edit.segment]
            known.segments[old.id] = Segment(old.id, old.source, edit.target, edit.status, edit.locked)
        else:
            for key in known.members[edit.block]:
                known.segments.pop(key, None)
            known.segments.update({segment.id: segment for segment in edit.segments})
            known.members[edit.block] = [segment.id for segment in edit.segments]


def target_of(edit: Edit) -> str:
    """The id of the segment or block that an edit names."""
    return edit.segment if isinstance(edit, SetSegment) else edit.block
