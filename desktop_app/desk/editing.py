"""Changing the text: edits go to their rows, and a sign-off that they make stale stops counting at once."""

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.stories import StoryFile, people_by_id, story_file, story_row
from desktop_app.domain.edits import Edit, ReplaceSegments, SetPlacement, SetSegment
from desktop_app.domain.people import Person
from desktop_app.domain.policy import POLICIES
from desktop_app.domain.signoff import Claim, Standing, standing
from desktop_app.domain.story import StoryState, block_text
from desktop_app.domain.workflow import Situation, may_edit, state_after
from desktop_app.foundation.errors import BugError, NotAllowedError, WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.store import stories as store
from desktop_app.store.archive import Session, Unit
from desktop_app.store.models import StoryRow


def edit_story(desk: Desk, story: str, edits: Sequence[Edit], *, by: Person | None) -> Changes:
    """Apply edits in order, in one transaction.

    Raises:
        NotAllowedError: the story's state, a lock, or somebody's claim forbids it; nothing was changed.
        WrongUsageError: there is no such story, or an edit names a segment that is gone.
    """
    if not edits:
        return Changes()
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        changed_text = write_edits(unit, row, edits, by=by)
        unit.record(
            "story edited",
            person=by.id if by else None,
            story=row.id,
            edits=[_edit_kind(edit) for edit in edits],
            text_changed=changed_text,
        )
        return Changes(stories=frozenset({row.id}))


def write_edits(unit: Unit, row: StoryRow, edits: Sequence[Edit], *, by: Person | None) -> bool:
    """Apply edits inside an open transaction and settle the state; return whether the signed text changed.

    Raises:
        NotAllowedError, WrongUsageError: as for ``edit_story``.
    """
    require_editable(unit.session, row, by)
    if any(isinstance(edit, ReplaceSegments) for edit in edits):
        _require_same_source(unit.session, row, edits)
    text_changed = any(_changes_text(unit.session, edit) for edit in edits)
    try:
        store.apply_edits(unit.session, row, edits)
    except KeyError as error:
        raise WrongUsageError(
            N_("A segment of this story is no longer there."),
            subject=row.slug,
            advice=N_("Open the story again; it was changed elsewhere."),
        ) from error
    row.updated_at = unit.at
    if text_changed:
        row.modified = True
        row.last_editor = by.id if by else row.last_editor
        if row.drafter is None and by is not None and row.state in {StoryState.SOURCED, StoryState.DRAFTING}:
            row.drafter = by.id
        settle(unit.session, row)
    return text_changed


def require_editable(session: Session, row: StoryRow, by: Person | None) -> None:
    """Refuse when the text may not be changed now.

    Raises:
        NotAllowedError: with the reason and who has the story.
    """
    situation = Situation(
        state=StoryState(row.state),
        policy=POLICIES[row.policy],
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
    advice = N_("Ask {name}.", name=holder.name) if holder else N_("Claim it, or begin a correction, first.")
    raise NotAllowedError(
        N_("The story cannot be changed now: {reason}.", reason=reason), subject=row.slug, advice=advice
    )


def _require_same_source(session: Session, row: StoryRow, edits: Sequence[Edit]) -> None:
    """Refuse a split or join that would change the source text: segments are slices of it."""
    story = store.load(session, row.id)
    assert story is not None, "the row is there, so the story is"
    blocks = {block.id: block for block in story.content.blocks}
    for edit in edits:
        if isinstance(edit, ReplaceSegments) and edit.block in blocks:
            old = blocks[edit.block]
            new = replace(old, segments=edit.segments)
            if block_text(old, story.languages).zh != block_text(new, story.languages).zh:
                raise BugError("a split or join changed the source text")


def settle(session: Session, row: StoryRow) -> StoryFile:
    """Let the state follow from the sign-offs that count for the text as it stands.

    When a signed review went stale the story falls back to that review: into the hands of its reviewer when it was
    they who changed the text, otherwise waiting for somebody to take it.
    """
    session.flush()
    file = story_file(session, row)
    if row.claim_handed is None and file.situation.standing.next_step is not None:
        reopened = _reopened(file)
        if reopened is not None:
            row.claimed_step, row.claim_handed = reopened.step, reopened.handed
            if row.last_editor == reopened.person:
                row.claimed_by, row.claim_handed_editor = reopened.person, file.situation.drafter
            session.flush()
            file = story_file(session, row, file.story)
    row.state = state_after(file.situation).value
    return file


def _reopened(file: StoryFile) -> Claim | None:
    """The first signed review that stopped counting, as a claim, if all before it still stands on that."""
    newest = {signoff.step: signoff for signoff in file.signoffs}
    for step in file.policy.reviews():
        signoff = newest.get(step.name)
        if signoff is None or step.name in file.situation.standing.valid:
            continue
        claim = Claim(step.name, signoff.person, signoff.handed)
        return claim if standing(file.policy, file.signoffs, file.digest, claim).next_step == step.name else None
    return None


def _changes_text(session: Session, edit: Edit) -> bool:
    """Whether an edit touches what the digest covers; a status or a lock alone does not."""
    if not isinstance(edit, SetSegment):
        return True
    return store.target_of(session, edit.segment) != edit.target


def _edit_kind(edit: Edit) -> list[str]:
    if isinstance(edit, SetSegment):
        return ["segment", edit.segment, edit.status.value]
    if isinstance(edit, SetPlacement):
        return ["picture", edit.block]
    return ["segments", edit.block]
