"""Who has a story in hand: giving a claimed review back, recalling a draft, and handing either to somebody else.

Nothing that was typed is lost by it: the text is frozen as a version first. Whoever takes a review up after somebody
else reads what that person typed, who then is the last editor of what was handed on.
"""

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.editing import drop_claim, settle
from desktop_app.desk.stories import StoryFile, story_file, story_row
from desktop_app.desk.workflow import freeze, require
from desktop_app.domain import workflow
from desktop_app.domain.drafting import handed_on
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import NotAllowedError
from desktop_app.foundation.messages import N_
from desktop_app.store import duties as duty_store
from desktop_app.store import history as history_store
from desktop_app.store.archive import Unit
from desktop_app.store.models import StoryRow


def unclaim(desk: Desk, story: str, *, by: Person, note: str = "") -> Changes:
    """Give a claimed review back: as it was before where nothing was typed, otherwise open for anybody who may take it.

    What was typed stays and becomes a version. An editor gives back for somebody else, with a note.

    Raises:
        NotAllowedError: nobody has it in hand, somebody else has, or an editor did not say why.
    """
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        require(workflow.may_unclaim, file, by, note)
        holder, step = file.people.get(row.claimed_by or ""), row.claimed_step
        _keep_typed(unit, row, file, by=holder)
        row.claimed_by = None
        if file.digest == row.claim_handed:
            drop_claim(row)
        settle(unit.session, row)
        row.claimed_by = None  # also where it falls back to a review of theirs
        if file.assignment is not None and file.assignment.person == (holder.id if holder else None):
            duty_store.pass_on(unit.session, row.id, None)
        row.updated_at = unit.at
        if holder is None or holder.id == by.id:
            unit.record("claim given back", person=by.id, story=row.id, step=step, note=note.strip())
        else:
            name = holder.name
            unit.record("claim taken away", person=by.id, story=row.id, step=step, name=name, note=note.strip())
        return Changes(stories=frozenset({row.id}))


def _keep_typed(unit: Unit, row: StoryRow, file: StoryFile, *, by: Person | None) -> None:
    """Freeze what the holder of a review typed; where that came to nothing, the words are their last editor's again."""
    freeze(unit, row, file, by=by, reason="claim given back")
    if file.digest == row.claim_handed and row.claim_handed_editor is not None:
        row.last_editor = row.claim_handed_editor


def recall(desk: Desk, story: str, *, by: Person, note: str = "") -> Changes:
    """Take the submitted draft back before a reviser claims it; its sign-off is withdrawn and stays in the history.

    Raises:
        NotAllowedError: somebody claimed it already, the state forbids it, or somebody else submitted it.
    """
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        require(lambda at, who, _note: workflow.may_recall(at, who), file, by, note)
        given = file.situation.standing.valid[file.policy.steps[0].name]
        history_store.withdraw(unit.session, given.id, person=by.id, at=unit.at, reason=note.strip())
        row.updated_at = unit.at
        settle(unit.session, row)
        unit.record("draft recalled", person=by.id, story=row.id, note=note.strip())
        return Changes(stories=frozenset({row.id}))


def reassign(desk: Desk, story: str, *, to: Person, by: Person, note: str) -> Changes:
    """Hand the open draft, or the claimed review, to somebody else, with a reason.

    The former drafter counts as drafter beside the new one and is credited with them; nobody who drafted reviews.

    Raises:
        NotAllowedError: only an editor may, there is no reason, nobody has it in hand, or ``to`` may not have it.
    """
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        require(workflow.may_reassign, file, by, note)
        _require_taker(file, to)
        if file.story.state in workflow.DRAFT:
            was = file.people.get(row.drafter or "")
            row.drafters = handed_on(row.drafters, row.drafter, to.id, empty=file.situation.empty)
            row.drafter = to.id
            operation, step = "draft handed on", file.policy.steps[0].name
        else:
            was, step = file.people.get(row.claimed_by or ""), row.claimed_step or ""
            _keep_typed(unit, row, file, by=was)
            row.claimed_by, row.claim_handed_editor = to.id, row.last_editor
            operation = "review handed on"
        duty_store.pass_on(unit.session, row.id, to.id)
        row.updated_at = unit.at
        names = {"was": was.name if was else "", "name": to.name}
        unit.record(operation, person=by.id, story=row.id, step=step, to=to.id, note=note.strip(), **names)
        return Changes(stories=frozenset({row.id}))


def _require_taker(file: StoryFile, to: Person) -> None:
    """Refuse somebody who may not have the draft or the review, and say who may."""
    reason = workflow.may_take_over(file.situation, to)
    if reason is None:
        return
    able = [one.name for one in file.people.values() if workflow.may_take_over(file.situation, one) is None]
    advice = (
        N_("It can go to: {names}.", names=", ".join(able)) if able else N_("There is nobody else who may have it.")
    )
    raise NotAllowedError(N_("Not allowed: {reason}.", reason=reason), subject=file.story.slug, advice=advice)
