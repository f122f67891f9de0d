"""Merging where the Chinese of some paragraphs is not the same on all sides: the others merge, these are asked about.

Somebody changed the source text here, or there, while the story was away. A translation of another sentence is never
put in unseen; it waits beside the one that stands here.
"""

from collections.abc import Iterator
from dataclasses import replace

from desktop_app.domain.edits import has_source
from desktop_app.domain.merging.changes import BlockChange, Change, Merge, Outcome, PassageChange, alike
from desktop_app.domain.merging.comparing import compare
from desktop_app.domain.story import Block, Content, Languages, join_pieces


def compare_partly(
    base: Content, ours: Content, theirs: Content, languages: Languages
) -> tuple[Merge, tuple[Change, ...]]:
    """Compare what has one source text on all sides; also return the changes there to paragraphs that have not.

    The merge speaks of the shared paragraphs alone.

    Raises:
        InputRefusedError: a part is named twice, or is of another kind.
    """
    sides = [{block.id: block for block in side.blocks} for side in (base, ours, theirs)]
    names = {name for side in sides for name, block in side.items() if has_source(block)}
    apart = {name for name in names if len({_source(side.get(name), languages) for side in sides}) > 1}
    apart |= _disordered(base, ours, theirs, names - apart)
    digest = ours.source_digest
    shared = [
        replace(side, blocks=tuple(b for b in side.blocks if b.id not in apart), source_digest=digest)
        for side in (base, ours, theirs)
    ]
    merge = compare(shared[0], shared[1], shared[2], languages)
    found = [change for block in theirs.blocks if block.id in apart for change in _asked(block, sides[0], sides[1])]
    return merge, tuple(found)


def _source(block: Block | None, languages: Languages) -> str | None:
    return join_pieces([segment.source for segment in block.segments], languages.source) if block is not None else None


def _disordered(base: Content, ours: Content, theirs: Content, names: set[str]) -> set[str]:
    """All of them where their order is not one."""
    orders = {tuple(block.id for block in side.blocks if block.id in names) for side in (base, ours, theirs)}
    return names if len(orders) > 1 else set()


def _asked(there: Block, base: dict[str, Block], ours: dict[str, Block]) -> Iterator[Change]:
    """What the other side made of a paragraph, sentence by sentence where the names are the same."""
    was, here = base.get(there.id), ours.get(there.id)
    if here is None:
        if was is None or [s.target for s in was.segments] != [s.target for s in there.segments]:
            yield BlockChange(there.id, was, None, there, None, Outcome.CONFLICT)
        return
    stood = {segment.id: segment for segment in was.segments} if was is not None else {}
    names = [segment.id for segment in here.segments]
    if names != [segment.id for segment in there.segments]:
        before = was.segments if was is not None else ()
        if [s.target for s in before] != [s.target for s in there.segments]:
            yield PassageChange(there.id, 0, before, here.segments, there.segments, here.segments, Outcome.CONFLICT)
        return
    for at, (mine, yours) in enumerate(zip(here.segments, there.segments, strict=True)):
        old = stood.get(yours.id)
        if alike(yours.target, mine.target) or (old is not None and alike(yours.target, old.target)):
            continue
        yield PassageChange(
            there.id, at, (old,) if old is not None else (), (mine,), (yours,), (mine,), Outcome.CONFLICT
        )
