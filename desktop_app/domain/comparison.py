"""What changed between two texts or two versions: Chinese by character, English by word.

Track changes is computed from stored versions, never recorded while typing, so it survives input methods, undo,
paste and merge.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

from desktop_app.domain.counts import has_han
from desktop_app.domain.story import Bilingual, Block, Content, Segment

Op = tuple[Literal["=", "-", "+"], str]
_WORDS = re.compile(r"\s+|[\w\u2019']+(?:[.,\-]\w+)*|[^\w\s]", re.UNICODE)


@dataclass(frozen=True, slots=True)
class TextChange:
    """One text that differs: ``segment`` is a segment's id, or a picture block's; ``side`` names which of its texts."""

    segment: str
    side: Literal["source", "target", "caption-zh", "caption-en", "alt-zh", "alt-en", "credit", "picture"]
    ops: tuple[Op, ...]


def tokens(text: str) -> list[str]:
    """Cut a text into the units that a reader compares: characters where there is Chinese, words elsewhere."""
    if has_han(text):
        return list(text)
    return _WORDS.findall(text)


def text_ops(old: str, new: str) -> tuple[Op, ...]:
    """Return the shortest edit script from ``old`` to ``new``, deletions before insertions.

    Joined, all parts but ``+`` give ``old`` and all parts but ``-`` give ``new``.
    """
    if old == new:
        return (("=", old),) if old else ()
    by_character = has_han(old) or has_han(new)
    a = list(old) if by_character else tokens(old)
    b = list(new) if by_character else tokens(new)
    ops: list[Op] = []
    for step in Indel.opcodes(a, b):
        if step.tag == "equal":
            _add(ops, "=", "".join(a[step.src_start : step.src_end]))
            continue
        _add(ops, "-", "".join(a[step.src_start : step.src_end]))
        _add(ops, "+", "".join(b[step.dest_start : step.dest_end]))
    return tuple(_deletions_first(_without_islands(ops)))


def _add(ops: list[Op], sign: Literal["=", "-", "+"], text: str) -> None:
    if not text:
        return
    if ops and ops[-1][0] == sign:
        ops[-1] = (sign, ops[-1][1] + text)
    else:
        ops.append((sign, text))


def _without_islands(ops: list[Op]) -> list[Op]:
    """Take a lone space between two changes into both, so that a changed phrase reads as one change."""
    result: list[Op] = []
    for index, (sign, text) in enumerate(ops):
        changed_around = 0 < index < len(ops) - 1 and ops[index - 1][0] != "=" and ops[index + 1][0] != "="
        if sign == "=" and text.isspace() and changed_around:
            result += [("-", text), ("+", text)]
        else:
            result.append((sign, text))
    return result


def _deletions_first(ops: list[Op]) -> Iterator[Op]:
    """Gather each run of changes into one deletion and one insertion."""
    deleted = inserted = ""
    for sign, text in [*ops, ("=", "")]:
        if sign == "-":
            deleted += text
        elif sign == "+":
            inserted += text
        else:
            if deleted:
                yield "-", deleted
            if inserted:
                yield "+", inserted
            deleted = inserted = ""
            if text:
                yield "=", text


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
    texts: list[tuple[Literal["caption-zh", "caption-en", "alt-zh", "alt-en", "credit", "picture"], str, str]] = [
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
