"""How far a text has come, as a file from another program says it: a proposal, at most that it is confirmed.

Nobody revises or signs through a file, and no file takes that back from words that it left as they are.
"""

from dataclasses import dataclass

from desktop_app.domain.story import SegmentStatus


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a file says of one text.

    ``changed``: its words are others than those that went out. ``moved``: the file's state is another than the one that
    went out, so that somebody has set it. ``done``, ``open`` and ``rejected`` are what the state means.
    """

    changed: bool
    moved: bool
    done: bool = False
    open: bool = False
    rejected: bool = False


def proposed(stood: SegmentStatus, claimed: Claimed) -> SegmentStatus:
    """Return the status with which the text comes home; ``stood`` is the one that it went out with.

    An edit un-confirms; only a state that somebody set in view of the new words confirms them.
    """
    if claimed.changed:
        if claimed.moved and claimed.rejected:
            return SegmentStatus.REJECTED
        return SegmentStatus.CONFIRMED if claimed.moved and claimed.done else SegmentStatus.DRAFT
    if not claimed.moved or stood in {SegmentStatus.REVISED, SegmentStatus.SIGNED_OFF, SegmentStatus.UNTRANSLATED}:
        return stood
    if claimed.rejected:
        return SegmentStatus.REJECTED
    if claimed.done:
        return SegmentStatus.CONFIRMED
    return SegmentStatus.DRAFT if claimed.open else stood
