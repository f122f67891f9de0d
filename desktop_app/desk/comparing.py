"""The changes between two texts of a story with their authors, without those that were accepted."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.desk.desk import Desk
from desktop_app.desk.stories import StoryFile, people_by_id, story_file, story_row
from desktop_app.domain.accepted import Accepted, with_accepted
from desktop_app.domain.authors import Author, Wrote, blame
from desktop_app.domain.changes import Comparison, Key, TextChanged, compare_changes
from desktop_app.domain.people import Person
from desktop_app.domain.records import Event, Version
from desktop_app.domain.story import Content, VersionNumber
from desktop_app.domain.wordings import Wording
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.store import accepted as accepted_store
from desktop_app.store import history as history_store
from desktop_app.store import wordings as wording_store
from desktop_app.store.archive import Session

NOW = ""  # stands for the text as it is


@dataclass(frozen=True, slots=True)
class Compared:
    """Two texts of a story: ``old`` and ``new`` are numbers of versions, ``new`` empty is the text of now.

    ``version`` is the content of ``old`` as it was frozen, ``layer`` what was accepted since; both are empty where
    the story has no version. ``authors`` has one for every change, in reading order.
    """

    file: StoryFile
    versions: tuple[Version, ...]
    people: Mapping[str, Person]
    events: tuple[Event, ...]
    old: str
    new: str
    version: Content
    layer: tuple[Accepted, ...]
    comparison: Comparison
    authors: Mapping[Key, Author]

    def name(self, person: str | None) -> str:
        """What somebody is called, empty where nobody knows who it was."""
        found = self.people.get(person or "")
        return found.name if found is not None else (person or "")

    def keys_by(self, person: str) -> list[Key]:
        """The changes that a person made."""
        return [key for key, author in self.authors.items() if author.person == person]


def telling_version(file: StoryFile, versions: Sequence[Version]) -> str:
    """The version to compare with: the signed draft, else the newest that differs from now, else the newest."""
    draft = file.policy.steps[0].name
    drafts = [s for s in file.signoffs if s.step == draft]
    signed = [s.version for s in drafts if s.withdrawn_at is None and s.digest != file.digest]
    if signed:
        return str(signed[-1])
    handed = [s.version for s in drafts if s.digest != file.digest and not _taken_back(file, s.withdrawn_by)]
    if handed:
        return str(handed[-1])
    other = [version.number for version in versions if version.digest != file.digest]
    return str((other or [version.number for version in versions])[-1]) if versions else ""


def _taken_back(file: StoryFile, by: str | None) -> bool:
    """Whether a draft was withdrawn by its drafter, not by a reviser who returned the story."""
    return by is not None and by == file.situation.drafter


def compared(
    desk: Desk, story: str, old: str = "", new: str = NOW, *, now: Content | None = None, all_of_it: bool = False
) -> Compared:
    """Compare two texts of a story; ``old`` empty is the version that tells most.

    ``now`` is the text of now where it is not all in the archive yet. ``all_of_it``: what was accepted counts too.

    Raises:
        WrongUsageError: no such story or version.
    """
    with desk.archive.read() as session:
        row = story_row(session, story)
        file = story_file(session, row)
        versions = history_store.versions(session, row.id)
        events = history_store.timeline(session, row.id)
        old = old or telling_version(file, versions)
        version = _content(session, file, versions, old) if old else Content()
        stands = _content(session, file, versions, new) if new else (now or file.story.content)
        layer: list[Accepted] = []
        if old and not new and not all_of_it:
            layer = accepted_store.of_version(session, row.id, VersionNumber.parse(old))
        wordings = wording_store.of_story(session, row.id)
        people = people_by_id(session)
    older = with_accepted(version, layer) if old else stands
    comparison = compare_changes(older, stands, file.story.languages)
    authors = _Authors(file, versions, events, wordings, old, new).of(comparison)
    return Compared(file, tuple(versions), people, tuple(events), old, new, version, tuple(layer), comparison, authors)


def _content(session: Session, file: StoryFile, versions: Sequence[Version], number: str) -> Content:
    try:
        content = history_store.version_content(session, file.story.id, VersionNumber.parse(number))
    except ValueError:
        content = None
    if content is None:
        raise WrongUsageError(
            N_("The story has no version {version}.", version=number),
            subject=file.story.slug,
            advice=N_("Its versions are: {versions}.", versions=", ".join(str(v.number) for v in versions)),
        )
    return content


class _Authors:
    """Finds who made each change: from the wordings, else from the events of editing, else from the newer version."""

    def __init__(
        self,
        file: StoryFile,
        versions: Sequence[Version],
        events: Sequence[Event],
        wordings: Sequence[Wording],
        old: str,
        new: str,
    ) -> None:
        at = {str(version.number): version.at for version in versions}
        self._since, self._until = at.get(old, ""), at.get(new, "~")
        newer = next((version for version in versions if str(version.number) == new), None)
        last = Author(file.situation.last_editor, events[-1].at if events else "")
        self._otherwise = Author(newer.person, newer.at) if newer is not None else last
        self._said: dict[tuple[str, str], list[Wrote]] = defaultdict(list)
        for one in wordings:
            if self._since < one.at and one.began_at <= self._until:
                place = one.part, one.field.replace("_", "-")
                self._said[place].append(Wrote(one.text, Author(one.person, one.at)))
        self._edited = dict(self._edits(events))

    def _edits(self, events: Sequence[Event]) -> list[tuple[str, Author]]:
        """Who wrote in a part last, by what the events say."""
        found = []
        for event in events:
            edits = event.data.get("edits")
            if self._since < event.at <= self._until and isinstance(edits, list):
                author = Author(event.person, event.at)
                found += [(str(edit[1]), author) for edit in edits if isinstance(edit, list) and len(edit) > 1]
        return found

    def of(self, comparison: Comparison) -> dict[Key, Author]:
        """The author of every change."""
        homes = {s.id: block.id for block in comparison.base.blocks for s in block.segments}
        found: dict[Key, Author] = {}
        for change in comparison.changes:
            if not isinstance(change, TextChanged):
                touched = (*change.touched(), change.block)
                known = (self._edited[part] for part in touched if part in self._edited)
                found[change.keys[0]] = next(known, self._otherwise)
            else:
                found.update(zip(change.keys, self._of_text(change, homes), strict=True))
        return found

    def _of_text(self, change: TextChanged, homes: Mapping[str, str]) -> list[Author]:
        fallback = self._edited.get(change.part) or self._edited.get(homes.get(change.part, "")) or self._otherwise
        steps = self._said.get((change.part, change.field), [])
        if len(change.hunks()) == 1 and not steps:
            return [fallback]
        found = blame(change.old, steps, change.new, fallback)
        return found if len(found) == len(change.keys) else [fallback] * len(change.keys)
