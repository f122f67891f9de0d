"""A review document comes home from Word: changes as proposals by their authors, comments, and everything else told."""

import random
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree
from office import Office
from word_hands import (
    NS,
    Act,
    edited,
    packed,
    parts_of,
    row_of,
    run,
    say,
    saying,
    target_of,
    tracked,
    w,
    without,
)

from desktop_app.desk import returned_talk
from desktop_app.desk.bringing_home import BroughtHome, bring_home
from desktop_app.desk.comments import comment, discussion, reply
from desktop_app.desk.desk import SILENT
from desktop_app.desk.exporting import export
from desktop_app.desk.homecoming import plan_home
from desktop_app.desk.opening_home import open_home
from desktop_app.desk.returning import Returning
from desktop_app.desk.returning_files import REVIEW_DOCUMENT
from desktop_app.desk.stories import story_history
from desktop_app.desk.verification import verify
from desktop_app.desk.wordings import wordings
from desktop_app.domain.returned_texts import texts_in
from desktop_app.domain.story import Segment, SegmentStatus, Story
from desktop_app.foundation.errors import InputRefusedError

LATE = "2024-03-14T09:30:00Z"


class Away:
    """A review document on its way to an editor and home again."""

    def __init__(self, office: Office, story: Story, folder: Path) -> None:
        self.office, self.story, self.folder = office, story, folder
        self.data = b""
        self.send()

    def send(self) -> None:
        (file,) = export(
            self.office.desk, [self.story.id], "docx-review", self.folder / "out.docx", draft=True, by=self.office["li"]
        )
        self.data = file.path.read_bytes()

    def edit(self, act: Act) -> None:
        self.data = edited(self.data, act)

    def segment(self, at: int) -> Segment:
        return self.office.segments(self.story)[at]

    def file(self) -> Path:
        path = self.folder / "home.docx"
        path.write_bytes(self.data)
        return path

    def read(self) -> Returning:
        (returning,) = REVIEW_DOCUMENT.read(self.office.desk, self.file(), SILENT).stories
        return returning

    def home(self, by: str = "li") -> BroughtHome:
        desk = self.office.desk
        plan = plan_home(desk, REVIEW_DOCUMENT.read(desk, self.file(), SILENT), by=self.office[by])
        return bring_home(desk, plan, by=self.office[by])

    def told(self) -> list[tuple[str, str]]:
        return [(str(one.reason), one.words) for one in self.read().told]


@pytest.fixture
def away(office: Office, story: Story, tmp_path: Path) -> Away:
    return Away(office, story, tmp_path)


def said(away: Away, at: int) -> list[tuple[str, str | None]]:
    """What a segment said over time, and by whom."""
    names = {person.id: key for key, person in away.office.people.items()}
    return [
        (one.text, names.get(one.person or ""))
        for one in wordings(away.office.desk, away.story.id, away.segment(at).id)
    ]


def keep(text: str) -> etree._Element:
    return run(text)


def ins(text: str, author: str = "WANG Min", at: str = "2024-03-14T09:00:00Z") -> etree._Element:
    return tracked("ins", text, author, at)


def gone(text: str, author: str = "WANG Min", at: str = "2024-03-14T09:00:00Z") -> etree._Element:
    return tracked("del", text, author, at)


# What went out


def test_an_untouched_document_brings_nothing(away: Away) -> None:
    returning = away.read()
    assert returning.base == returning.content == away.office.open(away.story).story.content
    assert (returning.comments, returning.told) == ((), ())
    assert away.home().changes.stories == frozenset()


def test_what_leaves_is_kept_as_a_version_that_says_so(office: Office, story: Story, tmp_path: Path) -> None:
    office.write(story, "Typed before it left.")
    away = Away(office, story, tmp_path)
    versions, events, _ = story_history(office.desk, story.id)
    assert [(str(one.number), one.reason) for one in versions] == [("1.0", "imported"), ("1.1", "sent out")]
    assert [one.operation for one in events][-2:] == ["version kept", "stories exported"]
    assert not office.open(story).story.modified
    office.write(story, "Typed after it left.")
    assert away.read().base == away.read().content
    assert texts_in(away.read().base)[away.segment(1).id, "target"].target == "Typed before it left."
    away.send()
    away.send()
    assert len(story_history(office.desk, story.id)[0]) == 3


def test_a_version_brings_no_sign_off_back(office: Office, story: Story, tmp_path: Path) -> None:
    office.through(story, ["li:submit", "wang:claim", "wang:sign"])
    office.write(story, "Typed after the review.", by="wang")
    before = office.open(story)
    Away(office, story, tmp_path)
    after = office.open(story)
    assert (after.story.state, after.situation.standing) == (before.story.state, before.situation.standing)
    assert verify(office.desk).problems == ()


# Changes and who made them


def test_tracked_changes_come_home_as_drafts_of_their_author(away: Away) -> None:
    segment = away.segment(1)
    away.edit(saying(segment.id, keep("Paragraph 0, "), gone("one"), ins("the first"), keep(".")))
    done = away.home()
    assert (done.applied, done.waiting) == (1, ())
    assert (away.segment(1).target, away.segment(1).status) == ("Paragraph 0, the first.", SegmentStatus.DRAFT)
    assert said(away, 1) == [("Paragraph 0, one.", None), ("Paragraph 0, the first.", "wang")]
    assert verify(away.office.desk).problems == ()


@pytest.mark.parametrize("name", ["Min Wang", "wang min", "王敏", "WANG Min 王敏", "Wáng Mǐn"])
def test_a_name_is_known_however_word_writes_it(away: Away, name: str) -> None:
    away.edit(saying(away.segment(1).id, keep("Paragraph 0, one"), ins(" more", name), keep(".")))
    assert set(away.read().authors.values()) == {away.office["wang"].id}


def test_two_authors_in_one_cell_have_their_words_each(away: Away) -> None:
    away.edit(
        saying(
            away.segment(1).id, gone("Paragraph", "CHEN Bo", LATE), ins("Part", "CHEN Bo", LATE), keep(" 0, one"),
            ins(", or so", "WANG Min"), keep("."),
        )
    )  # fmt: skip
    away.home()
    assert said(away, 1)[1:] == [("Paragraph 0, one, or so.", "wang"), ("Part 0, one, or so.", "chen")]


def test_words_that_were_deleted_before_they_were_written_are_the_last_one_s(away: Away) -> None:
    both = ins("", "CHEN Bo", LATE)
    both.append(gone("never", "WANG Min"))
    away.edit(saying(away.segment(1).id, keep("Paragraph 0, one"), ins(" two"), both, keep(".")))
    away.home()
    assert said(away, 1)[1:] == [("Paragraph 0, one two.", "chen")]


def test_words_of_a_stranger_are_nobody_s_here(away: Away) -> None:
    away.edit(saying(away.segment(1).id, keep("Paragraph 0, "), ins("some ", "Microsoft Office User"), keep("one.")))
    assert away.home().applied == 1
    assert said(away, 1)[-1] == ("Paragraph 0, some one.", None)
    (event,) = [one for one in story_history(away.office.desk, away.story.id)[1] if one.operation == "story merged"]
    assert event.data["strangers"] == ["Microsoft Office User"]
    assert len(away.office.people) == len(story_history(away.office.desk, away.story.id)[2])


def test_what_was_written_without_tracking_is_told_and_nobody_s(away: Away) -> None:
    away.edit(saying(away.segment(1).id, keep("Paragraph 0, uno"), ins("!", "WANG Min")))
    row = away.segment(1).id
    assert [(str(one.reason), one.part) for one in away.read().told] == [
        ("Row 2 was changed without tracking; the file does not say by whom.", row)
    ]
    away.home()
    assert said(away, 1)[1:] == [("Paragraph 0, uno", None), ("Paragraph 0, uno!", "wang")]


def test_accepting_and_rejecting_what_left_with_it(office: Office, story: Story, tmp_path: Path) -> None:
    office.through(story, ["li:submit", "wang:claim"])
    office.write(story, "Paragraph 0, the first.", by="wang")
    (file,) = export(office.desk, [story.id], "docx-review", tmp_path / "t.docx", draft=True, tracked=True)
    away = Away(office, story, tmp_path)
    for words, applied in (("Paragraph 0, the first.", 0), ("Paragraph 0, one.", 1)):
        away.data = edited(file.path.read_bytes(), saying(away.segment(1).id, keep(words)))
        assert away.home(by="wang").applied == applied
    assert away.segment(1).target == "Paragraph 0, one."


def test_formatting_and_moved_runs_are_no_change(away: Away) -> None:
    bold = keep("Paragraph 0, one.")
    bold.insert(0, etree.fromstring(f'<w:rPr xmlns:w="{NS["w"]}"><w:b/><w:rPrChange w:id="1" w:author="X"/></w:rPr>'))
    away.edit(saying(away.segment(1).id, bold))
    returning = away.read()
    assert (returning.base, returning.told) == (returning.content, ())


def test_captions_come_home_too(away: Away) -> None:
    picture = away.office.open(away.story).story.content.blocks[-1]
    away.edit(saying(picture.id, keep("Students at the "), ins("old ", "SUN Yue"), keep("gate")))
    away.home()
    place = away.office.open(away.story).story.content.blocks[-1].placement
    assert place is not None
    assert place.caption.en == "Students at the old gate"
    (_, last) = wordings(away.office.desk, away.story.id, picture.id)
    assert (last.field, last.person) == ("caption_en", away.office["sun"].id)


def test_what_was_changed_on_both_sides_waits(away: Away) -> None:
    away.edit(saying(away.segment(1).id, keep("Theirs.")))
    away.office.write(away.story, "Ours.")
    done = away.home()
    assert (done.applied, len(done.waiting)) == (0, 1)
    assert away.segment(1).target == "Ours."


def test_a_locked_row_stays(office: Office, story: Story, tmp_path: Path) -> None:
    office.lock(story)
    away = Away(office, story, tmp_path)
    away.edit(saying(away.segment(1).id, keep("Opened.")))
    assert ("Row 2 is locked here; what was changed in it waits for a decision.", "Opened.") in away.told()
    done = away.home()
    assert (done.applied, len(done.waiting)) == (0, 1)


# Everything that is not taken


def add_row(root: etree._Element) -> None:
    line = deepcopy(root.findall(".//w:tr", NS)[-1])
    for mark in [*line.iter(w("bookmarkStart")), *line.iter(w("bookmarkEnd")), *line.iter(w("sdt"))]:
        mark.getparent().remove(mark)
    root.find(".//w:tbl", NS).append(line)


def text_below(root: etree._Element) -> None:
    root.find("w:body", NS).findall("w:p", NS)[-1].append(run("Overall fine."))


def text_above(root: etree._Element) -> None:
    root.find("w:body", NS).findall("w:p", NS)[1].append(tracked("ins", " (better: New Term)", "WANG Min"))


def drop_row(root: etree._Element) -> None:
    line = root.findall(".//w:tr", NS)[2]
    line.getparent().remove(line)


def turn_rows(root: etree._Element) -> None:
    lines = root.findall(".//w:tr", NS)
    lines[2].addprevious(lines[3])


TOLD: dict[str, tuple[Act, str]] = {
    "row added": (add_row, "A row was added that is not in the story"),
    "row taken out": (drop_row, "Row 2 is not in the document any more: Paragraph 0, one."),
    "rows turned": (turn_rows, "The rows stand in another order; the story keeps its own order."),
    "text below": (text_below, "Text outside the table was written or changed, and is not taken over: Overall fine."),
    "text above": (text_above, "Text outside the table was written or changed, and is not taken over: (better: New"),
}


@pytest.mark.parametrize(("act", "reason"), TOLD.values(), ids=TOLD.keys())
def test_what_is_no_change_of_the_english_is_told_and_not_taken(away: Away, act: Act, reason: str) -> None:
    away.edit(act)
    returning = away.read()
    assert returning.base == returning.content
    assert any(str(one.reason).startswith(reason) for one in returning.told)


def test_a_row_that_is_marked_as_deleted_stays(away: Away) -> None:
    def delete(root: etree._Element) -> None:
        line = row_of(root, away.segment(1).id)
        etree.SubElement(line.find("w:trPr", NS), w("del"), {w("author"): "WANG Min", w("id"): "77"})
        say(target_of(root, away.segment(1).id), gone("Paragraph 0, one."))

    away.edit(delete)
    assert away.read().base == away.read().content
    assert [reason for reason, _ in away.told()] == ["Row 2 is marked as deleted by WANG Min."]


def test_words_that_are_deleted_leave_a_gap(away: Away) -> None:
    away.edit(saying(away.segment(1).id, gone("Paragraph 0, one.")))
    away.home()
    assert (away.segment(1).target, away.segment(1).status) == ("", SegmentStatus.UNTRANSLATED)


def test_a_source_that_was_written_over_is_told_and_the_words_beside_it_come_home(away: Away) -> None:
    def both(root: etree._Element) -> None:
        source = row_of(root, away.segment(1).id).findall("w:tc", NS)[1].find("w:p", NS)
        say(source, keep("第0段改了。"))
        say(target_of(root, away.segment(1).id), keep("Changed too."))

    away.edit(both)
    assert ("The source of row 2 was changed in the document; that is not taken over.", "第0段改了。") in away.told()
    away.home()
    assert (away.segment(1).source, away.segment(1).target) == ("第0段第一句。", "Changed too.")


def test_notes_under_the_page_text_boxes_and_struck_words_are_told(away: Away) -> None:
    def dress(root: etree._Element) -> None:
        note = etree.fromstring(f'<w:r xmlns:w="{NS["w"]}"><w:footnoteReference w:id="2"/></w:r>')
        box = etree.fromstring(
            f'<w:r xmlns:w="{NS["w"]}"><w:pict><w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p>'
            "</w:txbxContent></w:pict></w:r>"
        )
        struck = keep(" one")
        struck.insert(0, etree.fromstring(f'<w:rPr xmlns:w="{NS["w"]}"><w:strike/></w:rPr>'))
        say(target_of(root, away.segment(1).id), keep("Paragraph 0,"), struck, keep("."), note, box)

    away.edit(dress)
    parts = parts_of(away.data)
    parts["word/footnotes.xml"] = (
        f'<w:footnotes xmlns:w="{NS["w"]}"><w:footnote w:id="2"><w:p><w:r><w:t>See the source.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    ).encode()
    link = b'<Relationship Id="rId90" Type="http://x/relationships/footnotes" Target="footnotes.xml"/></Relationships>'
    links = "word/_rels/document.xml.rels"
    parts[links] = parts[links].replace(b"</Relationships>", link)
    away.data = packed(parts)
    assert away.told() == [
        ("Row 2 has a note under the page, which is not taken over: See the source.", "See the source."),
        ("Row 2 has a text box, which is not taken over: in a box", "in a box"),
        ("Words of row 2 are struck through; they are not deleted here: one", "one"),
    ]
    assert away.read().base == away.read().content


# Comments


def with_comments(data: bytes, *notes: tuple[str, str, str], on: str, answers: dict[int, int], done: set[int]) -> bytes:
    """The document with notes (author, moment, text) on a segment; some answer others, some are dealt with."""
    parts = parts_of(data)
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    w15 = "http://schemas.microsoft.com/office/word/2012/wordml"
    inner = "".join(
        f'<w:comment w:id="{n}" w:author="{who}" w:date="{when}"><w:p w14:paraId="{n + 1:08X}"><w:r><w:t>{text}</w:t>'
        "</w:r></w:p></w:comment>"
        for n, (who, when, text) in enumerate(notes, 500)
    )
    head = f'<w:comments xmlns:w="{NS["w"]}" xmlns:w14="{w14}">'
    old = parts.get("word/comments.xml", b"").decode()
    if old:
        parts["word/comments.xml"] = old.replace("</w:comments>", inner + "</w:comments>").encode()
    else:
        parts["word/comments.xml"] = f"{head}{inner}</w:comments>".encode()
    ends = "".join(
        f'<w15:commentEx w15:paraId="{n + 1:08X}" w15:done="{int(n - 500 in done)}"'
        + (f' w15:paraIdParent="{500 + answers[n - 500] + 1:08X}"' if n - 500 in answers else "")
        + "/>"
        for n in range(500, 500 + len(notes))
    )
    known = parts.get("word/commentsExtended.xml", f'<w15:commentsEx xmlns:w15="{w15}"></w15:commentsEx>'.encode())
    parts["word/commentsExtended.xml"] = _closed(known.decode(), ends)
    links = "word/_rels/document.xml.rels"
    if not old:
        added = (
            '<Relationship Id="rId91" Type="http://x/relationships/comments" Target="comments.xml"/>'
            '<Relationship Id="rId92" Type="http://x/relationships/commentsExtended" Target="commentsExtended.xml"/>'
        )
        parts[links] = parts[links].replace(b"</Relationships>", added.encode() + b"</Relationships>")

    def mark(root: etree._Element) -> None:
        paragraph = target_of(root, on)
        for n in range(500, 500 + len(notes)):
            paragraph.append(etree.fromstring(f'<w:r xmlns:w="{NS["w"]}"><w:commentReference w:id="{n}"/></w:r>'))

    return edited(packed(parts), mark)


def _closed(known: str, ends: str) -> bytes:
    return known.replace("</w15:commentsEx>", f"{ends}</w15:commentsEx>").encode()


def talk(away: Away) -> list[tuple[bool, list[tuple[str, str]]]]:
    found = discussion(away.office.desk, away.story.id)
    return [(one.open, [(found.name(note.person), note.text) for note in one.notes]) for one in found.comments]


def test_comments_and_answers_come_home_once(away: Away) -> None:
    notes = (
        ("WANG Min", "2024-03-14T09:00:00Z", "Is this right?"),
        ("Somebody Else", "2024-03-14T09:01:00Z", "No."),
        ("陈博", "2024-03-14T09:02:00Z", "Dealt with."),
    )
    away.data = with_comments(away.data, *notes, on=away.segment(1).id, answers={1: 0}, done={2})
    away.home()
    expected = [
        (True, [("WANG Min", "Is this right?"), ("LI Wei", "Somebody Else: No.")]),
        (False, [("CHEN Bo", "Dealt with.")]),
    ]
    assert sorted(talk(away), key=str) == sorted(expected, key=str)
    away.edit(text_below)  # saved again with something else in it
    away.home()
    assert sorted(talk(away), key=str) == sorted(expected, key=str)
    assert verify(away.office.desk).problems == ()


def test_an_answer_goes_into_the_thread_that_left(office: Office, story: Story, tmp_path: Path) -> None:
    made = comment(office.desk, story.id, office.segments(story)[1].id, "Really?", by=office["wang"]).comment
    away = Away(office, story, tmp_path)
    reply(office.desk, made.id, "Meanwhile here.", by=office["li"])
    parts = parts_of(away.data)
    w14 = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
    left = etree.fromstring(parts["word/comments.xml"]).find(".//w:p", NS).get(w14)
    data = with_comments(away.data, ("CHEN Bo", LATE, "Yes."), on=away.segment(1).id, answers={}, done=set())
    parts = parts_of(data)
    ends = parts["word/commentsExtended.xml"].decode()
    whole = f'w15:paraId="{501:08X}" w15:done="0"'
    assert whole in ends
    parts["word/commentsExtended.xml"] = ends.replace(whole, f'{whole} w15:paraIdParent="{left}"').encode()
    away.data = packed(parts)
    away.home()
    assert talk(away) == [(True, [("WANG Min", "Really?"), ("LI Wei", "Meanwhile here."), ("CHEN Bo", "Yes.")])]


def test_a_comment_that_was_taken_out_there_stays_here(office: Office, story: Story, tmp_path: Path) -> None:
    comment(office.desk, story.id, office.segments(story)[1].id, "Really?", by=office["wang"])
    away = Away(office, story, tmp_path)
    away.data = without(away.data, "word/comments")
    reason = "A comment of WANG Min is not in the document any more; it stays here: Really?"
    assert away.told() == [(reason, "Really?")]
    away.home()
    assert len(talk(away)) == 1


# The file has lost what it was


Loss = Callable[[Away], None]


def lose_map(away: Away) -> None:
    away.data = without(away.data, "customXml", "docProps/custom")


def lose_digest(away: Away) -> None:
    """A map that names a version nobody knows here."""
    parts = parts_of(away.data)
    for name in parts:
        if b'digest="' in parts[name] or b"DiptychDigest" in parts[name]:
            digest = away.office.open(away.story).digest.encode()
            parts[name] = parts[name].replace(digest, b"0" * 64)
    away.data = packed(parts)


@pytest.mark.parametrize("lose", [lose_map, lose_digest])
def test_changes_come_home_when_marks_are_lost(away: Away, lose: Loss) -> None:
    segment = away.segment(1)
    lose(away)
    away.edit(saying(segment.id, keep("Paragraph 0, "), gone("one"), ins("the first"), keep(".")))
    away.office.write(away.story, "Written here meanwhile.", at=2)
    done = away.home()
    assert (done.applied, done.waiting) == (1, ())
    assert [one.target for one in away.office.segments(away.story)[1:3]] == [
        "Paragraph 0, the first.",
        "Written here meanwhile.",
    ]


def test_without_any_ground_nothing_is_written_over(away: Away) -> None:
    """No map, no hashes, a version that is not known: what stands here is not taken for what went out."""
    lose_digest(away)

    def strip(root: etree._Element) -> None:
        for mark in [one for one in root.iter(w("bookmarkStart")) if one.get(w("name"), "").startswith("_dh")]:
            mark.getparent().remove(mark)
        say(target_of(root, away.segment(1).id), keep("Theirs."))

    away.edit(strip)
    lose_map(away)
    away.office.write(away.story, "Ours.")
    done = away.home()
    assert away.segment(1).target == "Ours."
    assert len(done.waiting) == 1


def test_a_document_of_another_archive_is_refused(away: Away, tmp_path: Path) -> None:
    other = Office.founded(tmp_path / "other")
    for _ in range(40):
        other.desk.new_id()
    try:
        with pytest.raises(InputRefusedError, match="of a story that is not in this archive") as caught:
            REVIEW_DOCUMENT.read(other.desk, away.file(), SILENT)
        assert caught.value.subject == str(away.file())
    finally:
        other.desk.close()


def test_a_damaged_document_is_refused_by_name(away: Away) -> None:
    away.data = away.data[:-200]
    with pytest.raises(InputRefusedError) as caught:
        away.read()
    assert caught.value.subject.endswith("home.docx")


# Who may, and what means harm


def test_a_review_that_somebody_else_has_in_hand_waits(office: Office, story: Story, tmp_path: Path) -> None:
    office.through(story, ["li:submit", "wang:claim"])
    away = Away(office, story, tmp_path)
    away.edit(saying(away.segment(1).id, keep("Paragraph 0, "), ins("new ", "CHEN Bo"), keep("one.")))
    path = away.file()
    assert len(plan_home(office.desk, open_home(office.desk, path), by=office["li"]).stories[0].conflicts) == 1
    assert away.home(by="wang").applied == 1
    assert said(away, 1)[-1] == ("Paragraph 0, new one.", "chen")
    assert office.open(story).situation.last_editor == office["wang"].id  # a name in a file proves nothing


def test_too_many_comments_are_refused(away: Away, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returned_talk, "_MOST", 1)
    notes = [("WANG Min", LATE, "One."), ("WANG Min", LATE, "Two.")]
    away.data = with_comments(away.data, *notes, on=away.segment(1).id, answers={}, done=set())
    with pytest.raises(InputRefusedError, match="more than 1 comments"):
        away.read()


def test_an_old_word_file_is_refused_with_what_to_do(away: Away) -> None:
    away.data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    with pytest.raises(InputRefusedError, match="old Word") as caught:
        open_home(away.office.desk, away.file())
    assert caught.value.subject.endswith("home.docx")


@pytest.mark.parametrize("seed", range(15))
def test_a_damaged_document_is_refused_or_read_but_never_breaks(away: Away, seed: int) -> None:
    chance = random.Random(seed)
    parts = parts_of(away.data)
    name = chance.choice(["word/document.xml", "customXml/item1.xml"])
    data = bytearray(parts[name])
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 3)] = chance.choice([b"", b'"', b"w:", b"0", b"_d", b"x"])
    away.data = packed({**parts, name: bytes(data)})
    before = away.office.segments(away.story)
    with suppress(InputRefusedError):
        away.home()
    assert [one.source for one in away.office.segments(away.story)] == [one.source for one in before]
    assert verify(away.office.desk).problems == ()
