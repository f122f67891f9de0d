"""What can be merged at all: three texts of one story with the same source, in which every part has one name."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop_app.domain.changes import anchors
from desktop_app.domain.edits import has_source
from desktop_app.domain.merging.changes import SourceDiffersError
from desktop_app.domain.story import Block, Content, Languages, join_pieces
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message

_ADVICE = N_("Export the story again as it stands here, and carry the changes over by hand.")


def require_mergeable(base: Content, ours: Content, theirs: Content, languages: Languages) -> None:
    """Refuse texts that are not of one story.

    Raises:
        SourceDiffersError: the source text of one of them is another.
        InputRefusedError: a part is there twice, or is of another kind.
    """
    sides = (base, ours, theirs)
    for side in sides:
        _require_single(side)
    if len({side.source_digest for side in sides}) > 1:
        raise _other_source("")
    known: dict[str, tuple[object, str]] = {}
    owners: dict[str, str] = {}
    for block in (block for side in sides for block in side.blocks):
        source = join_pieces([segment.source for segment in block.segments], languages.source)
        kind, text = known.setdefault(block.id, ((block.kind, block.placement is None), source))
        if kind != (block.kind, block.placement is None):
            raise _refused(N_("A paragraph is of another kind than the one that went out."), block.id)
        if text != source:
            raise _other_source(block.id)
        for segment in block.segments:
            if owners.setdefault(segment.id, block.id) != block.id:
                raise _refused(N_("A segment stands in another paragraph than the one that went out."), segment.id)
    order = _with_source(base)
    if order != _with_source(ours) or order != _with_source(theirs):
        raise _other_source("")


def _require_single(content: Content) -> None:
    for names in ([block.id for block in content.blocks], [segment.id for segment in content.segments()]):
        seen: set[str] = set()
        for name in names:
            if name in seen:
                raise _refused(N_("One part of the story is there twice."), name)
            seen.add(name)


def _with_source(content: Content) -> list[str]:
    return [block.id for block in content.blocks if has_source(block)]


def _refused(reason: Message, part: str) -> InputRefusedError:
    return InputRefusedError(reason, place=part, advice=_ADVICE)


def _other_source(block: str) -> SourceDiffersError:
    return SourceDiffersError(
        N_("The source text is not the one that the story went out with."), place=block, advice=_ADVICE
    )


def named_alike(base: Content, ours: Content, theirs: Content) -> Content:
    """``theirs`` with our names for the blocks that both sides put in alike at one place."""
    new_here = _new_blocks(ours, {block.id for side in (base, theirs) for block in side.blocks})
    new_there = _new_blocks(theirs, {block.id for side in (base, ours) for block in side.blocks})
    if not new_here or not new_there:
        return theirs
    here, there = anchors(ours.blocks), anchors(theirs.blocks)
    twins: dict[object, list[Block]] = {}
    for block in reversed(new_here):
        twins.setdefault((here[block.id], *_said(block)), []).append(block)
    named: dict[str, Block] = {}
    for block in new_there:
        found = twins.get((there[block.id], *_said(block)))
        if found:
            named[block.id] = _called(block, found.pop())
    return replace(theirs, blocks=tuple(named.get(block.id, block) for block in theirs.blocks))


def _new_blocks(content: Content, known: Iterable[str]) -> Sequence[Block]:
    names = set(known)
    return [block for block in content.blocks if block.id not in names]


def _said(block: Block) -> tuple[object, ...]:
    return block.kind, block.placement, tuple((segment.source, segment.target) for segment in block.segments)


def _called(block: Block, like: Block) -> Block:
    pairs = zip(block.segments, like.segments, strict=True)
    return replace(like, segments=tuple(replace(segment, id=other.id) for segment, other in pairs))
