"""Find and replace over an archive: what is found, one act for all stories with an event each, and taking it back."""

import pytest
from office import Office

from desktop_app.desk.desk import Progress
from desktop_app.desk.editing import edit_story
from desktop_app.desk.replacing import (
    FoundStory,
    Pick,
    Replacement,
    find_in_archive,
    replace_in_archive,
    undo_replacement,
    where_left,
)
from desktop_app.desk.stories import story_history
from desktop_app.desk.verification import verify
from desktop_app.domain.edits import set_status, set_target
from desktop_app.domain.story import SegmentStatus, Story, StoryState
from desktop_app.foundation.errors import CancelledError, WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.language.finding_text import Matcher, Query
from desktop_app.language.replacing_text import Replacer


def found(office: Office, query: str, **how: object) -> list[FoundStory]:
    return list(find_in_archive(office.desk, Matcher(Query(query)), by=office["li"], **how))  # type: ignore[arg-type]


def picks(office: Office, query: str, by: str, *, signed: bool = False) -> list[Pick]:
    replacer = Replacer(Matcher(Query(query)), by)
    return [
        Pick(story.id, text.part, text.side, text.text, replacer.replaced(text.text).text)
        for story in found(office, query)
        for text in story.texts
        if story.refusal(text, signed=signed) is None
    ]


def replace(office: Office, query: str, by: str, *, signed: bool = False) -> Replacement:
    wanted = picks(office, query, by, signed=signed)
    return replace_in_archive(office.desk, wanted, by=office["li"], name=query, signed=signed)


def targets(office: Office, story: Story) -> list[str]:
    return [segment.target for segment in office.segments(story)]


def caption(office: Office, story: Story) -> str:
    return next(office.open(story).story.content.placements()).caption.en


def operations(office: Office, story: Story) -> list[str]:
    return [event.operation for event in story_history(office.desk, story.id)[1]]


# Finding


def test_every_side_is_found_in_reading_order(office: Office, story: Story) -> None:
    (one,) = found(office, "one")
    assert [text.text for text in one.texts] == ["Paragraph 0, one.", "Paragraph 1, one."]
    assert [text.text[slice(*text.spans[0])] for text in one.texts] == ["one", "one"]
    assert [text.side for text in found(office, "学", where="both")[0].texts] == ["source", "caption-zh"]
    assert [text.side for text in found(office, "gate")[0].texts] == ["caption-en"]
    assert found(office, "gate", where="source") == []


def test_the_last_changed_story_comes_first_and_states_choose(office: Office) -> None:
    first, second = office.story(), office.story()
    office.write(first, "Something about paragraphs.")
    assert [one.id for one in found(office, "paragraph")] == [first.id, second.id]
    office.through(second, ["li:submit"])
    assert [one.id for one in found(office, "paragraph", states=[StoryState.SUBMITTED])] == [second.id]
    assert [one.id for one in found(office, "paragraph", stories=[first.slug])] == [first.id]
    with pytest.raises(WrongUsageError):
        found(office, "paragraph", stories=["nobody"])


@pytest.mark.parametrize(
    "text",
    [
        "\u212aelvin",
        "ki\u017fs",
        "K\u0130SS",
        "k\u0131ss",
        "50% off_all",
        "a\u037eb\u1fefc",
        "Cafe\u0301",
        "100 per cent",
    ],
)
def test_what_the_database_leaves_out_has_no_hit(office: Office, text: str) -> None:
    story = office.story()
    office.write(story, f"It says {text} here.")
    for query in ("kiss", "KISS", "kelvin", "% off_", "A;B`", "cafe", "per cent", "e", "s"):
        matcher = Matcher(Query(query))
        expected = [target for target in targets(office, story) if matcher.spans(target)]
        assert [one.text for found_in in found(office, query, stories=[story.id]) for one in found_in.texts
                if one.side == "target"] == expected  # fmt: skip


def test_finding_ends_at_its_limit(office: Office) -> None:
    for _ in range(4):
        office.story()
    assert len(found(office, "paragraph")) == 4
    assert len(found(office, "paragraph", limit=5)) == 2


def test_refusals_are_told_before_anything_is_replaced(office: Office) -> None:
    locked, claimed, approved, released = (office.story() for _ in range(4))
    office.lock(locked)
    office.through(claimed, ["li:submit", "wang:claim"])
    office.through(approved, ["li:submit", "wang:claim", "wang:sign", "zhao:sign"])
    office.through(released, ["li:submit", "wang:claim", "wang:sign", "zhao:sign", "zhao:release"])
    by_story = {one.id: one for one in found(office, "one")}
    assert [text.refused is not None for text in by_story[locked.id].texts] == [True, False]
    assert by_story[claimed.id].refused is not None
    assert (by_story[approved.id].refused, by_story[approved.id].signed) == (None, True)
    assert by_story[approved.id].refusal(by_story[approved.id].texts[0], signed=False) is not None
    assert by_story[approved.id].refusal(by_story[approved.id].texts[0], signed=True) is None
    assert by_story[released.id].refusal(by_story[released.id].texts[0], signed=True) is not None


# Replacing


def test_one_act_with_an_event_for_every_story(office: Office) -> None:
    stories = [office.story() for _ in range(3)]
    before = len(office_events(office))
    done = replace(office, "paragraph", "Section")
    assert len(done.replaced) == 12
    assert done.changes.stories == {story.id for story in stories}
    assert len(office_events(office)) == before + 3
    for story in stories:
        assert targets(office, story)[1] == "Section 0, one."
        assert operations(office, story)[-1] == "words replaced"
    assert verify(office.desk).problems == ()


def office_events(office: Office) -> list[str]:
    with office.desk.archive.read() as session:
        return [row[0] for row in session.connection().exec_driver_sql("select operation from events")]


def test_what_is_replaced_becomes_a_draft_and_undo_confirms_it_again(office: Office, story: Story) -> None:
    segment = office.segments(story)[1]
    edit_story(office.desk, story.id, [set_status(segment, SegmentStatus.CONFIRMED)], by=office["li"])
    replace(office, "paragraph", "Section")
    assert office.segments(story)[1].status is SegmentStatus.DRAFT
    done = undo_replacement(office.desk, by=office["li"])
    assert len(done.replaced) == 4
    assert office.segments(story)[1].status is SegmentStatus.CONFIRMED
    assert targets(office, story)[1] == "Paragraph 0, one."
    assert operations(office, story)[-1] == "replacement undone"
    assert verify(office.desk).problems == ()


def test_captions_are_replaced_and_brought_back(office: Office, story: Story) -> None:
    replace(office, "Students", "Pupils")
    assert caption(office, story) == "Pupils at the gate"
    undo_replacement(office.desk, by=office["li"])
    assert caption(office, story) == "Students at the gate"


def test_what_changed_meanwhile_is_left_and_told(office: Office) -> None:
    first, second = office.story(), office.story()
    wanted = picks(office, "one", "1")
    office.write(first, "Somebody was quicker, one.")
    office.lock(second, at=3)
    done = replace_in_archive(office.desk, wanted, by=office["li"])
    assert len(done.replaced) == 2
    assert {one.story for one in done.skipped} == {first.id, second.id}
    assert targets(office, first)[1] == "Somebody was quicker, one."
    assert targets(office, second)[3] == "Paragraph 1, one."


def test_a_story_that_was_claimed_meanwhile_is_left(office: Office) -> None:
    first, second = office.story(), office.story()
    wanted = picks(office, "one", "1")
    office.through(first, ["li:submit", "wang:claim"])
    done = replace_in_archive(office.desk, wanted, by=office["li"], signed=True)
    assert {one.story for one in done.skipped} == {first.id}
    assert {one.story for one in done.replaced} == {second.id}


def test_signed_stories_are_left_unless_asked_for(office: Office, story: Story) -> None:
    wanted = picks(office, "one", "1")
    office.through(story, ["li:submit", "wang:claim", "wang:sign", "zhao:sign"])
    assert replace_in_archive(office.desk, wanted, by=office["li"]).replaced == ()
    assert office.open(story).story.state is StoryState.APPROVED
    assert operations(office, story)[-1] == "step signed"
    assert len(replace_in_archive(office.desk, wanted, by=office["li"], signed=True).replaced) == 2
    assert office.open(story).story.state is StoryState.IN_REVISION


def test_the_chinese_cannot_be_replaced_at_all(office: Office, story: Story) -> None:
    segment = office.segments(story)[0]
    pick = Pick(story.id, segment.id, "source", segment.source, "x")
    done = replace_in_archive(office.desk, [pick], by=office["li"])
    assert (done.replaced, len(done.skipped)) == ((), 1)


def test_stopping_changes_nothing(office: Office) -> None:
    stories = [office.story() for _ in range(3)]
    wanted = picks(office, "one", "1")
    before = [targets(office, story) for story in stories]
    events = len(office_events(office))

    def report(done: int, _total: int) -> None:
        if done > 2:
            raise CancelledError(N_("The job was cancelled."))

    with pytest.raises(CancelledError):
        replace_in_archive(office.desk, wanted, by=office["li"], progress=Progress(report))
    assert [targets(office, story) for story in stories] == before
    assert len(office_events(office)) == events
    assert verify(office.desk).problems == ()


# Taking it back


def test_undo_leaves_what_was_written_since(office: Office, story: Story) -> None:
    replace(office, "paragraph", "Section")
    segment = office.segments(story)[1]
    edit_story(office.desk, story.id, [set_target(segment, "Section 0, rewritten.")], by=office["li"])
    done = undo_replacement(office.desk, by=office["li"])
    assert (len(done.replaced), len(done.skipped)) == (3, 1)
    assert targets(office, story)[1] == "Section 0, rewritten."


def test_each_replacement_is_taken_back_once_the_last_one_first(office: Office, story: Story) -> None:
    first = replace(office, "one", "1")
    replace(office, "two", "2")
    assert undo_replacement(office.desk, by=office["li"]).name == "two"
    assert undo_replacement(office.desk, first.batch, by=office["li"]).name == "one"
    assert targets(office, story)[1:3] == ["Paragraph 0, one.", "Paragraph 0, two."]
    with pytest.raises(WrongUsageError):
        undo_replacement(office.desk, by=office["li"])
    with pytest.raises(WrongUsageError):
        undo_replacement(office.desk, first.batch, by=office["li"])


def test_undo_leaves_texts_that_were_signed_since(office: Office, story: Story) -> None:
    replace(office, "one", "1")
    office.through(story, ["li:submit", "wang:claim", "wang:sign", "zhao:sign"])
    assert undo_replacement(office.desk, by=office["li"]).replaced == ()
    assert office.open(story).story.state is StoryState.APPROVED


def test_undo_says_in_how_many_stories_sign_offs_stay_stale(office: Office, story: Story) -> None:
    drafted = office.story()
    office.through(story, ["li:submit", "wang:claim", "wang:sign", "zhao:sign"])
    replace(office, "one", "1", signed=True)
    done = undo_replacement(office.desk, by=office["li"])
    assert {pick.story for pick in done.replaced} == {story.id, drafted.id}
    assert done.stale == 1
    file = office.open(story)
    assert "revision" not in file.situation.standing.valid
    replace(office, "two", "2")
    assert undo_replacement(office.desk, by=office["li"]).stale == 0


def test_what_is_left_has_a_place_that_people_know(office: Office, story: Story) -> None:
    wanted = picks(office, "one", "1") + picks(office, "gate", "door")
    office.write(story, "Something else by now.")
    claimed = replace_in_archive(office.desk, [*wanted, Pick(story.id, "gone", "target", "a", "b"),
                                               Pick("gone", "x", "target", "a", "b")], by=office["li"])  # fmt: skip
    rows = [segment.id for segment in office.segments(story)]
    said = {one.part: str(where_left(one)) for one in claimed.skipped}
    assert said == {
        rows[1]: f"{story.slug}, segment 2",
        "gone": f"{story.slug}, a text that is gone",
        "x": "a story that is no longer there",
    }


def test_a_replacement_of_which_nothing_stands_is_given_up_and_the_one_before_reached(
    office: Office, story: Story
) -> None:
    replace(office, "one", "1")
    replace(office, "two", "2")
    for at, segment in enumerate(office.segments(story)):
        if "2" in segment.target:
            office.write(story, "Written anew.", at=at)
    first = undo_replacement(office.desk, by=office["li"])
    assert (first.name, first.replaced, first.given_up, len(first.skipped)) == ("two", (), True, 2)
    assert all(one.number and one.slug == story.slug for one in first.skipped)
    second = undo_replacement(office.desk, by=office["li"])
    assert (second.name, len(second.replaced), second.given_up) == ("one", 2, False)
    with pytest.raises(WrongUsageError):
        undo_replacement(office.desk, by=office["li"])
    assert verify(office.desk).problems == ()


def test_what_still_stands_but_may_not_be_changed_is_not_given_up(office: Office) -> None:
    locked, claimed, overwritten = (office.story() for _ in range(3))
    replace(office, "one", "1")
    office.write(overwritten, "Written anew.", at=1)
    office.write(overwritten, "Written anew.", at=3)
    office.through(overwritten, ["li:submit", "wang:claim"])
    office.lock(locked, at=1)
    office.lock(locked, at=3)
    office.through(claimed, ["li:submit", "wang:claim"])
    done = undo_replacement(office.desk, by=office["li"])
    assert (done.replaced, done.given_up, len(done.skipped)) == ((), False, 6)
    office.lock(locked, at=1, locked=False)
    assert len(undo_replacement(office.desk, by=office["li"]).replaced) == 1


def test_what_is_recorded_is_what_was_stored(office: Office, story: Story) -> None:
    segment = office.segments(story)[1]
    wanted = Pick(story.id, segment.id, "target", segment.target, "C\x07D \ud800")
    (done,) = replace_in_archive(office.desk, [wanted], by=office["li"]).replaced
    assert done.after == targets(office, story)[1] == "CD "
    assert len(undo_replacement(office.desk, by=office["li"]).replaced) == 1
    assert targets(office, story)[1] == segment.target
