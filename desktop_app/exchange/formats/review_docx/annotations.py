"""The comments of a review document as parts of the package, threads and all (ECMA-376 17.13.4; MS-DOCX 2.5.3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from desktop_app.exchange.formats.review_docx.markup import part_bytes, put, put_run, root
from desktop_app.exchange.formats.review_docx.matter import ReviewComment, ReviewNote
from desktop_app.exchange.formats.review_docx.terms import MC, W14, W15
from desktop_app.foundation.ids import moment

_MOST_NAME = 255  # what Word takes as an author
_MOST_INITIALS = 9


@dataclass(frozen=True, slots=True)
class NumberedComment:
    """A thread with the numbers that its notes have in the file."""

    comment: ReviewComment
    numbers: tuple[int, ...]


def numbered(comments: Sequence[ReviewComment]) -> tuple[NumberedComment, ...]:
    """Number every note."""
    return tuple(_numbered(comments))


def _numbered(comments: Sequence[ReviewComment]) -> Iterator[NumberedComment]:
    at = 0
    for comment in comments:
        yield NumberedComment(comment, tuple(range(at, at + len(comment.notes))))
        at += len(comment.notes)


def author_of(name: str) -> str:
    """A name as an author of changes and comments; one without a name is a dash, because Word wants some."""
    return name.strip()[:_MOST_NAME] or "–"


def date_of(at: str) -> dict[str, str]:
    """The attribute for a moment of the archive, in whole seconds; none where it is not known."""
    try:
        return {"date": moment(at).strftime("%Y-%m-%dT%H:%M:%SZ")}
    except ValueError:
        return {}


def comments_part(comments: Sequence[NumberedComment]) -> bytes:
    """The notes."""
    made = root("comments", {"w14": W14, "mc": MC})
    made.set(f"{{{MC}}}Ignorable", "w14")
    for thread in comments:
        for number, note in zip(thread.numbers, thread.comment.notes, strict=True):
            _put_note(made, number, note)
    return part_bytes(made)


def _put_note(parent: etree._Element, number: int, note: ReviewNote) -> None:
    name = author_of(note.author)
    initials = "".join(word[0] for word in name.split())[:_MOST_INITIALS]
    held = put(parent, "comment", id=number, author=name, initials=initials, **date_of(note.at))
    lines = note.text.split("\n")
    for at, line in enumerate(lines):
        paragraph = put(held, "p")
        put(put(paragraph, "pPr"), "pStyle", val="CommentText")
        if at == len(lines) - 1:
            paragraph.set(f"{{{W14}}}paraId", _paragraph_id(number))
        if not at:
            run = put(paragraph, "r")
            put(put(run, "rPr"), "rStyle", val="CommentReference")
            put(run, "annotationRef")
        put_run(paragraph, line)


def threads_part(comments: Sequence[NumberedComment]) -> bytes:
    """Which note answers which; editors that do not know this part show the notes one after the other."""
    made = etree.Element(f"{{{W15}}}commentsEx", nsmap={"w15": W15, "mc": MC})
    made.set(f"{{{MC}}}Ignorable", "w15")
    for thread in comments:
        for number in thread.numbers:
            held = etree.SubElement(made, f"{{{W15}}}commentEx")
            held.set(f"{{{W15}}}paraId", _paragraph_id(number))
            if number != thread.numbers[0]:
                held.set(f"{{{W15}}}paraIdParent", _paragraph_id(thread.numbers[0]))
            held.set(f"{{{W15}}}done", "0")
    return part_bytes(made)


def _paragraph_id(number: int) -> str:
    return f"{number + 0x10000000:08X}"  # below 0x80000000, as the format wants
