"""The review document: what goes out, and the changes and comments that come home."""

import re

import pytest
from editions import content, edition
from lxml import etree
from review_documents import (
    DOCUMENT,
    NS,
    edited,
    kinds,
    new,
    out,
    parts_of,
    row,
    run,
    say,
    saying,
    target_of,
    tracked,
    w,
)

from desktop_app.exchange.formats.review_docx import read_review, write_review
from desktop_app.exchange.formats.review_docx.returned import (
    ProblemKind,
    TrackedChange,
)
from desktop_app.exchange.formats.review_docx.terms import code_of, identity_of, text_hash
from desktop_app.exchange.handover import DRAFT_MARK

# What goes out


def test_every_text_is_a_row_and_comes_back_as_it_left() -> None:
    own = content()
    review = read_review(out())
    expected = [(s.id, "target", s.source, s.target) for block in own.blocks for s in block.segments]
    for block in own.blocks:
        if block.placement is not None:
            place = block.placement
            expected += [(block.id, "caption-en", place.caption.zh, place.caption.en)]
            expected += [(block.id, "alt-en", place.alt.zh, place.alt.en)]
    assert sorted((r.part, r.field, r.source, r.after) for r in review.rows) == sorted(expected)
    assert all(r.before == r.after == r.left_as and not r.untracked for r in review.rows)
    assert all(r.source_hash == text_hash(r.source) and r.target_hash == text_hash(r.after) for r in review.rows)
    assert review.problems == () == review.strangers


def test_it_says_which_version_left() -> None:
    origin = read_review(out()).origin
    made = edition()
    assert (origin.story, origin.slug) == (made.story.id, made.story.slug)
    assert (origin.version, origin.digest) == ("2.4", made.digest)


def test_rows_have_the_numbers_of_the_editor() -> None:
    numbers = [(one.number, one.part) for one in read_review(out()).rows]
    assert numbers[:6] == [("1", "s1.0"), ("2", "s2.0"), ("3", "s3.0"), ("4", "s3.1"), ("5", "b4"), ("5", "b4")]
    assert numbers[-1] == ("12", "s10.1")


@pytest.mark.parametrize("draft", [False, True])
def test_every_page_says_what_it_is(draft: bool) -> None:
    parts = parts_of(write_review(edition(draft=draft)))
    header, footer = parts["word/header1.xml"].decode(), parts["word/footer1.xml"].decode()
    for words in ("REVIEW COPY", "A Battery That Works at −50 °C", "cold-battery", "2.4", edition().digest):
        assert words in header
    assert (DRAFT_MARK in header) is draft
    assert " PAGE " in footer
    assert " NUMPAGES " in footer
    assert b"trackRevisions" in parts["word/settings.xml"]


def test_scripts_have_their_faces_and_languages() -> None:
    styles = parts_of(out())["word/styles.xml"].decode()
    assert 'w:eastAsia="SimSun"' in styles
    assert 'w:val="en-US" w:eastAsia="zh-CN"' in styles


def test_changes_and_comments_are_those_of_word() -> None:
    parts = parts_of(out())
    root = etree.fromstring(parts[DOCUMENT])
    for tag, words in (("ins", "has been"), ("del", "was")):
        (change,) = root.findall(f".//w:{tag}", NS)
        assert (change.get(w("author")), change.get(w("date"))) == ("WANG Fang", "2024-03-12T07:00:00Z")
        assert "".join(change.itertext()) == words
    notes = etree.fromstring(parts["word/comments.xml"]).findall("w:comment", NS)
    assert [note.get(w("author")) for note in notes] == ["WANG Fang", "李伟", "王芳", "ZHAO Min"]
    assert [note.get(w("id")) for note in notes] == ["0", "1", "2", "3"]
    for number in "0123":
        for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            assert len(root.findall(f".//w:{tag}[@w:id='{number}']", NS)) == 1


def test_the_package_is_whole() -> None:
    parts = parts_of(out())
    types = etree.fromstring(parts["[Content_Types].xml"])
    named = {one.get("PartName", "").lstrip("/") for one in types if one.get("PartName")}
    assert named <= set(parts)
    assert "word/comments.xml" in named
    links = etree.fromstring(parts["word/_rels/document.xml.rels"])
    for link in links:
        target = link.get("Target", "")
        assert (target[3:] if target.startswith("../") else f"word/{target}") in parts
    root = etree.fromstring(parts[DOCUMENT])
    marks = root.findall(".//w:bookmarkStart", NS)
    names = [mark.get(w("name"), "") for mark in marks]
    assert len(set(names)) == len(names) == 4 * len(read_review(out()).rows)
    assert all(re.fullmatch(r"[_A-Za-z]\w{0,39}", name) for name in names)
    ends = [mark.get(w("id")) for mark in root.findall(".//w:bookmarkEnd", NS)]
    assert sorted(mark.get(w("id"), "") for mark in marks) == sorted(map(str, ends))
    assert all(len(tag.get(w("val"), "")) <= 64 for tag in root.iter(w("tag")))


def test_long_story_ids_fit_into_a_bookmark() -> None:
    for identity in ("0190a000-0000-7000-8000-000000000001", "s1.0", "é", "x" * 200, "中文" * 50, "0190A000-A"):
        code = code_of(identity)
        assert re.fullmatch(r"[uxh][0-9a-f]{2,32}", code)
        assert identity_of(code) in {identity, ""}
    assert identity_of(code_of("s1.0")) == "s1.0"
    assert identity_of("xff") == identity_of("uzz") == identity_of("x") == ""


# Changes that come home


def test_known_changes_come_home_as_known() -> None:
    found = row(read_review(out()), "s3.1")
    assert [(c.kind, c.text, c.author, c.known) for c in found.changes] == [
        ("delete", "was", "WANG Fang", True),
        ("insert", "has been", "WANG Fang", True),
    ]
    assert found.new_changes == ()
    assert not found.untracked


def test_new_changes_have_their_author_time_and_place() -> None:
    act = saying(
        "s1.0",
        run("A "),
        tracked("del", "Battery", "王芳"),
        tracked("ins", "Cell", "王芳", "2024-03-15T01:02:03Z"),
        run(" That Works"),
        tracked("ins", " Well"),
        run(" at −50 °C"),
    )
    found = row(read_review(edited(out(), act)), "s1.0")
    assert found.before == found.left_as == "A Battery That Works at −50 °C"
    assert found.after == "A Cell That Works Well at −50 °C"
    assert found.changes == (
        TrackedChange("delete", "Battery", "王芳", "2024-03-14T09:00:00Z", 2),
        TrackedChange("insert", "Cell", "王芳", "2024-03-15T01:02:03Z", 2),
        TrackedChange("insert", " Well", "ZHAO Min", "2024-03-14T09:00:00Z", 17),
    )


def test_a_change_in_several_runs_is_one_and_that_of_two_people_is_two() -> None:
    one = tracked("ins", "a ")
    one.append(run("very "))
    act = saying("s6.0", one, tracked("ins", "long "), tracked("ins", "dull ", "李伟"), run("a pilot line;"))
    found = row(read_review(edited(out(), act)), "s6.0")
    assert new(found) == [("insert", "a very long ", "ZHAO Min"), ("insert", "dull ", "李伟")]


def test_what_came_and_went_again_is_told_twice_and_is_in_neither_text() -> None:
    inner = tracked("ins", "", "李伟")
    inner.append(tracked("del", "nice "))
    found = row(read_review(edited(out(), saying("s6.0", run("a "), inner, run("pilot line;")))), "s6.0")
    assert found.before == found.after == "a pilot line;"
    assert new(found) == [("insert", "nice ", "李伟"), ("delete", "nice ", "ZHAO Min")]


def test_moved_words_are_a_deletion_and_an_insertion_that_say_so() -> None:
    act = saying("s6.0", run("a "), tracked("moveFrom", "pilot "), run("line"), tracked("moveTo", " pilot"), run(";"))
    found = row(read_review(edited(out(), act)), "s6.0")
    assert found.after == "a line pilot;"
    assert [(c.kind, c.moved) for c in found.changes] == [("delete", True), ("insert", True)]


def test_what_was_accepted_or_rejected_in_the_editor_is_told_from_what_left() -> None:
    accepted = edited(out(), saying("s3.1", run("It has been published.")))
    found = row(read_review(accepted), "s3.1")
    assert (found.before, found.after, found.untracked) == (found.left_as, found.left_as, False)
    rejected = edited(out(), saying("s3.1", run("It was published.")))
    found = row(read_review(rejected), "s3.1")
    assert (found.after, found.untracked, found.changes) == ("It was published.", True, ())
    half = edited(out(), saying("s3.1", run("It was"), tracked("ins", "has been", "WANG Fang"), run(" published.")))
    found = row(read_review(half), "s3.1")
    assert (found.after, found.untracked) == ("It washas been published.", True)


def test_words_typed_with_tracking_switched_off_are_noticed() -> None:
    act = saying("s6.0", run("a small line"), tracked("ins", " only"), run(";"))
    found = row(read_review(edited(out(), act)), "s6.0")
    assert found.untracked
    assert (found.before, found.after) == ("a small line;", "a small line only;")


def test_paragraphs_breaks_tabs_and_signs_are_text() -> None:
    line = run("one")
    for tag in ("tab", "br", "noBreakHyphen", "cr", "softHyphen"):
        etree.SubElement(line, w(tag))
    etree.SubElement(line, w("sym"), {w("font"): "Symbol", w("char"): "00B0"})

    def act(root: etree._Element) -> None:
        paragraph = target_of(root, "s6.0")
        say(paragraph, line)
        second = etree.SubElement(paragraph.getparent(), w("p"))
        second.append(run("“two’s”"))
        etree.SubElement(paragraph.getparent(), w("p"))

    found = row(read_review(edited(out(), act)), "s6.0")
    assert found.after == "one\t\n\u2011\n\u00ad°\n“two’s”"


def test_a_tracked_end_of_paragraph_joins_or_parts_lines() -> None:
    def act(root: etree._Element) -> None:
        paragraph = target_of(root, "s6.0")
        say(paragraph, run("a pilot"))
        mark = etree.SubElement(paragraph.find("w:pPr", NS), w("rPr"))
        etree.SubElement(mark, w("ins"), {w("id"): "1", w("author"): "ZHAO Min"})
        etree.SubElement(paragraph.getparent(), w("p")).append(run(" line;"))

    found = row(read_review(edited(out(), act)), "s6.0")
    assert (found.before, found.after) == ("a pilot line;", "a pilot\n line;")
    assert new(found) == [("insert", "\n", "ZHAO Min")]


def test_of_a_field_its_value_is_text() -> None:
    pieces = []
    for kind in ("begin", "code", "separate", "value", "end"):
        piece = run("9", "t") if kind == "value" else run(" DATE ", "instrText") if kind == "code" else run("")
        if kind in {"begin", "separate", "end"}:
            piece[:] = [etree.Element(w("fldChar"), {w("fldCharType"): kind})]
        pieces.append(piece)
    nested = run(" hidden")
    simple = etree.Element(w("fldSimple"), {w("instr"): "PAGE"})
    simple.append(run("7"))
    pieces[1:1] = [nested]
    found = row(read_review(edited(out(), saying("s6.0", *pieces, simple))), "s6.0")
    assert found.after == "97"


def test_what_is_no_text_is_named() -> None:
    picture = run("")
    picture[:] = [etree.Element(w("drawing"))]
    review = read_review(edited(out(), saying("s6.0", run("a pilot line;"), picture)))
    assert row(review, "s6.0").after == "a pilot line;"
    assert kinds(review) == [ProblemKind.LEFT_OUT]


# Comments that come home


def test_comments_come_home_with_author_words_place_and_thread() -> None:
    review = read_review(out())
    first, answer = row(review, "s3.0").comments
    assert (first.author, first.when, first.text) == ("WANG Fang", "2024-03-12T07:00:00Z", "Really?\nSee page 3.")
    assert (first.quote, first.at, first.side, first.thread, first.known) == ("announced", 22, "target", "c1", True)
    assert (answer.author, answer.text, answer.answers, answer.thread) == ("李伟", "是的。", first.number, "c1")
    (caption,) = row(review, "b4", "caption-en").comments
    assert (caption.side, caption.quote, caption.thread) == ("source", "沈若溪教授在实验室", "c2")
    assert [(one.text, one.thread) for one in review.comments] == [("总体不错", "c3")]


def test_a_new_comment_and_a_new_answer_are_told_from_those_that_left() -> None:
    def act(root: etree._Element) -> None:
        paragraph = target_of(root, "s6.0")
        say(paragraph, etree.Element(w("commentRangeStart"), {w("id"): "77"}), run("a pilot"))
        paragraph.append(etree.Element(w("commentRangeEnd"), {w("id"): "77"}))
        paragraph.append(run(" line;"))
        reference = run("")
        reference[:] = [etree.Element(w("commentReference"), {w("id"): "77"})]
        paragraph.append(reference)

    def note(root: etree._Element) -> None:
        made = etree.SubElement(
            root, w("comment"), {w("id"): "77", w("author"): "孙丽", w("date"): "0-00-00T00:00:00Z"}
        )
        paragraph = etree.SubElement(made, w("p"))
        paragraph.append(run("几条？"))

    data = edited(edited(out(), act), note, "word/comments.xml")
    (found,) = row(read_review(data), "s6.0").comments
    assert (found.author, found.text, found.quote) == ("孙丽", "几条？", "a pilot")
    assert (found.when, found.thread, found.known) == ("", "", False)


def test_resolved_threads_and_utc_moments_are_read() -> None:
    def resolve(root: etree._Element) -> None:
        root[0].set("{http://schemas.microsoft.com/office/word/2012/wordml}done", "1")

    def moment(root: etree._Element) -> None:
        name = "{http://schemas.microsoft.com/office/word/2023/wordml/word16du}dateUtc"
        root[0].set(name, "2024-03-12T07:00:00Z")
        root[0].set(w("date"), "2024-03-12T15:00:00Z")

    data = edited(edited(out(), resolve, "word/commentsExtended.xml"), moment, "word/comments.xml")
    first = row(read_review(data), "s3.0").comments[0]
    assert (first.resolved, first.when) == (True, "2024-03-12T07:00:00Z")
