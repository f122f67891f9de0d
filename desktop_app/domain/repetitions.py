"""Segments of one story that say the same in the source: what is confirmed for one is put into the others too."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator

from desktop_app.domain.edits import SetSegment
from desktop_app.domain.story import Segment, SegmentStatus


def said_alike(source: str) -> str:
    """The source text as repetitions are told by it: NFC, without blanks at the ends; empty where nothing is said."""
    return unicodedata.normalize("NFC", source).strip()


def followers(
    confirmed: Segment, others: Iterable[Segment], *, said_before: Collection[str], alone: Collection[str]
) -> Iterator[SetSegment]:
    """The edits that let repetitions of a segment say what it says, as drafts.

    ``others`` have the same source. One follows that is untranslated, or says what the segment ``said_before``; never
    one that is locked or stands ``alone``, and none at all where the segment itself does.
    """
    if confirmed.id in alone or not confirmed.target.strip():
        return
    for other in others:
        if other.id == confirmed.id or other.locked or other.id in alone or other.target == confirmed.target:
            continue
        if not other.target.strip() or other.target in said_before:
            yield SetSegment(other.id, confirmed.target, SegmentStatus.DRAFT)
