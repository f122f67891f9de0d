"""Changes a person makes to a story, as values, with what applies them and what undoes them.

Any edit un-confirms what it touches. Split and join keep every character of both sides. The window, undo, autosave
and merge all speak in these edits, so text and status travel together. Whole blocks come, go and move only where they
hold no source text: the source stays as it came.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from desktop_app.domain.story import (
    Bilingual,
    Block,
    Content,
    Languages,
    Placement,
    Segment,
    SegmentStatus,
    join_pieces,
    joiner,
)

_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def edited_status(segment: Segment, target: str) -> SegmentStatus:
    """The status of a segment after its target became ``target``: an edit un-confirms."""
    if segment.target == target:
        return segment.status
    return SegmentStatus.DRAFT if target else SegmentStatus.UNTRANSLATED


def with_target(segment: Segment, target: str) -> Segment:
    """The segment with another target text."""
    return replace(segment, target=target, status=edited_status(segment, target))


def storable(edit: "Edit") -> "Edit":
    """The edit with only such characters as every format can carry.

    Control characters and half surrogate pairs, which a paste can bring, are in no written language; XML 1.0
    (section 2.2) and UTF-8 refuse them.
    """
    if isinstance(edit, SetSegment):
        return replace(edit, target=clean(edit.target))
    if isinstance(edit, ReplaceSegments):
        segments = tuple(replace(s, source=clean(s.source), target=clean(s.target)) for s in edit.segments)
        return replace(edit, segments=segments)
    if isinstance(edit, SetPlacement):
        return replace(edit, placement=clean_placement(edit.placement))
    return replace(edit, block=_clean_block(edit.block)) if isinstance(edit, InsertBlock) else edit


def _clean_block(block: Block) -> Block:
    segments = tuple(replace(s, source=clean(s.source), target=clean(s.target)) for s in block.segments)
    placement = clean_placement(block.placement) if block.placement is not None else None
    return replace(block, segments=segments, placement=placement)


def clean_placement(place: Placement) -> Placement:
    """The placement with ``clean`` texts."""
    caption, alt = (Bilingual(clean(text.zh), clean(text.en)) for text in (place.caption, place.alt))
    return replace(place, caption=caption, alt=alt, credit=clean(place.credit), rights=clean(place.rights))


def clean(text: str) -> str:
    """The text without control characters; both halves of a surrogate pair become their character, a lone one goes."""
    if _NOT_TEXT.search(text) is None:
        return text
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return _NOT_TEXT.sub("", whole)


def is_overtaken(stored: Block | Segment, edit: "Edit") -> bool:
    """Whether ``stored``, which the edit would replace, is neither what its writer believed nor what they write.

    A status alone overtakes nothing: an edit un-confirms whatever somebody confirmed meanwhile.
    """
    if isinstance(edit, SetSegment):
        seen = edit.was
        if seen is None or not isinstance(stored, Segment):
            return False
        return stored.target not in {clean(seen.target), edit.target} or stored.locked != seen.locked
    if not isinstance(stored, Block) or isinstance(edit, InsertBlock | MoveBlock):
        return False
    if isinstance(edit, RemoveBlock):
        return edit.was is not None and _words_of(stored) != _words_of(_clean_block(edit.was))
    if isinstance(edit, SetPlacement):
        return edit.was is not None and stored.placement not in {clean_placement(edit.was), edit.placement}
    return edit.was is not None and _texts_of(stored.segments) not in {_texts_of(edit.was), _texts_of(edit.segments)}


def _words_of(block: Block) -> tuple[object, ...]:
    return (_texts_of(block.segments), block.placement)


def _texts_of(segments: tuple[Segment, ...]) -> tuple[tuple[str, str, str], ...]:
    return tuple((segment.id, clean(segment.source), clean(segment.target)) for segment in segments)


def split_segment(
    segment: Segment, new_id: str, source_at: int, target_at: int, languages: Languages
) -> tuple[Segment, Segment]:
    """Cut a segment in two at a character position of either side.

    In a language that joins with a space the one blank at the cut goes, and the join puts it back. Source text is
    cut at blanks alone in such a language, before the word that the position is in, because it must stay what it is.
    """
    source_at = _at_blank(segment.source, source_at, languages.source)
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


def recut_segments(
    first: Segment, second: Segment, side: Literal["source", "target"], at: int, languages: Languages
) -> tuple[Segment, Segment]:
    """Move the boundary between two neighbours on one side to position ``at`` of their joined text.

    Each side keeps all its characters; a side may end up empty. The other side stays as it is.
    """
    language = languages.source if side == "source" else languages.target
    texts = (first.source, second.source) if side == "source" else (first.target, second.target)
    head, tail = _cut(join_pieces(list(texts), language), at, language)
    if side == "source":
        return (
            replace(first, source=head, status=_status_for(first.target)),
            replace(second, source=tail, status=_status_for(second.target)),
        )
    return (
        replace(first, target=head, status=_status_for(head)),
        replace(second, target=tail, status=_status_for(tail)),
    )


def _cut(text: str, at: int, language: str) -> tuple[str, str]:
    """Cut so that the join gives the text back; inside a word it puts a blank there, which is what was asked for."""
    first, second, blank = text[:at], text[at:], joiner(language)
    if blank and len(first) > 1 and second and first.endswith(blank):
        return first[:-1], second
    if blank and len(second) > 1 and first and second.startswith(blank):
        return first, second[1:]
    return first, second


def _at_blank(text: str, at: int, language: str) -> int:
    """The position itself, or in a language of words the last one before it at which a blank can go."""
    blank = joiner(language)
    while blank and 0 < at < len(text):
        first, second = _cut(text, at, language)
        if len(first) + len(second) < len(text):
            return at
        at -= 1
    return at


def _status_for(target: str) -> SegmentStatus:
    return SegmentStatus.DRAFT if target else SegmentStatus.UNTRANSLATED


@dataclass(frozen=True, slots=True)
class SetSegment:
    """Give a segment this target text, status and lock.

    ``was`` is the segment that the writer believes to be stored, None where they have not looked. It is no part of
    what the edit does, so two edits that differ in it alone are the same.
    """

    segment: str
    target: str
    status: SegmentStatus
    locked: bool = False
    was: Segment | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class SetPlacement:
    """Give a picture block this placement: captions, alternative texts, credit, or the picture itself.

    ``was`` as in ``SetSegment``.
    """

    block: str
    placement: Placement
    was: Placement | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ReplaceSegments:
    """Give a text block these segments: split, join and re-alignment. The joined source text must stay the same.

    ``was`` as in ``SetSegment``.
    """

    block: str
    segments: tuple[Segment, ...]
    was: tuple[Segment, ...] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class InsertBlock:
    """Put a block behind the block ``after``; None puts it at the very top."""

    block: Block
    after: str | None


@dataclass(frozen=True, slots=True)
class RemoveBlock:
    """Take a block out of the story.

    ``was`` as in ``SetSegment``.
    """

    block: str
    was: Block | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class MoveBlock:
    """Put a block of the story behind the block ``after``; None puts it at the very top."""

    block: str
    after: str | None


TextEdit = SetSegment | SetPlacement | ReplaceSegments
BlockEdit = InsertBlock | RemoveBlock | MoveBlock
Edit = TextEdit | BlockEdit


def target_of(edit: Edit) -> str:
    """The id of the segment or block that an edit names."""
    if isinstance(edit, SetSegment):
        return edit.segment
    return edit.block.id if isinstance(edit, InsertBlock) else edit.block


def has_source(block: Block) -> bool:
    """Whether a block holds source text: it came with the source and stays in its place."""
    return any(segment.source.strip() for segment in block.segments)


def set_target(segment: Segment, target: str) -> SetSegment:
    """The edit of typing: new text, and the status that follows from it."""
    return SetSegment(segment.id, target, edited_status(segment, target), segment.locked)


def set_status(segment: Segment, status: SegmentStatus) -> SetSegment:
    """The edit of confirming or rejecting."""
    return SetSegment(segment.id, segment.target, status, segment.locked)


def _block_index(content: Content, edit: Edit) -> int:
    wanted = target_of(edit)
    for index, block in enumerate(content.blocks):
        if isinstance(edit, SetSegment):
            if any(segment.id == wanted for segment in block.segments):
                return index
        elif block.id == wanted:
            return index
    raise KeyError(wanted)


def edit_block(block: Block, edit: TextEdit) -> Block:
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


def inverse_of(block: Block, edit: TextEdit) -> TextEdit:
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
        KeyError: a segment or block that the edit names is not in the content; or a block to put in is.
    """
    blocks = list(content.blocks)
    if isinstance(edit, InsertBlock):
        if any(block.id == edit.block.id for block in blocks):
            raise KeyError(edit.block.id)
        blocks.insert(_behind(blocks, edit.after), edit.block)
        return replace(content, blocks=tuple(blocks))
    index = _block_index(content, edit)
    if isinstance(edit, RemoveBlock | MoveBlock):
        taken = blocks.pop(index)
        if isinstance(edit, MoveBlock):
            blocks.insert(_behind(blocks, edit.after), taken)
    else:
        blocks[index] = edit_block(blocks[index], edit)
    return replace(content, blocks=tuple(blocks))


def _behind(blocks: list[Block], after: str | None) -> int:
    if after is None:
        return 0
    for place, block in enumerate(blocks, start=1):
        if block.id == after:
            return place
    raise KeyError(after)


def inverse(content: Content, edit: Edit) -> Edit:
    """Return the edit that takes ``edit`` back, given the content before it.

    Raises:
        KeyError: the segment or block is not in the content.
    """
    if isinstance(edit, InsertBlock):
        return RemoveBlock(edit.block.id, was=edit.block)
    index = _block_index(content, edit)
    before = content.blocks[index - 1].id if index else None
    if isinstance(edit, MoveBlock):
        return MoveBlock(edit.block, before)
    if isinstance(edit, RemoveBlock):
        return InsertBlock(content.blocks[index], before)
    return inverse_of(content.blocks[index], edit)
