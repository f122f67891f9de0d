"""The acts of the state machine for its table: the pure guard of each, and the desk's function that carries it out.

Both are asked with everything that can be chosen chosen well (a note is given, a step goes to somebody who may take
it), so that what a cell says is about the state and the person alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.desk import correcting, duties, editing, embargoes, handing_on, publishing, source_changes, workflow
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.stories import StoryFile, open_story
from desktop_app.domain import publication
from desktop_app.domain import workflow as rules
from desktop_app.domain.edits import set_target
from desktop_app.domain.people import Person
from desktop_app.domain.policy import Step, StepKind
from desktop_app.domain.publication import Judgement
from desktop_app.domain.signoff import SignOff
from desktop_app.foundation.messages import Message

WHY = "There is a reason."
UNTIL, ZONE = "2099-01-01T08:00:00.000000Z", "Asia/Shanghai"


@dataclass(frozen=True)
class Act:
    """``guard`` says why not, or None; ``do`` does it through the desk."""

    guard: Callable[[StoryFile, Person], Message | None]
    do: Callable[[Desk, StoryFile, Person], Changes]


def _review(file: StoryFile) -> Step:
    """The review that is open, else the last one."""
    step = file.situation.open_step()
    return step if step is not None and step.kind is StepKind.REVIEW else file.policy.reviews()[-1]


def _approval(file: StoryFile) -> Step:
    return file.policy.steps[-1]


def _withdrawn(file: StoryFile, person: Person) -> SignOff | None:
    """The sign-off that ``withdraw`` takes back when no step is named."""
    own = [one for one in file.current if one.withdrawn_at is None and one.person == person.id]
    found = [one for one in own if file.counts(one)] or own
    return found[-1] if found else None


def _draft(file: StoryFile, person: Person) -> SignOff | None:
    """The draft's sign-off, whoever gave it, one's own first."""
    given = [one for one in file.current if one.withdrawn_at is None and one.step == file.policy.steps[0].name]
    return next((one for one in reversed(given) if one.person == person.id), given[-1] if given else None)


def _able(file: StoryFile, guard: Callable[[rules.Situation, Person], Message | None]) -> Person:
    """Somebody whom a step or a story can be given to: the first who may have it, else anybody."""
    at, people = file.situation, list(file.people.values())
    return next((one for one in people if guard(at, one) is None), people[0])


def _assignee(file: StoryFile) -> Person:
    return _able(file, rules.may_be_assigned)


def _taker(file: StoryFile) -> Person:
    return _able(file, rules.may_take_over)


def _edit(desk: Desk, file: StoryFile, by: Person) -> Changes:
    segment = list(file.story.content.segments())[1]
    text = f"Typed by {by.name} at {desk.now():%H:%M:%S}."
    return editing.edit_story(desk, file.story.id, [set_target(segment, text)], by=by)


def _change_source(desk: Desk, file: StoryFile, by: Person) -> Changes:
    segment = list(file.story.content.segments())[1]
    new = source_changes.source_of_part(segment.id, f"{segment.source}又改了。")
    return source_changes.take_in(desk, file.story.id, new, by=by, note=WHY).changes


def _approve_later(file: StoryFile, person: Person) -> Message | None:
    return publication.may_approve_later(next(iter(file.publication.unapproved), None), person, file.story.state)


ACTS: dict[str, Act] = {
    "edit": Act(lambda f, p: rules.may_edit(f.situation, p.id), _edit),
    "submit": Act(lambda f, p: rules.may_submit(f.situation, p), lambda d, f, p: workflow.submit(d, f.story.id, by=p)),
    "claim": Act(lambda f, p: rules.may_claim(f.situation, p), lambda d, f, p: workflow.claim(d, f.story.id, by=p)),
    "unclaim": Act(
        lambda f, p: rules.may_unclaim(f.situation, p, WHY),
        lambda d, f, p: handing_on.unclaim(d, f.story.id, by=p, note=WHY),
    ),
    "return": Act(
        lambda f, p: rules.may_return(f.situation, p, WHY),
        lambda d, f, p: workflow.give_back(d, f.story.id, by=p, note=WHY),
    ),
    "recall": Act(
        lambda f, p: rules.may_recall(f.situation, p), lambda d, f, p: handing_on.recall(d, f.story.id, by=p)
    ),
    "reassign": Act(
        lambda f, p: rules.may_reassign(f.situation, p, WHY) or rules.may_take_over(f.situation, _taker(f)),
        lambda d, f, p: handing_on.reassign(d, f.story.id, to=_taker(f), by=p, note=WHY),
    ),
    "assign": Act(
        lambda f, p: (
            rules.may_assign(f.situation, p, _assignee(f).id) or rules.may_be_assigned(f.situation, _assignee(f))
        ),
        lambda d, f, p: duties.assign(d, f.story.id, to=_assignee(f), by=p),
    ),
    "assign oneself": Act(
        lambda f, p: rules.may_assign(f.situation, p, p.id) or rules.may_be_assigned(f.situation, p),
        lambda d, f, p: duties.assign(d, f.story.id, to=p, by=p),
    ),
    "withdraw": Act(
        lambda f, p: rules.may_withdraw(f.situation, _withdrawn(f, p), p, WHY),
        lambda d, f, p: workflow.withdraw(d, f.story.id, by=p, note=WHY),
    ),
    "withdraw draft": Act(
        lambda f, p: rules.may_withdraw(f.situation, _draft(f, p), p, WHY),
        lambda d, f, p: workflow.withdraw(d, f.story.id, by=p, note=WHY, step=f.policy.steps[0].name),
    ),
    "sign": Act(
        lambda f, p: rules.may_sign(f.situation, _review(f), p),
        lambda d, f, p: workflow.sign(d, f.story.id, step=_review(f).name, by=p),
    ),
    "approve": Act(
        lambda f, p: rules.may_sign(f.situation, _approval(f), p),
        lambda d, f, p: workflow.sign(d, f.story.id, step=_approval(f).name, by=p),
    ),
    "release": Act(
        lambda f, p: publication.may_release(f.situation, p, f.publication, NOW),
        lambda d, f, p: publishing.release(d, f.story.id, by=p),
    ),
    "release early": Act(
        lambda f, p: publication.may_release_early(f.situation, p, WHY, f.publication, NOW),
        lambda d, f, p: publishing.release_early(d, f.story.id, by=p, note=WHY),
    ),
    "approve later": Act(_approve_later, lambda d, f, p: publishing.approve_later(d, f.story.id, by=p)),
    "correct": Act(
        lambda f, p: publication.may_correct(f.situation, p, WHY),
        lambda d, f, p: correcting.correct(d, f.story.id, by=p, note=WHY),
    ),
    "give up": Act(
        lambda f, p: publication.may_give_up(f.situation, p, f.publication, WHY),
        lambda d, f, p: correcting.give_up(d, f.story.id, by=p, note=WHY),
    ),
    "unpublish": Act(
        lambda f, p: publication.may_unpublish(f.situation, p),
        lambda d, f, p: publishing.unpublish(d, f.story.id, by=p),
    ),
    "republish": Act(
        lambda f, p: publication.may_republish(f.situation, p, f.publication, NOW),
        lambda d, f, p: publishing.republish(d, f.story.id, by=p),
    ),
    "drop": Act(
        lambda f, p: publication.may_drop(f.situation, p, WHY),
        lambda d, f, p: publishing.drop(d, f.story.id, by=p, note=WHY),
    ),
    "restore": Act(
        lambda f, p: publication.may_restore(f.situation, p, WHY),
        lambda d, f, p: publishing.restore_dropped(d, f.story.id, by=p, note=WHY),
    ),
    "kill": Act(
        lambda f, p: publication.may_kill(f.situation, p, f.publication.kill_asked_by, WHY),
        lambda d, f, p: publishing.kill(d, f.story.id, by=p, note=WHY),
    ),
    "spare": Act(
        lambda f, p: publication.may_spare(f.situation, p, f.publication.kill_asked_by),
        lambda d, f, p: publishing.spare(d, f.story.id, by=p),
    ),
    "change source": Act(lambda f, p: publication.may_change_source(f.situation, p), _change_source),
    "source: same": Act(
        lambda f, p: publication.may_judge_source(f.situation, p, f.publication, WHY),
        lambda d, f, p: source_changes.judge(d, f.story.id, Judgement.NO_EFFECT, by=p, note=WHY),
    ),
    "source: reopen": Act(
        lambda f, p: publication.may_judge_source(f.situation, p, f.publication, WHY),
        lambda d, f, p: source_changes.judge(d, f.story.id, Judgement.REOPEN, by=p, note=WHY),
    ),
    "embargo": Act(
        lambda f, p: publication.may_set_embargo(f.situation, p, WHY, _wish(f)),
        lambda d, f, p: embargoes.set_embargo(d, f.story.id, UNTIL, ZONE, by=p, reason=WHY),
    ),
    "confirm lift": Act(
        lambda f, p: publication.may_answer_embargo(f.situation, p, _wish(f), confirm=True),
        lambda d, f, p: embargoes.answer(d, f.story.id, confirm=True, by=p),
    ),
    "refuse lift": Act(
        lambda f, p: publication.may_answer_embargo(f.situation, p, _wish(f), confirm=False),
        lambda d, f, p: embargoes.answer(d, f.story.id, confirm=False, by=p),
    ),
}
NOW = "2024-02-01T00:00:00.000000Z"


def _wish(file: StoryFile) -> publication.EmbargoWish | None:
    return file.publication.embargo.wish if file.publication.embargo is not None else None


# What only brings a story into a state.
STAGING: dict[str, Callable[[Desk, StoryFile, Person], Changes]] = {
    "hand to sun": lambda d, f, p: handing_on.reassign(
        d, f.story.id, to=next(one for one in f.people.values() if one.name == "SUN Yue"), by=p, note=WHY
    ),
    "lift embargo": lambda d, f, p: embargoes.lift(d, f.story.id, by=p, reason=WHY),
}


def carry_out(desk: Desk, story: str, act: str, by: Person) -> Changes:
    """Do one act of the table, or one that brings a story into a state."""
    file = open_story(desk, story)
    return STAGING[act](desk, file, by) if act in STAGING else ACTS[act].do(desk, file, by)
