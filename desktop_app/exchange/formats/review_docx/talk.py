"""The comments of a returned document: their words and threads, before anybody knows where they stand."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lxml import etree

from desktop_app.exchange.formats.review_docx.annotations import author_of
from desktop_app.exchange.formats.review_docx.markup import word_name, word_value
from desktop_app.exchange.formats.review_docx.opening import OpenPackage
from desktop_app.exchange.formats.review_docx.returned import ReturnedComment
from desktop_app.exchange.formats.review_docx.review_map import ReviewMap
from desktop_app.exchange.formats.review_docx.terms import W14, W15
from desktop_app.exchange.formats.review_docx.texts import CellText, moment_text, plain_text


@dataclass(frozen=True, slots=True)
class _Thread:
    answers: str
    resolved: bool


def read_comments(package: OpenPackage, known: ReviewMap | None) -> dict[str, ReturnedComment]:
    """The notes by their number in the file, in its order."""
    if package.comments is None:
        return {}
    threads = _threads(package.threads)
    found: dict[str, ReturnedComment] = {}
    by_paragraph: dict[str, str] = {}
    for element in package.comments:
        if word_name(element) != "comment":
            continue
        number = word_value(element, "id")
        paragraphs = [one.get(f"{{{W14}}}paraId", "") for one in element.iter(etree.Element) if word_name(one) == "p"]
        thread = threads.get(paragraphs[-1] if paragraphs else "", _Thread("", False))
        by_paragraph |= dict.fromkeys(filter(None, paragraphs), number)
        found[number] = ReturnedComment(
            number,
            word_value(element, "author").strip(),
            moment_text(element),
            plain_text(element).strip(),
            answers=thread.answers,
            resolved=thread.resolved,
        )
    found = {number: replace(one, answers=by_paragraph.get(one.answers, "")) for number, one in found.items()}
    return _with_threads(found, known)


def _threads(element: etree._Element | None) -> dict[str, _Thread]:
    """Which note answers which, by the last paragraph of each (MS-DOCX 2.5.3.1)."""
    found = {}
    for one in element.iterchildren(f"{{{W15}}}commentEx") if element is not None else ():
        answers, done = one.get(f"{{{W15}}}paraIdParent", ""), one.get(f"{{{W15}}}done", "0")
        found[one.get(f"{{{W15}}}paraId", "")] = _Thread(answers, done in {"1", "true", "on"})
    return found


def _with_threads(found: dict[str, ReturnedComment], known: ReviewMap | None) -> dict[str, ReturnedComment]:
    """Tell the notes that left with the document, by author and words, and give their answers the thread."""
    left: dict[tuple[str, str], list[str]] = {}
    for thread, note in known.notes if known is not None else ():
        left.setdefault((author_of(note.author), note.text.strip()), []).append(thread)
    taken: Counter[tuple[str, str]] = Counter()
    for number, one in found.items():
        said = one.author, one.text
        if taken[said] < len(left.get(said, ())):
            found[number] = replace(one, thread=left[said][taken[said]], known=True)
            taken[said] += 1
    for number, one in found.items():
        above = found.get(one.answers)
        if not one.thread and above is not None:
            found[number] = replace(one, thread=above.thread)
    return found


def placed(
    text: CellText, side: str, notes: dict[str, ReturnedComment], *, offset: bool = True
) -> Iterable[ReturnedComment]:
    """The notes that stand in a cell, with the words they stand on; a note is told where its words begin.

    ``offset`` off: the cell is no text of the row, so that a note in it stands on the whole row.
    """
    starts = {event.name: event.at for event in text.names("comment begins")}
    ends = {event.name: event.at for event in text.names("comment ends")}
    points = {event.name: event.at for event in text.names("comment")}
    for number in dict.fromkeys([*starts, *points]):
        note = notes.pop(number, None)
        if note is None:
            continue
        start = starts.get(number, points.get(number, 0))
        end = max(start, ends.get(number, len(text.pieces) if number in starts else start))
        inner = text.pieces[start:end]
        quote = "".join(piece.text for piece in inner if piece.went is None) or "".join(p.text for p in inner)
        at = sum(len(piece.text) for piece in text.pieces[:start] if piece.went is None)
        yield replace(
            note,
            side="source" if side == "source" else "target",
            quote=quote if offset else "",
            at=at if offset else 0,
        )
