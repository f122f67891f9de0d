"""The rows of a story on the screen: one a segment, one a picture, and the credits last."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from desktop_app.domain.story import Block, BlockKind

CREDITS = "credits"


class Field(StrEnum):
    """Which of a row's texts."""

    SOURCE = "source"
    TARGET = "target"
    CAPTION_SOURCE = "caption-zh"
    CAPTION_TARGET = "caption-en"
    ALT = "alt-en"


SEGMENT_FIELDS = (Field.SOURCE, Field.TARGET)
PICTURE_FIELDS = (Field.CAPTION_SOURCE, Field.CAPTION_TARGET, Field.ALT)

_ACROSS = {
    Field.SOURCE: Field.TARGET,
    Field.TARGET: Field.SOURCE,
    Field.CAPTION_SOURCE: Field.CAPTION_TARGET,
    Field.CAPTION_TARGET: Field.CAPTION_SOURCE,
    Field.ALT: Field.CAPTION_TARGET,
}


def side_of(field: Field, kind: BlockKind | None) -> Field:
    """The text of a row of this kind that stands in the column of ``field``."""
    source = field in {Field.SOURCE, Field.CAPTION_SOURCE}
    if kind is BlockKind.PICTURE:
        return Field.CAPTION_SOURCE if source else Field.CAPTION_TARGET
    return Field.SOURCE if source else Field.TARGET


def side_across(field: Field) -> Field:
    """The text in the other language."""
    return _ACROSS[field]


class Row(NamedTuple):
    """One row: ``key`` is the segment's id, the picture block's id, or ``CREDITS``; ``kind`` None marks the credits."""

    key: str
    block: str
    kind: BlockKind | None

    @property
    def editable(self) -> tuple[Field, ...]:
        """The texts that take the cursor, in the order of the Tab key."""
        if self.kind is None:
            return ()
        return PICTURE_FIELDS if self.kind is BlockKind.PICTURE else SEGMENT_FIELDS


def rows_of(blocks: Iterable[Block]) -> list[Row]:
    """The rows of these blocks in reading order, the credits last."""
    rows: list[Row] = []
    for block in blocks:
        if block.placement is not None:
            rows.append(Row(block.id, block.id, BlockKind.PICTURE))
        rows.extend(Row(segment.id, block.id, block.kind) for segment in block.segments)
    rows.append(Row(CREDITS, CREDITS, None))
    return rows
