"""The rows of a review document: what can be translated, and lines between that only inform."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.domain.story import Block, BlockKind, Content, Placement
from desktop_app.exchange.formats.review_docx.terms import Field, Hashes, RowKey, carried, code_of, text_hash

_KINDS = {
    BlockKind.HEADLINE: "Headline · 标题",
    BlockKind.DECK: "Deck · 提要",
    BlockKind.SUBHEADING: "Subheading · 小标题",
    BlockKind.LIST_ITEM: "List item · 列表",
    BlockKind.QUOTATION: "Quotation · 引文",
}
_CAPTION = "Caption · 图说"
_ALT = "Alternative text · 替代文字"


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row with a number, a source and a target; ``label`` names its kind where it is no running text."""

    number: int
    part: str
    field: Field
    source: str
    target: str
    label: str = ""
    strong: bool = False

    @property
    def key(self) -> RowKey:
        """Its name in the file."""
        return RowKey(code_of(self.part), self.field)

    @property
    def hashes(self) -> Hashes:
        """What its texts are."""
        return Hashes(text_hash(self.source), text_hash(self.target))


@dataclass(frozen=True, slots=True)
class PictureLine:
    """A line over a picture's rows that says which picture it is."""

    text: str


Row = TextRow | PictureLine


def rows_of(content: Content) -> tuple[Row, ...]:
    """The rows of a story in reading order; texts are as the file carries them."""
    return tuple(_numbered(content))


def _numbered(content: Content) -> Iterator[Row]:
    """Number segments and pictures as the editor does, so that people speak of the same row."""
    number = 0
    for block in content.blocks:
        if block.placement is not None:
            number += 1
            yield from _picture(number, block.id, block.placement)
        for row in _segments(number, block):
            number = row.number
            yield row


def _segments(number: int, block: Block) -> Iterator[TextRow]:
    strong = block.kind in {BlockKind.HEADLINE, BlockKind.SUBHEADING}
    for at, segment in enumerate(block.segments, number + 1):
        label = _KINDS.get(block.kind, "")
        yield TextRow(at, segment.id, "target", carried(segment.source), carried(segment.target), label, strong)


def _picture(number: int, block: str, place: Placement) -> Iterator[Row]:
    yield PictureLine(carried(" · ".join(words for words in (place.file, place.credit, place.rights) if words)))
    yield TextRow(number, block, "caption-en", carried(place.caption.zh), carried(place.caption.en), _CAPTION)
    yield TextRow(number, block, "alt-en", carried(place.alt.zh), carried(place.alt.en), _ALT)
