"""Taking a story through its steps: submit, claim, sign, return, withdraw."""

from collections.abc import Callable
from dataclasses import replace

from desktop_app.desk.blocking import look_ahead, require_decided, require_proven, require_unblocked
from desktop_app.desk.comments import require_settled
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.editing import drop_claim, settle
from desktop_app.desk.memory_keeping import remember_signed, signs_pairs, unsign
from desktop_app.desk.next_steps import next_step
from desktop_app.desk.signatures import Signer, signed, signed_data, statements_of, withdrawn
from desktop_app.desk.stories import StoryFile, story_file, story_row
from desktop_app.domain import workflow
from desktop_app.domain.comments import NO_WAIVER, CommentWaiver
from desktop_app.domain.people import Person
from desktop_app.domain.policy import Step, StepKind
from desktop_app.domain.records import Version
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.statements import signed_withdrawal
from desktop_app.domain.story import Content, StoryState, VersionNumber
from desktop_app.foundation.errors import NotAllowedError, WrongUsageError
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import duties as duty_store
from desktop_app.store import history as history_store
from desktop_app.store.archive import Unit
from desktop_app.store.models import StoryRow

# Takes the situation, a person and their note; gives the reason why not.
Guard = Callable[[workflow.Situation, Person, str], Message | None]


def submit(
    desk: Desk, story: str, *, by: Person, note: str = "", seen: str | None = None, waiver: CommentWaiver = NO_WAIVER,
    signer: Signer | None = None,
) -> Changes:  # fmt: skip
    """Sign the draft: the story goes to the reviewers.

    Raises:
        NotAllowedError: the state or the policy forbids it, or a comment is open and not waived.
    """
    return sign(desk, story, step=None, by=by, note=note, only=StepKind.DRAFT, seen=seen, waiver=waiver, signer=signer)


def claim(desk: Desk, story: str, *, by: Person) -> Changes:
    """Take the next review in hand; taking it twice changes nothing.

    Raises:
        NotAllowedError: four eyes, the state, or somebody else has it.
    """
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        require(lambda at, who, _note: workflow.may_claim(at, who), file, by)
        if row.claimed_by == by.id:
            return Changes()
        _take(row, file, by)
        duty_store.pass_on(unit.session, row.id, by.id)
        row.state = StoryState.IN_REVISION.value
        row.updated_at = unit.at
        unit.record("story claimed", person=by.id, story=row.id, step=row.claimed_step, **file.policy.reference())
        return Changes(stories=frozenset({row.id}))


def _take(row: StoryRow, file: StoryFile, by: Person) -> None:
    """Put the open review into a person's hands; a reopened one keeps the text it began from."""
    step = file.situation.open_step()
    assert step is not None, "the guard has seen an open step"
    if row.claim_handed is None or row.claimed_step != step.name:
        row.claim_handed = file.digest
    row.claim_handed_editor = file.situation.handed_by(by.id)
    row.claimed_step, row.claimed_by = step.name, by.id


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
    signer: Signer | None = None,
) -> Changes:
    """Sign a step (the next one when ``step`` is None) for the text exactly as it stands.

    The text is frozen as a version if it changed, and the statement names its digest. ``seen`` is the digest of the
    text that the signer was shown: any other text is not signed. ``waiver`` says why comments may stay open. ``signer``
    has the person's private key; somebody who has one enrolled signs with it or not at all.

    Raises:
        WrongUsageError: the policy has no such step.
        NotAllowedError: four eyes, the policy or the state forbids it, a comment is open and not waived, a signature
            under an earlier step does not hold, an approval would pass over a change that came home and waits, or the
            text is not the one shown; nothing was changed.
    """
    ahead = look_ahead(desk, story) if only is not StepKind.DRAFT else None
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        _require_seen(file, seen)
        wanted = _step(file, step, only)
        require(lambda at, who, _note: workflow.may_sign(at, wanted, who), file, by)
        waived = require_settled(unit.session, file, waiver)
        require_unblocked(desk, unit.session, file, wanted, ahead)
        _require_borne_out(unit, file, wanted)
        if wanted.kind is StepKind.REVIEW and row.claimed_by is None:
            _take(row, file, by)
        if wanted.kind is StepKind.DRAFT and row.drafter is None:
            row.drafter = by.id
        handed = row.claim_handed if wanted.kind is StepKind.REVIEW and row.claim_handed else file.digest
        version = freeze(unit, row, file, by=by, reason=f"signed: {wanted.name}")
        given = _given(desk.new_id(), wanted, file, handed, version, by=by, at=unit.at, note=note)
        signoff = signed(unit.session, row.id, given, by, signer)
        history_store.add_signoff(unit.session, row.id, signoff)
        drop_claim(row)
        duty_store.end_assignment(unit.session, row.id)
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
            **file.policy.reference(),
            **signed_data(statements_of(row.id, [signoff])),
            **waived,
        )
        return Changes(stories=frozenset({row.id}), memory=signs)


def _require_borne_out(unit: Unit, file: StoryFile, step: Step) -> None:
    """Refuse to sign over what is not proven, and to approve over words that wait."""
    require_proven(unit.session, file)
    if step.kind is StepKind.APPROVAL:
        require_decided(unit.session, file)


def _given(
    identity: str, step: Step, file: StoryFile, handed: str, version: VersionNumber, *, by: Person, at: str, note: str
) -> SignOff:
    """The sign-off of a step for the text as it stands, under the policy that the story goes by, not yet signed."""
    return SignOff(
        identity, step.name, by.id, at, file.digest, handed, version, note.strip(),
        policy=file.policy.name, policy_version=file.policy.version,
    )  # fmt: skip


def _require_seen(file: StoryFile, seen: str | None) -> None:
    """Refuse to sign another text than the one that was shown, by its digest.

    Raises:
        NotAllowedError: the text has changed since.
    """
    if seen is not None and seen != file.digest:
        raise NotAllowedError(
            N_("The text has changed since it was shown to you."),
            subject=file.story.slug,
            advice=N_("Read it again, then sign."),
        )


def _step(file: StoryFile, name: str | None, only: StepKind | None) -> Step:
    if only is StepKind.DRAFT:
        return file.policy.steps[0]
    if name is None:
        waiting = file.situation.open_step()
        if waiting is None:
            raise NotAllowedError(
                N_("Every step of this story is signed."), subject=file.story.slug, advice=next_step(file)
            )
        return waiting
    return find_step(file, name)


def find_step(file: StoryFile, name: str) -> Step:
    """The step of a story's policy that is called ``name``.

    Raises:
        WrongUsageError: the policy has no such step.
    """
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
    """Freeze the text as a version unless the newest version, or that of the story, is this very text.

    Return its number. What is frozen after a correction was given up is newer than what it left behind.
    """
    return freeze_text(unit, row, file.story.content, file.digest, by=by, reason=reason)


def freeze_text(
    unit: Unit, row: StoryRow, content: Content, digest: str, *, by: Person | None, reason: str
) -> VersionNumber:
    """Freeze the text of a story, with its digest, as ``freeze`` does."""
    versions = history_store.versions(unit.session, row.id)
    own = [one for one in versions if one.number == VersionNumber(row.major, row.minor)]
    for known in (*versions[-1:], *own):
        if known.digest == digest:
            row.major, row.minor, row.modified = known.number.major, known.number.minor, False  # it was changed back
            return known.number
    newest = versions[-1].number if versions else VersionNumber(row.major, -1)
    number = VersionNumber(newest.major, newest.minor + 1)
    version = Version(number, digest, unit.at, by.id if by else None, reason)
    history_store.add_version(unit.session, row.id, content, version, identity=unit.new_id())
    row.major, row.minor, row.modified = number.major, number.minor, False
    return number


def give_back(desk: Desk, story: str, *, by: Person, note: str) -> Changes:
    """Return the story to its drafter, with a comment that says why; the sign-offs so far stop counting.

    Raises:
        NotAllowedError: the state forbids it, or there is no comment.
    """
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        require(workflow.may_return, file, by, note)
        freeze(unit, row, file, by=by, reason="returned")
        withdraw_all(unit, file, by=by, reason=note)
        drop_claim(row)
        duty_store.end_assignment(unit.session, row.id)
        row.state, row.updated_at = StoryState.DRAFTING.value, unit.at
        unsigned = unsign(unit, row)
        unit.record("story returned", person=by.id, story=row.id, note=note.strip())
        return Changes(stories=frozenset({row.id}), memory=unsigned)


def withdraw_all(unit: Unit, file: StoryFile, *, by: Person, reason: str) -> None:
    """Take back every sign-off that is not yet, whoever gave it: the story begins anew."""
    for signoff in file.current:
        if signoff.withdrawn_at is None:
            history_store.withdraw(unit.session, signoff.id, person=by.id, at=unit.at, reason=reason.strip())


def withdraw(
    desk: Desk, story: str, *, by: Person, note: str, step: str | None = None, signer: Signer | None = None
) -> Changes:
    """Take one's own sign-off back, with a reason; it stays in the history.

    ``signer`` is as for ``sign``; somebody without a key takes back without one, whatever the house demands.

    Raises:
        NotAllowedError: there is none of this person's, the state forbids it, or the key is not at hand.
    """
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        mine = [s for s in file.current if s.withdrawn_at is None and s.person == by.id and step in {None, s.step}]
        others = [s for s in file.current if s.withdrawn_at is None and s.step == step]
        found = [s for s in mine if file.counts(s)] or mine or others
        signoff = found[-1] if found else None
        require(lambda at, who, why: workflow.may_withdraw(at, signoff, who, why), file, by, note)
        assert signoff is not None, "the guard has seen a sign-off"
        back = replace(signoff, withdrawn_at=unit.at, withdrawn_by=by.id, withdrawn_reason=note.strip())
        back = withdrawn(unit.session, row.id, back, by, signer)
        history_store.add_withdrawal(unit.session, back)
        row.updated_at = unit.at
        unsigned = False
        if file.counts(signoff):
            settle(unit.session, row)
            unsigned = _is_before_approval(file, signoff) and unsign(unit, row)
        unit.record(
            "sign-off withdrawn", person=by.id, story=row.id, step=signoff.step, note=note.strip(),
            **signed_data([signed_withdrawal(row.id, back)]),
        )  # fmt: skip
        return Changes(stories=frozenset({row.id}), memory=unsigned)


def _is_before_approval(file: StoryFile, signoff: SignOff) -> bool:
    """Whether the pairs in the memory rest on a sign-off: a review, what it was built on, or what stands in for it."""
    step = file.policy.step(signoff.step)
    return step is not None and (step.kind is not StepKind.APPROVAL or signs_pairs(file.policy, step))


def require(guard: Guard, file: StoryFile, by: Person, note: str = "") -> None:
    """Raise ``NotAllowedError`` for a guard's reason, with what would help: a note, or whom to ask instead.

    Where nobody may do it as the story stands, the advice is what comes next and who may do that.
    """
    reason = guard(file.situation, by, note)
    if reason is None:
        return
    able = [person.name for person in file.people.values() if guard(file.situation, person, note or "-") is None]
    if guard(file.situation, by, "-") is None:
        advice = N_("Say why in a note (--note).")
    elif able:
        advice = N_("Ask one of: {names}.", names=", ".join(able))
    else:
        advice = next_step(file, reason)
    raise NotAllowedError(N_("Not allowed: {reason}.", reason=reason), subject=file.story.slug, advice=advice)
