"""What a text of a story said over time: one wording for each sitting in which somebody wrote in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from desktop_app.domain.story import Block, Placement, Segment, SegmentStatus
from desktop_app.foundation.ids import moment

SITTING = timedelta(minutes=10)
"""How long one wording goes on taking in what the same person writes."""

SETTLED = frozenset({SegmentStatus.CONFIRMED, SegmentStatus.REVISED, SegmentStatus.SIGNED_OFF, SegmentStatus.REJECTED})


@dataclass(frozen=True, slots=True)
class Wording:
    """What one text said after a sitting.

    ``part`` is the segment or picture block. ``field`` is ``target``; of a picture ``caption_zh``, ``caption_en``,
    ``alt_zh``, ``alt_en`` or ``credit``, and its ``status`` is empty. ``person`` is an id, None where nobody knows, as
    for what a text said before its history begins. ``began_at`` and ``at`` are ISO moments.
    """

    part: str
    field: str
    text: str
    status: str
    person: str | None
    began_at: str
    at: str


class Said(NamedTuple):
    """A text and the status of its segment; of a picture's text the status is empty."""

    text: str
    status: str = ""


Place = tuple[str, str]
"""The part and the field of a text."""


def goes_on(last: Wording, person: str | None, at: str) -> bool:
    """Whether what ``person`` writes at ``at`` belongs to the sitting of ``last``.

    What was confirmed or rejected is kept as it stood then.
    """
    if last.person != person or last.status in {status.value for status in SETTLED}:
        return False
    return moment(at) - moment(last.began_at) < SITTING


def said_by(segment: Segment) -> Said:
    """What a segment's translation says."""
    return Said(segment.target, segment.status.value)


def texts_of(block: Block) -> Mapping[Place, Said]:
    """The texts of a block whose history is kept."""
    found = {(segment.id, "target"): said_by(segment) for segment in block.segments}
    if block.placement is not None:
        found.update({(block.id, field): Said(text) for field, text in _texts(block.placement)})
    return found


def _texts(place: Placement) -> Iterator[tuple[str, str]]:
    yield "caption_zh", place.caption.zh
    yield "caption_en", place.caption.en
    yield "alt_zh", place.alt.zh
    yield "alt_en", place.alt.en
    yield "credit", place.credit
