"""Duties: giving the next step of a story to somebody with a deadline, and the list of all that waits for a person."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.policies import known_policies, listed_policy
from desktop_app.desk.publishing import Waiting, waiting_in
from desktop_app.desk.standing import settled_standing, situation_of, that_can_count
from desktop_app.desk.stories import StoryFile, story_file, story_row
from desktop_app.desk.workflow import require
from desktop_app.domain import publication, workflow
from desktop_app.domain.duties import Assignment, Duty, DutyKind, urgency
from desktop_app.domain.people import Person
from desktop_app.domain.policy import StepKind
from desktop_app.domain.publication import Publication
from desktop_app.domain.records import StorySummary
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.story import Bilingual
from desktop_app.domain.workflow import DRAFT, WORKING, Situation
from desktop_app.foundation.errors import NotAllowedError, WrongUsageError
from desktop_app.foundation.ids import stamp
from desktop_app.foundation.messages import N_
from desktop_app.store import duties as store
from desktop_app.store import publication as publication_store
from desktop_app.store.archive import Session
from desktop_app.store.duties import Facts


def assign(
    desk: Desk, story: str, *, by: Person, to: Person | None = None, anyone: bool = False,
    deadline: datetime | None = None, note: str = "",
) -> Changes:  # fmt: skip
    """Give the next step to ``to`` until ``deadline``; without ``to``, to whoever has it, or to ``anyone``.

    It replaces what was said before and ends when the step is signed or the story leaves it. It keeps nobody else from
    taking the step who may.

    Raises:
        NotAllowedError: the state or the person's roles forbid it, or ``to`` may not take the step.
        WrongUsageError: the deadline is over already, or nothing is said.
    """
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        had = file.assignment
        person = to.id if to is not None else None
        if to is None and not anyone:
            person = had.person if had is not None else row.claimed_by
        require(lambda at, who, _note: workflow.may_assign(at, who, person), file, by)
        if to is not None:
            _require_able(file, to)
        until = stamp(deadline) if deadline is not None else None
        if until is not None and until <= unit.at:
            raise WrongUsageError(
                N_("This deadline is over already."), subject=file.story.slug, advice=N_("Choose a later moment.")
            )
        if person is None and until is None:
            raise WrongUsageError(
                N_("An assignment names a person or a deadline."), subject=file.story.slug,
                advice=N_("Say who is to do it (--to), or until when (--deadline)."),
            )  # fmt: skip
        step = file.situation.open_step()
        assert step is not None, "the guard has seen an open step"
        given = Assignment(step.name, person, until, note.strip(), by.id, unit.at)
        if had is not None and (had.person, had.deadline, had.note) == (person, until, given.note):
            return Changes()
        store.assign(unit.session, row.id, given)
        row.updated_at = unit.at
        named = file.people.get(person or "")
        unit.record(
            "step assigned" if named is not None else "deadline set", person=by.id, story=row.id, step=step.name,
            to=person, name=named.name if named is not None else "", deadline=until, note=given.note,
        )  # fmt: skip
        return Changes(stories=frozenset({row.id}))


def _require_able(file: StoryFile, to: Person) -> None:
    """Refuse somebody who could not take the step, and say who could."""
    reason = workflow.may_be_assigned(file.situation, to)
    if reason is None:
        return
    able = [one.name for one in file.people.values() if workflow.may_be_assigned(file.situation, one) is None]
    names = ", ".join(able)
    advice = N_("It can be assigned to: {names}.", names=names) if able else N_("There is nobody who may take it.")
    raise NotAllowedError(N_("Not allowed: {reason}.", reason=reason), subject=file.story.slug, advice=advice)


def unassign(desk: Desk, story: str, *, by: Person) -> Changes:
    """Take the assignment of the next step away, with its deadline; where there is none, nothing is written.

    Raises:
        NotAllowedError: the state or the person's roles forbid it.
    """
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        require(lambda at, who, _note: workflow.may_assign(at, who, None), file, by)
        if file.assignment is None:
            return Changes()
        store.end_assignment(unit.session, row.id)
        row.updated_at = unit.at
        unit.record("assignment ended", person=by.id, story=row.id, step=file.assignment.step)
        return Changes(stories=frozenset({row.id}))


# ---- what waits for a person


@dataclass(frozen=True, slots=True)
class AtWork:
    """A story that is being worked on, without its text: what the guards ask, its sign-offs, who was given the step.

    ``about`` has what may keep it in, ``now`` is the moment at which that is asked.
    """

    facts: Facts
    at: Situation
    signoffs: list[SignOff]
    given: Assignment | None
    about: Publication
    now: str

    def is_free_for(self, person: Person) -> bool:
        """Whether the step was given to nobody else."""
        return self.given is None or self.given.person in {None, person.id}


def _returned(work: AtWork, person: Person) -> bool:
    if not _drafts(work, person) or work.facts.released is not None:
        return False
    first = work.at.policy.steps[0].name
    drafts = [signoff for signoff in work.signoffs if signoff.step == first and signoff.kept is None]
    return bool(drafts) and drafts[-1].withdrawn_by not in {None, person.id}


def _drafts(work: AtWork, person: Person) -> bool:
    return work.at.state in DRAFT and work.at.drafter == person.id


def _approves(work: AtWork, person: Person) -> bool:
    step = work.at.open_step()
    if step is None or step.kind is not StepKind.APPROVAL or not work.is_free_for(person):
        return False
    return workflow.may_sign(work.at, step, person) is None


def _releases(work: AtWork, person: Person) -> bool:
    return publication.may_release(work.at, person, work.about, work.now) is None


def _reviews(work: AtWork, person: Person) -> bool:
    return work.at.holder is None and work.is_free_for(person) and workflow.may_claim(work.at, person) is None


# Of one story the first that fits is told. A new kind about a story at work is one line here.
STEPS: Mapping[DutyKind, Callable[[AtWork, Person], bool]] = MappingProxyType(
    {
        DutyKind.ASSIGNED: lambda work, person: work.given is not None and work.given.person == person.id,
        DutyKind.CLAIMED: lambda work, person: work.at.holder == person.id,
        DutyKind.RETURNED: _returned,
        DutyKind.APPROVE: _approves,
        DutyKind.RELEASE: _releases,
        DutyKind.REVIEW: _reviews,
        DutyKind.DRAFT: _drafts,
    }
)


def _told(kind: DutyKind, story: StorySummary, since: str, note: str) -> Duty:
    return Duty(kind, story.id, story.slug, story.headline, story.state, since, note=note)


def _emergencies(waiting: Waiting, person: Person) -> Iterator[Duty]:
    for story, early in waiting.emergencies:
        if publication.may_approve_later(early, person, story.state) is None:
            yield _told(DutyKind.EMERGENCY, story, early.at, early.reason)


def _kills(waiting: Waiting, person: Person) -> Iterator[Duty]:
    for wish in waiting.kills:
        if person.may_approve() and wish.person != person.id:
            yield _told(DutyKind.KILL, wish.story, wish.at, wish.note)


def _embargoes(waiting: Waiting, person: Person) -> Iterator[Duty]:
    for story, embargo in waiting.embargoes:
        if embargo.wish is not None and person.may_approve() and embargo.wish.person != person.id:
            yield _told(DutyKind.EMBARGO, story, embargo.wish.at, embargo.wish.reason)


def _sources(waiting: Waiting, person: Person) -> Iterator[Duty]:
    for story, change in waiting.changes:
        drafted = story.state in WORKING - DRAFT and person.id in {story.drafter, *story.hands}
        if person.may_review() and not drafted and story.claimed_by in {None, person.id}:
            yield _told(DutyKind.SOURCE, story, change.at, change.note)


# What waits beside the steps, whatever the story's state. A new kind is one line here.
MATTERS: Mapping[DutyKind, Callable[[Waiting, Person], Iterator[Duty]]] = MappingProxyType(
    {
        DutyKind.EMERGENCY: _emergencies,
        DutyKind.KILL: _kills,
        DutyKind.EMBARGO: _embargoes,
        DutyKind.SOURCE: _sources,
    }
)


def waiting_for(desk: Desk, person: Person) -> list[Duty]:
    """Everything that waits for ``person``, the most urgent first: the earliest deadline, then what presses more."""
    with desk.archive.read() as session:
        beside = waiting_in(session)
        at_work = _at_work(session, beside, stamp(desk.now()))
        found = [duty for work in at_work if (duty := _duty(work, person)) is not None]
        for matter in MATTERS.values():
            found += matter(beside, person)
    return sorted(found, key=urgency)


def _at_work(session: Session, beside: Waiting, now: str) -> Iterator[AtWork]:
    embargoes = publication_store.embargoes(session)
    changed = {story.id for story, _change in beside.changes}
    policies = known_policies(session)
    given = store.assignments(session)
    signoffs = store.signoffs_of_work(session)
    for facts in store.facts_of_work(session):
        told = that_can_count(facts, signoffs.get(facts.id, []))
        policy = listed_policy(policies, facts.policy, facts.policy_version)
        standing = settled_standing(facts, policy, told)
        at = situation_of(facts, policy, standing, {}, source_changed=facts.id in changed)
        about = Publication(embargo=embargoes.get(facts.id), kill_asked_by=facts.kill_asked_by)
        one = given.get(facts.id)
        open_here = one is not None and at.state in WORKING and one.step == standing.next_step
        yield AtWork(facts, at, told, one if open_here else None, about, now)


def _duty(work: AtWork, person: Person) -> Duty | None:
    kind = next((kind for kind, fits in STEPS.items() if fits(work, person)), None)
    if kind is None:
        return None
    step, given, facts = work.at.open_step(), work.given, work.facts
    assigned = kind is DutyKind.ASSIGNED and given is not None
    note = given.note if given is not None and assigned else ""
    if kind is DutyKind.RETURNED:
        note = next(one.withdrawn_reason for one in reversed(work.signoffs) if one.withdrawn_by is not None)
    return Duty(
        kind,
        facts.id,
        facts.slug,
        Bilingual(facts.headline_source, facts.headline_target),
        work.at.state,
        given.at if given is not None and assigned else facts.updated_at,
        step.title if step is not None else None,
        given.deadline if given is not None else None,
        note,
    )
