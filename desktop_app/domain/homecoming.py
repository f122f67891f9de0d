"""What may be made of what comes home: who may have written it, which sign-offs count here, which comments are new.

A sign-off that was given away from here counts only when the text here, after the merge, is the very text that it
names, when it stands on the sign-off before it (handed to digest), and when every guard of the story's policy would
have let it pass here. Else it is kept: it stays in the history and never counts, whatever the text says later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from desktop_app.domain.comments import Comment
from desktop_app.domain.people import Person
from desktop_app.domain.policy import Policy, StepKind
from desktop_app.domain.signoff import Claim, SignOff, Standing, reopened, standing, unsigned
from desktop_app.domain.story import StoryState
from desktop_app.domain.workflow import CLOSED, DRAFT, Situation, may_claim, may_edit, may_sign, state_after
from desktop_app.foundation.messages import N_, Message


class Kept(StrEnum):
    """Why a sign-off that came home is kept and does not count."""

    TEXT = "text"
    CHAIN = "chain"
    SIGNED = "signed"
    PERSON = "person"
    STEP = "step"
    POLICY = "policy"
    GUARD = "guard"
    SIGNATURE = "signature"
    STATE = "state"
    TAKEN_BACK = "taken back"


KEPT_REASONS: Mapping[Kept, Message] = MappingProxyType(
    {
        Kept.TEXT: N_("the text here is not the text that was signed"),
        Kept.CHAIN: N_("the sign-off that it stands on does not count here"),
        Kept.SIGNED: N_("this step is signed here already"),
        Kept.PERSON: N_("the signer is not among the people of this archive"),
        Kept.STEP: N_("the policy of this story has no such step"),
        Kept.POLICY: N_("it was signed under another policy, or another version of it"),
        Kept.GUARD: N_("the signer may not sign this step here"),
        Kept.SIGNATURE: N_("its signature does not hold here"),
        Kept.STATE: N_("the story is no longer being worked on here"),
        Kept.TAKEN_BACK: N_("it was taken back there"),
    }
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one sign-off that comes home: it counts, or ``kept`` says why not, and ``reason`` in words."""

    signoff: SignOff
    kept: Kept | None = None
    reason: Message | None = None

    @property
    def counts(self) -> bool:
        """Whether it counts here."""
        return self.kept is None


@dataclass(frozen=True, slots=True)
class Ground:
    """What stands here about a story when something comes home for it. People are ids.

    ``signoffs`` are those that can count. ``behind`` says that the text left them all behind, ``source_changed`` that a
    change of the Chinese is not judged yet. ``hands`` are all who had a hand in the draft, here or there. ``writers``
    are moments with who wrote then, here and there, in order. ``faults`` has what is wrong with signatures, by their
    sign-offs; by ``withdrawals/ID`` with those under the withdrawal of one.
    """

    state: StoryState
    policy: Policy
    signoffs: tuple[SignOff, ...]
    digest: str
    claim: Claim | None
    drafter: str | None
    last_editor: str | None
    handed_editor: str | None
    hands: frozenset[str]
    public: bool
    people: Mapping[str, Person]
    writers: tuple[tuple[str, str], ...] = ()
    faults: Mapping[str, Message] = field(default_factory=dict)
    behind: bool = False
    source_changed: bool = False
    sources: frozenset[str] = frozenset()

    @property
    def holder(self) -> str | None:
        """Who has the open review in hand here."""
        return self.claim.person if self.claim is not None else None

    def standing(self) -> Standing:
        """What counts here before anything comes home."""
        behind = self.behind or self.state in DRAFT
        return unsigned(self.policy) if behind else standing(self.policy, self.signoffs, self.digest, self.claim)

    def situation(self) -> Situation:
        """What the guards ask about the story as it stands."""
        return Situation(
            state=self.state,
            policy=self.policy,
            standing=self.standing(),
            drafter=self.drafter,
            claim=self.claim,
            last_editor=self.last_editor,
            handed_editor=self.handed_editor,
            public=self.public,
            drafters=self.hands,
            sources=self.sources,
            source_changed=self.source_changed,
        )


@dataclass(frozen=True, slots=True)
class WayIn:
    """Who is held to write what comes home; ``claims`` says that they take the open review in hand with it.

    ``reason`` says why it is not written now: then all of it waits to be decided. ``ends_approval`` says that the
    reason is the approval that would fall by it.
    """

    editor: str | None = None
    claims: bool = False
    reason: Message | None = None
    ends_approval: bool = False


def way_in(at: Situation, writer: Person | None, by: Person | None) -> WayIn:
    """Whether the text may be changed by what comes home: as whoever wrote it there, else as whoever brings it.

    Somebody who began a review there has it in hand here too, while nobody else took it. An approved text is changed
    by nobody in passing: that its approval falls is for somebody to decide.
    """
    if at.state is StoryState.APPROVED:
        return WayIn(reason=N_("the story is approved here, and its approval would fall by it"), ends_approval=True)
    for person in (writer, by):
        if person is not None and may_edit(at, person.id) is None:
            return WayIn(person.id)
    if writer is not None and at.state is StoryState.SUBMITTED and may_claim(at, writer) is None:
        return WayIn(writer.id, claims=True)
    reason = may_edit(at, by.id if by is not None else None)
    return WayIn(reason=reason) if reason is not None else WayIn()


def taken_back(at: Ground, there: Sequence[SignOff]) -> tuple[SignOff, ...]:
    """The sign-offs that count here and were taken back there; none where others signed here meanwhile.

    Whoever took one back there gave it, or could have returned the story. A withdrawal takes effect without a
    signature too, and comes without one where that does not hold here.
    """
    told = {signoff.id: signoff for signoff in there}
    if at.state in CLOSED or at.state is StoryState.RELEASED:
        return ()
    counting = [signoff for signoff in at.signoffs if signoff.kept is None]  # the others came home from elsewhere
    if any(signoff.id not in told for signoff in counting):
        return ()
    found = [
        _soundly(at, told[s.id]) for s in counting if s.withdrawn_at is None and told[s.id].withdrawn_at is not None
    ]
    return tuple(
        one
        for one in found
        if one.withdrawn_by == one.person or ((who := at.people.get(one.withdrawn_by or "")) and who.may_review())
    )


def _soundly(at: Ground, signoff: SignOff) -> SignOff:
    """A sign-off that was taken back, without a signature under that which does not hold here."""
    if f"withdrawals/{signoff.id}" not in at.faults:
        return signoff
    return replace(signoff, withdrawn_key=None, withdrawn_signature=None)


def judged(at: Ground, came: Sequence[SignOff], digest: str, *, back: Sequence[SignOff] = ()) -> tuple[Verdict, ...]:
    """Judge the sign-offs that came, in the order they were given; ``digest`` is that of the text after the merge.

    ``back`` are sign-offs of here that come home taken back.
    """
    gone = {one.id: one for one in back}
    run = [gone.get(one.id, one) for one in at.signoffs]
    draft_open = at.state in DRAFT or any(one.step == at.policy.steps[0].name for one in back)
    found: dict[str, Verdict] = {}
    for signoff in came:
        refused = _refused(at, run, signoff, draft_open=draft_open)
        if refused is None:
            run.append(signoff)
        found[signoff.id] = refused or Verdict(signoff)
    valid = standing(at.policy, run, digest, None).valid

    def settled(verdict: Verdict) -> Verdict:
        holds = valid.get(verdict.signoff.step) == verdict.signoff
        return verdict if holds or not verdict.counts else _kept(verdict.signoff, Kept.TEXT)

    return tuple(settled(verdict) for verdict in found.values())


def _refused(at: Ground, run: Sequence[SignOff], signoff: SignOff, *, draft_open: bool) -> Verdict | None:
    """Why a sign-off would not have been possible here; None where it would."""
    step, person = at.policy.step(signoff.step), at.people.get(signoff.person)
    if signoff.withdrawn_at is not None:
        return _kept(signoff, Kept.TAKEN_BACK)
    if at.state in CLOSED or at.state is StoryState.RELEASED:
        return _kept(signoff, Kept.STATE)
    if not replace(signoff, kept=None).under(at.policy):
        return _kept(signoff, Kept.POLICY)
    if step is None:
        return _kept(signoff, Kept.STEP)
    if person is None:
        return _kept(signoff, Kept.PERSON)
    if signoff.id in at.faults:
        return Verdict(signoff, Kept.SIGNATURE, at.faults[signoff.id])
    is_draft = step.kind is StepKind.DRAFT
    before = unsigned(at.policy) if is_draft else standing(at.policy, run, signoff.handed, None)
    if (is_draft and not draft_open) or step.name in before.valid:
        return _kept(signoff, Kept.SIGNED)
    if before.next_step != step.name:
        return _kept(signoff, Kept.CHAIN)
    last = max(before.valid.values(), key=lambda one: at.policy.index(one.step), default=None)
    situation = Situation(
        state=StoryState.DRAFTING if is_draft else StoryState.IN_REVISION,
        policy=at.policy,
        standing=before,
        drafter=at.drafter,
        claim=Claim(step.name, at.holder or person.id, signoff.handed) if step.kind is StepKind.REVIEW else None,
        last_editor=_writer_until(at, signoff.at),
        handed_editor=_writer_until(at, last.at) if last is not None else None,
        drafters=at.hands,
        sources=at.sources,
        source_changed=at.source_changed,
    )
    reason = may_sign(situation, step, person)
    return Verdict(signoff, Kept.GUARD, reason) if reason is not None else None


def _kept(signoff: SignOff, why: Kept) -> Verdict:
    return Verdict(signoff, why, KEPT_REASONS[why])


def on_trust(policy: Policy, verdicts: Sequence[Verdict], holder: str | None) -> tuple[str, ...]:
    """Who signed what counts here without a signature, though ``holder`` had the package: the latest step first.

    Nothing but the package says that they did, and whoever had it could have written it.
    """
    found = [one.signoff for one in verdicts if one.counts and one.signoff.key is None]
    found.sort(key=lambda one: policy.index(one.step), reverse=True)
    return tuple(dict.fromkeys(one.person for one in found if one.person != holder))


def _writer_until(at: Ground, moment: str) -> str | None:
    """Who had written last at a moment."""
    found = [person for began, person in at.writers if began <= moment]
    return found[-1] if found else at.last_editor


def aftermath(
    at: Ground, digest: str, verdicts: Sequence[Verdict], back: Sequence[SignOff], *, claim: Claim | None, empty: bool
) -> tuple[StoryState, tuple[SignOff, ...]]:
    """The state of the story when everything has come home, and the sign-offs of here that stop counting by it.

    ``claim`` is the review that is taken in hand with what comes home, ``digest`` that of the text after.
    """
    if at.state in CLOSED or at.state is StoryState.RELEASED:
        return at.state, ()
    counted, gone = at.standing().valid, {one.id: one for one in back}
    signed = any(one.counts for one in verdicts)
    if at.state in DRAFT and not signed:
        return StoryState.SOURCED if empty else StoryState.DRAFTING, tuple(counted.values())
    run = [*(gone.get(one.id, one) for one in at.signoffs), *(one.signoff for one in verdicts if one.counts)]
    claim = None if signed else claim or at.claim
    stands = standing(at.policy, run, digest, claim)
    if claim is not None and claim.step != stands.next_step:
        claim = None
    if claim is None and stands.next_step is not None:
        claim = reopened(at.policy, run, digest)
        stands = standing(at.policy, run, digest, claim)
    state = state_after(
        replace(at.situation(), state=StoryState.IN_REVISION, standing=stands, claim=claim, empty=empty)
    )
    return state, tuple(one for one in counted.values() if stands.valid.get(one.step) != gone.get(one.id, one))


def joined(here: Comment | None, there: Comment) -> Comment | None:
    """The thread here with what was said there: its new notes, its corrected ones, and that it is dealt with.

    None where it brings nothing new. What is resolved here stays so.
    """
    if here is None:
        return there
    known = {note.id: note for note in here.notes}
    notes = list(here.notes)
    for note in there.notes:
        mine = known.get(note.id)
        if mine is None:
            notes.append(note)
        elif (note.changed_at or "") > (mine.changed_at or "") and note.text != mine.text:
            notes[notes.index(mine)] = replace(mine, text=note.text, changed_at=note.changed_at)
    notes.sort(key=lambda note: (note.at, note.id))
    resolved = here if here.resolved_at is not None or there.resolved_at is None else there
    made = replace(here, notes=tuple(notes), resolved_by=resolved.resolved_by, resolved_at=resolved.resolved_at)
    return made if made != here else None
