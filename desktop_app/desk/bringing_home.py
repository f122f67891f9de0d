"""Bringing work home: a plan carried out whole, in one transaction, or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from desktop_app.desk.desk import SILENT, Changes, Desk, Progress
from desktop_app.desk.home_ground import require_as_planned
from desktop_app.desk.home_pictures import Adopted, keep_masters, sound_pictures
from desktop_app.desk.home_plan import Decisions, HomePlan, PlannedStory, decided
from desktop_app.desk.home_writing import StoryHome, write_home
from desktop_app.desk.loans import ListedLoan
from desktop_app.domain.loans import NOTHING_MORE, Loan
from desktop_app.domain.merging.changes import Side
from desktop_app.domain.people import Person
from desktop_app.store import homecoming as store
from desktop_app.store import loans as loan_store
from desktop_app.store import people as people_store
from desktop_app.store import pictures as picture_store
from desktop_app.store.archive import Unit

_NO_DECISIONS: Decisions = {}


@dataclass(frozen=True, slots=True)
class BroughtHome:
    """What was made of a file that came home; ``waiting`` are the ids of the changes that nobody has decided yet.

    ``plan`` is what was carried out, with the decisions in it. ``id`` is that of the homecoming, empty where there was
    nothing to bring.
    """

    id: str
    plan: HomePlan
    applied: int
    waiting: tuple[str, ...]
    changes: Changes


def bring_home(
    desk: Desk,
    plan: HomePlan,
    *,
    by: Person | None,
    decisions: Decisions = _NO_DECISIONS,
    others: Side | None = None,
    ends_loans: bool = False,
    progress: Progress = SILENT,
) -> BroughtHome:
    """Carry a plan out: all its stories or none. What is not decided is kept, to be decided later.

    ``ends_loans``: nothing more comes of these stories from whoever had them, so that they are not out any more.

    Raises:
        OvertakenError: a story was touched since the plan was made, or anything else that it rests on; nothing was
            changed.
        InputRefusedError: a picture is not what its entry says; nothing was changed.
        KeyError, ValueError: a decision does not fit, as for ``decided``.
        CancelledError: the person stopped it; nothing was changed.
    """
    plan = decided(plan, decisions, others)
    if plan.nothing is not None:
        return BroughtHome("", plan, 0, (), Changes())
    adopted = []
    for one in sound_pictures(plan.file):
        progress.check()
        adopted.append(one)
    changes = Changes()
    waiting: list[str] = []
    with desk.archive.write() as unit:
        require_as_planned(unit.session, plan, by)
        identity = _write_file(unit, plan, adopted, by, ends_loans=ends_loans)
        people = {person.id: person for person in people_store.everybody(unit.session)}
        for number, story in enumerate(plan.stories):
            progress.check()
            home = StoryHome(plan.file, story, identity, people, by)
            told, kept = write_home(unit, home)
            changes |= told
            waiting += kept
            progress.report(number + 1, len(plan.stories))
        progress.check()
        keep_masters(desk, adopted)
    changes |= Changes(pictures=frozenset(one.picture.id for one in adopted), people=bool(plan.newcomers))
    return BroughtHome(identity, plan, plan.applied, tuple(waiting), changes)


def still_out(plan: HomePlan, loans: Iterable[ListedLoan]) -> list[ListedLoan]:
    """Those of some open loans that stay open when a plan is carried out, though its stories came home by them.

    Whoever sent them may go on; a loan that its holder's sign-off ends is not among them.
    """
    came = {story.loan: story for story in plan.stories if story.loan is not None}
    return [one for one in loans if one.loan.id in came and _goes_on(one.loan, _signers(came[one.loan.id]))]


def _goes_on(loan: Loan, signers: set[str]) -> bool:
    return loan.open and not (signers and (loan.holder is None or loan.holder in signers))


def _signers(story: PlannedStory) -> set[str]:
    return {verdict.signoff.person for verdict in story.effect.verdicts if verdict.counts}


def _write_file(unit: Unit, plan: HomePlan, adopted: list[Adopted], by: Person | None, *, ends_loans: bool) -> str:
    """Write down that the file came home, with the people and pictures that came along, under an event of its own."""
    for person in plan.newcomers:
        people_store.add(unit.session, person)
    unit.session.flush()
    for one in adopted:
        picture_store.add(unit.session, one.picture, fingerprint=one.fingerprint, at=unit.at)
    file, identity = plan.file, unit.new_id()
    stories = [story.story for story in plan.stories]
    told: dict[str, Any] = {
        "origin": file.origin,
        "head": file.head,
        "earlier": list(file.earlier),
        "stories": stories,
        "applied": plan.applied,
        "conflicts": plan.conflicts,
        "people": [person.id for person in plan.newcomers],
        "pictures": [one.picture.id for one in adopted],
    }
    homecoming = store.Homecoming(
        identity, file.kind, file.package, file.edition, file.name, file.sha256, by.id if by else None, unit.at, told
    )
    store.add(unit.session, homecoming)
    for story in plan.stories:
        if story.loan is not None:
            content, edition = story.returning.content, file.edition
            store.returned(unit.session, story.loan, content, edition=edition, at=unit.at, signers=_signers(story))
    ended = _end_loans(unit, plan, by) if ends_loans else []
    unit.record(
        "work came home",
        person=by.id if by else None,
        files=[[file.name, file.sha256]],
        homecoming=identity,
        kind=file.kind,
        package=file.package,
        edition=file.edition,
        loans=ended,
        **told,
    )
    unit.end_event()
    return identity


def _end_loans(unit: Unit, plan: HomePlan, by: Person | None) -> list[str]:
    """End what is still out of these stories with those who had them, in whatever form they have it."""
    unit.session.flush()
    came = {story.loan for story in plan.stories}
    out = loan_store.open_of(unit.session, {story.story for story in plan.stories})
    holders = {loan.holder for loan in loan_store.of_package(unit.session, plan.file.package or "")} - {None}
    ended = [loan.id for loan in out if loan.id in came or loan.holder in holders]
    for loan in ended:
        loan_store.end(unit.session, loan, at=unit.at, by=by.id if by else None, reason=NOTHING_MORE)
    return ended
