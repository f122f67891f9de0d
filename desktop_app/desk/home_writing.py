"""Writing one story that came home, inside the transaction that brings all of them: text, comments, sign-offs, loan."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.desk.desk import Changes
from desktop_app.desk.home_plan import PlannedStory
from desktop_app.desk.home_signoffs import freeze_now, write_signoffs
from desktop_app.desk.merge_writing import write_merge
from desktop_app.desk.returning import ReturnedFile
from desktop_app.desk.signatures import signed_data, statements_of
from desktop_app.desk.wordings import Hands
from desktop_app.desk.workflow import freeze_text
from desktop_app.domain.comments import Layout, Piece, follow
from desktop_app.domain.digest import content_digest
from desktop_app.domain.drafting import hands_of, who_answers
from desktop_app.domain.loans import Loan, LoanKind
from desktop_app.domain.merging.changes import BlockChange, Change, Outcome, brings_words, own_words, said_of
from desktop_app.domain.merging.plain import change_to_plain
from desktop_app.domain.people import Person
from desktop_app.domain.records import Version
from desktop_app.domain.statements import signed_withdrawal
from desktop_app.domain.story import Content, StoryState, VersionNumber
from desktop_app.domain.wordings import Place, texts_of
from desktop_app.domain.workflow import DRAFT
from desktop_app.store import comments as comment_store
from desktop_app.store import history as history_store
from desktop_app.store import homecoming as store
from desktop_app.store import loans as loan_store
from desktop_app.store import stories as story_store
from desktop_app.store.archive import Unit
from desktop_app.store.models import StoryRow

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
    _write_comments(unit, row, plan)
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
        **signed_data([*statements_of(plan.story, came), *(signed_withdrawal(plan.story, one) for one in effect.back)]),
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
    if row.state in DRAFT and row.drafter is None:
        row.drafter = plan.returning.drafter
    own = {place for change in plan.changes for place in own_words(change)}
    editor = home.by if own else home.editor
    return write_merge(
        unit, row, plan.merge, by=editor, hands=_hands(plan, own), people=_people(row, home), signers=_signers(plan)
    )


def _hands(plan: PlannedStory, own: Collection[Place]) -> Hands:
    """Who wrote what: those who wrote it there, but for what somebody decided with words of their ``own``."""
    came = plan.returning
    places = [place for block in came.content.blocks for place in texts_of(block) if place not in own]
    steps = {
        place: tuple((step.text, step.author) for step in found[:-1])
        for place, found in came.steps.items()
        if len(found) > 1 and place not in own
    }
    return Hands({place: came.writers_of(place)[-1] for place in places}, steps)


def _people(row: StoryRow, home: StoryHome) -> set[str]:
    """Whoever had a hand in the words that come in: those who wrote them, and whoever decided for them in a review.

    In a draft whoever took one side or the other wrote nothing, but for words of their own.
    Where the draft was signed there, and counts here, only those drafted who are named there: others reviewed it.
    """
    plan, state, after = home.plan, row.state, home.plan.effect.state
    wrote = [change for change in plan.changes if brings_words(change, draft=state in DRAFT)]
    decides = home.by is not None and any(change.outcome is Outcome.DECIDED for change in wrote)
    decider = {home.by.id} if home.by is not None and decides else set()
    writer = decider if any(own_words(change) for change in wrote) else set()
    drafted = set(hands_of(plan.returning.hands))
    if state in DRAFT and after not in DRAFT:
        return drafted | writer - _signers(plan)
    authors = {person for change in wrote for person in _answerable(home, change)}
    if after in DRAFT:
        return drafted | authors | writer
    return authors | decider if decides else set()


def _answerable(home: StoryHome, change: Change) -> frozenset[str]:
    """Who counts as having written what a change brings."""
    writers, bringer = home.plan.returning.hands_in(change), home.by.id if home.by is not None else None
    return who_answers(writers, bringer, proven=home.file.is_proven)


def _signers(plan: PlannedStory) -> set[str]:
    """Those whose sign-offs stood here, or count here as they come home."""
    came = (verdict.signoff for verdict in plan.effect.verdicts if verdict.counts)
    return {one.person for one in (*plan.ground.standing().valid.values(), *came)}


# Comments


def _write_comments(unit: Unit, row: StoryRow, plan: PlannedStory) -> None:
    """Write the threads that are new or said more; one whose words are cut otherwise here stands where they stand."""
    session, comments = unit.session, plan.comments
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
    drafted = set(hands_of(plan.returning.hands))
    older = {(one.part, one.side): one for one in store.conflicts(unit.session, plan.story)}
    packages = store.every(unit.session, {one.homecoming for one in older.values()})
    for change in plan.conflicts:
        part, side = change.key
        before = older.get((part, side))
        author = plan.returning.author_of(change)
        if before is not None and _replaces(home.file, packages[before.homecoming], before, author):
            store.decide(unit.session, before.id, decision="newer", by=None, at=unit.at)
        identity = unit.new_id()
        content = {
            "change": change_to_plain(change),
            "behind": _behind(plan.returning.content, change),
            "author": author,
            "authors": [[*place, plan.returning.writers_of(place)[-1]] for place in said_of(change, "theirs")],
            "hands": sorted(drafted | _answerable(home, change)),
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
