"""Pages for the screen: the pages that would be printed, where the story's parts stand on them, and their images."""

import json
import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import typst

from desktop_app.domain.edition import Edition
from desktop_app.domain.pictures import Picture
from desktop_app.foundation.errors import BugError
from desktop_app.press.pages import PageOptions, layout_for
from desktop_app.press.spots import FOUND, Spot, proof_data, spots_of
from desktop_app.press.typesetting import fonts, lay_out_pictures, picture_type, scratch
from desktop_app.press.words import PageWords

logger = logging.getLogger(__name__)

_POINTS = 72.0  # an inch: with them a dot is a point
_LEAST_ROW, _MOST_ROW = 0.55, 0.97  # of the last row of dots
_SHORT = 0.002  # dots: so that no rounding adds a column
# Decodes a picture as the pages would, and says of which shape they would set it.
_PROBE = '#context {{ let it = measure(image("{name}")); [#metadata(it.width / it.height)<shape>] }}'


@dataclass(frozen=True, slots=True)
class ProofPages:
    """A printed story with its spots. ``pdf`` is for the screen alone; ``width`` and ``height`` of a page in points."""

    pdf: bytes
    count: int
    width: float
    height: float
    spots: tuple[Spot, ...]


def set_proof(edition: Edition, options: PageOptions, words: PageWords, shapes: Mapping[str, float]) -> ProofPages:
    """Set the pages that ``render`` would print, for the screen.

    The edition's files are small copies of pictures that can be printed; ``shapes`` are those of their masters, width
    by height, by picture id. Nothing moves by that, so the pages are those of the print.

    Raises:
        WrongUsageError: there is no such layout.
        ArchiveUnavailableError: there is no room for the temporary files.
        BugError: the template does not compile.
    """
    layout = layout_for(edition, options)
    with scratch(layout.template) as folder:
        laid = lay_out_pictures(edition, folder)
        pictures = {key: replace(picture, shape=shapes.get(key)) for key, picture in laid.items()}
        data = json.dumps(proof_data(edition, words, pictures, options.paper), ensure_ascii=False)
        try:
            compiler = typst.Compiler(
                folder / layout.template, folder, fonts(), ignore_system_fonts=True, sys_inputs={"story": data}
            )
            pdf = compiler.compile(format="pdf", pdf_tags=False)
            found = json.loads(compiler.eval(FOUND))
        except typst.TypstError as problem:
            raise BugError(f"{layout.template}: {problem.diagnostic}") from problem
    assert isinstance(pdf, bytes), "a PDF is one file"
    frame = found["frame"]
    return ProofPages(pdf, frame["pages"], frame["width"], frame["height"], spots_of(found))


def sharp_width(pixels: int, width: float, height: float) -> int:
    """The next width up to ``pixels`` in which an image of a page has all its rows of dots.

    Typst draws the page of a PDF into a texture of whole dots and puts that, without smoothing, into the place that the
    page takes (crates/typst-render/src/image.rs). Where the height falls short of whole dots by more than a half, a
    row is left out, and the line of text that it crosses is cut.
    """
    for wide in range(pixels, max(1, pixels - 12), -1):
        if _LEAST_ROW <= wide * height / width % 1 <= _MOST_ROW:
            return wide
    return pixels


def page_image(pages: ProofPages, number: int, pixels: int) -> bytes:
    """Return a page as PNG, ``pixels`` wide; pages count from 0. See ``sharp_width``.

    Raises:
        ArchiveUnavailableError: there is no room for the temporary files.
        BugError: there is no such page.
    """
    source = (
        f"#set page(width: {pixels}pt, height: {math.ceil(pixels * pages.height / pages.width)}pt, margin: 0pt)\n"
        f'#image("story.pdf", page: {number + 1}, width: {pixels - _SHORT}pt)'
    )
    with scratch() as folder:
        (folder / "story.pdf").write_bytes(pages.pdf)
        try:
            compiler = typst.Compiler(source.encode("ascii"), folder, fonts(), ignore_system_fonts=True)
            png = compiler.compile(format="png", ppi=_POINTS)
        except typst.TypstError as problem:
            raise BugError(f"page {number + 1}: {problem.diagnostic}") from problem
    assert isinstance(png, bytes), "it is one page"
    return png


def printed_shape(master: bytes, record: Picture | None) -> float | None:
    """The width of a picture by its height as the pages would set it; None where they would print a box instead."""
    kind = picture_type(master, record)
    if kind is None:
        return None
    with scratch() as folder:
        (folder / f"picture.{kind}").write_bytes(master)
        (folder / "probe.typ").write_text(_PROBE.format(name=f"picture.{kind}"), encoding="ascii")
        try:
            compiler = typst.Compiler(folder / "probe.typ", folder, fonts(), ignore_system_fonts=True)
            compiler.compile(format="pdf")
            found = compiler.query("<shape>", field="value", one=True)
        except typst.TypstError as problem:
            logger.info("a picture cannot be printed: %s", problem.message)
            return None
    return float(json.loads(found))
