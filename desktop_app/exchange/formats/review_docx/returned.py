"""A review document as it came home: rows with what was changed and said, and everything that could not be told."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from desktop_app.exchange.formats.review_docx.review_map import Origin
from desktop_app.exchange.formats.review_docx.terms import Field
from desktop_app.foundation.messages import Message


class FoundBy(StrEnum):
    """By what a row was known, surest first."""

    BOOKMARK = "bookmark"
    CONTROL = "control"
    TEXT = "number and source"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """One tracked change as the editor wrote it down.

    ``at`` counts characters of the row's text with all changes accepted. ``when`` is the moment as the file has it:
    most editors write local time and call it UTC. ``known``: it was in the document when it left.
    """

    kind: Literal["insert", "delete"]
    text: str
    author: str
    when: str
    at: int
    moved: bool = False
    known: bool = False


@dataclass(frozen=True, slots=True)
class ReturnedComment:
    """One note. ``quote`` are the words that it stands on, ``at`` where they begin in the text with all accepted.

    ``thread`` is the id of the thread that it left with, or whose note it answers, empty for a new one; ``known``
    says that this note left with the document. ``answers`` is the number in the file of the note that it answers.
    """

    number: str
    author: str
    when: str
    text: str
    side: Literal["source", "target"] = "target"
    quote: str = ""
    at: int = 0
    answers: str = ""
    resolved: bool = False
    thread: str = ""
    known: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """What a text said after one author had changed it; ``when`` as of a ``TrackedChange``."""

    text: str
    author: str
    when: str


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One row. ``part`` and ``field`` are those of ``domain.changes``; ``part`` is empty where the row is a stranger.

    ``code`` is what the file calls the part (``terms.code_of``): it stands where the id itself is too long for it.
    ``before`` is the text without the changes that were tracked since it left, ``after`` with all accepted.
    ``left_as`` is the text that left and ``source`` what the source cell says now; ``left_as`` is None where the map
    is gone. ``source_hash`` and ``target_hash`` are those of the texts that left (``terms.text_hash``), empty where
    nothing tells them. ``untracked``: somebody wrote with tracking switched off, so that ``changes`` are not all.
    ``stages`` go from ``before`` to ``after``, one for every turn of an author.
    """

    part: str
    field: Field
    code: str
    number: str
    found_by: FoundBy
    source: str
    before: str
    after: str
    source_hash: str = ""
    target_hash: str = ""
    left_as: str | None = None
    changes: tuple[TrackedChange, ...] = ()
    comments: tuple[ReturnedComment, ...] = ()
    untracked: bool = False
    deleted_by: str | None = None
    stages: tuple[Stage, ...] = ()

    @property
    def new_changes(self) -> tuple[TrackedChange, ...]:
        """The changes that were made since the document left."""
        return tuple(change for change in self.changes if not change.known)


class ProblemKind(StrEnum):
    """What can be wrong with a row or a file."""

    MISSING = "missing row"
    STRANGER = "row that is not ours"
    UNKNOWN = "row of another story"
    COPIED = "copied row"
    DELETED = "deleted row"
    MERGED = "merged cells"
    SPLIT = "split cell"
    EXTRA_CELL = "extra cell"
    NO_TARGET = "no target cell"
    SOURCE_CHANGED = "source changed"
    LEFT_OUT = "left out"
    DISAGREEMENT = "marks disagree"
    NO_MAP = "map lost"
    REORDERED = "rows in another order"
    OUTSIDE = "text outside the table"
    FOOTNOTE = "note under the page"
    BOX = "text box"
    STRUCK = "struck through"
    COMMENT_GONE = "comment taken out"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a person has to know. ``text`` are the words it is about; nothing is lost silently."""

    kind: ProblemKind
    message: Message
    part: str = ""
    field: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedReview:
    """The whole document. ``origin`` says which version left, as far as the file still does.

    ``strangers`` are rows that nothing connects with the story, ``comments`` those that stand on no row.
    """

    origin: Origin
    rows: tuple[ReturnedRow, ...]
    problems: tuple[Problem, ...] = ()
    strangers: tuple[ReturnedRow, ...] = ()
    comments: tuple[ReturnedComment, ...] = ()
