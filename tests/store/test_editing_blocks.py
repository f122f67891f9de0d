"""Whole blocks that come, go and move: in their order, found and no longer found, and never a word of the source."""

from dataclasses import replace

import pytest
from office import Office

from desktop_app.desk.desk import Desk
from desktop_app.desk.editing import OvertakenError, edit_story
from desktop_app.desk.stories import search
from desktop_app.desk.verification import verify
from desktop_app.domain.edits import (
    Edit,
    InsertBlock,
    MoveBlock,
    RemoveBlock,
    ReplaceSegments,
    SetPlacement,
    apply,
    inverse,
    set_status,
    set_target,
)
from desktop_app.domain.story import Bilingual, Block, BlockKind, Content, Placement, Segment, SegmentStatus, Story
from desktop_app.foundation.errors import BugError, NotAllowedError, WrongUsageError


def picture(key: str, caption: str = "A gate") -> Block:
    return Block(key, BlockKind.PICTURE, placement=Placement(f"{key}.jpg", caption=Bilingual("校门", caption)))


def text(key: str, said: str = "Added by the house.") -> Block:
    return Block(key, BlockKind.PARAGRAPH, (Segment(f"{key}-s", "", said, SegmentStatus.DRAFT),))


def blocks(office: Office, story: Story) -> list[Block]:
    return list(office.open(story).story.content.blocks)


def edit(office: Office, story: Story, *edits: Edit) -> None:
    edit_story(office.desk, story.id, list(edits), by=office["li"])


def test_blocks_come_go_and_move_as_the_plain_edits_say(office: Office) -> None:
    """The archive and ``domain.edits.apply`` agree, edit by edit, and so do the edits that take them back."""
    story = office.story(paragraphs=3)
    content: Content = office.open(story).story.content
    head, one, two, three, place = (block.id for block in content.blocks)
    steps: list[Edit] = [
        InsertBlock(picture("p1"), head),
        InsertBlock(picture("p2"), head),
        InsertBlock(text("t1"), "p1"),
        InsertBlock(picture("p3"), None),
        MoveBlock("p1", three),
        MoveBlock("t1", None),
        RemoveBlock("p2"),
        InsertBlock(picture("p4"), three),
        MoveBlock(place, one),
        RemoveBlock("p3"),
        MoveBlock("p4", two),
    ]
    back: list[Edit] = []
    for step in steps:
        back.append(inverse(content, step))
        content = apply(content, step)
        edit(office, story, step)
        assert blocks(office, story) == list(content.blocks), step
        assert verify(office.desk).problems == ()
    for step in reversed(back):
        content = apply(content, step)
        edit(office, story, step)
        assert blocks(office, story) == list(content.blocks), step
    assert content == story.content
    assert verify(office.desk).problems == ()


def test_several_in_one_save_and_words_written_at_once(office: Office) -> None:
    story = office.story()
    head = blocks(office, story)[0].id
    words = replace(picture("p1").placement, caption=Bilingual("校门", "The west gate"))
    steps = [InsertBlock(picture("p1"), head), InsertBlock(text("t1"), "p1"), SetPlacement("p1", words)]
    edit(office, story, *steps, set_target(text("t1").segments[0], "x"), RemoveBlock("t1"), MoveBlock("p1", None))
    assert [block.id for block in blocks(office, story)][:2] == ["p1", head]
    assert blocks(office, story)[0].placement == words
    assert verify(office.desk).problems == ()


def found(desk: Desk, words: str) -> list[str]:
    return [hit.part for hit in search(desk, words)]


def test_what_came_is_found_and_what_went_is_not(office: Office) -> None:
    story = office.story()
    head = blocks(office, story)[0].id
    airship, music = picture("p1", "Zeppelin over campus"), text("t1", "Xylophone")
    edit(office, story, InsertBlock(airship, head), InsertBlock(music, head))
    assert found(office.desk, "Zeppelin") == ["p1"]
    assert found(office.desk, "Xylophone") == ["t1-s"]
    edit(office, story, RemoveBlock("p1"), RemoveBlock("t1"))
    assert found(office.desk, "Zeppelin") == found(office.desk, "Xylophone") == []


def test_the_source_stays_as_it_came(office: Office) -> None:
    story = office.story()
    before = blocks(office, story)
    source = Block("new", BlockKind.PARAGRAPH, (Segment("new-s", "新的一段。"),))
    for wrong in (
        InsertBlock(source, before[0].id),
        InsertBlock(Block("new", BlockKind.PICTURE), before[0].id),
        InsertBlock(Block("new", BlockKind.PARAGRAPH), before[0].id),
        RemoveBlock(before[1].id),
        MoveBlock(before[1].id, before[2].id),
    ):
        with pytest.raises(BugError):
            edit(office, story, InsertBlock(picture("first"), None), wrong)
        assert blocks(office, story) == before, "nothing of the whole step was written"


def test_what_is_not_there_or_there_already_is_refused(office: Office) -> None:
    story, other = office.story(), office.story()
    head, theirs = blocks(office, story)[0].id, blocks(office, other)[-1]
    for wrong in (
        InsertBlock(picture("p"), "nowhere"),
        InsertBlock(picture("p"), theirs.id),
        InsertBlock(picture(head), None),
        InsertBlock(picture(theirs.id), None),
        RemoveBlock(theirs.id),
        MoveBlock(theirs.id, None),
        MoveBlock(blocks(office, story)[-1].id, theirs.id),
    ):
        with pytest.raises(WrongUsageError):
            edit(office, story, wrong)
    taken = Segment(office.segments(other)[1].id, "", "Stolen", SegmentStatus.DRAFT)
    with pytest.raises(WrongUsageError):
        edit(office, story, InsertBlock(Block("t", BlockKind.PARAGRAPH, (taken,)), head))


def test_a_picture_that_somebody_described_meanwhile_is_not_taken_out(office: Office) -> None:
    story = office.story()
    seen = blocks(office, story)[-1]
    assert seen.placement is not None
    described = replace(seen.placement, alt=Bilingual("", "Students at the gate"))
    edit(office, story, SetPlacement(seen.id, described))
    with pytest.raises(OvertakenError):
        edit(office, story, RemoveBlock(seen.id, was=seen))
    edit(office, story, RemoveBlock(seen.id, was=replace(seen, placement=described)))
    assert seen.id not in [block.id for block in blocks(office, story)]


def test_a_locked_text_is_not_taken_out(office: Office) -> None:
    story = office.story()
    added = text("t1")
    edit(office, story, InsertBlock(added, None))
    edit(office, story, replace(set_status(added.segments[0], SegmentStatus.DRAFT), locked=True))
    with pytest.raises(NotAllowedError, match="locked"):
        edit(office, story, RemoveBlock("t1"))


def test_a_picture_more_or_less_makes_a_sign_off_stale(office: Office) -> None:
    story = office.story()
    office.through(story, ["li:submit", "wang:claim"])
    head = blocks(office, story)[0].id
    edit_story(office.desk, story.id, [InsertBlock(picture("p1"), head)], by=office["wang"])
    assert office.open(story).story.modified
    office.through(story, ["wang:sign"])
    digest = office.open(story).digest
    edit_story(office.desk, story.id, [MoveBlock("p1", None)], by=office["wang"])
    assert office.open(story).digest != digest
    assert office.open(story).situation.standing.next_step == "revision"


def test_the_memory_follows_an_added_text(office: Office) -> None:
    """It has no source, so it is no pair; and what went is no pair either."""
    story = office.story()
    added = text("t1")
    edit(office, story, InsertBlock(added, None), set_status(added.segments[0], SegmentStatus.CONFIRMED))
    edit(office, story, set_target(added.segments[0], "Other words."), RemoveBlock("t1"))
    split = blocks(office, story)[1]
    edit(office, story, set_target(split.segments[1], "Gone at once."), ReplaceSegments(split.id, (
        replace(split.segments[0], source=split.segments[0].source + split.segments[1].source),)))  # fmt: skip
    assert verify(office.desk).problems == ()


def test_many_blocks_make_room_and_gaps_are_used(office: Office) -> None:
    story = office.story(paragraphs=60)
    content = office.open(story).story.content
    place = content.blocks[-1].id
    edits: list[Edit] = []
    for number, block in enumerate(content.blocks[:-1]):
        edits += [InsertBlock(picture(f"a{number}"), block.id), InsertBlock(picture(f"b{number}"), block.id)]
        edits += [RemoveBlock(f"a{number}"), MoveBlock(place, block.id), MoveBlock(f"b{number}", None)]
    for one in edits:
        content = apply(content, one)
    edit(office, story, *edits)
    assert blocks(office, story) == list(content.blocks)
    assert verify(office.desk).problems == ()
