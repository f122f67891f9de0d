"""Tables coming in: a pair a row, all of them or none."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from itertools import chain
from typing import BinaryIO

from desktop_app.domain.memory import Layer, MemoryUnit
from desktop_app.domain.story import Languages
from desktop_app.exchange.encoding import looks_like_text
from desktop_app.exchange.limits import MAX_MEMORY_TEXT
from desktop_app.exchange.memory_formats.moments import read_moment
from desktop_app.exchange.memory_formats.table.columns import (
    DATE,
    DRAFTER,
    LAYER,
    ORIGIN,
    REVISER,
    WRITTEN,
    Columns,
    columns_of,
    unguarded,
)
from desktop_app.exchange.memory_formats.table.rows import Rows, is_quoted
from desktop_app.exchange.memory_formats.table.text import open_text
from desktop_app.exchange.memory_formats.tally import Tally
from desktop_app.exchange.xml import misencoded
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_

_SAMPLE = 1 << 22
_MAX_NAME = 200
_LAYERS = {layer.name.lower(): layer for layer in Layer}
_TELL = 1000  # rows between two looks at how far the reading is
_PAIR = N_("Each line needs the source, a tab, and the target.")


class TsvReader:
    """Reads ``.tsv``: cells parted by tabs."""

    id = "tsv"
    suffixes = (".tsv", ".tab", ".txt")

    def sniff(self, head: bytes) -> bool:
        """Whether the bytes could be a table with tabs."""
        return looks_like_text(head) and b"\t" in head

    def read(self, file: BinaryIO, size: int, languages: Languages, tally: Tally) -> Generator[MemoryUnit, None, None]:
        """Draw the units of a file; see ``MemoryReader.read``."""
        return _units(file, size, languages, tally, tabs=True)


class CsvReader:
    """Reads ``.csv``: cells parted by commas, or by semicolons or tabs as some spreadsheets have it."""

    id = "csv"
    suffixes = (".csv",)

    def sniff(self, head: bytes) -> bool:  # noqa: ARG002 - the protocol's signature
        """No: a comma tells nothing of a file whose name tells nothing."""
        return False

    def read(self, file: BinaryIO, size: int, languages: Languages, tally: Tally) -> Generator[MemoryUnit, None, None]:
        """Draw the units of a file; see ``MemoryReader.read``."""
        return _units(file, size, languages, tally, tabs=False)


def _units(
    file: BinaryIO, size: int, languages: Languages, tally: Tally, *, tabs: bool
) -> Generator[MemoryUnit, None, None]:
    table = open_text(file, size)
    separator = "\t" if tabs else _separator(table.sample, languages)
    ours = _is_ours(table.sample, separator)
    quoted = separator != "\t" or ours or is_quoted(table.sample, whole=table.whole)
    rows = Rows(table.text, separator, quoted=quoted)
    each = _watched(rows, file, tally)
    if ours and separator == ",":
        each = ([unguarded(cell) for cell in cells] for cells in each)
    try:
        yield from _pairs(each, rows, languages, tally)
    except UnicodeDecodeError as error:
        # The piece that could not be decoded begins in the line that was to be read next.
        before = error.object[: error.start].decode(error.encoding, "ignore")
        raise misencoded(rows.next_line + before.count("\n")) from error
    finally:
        table.release()
    tally.reached(size)


def _watched(rows: Rows, file: BinaryIO, tally: Tally) -> Iterator[list[str]]:
    """The rows, while the tally learns how far the file was read."""
    for count, cells in enumerate(rows):
        if count % _TELL == 0:
            tally.reached(file.tell())
        yield cells


def _separator(sample: str, languages: Languages) -> str:
    """What parts the cells of a ``.csv`` file: the sign that gives a header row, else the first that is there."""
    first = sample.partition("\n")[0]
    for separator in "\t,;":
        cells = [cell.strip(' "\r') for cell in first.split(separator)]
        if len(cells) > 1 and columns_of(cells, languages) is not None:
            return separator
    return next((separator for separator in "\t,;" if separator in first), ",")


def _is_ours(sample: str, separator: str) -> bool:
    """Whether the header row is the one that we write: then quotation marks in the cells are always in order."""
    return tuple(sample.partition("\n")[0].rstrip("\r").split(separator)[2:]) == WRITTEN


def _pairs(each: Iterator[list[str]], rows: Rows, languages: Languages, tally: Tally) -> Iterator[MemoryUnit]:
    first = next(each, None)
    if first is None:
        return
    columns = columns_of(first, languages)
    if columns is None:
        columns, each = Columns(), chain((first,), each)
    at_source, at_target, needed, others = columns.source, columns.target, columns.needed, columns.others
    most = 2 if rows.separator != "\t" and not columns.named else MAX_MEMORY_TEXT
    for cells in each:
        if not needed <= len(cells) <= most:
            raise _misshapen(rows, cells, columns)
        source, target = cells[at_source], cells[at_target]
        if len(source) > MAX_MEMORY_TEXT or len(target) > MAX_MEMORY_TEXT:
            raise _too_long(rows.line, max(len(source), len(target)))
        if not source or not target or source.isspace() or target.isspace():
            tally.skipped += 1
            continue
        tally.units += 1
        yield _unit(source, target, cells, others) if others else MemoryUnit(source, target)


def _unit(source: str, target: str, cells: Sequence[str], others: Mapping[str, int]) -> MemoryUnit:
    told = {role: cells[at][:_MAX_NAME] for role, at in others.items() if at < len(cells)}
    return MemoryUnit(
        source,
        target,
        layer=_LAYERS.get(told.get(LAYER, ""), Layer.IMPORTED),
        drafter=told.get(DRAFTER, ""),
        reviser=told.get(REVISER, ""),
        at=read_moment(told.get(DATE, "")),
        origin=told.get(ORIGIN, ""),
    )


def _too_long(line: int, length: int) -> InputRefusedError:
    return InputRefusedError(
        N_("A text has {length} characters; at most {limit} can be read.", length=length, limit=MAX_MEMORY_TEXT),
        place=N_("line {n}", n=line),
        advice=N_("Check that the file is a table with one pair a line."),
    )


def _misshapen(rows: Rows, cells: Sequence[str], columns: Columns) -> InputRefusedError:
    if rows.separator == "\t" and len(cells) == 1:
        reason, advice = N_("There is no tab between source and target."), _PAIR
    elif columns.named:
        reason = N_("The row has {count} columns, and {needed} are needed.", count=len(cells), needed=columns.needed)
        advice = N_("Check that every row has as many columns as the first.")
    else:
        reason = N_("The row has {count} columns, and {needed} are needed.", count=len(cells), needed=columns.needed)
        advice = N_("Name the columns in a first row, for example “zh” and “en”.")
    return InputRefusedError(reason, place=N_("line {n}", n=rows.line), advice=advice)
