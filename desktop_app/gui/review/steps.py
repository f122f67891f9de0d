"""Where a story stands in words: its steps, the next act with who may do it, and the acts beside it. No widgets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from desktop_app.desk.stories import StoryFile
from desktop_app.domain import workflow
from desktop_app.domain.people import Person, Role
from desktop_app.domain.policy import Step, StepKind
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.story import StoryState
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.texts import Texts

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


def by_whom(kind: StepKind) -> Message:
    """Whose roles let them do a step of this kind, as ``domain.people`` has it; any of them may write."""
    if kind is StepKind.DRAFT:
        return N_("by a translator")
    may = Person.may_approve if kind is StepKind.APPROVAL else Person.may_review
    able = frozenset(role for role in Role if may(Person("", "", roles=frozenset({role}))))
    return _BY.get(able, N_("by somebody else"))


@dataclass(frozen=True, slots=True)
class StepView:
    """One step as the strip shows it. ``kind`` is ``signed``, ``stale``, ``open`` or ``later``."""

    name: str
    title: str
    kind: str
    glyph: str
    word: str
    detail: str


@dataclass(frozen=True, slots=True)
class NextAct:
    """The next step: ``reason`` is None when the person at the desk may do it, otherwise why not; ``who`` may."""

    action: str
    step: str | None
    label: Message
    reason: Message | None = None
    who: Message | None = None


@dataclass(frozen=True, slots=True)
class OtherAct:
    """An act beside the next step, which the person at the desk may do now."""

    action: str
    step: str | None
    label: Message


def newest_signoffs(file: StoryFile) -> dict[str, SignOff]:
    """The newest sign-off of each step that nobody has withdrawn."""
    return {signoff.step: signoff for signoff in file.signoffs if signoff.withdrawn_at is None}


def step_views(file: StoryFile, texts: Texts) -> list[StepView]:
    """The policy's steps in order: who, when, and whether it counts."""
    newest = newest_signoffs(file)
    return [_view(file, step, number, newest.get(step.name), texts) for number, step in enumerate(file.policy.steps, 1)]


def _view(file: StoryFile, step: Step, number: int, signoff: SignOff | None, texts: Texts) -> StepView:
    title = texts(step.title)
    if signoff is not None:
        name = _name(file, signoff.person)
        when = texts.moment(datetime.fromisoformat(signoff.at))
        if file.counts(signoff):
            return StepView(step.name, title, "signed", "✓", texts(N_("signed")), f"{name} · {when}")
        stale = texts(N_("stale"))
        return StepView(step.name, title, "stale", "!", stale, f"{stale} · {name} · {when}")
    claim = file.situation.claim
    if claim is not None and claim.step == step.name and claim.person is not None:
        detail = N_("{name} · claimed", name=_name(file, claim.person))
        return StepView(step.name, title, "open", str(number), texts(N_("claimed")), texts(detail))
    if file.situation.standing.next_step == step.name and file.story.state not in workflow.CLOSED:
        return StepView(step.name, title, "open", str(number), texts(N_("next")), _waiting_for(file, step, texts))
    return StepView(step.name, title, "later", str(number), texts(N_("to come")), texts(by_whom(step.kind)))


def _waiting_for(file: StoryFile, step: Step, texts: Texts) -> str:
    drafter = file.story.drafter
    if step.kind is StepKind.DRAFT and drafter is not None:
        return texts(N_("{name} · writing", name=_name(file, drafter)))
    return texts(by_whom(step.kind))


def _name(file: StoryFile, person: str | None) -> str:
    found = file.people.get(person or "")
    return found.name if found else "?"


def next_act(file: StoryFile, person: Person | None) -> NextAct | None:
    """The act that takes the story on, None where there is nothing more to do."""
    at = file.situation
    if at.state is StoryState.DROPPED:
        return _act(file, person, "restore", None, N_("Take up again"), lambda _: workflow.may_restore(at))
    if at.state is StoryState.UNPUBLISHED:
        return _act(file, person, "correct", None, N_("Begin a correction…"), lambda _: None)
    if at.state is StoryState.APPROVED:
        return _act(file, person, "release", None, N_("Release…"), lambda p: workflow.may_release(at, p))
    if at.state is StoryState.RELEASED:
        return NextAct("export", None, N_("Export…"))
    step = at.open_step()
    return _signing_act(file, person, step) if step is not None and at.state in workflow.WORKING else None


def _signing_act(file: StoryFile, person: Person | None, step: Step) -> NextAct:
    at = file.situation
    if step.kind is StepKind.DRAFT:
        return _act(file, person, "submit", step, N_("Submit…"), lambda p: workflow.may_submit(at, p))
    if step.kind is StepKind.APPROVAL:
        return _act(file, person, "approve", step, N_("Approve…"), lambda p: workflow.may_sign(at, step, p))
    if at.holder is None:
        label = _CLAIM.get(step.name, N_("Claim “{step}”", step=step.title))
        return _act(file, person, "claim", step, label, lambda p: workflow.may_claim(at, p))
    label = _SIGN.get(step.name, N_("Sign “{step}”…", step=step.title))
    return _act(file, person, "sign", step, label, lambda p: workflow.may_sign(at, step, p))


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
    able = [other.name for other in file.people.values() if other.id != person.id and guard(other) is None]
    who = N_("Waits for {names}", names=", ".join(able)) if able else N_("Not yet")
    return NextAct(action, name, label, reason, who)


def other_acts(file: StoryFile, person: Person | None) -> list[OtherAct]:
    """What else the person may do now, for the overflow menu."""
    at = file.situation
    acts: list[OtherAct] = []
    if person is not None:
        given = "-"  # stands for the note that the dialog will ask for
        if workflow.may_return(at, person, given) is None:
            acts.append(OtherAct("return", None, N_("Return to the drafter…")))
        for signoff in newest_signoffs(file).values():
            if workflow.may_withdraw(at, signoff, person, given) is None:
                step = file.policy.step(signoff.step)
                title = step.title if step else N_("?")
                acts.append(OtherAct("withdraw", signoff.step, N_("Withdraw my sign-off “{step}”…", step=title)))
        if at.state is StoryState.RELEASED:
            acts.append(OtherAct("correct", None, N_("Begin a correction…")))
        if workflow.may_unpublish(at, person) is None:
            acts.append(OtherAct("unpublish", None, N_("Unpublish…")))
        if workflow.may_drop(at, person) is None:
            acts.append(OtherAct("drop", None, N_("Drop the story…")))
    if at.state not in {StoryState.RELEASED, StoryState.DROPPED, StoryState.KILLED}:
        acts.append(OtherAct("export", None, N_("Export…")))
    return acts
