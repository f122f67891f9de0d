"""Finding what came back: every change of the other side, applied where only they changed that part."""

from collections.abc import Iterator
from dataclasses import replace

from desktop_app.domain.changes import FACTS, anchors, placement_text, with_placement_text
from desktop_app.domain.merging.changes import (
    BlockChange,
    Change,
    FactChange,
    FieldChange,
    Merge,
    Outcome,
    PassageChange,
    PictureChange,
    alike,
    face_of,
    fact_of,
)
from desktop_app.domain.merging.passages import passages, same_words
from desktop_app.domain.merging.placing import place_changes
from desktop_app.domain.merging.recutting import merge_passage
from desktop_app.domain.merging.soundness import named_alike, require_mergeable
from desktop_app.domain.story import Block, Content, Languages, Placement

_FIELDS = ("caption-zh", "caption-en", "alt-zh", "alt-en", "credit")


def compare(base: Content, ours: Content, theirs: Content, languages: Languages) -> Merge:
    """Find every change that ``theirs`` brings home to ``ours``; ``base`` is what both began from.

    Raises:
        SourceDiffersError: the three are not translations of one source text.
        InputRefusedError: a part is named twice, or is of another kind.
    """
    require_mergeable(base, ours, theirs, languages)
    theirs = named_alike(base, ours, theirs)
    changes: list[Change] = [*_facts(base, ours, theirs)]
    stood, stand, other = ({block.id: block for block in side.blocks} for side in (base, ours, theirs))
    moved = _moved(base, ours) | _moved(base, theirs)
    for block in ours.blocks:
        was, back = stood.get(block.id), other.get(block.id)
        if back is not None:
            changes += _block(was, block, back, languages)
        elif was is not None:
            kept = Outcome.TAKEN if block.id not in moved and _is_untouched(was, block) else Outcome.CONFLICT
            changes.append(BlockChange(block.id, was, block, None, None if kept is Outcome.TAKEN else block, kept))
    changes += _gone_or_new(stood, theirs, set(stand), moved)
    changes += [
        BlockChange(block.id, block, None, None, None, Outcome.MET)
        for block in base.blocks
        if block.id not in stand and block.id not in other
    ]
    changes += place_changes(base, ours, theirs)
    return Merge(base, ours, theirs, languages, tuple(changes))


def _gone_or_new(stood: dict[str, Block], theirs: Content, stand: set[str], moved: set[str]) -> Iterator[BlockChange]:
    """The blocks that came back and are not here: put in there, or removed here and changed there."""
    for block in theirs.blocks:
        if block.id in stand:
            continue
        was = stood.get(block.id)
        if was is None:
            yield BlockChange(block.id, None, None, block, block, Outcome.TAKEN)
        elif block.id in moved or not _is_untouched(was, block):
            yield BlockChange(block.id, was, None, block, None, Outcome.CONFLICT)


def _moved(base: Content, side: Content) -> set[str]:
    before, after = anchors(base.blocks), anchors(side.blocks)
    return {block for block, place in after.items() if block in before and before[block] != place}


def _is_untouched(was: Block, now: Block) -> bool:
    """Whether nobody changed a word, a picture or a lock of a block; a status alone is no reason to keep it."""
    locked = any(s.locked for s in now.segments) and not any(s.locked for s in was.segments)
    return was.placement == now.placement and same_words(was.segments, now.segments) and not locked


def _block(was: Block | None, here: Block, there: Block, languages: Languages) -> Iterator[Change]:
    if was is not None and there == was:
        return
    if here.placement is not None and there.placement is not None:
        before = was.placement if was is not None and was.placement is not None else Placement("")
        yield from _picture(here.id, before, here.placement, there.placement)
        return
    stood = was.segments if was is not None else ()
    for passage in passages(stood, here.segments, there.segments, languages.source):
        result, outcome = merge_passage(passage, languages.target)
        if outcome is not None:
            sides = (passage.base, passage.ours, passage.theirs)
            yield PassageChange(here.id, passage.at, *sides, result, outcome)


def _picture(block: str, was: Placement, here: Placement, there: Placement) -> Iterator[Change]:
    sides = ["\0".join(face_of(place)) for place in (was, here, there)]
    outcome = _outcome(*sides)
    if outcome is not None:
        yield PictureChange(block, was, here, there, there if outcome is Outcome.TAKEN else here, outcome)
    for field in (*_FIELDS, "rights"):
        before, ours, theirs = (field_text(place, field) for place in (was, here, there))
        outcome = _outcome(before, ours, theirs)
        if outcome is not None:
            result = theirs if outcome is Outcome.TAKEN else ours
            yield FieldChange(block, field, before, ours, theirs, result, outcome)


def field_text(place: Placement, field: str) -> str:
    """One text of a placed picture."""
    return place.rights if field == "rights" else placement_text(place, field)


def with_field_text(place: Placement, field: str, text: str) -> Placement:
    """The placement with another of its texts."""
    return replace(place, rights=text) if field == "rights" else with_placement_text(place, field, text)


def _outcome(base: str, ours: str, theirs: str) -> Outcome | None:
    if alike(theirs, base):
        return None
    if alike(theirs, ours):
        return Outcome.MET
    return Outcome.TAKEN if alike(ours, base) else Outcome.CONFLICT


def _facts(base: Content, ours: Content, theirs: Content) -> Iterator[FactChange]:
    for name in FACTS:
        was, here, there = (fact_of(side, name) for side in (base, ours, theirs))
        outcome = _outcome(*("\0".join(texts) for texts in (was, here, there)))
        if outcome is not None:
            yield FactChange(name, was, here, there, there if outcome is Outcome.TAKEN else here, outcome)
