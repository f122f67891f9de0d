"""Accepting changes and restoring versions: kept with their events, outside the text, and taken back exactly."""

from dataclasses import replace

import pytest
from office import Office

from desktop_app.desk import workflow
from desktop_app.desk.accepting import accept_changes, step_of, step_opening, take_step
from desktop_app.desk.comparing import compared
from desktop_app.desk.desk import Changes
from desktop_app.desk.editing import edit_story
from desktop_app.desk.operations import sentence_of
from desktop_app.desk.restoring import restore_version, stale_if_restored
from desktop_app.desk.stories import open_version, story_history
from desktop_app.desk.verification import verify
from desktop_app.domain.changes import Regrouped
from desktop_app.domain.digest import signed_form
from desktop_app.domain.edits import ReplaceSegments, SetPlacement, set_target, split_segment
from desktop_app.domain.story import Bilingual, Languages, SegmentStatus, Story
from desktop_app.foundation.errors import NotAllowedError, WrongUsageError


@pytest.fixture
def revised(office: Office) -> Story:
    """A story that its reviser changed in three places after the draft was signed."""
    story = office.story()
    office.through(story, ["li:submit", "wang:claim"])
    office.write(story, "Paragraph nought, one.", by="wang", at=1)
    office.write(story, "Paragraph 0, two and more.", by="wang", at=2)
    place = office.open(story).story.content.blocks[-1]
    assert place.placement is not None
    edit = SetPlacement(place.id, replace(place.placement, caption=Bilingual("校门前的学生", "Students near the gate")))
    edit_story(office.desk, story.id, [edit], by=office["wang"])
    return story


def left(office: Office, story: Story, who: str = "li") -> int:
    """How many changes somebody has not accepted."""
    return len(compared(office.desk, story.id, person=office[who]).comparison.keys)


def test_changes_since_the_signed_draft_have_their_author(office: Office, revised: Story) -> None:
    seen = compared(office.desk, revised.id)
    assert seen.old == "1.0"
    assert len(seen.comparison.keys) == 3
    assert {seen.name(seen.authors[key].person) for key in seen.comparison.keys} == {"WANG Min"}
    assert seen.keys_by(office["wang"].id) == seen.comparison.keys
    assert seen.keys_by(office["li"].id) == []


def test_two_people_in_one_sentence_are_told_apart(office: Office) -> None:
    story = office.story()
    office.through(story, ["li:submit", "wang:claim"])
    office.write(story, "Section 0, one.", by="wang")
    office.through(story, ["wang:sign"])
    office.write(story, "Section 0, one today.", by="zhao")
    seen = compared(office.desk, story.id, "1.0")
    assert [seen.name(seen.authors[key].person) for key in seen.comparison.keys] == ["WANG Min", "ZHAO Qi"]


def test_accepted_changes_are_listed_no_more_and_come_back(office: Office, revised: Story) -> None:
    before = office.open(revised)
    seen = compared(office.desk, revised.id, person=office["li"])
    step = step_of(seen, seen.comparison.keys[:1])
    assert take_step(office.desk, revised.id, step, by=office["li"]) == Changes(stories=frozenset({revised.id}))
    assert left(office, revised) == 2
    assert office.open(revised).digest == before.digest
    assert office.open(revised).story.state == before.story.state
    assert len(compared(office.desk, revised.id).comparison.keys) == 3
    take_step(office.desk, revised.id, step.back(), by=office["li"])
    assert left(office, revised) == 3
    assert verify(office.desk).problems == ()


def test_all_can_be_accepted_by_author_or_by_segment(office: Office, revised: Story) -> None:
    assert accept_changes(office.desk, revised.id, author=office["zhao"], by=office["li"])[0] == 0
    assert accept_changes(office.desk, revised.id, segments=["2"], by=office["li"])[0] == 1
    assert left(office, revised) == 2
    assert accept_changes(office.desk, revised.id, author=office["wang"], by=office["li"])[0] == 2
    assert left(office, revised) == 0
    assert accept_changes(office.desk, revised.id, by=office["li"])[0] == 0


def test_a_later_change_of_an_accepted_text_is_listed_again(office: Office, revised: Story) -> None:
    accept_changes(office.desk, revised.id, by=office["li"])
    office.write(revised, "Paragraph nought, the first.", by="wang", at=1)
    seen = compared(office.desk, revised.id, person=office["li"])
    (change,) = seen.comparison.changes
    assert not isinstance(change, Regrouped)
    assert change.old == "Paragraph nought, one."
    assert len(seen.accepted.keys) == 3
    assert {author.person for author in seen.accepted_authors.values()} == {office["wang"].id}


def test_accepting_hides_a_change_from_nobody_else(office: Office, revised: Story) -> None:
    assert accept_changes(office.desk, revised.id, by=office["wang"])[0] == 3
    assert [left(office, revised, who) for who in ("wang", "li", "zhao")] == [0, 3, 3]
    assert len(compared(office.desk, revised.id).comparison.keys) == 3
    accept_changes(office.desk, revised.id, segments=["2"], by=office["li"])
    assert [left(office, revised, who) for who in ("wang", "li", "zhao")] == [0, 2, 3]
    assert verify(office.desk).problems == ()


def test_accepted_changes_are_taken_back_one_by_one(office: Office, revised: Story) -> None:
    accept_changes(office.desk, revised.id, by=office["zhao"])
    accept_changes(office.desk, revised.id, by=office["li"])
    for expected in (1, 2, 3):
        seen = compared(office.desk, revised.id, person=office["li"])
        key = seen.accepted.keys[0]
        place = next(change.place for change in seen.accepted.changes if key in change.keys)
        take_step(office.desk, revised.id, step_opening(seen, [key]), by=office["li"])
        seen = compared(office.desk, revised.id, person=office["li"])
        assert (len(seen.comparison.keys), len(seen.accepted.keys)) == (expected, 3 - expected)
        assert place in {change.place for change in seen.comparison.changes}
    assert left(office, revised, "zhao") == 0


def test_nobody_takes_back_what_somebody_else_accepted(office: Office, revised: Story) -> None:
    accept_changes(office.desk, revised.id, by=office["zhao"])
    seen = compared(office.desk, revised.id, person=office["zhao"])
    with pytest.raises(NotAllowedError):
        take_step(office.desk, revised.id, step_opening(seen, seen.accepted.keys), by=office["li"])
    assert left(office, revised, "zhao") == 0


def test_nobody_accepts_nothing(office: Office, revised: Story) -> None:
    seen = compared(office.desk, revised.id)
    with pytest.raises(WrongUsageError):
        step_of(seen, seen.comparison.keys)
    with pytest.raises(WrongUsageError):
        step_opening(seen, [])


def test_who_accepts_at_the_same_place_meanwhile_writes_nothing_over(office: Office, revised: Story) -> None:
    seen = compared(office.desk, revised.id, person=office["li"])
    step = step_of(seen, seen.comparison.keys[:1])
    accept_changes(office.desk, revised.id, segments=["2"], by=office["li"])
    with pytest.raises(NotAllowedError):
        take_step(office.desk, revised.id, step, by=office["li"])
    other = step_of(seen, seen.comparison.keys[1:2])
    take_step(office.desk, revised.id, other, by=office["li"])
    assert left(office, revised) == 1


def test_a_split_can_be_accepted(office: Office) -> None:
    story = office.story()
    block = office.open(story).story.content.blocks[1]
    split = split_segment(block.segments[0], office.desk.new_id(), 3, 9, Languages())
    edit_story(office.desk, story.id, [ReplaceSegments(block.id, (*split, *block.segments[1:]))], by=office["li"])
    (change,) = compared(office.desk, story.id).comparison.changes
    assert isinstance(change, Regrouped)
    accept_changes(office.desk, story.id, by=office["li"])
    assert left(office, story) == 0


def test_two_old_versions_are_past_accepting(office: Office, revised: Story) -> None:
    office.through(revised, ["wang:sign"])
    seen = compared(office.desk, revised.id, "1.0", "1.1", person=office["li"])
    assert seen.comparison.keys
    with pytest.raises(WrongUsageError):
        step_of(seen, seen.comparison.keys)


def test_changes_can_be_accepted_where_nothing_can_be_edited(office: Office, revised: Story) -> None:
    office.through(revised, ["wang:sign", "zhao:sign", "zhao:release"])
    assert accept_changes(office.desk, revised.id, since="1.0", by=office["li"])[0] == 3
    office.through(revised, ["zhao:unpublish", "zhao:kill", "chen:kill"])
    seen = compared(office.desk, revised.id, "1.0", person=office["wang"])
    with pytest.raises(NotAllowedError):
        take_step(office.desk, revised.id, step_of(seen, seen.comparison.keys), by=office["wang"])


def test_a_returned_story_is_compared_with_the_draft_that_was_handed_in(office: Office, revised: Story) -> None:
    office.through(revised, ["wang:return"])
    assert compared(office.desk, revised.id).old == "1.0"
    assert left(office, revised) == 3


# Restoring


def test_a_restored_version_is_a_new_version_and_what_stood_is_kept(office: Office) -> None:
    story = office.story()
    office.write(story, "Written later.")
    block = office.open(story).story.content.blocks[2]
    split = split_segment(block.segments[0], office.desk.new_id(), 3, 9, Languages())
    edit_story(office.desk, story.id, [ReplaceSegments(block.id, (*split, *block.segments[1:]))], by=office["li"])
    stood = office.open(story)
    done = restore_version(office.desk, story.id, "1.0", by=office["li"])
    assert (str(done.before), str(done.version)) == ("1.1", "1.2")
    now = office.open(story)
    assert signed_form(now.story.content) == signed_form(open_version(office.desk, story.id, "1.0"))
    assert signed_form(open_version(office.desk, story.id, "1.1")) == signed_form(stood.story.content)
    assert now.story.version == done.version
    assert not now.story.modified
    assert [v.reason for v in story_history(office.desk, story.id)[0]] == [
        "imported", "kept before restoring", "restored: 1.0",
    ]  # fmt: skip
    undone = restore_version(office.desk, story.id, str(done.before), by=office["li"])
    assert signed_form(office.open(story).story.content) == signed_form(stood.story.content)
    assert undone.before == done.version
    assert verify(office.desk).problems == ()


def test_restoring_unconfirms_what_it_changes_and_nothing_else(office: Office) -> None:
    story = office.story()
    segments = office.segments(story)
    confirm = [replace(set_target(segment, segment.target), status=SegmentStatus.CONFIRMED) for segment in segments]
    edit_story(office.desk, story.id, confirm, by=office["li"])
    office.write(story, "Written later.", at=1)
    restore_version(office.desk, story.id, "1.0", by=office["li"])
    assert [s.status for s in office.segments(story)][:3] == [
        SegmentStatus.CONFIRMED, SegmentStatus.DRAFT, SegmentStatus.CONFIRMED,
    ]  # fmt: skip


def test_restoring_what_stands_already_changes_nothing(office: Office) -> None:
    story = office.story()
    assert restore_version(office.desk, story.id, "1.0", by=office["li"]).changes == Changes()
    assert len(story_history(office.desk, story.id)[0]) == 1


def test_restoring_asks_the_guards(office: Office, revised: Story) -> None:
    with pytest.raises(NotAllowedError):
        restore_version(office.desk, revised.id, "1.0", by=office["li"])
    with pytest.raises(WrongUsageError):
        restore_version(office.desk, revised.id, "7.7", by=office["wang"])
    locked = office.story()
    office.write(locked, "Written later.")
    office.lock(locked)
    with pytest.raises(NotAllowedError):
        restore_version(office.desk, locked.id, "1.0", by=office["li"])
    assert len(story_history(office.desk, locked.id)[0]) == 1


def test_restoring_makes_a_signed_review_stale(office: Office, revised: Story) -> None:
    office.through(revised, ["wang:sign"])
    with pytest.raises(NotAllowedError, match="“Revision”"):
        restore_version(office.desk, revised.id, "1.0", by=office["wang"])
    assert "revision" in office.open(revised).situation.standing.valid
    told = [str(one) for one in stale_if_restored(office.desk, revised.id, "1.0")]
    restore_version(office.desk, revised.id, "1.0", by=office["wang"], signed=True)
    file = office.open(revised)
    assert "revision" not in file.situation.standing.valid
    assert told == ["“Revision” (WANG Min)"]
    assert file.stale
    workflow.sign(office.desk, revised.id, step=None, by=office["wang"])


def test_each_act_leaves_one_event_in_words(office: Office, revised: Story) -> None:
    before = len(story_history(office.desk, revised.id)[1])
    seen = compared(office.desk, revised.id, person=office["li"])
    step = step_of(seen, seen.comparison.keys)
    take_step(office.desk, revised.id, step, by=office["li"])
    take_step(office.desk, revised.id, step.back(), by=office["li"])
    restore_version(office.desk, revised.id, "1.0", by=office["wang"])
    policy = office.open(revised).policy
    told = [str(sentence_of(event, policy)) for event in story_history(office.desk, revised.id)[1][before:]]
    assert told == [
        "Accepted changes since version 1.0",
        "Took back what was accepted since version 1.0",
        "Restored version 1.0",
    ]
    assert take_step(office.desk, revised.id, step_of(seen, []), by=office["li"]) == Changes()


@pytest.mark.parametrize("steps", [["wang:sign"], ["wang:sign", "zhao:sign"], ["wang:sign", "wang:withdraw"], []])
def test_what_is_said_to_become_stale_is_what_does(office: Office, revised: Story, steps: list[str]) -> None:
    office.through(revised, steps)
    before = office.open(revised).situation.standing.valid
    told = stale_if_restored(office.desk, revised.id, "1.0")
    restore_version(office.desk, revised.id, "1.0", by=office["wang"], signed=True)
    after = office.open(revised).situation.standing.valid
    assert len(told) == len([step for step in before if step not in after])


def test_restoring_what_stands_answers_the_version_that_stands(office: Office, revised: Story) -> None:
    office.through(revised, ["wang:sign", "zhao:sign"])
    file = office.open(revised)
    same = [one.number for one in story_history(office.desk, revised.id)[0] if one.digest == file.digest]
    done = restore_version(office.desk, revised.id, str(same[0]), by=office["wang"])
    assert (done.before, done.version) == (file.story.version, file.story.version)
