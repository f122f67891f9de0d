"""What changed between an older text and the text of now, change by change.

Words that only moved, because a segment was split, joined or cut elsewhere, are no changes: where the segments of a
paragraph are others than before, the older paragraph is cut as the newer one is (``Regrouped``), and its words are
compared after that.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from desktop_app.domain.story import Block, Content, Languages, Placement, Segment, join_pieces, joiner
from desktop_app.domain.text_ops import Hunk, Op, hunks, text_ops

SEGMENT_FIELDS = ("source", "target")
PICTURE_FIELDS = ("picture", "caption-zh", "caption-en", "alt-zh", "alt-en", "credit")
FACTS = ("byline", "dateline", "topics")
STORY = "story"  # the part that facts about the whole story belong to
_MOVED = 3  # characters that must be saved before words count as moved between neighbours
Key = tuple[str, str, int]  # part, field, number of the change in the text; a regrouped block has the field "block"


@dataclass(frozen=True, slots=True)
class TextChanged:
    """One text that differs: ``part`` is a segment, a picture block or ``STORY``, ``field`` names the text in it.

    ``gone`` tells that the part is not there any more.
    """

    part: str
    field: str
    old: str
    new: str
    gone: bool = False
    same_name: bool = False  # a picture was replaced by another of its name

    @property
    def place(self) -> tuple[str, str]:
        """The part and the field of its keys."""
        return self.part, self.field

    @property
    def ops(self) -> tuple[Op, ...]:
        """The marked text."""
        return (("=", self.new),) if self.same_name else text_ops(self.old, self.new)

    def hunks(self) -> list[Hunk]:
        """The changes in it."""
        if self.field == "picture" or self.field in FACTS:
            return [Hunk(self.old, self.new, 0, 0)]
        return list(hunks(self.ops))

    @property
    def keys(self) -> list[Key]:
        """A key for every change in it."""
        return [(self.part, self.field, number) for number in range(len(self.hunks()))]


@dataclass(frozen=True, slots=True)
class Regrouped:
    """The segments of one block are cut otherwise: ``before`` and ``after`` are their ids."""

    block: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def kind(self) -> Literal["split", "joined", "moved"]:
        """What happened, by the number of segments."""
        if len(self.after) == len(self.before):
            return "moved"
        return "split" if len(self.after) > len(self.before) else "joined"

    @property
    def keys(self) -> list[Key]:
        """Its one key."""
        return [(self.block, "block", 0)]

    @property
    def place(self) -> tuple[str, str]:
        """The part and the field of its key."""
        return self.block, "block"

    def touched(self) -> tuple[str, ...]:
        """The segments of now that it is about: those that came, or all where the cuts alone moved."""
        came = tuple(key for key in self.after if key not in self.before)
        return came or self.after


@dataclass(frozen=True, slots=True)
class Moved:
    """A picture stands behind another paragraph than before: the anchors, which are empty at the top."""

    block: str
    before: str
    after: str

    @property
    def keys(self) -> list[Key]:
        """Its one key."""
        return [(self.block, "place", 0)]

    def touched(self) -> tuple[str, ...]:
        """The picture."""
        return (self.block,)

    @property
    def place(self) -> tuple[str, str]:
        """The part and the field of its key."""
        return self.block, "place"


Change = TextChanged | Regrouped | Moved


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts and what differs, in reading order, what is gone last.

    ``base`` is ``old`` cut as ``now`` is: every segment and picture that is in either.
    """

    old: Content
    base: Content
    now: Content
    languages: Languages
    changes: tuple[Change, ...]

    @property
    def keys(self) -> list[Key]:
        """Every change."""
        return [key for change in self.changes for key in change.keys]


def compare_changes(old: Content, now: Content, languages: Languages) -> Comparison:
    """Find every change between two texts."""
    before = {block.id: block for block in old.blocks}
    base: list[Block] = []
    found: list[Change] = [*_facts(old, now)]
    stood, stands = anchors(old.blocks), anchors(now.blocks)
    for block in now.blocks:
        was = before.pop(block.id, None)
        if was is not None and stood.get(block.id) != stands.get(block.id) and block.id in stood and block.id in stands:
            found.append(Moved(block.id, stood[block.id], stands[block.id]))
        if was is None:
            base.append(emptied(block))
            found += _new_block(block)
        elif block.placement is not None or was.placement is not None:
            base.append(was)
            found += _picture(block.id, was.placement, block.placement)
        else:
            cut, regrouped = _cut_alike(was, block, languages)
            base.append(cut)
            found += [regrouped] if regrouped is not None else []
            found += _segments(cut.segments, block.segments)
    for gone in before.values():
        base.append(gone)
        found += _gone_block(gone)
    return Comparison(old, replace(old, blocks=tuple(base)), now, languages, tuple(found))


def anchors(blocks: Iterable[Block]) -> dict[str, str]:
    """For every block without source text the block with some that it stands behind; empty at the top."""
    found: dict[str, str] = {}
    last = ""
    for block in blocks:
        if any(segment.source.strip() for segment in block.segments):
            last = block.id
        else:
            found[block.id] = last
    return found


def anchor_of(content: Content, block: str) -> str:
    """The block with source text that a block stands behind, empty at the top."""
    last = ""
    for one in content.blocks:
        if one.id == block:
            return last
        last = one.id if any(segment.source.strip() for segment in one.segments) else last
    return last


def put_behind(blocks: Sequence[Block], block: Block, anchor: str) -> list[Block]:
    """The blocks with one of them, or a new one, right behind the block ``anchor``; an unknown one is the end."""
    rest = [one for one in blocks if one.id != block.id]
    at = next((place + 1 for place, one in enumerate(rest) if one.id == anchor), len(rest) if anchor else 0)
    return [*rest[:at], block, *rest[at:]]


def _facts(old: Content, now: Content) -> Iterator[TextChanged]:
    for name in FACTS:
        was, stands = fact_text(old, name), fact_text(now, name)
        if was != stands:
            yield TextChanged(STORY, name, was, stands)


def fact_text(content: Content, name: str) -> str:
    """One fact about the whole story as a line of text."""
    value = getattr(content, name)
    return value if isinstance(value, str) else ", ".join(value)


def emptied(block: Block) -> Block:
    """The block with nothing in it: what stood in the place of a new one."""
    placement = Placement("") if block.placement is not None else None
    segments = tuple(replace(segment, source="", target="") for segment in block.segments)
    return replace(block, segments=segments, placement=placement)


def _new_block(block: Block) -> Iterator[TextChanged]:
    if block.placement is not None:
        yield from _picture(block.id, None, block.placement)
    for segment in block.segments:
        for field in SEGMENT_FIELDS:
            if text_of(segment, field):
                yield TextChanged(segment.id, field, "", text_of(segment, field))


def _gone_block(block: Block) -> Iterator[TextChanged]:
    if block.placement is not None:
        yield from _picture(block.id, block.placement, None)
    for segment in block.segments:
        for field in SEGMENT_FIELDS:
            if text_of(segment, field):
                yield TextChanged(segment.id, field, text_of(segment, field), "", gone=True)


def text_of(segment: Segment, field: str) -> str:
    """One side of a segment."""
    return segment.source if field == "source" else segment.target


def _segments(old: Sequence[Segment], now: Sequence[Segment]) -> Iterator[TextChanged]:
    for was, stands in zip(old, now, strict=True):
        for field in SEGMENT_FIELDS:
            if text_of(was, field) != text_of(stands, field):
                yield TextChanged(stands.id, field, text_of(was, field), text_of(stands, field))


def _picture(block: str, was: Placement | None, now: Placement | None) -> Iterator[TextChanged]:
    for field in PICTURE_FIELDS:
        old, new = (placement_text(place, field) if place is not None else "" for place in (was, now))
        same = field == "picture" and was is not None and now is not None and was.payload != now.payload
        if old != new or same:
            yield TextChanged(block, field, old, new, gone=now is None, same_name=same and old == new)


def placement_text(place: Placement, field: str) -> str:
    """One text of a picture; of the picture itself its file name."""
    return {
        "picture": place.file,
        "caption-zh": place.caption.zh,
        "caption-en": place.caption.en,
        "alt-zh": place.alt.zh,
        "alt-en": place.alt.en,
        "credit": place.credit,
    }[field]


def with_placement_text(place: Placement, field: str, text: str) -> Placement:
    """The placement with another of its texts; the picture itself stays.

    Raises:
        KeyError: the field is no text of a picture.
    """
    kind, _, language = field.partition("-")
    if field == "credit":
        return replace(place, credit=text)
    if kind not in {"caption", "alt"}:
        raise KeyError(field)
    pair = replace(getattr(place, kind), **{language: text})
    return replace(place, caption=pair) if kind == "caption" else replace(place, alt=pair)


# Segments that are cut otherwise


def _cut_alike(was: Block, now: Block, languages: Languages) -> tuple[Block, Regrouped | None]:
    """Cut the older block as the newer one where words would else seem deleted here and inserted there."""
    before, after = (tuple(segment.id for segment in block.segments) for block in (was, now))
    cut = _recut(was.segments, now.segments, languages)
    if before != after:
        return replace(was, segments=cut), Regrouped(was.id, before, after)
    if _cost(was.segments, now.segments) >= 2 * _cost(cut, now.segments) + _MOVED:
        return replace(was, segments=cut), Regrouped(was.id, before, after)
    return was, None


def _cost(old: Sequence[Segment], now: Sequence[Segment]) -> int:
    """How many characters are marked."""
    return sum(
        len(text)
        for was, stands in zip(old, now, strict=True)
        for field in SEGMENT_FIELDS
        if text_of(was, field) != text_of(stands, field)
        for sign, text in text_ops(text_of(was, field), text_of(stands, field))
        if sign != "="
    )


def _recut(old: Sequence[Segment], now: Sequence[Segment], languages: Languages) -> tuple[Segment, ...]:
    """The older segments' words in as many pieces, and under the ids, of the newer ones."""
    sources = recut_texts([s.source for s in old], [s.source for s in now], languages.source)
    targets = recut_texts([s.target for s in old], [s.target for s in now], languages.target)
    return tuple(
        replace(segment, source=source, target=target)
        for segment, source, target in zip(now, sources, targets, strict=True)
    )


def recut_texts(old: Sequence[str], now: Sequence[str], language: str) -> list[str]:
    """Cut the paragraph ``old`` into the pieces that correspond to ``now``.

    What stands in both goes where it stands now; what was deleted goes to the piece before it.
    """
    if list(old) == list(now):
        return list(old)
    ends: list[int] = []
    starts: list[int] = []
    at, blank = 0, len(joiner(language))
    for text in now:
        begin = at + (blank if at and text else 0)
        starts.append(begin)
        at = begin + len(text)
        ends.append(at)
    pieces = ["" for _ in now]
    place = position = 0
    for sign, text in text_ops(join_pieces(list(old), language), join_pieces(list(now), language)):
        if sign == "+":
            position += len(text)
            continue
        while place < len(now) - 1 and ends[place] < position:
            place += 1
        if sign == "-":
            pieces[place] += text
            continue
        for number in range(place, len(now)):
            if starts[number] >= position + len(text):
                break
            first, last = max(starts[number], position), min(ends[number], position + len(text))
            if first < last:
                pieces[number] += text[first - position : last - position]
        position += len(text)
    return pieces
