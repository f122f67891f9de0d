"""The changes between two texts of a story with their authors, and which of them a person has accepted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.desk.authorship import Authorship
from desktop_app.desk.desk import Desk
from desktop_app.desk.stories import StoryFile, open_story, open_version, people_by_id, story_file, story_row
from desktop_app.domain.accepted import Accepted, with_accepted
from desktop_app.domain.authors import Made
from desktop_app.domain.changes import Comparison, Key, compare_changes
from desktop_app.domain.comparison import TextChange, compare
from desktop_app.domain.people import Person
from desktop_app.domain.records import Event, Version
from desktop_app.domain.story import Content, VersionNumber
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

    ``version`` is the content of ``old`` as it was frozen, ``layer`` what ``person`` accepted since; both are empty
    where the story has no version. ``comparison`` has the changes that this person has not accepted, and ``accepted``
    those that were, from ``version`` to the text with the layer in it; they stand in the text for everybody else.
    ``authors`` and ``accepted_authors`` have one for every change of theirs, in reading order.
    """

    file: StoryFile
    versions: tuple[Version, ...]
    people: Mapping[str, Person]
    events: tuple[Event, ...]
    old: str
    new: str
    person: str  # empty: nobody's layer counts, and every change is there
    version: Content
    layer: tuple[Accepted, ...]
    comparison: Comparison
    authors: Mapping[Key, Made]
    accepted: Comparison
    accepted_authors: Mapping[Key, Made]

    def name(self, person: str | None) -> str:
        """What somebody is called, empty where nobody knows who it was."""
        found = self.people.get(person or "")
        return found.name if found is not None else (person or "")

    def keys_by(self, person: str) -> list[Key]:
        """The changes that are wholly a person's own; see ``domain.authors.Made``."""
        return [key for key, made in self.authors.items() if made.owner == person]


def telling_version(file: StoryFile, versions: Sequence[Version]) -> str:
    """The version to compare with: the signed draft, else the newest that differs from now, else the newest."""
    draft = file.policy.steps[0].name
    drafts = [s for s in file.signoffs if s.step == draft and s.kept is None]
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
    desk: Desk,
    story: str,
    old: str = "",
    new: str = NOW,
    *,
    now: Content | None = None,
    person: Person | None = None,
) -> Compared:
    """Compare two texts of a story; ``old`` empty is the version that tells most.

    ``now`` is the text of now where it is not all in the archive yet. What ``person`` has accepted is told apart; with
    nobody, and between two old versions, no change counts as accepted.

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
        if old and not new and person is not None:
            layer = accepted_store.of_version(session, row.id, VersionNumber.parse(old), person.id)
        wordings = wording_store.of_story(session, row.id)
        people = people_by_id(session)
    older = with_accepted(version, layer) if old else stands
    comparison = compare_changes(older, stands, file.story.languages)
    accepted = compare_changes(version if layer else older, older, file.story.languages)
    makers = Authorship(versions, events, wordings, old, new, version, stands)
    return Compared(
        file,
        tuple(versions),
        people,
        tuple(events),
        old,
        new,
        person.id if person is not None else "",
        version,
        tuple(layer),
        comparison,
        makers.of(comparison),
        accepted,
        makers.of(accepted),
    )


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


def differences(desk: Desk, story: str, old: str, new: str | None = None) -> list[TextChange]:
    """What changed between two versions, or between a version and the text as it stands.

    Raises:
        WrongUsageError: no such story or version.
    """
    before = open_version(desk, story, old)
    after = open_version(desk, story, new) if new is not None else open_story(desk, story).story.content
    return compare(before, after)
