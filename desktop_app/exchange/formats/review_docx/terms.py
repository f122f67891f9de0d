"""The words that writer and reader of a review document share: namespaces, and the names that carry a row's identity.

A row is known by four things that do not depend on one another, because every editor drops some of them: bookmarks
(the only names that outlive a file in another format), a content control round the number, a map in a part of its
own, and what a person sees: the number and the source text.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from desktop_app.domain.digest import signed_text
from desktop_app.exchange.xml import legal

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
W16DU = "http://schemas.microsoft.com/office/word/2023/wordml/word16du"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
MAP = "urn:diptych:review:1"
# The same vocabulary as "Strict Open XML Document" writes it (ISO/IEC 29500-1; the other is part 4).
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"

Field = Literal["target", "caption-en", "alt-en"]
Place = Literal["number", "source", "target"]
_LETTERS: dict[Field, str] = {"target": "t", "caption-en": "c", "alt-en": "a"}
_FIELDS: dict[str, Field] = {letter: field for field, letter in _LETTERS.items()}
_PLACES: dict[Place, str] = {"number": "n", "source": "s", "target": "t"}
_BY_LETTER: dict[str, Place] = {letter: place for place, letter in _PLACES.items()}
# Word allows 40 characters, letters, digits and low lines; one that begins with a low line stays out of its dialog.
_BOOKMARK = re.compile(r"_d([nst])([tca])([uxh][0-9a-f]{2,32})")
_HASHES = re.compile(r"_dh[0-9a-f]{5}([0-9a-f]{16})([0-9a-f]{16})")
_TAG = "diptych:"
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


@dataclass(frozen=True, slots=True)
class RowKey:
    """Which text of the story a row is: a segment or picture block by its code, and the field."""

    code: str
    field: Field


@dataclass(frozen=True, slots=True)
class Hashes:
    """What the two texts of a row were when it left, as the first 16 digits of their SHA-256."""

    source: str
    target: str


def code_of(identity: str) -> str:
    """Write an id in at most 33 letters and digits; a UUID and a short id can be read back from it."""
    try:
        found = UUID(identity)
    except ValueError:
        found = None
    if found is not None and str(found) == identity:
        return f"u{found.hex}"
    data = identity.encode("utf-8", "replace")
    return f"x{data.hex()}" if 0 < len(data) <= 16 else f"h{hashlib.sha256(data).hexdigest()[:32]}"


def identity_of(code: str) -> str:
    """Read what ``code_of`` wrote; empty where the code is only a digest of the id or no code."""
    try:
        if code.startswith("u"):
            return str(UUID(hex=code[1:]))
        return bytes.fromhex(code[1:]).decode("utf-8") if code.startswith("x") else ""
    except ValueError:
        return ""


def bookmark_name(place: Place, key: RowKey) -> str:
    """The bookmark round the text of one cell."""
    return f"_d{_PLACES[place]}{_LETTERS[key.field]}{key.code}"


def read_bookmark(name: str) -> tuple[Place, RowKey] | None:
    """Understand one of our bookmarks; None where it is another's."""
    found = _BOOKMARK.fullmatch(name)
    return (_BY_LETTER[found[1]], RowKey(found[3], _FIELDS[found[2]])) if found is not None else None


def hash_bookmark(ordinal: int, hashes: Hashes) -> str:
    """The bookmark that carries what the texts were; ``ordinal`` tells apart rows that are alike."""
    return f"_dh{ordinal % 0x100000:05x}{hashes.source}{hashes.target}"


def read_hashes(name: str) -> Hashes | None:
    """Understand the bookmark of the hashes."""
    found = _HASHES.fullmatch(name)
    return Hashes(found[1], found[2]) if found is not None else None


def tag_of(key: RowKey) -> str:
    """The tag of the content control round a row's number; Word allows 64 characters."""
    return f"{_TAG}{_LETTERS[key.field]}:{key.code}"


def read_tag(tag: str) -> RowKey | None:
    """Understand the tag of a content control; None where it is another's."""
    letter, _, code = tag.removeprefix(_TAG).partition(":")
    known = tag.startswith(_TAG) and letter in _FIELDS and re.fullmatch(r"[uxh][0-9a-f]{2,32}", code)
    return RowKey(code, _FIELDS[letter]) if known else None


def carried(text: str) -> str:
    """A text as the document carries it: NFC, line ends as LF, what XML cannot carry shown as U+FFFD."""
    return signed_text(legal(text))


def text_hash(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a text as it is carried."""
    return hashlib.sha256(carried(text).encode()).hexdigest()[:16]


def digest_in(text: str) -> str:
    """The digest of a version that a line of text shows, empty where there is none."""
    found = _DIGEST.search(text)
    return found[0] if found is not None else ""
