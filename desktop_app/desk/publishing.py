"""Letting a story out and taking it back: release, early release, taking down, dropping, killing, and what waits."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from desktop_app.desk.blocking import require_decided, require_proven
from desktop_app.desk.comments import require_settled
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.editing import drop_claim, settle
from desktop_app.desk.home import require_at_home
from desktop_app.desk.loans import end_with_story
from desktop_app.desk.memory_keeping import forget_story, remember_signed
from desktop_app.desk.operations import EXPORTED, NOT_WRITTEN
from desktop_app.desk.signatures import Signer, signed_data, signed_later
from desktop_app.desk.stories import StoryFile, people_by_id, story_file, story_row
from desktop_app.desk.workflow import Guard, freeze, require
from desktop_app.domain import publication
from desktop_app.domain.comments import NO_WAIVER, CommentWaiver
from desktop_app.domain.loans import STORY_DROPPED, STORY_KILLED, STORY_RELEASED
from desktop_app.domain.people import Person
from desktop_app.domain.publication import Embargo, Emergency, SourceChange
from desktop_app.domain.records import Event, StorySummary
from desktop_app.domain.statements import signed_approval
from desktop_app.domain.story import StoryState
from desktop_app.domain.workflow import Situation, hands_in_emergency
from desktop_app.foundation.errors import NotAllowedError
from desktop_app.foundation.ids import stamp
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import history as history_store
from desktop_app.store import publication as store
from desktop_app.store import stories as story_store
from desktop_app.store import wordings as wording_store
from desktop_app.store.archive import Session, Unit
from desktop_app.store.models import StoryRow

_KILL_ASKED = "kill asked for"

Change = Callable[[StoryRow, StoryFile, Unit], dict[str, object] | None]


def release(desk: Desk, story: str, *, by: Person, note: str = "", waiver: CommentWaiver = NO_WAIVER) -> Changes:
    """Release the approved story.

    Raises:
        NotAllowedError: it is not approved, an embargo or a wish to kill it holds it, the person's role forbids it, or
            a comment is open and not waived, a change that came home waits, or a signature under it does not hold.
    """
    now = stamp(desk.now())

    def change(row: StoryRow, file: StoryFile, unit: Unit) -> dict[str, object]:
        require_proven(unit.session, file)
        require_decided(unit.session, file)
        waived = require_settled(unit.session, file, waiver)
        return {**_put_out(row, file, unit, by), **waived}

    def guard(file: StoryFile) -> Guard:
        return lambda at, who, _note: publication.may_release(at, who, file.publication, now)

    return _move(desk, story, by, "story released", guard, change, note)


def _put_out(row: StoryRow, file: StoryFile, unit: Unit, by: Person) -> dict[str, object]:
    """Let the text go out as the version that it is, and wait for nobody's copy; what the event says of it."""
    number = str(file.story.version)
    row.state, row.released, row.correcting = StoryState.RELEASED.value, number, None
    row.released_after = store.count_signoffs(unit.session, row.id)
    ended = end_with_story(unit, row.id, by=by, reason=STORY_RELEASED)
    return {"version": number, "digest": file.digest, "loans": ended}


def release_early(
    desk: Desk, story: str, *, by: Person, note: str, waiver: CommentWaiver = NO_WAIVER, seen: str | None = None
) -> Changes:
    """Release a story in an emergency, without the reviews that are missing; it waits for somebody else's approval.

    ``seen`` is as for ``workflow.sign``.

    Raises:
        NotAllowedError: the draft is not signed or its signature does not hold, the state or the role forbids it, there
            is no reason, or a comment is open and not waived.
    """
    now = stamp(desk.now())

    def change(row: StoryRow, file: StoryFile, unit: Unit) -> dict[str, object]:
        require_proven(unit.session, file)
        waived = require_settled(unit.session, file, waiver)
        handed = row.claim_handed or file.digest
        number = freeze(unit, row, file, by=by, reason="emergency release")
        draft = file.situation.standing.valid.get(file.policy.steps[0].name)
        writers = wording_store.writers(unit.session, row.id, since=draft.at if draft is not None else "")
        hands = hands_in_emergency(file.situation, writers)
        early = Emergency(unit.new_id(), row.id, number, file.digest, handed, hands, note.strip(), by.id, unit.at)
        store.add_emergency(unit.session, early)
        drop_claim(row)
        row.modified = False
        out = _put_out(row, story_file(unit.session, row), unit, by)
        missing = [step.name for step in file.policy.steps if step.name not in file.situation.standing.valid]
        return {**out, "missing": missing, **waived}

    def guard(file: StoryFile) -> Guard:
        return lambda at, who, why: publication.may_release_early(at, who, why, file.publication, now)

    return _move(desk, story, by, "emergency release", guard, change, note, seen=seen)


def approve_later(
    desk: Desk, story: str, *, by: Person, note: str = "", seen: str | None = None, signer: Signer | None = None
) -> Changes:
    """Approve the very words that went out in an emergency, as the second pair of eyes.

    ``seen`` is the digest of the text that the person was shown: any other text is not approved. It is a statement as
    a sign-off is: ``signer`` is as for ``workflow.sign``.

    Raises:
        NotAllowedError: nothing waits, the story was killed, the person released it, wrote in it or reviewed it, a
            signature under it does not hold, or it cannot be signed as this archive demands.
    """
    with desk.archive.write() as unit:
        require_at_home(unit.session)
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        waiting = [
            one
            for one in store.emergencies(unit.session, story=row.id, waiting=True)
            if seen is None or one.digest == seen
        ]
        early = waiting[0] if waiting else None
        require(lambda at, who, _note: publication.may_approve_later(early, who, at.state), file, by, note)
        assert early is not None, "the guard has seen an emergency"
        require_proven(unit.session, file)
        approved = replace(early, approved_by=by.id, approved_at=unit.at, approval_note=note.strip())
        approved = signed_later(unit.session, approved, by, signer)
        store.approve_emergency(unit.session, approved)
        stands = file.publication.emergency is not None and file.publication.emergency.id == early.id
        if stands:
            remember_signed(unit, row, file, by=by)
        row.updated_at = unit.at
        unit.record(
            "emergency approved", person=by.id, story=row.id, version=str(early.version), digest=early.digest,
            note=note.strip(), **signed_data([signed_approval(approved)]),
        )  # fmt: skip
        return Changes(stories=frozenset({row.id}), memory=stands)


def unpublish(desk: Desk, story: str, *, by: Person, note: str = "") -> Changes:
    """Take a released story down quietly; ``republish`` brings it back, or a correction that is being written.

    Raises:
        NotAllowedError: it is not released, or the person's role forbids it.
    """

    def change(row: StoryRow, _file: StoryFile, _unit: Unit) -> dict[str, object]:
        version = row.released
        if row.state == StoryState.RELEASED.value:
            row.state = StoryState.UNPUBLISHED.value
        row.released = None
        return {"version": version}

    return _move(desk, story, by, "story unpublished", lambda _file: _may_unpublish, change, note)


def _may_unpublish(at: Situation, who: Person, _note: str) -> Message | None:
    return publication.may_unpublish(at, who)


def republish(desk: Desk, story: str, *, by: Person, note: str = "") -> Changes:
    """Bring back what was taken down, in the very words that went out; no sign-off is needed for them.

    Raises:
        NotAllowedError: it was not taken down, its words changed, an embargo or a wish to kill it holds it, or a
            signature under it does not hold.
    """
    now = stamp(desk.now())

    def change(row: StoryRow, file: StoryFile, unit: Unit) -> dict[str, object]:
        require_proven(unit.session, file)
        row.state, row.released = StoryState.RELEASED.value, str(file.story.version)
        return {"version": row.released, "digest": file.digest}

    def guard(file: StoryFile) -> Guard:
        return lambda at, who, _note: publication.may_republish(at, who, file.publication, now)

    return _move(desk, story, by, "story republished", guard, change, note)


def drop(desk: Desk, story: str, *, by: Person, note: str = "") -> Changes:
    """Give work on a story up; ``restore_dropped`` takes it up again.

    Raises:
        NotAllowedError: the story is released or closed, or somebody else's.
    """

    def change(row: StoryRow, _file: StoryFile, unit: Unit) -> dict[str, object]:
        row.state = StoryState.DROPPED.value
        return {"loans": end_with_story(unit, row.id, by=by, reason=STORY_DROPPED)}

    return _move(desk, story, by, "story dropped", lambda _file: publication.may_drop, change, note)


def restore_dropped(desk: Desk, story: str, *, by: Person, note: str = "") -> Changes:
    """Take a dropped story up again, where its sign-offs leave it.

    Raises:
        NotAllowedError: it was not dropped, or is somebody else's.
    """

    def change(row: StoryRow, _file: StoryFile, unit: Unit) -> None:
        row.state = StoryState.IN_REVISION.value
        settle(unit.session, row)

    return _move(desk, story, by, "story restored", lambda _file: publication.may_restore, change, note)


@dataclass(frozen=True, slots=True)
class SentOut:
    """An export that went out: when, by whom, in which format, as which files, and of which version if it is known."""

    at: str
    person: str
    format: str
    files: tuple[str, ...]
    version: str


def kill(desk: Desk, story: str, *, by: Person, note: str) -> Changes:
    """Ask for the final withdrawal of a story, or, as a second person, carry it out.

    Raises:
        NotAllowedError: the same person asked, the role forbids it, or there is no reason.
    """
    with desk.archive.write() as unit:
        require_at_home(unit.session)
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        asked_by = row.kill_asked_by
        require(lambda at, who, why: publication.may_kill(at, who, asked_by, why), file, by, note)
        confirmed = asked_by is not None
        told: dict[str, object] = {}
        if confirmed:
            told = {"asked_by": asked_by, "exports": len(_sent_out(unit.session, row.id))}
            _end(unit, row)
            told["loans"] = end_with_story(unit, row.id, by=by, reason=STORY_KILLED)
        else:
            row.kill_asked_by = by.id
        row.updated_at = unit.at
        unit.record("story killed" if confirmed else _KILL_ASKED, person=by.id, story=row.id, note=note.strip(), **told)
        return Changes(stories=frozenset({row.id}), memory=confirmed)


def _end(unit: Unit, row: StoryRow) -> None:
    """Let nothing of a story be out, or come out again: its versions, its embargo, its pairs in the memory."""
    row.state, row.released, row.correcting = StoryState.KILLED.value, None, None
    drop_claim(row)
    forget_story(unit, row)
    found = store.embargo(unit.session, row.id)
    if found is not None and (found.until is not None or found.wish is not None):
        cleared = Embargo(row.id, None, found.zone, found.reason, found.person, found.at)
        store.put_embargo(unit.session, cleared)


def spare(desk: Desk, story: str, *, by: Person, note: str = "") -> Changes:
    """Take back or refuse the wish to kill a story.

    Raises:
        NotAllowedError: nobody asked for it, or the role forbids it.
    """
    with desk.archive.write() as unit:
        require_at_home(unit.session)
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        asked_by = row.kill_asked_by
        require(lambda at, who, _note: publication.may_spare(at, who, asked_by), file, by, note)
        row.kill_asked_by, row.updated_at = None, unit.at
        unit.record("kill withdrawn", person=by.id, story=row.id, asked_by=asked_by, note=note.strip())
        return Changes(stories=frozenset({row.id}))


def sent_out(desk: Desk, story: str) -> list[SentOut]:
    """Every export that went out of the house, the oldest first, so that each recipient can be told.

    Raises:
        WrongUsageError: there is no such story.
    """
    with desk.archive.read() as session:
        return _sent_out(session, story_row(session, story).id)


def _sent_out(session: Session, story: str) -> list[SentOut]:
    people, events = people_by_id(session), history_store.timeline(session, story)
    failed = {event.data["sending"] for event in events if event.operation == NOT_WRITTEN and "sending" in event.data}
    return [
        _one_sent(event, story, people)
        for event in events
        if event.operation == EXPORTED and not event.data.get("draft") and event.data.get("sending") not in failed
    ]


def _one_sent(event: Event, story: str, people: dict[str, Person]) -> SentOut:
    person = people.get(event.person or "")
    files, stories, versions = (event.data.get(key) for key in ("files", "stories", "versions"))
    names = [str(one[0]) for one in files if isinstance(one, list) and one] if isinstance(files, list) else []
    place = stories.index(story) if isinstance(stories, list) and story in stories else None
    if place is not None and isinstance(stories, list) and len(names) == len(stories):
        names = names[place : place + 1]
    version = versions.get(story, "") if isinstance(versions, dict) else ""
    return SentOut(
        event.at, person.name if person else event.account, str(event.data.get("format", "")), tuple(names),
        str(version),
    )  # fmt: skip


def emergencies(desk: Desk, *, waiting: bool = True) -> list[tuple[StorySummary, Emergency]]:
    """What went out in an emergency, the oldest first; ``waiting``: only what nobody else has approved yet."""
    with desk.archive.read() as session:
        stories = {one.id: one for one in story_store.summaries(session)}
        return [(stories[one.story], one) for one in store.emergencies(session, waiting=waiting)]


@dataclass(frozen=True, slots=True)
class KillWish:
    """Somebody asked to kill a story; a second person must say whether."""

    story: StorySummary
    person: str
    at: str
    note: str


def kill_wish(session: Session, summary: StorySummary) -> KillWish | None:
    """The wish to kill a story that waits for a second person."""
    if not summary.kill_asked or summary.state is StoryState.KILLED:
        return None
    asked = history_store.last_event(session, summary.id, _KILL_ASKED)
    return KillWish(summary, asked.person or "", asked.at, str(asked.data.get("note", ""))) if asked else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a person's word in the whole archive, beside the steps: each with its story."""

    emergencies: tuple[tuple[StorySummary, Emergency], ...]
    changes: tuple[tuple[StorySummary, SourceChange], ...]
    kills: tuple[KillWish, ...]
    embargoes: tuple[tuple[StorySummary, Embargo], ...]


def waiting_for_a_word(desk: Desk) -> Waiting:
    """Read what waits: approvals of emergencies, judgements of the source, second persons for kills and embargoes."""
    with desk.archive.read() as session:
        return waiting_in(session)


def waiting_in(session: Session) -> Waiting:
    """As ``waiting_for_a_word``, in an open session."""
    stories = {one.id: one for one in story_store.summaries(session)}
    closed = {StoryState.DROPPED, StoryState.KILLED}
    return Waiting(
        tuple((stories[one.story], one) for one in store.emergencies(session, waiting=True)),
        tuple(
            (stories[one.story], one)
            for one in store.source_changes(session, waiting=True)
            if stories[one.story].state not in closed
        ),
        tuple(wish for one in stories.values() if (wish := kill_wish(session, one)) is not None),
        tuple((stories[one.story], one) for one in store.embargoes(session).values() if one.wish is not None),
    )


def _move(
    desk: Desk,
    story: str,
    by: Person,
    operation: str,
    guard: Callable[[StoryFile], Guard],
    change: Change,
    note: str = "",
    seen: str | None = None,
) -> Changes:
    """Carry out a plain change of state behind its guard; ``change`` may return more for the event to say.

    ``seen`` is as for ``workflow.sign``.
    """
    with desk.archive.write() as unit:
        require_at_home(unit.session)
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        if seen is not None and seen != file.digest:
            raise NotAllowedError(
                N_("The text has changed since it was shown to you."),
                subject=file.story.slug,
                advice=N_("Read it again, then decide."),
            )
        require(guard(file), file, by, note)
        told = change(row, file, unit) or {}
        row.updated_at = unit.at
        unit.record(operation, person=by.id, story=row.id, note=note.strip(), **told)
        return Changes(stories=frozenset({row.id}))
