"""Finding the way: the next row of a kind."""

from collections.abc import Callable

from desktop_app.domain.story import SegmentStatus
from desktop_app.gui.editor.document import RANK, StoryDocument


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
