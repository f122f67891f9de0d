"""What stories leave in the memory: signed pairs at the sign-off of a review, drafts as segments are confirmed.

A review signs every pair of the story as it stands; its units take the place of all that the story had there. A unit
stays signed as long as both its texts stand as they were signed: changed words leave the memory, and come back as a
draft when they are confirmed. A sign-off that is taken back, or a story that is returned, makes all its units drafts;
a correction leaves them, because what was released is still out; a killed story leaves nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from desktop_app.desk.stories import StoryFile
from desktop_app.domain.edits import Edit, InsertBlock, RemoveBlock, ReplaceSegments, SetPlacement, SetSegment
from desktop_app.domain.memory import Layer, MemoryUnit
from desktop_app.domain.people import Person
from desktop_app.domain.policy import Policy, Step, StepKind
from desktop_app.domain.story import Block, Content, Segment, SegmentStatus
from desktop_app.language.memory import STORY_END, context_key
from desktop_app.store import memory as store
from desktop_app.store import story_edits
from desktop_app.store.archive import Session, Unit
from desktop_app.store.models import StoryRow

_CONFIRMED = frozenset({SegmentStatus.CONFIRMED, SegmentStatus.REVISED, SegmentStatus.SIGNED_OFF})


def signs_pairs(policy: Policy, step: Step) -> bool:
    """Whether signing a step puts the story's pairs into the memory: a review does, an approval where there is none."""
    return step.kind is StepKind.REVIEW or (step.kind is StepKind.APPROVAL and not policy.reviews())


def remember_signed(unit: Unit, row: StoryRow, file: StoryFile, *, by: Person) -> None:
    """Put every pair of the story into the memory as signed by ``by``, in place of all that the story had there."""
    drafter = file.people.get(row.drafter or "")
    signed = MemoryUnit("", "", Layer.SIGNED, row.id, None, drafter.name if drafter else "", by.name, unit.at, row.slug)
    pairs = [
        replace(signed, segment=key, source=source, target=target, before=before, after=after)
        for key, source, target, before, after in _pairs(file.story.content)
    ]
    store.remove(unit.session, [id_ for id_, _ in store.of_story(unit.session, row.id)])
    store.add(unit.session, pairs)
    store.keep_index(unit.session)


_Placed = tuple[str, str, str, int | None, int | None]


def _pairs(content: Content) -> Iterator[_Placed]:
    """Key, both texts and the neighbours' keys of every pair in reading order; captions have no neighbours."""
    segments = [segment for segment in content.segments() if segment.source.strip()]
    keys = [STORY_END, *(context_key(segment.source) for segment in segments), STORY_END]
    for place, segment in enumerate(segments):
        if segment.target.strip() and segment.status is not SegmentStatus.REJECTED:
            yield segment.id, segment.source.strip(), segment.target.strip(), keys[place], keys[place + 2]
    for block in content.blocks:
        caption = block.placement.caption if block.placement is not None else None
        if caption is not None and caption.zh.strip() and caption.en.strip():
            yield block.id, caption.zh.strip(), caption.en.strip(), None, None


def follow_edits(unit: Unit, row: StoryRow, edits: Sequence[Edit], old: Collection[str], *, by: Person | None) -> bool:
    """Let the memory follow edits that were just written; return whether it changed.

    ``old`` are the segments that edits may have taken away.
    """
    now = dict(_touched(unit.session, row, edits))
    known = store.of_story(unit.session, row.id, {*now, *old})
    gone = [id_ for id_, one in known if not _stands(one, now.get(one.segment or ""))]
    kept = {one.segment for _, one in known if _stands(one, now.get(one.segment or ""))}
    draft = MemoryUnit("", "", Layer.DRAFT, row.id, None, by.name if by else "", "", unit.at, row.slug)
    drafts = [
        replace(draft, segment=segment.id, source=segment.source.strip(), target=segment.target.strip())
        for segment in now.values()
        if segment.id not in kept and _is_confirmed(segment)
    ]
    store.remove(unit.session, gone)
    store.add(unit.session, drafts)
    if drafts:
        store.keep_index(unit.session)
    return bool(gone or drafts)


def _touched(session: Session, row: StoryRow, edits: Sequence[Edit]) -> Iterator[tuple[str, Segment]]:
    """The segments that edits wrote, as they stand now; of a picture its caption, in the form of one.

    What a later edit took away again is left out.
    """
    gone = {edit.block for edit in edits if isinstance(edit, RemoveBlock)}
    for edit in edits:
        if isinstance(edit, SetSegment):
            with suppress(KeyError):  # it was there when the edit was made
                yield edit.segment, story_edits.segment(session, row.id, edit.segment)
        elif isinstance(edit, SetPlacement):
            caption = edit.placement.caption
            if edit.block not in gone:
                yield edit.block, Segment(edit.block, caption.zh, caption.en)
        elif isinstance(edit, ReplaceSegments):
            yield from ((segment.id, segment) for segment in edit.segments)
        elif isinstance(edit, InsertBlock):
            yield from ((segment.id, segment) for segment in edit.block.segments)


def _is_confirmed(segment: Segment) -> bool:
    return segment.status in _CONFIRMED and bool(segment.source.strip() and segment.target.strip())


def _stands(unit: MemoryUnit, segment: Segment | None) -> bool:
    """Whether a unit still says what its segment says; a draft must be confirmed besides."""
    if segment is None or (unit.source, unit.target) != (segment.source.strip(), segment.target.strip()):
        return False
    return segment.status is not SegmentStatus.REJECTED and (unit.layer is Layer.SIGNED or _is_confirmed(segment))


def segments_of(session: Session, row: StoryRow, edits: Iterable[Edit]) -> set[str]:
    """The segments in the blocks that edits divide anew or take out, and such pictures, before they are written.

    Raises:
        KeyError: a block is not in this story.
    """
    touched = {edit.block for edit in edits if isinstance(edit, ReplaceSegments | RemoveBlock)}
    new = {edit.block.id for edit in edits if isinstance(edit, InsertBlock)}
    blocks: list[Block] = [story_edits.block(session, row.id, block) for block in touched - new]
    return {segment.id for block in blocks for segment in block.segments} | {block.id for block in blocks}


def unsign(unit: Unit, row: StoryRow) -> bool:
    """Make drafts of all signed units of a story; return whether there were any."""
    signed = [(id_, one) for id_, one in store.of_story(unit.session, row.id) if one.layer is Layer.SIGNED]
    store.remove(unit.session, [id_ for id_, _ in signed])
    store.add(unit.session, [replace(one, layer=Layer.DRAFT, reviser="") for _, one in signed])
    store.keep_index(unit.session)
    return bool(signed)


def forget_story(unit: Unit, row: StoryRow) -> None:
    """Take all units of a story out."""
    store.remove(unit.session, [id_ for id_, _ in store.of_story(unit.session, row.id)])
