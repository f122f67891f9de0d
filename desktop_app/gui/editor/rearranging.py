"""Correcting the alignment by hand: the sentence at the cursor goes over to the segment before or after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from desktop_app.domain.edits import Edit, SetSegment, recut_segments
from desktop_app.domain.story import Segment, joiner
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.rows import Field
from desktop_app.language.sentences import segmenter
from desktop_app.language.sentences.rules import NO_RULES, SegmentationRules

NO_NEIGHBOUR = N_("There is no segment there to move the sentence to.")
NOTHING_TO_MOVE = N_("There is no sentence here to move.")


@dataclass(frozen=True, slots=True)
class Move:
    """What moves a sentence: the edits of one step, and where the cursor belongs afterwards."""

    edits: tuple[Edit, ...]
    key: str
    at: int


def move_sentence(
    document: StoryDocument, key: str, field: Field, cursor: int, way: int, rules: SegmentationRules = NO_RULES
) -> Move | Message:
    """Work out how the sentence at ``cursor`` goes to the neighbour before (-1) or after (1), or why it cannot.

    Sentences between it and the neighbour go with it, so that the order stays. Source text stays in its paragraph,
    which cannot change; a translation may go over to the next paragraph. ``rules`` are the house's for sentences.
    """
    segment = document.segment(key)
    if segment is None or field not in {Field.SOURCE, Field.TARGET}:
        return NOTHING_TO_MOVE
    side: Literal["source", "target"] = "source" if field is Field.SOURCE else "target"
    text = segment.source if side == "source" else segment.target
    language = document.languages.source if side == "source" else document.languages.target
    if not text.strip():
        return NOTHING_TO_MOVE
    other = _neighbour(document, key, side, way)
    if other is None:
        return NO_NEIGHBOUR
    for touched in (key, other.id):
        refusal = document.refusal(touched)
        if refusal is not None:
            return refusal
    ends = list(accumulate(len(piece) for piece in segmenter(language, rules).split(text)))
    if way < 0:
        end = next(end for end in ends if cursor < end or end == ends[-1])
        return _moved(document, (other, segment), side, _joined_at(other, side, language) + end, key=other.id)
    start = max(start for start in (0, *ends[:-1]) if start <= cursor)
    return _moved(document, (segment, other), side, start, key=other.id)


def _joined_at(before: Segment, side: Literal["source", "target"], language: str) -> int:
    """Where the second segment's text begins in the joined text."""
    text = before.source if side == "source" else before.target
    return len(text) + (len(joiner(language)) if text else 0)


def _neighbour(document: StoryDocument, key: str, side: str, way: int) -> Segment | None:
    rows, row = document.rows, document.row_of(key)
    at = row + way
    while 0 <= at < len(rows) and document.segment(rows[at].key) is None and rows[at].kind is not None:
        at += way  # a picture stands between
    if not 0 <= at < len(rows) or rows[at].kind is None:
        return None
    same_block = rows[at].block == rows[row].block
    return document.segment(rows[at].key) if same_block or side == "target" else None


def _moved(
    document: StoryDocument, pair: tuple[Segment, Segment], side: Literal["source", "target"], at: int, *, key: str
) -> Move:
    cut = recut_segments(*pair, side, at, document.languages)
    cursor = 0 if key == cut[1].id else len(cut[0].source if side == "source" else cut[0].target)
    if side == "target" and all(segment.source or segment.target for segment in cut):
        return Move(tuple(SetSegment(s.id, s.target, s.status, s.locked) for s in cut), key, cursor)
    kept = _without_empty(cut)
    if len(kept) == 1 and document.home(pair[0].id) != document.home(pair[1].id):
        return Move(tuple(SetSegment(s.id, s.target, s.status, s.locked) for s in cut), key, cursor)
    return Move((document.replacing(pair[0].id, 2, kept),), kept[0].id if len(kept) == 1 else key, cursor)


def _without_empty(pair: Sequence[Segment]) -> tuple[Segment, ...]:
    """Drop a segment that has nothing left on either side."""
    kept = tuple(segment for segment in pair if segment.source or segment.target)
    return kept or (pair[0],)
