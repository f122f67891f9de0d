"""A story in memory as it is read: rows, texts, counts, and whether a text may be changed."""

from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.story import Languages, Placement, Segment, Story
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.editor.pieces import Pieces
from desktop_app.gui.editor.rows import Field, Row, side_of
from desktop_app.gui.editor.tally import Counts, Tally

_SLICE = 100  # segments counted in one go: some 3 ms


class Around(NamedTuple):
    """A row's two texts and the source texts next to it; None at the story's ends."""

    source: str
    target: str
    before: str | None
    after: str | None


class StoryText(QObject):
    """What the sheet shows. ``row_changed`` tells of one row.

    ``structure_changed(first, gone, come)`` tells that from row ``first`` on so many rows went and others came.
    """

    row_changed = Signal(str)
    structure_changed = Signal(int, int, int)
    counts_changed = Signal()
    history_changed = Signal()
    read_only_changed = Signal()
    dirty = Signal()

    _story: Story
    _stale: bool
    _pieces: Pieces
    _tally: Tally

    _LOCKED = N_("This segment is locked. Unlock it to change its text.")
    _SOURCE = N_("The Chinese stays as it came in: the translation is checked and signed against it.")

    def __init__(self, story: Story, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read_only: Message | None = None
        self._source_editing = False
        self._take(story)

    def _take(self, story: Story) -> None:
        self._story = story
        self._stale = False
        self._pieces = Pieces(story)
        self._tally = Tally(self._pieces.segments)

    # What the story says

    @property
    def story_id(self) -> str:
        """The id of the story."""
        return self._story.id

    @property
    def languages(self) -> Languages:
        """The pair of languages."""
        return self._pieces.languages

    @property
    def rows(self) -> list[Row]:
        """The rows on the screen; not to be changed."""
        return self._pieces.rows

    def story(self) -> Story:
        """The story as it stands; made anew when something changed."""
        if self._stale:
            self._story = self._story.with_content(replace(self._story.content, blocks=self._pieces.blocks()))
            self._stale = False
        return self._story

    def row_of(self, key: str) -> int:
        """The place of a row.

        Raises:
            KeyError: there is no such row (any more).
        """
        return self._pieces.row_of(key)

    def has(self, key: str) -> bool:
        """Whether there is such a row."""
        return self._pieces.has(key)

    def segment(self, key: str) -> Segment | None:
        """The segment of a row, None for pictures and credits."""
        return self._pieces.segments.get(key)

    def around(self, key: str) -> Around:
        """The texts of a row and of its neighbours; of a picture, its captions."""
        row = self.row_of(key)

        def source(at: int) -> str | None:
            if not 0 <= at < len(self.rows) or self.rows[at].kind is None:
                return None
            return self.text(self.rows[at].key, side_of(Field.SOURCE, self.rows[at].kind))

        target = self.text(key, side_of(Field.TARGET, self.rows[row].kind))
        return Around(source(row) or "", target, source(row - 1), source(row + 1))

    def placement(self, key: str) -> Placement | None:
        """The placement of a picture row, None for others."""
        return self._pieces.placements.get(key)

    def text(self, key: str, field: Field) -> str:
        """One text of one row, empty where the row has none such."""
        return self._pieces.text(key, field)

    def lengths(self, key: str) -> tuple[int, int]:
        """The lengths of a segment's source and target, (0, 0) for other rows."""
        segment = self._pieces.segments.get(key)
        return (len(segment.source), len(segment.target)) if segment is not None else (0, 0)

    def counts(self) -> Counts:
        """The counts of the whole story."""
        return self._tally.counts()

    def count_on(self) -> bool:
        """Count some more of a story just opened; return whether all of it is counted."""
        self._tally.advance(_SLICE)
        return self._tally.complete

    # Whether it may be changed

    @property
    def read_only(self) -> Message | None:
        """Why nothing may be changed; None where one may."""
        return self._read_only

    def set_read_only(self, reason: Message | None) -> None:
        """Forbid changes with a reason, or allow them."""
        if reason != self._read_only:
            self._read_only = reason
            self.read_only_changed.emit()

    def set_source_editing(self, on: bool) -> None:
        """Let the source of segments be typed in, or keep it as it came."""
        self._source_editing = on
        self.read_only_changed.emit()

    def refusal(self, key: str, field: Field = Field.TARGET) -> Message | None:
        """Why this text may not be changed; None where it may."""
        if self._read_only is not None:
            return self._read_only
        segment = self._pieces.segments.get(key)
        if segment is not None and segment.locked:
            return self._LOCKED
        return self._SOURCE if field is Field.SOURCE and not self._source_editing else None
