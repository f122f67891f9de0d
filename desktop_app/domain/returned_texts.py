"""Putting texts that come home one by one (rows of a document, units of a file) into the text that they went out with.

What a file says is a proposal: a text that changed is a draft, whoever wrote it, and a lock is not opened from outside.
Where the text that went out is not known for certain every text counts alone: those whose source is still the same are
compared, and all others are told.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from desktop_app.domain.changes import placement_text, with_placement_text
from desktop_app.domain.digest import signed_text
from desktop_app.domain.edits import clean, with_target
from desktop_app.domain.story import Block, Content, Segment, SegmentStatus

Field = Literal["target", "caption-en", "alt-en"]
Spot = tuple[str, str]
"""The segment or picture block, and the field in it."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a content says at one spot; ``segment`` is None for a text of a picture."""

    source: str
    target: str
    segment: Segment | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """One text of a file. ``left_as`` and ``source`` are what went out, as far as the file itself still says.

    ``sent`` is the status that it went out with, None where nothing tells. ``proposed`` is how far the file says the
    text has come, None where it says nothing: at most confirmed.
    """

    part: str
    field: Field
    text: str
    left_as: str | None = None
    source: str | None = None
    proposed: SegmentStatus | None = None
    sent: SegmentStatus | None = None

    @property
    def spot(self) -> Spot:
        """Where it stands."""
        return self.part, self.field


@dataclass(frozen=True, slots=True)
class Composed:
    """The text that went out and the one that comes home; what was left aside is named by its spot.

    ``changed`` are the spots whose words are others than those that went out, ``locked`` those of them that nobody may
    change here: they become conflicts.
    """

    base: Content
    content: Content
    changed: frozenset[Spot] = frozenset()
    gone: tuple[Came, ...] = ()  # their spot is in no text that is compared
    other_source: tuple[Came, ...] = ()  # the source here is another than it was
    locked: tuple[Came, ...] = ()


def texts_in(content: Content) -> dict[Spot, Held]:
    """Every text of a content that a file can bring home."""
    found: dict[Spot, Held] = {}
    for block in content.blocks:
        for segment in block.segments:
            found[segment.id, "target"] = Held(segment.source, segment.target, segment)
        if block.placement is not None:
            for name in ("caption", "alt"):
                pair = getattr(block.placement, name)
                found[block.id, f"{name}-en"] = Held(pair.zh, pair.en)
    return found


def composed(
    ground: Content, here: Content, came: Iterable[Came], *, sure: bool, doubtful: Collection[Spot] = ()
) -> Composed:
    """Make the two texts that a merge compares with ``here``, of the text that went out and of what a file says.

    ``sure``: ``ground`` is the text that went out, word for word; else ``doubtful`` are spots at which it may not be.
    """
    went = {spot: held for spot, held in texts_in(ground).items() if spot not in doubtful}
    texts = _Texts(ground if sure else here, went, texts_in(here), whole=sure)
    for one in came:
        texts.take(one)
    return texts.composed()


@dataclass(slots=True)
class _Texts:
    frame: Content
    ground: Mapping[Spot, Held]
    now: Mapping[Spot, Held]
    whole: bool
    stood: dict[Spot, tuple[str, SegmentStatus | None]] = field(default_factory=dict)
    says: dict[Spot, tuple[str, SegmentStatus | None]] = field(default_factory=dict)
    changed: set[Spot] = field(default_factory=set)
    left: dict[str, list[Came]] = field(default_factory=dict)
    held: dict[Spot, Held] = field(init=False)

    def __post_init__(self) -> None:
        self.held = texts_in(self.frame)

    def take(self, one: Came) -> None:
        """Put one text in, or aside."""
        here, went = self.held.get(one.spot), self.ground.get(one.spot)
        if here is None or one.spot in self.says:
            self._aside("gone", one)
            return
        stood = self._went_out_as(one, here, went)
        text = clean(one.text)
        if _same(text, stood):
            text = stood
        if text != stood and not self._of_this_source(one, here, went):
            self._aside("other_source", one)
            return
        self.stood[one.spot] = stood, one.sent
        self.says[one.spot] = text, one.proposed
        if text != stood:
            self.changed.add(one.spot)
            if _is_locked(self.now.get(one.spot, here)):
                self._aside("locked", one)

    def _aside(self, why: str, one: Came) -> None:
        self.left.setdefault(why, []).append(one)

    def _went_out_as(self, one: Came, here: Held, went: Held | None) -> str:
        """What the text was; where nothing tells, nothing: then whatever stands here counts as written since."""
        if self.whole:
            return here.target
        if one.left_as is not None:
            return here.target if _same(one.left_as, here.target) else one.left_as
        if went is not None and _same(went.source, here.source):
            return here.target if _same(went.target, here.target) else went.target
        return here.target if _same(one.text, here.target) else ""

    def _of_this_source(self, one: Came, here: Held, went: Held | None) -> bool:
        if self.whole:
            return True
        source = one.source if one.source is not None else went.source if went is not None else None
        return source is None or _same(source, here.source)

    def composed(self) -> Composed:
        base = _with_texts(self.frame, {spot: _result(self.held[spot], *said) for spot, said in self.stood.items()})
        frozen = texts_in(base)
        content = _with_texts(base, {spot: _result(frozen[spot], *said) for spot, said in self.says.items()})
        locked = {one.part for one in self.left.get("locked", ())}
        base, content = _unlocked(base, locked), _unlocked(content, locked)
        left = {name: tuple(self.left.get(name, ())) for name in ("gone", "other_source", "locked")}
        return Composed(base, content, frozenset(self.changed), **left)


def _result(held: Held, text: str, proposed: SegmentStatus | None) -> Segment | str:
    """The segment, or the text of a picture, with these words and what is proposed of them."""
    if held.segment is None:
        return text
    segment = with_target(held.segment, text)
    return replace(segment, status=proposed) if proposed is not None and text else segment


def _with_texts(content: Content, texts: Mapping[Spot, Segment | str]) -> Content:
    return replace(content, blocks=tuple(_block(block, texts) for block in content.blocks))


def _block(block: Block, texts: Mapping[Spot, Segment | str]) -> Block:
    segments = tuple(_segments(block, texts))
    placement = block.placement
    for name in ("caption-en", "alt-en"):
        text = texts.get((block.id, name))
        if placement is not None and isinstance(text, str) and text != placement_text(placement, name):
            placement = with_placement_text(placement, name, text)
    return replace(block, segments=segments, placement=placement)


def _segments(block: Block, texts: Mapping[Spot, Segment | str]) -> Iterator[Segment]:
    for segment in block.segments:
        found = texts.get((segment.id, "target"))
        yield found if isinstance(found, Segment) else segment


def _unlocked(content: Content, parts: Collection[str]) -> Content:
    """The content as if these segments had not been locked: a lock here against words from there is a conflict."""

    def opened(segment: Segment) -> Segment:
        return replace(segment, locked=False) if segment.id in parts else segment

    if not parts:
        return content
    blocks = (replace(block, segments=tuple(map(opened, block.segments))) for block in content.blocks)
    return replace(content, blocks=tuple(blocks))


def _is_locked(held: Held) -> bool:
    return held.segment is not None and held.segment.locked


def _same(one: str, other: str) -> bool:
    return one == other or signed_text(one) == signed_text(other)
