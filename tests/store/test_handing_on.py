"""Who has a story in hand: giving back, recalling and handing on lose nothing and leave no way round four eyes."""

from dataclasses import replace

import pytest
from office import Office

from desktop_app.desk import editing, handing_on
from desktop_app.desk.stories import StoryFile, list_stories, story_history
from desktop_app.domain.edits import set_target
from desktop_app.domain.story import Story, StoryState
from desktop_app.domain.workflow import may_claim
from desktop_app.foundation.errors import NotAllowedError
from desktop_app.foundation.i18n import load_catalog

UNREVIEWED = ["li:submit", "wang:claim"]


def words(office: Office, story: Story) -> list[str]:
    return [segment.target for segment in office.segments(story)]


def refused(office: Office, story: Story, action: str, person: str) -> str:
    with pytest.raises(NotAllowedError) as refusal:
        office.act(story, action, person)
    return str(refusal.value.reason)


def names(file: StoryFile, step: str) -> tuple[str, ...]:
    return next(credit.names for credit in file.credits if credit.step == step)


def test_a_review_given_back_untouched_waits_as_it_did(office: Office, story: Story) -> None:
    office.through(story, UNREVIEWED)
    before = office.open(story)
    handing_on.unclaim(office.desk, story.id, by=office["wang"])
    after = office.open(story)
    assert (after.story.state, after.situation.claim) == (StoryState.SUBMITTED, None)
    assert (after.digest, after.story.version) == (before.digest, before.story.version)
    assert "draft" in after.situation.standing.valid
    office.through(story, ["wang:claim", "wang:sign"])


def test_what_was_typed_stays_and_is_a_version_when_a_review_is_given_back(office: Office, story: Story) -> None:
    office.through(story, [*UNREVIEWED, "wang:edit"])
    typed = words(office, story)
    handing_on.unclaim(office.desk, story.id, by=office["wang"], note="I am away")
    file = office.open(story)
    assert words(office, story) == typed
    assert file.story.state is StoryState.IN_REVISION
    assert file.situation.holder is None
    versions = story_history(office.desk, story.id)[0]
    assert (versions[-1].digest, versions[-1].person) == (file.digest, office["wang"].id)
    assert "draft" in file.situation.standing.valid, "the draft is still what the review begins from"


def test_whoever_takes_it_up_reads_what_the_other_typed(office: Office, story: Story) -> None:
    office.through(story, [*UNREVIEWED, "wang:edit"])
    handing_on.unclaim(office.desk, story.id, by=office["wang"])
    office.through(story, ["chen:claim", "chen:sign"])
    assert names(office.open(story), "revision") == ("CHEN Bo",)


def test_who_gave_it_back_can_take_it_up_where_it_was(office: Office, story: Story) -> None:
    office.through(story, [*UNREVIEWED, "wang:edit"])
    handing_on.unclaim(office.desk, story.id, by=office["wang"])
    office.through(story, ["wang:claim", "wang:sign"])
    assert office.open(story).situation.standing.valid["revision"].person == office["wang"].id


def test_but_not_to_review_what_they_typed_while_nobody_had_it(office: Office, story: Story) -> None:
    office.through(story, [*UNREVIEWED, "wang:edit"])
    handing_on.unclaim(office.desk, story.id, by=office["wang"])
    office.through(story, ["wang:edit"])
    assert "last editor" in refused(office, story, "claim", "wang")
    office.through(story, ["chen:claim", "chen:sign"])


def test_words_typed_and_taken_back_are_nobodys(office: Office, story: Story) -> None:
    office.through(story, UNREVIEWED)
    was = words(office, story)[1]
    office.write(story, "For a moment.", by="wang")
    office.write(story, was, by="wang")
    handing_on.unclaim(office.desk, story.id, by=office["wang"])
    assert office.open(story).story.state is StoryState.SUBMITTED
    office.through(story, ["wang:claim", "wang:sign"])


def test_an_editor_gives_back_for_somebody_else_with_a_reason(office: Office, story: Story) -> None:
    office.through(story, [*UNREVIEWED, "wang:edit"])
    with pytest.raises(NotAllowedError, match="note that says why"):
        handing_on.unclaim(office.desk, story.id, by=office["zhao"])
    with pytest.raises(NotAllowedError) as refusal:
        handing_on.unclaim(office.desk, story.id, by=office["chen"], note="Mine!")
    assert str(refusal.value.advice) == "Ask one of: WANG Min, ZHAO Qi."
    handing_on.unclaim(office.desk, story.id, by=office["zhao"], note="She is ill")
    assert story_history(office.desk, story.id)[0][-1].person == office["wang"].id, "the words are hers"
    assert story_history(office.desk, story.id)[1][-1].operation == "claim taken away"


def test_a_submitted_draft_is_recalled_until_it_is_claimed(office: Office, story: Story) -> None:
    office.through(story, ["li:submit"])
    with pytest.raises(NotAllowedError) as refusal:
        handing_on.recall(office.desk, story.id, by=office["wang"])
    assert str(refusal.value.advice) == "Ask one of: LI Wei."
    handing_on.recall(office.desk, story.id, by=office["li"])
    file = office.open(story)
    assert file.story.state is StoryState.DRAFTING
    assert file.signoffs[-1].withdrawn_by == office["li"].id
    office.through(story, ["li:submit", "wang:claim"])
    with pytest.raises(NotAllowedError, match="ask the reviser"):
        handing_on.recall(office.desk, story.id, by=office["li"])


def test_a_draft_handed_on_has_two_drafters_and_neither_reviews(office: Office) -> None:
    story = office.story(by="chen")  # CHEN also revises, so that nothing but four eyes stands in the way
    handing_on.reassign(office.desk, story.id, to=office["li"], by=office["zhao"], note="CHEN is away")
    assert "only the person who drafted" in refused(office, story, "submit", "chen")
    office.through(story, ["li:edit", "li:submit"])
    assert "wrote in the draft" in refused(office, story, "claim", "chen")
    assert "drafted this version" in refused(office, story, "claim", "li")
    office.through(story, ["wang:claim", "wang:edit", "wang:sign"])
    assert "wrote in the draft" in refused(office, story, "approval", "chen")
    office.through(story, ["zhao:sign", "zhao:release"])
    assert names(office.open(story), "draft") == ("CHEN Bo", "LI Wei")
    assert list_stories(office.desk)[0].credits == office.open(story).credits


def test_nothing_is_left_of_a_drafter_who_wrote_nothing(office: Office) -> None:
    story = office.story(by="chen", translated=False)
    handing_on.reassign(office.desk, story.id, to=office["li"], by=office["zhao"], note="LI has time")
    office.through(story, ["li:edit", "li:submit", "chen:claim", "chen:sign"])
    assert names(office.open(story), "draft") == ("LI Wei",)


def test_whoever_wrote_in_the_draft_does_not_review_it_later(office: Office, story: Story) -> None:
    """Also when the drafter wrote last, so that the last editor alone would not tell."""
    office.through(story, ["wang:edit", "li:edit", "li:submit"])
    assert "wrote in the draft" in refused(office, story, "claim", "wang")
    office.through(story, ["chen:claim", "chen:sign"])
    assert names(office.open(story), "draft") == ("LI Wei",), "a word put in does not make a drafter"


def test_with_a_correction_who_only_wrote_in_the_draft_is_free_again(office: Office, story: Story) -> None:
    office.through(story, ["wang:edit", "li:edit", "li:submit", "chen:claim", "chen:sign", "zhao:sign", "zhao:release"])
    office.through(story, ["zhao:correct", "li:edit", "li:submit", "wang:claim", "wang:sign"])


def test_a_review_handed_on_keeps_the_words_and_the_rule(office: Office, story: Story) -> None:
    office.through(story, [*UNREVIEWED, "wang:edit"])
    with pytest.raises(NotAllowedError) as refusal:
        handing_on.reassign(office.desk, story.id, to=office["li"], by=office["zhao"], note="WANG is ill")
    assert str(refusal.value.advice) == "It can go to: CHEN Bo, ZHAO Qi."
    typed = words(office, story)
    handing_on.reassign(office.desk, story.id, to=office["chen"], by=office["zhao"], note="WANG is ill")
    file = office.open(story)
    assert words(office, story) == typed
    assert file.situation.holder == office["chen"].id
    assert "CHEN Bo has this story in revision" in refused(office, story, "sign", "wang")
    office.through(story, ["chen:sign"])


def test_only_an_editor_hands_on_and_says_why(office: Office, story: Story) -> None:
    with pytest.raises(NotAllowedError) as refusal:
        handing_on.reassign(office.desk, story.id, to=office["sun"], by=office["li"], note="Take it")
    assert str(refusal.value.advice) == "Ask one of: ZHAO Qi."
    with pytest.raises(NotAllowedError, match="note that says why"):
        handing_on.reassign(office.desk, story.id, to=office["sun"], by=office["zhao"], note=" ")
    with pytest.raises(NotAllowedError, match="drafts this story already"):
        handing_on.reassign(office.desk, story.id, to=office["li"], by=office["zhao"], note="why")


def test_a_refusal_names_whoever_has_the_story_in_hand_in_the_reader_s_language(office: Office) -> None:
    story = office.story()
    office.through(story, ["li:submit", "wang:claim"])
    segment, chinese = office.segments(story)[1], load_catalog("zh_Hans")
    for act in (
        lambda: office.act(story, "sign", "zhao"),
        lambda: editing.edit_story(office.desk, story.id, [set_target(segment, "No.")], by=office["zhao"]),
    ):
        with pytest.raises(NotAllowedError, match="WANG Min has this story in revision") as refused:
            act()
        assert "王敏" in chinese.text(refused.value.reason)
    file = office.open(story)
    reason = may_claim(file.situation, office["zhao"])
    assert reason is not None
    assert (str(reason), "王敏" in chinese.text(reason)) == ("WANG Min has this story in revision", True)
    nobody = may_claim(replace(file.situation, held_by=None), office["zhao"])
    assert str(nobody) == "somebody else has this story in revision"
