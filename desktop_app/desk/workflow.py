"""Taking a story through its steps: submit, claim, sign, return, withdraw, release, and what undoes them."""

from collections.abc import Callable

from desktop_app.desk.comments import require_settled
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.editing import drop_claim, settle
from desktop_app.desk.memory_keeping import forget_story, remember_signed, signs_pairs, unsign
from desktop_app.desk.stories import StoryFile, story_file, story_row
from desktop_app.domain import workflow
from desktop_app.domain.comments import NO_WAIVER, CommentWaiver
from desktop_app.domain.people import Person
from desktop_app.domain.policy import Step, StepKind
from desktop_app.domain.records import Version
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.story import StoryState, VersionNumber
from desktop_app.foundation.errors import NotAllowedError, WrongUsageError
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import history as history_store
from desktop_app.store.archive import Unit
from desktop_app.store.models import StoryRow

# Takes the situation, a person and their note; gives the reason why not.
Guard = Callable[[workflow.Situation, Person, str], Message | None]


def submit(
    desk: Desk, story: str, *, by: Person, note: str = "", seen: str | None = None, waiver: CommentWaiver = NO_WAIVER
) -> Changes:
    """Sign the draft: the story goes to the reviewers.

    Raises:
        NotAllowedError: the state or the policy forbids it, or a comment is open and not waived.
    """
    return sign(desk, story, step=None, by=by, note=note, only=StepKind.DRAFT, seen=seen, waiver=waiver)


def claim(desk: Desk, story: str, *, by: Person) -> Changes:
    """Take the next review in hand; taking it twice changes nothing.

    Raises:
        NotAllowedError: four eyes, the state, or somebody else has it.
    """
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        _require(lambda at, who, _note: workflow.may_claim(at, who), file, by)
        if row.claimed_by == by.id:
            return Changes()
        _take(row, file, by)
        row.state = StoryState.IN_REVISION.value
        row.updated_at = unit.at
        unit.record("story claimed", person=by.id, story=row.id, step=row.claimed_step)
        return Changes(stories=frozenset({row.id}))


def _take(row: StoryRow, file: StoryFile, by: Person) -> None:
    """Put the open review into a person's hands; a reopened one keeps the text it began from."""
    step = file.situation.open_step()
    assert step is not None, "the guard has seen an open step"
    if row.claim_handed is None or row.claimed_step != step.name:
        row.claim_handed = file.digest
    row.claimed_step, row.claimed_by, row.claim_handed_editor = step.name, by.id, row.last_editor


def sign(
    desk: Desk,
    story: str,
    *,
    step: str | None,
    by: Person,
    note: str = "",
    only: StepKind | None = None,
    seen: str | None = None,
    waiver: CommentWaiver = NO_WAIVER,
) -> Changes:
    """Sign a step (the next one when ``step`` is None) for the text exactly as it stands.

    The text is frozen as a version if it changed, and the statement names its digest. ``seen`` is the digest of the
    text that the signer was shown: any other text is not signed. ``waiver`` says why comments may stay open.

    Raises:
        WrongUsageError: the policy has no such step.
        NotAllowedError: four eyes, the policy or the state forbids it, a comment is open and not waived, or the text
            is not the one shown; nothing was changed.
    """
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        if seen is not None and seen != file.digest:
            raise NotAllowedError(
                N_("The text has changed since it was shown to you."),
                subject=file.story.slug,
                advice=N_("Read it again, then sign."),
            )
        wanted = _step(file, step, only)
        _require(lambda at, who, _note: workflow.may_sign(at, wanted, who), file, by)
        waived = require_settled(unit.session, file, waiver)
        if wanted.kind is StepKind.REVIEW and row.claimed_by is None:
            _take(row, file, by)
        if wanted.kind is StepKind.DRAFT and row.drafter is None:
            row.drafter = by.id
        handed = row.claim_handed if wanted.kind is StepKind.REVIEW and row.claim_handed else file.digest
        version = freeze(unit, row, file, by=by, reason=f"signed: {wanted.name}")
        signoff = SignOff(desk.new_id(), wanted.name, by.id, unit.at, file.digest, handed, version, note.strip())
        history_store.add_signoff(unit.session, row.id, signoff)
        drop_claim(row)
        row.state, row.updated_at = StoryState.IN_REVISION.value, unit.at
        settle(unit.session, row)
        signs = signs_pairs(file.policy, wanted)
        if signs:
            remember_signed(unit, row, file, by=by)
        unit.record(
            "step signed",
            person=by.id,
            story=row.id,
            step=wanted.name,
            digest=file.digest,
            version=str(version),
            note=note.strip(),
            **waived,
        )
        return Changes(stories=frozenset({row.id}), memory=signs)


def _step(file: StoryFile, name: str | None, only: StepKind | None) -> Step:
    if only is StepKind.DRAFT:
        return file.policy.steps[0]
    if name is None:
        waiting = file.situation.open_step()
        if waiting is None:
            raise NotAllowedError(
                N_("Every step of this story is signed."), subject=file.story.slug, advice=N_("It can be released.")
            )
        return waiting
    found = file.policy.step(name)
    if found is None:
        steps = ", ".join(step.name for step in file.policy.steps)
        raise WrongUsageError(
            N_("The policy of this story has no step “{step}”.", step=name),
            subject=file.story.slug,
            advice=N_("Its steps are: {steps}.", steps=steps),
        )
    return found


def freeze(unit: Unit, row: StoryRow, file: StoryFile, *, by: Person | None, reason: str) -> VersionNumber:
    """Freeze the text as a version unless the newest version is this very text; return its number."""
    versions = history_store.versions(unit.session, row.id)
    if versions and versions[-1].digest == file.digest:
        row.modified = False  # it was changed back
        return versions[-1].number
    number = VersionNumber(row.major, versions[-1].number.minor + 1 if versions else 0)
    version = Version(number, file.digest, unit.at, by.id if by else None, reason)
    history_store.add_version(unit.session, row.id, file.story.content, version, identity=unit.new_id())
    row.minor, row.modified = number.minor, False
    return number


def give_back(desk: Desk, story: str, *, by: Person, note: str) -> Changes:
    """Return the story to its drafter, with a comment that says why; the sign-offs so far stop counting.

    Raises:
        NotAllowedError: the state forbids it, or there is no comment.
    """
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        _require(workflow.may_return, file, by, note)
        freeze(unit, row, file, by=by, reason="returned")
        _withdraw_all(unit, file, by=by, reason=note)
        drop_claim(row)
        row.state, row.updated_at = StoryState.DRAFTING.value, unit.at
        unsigned = unsign(unit, row)
        unit.record("story returned", person=by.id, story=row.id, note=note.strip())
        return Changes(stories=frozenset({row.id}), memory=unsigned)


def _withdraw_all(unit: Unit, file: StoryFile, *, by: Person, reason: str) -> None:
    for signoff in file.signoffs:
        if signoff.withdrawn_at is None:
            history_store.withdraw(unit.session, signoff.id, person=by.id, at=unit.at, reason=reason.strip())


def withdraw(desk: Desk, story: str, *, by: Person, note: str, step: str | None = None) -> Changes:
    """Take one's own sign-off back, with a reason; it stays in the history.

    Raises:
        NotAllowedError: there is none of this person's, or the state forbids it.
    """
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        mine = [s for s in file.signoffs if s.withdrawn_at is None and s.person == by.id and step in {None, s.step}]
        others = [s for s in file.signoffs if s.withdrawn_at is None and s.step == step]
        found = [s for s in mine if file.counts(s)] or mine or others
        signoff = found[-1] if found else None
        _require(lambda at, who, why: workflow.may_withdraw(at, signoff, who, why), file, by, note)
        assert signoff is not None, "the guard has seen a sign-off"
        history_store.withdraw(unit.session, signoff.id, person=by.id, at=unit.at, reason=note.strip())
        row.updated_at = unit.at
        unsigned = False
        if file.counts(signoff):
            settle(unit.session, row)
            unsigned = _is_before_approval(file, signoff) and unsign(unit, row)
        unit.record("sign-off withdrawn", person=by.id, story=row.id, step=signoff.step, note=note.strip())
        return Changes(stories=frozenset({row.id}), memory=unsigned)


def _is_before_approval(file: StoryFile, signoff: SignOff) -> bool:
    """Whether the pairs in the memory rest on a sign-off: a review, what it was built on, or what stands in for it."""
    step = file.policy.step(signoff.step)
    return step is not None and (step.kind is not StepKind.APPROVAL or signs_pairs(file.policy, step))


def release(desk: Desk, story: str, *, by: Person, waiver: CommentWaiver = NO_WAIVER) -> Changes:
    """Release the approved story.

    Raises:
        NotAllowedError: it is not approved, the person's role forbids it, or a comment is open and not waived.
    """

    def change(row: StoryRow, file: StoryFile, unit: Unit) -> dict[str, object]:
        waived = require_settled(unit.session, file, waiver)
        row.state, row.released = StoryState.RELEASED.value, str(file.story.version)
        return waived

    return _move(desk, story, by, "story released", lambda at, who, _note: workflow.may_release(at, who), change)


def correct(desk: Desk, story: str, *, by: Person, note: str) -> Changes:
    """Begin a correction of a released story: it is drafted again, and its release stays on record.

    Raises:
        NotAllowedError: it is not released, or there is no note.
    """

    def change(row: StoryRow, file: StoryFile, unit: Unit) -> None:
        _withdraw_all(unit, file, by=by, reason=note)
        row.state = StoryState.DRAFTING.value

    return _move(desk, story, by, "correction begun", lambda at, _who, why: workflow.may_correct(at, why), change, note)


def unpublish(desk: Desk, story: str, *, by: Person, note: str = "") -> Changes:
    """Take a released story down quietly; a correction that is being written goes on, and brings it back.

    Raises:
        NotAllowedError: it is not released, or the person's role forbids it.
    """

    def change(row: StoryRow, _file: StoryFile, _unit: Unit) -> None:
        if row.state == StoryState.RELEASED.value:
            row.state = StoryState.UNPUBLISHED.value
        row.released = None

    return _move(
        desk, story, by, "story unpublished", lambda at, who, _note: workflow.may_unpublish(at, who), change, note
    )


def drop(desk: Desk, story: str, *, by: Person, note: str = "") -> Changes:
    """Give work on a story up; ``restore_dropped`` takes it up again.

    Raises:
        NotAllowedError: the story is released or closed.
    """

    def change(row: StoryRow, _file: StoryFile, _unit: Unit) -> None:
        row.state = StoryState.DROPPED.value

    return _move(desk, story, by, "story dropped", lambda at, who, _note: workflow.may_drop(at, who), change, note)


def restore_dropped(desk: Desk, story: str, *, by: Person) -> Changes:
    """Take a dropped story up again, where its sign-offs leave it.

    Raises:
        NotAllowedError: it was not dropped.
    """

    def change(row: StoryRow, _file: StoryFile, unit: Unit) -> None:
        row.state = StoryState.IN_REVISION.value
        settle(unit.session, row)

    return _move(desk, story, by, "story restored", lambda at, _who, _note: workflow.may_restore(at), change)


def kill(desk: Desk, story: str, *, by: Person, note: str) -> Changes:
    """Ask for the final withdrawal of a story, or, as a second person, carry it out.

    Raises:
        NotAllowedError: the same person asked, the role forbids it, or there is no reason.
    """
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        asked_by = row.kill_asked_by
        _require(lambda at, who, why: workflow.may_kill(at, who, asked_by, why), file, by, note)
        confirmed = row.kill_asked_by is not None
        row.kill_asked_by = row.kill_asked_by or by.id
        if confirmed:
            row.state = StoryState.KILLED.value
            drop_claim(row)
            forget_story(unit, row)
        row.updated_at = unit.at
        operation = "story killed" if confirmed else "kill asked for"
        unit.record(operation, person=by.id, story=row.id, note=note.strip())
        return Changes(stories=frozenset({row.id}), memory=confirmed)


def _move(
    desk: Desk,
    story: str,
    by: Person,
    operation: str,
    guard: Guard,
    change: Callable[[StoryRow, StoryFile, Unit], dict[str, object] | None],
    note: str = "",
) -> Changes:
    """Carry out a plain change of state behind its guard; ``change`` may return more for the event to say."""
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        _require(guard, file, by, note)
        told = change(row, file, unit) or {}
        row.updated_at = unit.at
        unit.record(operation, person=by.id, story=row.id, note=note.strip(), **told)
        return Changes(stories=frozenset({row.id}))


def _require(guard: Guard, file: StoryFile, by: Person, note: str = "") -> None:
    """Raise ``NotAllowedError`` for a guard's reason, with what would help: a note, or whom to ask instead."""
    reason = guard(file.situation, by, note)
    if reason is None:
        return
    able = [person.name for person in file.people.values() if guard(file.situation, person, note or "-") is None]
    if guard(file.situation, by, "-") is None:
        advice = N_("Say why in a note (--note).")
    elif able:
        advice = N_("Ask one of: {names}.", names=", ".join(able))
    else:
        advice = N_("“diptych history” shows where the story stands.")
    raise NotAllowedError(N_("Not allowed: {reason}.", reason=reason), subject=file.story.slug, advice=advice)
