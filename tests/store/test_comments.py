"""Comments in an archive: threads and their rules, what they never touch, sign-offs, and the words they stand on."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import Office

from desktop_app.desk import comments as desk_comments
from desktop_app.desk import editing, publishing, verification, workflow
from desktop_app.desk.comments import bring_back, change_note, comment, delete, discussion, reopen, reply, resolve
from desktop_app.desk.desk import Changes
from desktop_app.desk.operations import OPERATIONS, sentence_of
from desktop_app.desk.stories import story_history
from desktop_app.domain.comments import MAX_QUOTE, MAX_REASON, MAX_TEXT, Comment, CommentWaiver
from desktop_app.domain.edits import (
    Edit,
    RemoveBlock,
    ReplaceSegments,
    inverse,
    join_segments,
    recut_segments,
    split_segment,
)
from desktop_app.domain.policy import DRAFT_REVISION
from desktop_app.domain.story import Story, StoryState
from desktop_app.foundation.errors import InputRefusedError, NotAllowedError, WrongUsageError
from desktop_app.store import comments as comment_store


def said(office: Office, story: Story, text: str = "Is this right?", *, at: int = 1, by: str = "wang") -> Comment:
    """A comment on a segment."""
    return comment(office.desk, story.id, office.segments(story)[at].id, text, by=office[by]).comment


def held(office: Office, story: Story) -> list[Comment]:
    return list(discussion(office.desk, story.id).comments)


def operations(office: Office, story: Story) -> list[str]:
    return [event.operation for event in story_history(office.desk, story.id)[1]]


def test_a_thread_has_its_words_their_writers_and_its_place(office: Office, story: Story) -> None:
    segment = office.segments(story)[1]
    made = comment(
        office.desk,
        story.slug,
        segment.id,
        " 1.2亿 is 120 million.\r\n",
        by=office["wang"],
        side="source",
        quote="1.2亿",
    )
    assert made.changes == Changes(stories=frozenset([story.id]))
    answered = reply(office.desk, made.comment.id, "Mended.", by=office["li"])
    (one,) = held(office, story)
    assert one == answered.comment
    assert (one.anchor, one.side, one.quote, one.open) == (segment.id, "source", "1.2亿", True)
    assert [(note.person, note.text, note.changed_at) for note in one.notes] == [
        (office["wang"].id, "1.2亿 is 120 million.", None),
        (office["li"].id, "Mended.", None),
    ]
    found = discussion(office.desk, story.id)
    assert found.number(one) == 2
    assert found.name(one.author) == "WANG Min"


def test_a_place_is_given_by_id_or_by_number_and_must_be_there(office: Office, story: Story) -> None:
    picture = next(block for block in office.open(story).story.content.blocks if block.placement is not None)
    numbers = discussion(office.desk, story.id).numbers
    by_number = comment(office.desk, story.id, str(numbers[picture.id]), "Who is it?", by=office["li"]).comment
    assert by_number.anchor == picture.id
    for place in ("0", "99", "", "no-such-segment", "²"):
        with pytest.raises(WrongUsageError):
            comment(office.desk, story.id, place, "Where?", by=office["li"])
    with pytest.raises(WrongUsageError):
        comment(office.desk, "no-such-story", "1", "Where?", by=office["li"])


@pytest.mark.parametrize("text", ["", "  \n\t ", "\x00\x1b", "x" * (MAX_TEXT + 1)])
def test_an_empty_or_endless_text_is_refused_and_nothing_is_written(office: Office, story: Story, text: str) -> None:
    first = said(office, story)
    before = operations(office, story)
    acts: tuple[Callable[[], object], ...] = (
        lambda: said(office, story, text),
        lambda: reply(office.desk, first.id, text, by=office["li"]),
        lambda: change_note(office.desk, first.id, text, by=office["wang"]),
    )
    for act in acts:
        with pytest.raises(InputRefusedError):
            act()
    assert held(office, story) == [first]
    assert operations(office, story) == before


def test_a_long_quote_is_cut_and_the_longest_text_kept(office: Office, story: Story) -> None:
    segment = office.segments(story)[0].id
    made = comment(office.desk, story.id, segment, "长" * MAX_TEXT, by=office["li"], quote="字\n" * 5000).comment
    assert len(made.notes[0].text) == MAX_TEXT
    assert len(made.quote) <= MAX_QUOTE
    assert made.quote.endswith("…")


def test_resolving_and_opening_again_say_who_and_when_and_twice_is_once(office: Office, story: Story) -> None:
    first = said(office, story)
    resolved = resolve(office.desk, first.id, by=office["li"]).comment
    assert (resolved.open, resolved.resolved_by) == (False, office["li"].id)
    assert resolved.resolved_at is not None
    assert resolve(office.desk, first.id, by=office["zhao"]) == (resolved, Changes())
    assert reopen(office.desk, first.id, by=office["zhao"]).comment == first
    assert reopen(office.desk, first.id, by=office["zhao"]) == (first, Changes())
    assert held(office, story) == [first]
    assert operations(office, story)[-3:] == ["comment added", "comment resolved", "comment reopened"]


def test_only_the_writer_changes_a_note_and_it_says_so(office: Office, story: Story) -> None:
    first = said(office, story)
    answer = reply(office.desk, first.id, "No.", by=office["li"]).comment.notes[1]
    for note in (first.id, first.notes[0].id):
        with pytest.raises(NotAllowedError):
            change_note(office.desk, note, "Yes.", by=office["li"])
    changed = change_note(office.desk, answer.id, "Yes.", by=office["li"]).comment
    assert [note.text for note in changed.notes] == ["Is this right?", "Yes."]
    assert changed.notes[0].changed_at is None
    assert changed.notes[1].changed_at is not None
    assert change_note(office.desk, answer.id, "Yes. ", by=office["li"]) == (changed, Changes())
    assert held(office, story) == [changed]


def test_a_thread_is_deleted_by_its_writer_while_nobody_else_answered_and_comes_back(
    office: Office, story: Story
) -> None:
    first = said(office, story)
    own = reply(office.desk, first.id, "I mean the sum.", by=office["wang"]).comment
    with pytest.raises(NotAllowedError):
        delete(office.desk, first.id, by=office["li"])
    deleted = delete(office.desk, first.id, by=office["wang"]).comment
    assert deleted == own
    assert held(office, story) == []
    with pytest.raises(WrongUsageError):
        reply(office.desk, first.id, "Which?", by=office["li"])
    with pytest.raises(NotAllowedError):
        bring_back(office.desk, deleted, by=office["li"])
    assert bring_back(office.desk, deleted, by=office["wang"]).comment == own
    assert bring_back(office.desk, deleted, by=office["wang"]).changes == Changes()
    assert held(office, story) == [own]
    reply(office.desk, first.id, "Mended.", by=office["li"])
    with pytest.raises(NotAllowedError):
        delete(office.desk, first.id, by=office["wang"])
    assert verification.verify(office.desk).problems == ()


def test_every_act_is_one_event_without_the_words_and_reads_as_a_sentence(office: Office, story: Story) -> None:
    before = len(operations(office, story))
    first = said(office, story, "Secret words")
    reply(office.desk, first.id, "Secret answer", by=office["wang"])
    change_note(office.desk, first.id, "Secret again", by=office["wang"])
    resolve(office.desk, first.id, by=office["li"])
    reopen(office.desk, first.id, by=office["li"])
    deleted = delete(office.desk, first.id, by=office["wang"]).comment
    bring_back(office.desk, deleted, by=office["wang"])
    events = story_history(office.desk, story.id)[1][before:]
    assert len(events) == 7
    for event in events:
        assert event.operation in OPERATIONS
        assert "segment 2" in str(sentence_of(event, DRAFT_REVISION))
        assert "Secret" not in str(event.data)
    assert verification.verify(office.desk).problems == ()


@pytest.mark.parametrize("state", ["drafting", "submitted", "in revision", "approved", "released", "dropped", "killed"])
def test_commenting_is_no_edit_in_any_state(office: Office, story: Story, state: str) -> None:
    steps = {
        "drafting": [],
        "submitted": ["li:submit"],
        "in revision": ["li:submit", "wang:claim"],
        "approved": ["li:submit", "wang:claim", "wang:sign", "zhao:sign"],
        "released": ["li:submit", "wang:claim", "wang:sign", "zhao:sign", "zhao:release"],
        "dropped": ["li:drop"],
        "killed": ["zhao:kill", "chen:kill"],
    }
    office.through(story, steps[state])
    before = office.open(story)
    assert before.story.state.value == state
    first = said(office, story, by="sun")
    reply(office.desk, first.id, "Yes.", by=office["li"])
    resolve(office.desk, first.id, by=office["chen"])
    assert office.open(story) == before


# Sign-offs


def test_every_step_is_refused_over_an_open_comment_and_nothing_is_changed(office: Office, story: Story) -> None:
    first = said(office, story)
    steps = ["li:submit", "wang:claim", "wang:sign", "zhao:sign", "zhao:release"]
    for step in steps:
        if step == "wang:claim":
            office.through(story, [step])
            continue
        before, events = office.open(story), operations(office, story)
        with pytest.raises(NotAllowedError, match=r"1 comment is open \(segment 2\)") as refused:
            office.through(story, [step])
        assert refused.value.exit_code == 5
        assert refused.value.subject == story.slug
        assert "--waive-comments" in str(refused.value.advice)
        assert (office.open(story), operations(office, story)) == (before, events)
        resolve(office.desk, first.id, by=office["li"])
        office.through(story, [step])
        reopen(office.desk, first.id, by=office["li"])
    assert office.open(story).story.state is StoryState.RELEASED


def test_a_waiver_stays_readable_in_the_history(office: Office, story: Story) -> None:
    first = said(office, story)
    waiver = CommentWaiver(" The desk\nknows of it. ")
    workflow.submit(office.desk, story.id, by=office["li"], waiver=waiver)
    workflow.claim(office.desk, story.id, by=office["wang"])
    workflow.sign(office.desk, story.id, step="revision", by=office["wang"], waiver=waiver)
    workflow.sign(office.desk, story.id, step="approval", by=office["zhao"], waiver=waiver)
    publishing.release(office.desk, story.id, by=office["zhao"], waiver=waiver)
    events = story_history(office.desk, story.id)[1]
    signed = [event for event in events if event.operation in {"step signed", "story released"}]
    assert len(signed) == 4
    for event in signed:
        assert event.data["open_comments"] == [first.id]
        assert str(sentence_of(event, DRAFT_REVISION)).endswith(", with 1 open comment: The desk knows of it.")
    assert held(office, story) == [first], "waiving resolves nothing"


def test_a_reason_without_open_comments_is_not_recorded(office: Office, story: Story) -> None:
    resolve(office.desk, said(office, story).id, by=office["li"])
    workflow.submit(office.desk, story.id, by=office["li"], waiver=CommentWaiver("To be sure."))
    assert "reason" not in story_history(office.desk, story.id)[1][-1].data


def test_a_waiver_covers_no_comment_that_its_signer_has_not_seen(office: Office, story: Story) -> None:
    first = said(office, story)
    shown = CommentWaiver("Agreed.", frozenset({first.id}))
    said(office, story, "Wait!", at=0)
    with pytest.raises(NotAllowedError, match="1 comment was added meanwhile"):
        workflow.submit(office.desk, story.id, by=office["li"], waiver=shown)
    with pytest.raises(InputRefusedError):
        workflow.submit(office.desk, story.id, by=office["li"], waiver=CommentWaiver("x" * (MAX_REASON + 1)))
    assert office.open(story).story.state is StoryState.DRAFTING


def test_who_may_not_sign_at_all_is_told_that_first(office: Office, story: Story) -> None:
    said(office, story)
    with pytest.raises(NotAllowedError, match="only the person who drafted"):
        workflow.submit(office.desk, story.id, by=office["sun"])


# The words they stand on


def edit(office: Office, story: Story, *edits: Edit) -> None:
    editing.edit_story(office.desk, story.id, edits, by=office["li"])


def place(office: Office, story: Story) -> str | None:
    found = discussion(office.desk, story.id)
    return found.comments[0].place(found.numbers)


def test_a_comment_moves_with_a_join_in_the_same_transaction_and_returns_with_undo(
    office: Office, story: Story
) -> None:
    block = office.open(story).story.content.blocks[1]
    first, second = block.segments[:2]
    one = comment(office.desk, story.id, second.id, "This one.", by=office["wang"]).comment
    joined = join_segments(first, second, story.languages)
    events = len(operations(office, story))
    edit(office, story, ReplaceSegments(block.id, (joined, *block.segments[2:])))
    assert len(operations(office, story)) == events + 1
    (moved,) = held(office, story)
    assert (moved.anchor, moved.moved_to, moved.moved_offset) == (second.id, first.id, len(first.source))
    assert place(office, story) == first.id
    edit(office, story, ReplaceSegments(block.id, block.segments))
    assert held(office, story) == [one]
    assert verification.verify(office.desk).problems == ()


def test_a_comment_on_a_picture_that_is_taken_out_stays_listed_and_returns(office: Office, story: Story) -> None:
    content = office.open(story).story.content
    picture = next(block for block in content.blocks if block.placement is not None)
    one = comment(office.desk, story.id, picture.id, "Who is it?", by=office["wang"]).comment
    undo = inverse(content, RemoveBlock(picture.id))
    edit(office, story, RemoveBlock(picture.id))
    found = discussion(office.desk, story.id)
    assert (found.comments, found.number(one), place(office, story)) == ((one,), None, None)
    resolve(office.desk, one.id, by=office["li"])
    reopen(office.desk, one.id, by=office["li"])
    with pytest.raises(NotAllowedError, match="1 comment is open"):
        workflow.submit(office.desk, story.id, by=office["li"])
    edit(office, story, undo)
    assert place(office, story) == picture.id


def test_a_refused_edit_moves_no_comment(office: Office, story: Story) -> None:
    block = office.open(story).story.content.blocks[1]
    comment(office.desk, story.id, block.segments[1].id, "This one.", by=office["wang"])
    before = held(office, story)
    joined = join_segments(block.segments[0], block.segments[1], story.languages)
    edits = [ReplaceSegments(block.id, (joined, *block.segments[2:])), ReplaceSegments("no-such-block", ())]
    with pytest.raises(WrongUsageError):
        edit(office, story, *edits)
    assert held(office, story) == before


steps = st.lists(
    st.tuples(st.sampled_from(["split", "join", "recut", "undo"]), st.integers(0, 7), st.integers(0, 30)), max_size=12
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_comments_follow_their_words_through_cuts_joins_and_undo(
    office: Office, steps: list[tuple[str, int, int]]
) -> None:
    require_comments_to_follow(office, steps)


@pytest.mark.proof
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_comments_follow_their_words_whatever_is_tried(office: Office, steps: list[tuple[str, int, int]]) -> None:
    require_comments_to_follow(office, steps)


def require_comments_to_follow(office: Office, steps: list[tuple[str, int, int]]) -> None:
    """Whatever is cut and joined: a comment is on its anchor, or on the segment with the anchor's first character."""
    story = office.story(slug=f"s{office.desk.new_id()}")
    block = office.open(story).story.content.blocks[1]
    text = "".join(segment.source for segment in block.segments)
    starts: dict[str, int] = {}
    for segment in block.segments:
        comment(office.desk, story.id, segment.id, "Here.", by=office["wang"])
    undo: list[Edit] = []
    for step in steps:
        content = office.open(story).story.content
        segments = content.blocks[1].segments
        starts |= {segment.id: sum(len(s.source) for s in segments[:i]) for i, segment in enumerate(segments)}
        if step[0] == "undo" and undo:
            edit(office, story, undo.pop())
        elif (made := rearranged(office, story, block.id, step)) is not None:
            undo.append(inverse(content, made))
            edit(office, story, made)
        now = office.open(story).story.content.blocks[1].segments
        begins = {segment.id: sum(len(s.source) for s in now[:i]) for i, segment in enumerate(now)}
        lengths = {segment.id: len(segment.source) for segment in now}
        assert "".join(segment.source for segment in now) == text
        for one in held(office, story):
            stands = one.place(begins)
            assert stands is not None
            if one.anchor in begins:
                assert (stands, one.moved_to) == (one.anchor, None)
            else:
                at = starts[one.anchor]
                assert begins[stands] <= at
                assert at < begins[stands] + lengths[stands] or at == len(text)
    assert verification.verify(office.desk).problems == ()


def rearranged(office: Office, story: Story, block: str, step: tuple[str, int, int]) -> ReplaceSegments | None:
    kind, which, at = step
    segments = office.open(story).story.content.blocks[1].segments
    place = which % len(segments)
    if kind == "split":
        pair = split_segment(segments[place], office.desk.new_id(), at, 0, story.languages)
        return ReplaceSegments(block, (*segments[:place], *pair, *segments[place + 1 :]))
    if place + 1 >= len(segments):
        return None
    if kind == "join":
        joined = join_segments(segments[place], segments[place + 1], story.languages)
        return ReplaceSegments(block, (*segments[:place], joined, *segments[place + 2 :]))
    if kind == "recut":
        both = recut_segments(segments[place], segments[place + 1], "source", at, story.languages)
        return ReplaceSegments(block, (*segments[:place], *both, *segments[place + 2 :]))
    return None


def test_a_thread_without_notes_is_not_shown(office: Office, story: Story) -> None:
    first = said(office, story)
    with office.desk.archive.write() as unit:
        comment_store.add(unit.session, replace(first, id=unit.new_id(), notes=()))
        unit.record("written from outside")
    assert held(office, story) == [first]


def test_reading_comments_of_a_story_without_any_is_an_empty_list(office: Office, story: Story) -> None:
    assert discussion(office.desk, story.slug).comments == ()
    with office.desk.archive.read() as session:
        assert desk_comments.open_comments(session, office.open(story)) == []
