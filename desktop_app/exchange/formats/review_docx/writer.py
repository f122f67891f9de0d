"""A story as a review document for Word and LibreOffice: a table of number, source and target.

Change tracking is on. What a row is stands in it several times over (see ``terms``), so that the document can come
home whatever the editor did to it. A review copy says that it is one on every page, approved or not.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from desktop_app.domain.edition import Edition
from desktop_app.exchange.formats.review_docx import parts
from desktop_app.exchange.formats.review_docx.annotations import (
    NumberedComment,
    author_of,
    comments_part,
    date_of,
    numbered,
    threads_part,
)
from desktop_app.exchange.formats.review_docx.markup import part_bytes, put, put_paragraph, put_run, root
from desktop_app.exchange.formats.review_docx.matter import NOTHING, Marked, ReviewMatter
from desktop_app.exchange.formats.review_docx.review_map import Origin, write_map
from desktop_app.exchange.formats.review_docx.rows import PictureLine, TextRow, rows_of
from desktop_app.exchange.formats.review_docx.terms import (
    Place,
    bookmark_name,
    carried,
    hash_bookmark,
    tag_of,
)
from desktop_app.exchange.handover import DRAFT_MARK, credit_lines
from desktop_app.foundation.messages import N_

REVIEW_MARK = "REVIEW COPY · 审阅稿"
_ADVICE = (
    "Change the English column only; changes are tracked. Comment anywhere. Please keep the rows and their numbers.",
    "请只修改右栏英文，修改会留痕；批注可加在任何地方。请勿删除或合并表格行，也不要改动编号。",
)
_HEADINGS = ("No.", "原文 · Source", "译文 · Target")
_PICTURE = "Picture · 图片: "
_WIDTHS = (1500, 5900, 7398)  # twentieths of a point; together the text width of a landscape A4 page
_GREY, _HEAD = "F0F0EE", "DDE3E8"


class ReviewDocxWriter:
    """Writes ``.review.docx``: one table for the story."""

    id = "docx-review"
    suffix = ".review.docx"
    title = N_("Review document (DOCX)")
    purpose = N_("Both languages in a table for Word or LibreOffice, with tracked changes and comments.")
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def write(self, edition: Edition) -> bytes:
        """Make the file's bytes; see ``Writer.write``."""
        return write_review(edition)


def write_review(edition: Edition, matter: ReviewMatter = NOTHING) -> bytes:
    """Make the document with the comments and changes of ``matter``; the same of both gives the same bytes.

    A comment on a place that the story does not have stands on its title.
    """
    story = edition.story
    headline = story.headline()
    origin = Origin(*map(carried, (story.id, story.slug, str(story.version), edition.digest)))
    rows = rows_of(story.content)
    comments = numbered(matter.comments)
    text = _Text(matter, comments, rows)
    made = {
        "document.xml": text.document(edition),
        "styles.xml": parts.styles(story.languages.source, story.languages.target),
        "settings.xml": parts.settings(),
        "header1.xml": parts.header(
            " · ".join(filter(None, (*_marks(edition), carried(headline.en or headline.zh or story.slug)))),
            f"{origin.slug} · version {origin.version} · digest {origin.digest}",
        ),
        "footer1.xml": parts.footer(carried(edition.house)),
    }
    if comments:
        made |= {"comments.xml": comments_part(comments), "commentsExtended.xml": threads_part(comments)}
    mapped = ((row, text.marks_of(row)) for row in rows if isinstance(row, TextRow))
    return parts.package(
        made,
        origin.properties,
        carried(headline.en or headline.zh or story.slug),
        carried(edition.house),
        write_map(origin, mapped, matter.comments, _above(edition)),
    )


def _marks(edition: Edition) -> tuple[str, ...]:
    return (REVIEW_MARK, DRAFT_MARK) if edition.draft else (REVIEW_MARK,)


def _above(edition: Edition) -> tuple[str, ...]:
    """Every paragraph above the table: the mark, the title, the subtitle, and small lines."""
    story = edition.story
    headline = story.headline()
    facts = (story.slug, f"version {story.version}", story.date or "", story.content.dateline)
    small = (" · ".join(fact for fact in facts if fact), "; ".join(credit_lines(edition)))
    title = carried(headline.en or headline.zh or story.slug)
    lines = (carried(line) for line in small if line)
    return (" · ".join(_marks(edition)), title, carried(headline.zh), *lines, *_ADVICE)


class _Text:
    """Writes the document itself; numbers of bookmarks, controls and changes are given out in reading order."""

    def __init__(
        self, matter: ReviewMatter, comments: Sequence[NumberedComment], rows: Sequence[TextRow | PictureLine]
    ) -> None:
        self._marks = matter.marks
        self._rows = rows
        self._next = 0
        places = {row.part for row in rows if isinstance(row, TextRow)}
        self._comments: dict[tuple[str, str], list[NumberedComment]] = defaultdict(list)
        for one in comments:
            place = one.comment.place if one.comment.place in places else ""
            self._comments[place, one.comment.side if place else ""].append(one)

    def _number(self) -> int:
        self._next += 1
        return self._next

    def marks_of(self, row: TextRow) -> tuple[Marked, ...]:
        """The marked target of a row: what is known of its changes where that gives its words, else the words."""
        marks = tuple(
            Marked(mark.sign, carried(mark.text), mark.author, mark.at)
            for mark in self._marks.get((row.part, row.field), ())
            if mark.text
        )
        after = "".join(mark.text for mark in marks if mark.sign != "-")
        return marks if marks and after == row.target else _plain(row.target)

    def document(self, edition: Edition) -> bytes:
        """Make the part."""
        made = root("document")
        body = put(made, "body")
        self._opening(body, edition)
        table = put(body, "tbl")
        _table_properties(table)
        _heading_row(table)
        for ordinal, row in enumerate(self._rows):
            if isinstance(row, PictureLine):
                _picture_line(table, row)
            else:
                self._row(table, ordinal, row)
        put_paragraph(body, "Facts")
        _section(body)
        return part_bytes(made)

    def _opening(self, body: etree._Element, edition: Edition) -> None:
        mark, title, subtitle, *facts = _above(edition)
        put_paragraph(body, "Mark", mark)
        self._words(put_paragraph(body, "Title"), _plain(title), self._comments["", ""])
        put_paragraph(body, "Subtitle", subtitle)
        for line in facts:
            put_paragraph(body, "Facts", line)

    def _row(self, table: etree._Element, ordinal: int, row: TextRow) -> None:
        line = put(table, "tr")
        put(put(line, "trPr"), "cantSplit")
        number, source, target = (
            _cell(line, width, shade) for width, shade in zip(_WIDTHS, (_GREY, _GREY, ""), strict=True)
        )
        paragraph = put_paragraph(number, "RowNumber")
        with_hash = self._open(paragraph, hash_bookmark(ordinal, row.hashes))
        mark = self._open(paragraph, bookmark_name("number", row.key))
        self._control(paragraph, row)
        for opened in (mark, with_hash):
            put(paragraph, "bookmarkEnd", id=opened)
        if row.label:
            put_paragraph(number, "RowKind", row.label)
        kind = "Heading" if row.strong else "Text"
        first = row.field != "alt-en"  # a comment on a picture stands on its caption
        for side, cell, words in (
            ("source", source, _plain(row.source)),
            ("target", target, self.marks_of(row)),
        ):
            paragraph = put_paragraph(cell, f"{side.title()}{kind}")
            place: Place = "source" if side == "source" else "target"
            opened = self._open(paragraph, bookmark_name(place, row.key))
            self._words(paragraph, words, self._comments.get((row.part, side), ()) if first else ())
            put(paragraph, "bookmarkEnd", id=opened)

    def _open(self, paragraph: etree._Element, name: str) -> int:
        number = self._number()
        put(paragraph, "bookmarkStart", id=number, name=name)
        return number

    def _control(self, paragraph: etree._Element, row: TextRow) -> None:
        """Put the number into a content control that cannot be removed; only Word minds that."""
        control = put(paragraph, "sdt")
        properties = put(control, "sdtPr")
        put(properties, "tag", val=tag_of(row.key))
        put(properties, "id", val=self._number())
        put(properties, "lock", val="sdtLocked")
        put(properties, "text")
        put_run(put(control, "sdtContent"), str(row.number))

    def _words(self, paragraph: etree._Element, marks: Sequence[Marked], comments: Iterable[NumberedComment]) -> None:
        """Write a marked text with its comments, cut where a comment begins or ends."""
        after = "".join(mark.text for mark in marks if mark.sign != "-")
        begins: dict[int, list[int]] = defaultdict(list)
        ends: dict[int, list[int]] = defaultdict(list)
        for thread in comments:
            quote = carried(thread.comment.quote)
            at = after.find(quote) if quote else -1
            start, end = (at, at + len(quote)) if at >= 0 else (0, len(after))
            begins[start] += thread.numbers
            ends[end] += thread.numbers
        at = 0
        _begin(paragraph, begins.pop(0, []))
        for mark in marks:
            for text in _cut(mark, at, sorted({*begins, *ends})):
                self._piece(paragraph, mark, text)
                at += len(text) if mark.sign != "-" else 0
                if mark.sign != "-":
                    _end(paragraph, ends.pop(at, []))
                    _begin(paragraph, begins.pop(at, []))
        for numbers in ends.values():
            _end(paragraph, numbers)

    def _piece(self, paragraph: etree._Element, mark: Marked, text: str) -> None:
        if mark.sign == "=":
            put_run(paragraph, text)
            return
        facts = {"author": author_of(mark.author), **date_of(mark.at)}
        tag = "ins" if mark.sign == "+" else "del"
        put_run(put(paragraph, tag, id=self._number(), **facts), text, gone=mark.sign == "-")


def is_furniture(cells: Sequence[str]) -> bool:
    """Whether the cells of a row are the headings of the columns, or the line over a picture."""
    said = [cell for cell in cells if cell]
    return set(_HEADINGS) <= set(said) or (bool(said) and all(cell.startswith(_PICTURE) for cell in said))


def _plain(text: str) -> tuple[Marked, ...]:
    return (Marked("=", text),) if text else ()


def _cut(mark: Marked, at: int, places: Sequence[int]) -> Iterator[str]:
    """Cut a piece that begins at ``at`` of the newer text; what went is not in it and stays whole."""
    inner = [place - at for place in places if at < place < at + len(mark.text)] if mark.sign != "-" else []
    for start, end in zip([0, *inner], [*inner, len(mark.text)], strict=True):
        yield mark.text[start:end]


def _begin(paragraph: etree._Element, numbers: Iterable[int]) -> None:
    for number in numbers:
        put(paragraph, "commentRangeStart", id=number)


def _end(paragraph: etree._Element, numbers: Iterable[int]) -> None:
    for number in numbers:
        put(paragraph, "commentRangeEnd", id=number)
        run = put(paragraph, "r")
        put(put(run, "rPr"), "rStyle", val="CommentReference")
        put(run, "commentReference", id=number)


def _table_properties(table: etree._Element) -> None:
    properties = put(table, "tblPr")
    put(properties, "tblW", w=sum(_WIDTHS), type="dxa")
    borders = put(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        put(borders, side, val="single", sz=4, space=0, color="BFBFBF")
    put(properties, "tblLayout", type="fixed")
    margins = put(properties, "tblCellMar")
    for side, width in (("top", 60), ("left", 110), ("bottom", 60), ("right", 110)):
        put(margins, side, w=width, type="dxa")
    grid = put(table, "tblGrid")
    for width in _WIDTHS:
        put(grid, "gridCol", w=width)


def _heading_row(table: etree._Element) -> None:
    line = put(table, "tr")
    properties = put(line, "trPr")
    put(properties, "cantSplit")
    put(properties, "tblHeader")
    for width, words in zip(_WIDTHS, _HEADINGS, strict=True):
        put_paragraph(_cell(line, width, _HEAD), "Facts", words)


def _picture_line(table: etree._Element, row: PictureLine) -> None:
    line = put(table, "tr")
    put(put(line, "trPr"), "cantSplit")
    cell = _cell(line, sum(_WIDTHS), _GREY, columns=len(_WIDTHS))
    put_paragraph(cell, "Facts", f"{_PICTURE}{row.text}")


def _cell(line: etree._Element, width: int, shade: str, columns: int = 1) -> etree._Element:
    cell = put(line, "tc")
    properties = put(cell, "tcPr")
    put(properties, "tcW", w=width, type="dxa")
    if columns > 1:
        put(properties, "gridSpan", val=columns)
    if shade:
        put(properties, "shd", val="clear", color="auto", fill=shade)
    return cell


def _section(body: etree._Element) -> None:
    """Landscape A4, with the header and footer."""
    section = put(body, "sectPr")
    parts.header_reference(section, "headerReference", "header1.xml")
    parts.header_reference(section, "footerReference", "footer1.xml")
    put(section, "pgSz", w=16838, h=11906, orient="landscape")
    put(section, "pgMar", top=1304, right=1020, bottom=1020, left=1020, header=567, footer=510, gutter=0)
