"""What stands outside the table of a returned document: nothing of it can be taken over, and everything new is told."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from desktop_app.exchange.formats.review_docx.asides import short
from desktop_app.exchange.formats.review_docx.markup import word_name
from desktop_app.exchange.formats.review_docx.returned import Problem, ProblemKind, ReturnedComment
from desktop_app.exchange.formats.review_docx.review_map import ReviewMap
from desktop_app.exchange.formats.review_docx.talk import placed
from desktop_app.exchange.formats.review_docx.terms import carried
from desktop_app.exchange.formats.review_docx.texts import CellText, cell_text
from desktop_app.exchange.limits import Deadline
from desktop_app.foundation.messages import N_


def outside(
    document: etree._Element, known: ReviewMap | None, notes: dict[str, ReturnedComment], deadline: Deadline
) -> tuple[list[Problem], list[ReturnedComment]]:
    """Tell what was written outside the table, and which comments stand there (they are taken from ``notes``).

    Where nothing says what stood above the table when the document left, only what was tracked counts as new there.
    """
    stood = Counter(known.opening) if known is not None and known.opening else None
    problems: list[Problem] = []
    comments: list[ReturnedComment] = []
    for text, below in _paragraphs(document, deadline):
        comments += placed(text, "target", notes)
        words = text.trimmed().after
        tracked = any(piece.came is not None or piece.went is not None for piece in text.pieces if not piece.end)
        if stood is not None and stood[carried(words)] > 0 and not tracked:
            stood[carried(words)] -= 1
        elif tracked or ((stood is not None or below) and words.strip()):
            problems += _told(text, words)
    return problems, comments


def _paragraphs(document: etree._Element, deadline: Deadline) -> Iterator[tuple[CellText, bool]]:
    """The paragraphs that are in no table, and whether a table stands above them."""
    below = False
    body = next((element for element in document if word_name(element) == "body"), None)
    waiting = list(reversed(body)) if body is not None else []
    while waiting:
        deadline.check()
        element = waiting.pop()
        name = word_name(element)
        if name == "tbl":
            below = True
        elif name == "p":
            wrapper = etree.Element("outside")
            wrapper.append(element)
            yield cell_text(wrapper, lambda _: False), below
        elif not name.endswith("Pr"):
            waiting += reversed(element)


def _told(text: CellText, words: str) -> Iterator[Problem]:
    came = "".join(piece.text for piece in text.pieces if piece.came is not None and piece.went is None)
    said = came if came.strip() else words
    if said.strip():
        shown = short(said)
        message = N_("Text outside the table was written or changed, and is not taken over: {text}", text=shown)
        yield Problem(ProblemKind.OUTSIDE, message, text=said.strip())
