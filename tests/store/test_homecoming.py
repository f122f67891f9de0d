"""Work comes home: merged in one transaction, with its authors and comments, and nothing of it lost."""

from dataclasses import replace
from pathlib import Path

import pytest
from journeys import Roads, back, home, planned, send, text
from office import Office

from desktop_app.desk.bringing_home import bring_home
from desktop_app.desk.comments import change_note, comment, delete, discussion, reply, resolve
from desktop_app.desk.desk import Changes, Progress
from desktop_app.desk.editing import OvertakenError, edit_story
from desktop_app.desk.homecoming import open_home, plan_home
from desktop_app.desk.open_conflicts import open_conflicts
from desktop_app.desk.operations import OPERATIONS
from desktop_app.desk.people import add_person, list_people
from desktop_app.desk.stories import story_history
from desktop_app.desk.verification import verify
from desktop_app.desk.wordings import wordings
from desktop_app.domain.edits import ReplaceSegments, SetPlacement, join_segments, split_segment
from desktop_app.domain.merging.changes import Side
from desktop_app.domain.merging.deciding import Written
from desktop_app.domain.story import Bilingual, Languages, Story, StoryState
from desktop_app.foundation.errors import CancelledError, InputRefusedError
from desktop_app.foundation.messages import N_
from desktop_app.store import stories as story_store


@pytest.fixture
def roads(tmp_path: Path) -> Roads:
    return Roads(tmp_path)


def test_words_from_there_and_words_from_here_come_together(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.write(story, "Written away.", by="li", at=1)
    there.write(story, "This too.", by="li", at=3)
    office.write(story, "Written here.", by="li", at=2)
    path = roads.back(there)
    plan = planned(office, path)
    (one,) = plan.stories
    assert (plan.applied, plan.conflicts, one.effect.state) == (2, 0, StoryState.DRAFTING)
    assert text(office, story, 1) == "Paragraph 0, one.", "a plan writes nothing"
    done = home(office, path)
    assert [text(office, story, at) for at in (1, 2, 3)] == ["Written away.", "Written here.", "This too."]
    assert (done.applied, done.waiting, done.changes.stories) == (2, (), {story.id})
    versions, events, _ = story_history(office.desk, story.id)
    assert [version.reason for version in versions] == ["imported", "kept before merging", "merged"]
    assert {"work came home", "story merged"} <= {event.operation for event in events} <= OPERATIONS.keys()
    assert verify(office.desk).problems == ()


def test_words_that_came_home_belong_to_whoever_wrote_them(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.write(story, "By Li.", by="li", at=1)
    there.write(story, "By Sun.", by="sun", at=3)
    home(office, roads.back(there), by="zhao")
    segments = office.segments(story)
    last = {one.part: one for one in wordings(office.desk, story.id)}
    assert last[segments[1].id].person == office["li"].id
    assert last[segments[3].id].person == office["sun"].id
    at = office.open(story).situation
    assert at.last_editor == office["sun"].id
    assert at.drafters == {office["sun"].id}, "who wrote in the draft there does not review it here"


def test_returning_twice_changes_nothing_and_says_so(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.write(story, "Written away.", by="li")
    path = roads.back(there)
    home(office, path)
    office.write(story, "Written here afterwards.", by="li")
    again = planned(office, path)
    assert again.nothing is not None
    assert not again.changes_anything
    events = len(story_history(office.desk, story.id)[1])
    assert home(office, path).changes == Changes()
    assert text(office, story) == "Written here afterwards."
    assert len(story_history(office.desk, story.id)[1]) == events


def test_work_that_goes_on_brings_only_what_is_new(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.write(story, "First.", by="li", at=1)
    home(office, back(there, roads.file()))
    office.write(story, "Changed here since.", by="li", at=1)
    there.write(story, "Second.", by="li", at=2)
    done = home(office, roads.back(there))
    assert (done.applied, done.waiting) == (1, ())
    assert [text(office, story, at) for at in (1, 2)] == ["Changed here since.", "Second."]


def test_an_old_edition_after_a_newer_one_brings_nothing_and_says_why(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.write(story, "First.", by="li")
    old = back(there, roads.file())
    there.write(story, "Second.", by="li")
    new = roads.back(there)
    home(office, new)
    plan = planned(office, old)
    assert plan.nothing is not None
    assert "newer" in str(plan.nothing).lower()
    assert home(office, old).changes == Changes()
    assert text(office, story) == "Second."


def test_the_package_as_it_went_out_brings_nothing(office: Office, roads: Roads) -> None:
    story = office.story()
    path = send(office, [story], roads.file())
    assert planned(office, path).nothing is not None


def test_one_package_opened_in_two_places_comes_home_from_both(office: Office, roads: Roads) -> None:
    from journeys import away  # noqa: PLC0415 - used here alone

    story = office.story()
    package = send(office, [story], roads.file())
    one, other = away(office, package, roads.folder()), away(office, package, roads.folder())
    one.write(story, "At home.", by="li", at=1)
    other.write(story, "At work.", by="li", at=2)
    home(office, roads.back(one))
    home(office, roads.back(other))
    assert [text(office, story, at) for at in (1, 2)] == ["At home.", "At work."]


def test_a_package_of_another_archive_is_refused(office: Office, template: Path, roads: Roads) -> None:
    other = Office.moved(template, roads.folder())
    story = other.story()
    there = roads.out(other, [story])
    there.write(story, "Elsewhere.", by="li")
    path = roads.back(there)
    other.desk.close()
    with pytest.raises(InputRefusedError):
        planned(office, path)


def test_a_truncated_or_altered_package_is_refused_whole(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.write(story, "Written away.", by="li")
    path = roads.back(there)
    whole = path.read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:-30], whole[:900] + b"\0" + whole[901:], b"PK\3\4", b""):
        path.write_bytes(damaged)
        with pytest.raises(InputRefusedError) as refused:
            planned(office, path)
        assert refused.value.subject
    with pytest.raises(InputRefusedError):
        planned(office, path.parent / "nowhere.diptych")
    assert text(office, story) == "Paragraph 0, one."


@pytest.mark.parametrize("first", ["li", "sun"])
def test_two_people_away_with_one_story_come_home_in_either_order(office: Office, roads: Roads, first: str) -> None:
    story = office.story()
    there = {name: roads.out(office, [story], to=name) for name in ("li", "sun")}
    there["li"].write(story, "Li.", by="li", at=1)
    there["sun"].write(story, "Sun.", by="sun", at=2)
    paths = {name: roads.back(place, by=name) for name, place in there.items()}
    second = "sun" if first == "li" else "li"
    for name in (first, second):
        assert home(office, paths[name]).waiting == ()
    assert [text(office, story, at) for at in (1, 2)] == ["Li.", "Sun."]
    assert verify(office.desk).problems == ()


@pytest.mark.parametrize("first", ["li", "sun"])
def test_one_sentence_written_by_both_is_asked_in_either_order(office: Office, roads: Roads, first: str) -> None:
    story = office.story()
    there = {name: roads.out(office, [story], to=name) for name in ("li", "sun")}
    for name, place in there.items():
        place.write(story, f"By {name}.", by=name, at=1)
    paths = {name: roads.back(place, by=name) for name, place in there.items()}
    second = "sun" if first == "li" else "li"
    assert home(office, paths[first]).waiting == ()
    assert len(home(office, paths[second]).waiting) == 1
    (asked,) = open_conflicts(office.desk)
    assert (asked.base, asked.mine, asked.theirs) == ("Paragraph 0, one.", f"By {first}.", f"By {second}.")
    assert asked.author == office[second].id
    assert text(office, story) == f"By {first}."


def test_a_conflict_is_decided_with_the_merge(office: Office, roads: Roads) -> None:
    stories = [office.story() for _ in range(4)]
    there = roads.out(office, stories)
    for story in stories:
        there.write(story, "Theirs.", by="li")
        office.write(story, "Mine.", by="sun")
    path = roads.back(there)
    mine, theirs, own, left = stories
    keys = {story.story: story.conflicts[0].key for story in planned(office, path).stories}
    decisions = {
        (mine.id, keys[mine.id]): Side.OURS,
        (theirs.id, keys[theirs.id]): Side.THEIRS,
        (own.id, keys[own.id]): Written(("Both.",)),
    }
    done = home(office, path, decisions=decisions)
    assert [text(office, story) for story in stories] == ["Mine.", "Theirs.", "Both.", "Mine."]
    assert [one.story for one in open_conflicts(office.desk)] == [left.id]
    assert len(done.waiting) == 1
    says = {one.text: one.person for story in stories for one in wordings(office.desk, story.id)}
    assert says["Theirs."] == office["li"].id
    assert says["Both."] == office["sun"].id


def test_all_conflicts_are_taken_from_one_side(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    for at in (1, 2):
        there.write(story, f"Theirs {at}.", by="li", at=at)
        office.write(story, f"Mine {at}.", by="li", at=at)
    done = home(office, roads.back(there), others=Side.THEIRS)
    assert (done.applied, done.waiting) == (2, ())
    assert [text(office, story, at) for at in (1, 2)] == ["Theirs 1.", "Theirs 2."]


def test_split_there_and_joined_here(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    block = office.open(story).story.content.blocks[1]
    first, second = block.segments
    halves = split_segment(first, there.desk.new_id(), 2, 10, Languages())
    edit_story(there.desk, story.id, [ReplaceSegments(block.id, (*halves, second))], by=there["li"])
    joined = join_segments(first, second, Languages())
    edit_story(office.desk, story.id, [ReplaceSegments(block.id, (joined,))], by=office["li"])
    done = home(office, roads.back(there))
    said = " ".join(segment.target for segment in office.open(story).story.content.blocks[1].segments)
    waits = " ".join(one.theirs for one in open_conflicts(office.desk))
    assert "Paragraph 0, one." in said
    assert done.waiting == () or "Paragraph 0" in waits
    assert verify(office.desk).problems == ()


def test_captions_changed_on_both_sides_are_asked_field_by_field(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])

    def describe(place: Office, **texts: object) -> None:
        block = place.open(story).story.content.blocks[-1]
        assert block.placement is not None
        edit = SetPlacement(block.id, replace(block.placement, **texts), was=block.placement)  # type: ignore[arg-type]
        edit_story(place.desk, story.id, [edit], by=place["li"])

    describe(there, caption=Bilingual("校门前的学生", "There"), alt=Bilingual("", "Students"))
    describe(office, caption=Bilingual("校门前的学生", "Here"), credit="LI Wei")
    done = home(office, roads.back(there))
    (place,) = office.open(story).story.content.placements()
    assert (place.caption.en, place.alt.en, place.credit) == ("Here", "Students", "LI Wei")
    (asked,) = open_conflicts(office.desk)
    assert (asked.key[1], asked.base, asked.mine, asked.theirs) == (
        "caption-en",
        "Students at the gate",
        "Here",
        "There",
    )
    assert len(done.waiting) == 1


# Comments and people


def test_comments_come_home_with_their_authors_and_times_and_never_twice(office: Office, roads: Roads) -> None:
    story = office.story()
    known = comment(office.desk, story.id, "1", "Is this his title?", by=office["wang"]).comment
    gone = comment(office.desk, story.id, "2", "Never mind.", by=office["wang"]).comment
    there = roads.out(office, [story])
    reply(there.desk, known.id, "It is.", by=there["li"])
    new = comment(there.desk, story.id, "3", "A hall or a room?", by=there["li"]).comment
    resolve(there.desk, known.id, by=there["li"])
    delete(office.desk, gone.id, by=office["wang"])
    home(office, back(there, roads.file()))
    found = {one.id: one for one in discussion(office.desk, story.id).comments}
    assert found.keys() == {known.id, new.id}, "what was deleted here does not come back"
    assert [note.text for note in found[known.id].notes] == ["Is this his title?", "It is."]
    assert (found[known.id].resolved_by, found[new.id].notes) == (office["li"].id, new.notes)
    change_note(there.desk, new.id, "A hall, or a room?", by=there["li"])
    home(office, roads.back(there))
    found = {one.id: one for one in discussion(office.desk, story.id).comments}
    assert [note.text for note in found[new.id].notes] == ["A hall, or a room?"]
    assert verify(office.desk).problems == ()


def test_a_comment_on_half_a_sentence_stands_on_the_whole_while_the_cut_waits(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    block = office.open(story).story.content.blocks[1]
    halves = split_segment(block.segments[0], there.desk.new_id(), 2, 10, Languages())
    edit_story(there.desk, story.id, [ReplaceSegments(block.id, (*halves, block.segments[1]))], by=there["li"])
    edit_story(
        there.desk, story.id, [replace_text(there, story, 1, "Cut and"), replace_text(there, story, 2, "new.")],
        by=there["li"],
    )  # fmt: skip
    noted = comment(there.desk, story.id, halves[1].id, "Here.", by=there["li"]).comment
    office.write(story, "Written here, all of it.", by="li")
    home(office, roads.back(there))
    found = discussion(office.desk, story.id)
    (one,) = found.comments
    assert (one.id, one.notes) == (noted.id, noted.notes)
    assert found.number(one) == 2, "the segment that has its words here"


def replace_text(office: Office, story: Story, at: int, words: str) -> object:
    from desktop_app.domain.edits import set_target  # noqa: PLC0415 - used here alone

    return set_target(office.segments(story)[at], words)


def test_somebody_unknown_here_comes_along_without_roles(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    guest, _ = add_person(there.desk, "GUO Lan", by=there["li"])
    double, _ = add_person(office.desk, "GUO Lan", by=office["sun"])
    there.people["guest"] = guest
    there.write(story, "By a guest.", by="guest")
    path = roads.back(there)
    plan = planned(office, path)
    assert [(one.id, one.name, one.roles) for one in plan.newcomers] == [(guest.id, "GUO Lan (2)", frozenset())]
    home(office, path)
    assert {guest.id, double.id} <= {one.id for one in list_people(office.desk)}
    assert office.open(story).situation.last_editor == guest.id
    assert verify(office.desk).problems == ()


# All or nothing


def test_a_story_touched_since_the_plan_stops_all_of_it(office: Office, roads: Roads) -> None:
    stories = [office.story(), office.story()]
    there = roads.out(office, stories)
    for story in stories:
        there.write(story, "Written away.", by="li")
    file = open_home(office.desk, roads.back(there))
    plan = plan_home(office.desk, file, by=office["sun"])
    office.write(stories[1], "Written here meanwhile.", by="li", at=3)
    with pytest.raises(OvertakenError):
        bring_home(office.desk, plan, by=office["sun"])
    file.close()
    assert text(office, stories[0]) == "Paragraph 0, one."


def test_cancelling_leaves_nothing_half_done(office: Office, roads: Roads) -> None:
    stories = [office.story() for _ in range(3)]
    there = roads.out(office, stories)
    for story in stories:
        there.write(story, "Written away.", by="li")
    file = open_home(office.desk, roads.back(there))
    plan = plan_home(office.desk, file, by=office["sun"])
    steps: list[int] = []

    def check() -> None:
        if steps:
            raise CancelledError(N_("stopped"))

    with pytest.raises(CancelledError):
        bring_home(office.desk, plan, by=None, progress=Progress(lambda done, _all: steps.append(done), check))
    assert steps == [1]
    assert {text(office, story) for story in stories} == {"Paragraph 0, one."}
    assert bring_home(office.desk, plan, by=office["sun"]).applied == 3
    file.close()


def test_a_story_begun_away_comes_home_as_a_new_one(office: Office, roads: Roads) -> None:
    lent = office.story()
    there = roads.out(office, [lent])
    begun = there.story(slug="begun-away")
    there.through(begun, ["li:submit"])
    path = roads.back(there)
    plan = planned(office, path)
    assert {one.story: one.new is not None for one in plan.stories} == {lent.id: False, begun.id: True}
    home(office, path)
    file = office.open(begun)
    assert (file.story.slug, file.story.state) == ("begun-away", StoryState.SUBMITTED)
    assert file.story.content == begun.content
    assert home(office, path).changes == Changes()
    assert verify(office.desk).problems == ()


def test_a_story_that_is_here_no_more_is_told_and_the_others_come_home(office: Office, roads: Roads) -> None:
    stay, gone = office.story(), office.story()
    there = roads.out(office, [stay, gone])
    for story in (stay, gone):
        there.write(story, "Written away.", by="li")
    path = roads.back(there)
    file = open_home(office.desk, path)
    nowhere = replace(file, stories=tuple(replace(s, story=s.story[:-4] + "ffff") if s.story == gone.id else s
                                          for s in file.stories))  # fmt: skip
    plan = plan_home(office.desk, nowhere, by=office["sun"])
    assert [one.refusal is None for one in plan.stories] == [one.story == stay.id for one in plan.stories]
    bring_home(office.desk, plan, by=office["sun"])
    file.close()
    assert text(office, stay) == "Written away."
    with office.desk.archive.read() as session:
        assert story_store.row(session, gone.id) is not None
