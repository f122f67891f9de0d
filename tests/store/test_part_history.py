"""The history of one segment: who wrote which words when, from the first version on, and what it says now."""

from dataclasses import replace

from office import Office

from desktop_app.desk.editing import edit_story
from desktop_app.desk.part_history import part_history
from desktop_app.domain.edits import SetPlacement
from desktop_app.domain.story import Bilingual


def test_wordings_of_a_segment_come_newest_first_with_their_authors(office: Office) -> None:
    story = office.story()
    segment = office.segments(story)[1]
    office.write(story, "Section nought, one.")
    office.through(story, ["li:submit", "wang:claim"])
    office.write(story, "Section nought, the first.", by="wang")
    found = part_history(office.desk, story.id, segment.id)
    told = [(one.text, found.people[one.author.person].name) for one in found.worded if one.author.person]
    assert told == [
        ("Section nought, the first.", "WANG Min"), ("Section nought, one.", "LI Wei"), (segment.target, "LI Wei"),
    ]  # fmt: skip
    assert [one.stands for one in found.worded] == [True, False, False]
    newest = found.worded[0]
    assert [op for op in newest.ops if op[0] != "="] == [("-", "one"), ("+", "the first")]


def test_a_segment_that_nobody_wrote_in_since_says_what_its_versions_say(office: Office) -> None:
    story = office.story()
    segment = office.segments(story)[2]
    (only,) = part_history(office.desk, story.id, segment.id).worded
    assert (only.text, only.version, only.stands) == (segment.target, "1.0", True)


def test_a_caption_has_a_history_and_an_unknown_part_has_none(office: Office) -> None:
    story = office.story()
    block = office.open(story).story.content.blocks[-1]
    assert block.placement is not None
    caption = Bilingual(block.placement.caption.zh, "Students near the gate")
    edit_story(
        office.desk, story.id, [SetPlacement(block.id, replace(block.placement, caption=caption))], by=office["li"]
    )
    found = part_history(office.desk, story.id, block.id)
    assert [one.text for one in found.worded if one.field == "caption-en"] == [
        "Students near the gate", "Students at the gate",
    ]  # fmt: skip
    assert part_history(office.desk, story.id, "nothing").worded == ()
