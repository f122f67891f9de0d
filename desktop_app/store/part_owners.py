"""Which stories the parts of a file belong to, where the file itself does not say any more which story it is."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.store.models import BlockRow, SegmentRow

_BATCH = 500


def of_parts(session: Session, parts: Collection[str]) -> Counter[str]:
    """How many of these segments and blocks each story has."""
    found: Counter[str] = Counter()
    for some in _batches(parts):
        for table in (SegmentRow, BlockRow):
            found.update(session.scalars(select(table.story).where(table.id.in_(some))))
    return found


def of_sources(session: Session, sources: Collection[str]) -> Counter[str]:
    """How many of these sources each story has as the source of a segment, word for word."""
    found: Counter[str] = Counter()
    for some in _batches(sources):
        query = select(SegmentRow.story, SegmentRow.source).where(SegmentRow.source.in_(some)).distinct()
        found.update(story for story, _ in session.execute(query))
    return found


def _batches(values: Iterable[str]) -> Iterator[list[str]]:
    every = sorted(set(values))
    for start in range(0, len(every), _BATCH):
        yield every[start : start + _BATCH]
