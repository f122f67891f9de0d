"""What changed between two texts or two versions: Chinese by character, English by word.

Track changes is computed from stored versions, never recorded while typing, so it survives input methods, undo,
paste and merge.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from desktop_app.domain.story import Bilingual, Block, Content, Segment
from desktop_app.domain.text_ops import Op, text_ops

__all__ = ["Op", "Side", "TextChange", "compare", "text_ops"]

Side = Literal["source", "target", "caption-zh", "caption-en", "alt-zh", "alt-en", "credit", "picture"]


@dataclass(frozen=True, slots=True)
class TextChange:
    """One text that differs: ``segment`` is a segment's id, or a picture block's; ``side`` names which of its texts."""

    segment: str
    side: Side
    ops: tuple[Op, ...]


def compare(old: Content, new: Content) -> list[TextChange]:
    """Every text that differs between two versions, in the reading order of ``new``, what vanished last."""
    before = {block.id: block for block in old.blocks}
    before_segments = {segment.id: segment for segment in old.segments()}
    changes: list[TextChange] = []
    for block in new.blocks:
        changes += _picture_changes(before.get(block.id), block)
        for segment in block.segments:
            changes += _segment_changes(before_segments.pop(segment.id, None), segment)
    for gone in before_segments.values():
        changes += _segment_changes(gone, Segment(gone.id))
    kept = {block.id for block in new.blocks}
    for block in old.blocks:
        if block.id not in kept and block.placement is not None:
            changes += _picture_changes(block, None)
    return changes


def _segment_changes(old: Segment | None, new: Segment) -> Iterator[TextChange]:
    base = old or Segment(new.id)
    if base.source != new.source:
        yield TextChange(new.id, "source", text_ops(base.source, new.source))
    if base.target != new.target:
        yield TextChange(new.id, "target", text_ops(base.target, new.target))


def _picture_changes(old: Block | None, new: Block | None) -> Iterator[TextChange]:
    before = old.placement if old else None
    after = new.placement if new else None
    block = new or old
    if block is None or (before is None and after is None):
        return
    empty = Bilingual()
    b_caption, a_caption = (p.caption if p else empty for p in (before, after))
    b_alt, a_alt = (p.alt if p else empty for p in (before, after))
    texts: list[tuple[Side, str, str]] = [
        ("picture", before.file if before else "", after.file if after else ""),
        ("caption-zh", b_caption.zh, a_caption.zh),
        ("caption-en", b_caption.en, a_caption.en),
        ("alt-zh", b_alt.zh, a_alt.zh),
        ("alt-en", b_alt.en, a_alt.en),
        ("credit", before.credit if before else "", after.credit if after else ""),
    ]
    for side, was, now in texts:
        if was != now:
            yield TextChange(block.id, side, text_ops(was, now))
    if before and after and before.file == after.file and before.payload != after.payload:
        yield TextChange(block.id, "picture", (("=", after.file),))
