"""From the bytes of a table to its text, read as it is needed: tables of hundreds of megabytes are ordinary."""

import codecs
import io
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from desktop_app.exchange.encoding import decode, refuse_binary
from desktop_app.exchange.limits import MAX_TABLE_BYTES, MAX_TEXT_BYTES, check_size
from desktop_app.exchange.xml import empty
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_

_HEAD = 1 << 20
# The longest first where one begins with another.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SPLIT = N_("Split the file in the program it came from, and import the parts.")
_CHOOSE = N_("Choose a TMX, TSV or CSV file with the memory.")


@dataclass(frozen=True, slots=True)
class TableText:
    """The text of a table, line ends as they are; ``sample`` is its beginning, ``whole`` says that it is all."""

    text: TextIO
    sample: str
    whole: bool

    def release(self) -> None:
        """Let go of the file, which stays open."""
        if isinstance(self.text, io.TextIOWrapper):
            self.text.detach()


def open_text(file: BinaryIO, size: int) -> TableText:
    """Return the text of a file of ``size`` bytes.

    A byte order mark decides, else UTF-8 where the beginning is that; other encodings are told by ``encoding.decode``
    from a whole file of a story's size, and a larger one may be in GB18030.

    Raises:
        InputRefusedError: the file is empty, too large, no text, or in no encoding that we can tell.
    """
    check_size(size, MAX_TABLE_BYTES, _SPLIT)
    head = file.read(_HEAD)
    if len(head) < _HEAD and not head.strip(b" \t\r\n\xef\xbb\xbf\xff\xfe\0"):
        raise empty()
    try:
        refuse_binary(head)
        codec, start = _codec(head, size)
        if codec is None:
            text = decode(head + file.read())
            return TableText(io.StringIO(text, newline="\n"), text[:_HEAD], len(text) <= _HEAD)
    except InputRefusedError as error:
        error.advice = _CHOOSE
        raise
    file.seek(start)
    sample = head[start:].decode(codec, "ignore")
    # Lines end at LF; in a file that has none, at CR.
    line_ends = None if "\r" in sample and "\n" not in sample else "\n"
    return TableText(io.TextIOWrapper(file, encoding=codec, newline=line_ends), sample, len(head) < _HEAD)


def _codec(head: bytes, size: int) -> tuple[str | None, int]:
    """The encoding and the length of the byte order mark; None where the whole file must be looked at."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, len(mark)
    if b"\0" not in head and _begins_as(head, "utf-8"):
        return "utf-8", 0
    if size <= MAX_TEXT_BYTES:
        return None, 0
    decode(head[: head.rfind(b"\n") + 1] or head)  # refuses what is no text, or is cut where no character is
    return ("gb18030" if _begins_as(head, "gb18030") else "utf-8"), 0


def _begins_as(head: bytes, codec: str) -> bool:
    """Whether the bytes can be read so, but for a character cut off at their end."""
    try:
        codecs.getincrementaldecoder(codec)().decode(head)
    except UnicodeDecodeError:
        return False
    return True
