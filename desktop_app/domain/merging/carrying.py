"""A change that was left undecided, taken up again later: where it stands in the text of now, and what it would make.

The text may have gone on meanwhile. What came home then is carried into the text of now, never the whole old text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop_app.domain.changes import anchors
from desktop_app.domain.edits import clean, edited_status, has_source
from desktop_app.domain.merging.changes import (
    BlockChange,
    Change,
    FactChange,
    FieldChange,
    OrderChange,
    PassageChange,
    PictureChange,
    PlaceChange,
    alike,
    face_of,
    fact_of,
)
from desktop_app.domain.merging.comparing import field_text, with_field_text
from desktop_app.domain.story import Block, Content, Languages, Placement, Segment, SegmentStatus, join_pieces
from desktop_app.foundation.errors import NotAllowedError
from desktop_app.foundation.messages import N_, Message


class Bearing(StrEnum):
    """How an undecided change bears on the text of now."""

    OPEN = "open"
    MOVED_ON = "moved on"  # what stands here is not what stood when it came home; it can still be decided
    SETTLED = "settled"  # the text says by now what came home
    GONE = "gone"  # its place is not there any more


@dataclass(frozen=True, slots=True)
class Bearings:
    """How a change bears on the text of now, and what stands in its place: ``change`` has that as its ours.

    ``recut`` says of a passage that its segments hold another piece of the source than they did.
    """

    bearing: Bearing
    change: Change
    recut: bool = False


def bearings(change: Change, now: Content, languages: Languages) -> Bearings:
    """Look where an undecided change stands in the text of now."""
    if isinstance(change, PassageChange):
        return _passage(change, now, languages)
    if isinstance(change, FactChange):
        here = fact_of(now, change.name)
        return _told(replace(change, ours=here, result=here), here == change.theirs, here == change.ours)
    if isinstance(change, FieldChange | PictureChange):
        return _in_picture(change, now)
    if isinstance(change, BlockChange):
        return _block(change, now)
    return _order(change, now)


def _told(change: Change, settled: bool, as_was: bool) -> Bearings:
    if settled:
        return Bearings(Bearing.SETTLED, change)
    return Bearings(Bearing.OPEN if as_was else Bearing.MOVED_ON, change)


def _passage(change: PassageChange, now: Content, languages: Languages) -> Bearings:
    block = _named(now, change.block)
    found = _run(change, block, languages) if block is not None else None
    if block is None or found is None:
        return Bearings(Bearing.GONE, change)
    at, run = found
    fresh = replace(change, at=at, ours=run, result=run)
    settled = _texts(run) == _texts(change.theirs) and (_sources(run) == _sources(change.theirs))
    recut = _sources(run) != _sources(change.ours)
    return replace(_told(fresh, settled, _texts(run) == _texts(change.ours)), recut=recut)


def _run(change: PassageChange, block: Block, languages: Languages) -> tuple[int, tuple[Segment, ...]] | None:
    """The segments of the block that have the passage now: those of its names, else those that hold its source."""
    wanted = [segment.id for segment in change.ours]
    names = [segment.id for segment in block.segments]
    for at in range(len(names) - len(wanted) + 1):
        run = block.segments[at : at + len(wanted)]
        if names[at : at + len(wanted)] == wanted and _sources(run) == _sources(change.ours):
            return at, run
    source = join_pieces(_sources(change.ours), languages.source)
    whole = [join_pieces(_sources(block.segments[:end]), languages.source) for end in range(len(names) + 1)]
    begin = whole[-1].find(source) if source else -1
    if begin < 0:
        at = names.index(wanted[0]) if wanted and wanted[0] in names else -1
        return (at, block.segments[at : at + 1]) if at >= 0 and len(wanted) == 1 else None
    first = max(place for place in range(len(names)) if len(whole[place]) <= begin)
    last = min(place for place in range(1, len(whole)) if len(whole[place]) >= begin + len(source))
    return first, block.segments[first:last]


def _in_picture(change: FieldChange | PictureChange, now: Content) -> Bearings:
    block = _named(now, change.block)
    if block is None or block.placement is None:
        return Bearings(Bearing.GONE, change)
    if isinstance(change, FieldChange):
        text = field_text(block.placement, change.field)
        settled, as_was = alike(text, change.theirs), alike(text, change.ours)
        return _told(replace(change, ours=text, result=text), settled, as_was)
    here = block.placement
    fresh = replace(change, ours=here, result=here)
    return _told(fresh, face_of(here) == face_of(change.theirs), face_of(here) == face_of(change.ours))


def _block(change: BlockChange, now: Content) -> Bearings:
    here = _named(now, change.block)
    fresh = replace(change, ours=here, result=here)
    if here is None or change.theirs is None:
        return _told(fresh, here is None and change.theirs is None, here == change.ours)
    return _told(fresh, _said(here) == _said(change.theirs), False)


def _order(change: PlaceChange | OrderChange, now: Content) -> Bearings:
    places = anchors(now.blocks)
    if isinstance(change, PlaceChange):
        here = places.get(change.block)
        if here is None or (change.theirs and _named(now, change.theirs) is None):
            return Bearings(Bearing.GONE, change)
        return _told(replace(change, ours=here, result=here), here == change.theirs, here == change.ours)
    order = tuple(
        block.id for block in now.blocks if places.get(block.id) == change.anchor and block.id in change.theirs
    )
    wanted = tuple(block for block in change.theirs if block in order)
    if len(order) < 2:
        return Bearings(Bearing.GONE, change)
    was = tuple(block for block in change.ours if block in order)
    return _told(replace(change, ours=order, result=order, theirs=wanted), order == wanted, order == was)


# What a decision makes of the text


def carried(found: Bearings, now: Content, *, behind: Sequence[str] = ()) -> Content:
    """The text of now with what came home in the place of what stands here.

    ``behind`` are the blocks that a block stood behind there, the nearest first.

    Raises:
        NotAllowedError: it cannot be put in as it is; words of one's own can.
    """
    change = found.change
    if found.bearing is Bearing.GONE:
        raise _refused(N_("The place of this change is not there any more."))
    if isinstance(change, PassageChange):
        return _with_run(now, change, _taken(change, now, recut=found.recut))
    if isinstance(change, FactChange):
        return _with_fact(now, change.name, change.theirs)
    if isinstance(change, FieldChange):
        return _with_placement(now, change.block, lambda place: with_field_text(place, change.field, change.theirs))
    if isinstance(change, PictureChange):
        face = change.theirs
        return _with_placement(
            now, change.block, lambda p: replace(p, file=face.file, picture=face.picture, payload=face.payload)
        )
    if isinstance(change, BlockChange):
        return _with_block(now, change, behind)
    if isinstance(change, PlaceChange):
        return _moved(now, change.block, change.theirs)
    return _reordered(now, change.theirs)


def written(found: Bearings, now: Content, texts: Sequence[str]) -> Content:
    """The text of now with these words in the place of what stands here: a text for each segment, or the one text.

    Raises:
        NotAllowedError: there is no place for words, or not as many segments as texts.
    """
    change, said = found.change, [clean(text) for text in texts]
    if found.bearing is Bearing.GONE:
        raise _refused(N_("The place of this change is not there any more."))
    if isinstance(change, PassageChange) and len(change.ours) == len(said):
        run = (replace(s, target=t, status=edited_status(s, t)) for s, t in zip(change.ours, said, strict=True))
        return _with_run(now, change, tuple(run))
    if isinstance(change, FactChange) and (change.name != "dateline" or len(said) == 1):
        return _with_fact(now, change.name, tuple(said))
    if isinstance(change, FieldChange) and len(said) == 1:
        return _with_placement(now, change.block, lambda place: with_field_text(place, change.field, said[0]))
    if isinstance(change, PassageChange):
        raise _refused(N_("This passage has {n} segments; give a text for each.", n=len(change.ours)))
    raise _refused(N_("This change takes one side or the other; there are no words to write."))


def _taken(change: PassageChange, now: Content, *, recut: bool) -> tuple[Segment, ...]:
    """The segments of theirs, as far as the source of now lets them in."""
    here, there = change.ours, change.theirs
    if _sources(here) == _sources(there) or (len(here) == len(there) == 1 and not recut):
        pairs = zip(here, there, strict=True)
        return tuple(replace(mine, target=yours.target, status=_status(mine, yours)) for mine, yours in pairs)
    block = _named(now, change.block)
    others = {s.id for b in now.blocks for s in b.segments} - {s.id for s in here}
    same = "".join(_sources(here)).replace(" ", "") == "".join(_sources(there)).replace(" ", "")
    if block is None or not same or others & {s.id for s in there}:
        raise _refused(N_("The segments are cut otherwise here by now."))
    return there


def _status(mine: Segment, yours: Segment) -> SegmentStatus:
    """The status there belongs to words for the same sentence alone."""
    return yours.status if mine.source == yours.source else edited_status(mine, yours.target)


def _with_run(now: Content, change: PassageChange, run: tuple[Segment, ...]) -> Content:
    def put(block: Block) -> Block:
        behind = block.segments[change.at + len(change.ours) :]
        return replace(block, segments=(*block.segments[: change.at], *run, *behind))

    return replace(now, blocks=tuple(put(block) if block.id == change.block else block for block in now.blocks))


def _with_fact(now: Content, name: str, texts: tuple[str, ...]) -> Content:
    value: object = (texts[0] if texts else "") if name == "dateline" else texts
    return replace(now, **{name: value})  # type: ignore[arg-type] # the name says of which kind the value is


def _with_placement(now: Content, name: str, change: Callable[[Placement], Placement]) -> Content:
    blocks = (
        replace(block, placement=change(block.placement)) if block.id == name and block.placement is not None else block
        for block in now.blocks
    )
    return replace(now, blocks=tuple(blocks))


def _with_block(now: Content, change: BlockChange, behind: Sequence[str]) -> Content:
    others = tuple(block for block in now.blocks if block.id != change.block)
    for block in (change.theirs, change.ours):
        if block is not None and has_source(block):
            raise _refused(N_("A paragraph of the Chinese text comes and goes with the Chinese text alone."))
    if change.theirs is None:
        return replace(now, blocks=others)
    taken = {segment.id for block in others for segment in block.segments}
    if taken & {segment.id for segment in change.theirs.segments}:
        raise _refused(N_("The segments are cut otherwise here by now."))
    names = [block.id for block in others]
    if change.ours is not None:
        place = [block.id for block in now.blocks].index(change.block)
    else:
        place = next((names.index(name) + 1 for name in behind if name in names), 0)
    return replace(now, blocks=(*others[:place], change.theirs, *others[place:]))


def _moved(now: Content, name: str, anchor: str) -> Content:
    moving = [block for block in now.blocks if block.id == name]
    others = [block for block in now.blocks if block.id != name]
    place = [block.id for block in others].index(anchor) + 1 if anchor else 0
    return replace(now, blocks=(*others[:place], *moving, *others[place:]))


def _reordered(now: Content, order: Sequence[str]) -> Content:
    known = {block.id: block for block in now.blocks}
    waiting = iter(order)
    blocks = (known[next(waiting)] if block.id in set(order) else block for block in now.blocks)
    return replace(now, blocks=tuple(blocks))


def _named(content: Content, name: str) -> Block | None:
    return next((block for block in content.blocks if block.id == name), None)


def _sources(run: Sequence[Segment]) -> list[str]:
    return [segment.source for segment in run]


def _texts(run: Sequence[Segment]) -> list[str]:
    return [segment.target for segment in run]


def _said(block: Block) -> tuple[object, ...]:
    return block.kind, block.placement, _texts(block.segments), _sources(block.segments)


def _refused(reason: Message) -> NotAllowedError:
    return NotAllowedError(reason, advice=N_("Write the words that shall stand here, or keep what stands here."))
