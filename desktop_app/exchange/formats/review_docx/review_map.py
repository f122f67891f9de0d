"""The map of a review document: which text every row was and what it said, in a part of its own that nobody sees."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from desktop_app.exchange.formats.review_docx.markup import part_bytes
from desktop_app.exchange.formats.review_docx.matter import Marked, ReviewComment, ReviewNote
from desktop_app.exchange.formats.review_docx.rows import TextRow
from desktop_app.exchange.formats.review_docx.terms import MAP, Field, RowKey, code_of
from desktop_app.exchange.xml import XML_SPACE, legal

_FIELDS: tuple[Field, ...] = ("target", "caption-en", "alt-en")


@dataclass(frozen=True, slots=True)
class Origin:
    """The version that left: empty strings where the file does not say any more."""

    story: str = ""
    slug: str = ""
    version: str = ""
    digest: str = ""

    @property
    def properties(self) -> dict[str, str]:
        """The document's properties, which say the same a second time."""
        return {
            "DiptychReview": "1",
            "DiptychStory": self.story,
            "DiptychSlug": self.slug,
            "DiptychVersion": self.version,
            "DiptychDigest": self.digest,
        }

    @classmethod
    def of_properties(cls, values: dict[str, str]) -> "Origin":
        """Read what ``properties`` wrote."""
        return cls(*(values.get(f"Diptych{name}", "") for name in ("Story", "Slug", "Version", "Digest")))


@dataclass(frozen=True, slots=True)
class KnownChange:
    """A tracked change that was in the document when it left."""

    sign: str
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class MapRow:
    """What a row was when it left."""

    number: int
    part: str
    field: Field
    source: str
    target: str
    changes: tuple[KnownChange, ...] = ()

    @property
    def key(self) -> RowKey:
        """Its name in the file."""
        return RowKey(code_of(self.part), self.field)


@dataclass(frozen=True, slots=True)
class ReviewMap:
    """The whole map. ``notes`` are the notes of the comments that left with the document, with their thread's id.

    ``opening`` are the paragraphs above the table; empty in documents that older programs made.
    """

    origin: Origin
    rows: tuple[MapRow, ...]
    notes: tuple[tuple[str, ReviewNote], ...] = ()
    opening: tuple[str, ...] = ()


def write_map(
    origin: Origin,
    rows: Iterable[tuple[TextRow, Sequence[Marked]]],
    comments: Iterable[ReviewComment],
    opening: Iterable[str] = (),
) -> bytes:
    """Make the part."""
    made = etree.Element(f"{{{MAP}}}review", nsmap={None: MAP})  # type: ignore[dict-item]  # None: no prefix
    facts = {"story": origin.story, "slug": origin.slug, "version": origin.version, "digest": origin.digest}
    for name, value in facts.items():
        made.set(name, legal(value))
    for line in opening:
        _put(made, "opening").text = legal(line)
    for row, marks in rows:
        held = _put(made, "row", number=str(row.number), part=row.part, field=row.field)
        for name, text in (("source", row.source), ("target", row.target)):
            _put(held, name).text = legal(text)
        for mark in marks:
            if mark.sign != "=":
                _put(held, "change", sign=mark.sign, author=mark.author).text = legal(mark.text)
    for comment in comments:
        for note in comment.notes:
            _put(made, "note", comment=comment.id, author=note.author, at=note.at).text = legal(note.text)
    return part_bytes(made)


def _put(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{MAP}}}{tag}")
    made.set(XML_SPACE, "preserve")
    for name, value in attributes.items():
        made.set(name, legal(value))
    return made


def read_map(found: etree._Element) -> ReviewMap | None:
    """Understand the part; None where it is another program's."""
    if found.tag != f"{{{MAP}}}review":
        return None
    origin = Origin(*(found.get(name, "") for name in ("story", "slug", "version", "digest")))
    rows = tuple(row for row in map(_read_row, found.iterchildren(f"{{{MAP}}}row")) if row is not None)
    notes = tuple(
        (note.get("comment", ""), ReviewNote(note.get("author", ""), note.get("at", ""), note.text or ""))
        for note in found.iterchildren(f"{{{MAP}}}note")
    )
    opening = tuple(line.text or "" for line in found.iterchildren(f"{{{MAP}}}opening"))
    return ReviewMap(origin, rows, notes, opening)


def _read_row(row: etree._Element) -> MapRow | None:
    field = next((one for one in _FIELDS if one == row.get("field")), None)
    number = row.get("number", "")
    if field is None or not row.get("part") or not (number.isascii() and number.isdigit() and len(number) < 9):
        return None
    changes = tuple(
        KnownChange(change.get("sign", ""), change.text or "", change.get("author", ""))
        for change in row.iterchildren(f"{{{MAP}}}change")
    )
    source, target = (row.findtext(f"{{{MAP}}}{name}") or "" for name in ("source", "target"))
    return MapRow(int(number), row.get("part", ""), field, source, target, changes)
