"""Parts of a source whose new text waits: where each stood when that came, and where it belongs in a text that went on.

Until somebody judges a change, a correction may join, split or move what it is about. The words of a paragraph stay in
their paragraph through all of that, so a part that is no segment any more is found there by its old words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce

from desktop_app.domain.edits import join_segments
from desktop_app.domain.story import Block, Content, Languages, Segment, block_text, joiner
from desktop_app.language.source_cutting import with_source


@dataclass(frozen=True, slots=True)
class Former:
    """What a part said before its new text came, and where: ``at`` is its place in the text of its block."""

    text: str
    block: str
    at: int = 0


def former(content: Content, part: str, languages: Languages) -> Former | None:
    """What a segment or a block of the text says; None where there is no such part."""
    for block in content.blocks:
        if block.id == part:
            place = block.placement
            return Former(place.caption.zh if place is not None else block_text(block, languages).zh, block.id)
        for segment, (at, _) in zip(block.segments, _spans(block, languages), strict=True):
            if segment.id == part:
                return Former(segment.source, block.id, at)
    return None


def is_there(content: Content, part: str, text: str, was: Former | None, languages: Languages) -> bool:
    """Whether a part of the text is still what its new text came for, or says that already."""
    here = former(content, part, languages)
    captions = {block.id for block in content.blocks if block.placement is not None}
    return here is not None and (was is None or part in captions or here.text in {was.text, text})


def carried(content: Content, text: str, was: Former, languages: Languages) -> Content | None:
    """The text with a new text in the place of old words that are no segment of their own any more.

    The segments that have some of those words become one, with the English of all of them, as it must be seen anew
    whichever way it is cut. None where the words are gone, or something newer stands in their place.
    """
    number = next((n for n, one in enumerate(content.blocks) if one.id == was.block and one.segments), None)
    if number is None or not was.text:
        return None
    block = content.blocks[number]
    said = block_text(block, languages).zh
    if was.text not in said and text in said:  # somebody has put it in already
        return content
    at = was.at if said.startswith(was.text, was.at) else said.find(was.text)
    if at < 0 or (at != was.at and said.count(was.text) > 1):
        return None
    made = replace(block, segments=_rewritten(block, at, at + len(was.text), text, languages))
    blocks = (*content.blocks[:number], made, *content.blocks[number + 1 :])
    return replace(content, blocks=blocks)


def _rewritten(block: Block, start: int, end: int, text: str, languages: Languages) -> tuple[Segment, ...]:
    """The segments of a block after other words took the place of some of its characters."""
    segments, said = block.segments, block_text(block, languages).zh
    spans = list(_spans(block, languages))
    touched = [n for n, (begins, ends) in enumerate(spans) if begins < end and ends > start]
    first, last = touched[0], touched[-1]
    joined = reduce(lambda one, two: join_segments(one, two, languages), segments[first : last + 1])
    source = said[spans[first][0] : start] + text + said[end : spans[last][1]]
    return (*segments[:first], with_source(joined, source), *segments[last + 1 :])


def _spans(block: Block, languages: Languages) -> Iterator[tuple[int, int]]:
    """Where each segment begins and ends in the text of its block."""
    at, blank = 0, len(joiner(languages.source))
    for segment in block.segments:
        yield at, at + len(segment.source)
        at += len(segment.source) + blank if segment.source else 0


def to_plain(were: Mapping[str, Former]) -> dict[str, list[object]]:
    """Where parts stood, as plain data."""
    return {part: [one.text, one.block, one.at] for part, one in were.items()}


def from_plain(data: object) -> dict[str, Former]:
    """Read what ``to_plain`` wrote; what is something else tells nothing."""
    found: dict[str, Former] = {}
    for part, row in data.items() if isinstance(data, Mapping) else ():
        if isinstance(row, list) and len(row) == 3 and isinstance(row[2], int) and row[2] >= 0:
            found[str(part)] = Former(str(row[0]), str(row[1]), row[2])
    return found
