"""What stories leave in the memory: nothing but what is confirmed or signed, and only as long as it stands."""

import pytest
from office import Office

from desktop_app.desk.editing import edit_story
from desktop_app.desk.memory import all_units, look_up, memory_facts
from desktop_app.desk.verification import verify
from desktop_app.domain.edits import ReplaceSegments, SetPlacement, SetSegment, set_status, set_target
from desktop_app.domain.memory import Layer, MemoryUnit
from desktop_app.domain.story import Bilingual, Placement, Segment, SegmentStatus, Story
from desktop_app.language.memory import STORY_END, context_key

SIGNED = ["li:submit", "wang:claim", "wang:sign"]


def units(office: Office, layer: Layer) -> list[MemoryUnit]:
    return list(all_units(office.desk, [layer]))


def signed(office: Office) -> list[str]:
    return [unit.target for unit in units(office, Layer.SIGNED)]


def drafts(office: Office) -> list[str]:
    return [unit.target for unit in units(office, Layer.DRAFT)]


def confirm(office: Office, story: Story, at: int, status: SegmentStatus = SegmentStatus.CONFIRMED) -> bool:
    segment = office.segments(story)[at]
    return edit_story(office.desk, story.id, [set_status(segment, status)], by=office["li"]).memory


def test_a_review_that_is_signed_leaves_every_pair(office: Office, story: Story) -> None:
    office.through(story, ["li:submit", "wang:claim"])
    assert signed(office) == []
    assert office.act(story, "sign", "wang").memory
    segments = office.segments(story)
    found = units(office, Layer.SIGNED)
    assert [(unit.source, unit.target) for unit in found] == [
        *((segment.source, segment.target) for segment in segments),
        ("校门前的学生", "Students at the gate"),
    ]
    assert {(unit.drafter, unit.reviser, unit.story, unit.origin) for unit in found} == {
        ("LI Wei", "WANG Min", story.id, story.slug)
    }
    assert [unit.segment for unit in found[:-1]] == [segment.id for segment in segments]
    assert all(unit.at.startswith("2024-01-29T") for unit in found)
    keys = [STORY_END, *(context_key(segment.source) for segment in segments), STORY_END]
    assert [(unit.before, unit.after) for unit in found[:-1]] == list(zip(keys, keys[2:], strict=False))
    assert (found[-1].before, found[-1].after) == (None, None)
    assert verify(office.desk).problems == ()


def test_what_stood_in_the_same_place_has_101(office: Office, story: Story) -> None:
    office.through(story, SIGNED)
    first, second, third = (segment.source for segment in office.segments(story)[:3])
    assert [match.score for match in look_up(office.desk, first, before=None, after=second)][:1] == [101]
    assert [match.score for match in look_up(office.desk, second, before=first, after=third)][:1] == [101]
    assert [match.score for match in look_up(office.desk, second, before=third, after=first)][:1] == [100]
    assert [match.score for match in look_up(office.desk, second)][:1] == [100]


def test_the_segment_itself_can_be_left_out(office: Office, story: Story) -> None:
    office.through(story, SIGNED)
    segment = office.segments(story)[0]
    assert look_up(office.desk, segment.source, least=90)
    assert look_up(office.desk, segment.source, least=90, but=segment.id) == []


def test_signing_again_takes_the_place_of_what_was_signed(office: Office, story: Story) -> None:
    office.through(story, SIGNED)
    before = units(office, Layer.SIGNED)
    office.through(story, ["wang:withdraw", "wang:claim", "wang:edit", "wang:sign"])
    after = units(office, Layer.SIGNED)
    assert len(after) == len(before)
    assert len({unit.segment for unit in after}) == len(after)
    assert [unit.target for unit in after] != [unit.target for unit in before]
    assert units(office, Layer.DRAFT) == []


def test_the_approval_adds_nothing_to_what_the_review_signed(office: Office, story: Story) -> None:
    office.through(story, SIGNED)
    before = units(office, Layer.SIGNED)
    office.through(story, ["zhao:approval"])
    assert units(office, Layer.SIGNED) == before


def test_each_of_three_reviews_signs_the_pairs(office: Office) -> None:
    story = office.story(policy="three-reviews")
    office.through(story, ["li:submit", "wang:first"])
    assert {unit.reviser for unit in units(office, Layer.SIGNED)} == {"WANG Min"}
    office.through(story, ["chen:second"])
    assert {unit.reviser for unit in units(office, Layer.SIGNED)} == {"CHEN Bo"}
    assert len(signed(office)) == 6


@pytest.mark.parametrize("step", ["wang:withdraw", "zhao:return"])
def test_what_is_taken_back_or_returned_is_a_draft_again(office: Office, story: Story, step: str) -> None:
    office.through(story, SIGNED)
    before = signed(office)
    person, _, action = step.partition(":")
    assert office.act(story, action, person).memory
    assert signed(office) == []
    assert drafts(office) == before
    assert {unit.reviser for unit in units(office, Layer.DRAFT)} == {""}
    (match, *_) = look_up(office.desk, office.segments(story)[0].source)
    assert (match.score, match.similarity) == (90, 100.0)


def test_words_changed_after_the_sign_off_leave_the_memory_and_the_others_stay(office: Office, story: Story) -> None:
    office.through(story, SIGNED)
    before = signed(office)
    changes = office.write(story, "Other words.", by="zhao")
    assert changes.memory
    assert signed(office) == [target for at, target in enumerate(before) if at != 1]
    assert drafts(office) == []


def test_a_correction_leaves_what_was_released(office: Office, story: Story) -> None:
    office.through(story, [*SIGNED, "zhao:approval", "zhao:release", "zhao:correct"])
    assert len(signed(office)) == 6
    office.write(story, "Corrected.")
    assert len(signed(office)) == 5


def test_a_killed_story_leaves_nothing(office: Office, story: Story) -> None:
    office.through(story, SIGNED)
    office.act(story, "kill", "zhao")
    assert len(signed(office)) == 6
    assert office.act(story, "kill", "wang").memory
    assert list(all_units(office.desk, list(Layer))) == []
    assert verify(office.desk).problems == ()


def test_a_confirmed_segment_is_a_draft_until_it_changes(office: Office, story: Story) -> None:
    assert confirm(office, story, 1)
    (unit,) = units(office, Layer.DRAFT)
    segment = office.segments(story)[1]
    assert (unit.source, unit.target, unit.drafter, unit.reviser) == (segment.source, segment.target, "LI Wei", "")
    assert (unit.story, unit.segment, unit.origin) == (story.id, segment.id, story.slug)
    assert not confirm(office, story, 1, SegmentStatus.REVISED), "the pair is there already"
    assert office.write(story, "Typed again.").memory
    assert drafts(office) == []
    assert not office.write(story, "And again.").memory
    assert confirm(office, story, 1)
    assert drafts(office) == ["And again."]
    assert confirm(office, story, 1, SegmentStatus.REJECTED)
    assert drafts(office) == []
    assert memory_facts(office.desk).draft == 0


def test_a_segment_that_is_divided_leaves_its_draft(office: Office, story: Story) -> None:
    confirm(office, story, 1)
    block = next(block for block in office.open(story).story.content.blocks if len(block.segments) > 1)
    first = block.segments[0]
    half = len(first.source) // 2
    divided = [
        Segment(first.id, first.source[:half], "One.", SegmentStatus.CONFIRMED),
        Segment(office.desk.new_id(), first.source[half:], "Two.", SegmentStatus.DRAFT),
        *block.segments[1:],
    ]
    assert edit_story(office.desk, story.id, [ReplaceSegments(block.id, tuple(divided))], by=office["li"]).memory
    assert [(unit.source, unit.target) for unit in units(office, Layer.DRAFT)] == [(first.source[:half], "One.")]
    joined = [Segment(first.id, first.source, "One two.", SegmentStatus.DRAFT), *block.segments[1:]]
    edit_story(office.desk, story.id, [ReplaceSegments(block.id, tuple(joined))], by=office["li"])
    assert drafts(office) == []


def test_a_caption_that_changes_leaves_the_memory(office: Office, story: Story) -> None:
    office.through(story, SIGNED)
    block = next(block for block in office.open(story).story.content.blocks if block.placement is not None)
    same = SetPlacement(block.id, block.placement or Placement(""))
    assert not edit_story(office.desk, story.id, [same], by=office["zhao"]).memory
    other = SetPlacement(block.id, Placement("1.jpg", caption=Bilingual("校门前的学生", "Other words")))
    assert edit_story(office.desk, story.id, [other], by=office["zhao"]).memory
    assert "Students at the gate" not in signed(office)
    assert len(signed(office)) == 5


def test_a_signed_pair_that_is_confirmed_again_is_no_draft(office: Office, story: Story) -> None:
    office.through(story, [*SIGNED, "wang:withdraw", "wang:claim", "wang:sign"])
    segment = office.segments(story)[1]
    office.through(story, ["zhao:approval", "zhao:release", "zhao:correct"])
    edit = SetSegment(segment.id, segment.target, SegmentStatus.CONFIRMED, segment.locked)
    assert not edit_story(office.desk, story.id, [edit], by=office["li"]).memory
    assert drafts(office) == []


def test_a_rejected_segment_and_an_empty_one_are_not_signed_into_the_memory(office: Office, story: Story) -> None:
    confirm(office, story, 2, SegmentStatus.REJECTED)
    edit_story(office.desk, story.id, [set_target(office.segments(story)[3], "")], by=office["li"])
    office.through(story, SIGNED)
    segments = office.segments(story)
    left_out = {segments[2].id, segments[3].id}
    assert {unit.segment for unit in units(office, Layer.SIGNED)}.isdisjoint(left_out)
    assert len(signed(office)) == 4
