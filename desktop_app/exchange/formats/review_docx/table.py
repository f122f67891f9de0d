"""The rows of a returned document as they stand in its tables, with the marks of ours that each still has."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from lxml import etree

from desktop_app.exchange.formats.review_docx.markup import child, word_name, word_value
from desktop_app.exchange.formats.review_docx.terms import (
    STRICT,
    Hashes,
    Place,
    RowKey,
    W,
    read_bookmark,
    read_hashes,
    read_tag,
)
from desktop_app.exchange.formats.review_docx.texts import CellText, Mark, cell_text, mark_of
from desktop_app.exchange.limits import Deadline

_MAX_CELLS = 63  # of one row, as Word has it


@dataclass(frozen=True, slots=True)
class Sight:
    """A mark of ours in a cell, before the piece ``at`` of its text."""

    place: Place
    key: RowKey
    at: int


@dataclass(frozen=True)
class Cell:
    """One cell. ``merge`` says how it takes part in cells merged over rows."""

    text: CellText
    merge: Literal["", "restart", "continue"] = ""

    @cached_property
    def bookmarks(self) -> tuple[Sight, ...]:
        """Our bookmarks in it, each once: LibreOffice begins one again in every paragraph that it goes through."""
        first: dict[tuple[Place, RowKey], Sight] = {}
        for event in self.text.names("bookmark"):
            found = read_bookmark(event.name)
            if found is not None:
                first.setdefault(found, Sight(*found, event.at))
        return tuple(first.values())

    @cached_property
    def control(self) -> RowKey | None:
        """The key that the content control in it has."""
        return next((key for event in self.text.names("tag") if (key := read_tag(event.name)) is not None), None)

    @cached_property
    def words(self) -> str:
        """Its text with every change accepted."""
        return self.text.trimmed().after


@dataclass(frozen=True)
class Line:
    """One row of a table. ``deleted`` tells who tracked that the row itself goes."""

    cells: tuple[Cell, ...]
    deleted: Mark | None = None
    heading: bool = False

    @cached_property
    def key(self) -> RowKey | None:
        """What its bookmarks say that it is: the one round the number before all others."""
        seen = [sight for cell in self.cells for sight in cell.bookmarks]
        for place in ("number", "source", "target"):
            found = next((sight.key for sight in seen if sight.place == place), None)
            if found is not None:
                return found
        return None

    @cached_property
    def control(self) -> RowKey | None:
        """What its content control says that it is."""
        return next((cell.control for cell in self.cells if cell.control is not None), None)

    @cached_property
    def hashes(self) -> Hashes | None:
        """What its texts were, as its bookmark says."""
        names = (event.name for cell in self.cells for event in cell.text.names("bookmark"))
        return next((found for name in names if (found := read_hashes(name)) is not None), None)

    def cell_of(self, place: Place, key: RowKey) -> int | None:
        """The cell in which the bookmark of a text is."""
        for number, cell in enumerate(self.cells):
            if any(sight.place == place and sight.key == key for sight in cell.bookmarks):
                return number
        return None


def lines_of(document: etree._Element, deadline: Deadline) -> list[Line]:
    """Every row of every table, also of tables in tables, in reading order."""
    ours: dict[etree._Element, bool] = {}

    def is_ours(table: etree._Element) -> bool:
        if table not in ours:
            ours[table] = any(map(_is_mark, table.iter(*_named("bookmarkStart"), *_named("tag"))))
        return ours[table]

    found = []
    for row in document.iter(*_named("tr")):
        if not _stands_alone(row, is_ours):
            continue
        deadline.check()
        cells = tuple(
            Cell(cell_text(cell, is_ours), _merge(cell))
            for cell, _ in zip(_cells(row), range(_MAX_CELLS), strict=False)
        )
        properties = child(row, "trPr")
        gone = child(row, "trPr", "del")
        found.append(
            Line(
                cells,
                mark_of(gone) if gone is not None else None,
                properties is not None and child(properties, "tblHeader") is not None,
            )
        )
    return found


def _stands_alone(row: etree._Element, is_ours: Callable[[etree._Element], bool]) -> bool:
    """Whether a row is not read as text of a cell that its table is in."""
    table = next((one for one in row.iterancestors() if word_name(one) == "tbl"), None)
    nested = table is not None and any(word_name(one) == "tc" for one in table.iterancestors())
    return not nested or (table is not None and is_ours(table))


def _named(name: str) -> tuple[str, str]:
    """The tags of an element in both vocabularies."""
    return f"{{{W}}}{name}", f"{{{STRICT}}}{name}"


def _is_mark(element: etree._Element) -> bool:
    if word_name(element) == "bookmarkStart":
        return read_bookmark(word_value(element, "name")) is not None
    return read_tag(word_value(element)) is not None


def _cells(element: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row, also those in content controls and the like."""
    for inner in element:
        name = word_name(inner)
        if name == "tc":
            yield inner
        elif name in {"sdt", "sdtContent", "customXml", "ins", "del", "smartTag"}:
            yield from _cells(inner)


def _merge(cell: etree._Element) -> Literal["", "restart", "continue"]:
    found = child(cell, "tcPr", "vMerge")
    if found is None:
        return ""
    return "restart" if word_value(found) == "restart" else "continue"
