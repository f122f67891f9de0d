"""Who has a story in hand, as the strip's menu offers it: what may be done now, and what not with the reason why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from desktop_app.desk.stories import StoryFile
from desktop_app.domain import workflow
from desktop_app.domain.duties import Due, due
from desktop_app.domain.people import Person
from desktop_app.domain.story import StoryState
from desktop_app.foundation.ids import moment
from desktop_app.foundation.messages import N_, Message

HANDS = frozenset({"assign", "unassign", "reassign", "unclaim", "recall"})


@dataclass(frozen=True, slots=True)
class OtherAct:
    """An act beside the next step; ``reason`` is None where the person at the desk may do it now."""

    action: str
    step: str | None
    label: Message
    reason: Message | None = None


def hand_acts(file: StoryFile, person: Person) -> list[OtherAct]:
    """Assigning, handing on, giving back and recalling, each where the state of the story has a use for it."""
    at = file.situation
    step = at.open_step()
    if at.state not in workflow.WORKING or step is None:
        return []
    given = "-"  # stands for the note that the dialog will ask for
    drafting = at.state in workflow.DRAFT
    acts: list[OtherAct] = []

    def offer(action: str, label: Message, guard: Callable[[Person], Message | None]) -> None:
        acts.append(OtherAct(action, step.name, label, _why_not(file, person, guard)))

    if at.state is StoryState.SUBMITTED:
        offer("recall", N_("Recall the draft…"), lambda who: workflow.may_recall(at, who))
    if at.holder is not None:
        label = N_("Give the review back…")
        if at.holder != person.id:
            label = N_("Take the review from {name}…", name=name_of(file, at.holder))
        offer("unclaim", label, lambda who: workflow.may_unclaim(at, who, given))
    offer("assign", _assign_label(file), lambda who: workflow.may_assign(at, who, None))
    if file.assignment is not None:
        offer("unassign", N_("Take the assignment away"), lambda who: workflow.may_assign(at, who, None))
    if at.holder is not None or (drafting and at.drafter is not None):
        offer("reassign", N_("Hand to somebody else…"), lambda who: workflow.may_reassign(at, who, given))
    return acts


def _assign_label(file: StoryFile) -> Message:
    step = file.situation.open_step()
    title = step.title if step is not None else ""
    if file.assignment is not None:
        return N_("Change the assignment of “{step}”…", step=title)
    return N_("Assign “{step}”…", step=title)


def _why_not(file: StoryFile, person: Person, guard: Callable[[Person], Message | None]) -> Message | None:
    """The reason with whom to ask, None where the way is free."""
    reason = guard(person)
    if reason is None:
        return None
    able = ", ".join(one.name for one in file.people.values() if one.id != person.id and guard(one) is None)
    return N_("{reason}; ask one of: {names}", reason=reason, names=able) if able else reason


def name_of(file: StoryFile, person: str | None) -> str:
    """A person's name as the strip has it."""
    found = file.people.get(person or "")
    return found.name if found else "?"


def due_of(file: StoryFile, now: datetime) -> Due | None:
    """The deadline of the open step in words, as it looks from ``now``; None without one."""
    given = file.assignment
    if given is None or given.deadline is None:
        return None
    return due(moment(given.deadline).astimezone(), now.astimezone())
