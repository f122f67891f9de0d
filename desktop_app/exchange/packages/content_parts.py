"""Reading the text of a story as ``domain.digest.to_plain`` wrote it, from a hand that is not to be trusted."""

from typing import Any

from desktop_app.domain.story import Bilingual, Block, BlockKind, Content, Placement, Segment, SegmentStatus
from desktop_app.exchange.limits import MAX_BLOCKS
from desktop_app.exchange.packages.plain import Plain


def read_content(row: Plain) -> Content:
    """Read a text, as ``to_plain`` wrote it.

    Raises:
        InputRefusedError: a value is missing or of another kind.
    """
    return Content(
        tuple(_block(block) for block in row["blocks"].items()),
        row["byline"].texts(),
        row["dateline"].text(),
        row["topics"].texts(),
        row["source"].short(64),
    )


def _block(row: Plain) -> Block:
    name, kind = row["id"].identity(), row["kind"].word(BlockKind)
    if row.has("placement") != (kind is BlockKind.PICTURE):
        raise row.refused()
    if row.has("placement"):
        return Block(name, kind, placement=_placement(row["placement"]))
    return Block(name, kind, tuple(_segment(segment) for segment in row["segments"].items()))


def _segment(row: Plain) -> Segment:
    name, source, target, status, locked = row.fields(5)
    return Segment(name.identity(), source.text(), target.text(), status.word(SegmentStatus), locked.flag())


def _placement(row: Plain) -> Placement:
    caption, alt = (Bilingual(*(text.text() for text in row[key].fields(2))) for key in ("caption", "alt"))
    return Placement(
        row["file"].text(),
        row["picture"].identity_or_none(),
        caption,
        alt,
        row["credit"].text(),
        row["rights"].text(),
        row["payload"].text_or_none(),
    )


def _formers(row: Plain) -> dict[str, list[Any]]:
    """Where parts stood, as ``language.source_parts.to_plain`` wrote it."""
    found = row.mapping()
    if len(found) > MAX_BLOCKS:
        raise row.refused()
    rows = {Plain(part, row.place).identity(): row[part].fields(3) for part in found}
    return {part: [text.text(), block.identity(), at.number()] for part, (text, block, at) in rows.items()}


def read_new_source(row: Plain) -> dict[str, Any]:
    """Read a source text that waits to be judged, as ``language.source_update.to_plain`` wrote it.

    Raises:
        InputRefusedError: a value is missing or of another kind.
    """
    if row.has("texts"):
        texts: dict[str, Any] = {"texts": row["texts"].texts_by_name()}
        return {**texts, "were": _formers(row["were"])} if row.has("were") else texts
    blocks = []
    for block in row["blocks"].items():
        kind, text, file, caption = block.fields(4)
        blocks.append([kind.word(BlockKind).value, text.text(), file.text(), caption.text()])
    return {"blocks": blocks}
