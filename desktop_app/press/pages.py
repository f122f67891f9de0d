"""Print an edition: its story as plain data through a layout's template to a tagged PDF, the same bytes every time."""

import errno
import json
import logging
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import typst

from desktop_app.domain.edition import Edition
from desktop_app.foundation.errors import ArchiveUnavailableError, BugError, WrongUsageError
from desktop_app.foundation.messages import N_, Message
from desktop_app.foundation.resources import resource
from desktop_app.press.sheet import PrintedPicture, languages_of, sheet_data
from desktop_app.press.words import PageWords

logger = logging.getLogger(__name__)

Standards = tuple[Literal["a-2a", "ua-1"], ...]

# PDF/A-2a with PDF/UA-1 is what is wanted. PDF/A refuses CMYK photographs and a document without any date, and both
# refuse a cluster that mixes fonts; a page in plain tagged PDF is better than none.
_LADDER: tuple[Standards, ...] = (("a-2a", "ua-1"), ("ua-1",), ())
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


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to print a story: ``template`` is a file in ``resources/print``, ``sides`` the languages it shows."""

    title: Message
    template: str
    sides: tuple[Literal["zh", "en"], ...] = ("zh", "en")


LAYOUTS: dict[str, Layout] = {
    "side-by-side": Layout(N_("Side by side"), "side-by-side.typ"),
    "interleaved": Layout(N_("Paragraph by paragraph"), "interleaved.typ"),
    "english": Layout(N_("English only"), "english.typ", ("en",)),
    "chinese": Layout(N_("Chinese only"), "chinese.typ", ("zh",)),
}


@dataclass(frozen=True, slots=True)
class PageOptions:
    """How to print. A two-language layout gives way to the one-language layout where the story has one language."""

    layout: str = "side-by-side"
    paper: Literal["a4"] = "a4"


def render(edition: Edition, options: PageOptions, words: PageWords) -> bytes:
    """Print ``edition`` and return the PDF.

    The PDF's date is that of the last sign-off, else the story's day, else none: never the clock. It is PDF/A-2a and
    PDF/UA-1 unless a CMYK picture or a missing date forbids the former.

    Raises:
        WrongUsageError: there is no such layout.
        ArchiveUnavailableError: there is no room for the temporary files.
        BugError: the template does not compile.
    """
    layout = _layout_for(edition, options)
    try:
        with tempfile.TemporaryDirectory(prefix="diptych-pages-") as folder:
            return _print(edition, options, words, layout, Path(folder))
    except OSError as problem:
        if problem.errno in _NO_ROOM:
            raise ArchiveUnavailableError(
                N_("the temporary files of the pages cannot be written: {problem}", problem=problem.strerror or ""),
                subject=tempfile.gettempdir(),
                advice=N_("Make room on the disk and print again."),
            ) from problem
        raise


def _layout_for(edition: Edition, options: PageOptions) -> Layout:
    if options.layout not in LAYOUTS:
        raise WrongUsageError(
            N_("there is no page layout called “{layout}”", layout=options.layout),
            advice=N_("Choose one of: {layouts}", layouts=", ".join(LAYOUTS)),
        )
    layout = LAYOUTS[options.layout]
    if len(layout.sides) == 2:
        match languages_of(edition.story):
            case (False, True):
                return LAYOUTS["english"]
            case (True, False):
                return LAYOUTS["chinese"]
    return layout


def _print(edition: Edition, options: PageOptions, words: PageWords, layout: Layout, folder: Path) -> bytes:
    for name in (layout.template, _SHARED):
        shutil.copyfile(resource("print", name), folder / name)
    pictures = _lay_out_pictures(edition, folder)
    inputs = _inputs(edition, options, words, pictures)
    try:
        return _compile(folder / layout.template, inputs, _LADDER[0])
    except typst.TypstError as problem:
        logger.info("pages do not compile as %s: %s", "+".join(_LADDER[0]), problem.message)
    sound = {key: picture for key, picture in pictures.items() if _can_be_printed(folder, picture)}
    rungs = _LADDER[1:]
    if len(sound) < len(pictures):
        inputs, rungs = _inputs(edition, options, words, sound), _LADDER
    reason: typst.TypstError | None = None
    for standards in rungs:
        try:
            return _compile(folder / layout.template, inputs, standards)
        except typst.TypstError as problem:
            reason = problem
            logger.info("pages do not compile as %s: %s", "+".join(standards) or "PDF", problem.message)
    # Typst quotes the template's own lines, never the story's.
    raise BugError(f"{layout.template}: {reason.diagnostic if reason else 'nothing was tried'}") from reason


def _inputs(
    edition: Edition, options: PageOptions, words: PageWords, pictures: dict[str, PrintedPicture]
) -> dict[str, str]:
    return {"story": json.dumps(sheet_data(edition, words, pictures, options.paper), ensure_ascii=False)}


def _compile(template: Path, inputs: dict[str, str], standards: Standards) -> bytes:
    pdf: bytes = typst.compile(
        template,
        root=template.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=list(standards),
        format="pdf",
    )
    return pdf


@cache
def _fonts() -> typst.Fonts:
    """The bundled fonts and no others; listing them once saves 20 ms a story."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(resource("fonts"))])


def _lay_out_pictures(edition: Edition, folder: Path) -> dict[str, PrintedPicture]:
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
        kind = _picture_type(master)
        pixels = record.width * record.height if record else 0
        if kind is None or len(master) > min(_LARGEST_FILE, room) or pixels > _MOST_PIXELS:
            continue
        room -= len(master)
        name = f"picture-{len(printed)}.{kind}"
        (folder / name).write_bytes(master)
        printed[key] = PrintedPicture(name, record.width if record and record.width > 0 else None)
    return printed


def _picture_type(master: bytes) -> str | None:
    if master[:4] == b"RIFF" and master[8:12] == b"WEBP":
        return "webp"
    return next((kind for magic, kind in _MAGIC if master.startswith(magic)), None)


def _can_be_printed(folder: Path, picture: PrintedPicture) -> bool:
    """Ask Typst itself, on a page of its own, whether a picture can be decoded."""
    probe = folder / "probe.typ"
    probe.write_text(f'#image("{picture.path}")', encoding="ascii")
    try:
        _compile(probe, {}, ())
    except typst.TypstError as problem:
        logger.info("a picture cannot be printed: %s", problem.message)
        return False
    return True
