"""Accepting changes: "I have seen it and agree". No text changes by it, so it is open to everybody in every state.

What a person accepts is kept as that person's layer over the version that they compared with; see ``domain.accepted``.
It hides a change from nobody else. Rejecting is an edit of the text like any other, and comes with ``desk.editing``.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from desktop_app.desk.comparing import Compared, compared
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.stories import story_row
from desktop_app.domain.accepted import Accepted, layer_between
from desktop_app.domain.changes import Key
from desktop_app.domain.people import Person
from desktop_app.domain.resolving import accept
from desktop_app.domain.story import StoryState, VersionNumber
from desktop_app.foundation.errors import NotAllowedError, WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.store import accepted as store


@dataclass(frozen=True, slots=True)
class Step:
    """One act of accepting: the layer that its person saw, and the one that they made of it.

    ``undoes`` tells that changes are taken back that were accepted before.
    """

    person: str
    version: str
    before: tuple[Accepted, ...]
    after: tuple[Accepted, ...]
    count: int = 1
    undoes: bool = False

    def back(self) -> "Step":
        """The step that takes this one back."""
        return Step(self.person, self.version, self.after, self.before, self.count, not self.undoes)


def step_of(seen: Compared, keys: Collection[Key]) -> Step:
    """The step that accepts the chosen changes of a comparison with the text of now.

    Raises:
        WrongUsageError: two old versions were compared, and what lies between them is past; or nobody compared them.
    """
    if seen.new:
        raise WrongUsageError(
            N_("Only changes up to the text of now can be accepted."),
            advice=N_("Choose “Now” as the newer version."),
        )
    after = layer_between(seen.version, accept(seen.comparison, keys))
    return Step(_who(seen), seen.old, seen.layer, tuple(after), len(set(keys)))


def step_opening(seen: Compared, keys: Collection[Key]) -> Step:
    """The step that takes the chosen ones of the accepted changes back: they are to be looked at again.

    Raises:
        WrongUsageError: nobody compared them.
    """
    kept = set(seen.accepted.keys) - set(keys)
    after = layer_between(seen.version, accept(seen.accepted, kept))
    return Step(_who(seen), seen.old, seen.layer, tuple(after), len(set(keys)), undoes=True)


def _who(seen: Compared) -> str:
    if not seen.person:
        raise WrongUsageError(N_("It is not known who acts."))
    return seen.person


def take_step(desk: Desk, story: str, step: Step, *, by: Person) -> Changes:
    """Carry out a step of accepting.

    Only the texts that the step changes are written, so that one person can go through a story in two windows.

    Raises:
        NotAllowedError: it is the step of another person, or that person accepted changes at the same places
            meanwhile, or the story is closed for good; nothing was changed.
        WrongUsageError: no such story.
    """
    before, after = ({row.place: row for row in rows} for rows in (step.before, step.after))
    changed = [place for place in {**before, **after} if before.get(place) != after.get(place)]
    if not changed:
        return Changes()
    version = VersionNumber.parse(step.version)
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        if row.state == StoryState.KILLED.value:
            raise NotAllowedError(N_("This story was withdrawn for good."), subject=row.slug)
        if step.person != by.id:
            raise NotAllowedError(N_("What somebody else accepted stays as it is."), subject=row.slug)
        held = {one.place: one for one in store.of_version(unit.session, row.id, version, by.id)}
        if any(held.get(place) != before.get(place) for place in changed):
            raise NotAllowedError(
                N_("You went through these changes in another window meanwhile."),
                subject=row.slug,
                advice=N_("Look at what is left, then go on."),
            )
        rows = [after[place] for place in changed if place in after]
        store.put(unit.session, row.id, version, rows, person=by.id, at=unit.at)
        store.remove(unit.session, row.id, version, [place for place in changed if place not in after], person=by.id)
        parts = sorted({part for part, _ in changed})
        if step.undoes:
            unit.record("acceptance taken back", person=by.id, story=row.id, version=step.version, parts=parts)
        else:
            unit.record(
                "changes accepted", person=by.id, story=row.id, version=step.version, parts=parts, count=step.count
            )
        return Changes(stories=frozenset({row.id}))


def accept_changes(
    desk: Desk,
    story: str,
    *,
    since: str = "",
    author: Person | None = None,
    segments: Sequence[str] = (),
    by: Person,
) -> tuple[int, Changes]:
    """Accept changes since a version for one person: all, those of an author, or of some segments and pictures.

    ``segments`` are ids or numbers from 1. Returned is how many changes were accepted.

    Raises:
        NotAllowedError: see ``take_step``.
        WrongUsageError: no such story, version or segment.
    """
    seen = compared(desk, story, since, person=by)
    if not seen.old:
        return 0, Changes()
    keys = seen.keys_by(author.id) if author is not None else seen.comparison.keys
    if segments:
        parts = {_part(seen, place) for place in segments}
        keys = [key for key in keys if key[0] in parts]
    return len(keys), take_step(desk, seen.file.story.id, step_of(seen, keys), by=by)


def _part(seen: Compared, place: str) -> str:
    order = [key for block in seen.comparison.now.blocks for key in ([s.id for s in block.segments] or [block.id])]
    by_number = {str(number): key for number, key in enumerate(order, start=1)}
    known = {*order, *(key[0] for key in seen.comparison.keys)}
    part = place if place in known else by_number.get(place)
    if part is None:
        raise WrongUsageError(
            N_("The story has no segment or picture “{place}”.", place=place),
            subject=seen.file.story.slug,
            advice=N_(
                "Give the id or the number of one; “diptych show {story}” shows them.", story=seen.file.story.slug
            ),
        )
    return part
