"""Print an edition: its story as plain data through a layout's template to a tagged PDF, the same bytes every time."""

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import typst

from desktop_app.domain.edition import Edition
from desktop_app.foundation.errors import BugError, WrongUsageError
from desktop_app.foundation.messages import N_, Message
from desktop_app.press.sheet import PrintedPicture, languages_of, sheet_data
from desktop_app.press.typesetting import Standards, can_be_printed, compile_pdf, lay_out_pictures, scratch
from desktop_app.press.words import PageWords

logger = logging.getLogger(__name__)

# PDF/A-2a with PDF/UA-1 is what is wanted. PDF/A refuses CMYK photographs and a document without any date, and both
# refuse a cluster that mixes fonts; a page in plain tagged PDF is better than none.
_LADDER: tuple[Standards, ...] = (("a-2a", "ua-1"), ("ua-1",), ())


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
    layout = layout_for(edition, options)
    with scratch(layout.template) as folder:
        return _print(edition, options, words, layout, folder)


def layout_for(edition: Edition, options: PageOptions) -> Layout:
    """The layout that is printed; one for two languages gives way where the story has one.

    Raises:
        WrongUsageError: there is no such layout.
    """
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
    pictures = lay_out_pictures(edition, folder)
    inputs = _inputs(edition, options, words, pictures)
    try:
        return compile_pdf(folder / layout.template, inputs, _LADDER[0])
    except typst.TypstError as problem:
        logger.info("pages do not compile as %s: %s", "+".join(_LADDER[0]), problem.message)
    sound = {key: picture for key, picture in pictures.items() if can_be_printed(folder, picture.path)}
    rungs = _LADDER[1:]
    if len(sound) < len(pictures):
        inputs, rungs = _inputs(edition, options, words, sound), _LADDER
    reason: typst.TypstError | None = None
    for standards in rungs:
        try:
            return compile_pdf(folder / layout.template, inputs, standards)
        except typst.TypstError as problem:
            reason = problem
            logger.info("pages do not compile as %s: %s", "+".join(standards) or "PDF", problem.message)
    # Typst quotes the template's own lines, never the story's.
    raise BugError(f"{layout.template}: {reason.diagnostic if reason else 'nothing was tried'}") from reason


def _inputs(
    edition: Edition, options: PageOptions, words: PageWords, pictures: dict[str, PrintedPicture]
) -> dict[str, str]:
    return {"story": json.dumps(sheet_data(edition, words, pictures, options.paper), ensure_ascii=False)}
