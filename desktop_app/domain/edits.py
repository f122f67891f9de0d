"""Changes a person makes to a story, as values, with what applies them and what undoes them.

Any edit un-confirms what it touches. Split and join keep every character of both sides. The window, undo, autosave
and merge all speak in these three edits, so text and status travel together.
"""

from dataclasses import dataclass, replace

from desktop_app.domain.story import (
    Block,
    Content,
    Languages,
    Placement,
    Segment,
    SegmentStatus,
    join_pieces,
    joiner,
)


def edited_status(segment: Segment, target: str) -> SegmentStatus:
    """The status of a segment after its target became ``target``: an edit un-confirms."""
    if segment.target == target:
        return segment.status
    return SegmentStatus.DRAFT if target else SegmentStatus.UNTRANSLATED


def with_target(segment: Segment, target: str) -> Segment:
    """The segment with another target text."""
    return replace(segment, target=target, status=edited_status(segment, target))


def split_segment(
    segment: Segment, new_id: str, source_at: int, target_at: int, languages: Languages
) -> tuple[Segment, Segment]:
    """Cut a segment in two at a character position of either side.

    In a language that joins with a space the blanks at the cut go; the join puts one back.
    """
    first_source, second_source = _cut(segment.source, source_at, languages.source)
    first_target, second_target = _cut(segment.target, target_at, languages.target)
    return (
        replace(segment, source=first_source, target=first_target, status=_status_for(first_target)),
        replace(segment, id=new_id, source=second_source, target=second_target, status=_status_for(second_target)),
    )


def join_segments(first: Segment, second: Segment, languages: Languages) -> Segment:
    """Make one segment of two neighbours; the first one's id stays."""
    target = join_pieces([first.target, second.target], languages.target)
    source = join_pieces([first.source, second.source], languages.source)
    locked = first.locked or second.locked
    return replace(first, source=source, target=target, status=_status_for(target), locked=locked)


def _cut(text: str, at: int, language: str) -> tuple[str, str]:
    first, second = text[:at], text[at:]
    if joiner(language):
        return first.rstrip(), second.lstrip()
    return first, second


def _status_for(target: str) -> SegmentStatus:
    return SegmentStatus.DRAFT if target else SegmentStatus.UNTRANSLATED


@dataclass(frozen=True, slots=True)
class SetSegment:
    """Give a segment this target text, status and lock."""

    segment: str
    target: str
    status: SegmentStatus
    locked: bool = False


@dataclass(frozen=True, slots=True)
class SetPlacement:
    """Give a picture block this placement: captions, alternative texts, credit, or the picture itself."""

    block: str
    placement: Placement


@dataclass(frozen=True, slots=True)
class ReplaceSegments:
    """Give a text block these segments: split, join and re-alignment. The joined source text must stay the same."""

    block: str
    segments: tuple[Segment, ...]


Edit = SetSegment | SetPlacement | ReplaceSegments


def set_target(segment: Segment, target: str) -> SetSegment:
    """The edit of typing: new text, and the status that follows from it."""
    return SetSegment(segment.id, target, edited_status(segment, target), segment.locked)


def set_status(segment: Segment, status: SegmentStatus) -> SetSegment:
    """The edit of confirming or rejecting."""
    return SetSegment(segment.id, segment.target, status, segment.locked)


def _block_index(content: Content, edit: Edit) -> int:
    for index, block in enumerate(content.blocks):
        if isinstance(edit, SetSegment):
            if any(segment.id == edit.segment for segment in block.segments):
                return index
        elif block.id == edit.block:
            return index
    raise KeyError(edit.segment if isinstance(edit, SetSegment) else edit.block)


def edit_block(block: Block, edit: Edit) -> Block:
    """Return the block after the edit; the block must be the one that the edit names."""
    if isinstance(edit, SetPlacement):
        return replace(block, placement=edit.placement)
    if isinstance(edit, ReplaceSegments):
        return replace(block, segments=edit.segments)
    changed = tuple(
        replace(s, target=edit.target, status=edit.status, locked=edit.locked) if s.id == edit.segment else s
        for s in block.segments
    )
    return replace(block, segments=changed)


def inverse_of(block: Block, edit: Edit) -> Edit:
    """Return the edit that brings ``block``, as it is before ``edit``, back."""
    if isinstance(edit, SetPlacement):
        if block.placement is None:
            raise KeyError(block.id)
        return SetPlacement(block.id, block.placement)
    if isinstance(edit, ReplaceSegments):
        return ReplaceSegments(block.id, block.segments)
    before = next(segment for segment in block.segments if segment.id == edit.segment)
    return SetSegment(before.id, before.target, before.status, before.locked)


def apply(content: Content, edit: Edit) -> Content:
    """Return the content after one edit.

    Raises:
        KeyError: the segment or block is not in the content.
    """
    blocks = list(content.blocks)
    index = _block_index(content, edit)
    blocks[index] = edit_block(blocks[index], edit)
    return replace(content, blocks=tuple(blocks))


def inverse(content: Content, edit: Edit) -> Edit:
    """Return the edit that takes ``edit`` back, given the content before it.

    Raises:
        KeyError: the segment or block is not in the content.
    """
    return inverse_of(content.blocks[_block_index(content, edit)], edit)
