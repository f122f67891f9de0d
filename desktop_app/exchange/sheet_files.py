"""The code of an approval sheet out of what a person has: the code itself, a text file with it, or the PDF.

The PDF that this program made has the code in its subject. A picture has it in dots alone, and no reader of them is
part of the program: a telephone reads them. What a PDF shows on its pages is not looked at.
"""

import logging
import os
import re
from pathlib import Path

from desktop_app.domain.sheet_codes import LONGEST, NoSheetCodeError, SheetCode, find, parse
from desktop_app.exchange.limits import MEBIBYTE, check_size
from desktop_app.foundation.errors import InputRefusedError, unreadable
from desktop_app.foundation.messages import N_, Message

logger = logging.getLogger(__name__)

_LARGEST = 64 * MEBIBYTE
_LARGEST_TEXT = MEBIBYTE  # bytes; a code alone is far shorter, and the words of a sheet may stand round it
_FILE_NAME = re.compile(r"[/\\]|\.(?:pdf|txt|png|jpe?g|heic|tiff?)$", re.IGNORECASE)
_PDF = b"%PDF-"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"BM")
_HEIC = b"ftyp"
_SCAN = N_("Scan the square with a telephone or a scanner, and give the text that it shows.")
_PREFIX = "DIPTYCH"

_WRONG: dict[str, tuple[Message, Message]] = {
    "absent": (
        N_("This is no code of an approval sheet."),
        N_("It begins with DIPTYCH1: and stands under the square."),
    ),
    "newer": (N_("This code is of a later kind than this program knows."), N_("Take the newest Diptych for it.")),
    "mistyped": (
        N_("There is a slip in this code, or a part of it is missing."),
        N_(
            "Scan the square, or compare what you typed with the sheet: only 0 to 9 and A to F stand in the long parts."
        ),
    ),
    "several": (
        N_("This text has the codes of several sheets."),
        N_("Give them one by one."),
    ),
    "long": (N_("This is no code of an approval sheet: it is too long."), _SCAN),
}


def code_of(text: str, subject: str = "") -> SheetCode:
    """Read a code that was scanned or typed.

    Raises:
        InputRefusedError: it is none, or has a slip in it.
    """
    try:
        return parse(text)
    except NoSheetCodeError as problem:
        reason, advice = _WRONG[problem.kind]
        raise InputRefusedError(reason, subject=subject, advice=advice) from problem


def is_file(given: str) -> bool:
    """Whether what was given names a file, be it there or not, and is not a code."""
    if given.lstrip().upper().startswith(_PREFIX) or "\n" in given or len(given) > LONGEST:
        return False
    return os.path.exists(given) or _FILE_NAME.search(given.strip()) is not None


def code_in_file(path: Path) -> tuple[SheetCode, bytes]:
    """Read the code in a PDF of ours or a text file; return it with the bytes of the file.

    Raises:
        InputRefusedError: the file cannot be read, is a picture, or has no code in it.
    """
    try:
        check_size(os.stat(path).st_size, _LARGEST, _SCAN)
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(str(path), error) from error
    if data.startswith(_PDF):
        return code_of(_subject(path), str(path)), data
    if data.startswith(_PICTURES) or data[4:8] == _HEIC:
        raise InputRefusedError(
            N_("This is a picture, and the program has no reader for the squares in pictures."),
            subject=str(path),
            advice=_SCAN,
        )
    return code_in_text(data[:_LARGEST_TEXT].decode("utf-8", "replace"), str(path)), data


def code_in_text(text: str, subject: str = "") -> SheetCode:
    """Read a code that stands alone or in the midst of other words, as those that were taken out of a PDF.

    Raises:
        InputRefusedError: there is none, or several that are not the same.
    """
    plain = text.strip("\ufeff")
    if len(plain) <= LONGEST and plain.lstrip().upper().startswith(_PREFIX):
        try:
            return parse(plain)
        except NoSheetCodeError as problem:
            logger.info("not a code alone: %s", problem.kind)
    try:
        return find(plain)
    except NoSheetCodeError as problem:
        reason, advice = _WRONG[problem.kind]
        raise InputRefusedError(reason, subject=subject, advice=advice) from problem


def _subject(path: Path) -> str:
    import pikepdf  # noqa: PLC0415 - it takes a twentieth of a second to load, and a code that is typed needs none

    try:
        with pikepdf.open(path) as pdf:
            return str(pdf.docinfo.get("/Subject", ""))
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, RecursionError) as error:
        logger.info("a PDF cannot be read: %s", error)
        raise InputRefusedError(N_("This PDF cannot be read."), subject=str(path), advice=_SCAN) from error
