"""What came home and was not decided waits, with its three texts, and is decided later, though the text went on."""

from pathlib import Path

import pytest
from journeys import Roads, home, text
from office import Office

from desktop_app.desk.editing import edit_story
from desktop_app.desk.open_conflicts import (
    OpenConflict,
    at_stake,
    open_conflict,
    open_conflicts,
    take_conflict,
)
from desktop_app.desk.operations import sentence_of
from desktop_app.desk.stories import story_history
from desktop_app.desk.verification import verify
from desktop_app.desk.wordings import wordings
from desktop_app.domain.edits import ReplaceSegments, join_segments
from desktop_app.domain.merging.carrying import Bearing
from desktop_app.domain.merging.changes import Side
from desktop_app.domain.merging.deciding import Written
from desktop_app.domain.story import Languages, Story, StoryState
from desktop_app.foundation.errors import NotAllowedError, WrongUsageError

APPROVED = ["li:submit", "wang:claim", "wang:sign", "zhao:sign"]


def both_wrote(office: Office, tmp_path: Path, done: list[str]) -> tuple[Story, OpenConflict]:
    """A story with one sentence that both sides wrote, and what was ``done`` with it before theirs came home."""
    roads, story = Roads(tmp_path), office.story()
    there = roads.out(office, [story])
    there.write(story, "Theirs.", by="li")
    office.write(story, "Mine.", by="sun")
    office.through(story, done)
    home(office, roads.back(there))
    (one,) = open_conflicts(office.desk, story.id)
    return story, one


@pytest.fixture
def asked(office: Office, tmp_path: Path) -> tuple[Story, OpenConflict]:
    return both_wrote(office, tmp_path, [])


def test_it_shows_base_mine_and_theirs_and_who_wrote_it(office: Office, asked: tuple[Story, OpenConflict]) -> None:
    story, one = asked
    assert (one.base, one.mine, one.theirs) == ("Paragraph 0, one.", "Mine.", "Theirs.")
    assert (one.bearing, one.reason, one.author, one.by) == (
        Bearing.OPEN, "both", office["li"].id, office["sun"].id,
    )  # fmt: skip
    assert (one.story, one.slug, one.key[1]) == (story.id, story.slug, "text")
    assert open_conflict(office.desk, one.id[-8:]) == one


@pytest.mark.parametrize(
    ("decision", "said", "person"),
    [(Side.OURS, "Mine.", "sun"), (Side.THEIRS, "Theirs.", "li"), (Written(("Both.",)), "Both.", "wang")],
)
def test_it_is_decided_once(
    office: Office, asked: tuple[Story, OpenConflict], decision: object, said: str, person: str
) -> None:
    story, one = asked
    changes = take_conflict(office.desk, one.id, decision, by=office["wang"]).changes  # type: ignore[arg-type]
    assert (text(office, story), changes.stories) == (said, {story.id})
    assert open_conflicts(office.desk) == ()
    with pytest.raises(WrongUsageError):
        take_conflict(office.desk, one.id, Side.OURS, by=office["wang"])
    newest = [w for w in wordings(office.desk, story.id) if w.text == said][-1]
    assert newest.person == office[person].id
    assert story_history(office.desk, story.id)[1][-1].operation == "conflict decided"
    assert verify(office.desk).problems == ()


def test_a_text_that_went_on_is_seen_again(office: Office, asked: tuple[Story, OpenConflict]) -> None:
    story, one = asked
    office.write(story, "Mine, later.", by="sun")
    (now,) = open_conflicts(office.desk)
    assert (now.bearing, now.mine, now.theirs) == (Bearing.MOVED_ON, "Mine, later.", "Theirs.")
    take_conflict(office.desk, one.id, Side.THEIRS, by=office["wang"])
    assert text(office, story) == "Theirs."


def test_a_text_that_says_the_same_by_now_is_settled(office: Office, asked: tuple[Story, OpenConflict]) -> None:
    story, one = asked
    office.write(story, "Theirs.", by="sun")
    (now,) = open_conflicts(office.desk)
    assert now.bearing is Bearing.SETTLED
    events = len(story_history(office.desk, story.id)[0])
    take_conflict(office.desk, one.id, Side.THEIRS, by=office["wang"])
    assert len(story_history(office.desk, story.id)[0]) == events, "nothing had to be written"


def test_a_passage_joined_since_can_be_written_and_not_silently_replaced(
    office: Office, asked: tuple[Story, OpenConflict]
) -> None:
    story, one = asked
    block = office.open(story).story.content.blocks[1]
    joined = join_segments(*block.segments, Languages())
    edit_story(office.desk, story.id, [ReplaceSegments(block.id, (joined,))], by=office["li"])
    (now,) = open_conflicts(office.desk)
    assert now.bearing is Bearing.MOVED_ON
    with pytest.raises(NotAllowedError) as refused:
        take_conflict(office.desk, one.id, Side.THEIRS, by=office["wang"])
    assert refused.value.advice is not None
    take_conflict(office.desk, one.id, Written(("Theirs. And the other.",)), by=office["wang"])
    assert text(office, story) == "Theirs. And the other."


def test_the_guards_of_editing_hold(office: Office, asked: tuple[Story, OpenConflict]) -> None:
    story, one = asked
    office.through(story, ["li:submit", "wang:claim"])
    with pytest.raises(NotAllowedError):
        take_conflict(office.desk, one.id, Side.THEIRS, by=office["chen"])
    assert [found.id for found in open_conflicts(office.desk)] == [one.id]
    take_conflict(office.desk, one.id, Side.THEIRS, by=office["wang"])
    assert office.open(story).story.state is StoryState.IN_REVISION
    office.act(story, "sign", "wang")


def test_keeping_what_stands_here_is_always_allowed(office: Office, tmp_path: Path) -> None:
    story, one = both_wrote(office, tmp_path, [*APPROVED, "zhao:release"])
    digest = office.open(story).digest
    take_conflict(office.desk, one.id, Side.OURS, by=office["wang"])
    assert (office.open(story).digest, office.open(story).story.state) == (digest, StoryState.RELEASED)


def test_nothing_is_approved_or_released_over_words_that_wait(
    office: Office, tmp_path: Path, asked: tuple[Story, OpenConflict]
) -> None:
    story, one = asked
    with pytest.raises(NotAllowedError, match="1 change that came home waits to be decided"):
        office.through(story, APPROVED)
    take_conflict(office.desk, one.id, Side.OURS, by=office["zhao"])
    office.act(story, "sign", "zhao")

    (tmp_path / "late").mkdir()
    other, late = both_wrote(office, tmp_path / "late", APPROVED)
    with pytest.raises(NotAllowedError, match="1 change that came home waits to be decided"):
        office.act(other, "release", "zhao")
    take_conflict(office.desk, late.id, Side.OURS, by=office["zhao"])
    office.act(other, "release", "zhao")


def test_taking_theirs_makes_a_sign_off_stale(office: Office, tmp_path: Path) -> None:
    story, one = both_wrote(office, tmp_path, APPROVED)
    take_conflict(office.desk, one.id, Side.THEIRS, by=office["zhao"])
    assert office.open(story).story.state is StoryState.IN_REVISION


def test_a_decision_tells_what_stops_counting_by_it(office: Office, asked: tuple[Story, OpenConflict]) -> None:
    story, one = asked
    office.act(story, "submit", "li")
    made = take_conflict(office.desk, one.id, Side.THEIRS, by=office["li"])
    assert (made.was, made.now) == (StoryState.SUBMITTED, StoryState.DRAFTING)
    assert [signoff.step for signoff in made.stale] == ["draft"]
    event = next(e for e in story_history(office.desk, story.id)[1] if e.operation == "conflict decided")
    assert (event.data["decision"], event.data["states"]) == ("theirs", ["submitted", "drafting"])
    said = str(sentence_of(event, office.open(story).policy))
    assert said.endswith("what came home was taken, by which these sign-offs stopped counting: Draft")


@pytest.mark.parametrize(
    ("done", "by"),
    [
        ([], "li"),
        (["li:submit"], "li"),
        (["li:submit", "wang:claim"], "wang"),
        (["li:submit", "wang:claim", "wang:sign"], "zhao"),
        (["li:submit", "wang:claim", "wang:sign"], "wang"),
        (APPROVED, "zhao"),
    ],
)
def test_what_a_decision_would_cost_is_known_before(office: Office, tmp_path: Path, done: list[str], by: str) -> None:
    story, one = both_wrote(office, tmp_path, done)
    before = at_stake(office.open(story), office[by])
    assert before == take_conflict(office.desk, one.id, Side.THEIRS, by=office[by]).stale


@pytest.mark.parametrize(
    ("done", "said", "advice"),
    [
        (["li:submit"], "the draft was submitted; claim the review first", "Claim its review, or let whoever"),
        (["li:submit", "wang:claim"], "WANG Min has this story in revision", "Ask WANG"),
        ([*APPROVED, "zhao:release"], "the story is “Released”", "Begin a correction first."),
        (["wang:drop"], "the story is “Dropped”", "Restore it first."),
    ],
)  # fmt: skip
def test_a_refusal_says_why_and_what_helps(
    office: Office, tmp_path: Path, done: list[str], said: str, advice: str
) -> None:
    _story, one = both_wrote(office, tmp_path, done)
    with pytest.raises(NotAllowedError) as refused:
        take_conflict(office.desk, one.id, Side.THEIRS, by=office["chen"])
    assert str(refused.value.reason) == f"The story cannot be changed now: {said}."
    assert str(refused.value.advice).startswith(advice)


def test_keeping_what_stands_here_costs_nothing(office: Office, asked: tuple[Story, OpenConflict]) -> None:
    story, one = asked
    office.act(story, "submit", "li")
    made = take_conflict(office.desk, one.id, Side.OURS, by=office["li"])
    assert (made.was, made.now, made.stale) == (StoryState.SUBMITTED, StoryState.SUBMITTED, ())


def test_what_waits_for_a_story_that_was_closed_is_taken_when_it_is_open_again(office: Office, tmp_path: Path) -> None:
    roads, story = Roads(tmp_path), office.story()
    there = roads.out(office, [story])
    there.write(story, "Theirs.", by="li", at=1)
    there.write(story, "This too.", by="li", at=3)
    office.act(story, "drop", "wang")
    home(office, roads.back(there))
    waits = open_conflicts(office.desk)
    assert [one.reason for one in waits] == ["state", "state"]
    with pytest.raises(NotAllowedError):
        take_conflict(office.desk, waits[0].id, Side.THEIRS, by=office["li"])
    office.act(story, "restore", "wang")
    for one in waits:
        take_conflict(office.desk, one.id, Side.THEIRS, by=office["li"])
    assert [text(office, story, at) for at in (1, 3)] == ["Theirs.", "This too."]


def test_more_of_the_same_work_takes_the_place_of_what_waited(office: Office, tmp_path: Path) -> None:
    from journeys import back  # noqa: PLC0415 - used here alone

    roads, story = Roads(tmp_path), office.story()
    there = roads.out(office, [story])
    there.write(story, "Theirs.", by="li")
    office.write(story, "Mine.", by="sun")
    home(office, back(there, roads.file()))
    there.write(story, "Theirs, again.", by="li")
    home(office, roads.back(there))
    (one,) = open_conflicts(office.desk)
    assert (one.mine, one.theirs) == ("Mine.", "Theirs, again.")
