"""Print an approval sheet (审批单): one or two pages of A4 with the code by which the paper is checked again."""

import io
import json
import logging
from pathlib import Path

import typst

from desktop_app.domain.approval_sheet import ApprovalSheet
from desktop_app.foundation.errors import BugError
from desktop_app.press.approval_data import approval_data
from desktop_app.press.approval_words import SheetWords
from desktop_app.press.sheet import PrintedPicture
from desktop_app.press.typesetting import Standards, can_be_printed, compile_pdf, picture_type, scratch

logger = logging.getLogger(__name__)

TEMPLATE = "approval-sheet.typ"
_CODE = "code.svg"  # the template's name for it
_QUIET = 4  # modules on each side (ISO/IEC 18004, 9.1)
_LADDER: tuple[Standards, ...] = (("a-2a", "ua-1"), ("ua-1",), ())


def render_approval(sheet: ApprovalSheet, words: SheetWords) -> bytes:
    """Print a sheet and return the PDF: PDF/A-2a and PDF/UA-1, the same bytes for the same sheet.

    Raises:
        ArchiveUnavailableError: there is no room for the temporary files.
        BugError: the template does not compile.
    """
    with scratch(TEMPLATE) as folder:
        (folder / _CODE).write_bytes(_svg(sheet.code.text()))
        data = json.dumps(approval_data(sheet, words, _lay_out(sheet, folder)), ensure_ascii=False)
        reason: typst.TypstError | None = None
        for standards in _LADDER:
            try:
                return compile_pdf(folder / TEMPLATE, {"story": data}, standards)
            except typst.TypstError as problem:
                reason = problem
                logger.info("the sheet does not compile as %s: %s", "+".join(standards) or "PDF", problem.message)
    # Typst quotes the template's own lines, never the story's.
    raise BugError(f"{TEMPLATE}: {reason.diagnostic if reason else 'nothing was tried'}") from reason


def _svg(code: str) -> bytes:
    """The square of a code: level M (15 % may be lost), or better where that costs no larger square."""
    import segno  # noqa: PLC0415 - needed for a sheet alone, and slow to load

    out = io.BytesIO()
    segno.make(code, error="m", micro=False, boost_error=True).save(
        out, kind="svg", border=_QUIET, dark="#000", light="#fff", omitsize=True, nl=False
    )
    return out.getvalue()


def _lay_out(sheet: ApprovalSheet, folder: Path) -> dict[str, PrintedPicture]:
    """Write the small pictures into ``folder``; one that Typst cannot decode is left out, and a box stands there."""
    laid: dict[str, PrintedPicture] = {}
    for key, data in sheet.thumbnails.items():
        kind = picture_type(data, None)
        name = f"picture-{len(laid)}.{kind}"
        if kind is None:
            continue
        (folder / name).write_bytes(data)
        if can_be_printed(folder, name):
            laid[key] = PrintedPicture(name, None)
    return laid
