"""The history of each text of a story: kept as edits are written, and read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.desk.desk import Desk
from desktop_app.desk.stories import story_row
from desktop_app.domain.people import Person
from desktop_app.domain.records import Event
from desktop_app.domain.wordings import Place, Said, Wording, goes_on
from desktop_app.store import history
from desktop_app.store import wordings as store
from desktop_app.store.archive import Unit
from desktop_app.store.models import StoryRow

TYPED = frozenset({"segment", "picture"})
"""The kinds of edits, as an event names them, that are typing: words alone change, not the cut of segments."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Who wrote texts where it was not whoever writes them down: what came home belongs to its authors.

    ``authors`` has people's ids; ``steps`` what a text said after each of several people but the last, and their ids.
    """

    authors: Mapping[Place, str | None] = field(default_factory=dict)
    steps: Mapping[Place, Sequence[tuple[str, str | None]]] = field(default_factory=dict)


BY_ONE = Hands()


def wordings(desk: Desk, story: str, part: str | None = None) -> list[Wording]:
    """What the texts of a story, or of one segment or picture block of it, said over time; the oldest first.

    A text that nobody changed since the archive keeps wordings has none.

    Raises:
        WrongUsageError: there is no such story.
    """
    with desk.archive.read() as session:
        return store.of_story(session, story_row(session, story).id, part)


def changed_since(desk: Desk, story: str, moment: str, *, but: str | None = None) -> set[str]:
    """The segments and picture blocks of which others than the person ``but`` changed a text after ``moment``.

    ``moment`` is an ISO moment as ``foundation.ids.stamp`` writes it.

    Raises:
        WrongUsageError: there is no such story.
    """
    with desk.archive.read() as session:
        return store.changed_since(session, story_row(session, story).id, moment, but=but)


def keep_wordings(
    unit: Unit,
    row: StoryRow,
    before: Mapping[Place, Said],
    after: Mapping[Place, Said],
    *,
    by: Person | None,
    typed: bool = True,
    hands: Hands = BY_ONE,
) -> None:
    """Keep what texts say after edits; ``before`` is what the same texts said, those that are new left out.

    What is ``typed`` goes on with the wording of the same sitting. Any other act, such as replacing or restoring, has
    a wording of its own, and what is typed after it begins another: no wording that stood is lost.

    The first time that a text changes, what it said before is kept too: by nobody, at the moment of the version that
    it stood in.
    """
    changed = {place: said for place, said in after.items() if before.get(place) != said}
    if not changed:
        return
    person, session = by.id if by else None, unit.session
    known = store.last_of(session, row.id, {part for part, _ in changed})
    first_at = ""
    going_on = {last.began_at for _, last in known.values() if typed and goes_on(last, person, unit.at)}
    acts = _acts_at(unit, row, going_on)
    for place, said in changed.items():
        now = Wording(*place, said.text, said.status, hands.authors.get(place, person), unit.at, unit.at)
        last = known.get(place)
        if last is not None and typed and goes_on(last[1], person, unit.at) and last[1].began_at not in acts:
            store.extend(session, last[0], text=said.text, status=said.status, at=unit.at)
            continue
        old = before.get(place)
        begins = last is None and old is not None and bool(old.text)
        if begins and old is not None:
            first_at = first_at or _version_at(unit, row)
            old_one = replace(now, text=old.text, status=old.status, person=None, began_at=first_at, at=first_at)
            store.add(session, row.id, old_one, identity=unit.new_id())
        for text, author in hands.steps.get(place, ()):
            earlier = replace(now, text=text, person=author)
            store.add(session, row.id, earlier, identity=unit.new_id())
        if begins or last is not None or said.text:
            store.add(session, row.id, now, identity=unit.new_id())


def _acts_at(unit: Unit, row: StoryRow, moments: Collection[str]) -> set[str]:
    """The moments at which something else than typing changed the story."""
    found = history.events_at(unit.session, row.id, moments)
    return {event.at for event in found if not _is_typing(event)}


def _is_typing(event: Event) -> bool:
    edits = event.data.get("edits")
    return isinstance(edits, list) and all(edit[0] in TYPED for edit in edits)


def _version_at(unit: Unit, row: StoryRow) -> str:
    """When the text before the first known change was frozen last; where it never was, when the story came in."""
    found = history.versions(unit.session, row.id)
    return found[-1].at if found else row.created_at
