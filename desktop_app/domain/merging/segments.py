"""One segment on three sides: whose text, which status, which lock.

A text changed on one side alone is taken with its status; changed on both sides alike it meets; changed on both sides
otherwise it is a conflict, even where the two changes stand in different words of the sentence: nobody wrote, read or
confirmed the mixture. A status alone is never a conflict. Where one side alone changed it, that one counts; where both
did, the one further on, and a rejection before all others, since it asks somebody to look. After an edit the status
to go out from is not that of the old words but what an edit leaves (edits un-confirm). A lock that one side set on
words which the other changed is a conflict: whoever locked them meant these words.
"""

from dataclasses import replace

from desktop_app.domain.edits import edited_status
from desktop_app.domain.merging.changes import Outcome, alike
from desktop_app.domain.story import Segment, SegmentStatus

_RANK = {
    SegmentStatus.UNTRANSLATED: 0,
    SegmentStatus.DRAFT: 1,
    SegmentStatus.CONFIRMED: 2,
    SegmentStatus.REVISED: 3,
    SegmentStatus.SIGNED_OFF: 4,
    SegmentStatus.REJECTED: 5,
}


def merge_segment(base: Segment, ours: Segment, theirs: Segment) -> tuple[Segment, Outcome | None]:
    """Return the segment that comes of three of the same source, and what became of ``theirs``.

    The outcome is None where theirs is as it went out. A conflict leaves ours as it is.
    """
    by_us, by_them = (not alike(side.target, base.target) for side in (ours, theirs))
    differ = not alike(ours.target, theirs.target)
    if differ and ((by_us and by_them) or is_locked_against(base, ours, theirs)):
        return ours, Outcome.CONFLICT
    name = theirs.id if ours.id == base.id else ours.id
    if differ:
        writer = theirs if by_them else ours
        target, status = writer.target, writer.status
    else:
        target = ours.target
        stood = edited_status(base, target) if by_us else base.status
        status = merged_status(stood, ours.status, theirs.status)
    locked = merged_lock(base.locked, ours.locked, theirs.locked)
    result = replace(ours, id=name, target=target, status=status, locked=locked)
    if result != ours:
        return result, Outcome.TAKEN
    return result, Outcome.MET if _changed(base, theirs) else None


def _changed(base: Segment, side: Segment) -> bool:
    return not alike(base.target, side.target) or replace(side, target=base.target) != base


def is_locked_against(base: Segment, ours: Segment, theirs: Segment) -> bool:
    """Whether one side locked the words anew that the other changed."""
    pairs = ((ours, theirs), (theirs, ours))
    return any(one.locked and not base.locked and not _same_words(other, base) for one, other in pairs)


def _same_words(one: Segment, other: Segment) -> bool:
    return one.source == other.source and alike(one.target, other.target)


def merged_status(base: SegmentStatus, ours: SegmentStatus, theirs: SegmentStatus) -> SegmentStatus:
    """The status of words that are the same on both sides."""
    if ours == base:
        return theirs
    return ours if theirs == base else max(ours, theirs, key=_RANK.__getitem__)


def merged_lock(base: bool, ours: bool, theirs: bool) -> bool:
    """The lock: whoever changed it wins."""
    return theirs if ours == base else ours
