"""The files of translation memories: one module or package each, and here the registries.

A memory may be hundreds of megabytes, so that, unlike a story, it is read from an open file, a unit at a time, and
written in pieces. Units are plain text: inline codes of a file are left out when it is read.
"""

from collections.abc import Generator, Iterable, Iterator
from pathlib import PurePath
from typing import BinaryIO, Protocol

from desktop_app.domain.memory import MemoryUnit
from desktop_app.domain.story import Languages
from desktop_app.exchange.memory_formats.table import CsvReader, CsvWriter, TsvReader, TsvWriter
from desktop_app.exchange.memory_formats.tally import Tally
from desktop_app.exchange.memory_formats.tmx14 import TmxReader, TmxWriter
from desktop_app.foundation.errors import InputRefusedError, WrongUsageError
from desktop_app.foundation.messages import N_, Message


class MemoryReader(Protocol):
    """Takes a memory in."""

    @property
    def id(self) -> str:
        """The format's name."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings, lower case with the dot."""

    def sniff(self, head: bytes) -> bool:
        """Whether the first bytes of a file look like this format, whatever the file is called."""

    def read(self, file: BinaryIO, size: int, languages: Languages, tally: Tally) -> Generator[MemoryUnit, None, None]:
        """Draw the units of a file of ``size`` bytes, from where it stands, counting in ``tally``.

        Whoever stops before the end closes the generator while the file is still open.

        A unit has text on both sides, each at most ``limits.MAX_MEMORY_TEXT`` characters long. Its layer, story and
        names are what the file says they are; whoever takes them in decides what to believe.

        Raises:
            InputRefusedError: while units are drawn, at the first thing that cannot be taken in; ``subject`` is left
                to the caller, who must not keep the units that came before.
        """


class MemoryWriter(Protocol):
    """Sends a memory out."""

    @property
    def id(self) -> str:
        """The format's name."""

    @property
    def suffix(self) -> str:
        """The ending of the files that it makes, with the dot."""

    @property
    def title(self) -> Message:
        """The format's name for people."""

    def write(self, units: Iterable[MemoryUnit], languages: Languages) -> Iterator[bytes]:
        """Make the file's bytes piece by piece; the same units always give the same bytes.

        What XML 1.0 cannot carry (controls, lone surrogates) is shown as U+FFFD.
        """


# Asked in this order.
READERS: tuple[MemoryReader, ...] = (TmxReader(), TsvReader(), CsvReader())

_WRITERS: tuple[MemoryWriter, ...] = (TmxWriter(), TsvWriter(), CsvWriter())
WRITERS: dict[str, MemoryWriter] = {writer.id: writer for writer in _WRITERS}


def reader_for(name: str, head: bytes) -> MemoryReader:
    """Choose the reader by the file's name, and where that says nothing by its first bytes.

    Raises:
        InputRefusedError: no reader takes such a file.
    """
    suffix = PurePath(name).suffix.lower()
    for reader in READERS:
        if suffix in reader.suffixes or (suffix in {"", ".xml", ".txt"} and reader.sniff(head)):
            return reader
    raise InputRefusedError(
        N_("Files of this kind cannot be imported as a translation memory."),
        advice=N_(
            "Choose a file that ends in one of these: {suffixes}.",
            suffixes=", ".join(suffix for reader in READERS for suffix in reader.suffixes),
        ),
    )


def writer_for(name: str) -> MemoryWriter:
    """Choose the writer by the ending of the file's name.

    Raises:
        WrongUsageError: the name has no ending that we know.
    """
    suffix = PurePath(name).suffix.lower()
    for writer in _WRITERS:
        if writer.suffix == suffix:
            return writer
    raise WrongUsageError(
        N_("The ending of the file's name does not say in which format to write the memory."),
        advice=N_("End it in one of these: {suffixes}.", suffixes=", ".join(writer.suffix for writer in _WRITERS)),
    )
