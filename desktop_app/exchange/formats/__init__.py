"""The formats: one module each, and here the registries. A new reader or writer is one file and one line."""

from typing import Protocol

from desktop_app.domain.edition import Edition
from desktop_app.exchange.bitext import Bitext
from desktop_app.exchange.encoding import refuse_binary
from desktop_app.exchange.formats.nitf import NitfWriter
from desktop_app.exchange.formats.plain_text import PlainTextReader
from desktop_app.exchange.formats.review_docx import ReviewDocxWriter
from desktop_app.exchange.formats.tmx import TmxStoryWriter
from desktop_app.exchange.formats.web_page import WebPageReader
from desktop_app.exchange.formats.xliff12 import XliffReader, XliffWriter
from desktop_app.exchange.page import Page
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message


class Reader(Protocol):
    """Takes a page in: one story in one language."""

    @property
    def id(self) -> str:
        """The format's name on the command line."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings, lower case with the dot."""

    def sniff(self, data: bytes) -> bool:
        """Whether the bytes look like this format, whatever the file is called."""

    def read(self, data: bytes, name: str, language: str | None = None) -> Page:
        """Understand the bytes of a file called ``name``.

        ``language`` overrules what the page says of itself.

        Raises:
            InputRefusedError: it cannot be taken in; ``subject`` is left to the caller.
        """


class BitextReader(Protocol):
    """Takes a bilingual file in: stories as they come home from a translation tool."""

    @property
    def id(self) -> str:
        """The format's name on the command line."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings, lower case with the dot."""

    def sniff(self, data: bytes) -> bool:
        """Whether the bytes look like this format, whatever the file is called."""

    def read(self, data: bytes, name: str) -> tuple[Bitext, ...]:
        """Understand the bytes of a file called ``name``; at least one story.

        Raises:
            InputRefusedError: it cannot be taken in.
        """


class Writer(Protocol):
    """Sends an edition out as one file."""

    @property
    def id(self) -> str:
        """The format's name on the command line."""

    @property
    def suffix(self) -> str:
        """The ending of the files that it makes, with the dot."""

    @property
    def media_type(self) -> str:
        """The registered media type."""

    @property
    def title(self) -> Message:
        """The format's name for people."""

    @property
    def purpose(self) -> Message:
        """What the format is for, in one sentence."""

    def write(self, edition: Edition) -> bytes:
        """Make the file's bytes; the same edition always gives the same bytes."""


# Asked in this order.
READERS: tuple[Reader, ...] = (
    WebPageReader(),
    PlainTextReader(),
)

_ANY_TEXT = "txt"

BITEXT_READERS: tuple[BitextReader, ...] = (XliffReader(),)

# By id. A writer is one file and one line here.
_WRITERS: tuple[Writer, ...] = (
    XliffWriter(),
    NitfWriter(),
    TmxStoryWriter(),
    ReviewDocxWriter(),
)
WRITERS: dict[str, Writer] = {writer.id: writer for writer in _WRITERS}


_TAKEN = (*(reader.suffixes for reader in READERS), *(reader.suffixes for reader in BITEXT_READERS))
_SUFFIXES = frozenset(suffix for suffixes in _TAKEN for suffix in suffixes if suffix)


def suffix_of(name: str) -> str:
    """Return the ending of a file name, lower case with the dot; empty where it has none that is one."""
    stem, dot, ending = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    return f".{ending.lower()}" if dot and stem and ending.isalnum() and ending.isascii() else ""


def bitext_reader_for(name: str, data: bytes) -> BitextReader | None:
    """Choose the reader of a bilingual file by name and content; None where it is none that we know."""
    suffix = suffix_of(name)
    for reader in BITEXT_READERS:
        if suffix in reader.suffixes or (suffix in {".xml", ""} and reader.sniff(data)):
            return reader
    return None


def reader_for(name: str, data: bytes) -> Reader:
    """Choose the reader by name; a web page or document that is called ``.txt`` is read as what it is.

    Raises:
        InputRefusedError: no reader takes such a file.
    """
    suffix = suffix_of(name)
    named = next((reader for reader in READERS if suffix in reader.suffixes), None)
    if named is None:
        refuse_binary(data)
        raise InputRefusedError(
            N_("Files of this kind cannot be imported as a story."),
            advice=N_(
                "Choose a file that ends in one of these: {suffixes}.",
                suffixes=", ".join(sorted(_SUFFIXES)),
            ),
        )
    if named.id == _ANY_TEXT and not named.sniff(data):
        return next((reader for reader in READERS if reader.sniff(data)), named)
    return named
