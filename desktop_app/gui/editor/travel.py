"""Finding the way: the next row of a kind, and where a segment is to be cut on the side without the cursor."""

import re
from collections.abc import Callable

from desktop_app.domain.story import SegmentStatus
from desktop_app.gui.editor.document import RANK, StoryDocument

_SENTENCES = (re.compile(r"(?<=[。！？；])[”’」』）]*"), re.compile(r"(?<=[.!?;])[\"”’)]*\s+"))
_CLAUSES = (re.compile(r"(?<=[，、：])"), re.compile(r"(?<=[,:])\s+"))
_WORDS = (re.compile(r"(?<=.)(?=.)"), re.compile(r"\s+"))


def next_row(document: StoryDocument, start: str, way: int, wanted: Callable[[str], bool]) -> str | None:
    """The next row after ``start`` in the direction ``way`` that is wanted, round the end of the story."""
    rows = document.rows
    first = document.row_of(start) if document.has(start) else (-1 if way > 0 else 0)
    for distance in range(1, len(rows) + 1):
        key = rows[(first + way * distance) % len(rows)].key
        if key != start and wanted(key):
            return key
    return None


def is_open(document: StoryDocument, key: str, status: SegmentStatus) -> bool:
    """Whether a segment still waits to be raised to ``status``; a locked one does not wait."""
    segment = document.segment(key)
    return segment is not None and not segment.locked and RANK.get(segment.status, 0) < RANK[status]


def cut_like(text: str, share: float, *, chinese: bool) -> int:
    """Where to cut ``text`` when its other side is cut after ``share`` (0 to 1) of its length.

    The end of a sentence that is nearest wins, then of a clause, then of a word; 0 where it cannot be cut.
    """
    side = 0 if chinese else 1
    for pattern in (_SENTENCES[side], _CLAUSES[side], _WORDS[side]):
        places = [found.end() for found in pattern.finditer(text) if 0 < found.end() < len(text)]
        if places:
            return min(places, key=lambda place: abs(place - share * len(text)))
    return 0
