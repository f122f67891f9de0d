"""The sheet of a proof: a story's data with the keys of its parts, and where these stand on the pages in the end."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from desktop_app.domain.edition import Edition
from desktop_app.domain.story import Block, Segment
from desktop_app.press.cleaning import clean
from desktop_app.press.glyphs import missing_glyphs
from desktop_app.press.sheet import PrintedPicture, sheet_data
from desktop_app.press.words import PageWords

Part = Literal["zh", "en", "picture", "zh caption", "en caption"]

_ASCENT = 0.82  # of the size, from the baseline: the upper edge of a line in common.typ
_FURTHEST = 24  # characters that a cut may move on
_FULL_WIDTH = "\u2e80"  # the first of the blocks of Chinese signs
_MARKS = "。，、；：？！）》」』】〕〉—…”’·"
_NARROWEST = 1.0  # points; less is the very end of a line, with nothing of the text on it


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a story on a page: ``page`` counts from 0, lengths are points from the page's upper left corner.

    ``key`` is the id of a segment, or of a picture's block. What runs over lines or pages has several spots.
    """

    page: int
    x: float
    y: float
    width: float
    height: float
    key: str
    part: Part

    def holds(self, x: float, y: float) -> bool:
        """Whether a place on its page is inside."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


# Before the pages are set


def proof_data(
    edition: Edition, words: PageWords, pictures: Mapping[str, PrintedPicture], paper: str
) -> dict[str, Any]:
    """Return the data of the printed sheet with what tells the template to leave spots behind."""
    sheet = sheet_data(edition, words, pictures, paper)
    blocks = [block for block in edition.story.content.blocks if block.placement is not None or block.segments]
    for block, row in zip(blocks, [*sheet["head"], *sheet["blocks"]], strict=True):
        if block.placement is None:
            _add_keys(row, block)
            continue
        row["key"] = block.id
        printed = pictures.get(block.placement.picture or "")
        if printed is not None and printed.shape is not None:
            row["shape"] = printed.shape
    sheet["proof"] = True
    return sheet


def _add_keys(row: dict[str, Any], block: Block) -> None:
    english = [segment.id for segment in block.segments if segment.source.strip() or segment.target.strip()]
    row["keys"] = {"zh": [None], "en": english[: len(row["en"])] or [None]}
    if row["zh"][0]:
        row["zh"], row["keys"]["zh"] = cut_at_segments(row["zh"][0], block.segments)


def cut_at_segments(text: str, segments: Sequence[Segment]) -> tuple[list[str], list[str | None]]:
    """Cut a block's Chinese where its segments begin; with each piece goes the segment that begins it.

    Typst shapes what stands before a cut apart from what stands behind, and two Chinese punctuation marks in a row
    stand closer than apart (Requirements for Chinese Text Layout, 3.1.6). So a cut moves on to where it parts no marks,
    and a page with cuts is the page without them.
    """
    pieces = [clean(segment.source) for segment in segments]
    at = len(text) - len("".join(pieces).rstrip())  # what was left out before the text
    boxed = missing_glyphs(text)
    starts: dict[int, str] = {}
    for segment, piece in zip(segments, pieces, strict=True):
        place = _settled(text, max(0, at), boxed)
        if place is not None and piece.strip() and at + len(piece) > 0:
            starts.setdefault(place, segment.id)
        at += len(piece)
    places = sorted({0, *starts})
    return [text[a:b] for a, b in pairwise([*places, len(text)])], [starts.get(place) for place in places]


def _settled(text: str, at: int, boxed: set[str]) -> int | None:
    """The next place where a cut changes nothing; None where there is none near: the text before takes these signs."""
    if at == 0:
        return 0
    for place in range(at, min(at + _FURTHEST, len(text))):
        if boxed.isdisjoint(text[place - 1 : place + 1]) and _may_part(
            text[max(0, place - _FURTHEST) : place], text[place]
        ):
            return place
    return None


def _may_part(before: str, right: str) -> bool:
    """Whether what begins with ``right`` is set as it would be behind ``before``: a letter, which says its own script.

    Quotation marks and dashes are set by their neighbours on both sides, other Chinese marks by the ideographs of
    their run between Latin signs, and of Latin signs the font may move two together.
    """
    left = before[-1]
    if not right.isalpha() or (left < _FULL_WIDTH and not (left.isalnum() and _is_han(right))):
        return False
    run = before[len(before.rstrip(_MARKS)) - 1 :] if left in _MARKS else left
    return _is_han(run[0]) or left.isalnum()


def _is_han(sign: str) -> bool:
    return unicodedata.category(sign) == "Lo"


# When they are set

# What the template left behind, in the order of the pages; see ``spot`` in common.typ.
FOUND = (
    "(frame: query(<frame>).first().value, spots: query(<spot>).map(it => {"
    " let at = it.location().position(); (..it.value, page: at.page, x: at.x / 1pt, y: at.y / 1pt) }))"
)


def spots_of(found: Mapping[str, Any]) -> tuple[Spot, ...]:
    """Return the extents of all parts, page by page in reading order, from what ``FOUND`` evaluates to.

    A text reaches from its own beginning to that of the next one, line by line.
    """
    frame = found["frame"]
    spots: list[Spot] = []
    begun: dict[str, Mapping[str, Any]] = {}
    for mark in found["spots"]:
        part = mark["part"]
        if part == "picture":
            x = max(0.0, (frame["width"] - mark["width"]) / 2)
            spots.append(Spot(mark["page"] - 1, x, mark["y"], mark["width"], mark["height"], mark["key"], part))
            continue
        before = begun.pop(part, None)
        mark = _on_its_line(mark, frame, first=before is None)  # noqa: PLW2901 - the same mark, set right
        if before is not None:
            spots += _of_text(before, mark, frame)
        if mark["key"] is not None:
            begun[part] = mark
    return tuple(sorted(spots, key=lambda spot: spot.page))


def _on_its_line(mark: Mapping[str, Any], frame: Mapping[str, Any], *, first: bool) -> Mapping[str, Any]:
    """Bring a mark that Typst took to the edge of the box back to the baseline of the text's first or last line."""
    if not mark.get("loose"):
        return mark
    if first:
        return {**mark, "y": mark["y"] + mark["size"] * _ASCENT}
    if mark["key"] is None:
        left, wide = _column(mark["part"], frame)
        return {**mark, "x": left + wide, "y": mark["y"] - mark["size"] * (1 - _ASCENT)}
    return mark


def _of_text(start: Mapping[str, Any], end: Mapping[str, Any], frame: Mapping[str, Any]) -> list[Spot]:
    """The rest of the first line, the lines between, the beginning of the last: as a selection lies over them."""
    left, wide = _column(start["part"], frame)
    right, pitch = left + wide, start["pitch"]
    rise = start["size"] * _ASCENT + (pitch - start["size"]) / 2  # from the baseline to half the gap above
    spots: list[Spot] = []

    def add(page: int, x: float, top: float, to: float, bottom: float) -> None:
        if to - x >= _NARROWEST and bottom - top >= _NARROWEST:
            spots.append(Spot(page - 1, x, top, to - x, bottom - top, start["key"], start["part"]))

    for page in range(start["page"], end["page"] + 1):
        starts, ends = page == start["page"], page == end["page"]
        top = start["y"] - rise if starts else frame["top"]
        bottom = end["y"] - rise + pitch if ends else frame["bottom"]
        if starts and ends and bottom - top < pitch * 1.5:
            add(page, start["x"], top, min(end["x"], right), bottom)
            continue
        if starts:
            add(page, start["x"], top, right, top + pitch)
            top += pitch
        if ends:
            add(page, left, top, right, bottom - pitch)
            add(page, left, bottom - pitch, min(end["x"], right), bottom)
        elif bottom - top > pitch * 0.9:  # less is the room below the last line
            add(page, left, top, right, bottom)
    return spots


def _column(part: str, frame: Mapping[str, Any]) -> tuple[float, float]:
    left, wide = frame["columns"][part.removesuffix(" caption")]
    return left, wide
