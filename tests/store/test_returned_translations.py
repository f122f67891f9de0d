"""An XLIFF file comes home from a translation tool: words and states as proposals, whatever the tool's habits."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from office import Office
from tool_hands import HABITS, NS, Habit, toolkit

from desktop_app.desk.bringing_home import BroughtHome, bring_home
from desktop_app.desk.comments import discussion
from desktop_app.desk.desk import SILENT
from desktop_app.desk.editing import edit_story
from desktop_app.desk.exporting import export
from desktop_app.desk.homecoming import plan_home
from desktop_app.desk.returning import Returning
from desktop_app.desk.returning_files import READERS, XLIFF
from desktop_app.desk.verification import verify
from desktop_app.desk.wordings import wordings
from desktop_app.domain.edits import ReplaceSegments, set_status, split_segment
from desktop_app.domain.story import Languages, SegmentStatus, Story
from desktop_app.foundation.errors import InputRefusedError

FIRST, SECOND = "第0段第一句。", "第0段第二句。"
NEW = "She said: “A & <B>”."


class Away:
    """An XLIFF file on its way to a tool and home again."""

    def __init__(self, office: Office, story: Story, folder: Path, *, draft: bool = True) -> None:
        self.office, self.story, self.folder = office, story, folder
        (file,) = export(office.desk, [story.id], "xliff", folder / "out.xlf", draft=draft, by=office["li"])
        self.data = file.path.read_bytes()

    def file(self) -> Path:
        path = self.folder / "home.xlf"
        path.write_bytes(self.data)
        return path

    def swap(self, old: str, new: str) -> None:
        text = self.data.decode()
        assert old in text, old
        self.data = text.replace(old, new).encode()

    def read(self) -> Returning:
        (returning,) = XLIFF.read(self.office.desk, self.file(), SILENT).stories
        return returning

    def home(self, by: str = "li") -> BroughtHome:
        desk = self.office.desk
        plan = plan_home(desk, XLIFF.read(desk, self.file(), SILENT), by=self.office[by])
        return bring_home(desk, plan, by=self.office[by])

    def told(self) -> list[str]:
        return [str(one.reason) for one in self.read().told]

    def drop(self, *paths: str) -> None:
        root = etree.fromstring(self.data)
        for path in paths:
            for one in root.findall(path, NS):
                one.getparent().remove(one)
        self.data = etree.tostring(root)

    def lose(self, *names: str) -> None:
        """Take attributes off the file element."""
        root = etree.fromstring(self.data)
        for name in names:
            del root.find("x:file", NS).attrib[name]
        self.data = etree.tostring(root)


@pytest.fixture
def away(office: Office, story: Story, tmp_path: Path) -> Away:
    return Away(office, story, tmp_path)


def targets(away: Away) -> dict[str, tuple[str, SegmentStatus]]:
    return {one.source: (one.target, one.status) for one in away.office.segments(away.story)}


def test_an_untouched_file_brings_nothing(away: Away) -> None:
    returning = away.read()
    assert returning.base == returning.content == away.office.open(away.story).story.content
    assert (returning.comments, returning.told) == ((), ())


@pytest.mark.parametrize("habit", HABITS.values(), ids=HABITS.keys())
def test_words_come_home_from_every_tool(away: Away, habit: Habit) -> None:
    before = targets(away)
    away.data = habit(away.data, {FIRST: NEW, SECOND: "Two."})
    assert [reader.kind for reader in READERS if reader.fits(away.data[:4096], frozenset())] == ["xliff"]
    done = away.home()
    assert (done.applied, done.waiting) == (2, ())
    after = targets(away)
    assert (after.pop(FIRST)[0], after.pop(SECOND)[0]) == (NEW, "Two.")
    assert after == {source: said for source, said in before.items() if source not in {FIRST, SECOND}}
    assert verify(away.office.desk).problems == ()


@pytest.mark.parametrize("habit", HABITS.values(), ids=HABITS.keys())
def test_saving_alone_changes_nothing(away: Away, habit: Habit) -> None:
    away.data = habit(away.data, {})
    returning = away.read()
    assert returning.base == returning.content
    assert returning.comments == ()


@pytest.mark.parametrize("habit", HABITS.values(), ids=HABITS.keys())
def test_nothing_is_written_over_whatever_the_tool(away: Away, habit: Habit) -> None:
    away.data = habit(away.data, {FIRST: NEW})
    away.office.write(away.story, "Written here meanwhile.")
    done = away.home()
    assert (done.applied, len(done.waiting)) == (0, 1)
    assert targets(away)[FIRST][0] == "Written here meanwhile."


def test_the_name_in_a_tool_s_phase_is_the_author(away: Away) -> None:
    away.data = HABITS["Lokalize"](away.data, {FIRST: NEW})
    away.home()
    segment = away.office.segments(away.story)[1]
    assert wordings(away.office.desk, away.story.id, segment.id)[-1].person == away.office["wang"].id
    (note,) = discussion(away.office.desk, away.story.id).comments
    assert (note.anchor, note.notes[0].person, note.notes[0].text) == (
        segment.id,
        away.office["li"].id,
        f"Changed: {NEW}",
    )


# States


@pytest.mark.parametrize(
    ("stood", "unit", "target", "status"),
    [
        (SegmentStatus.DRAFT, "no", "needs-review-translation", SegmentStatus.DRAFT),
        (SegmentStatus.DRAFT, "no", "translated", SegmentStatus.CONFIRMED),
        (SegmentStatus.DRAFT, "yes", "final", SegmentStatus.CONFIRMED),
        (SegmentStatus.DRAFT, "yes", "signed-off", SegmentStatus.CONFIRMED),
        (SegmentStatus.CONFIRMED, "no", "translated", SegmentStatus.CONFIRMED),
        (SegmentStatus.CONFIRMED, "no", "needs-l10n", SegmentStatus.DRAFT),
        (SegmentStatus.REVISED, "no", "needs-l10n", SegmentStatus.REVISED),
        (SegmentStatus.SIGNED_OFF, "no", "new", SegmentStatus.SIGNED_OFF),
    ],
)
def test_a_state_is_a_proposal(
    office: Office, story: Story, tmp_path: Path, stood: SegmentStatus, unit: str, target: str, status: SegmentStatus
) -> None:
    edit_story(office.desk, story.id, [set_status(office.segments(story)[1], stood)], by=office["li"])
    away = Away(office, story, tmp_path)
    root = etree.fromstring(away.data)
    (own,) = [one for one in root.iterfind(".//x:trans-unit", NS) if one.findtext("x:source", namespaces=NS) == FIRST]
    own.set("approved", unit)
    own.find("x:target", NS).set("state", target)
    away.data = etree.tostring(root)
    away.home()
    assert targets(away)[FIRST] == ("Paragraph 0, one.", status)


def test_new_words_are_confirmed_only_where_somebody_set_the_state(
    office: Office, story: Story, tmp_path: Path
) -> None:
    edit_story(office.desk, story.id, [set_status(office.segments(story)[1], SegmentStatus.CONFIRMED)], by=office["li"])
    away = Away(office, story, tmp_path)
    whole = away.data
    away.swap("Paragraph 0, one.", "Other.")  # Lokalize leaves the state as it was
    away.home()
    assert targets(away)[FIRST] == ("Other.", SegmentStatus.DRAFT)
    away.data = whole
    away.data = HABITS["commercial"](away.data, {SECOND: "Two."})
    away.home()
    assert targets(away)[SECOND] == ("Two.", SegmentStatus.CONFIRMED)


# What is not taken


def test_another_source_is_told_and_skipped(away: Away) -> None:
    away.swap(FIRST, "另一句。")
    away.swap("Paragraph 0, one.", "Another sentence.")
    returning = away.read()
    assert returning.base == returning.content
    assert [(str(one.reason), one.words) for one in returning.told] == [
        ("The source of row 2 is another in the file; the row is not taken over.", "Another sentence.")
    ]


def test_a_missing_unit_is_untouched_and_an_empty_one_is_told(away: Away) -> None:
    root = etree.fromstring(away.data)
    units = root.findall(".//x:trans-unit", NS)
    units[0].getparent().remove(units[0])
    units[1].find("x:target", NS).text = None
    units[2].remove(units[2].find("x:target", NS))
    away.data = etree.tostring(root)
    assert away.told() == [
        "The translation of row 2 is empty in the file; the one here stays.",
        "The translation of row 3 is empty in the file; the one here stays.",
    ]
    assert away.read().base == away.read().content


def test_a_unit_that_is_not_of_the_story_is_told(away: Away) -> None:
    root = etree.fromstring(away.data)
    body = root.find(".//x:body", NS)
    strange = etree.SubElement(body, f"{{{NS['x']}}}trans-unit", {"id": "77"})
    etree.SubElement(strange, f"{{{NS['x']}}}source").text = "不在其中。"
    etree.SubElement(strange, f"{{{NS['x']}}}target").text = "Not in it."
    away.data = etree.tostring(root)
    (told,) = away.told()
    assert told.startswith("Unit 77 on line ")
    assert told.endswith("is not in the story; it is not taken over: 不在其中。")


def test_two_translations_of_one_sentence_are_told(away: Away) -> None:
    """As a template that was filled from PO leaves them: the old unit, and one with a number."""
    root = etree.fromstring(away.data)
    body = root.find(".//x:body", NS)
    for number, words in ((90, "New."), (91, "Newer.")):
        unit = etree.SubElement(body, f"{{{NS['x']}}}trans-unit", {"id": str(number)})
        etree.SubElement(unit, f"{{{NS['x']}}}source").text = FIRST
        etree.SubElement(unit, f"{{{NS['x']}}}target").text = words
    away.data = etree.tostring(root)
    assert away.told() == ["The file has two translations of row 2; this one is not taken over."]
    away.home()
    assert targets(away)[FIRST][0] == "New."


def test_white_space_and_ways_of_writing_are_no_change(away: Away) -> None:
    away.swap("Paragraph 0, one.", "  Paragraph&#32;0,\n      one. ")
    away.swap(FIRST, f"  {FIRST}\n")
    returning = away.read()
    assert returning.base == returning.content
    assert returning.told == ()


def test_one_note_on_every_unit_is_one_comment(away: Away) -> None:
    away.swap("</target>", "</target><note from='memoQ'>Exported for review</note>")
    (note,) = away.read().comments
    assert note.notes[0].text == "Exported for review"


# The file has lost which text it was


def test_without_its_header_the_story_is_known_by_its_units(away: Away) -> None:
    away.lose("product-name", "product-version", "build-num", "original")
    away.drop("x:file/x:header")
    away.swap("Paragraph 0, one.", NEW.replace("&", "&amp;").replace("<", "&lt;"))
    assert away.told() == [
        "The text that went out is not known here; what came back is compared with the text as it stands."
    ]
    assert away.home().applied == 1
    assert targets(away)[FIRST][0] == NEW


def test_without_its_header_the_nearest_version_is_the_ground(away: Away) -> None:
    for at in (2, 3):
        away.office.write(away.story, "Written here meanwhile.", at=at)
    away.lose("build-num", "product-version")
    away.swap("Paragraph 0, one.", "Theirs.")
    (told,) = away.told()
    assert told.startswith("The text that went out is not known here; what came back is compared with version 1.0")
    done = away.home()
    assert (done.applied, done.waiting) == (1, ())
    assert targets(away)[FIRST][0] == "Theirs."
    assert targets(away)[SECOND][0] == "Written here meanwhile."


def test_a_split_here_meanwhile_keeps_both(away: Away) -> None:
    block = away.office.open(away.story).story.content.blocks[1]
    parts = split_segment(block.segments[0], away.office.desk.new_id(), 3, 10, Languages())
    edit_story(
        away.office.desk,
        away.story.id,
        [ReplaceSegments(block.id, (*parts, *block.segments[1:]))],
        by=away.office["li"],
    )
    away.swap("Paragraph 0, two.", "Theirs.")
    assert away.home().applied == 1
    assert targets(away)[SECOND][0] == "Theirs."


def test_sentences_that_several_stories_share_are_refused(office: Office, story: Story, tmp_path: Path) -> None:
    office.story()
    away = Away(office, story, tmp_path)
    away.data = toolkit(away.data, {FIRST: NEW})
    with pytest.raises(InputRefusedError, match="Several stories have these sentences"):
        away.read()


def test_a_file_of_another_archive_is_refused(away: Away) -> None:
    away.data = b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="x"><body>' \
        b'<trans-unit id="1"><source>a</source></trans-unit></body></file></xliff>'  # fmt: skip
    with pytest.raises(InputRefusedError, match="of a story that is not in this archive") as caught:
        away.read()
    assert caught.value.subject.endswith("home.xlf")


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xliff version="1.2">&b;</xliff>'
REFUSED = {
    "entities": BOMB,
    "no units": b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file><body/></file></xliff>',
    "version 2": b'<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"/>',
    "no xliff": b"<html/>",
    "cut off": b'<xliff version="1.2"><file><body>',
    "deep": b"<xliff>" + b"<group>" * 3000 + b"</group>" * 3000 + b"</xliff>",
    "empty": b"",
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED.keys())
def test_hostile_files_are_refused_by_name(away: Away, data: bytes) -> None:
    away.data = data
    with pytest.raises(InputRefusedError) as caught:
        away.read()
    assert caught.value.subject.endswith("home.xlf")


def test_many_units_take_no_quadratic_time(away: Away) -> None:
    unit = '<trans-unit id="{0}"><source>没有{0}。</source><target>t</target></trans-unit>'
    away.swap("</body>", "".join(unit.format(n) for n in range(20_000)) + "</body>")
    assert len(away.read().told) == 20_000


def test_a_base_that_is_known_needs_no_trust_in_the_file(away: Away) -> None:
    """A tool's alternative translations are nobody's words."""
    away.data = HABITS["commercial"](away.data, {})
    returning = away.read()
    assert replace(returning.content, blocks=()) == replace(returning.base, blocks=())
    assert returning.content == returning.base
