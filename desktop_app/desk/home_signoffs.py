"""Sign-offs that come home: those that count here and those that are kept, each with the text it was given for."""

from collections.abc import Mapping
from dataclasses import replace

from desktop_app.desk.editing import drop_claim, settle
from desktop_app.desk.home_plan import PlannedStory
from desktop_app.desk.memory_keeping import remember_signed, signs_pairs, unsign
from desktop_app.desk.workflow import freeze_text
from desktop_app.domain.digest import content_digest
from desktop_app.domain.homecoming import Verdict
from desktop_app.domain.people import Person
from desktop_app.domain.records import Version
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.story import Content, StoryState, VersionNumber
from desktop_app.store import history as history_store
from desktop_app.store import stories as story_store
from desktop_app.store.archive import Unit
from desktop_app.store.models import StoryRow


def write_signoffs(
    unit: Unit, row: StoryRow, plan: PlannedStory, people: Mapping[str, Person], by: Person | None
) -> bool:
    """Write the sign-offs of a plan, freeze the merged text, settle the state; return whether the memory changed."""
    effect, session = plan.effect, unit.session
    writes = bool(plan.changes)
    if not (effect.verdicts or effect.back or writes):
        return False
    memory = _take_back(unit, row, plan)
    texts = {version.digest: content for version, content in plan.returning.versions}  # the reader held them together
    numbers = _Numbers(unit, row)
    signed = [verdict for verdict in effect.verdicts if verdict.counts]
    last = [verdict for verdict in signed if verdict.signoff.digest == effect.digest]
    for verdict in effect.verdicts:
        if verdict not in last:
            _add(unit, row, verdict, numbers.of(verdict.signoff, texts))
    if writes or signed:
        numbers.freeze(by)
    for verdict in last:
        _add(unit, row, verdict, VersionNumber(row.major, row.minor))
    if not signed and not effect.back:
        return memory
    if signed:
        drop_claim(row)
        row.drafter = row.drafter or signed[0].signoff.person
    row.state, row.updated_at = StoryState.IN_REVISION.value, unit.at
    file = settle(session, row)
    for verdict in signed:
        step, person = file.policy.step(verdict.signoff.step), people.get(verdict.signoff.person)
        if step is not None and person is not None and signs_pairs(file.policy, step):
            remember_signed(unit, row, file, by=person)
            memory = True
    return memory


def _take_back(unit: Unit, row: StoryRow, plan: PlannedStory) -> bool:
    """Take back here what was taken back there."""
    for one in plan.effect.back:
        history_store.add_withdrawal(unit.session, replace(one, withdrawn_by=one.withdrawn_by or one.person))
    if not plan.effect.back:
        return False
    drop_claim(row)
    return unsign(unit, row)


def _add(unit: Unit, row: StoryRow, verdict: Verdict, number: VersionNumber) -> None:
    """Write one sign-off with the number that its text has here."""
    came = verdict.signoff
    made = replace(
        came,
        version=number,
        stated_version=came.stated_version or str(came.version),
        kept=verdict.kept.value if verdict.kept is not None else None,
    )
    history_store.add_signoff(unit.session, row.id, made)
    unit.session.flush()  # their numbers count up from the last one written
    history_store.add_withdrawal(unit.session, came)


class _Numbers:
    """The numbers of a story's versions: a text that was signed away from here becomes a version here."""

    def __init__(self, unit: Unit, row: StoryRow) -> None:
        """Read the versions that are there."""
        self._unit, self._row = unit, row
        self._known = history_store.versions(unit.session, row.id)

    def of(self, signoff: SignOff, texts: Mapping[str, Content]) -> VersionNumber:
        """The number of the text that a sign-off was given for, frozen now if it is not yet."""
        for version in reversed(self._known):
            if version.digest == signoff.digest:
                return version.number
        content = texts.get(signoff.digest)
        if content is None:
            return VersionNumber(self._row.major, self._row.minor)
        last = self._known[-1].number.minor if self._known else -1
        number = VersionNumber(self._row.major, last + 1)
        version = Version(number, signoff.digest, self._unit.at, signoff.person, "came home")
        history_store.add_version(self._unit.session, self._row.id, content, version, identity=self._unit.new_id())
        self._known.append(version)
        self._unit.session.flush()
        return number

    def freeze(self, by: Person | None) -> None:
        """Freeze the text as it is after the merge."""
        freeze_now(self._unit, self._row, by, "merged")


def freeze_now(unit: Unit, row: StoryRow, by: Person | None, reason: str) -> None:
    """Freeze the text as it is stored."""
    unit.session.flush()
    story = story_store.load(unit.session, row.id)
    assert story is not None, "the row is there, so the story is"
    freeze_text(unit, row, story.content, content_digest(story.content), by=by, reason=reason)
