"""The review document comes home whatever an editor did to the table, and whatever its words are."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace

import pytest
from editions import content, edition
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from review_documents import (
    AT,
    DOCUMENT,
    NS,
    Act,
    W,
    edited,
    kinds,
    out,
    packed,
    parts_of,
    row,
    row_of,
    rows,
    run,
    say,
    target_of,
    tracked,
    w,
    without,
)

from desktop_app.domain.edition import Edition
from desktop_app.domain.story import Block, BlockKind, Content, Segment
from desktop_app.exchange.formats.review_docx import read_review, write_review
from desktop_app.exchange.formats.review_docx.matter import Marked, ReviewComment, ReviewMatter, ReviewNote
from desktop_app.exchange.formats.review_docx.returned import (
    FoundBy,
    ProblemKind,
    ReturnedReview,
)
from desktop_app.exchange.formats.review_docx.terms import STRICT, carried, text_hash

# Whatever the editor did to the table


def split_runs(root: etree._Element) -> None:
    """As Word does with spelling, revisions and autocorrection: a run for every two characters."""
    for old in list(root.iter(w("r"))):
        words = old.find("w:t", NS)
        if words is None or len(old) != 1 or len(words.text or "") < 3:
            continue
        text = words.text or ""
        parent, at = old.getparent(), old.getparent().index(old)
        pieces = []
        for start in range(0, len(text), 2):
            pieces += [run(text[start : start + 2]), etree.Element(w("proofErr"), {w("type"): "spellStart"})]
        parent[at : at + 1] = pieces


def undress(root: etree._Element) -> None:
    for tag in ("pPr", "rPr", "tcPr", "tblPr", "trPr", "sectPr", "tblGrid"):
        for old in list(root.iter(w(tag))):
            old.getparent().remove(old)


def wrap_runs(root: etree._Element) -> None:
    for number, old in enumerate(list(root.iter(w("r")))):
        wrapper = etree.Element(w(("smartTag", "hyperlink", "bdo", "customXml")[number % 4]))
        old.getparent().replace(old, wrapper)
        wrapper.append(old)


def drop(*tags: str) -> Act:
    def act(root: etree._Element) -> None:
        for tag in tags:
            for old in list(root.iter(w(tag))):
                parent, at = old.getparent(), old.getparent().index(old)
                inner = old.find("w:sdtContent", NS)
                parent[at : at + 1] = list(inner) if inner is not None else []

    return act


def turn_rows(root: etree._Element) -> None:
    table = root.find(".//w:tbl", NS)
    found = rows(root)
    for one in found:
        table.remove(one)
    table.extend(reversed(found))


def box_rows(root: etree._Element) -> None:
    for one in rows(root):
        box = etree.Element(w("sdt"))
        one.getparent().replace(one, box)
        etree.SubElement(box, w("sdtContent")).append(one)


def nest_table(root: etree._Element) -> None:
    """The whole table was pasted into a cell of another."""
    table = root.find(".//w:tbl", NS)
    outer = etree.Element(w("tbl"))
    table.getparent().replace(table, outer)
    cell = etree.SubElement(etree.SubElement(outer, w("tr")), w("tc"))
    cell.append(table)
    etree.SubElement(cell, w("p"))


def empty_column(root: etree._Element) -> None:
    for one in rows(root):
        etree.SubElement(etree.SubElement(one, w("tc")), w("p"))


def two_tables(root: etree._Element) -> None:
    table = root.find(".//w:tbl", NS)
    other = etree.Element(w("tbl"))
    table.addnext(other)
    other.extend(rows(root)[6:])


MISCHIEF: dict[str, Act] = {
    "runs split": split_runs,
    "styles gone": undress,
    "runs wrapped": wrap_runs,
    "controls gone": drop("sdt"),
    "bookmarks gone": drop("bookmarkStart", "bookmarkEnd"),
    "bookmarks and controls gone": drop("bookmarkStart", "bookmarkEnd", "sdt"),
    "rows turned": turn_rows,
    "rows in controls": box_rows,
    "table in a table": nest_table,
    "an empty column": empty_column,
    "table cut in two": two_tables,
}


def texts(review: ReturnedReview) -> list[tuple[str, str, str, str, str]]:
    return sorted((r.part, r.field, r.source, r.before, r.after) for r in review.rows)


@pytest.mark.parametrize("act", MISCHIEF.values(), ids=MISCHIEF.keys())
def test_the_words_come_home_whatever_was_done_to_the_table(act: Act) -> None:
    review = read_review(edited(out(), act))
    assert texts(review) == texts(read_review(out()))
    assert [one.kind for one in review.problems] == ([ProblemKind.REORDERED] if act is turn_rows else [])
    assert len(review.comments) == 1
    assert sum(len(one.comments) for one in review.rows) == 3


@pytest.mark.parametrize(
    "lost", [("customXml",), ("docProps",), ("customXml", "docProps"), ("word/styles", "word/settings", "word/header")]
)
def test_the_words_come_home_without_parts_that_an_editor_drops(lost: tuple[str, ...]) -> None:
    review = read_review(without(out(), *lost))
    assert texts(review) == texts(read_review(out()))
    assert review.origin.digest == edition().digest
    assert all(one.source_hash and one.target_hash and not one.untracked for one in review.rows)
    assert kinds(review) == ([ProblemKind.NO_MAP] if "customXml" in lost else [])


def test_a_row_tells_by_what_it_was_found() -> None:
    found = [
        {one.found_by for one in read_review(edited(out(), act)).rows}
        for act in (drop(), drop("bookmarkStart", "bookmarkEnd"), drop("bookmarkStart", "bookmarkEnd", "sdt"))
    ]
    assert found == [{FoundBy.BOOKMARK}, {FoundBy.CONTROL}, {FoundBy.TEXT}]


def test_with_every_hidden_mark_gone_the_rows_are_named_and_not_guessed() -> None:
    bare = without(edited(out(), drop("bookmarkStart", "bookmarkEnd", "sdt")), "customXml", "docProps")
    review = read_review(bare)
    assert review.origin.digest == edition().digest  # the header shows it
    assert review.rows == ()
    assert [(one.number, one.source, one.after) for one in review.strangers][2] == (
        "3",
        "3月12日，团队宣布了成果。",
        "On March 12, the team announced its result.",
    )
    assert set(kinds(review)) == {ProblemKind.NO_MAP, ProblemKind.STRANGER}


def test_strict_open_xml_is_read() -> None:
    parts = parts_of(out())
    strict = {
        name: data.replace(W.encode(), STRICT.encode()).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, data in parts.items()
    }
    assert texts(read_review(packed(strict))) == texts(read_review(out()))


def test_a_row_that_is_gone_is_named() -> None:
    def act(root: etree._Element) -> None:
        gone = row_of(root, "s6.0")
        gone.getparent().remove(gone)

    review = read_review(edited(out(), act))
    (problem,) = review.problems
    assert (problem.kind, problem.part, problem.text) == (ProblemKind.MISSING, "s6.0", "a pilot line;")
    assert "7" in str(problem.message)


def test_a_row_that_is_marked_as_deleted_is_named() -> None:
    def act(root: etree._Element) -> None:
        gone = row_of(root, "s6.0")
        etree.SubElement(gone.find("w:trPr", NS), w("del"), {w("id"): "1", w("author"): "ZHAO Min"})
        say(target_of(root, "s6.0"), tracked("del", "a pilot line;"))

    review = read_review(edited(out(), act))
    found = row(review, "s6.0")
    assert (found.before, found.after, found.deleted_by) == ("a pilot line;", "", "ZHAO Min")
    assert kinds(review) == [ProblemKind.DELETED]


def test_a_row_that_was_added_is_named_with_its_words() -> None:
    def act(root: etree._Element) -> None:
        made = deepcopy(rows(root)[1])
        drop("bookmarkStart", "bookmarkEnd", "sdt")(made)
        for words, text in zip(made.iter(w("t")), ("", "", "新的一句", "A new sentence"), strict=False):
            words.text = text
        row_of(root, "s6.0").addnext(made)

    review = read_review(edited(out(), act))
    assert kinds(review) == [ProblemKind.STRANGER]
    assert [(one.part, one.source, one.after) for one in review.strangers] == [("", "新的一句", "A new sentence")]


def test_a_row_that_was_copied_counts_once() -> None:
    """An editor keeps a bookmark's name once, and copies a content control as it is."""

    def act(root: etree._Element) -> None:
        copy = deepcopy(row_of(root, "s6.0"))
        drop("bookmarkStart", "bookmarkEnd")(copy)
        for words in copy.iter(w("t")):
            words.text = f"{words.text} copied"
        row_of(root, "s6.0").addprevious(copy)

    review = read_review(edited(out(), act))
    assert row(review, "s6.0").after == "a pilot line;"
    assert kinds(review) == [ProblemKind.COPIED]
    assert len(review.strangers) == 1


def test_a_changed_source_is_named_and_not_taken_over() -> None:
    def act(root: etree._Element) -> None:
        words = row_of(root, "s6.0").findall("w:tc", NS)[1].find(".//w:t", NS)
        words.text = "中试生产线改了；"

    review = read_review(edited(out(), act))
    assert kinds(review) == [ProblemKind.SOURCE_CHANGED]
    assert review.problems[0].text == "中试生产线改了；"
    assert row(review, "s6.0").source_hash == text_hash("中试生产线；")


def split_cell(*, words: Sequence[str]) -> Act:
    def act(root: etree._Element) -> None:
        say(target_of(root, "s6.0"), run(words[0]))
        for text in words[1:]:
            cell = etree.SubElement(row_of(root, "s6.0"), w("tc"))
            etree.SubElement(cell, w("p")).append(run(text))

    return act


def test_a_cell_that_was_split_is_joined_again() -> None:
    review = read_review(edited(out(), split_cell(words=["a pilot", "line;"])))
    assert row(review, "s6.0").after == "a pilot line;"
    assert kinds(review) == [ProblemKind.SPLIT]


def test_words_in_a_column_of_the_editor_are_named_and_not_mixed_in() -> None:
    review = read_review(edited(out(), split_cell(words=["a pilot line;", "done by Zhao"])))
    assert row(review, "s6.0").after == "a pilot line;"
    assert [(one.kind, one.text) for one in review.problems] == [(ProblemKind.EXTRA_CELL, "done by Zhao")]


def merge_down(*, marked: bool) -> Act:
    """Two translations in one cell over two rows; ``marked``: with their bookmarks."""

    def act(root: etree._Element) -> None:
        upper, lower = row_of(root, "s6.0"), row_of(root, "s7.0")
        above, below = (one.findall("w:tc", NS)[2] for one in (upper, lower))
        moved = below.find("w:p", NS)
        above.append(moved)
        below.append(etree.Element(w("p")))
        if not marked:
            drop("bookmarkStart", "bookmarkEnd")(moved)
        for cell, kind in ((above, "restart"), (below, "continue")):
            etree.SubElement(cell.find("w:tcPr", NS), w("vMerge"), {w("val"): kind})

    return act


def test_cells_merged_over_rows_are_told_apart_by_their_marks() -> None:
    review = read_review(edited(out(), merge_down(marked=True)))
    assert row(review, "s6.0").after == "a pilot line;"
    assert row(review, "s7.0").after == "reliability trials."
    assert set(kinds(review)) == {ProblemKind.MERGED}


def test_cells_merged_over_rows_without_marks_are_named_and_not_guessed() -> None:
    review = read_review(edited(out(), merge_down(marked=False)))
    assert not {"s6.0", "s7.0"} & {one.part for one in review.rows}
    assert kinds(review) == [ProblemKind.MERGED, ProblemKind.NO_TARGET]
    assert "reliability trials." in review.problems[0].text


def test_source_and_target_in_one_cell_are_told_apart() -> None:
    def act(root: etree._Element) -> None:
        _, source, target = row_of(root, "s6.0").findall("w:tc", NS)
        source.append(target.find("w:p", NS))
        target.getparent().remove(target)

    review = read_review(edited(out(), act))
    found = row(review, "s6.0")
    assert (found.source, found.after) == ("中试生产线；", "a pilot line;")
    assert kinds(review) == [ProblemKind.MERGED]


def test_a_translation_from_another_row_stays_where_it_was_put_and_is_named() -> None:
    def act(root: etree._Element) -> None:
        one, other = (row_of(root, part).findall("w:tc", NS)[2] for part in ("s6.0", "s7.0"))
        place, there = one.getparent(), other.getparent()
        place.append(other)
        there.append(one)

    review = read_review(edited(out(), act))
    assert row(review, "s6.0").after == "reliability trials."
    assert row(review, "s7.0").after == "a pilot line;"
    assert kinds(review) == [ProblemKind.DISAGREEMENT] * 2


def test_a_row_of_another_review_document_is_named() -> None:
    own = content()
    other = replace(
        own, blocks=tuple(replace(b, segments=tuple(replace(s, id=f"o{s.id}") for s in b.segments)) for b in own.blocks)
    )
    foreign = row_of(etree.fromstring(parts_of(write_review(edition(other)))[DOCUMENT]), "os6.0")
    review = read_review(edited(out(), lambda root: row_of(root, "s6.0").addnext(deepcopy(foreign))))
    assert kinds(review) == [ProblemKind.UNKNOWN]
    assert [one.after for one in review.strangers] == ["a pilot line;"]


def test_a_table_in_a_translation_is_text_and_named() -> None:
    def act(root: etree._Element) -> None:
        cell = row_of(root, "s6.0").findall("w:tc", NS)[2]
        inner = etree.SubElement(etree.SubElement(etree.SubElement(cell, w("tbl")), w("tr")), w("tc"))
        etree.SubElement(inner, w("p")).append(run("inner"))

    review = read_review(edited(out(), act))
    assert row(review, "s6.0").after == "a pilot line;\ninner"
    assert kinds(review) == [ProblemKind.LEFT_OUT]


# Any text, any change


def with_text(source: str, target: str) -> Edition:
    segments = (Segment("s3.0", "前一句。", "Before."), Segment("s3.1", source, target))
    return edition(Content((Block("b3", BlockKind.PARAGRAPH, segments),)), draft=True)


@given(source=st.text(max_size=30), target=st.text(max_size=30))
def test_any_text_comes_home_as_it_left(source: str, target: str) -> None:
    found = row(read_review(write_review(with_text(source, target))), "s3.1")
    assert (found.source, found.before, found.after) == (carried(source), carried(target), carried(target))
    assert not found.untracked


WORDS = st.text(alphabet="ab 改\t\n“”.", min_size=1, max_size=6)
PIECES = st.lists(st.tuples(st.sampled_from("=+-"), WORDS, st.sampled_from(["LI Wei", "王芳", ""])), max_size=8)


@given(pieces=PIECES, quote=st.text(alphabet="ab 改", max_size=3))
def test_any_marked_text_comes_home_with_every_change(pieces: list[tuple[str, str, str]], quote: str) -> None:
    marks = tuple(Marked(sign, text, author, AT) for sign, text, author in pieces)  # type: ignore[arg-type]
    after = "".join(one.text for one in marks if one.sign != "-")
    comment = ReviewComment("c", "s3.1", "target", quote, (ReviewNote("LI Wei", AT, "?"),))
    made = write_review(with_text("源", after), ReviewMatter((comment,), {("s3.1", "target"): marks}))
    found = row(read_review(without(made, "customXml")), "s3.1")
    assert found.after == found.before == after  # all of them left with the document
    for kind, sign in (("insert", "+"), ("delete", "-")):
        said = [(change.author, change.text) for change in found.changes if change.kind == kind]
        assert "".join(text for _, text in said) == "".join(one.text for one in marks if one.sign == sign)
        assert {name for name, _ in said} == {one.author or "–" for one in marks if one.sign == sign}
    (note,) = found.comments
    assert note.quote == (quote if quote and quote in after else after) or "-" in {one.sign for one in marks}
