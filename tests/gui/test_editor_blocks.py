"""Whole blocks in the open story: they come, go and move, are undone, and meet what others do."""

from dataclasses import replace

import pytest
from test_editor_stage import small_story

from desktop_app.domain.edits import InsertBlock, RemoveBlock, ReplaceSegments, SetPlacement, SetSegment, apply
from desktop_app.domain.story import Bilingual, Block, BlockKind, Placement, Segment, SegmentStatus, Story
from desktop_app.foundation.errors import BugError
from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.rows import CREDITS, Field
from desktop_app.gui.editor.wording import words_of

pytestmark = pytest.mark.usefixtures("qapp")


def picture(key: str, caption: str = "") -> Block:
    return Block(key, BlockKind.PICTURE, placement=Placement(f"{key}.jpg", caption=Bilingual("", caption)))


def text(key: str) -> Block:
    return Block(key, BlockKind.PARAGRAPH, (Segment(f"{key}-s", "", "Added.", SegmentStatus.DRAFT),))


def keys(document: StoryDocument) -> list[str]:
    return [row.key for row in document.rows[:-1]]


def saved(document: StoryDocument, story: Story) -> Story:
    """What an archive says that had ``story`` and takes all that waits; the document hears that it was saved."""
    content = story.content
    for edit in document.take_pending():
        content = apply(content, edit)
    document.pending_saved()
    return story.with_content(content)


@pytest.mark.parametrize(
    ("after", "wanted"),
    [
        (None, ["s1-h", "p1", "t-s", "s1-a", "s1-b", "s1-p", "s1-c"]),
        ("s1-a", ["s1-h", "s1-a", "s1-b", "p1", "t-s", "s1-p", "s1-c"]),
        ("s1-p", ["s1-h", "s1-a", "s1-b", "s1-p", "p1", "t-s", "s1-c"]),
        (CREDITS, ["s1-h", "s1-a", "s1-b", "s1-p", "s1-c", "p1", "t-s"]),
    ],
)
def test_blocks_are_put_behind_the_block_of_a_row_as_one_step(after: str | None, wanted: list[str]) -> None:
    document = StoryDocument(small_story())
    told: list[tuple[int, int, int]] = []
    document.structure_changed.connect(lambda *rows: told.append(rows))
    document.insert_blocks([picture("p1"), text("t")], after=after)
    assert keys(document) == wanted
    assert told == [(wanted.index("p1"), 0, 1), (wanted.index("t-s"), 0, 1)]
    assert document.undo() is not None
    assert keys(document) == keys(StoryDocument(small_story()))
    assert not document.can_undo()
    assert document.redo() == ("p1", Field.CAPTION_TARGET)
    assert keys(document) == wanted


def test_a_picture_goes_with_its_captions_and_comes_back_with_them() -> None:
    document = StoryDocument(small_story())
    document.write("s1-p", Field.CAPTION_TARGET, "Professor ZHANG speaks")
    assert document.remove_block("s1-p") is None
    assert keys(document) == ["s1-h", "s1-a", "s1-b", "s1-c"]
    assert not document.has("s1-p")
    assert document.undo() == ("s1-p", Field.CAPTION_TARGET)
    assert document.text("s1-p", Field.CAPTION_TARGET) == "Professor ZHANG speaks"
    assert keys(document)[3] == "s1-p"
    document.undo()
    assert document.text("s1-p", Field.CAPTION_TARGET) == "ZHANG"


def test_a_picture_moves_between_the_headline_and_the_end() -> None:
    document = StoryDocument(small_story())
    assert document.move_block("s1-p", 1) is None
    assert keys(document)[-1] == "s1-p"
    assert document.move_block("s1-p", 1) is not None
    for wanted in (3, 1):
        assert document.move_block("s1-p", -1) is None
        assert keys(document).index("s1-p") == wanted
    assert document.move_block("s1-p", -1) is not None, "the headline is first"
    for wanted in (3, 4, 3):
        document.undo()
        assert keys(document).index("s1-p") == wanted
    assert not document.can_undo()


def test_what_came_with_the_source_stays_in_its_place() -> None:
    document = StoryDocument(small_story())
    before = document.story()
    assert document.remove_block("s1-a") is not None
    assert document.move_block("s1-a", 1) is not None
    with pytest.raises(BugError):
        document.insert_blocks([Block("x", BlockKind.PARAGRAPH, (Segment("x-s", "新的一段"),))], after=None)
    document.set_read_only(N_("No."))
    assert document.remove_block("s1-p") is not None
    assert document.move_block("s1-p", 1) is not None
    with pytest.raises(BugError):
        document.insert_blocks([picture("p1")], after=None)
    assert document.story() == before
    assert not document.has_pending()


def test_a_new_block_is_saved_whole_with_what_was_written_into_it_since() -> None:
    document = StoryDocument(small_story())
    document.insert_blocks([picture("p1"), text("t")], after="s1-h")
    document.write("p1", Field.CAPTION_TARGET, "A gate")
    document.write("t-s", Field.TARGET, "Written over.")
    document.write("s1-b", Field.TARGET, "Beside it.")
    edits = document.take_pending()
    assert [type(edit) for edit in edits] == [InsertBlock, InsertBlock, SetSegment]
    assert isinstance(edits[0], InsertBlock)
    assert edits[0].block.placement is not None
    assert (edits[0].after, edits[0].block.placement.caption.en) == ("s1-b1", "A gate")
    document.write("p1", Field.ALT, "Students")
    document.pending_saved()
    assert [type(edit) for edit in document.take_pending()] == [SetPlacement]


def test_what_came_and_went_before_a_save_leaves_nothing_to_save() -> None:
    document = StoryDocument(small_story())
    document.insert_blocks([picture("p1")], after=None)
    document.remove_block("p1")
    document.remove_block("s1-p")
    document.undo()
    document.move_block("s1-p", 1)
    document.undo()
    assert document.take_pending() == []


def test_a_removal_says_what_its_writer_saw() -> None:
    story = small_story()
    document = StoryDocument(story)
    document.write("s1-p", Field.ALT, "not saved")
    document.remove_block("s1-p")
    (edit,) = document.take_pending()
    assert isinstance(edit, RemoveBlock)
    assert edit.was == story.content.blocks[2]


def test_saves_under_way_are_echoes_at_every_moment() -> None:
    story = small_story()
    document = StoryDocument(story)
    document.insert_blocks([picture("p1"), picture("p2")], after="s1-h")
    document.move_block("s1-p", 1)
    edits = document.take_pending()
    content = story.content
    for edit in edits:
        content = apply(content, edit)
    written = story.with_content(content)
    document.remove_block("p1")
    document.write("p2", Field.CAPTION_TARGET, "Further")
    for archive in (story, written):
        assert document.is_echo(archive)
        assert document.replace_story(archive) == []
    document.pending_saved()
    assert document.is_echo(written)
    later = saved(document, written)
    assert [block.id for block in later.content.blocks] == ["s1-b1", "p2", "s1-b2", "s1-b3", "s1-p"]
    assert document.is_echo(later)
    assert document.can_undo()


def test_others_who_put_a_picture_in_are_taken_over_under_what_is_not_saved() -> None:
    story = small_story()
    document = StoryDocument(story)
    document.write("s1-b", Field.TARGET, "Mine.")
    document.insert_blocks([picture("mine", "Mine too")], after="s1-p")
    theirs = story.with_content(apply(story.content, InsertBlock(picture("theirs"), "s1-b1")))
    assert document.replace_story(theirs) == []
    assert keys(document) == ["s1-h", "theirs", "s1-a", "s1-b", "s1-p", "mine", "s1-c"]
    assert document.text("s1-b", Field.TARGET) == "Mine."
    after = saved(document, theirs)
    assert after.content.blocks == document.story().content.blocks


def test_a_new_picture_whose_neighbour_went_keeps_its_words() -> None:
    story = small_story()
    document = StoryDocument(story)
    document.insert_blocks([picture("mine", "Mine")], after="s1-p")
    theirs = story.with_content(apply(story.content, RemoveBlock("s1-p")))
    assert document.replace_story(theirs) == []
    assert "mine" in keys(document)
    after = saved(document, theirs)
    assert after.content.blocks == document.story().content.blocks


def test_a_picture_that_others_described_meanwhile_comes_back() -> None:
    story = small_story()
    document = StoryDocument(story)
    document.remove_block("s1-p")
    place = story.content.blocks[2].placement
    assert place is not None
    described = replace(place, alt=Bilingual("", "Theirs"))
    theirs = story.with_content(apply(story.content, SetPlacement("s1-p", described)))
    lost = document.replace_story(theirs)
    assert words_of(lost) == "", "nobody's words were lost"
    assert document.text("s1-p", Field.ALT) == "Theirs"
    assert document.is_echo(theirs)


def test_words_in_a_picture_that_others_took_out_are_handed_back() -> None:
    story = small_story()
    document = StoryDocument(story)
    document.write("s1-p", Field.CAPTION_TARGET, "My caption")
    theirs = story.with_content(apply(story.content, RemoveBlock("s1-p")))
    assert "My caption" in words_of(document.replace_story(theirs))
    assert "s1-p" not in keys(document)


def test_a_paragraph_that_both_cut_keeps_theirs_and_hands_mine_back() -> None:
    story = small_story()
    document = StoryDocument(story)
    document.write("s1-b", Field.TARGET, "Mine.")
    document.join("s1-a")
    second = Segment("s1-b", "双方签署三项协议。", "Theirs.", SegmentStatus.DRAFT)
    changed = (story.content.blocks[1].segments[0], second)
    theirs = story.with_content(apply(story.content, ReplaceSegments("s1-b2", changed)))
    lost = document.replace_story(theirs)
    assert "Mine." in words_of(lost)
    assert document.text("s1-b", Field.TARGET) == "Theirs."


def test_my_words_stay_over_theirs_where_rows_came_and_both_are_told() -> None:
    story = small_story()
    document = StoryDocument(story)
    told: list[object] = []
    document.overtaken.connect(told.append)
    document.write("s1-b", Field.TARGET, "Mine.")
    content = apply(story.content, InsertBlock(picture("theirs"), None))
    content = apply(content, SetSegment("s1-b", "Theirs.", SegmentStatus.DRAFT, locked=True))
    assert document.replace_story(story.with_content(content)) == []
    assert document.text("s1-b", Field.TARGET) == "Mine."
    assert told == [{("s1-b", Field.TARGET): "Theirs."}]
    (edit,) = document.take_pending()
    assert isinstance(edit, SetSegment)
    assert edit.locked, "their lock is not taken off by my words"


def test_discarding_brings_the_blocks_of_the_archive_back() -> None:
    story = small_story()
    document = StoryDocument(story)
    document.insert_blocks([picture("p1")], after=None)
    document.remove_block("s1-p")
    document.discard()
    assert document.story().content.blocks == story.content.blocks
    assert not document.has_pending()


def test_a_segment_unlocked_written_and_locked_again_before_a_save_is_unlocked_first() -> None:
    story = small_story()
    locked = story.with_content(apply(story.content, SetSegment("s1-a", "Kept.", SegmentStatus.DRAFT, locked=True)))
    document = StoryDocument(locked)
    document.set_lock("s1-a", locked=False)
    document.write("s1-a", Field.TARGET, "Other.")
    document.set_lock("s1-a", locked=True)
    first, second = document.take_pending()
    assert first == SetSegment("s1-a", "Kept.", SegmentStatus.DRAFT, locked=False)
    assert second == SetSegment("s1-a", "Other.", SegmentStatus.DRAFT, locked=True)
    document.pending_saved()
    document.set_lock("s1-a", locked=False)
    document.join("s1-a")
    first, second = document.take_pending()
    assert first == SetSegment("s1-a", "Other.", SegmentStatus.DRAFT, locked=False)
    assert isinstance(second, ReplaceSegments)
