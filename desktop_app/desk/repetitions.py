"""Whether repetitions follow what is confirmed: for the whole house, and segment by segment."""

from typing import NamedTuple

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.editing import require_editable
from desktop_app.desk.stories import story_row
from desktop_app.domain.people import Person
from desktop_app.store import lone_segments as store
from desktop_app.store import people as facts

_FACT, _OFF = "repetitions", "off"


class Repetitions(NamedTuple):
    """How a story's repetitions are treated.

    ``follow``: what is confirmed is put into segments with the same source. ``alone``: those that keep a translation
    of their own.
    """

    follow: bool = True
    alone: frozenset[str] = frozenset()


def repetitions(desk: Desk, story: str) -> Repetitions:
    """How the repetitions of a story are treated.

    Raises:
        WrongUsageError: there is no such story.
    """
    with desk.archive.read() as session:
        follow = facts.fact(session, _FACT) != _OFF
        return Repetitions(follow, store.of_story(session, story_row(session, story).id))


def keep_own_translation(desk: Desk, story: str, segment: str, *, alone: bool, by: Person | None) -> Changes:
    """Let a segment keep a translation of its own, or follow its repetitions again.

    The segment need not be stored yet: it may just have been split off.

    Raises:
        NotAllowedError: the story's state or somebody's claim forbids it.
        WrongUsageError: there is no such story.
    """
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        require_editable(unit.session, row, by)
        store.put(unit.session, row.id, segment, alone=alone)
        operation = "translation kept apart" if alone else "translation follows again"
        unit.record(operation, person=by.id if by else None, story=row.id, segment=segment)
        return Changes(stories=frozenset({row.id}))


def set_following(desk: Desk, *, follow: bool, by: Person | None) -> Changes:
    """Put what is confirmed into its repetitions from now on, or leave them as they are, everywhere in the archive.

    Raises:
        ArchiveUnavailableError: the archive cannot be written.
    """
    with desk.archive.write() as unit:
        facts.set_fact(unit.session, _FACT, "" if follow else _OFF)
        operation = "repetitions follow" if follow else "repetitions left alone"
        unit.record(operation, person=by.id if by else None)
    return Changes(style=True)
