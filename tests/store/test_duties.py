"""Assignments end with their step, and everything that waits for a person is in their list, the most urgent first."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from journeys import Roads, home
from office import Office

from desktop_app.desk import correcting, duties, embargoes, publishing, source_changes, workflow
from desktop_app.desk.duties import assign, unassign, waiting_for
from desktop_app.desk.people import add_person
from desktop_app.desk.stories import list_stories, story_history
from desktop_app.desk.verification import verify
from desktop_app.domain.duties import DutyKind
from desktop_app.domain.people import Role
from desktop_app.domain.story import Story
from desktop_app.foundation.errors import NotAllowedError, WrongUsageError

SOON, LATER = datetime(2026, 12, 1, 10, tzinfo=UTC), datetime(2026, 12, 3, 10, tzinfo=UTC)


def assigned(office: Office, story: Story) -> tuple[str, str | None, str | None] | None:
    given = office.open(story).assignment
    if given is None:
        return None
    person = next((key for key, one in office.people.items() if one.id == given.person), None)
    return given.step, person, given.deadline


def waits(office: Office, person: str) -> list[tuple[str, str]]:
    return [(duty.kind.value, duty.slug) for duty in waiting_for(office.desk, office[person])]


def test_a_step_is_given_to_somebody_with_a_deadline(office: Office, story: Story) -> None:
    office.through(story, ["li:submit"])
    assign(office.desk, story.id, by=office["zhao"], to=office["wang"], deadline=SOON, note="Before the fair.")
    assert assigned(office, story) == ("revision", "wang", "2026-12-01T10:00:00.000000Z")
    listed = list_stories(office.desk)[0].assignment
    assert listed == office.open(story).assignment
    assert story_history(office.desk, story.id)[1][-1].operation == "step assigned"
    assert waits(office, "wang") == [("assigned", story.slug)]
    assert waits(office, "chen") == [], "what is another's does not wait for everybody"
    assert verify(office.desk).problems == ()


def test_saying_the_same_again_writes_nothing(office: Office, story: Story) -> None:
    assert assign(office.desk, story.id, by=office["li"], deadline=SOON, to=office["li"]).stories
    assert not assign(office.desk, story.id, by=office["li"], deadline=SOON, to=office["li"]).stories


@pytest.mark.parametrize("act", ["wang:sign", "wang:return"])
def test_it_ends_when_the_step_is_signed_or_the_story_leaves_it(office: Office, story: Story, act: str) -> None:
    office.through(story, ["li:submit"])
    assign(office.desk, story.id, by=office["zhao"], to=office["wang"], deadline=SOON)
    office.through(story, ["wang:claim", act])
    assert assigned(office, story) is None
    office.through(story, {"wang:sign": ["wang:withdraw"], "wang:return": ["li:submit"]}[act])
    assert assigned(office, story) is None, "what has ended does not come back"


def test_an_old_one_does_not_come_back_with_a_correction(office: Office, story: Story) -> None:
    office.through(story, ["li:submit"])
    assign(office.desk, story.id, by=office["zhao"], to=office["wang"], deadline=SOON)
    publishing.release_early(office.desk, story.id, by=office["zhao"], note="The fire brigade asks.")
    assert assigned(office, story) is None
    office.through(story, ["zhao:correct", "li:edit", "li:submit"])
    assert assigned(office, story) is None


def test_an_edit_that_takes_the_story_back_ends_it_too(office: Office, story: Story) -> None:
    office.through(story, ["li:submit", "wang:claim", "wang:sign"])
    assign(office.desk, story.id, by=office["zhao"], to=office["zhao"], deadline=SOON)
    office.through(story, ["sun:edit"])
    assert assigned(office, story) is None


def test_the_deadline_follows_the_story_into_other_hands(office: Office, story: Story) -> None:
    office.through(story, ["li:submit"])
    assign(office.desk, story.id, by=office["zhao"], to=office["wang"], deadline=SOON)
    until = "2026-12-01T10:00:00.000000Z"
    office.through(story, ["chen:claim"])
    assert assigned(office, story) == ("revision", "chen", until)
    office.through(story, ["chen:unclaim"])
    assert assigned(office, story) == ("revision", None, until)
    assert waits(office, "wang") == [("review", story.slug)]


def test_without_a_deadline_nothing_is_left_when_it_is_given_back(office: Office, story: Story) -> None:
    office.through(story, ["li:submit"])
    assign(office.desk, story.id, by=office["zhao"], to=office["wang"])
    office.through(story, ["wang:claim", "wang:unclaim"])
    assert assigned(office, story) is None


def test_only_somebody_who_may_take_the_step_is_given_it(office: Office, story: Story) -> None:
    office.through(story, ["li:submit"])
    with pytest.raises(NotAllowedError) as refusal:
        assign(office.desk, story.id, by=office["zhao"], to=office["li"], deadline=SOON)
    assert "drafted this version" in str(refusal.value.reason)
    assert str(refusal.value.advice) == "It can be assigned to: WANG Min, CHEN Bo, ZHAO Qi."


def test_a_drafter_sets_a_deadline_for_themselves_and_for_nobody_else(office: Office, story: Story) -> None:
    assign(office.desk, story.id, by=office["li"], to=office["li"], deadline=SOON)
    with pytest.raises(NotAllowedError) as refusal:
        assign(office.desk, story.id, by=office["sun"], to=office["li"], deadline=LATER)
    assert str(refusal.value.advice) == "Ask one of: LI Wei, WANG Min, CHEN Bo, ZHAO Qi."
    unassign(office.desk, story.id, by=office["li"])
    assert assigned(office, story) is None
    assert not unassign(office.desk, story.id, by=office["li"]).stories


def test_a_deadline_that_is_over_or_an_assignment_of_nothing_is_refused(office: Office, story: Story) -> None:
    with pytest.raises(WrongUsageError, match="over already"):
        assign(office.desk, story.id, by=office["li"], deadline=datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(WrongUsageError, match="names a person or a deadline"):
        assign(office.desk, story.id, by=office["li"])


def test_a_deadline_alone_holds_for_whoever_takes_the_step(office: Office, story: Story) -> None:
    office.through(story, ["li:submit"])
    assign(office.desk, story.id, by=office["zhao"], anyone=True, deadline=SOON)
    assert waits(office, "wang") == [("review", story.slug)]
    assert waiting_for(office.desk, office["chen"])[0].deadline == "2026-12-01T10:00:00.000000Z"


def test_each_kind_of_duty_is_in_the_list_of_whom_it_waits_for(office: Office) -> None:
    def made(slug: str, steps: list[str]) -> Story:
        story = office.story(slug=slug)
        office.through(story, steps)
        return story

    made("draft", [])
    made("returned", ["li:submit", "chen:claim", "chen:return"])
    made("review", ["li:submit"])
    made("claimed", ["li:submit", "wang:claim"])
    reviewed = ["li:submit", "wang:sign"]
    approved = [*reviewed, "zhao:sign"]
    made("approve", reviewed)
    held = made("held", approved)
    embargoes.set_embargo(office.desk, held.id, "2099-01-01T00:00:00.000000Z", "UTC", by=office["zhao"], reason="why")
    embargoes.lift(office.desk, held.id, by=office["zhao"], reason="earlier")
    made("release", approved)
    publishing.release_early(
        office.desk, made("early", ["li:submit"]).id, by=office["zhao"], note="The fire brigade asks."
    )
    made("kill", [*approved, "zhao:release", "zhao:kill"])
    source = made("source", [*approved, "zhao:release"])
    part = office.segments(source)[1]
    new = source_changes.source_of_part(part.id, "新的一句。")
    source_changes.take_in(office.desk, source.id, new, by=office["li"])
    correcting.correct(
        office.desk, made("correction", [*approved, "zhao:release"]).id, by=office["zhao"], note="a name"
    )

    assert set(waits(office, "li")) == {("draft", "draft"), ("returned", "returned"), ("draft", "correction")}
    assert set(waits(office, "wang")) == {
        ("claimed", "claimed"), ("review", "review"), ("embargo", "held"), ("release", "release"),
        ("emergency", "early"), ("kill", "kill"), ("source", "source"),
    }  # fmt: skip
    assert set(waits(office, "chen")) >= {("approve", "approve"), ("review", "review"), ("emergency", "early")}
    assert ("kill", "kill") not in waits(office, "zhao"), "whoever asked is not the second person"
    assert ("emergency", "early") not in waits(office, "zhao")
    assert waits(office, "sun") == []
    returned = next(duty for duty in waiting_for(office.desk, office["li"]) if duty.kind is DutyKind.RETURNED)
    assert returned.note == "Please look at the names again."


def test_every_kind_has_its_line_in_the_registry() -> None:
    assert {*duties.STEPS, *duties.MATTERS} == set(DutyKind)
    assert not set(duties.STEPS) & set(duties.MATTERS)


def test_the_list_agrees_with_the_guards_of_the_stories_themselves(office: Office) -> None:
    """What is read without the texts promises nothing that the desk would refuse."""
    story = office.story()
    office.through(story, ["li:submit"])
    for person in ("wang", "chen", "zhao"):
        assert (("review", story.slug) in waits(office, person)) is True
        office.through(story, [f"{person}:claim", f"{person}:unclaim"])
    for person in ("li", "sun"):
        assert waits(office, person) == []


def test_a_review_that_came_home_and_does_not_count_leaves_the_review_waiting(office: Office, tmp_path: Path) -> None:
    story = office.story()
    office.through(story, ["li:submit"])
    roads = Roads(tmp_path)
    there = roads.out(office, [story])
    there.people["guo"], _ = add_person(there.desk, "GUO Lan", roles=[Role.REVISER], by=there["li"])
    there.through(story, ["guo:claim", "guo:sign"])
    home(office, roads.back(there))
    assert [one.kept for one in office.open(story).signoffs] == [None, "person"]
    assert (waits(office, "zhao"), waits(office, "wang")) == ([("review", story.slug)], [("review", story.slug)])
    (listed,) = list_stories(office.desk)
    assert ([one.step for one in listed.credits], listed.stale) == (["draft"], False)
    with pytest.raises(NotAllowedError, match="Revision"):
        workflow.sign(office.desk, story.id, step="approval", by=office["zhao"])
    office.through(story, ["wang:sign"])
    assert waits(office, "zhao") == [("approve", story.slug)]
