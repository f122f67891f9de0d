"""The digest of a version: SHA-256 over canonical JSON (RFC 8785), with text in NFC and line ends as LF."""

import hashlib
import json
import unicodedata
from typing import Any

import rfc8785

from desktop_app.domain.story import Bilingual, Block, BlockKind, Content, Placement, Segment, SegmentStatus

DIGEST_FORMAT = 1


def signed_text(text: str) -> str:
    """A text in the one form that the digest sees: NFC, line ends as LF."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _pair(pair: Bilingual) -> dict[str, str]:
    return {"zh": signed_text(pair.zh), "en": signed_text(pair.en)}


def _placement(placement: Placement) -> dict[str, Any]:
    return {
        "file": signed_text(placement.file),
        "payload": placement.payload,
        "caption": _pair(placement.caption),
        "alt": _pair(placement.alt),
        "credit": signed_text(placement.credit),
        "rights": signed_text(placement.rights),
    }


def signed_block(block: Block) -> dict[str, Any]:
    """What the digest sees of one block, as plain data."""
    frozen: dict[str, Any] = {"id": block.id, "kind": block.kind.value}
    if block.placement is not None:
        frozen["picture"] = _placement(block.placement)
    else:
        frozen["segments"] = [[s.id, signed_text(s.source), signed_text(s.target)] for s in block.segments]
    return frozen


def signed_form(content: Content) -> dict[str, Any]:
    """Return the plain data that the digest covers.

    Headline and deck are blocks. Status, lock, comments, assignment, thumbnails and keywords stay outside.
    """
    return {
        "format": DIGEST_FORMAT,
        "blocks": [signed_block(block) for block in content.blocks],
        "byline": [signed_text(name) for name in content.byline],
        "dateline": signed_text(content.dateline),
        "topics": [signed_text(topic) for topic in content.topics],
        "source": content.source_digest,
    }


def canonical(data: object) -> bytes:
    """Write plain data as canonical JSON (RFC 8785)."""
    return rfc8785.dumps(data)  # type: ignore[arg-type] # its own recursive type is narrower than "plain data"


def canonical_texts(data: object) -> bytes:
    """As ``canonical``, ten times as fast, for data without numbers other than small whole ones, and with ASCII keys.

    There the encoder of the standard library writes the same bytes: it escapes the same signs the same way (RFC 8785,
    section 3.2.2.2), and ASCII keys have one order. A half surrogate pair is a ``ValueError`` in both.
    """
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def content_digest(content: Content) -> str:
    """The digest that a sign-off names: 64 hexadecimal digits."""
    return hashlib.sha256(canonical_texts(signed_form(content))).hexdigest()


def source_digest(content: Content) -> str:
    """The digest of the source side alone, so that a change of the Chinese can be told from one of the English."""
    sources = [[block.kind.value, [signed_text(s.source) for s in block.segments]] for block in content.blocks]
    captions = [signed_text(placement.caption.zh) for placement in content.placements()]
    return hashlib.sha256(canonical([sources, captions])).hexdigest()


def to_plain(content: Content) -> dict[str, Any]:
    """Return a version's whole content as plain data: the signed form with statuses, locks and picture ids."""
    blocks: list[dict[str, Any]] = []
    for block in content.blocks:
        row: dict[str, Any] = {"id": block.id, "kind": block.kind.value}
        if block.placement is not None:
            place = block.placement
            row["placement"] = {
                "file": place.file,
                "picture": place.picture,
                "caption": [place.caption.zh, place.caption.en],
                "alt": [place.alt.zh, place.alt.en],
                "credit": place.credit,
                "rights": place.rights,
                "payload": place.payload,
            }
        else:
            row["segments"] = [[s.id, s.source, s.target, s.status.value, s.locked] for s in block.segments]
        blocks.append(row)
    return {
        "blocks": blocks,
        "byline": list(content.byline),
        "dateline": content.dateline,
        "topics": list(content.topics),
        "source": content.source_digest,
    }


def _placement_from(row: dict[str, Any]) -> Placement:
    return Placement(
        file=row["file"],
        picture=row["picture"],
        caption=Bilingual(*row["caption"]),
        alt=Bilingual(*row["alt"]),
        credit=row["credit"],
        rights=row["rights"],
        payload=row["payload"],
    )


def from_plain(data: dict[str, Any]) -> Content:
    """Read what ``to_plain`` wrote."""
    blocks = tuple(
        Block(
            row["id"],
            BlockKind(row["kind"]),
            tuple(Segment(i, s, t, SegmentStatus(st), locked) for i, s, t, st, locked in row.get("segments", ())),
            _placement_from(row["placement"]) if "placement" in row else None,
        )
        for row in data["blocks"]
    )
    return Content(blocks, tuple(data["byline"]), data["dateline"], tuple(data["topics"]), data["source"])
