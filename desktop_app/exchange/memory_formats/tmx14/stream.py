"""A TMX file as a stream of its ``tu`` elements: decoded here, parsed in pieces, and never more than a unit in memory.

The document type declaration, and the amount of text between two units, are looked at before the parser sees them, so
that neither entities nor a unit without end can fill the memory. The place of a refusal is the line in the file.
"""

import codecs
from collections.abc import Iterator
from typing import BinaryIO, cast

from lxml import etree

from desktop_app.exchange.limits import MAX_TMX_BYTES, MAX_UNIT_CHARACTERS, MAX_UNIT_ELEMENTS, check_size
from desktop_app.exchange.memory_formats.tally import Tally
from desktop_app.exchange.xml import (
    check_doctype,
    codec_of,
    empty,
    malformed,
    misencoded,
    own_entities,
    pull_parser,
)
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_

_HEAD = 1 << 20
_PIECE = 1 << 16
_SPLIT = N_("Split the file in the program it came from, and import the parts.")
_DAMAGED = N_("Check that the file was made by a translation tool and is not damaged.")


class TmxStream:
    """Draws the units of one file.

    ``srclang`` and ``tool`` are what the header says of source and maker, known before the first unit is drawn.
    """

    def __init__(self, file: BinaryIO, size: int, tally: Tally) -> None:
        self._file = file
        self._size = size
        self._tally = tally
        self._parser = pull_parser("{*}header", "{*}tu")
        self._body: etree._Element | None = None
        self._opened = False
        self._line = 1
        self._characters = self._marks = self._attributes = 0
        self.srclang = self.tool = ""

    def units(self) -> Iterator[etree._Element]:
        """Each ``tu`` of the body, whole; it is gone when the one after the next is asked for.

        Raises:
            InputRefusedError: the file is too large, is no TMX 1.x file, or breaks off or breaks the rules of XML.
        """
        check_size(self._size, MAX_TMX_BYTES, _SPLIT)
        for piece in self._pieces():
            self._guard(piece)
            try:
                self._parser.feed(piece.encode("utf-8"))
            except etree.XMLSyntaxError as error:
                raise malformed(error, self._line) from error
            yield from self._finished()
            self._line += piece.count("\n")
        try:
            document = self._parser.close()
        except etree.XMLSyntaxError as error:
            raise malformed(error, self._line) from error
        yield from self._finished()
        self._judge(document)

    def _pieces(self) -> Iterator[str]:
        """The file's text without its byte order mark; the beginning is judged before the rest is read."""
        head = self._file.read(_HEAD)
        codec, start = codec_of(head)
        if len(head) < _HEAD and not head.strip(b" \t\r\n\xef\xbb\xbf\xff\xfe\0"):
            raise empty()
        decoder = codecs.getincrementaldecoder(codec)()
        text = self._decoded(decoder, head[start:], final=len(head) < _HEAD).lstrip("\ufeff")
        check_doctype(text)
        for at in range(0, len(text), _PIECE):
            self._tally.reached(int(len(head) * at / len(text)))
            yield text[at : at + _PIECE]
        self._tally.reached(len(head))
        if len(head) < _HEAD:
            return
        if not self._opened:
            raise _no_tmx()
        while data := self._file.read(_PIECE):
            self._tally.reached(self._tally.bytes_read + len(data))
            yield self._decoded(decoder, data)
        self._decoded(decoder, b"", final=True)

    def _decoded(self, decoder: codecs.IncrementalDecoder, data: bytes, *, final: bool = False) -> str:
        try:
            return decoder.decode(data, final)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(error.encoding, "ignore")
            raise misencoded(self._line + before.count("\n")) from error

    def _guard(self, piece: str) -> None:
        """Refuse, before it is parsed, what would make one unit larger than any is."""
        self._characters += len(piece)
        self._marks += piece.count("<")
        self._attributes += piece.count("=")
        if (
            self._characters > MAX_UNIT_CHARACTERS
            or self._marks > 2 * MAX_UNIT_ELEMENTS
            or self._attributes > 4 * MAX_UNIT_ELEMENTS
        ):
            raise InputRefusedError(
                N_("A translation unit is longer than a memory can hold."),
                place=N_("line {n}", n=self._line),
                advice=_DAMAGED,
            )

    def _finished(self) -> Iterator[etree._Element]:
        """The units that are whole by now."""
        for _, element in cast("Iterator[tuple[str, etree._Element]]", self._parser.read_events()):
            parent = element.getparent()
            if parent is None or not (parent is self._body or self._entered(element, parent)):
                continue
            self._characters = self._marks = self._attributes = 0
            yield element
            while (done := element.getprevious()) is not None:
                parent.remove(done)

    def _entered(self, element: etree._Element, parent: etree._Element) -> bool:
        """Look at the header and at the first unit, and tell whether this is the unit: then the body is known."""
        outer = parent.getparent()
        if outer is None and _name(element) == "header":
            self._judge(parent)
            self.srclang, self.tool = element.get("srclang") or "", element.get("creationtool") or ""
        elif self._body is None and outer is not None and outer.getparent() is None and _name(element) == "tu":
            self._judge(outer)
            self._body = parent
            return True
        return False

    def _judge(self, document: etree._Element) -> None:
        if _name(document) != "tmx":
            raise _no_tmx()
        self._opened = True
        # The look that was taken at the beginning as text has found it, unless a comment of a megabyte stood before it.
        dtd = document.getroottree().docinfo.internalDTD
        # lxml-stubs 0.5.1 do not know ``iterentities``.
        if dtd is not None and any(True for _ in dtd.iterentities()):  # type: ignore[attr-defined]
            raise own_entities(1)
        version = document.get("version") or "1.4"
        if not version.startswith("1."):
            raise InputRefusedError(
                N_("This is TMX {version}, and TMX 1.4 is expected here.", version=version[:20]),
                advice=N_("Export the memory as TMX 1.4 and try again."),
            )


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2]


def _no_tmx() -> InputRefusedError:
    return InputRefusedError(
        N_("This is no TMX file: its outermost element is not “tmx”."),
        advice=N_("Choose the file that the translation tool exported as TMX."),
    )
