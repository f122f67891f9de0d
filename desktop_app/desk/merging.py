"""Taking stories home: first a plan of what each would change, then all of them in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.desk.desk import SILENT, Changes, Desk, Progress
from desktop_app.desk.editing import require_editable, settle, write_edits
from desktop_app.desk.stories import story_file, story_row
from desktop_app.domain.merging.applying import edits_of, facts_of
from desktop_app.domain.merging.changes import Merge
from desktop_app.domain.merging.comparing import compare
from desktop_app.domain.people import Person
from desktop_app.domain.story import Content, StoryState
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.store.archive import Unit
from desktop_app.store.models import StoryRow


@dataclass(frozen=True, slots=True)
class Returning:
    """A story that comes home: the text it went out with, and the text it comes back with."""

    story: str
    base: Content
    content: Content


@dataclass(frozen=True, slots=True)
class Planned:
    """What a story's coming home would change; its conflicts can be decided before it is applied."""

    story: str
    slug: str
    merge: Merge


@dataclass(frozen=True, slots=True)
class Merged:
    """How many changes were applied, how many are left undecided (what stands here stays), and what changed."""

    applied: int
    conflicts: int
    changes: Changes


def plan_merge(desk: Desk, returning: Sequence[Returning], *, progress: Progress = SILENT) -> tuple[Planned, ...]:
    """Compare what comes back with what stands here; nothing is written.

    Raises:
        WrongUsageError: there is no such story.
        InputRefusedError: what comes back is no text of the story, or of another source text.
    """
    planned = []
    for number, one in enumerate(returning):
        progress.check()
        with desk.archive.read() as session:
            row = story_row(session, one.story)
            story = story_file(session, row).story
        try:
            merge = compare(one.base, story.content, one.content, story.languages)
        except InputRefusedError as error:
            error.subject = error.subject or story.slug
            raise
        planned.append(Planned(story.id, story.slug, merge))
        progress.report(number + 1, len(returning))
    return tuple(planned)


def apply_merge(
    desk: Desk, planned: Sequence[Planned], *, origin: str, by: Person | None, progress: Progress = SILENT
) -> Merged:
    """Carry plans out, all of them or none, with one event for each story that changes.

    ``origin`` names the file for the event. Pictures that come back must be in the archive already.

    Raises:
        NotAllowedError: a story's state or somebody's claim forbids it; nothing was changed.
        OvertakenError: a passage was changed since the plan was made; nothing was changed.
    """
    applied = conflicts = 0
    changes = Changes()
    with desk.archive.write() as unit:
        for number, plan in enumerate(planned):
            progress.check()
            conflicts += len(plan.merge.conflicts)
            if plan.merge.applied:
                applied += len(plan.merge.applied)
                changes |= _apply(unit, plan, origin, by)
            progress.report(number + 1, len(planned))
    return Merged(applied, conflicts, changes)


def _apply(unit: Unit, plan: Planned, origin: str, by: Person | None) -> Changes:
    row = story_row(unit.session, plan.story)
    require_editable(unit.session, row, by)
    written = write_edits(unit, row, edits_of(plan.merge), by=by)
    facts = facts_of(plan.merge)
    if facts:
        _write_facts(unit, row, facts, by)
    unit.record(
        "story merged",
        person=by.id if by else None,
        story=row.id,
        files=[origin],
        applied=[list(change.key) for change in plan.merge.applied],
        conflicts=[list(change.key) for change in plan.merge.conflicts],
        text_changed=written.text_changed or bool(facts),
    )
    return Changes(stories=frozenset({row.id}), memory=written.memory_changed)


def _write_facts(unit: Unit, row: StoryRow, facts: dict[str, tuple[str, ...] | str], by: Person | None) -> None:
    """Byline, dateline and topics: inside the digest, so that a sign-off goes stale by them as by any word."""
    for name, value in facts.items():
        setattr(row, name, value if isinstance(value, str) else list(value))
    row.modified = True
    row.last_editor = by.id if by else row.last_editor
    row.updated_at = unit.at
    unit.session.flush()
    if row.state not in {StoryState.SOURCED, StoryState.DRAFTING} and row.claimed_step is None:
        settle(unit.session, row)
