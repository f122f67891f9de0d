"""Where a story stands in words: its steps, the next act with who may do it, and the acts beside it. No widgets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from desktop_app.desk.stories import StoryFile
from desktop_app.domain import publication, workflow
from desktop_app.domain.people import Person, Role, called, name_list, role_list
from desktop_app.domain.policy import POLICIES, Step, StepKind
from desktop_app.domain.publication_acts import ACTS, label_of, publication_acts, why_not
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.statements import shortened
from desktop_app.domain.story import StoryState
from desktop_app.foundation.ids import stamp, utc_now
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.early import approved_late
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.review.hand_acts import OtherAct, due_of, hand_acts

_CLAIM: Mapping[str, Message] = MappingProxyType(
    {
        "revision": N_("Claim revision"),
        "first": N_("Claim first review"),
        "second": N_("Claim second review"),
        "final": N_("Claim final review"),
    }
)
_SIGN: Mapping[str, Message] = MappingProxyType(
    {
        "revision": N_("Sign revision…"),
        "first": N_("Sign first review…"),
        "second": N_("Sign second review…"),
        "final": N_("Sign final review…"),
    }
)
_BY: Mapping[frozenset[Role], Message] = MappingProxyType(
    {
        frozenset({Role.REVISER}): N_("by a reviser"),
        frozenset({Role.EDITOR}): N_("by an editor"),
        frozenset({Role.REVISER, Role.EDITOR}): N_("by a reviser or editor"),
    }
)
NOBODY = N_("choose who is at the desk first")


def by_whom(kind: StepKind, roles: frozenset[Role] = frozenset()) -> Message:
    """Whose roles let them do a step of this kind, as ``domain.people`` has it, or the policy with its ``roles``."""
    if roles:
        return _BY.get(roles, N_("by one of: {roles}", roles=role_list(roles)))
    if kind is StepKind.DRAFT:
        return N_("by a translator")
    may = Person.may_approve if kind is StepKind.APPROVAL else Person.may_review
    able = frozenset(role for role in Role if may(Person("", "", roles=frozenset({role}))))
    return _BY.get(able, N_("by somebody else"))


@dataclass(frozen=True, slots=True)
class StepView:
    """One step as the strip shows it. ``kind`` is ``signed``, ``stale``, ``open`` or ``later``.

    ``proof`` says what a sign-off rests on: which key, none, or a signature that does not hold. ``late`` says that the
    deadline in ``detail`` is over. ``who`` and ``when`` are the parts of ``detail`` that give way where it is narrow;
    ``full`` is the detail with names in both languages, for where there is room.
    """

    name: str
    title: str
    kind: str
    glyph: str
    word: str
    detail: str
    proof: str = ""
    late: bool = False
    who: str = ""
    when: str = ""
    full: str = ""


@dataclass(frozen=True, slots=True)
class NextAct:
    """The next step: ``reason`` is None when the person at the desk may do it, otherwise why not; ``who`` may."""

    action: str
    step: str | None
    label: Message
    reason: Message | None = None
    who: Message | None = None


def newest_signoffs(file: StoryFile) -> dict[str, SignOff]:
    """The newest sign-off of each step of the policy as it is that nobody has withdrawn."""
    return {
        signoff.step: signoff for signoff in file.current if signoff.withdrawn_at is None and signoff.under(file.policy)
    }


def step_views(file: StoryFile, texts: Texts, now: datetime | None = None) -> list[StepView]:
    """The policy's steps in order: who, when, and whether it counts; the open one with its deadline as of ``now``."""
    newest = newest_signoffs(file)
    steps = enumerate(file.policy.steps, 1)
    found = [_view(file, step, number, newest.get(step.name), texts) for number, step in steps]
    until = due_of(file, now or utc_now())
    if until is None:
        return found
    words = texts(until.words)
    return [
        replace(view, detail=f"{words} · {view.detail}", full=f"{words} · {view.full}", late=until.late)
        if file.assignment is not None and view.name == file.assignment.step and view.kind in {"open", "stale"}
        else view
        for view in found
    ]


def _view(file: StoryFile, step: Step, number: int, signoff: SignOff | None, texts: Texts) -> StepView:
    title = texts(step.title)
    early = file.publication.emergency
    counts = signoff is not None and (file.counts(signoff) or signoff.id in file.unproven)
    if early is not None and step.kind is not StepKind.DRAFT and not counts:
        return _early_view(file, step, number, early, texts)
    if signoff is not None:
        when = texts.moment(datetime.fromisoformat(signoff.at))
        proof = texts(proof_of(file, signoff))
        if file.counts(signoff) and signoff.id not in file.unproven:
            view = StepView(step.name, title, "signed", "✓", texts(N_("signed")), "", proof)
            return _told(file, view, signoff.person, texts, when=when)
        stale = texts(N_("signature does not hold") if signoff.id in file.unproven else N_("stale"))
        view = StepView(step.name, title, "stale", "!", stale, "", proof)
        return _told(file, view, signoff.person, texts, before=stale, when=when)
    claim = file.situation.claim
    if claim is not None and claim.step == step.name and claim.person is not None:
        view = StepView(step.name, title, "open", str(number), texts(N_("claimed")), "")
        return _told(file, view, claim.person, texts, N_("{name} · claimed"))
    if file.situation.standing.next_step == step.name and file.story.state not in workflow.CLOSED:
        return _waiting_view(file, step, number, texts)
    return _unnamed(StepView(step.name, title, "later", str(number), texts(N_("to come")),
                             texts(by_whom(step.kind, step.roles))))  # fmt: skip


def _early_view(file: StoryFile, step: Step, number: int, early: publication.Emergency, texts: Texts) -> StepView:
    """A step that what went out in an emergency does not rest on: pending, or made good by the approval afterwards.

    A sign-off of it may be there, given for other words: nothing of it is stale, for nothing was built on it.
    """
    title, told = texts(step.title), approved_late(early, file.people)
    if told is None:
        word = texts(N_("pending"))
        review = step.kind is StepKind.REVIEW
        rest = texts(N_("left out") if review else by_whom(step.kind, step.roles))
        view = StepView(step.name, title, "later" if review else "open", str(number), word, f"{word} · {rest}")
        return _unnamed(view)
    when = texts.moment(datetime.fromisoformat(early.approved_at or early.at))
    proof = "\n".join((texts(told), texts(_stated(early.id, early.approval_key, file))))
    view = StepView(step.name, title, "signed", "✓", texts(N_("approved afterwards")), "", proof)
    return _told(file, view, early.approved_by, texts, before=view.word, when=when)


def _waiting_view(file: StoryFile, step: Step, number: int, texts: Texts) -> StepView:
    """The step that is next: for whom, as it was assigned or is being written, or by whom it can be done."""
    view = StepView(step.name, texts(step.title), "open", str(number), texts(N_("next")), "")
    drafter = file.story.drafter
    if file.assignment is not None and file.assignment.person is not None:
        return _told(file, view, file.assignment.person, texts, N_("for {name}"))
    if step.kind is StepKind.DRAFT and drafter is not None:
        return _told(file, view, drafter, texts, N_("{name} · writing"))
    return _unnamed(replace(view, detail=texts(by_whom(step.kind, step.roles))))


_ALONE = Message("{name}")


def _told(
    file: StoryFile, view: StepView, person: str | None, texts: Texts, words: Message = _ALONE, *,
    before: str = "", when: str = "",
) -> StepView:  # fmt: skip
    """A step with who in its detail: ``words`` say it with a ``{name}`` in them."""

    def detail(name: Message) -> str:
        return " · ".join(part for part in (before, texts(Message(words.key, {"name": name})), when) if part)

    short, full = called(file.people, person), called(file.people, person, full=True)
    return replace(view, detail=detail(short), who=texts(short), when=when, full=detail(full))


def _unnamed(view: StepView) -> StepView:
    return replace(view, full=view.detail)


def what_waits(file: StoryFile) -> Message | None:
    """What has to come next of a story that its state alone does not tell; None where nobody waits for anything."""
    at = file.situation
    if at.state is StoryState.RELEASED and file.publication.unapproved:
        return N_("Released in an emergency: the approval by a second person waits.")
    if at.state is StoryState.APPROVED:
        return N_("The release waits.")
    step = at.open_step() if at.state in {StoryState.SUBMITTED, StoryState.IN_REVISION} else None
    return N_("{step} waits", step=step.title) if step is not None and at.holder is None else None


def proof_of(file: StoryFile, signoff: SignOff) -> Message:
    """What a sign-off rests on: the key it was signed with, none, or why its signature does not hold."""
    return _stated(signoff.id, signoff.key, file)


def _stated(identity: str, key: str | None, file: StoryFile) -> Message:
    if identity in file.unproven:
        return N_("the signature does not hold: {reason}", reason=file.unproven[identity])
    return N_("without a signature") if key is None else N_("signed with key {key}", key=shortened(key))


def next_act(file: StoryFile, person: Person | None) -> NextAct | None:
    """The act that takes the story on, None where there is nothing more to do."""
    at = file.situation
    if at.state is StoryState.DROPPED:
        return _publishing_act(file, person, "restore")
    if at.state is StoryState.UNPUBLISHED:
        return replace(_publishing_act(file, person, "republish"), label=N_("Release again…"))
    if at.state is StoryState.APPROVED:
        return _publishing_act(file, person, "release")
    if at.state is StoryState.RELEASED:
        return NextAct("export", None, N_("Export…"))
    step = at.open_step()
    return _signing_act(file, person, step) if step is not None and at.state in workflow.WORKING else None


def _publishing_act(file: StoryFile, person: Person | None, action: str) -> NextAct:
    at, about, now = file.situation, file.publication, stamp(utc_now())
    return _act(file, person, action, None, label_of(action, about), lambda p: why_not(action, at, about, p, now))


def _signing_act(file: StoryFile, person: Person | None, step: Step) -> NextAct:
    at = file.situation
    if step.kind is StepKind.DRAFT:
        return _act(file, person, "submit", step, N_("Submit…"), lambda p: workflow.may_submit(at, p))
    if step.kind is StepKind.APPROVAL:
        return _act(file, person, "approve", step, N_("Approve…"), lambda p: workflow.may_sign(at, step, p))
    if at.holder is None:
        label = _worded(_CLAIM, step, N_("Claim “{step}”", step=step.title))
        return _act(file, person, "claim", step, label, lambda p: workflow.may_claim(at, p))
    label = _worded(_SIGN, step, N_("Sign “{step}”…", step=step.title))
    return _act(file, person, "sign", step, label, lambda p: workflow.may_sign(at, step, p))


def _worded(words: Mapping[str, Message], step: Step, usual: Message) -> Message:
    """The words for a step of the program's; a house's own may bear the same name and another title."""
    ours = any(step.titles == known.titles for policy in POLICIES.values() if (known := policy.step(step.name)))
    return words.get(step.name, usual) if ours else usual


def _act(
    file: StoryFile,
    person: Person | None,
    action: str,
    step: Step | None,
    label: Message,
    guard: Callable[[Person], Message | None],
) -> NextAct:
    name = step.name if step else None
    if person is None:
        return NextAct(action, name, label, NOBODY, N_("Nobody is at the desk"))
    reason = guard(person)
    if reason is None:
        return NextAct(action, name, label)
    able = [other for other in file.people.values() if other.id != person.id and guard(other) is None]
    who = N_("Waits for {names}", names=name_list(able)) if able else N_("Not yet")
    return NextAct(action, name, label, reason, who)


def why_unused(action: str, file: StoryFile, person: Person | None) -> Message | None:
    """Why the menu does not offer an act for a story in this state, as its guard has it."""
    if person is None:
        return NOBODY
    at, given = file.situation, "-"
    if action in {"correct", "unpublish"} and not at.public and at.state not in workflow.CLOSED:
        return N_("nothing of this story was released")
    if action == "unassign" and file.assignment is None:
        return N_("the next step of this story is not assigned")
    if action == "unclaim" and at.state in workflow.WORKING and at.holder is None:
        return N_("nobody has the review of this story in hand")
    if action in ACTS:
        return why_not(action, at, file.publication, person, stamp(utc_now()))
    guards: Mapping[str, Callable[[], Message | None]] = {
        "return": lambda: workflow.may_return(at, person, given),
        "assign": lambda: workflow.may_assign(at, person, None),
        "unassign": lambda: workflow.may_assign(at, person, None),
        "reassign": lambda: workflow.may_reassign(at, person, given),
        "unclaim": lambda: workflow.may_unclaim(at, person, given),
        "recall": lambda: workflow.may_recall(at, person),
    }
    return guards[action]() if action in guards else None


def other_acts(file: StoryFile, person: Person | None) -> list[OtherAct]:
    """What else the person may do now, for the overflow menu."""
    at = file.situation
    acts: list[OtherAct] = []
    if person is not None:
        given = "-"  # stands for the note that the dialog will ask for
        if workflow.may_return(at, person, given) is None:
            acts.append(OtherAct("return", None, N_("Return to the drafter…")))
        acts += hand_acts(file, person)
        for signoff in newest_signoffs(file).values():
            recalled = at.state is StoryState.SUBMITTED  # that is what withdrawing comes to here
            if not recalled and workflow.may_withdraw(at, signoff, person, given) is None:
                step = file.signed_step(signoff)
                title = step.title if step else N_("?")
                acts.append(OtherAct("withdraw", signoff.step, N_("Withdraw my sign-off “{step}”…", step=title)))
        offers = publication_acts(at, file.publication, person, stamp(utc_now()))
        acts += [OtherAct(one.action, None, one.label, one.reason) for one in offers]
    if at.state not in {StoryState.RELEASED, StoryState.DROPPED, StoryState.KILLED}:
        acts.append(OtherAct("export", None, N_("Export…")))
    return acts
