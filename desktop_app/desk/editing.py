"""Changing the text: edits go to their rows, and a sign-off that they make stale stops counting at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from desktop_app.desk import comments
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.memory_keeping import follow_edits, segments_of
from desktop_app.desk.policies import policy_of
from desktop_app.desk.stories import StoryFile, people_by_id, story_file, story_row
from desktop_app.desk.wordings import BY_ONE, TYPED, Hands, keep_wordings
from desktop_app.domain.digest import signed_block, signed_text
from desktop_app.domain.drafting import having_written, is_writing
from desktop_app.domain.edits import (
    Edit,
    InsertBlock,
    MoveBlock,
    RemoveBlock,
    ReplaceSegments,
    SetPlacement,
    SetSegment,
    edit_block,
    has_source,
    is_overtaken,
    storable,
    target_of,
)
from desktop_app.domain.people import Person
from desktop_app.domain.signoff import Claim, Standing, reopened
from desktop_app.domain.story import Block, BlockKind, Languages, Segment, StoryState, block_text
from desktop_app.domain.wordings import Place, Said, said_by, texts_of
from desktop_app.domain.workflow import DRAFT, Situation, may_edit, state_after
from desktop_app.foundation.errors import BugError, NotAllowedError, WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.store import story_edits as store
from desktop_app.store.archive import Session, Unit
from desktop_app.store.duties import end_assignment
from desktop_app.store.models import StoryRow

_UNLOCKING = {
    StoryState.SUBMITTED: N_("Claim its review, or let whoever submitted it recall it."),
    StoryState.RELEASED: N_("Begin a correction first."),
    StoryState.UNPUBLISHED: N_("Begin a correction first."),
    StoryState.DROPPED: N_("Restore it first."),
    StoryState.KILLED: N_("Write another story in its place: a kill cannot be taken back."),
}
_MANY = 100  # edits from which on all segments of the story are read at once


class OvertakenError(NotAllowedError):
    """The text that an edit would replace is not what its writer saw; nothing was changed."""


def edit_story(desk: Desk, story: str, edits: Sequence[Edit], *, by: Person | None) -> Changes:
    """Apply edits in order, in one transaction.

    Raises:
        NotAllowedError: the story's state, a lock, or somebody's claim forbids it; nothing was changed.
        OvertakenError: what an edit would replace was changed since its writer saw it; nothing was changed.
        WrongUsageError: there is no such story, or an edit names a segment that is gone.
    """
    if not edits:
        return Changes()
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        written = write_edits(unit, row, edits, by=by)
        unit.record(
            "story edited",
            person=by.id if by else None,
            story=row.id,
            edits=[_edit_kind(edit) for edit in edits],
            text_changed=written.text_changed,
        )
        return Changes(stories=frozenset({row.id}), memory=written.memory_changed)


class Written(NamedTuple):
    """What edits changed beside their own rows: the text that is signed, the units that the memory has of the story."""

    text_changed: bool
    memory_changed: bool


def write_edits(
    unit: Unit, row: StoryRow, edits: Sequence[Edit], *, by: Person | None, typed: bool = True,
    hands: Hands | None = None, asked: bool = False,
) -> Written:  # fmt: skip
    """Apply edits inside an open transaction, settle the state, and let the memory and the wordings follow.

    ``typed`` and ``hands``: as for ``keep_wordings``; segments that are cut otherwise are never typing. Typed or not,
    whoever changes what the text says has a hand in an open draft: with no ``hands`` that is ``by``, else the caller
    keeps who it was. ``asked`` says that the caller asked already whether the text may be changed.

    Raises:
        NotAllowedError, WrongUsageError: as for ``edit_story``.
    """
    if not asked:
        require_editable(unit.session, row, by)
    text_changed = wrote = False
    before: dict[Place, Said] = {}
    after: dict[Place, Said] = {}
    edits = [storable(edit) for edit in edits]
    held = store.segments_at_hand(unit.session, row.id) if len(edits) > _MANY else []
    try:
        divided = segments_of(unit.session, row, edits)
        commented = comments.before_edits(unit.session, row, edits)
        for edit in edits:
            stored = _stored(unit.session, row, edit)
            _require_as_seen(row, stored, edit)
            text_changed |= _changes_text(unit.session, row, edit)
            wrote |= is_writing(stored, edit)
            old = _texts(stored)
            store.apply_edit(unit.session, row, edit)
            for place, said in old.items():
                before.setdefault(place, said)
                after.pop(place, None)
            after.update(_said(edit))
        comments.follow_edits(unit.session, row, commented)
        store.index_targets(unit.session, row.id, edits)
        store.refresh_headline(unit.session, row)
        memory_changed = follow_edits(unit, row, edits, divided, by=by)
    except KeyError as error:
        raise WrongUsageError(
            N_("A segment of this story is no longer there."),
            subject=row.slug,
            advice=N_("Open the story again; it was changed elsewhere."),
        ) from error
    typed = typed and all(_edit_kind(edit)[0] in TYPED for edit in edits)
    keep_wordings(unit, row, before, after, by=by, typed=typed, hands=hands or BY_ONE)
    held.clear()
    row.updated_at = unit.at
    if text_changed:
        row.modified = True
        keep_editor(row, by)
        if row.drafter is None and by is not None and row.state in DRAFT:
            row.drafter = by.id
        elif wrote and by is not None and hands is None:
            keep_hands(row, {by.id})
        _fall_back(unit.session, row, edits)
    return Written(text_changed, memory_changed)


def keep_editor(row: StoryRow, by: Person | None) -> None:
    """Keep who changed the text last, and that a review which nobody has in hand is no longer as it was given back."""
    row.last_editor = by.id if by else row.last_editor
    if row.claimed_step is not None and row.claimed_by is None:
        row.claim_handed_editor = None


def keep_hands(row: StoryRow, people: Collection[str]) -> None:
    """Keep that these people (ids) wrote in the draft, while it is open; what is written later belongs to a review."""
    if row.state in DRAFT:
        for person in sorted(people):
            row.drafters = having_written(row.drafters, row.drafter, person)


def _fall_back(session: Session, row: StoryRow, edits: Sequence[Edit]) -> None:
    """Let the state follow a change of the text.

    The digest of a whole story is worked out only where a sign-off may go stale by the change; while the draft or a
    review is open nothing can, and typing stays quick however long the story is.
    """
    if row.state in {StoryState.SOURCED, StoryState.DRAFTING}:
        written = any(isinstance(edit, SetSegment) and edit.target for edit in edits)
        has_text = written or store.has_target(session, row.id)
        row.state = StoryState.DRAFTING.value if has_text else StoryState.SOURCED.value
    elif row.claimed_step is None:
        settle(session, row)


def require_editable(session: Session, row: StoryRow, by: Person | None) -> None:
    """Refuse when the text may not be changed now.

    Raises:
        NotAllowedError: with the reason and who has the story.
    """
    situation = Situation(
        state=StoryState(row.state),
        policy=policy_of(session, row.policy, row.policy_version),
        standing=Standing({}, None),
        drafter=row.drafter,
        claim=Claim(row.claimed_step or "", row.claimed_by, row.claim_handed or ""),
        last_editor=row.last_editor,
        handed_editor=row.claim_handed_editor,
    )
    reason = may_edit(situation, by.id if by else None)
    if reason is None:
        return
    holder = people_by_id(session).get(row.claimed_by or "")
    if holder is not None:
        reason = may_edit(replace(situation, held_by=holder.called), by.id if by else None) or reason
    advice = N_("Ask {name}.", name=holder.called) if holder else _UNLOCKING[situation.state]
    raise NotAllowedError(
        N_("The story cannot be changed now: {reason}.", reason=reason), subject=row.slug, advice=advice
    )


def settle(session: Session, row: StoryRow) -> StoryFile:
    """Let the state follow from the sign-offs that count for the text as it stands.

    When a signed review went stale the story falls back to that review: into the hands of its reviewer when it was
    they who changed the text, otherwise waiting for somebody to take it. The row's state must be one in which
    sign-offs are counted, that is past drafting.
    """
    session.flush()
    file = story_file(session, row)
    if row.claimed_step is not None and row.claimed_step != file.situation.standing.next_step:
        drop_claim(row)
        file = story_file(session, row, file.story)
    if row.claimed_step is None and file.situation.standing.next_step is not None:
        back = reopened(file.policy, file.current, file.digest)
        if back is not None:
            row.claimed_step, row.claim_handed = back.step, back.handed
            if row.last_editor == back.person:
                row.claimed_by, row.claim_handed_editor = back.person, row.drafter
            file = story_file(session, row, file.story)
    row.state = state_after(file.situation).value
    if file.assignment is None or file.situation.open_step() is None:
        end_assignment(session, row.id)
    session.flush()
    return file


def drop_claim(row: StoryRow) -> None:
    """Let nobody have the story in hand."""
    row.claimed_by = row.claimed_step = row.claim_handed = row.claim_handed_editor = None


def _stored(session: Session, row: StoryRow, edit: Edit) -> Block | Segment | None:
    """What an edit is about to change, as it is stored; None for a block that comes or moves.

    Raises:
        KeyError: the segment or block is not in this story.
    """
    if isinstance(edit, InsertBlock | MoveBlock):
        return None
    if isinstance(edit, SetSegment):
        return store.segment(session, row.id, edit.segment)
    return store.block(session, row.id, edit.block)


def _require_as_seen(row: StoryRow, stored: Block | Segment | None, edit: Edit) -> None:
    """Refuse to write over words that the writer has not seen.

    Raises:
        OvertakenError: somebody else wrote here since.
    """
    if stored is None or isinstance(edit, InsertBlock | MoveBlock) or edit.was is None:
        return
    if is_overtaken(stored, edit):
        raise OvertakenError(
            N_("This passage was changed elsewhere meanwhile; nothing was written over."),
            subject=row.slug,
            advice=N_("Read what it says now, then write again."),
        )


def _changes_text(session: Session, row: StoryRow, edit: Edit) -> bool:
    """Whether an edit touches what the digest covers; a status or a lock alone does not.

    Raises:
        NotAllowedError: a locked segment would get another text.
        KeyError: the segment or block is not in this story.
    """
    if isinstance(edit, SetPlacement):
        place = store.block(session, row.id, edit.block)
        return signed_block(place) != signed_block(edit_block(place, edit))
    if isinstance(edit, SetSegment):
        stored = store.segment(session, row.id, edit.segment)
        changed = signed_text(stored.target) != signed_text(edit.target)
        if changed and stored.locked and edit.locked:
            raise _locked(row)
        return changed
    if isinstance(edit, InsertBlock):
        _require_addition(edit.block)
        return True
    old = store.block(session, row.id, edit.block)
    if isinstance(edit, RemoveBlock | MoveBlock):
        if has_source(old):
            raise BugError("a block of source text would be removed or moved")
        if isinstance(edit, RemoveBlock) and any(segment.locked for segment in old.segments):
            raise _locked(row)
        return True
    _require_slices(row, old, edit)
    kept = {segment.id: segment for segment in edit.segments}
    for segment in old.segments:
        new = kept.get(segment.id)
        if segment.locked and (new is None or (new.source, new.target) != (segment.source, segment.target)):
            raise _locked(row)
    return True


def _require_addition(block: Block) -> None:
    """Refuse a block that is none, or that would bring source text into a story: its source stays as it came."""
    if has_source(block):
        raise BugError("a new block would change the source text")
    is_picture = block.kind is BlockKind.PICTURE
    if is_picture != (block.placement is not None) or is_picture == bool(block.segments):
        raise BugError("a new block is neither a picture nor a text")


def _texts(stored: Block | Segment | None) -> Mapping[Place, Said]:
    """What the texts say that an edit is about to replace."""
    if isinstance(stored, Segment):
        return {(stored.id, "target"): said_by(stored)}
    return texts_of(stored) if stored is not None else {}


def _said(edit: Edit) -> Mapping[Place, Said]:
    """What texts say after an edit."""
    if isinstance(edit, SetSegment):
        return {(edit.segment, "target"): Said(edit.target, edit.status.value)}
    if isinstance(edit, SetPlacement):
        return texts_of(Block(edit.block, BlockKind.PICTURE, placement=edit.placement))
    if isinstance(edit, ReplaceSegments):
        return texts_of(Block(edit.block, BlockKind.PARAGRAPH, edit.segments))
    return texts_of(edit.block) if isinstance(edit, InsertBlock) else {}


def _locked(row: StoryRow) -> NotAllowedError:
    return NotAllowedError(N_("This segment is locked."), subject=row.slug, advice=N_("Unlock it to change its text."))


def _require_slices(row: StoryRow, old: Block, edit: ReplaceSegments) -> None:
    """Refuse a split or join that would change the source text: segments are slices of it, and each is there once."""
    new = replace(old, segments=edit.segments)
    languages = Languages(row.source_language, row.target_language)
    if block_text(old, languages).zh != block_text(new, languages).zh:
        raise BugError("a split or join changed the source text")
    if len({segment.id for segment in edit.segments}) != len(edit.segments):
        raise BugError("a split or join left two segments of one id")


def _edit_kind(edit: Edit) -> list[str]:
    if isinstance(edit, SetSegment):
        return ["segment", edit.segment, edit.status.value]
    kinds = {
        SetPlacement: "picture", ReplaceSegments: "segments", InsertBlock: "put in", RemoveBlock: "removed",
        MoveBlock: "moved",
    }  # fmt: skip
    return [kinds[type(edit)], target_of(edit)]
