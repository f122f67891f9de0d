"""Typst as the pages use it: bundled fonts alone, a folder of its own for each job, pictures laid out beside."""

import errno
import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Literal

import typst

from desktop_app.domain.edition import Edition
from desktop_app.domain.pictures import Picture
from desktop_app.foundation.errors import ArchiveUnavailableError, reason_of
from desktop_app.foundation.messages import N_
from desktop_app.foundation.resources import resource
from desktop_app.press.sheet import PrintedPicture

logger = logging.getLogger(__name__)

Standards = tuple[Literal["a-2a", "ua-1"], ...]

_SHARED = "common.typ"
_LARGEST_FILE = 48 * 2**20
_MOST_PIXELS = 120_000_000
_MOST_TOGETHER = 768 * 2**20
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES}


@cache
def fonts() -> typst.Fonts:
    """The bundled fonts and no others; listing them once saves 20 ms a story."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(resource("fonts"))])


@contextmanager
def scratch(template: str = "") -> Iterator[Path]:
    """Give a folder for one job, with ``template`` and what it imports in it.

    Raises:
        ArchiveUnavailableError: there is no room for the temporary files.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="diptych-pages-") as folder:
            for name in (template, _SHARED) if template else ():
                shutil.copyfile(resource("print", name), Path(folder) / name)
            yield Path(folder)
    except OSError as problem:
        if problem.errno in _NO_ROOM:
            raise ArchiveUnavailableError(
                N_("the temporary files of the pages cannot be written: {problem}", problem=reason_of(problem)),
                subject=tempfile.gettempdir(),
                advice=N_("Make room on the disk and print again."),
            ) from problem
        raise


def compile_pdf(template: Path, inputs: dict[str, str], standards: Standards) -> bytes:
    """Compile ``template``, which reads nothing outside its folder.

    Raises:
        typst.TypstError: it cannot be compiled as these standards want it.
    """
    pdf: bytes = typst.compile(
        template,
        root=template.parent,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=list(standards),
        format="pdf",
    )
    return pdf


def lay_out_pictures(edition: Edition, folder: Path) -> dict[str, PrintedPicture]:
    """Write the masters that Typst can read into ``folder`` and return them by picture id.

    A picture is left out, and a box stands in its place, where its file is of another type, or too large to print.
    """
    printed: dict[str, PrintedPicture] = {}
    room = _MOST_TOGETHER
    for placement in edition.story.content.placements():
        key = placement.picture
        if key is None or key in printed or key not in edition.files:
            continue
        master, record = edition.files[key], edition.pictures.get(key)
        kind = picture_type(master, record)
        if kind is None or len(master) > room:
            continue
        room -= len(master)
        name = f"picture-{len(printed)}.{kind}"
        (folder / name).write_bytes(master)
        printed[key] = PrintedPicture(name, record.width if record and record.width > 0 else None)
    return printed


def picture_type(master: bytes, record: Picture | None) -> str | None:
    """The ending for Typst of a picture that is not too large to be printed; None where it is, or of no known type."""
    if len(master) > _LARGEST_FILE or (record is not None and record.width * record.height > _MOST_PIXELS):
        return None
    if master[:4] == b"RIFF" and master[8:12] == b"WEBP":
        return "webp"
    return next((kind for magic, kind in _MAGIC if master.startswith(magic)), None)


def can_be_printed(folder: Path, path: str) -> bool:
    """Ask Typst itself, on a page of its own, whether a picture in ``folder`` can be decoded."""
    probe = folder / "probe.typ"
    probe.write_text(f'#image("{path}")', encoding="ascii")
    try:
        compile_pdf(probe, {}, ())
    except typst.TypstError as problem:
        logger.info("a picture cannot be printed: %s", problem.message)
        return False
    return True
