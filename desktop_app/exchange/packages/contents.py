"""What a work package holds, as values: the stories with all that is said about them, and the house they come from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop_app.domain.comments import Comment
from desktop_app.domain.events import ChainHead, EventLink
from desktop_app.domain.memory import MemoryUnit
from desktop_app.domain.people import Person
from desktop_app.domain.pictures import Picture
from desktop_app.domain.policy import Policy
from desktop_app.domain.records import Version
from desktop_app.domain.signoff import Claim, SignOff
from desktop_app.domain.statements import PersonKey
from desktop_app.domain.story import Content, Credit, Languages, StoryState, VersionNumber
from desktop_app.domain.terms import Term

Cell = str | int | None | Mapping[str, Any] | list[str]
Row = Mapping[str, Cell]
"""One row of a table that is carried as it stands, by the names of its columns."""


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """Where a story stands, beside its text and its sign-offs. People are ids, moments ISO ones in UTC.

    ``version`` is the number that stands now, and ``modified`` says that the text left it behind; ``released`` is the
    version that is out, ``released_after`` how many sign-offs there were when it went out, ``correcting`` the one that
    is being corrected. ``drafters`` had a hand in the draft beside the drafter (``domain.drafting``). ``handed_editor``
    had written the text last that the claim began from.
    """

    state: StoryState = StoryState.SOURCED
    version: VersionNumber = VersionNumber()
    policy: str = "draft-revision"
    policy_version: int | None = None
    modified: bool = False
    released: VersionNumber | None = None
    released_after: int | None = None
    correcting: VersionNumber | None = None
    drafter: str | None = None
    drafters: tuple[tuple[str, str], ...] = ()
    last_editor: str | None = None
    claim: Claim | None = None
    handed_editor: str | None = None
    kill_asked_by: str | None = None
    date: str | None = None
    source_url: str | None = None
    boilerplate: tuple[str, ...] = ()
    imported_credits: tuple[Credit, ...] = ()
    created_at: str = ""
    updated_at: str = ""


@dataclass(frozen=True, slots=True)
class PackedStory:
    """One story: ``shape`` is its JSON for other programs, ``base`` the text that went out, ``content`` that of now.

    In a package that comes home ``base`` is still the text that went out; of a story that was begun away from home it
    is empty. ``versions`` are those that the sign-offs and the claim name, the one that is out and the newest, with
    their texts, oldest first. ``signoffs`` are in the order in which they were given. ``rows`` has, by table, what else
    is said about the story (``tables.TABLES``).
    """

    id: str
    slug: str
    languages: Languages
    shape: Mapping[str, Any]
    base: Content
    content: Content
    versions: tuple[tuple[Version, Content], ...]
    signoffs: tuple[SignOff, ...]
    facts: StoryFacts = StoryFacts()
    comments: tuple[Comment, ...] = ()
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PackedPicture:
    """A catalogue entry with the fingerprint of likeness; its master is the part ``pictures/SHA256``."""

    picture: Picture
    fingerprint: str
    added_at: str


@dataclass(frozen=True, slots=True)
class PackedPolicy:
    """One version of a house's own policy, when it was made and by whom."""

    policy: Policy
    at: str
    person: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a package that comes home answers: the package that went out, and which answer to it this is, from 1.

    ``head`` is the head that the chain of the house had when that package went out. ``origin`` is the id of the small
    archive that answers: a package may have been opened in more than one place.
    """

    package: str
    edition: int
    head: ChainHead
    origin: str


@dataclass(frozen=True, slots=True)
class WorkPackage:
    """A whole package without its masters. People are ids; ``head`` is the head of the chain it was made at.

    ``house`` is the name of the house that sends, or that sent what is answered. ``settings`` are facts of the archive
    that work depends on (languages, style, rules for sentences). ``audit`` is the whole chain of the small archive that
    a package comes home from, empty on the way out.
    """

    id: str
    made_at: str
    made_by: str | None
    made_for: str | None
    head: ChainHead
    people: tuple[Person, ...]
    policies: tuple[PackedPolicy, ...]
    stories: tuple[PackedStory, ...]
    house: str = ""
    keys: tuple[PersonKey, ...] = ()
    pictures: tuple[PackedPicture, ...] = ()
    memory: tuple[MemoryUnit, ...] = ()
    terms: tuple[Term, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    answers: Answer | None = None
    audit: tuple[EventLink, ...] = ()
