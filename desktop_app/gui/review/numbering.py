"""The numbers of a story's rows, the same as in the editor's gutter: one a picture and one a segment, from 1."""

from collections.abc import Iterable

from desktop_app.domain.story import Block


def row_numbers(blocks: Iterable[Block]) -> dict[str, int]:
    """The number of each segment id and picture block id, in reading order."""
    keys: list[str] = []
    for block in blocks:
        if block.placement is not None:
            keys.append(block.id)
        keys.extend(segment.id for segment in block.segments)
    return {key: number for number, key in enumerate(keys, 1)}
