"""What comes home, as values: a file with stories, and what is needed to merge each with the text that stands here.

People are keys of the file's own ``people``: ids in a work package, names in a document from a word processor.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.desk.desk import SILENT, Desk, Progress
from desktop_app.domain.comments import Comment
from desktop_app.domain.people import Person
from desktop_app.domain.pictures import Picture
from desktop_app.domain.records import Version
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.story import Content, Story
from desktop_app.domain.wordings import Place
from desktop_app.foundation.messages import Message

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


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of file is told by its first bytes, and read.

    ``fits`` gets the first kilobytes, and for a zip the names of its entries (else none). ``read`` refuses with
    ``InputRefusedError`` what is damaged, changed or not of this archive.
    """

    kind: str
    fits: Callable[[bytes, frozenset[str]], bool]
    read: Callable[[Desk, Path, Progress], ReturnedFile]


def derived_id(*parts: str) -> str:
    """An id that is the same for the same texts: for what a file says without giving it an id of its own."""
    return str(uuid.uuid5(_NAMES, "\x1f".join(parts)))


__all__ = ["SILENT", "Reader", "ReturnedFile", "ReturnedPicture", "Returning", "Step", "Told", "derived_id"]
