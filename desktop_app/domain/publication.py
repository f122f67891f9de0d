"""Letting a story out and taking it back: who may release, correct, take down, drop and kill, and when.

Rules after design part 4. A guard returns the reason as a sentence, or None when the way is free. Moments are as
``foundation.ids.stamp`` writes them, so that text compares as time does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.credits import made_here
from desktop_app.domain.people import Person
from desktop_app.domain.policy import Policy, StepKind
from desktop_app.domain.signoff import SignOff, Standing, standing, unbroken
from desktop_app.domain.story import Credit, StoryState, VersionNumber
from desktop_app.domain.workflow import DRAFT, SOURCE_CHANGED, STATE_NAMES, WORKING, Situation, in_other_hands, in_state
from desktop_app.foundation.messages import N_, Message

PENDING = "pending"
PENDING_ZH = "待补"
STANDING = frozenset({StoryState.RELEASED, StoryState.UNPUBLISHED})  # the text is the one that went out, to the letter
KILL_ASKED = N_("somebody asked to kill the story; confirm that or withdraw it first")
UNDER_EMBARGO = N_("the story is under embargo")
STILL_OUT = N_("a version of this story is released; take it down first")
_NOT_EDITOR = N_("only a reviser or an editor does this")
_NOT_THEIRS = N_("only the drafter, a reviser or an editor does this")


class Judgement(StrEnum):
    """What became of a change of the source: ``drafted`` where the draft was open and took it up by itself."""

    NO_EFFECT = "no-effect"
    REOPEN = "reopen"
    DRAFTED = "drafted"


@dataclass(frozen=True, slots=True)
class Emergency:
    """A release without the reviews of the policy. ``hands`` are the ids of those who wrote or reviewed what went out.

    ``handed`` is the digest of the text that the reviews left undone would have begun from. ``approval_key`` and
    ``approval_signature`` are under the approval that came afterwards; None where it was given without a key.
    """

    id: str
    story: str
    version: VersionNumber
    digest: str
    handed: str
    hands: frozenset[str]
    reason: str
    person: str
    at: str
    approved_by: str | None = None
    approved_at: str | None = None
    approval_note: str = ""
    approval_key: str | None = None
    approval_signature: str | None = None


@dataclass(frozen=True, slots=True)
class EmbargoWish:
    """An earlier moment for an embargo, or none at all, that a second person has yet to confirm."""

    until: str | None
    zone: str
    reason: str
    person: str
    at: str


@dataclass(frozen=True, slots=True)
class Embargo:
    """Until when a story may not go out; ``until`` is None when it was lifted. ``zone`` is what it was thought in."""

    story: str
    until: str | None
    zone: str
    reason: str
    person: str
    at: str
    wish: EmbargoWish | None = None

    def holds(self, now: str) -> bool:
        """Whether it keeps the story in at this moment."""
        return self.until is not None and now < self.until


@dataclass(frozen=True, slots=True)
class SourceChange:
    """The source changed after the draft. ``released`` is the version that was out then.

    ``content`` is the new source as ``language.source_update`` writes it, where it is not yet in the text.
    """

    id: str
    story: str
    major: int
    was: str
    now: str
    released: str | None
    note: str
    person: str | None
    at: str
    content: Mapping[str, object] | None = None
    judgement: str = ""
    judged_note: str = ""
    judged_by: str | None = None
    judged_at: str | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """What stands about a story beside its steps.

    ``released`` is the version that is out, ``correcting`` the one that a correction is drafted from, ``emergency`` the
    release that the text as it stands went out by, ``changes`` those of the source that nobody has judged;
    ``unapproved`` are all emergency releases of the story that wait for a second person, the oldest first.
    ``kill_reason`` and ``correction_reason`` are what was written then; empty where nothing is known.
    """

    released: VersionNumber | None = None
    correcting: VersionNumber | None = None
    emergency: Emergency | None = None
    embargo: Embargo | None = None
    changes: tuple[SourceChange, ...] = ()
    kill_asked_by: str | None = None
    unapproved: tuple[Emergency, ...] = ()
    kill_reason: str = ""
    correction_reason: str = ""


NOTHING = Publication()


def out_beside(
    state: StoryState, released: VersionNumber | None, correcting: VersionNumber | None, *, briefly: bool = False
) -> Message | None:
    """What became of the version that went out while a correction of it is drafted; None where none is."""
    if correcting is None or state is StoryState.DROPPED:
        return None
    if released is not None:
        if briefly:
            return N_("version {version} is released", version=str(released))
        return N_("Version {version} is released; a correction is being drafted.", version=str(released))
    if briefly:
        return N_("version {version} was taken down", version=str(correcting))
    return N_("Version {version} was taken down; a correction is being drafted.", version=str(correcting))


def since_release(
    signoffs: Sequence[SignOff], after: int | None, state: StoryState, *, correcting: bool
) -> list[SignOff]:
    """The sign-offs that can count: up to the release where its text stands, those after it while it is corrected.

    ``after`` is how many were given until the release; None in archives that did not count them.
    """
    if after is None:
        return list(signoffs)
    if state in STANDING:
        return list(signoffs[:after])
    return list(signoffs[after:]) if correcting else list(signoffs)


def standing_in_emergency(policy: Policy, signoffs: Sequence[SignOff], emergency: Emergency) -> Standing:
    """What counts of a text that went out early: the steps on which the missing ones would have built."""
    run = unbroken(policy, signoffs)
    while run and run[-1].digest not in {emergency.digest, emergency.handed}:
        run.pop()
    if not run:
        return standing(policy, (), emergency.digest, None)
    waiting = policy.steps[len(run)].name if len(run) < len(policy.steps) else None
    return Standing({one.step: one for one in run}, waiting)


def credits_in_emergency(
    policy: Policy, signed: Mapping[str, SignOff], emergency: Emergency, people: Mapping[str, Person], *, chinese: bool,
    drafted: Sequence[str] = (),
) -> tuple[Credit, ...]:  # fmt: skip
    """The credits of a text that went out early: each review that is missing is said to be pending.

    Where all reviews were given and the approval alone is missing, that is pending. Once somebody approved that very
    text, the last missing review has their name and the others are left out: one person stands for one review.
    """
    made = {one.step: one for one in made_here(policy, signed, people, chinese=chinese, drafted=drafted)}
    missing = [step for step in policy.steps if step.credit and step.kind is StepKind.REVIEW and step.name not in made]
    if not missing and emergency.approved_by is None:
        last = policy.steps[-1]
        label = last.titles.zh if chinese else last.titles.en
        late = Credit(last.name, label, (PENDING_ZH if chinese else PENDING,), made=True, pending=True)
        return (*(made[step.name] for step in policy.steps if step.name in made), late)
    approver = people.get(emergency.approved_by or "")
    for step in missing if emergency.approved_by is None else missing[-1:]:
        assert step.credit is not None, "only steps with a credit are missing one"
        if emergency.approved_by is None:
            name = PENDING_ZH if chinese else PENDING
        else:
            name = ((approver.zh or approver.name) if chinese else approver.name) if approver is not None else ""
        label = step.credit.zh if chinese else step.credit.en
        made[step.name] = Credit(step.name, label, (name,), made=True, pending=emergency.approved_by is None)
    return tuple(made[step.name] for step in policy.steps if step.name in made)


def _may_go_out(about: Publication, now: str) -> Message | None:
    """What keeps any text of a story in, whoever wants to let it out."""
    if about.kill_asked_by is not None:
        return KILL_ASKED
    if about.embargo is not None and about.embargo.holds(now):
        return UNDER_EMBARGO
    return None


def may_release(at: Situation, person: Person, about: Publication = NOTHING, now: str = "") -> Message | None:
    """Whether ``person`` can release the approved story."""
    if at.state is not StoryState.APPROVED:
        return in_state(at)
    if at.open_step() is not None:
        return N_("the text is not the one that was approved")
    if not person.may_approve():
        return N_("only a reviser or an editor releases a story")
    return _may_go_out(about, now)


def may_release_early(
    at: Situation, person: Person, reason: str, about: Publication = NOTHING, now: str = ""
) -> Message | None:
    """Whether ``person`` can release the story in an emergency, without the reviews that are missing."""
    if at.state not in {StoryState.SUBMITTED, StoryState.IN_REVISION}:
        if at.state is StoryState.APPROVED and person.may_approve():
            return _may_go_out(about, now) or N_("the story is approved; release it in the ordinary way")
        return N_("the draft is not signed; submit it first") if at.state in DRAFT else in_state(at)
    if not person.may_approve():
        return N_("only a reviser or an editor releases a story")
    if not reason.strip():
        return N_("an emergency release needs a reason")
    return SOURCE_CHANGED if at.source_changed else _may_go_out(about, now)


def may_approve_later(emergency: Emergency | None, person: Person, state: StoryState) -> Message | None:
    """Whether ``person`` can approve what went out in an emergency: a second pair of eyes, for those very words."""
    if state is StoryState.KILLED:
        return N_("the story is “{state}”", state=STATE_NAMES[state])
    if emergency is None:
        return N_("no emergency release of this story waits for an approval")
    if not person.may_approve():
        return N_("only a reviser or an editor approves a story")
    if person.id == emergency.person:
        return N_("the person who released it in an emergency cannot approve it")
    if person.id in emergency.hands:
        return N_("somebody who wrote or reviewed this text cannot approve it")
    return None


def may_correct(at: Situation, person: Person, note: str) -> Message | None:
    """Whether ``person`` can begin a correction of the released story."""
    if at.public and at.state not in STANDING:
        return N_("a correction of this story is being drafted already")
    if at.state not in STANDING:
        return in_state(at)
    if not (person.may_review() or _is_drafter(at, person)):
        return _NOT_THEIRS
    return None if note.strip() else N_("a correction begins with a note that says why")


def may_give_up(at: Situation, person: Person, about: Publication, note: str) -> Message | None:
    """Whether ``person`` can give the correction up, so that what was released stands again as it was."""
    if about.correcting is None or at.state in STANDING or at.state is StoryState.KILLED:
        return N_("no correction of this story is being drafted")
    if not (person.may_review() or _is_drafter(at, person)):
        return _NOT_THEIRS
    if at.holder not in {None, person.id} and not person.may_review():
        return in_other_hands(at)
    return None if note.strip() else N_("a correction is given up with a note that says why")


def may_unpublish(at: Situation, person: Person) -> Message | None:
    """Whether ``person`` can take the released story down quietly."""
    if not at.public or at.state in {StoryState.DROPPED, StoryState.UNPUBLISHED, StoryState.KILLED}:
        return in_state(at)
    return None if person.may_approve() else N_("only a reviser or an editor takes a story down")


def may_republish(at: Situation, person: Person, about: Publication = NOTHING, now: str = "") -> Message | None:
    """Whether ``person`` can bring back what was taken down, in the very words that went out."""
    if at.state is not StoryState.UNPUBLISHED:
        return in_state(at)
    if at.open_step() is not None and about.emergency is None:
        return N_("the text is not the one that was approved")
    if not person.may_approve():
        return N_("only a reviser or an editor releases a story")
    return _may_go_out(about, now)


def _is_drafter(at: Situation, person: Person) -> bool:
    return at.drafter in {None, person.id}


def may_drop(at: Situation, person: Person, _note: str) -> Message | None:
    """Whether ``person`` can give work on the story up, with or without a word why; it can be taken up again."""
    if at.state not in WORKING and at.state is not StoryState.APPROVED:
        return in_state(at)
    if at.public:
        return STILL_OUT
    if not (person.may_review() or _is_drafter(at, person)):
        return _NOT_THEIRS
    if at.holder not in {None, person.id} and not person.may_review():
        return in_other_hands(at)
    return None


def may_restore(at: Situation, person: Person, _note: str) -> Message | None:
    """Whether ``person`` can take a dropped story up again."""
    if at.state is not StoryState.DROPPED:
        return in_state(at)
    if not (person.may_review() or _is_drafter(at, person)):
        return _NOT_THEIRS
    return None


def may_kill(at: Situation, person: Person, asked_by: str | None, note: str) -> Message | None:
    """Whether ``person`` can ask for, or as the second one carry out, the final withdrawal of all versions."""
    if at.state is StoryState.KILLED:
        return in_state(at)
    if not person.may_approve():
        return N_("only a reviser or an editor kills a story")
    if not note.strip():
        return N_("a story is killed with a note that says why")
    return N_("a second person must confirm the kill") if asked_by == person.id else None


def may_spare(at: Situation, person: Person, asked_by: str | None) -> Message | None:
    """Whether ``person`` can take back or refuse the wish to kill the story."""
    if at.state is StoryState.KILLED:
        return in_state(at)
    if asked_by is None:
        return N_("nobody has asked to kill this story")
    return None if person.may_approve() else _NOT_EDITOR


def may_set_embargo(at: Situation, person: Person, reason: str, wish: EmbargoWish | None = None) -> Message | None:
    """Whether ``person`` can say until when the story stays in; what is out cannot be held back.

    A ``wish`` for an earlier end that waits is answered by that, which is for those who answer it.
    """
    if at.public or at.state in {StoryState.RELEASED, StoryState.KILLED, StoryState.DROPPED}:
        return N_("a version of this story is released") if at.public else in_state(at)
    if not (person.may_review() or _is_drafter(at, person)):
        return _NOT_THEIRS
    if wish is not None and not person.may_approve():
        return _NOT_EDITOR
    return None if reason.strip() else N_("an embargo is set or changed with a reason")


def may_shorten_embargo(at: Situation, person: Person, reason: str) -> Message | None:
    """Whether ``person`` can ask for an earlier end of the embargo, or its lifting; a second person confirms it."""
    return may_set_embargo(at, person, reason) or (None if person.may_approve() else _NOT_EDITOR)


def may_answer_embargo(at: Situation, person: Person, wish: EmbargoWish | None, *, confirm: bool) -> Message | None:
    """Whether ``person`` can confirm an earlier end of the embargo, or refuse it; whoever asked may take it back."""
    if at.state in {StoryState.KILLED, StoryState.DROPPED}:
        return in_state(at)
    if wish is None:
        return N_("nobody has asked to shorten the embargo of this story")
    if not person.may_approve():
        return _NOT_EDITOR
    return N_("a second person must confirm this") if confirm and wish.person == person.id else None


def may_change_source(at: Situation, person: Person) -> Message | None:
    """Whether ``person`` can take in a new source text."""
    if at.state in {StoryState.DROPPED, StoryState.KILLED}:
        return in_state(at)
    if not (person.may_review() or _is_drafter(at, person)):
        return _NOT_THEIRS
    return None


def may_judge_source(at: Situation, person: Person, about: Publication, note: str) -> Message | None:
    """Whether ``person`` can say what a change of the source means for the English."""
    if not about.changes:
        return N_("no change of the source waits to be judged")
    if at.state in {StoryState.DROPPED, StoryState.KILLED}:
        return in_state(at)
    if not person.may_review():
        return N_("only a reviser or an editor judges a change of the source")
    if at.state not in STANDING and at.state not in DRAFT and person.id in {at.drafter, *at.drafters}:
        return N_("somebody who drafted this version cannot judge it")
    if at.holder not in {None, person.id}:
        return in_other_hands(at)
    return None if note.strip() else N_("a change of the source is judged with a note that says why")
