"""How far the changes since a version were accepted, as a layer over that version."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.domain.changes import (
    FACTS,
    PICTURE_FIELDS,
    SEGMENT_FIELDS,
    STORY,
    anchor_of,
    anchors,
    placement_text,
    put_behind,
    text_of,
    with_placement_text,
)
from desktop_app.domain.digest import from_plain, to_plain
from desktop_app.domain.story import Block, Content, Placement, Segment

BLOCK = "block"  # the field that holds a whole block, where it is cut otherwise than in the version or is not in it


PLACE = "place"  # the field that says behind which block of source text a block without any stands


@dataclass(frozen=True, slots=True)
class Accepted:
    """One text of the layer: ``text`` takes the place of ``field`` of ``part``; of a block or a picture it is JSON."""

    part: str
    field: str
    text: str

    @property
    def place(self) -> tuple[str, str]:
        """What it is about."""
        return self.part, self.field


def with_accepted(version: Content, layer: Iterable[Accepted]) -> Content:
    """The version with what was accepted since."""
    held = {row.place: row.text for row in layer}
    if not held:
        return version
    found = [_block(block, held) for block in version.blocks]
    blocks = [block for block in found if block is not None]
    known = {block.id for block in version.blocks}
    for (part, field), text in held.items():
        if field == BLOCK and text and part not in known:
            blocks.append(_from_text(text))
    for (part, field), anchor in held.items():
        block = next((one for one in blocks if one.id == part), None) if field == PLACE else None
        blocks = put_behind(blocks, block, anchor) if block is not None else blocks
    facts: dict[str, Any] = {}
    for name in FACTS:
        if (STORY, name) in held:
            value = json.loads(held[STORY, name])
            facts[name] = tuple(value) if isinstance(value, list) else value
    return replace(version, blocks=tuple(blocks), **facts)


def _block(block: Block, held: dict[tuple[str, str], str]) -> Block | None:
    whole = held.get((block.id, BLOCK))
    if whole is not None:
        return _from_text(whole) if whole else None
    place = block.placement
    if place is not None:
        return replace(block, placement=_placement(block.id, place, held))
    segments = tuple(
        replace(
            segment,
            source=held.get((segment.id, "source"), segment.source),
            target=held.get((segment.id, "target"), segment.target),
        )
        for segment in block.segments
    )
    return replace(block, segments=segments)


def _placement(block: str, place: Placement, held: dict[tuple[str, str], str]) -> Placement:
    picture = held.get((block, "picture"))
    if picture is not None:
        file, identity, payload = json.loads(picture)
        place = replace(place, file=file, picture=identity, payload=payload)
    for field in PICTURE_FIELDS[1:]:
        text = held.get((block, field))
        place = with_placement_text(place, field, text) if text is not None else place
    return place


def layer_between(version: Content, accepted: Content) -> list[Accepted]:
    """The layer that makes ``accepted`` of ``version``."""
    before = {block.id: block for block in version.blocks}
    rows: list[Accepted] = []
    stood, stands = anchors(version.blocks), anchors(accepted.blocks)
    for block in accepted.blocks:
        moved = block.id in stood and block.id in stands and stood[block.id] != stands[block.id]
        if moved or block.id not in before:
            rows.append(Accepted(block.id, PLACE, anchor_of(accepted, block.id)))
        was = before.pop(block.id, None)
        same_cut = was is not None and [s.id for s in was.segments] == [s.id for s in block.segments]
        if was is None or not same_cut or (was.placement is None) != (block.placement is None):
            rows.append(Accepted(block.id, BLOCK, _to_text(block)))
        elif was.placement is not None and block.placement is not None:
            rows += _picture_rows(block.id, was.placement, block.placement)
        else:
            for old, new in zip(was.segments, block.segments, strict=True):
                rows += _segment_rows(old, new)
    rows += [Accepted(gone, BLOCK, "") for gone in before]
    for name in FACTS:
        value = getattr(accepted, name)
        if value != getattr(version, name):
            rows.append(Accepted(STORY, name, json.dumps(value, ensure_ascii=False)))
    return rows


def _segment_rows(old: Segment, new: Segment) -> Iterator[Accepted]:
    for field in SEGMENT_FIELDS:
        if text_of(old, field) != text_of(new, field):
            yield Accepted(new.id, field, text_of(new, field))


def _picture_rows(block: str, old: Placement, new: Placement) -> Iterator[Accepted]:
    if (old.file, old.picture, old.payload) != (new.file, new.picture, new.payload):
        yield Accepted(block, "picture", json.dumps([new.file, new.picture, new.payload], ensure_ascii=False))
    for field in PICTURE_FIELDS[1:]:
        if placement_text(old, field) != placement_text(new, field):
            yield Accepted(block, field, placement_text(new, field))


def _to_text(block: Block) -> str:
    return json.dumps(to_plain(Content((block,)))["blocks"][0], ensure_ascii=False, sort_keys=True)


def _from_text(text: str) -> Block:
    plain = to_plain(Content())
    return from_plain({**plain, "blocks": [json.loads(text)]}).blocks[0]
