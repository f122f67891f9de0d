"""What lists, histories and searches show: small facts about stories, versions, events and matches."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.domain.memory import Layer
from desktop_app.domain.story import Bilingual, StoryState, VersionNumber


@dataclass(frozen=True, slots=True)
class StorySummary:
    """What a list shows of a story, without its text. People are ids; ``updated_at`` is an ISO moment.

    ``modified`` says that the text left the numbered version behind. ``drafted`` had the draft before its drafter, and
    ``hands`` are these and all who wrote in the draft beside.
    ``released`` is the version that is out, ``correcting`` the one that a correction is drafted from, and
    ``released_after`` how many sign-offs there were at the release. ``kill_asked`` says that a second person must say
    whether the story is killed.
    """

    id: str
    slug: str
    headline: Bilingual
    state: StoryState
    version: VersionNumber
    topics: tuple[str, ...]
    date: str | None
    drafter: str | None
    claimed_by: str | None
    claimed_step: str | None
    policy: str
    updated_at: str
    modified: bool = False
    drafted: tuple[str, ...] = ()
    policy_version: int = 1
    released: VersionNumber | None = None
    correcting: VersionNumber | None = None
    released_after: int | None = None
    kill_asked: bool = False
    hands: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Version:
    """A version without its content; ``person`` is an id, ``at`` an ISO moment, ``reason`` the act that froze it."""

    number: VersionNumber
    digest: str
    at: str
    person: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Event:
    """One event of the audit chain as people read it; ``person`` is an id, ``account`` the computer's user."""

    at: str
    person: str | None
    account: str
    operation: str
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that matched a search; ``owner`` is the story or picture, ``part`` the segment or block in it.

    ``spans`` are the places in ``text`` that were looked for: half-open ranges in order.
    """

    kind: str
    owner: str
    part: str
    field: str
    text: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Concordance:
    """A pair that has what was looked for; the spans are its places in either text, half-open ranges in order.

    ``story`` is the slug and ``story_id`` the id of the story it stands or stood in, None for a pair that came in with
    a file; ``origin`` is the slug of the story or the name of the file.
    """

    source: str
    target: str
    source_spans: tuple[tuple[int, int], ...]
    target_spans: tuple[tuple[int, int], ...]
    layer: Layer
    origin: str
    story: str | None = None
    story_id: str | None = None
    segment: str | None = None
