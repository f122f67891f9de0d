"""What stands in a returned cell beside its text: notes under the page, text boxes, words that are struck through."""

from collections.abc import Iterator

from lxml import etree

from desktop_app.exchange.formats.review_docx.markup import word_name, word_value
from desktop_app.exchange.formats.review_docx.opening import OpenPackage
from desktop_app.exchange.formats.review_docx.returned import ProblemKind
from desktop_app.exchange.formats.review_docx.texts import CellText, plain_text
from desktop_app.foundation.messages import N_, Message

_SHOWN = 60  # characters of a text that a sentence repeats

Aside = tuple[ProblemKind, Message, str]


def short(text: str) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text[: 4 * _SHOWN].split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1].rstrip()}…"


class Asides:
    """Tells the asides of cells; notes under the page are in parts of their own."""

    def __init__(self, package: OpenPackage) -> None:
        self._notes = {"footnote": _texts(package.footnotes), "endnote": _texts(package.endnotes)}

    def of(self, text: CellText, number: str) -> Iterator[Aside]:
        """What is beside the text of the row that is called ``number``."""
        for event in text.events:
            if event.kind in self._notes:
                words = self._notes[event.kind].get(event.name, "")
                said = N_("Row {number} has a note under the page, which is not taken over: {text}",
                          number=number, text=short(words))  # fmt: skip
                yield ProblemKind.FOOTNOTE, said, words
            elif event.kind == "box":
                said = N_("Row {number} has a text box, which is not taken over: {text}",
                          number=number, text=short(event.name))  # fmt: skip
                yield ProblemKind.BOX, said, event.name
        struck = " ".join(event.name for event in text.names("struck"))
        if struck:
            said = N_("Words of row {number} are struck through; they are not deleted here: {text}",
                      number=number, text=short(struck))  # fmt: skip
            yield ProblemKind.STRUCK, said, struck


def _texts(part: etree._Element | None) -> dict[str, str]:
    """The notes of a part by their number."""
    return {
        word_value(one, "id"): plain_text(one).strip()
        for one in (part if part is not None else ())
        if word_name(one) in {"footnote", "endnote"}
    }
