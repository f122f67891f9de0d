"""What comes home, as values: a file with stories, and what is needed to merge each with the text that stands here.

People are keys of the file's own ``people``: ids in a work package, names in a document from a word processor.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.desk.desk import SILENT, Desk, Progress
from desktop_app.domain.comments import Comment
from desktop_app.domain.merging.changes import Change, alike, said_of
from desktop_app.domain.people import Person
from desktop_app.domain.pictures import Picture
from desktop_app.domain.records import Version
from desktop_app.domain.returned_texts import Came, Composed, Spot
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.story import Content, Story
from desktop_app.domain.wordings import Place
from desktop_app.foundation.messages import N_, Message

_NAMES = uuid.UUID("6f8b1f6e-6f0c-5d55-9d0b-3a1c1f7f2c11")  # the root of the ids that ``derived_id`` makes


@dataclass(frozen=True, slots=True)
class Told:
    """What a plan has to show beside the changes: something that was not taken and why, or that somebody should know.

    ``part`` is the segment or picture block that it is about, ``words`` are the words that were not taken; both may be
    empty.
    """

    reason: Message
    part: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What a text said after one person had written in it; ``author`` as in ``authors``, None where nobody knows."""

    text: str
    author: str | None


@dataclass(frozen=True, slots=True)
class Returning:
    """A story that comes home: the text it went out with, the text it comes back with, and what was said and signed.

    ``base`` counts only where no loan here knows what went out. ``authors`` has who wrote the words of a text (of a
    segment ``target``, of a picture as ``domain.wordings`` names its fields), ``author`` who is meant where it has
    none; where several wrote in one text, ``steps`` has what it said after each of them. ``last_editor`` wrote last
    there, ``drafter`` is as it was there. ``signoffs`` are all that the file has, in the order they were given, those
    too that went out with the story; ``versions`` are the texts that they name. Comments keep their ids from one
    reading of a file to the next, so that none comes home twice. ``told`` is for the plan to show.
    ``hands`` had a hand in the draft beside the drafter (``domain.drafting``), ``writers`` are moments with who wrote.
    ``begun`` is a story that was begun away from home, which has no base.

    A key that the file's ``people`` lacks is a name that nobody here has: words under it are nobody's, and a note under
    it is kept as one of whoever takes the file home, with the name before its text. ``strangers`` are these names.
    """

    story: str
    base: Content
    content: Content
    comments: tuple[Comment, ...] = ()
    signoffs: tuple[SignOff, ...] = ()
    versions: tuple[tuple[Version, Content], ...] = ()
    authors: Mapping[Place, str | None] = field(default_factory=dict)
    author: str | None = None
    drafter: str | None = None
    last_editor: str | None = None
    hands: tuple[tuple[str, str], ...] = ()
    writers: tuple[tuple[str, str], ...] = ()
    begun: Story | None = None
    told: tuple[Told, ...] = ()
    strangers: tuple[str, ...] = ()
    steps: Mapping[Place, tuple[Step, ...]] = field(default_factory=dict)

    def writers_of(self, place: Place) -> tuple[str | None, ...]:
        """Who wrote the words of a text, each after the one before; None for somebody whom nobody knows."""
        steps = self.steps.get(place)
        return tuple(step.author for step in steps) if steps else (self.authors.get(place, self.author),)

    def hands_in(self, change: Change) -> set[str | None]:
        """Everybody who wrote in what a change brings; None where somebody did whom nobody knows."""
        return {who for place in said_of(change, "theirs") for who in self.writers_of(place)} or {self.author}

    def author_of(self, change: Change) -> str | None:
        """Who wrote what a change brings, where one is to be named: whoever wrote the first text that is another."""
        base, theirs = said_of(change, "base"), said_of(change, "theirs")
        places = sorted(theirs, key=lambda place: alike(theirs[place], base.get(place, "")))
        return self.writers_of(places[0])[-1] if places else self.author


@dataclass(frozen=True, slots=True)
class ReturnedPicture:
    """A picture that came along: its catalogue entry there, and its master, read when it is needed."""

    picture: Picture
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A file that comes home; ``close`` it when nothing more is read of it.

    ``kind`` is ``package``, ``docx`` or ``xliff``; ``sha256`` is that of the whole file. ``package`` names the loan
    that it answers, None where none is known; ``edition`` counts what comes home of one loan, from 1 (0: it is what
    went out, or the format counts none). ``origin`` tells one place that a package was opened at from another.
    ``author`` sent the file.

    ``head`` is the hash of the newest event that stood there when it was packed, ``lineage`` those of all events up to
    it, and ``earlier`` the heads of what was packed there before. By these, and not by its number, an edition is told
    from one of a copy of the same place. All are empty where the format has no such thing.
    """

    kind: str
    name: str
    sha256: str
    stories: tuple[Returning, ...]
    package: str | None = None
    edition: int = 0
    origin: str = ""
    head: str = ""
    lineage: frozenset[str] = frozenset()
    earlier: tuple[str, ...] = ()
    author: str | None = None
    people: Mapping[str, Person] = field(default_factory=dict)
    pictures: tuple[ReturnedPicture, ...] = ()
    close: Callable[[], None] = field(default=lambda: None, compare=False)

    @property
    def is_proven(self) -> bool:
        """Whether its words come with their history: else a name that anybody can type says who wrote them."""
        return self.kind == "package"


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of file is told by its first bytes, and read.

    ``fits`` gets the first kilobytes, and for a zip the names of its entries (else none). ``read`` refuses with
    ``InputRefusedError`` what is damaged, changed or not of this archive.
    """

    kind: str
    fits: Callable[[bytes, frozenset[str]], bool]
    read: Callable[[Desk, Path, Progress], ReturnedFile]


def left_aside(made: Composed, number: Callable[[Spot], int | str]) -> Iterator[tuple[Came, Message]]:
    """The texts of a file that are not taken over, or wait, with the reason; ``number`` is that of a spot's row."""
    for one in made.gone:
        yield (
            one,
            N_(
                "Row {number} is of a text that is not in the story any more; it is not taken over.",
                number=number(one.spot),
            ),
        )
    for one in made.other_source:
        yield (
            one,
            N_(
                "The source of row {number} is another here by now; the row is not taken over.", number=number(one.spot)
            ),
        )
    for one in made.locked:
        yield (
            one,
            N_("Row {number} is locked here; what was changed in it waits for a decision.", number=number(one.spot)),
        )


def derived_id(*parts: str) -> str:
    """An id that is the same for the same texts: for what a file says without giving it an id of its own."""
    return str(uuid.uuid5(_NAMES, "\x1f".join(parts)))


__all__ = [
    "SILENT",
    "Reader",
    "ReturnedFile",
    "ReturnedPicture",
    "Returning",
    "Step",
    "Told",
    "derived_id",
    "left_aside",
]
