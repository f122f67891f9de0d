"""Rows of a table: cells parted by a separator, quoted as RFC 4180 has it or not at all.

Tab-separated files come in two kinds that cannot be told by their name. Spreadsheets quote a cell that has a tab, a
quotation mark or a line break; corpora quote nothing, and a quotation mark is a character like any other. A file is
taken for quoted when its beginning has quotation marks and all of them are in order; see ``is_quoted``.
"""

import re
from collections.abc import Iterator
from typing import TextIO

from desktop_app.exchange.limits import MAX_UNIT_CHARACTERS
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_

_OPEN = re.compile(r'"[^"]*+(?:""[^"]*+)*+\Z')
# What XML 1.0 cannot carry either, so that every memory can leave as TMX; a carriage return and a tab stay.
_UNWANTED = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST_CUT = 100_000  # characters of a cell that the end of the sample may cut


def is_quoted(sample: str, *, whole: bool) -> bool:
    """Whether the beginning of a tab-separated text is quoted throughout; ``whole`` says that it is all of it."""
    if '"' not in sample:
        return False
    end = _found(re.match(r'(?:(?:"[^"]*+(?:""[^"]*+)*+"|[^"\t\n]*+)\r?[\t\n])*+', sample))
    if re.compile(r'(?:"[^"]*+(?:""[^"]*+)*+"|[^"\t\n]*+)\r?\Z').match(sample, end):
        return True
    return not whole and len(sample) - end < _LONGEST_CUT and _OPEN.match(sample, end) is not None


def _found(match: re.Match[str] | None) -> int:
    return match.end() if match is not None else 0


class Rows:
    """Draws the rows of a text; ``line`` is where the row that was drawn last begins, from 1."""

    def __init__(self, text: TextIO, separator: str, *, quoted: bool) -> None:
        self._text = text
        self.separator = separator
        self._quoted = quoted
        part = re.escape(separator)
        self._cell = re.compile(rf'"([^"]*+(?:""[^"]*+)*+)"[ ]*(?:({part})|\r?\n?\Z)')
        self._next = 1
        self.line = 0

    @property
    def next_line(self) -> int:
        """The line that would be read next."""
        return self._next

    def __iter__(self) -> Iterator[list[str]]:
        """The cells of each row that is not empty; quoted ones exactly, others without spaces at their ends.

        Raises:
            InputRefusedError: a line is longer than any is, or a quotation is not closed, or there is a zero byte.
        """
        separator, quoted = self.separator, self._quoted
        while line := self._read():
            self.line = self._next - 1
            if quoted and '"' in line:
                cells = self._quoted_cells(line)
            else:
                cells = [cell.strip() for cell in line.split(separator)]
            if any(cells):
                yield cells

    def _read(self) -> str:
        """The next line with its end and without control characters, empty after the last."""
        line = self._text.readline(MAX_UNIT_CHARACTERS + 1)
        if len(line) > MAX_UNIT_CHARACTERS:
            raise InputRefusedError(
                N_("The line is longer than {limit} characters.", limit=MAX_UNIT_CHARACTERS),
                place=N_("line {n}", n=self._next),
                advice=N_("Check that the file is a table with one pair a line."),
            )
        if "\0" in line:
            raise InputRefusedError(
                N_("This is not a text: it has zero bytes in it."),
                place=N_("line {n}", n=self._next),
                advice=N_("Choose a TMX, TSV or CSV file with the memory."),
            )
        self._next += 1
        return _UNWANTED.sub("", line) if _UNWANTED.search(line) else line

    def _quoted_cells(self, line: str) -> list[str]:
        """Part a line with quotation marks; a quoted cell may go on over the lines that follow."""
        cells = self._parted(line)
        if cells is not None:
            return cells
        lines, length, marks = [line], len(line), line.count('"')
        while True:
            line = self._read()
            lines.append(line)
            length += len(line)
            if not line or length > MAX_UNIT_CHARACTERS:
                raise self._unclosed()
            more = line.count('"')
            marks += more
            # A quotation that is open makes the number odd; only a line that ends it can make it even again.
            if more and marks % 2 == 0:
                cells = self._parted("".join(lines))
                if cells is None:
                    raise self._unclosed()
                return cells

    def _parted(self, record: str) -> list[str] | None:
        """The cells of a record, None where its last quotation is not closed.

        A cell that begins with a quotation mark and goes on behind the closing one is taken as it stands.
        """
        cells: list[str] = []
        at = 0
        while True:
            quoted = self._cell.match(record, at) if record.startswith('"', at) else None
            if quoted is not None:
                cells.append(quoted[1].replace('""', '"'))
                if quoted[2] is None:
                    return cells
                at = quoted.end()
                continue
            if record.startswith('"', at) and _OPEN.match(record, at):
                return None
            end = record.find(self.separator, at)
            cells.append((record[at:] if end < 0 else record[at:end]).strip())
            if end < 0:
                return cells
            at = end + 1

    def _unclosed(self) -> InputRefusedError:
        return InputRefusedError(
            N_("A quotation mark opens a cell and none closes it."),
            place=N_("line {n}", n=self.line),
            advice=N_("Export the table anew from the spreadsheet, or write the quotation mark twice."),
        )
