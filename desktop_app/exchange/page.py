"""A page as it was understood, and the lines that a format makes of it before."""

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.story import BlockKind, Credit


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """One part of a page in reading order: text blocks have ``text``, pictures ``file``, ``caption`` and ``alt``.

    ``alt`` is empty where the page merely repeats the file name.
    """

    kind: BlockKind
    text: str = ""
    file: str = ""
    caption: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page, understood. Every visible character of it is in a block, in ``particulars`` or in ``boilerplate``.

    ``particulars`` are the lines, as printed, that credits, topics, date and address were read from;
    ``boilerplate`` are those that are no part of the story. ``date`` is an ISO 8601 day.
    """

    language: str
    blocks: tuple[ReadBlock, ...]
    credits: tuple[Credit, ...] = ()
    topics: tuple[str, ...] = ()
    date: str | None = None
    source_url: str | None = None
    boilerplate: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    particulars: tuple[str, ...] = ()


class PartKind(StrEnum):
    """What a format itself says about one of its lines."""

    TEXT = "text"
    TITLE = "title"
    HEADING = "heading"
    DECK = "deck"
    ITEM = "item"
    QUOTATION = "quotation"
    PICTURE = "picture"
    CAPTION = "caption"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Part:
    """One line or paragraph before it is understood.

    ``mark`` is a printed bullet; ``centred`` and ``linked`` (nothing but links) are how it looks; ``glued`` says that
    it stands in the same paragraph as the picture before it; ``titled`` that its element is named like a headline.
    """

    kind: PartKind
    text: str = ""
    mark: str = ""
    file: str = ""
    alt: str = ""
    centred: bool = False
    linked: bool = False
    glued: bool = False
    titled: bool = False

    @property
    def printed(self) -> str:
        """The line as it stands on the page."""
        return f"{self.mark} {self.text}" if self.mark else self.text
