"""Finding words in the whole story: every place in reading order, and which of them the cursor is at.

A long story is looked through in slices, so that typing what to find never waits for it.
"""

import time
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable

from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.marks import Hit
from desktop_app.gui.editor.rows import Field, Row
from desktop_app.language.finding_text import Matcher

MOST = 5_000  # hits shown; nobody steps through more
SOURCES = frozenset({Field.SOURCE, Field.CAPTION_SOURCE})
TARGETS = frozenset({Field.TARGET, Field.CAPTION_TARGET, Field.ALT})
_ROWS = 16  # looked through before the clock is asked again

Key = tuple[int, int, int]


class Finder:
    """The hits of one query in one document. ``begin`` and then ``work`` until it says that all is done."""

    def __init__(self) -> None:
        self.hits: list[Hit] = []
        self.done = True
        self.too_long = 0
        self._matcher: Matcher | None = None
        self._document: StoryDocument | None = None
        self._walks: Callable[[str], bool] = lambda _key: True
        self._fields: Collection[Field] = TARGETS
        self._keys: list[Key] = []
        self._at = -1
        self._row = 0
        self._coming: list[Hit] = []
        self._coming_keys: list[Key] = []

    @property
    def current(self) -> Hit | None:
        """The hit that was stepped to."""
        return self.hits[self._at] if 0 <= self._at < len(self.hits) else None

    @property
    def number(self) -> int:
        """The current hit's number from 1, 0 where there is none."""
        return self._at + 1

    @property
    def is_full(self) -> bool:
        """Whether there may be more hits than are shown."""
        return len(self.hits) >= MOST

    def begin(
        self, document: StoryDocument, matcher: Matcher | None, fields: Collection[Field],
        walks: Callable[[str], bool] = lambda _key: True,
    ) -> None:  # fmt: skip
        """Look from the top of the story on; until all is looked through, the hits of before are still told.

        Only rows that ``walks`` are looked at: a filter may leave others out.
        """
        self._walks = walks
        self._document, self._matcher, self._fields = document, matcher, fields
        self._row, self._coming, self._coming_keys, self.too_long = 0, [], [], 0
        self.done = False

    def work(self, seconds: float = float("inf")) -> bool:
        """Look on for so long; return whether all is looked through. The current hit stays where it is still one."""
        document, matcher = self._document, self._matcher
        until = time.perf_counter() + seconds
        while not self.done:
            rows = document.rows if document is not None and matcher is not None else []
            for row in rows[self._row : self._row + _ROWS]:
                self._look_at(row)
                self._row += 1
            if self._row >= len(rows) or len(self._coming) >= MOST:
                self._take()
            elif time.perf_counter() >= until:
                break
        return self.done

    def in_rows(self, rows: Iterable[str]) -> list[Hit]:
        """The hits in these rows alone: what is in view, before all is looked through."""
        document = self._document
        if document is None:
            return []
        return [hit for key in rows if document.has(key) for hit in self._hits(document.rows[document.row_of(key)])]

    def step(self, way: int, row: int) -> Hit | None:
        """Go to the next or previous hit, round the end; without a current one, to the first from ``row`` on."""
        if not self.hits:
            return None
        if self._at < 0:
            self.step_from(row, 0, 0, way)
        else:
            self._at = (self._at + way) % len(self.hits)
        return self.current

    def step_from(self, row: int, field: int, at: int, way: int = 1) -> Hit | None:
        """Go to the first hit from a place on, or to the last one before it; ``field`` is a number in its row."""
        if not self.hits:
            return None
        place = bisect_left(self._keys, (row, field, at))
        self._at = (place if way > 0 else place - 1) % len(self.hits)
        return self.current

    def clear(self) -> None:
        """Forget query and hits."""
        self.hits, self._keys, self._at, self.done = [], [], -1, True
        self._matcher = self._document = None

    def _look_at(self, row: Row) -> None:
        hits = self._hits(row) if self._walks(row.key) else []
        if hits:
            fields, number = row.editable, self._row
            self._coming += hits
            self._coming_keys += [(number, fields.index(hit.field), hit.start) for hit in hits]

    def _hits(self, row: Row) -> list[Hit]:
        found: list[Hit] = []
        if self._document is None or self._matcher is None:
            return found
        for field in row.editable:
            if field in self._fields:
                text = self._document.text(row.key, field)
                self.too_long += not self._matcher.takes(text)
                found += [Hit(row.key, field, start, end) for start, end in self._matcher.spans(text)]
        return found

    def _take(self) -> None:
        was = self.current
        self.hits, self._keys = self._coming[:MOST], self._coming_keys[:MOST]
        self._coming, self._coming_keys, self.done = [], [], True
        self._at = self.hits.index(was) if was in self.hits else -1
