"""Correcting what is out: drafted beside the live version, released over it, or given up without a trace in it."""

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.editing import drop_claim
from desktop_app.desk.home import require_at_home
from desktop_app.desk.memory_keeping import forget_story, remember_signed
from desktop_app.desk.policies import renew_policy
from desktop_app.desk.stories import StoryFile, story_file, story_row
from desktop_app.desk.whole_texts import put_text
from desktop_app.desk.workflow import freeze, require, withdraw_all
from desktop_app.domain import publication
from desktop_app.domain.drafting import begun_anew
from desktop_app.domain.people import Person
from desktop_app.domain.publication import since_release
from desktop_app.domain.signoff import signed_under
from desktop_app.domain.story import StoryState
from desktop_app.store import history as history_store
from desktop_app.store import publication as store
from desktop_app.store.archive import Unit
from desktop_app.store.models import StoryRow


def correct(desk: Desk, story: str, *, by: Person, note: str) -> Changes:
    """Begin a correction of what went out: it is drafted again, while what is out stays out with its sign-offs.

    Raises:
        NotAllowedError: nothing went out, a correction is being drafted already, or there is no note.
    """
    with desk.archive.write() as unit:
        require_at_home(unit.session)
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        require(publication.may_correct, file, by, note)
        begin(unit, row, file, by=by, note=note)
        return Changes(stories=frozenset({row.id}))


def begin(unit: Unit, row: StoryRow, file: StoryFile, *, by: Person, note: str) -> None:
    """Begin a correction inside an open transaction; the guard has been asked."""
    if row.released_after is None:  # it went out before sign-offs were counted
        row.released_after = store.count_signoffs(unit.session, row.id)
    row.state, row.correcting = StoryState.DRAFTING.value, str(file.story.version)
    if file.publication.emergency is None or file.publication.emergency.approved_by is not None:
        row.drafters = begun_anew(row.drafters)  # what went out early was read by nobody else yet
    row.updated_at = unit.at
    renew_policy(unit.session, row)
    unit.record("correction begun", person=by.id, story=row.id, note=note.strip(), version=row.correcting)


def give_up(desk: Desk, story: str, *, by: Person, note: str) -> Changes:
    """Give a correction up: what was released stands again, text and sign-offs; the draft is kept as a version.

    Raises:
        NotAllowedError: no correction is being drafted, somebody else has it, or there is no note.
    """
    with desk.archive.write() as unit:
        require_at_home(unit.session)
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        require(lambda at, who, why: publication.may_give_up(at, who, file.publication, why), file, by, note)
        number = file.publication.correcting
        assert number is not None, "the guard has seen a correction"
        content = history_store.version_content(unit.session, row.id, number)
        assert content is not None, "what went out was frozen"
        kept = freeze(unit, row, file, by=by, reason="correction given up")
        withdraw_all(unit, file, by=by, reason=note)
        drop_claim(row)
        put_text(unit, row, file.story.content, content, by=by)
        row.state = (StoryState.RELEASED if row.released else StoryState.UNPUBLISHED).value
        out = since_release(file.signoffs, row.released_after, StoryState.RELEASED, correcting=False)
        policy = signed_under(file.policies, out, file.policy)
        row.policy, row.policy_version = policy.name, policy.version
        row.major, row.minor, row.modified, row.correcting = number.major, number.minor, False, None
        row.updated_at = unit.at
        unit.session.flush()
        _remember_again(unit, row)
        unit.record(
            "correction given up", person=by.id, story=row.id, note=note.strip(), version=str(number), kept=str(kept)
        )
        return Changes(stories=frozenset({row.id}), memory=True)


def _remember_again(unit: Unit, row: StoryRow) -> None:
    """Let the memory say of the story what it said when that went out."""
    file = story_file(unit.session, row)
    signers = [one.person for step in file.policy.reviews() if (one := file.situation.standing.valid.get(step.name))]
    early = file.publication.emergency
    reviewer = file.people.get(signers[-1] if signers else (early.approved_by or "") if early is not None else "")
    forget_story(unit, row)
    if reviewer is not None:
        remember_signed(unit, row, file, by=reviewer)
