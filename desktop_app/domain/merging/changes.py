"""The changes of a merge as values: each is applied, was made on both sides alike, or is a conflict.

The result of a conflict is what stands here, until somebody decides: nothing is written over unseen.
"""

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.digest import signed_text
from desktop_app.domain.story import Block, Content, Languages, Placement, Segment
from desktop_app.domain.wordings import Place, texts_of
from desktop_app.foundation.errors import InputRefusedError

Key = tuple[str, str]  # the part, and which of its sides the change is about


class Outcome(StrEnum):
    """What became of a change that came back."""

    TAKEN = "taken"
    MET = "met"  # made on both sides alike
    CONFLICT = "conflict"
    DECIDED = "decided"  # a conflict that somebody settled


class Side(StrEnum):
    """Whose text."""

    OURS = "ours"
    THEIRS = "theirs"


class SourceDiffersError(InputRefusedError):
    """What came back is a translation of another source text; merging it would put words to the wrong sentences."""


@dataclass(frozen=True, slots=True)
class PassageChange:
    """Words of one text block: mostly one segment, several where one side cut them otherwise.

    ``at`` is the place of the first segment of ``ours`` in the block as it stands here.
    """

    block: str
    at: int
    base: tuple[Segment, ...]
    ours: tuple[Segment, ...]
    theirs: tuple[Segment, ...]
    result: tuple[Segment, ...]
    outcome: Outcome

    @property
    def key(self) -> Key:
        """Its name: the first segment as it is called here."""
        return (self.ours or self.theirs or self.base)[0].id, "text"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One text of a placed picture; ``field`` is ``caption-zh``, ``alt-en``, ``credit``, ``rights`` and so on."""

    block: str
    field: str
    base: str
    ours: str
    theirs: str
    result: str
    outcome: Outcome

    @property
    def key(self) -> Key:
        """The block and the field."""
        return self.block, self.field


@dataclass(frozen=True, slots=True)
class PictureChange:
    """Which picture stands in a block: of the placements only file, picture and payload are meant."""

    block: str
    base: Placement
    ours: Placement
    theirs: Placement
    result: Placement
    outcome: Outcome

    @property
    def key(self) -> Key:
        """The block."""
        return self.block, "picture"


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A whole block that came or went; None where a side does not have it."""

    block: str
    base: Block | None
    ours: Block | None
    theirs: Block | None
    result: Block | None
    outcome: Outcome

    @property
    def key(self) -> Key:
        """The block."""
        return self.block, "block"


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """A block stands behind another paragraph: the ids of those paragraphs, empty at the top of the story.

    ``base`` is None for a block that did not go out.
    """

    block: str
    base: str | None
    ours: str
    theirs: str
    result: str
    outcome: Outcome

    @property
    def key(self) -> Key:
        """The block."""
        return self.block, "place"


@dataclass(frozen=True, slots=True)
class OrderChange:
    """The blocks that both sides have behind one paragraph (``anchor``, empty at the top) are in another order."""

    anchor: str
    base: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    result: tuple[str, ...]
    outcome: Outcome

    @property
    def key(self) -> Key:
        """The paragraph."""
        return self.anchor, "order"


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact about the whole story: ``byline``, ``dateline`` (one text) or ``topics``."""

    name: str
    base: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    result: tuple[str, ...]
    outcome: Outcome

    @property
    def key(self) -> Key:
        """The story and the name."""
        return "story", self.name


Change = PassageChange | FieldChange | PictureChange | BlockChange | PlaceChange | OrderChange | FactChange


@dataclass(frozen=True, slots=True)
class Merge:
    """Three texts of a story and every change that ``theirs`` brings to ``ours``, in reading order.

    ``theirs`` speaks of what both sides put in alike by the names that it has here.
    """

    base: Content
    ours: Content
    theirs: Content
    languages: Languages
    changes: tuple[Change, ...]

    @property
    def conflicts(self) -> tuple[Change, ...]:
        """What somebody has to decide."""
        return tuple(change for change in self.changes if change.outcome is Outcome.CONFLICT)

    @property
    def applied(self) -> tuple[Change, ...]:
        """What changes the story here; what was made on both sides alike does not."""
        return tuple(c for c in self.changes if c.outcome in {Outcome.TAKEN, Outcome.DECIDED} and c.result != c.ours)


def fact_of(content: Content, name: str) -> tuple[str, ...]:
    """A fact about the whole story, as a ``FactChange`` has it."""
    value = getattr(content, name)
    return (value,) if isinstance(value, str) else tuple(value)


def face_of(place: Placement) -> tuple[str, str, str]:
    """Which picture a placement shows: what a ``PictureChange`` is about."""
    return place.file, place.picture or "", place.payload or ""


def alike(one: str, other: str) -> bool:
    """Whether two texts are one to the digest: line ends and the way of writing an accent are no change."""
    return one == other or signed_text(one) == signed_text(other)


def said_of(change: Change, side: str) -> dict[Place, str]:
    """The texts that a side (``base``, ``ours``, ``theirs``, ``result``) of a change has, called as histories do."""
    value = getattr(change, side)
    if isinstance(change, PassageChange):
        return {(segment.id, "target"): segment.target for segment in value}
    if isinstance(change, FieldChange):
        return {(change.block, change.field.replace("-", "_")): value}
    if isinstance(change, BlockChange) and value is not None:
        return {place: said.text for place, said in texts_of(value).items()}
    return {}


def written_by(change: Change) -> dict[Place, str]:
    """The texts that a change writes: those of its result that do not stand here."""
    stood = said_of(change, "ours")
    return {place: text for place, text in said_of(change, "result").items() if not alike(text, stood.get(place, ""))}


def brings_words(change: Change, *, draft: bool) -> bool:
    """Whether a change writes words that count for four eyes; the facts about a story are signed, and not drafted."""
    if isinstance(change, FactChange):
        return not draft and change.result != change.ours
    return bool(written_by(change))


def own_words(change: Change) -> set[Place]:
    """The texts that somebody wrote in deciding a change: those that stand on neither side."""
    if change.outcome is not Outcome.DECIDED:
        return set()
    theirs = said_of(change, "theirs")
    return {place for place, text in written_by(change).items() if not alike(text, theirs.get(place, ""))}
