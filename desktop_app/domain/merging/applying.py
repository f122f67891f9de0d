"""Carrying a merge out: its results as edits of the story here, and the text that they make."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from desktop_app.domain.edits import (
    Edit,
    InsertBlock,
    MoveBlock,
    RemoveBlock,
    ReplaceSegments,
    SetPlacement,
    SetSegment,
    has_source,
)
from desktop_app.domain.merging.changes import (
    BlockChange,
    FactChange,
    FieldChange,
    Merge,
    PassageChange,
    PictureChange,
)
from desktop_app.domain.merging.comparing import with_field_text
from desktop_app.domain.merging.placing import arranged
from desktop_app.domain.story import Block, Content, Segment

_InBlock = PassageChange | FieldChange | PictureChange


def merged(merge: Merge) -> Content:
    """The text as it is after the merge; conflicts that nobody decided leave what stands here."""
    blocks = _blocks(merge)
    return replace(merge.ours, blocks=tuple(blocks[name] for name in arranged(merge)), **facts_of(merge))  # type: ignore[arg-type] # names and values belong together


def facts_of(merge: Merge) -> dict[str, tuple[str, ...] | str]:
    """The facts about the whole story that change: no edit carries them."""
    return {
        change.name: change.result[0] if change.name == "dateline" else change.result
        for change in merge.changes
        if isinstance(change, FactChange) and change.result != change.ours
    }


def edits_of(merge: Merge) -> tuple[Edit, ...]:
    """The edits that make of ``ours`` what ``merged`` says, in order.

    Each knows what it believes to stand there, so that a story which changed since the comparison is not written over.
    """
    after = _blocks(merge)
    before = {block.id: block for block in merge.ours.blocks}
    edits: list[Edit] = []
    for block in merge.ours.blocks:
        now = after.get(block.id)
        if now is None:
            edits += [*_unlocked(block, ()), RemoveBlock(block.id, was=block)]
        elif now != block:
            edits += _changed(block, now)
    order = arranged(merge)
    still = _still(merge.ours.blocks, order)
    for place, name in enumerate(order):
        behind = order[place - 1] if place else None
        if name not in before:
            edits.append(InsertBlock(after[name], behind))
        elif name not in still:
            edits.append(MoveBlock(name, behind))
    return tuple(edits)


def _blocks(merge: Merge) -> dict[str, Block]:
    """Every block of the merged story by its id."""
    blocks = {block.id: block for block in merge.ours.blocks}
    inside: dict[str, list[_InBlock]] = {}
    for change in merge.changes:
        if isinstance(change, BlockChange):
            if change.result is None:
                blocks.pop(change.block, None)
            else:
                blocks[change.block] = change.result
        elif isinstance(change, PassageChange | FieldChange | PictureChange):
            inside.setdefault(change.block, []).append(change)
    for name, changes in inside.items():
        blocks[name] = _merged_block(blocks[name], changes)
    return blocks


def _merged_block(block: Block, changes: Sequence[_InBlock]) -> Block:
    segments, placement = list(block.segments), block.placement
    for change in reversed(changes):  # from the end, so that places before stay what they are
        if isinstance(change, PassageChange):
            segments[change.at : change.at + len(change.ours)] = change.result
        elif placement is not None and isinstance(change, FieldChange):
            placement = with_field_text(placement, change.field, change.result)
        elif placement is not None and isinstance(change, PictureChange):
            face = change.result
            placement = replace(placement, file=face.file, picture=face.picture, payload=face.payload)
    return replace(block, segments=tuple(segments), placement=placement)


def _changed(was: Block, now: Block) -> Iterator[Edit]:
    """The edits that make one block another with the same id."""
    if now.placement is not None and was.placement is not None and now.placement != was.placement:
        yield SetPlacement(was.id, now.placement, was=was.placement)
    if was.segments == now.segments:
        return
    yield from _unlocked(was, now.segments)
    if [(s.id, s.source) for s in was.segments] != [(s.id, s.source) for s in now.segments]:
        yield ReplaceSegments(was.id, now.segments, was=was.segments)
        return
    for old, new in zip(was.segments, now.segments, strict=True):
        if old != new:
            seen = replace(old, locked=False) if _needs_key(old, new) else old
            yield SetSegment(new.id, new.target, new.status, new.locked, was=seen)


def _unlocked(was: Block, now: Sequence[Segment]) -> Iterator[SetSegment]:
    """Open the locks of segments whose words were changed by somebody who had opened them."""
    stands: Mapping[str, Segment] = {segment.id: segment for segment in now}
    for old in was.segments:
        if _needs_key(old, stands.get(old.id)):
            yield SetSegment(old.id, old.target, old.status, locked=False, was=old)


def _needs_key(old: Segment, new: Segment | None) -> bool:
    return old.locked and (new is None or (old.source, old.target) != (new.source, new.target))


def _still(before: Sequence[Block], after: Sequence[str]) -> set[str]:
    """The blocks that stay where they are while the others are moved: all with source text, and the most beside."""
    fixed = {block.id for block in before if has_source(block)}
    stood, stands = _slots([block.id for block in before], fixed), _slots(after, fixed)
    places = {name: (slot, number) for slot, names in stands.items() for number, name in enumerate(names)}
    for slot, names in stood.items():
        numbers = {name: places[name][1] for name in names if name in places and places[name][0] == slot}
        fixed |= _longest_rise(numbers)
    return fixed


def _slots(names: Sequence[str], fixed: set[str]) -> dict[str, list[str]]:
    """The names behind each fixed one, and at the top."""
    found: dict[str, list[str]] = {"": []}
    last = ""
    for name in names:
        if name in fixed:
            last = name
            found[last] = []
        else:
            found[last].append(name)
    return found


def _longest_rise(numbers: Mapping[str, int]) -> set[str]:
    """The longest subsequence of the names whose numbers rise (patience sorting)."""
    ends: list[int] = []
    last: list[str] = []
    behind: dict[str, str | None] = {}
    for name, number in numbers.items():
        at = bisect_left(ends, number)
        behind[name] = last[at - 1] if at else None
        if at == len(ends):
            ends.append(number)
            last.append(name)
        else:
            ends[at], last[at] = number, name
    found: set[str] = set()
    step = last[-1] if last else None
    while step is not None:
        found.add(step)
        step = behind[step]
    return found
