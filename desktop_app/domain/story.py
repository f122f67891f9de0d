"""A story in two languages: blocks in order, and in them the aligned segments and the placed pictures."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum


class BlockKind(StrEnum):
    """What part of a story a block is."""

    HEADLINE = "headline"
    DECK = "deck"
    PARAGRAPH = "paragraph"
    SUBHEADING = "subheading"
    LIST_ITEM = "list item"
    QUOTATION = "quotation"
    PICTURE = "picture"


class SegmentStatus(StrEnum):
    """How far a segment has come. The lock is a separate flag."""

    UNTRANSLATED = "untranslated"
    DRAFT = "draft"
    CONFIRMED = "confirmed"
    REVISED = "revised"
    SIGNED_OFF = "signed off"
    REJECTED = "rejected"


class StoryState(StrEnum):
    """Where a story stands on its way out of the house."""

    SOURCED = "sourced"
    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    IN_REVISION = "in revision"
    APPROVED = "approved"
    RELEASED = "released"
    DROPPED = "dropped"
    UNPUBLISHED = "unpublished"
    KILLED = "killed"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in both languages; ``zh`` is the source language's side and ``en`` the target's."""

    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Languages:
    """The pair a story is written in, as BCP 47 tags."""

    source: str = "zh-Hans"
    target: str = "en"


@dataclass(frozen=True, slots=True, order=True)
class VersionNumber:
    """``major`` counts changes of the source, ``minor`` counts snapshots of the target."""

    major: int = 1
    minor: int = 0

    def __str__(self) -> str:
        """Write it as people say it: ``2.4``."""
        return f"{self.major}.{self.minor}"

    @classmethod
    def parse(cls, text: str) -> "VersionNumber":
        """Read ``2.4``.

        Raises:
            ValueError: the text is no version number.
        """
        major, _, minor = text.partition(".")
        return cls(int(major), int(minor or 0))


@dataclass(frozen=True, slots=True)
class Segment:
    """An aligned pair. Source pieces are slices: joined they are the block's source text, character for character."""

    id: str
    source: str = ""
    target: str = ""
    status: SegmentStatus = SegmentStatus.UNTRANSLATED
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Placement:
    """A picture's place in a story. Without ``picture`` it is a placeholder for the file that the text names.

    ``payload`` is the SHA-256 of the picture's pixels, which metadata embedding never changes.
    """

    file: str
    picture: str | None = None
    caption: Bilingual = Bilingual()
    alt: Bilingual = Bilingual()
    credit: str = ""
    rights: str = ""
    payload: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a story: text blocks hold segments, a picture block holds a placement."""

    id: str
    kind: BlockKind
    segments: tuple[Segment, ...] = ()
    placement: Placement | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """Who did one step: ``label`` is the wording of the page, ``step`` the policy's name for it.

    ``made`` says that it was made from a sign-off; it is the same line as one that came with a page. ``pending``:
    nobody did the step yet, and the text went out all the same; ``names`` say that in words.
    """

    step: str
    label: str
    names: tuple[str, ...]
    made: bool = field(default=False, compare=False)
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a version freezes and its digest covers."""

    blocks: tuple[Block, ...] = ()
    byline: tuple[str, ...] = ()
    dateline: str = ""
    topics: tuple[str, ...] = ()
    source_digest: str = ""

    def segments(self) -> Iterator[Segment]:
        """Every segment, in reading order."""
        for block in self.blocks:
            yield from block.segments

    def untranslated(self) -> int:
        """How many segments have a source and no target."""
        return sum(bool(segment.source.strip()) and not segment.target.strip() for segment in self.segments())

    def placements(self) -> Iterator[Placement]:
        """Every placed picture, in reading order."""
        for block in self.blocks:
            if block.placement is not None:
                yield block.placement

    def text_of(self, kind: BlockKind, languages: Languages) -> Bilingual:
        """The whole text of the first block of ``kind``, empty where there is none."""
        for block in self.blocks:
            if block.kind is kind:
                return block_text(block, languages)
        return Bilingual()


@dataclass(frozen=True, slots=True)
class Story:
    """One news item, as it stands now.

    ``credits`` are those that came with an imported page; the house's own are made from sign-offs.
    ``date`` is ISO 8601 (a day). ``modified`` says that the text left the numbered version behind.
    """

    id: str
    slug: str
    content: Content
    state: StoryState = StoryState.SOURCED
    version: VersionNumber = VersionNumber()
    policy: str = "draft-revision"
    languages: Languages = Languages()
    date: str | None = None
    source_url: str | None = None
    boilerplate: tuple[str, ...] = ()
    imported_credits: tuple[Credit, ...] = ()
    drafter: str | None = None
    claimed_by: str | None = None
    claimed_step: str | None = None
    modified: bool = False
    policy_version: int = 1
    extra: dict[str, str] = field(default_factory=dict)

    def headline(self) -> Bilingual:
        """The headline in both languages."""
        return self.content.text_of(BlockKind.HEADLINE, self.languages)

    def with_content(self, content: Content) -> "Story":
        """The same story with other content."""
        return replace(self, content=content)


def joiner(language: str) -> str:
    """What stands between two pieces of one paragraph: nothing in Chinese and Japanese, a space elsewhere."""
    return "" if language.split("-", maxsplit=1)[0].lower() in {"zh", "ja"} else " "


def join_pieces(pieces: list[str], language: str) -> str:
    """Join target pieces to the paragraph that a reader sees; empty pieces leave no trace."""
    return joiner(language).join(piece for piece in pieces if piece)


def block_text(block: Block, languages: Languages) -> Bilingual:
    """The whole text of a text block in both languages."""
    source = [segment.source for segment in block.segments]
    target = [segment.target for segment in block.segments]
    return Bilingual(join_pieces(source, languages.source), join_pieces(target, languages.target))
