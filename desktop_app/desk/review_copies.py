"""Review documents of a story as it is: with its open comments, and with what changed since its draft was signed."""

from collections.abc import Iterator

from desktop_app.desk.comments import Discussion, discussion
from desktop_app.desk.comparing import Compared, compared
from desktop_app.desk.desk import Desk
from desktop_app.domain.changes import TextChanged
from desktop_app.domain.edition import Edition
from desktop_app.exchange.formats.review_docx import write_review
from desktop_app.exchange.formats.review_docx.matter import Marked, ReviewComment, ReviewMatter, ReviewNote

REVIEW = "docx-review"
_OPEN_FIELDS = frozenset({"target", "caption-en", "alt-en"})


def review_file(desk: Desk, edition: Edition, *, changes: bool = False) -> bytes:
    """Make the review document of an edition with the story's open comments.

    ``changes``: what changed since the signed draft stands in it as tracked changes of those who made them.

    Raises:
        WrongUsageError: there is no such story (any more).
    """
    story = edition.story.id
    marks = dict(_marks(compared(desk, story, now=edition.story.content))) if changes else {}
    return write_review(edition, ReviewMatter(tuple(_comments(discussion(desk, story))), marks))


def _comments(said: Discussion) -> Iterator[ReviewComment]:
    for one in said.open_ones():
        notes = tuple(ReviewNote(said.name(note.person), note.at, note.text) for note in one.notes)
        yield ReviewComment(one.id, one.place(said.numbers) or "", one.side, one.quote, notes)


def _marks(found: Compared) -> Iterator[tuple[tuple[str, str], tuple[Marked, ...]]]:
    """The marked texts; where the text has no version yet there is nothing to compare with."""
    for change in found.comparison.changes if found.old else ():
        if isinstance(change, TextChanged) and not change.gone and change.field in _OPEN_FIELDS:
            yield change.place, tuple(_marked(found, change))


def _marked(found: Compared, change: TextChanged) -> Iterator[Marked]:
    """The pieces of one text; a deletion and the insertion behind it are one change of one author."""
    number, inside = -1, False
    for sign, text in change.ops:
        if sign == "=":
            inside = False
            yield Marked(sign, text)
            continue
        number, inside = number + (not inside), True
        author = found.authors[change.keys[number]]
        yield Marked(sign, text, found.name(author.person), author.at)
