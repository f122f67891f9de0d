"""Sign-offs come home: those count that are for the very words that stand here now; the others are kept, no more."""

from dataclasses import replace
from pathlib import Path

import pytest
from journeys import Roads, back, home, planned, text
from office import Office

from desktop_app.desk import publishing, workflow
from desktop_app.desk.comments import comment
from desktop_app.desk.homecoming import open_home, plan_home
from desktop_app.desk.loans import list_loans
from desktop_app.desk.memory import look_up
from desktop_app.desk.open_conflicts import open_conflicts, take_conflict
from desktop_app.desk.operations import sentence_of
from desktop_app.desk.people import add_person
from desktop_app.desk.stories import open_version, story_history
from desktop_app.desk.verification import verify
from desktop_app.domain.homecoming import Kept
from desktop_app.domain.loans import ended
from desktop_app.domain.merging.changes import Side
from desktop_app.domain.people import Role
from desktop_app.domain.story import Story, StoryState
from desktop_app.foundation.errors import NotAllowedError
from desktop_app.store.models import StoryRow


@pytest.fixture
def roads(tmp_path: Path) -> Roads:
    return Roads(tmp_path)


def valid(office: Office, story: Story) -> list[str]:
    return list(office.open(story).situation.standing.valid)


def kept(office: Office, story: Story) -> list[tuple[str, str | None]]:
    return [(one.step, one.kept) for one in office.open(story).signoffs]


def test_a_draft_signed_away_counts_here(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.through(story, ["li:edit", "li:submit"])
    path = roads.back(there)
    (one,) = planned(office, path).stories
    assert one.effect.state is StoryState.SUBMITTED
    home(office, path)
    file = office.open(story)
    assert (file.story.state, valid(office, story), file.stale) == (StoryState.SUBMITTED, ["draft"], False)
    (signed,) = file.signoffs
    assert (signed.person, signed.stated_version, signed.kept) == (office["li"].id, "1.1", None)
    office.through(story, ["wang:claim", "wang:sign", "zhao:sign"])
    assert office.open(story).story.state is StoryState.APPROVED
    assert verify(office.desk).problems == ()


def test_a_loan_is_over_when_what_its_holder_signed_counts(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.through(story, ["li:edit"])
    home(office, back(there, roads.file()))
    (one,) = list_loans(office.desk)
    assert one.loan.returned_at is not None, "a draft came home, and LI may go on"
    there.through(story, ["li:submit"])
    home(office, roads.back(there))
    assert list_loans(office.desk) == []
    (one,) = list_loans(office.desk, open_only=False)
    assert str(ended(one.loan)) == "came home"
    assert verify(office.desk).problems == ()


def test_a_whole_chain_signed_away_counts_here_with_its_texts(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.through(story, ["li:edit", "li:submit", "wang:claim", "wang:edit", "wang:sign", "zhao:sign"])
    expected = there.open(story)
    path = roads.back(there)
    (one,) = planned(office, path).stories
    assert (one.effect.state, [v.kept for v in one.effect.verdicts]) == (StoryState.APPROVED, [None, None, None])
    home(office, path)
    file = office.open(story)
    assert (file.digest, file.story.state) == (expected.digest, StoryState.APPROVED)
    assert valid(office, story) == ["draft", "revision", "approval"]
    assert not file.story.modified
    for signoff in file.signoffs:
        assert open_version(office.desk, story.id, str(signoff.version))
    assert file.credits == expected.credits
    publishing.release(office.desk, story.id, by=office["zhao"])
    assert verify(office.desk).problems == ()


def test_a_review_signed_away_goes_on_where_the_story_stood(office: Office, roads: Roads) -> None:
    story = office.story()
    office.through(story, ["li:submit"])
    there = roads.out(office, [story], to="wang")
    there.through(story, ["wang:claim", "wang:edit", "wang:sign"])
    home(office, roads.back(there, by="wang"))
    assert valid(office, story) == ["draft", "revision"]
    assert look_up(office.desk, "第0段第二句。"), "what was reviewed there is in the memory here"
    with pytest.raises(NotAllowedError):
        workflow.sign(office.desk, story.id, step=None, by=office["wang"])
    office.act(story, "sign", "zhao")
    assert office.open(story).story.state is StoryState.APPROVED


def test_a_review_begun_away_is_in_hand_here(office: Office, roads: Roads) -> None:
    story = office.story()
    office.through(story, ["li:submit"])
    there = roads.out(office, [story], to="wang")
    there.through(story, ["wang:claim", "wang:edit"])
    path = roads.back(there, by="wang")
    (one,) = planned(office, path).stories
    assert (one.way.claims, one.effect.state) == (True, StoryState.IN_REVISION)
    home(office, path)
    at = office.open(story).situation
    assert (at.state, at.holder) == (StoryState.IN_REVISION, office["wang"].id)
    office.through(story, ["wang:sign", "zhao:sign"])
    assert office.open(story).story.state is StoryState.APPROVED


def test_other_words_here_keep_a_sign_off_without_letting_it_count(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.through(story, ["li:edit", "li:submit"])
    signed = there.open(story)
    office.write(story, "Written here.", by="li", at=3)
    path = roads.back(there)
    (one,) = planned(office, path).stories
    assert [v.kept for v in one.effect.verdicts] == [Kept.TEXT]
    home(office, path)
    file = office.open(story)
    assert (file.story.state, valid(office, story), file.stale) == (StoryState.DRAFTING, [], False)
    assert kept(office, story) == [("draft", "text")]
    version = open_version(office.desk, story.id, str(file.signoffs[0].version))
    assert version == signed.story.content, "the text that was signed is kept"
    office.write(story, "Paragraph 1, one.", by="li", at=3)  # what stood there when it was signed
    assert office.open(story).digest == signed.digest
    assert valid(office, story) == [], "it never counts, whatever the text says later"
    office.act(story, "submit", "li")
    assert valid(office, story) == ["draft"]
    assert verify(office.desk).problems == ()


def test_a_kept_sign_off_does_not_stand_before_the_one_that_counts_here(office: Office, roads: Roads) -> None:
    story = office.story()
    office.through(story, ["li:submit"])
    there = roads.out(office, [story], to="wang")
    there.through(story, ["wang:claim", "wang:edit", "wang:sign"])
    office.through(story, ["chen:claim", "chen:edit", "chen:sign", "zhao:sign"])
    digest = office.open(story).digest
    path = roads.back(there, by="wang")
    (one,) = planned(office, path).stories
    assert [v.kept for v in one.effect.verdicts] == [Kept.TEXT]
    home(office, path)
    file = office.open(story)
    assert (file.digest, file.story.state) == (digest, StoryState.APPROVED), "one sentence both wrote: it waits"
    assert valid(office, story) == ["draft", "revision", "approval"]
    assert len(open_conflicts(office.desk)) == 1


def test_what_comes_home_makes_sign_offs_here_stale_and_the_plan_says_so(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.write(story, "Written away.", by="li", at=3)
    office.through(story, ["li:submit", "wang:claim", "wang:edit", "wang:sign"])
    path = roads.back(there)
    plan = planned(office, path)
    (one,) = plan.stories
    assert [signed.step for signed in one.effect.lost] == ["revision"]
    assert (plan.conflicts, plan.is_all_in) == (0, False)
    home(office, path)
    assert office.open(story).story.state is one.effect.state is StoryState.IN_REVISION
    assert valid(office, story) == ["draft"]
    event = next(one for one in story_history(office.desk, story.id)[1] if one.operation == "story merged")
    said = str(sentence_of(event, office.open(story).policy))
    assert "stopped counting: Revision" in said


@pytest.mark.parametrize("by", ["li", "wang", "zhao"])
def test_what_comes_home_to_an_approved_story_waits_whoever_brings_it(office: Office, roads: Roads, by: str) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.write(story, "Written away.", by="li", at=3)
    office.through(story, ["li:submit", "wang:claim", "wang:edit", "wang:sign", "zhao:sign"])
    digest, path = office.open(story).digest, roads.back(there)
    plan = planned(office, path, by=by)
    (one,) = plan.stories
    assert "approval would fall" in str(one.way.reason)
    assert (plan.applied, plan.conflicts, one.effect.lost, plan.is_all_in) == (0, 1, (), False)
    home(office, path, by=by, others=Side.THEIRS)
    assert (office.open(story).digest, office.open(story).story.state) == (digest, StoryState.APPROVED)
    (waits,) = open_conflicts(office.desk)
    assert (waits.reason, waits.theirs) == ("approved", "Written away.")
    made = take_conflict(office.desk, waits.id, Side.THEIRS, by=office["zhao"])
    assert (made.was, made.now) == (StoryState.APPROVED, StoryState.IN_REVISION)
    assert [signed.step for signed in made.stale] == ["revision", "approval"]
    assert text(office, story, 3) == "Written away."


def test_an_approval_taken_back_away_is_taken_back_here(office: Office, roads: Roads) -> None:
    story = office.story()
    office.through(story, ["li:submit", "wang:claim", "wang:sign", "zhao:sign"])
    there = roads.out(office, [story], to="zhao")
    there.through(story, ["zhao:withdraw"])
    plan = planned(office, path := roads.back(there, by="zhao"))
    assert ([one.step for one in plan.stories[0].effect.back], plan.is_all_in) == (["approval"], False)
    home(office, path)
    assert valid(office, story) == ["draft", "revision"]


def test_the_second_of_two_reviews_of_one_text_is_told_that_it_is_signed_already(office: Office, roads: Roads) -> None:
    story = office.story()
    office.through(story, ["li:submit"])
    paths = []
    for name in ("wang", "chen"):
        there = roads.out(office, [story], to=name)
        there.through(story, [f"{name}:claim", f"{name}:sign"])
        paths.append(roads.back(there, by=name))
    assert home(office, paths[0]).plan.is_all_in
    (one,) = planned(office, paths[1]).stories
    assert [(v.kept, str(v.reason)) for v in one.effect.verdicts] == [(Kept.SIGNED, "this step is signed here already")]
    home(office, paths[1])
    assert (valid(office, story), kept(office, story)[-1]) == (["draft", "revision"], ("revision", "signed"))
    assert verify(office.desk).problems == ()


def test_the_second_of_two_drafts_handed_in_is_told_that_it_is_signed_already(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.through(story, ["li:submit"])
    office.through(story, ["li:submit"])
    (one,) = planned(office, roads.back(there)).stories
    assert [v.kept for v in one.effect.verdicts] == [Kept.SIGNED]


@pytest.mark.parametrize("state", ["released", "dropped", "unpublished"])
def test_a_story_that_may_not_be_changed_keeps_all_that_came_home(office: Office, roads: Roads, state: str) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.through(story, ["li:edit", "li:submit"])
    to = {"dropped": ["wang:drop"], "released": [], "unpublished": ["zhao:unpublish"]}[state]
    done = [] if state == "dropped" else ["li:submit", "wang:claim", "wang:sign", "zhao:sign", "zhao:release"]
    office.through(story, [*done, *to])
    digest, path = office.open(story).digest, roads.back(there)
    (one,) = planned(office, path).stories
    assert one.way.reason is not None
    assert [v.kept for v in one.effect.verdicts] == [Kept.STATE]
    home(office, path)
    assert (office.open(story).digest, office.open(story).story.state) == (digest, StoryState(state))
    (waits,) = open_conflicts(office.desk)
    assert (waits.reason, waits.mine) == ("state", "Paragraph 0, one.")
    assert waits.theirs.startswith("Typed by li")
    assert verify(office.desk).problems == ()


def test_nothing_comes_into_a_killed_story(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.through(story, ["li:edit", "li:submit"])
    office.through(story, ["zhao:kill", "wang:kill"])
    path = roads.back(there)
    (one,) = planned(office, path).stories
    assert one.refusal is not None
    home(office, path)
    assert (kept(office, story), open_conflicts(office.desk)) == ([], ())


def test_a_story_in_somebody_elses_hands_waits_for_them(office: Office, roads: Roads) -> None:
    story = office.story()
    office.through(story, ["li:submit"])
    there = roads.out(office, [story], to="wang")
    there.through(story, ["wang:claim", "wang:edit", "wang:sign"])
    path = back(there, roads.file(), by="wang")
    there.desk.close()
    office.through(story, ["chen:claim"])
    (one,) = planned(office, path).stories
    assert one.way.reason is not None
    assert [v.kept for v in one.effect.verdicts] == [Kept.GUARD]
    (mine,) = planned(office, path, by="chen").stories
    assert (mine.way.reason, mine.way.editor) == (None, office["chen"].id), "whoever has it in hand may let it in"
    home(office, path)
    assert text(office, story) == "Paragraph 0, one."
    assert len(open_conflicts(office.desk)) == 1


def test_the_drafter_does_not_review_by_a_way_round(office: Office, roads: Roads) -> None:
    """Four eyes hold for what was done away from here, whatever the archive there allowed."""
    story = office.story()
    there = roads.out(office, [story], to="chen")
    there.write(story, "By Chen.", by="chen", at=3)
    there.through(story, ["li:edit", "li:submit"])
    path = roads.back(there)
    file = open_home(office.desk, path)
    own = file.stories[0]
    forged = replace(own.signoffs[-1], id=office.desk.new_id(), step="revision", person=office["chen"].id)
    plan = plan_home(office.desk, replace(file, stories=(replace(own, signoffs=(*own.signoffs, forged)),)), by=None)
    file.close()
    assert [v.kept for v in plan.stories[0].effect.verdicts] == [None, Kept.GUARD]


def test_a_signer_who_is_nobody_here_does_not_count(office: Office, roads: Roads) -> None:
    story = office.story()
    office.through(story, ["li:submit"])
    there = roads.out(office, [story])
    stranger, _ = add_person(there.desk, "GUO Lan", roles=[Role.REVISER], by=there["li"])
    there.people["guo"] = stranger
    there.through(story, ["guo:claim", "guo:sign"])
    (one,) = planned(office, path := roads.back(there)).stories
    assert [v.kept for v in one.effect.verdicts] == [Kept.PERSON]
    home(office, path)
    assert (valid(office, story), kept(office, story)[-1]) == (["draft"], ("revision", "person"))
    assert verify(office.desk).problems == ()


def test_a_policy_changed_meanwhile_keeps_what_was_signed_under_the_old_one(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.through(story, ["li:edit", "li:submit"])
    with office.desk.archive.write() as unit:
        unit.session.get_one(StoryRow, story.id).policy = "three-reviews"
        unit.record("story edited", story=story.id)
    (one,) = planned(office, path := roads.back(there)).stories
    assert [v.kept for v in one.effect.verdicts] == [Kept.POLICY]
    home(office, path)
    assert valid(office, story) == []
    assert text(office, story).startswith("Typed by li")


def test_a_return_there_is_a_return_here(office: Office, roads: Roads) -> None:
    story = office.story()
    office.through(story, ["li:submit"])
    there = roads.out(office, [story], to="wang")
    there.through(story, ["wang:claim", "wang:return"])
    (one,) = planned(office, path := roads.back(there, by="wang")).stories
    assert ([s.step for s in one.effect.back], one.effect.state) == (["draft"], StoryState.DRAFTING)
    home(office, path)
    file = office.open(story)
    assert (file.story.state, valid(office, story)) == (StoryState.DRAFTING, [])
    assert file.signoffs[0].withdrawn_by == office["wang"].id
    office.act(story, "submit", "li")


def test_a_return_there_does_not_undo_what_was_signed_here_meanwhile(office: Office, roads: Roads) -> None:
    story = office.story()
    office.through(story, ["li:submit"])
    there = roads.out(office, [story], to="wang")
    there.through(story, ["wang:claim", "wang:return"])
    office.through(story, ["chen:claim", "chen:sign"])
    home(office, roads.back(there, by="wang"))
    assert valid(office, story) == ["draft", "revision"]


def test_a_comment_written_here_meanwhile_stays_open_and_asks_before_the_next_step(
    office: Office, roads: Roads
) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.through(story, ["li:edit", "li:submit"])
    comment(office.desk, story.id, "1", "Is this his title?", by=office["wang"])
    home(office, roads.back(there))
    assert valid(office, story) == ["draft"]
    office.act(story, "claim", "wang")
    with pytest.raises(NotAllowedError):
        office.act(story, "sign", "wang")
