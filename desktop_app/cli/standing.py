"""Where a story stands, as every command of the workflow answers it, and deadlines as people write and read them."""

from datetime import datetime, time
from typing import Any

from desktop_app.cli.stories import signoffs_json
from desktop_app.desk.desk import Desk
from desktop_app.desk.stories import StoryFile, open_story
from desktop_app.desk.workflow import find_step
from desktop_app.domain.duties import due
from desktop_app.domain.publication import Embargo, Publication, out_beside
from desktop_app.domain.workflow import state_words, waiting_title
from desktop_app.foundation.ids import moment
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.foundation.zones import told


def standing_json(file: StoryFile) -> dict[str, Any]:
    """The contract's answer to an act of the workflow, with what stands beside the steps."""
    return {
        "story": file.story.id,
        "state": file.story.state.value,
        "version": str(file.story.version),
        "signoffs": signoffs_json(file),
        "assignment": assignment_json(file),
        **publication_json(file.publication),
    }


def conflicts_note(waiting: int) -> Message:
    """What to say to somebody who signs or lets out a story while changes that came home for it are not decided."""
    return NN_(
        "Note: {n} change that came home for this story is not decided yet.",
        "Note: {n} changes that came home for this story are not decided yet.",
        waiting,
    )


def assignment_json(file: StoryFile) -> dict[str, Any] | None:
    """Who was given the open step and until when (a moment in UTC); None where nobody was."""
    given = file.assignment
    if given is None:
        return None
    person, by = (file.people.get(one or "") for one in (given.person, given.given_by))
    return {
        "step": given.step,
        "person": person.name if person is not None else None,
        "deadline": given.deadline,
        "note": given.note,
        "by": by.name if by is not None else None,
        "at": given.at,
    }


def publication_json(about: Publication) -> dict[str, Any]:
    """What stands about a story beside its steps: nothing of it is missing, what is not there is null or false."""
    return {
        "released": str(about.released) if about.released else None,
        "correcting": str(about.correcting) if about.correcting else None,
        "emergency": about.emergency is not None and about.emergency.approved_by is None,
        "embargo": _embargo_json(about.embargo),
        "source_changed": bool(about.changes),
        "kill_asked": about.kill_asked_by is not None,
    }


def _embargo_json(embargo: Embargo | None) -> dict[str, Any] | None:
    if embargo is None or (embargo.until is None and embargo.wish is None):
        return None
    wish = embargo.wish
    return {
        "until": embargo.until,
        "zone": embargo.zone,
        "reason": embargo.reason,
        "asked": {"until": wish.until, "zone": wish.zone, "reason": wish.reason} if wish is not None else None,
    }


def standing_line(file: StoryFile) -> Message:
    """The state of the story in words."""
    return N_(
        "{story}: {state}, version {version}.",
        story=file.story.slug,
        state=state_words(file.story.state, waiting_title(file.situation)),
        version=str(file.story.version),
    )


def standing_lines(file: StoryFile) -> list[Message]:
    """Where the story stands in words: its state, and what stands beside its steps."""
    about, lines = file.publication, [standing_line(file)]
    beside = out_beside(file.story.state, about.released, about.correcting)
    lines += [beside] if beside is not None else []
    if about.emergency is not None and about.emergency.approved_by is None:
        lines.append(N_("It went out in an emergency; another person must approve it (approve-later)."))
    if about.embargo is not None and about.embargo.until is not None:
        lines.append(N_("Embargo until {until}.", until=told(about.embargo.until, about.embargo.zone)))
    if about.embargo is not None and about.embargo.wish is not None:
        lines.append(N_("A second person must confirm that the embargo ends earlier (embargo --confirm)."))
    if about.changes:
        lines.append(N_("The Chinese has changed; a reviser must judge it (source-judge)."))
    if about.kill_asked_by is not None:
        lines.append(N_("Somebody asked to kill the story; a second person must confirm."))
    return lines


def require_step(desk: Desk, story: str, step: str | None) -> None:
    """Refuse a step that the story's policy does not have: every act has ``--step``, and some are about no single one.

    Raises:
        WrongUsageError: there is no such story, or its policy has no such step.
    """
    if step is not None:
        find_step(open_story(desk, story), step)


def deadline_of(text: str) -> datetime:
    """The moment that a person wrote as day and time of this machine's zone; a day alone is its end.

    Raises:
        ValueError, OverflowError: it is no such moment.
    """
    written = datetime.fromisoformat(text.strip())
    if len(text.strip()) <= len("2026-12-01"):
        written = datetime.combine(written.date(), time(23, 59, 59))
    return written.astimezone()


def due_words(deadline: str, now: datetime) -> Message:
    """A deadline as it looks from ``now`` in this machine's zone."""
    return due(moment(deadline).astimezone(), now.astimezone()).words
