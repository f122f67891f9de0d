"""Events as files: a table for a spreadsheet, and JSON lines from which an outsider can check the chain.

The table begins with a byte order mark, without which Excel reads Chinese as noise, and what looks like a formula is
kept from being one. A JSON line holds every cell of an event exactly as it is stored, so that its hash can be worked
out from it: the help tells how. A file from which events were left out says so in a line before them.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from io import StringIO
from typing import Any, BinaryIO

from desktop_app.domain.events import EventLink
from desktop_app.exchange.limits import MEBIBYTE
from desktop_app.exchange.xml import legal

MAX_LINE_BYTES = 64 * MEBIBYTE
_BOM = "\ufeff"
_TOGETHER = 500  # rows a piece
_CELL_CHARACTERS = 32_000  # Excel takes 32,767
_FORMULA = re.compile(r"[\t\r\n]|\s*'*[=+\-@＝＋－＠]")
_FIELDS = tuple(field.name for field in fields(EventLink))
_MAY_BE_NULL = frozenset({"person", "story"})
_LARGEST_NUMBER = 2**63
_FILTERED = "filtered"


def table(titles: Iterable[str], rows: Iterable[Iterable[str | int]]) -> Iterator[bytes]:
    """Make the bytes of a CSV file piece by piece (RFC 4180), to be opened by a spreadsheet."""
    text = StringIO()
    writer = csv.writer(text)
    text.write(_BOM)
    writer.writerow(titles)
    for place, row in enumerate(rows, start=1):
        writer.writerow([_cell(cell) for cell in row])
        if place % _TOGETHER == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _cell(cell: str | int) -> str | int:
    if isinstance(cell, int):
        return cell
    cell = cell if cell.isascii() and cell.isprintable() else legal(cell)
    cell = cell if len(cell) <= _CELL_CHARACTERS else f"{cell[:_CELL_CHARACTERS]}…"
    return f"'{cell}" if _FORMULA.match(cell) else cell


@dataclass(frozen=True, slots=True)
class Filtered:
    """The line before events of which some were left out."""


def lines(links: Iterable[EventLink], left_out: Mapping[str, object] | None = None) -> Iterator[bytes]:
    """Make the bytes of a file of JSON lines piece by piece, one link a line.

    ``left_out`` is what was asked for, in plain data, where that was not everything.
    """
    piece = [json.dumps({_FILTERED: left_out}).encode() + b"\n"] if left_out is not None else []
    for link in links:
        piece.append(_line(link))
        if len(piece) == _TOGETHER:
            yield b"".join(piece)
            piece.clear()
    yield b"".join(piece)


def _line(link: EventLink) -> bytes:
    cells = {name: getattr(link, name) for name in _FIELDS}  # asdict would copy each cell
    try:
        return json.dumps(cells, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # half a surrogate pair: it can be written as its number alone
        return json.dumps(cells).encode() + b"\n"


class NoLinkError(ValueError):
    """A line that no export wrote."""


def read_lines(file: BinaryIO) -> Iterator[tuple[int, EventLink | Filtered | None]]:
    """Read JSON lines: the line's number, and its link, None where it is none. Empty lines are passed over.

    A first line that says that events were left out comes as ``Filtered``.
    """
    place = 0
    while line := file.readline(MAX_LINE_BYTES + 1):
        place += 1
        if len(line) > MAX_LINE_BYTES:
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_LINE_BYTES)
            yield place, None
            continue
        text = line.removeprefix(_BOM.encode()) if place == 1 else line
        if text.strip():
            try:
                found = _read(text)
                yield place, Filtered() if place == 1 and found.keys() == {_FILTERED} else _link(found)
            except NoLinkError:
                yield place, None


def _read(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line.decode(), object_pairs_hook=_cells_once, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:  # bad UTF-8 and numbers without end are ValueErrors too
        raise NoLinkError(str(error)) from error
    if not isinstance(found, dict):
        raise NoLinkError("no object")
    return found


def _link(found: dict[str, Any]) -> EventLink:
    """Make a link of one line, with nothing more and nothing less in it than an export writes."""
    if found.keys() != set(_FIELDS):
        raise NoLinkError("other cells than an event has")
    for name, value in found.items():
        if name == "sequence":
            good = type(value) is int and 0 < value < _LARGEST_NUMBER
        else:
            good = isinstance(value, str) or (value is None and name in _MAY_BE_NULL)
        if not good:
            raise NoLinkError(name)
    return EventLink(**found)


def _cells_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The cells of a line; one that is there twice could be read one way here and another way elsewhere."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NoLinkError("a cell stands there twice")
    return found


def _refuse(word: str) -> None:
    raise NoLinkError(word)
