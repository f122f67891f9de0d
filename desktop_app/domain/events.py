"""The events of an archive as people ask for them and read them, and the links of their chain as they are stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from desktop_app.domain.records import Event
from desktop_app.domain.story import Bilingual
from desktop_app.foundation.messages import N_, NN_, Message


class EventKind(StrEnum):
    """What an event is about, in groups that a person would look for."""

    TEXT = "text"
    REVIEW = "review"
    COMMENTS = "comments"
    PICTURES = "pictures"
    TRANSFER = "transfer"
    LANGUAGE = "language"
    HOUSE = "house"


KIND_NAMES: Mapping[EventKind, Message] = MappingProxyType(
    {
        EventKind.TEXT: N_("Writing"),
        EventKind.REVIEW: N_("Review and release"),
        EventKind.COMMENTS: N_("Comments"),
        EventKind.PICTURES: N_("Pictures"),
        EventKind.TRANSFER: N_("Import and export"),
        EventKind.LANGUAGE: N_("Terms and memory"),
        EventKind.HOUSE: N_("People and archive"),
    }
)

_KINDS: Mapping[EventKind, tuple[str, ...]] = {
    EventKind.TEXT: (
        "story edited", "changes accepted", "acceptance taken back", "version restored", "words replaced",
        "replacement undone", "finding waived", "waiver lifted", "translation kept apart",
        "translation follows again", "source changed",
    ),
    EventKind.REVIEW: (
        "story claimed", "step signed", "story returned", "sign-off withdrawn", "story released", "correction begun",
        "claim given back", "claim taken away", "draft recalled", "draft handed on", "review handed on",
        "step assigned", "deadline set", "assignment ended",
        "story unpublished", "story dropped", "story restored", "story killed", "kill asked for",
        "story policy set", "emergency release", "emergency approved", "correction given up", "story republished",
        "kill withdrawn", "embargo set", "embargo change asked for", "embargo lifting asked for", "embargo changed",
        "embargo lifted", "embargo change refused", "source change without effect", "source change reopened",
    ),
    EventKind.COMMENTS: (
        "comment added", "comment answered", "comment resolved", "comment reopened", "comment changed",
        "comment deleted", "comment brought back",
    ),
    EventKind.PICTURES: ("pictures added", "pictures linked", "picture placed", "picture described"),
    EventKind.TRANSFER: (
        "stories imported", "stories exported", "version kept", "story merged", "stories packed",
        "stories packed to go home", "package unpacked", "story unpacked", "loan ended", "work came home",
        "conflict decided", "files not written",
    ),
    EventKind.LANGUAGE: (
        "term added", "term changed", "term removed", "terms imported", "memory imported", "memory forgotten",
        "memory exported", "repetitions follow", "repetitions left alone", "sentence rules set", "house style set",
        "name added to the house style",
    ),
}  # fmt: skip
# Every operation that is not named here belongs to the archive itself.
KIND_OF: Mapping[str, EventKind] = MappingProxyType(
    {operation: kind for kind, operations in _KINDS.items() for operation in operations}
)


def kind_of(operation: str) -> EventKind:
    """What an operation is about; one that no list names belongs to the archive itself."""
    return KIND_OF.get(operation, EventKind.HOUSE)


@dataclass(frozen=True, slots=True)
class Word:
    """One word looked for: in what an event tells (names, files, notes), or in what its ids stand for.

    ``operations``, ``people``, ``stories`` and ``steps`` are those whose sentence, name, headline or title has it.
    """

    text: str
    operations: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    stories: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are asked for; what is left empty lets all through.

    ``story`` and ``person`` are ids; an event of several stories at once is an event of each. ``since`` is the first
    moment, ``until`` the moment after the last, both as ``stamp`` writes them. Every one of ``words`` must be found.
    """

    story: str | None = None
    person: str | None = None
    kinds: frozenset[EventKind] = frozenset()
    since: str | None = None
    until: str | None = None
    words: tuple[Word, ...] = ()

    def plain(self) -> dict[str, object]:
        """What is asked for, for those who read a file of what was found."""
        told: dict[str, object] = {
            "story": self.story,
            "person": self.person,
            "kinds": sorted(self.kinds),
            "since": self.since,
            "until": self.until,
            "words": [word.text for word in self.words],
        }
        return {name: value for name, value in told.items() if value}


EVERYTHING = EventFilter()


@dataclass(frozen=True, slots=True)
class NumberedEvent:
    """An event with its number in the chain, its hash, and the story it is about (None: none, or several)."""

    number: int
    event: Event
    story: str | None
    hash: str

    @property
    def stories(self) -> tuple[str, ...]:
        """The ids of all stories it is about."""
        if self.story is not None:
            return (self.story,)
        told = self.event.data.get("stories")
        return tuple(str(one) for one in told) if isinstance(told, list) else ()


@dataclass(frozen=True, slots=True)
class EventLink:
    """One link of the chain, cell by cell as it is stored: what its hash was worked out from, and the hash."""

    sequence: int
    id: str
    at: str
    person: str | None
    account: str
    operation: str
    story: str | None
    data: str
    touched: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The newest link of a chain. Whoever keeps it elsewhere can later tell whether the chain still leads to it."""

    number: int
    hash: str
    at: str

    def plain(self) -> dict[str, str | int]:
        """As packages, bags and answers carry it."""
        return {"number": self.number, "hash": self.hash, "at": self.at}


@dataclass(frozen=True, slots=True)
class StoryName:
    """What an event says of a story: its short name, its headline, and the policy that names its steps."""

    slug: str
    headline: Bilingual
    policy: str
    policy_version: int = 1


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """One event as a line for a person. ``who`` is a name, or the computer's account where nobody is named.

    ``stories`` are the ids it is about, ``headline`` that of the story where it is one.
    """

    number: int
    at: str
    who: Message | str
    person: str | None
    account: str
    operation: str
    sentence: Message
    note: str
    stories: tuple[str, ...]
    headline: Bilingual | None
    slug: str
    hash: str

    @property
    def kind(self) -> EventKind:
        """What it is about."""
        return kind_of(self.operation)

    @property
    def subject(self) -> Message | str:
        """The story it is about in words, English first; empty where it is about none."""
        if self.headline is not None:
            return self.headline.en or self.headline.zh or self.slug
        return NN_("{n} story", "{n} stories", len(self.stories)) if len(self.stories) > 1 else ""


def looked_for(text: str, titles: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The keys of those whose titles have ``text``, in capitals or not."""
    wanted = text.casefold()
    return frozenset(key for key, told in titles.items() if any(wanted in title.casefold() for title in told))
