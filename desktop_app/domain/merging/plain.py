"""Changes as plain data, for those that wait to be decided, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

from desktop_app.domain.digest import from_plain, to_plain
from desktop_app.domain.merging.changes import (
    BlockChange,
    Change,
    FactChange,
    FieldChange,
    OrderChange,
    Outcome,
    PassageChange,
    PictureChange,
    PlaceChange,
)
from desktop_app.domain.story import Block, BlockKind, Content, Placement, Segment

_SIDES = ("base", "ours", "theirs")


def change_to_plain(change: Change) -> dict[str, Any]:
    """The three sides of a change as plain data."""
    if isinstance(change, PassageChange):
        return {"kind": "passage", "block": change.block, "at": change.at, **_each(change, _from_run)}
    if isinstance(change, FieldChange):
        return {"kind": "field", "block": change.block, "field": change.field, **_each(change, str)}
    if isinstance(change, PictureChange):
        return {"kind": "picture", "block": change.block, **_each(change, _from_placement)}
    if isinstance(change, BlockChange):
        return {"kind": "block", "block": change.block, **_each(change, _from_block)}
    if isinstance(change, PlaceChange):
        return {"kind": "place", "block": change.block, **_each(change, lambda place: place)}
    if isinstance(change, OrderChange):
        return {"kind": "order", "anchor": change.anchor, **_each(change, list)}
    return {"kind": "fact", "name": change.name, **_each(change, list)}


def change_from_plain(row: Mapping[str, Any]) -> Change:
    """Read what ``change_to_plain`` wrote: an undecided change."""
    kind, block, asked = row["kind"], row.get("block", ""), Outcome.CONFLICT
    if kind == "passage":
        base, ours, theirs = (_to_run(row[side]) for side in _SIDES)
        return PassageChange(block, row["at"], base, ours, theirs, ours, asked)
    if kind == "field":
        return FieldChange(block, row["field"], row["base"], row["ours"], row["theirs"], row["ours"], asked)
    if kind == "picture":
        was, here, there = (_to_placement(row[side]) for side in _SIDES)
        return PictureChange(block, was, here, there, here, asked)
    if kind == "block":
        stood, stands, came = (_to_block(row[side]) for side in _SIDES)
        return BlockChange(block, stood, stands, came, stands, asked)
    if kind == "place":
        return PlaceChange(block, row["base"], row["ours"], row["theirs"], row["ours"], asked)
    before, now, later = (tuple(row[side]) for side in _SIDES)
    if kind == "order":
        return OrderChange(row["anchor"], before, now, later, now, asked)
    return FactChange(row["name"], before, now, later, now, asked)


def _each(change: Change, plain: Any) -> dict[str, Any]:
    return {side: plain(getattr(change, side)) for side in _SIDES}


def _from_run(run: Sequence[Segment]) -> list[list[Any]]:
    rows: list[list[Any]] = to_plain(Content((Block("", BlockKind.PARAGRAPH, tuple(run)),)))["blocks"][0]["segments"]
    return rows


def _to_run(rows: Sequence[Sequence[Any]]) -> tuple[Segment, ...]:
    plain = to_plain(Content()) | {"blocks": [{"id": "", "kind": BlockKind.PARAGRAPH.value, "segments": rows}]}
    return from_plain(plain).blocks[0].segments


def _from_placement(place: Placement) -> dict[str, Any]:
    row: dict[str, Any] = to_plain(Content((Block("", BlockKind.PICTURE, placement=place),)))["blocks"][0]["placement"]
    return row


def _to_placement(row: Mapping[str, Any]) -> Placement:
    plain = to_plain(Content()) | {"blocks": [{"id": "", "kind": BlockKind.PICTURE.value, "placement": row}]}
    place = from_plain(plain).blocks[0].placement
    assert place is not None, "it was just given"
    return place


def _from_block(block: Block | None) -> dict[str, Any] | None:
    row: dict[str, Any] | None = to_plain(Content((block,)))["blocks"][0] if block is not None else None
    return row


def _to_block(row: Mapping[str, Any] | None) -> Block | None:
    return from_plain(to_plain(Content()) | {"blocks": [row]}).blocks[0] if row is not None else None
