"""The story in memory: edits, undo over the whole of it, what waits to be saved, and what changed elsewhere."""

import random
from dataclasses import replace

import pytest
from test_editor_stage import counter, long_story, small_story

from desktop_app.domain.edits import ReplaceSegments, SetPlacement, SetSegment, apply
from desktop_app.domain.story import Content, SegmentStatus, Story, block_text
from desktop_app.foundation.errors import BugError
from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.rows import CREDITS, Field
from desktop_app.gui.editor.tally import Counts

pytestmark = pytest.mark.usefixtures("qapp")


class _Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def _type(document: StoryDocument, key: str, text: str, field: Field = Field.TARGET) -> None:
    for end in range(1, len(text) + 1):
        document.write(key, field, text[:end])


def test_rows_are_in_reading_order_and_the_credits_are_last() -> None:
    keys = [row.key for row in StoryDocument(small_story()).rows]
    assert keys == ["s1-h", "s1-a", "s1-b", "s1-p", "s1-c", CREDITS]


def test_typing_is_one_step_and_undo_brings_text_and_status_back() -> None:
    document = StoryDocument(small_story())
    document.confirm("s1-a", SegmentStatus.CONFIRMED)
    document.seal()
    _type(document, "s1-a", "They came.")
    assert document.segment("s1-a").status is SegmentStatus.DRAFT
    assert document.undo() == ("s1-a", Field.TARGET)
    assert document.segment("s1-a").target == "The delegation came."
    assert document.segment("s1-a").status is SegmentStatus.CONFIRMED
    document.redo()
    assert document.segment("s1-a").target == "They came."
    assert document.segment("s1-a").status is SegmentStatus.DRAFT


def test_pause_leaving_and_commit_each_end_a_step_of_typing() -> None:
    clock = _Clock()
    document = StoryDocument(small_story(), clock=clock)
    document.write("s1-b", Field.TARGET, "a")
    clock.now += 60
    document.write("s1-b", Field.TARGET, "ab")
    document.seal()
    document.write("s1-b", Field.TARGET, "abc")
    document.write("s1-b", Field.TARGET, "abc汉字", whole=True)
    document.write("s1-b", Field.TARGET, "abc汉字d")
    seen = []
    while document.undo():
        seen.append(document.segment("s1-b").target)
    assert seen == ["abc汉字", "abc", "ab", "a", ""]


def test_editing_the_other_side_of_a_confirmed_segment_unconfirms_it() -> None:
    document = StoryDocument(small_story())
    document.set_source_editing(True)
    document.confirm("s1-a", SegmentStatus.CONFIRMED)
    document.write("s1-a", Field.SOURCE, "1月12日，代表团来校。")
    assert document.segment("s1-a").status is SegmentStatus.DRAFT
    assert document.undo() == ("s1-a", Field.SOURCE)
    assert document.segment("s1-a").source == "1月11日下午，代表团来校。"
    assert document.segment("s1-a").status is SegmentStatus.CONFIRMED


def test_source_stays_as_it_came_unless_allowed() -> None:
    document = StoryDocument(small_story())
    document.write("s1-a", Field.SOURCE, "别的")
    assert document.segment("s1-a").source == "1月11日下午，代表团来校。"
    assert document.refusal("s1-a", Field.SOURCE) is not None
    assert document.refusal("s1-a", Field.TARGET) is None


def test_locked_and_read_only_texts_are_refused_with_a_reason() -> None:
    story = small_story()
    document = StoryDocument(story)
    document.apply(SetSegment("s1-a", "The delegation came.", SegmentStatus.DRAFT, locked=True))
    document.write("s1-a", Field.TARGET, "x")
    assert document.segment("s1-a").target == "The delegation came."
    reason = N_("Reading only.")
    document.set_read_only(reason)
    assert document.refusal("s1-c") == reason
    document.write("s1-c", Field.TARGET, "x")
    assert document.segment("s1-c").target == ""
    assert not document.can_undo()
    with pytest.raises(BugError):
        document.apply(SetSegment("s1-c", "x", SegmentStatus.DRAFT))


def test_empty_target_is_not_confirmed_and_a_status_is_never_lowered() -> None:
    document = StoryDocument(small_story())
    assert not document.confirm("s1-b", SegmentStatus.CONFIRMED)
    assert document.confirm("s1-a", SegmentStatus.REVISED)
    assert document.confirm("s1-a", SegmentStatus.CONFIRMED)
    assert document.segment("s1-a").status is SegmentStatus.REVISED


def test_split_and_join_keep_every_character_and_undo_restores_ids() -> None:
    document = StoryDocument(small_story())
    before = document.story().content
    second = document.split("s1-a", 8, 4)
    assert second is not None
    assert document.segment("s1-a").source + document.segment(second).source == "1月11日下午，代表团来校。"
    assert document.segment("s1-a").target == "The"
    assert [row.key for row in document.rows][1:3] == ["s1-a", second]
    assert document.join("s1-a")
    assert document.segment("s1-a").source == "1月11日下午，代表团来校。"
    assert document.segment("s1-a").target == "The delegation came."
    document.undo()
    assert document.has(second)
    document.undo()
    assert document.story().content == before


@pytest.mark.parametrize("at", [0, 14, 99])
def test_split_at_an_end_is_refused(at: int) -> None:
    document = StoryDocument(small_story())
    assert document.split("s1-a", at, 4) is None
    assert not document.can_undo()


def test_segments_of_two_paragraphs_are_not_joined() -> None:
    document = StoryDocument(small_story())
    assert not document.join("s1-h")
    assert not document.join("s1-b")
    assert not document.join("s1-p")


def test_captions_are_edited_and_undone_like_text() -> None:
    document = StoryDocument(small_story())
    _type(document, "s1-p", "王舫讲话", Field.CAPTION_SOURCE)
    _type(document, "s1-p", "WANG", Field.ALT)
    assert document.placement("s1-p").caption.zh == "王舫讲话"
    assert document.undo() == ("s1-p", Field.ALT)
    assert document.undo() == ("s1-p", Field.CAPTION_SOURCE)
    assert document.placement("s1-p") == StoryDocument(small_story()).placement("s1-p")


def test_counts_are_the_same_whether_kept_up_or_taken_anew() -> None:
    document = StoryDocument(long_story(300))
    document.count_on()
    document.write("g5", Field.TARGET, "Four words are here")
    document.write("g299", Field.TARGET, "Two words")
    document.split("g6", 5, 3)
    document.confirm("g5", SegmentStatus.CONFIRMED)
    while not document.count_on():
        pass
    fresh = StoryDocument(document.story()).counts()
    assert document.counts() == fresh
    assert isinstance(fresh, Counts)
    assert fresh.confirmed == 1
    assert fresh.segments == 301


def test_what_waits_to_be_saved_gives_the_story_on_the_screen() -> None:
    document = StoryDocument(small_story())
    document.write("s1-c", Field.TARGET, "Visitors toured it.")
    second = document.split("s1-a", 8, 4)
    document.write(second, Field.TARGET, "x")
    document.write("s1-p", Field.ALT, "A man speaks")
    content = small_story().content
    for edit in document.take_pending():
        content = apply(content, edit)
    assert content == document.story().content
    assert not document.has_pending()


def test_edits_given_back_wait_again_with_what_came_since() -> None:
    document = StoryDocument(small_story())
    document.write("s1-c", Field.TARGET, "a")
    edits = document.take_pending()
    document.write("s1-c", Field.TARGET, "ab")
    document.give_back(edits)
    assert document.take_pending() == [SetSegment("s1-c", "ab", SegmentStatus.DRAFT)]


def test_echo_of_our_own_edits_changes_nothing_and_keeps_undo() -> None:
    document = StoryDocument(small_story())
    changed = counter(document.row_changed)
    document.write("s1-c", Field.TARGET, "saved")
    content = small_story().content
    for edit in document.take_pending():
        content = apply(content, edit)
    document.write("s1-c", Field.TARGET, "saved and typed on")
    before = changed()
    assert document.replace_story(Story("s1", "s1", content)) == []
    document.pending_saved()
    assert document.replace_story(Story("s1", "s1", content)) == []
    assert document.segment("s1-c").target == "saved and typed on"
    assert changed() == before
    assert document.can_undo()
    assert document.has_pending()


def test_change_from_elsewhere_is_shown_and_undo_keeps_off_it() -> None:
    document = StoryDocument(small_story())
    document.write("s1-a", Field.TARGET, "mine, saved")
    document.take_pending()
    document.pending_saved()
    document.seal()
    document.write("s1-c", Field.TARGET, "mine, not saved")
    theirs = apply(document.story().content, SetSegment("s1-a", "theirs", SegmentStatus.DRAFT))
    theirs = apply(theirs, SetSegment("s1-c", "", SegmentStatus.UNTRANSLATED))
    lost = document.replace_story(Story("s1", "s1", theirs))
    assert [edit.target for edit in lost] == ["mine, saved"], "who wrote a moment ago is told"
    assert document.segment("s1-a").target == "theirs"
    assert document.segment("s1-c").target == "mine, not saved"
    assert document.has_pending()
    document.undo()
    assert document.segment("s1-c").target == ""
    assert document.undo() is None
    assert document.segment("s1-a").target == "theirs"


def test_words_written_long_ago_may_be_changed_without_a_word() -> None:
    now = [0.0]
    document = StoryDocument(small_story(), clock=lambda: now[0])
    document.write("s1-a", Field.TARGET, "mine, saved")
    document.take_pending()
    document.pending_saved()
    now[0] = 60.0
    theirs = apply(document.story().content, SetSegment("s1-a", "theirs", SegmentStatus.DRAFT))
    assert document.replace_story(Story("s1", "s1", theirs)) == []


def test_saved_words_that_somebody_changed_back_are_shown_as_the_archive_has_them() -> None:
    document = StoryDocument(small_story())
    document.write("s1-a", Field.TARGET, "mine, saved")
    document.take_pending()
    document.pending_saved()
    assert not document.is_echo(small_story())
    document.replace_story(small_story())
    assert document.segment("s1-a").target == "The delegation came."
    assert not document.can_undo()


def test_rows_that_went_elsewhere_take_undo_along_and_give_their_words_back() -> None:
    document = StoryDocument(small_story())
    document.write("s1-c", Field.TARGET, "words without a place")
    document.write("s1-h", Field.TARGET, "New headline")
    document.write("s1-p", Field.CAPTION_TARGET, "caption")
    content = small_story().content
    lost = document.replace_story(Story("s1", "s1", replace(content, blocks=content.blocks[:2])))
    assert lost == [
        SetSegment("s1-c", "words without a place", SegmentStatus.DRAFT),
        SetPlacement("s1-p", replace(content.blocks[2].placement, caption=replace(
            content.blocks[2].placement.caption, en="caption"))),
    ]  # fmt: skip
    assert document.segment("s1-h").target == "New headline"
    assert document.has_pending()
    assert not document.can_undo()


def test_split_made_elsewhere_is_taken_over() -> None:
    document = StoryDocument(small_story())
    other = StoryDocument(small_story())
    other.split("s1-a", 8, 4)
    document.replace_story(other.story())
    assert document.story().content == other.story().content
    assert not document.has_pending()


class _Model:
    """Undo as a list of whole contents: slow, and plainly right."""

    def __init__(self, content: Content) -> None:
        self.states = [content]
        self.at = 0

    def did(self, content: Content) -> None:
        if content != self.states[self.at]:
            self.states[self.at + 1 :] = [content]
            self.at += 1

    def undo(self) -> None:
        self.at = max(0, self.at - 1)

    def redo(self) -> None:
        self.at = min(len(self.states) - 1, self.at + 1)


@pytest.mark.parametrize("seed", range(12))
def test_any_mixture_of_edits_undoes_and_redoes_like_a_list_of_whole_stories(seed: int) -> None:
    chance = random.Random(seed)
    document = StoryDocument(small_story())
    document.set_source_editing(bool(seed % 2))
    model = _Model(document.story().content)
    saved = document.story().content

    def act() -> None:
        keys = [row.key for row in document.rows if document.segment(row.key) is not None]
        key = chance.choice(keys)
        text = "".join(chance.choices("ab 。汉😀", k=chance.randint(0, 6)))
        match chance.choice(["write", "write", "write", "split", "join", "confirm", "caption", "apply", "source"]):
            case "write":
                document.write(key, Field.TARGET, text, whole=chance.random() < 0.5)
            case "source" if seed % 2 and text:
                document.write(key, Field.SOURCE, text)
            case "split":
                at = chance.randint(0, 9)
                document.split(key, at, min(at, len(document.segment(key).target)))
            case "join":
                document.join(key)
            case "confirm":
                document.confirm(key, chance.choice([SegmentStatus.CONFIRMED, SegmentStatus.REVISED]))
            case "caption":
                document.write("s1-p", chance.choice([Field.CAPTION_SOURCE, Field.CAPTION_TARGET, Field.ALT]), text)
            case "apply":
                document.apply(*(SetSegment(one, text, SegmentStatus.DRAFT) for one in chance.sample(keys, 2)))
        document.seal()

    for _ in range(150):
        match chance.choice(["act", "act", "undo", "redo", "save"]):
            case "act":
                before = document.can_undo()
                act()
                model.did(document.story().content)
                assert document.can_undo() == (model.at > 0), before
            case "undo":
                document.undo()
                model.undo()
            case "redo":
                document.redo()
                model.redo()
            case "save":
                for edit in document.take_pending():
                    saved = apply(saved, edit)
                document.pending_saved()
                assert saved == document.story().content
        assert document.story().content == model.states[model.at]
        assert document.can_undo() == (model.at > 0)
        assert document.can_redo() == (model.at < len(model.states) - 1)
        assert document.counts() == StoryDocument(document.story()).counts()
    if not seed % 2:
        for old, new in zip(small_story().content.blocks, document.story().content.blocks, strict=True):
            assert block_text(old, document.languages).zh == block_text(new, document.languages).zh
    assert all(document.row_of(row.key) == place for place, row in enumerate(document.rows))


def test_a_recut_block_is_saved_whole() -> None:
    document = StoryDocument(small_story())
    document.write("s1-b", Field.TARGET, "Two")
    document.split("s1-a", 8, 4)
    (edit,) = document.take_pending()
    assert isinstance(edit, ReplaceSegments)
    assert [segment.target for segment in edit.segments] == ["The", "delegation came.", "Two"]
