"""Editing: what an edit may touch, what it does to sign-offs, and that it stays quick in a long story."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from office import Office
from sqlalchemy import event

from desktop_app.desk.desk import open_desk
from desktop_app.desk.editing import edit_story
from desktop_app.desk.stories import list_stories, story_history
from desktop_app.desk.verification import verify
from desktop_app.domain.edits import (
    Edit,
    ReplaceSegments,
    SetPlacement,
    SetSegment,
    join_segments,
    set_status,
    set_target,
    split_segment,
)
from desktop_app.domain.story import Bilingual, Languages, Segment, SegmentStatus, Story, StoryState, block_text
from desktop_app.foundation.errors import BugError, NotAllowedError, WrongUsageError

SIGNED = ["li:submit", "wang:claim", "wang:edit", "wang:sign"]


def standing(office: Office, story: Story) -> tuple[str, list[str], str | None]:
    file = office.open(story)
    step = file.situation.open_step()
    return file.story.state.value, list(file.situation.standing.valid), step.name if step else None


def test_edit_after_sign_off_makes_it_stale(office: Office) -> None:
    story = office.story()
    office.through(story, [*SIGNED, "zhao:sign"])
    assert standing(office, story) == ("approved", ["draft", "revision", "approval"], None)
    office.write(story, "Changed after approval.", by="zhao")
    assert standing(office, story) == ("in revision", ["draft"], "revision")
    assert len(office.open(story).signoffs) == 3, "they stay in the history"
    assert list_stories(office.desk)[0].stale


def test_bringing_the_old_words_back_does_not_bring_the_sign_off_back(office: Office) -> None:
    story = office.story()
    office.through(story, [*SIGNED, "zhao:sign"])
    words = office.segments(story)[1].target
    office.write(story, "Changed.", by="zhao")
    office.write(story, words, by="zhao")
    assert standing(office, story) == ("in revision", ["draft"], "revision")
    office.through(story, ["chen:sign"])
    assert standing(office, story) == ("in revision", ["draft", "revision"], "approval"), "the old approval is void"


def test_the_drafter_who_edits_after_submitting_submits_again(office: Office) -> None:
    story = office.story()
    words = office.segments(story)[1].target
    office.through(story, ["li:submit"])
    office.write(story, "Wait.")
    office.write(story, words)
    assert standing(office, story) == ("drafting", [], "draft")
    office.through(story, ["li:drop", "li:restore"])
    assert standing(office, story) == ("drafting", [], "draft")
    office.through(story, ["li:submit"])
    assert standing(office, story) == ("submitted", ["draft"], "revision")


def test_a_reviewer_who_edits_after_signing_has_it_in_hand_again(office: Office) -> None:
    story = office.story()
    office.through(story, [*SIGNED, "wang:edit"])
    assert office.open(story).story.claimed_by == office["wang"].id
    office.through(story, ["wang:sign", "zhao:sign", "zhao:release"])
    assert standing(office, story)[0] == "released"


@pytest.mark.parametrize("change", ["status", "lock", "the catalogue's id of a picture", "another way to write é"])
def test_what_is_not_signed_leaves_the_sign_off_standing(office: Office, change: str) -> None:
    story = office.story()
    office.write(story, "A café opens.")
    office.through(story, ["li:submit", "wang:sign", "zhao:sign"])
    segment, place = office.segments(story)[1], office.open(story).story.content.blocks[-1]
    assert place.placement is not None
    edits: dict[str, Edit] = {
        "status": set_status(segment, SegmentStatus.SIGNED_OFF),
        "lock": replace(set_status(segment, segment.status), locked=True),
        "the catalogue's id of a picture": SetPlacement(place.id, place.placement),
        "another way to write é": set_target(segment, "A cafe\u0301 opens."),
    }
    edit_story(office.desk, story.id, [edits[change]], by=office["sun"])
    assert standing(office, story) == ("approved", ["draft", "revision", "approval"], None)


def test_a_reviewer_who_withdraws_in_the_middle_of_three_opens_that_review_again(office: Office) -> None:
    story = office.story(policy="three-reviews")
    office.through(story, ["li:submit", "wang:sign", "chen:claim", "chen:edit", "chen:sign", "chen:withdraw"])
    assert standing(office, story) == ("in revision", ["draft", "first"], "second")
    assert office.open(story).story.claimed_by == office["chen"].id


def test_one_person_cannot_come_by_two_reviews_over_a_withdrawal(office: Office) -> None:
    """CHEN signs the second review; WANG withdraws the first; CHEN signs the first: the second must not count again."""
    story = office.story(policy="three-reviews")
    office.through(story, ["li:submit", "wang:sign", "chen:sign", "wang:withdraw"])
    assert standing(office, story) == ("in revision", ["draft"], "first")
    office.through(story, ["chen:sign"])
    assert standing(office, story) == ("in revision", ["draft", "first"], "second")
    with pytest.raises(NotAllowedError, match="at most one review"):
        office.act(story, "sign", "chen")


def test_a_reviser_who_drafted_does_not_review_or_approve(office: Office) -> None:
    story = office.story(by="chen")
    office.through(story, ["chen:submit"])
    for step in ("claim", "revision"):
        with pytest.raises(NotAllowedError, match="drafted this version"):
            office.act(story, step, "chen")
    office.through(story, ["wang:sign"])
    with pytest.raises(NotAllowedError, match="drafted this version"):
        office.act(story, "approval", "chen")


def test_a_reviser_who_wrote_last_does_not_review_or_approve(office: Office) -> None:
    story = office.story()
    office.through(story, ["wang:edit", "li:submit"])
    for step in ("claim", "revision"):
        with pytest.raises(NotAllowedError, match="wrote in the draft"):
            office.act(story, step, "wang")
    office.through(story, ["chen:sign", "zhao:edit"])
    with pytest.raises(NotAllowedError, match="last editor"):
        office.act(story, "revision", "zhao")
    office.through(story, ["chen:sign"])
    with pytest.raises(NotAllowedError, match="last editor"):
        office.act(story, "approval", "zhao")
    with pytest.raises(NotAllowedError, match="wrote in the draft"):
        office.act(story, "approval", "wang")


@pytest.mark.parametrize("between", [[], ["li:edit"]])
def test_a_returned_story_that_is_submitted_again_waits_for_a_new_review(office: Office, between: list[str]) -> None:
    story = office.story()
    office.through(story, [*SIGNED, "zhao:return", *between])
    if not between:
        office.write(story, "Paragraph 0, one.")  # the very words that were submitted at first
    office.through(story, ["li:submit"])
    assert standing(office, story) == ("submitted", ["draft"], "revision")
    assert office.open(story).story.claimed_by is None


def test_a_dropped_story_is_taken_up_where_it_was(office: Office) -> None:
    story = office.story()
    office.through(story, ["li:submit", "wang:claim", "wang:edit", "chen:drop"])
    with pytest.raises(NotAllowedError):
        office.write(story, "No.", by="wang")
    office.through(story, ["chen:restore", "wang:sign"])
    assert standing(office, story) == ("in revision", ["draft", "revision"], "approval")


def test_a_clock_that_was_set_back_does_not_change_the_order_of_sign_offs(office: Office) -> None:
    story = office.story()
    office.through(story, ["li:submit"])
    with closing(open_desk(office.desk.folder, now=lambda: datetime(2001, 1, 1, tzinfo=UTC))) as early:
        Office(early, office.people).through(story, ["wang:sign", "zhao:sign"])
    assert standing(office, story)[0] == "approved"


# ---- what may be touched


def test_a_locked_segment_keeps_its_words(office: Office) -> None:
    story = office.story()
    office.lock(story)
    before = office.segments(story)
    block = office.open(story).story.content.blocks[1]
    joined = join_segments(block.segments[0], block.segments[1], Languages())
    split = split_segment(block.segments[0], "n", 2, 2, Languages())
    for edit in (
        set_target(before[1], "Other words."),
        ReplaceSegments(block.id, (joined,)),
        ReplaceSegments(block.id, (*split, block.segments[1])),
    ):
        with pytest.raises(NotAllowedError, match="locked"):
            edit_story(office.desk, story.id, [set_target(before[2], "First, allowed."), edit], by=office["li"])
        assert office.segments(story) == before, "nothing of the whole step was written"
    edit_story(office.desk, story.id, [SetSegment(before[1].id, "Unlocked.", SegmentStatus.DRAFT)], by=office["li"])
    assert office.segments(story)[1].target == "Unlocked."


def test_a_split_that_would_change_the_source_is_a_bug_and_changes_nothing(office: Office) -> None:
    story = office.story()
    block = office.open(story).story.content.blocks[1]
    first, second = block.segments
    before = office.segments(story)
    for segments in ((first,), (first, second, second), (replace(first, source="别的"), second), (second, first), ()):
        with pytest.raises(BugError):
            edit_story(office.desk, story.id, [ReplaceSegments(block.id, segments)], by=office["li"])
    assert office.segments(story) == before


def test_edits_of_one_step_build_on_each_other(office: Office) -> None:
    """Split, write into the new half, join it with the next: one step of a person, one transaction."""
    story = office.story()
    block = office.open(story).story.content.blocks[1]
    first, new = split_segment(block.segments[0], "new", 4, 9, Languages())
    written = replace(new, target="Second half.", status=SegmentStatus.DRAFT)
    joined = join_segments(written, block.segments[1], Languages())
    steps: list[Edit] = [
        ReplaceSegments(block.id, (first, new, block.segments[1])),
        set_target(new, "Second half."),
        ReplaceSegments(block.id, (first, joined)),
    ]
    edit_story(office.desk, story.id, steps, by=office["li"])
    after = office.open(story).story.content.blocks[1]
    assert [segment.id for segment in after.segments] == [first.id, "new"]
    assert after.segments[1].target == "Second half. Paragraph 0, two."
    assert block_text(after, Languages()).zh == block_text(block, Languages()).zh
    assert verify(office.desk).problems == ()


def test_a_segment_of_another_story_cannot_be_reached(office: Office) -> None:
    mine, other = office.story(), office.story()
    theirs = office.segments(other)[1]
    block = office.open(mine).story.content.blocks[1]
    stolen = (replace(block.segments[0], id=theirs.id), block.segments[1])
    for edit in (set_target(theirs, "Mine."), ReplaceSegments(block.id, stolen), SetPlacement("none", placement(mine))):
        with pytest.raises(WrongUsageError):
            edit_story(office.desk, mine.id, [edit], by=office["li"])
    assert office.segments(other)[1] == theirs


def placement(story: Story):
    return next(story.content.placements())


def test_what_a_paste_brings_is_kept_fit_for_export(office: Office) -> None:
    story = office.story()
    office.write(story, "A\x00B\x0bC\ud800D 𠮷\tE\nF")
    assert office.segments(story)[1].target == "ABCD 𠮷\tE\nF"
    place = office.open(story).story.content.blocks[-1]
    captioned = replace(placement(story), caption=Bilingual("图\x07", "Pho\udfffto"))
    edit_story(office.desk, story.id, [SetPlacement(place.id, captioned)], by=office["li"])
    office.through(story, ["li:submit"])
    assert verify(office.desk).problems == ()


def test_the_list_follows_the_headline(office: Office) -> None:
    story = office.story()
    office.write(story, "A New Headline", at=0)
    assert list_stories(office.desk)[0].summary.headline.en == "A New Headline"


def test_a_source_text_becomes_a_draft_by_its_first_words_and_back(office: Office) -> None:
    story = office.story(translated=False, by=None)
    assert standing(office, story)[0] == "sourced"
    office.write(story, "First words.", by="sun")
    file = office.open(story)
    assert (file.story.state, file.story.drafter) == (StoryState.DRAFTING, office["sun"].id)
    office.write(story, "", by="sun")
    assert standing(office, story)[0] == "sourced"
    with pytest.raises(NotAllowedError, match="no English text"):
        office.act(story, "submit", "sun")


def test_the_same_words_are_one_version(office: Office) -> None:
    story = office.story()
    office.through(story, ["li:submit", "wang:sign", "zhao:sign"])
    versions, _, _ = story_history(office.desk, story.id)
    assert [str(version.number) for version in versions] == ["1.0"]
    assert not office.open(story).story.modified


# ---- a long story


@contextmanager
def statements(office: Office) -> Iterator[list[str]]:
    """The SQL that the archive runs, by either of its engines."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    engines = [engine for engine in (office.desk.archive._writer, office.desk.archive._reader) if engine is not None]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield seen
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("begun", [[], ["li:submit", "wang:claim"]], ids=["drafting", "in revision"])
def test_typing_costs_the_same_in_a_long_story(office: Office, begun: list[str]) -> None:
    """Autosave writes one segment: it never reads or writes the whole story, nor works out its digest."""
    counts = []
    for paragraphs in (3, 400):
        story = office.story(paragraphs=paragraphs)
        office.through(story, begun)
        person = office["wang"] if begun else office["li"]
        segments = office.segments(story)
        edit_story(office.desk, story.id, [set_target(segments[1], "Warm.")], by=person)
        with statements(office) as seen:
            edit_story(office.desk, story.id, [set_target(segments[2], "Typed.")], by=person)
        counts.append(len(seen))
        assert not [s for s in seen if "FROM segments" in s and "segments.story =" in s], "no whole story is read"
        assert not [s for s in seen if "FROM signoffs" in s]
    assert counts[0] == counts[1] <= 18


def test_an_edit_writes_its_own_rows_alone(office: Office) -> None:
    story = office.story(paragraphs=50)
    office.write(story, "Warm.", at=3)
    with statements(office) as seen:
        segment: Segment = office.segments(story)[3]
        edit_story(office.desk, story.id, [set_target(segment, "Typed.")], by=office["li"])
    written = [s.split()[:3] for s in seen if s.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(written) <= 8, written
