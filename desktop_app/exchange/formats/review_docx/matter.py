"""What a review document can show beside the text: comments, and changes by those who made them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from desktop_app.domain.text_ops import Sign


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """One note of a thread. ``author`` is a name, ``at`` an ISO moment or empty."""

    author: str
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class ReviewComment:
    """A thread on a segment or picture block, on a row's ``side``; an unknown ``place`` is the story as a whole."""

    id: str
    place: str
    side: Literal["source", "target"]
    quote: str
    notes: tuple[ReviewNote, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of a text that stays, came or went, and who did that when; equal pieces have no author."""

    sign: Sign
    text: str
    author: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class ReviewMatter:
    """``marks`` has the marked text of a part's field (``changes.TextChanged.place``) where it changed."""

    comments: tuple[ReviewComment, ...] = ()
    marks: Mapping[tuple[str, str], tuple[Marked, ...]] = field(default_factory=dict)


NOTHING = ReviewMatter()
