"""Finding words in the whole story: every place in reading order, and which of them the cursor is at."""

import re
from bisect import bisect_right

from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.marks import Hit

_MOST = 5000  # hits shown; nobody steps through more


class Finder:
    """The hits of one query in one document."""

    def __init__(self) -> None:
        self.query = ""
        self.hits: list[Hit] = []
        self._keys: list[tuple[int, int, int]] = []
        self._at = -1

    @property
    def current(self) -> Hit | None:
        """The hit that was stepped to."""
        return self.hits[self._at] if 0 <= self._at < len(self.hits) else None

    @property
    def number(self) -> int:
        """The current hit's number from 1, 0 where there is none."""
        return self._at + 1

    def search(self, document: StoryDocument, query: str) -> None:
        """Find ``query`` everywhere, letter case aside; the current hit stays where it is still one."""
        was = self.current
        self.query = query
        self.hits = _hits(document, query) if query else []
        fields = [row.editable for row in document.rows]
        self._keys = []
        for hit in self.hits:
            row = document.row_of(hit.key)
            self._keys.append((row, fields[row].index(hit.field), hit.start))
        self._at = self.hits.index(was) if was in self.hits else -1

    def step(self, way: int, row: int) -> Hit | None:
        """Go to the next or previous hit, round the end; without a current one, to the first from ``row`` on."""
        if not self.hits:
            return None
        if self._at < 0:
            place = bisect_right(self._keys, (row, -1, -1))
            self._at = (place if way > 0 else place - 1) % len(self.hits)
        else:
            self._at = (self._at + way) % len(self.hits)
        return self.current

    def clear(self) -> None:
        """Forget query and hits."""
        self.query, self.hits, self._keys, self._at = "", [], [], -1


def _hits(document: StoryDocument, query: str) -> list[Hit]:
    pattern = re.compile(re.escape(query), re.IGNORECASE)
    found: list[Hit] = []
    for row in document.rows:
        for field in row.editable:
            text = document.text(row.key, field)
            found += [Hit(row.key, field, one.start(), one.end()) for one in pattern.finditer(text)]
        if len(found) >= _MOST:
            return found[:_MOST]
    return found
