"""Comments on a story: threads of notes on a segment or a picture, and where they stand when segments come and go.

A comment is outside the digest: it changes no text and makes no sign-off stale. Its anchor is never rewritten. While
there is no segment of the anchor's id, the comment stands on the one that has the anchor's first character of source.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from desktop_app.domain.edits import clean
from desktop_app.domain.story import Content, joiner

MAX_TEXT = 10_000  # characters of a note
MAX_QUOTE = 500  # characters of the words that a comment is about; more is cut off
MAX_REASON = 1000  # characters that say why a comment may stay open
SHOWN = 80  # characters of a note where there is room for its beginning alone

Side = Literal["source", "target"]


@dataclass(frozen=True, slots=True)
class Note:
    """One note of a thread. ``person`` is an id; ``at`` and ``changed_at`` are ISO moments."""

    id: str
    person: str
    at: str
    text: str
    changed_at: str | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A thread: the first note and its replies, oldest first.

    ``anchor`` is the segment or picture block that it was written on, ``quote`` the words of ``side`` that it is about
    (may be empty). ``moved_to`` and ``moved_offset`` say where it stands while its anchor is not there.
    """

    id: str
    story: str
    anchor: str
    side: Side
    quote: str
    notes: tuple[Note, ...]
    resolved_by: str | None = None
    resolved_at: str | None = None
    moved_to: str | None = None
    moved_offset: int = 0

    @property
    def open(self) -> bool:
        """Whether nobody has resolved it."""
        return self.resolved_at is None

    @property
    def author(self) -> str:
        """Who began it, as an id."""
        return self.notes[0].person

    def place(self, present: Collection[str]) -> str | None:
        """The segment or picture of ``present`` that it stands on, None where its place was taken out."""
        if self.anchor in present:
            return self.anchor
        return self.moved_to if self.moved_to in present else None

    def may_delete(self, person: str) -> bool:
        """Whether ``person`` may delete it: their own, and nobody else has answered."""
        return all(note.person == person for note in self.notes)


@dataclass(frozen=True, slots=True)
class CommentWaiver:
    """Why a text is signed while comments are open. ``seen`` are the comments that the signer was shown, None: all."""

    reason: str = ""
    seen: frozenset[str] | None = None


NO_WAIVER = CommentWaiver()


def note_text(text: str) -> str:
    """A note as it is kept: no control characters, one kind of line end, no blank lines around it."""
    lines = clean(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def quoted(text: str) -> str:
    """Selected words as a comment keeps them: on one line, at most ``MAX_QUOTE`` characters."""
    return beginning(clean(text), MAX_QUOTE)


def beginning(text: str, most: int = SHOWN) -> str:
    """The beginning of a text on one line, with an ellipsis where more follows."""
    line = " ".join(text[: most * 4].split())
    return line if len(line) <= most and len(text) <= most * 4 else f"{line[: most - 1].rstrip()}…"


def place_numbers(content: Content) -> dict[str, int]:
    """The number of each segment and picture block, as the editor counts its rows from 1."""
    keys: list[str] = []
    for block in content.blocks:
        if block.placement is not None:
            keys.append(block.id)
        keys += [segment.id for segment in block.segments]
    return numbered(keys)


def numbered(keys: Iterable[str]) -> dict[str, int]:
    """The number of each segment and picture block of a story, given in reading order."""
    return {key: number for number, key in enumerate(keys, 1)}


def in_reading_order(comments: Iterable[Comment], numbers: Mapping[str, int]) -> list[Comment]:
    """Comments by the place they stand on, on one place the oldest first; those without a place come last."""
    last = len(numbers) + 1
    return sorted(comments, key=lambda one: (numbers.get(one.place(numbers) or "", last), one.notes[0].at, one.id))


# Where comments go when segments do


class Piece(NamedTuple):
    """A segment with its source, and the block it is in."""

    id: str
    block: str
    source: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The segments of a story in reading order; ``language`` is that of their sources."""

    pieces: tuple[Piece, ...]
    language: str
    _at: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the pieces by id."""
        object.__setattr__(self, "_at", {piece.id: index for index, piece in enumerate(self.pieces)})

    def piece(self, segment: str | None) -> Piece | None:
        """The piece of this id."""
        index = self._at.get(segment or "")
        return self.pieces[index] if index is not None else None

    def of_block(self, block: str) -> tuple[Piece, ...]:
        """The pieces of one block."""
        return tuple(piece for piece in self.pieces if piece.block == block)


class _Text(NamedTuple):
    """Pieces joined, with the place at which each begins."""

    text: str
    starts: tuple[int, ...]


def follow(comments: Iterable[Comment], before: Layout, after: Layout) -> list[Comment]:
    """The comments that stand elsewhere by a change of the segments, with their new place.

    ``before`` and ``after`` are the story's segments around one transaction. A comment whose anchor is there again
    returns to it. One whose words were taken out keeps what is known of its place, for the time when they come back.
    """
    moved: list[Comment] = []
    for comment in comments:
        if after.piece(comment.anchor) is not None:
            settled = replace(comment, moved_to=None, moved_offset=0)
        else:
            here = before.piece(comment.anchor)
            offset = 0 if here is not None else comment.moved_offset
            here = here or before.piece(comment.moved_to)
            found = _place_after(here, offset, before, after) if here is not None else None
            settled = replace(comment, moved_to=found[0], moved_offset=found[1]) if found is not None else comment
        if settled != comment:
            moved.append(settled)
    return moved


def _place_after(here: Piece, offset: int, before: Layout, after: Layout) -> tuple[str, int] | None:
    """The segment that has a character of ``here`` after a change, and where in its source the character is."""
    there = after.piece(here.id)
    if there is not None and there.source == here.source:
        return here.id, offset
    block = after.of_block(here.block)
    if not here.source and not block:
        return None  # a text of our own, taken out: none has its words
    for old, new in ((before.of_block(here.block), block), (before.pieces, after.pieces)):
        if new:
            found = _carried(old, new, here, offset, before.language)
            if found is not None:
                return found
    return None


def _carried(
    old: Sequence[Piece], new: Sequence[Piece], here: Piece, offset: int, language: str
) -> tuple[str, int] | None:
    """Find a character of the joined old pieces in the new ones; None where it was taken out."""
    was, now = _joined(old, language), _joined(new, language)
    place = was.starts[old.index(here)] + offset
    head = _common(was.text, now.text)
    tail = _common(was.text[head:][::-1], now.text[head:][::-1])
    if place >= head:
        if place < len(was.text) - tail:
            return None
        place += len(now.text) - len(was.text)
    index = max(i for i, start in enumerate(now.starts) if start <= place)  # of empty pieces at one place the last
    return new[index].id, max(0, min(place - now.starts[index], len(new[index].source)))


def _joined(pieces: Sequence[Piece], language: str) -> _Text:
    blank, text, starts = joiner(language), "", []
    for piece in pieces:
        if piece.source and text:
            text += blank
        starts.append(len(text))
        text += piece.source
    return _Text(text, tuple(starts))


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    most = min(len(one), len(other))
    return next((i for i in range(most) if one[i] != other[i]), most)
