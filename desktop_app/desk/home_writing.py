"""Writing one story that came home, inside the transaction that brings all of them: text, comments, sign-offs, loan."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.desk.desk import Changes
from desktop_app.desk.editing import settle, write_edits
from desktop_app.desk.home_plan import PlannedStory
from desktop_app.desk.home_signoffs import freeze_now, write_signoffs
from desktop_app.desk.returned_talk import kept_as_of
from desktop_app.desk.returning import ReturnedFile
from desktop_app.desk.signatures import signed_data
from desktop_app.desk.wordings import Hands
from desktop_app.desk.workflow import freeze_text
from desktop_app.domain.comments import Comment, Layout, Piece, follow
from desktop_app.domain.digest import content_digest
from desktop_app.domain.drafting import having_written
from desktop_app.domain.loans import Loan, LoanKind
from desktop_app.domain.merging.applying import edits_of, facts_of
from desktop_app.domain.merging.changes import BlockChange, Change, Outcome, PassageChange
from desktop_app.domain.merging.plain import change_to_plain
from desktop_app.domain.people import Person
from desktop_app.domain.records import Version
from desktop_app.domain.story import Content, StoryState, VersionNumber
from desktop_app.domain.wordings import Place, texts_of
from desktop_app.domain.workflow import DRAFT
from desktop_app.store import comments as comment_store
from desktop_app.store import history as history_store
from desktop_app.store import homecoming as store
from desktop_app.store import loans as loan_store
from desktop_app.store import stories as story_store
from desktop_app.store import story_edits
from desktop_app.store.archive import Unit
from desktop_app.store.models import StoryRow

_MANY = 3  # edits from which on all segments of a story are read at once
_BEHIND = 50  # blocks that are remembered as the place of one that waits


@dataclass(frozen=True, slots=True)
class StoryHome:
    """One story on its way in; ``people`` are all of the archive, the newcomers too."""

    file: ReturnedFile
    plan: PlannedStory
    homecoming: str
    people: Mapping[str, Person]
    by: Person | None

    @property
    def editor(self) -> Person | None:
        """As whom the text is written."""
        return self.people.get(self.plan.way.editor or "", self.by)


def write_home(unit: Unit, home: StoryHome) -> tuple[Changes, list[str]]:
    """Write all that a plan says of one story, with its event; return what changed and the changes that wait.

    Raises:
        OvertakenError: a passage is not what it was when the plan was made.
    """
    plan = home.plan
    if plan.refusal is not None:
        return Changes(), []
    if plan.new is not None:
        _add_story(unit, home)
    row = unit.session.get_one(StoryRow, plan.story)
    memory = False
    if plan.changes or plan.way.claims:
        memory = _write_text(unit, row, home)
    _write_comments(unit, row, plan, kept_as_of(plan.comments, home.people, home.by))
    memory |= write_signoffs(unit, row, plan, home.people, home.by)
    waiting = _keep_waiting(unit, home)
    if not plan.changes_anything:
        return Changes(), waiting
    _record(unit, home, waiting)
    unit.end_event()
    return Changes(stories=frozenset({row.id}), memory=memory), waiting


def _record(unit: Unit, home: StoryHome, waiting: Sequence[str]) -> None:
    plan, effect = home.plan, home.plan.effect
    came = [verdict.signoff for verdict in effect.verdicts]
    unit.record(
        "story merged",
        person=home.by.id if home.by else None,
        story=plan.story,
        files=[home.file.name],
        homecoming=home.homecoming,
        applied=[list(change.key) for change in plan.changes],
        conflicts=[list(change.key) for change in plan.conflicts],
        waiting=list(waiting),
        signoffs=[[one.signoff.id, one.signoff.step, one.kept.value if one.kept else ""] for one in effect.verdicts],
        taken_back=[one.id for one in effect.back],
        stale=[[one.id, one.step] for one in effect.lost],
        comments=[one.id for one in plan.comments],
        text_changed=bool(plan.changes),
        strangers=list(plan.returning.strangers),
        **signed_data(came),
    )


def _add_story(unit: Unit, home: StoryHome) -> None:
    """Put in a story that was begun away from here."""
    begun = home.plan.new
    assert begun is not None, "the caller has seen it"
    story_store.add(unit.session, begun, at=unit.at)
    row = unit.session.get_one(StoryRow, begun.id)
    row.policy_version = home.plan.ground.policy.version
    row.last_editor = home.plan.returning.last_editor
    row.drafters = [list(one) for one in home.plan.returning.hands] or None
    number, digest = VersionNumber(), content_digest(begun.content)
    version = Version(number, digest, unit.at, begun.drafter, "imported")
    history_store.add_version(unit.session, begun.id, begun.content, version, identity=unit.new_id())
    unit.session.flush()
    _go_on_lending(unit, home)


def _go_on_lending(unit: Unit, home: StoryHome) -> None:
    """Note that a story that was begun away is with whoever has the others of its file: more of it may come home."""
    file, returning = home.file, home.plan.returning
    if file.package is None:
        return
    holder = next((loan.holder for loan in loan_store.of_package(unit.session, file.package)), None)
    number, digest = VersionNumber(), content_digest(returning.content)
    by = home.by.id if home.by is not None else None
    loan = Loan(unit.new_id(), file.package, LoanKind.PACKAGE, returning.story, holder, file.name, number, digest, by,
                unit.at)  # fmt: skip
    loan_store.add(unit.session, loan, returning.content)
    unit.session.flush()
    signers = {verdict.signoff.person for verdict in home.plan.effect.verdicts if verdict.counts}
    store.returned(unit.session, loan.id, returning.content, edition=file.edition, at=unit.at, signers=signers)


def _write_text(unit: Unit, row: StoryRow, home: StoryHome) -> bool:
    """Write the merged text; what stood here is frozen first, and so is what comes of it."""
    plan, session = home.plan, unit.session
    if plan.way.claims:
        row.claimed_step, row.claimed_by = plan.ground.standing().next_step, plan.way.editor
        row.claim_handed, row.claim_handed_editor = plan.ground.digest, row.last_editor
        row.state, row.updated_at = StoryState.IN_REVISION.value, unit.at
        session.flush()
    if not plan.changes:
        return False
    if row.modified:
        if plan.apart:
            freeze_now(unit, row, home.by, "kept before merging")
        else:  # nobody touched it since the plan
            ours = plan.merge.ours
            freeze_text(unit, row, ours, content_digest(ours), by=home.by, reason="kept before merging")
    hands = _hands(plan)
    editor = home.by if any(_written(change) for change in plan.merge.changes) else home.editor
    drafting = row.state in DRAFT
    edits = edits_of(plan.merge)
    held = story_edits.segments_at_hand(session, row.id) if len(edits) >= _MANY else []
    written = write_edits(unit, row, edits, by=editor, typed=False, hands=hands, asked=True)
    held.clear()
    facts = facts_of(plan.merge)
    for name, value in facts.items():
        setattr(row, name, value if isinstance(value, str) else list(value))
    if facts:
        row.modified, row.updated_at = True, unit.at
        row.last_editor = editor.id if editor is not None else row.last_editor
    if drafting:
        _remember_hands(row, plan, hands, editor)
    session.flush()
    if facts and row.state not in DRAFT and row.claimed_step is None:
        settle(session, row)
    return written.memory_changed


def _hands(plan: PlannedStory) -> Hands:
    """Who wrote what: those who wrote it there, and who decided with words of their own."""
    came = plan.returning
    authors: dict[Place, str | None] = {}
    for block in came.content.blocks:
        for place in texts_of(block):
            authors[place] = came.authors.get(place, came.author)  # None: nobody knows who wrote it
    authors |= {place: steps[-1].author for place, steps in came.steps.items() if steps}
    own = {name for change in plan.merge.changes for name in _written(change)}
    steps = {
        place: tuple((step.text, step.author) for step in found[:-1])
        for place, found in came.steps.items()
        if len(found) > 1
    }
    kept = {place: author for place, author in authors.items() if place[0] not in own}
    return Hands(kept, {place: found for place, found in steps.items() if place in kept})


def _written(change: Change) -> set[str]:
    """The segments of a change that somebody decided with words of their own."""
    if change.outcome is not Outcome.DECIDED or not isinstance(change, PassageChange):
        return set()
    texts = [segment.target for segment in change.result]
    own = texts not in ([s.target for s in change.ours], [s.target for s in change.theirs])
    return {segment.id for segment in change.result} if own else set()


def _remember_hands(row: StoryRow, plan: PlannedStory, hands: Hands, editor: Person | None) -> None:
    """Keep who drafted: whoever wrote words that came into an open draft."""
    came = {segment.id for change in plan.changes if isinstance(change, PassageChange) for segment in change.result}
    people = {who for (part, field), who in hands.authors.items() if part in came and field == "target" and who}
    people |= {person for person, _ in plan.returning.hands}
    if row.drafter is None:
        row.drafter = plan.returning.drafter or (editor.id if editor is not None else None)
    for person in sorted(people):
        row.drafters = having_written(row.drafters, row.drafter, person)


# Comments


def _write_comments(unit: Unit, row: StoryRow, plan: PlannedStory, comments: Sequence[Comment]) -> None:
    """Write the threads that are new or said more; one whose words are cut otherwise here stands where they stand."""
    session = unit.session
    if not comments:
        return
    session.flush()
    here = comment_store.layout(session, row)
    there = Layout(tuple(_pieces(plan.returning.content)), row.source_language)
    for one in comments:
        known = comment_store.get(session, one.id)
        if known is None:
            placed = follow([one], there, here)
            comment_store.add(session, placed[0] if placed else one)
            continue
        notes = {note.id: note for note in known.notes}
        for note in one.notes:
            if note.id not in notes:
                comment_store.add_note(session, one.id, note)
            elif note != notes[note.id]:
                comment_store.change_note(session, note.id, note.text, at=note.changed_at or unit.at)
        if one.resolved_at != known.resolved_at:
            comment_store.resolve(session, one.id, person=one.resolved_by, at=one.resolved_at)
    session.flush()


def _pieces(content: Content) -> Iterator[Piece]:
    for block in content.blocks:
        for segment in block.segments:
            yield Piece(segment.id, block.id, segment.source)


# What waits


def _keep_waiting(unit: Unit, home: StoryHome) -> list[str]:
    """Keep every change that nobody decided, with its three texts."""
    plan, found = home.plan, []
    if not plan.conflicts:
        return []
    older = {(one.part, one.side): one for one in store.conflicts(unit.session, plan.story)}
    packages = store.every(unit.session, {one.homecoming for one in older.values()})
    for change in plan.conflicts:
        part, side = change.key
        before = older.get((part, side))
        author = _author(plan, change)
        if before is not None and _replaces(home.file, packages[before.homecoming], before, author):
            store.decide(unit.session, before.id, decision="newer", by=None, at=unit.at)
        identity = unit.new_id()
        content = {
            "change": change_to_plain(change),
            "behind": _behind(plan.returning.content, change),
            "author": author,
            "reason": _reason(plan, change),
        }
        one = store.StoredConflict(identity, home.homecoming, plan.story, part, side, content, unit.at)
        store.add_conflict(unit.session, one)
        found.append(identity)
    unit.session.flush()
    return found


def _replaces(file: ReturnedFile, home: store.Homecoming, before: store.StoredConflict, author: str | None) -> bool:
    """Whether what waits came home again with more in it, so that the newer words take its place.

    Where the file does not tell from where it goes on, only somebody's own words take the place of theirs.
    """
    if file.package is None or home.package != file.package:
        return False
    if file.lineage:
        return home.data.get("head", "") in file.lineage
    return author is not None and before.content["author"] == author


def _reason(plan: PlannedStory, change: Change) -> str:
    """Why a change waits, as ``desk.open_conflicts`` has it."""
    if plan.way.reason is not None:
        return "approved" if plan.way.ends_approval else "state"
    return "source" if change in plan.apart else "both"


def _behind(content: Content, change: Change) -> list[str]:
    """The blocks before one that came or went, the nearest first."""
    names = [block.id for block in content.blocks]
    if not isinstance(change, BlockChange) or change.block not in names:
        return []
    return names[: names.index(change.block)][::-1][:_BEHIND]


def _author(plan: PlannedStory, change: Change) -> str | None:
    """Who wrote the words that wait."""
    part = change.theirs[0].id if isinstance(change, PassageChange) and change.theirs else change.key[0]
    field = "target" if isinstance(change, PassageChange) else change.key[1].replace("-", "_")
    return plan.returning.authors.get((part, field), plan.returning.author)
