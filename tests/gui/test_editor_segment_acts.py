"""Standing, repetitions, re-alignment and pictures, as a person asks for them in the editor."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from test_editor_stage import Stage, opened_stage, small_story

from desktop_app.desk.editing import edit_story
from desktop_app.desk.repetitions import keep_own_translation, repetitions
from desktop_app.desk.sentence_rules import sentence_rules, set_sentence_rules
from desktop_app.desk.stories import open_story
from desktop_app.domain.edits import RemoveBlock, SetPlacement, SetSegment
from desktop_app.domain.story import Bilingual, Block, BlockKind, Content, Placement, Segment, SegmentStatus, Story
from desktop_app.gui.editor.editor import StoryEditor
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.kit.keys import ACTIONS
from desktop_app.language.sentences.rules import rules_of

PATIENCE = 20_000  # ms

_ACTS = ("lock", "reject", "unconfirm", "keep_own_translation", "toggle_repetitions", "realign", "remove_picture")


def alike_story() -> Story:
    """Three segments that say the same, two of them as one, and a paragraph that is badly aligned."""
    closed = ("会议结束。", "会议结束。", " 会议结束。")
    blocks = [Block("b0", BlockKind.HEADLINE, (Segment("h", "一行来校", "Visit"),))]
    blocks += [Block(f"b{n}", BlockKind.PARAGRAPH, (Segment(f"r{n}", source),)) for n, source in enumerate(closed, 1)]
    bad = (
        Segment("x", "会议于周一", "The meeting began on Monday. The president", SegmentStatus.CONFIRMED),
        Segment("y", "开始。校长致辞。", "spoke.", SegmentStatus.DRAFT),
    )
    place = Placement("1.jpg", caption=Bilingual("合影", "A group"))
    blocks += [Block("b8", BlockKind.PARAGRAPH, bad), Block("p", BlockKind.PICTURE, (), place)]
    return Story("s1", "s1", Content(tuple(blocks)))


@pytest.fixture
def stage(look, texts, tmp_path) -> Iterator[Stage]:
    with opened_stage(look, texts, tmp_path) as stage:
        stage.open(alike_story())
        yield stage


def test_every_act_is_safe_before_a_story_is_open(look, texts, tmp_path) -> None:
    with opened_stage(look, texts, tmp_path) as stage:
        for name in _ACTS:
            getattr(stage.editor, name)()


def test_the_registry_has_the_acts() -> None:
    ids = {spec.id for spec in ACTIONS}
    assert {"lock", "reject-segment", "unconfirm", "keep-own-translation", "realign", "remove-picture"} <= ids
    assert all(callable(getattr(StoryEditor, name)) for name in _ACTS)


# ---- standing


def test_lock_keeps_the_words_until_it_is_taken_off(stage) -> None:
    stage.at("r1")
    stage.editor.insert_text("It ended.")
    stage.editor.lock()
    assert stage.shown("r1").locked
    QTest.keyClicks(stage.live, "more")
    assert stage.shown("r1").target == "It ended."
    assert "locked" in stage.said[-1]
    stage.editor.undo()
    assert not stage.shown("r1").locked
    stage.editor.redo()
    assert stage.editor.flush_and_wait()
    assert stage.stored("r1").locked
    stage.editor.lock()
    QTest.keyClicks(stage.live, "!")
    stage.editor.lock()
    assert stage.editor.flush_and_wait()
    assert (stage.stored("r1").target, stage.stored("r1").locked) == ("It ended.!", True)


def test_reject_and_unconfirm_are_a_step_each_and_refuse_with_a_reason(stage) -> None:
    stage.at("r1")
    stage.editor.reject()
    assert stage.said[-1] == "There is no English to reject here yet."
    stage.editor.unconfirm()
    assert stage.said[-1] == "This segment is neither confirmed nor rejected."
    stage.at("x")
    stage.editor.reject()
    assert stage.shown("x").status is SegmentStatus.REJECTED
    stage.editor.reject()
    assert stage.said[-1] == "This segment is rejected already."
    stage.editor.unconfirm()
    assert stage.shown("x").status is SegmentStatus.DRAFT
    stage.editor.undo()
    assert stage.shown("x").status is SegmentStatus.REJECTED
    stage.editor.undo()
    assert stage.shown("x").status is SegmentStatus.CONFIRMED
    stage.editor.lock()
    stage.editor.reject()
    assert "locked" in stage.said[-1]
    assert stage.shown("x").status is SegmentStatus.CONFIRMED


# ---- repetitions


def targets(stage: Stage) -> list[tuple[str, str]]:
    return [(stage.shown(key).target, stage.shown(key).status.value) for key in ("r1", "r2", "r3")]


def test_what_is_confirmed_is_put_into_what_says_the_same(stage) -> None:
    stage.at("r1")
    QTest.keyClicks(stage.live, "It ended.")
    stage.editor.confirm_stay()
    assert stage.said == ["Also put into 2 segments that say the same."]
    assert targets(stage) == [("It ended.", "confirmed"), ("It ended.", "draft"), ("It ended.", "draft")]
    stage.editor.undo()
    assert targets(stage) == [("It ended.", "draft"), ("", "untranslated"), ("", "untranslated")]
    stage.editor.redo()
    assert stage.editor.flush_and_wait()
    assert stage.stored("r3").target == "It ended."
    stage.at("r1")
    QTest.keyClicks(stage.live, " At last")
    stage.editor.confirm_stay()
    assert targets(stage) == [
        ("It ended. At last", "confirmed"), ("It ended. At last", "draft"), ("It ended. At last", "draft")
    ]  # fmt: skip


def test_other_words_a_lock_and_an_exception_are_left_alone(stage, qtbot) -> None:
    stage.at("r2")
    stage.editor.insert_text("Its own words.")
    stage.at("r3")
    stage.editor.keep_own_translation()
    assert stage.said[-1] == "This segment keeps a translation of its own."
    stage.at("r1")
    stage.editor.insert_text("It ended.")
    stage.editor.confirm_stay()
    assert [text for text, _ in targets(stage)] == ["It ended.", "Its own words.", ""]
    qtbot.waitUntil(lambda: repetitions(stage.desk, "s1").alone == {"r3"}, timeout=PATIENCE)
    stage.at("r3")
    stage.editor.keep_own_translation()
    stage.editor.lock()
    stage.editor.undo()
    stage.editor.redo()
    stage.at("r1")
    stage.editor.insert_text(" More.")
    stage.editor.confirm_stay()
    assert stage.shown("r3").target == ""
    stage.at("r3")
    stage.editor.lock()
    stage.at("r1")
    stage.editor.unconfirm()
    stage.editor.confirm_stay()
    assert stage.said[-1] == "Also put into 1 segment that says the same."
    assert stage.shown("r3").target == "It ended. More."
    qtbot.waitUntil(lambda: repetitions(stage.desk, "s1").alone == set(), timeout=PATIENCE)


def test_the_exception_of_another_window_is_taken_over(stage, qtbot) -> None:
    keep_own_translation(stage.desk, "s1", "r2", alone=True, by=stage.person)
    stage.reload()
    qtbot.waitUntil(lambda: stage.editor._document.repetitions.alone == {"r2"}, timeout=PATIENCE)
    stage.at("r2")
    stage.editor.insert_text("Mine.")
    stage.editor.confirm_stay()
    assert [text for text, _ in targets(stage)] == ["", "Mine.", ""], "nor does it speak for the others"


def test_the_house_can_leave_repetitions_alone(stage, qtbot) -> None:
    stage.editor.toggle_repetitions()
    stage.at("r1")
    stage.editor.insert_text("It ended.")
    stage.editor.confirm_stay()
    assert [text for text, _ in targets(stage)] == ["It ended.", "", ""]
    qtbot.waitUntil(lambda: not repetitions(stage.desk, "s1").follow, timeout=PATIENCE)
    stage.editor.toggle_repetitions()
    qtbot.waitUntil(lambda: repetitions(stage.desk, "s1").follow, timeout=PATIENCE)


# ---- the paragraph


def test_a_paragraph_is_aligned_anew_as_one_step(stage, qtbot) -> None:
    stage.at("y")
    stage.editor.realign()
    qtbot.waitUntil(lambda: bool(stage.said), timeout=PATIENCE)
    assert stage.said == ["Aligned anew: 2 segments."]
    block = next(block for block in stage.editor.story().content.blocks if block.id == "b8")
    assert [(s.source, s.target, s.status.value) for s in block.segments] == [
        ("会议于周一开始。", "The meeting began on Monday.", "draft"),
        ("校长致辞。", "The president spoke.", "draft"),
    ]
    assert {s.id for s in block.segments} == {"x", "y"}
    stage.editor.undo()
    assert stage.shown("x").status is SegmentStatus.CONFIRMED
    stage.editor.redo()
    stage.editor.realign()
    qtbot.waitUntil(lambda: len(stage.said) > 1, timeout=PATIENCE)
    assert stage.said[-1] == "The paragraph is aligned like this already."
    assert stage.editor.flush_and_wait()
    assert stage.stored("y").target in {"The president spoke.", "The meeting began on Monday."}


def test_what_was_typed_while_it_was_aligned_is_not_lost(stage, qtbot) -> None:
    stage.at("y")
    stage.editor.realign()
    QTest.keyClicks(stage.live, " Then")
    qtbot.waitUntil(lambda: bool(stage.said), timeout=PATIENCE)
    assert stage.said == ["The paragraph was changed while it was being aligned. Please ask again."]
    assert stage.shown("y").target == "spoke. Then"


def test_a_paragraph_with_a_lock_is_not_aligned(stage) -> None:
    stage.at("x")
    stage.editor.lock()
    stage.at("y")
    stage.editor.realign()
    assert "locked" in stage.said[-1]


def test_the_last_segment_is_joined_with_the_one_before(stage) -> None:
    stage.at("y")
    stage.live.put_cursor(2)
    stage.editor.join()
    assert stage.editor.active_key() == "x"
    assert stage.shown("x").target == "The meeting began on Monday. The president spoke."
    assert stage.live.cursor_at() == len("The meeting began on Monday. The president sp")
    stage.at("h")
    stage.editor.join()
    assert stage.said[-1] == "There is no other segment in this paragraph."


def test_sentences_are_moved_and_cut_by_the_rules_of_the_house(stage, qtbot) -> None:
    set_sentence_rules(stage.desk, rules_of({"languages": [{"language": "en.*", "titles": ["Univ"]}]}))
    stage.reload()
    qtbot.waitUntil(lambda: stage.editor._ways.rules == sentence_rules(stage.desk), timeout=PATIENCE)
    stage.at("r1")
    stage.editor.insert_text("They met at Univ. Hall. It ended.")
    stage.live.put_cursor(5)
    stage.editor.move_up()
    assert stage.shown("h").target == "Visit They met at Univ. Hall."
    assert stage.shown("r1").target == "It ended."


# ---- pictures


def test_a_picture_is_taken_out_moved_and_brought_back(stage) -> None:
    stage.at("p", Field.CAPTION_TARGET)
    stage.editor.move_up()
    assert [row.key for row in stage.editor._document.rows].index("p") == 4
    assert stage.editor.active_key() == "p"
    stage.editor.move_down()
    stage.editor.move_down()
    assert stage.said[-1] == "There is no further place in this direction."
    stage.editor.remove_picture()
    assert "stays in the archive" in stage.said[-1]
    assert stage.editor.active_key() == "y"
    assert stage.editor.flush_and_wait()
    assert "p" not in [block.id for block in open_story(stage.desk, "s1").story.content.blocks]
    stage.editor.remove_picture()
    assert stage.said[-1] == "Put the cursor in a picture’s captions first."
    stage.editor.undo()
    assert stage.editor.active_key() == "p"
    assert stage.editor.flush_and_wait()
    last = open_story(stage.desk, "s1").story.content.blocks[-1]
    assert (last.id, last.placement.caption.en) == ("p", "A group")


# ---- two windows


def test_two_windows_that_take_out_and_describe_one_picture(stage, qtbot) -> None:
    """They describe it first, then I take it out: it comes back with their words, and nothing is written over."""
    story = small_story("s2")
    stage.open(story)
    stage.at("s2-p", Field.CAPTION_TARGET)
    place = story.content.blocks[2].placement
    stage.editor.remove_picture()
    theirs = replace(place, alt=Bilingual("", "Theirs"))
    edit_story(stage.desk, "s2", [SetPlacement("s2-p", theirs)], by=stage.person)
    qtbot.waitUntil(lambda: stage.editor._document.has("s2-p"), timeout=PATIENCE)
    assert stage.editor.flush_and_wait()
    stored = open_story(stage.desk, "s2").story.content.blocks[2]
    assert stored.placement == theirs


def test_two_windows_that_cut_and_take_out(stage, qtbot) -> None:
    """They take the picture out while I move it: mine has no place any more, and the words beside it are saved."""
    stage.at("p", Field.CAPTION_TARGET)
    edit_story(stage.desk, "s1", [RemoveBlock("p")], by=stage.person)
    stage.editor.move_up()
    stage.at("r1")
    QTest.keyClicks(stage.live, "Mine.")
    qtbot.waitUntil(lambda: not stage.editor._document.has("p"), timeout=PATIENCE)
    qtbot.waitUntil(stage.editor.is_saved, timeout=PATIENCE)
    assert stage.stored("r1").target == "Mine."


def test_my_confirmation_spreads_while_others_write_in_a_repetition(stage, qtbot) -> None:
    line = stage.editor._refusals.overtaken
    stage.at("r1")
    stage.editor.insert_text("It ended.")
    stage.editor.confirm_stay()
    edit_story(stage.desk, "s1", [SetSegment("r2", "Theirs.", SegmentStatus.DRAFT)], by=stage.person)
    qtbot.waitUntil(lambda: not line.isHidden(), timeout=PATIENCE)
    assert "“Theirs.”" in line.text()
    assert stage.editor.flush_and_wait()
    assert stage.stored("r1").status is SegmentStatus.CONFIRMED
