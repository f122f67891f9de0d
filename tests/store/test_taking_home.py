"""What came back goes into the archive as planned: in one transaction, with its event, and never over unseen words."""

import random
from dataclasses import replace

import pytest
from office import Office
from random_acts import Office as RandomWork

from desktop_app.desk.desk import Changes
from desktop_app.desk.editing import OvertakenError
from desktop_app.desk.merging import Returning, apply_merge, plan_merge
from desktop_app.desk.operations import sentence_of
from desktop_app.desk.stories import story_history
from desktop_app.desk.verification import verify
from desktop_app.domain.edits import ReplaceSegments, apply, set_target, split_segment
from desktop_app.domain.merging.applying import merged
from desktop_app.domain.merging.changes import Side
from desktop_app.domain.merging.deciding import decide
from desktop_app.domain.policy import DRAFT_REVISION
from desktop_app.domain.story import Content, Languages, Story, StoryState
from desktop_app.foundation.errors import InputRefusedError, NotAllowedError, WrongUsageError
from desktop_app.store import stories as story_store


def content_of(office: Office, story: Story) -> Content:
    return office.open(story).story.content


def worked(content: Content, *texts: str) -> Content:
    """The text with other words in its first paragraphs."""
    for segment, text in zip(list(content.segments())[1:], texts, strict=False):
        content = apply(content, set_target(segment, text))
    return content


def test_a_plan_writes_nothing_and_is_what_comes_of_it(office: Office) -> None:
    story = office.story()
    base = content_of(office, story)
    back = replace(worked(base, "Written away.", "And this."), dateline="Tianjin", topics=("Sports",))
    block = next(block for block in back.blocks if len(block.segments) > 1)
    first, *rest = block.segments
    halves = split_segment(first, office.desk.new_id(), 1, 3, Languages())
    back = apply(back, ReplaceSegments(block.id, (*halves, *rest)))
    planned = plan_merge(office.desk, [Returning(story.id, base, back)])
    assert content_of(office, story) == base
    done = apply_merge(office.desk, planned, origin="home.diptych", by=office["li"])
    assert (done.applied, done.conflicts) == (len(planned[0].merge.applied), 0)
    assert done.changes.stories == {story.id}
    assert content_of(office, story) == merged(planned[0].merge) == back
    _, events, _ = story_history(office.desk, story.id)
    (event,) = [event for event in events if event.operation == "story merged"]
    assert str(sentence_of(event, DRAFT_REVISION)) == "Merged what came back in home.diptych"
    again = plan_merge(office.desk, [Returning(story.id, base, back)])
    assert apply_merge(office.desk, again, origin="home.diptych", by=office["li"]).changes == Changes()
    assert verify(office.desk).problems == ()


def test_a_conflict_leaves_what_stands_here_until_it_is_decided(office: Office) -> None:
    story = office.story()
    base = content_of(office, story)
    office.write(story, "Written here.", by="li", at=1)
    (plan,) = plan_merge(office.desk, [Returning(story.id, base, worked(base, "Written away."))])
    done = apply_merge(office.desk, [plan], origin="x", by=office["li"])
    assert (done.applied, done.conflicts, done.changes) == (0, 1, Changes())
    settled = replace(plan, merge=decide(plan.merge, {}, Side.THEIRS))
    assert apply_merge(office.desk, [settled], origin="x", by=office["li"]).applied == 1
    assert list(content_of(office, story).segments())[1].target == "Written away."


def test_words_written_after_the_plan_are_not_written_over(office: Office) -> None:
    one, other = office.story(), office.story()
    returning = [
        Returning(story.id, content_of(office, story), worked(content_of(office, story), "Written away."))
        for story in (one, other)
    ]
    planned = plan_merge(office.desk, returning)
    office.write(other, "Written here meanwhile.", by="li", at=1)
    before = content_of(office, one)
    with pytest.raises(OvertakenError):
        apply_merge(office.desk, planned, origin="x", by=office["li"])
    assert content_of(office, one) == before, "all or nothing"


def test_a_story_that_may_not_be_changed_is_refused(office: Office) -> None:
    story = office.story()
    base = content_of(office, story)
    planned = plan_merge(office.desk, [Returning(story.id, base, worked(base, "Written away."))])
    office.through(story, ["li:submit", "wang:claim"])
    with pytest.raises(NotAllowedError):
        apply_merge(office.desk, planned, origin="x", by=office["li"])
    assert content_of(office, story) == base


def test_a_fact_that_came_back_makes_a_sign_off_stale(office: Office) -> None:
    story = office.story()
    office.through(story, ["li:submit", "wang:claim", "wang:sign"])
    base = content_of(office, story)
    assert "revision" in office.open(story).situation.standing.valid
    planned = plan_merge(office.desk, [Returning(story.id, base, replace(base, dateline="Tianjin"))])
    apply_merge(office.desk, planned, origin="x", by=office["wang"])
    assert content_of(office, story).dateline == "Tianjin"
    assert "revision" not in office.open(story).situation.standing.valid


def test_another_source_text_and_an_unknown_story_are_refused(office: Office) -> None:
    story = office.story()
    base = content_of(office, story)
    with pytest.raises(InputRefusedError) as refused:
        plan_merge(office.desk, [Returning(story.id, base, replace(base, blocks=base.blocks[1:]))])
    assert refused.value.subject == story.slug
    with pytest.raises(WrongUsageError):
        plan_merge(office.desk, [Returning("nowhere", base, base)])


def test_random_work_on_both_sides_goes_into_the_archive_as_planned(office: Office) -> None:
    for seed in range(25):
        chance = random.Random(seed)
        base = without_catalogue(RandomWork(chance, f"b{seed}").story(2))
        ours = without_catalogue(RandomWork(chance, f"o{seed}").work(base, chance.choice([0, 3, 8])))
        theirs = without_catalogue(RandomWork(chance, f"t{seed}").work(base, chance.choice([3, 8])))
        story = Story(f"story{seed}", f"story{seed}", ours, state=StoryState.DRAFTING)
        with office.desk.archive.write() as unit:
            story_store.add(unit.session, story, at=unit.at)
            unit.record("stories imported", story=story.id, stories=[story.id])
        (plan,) = plan_merge(office.desk, [Returning(story.id, base, theirs)])
        plan = replace(plan, merge=decide(plan.merge, {}, Side.THEIRS if seed % 2 else None))
        apply_merge(office.desk, [plan], origin="x", by=office["li"])
        assert content_of(office, story) == merged(plan.merge), seed
    assert verify(office.desk).problems == ()


def without_catalogue(content: Content) -> Content:
    """The text with pictures that are known by their file names alone."""
    placed = (
        replace(block, placement=replace(block.placement, picture=None)) if block.placement is not None else block
        for block in content.blocks
    )
    return replace(content, blocks=tuple(placed))
