"""Termbases as files: one module each, and here the registry. A new format is one file and one line."""

from collections.abc import Sequence
from typing import Protocol

from desktop_app.domain.story import Languages
from desktop_app.domain.terms import Term
from desktop_app.exchange.encoding import refuse_binary
from desktop_app.exchange.term_formats.entries import CHOOSE, MAX_TERMS, StatedTerm, TermFile
from desktop_app.exchange.term_formats.separated import CSV, TSV
from desktop_app.exchange.term_formats.tbx import TBX
from desktop_app.foundation.errors import InputRefusedError, WrongUsageError
from desktop_app.foundation.messages import N_, Message

__all__ = ["FORMATS", "MAX_TERMS", "StatedTerm", "TermFile", "TermFormat", "format_for", "format_of"]


class TermFormat(Protocol):
    """Reads and writes a termbase in one format."""

    @property
    def id(self) -> str:
        """The format's name."""

    @property
    def title(self) -> Message:
        """Its name for people."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings, lower case with the dot; the first is the usual one."""

    def read(self, data: bytes, name: str, languages: Languages) -> TermFile:
        """Understand the bytes of a file called ``name``: its terms in both ``languages``, tidied, without ids.

        Raises:
            InputRefusedError: it cannot be taken in.
        """

    def write(self, terms: Sequence[Term], languages: Languages) -> bytes:
        """Make the file's bytes; the same terms always give the same bytes, and none give a valid empty file."""


FORMATS: tuple[TermFormat, ...] = (TBX, CSV, TSV)


def format_for(name: str, data: bytes) -> TermFormat:
    """Choose who reads a file: XML is TBX whatever it is called, any other text a table.

    Raises:
        InputRefusedError: it is no text at all.
    """
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
    suffix = _suffix(name)
    if suffix in TBX.suffixes or head.startswith(b"<"):
        return TBX  # which says what is wrong with a page or with XML of another kind
    try:
        refuse_binary(data, CHOOSE)
    except InputRefusedError as error:
        error.subject = error.subject or name
        raise
    return next((one for one in FORMATS if suffix in one.suffixes), CSV)


def format_of(name: str) -> TermFormat:
    """Choose who writes a file of that name.

    Raises:
        WrongUsageError: its ending is none that we write.
    """
    found = next((one for one in FORMATS if _suffix(name) in one.suffixes), None)
    if found is None:
        raise WrongUsageError(
            N_("The file's ending does not say how to write the terms."),
            subject=name,
            advice=N_(
                "Let it end in one of these: {suffixes}.", suffixes=", ".join(one.suffixes[0] for one in FORMATS)
            ),
        )
    return found


def _suffix(name: str) -> str:
    stem, dot, ending = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    return f".{ending.lower()}" if dot and stem else ""
