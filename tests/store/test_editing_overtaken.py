"""An edit that carries what its writer saw is refused where somebody else wrote meanwhile; others hear of writes."""

from dataclasses import replace

import pytest
from office import Office

from desktop_app.desk.desk import open_desk
from desktop_app.desk.editing import OvertakenError, edit_story
from desktop_app.domain.edits import ReplaceSegments, SetPlacement, SetSegment, set_target
from desktop_app.domain.story import Bilingual, SegmentStatus


def test_words_written_meanwhile_are_not_written_over(office: Office) -> None:
    story = office.story()
    first, second = office.segments(story)[:2]
    office.write(story, "Theirs.", at=1)
    mine = [set_target(first, "Fine."), replace(set_target(second, "Mine."), was=second)]

    with pytest.raises(OvertakenError, match="changed elsewhere meanwhile"):
        edit_story(office.desk, story.id, mine, by=office["li"])

    assert [s.target for s in office.segments(story)[:2]] == [first.target, "Theirs."], "nothing of it was written"


def test_an_edit_of_what_was_seen_and_the_same_edit_again_are_taken(office: Office) -> None:
    story = office.story()
    seen = office.segments(story)[1]
    edit = SetSegment(seen.id, "Mine.", SegmentStatus.DRAFT, was=seen)
    edit_story(office.desk, story.id, [edit], by=office["li"])
    edit_story(office.desk, story.id, [edit], by=office["li"])
    unclean = SetSegment(seen.id, "Mine\x00.", SegmentStatus.DRAFT)
    later = SetSegment(seen.id, "More.", SegmentStatus.DRAFT, was=replace(seen, target=unclean.target))
    edit_story(office.desk, story.id, [later], by=office["li"])
    assert office.segments(story)[1].target == "More."


def test_a_recut_and_a_caption_are_refused_over_unseen_words(office: Office) -> None:
    story = office.story()
    content = office.open(story).story.content
    place = next(block for block in content.blocks if block.placement is not None)
    block = next(block for block in content.blocks if office.segments(story)[1] in block.segments)
    assert place.placement is not None
    other = replace(place.placement, caption=Bilingual("另", "Other"))
    office.write(story, "Theirs.", at=1)
    edit_story(office.desk, story.id, [SetPlacement(place.id, other)], by=office["li"])
    mine = replace(place.placement, caption=Bilingual("我", "Mine"))
    for edit in (
        SetPlacement(place.id, mine, was=place.placement),
        ReplaceSegments(block.id, block.segments, was=(*block.segments[:-1], replace(block.segments[-1], target="?"))),
    ):
        with pytest.raises(OvertakenError):
            edit_story(office.desk, story.id, [edit], by=office["li"])


def test_an_archive_tells_what_others_wrote_and_not_what_it_wrote_itself(office: Office) -> None:
    story = office.story()
    assert office.desk.archive.news() == []
    office.write(story, "Our own.")
    assert office.desk.archive.news() == []
    other = open_desk(office.desk.folder)
    edit_story(other, story.id, [set_target(office.segments(story)[1], "Theirs.")], by=office["li"])
    other.close()
    assert office.desk.archive.news() == [("story edited", story.id)]
    assert office.desk.archive.news() == []
    office.desk.archive.close()
    assert office.desk.archive.news() == []
