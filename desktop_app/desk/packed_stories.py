"""A story between the archive and a work package: gathered whole, and put whole into another archive."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from desktop_app.desk.standing import claim_of
from desktop_app.desk.stories import StoryFile, story_file
from desktop_app.domain.statements import Signed, signed_approval
from desktop_app.domain.story import Content, Story, StoryState, VersionNumber
from desktop_app.domain.story_json import signoff_json, story_json
from desktop_app.domain.workflow import state_after
from desktop_app.exchange.packages.work_package import PackedStory, StoryFacts
from desktop_app.store import carried, publication
from desktop_app.store import comments as comment_store
from desktop_app.store import history as history_store
from desktop_app.store import stories as story_store
from desktop_app.store.archive import Session, Unit
from desktop_app.store.models import StoryRow
from desktop_app.store.signatures import statements_of

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
# From the lowest on; the others say nothing of sign-offs.
_ORDER = (
    StoryState.SOURCED, StoryState.DRAFTING, StoryState.SUBMITTED, StoryState.IN_REVISION, StoryState.APPROVED,
)  # fmt: skip
_PUBLIC = frozenset({StoryState.RELEASED, StoryState.UNPUBLISHED})


def packed_story(session: Session, row: StoryRow, file: StoryFile, base: Content, rows: Rows) -> PackedStory:
    """Gather all that is said about a story; ``rows`` are its rows of other tables."""
    story = file.story
    signoffs = [signoff_json(one, file.people.get(one.person), valid=file.counts(one)) for one in file.signoffs]
    shape = story_json(story, credits=file.credits, signoffs=signoffs, people=file.people)
    facts = _facts(row, story)
    wanted = {digest for one in file.signoffs for digest in (one.digest, one.handed)}
    wanted |= {facts.claim.handed} if facts.claim is not None else set()
    public = {number for number in (facts.released, facts.correcting) if number is not None}
    wanted |= {one.digest for one in history_store.versions(session, row.id) if one.number in public}
    return PackedStory(
        story.id,
        story.slug,
        story.languages,
        shape,
        base,
        story.content,
        tuple(carried.versions(session, row.id, wanted)),
        file.signoffs,
        facts,
        tuple(comment_store.of_story(session, row.id)),
        {table: tuple(found) for table, found in rows.items()},
    )


def _facts(row: StoryRow, story: Story) -> StoryFacts:
    return StoryFacts(
        state=story.state,
        version=story.version,
        policy=row.policy,
        policy_version=row.policy_version,
        modified=row.modified,
        released=VersionNumber.parse(row.released) if row.released else None,
        released_after=row.released_after,
        correcting=VersionNumber.parse(row.correcting) if row.correcting else None,
        drafter=row.drafter,
        drafters=tuple((person, part) for person, part in row.drafters or ()),
        last_editor=row.last_editor,
        claim=claim_of(row),
        handed_editor=row.claim_handed_editor,
        kill_asked_by=row.kill_asked_by,
        date=row.date,
        source_url=row.source_url,
        boilerplate=tuple(row.boilerplate),
        imported_credits=story.imported_credits,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def story_row_of(packed: PackedStory) -> StoryRow:
    """The row with the facts of a story as the archive had it that packed it; it is not written."""
    row = story_store.facts_row(_story(packed), at=packed.facts.created_at)
    _set_facts(row, packed.facts)
    return row


def put_story(unit: Unit, packed: PackedStory) -> None:
    """Write a story that is not here yet; people, pictures and policies must be here already."""
    session, facts = unit.session, packed.facts
    story_store.add(session, _story(packed), at=facts.created_at)
    _set_facts(session.get_one(StoryRow, packed.id), facts)
    session.flush()
    for version, content in packed.versions:
        history_store.add_version(session, packed.id, content, version, identity=unit.new_id())
    for signoff in packed.signoffs:
        history_store.add_signoff(session, packed.id, signoff)
        session.flush()  # their numbers count up from the last one written
        history_store.add_withdrawal(session, signoff)
    for comment in packed.comments:
        comment_store.add(session, comment)
    carried.put(session, packed.id, packed.rows)
    session.flush()


def stated_in(unit: Unit, packed: PackedStory) -> Iterator[Signed | None]:
    """All that people stated about a story that was just put, with their signatures."""
    yield from statements_of(packed.id, packed.signoffs)
    yield from map(signed_approval, publication.emergencies(unit.session, story=packed.id))


def _story(packed: PackedStory) -> Story:
    facts = packed.facts
    return Story(
        packed.id,
        packed.slug,
        packed.content,
        facts.state,
        facts.version,
        facts.policy,
        packed.languages,
        facts.date,
        facts.source_url,
        facts.boilerplate,
        facts.imported_credits,
        facts.drafter,
        modified=facts.modified,
    )


def _set_facts(row: StoryRow, facts: StoryFacts) -> None:
    """Set what a new story has none of."""
    row.policy_version = facts.policy_version
    row.drafters = [list(one) for one in facts.drafters] or None
    row.last_editor, row.claim_handed_editor = facts.last_editor, facts.handed_editor
    if facts.claim is not None:
        row.claimed_step, row.claimed_by = facts.claim.step, facts.claim.person
        row.claim_handed = facts.claim.handed
    row.released = str(facts.released) if facts.released is not None else None
    row.released_after = facts.released_after
    row.correcting = str(facts.correcting) if facts.correcting is not None else None
    row.kill_asked_by, row.updated_at = facts.kill_asked_by, facts.updated_at


def settle_state(unit: Unit, packed: PackedStory) -> None:
    """Let a story that was just put stand no higher than its sign-offs carry it, whatever the package says."""
    row = unit.session.get_one(StoryRow, packed.id)
    if StoryState(row.state) in _ORDER[:2] and row.released is None:
        return  # there is nothing lower
    file = story_file(unit.session, row)
    if StoryState(row.state) in _PUBLIC and not _was_approved(file, packed):
        row.state, row.released, row.released_after = StoryState.APPROVED.value, None, None
        file = story_file(unit.session, row)
    elif row.released is not None and not _was_approved(file, packed):
        row.released = None
    told = StoryState(row.state)
    if told in _ORDER:
        row.state = min(told, state_after(file.situation), key=_ORDER.index).value
    unit.session.flush()


def _was_approved(file: StoryFile, packed: PackedStory) -> bool:
    """Whether the version that is out was approved, or let out in an emergency; taken down, whether any was."""
    last = file.policy.steps[-1].name
    approved = {one.digest for one in packed.signoffs if one.step == last and one.kept is None}
    approved |= {str(row["digest"]) for row in packed.rows.get("emergencies", ())}
    if packed.facts.released is None:
        return packed.facts.state is StoryState.UNPUBLISHED and bool(approved)
    return any(number == packed.facts.released and digest in approved for number, digest in _digests(packed))


def _digests(packed: PackedStory) -> Iterator[tuple[VersionNumber, str]]:
    return ((version.number, version.digest) for version, _ in packed.versions)
