"""Going through changes: what is accepted makes the older text more like the newer, what is rejected the other way.

Both ways end where nothing differs.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.domain.changes import (
    FACTS,
    PICTURE_FIELDS,
    SEGMENT_FIELDS,
    STORY,
    Change,
    Comparison,
    Key,
    TextChanged,
    anchor_of,
    anchors,
    put_behind,
    recut_texts,
    with_placement_text,
)
from desktop_app.domain.edits import (
    Edit,
    InsertBlock,
    MoveBlock,
    RemoveBlock,
    ReplaceSegments,
    SetPlacement,
    SetSegment,
    set_target,
)
from desktop_app.domain.story import Block, Content, Languages, Placement, Segment, SegmentStatus, join_pieces, joiner
from desktop_app.domain.text_ops import merged


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The chosen changes: their numbers by part and field, and the texts they are in."""

    numbers: Mapping[tuple[str, str], set[int]]
    texts: Mapping[tuple[str, str], TextChanged]

    @classmethod
    def of(cls, comparison: Comparison, keys: Collection[Key]) -> "_Chosen":
        numbers: dict[tuple[str, str], set[int]] = {}
        for part, field, number in keys:
            numbers.setdefault((part, field), set()).add(number)
        texts = {
            (change.part, change.field): change
            for change in comparison.changes
            if isinstance(change, TextChanged) and (change.part, change.field) in numbers
        }
        return cls(numbers, texts)

    def taken(self, part: str, field: str) -> str | None:
        """The older text with the chosen changes in it; None where none was chosen."""
        change = self.texts.get((part, field))
        return merged(change.ops, self.numbers[part, field]) if change is not None else None

    def left(self, part: str, field: str) -> str | None:
        """The newer text without the chosen changes; None where none was chosen."""
        change = self.texts.get((part, field))
        if change is None:
            return None
        return merged(change.ops, set(range(len(change.hunks()))) - self.numbers[part, field])

    def touch(self, block: Block) -> bool:
        """Whether a change in this block was chosen."""
        parts = {block.id, *(segment.id for segment in block.segments)}
        return any(part in parts for part, _field in self.numbers)


# Accepting


def accept(comparison: Comparison, keys: Collection[Key]) -> Content:
    """The older text with the chosen changes in it; the rest of it stays as it was.

    A change in a block that is cut otherwise takes the cuts over too.
    """
    chosen = _Chosen.of(comparison, keys)
    base = {block.id: block for block in comparison.base.blocks}
    now = {block.id: block for block in comparison.now.blocks}
    blocks = [_accepted_block(block, base[block.id], now.get(block.id), chosen) for block in comparison.old.blocks]
    kept = [block for block in blocks if block is not None]
    known = {block.id for block in comparison.old.blocks}
    stands = anchors(comparison.now.blocks)
    for block in comparison.base.blocks:  # in the order of now
        if block.id not in known and chosen.touch(block):
            come = _accepted_block(block, block, now.get(block.id), chosen)
            kept = put_behind(kept, come, anchor_of(comparison.now, block.id)) if come is not None else kept
        elif (block.id, "place") in chosen.numbers:
            kept = put_behind(kept, next(one for one in kept if one.id == block.id), stands[block.id])
    facts: dict[str, Any] = {name: getattr(comparison.now, name) for name in FACTS if (STORY, name) in chosen.numbers}
    return replace(comparison.old, blocks=tuple(kept), **facts)


def _accepted_block(old: Block, base: Block, now: Block | None, chosen: _Chosen) -> Block | None:
    """One block with what was accepted of it; None where it is a picture that is gone, and that was accepted."""
    if not chosen.touch(base) and not chosen.touch(old):
        return old
    if base.placement is not None:
        place = _accepted_picture(base.id, base.placement, now, chosen)
        return replace(base, placement=place) if place is not None else None
    if {field for part, field in chosen.numbers if part == base.id} == {"place"} and old.segments == base.segments:
        return old
    return replace(base, segments=tuple(_accepted(segment, chosen) for segment in base.segments))


def _accepted(segment: Segment, chosen: _Chosen) -> Segment:
    source, target = (chosen.taken(segment.id, field) for field in SEGMENT_FIELDS)
    return replace(
        segment,
        source=segment.source if source is None else source,
        target=segment.target if target is None else target,
    )


def _accepted_picture(block: str, place: Placement, now: Block | None, chosen: _Chosen) -> Placement | None:
    """A placement with what was accepted of it; None where the picture is gone and that was accepted."""
    if (block, "picture") in chosen.numbers:
        if now is None or now.placement is None:
            return None
        stands = now.placement
        place = replace(place, file=stands.file, picture=stands.picture, payload=stands.payload)
    for field in PICTURE_FIELDS[1:]:
        text = chosen.taken(block, field)
        if text is not None:
            place = with_placement_text(place, field, text)
    return place


# Rejecting


def may_reject(change: Change) -> bool:
    """Whether an edit of the text can put the older words back.

    It cannot in the source, in facts about the story, and where a paragraph is gone. A picture that came or went goes
    or comes back as a whole.
    """
    if not isinstance(change, TextChanged):
        return True
    if change.field in {"source", *FACTS}:
        return False
    return not change.gone or change.field == "picture"


def reject(comparison: Comparison, keys: Collection[Key]) -> list[Edit]:
    """The edits that put the older words back at the chosen places; what cannot be rejected is left out."""
    able = {key for change in comparison.changes if may_reject(change) for key in change.keys}
    chosen = _Chosen.of(comparison, able.intersection(keys))
    old = {block.id: block for block in comparison.old.blocks}
    there = {block.id for block in comparison.now.blocks}
    edits: list[Edit] = []
    for block in comparison.now.blocks:
        if not chosen.touch(block):
            continue
        if (block.id, "place") in chosen.numbers:
            before = [one for one in comparison.old.blocks if one.id in there or one.id == block.id]
            at = [one.id for one in before].index(block.id)
            edits.append(MoveBlock(block.id, before[at - 1].id if at else None))
        if block.placement is not None:
            edits += _picture_edits(block, block.placement, old.get(block.id), chosen)
        elif (block.id, "block") in chosen.numbers:
            edits.append(ReplaceSegments(block.id, _segments_back(comparison, block, old[block.id].segments, keys)))
        else:
            put_back = (_put_back(segment, chosen) for segment in block.segments)
            pairs = zip(block.segments, put_back, strict=True)
            edits += [SetSegment(s.id, s.target, s.status, s.locked) for stands, s in pairs if stands != s]
    return edits + _pictures_again(comparison, chosen)


def _picture_edits(block: Block, place: Placement, was: Block | None, chosen: _Chosen) -> list[Edit]:
    if was is None and (block.id, "picture") in chosen.numbers:
        return [RemoveBlock(block.id)]
    back = _placement_back(block.id, place, was.placement if was is not None else None, chosen)
    return [SetPlacement(block.id, back)] if back != place else []


def _pictures_again(comparison: Comparison, chosen: _Chosen) -> list[Edit]:
    """Put pictures in again that are gone, behind the block that stood before them."""
    there = {block.id for block in comparison.now.blocks}
    edits: list[Edit] = []
    after: str | None = None
    for block in comparison.old.blocks:
        if block.placement is not None and block.id not in there and (block.id, "picture") in chosen.numbers:
            edits.append(InsertBlock(block, after))
            there.add(block.id)
        if block.id in there:
            after = block.id
    return edits


def _segments_back(
    comparison: Comparison, block: Block, was: Sequence[Segment], keys: Collection[Key]
) -> tuple[Segment, ...]:
    """The segments of a block that is cut as it was again, with the words that are not rejected."""
    if _is_whole(comparison, block, was, keys):
        return _drafts(was, block.segments)
    chosen = _Chosen.of(comparison, keys)
    return _uncut(was, [_put_back(segment, chosen) for segment in block.segments], comparison.languages)


def _put_back(segment: Segment, chosen: _Chosen) -> Segment:
    target = chosen.left(segment.id, "target")
    return segment if target is None else replace(segment, target=target, status=_status(target))


def _status(target: str) -> SegmentStatus:
    return SegmentStatus.DRAFT if target else SegmentStatus.UNTRANSLATED


def _is_whole(comparison: Comparison, block: Block, was: Sequence[Segment], keys: Collection[Key]) -> bool:
    """Whether every change of a block is taken back, and its source is still the same text."""
    parts = {block.id, *(segment.id for segment in block.segments)}
    wanted = {key for change in comparison.changes for key in change.keys if key[0] in parts}
    source = comparison.languages.source
    same = join_pieces([s.source for s in was], source) == join_pieces([s.source for s in block.segments], source)
    return same and wanted <= set(keys)


def _drafts(was: Sequence[Segment], now: Sequence[Segment]) -> tuple[Segment, ...]:
    """The older segments, unconfirmed, with the locks of now."""
    locked = {segment.id for segment in now if segment.locked}
    return tuple(replace(s, status=_status(s.target), locked=s.id in locked) for s in was)


def _uncut(was: Sequence[Segment], now: Sequence[Segment], languages: Languages) -> tuple[Segment, ...]:
    """The words of now in the older segments; the source is cut as it was where it is the same text."""
    sources, stand = [s.source for s in was], [s.source for s in now]
    if join_pieces(sources, languages.source) != join_pieces(stand, languages.source):
        sources = recut_texts(stand, sources, languages.source)
    targets = recut_texts([s.target for s in now], [s.target for s in was], languages.target)
    cut = [
        Segment(segment.id, source, target.strip() if joiner(languages.target) else target)
        for segment, source, target in zip(was, sources, targets, strict=True)
    ]
    return _drafts(cut, now)


def _placement_back(block: str, place: Placement, was: Placement | None, chosen: _Chosen) -> Placement:
    if was is not None and (block, "picture") in chosen.numbers:
        place = replace(place, file=was.file, picture=was.picture, payload=was.payload)
    for field in PICTURE_FIELDS[1:]:
        text = chosen.left(block, field)
        if text is not None:
            place = with_placement_text(place, field, text)
    return place


def edit_of(content: Content, part: str, field: str, text: str) -> Edit | None:
    """The edit that gives one text of a segment or picture other words; None where there is no such part."""
    for block in content.blocks:
        if block.id == part and block.placement is not None:
            return SetPlacement(part, with_placement_text(block.placement, field, text))
        for segment in block.segments:
            if segment.id == part:
                return set_target(segment, text)
    return None
