"""Settling conflicts: ours, theirs, or words that somebody wrote in view of both; one by one, or all that are left."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop_app.domain.edits import clean, with_target
from desktop_app.domain.merging.changes import (
    Change,
    FactChange,
    FieldChange,
    Key,
    Merge,
    OrderChange,
    Outcome,
    PassageChange,
    PlaceChange,
    Side,
)
from desktop_app.domain.story import Segment


@dataclass(frozen=True, slots=True)
class Written:
    """Words for a conflict: one text for each segment that stands here (there, where none does), or for the one field.

    A byline and topics take a text a name.
    """

    texts: tuple[str, ...]


Decision = Side | Written


def decide(merge: Merge, decisions: Mapping[Key, Decision], others: Side | None = None) -> Merge:
    """Settle the conflicts that ``decisions`` name by their keys, and all others in favour of one side if wanted.

    Raises:
        KeyError: a decision is about no conflict.
        ValueError: words are given for what has none, or not one text for each segment.
    """
    unknown = set(decisions) - {change.key for change in merge.conflicts}
    if unknown:
        raise KeyError(sorted(unknown)[0])

    def settled(change: Change) -> Change:
        decision = decisions.get(change.key, others)
        return change if change.outcome is not Outcome.CONFLICT or decision is None else _settled(change, decision)

    return replace(merge, changes=tuple(settled(change) for change in merge.changes))


def _settled(change: Change, decision: Decision) -> Change:
    if isinstance(decision, Written):
        return _written(change, tuple(clean(text) for text in decision.texts))
    result = change.ours if decision is Side.OURS else change.theirs
    return replace(change, result=result, outcome=Outcome.DECIDED)  # type: ignore[arg-type] # of the change's own kind


def _written(change: Change, texts: tuple[str, ...]) -> Change:
    if isinstance(change, PassageChange):
        run = change.ours or change.theirs
        if len(texts) != len(run):
            raise ValueError("one text for each segment")
        made = tuple(_segment(change, segment, text) for segment, text in zip(run, texts, strict=True))
        return replace(change, result=made, outcome=Outcome.DECIDED)
    if isinstance(change, FactChange) and (change.name != "dateline" or len(texts) == 1):
        return replace(change, result=texts, outcome=Outcome.DECIDED)
    if isinstance(change, FieldChange) and len(texts) == 1:
        return replace(change, result=texts[0], outcome=Outcome.DECIDED)
    raise ValueError("this conflict takes one side or the other")


def _segment(change: PassageChange, segment: Segment, text: str) -> Segment:
    """The segment with these words: as they say it there where they are theirs, else unconfirmed if they are new."""
    if segment.target == text:
        return segment
    for other in change.theirs:
        if (other.id, other.source, other.target) == (segment.id, segment.source, text):
            return other
    return with_target(segment, text)


def texts_of(change: Change, side: str) -> str:
    """What a side (``base``, ``ours``, ``theirs``, ``result``) says, as one text for a list of conflicts."""
    value = getattr(change, side)
    if isinstance(change, PassageChange):
        return "\n".join(segment.target for segment in value)
    if isinstance(change, FieldChange | PlaceChange):
        return value or ""
    if isinstance(change, FactChange | OrderChange):
        return ", ".join(value)
    if value is None:
        return ""
    placement = getattr(value, "placement", value)
    if placement is not None:
        return str(placement.file)
    return "\n".join(segment.target for segment in value.segments)
