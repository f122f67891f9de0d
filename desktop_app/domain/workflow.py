"""What may be done to a story, by whom, and where that leaves it: the guards of four eyes, and nothing that stores.

Rules after design parts 3 and 4. A guard returns the reason as a sentence, or None when the way is free.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.domain.comments import Comment, CommentWaiver
from desktop_app.domain.people import Person, role_list
from desktop_app.domain.policy import Policy, Step, StepKind
from desktop_app.domain.signoff import Claim, SignOff, Standing
from desktop_app.domain.story import StoryState
from desktop_app.foundation.messages import N_, NN_, Message

WORKING = frozenset({StoryState.SOURCED, StoryState.DRAFTING, StoryState.SUBMITTED, StoryState.IN_REVISION})
DRAFT = frozenset({StoryState.SOURCED, StoryState.DRAFTING})  # the draft is open
CLOSED = frozenset({StoryState.DROPPED, StoryState.UNPUBLISHED, StoryState.KILLED})
SOURCE_CHANGED = N_("the Chinese source has changed; say first that it has no effect, or reopen the story")
_ASK_REVISER = N_("the story is in revision; ask the reviser to return it")
_ROWS_NAMED = 8  # in a refusal

STATE_NAMES: dict[StoryState, Message] = {
    StoryState.SOURCED: N_("Sourced"),
    StoryState.DRAFTING: N_("Drafting"),
    StoryState.SUBMITTED: N_("Submitted"),
    StoryState.IN_REVISION: N_("In revision"),
    StoryState.APPROVED: N_("Approved"),
    StoryState.RELEASED: N_("Released"),
    StoryState.DROPPED: N_("Dropped"),
    StoryState.UNPUBLISHED: N_("Unpublished"),
    StoryState.KILLED: N_("Killed"),
}


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a guard needs to know of a story. People are ids; ``last_editor`` is of the text as it stands.

    ``drafter`` answers for the draft; ``drafters`` are those who wrote in it beside, ``sources`` those who changed the
    Chinese of the version. ``handed_editor`` wrote last in the text that the open review began from; it stays known
    when that was given back and nobody has typed since.
    """

    state: StoryState
    policy: Policy
    standing: Standing
    drafter: str | None
    claim: Claim | None
    last_editor: str | None
    handed_editor: str | None
    empty: bool = False
    public: bool = False  # a version is released, whatever is drafted beside it
    drafters: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    source_changed: bool = False  # and nobody has said yet what that means for the English
    held_by: Message | None = None  # the name of the holder, where the people are known

    @property
    def holder(self) -> str | None:
        """Who has the open review in hand."""
        return self.claim.person if self.claim is not None else None

    def handed_by(self, person: str) -> str | None:
        """Who wrote last in the text that ``person`` reviews: whoever gave a review back takes it up where it was."""
        gave_it_back = self.claim is not None and self.handed_editor is not None and self.last_editor == person
        return self.handed_editor if self.holder is not None or gave_it_back else self.last_editor

    def open_step(self) -> Step | None:
        """The step that comes next, None when all are signed."""
        name = self.standing.next_step
        return self.policy.step(name) if name else None


def waiting_title(at: Situation) -> Message | None:
    """What the next step is called that nobody has in hand."""
    step = at.open_step() if at.holder is None else None
    return step.title if step is not None else None


def state_words(state: StoryState, waiting: Message | None) -> Message:
    """What a state is called; between two reviews, which nobody has in hand, by the step ``waiting`` that is next."""
    if state is StoryState.IN_REVISION and waiting is not None:
        return N_("{step} waits", step=waiting)
    return STATE_NAMES[state]


def in_state(at: Situation) -> Message:
    """The reason that is the state itself."""
    return N_("the story is “{state}”", state=STATE_NAMES[at.state])


def in_other_hands(at: Situation) -> Message:
    """The reason that somebody else has the open review in hand."""
    if at.held_by is None:
        return N_("somebody else has this story in revision")
    return N_("{name} has this story in revision", name=at.held_by)


def may_edit(at: Situation, person: str | None) -> Message | None:
    """Whether ``person`` may change the text now."""
    if at.state in CLOSED or at.state is StoryState.RELEASED:
        return in_state(at)
    if at.state is StoryState.SUBMITTED and person != at.drafter:
        return N_("the draft was submitted; claim the review first")
    if at.state is StoryState.IN_REVISION and at.holder is not None and person != at.holder:
        return in_other_hands(at)
    return None


def may_submit(at: Situation, person: Person) -> Message | None:
    """Whether the draft step can be signed by ``person``."""
    if at.state not in DRAFT:
        return in_state(at)
    if at.empty:
        return N_("the story has no English text yet")
    if at.drafter is not None and at.drafter != person.id:
        return N_("only the person who drafted the story submits it")
    draft = at.policy.steps[0]
    return None if draft.allows(person) else only_some(draft)


def may_claim(at: Situation, person: Person) -> Message | None:
    """Whether ``person`` can take the next review step in hand."""
    step = at.open_step()
    if at.state not in {StoryState.SUBMITTED, StoryState.IN_REVISION} or step is None:
        return in_state(at)
    if step.kind is not StepKind.REVIEW:
        return N_("no review is waiting; the next step is “{step}”", step=step.title)
    if at.holder not in {None, person.id}:
        return in_other_hands(at)
    return _four_eyes(at, step, person)


def _review_signers(at: Situation) -> set[str]:
    return {s.person for name, s in at.standing.valid.items() if _kind(at, name) is StepKind.REVIEW}


def _kind(at: Situation, step: str) -> StepKind | None:
    found = at.policy.step(step)
    return found.kind if found else None


def may_change_policy(at: Situation) -> Message | None:
    """Whether a story may go by another policy, or another version of it: nothing that counts was signed yet."""
    if at.state not in DRAFT:
        return in_state(at)
    return N_("a sign-off of this story counts") if at.standing.valid else None


def only_some(step: Step) -> Message:
    """The reason that a step is signed by people of other roles."""
    if not step.roles:
        return N_("only a reviser or an editor signs “{step}”", step=step.title)
    roles = role_list(step.roles)
    return N_("“{step}” is signed by people of these roles alone: {roles}", step=step.title, roles=roles)


def _four_eyes(at: Situation, step: Step, person: Person) -> Message | None:
    """Invariant 4: nobody who drafted, not the last editor of the text handed on, at most one review of a version."""
    if person.id == at.drafter:
        return N_("the person who drafted this version cannot sign “{step}”", step=step.title)
    if person.id in at.drafters:
        return N_("somebody who wrote in the draft of this version cannot sign “{step}”", step=step.title)
    if step.kind is StepKind.REVIEW:
        if not step.allows(person):
            return only_some(step)
        if person.id in at.sources:
            return N_("somebody who changed the Chinese of this version cannot sign “{step}”", step=step.title)
        if person.id == at.handed_by(person.id):
            return N_("the last editor of the text cannot sign “{step}”", step=step.title)
        if person.id in _review_signers(at):
            return N_("one person signs at most one review of a version")
        return None
    if not step.allows(person):
        return only_some(step)
    last_review = at.policy.reviews()[-1].name
    is_last_reviewer = person.id == getattr(at.standing.valid.get(last_review), "person", None)
    if is_last_reviewer and at.policy.last_reviewer_may_approve and person.id != at.last_editor:
        return None  # the words are another's: two have read them
    if person.id in _review_signers(at):
        return N_("the person who signed a review of this version cannot approve it")
    if person.id == at.last_editor:
        return N_("the last editor of the text cannot sign “{step}”", step=step.title)
    return None


def may_sign(at: Situation, step: Step, person: Person) -> Message | None:
    """Whether ``person`` can sign ``step`` for the text as it stands."""
    if step.kind is StepKind.DRAFT:
        return may_submit(at, person)
    if at.state not in {StoryState.SUBMITTED, StoryState.IN_REVISION}:
        return in_state(at)
    waiting = at.open_step()
    if waiting is None or waiting.name != step.name:
        return N_("the next step is “{step}”", step=waiting.title if waiting else N_("Release"))
    if step.kind is StepKind.REVIEW and at.holder not in {None, person.id}:
        return in_other_hands(at)
    if at.source_changed:
        return SOURCE_CHANGED
    return _four_eyes(at, step, person)


def may_return(at: Situation, person: Person, note: str) -> Message | None:
    """Whether ``person`` can send the story back to its drafter."""
    if at.state not in {StoryState.SUBMITTED, StoryState.IN_REVISION}:
        return in_state(at)
    if person.id == at.drafter:
        if at.holder is not None:
            return _ASK_REVISER
        return N_("the drafter does not return a story but recalls it, or withdraws the sign-off")
    if at.holder not in {None, person.id}:
        return in_other_hands(at)
    step = at.open_step()
    is_reviewer = step is not None and step.kind is StepKind.REVIEW and bool(step.roles) and step.allows(person)
    if not (person.may_review() or is_reviewer):
        return N_("only a reviser or an editor returns a story")
    return None if note.strip() else N_("a story is returned with a note that says why")


def may_unclaim(at: Situation, person: Person, note: str) -> Message | None:
    """Whether ``person`` can give a claimed review back, or let an editor give it back for somebody else."""
    if at.state is not StoryState.IN_REVISION:
        return in_state(at)
    if at.holder is None:
        return N_("nobody has this story in hand")
    if at.holder == person.id:
        return None
    if not person.may_direct():
        return N_("only the person who claimed a review, or an editor, gives it back")
    return None if note.strip() else N_("a claim of somebody else is given back with a note that says why")


def may_recall(at: Situation, person: Person) -> Message | None:
    """Whether ``person`` can take the submitted draft back, which is free until a reviser claims it."""
    if at.state not in {StoryState.SUBMITTED, StoryState.IN_REVISION}:
        return in_state(at)
    if person.id != at.drafter:
        return N_("only the person who submitted the draft recalls it")
    if at.holder is not None:
        return _ASK_REVISER
    return in_state(at) if at.state is not StoryState.SUBMITTED else None


def may_reassign(at: Situation, person: Person, note: str) -> Message | None:
    """Whether ``person`` can hand the draft or the claimed review to somebody else; ``may_take_over`` says to whom."""
    if at.state not in WORKING:
        return in_state(at)
    in_hand = at.drafter if at.state in DRAFT else at.holder
    if in_hand is None:
        return N_("nobody has this story in hand; its next step can be assigned")
    if not person.may_direct():
        return N_("only an editor hands a story from one person to another")
    return None if note.strip() else N_("a story is handed to somebody else with a note that says why")


def may_take_over(at: Situation, to: Person) -> Message | None:
    """Whether the draft or the claimed review can go to ``to``: who wrote in the draft never gets its review."""
    if at.state in DRAFT:
        if to.id == at.drafter:
            return N_("{name} drafts this story already", name=to.name)
        return None if at.policy.steps[0].allows(to) else only_some(at.policy.steps[0])
    step = at.open_step()
    if step is None or at.claim is None:
        return in_state(at)
    if to.id == at.holder:
        return N_("{name} has this story in hand already", name=to.name)
    return _four_eyes(replace(at, claim=replace(at.claim, person=None), handed_editor=None), step, to)


def may_assign(at: Situation, person: Person, to: str | None) -> Message | None:
    """Whether ``person`` can say who does the next step and until when, or (``to`` None) take that away."""
    step = at.open_step()
    if at.state not in WORKING or step is None:
        return in_state(at)
    own = step.kind is StepKind.DRAFT and person.id == at.drafter and to in {None, person.id}
    return None if own or person.may_review() else N_("only a reviser or an editor assigns a step to somebody")


def may_be_assigned(at: Situation, to: Person) -> Message | None:
    """Whether the next step can be ``to``’s: only somebody who may take it."""
    step = at.open_step()
    if step is None:
        return in_state(at)
    if step.kind is StepKind.DRAFT:
        if not step.allows(to):
            return only_some(step)
        free = at.drafter in {None, to.id}
        return None if free else N_("somebody else drafts this story; an editor can hand it over")
    if at.holder not in {None, to.id}:
        return in_other_hands(at)
    return _four_eyes(at, step, to)


def may_withdraw(at: Situation, signoff: SignOff | None, person: Person, note: str) -> Message | None:
    """Whether ``person`` can take a sign-off back; it needs a reason and stays in the history."""
    if at.state is StoryState.RELEASED or at.state in CLOSED:
        return in_state(at)
    if signoff is None:
        return N_("there is no such sign-off to withdraw")
    if signoff.person != person.id:
        return N_("a sign-off is withdrawn by the person who gave it")
    built_on = _kind(at, signoff.step) is StepKind.DRAFT or at.standing.valid.get(signoff.step) == signoff
    if at.state is StoryState.IN_REVISION and at.holder not in {None, person.id} and built_on:
        return _ASK_REVISER
    return None if note.strip() else N_("a sign-off is withdrawn with a note that says why")


def state_after(at: Situation) -> StoryState:
    """Where the sign-offs that count leave a story that is still being worked on."""
    if at.state in CLOSED or at.state is StoryState.RELEASED:
        return at.state
    waiting = at.open_step()
    if waiting is None:
        return StoryState.APPROVED
    if waiting.kind is StepKind.DRAFT:
        return StoryState.SOURCED if at.empty else StoryState.DRAFTING
    if waiting.kind is StepKind.REVIEW and at.claim is None and waiting is at.policy.reviews()[0]:
        return StoryState.SUBMITTED
    return StoryState.IN_REVISION


def hands_in_emergency(at: Situation, writers: Iterable[str]) -> frozenset[str]:
    """Who is no second pair of eyes for a text that goes out early: those who drafted, wrote in or reviewed it.

    ``writers`` wrote in it since the draft was signed. Whoever signed the last review, and left the text alone, is
    none of them where the policy lets that person approve (invariant 4, and the ordinary way of ``may_sign``).
    """
    hands = {at.drafter, at.last_editor, at.holder, *at.drafters, *at.sources, *writers}
    reviews = at.policy.reviews()
    free = reviews[-1].name if at.policy.last_reviewer_may_approve else None
    signed = (at.standing.valid.get(step.name) for step in reviews if step.name != free)
    hands |= {one.person for one in signed if one is not None}
    return frozenset(person for person in hands if person is not None)


def able(people: Iterable[Person], at: Situation, step: Step) -> list[Person]:
    """The people who may sign ``step`` now, so that a refusal can say whom to ask."""
    return [person for person in people if may_sign(at, step, person) is None]


def may_leave_open(comments: Sequence[Comment], numbers: Mapping[str, int], waiver: CommentWaiver) -> Message | None:
    """Whether a step can be signed, or the story released, while ``comments`` are open; ``numbers`` has the rows.

    A waiver holds for the comments that its signer was shown, and for no other.
    """
    unseen = [one for one in comments if waiver.seen is not None and one.id not in waiver.seen]
    if not comments or (waiver.reason.strip() and not unseen):
        return None
    if waiver.reason.strip():
        return NN_("{n} comment was added meanwhile", "{n} comments were added meanwhile", len(unseen))
    rows = sorted({numbers[place] for one in comments if (place := one.place(numbers)) is not None})
    if not rows:
        return NN_("{n} comment is open", "{n} comments are open", len(comments))
    named = ", ".join(map(str, rows[:_ROWS_NAMED])) + (" …" if len(rows) > _ROWS_NAMED else "")
    if len(rows) == 1 and len(comments) > 1:
        return N_("{n} comments are open (segment {row})", n=len(comments), row=named)
    return NN_(
        "{n} comment is open (segment {rows})", "{n} comments are open (segments {rows})", len(comments), rows=named
    )
