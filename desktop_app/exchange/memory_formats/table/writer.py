"""Memories as tables with a header row, which this program and every spreadsheet read back.

A cell with a separator, a quotation mark, a line break, or spaces at its ends is quoted as RFC 4180 has it. A CSV file
is what spreadsheets open by themselves: it begins with a byte order mark, without which they do not take it for UTF-8,
and what looks like a formula is kept from being one. A TSV file does without both. Every text comes back exactly.
Keys of neighbours, stories and segments go into TMX alone.
"""

import re
from collections.abc import Iterable, Iterator
from typing import ClassVar

from desktop_app.domain.memory import MemoryUnit
from desktop_app.domain.story import Languages
from desktop_app.exchange.memory_formats.languages import primary
from desktop_app.exchange.memory_formats.table.columns import WRITTEN, guarded
from desktop_app.exchange.xml import legal
from desktop_app.foundation.messages import N_, Message

_TOGETHER = 500  # rows a piece


class _TableWriter:
    _separator: ClassVar[str]
    _opening: ClassVar[str] = ""

    def write(self, units: Iterable[MemoryUnit], languages: Languages) -> Iterator[bytes]:
        """Make the file's bytes piece by piece; see ``MemoryWriter.write``."""
        special = re.compile(f'[{self._separator}"\\r\\n]|^\\s|\\s$')
        names = (languages.source, languages.target)
        if primary(names[0]) != primary(names[1]):
            names = (primary(names[0]), primary(names[1]))
        lines = [self._opening + self._row((*names, *WRITTEN), special)]
        for unit in units:
            cells = (
                unit.source,
                unit.target,
                unit.layer.name.lower(),
                unit.origin,
                unit.drafter,
                unit.reviser,
                unit.at,
            )
            lines.append(self._row(cells, special))
            if len(lines) == _TOGETHER:
                yield "".join(lines).encode()
                lines.clear()
        yield "".join(lines).encode()

    def _row(self, cells: Iterable[str], special: re.Pattern[str]) -> str:
        legal_cells = (self._guarded(legal(cell)) for cell in cells)
        return self._separator.join(_cell(cell, special) for cell in legal_cells) + "\n"

    def _guarded(self, cell: str) -> str:
        return cell


def _cell(text: str, special: re.Pattern[str]) -> str:
    if special.search(text) is None:
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


class TsvWriter(_TableWriter):
    """Writes ``.tsv``."""

    id = "tsv"
    suffix = ".tsv"
    title: Message = N_("Tab-separated table (TSV)")
    _separator = "\t"


class CsvWriter(_TableWriter):
    """Writes ``.csv``."""

    id = "csv"
    suffix = ".csv"
    title: Message = N_("Comma-separated table (CSV)")
    _separator = ","
    _opening = "\ufeff"

    def _guarded(self, cell: str) -> str:
        return guarded(cell)
