"""The text that a review copy or a translation file went out with: kept as it leaves, found again as it comes home."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.desk.desk import Desk
from desktop_app.desk.operations import COMES_HOME
from desktop_app.desk.stories import story_file, story_row
from desktop_app.desk.workflow import freeze
from desktop_app.domain.digest import content_digest
from desktop_app.domain.people import Person
from desktop_app.domain.returned_texts import Held, Spot, texts_in
from desktop_app.domain.signoff import unsigned
from desktop_app.domain.story import Content, Story, StoryState
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import history
from desktop_app.store.archive import Session

_MOST = 60  # versions that are compared with a file that does not say which one it is


def keep(desk: Desk, story: str, *, by: Person | None) -> bool:
    """Freeze the text of a story as a version before it leaves, unless one has these very words; tell whether it was.

    An archive that can only be read keeps nothing; a file of it can still come home by what stands in it.
    """
    if not desk.archive.writable:
        return False
    with desk.archive.read() as session:
        row = story_row(session, story)
        digest = story_file(session, row).digest
        if any(version.digest == digest for version in history.versions(session, row.id)):
            return False
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        is_open = file.story.state in {StoryState.SOURCED, StoryState.DRAFTING}
        left_behind = row.modified and not is_open and file.situation.standing == unsigned(file.policy)
        number = freeze(unit, row, file, by=by, reason="sent out")
        row.modified = left_behind  # a version alone brings no sign-off back
        unit.record("version kept", person=by.id if by else None, story=row.id, version=str(number))
    return True


@dataclass(frozen=True, slots=True)
class Ground:
    """The text that a returned file is compared with.

    ``sure``: it is the one that went out. Else ``told`` says what it is, and ``doubtful`` are the texts that other
    versions which are as like the file have otherwise.
    """

    content: Content
    sure: bool
    told: Message | None = None
    doubtful: frozenset[Spot] = frozenset()


def ground_of(session: Session, story: Story, digest: str, likeness: Callable[[Content], int]) -> Ground:
    """Find the text that went out by its digest; else the version that is most like the file, the newest of several.

    ``likeness`` counts the texts of a version that the file has word for word.
    """
    versions = history.versions(session, story.id)
    known = next((version.number for version in reversed(versions) if digest and version.digest == digest), None)
    if known is not None:
        content = history.version_content(session, story.id, known)
        if content is not None:
            return Ground(content, sure=True)
    if digest and content_digest(story.content) == digest:
        return Ground(story.content, sure=True)
    known_texts = [("", story.content)]
    for version in reversed(versions[-_MOST:]):
        content = history.version_content(session, story.id, version.number)
        if content is not None:
            known_texts.append((str(version.number), content))
    scores = [likeness(content) for _, content in known_texts]
    nearest = [known for known, score in zip(known_texts, scores, strict=True) if score == max(scores)]
    name, best = nearest[0]
    doubtful = _differing([texts_in(content) for _, content in nearest])
    if name:
        told = N_(
            "The text that went out is not known here; what came back is compared with version {version}, which is"
            " nearest to it.",
            version=name,
        )
    else:
        told = N_("The text that went out is not known here; what came back is compared with the text as it stands.")
    return Ground(best, sure=False, told=told, doubtful=doubtful)


def _differing(texts: Sequence[Mapping[Spot, Held]]) -> frozenset[Spot]:
    """The spots at which not all of these say the same."""
    first, *others = texts
    return frozenset(
        spot for spot, held in first.items() for other in others if spot in other and other[spot].target != held.target
    )


__all__ = ["COMES_HOME", "Ground", "ground_of", "keep"]
