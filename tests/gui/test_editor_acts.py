"""What the shell's actions call: confirming, going, splitting, copying, findings, find and go to."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from test_editor_stage import Stage, compose, opened_stage, small_story

from desktop_app.desk.editing import edit_story
from desktop_app.domain.edits import SetSegment
from desktop_app.domain.findings import Finding, Fix, Severity
from desktop_app.domain.story import SegmentStatus
from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.editor import StoryEditor
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.editor.tally import Counts
from desktop_app.gui.kit.keys import ACTIONS
from desktop_app.gui.shell.kept_undo import KeptUndo


@pytest.fixture
def stage(look, texts, tmp_path) -> Iterator[Stage]:
    with opened_stage(look, texts, tmp_path) as stage:
        stage.open(small_story())
        yield stage


def _finding(key: str | None, severity: Severity = Severity.ERROR) -> Finding:
    return Finding("number", severity, N_("Ten times less."), key, (0, 2), (4, 14))


def test_every_act_is_safe_before_a_story_is_open(look, texts, tmp_path) -> None:
    with opened_stage(look, texts, tmp_path) as stage:
        for name in (
            "undo", "redo", "find", "copy_source", "confirm_next", "confirm_stay", "split", "join", "next_segment",
            "previous_segment", "next_unconfirmed", "previous_unconfirmed", "next_finding", "previous_finding",
            "ask_number", "link_active_picture", "flush", "clear",
        ):  # fmt: skip
            getattr(stage.editor, name)()
        assert not stage.editor.can_undo()
        assert not stage.editor.can_edit()
        assert stage.editor.is_saved()
        assert not stage.editor.go_to("s1-a")


def test_the_registry_s_actions_have_their_methods() -> None:
    ours = {
        "undo", "redo", "find", "copy-source", "confirm-next", "confirm-stay", "split", "join", "next-segment",
        "previous-segment", "next-unconfirmed", "previous-unconfirmed", "next-finding", "previous-finding",
    }  # fmt: skip
    assert ours <= {spec.id for spec in ACTIONS}
    assert [name for name in ours if not callable(getattr(StoryEditor, name.replace("-", "_"), None))] == []


def test_confirm_goes_on_to_the_next_unconfirmed_round_the_end(stage) -> None:
    for key in ("s1-b", "s1-c"):
        stage.editor.go_to(key)
        stage.editor.insert_text("Text")
    stage.editor.go_to("s1-a")
    seen = []
    for _ in range(4):
        seen.append(stage.editor.active_key())
        stage.editor.confirm_next()
    assert seen == ["s1-a", "s1-b", "s1-c", "s1-h"]
    assert all(s.status is SegmentStatus.CONFIRMED for s in stage.editor.story().content.segments())
    assert stage.said == ["Every segment is confirmed."]


def test_confirm_and_stay_stays(stage) -> None:
    stage.editor.go_to("s1-a")
    stage.editor.confirm_stay()
    assert stage.editor.active_key() == "s1-a"
    assert stage.shown("s1-a").status is SegmentStatus.CONFIRMED
    stage.editor.undo()
    assert stage.shown("s1-a").status is SegmentStatus.DRAFT


def test_empty_segment_is_not_confirmed_and_says_why(stage) -> None:
    stage.editor.go_to("s1-b")
    stage.editor.confirm_next()
    assert stage.editor.active_key() == "s1-b"
    assert stage.said == ["There is no English to confirm here yet."]


def test_confirm_in_mid_composition_takes_the_composition_along(stage) -> None:
    stage.editor.go_to("s1-b")
    compose(stage.live, "协议")
    stage.editor.confirm_stay()
    assert stage.shown("s1-b").target == "协议"
    assert stage.shown("s1-b").status is SegmentStatus.CONFIRMED


def test_next_and_previous_stop_at_the_ends(stage) -> None:
    stage.editor.go_to("s1-h")
    stage.editor.previous_segment()
    assert stage.editor.active_key() == "s1-h"
    for _ in range(9):
        stage.editor.next_segment()
    assert stage.editor.active_key() == "s1-c"


def test_next_and_previous_unconfirmed_pass_over_confirmed_ones(stage) -> None:
    stage.editor.go_to("s1-a")
    stage.editor.confirm_stay()
    stage.editor.go_to("s1-h")
    stage.editor.next_unconfirmed()
    assert stage.editor.active_key() == "s1-b"
    stage.editor.previous_unconfirmed()
    assert stage.editor.active_key() == "s1-h"


def test_split_at_the_cursor_cuts_the_other_side_at_its_clause(stage) -> None:
    stage.editor.go_to("s1-a")
    stage.live.put_cursor(3)
    stage.editor.split()
    first, second = list(stage.editor.story().content.segments())[1:3]
    assert (first.source, first.target) == ("1月11日下午，", "The")
    assert (second.source, second.target) == ("代表团来校。", "delegation came.")
    assert stage.editor.active_key() == second.id
    assert stage.live.cursor_at() == 0
    stage.editor.undo()
    assert stage.editor.story().content == small_story().content


def test_split_in_the_source_of_an_untranslated_segment(stage) -> None:
    stage.at("s1-b", Field.SOURCE)
    stage.live.put_cursor(2)
    stage.editor.split()
    sources = [s.source for s in stage.editor.story().content.segments()]
    assert sources[2:4] == ["双方", "签署三项协议。"]


def test_split_at_an_end_and_join_at_the_end_of_a_paragraph_say_why(stage) -> None:
    stage.editor.go_to("s1-a")
    stage.live.put_cursor(0)
    stage.editor.split()
    stage.editor.go_to("s1-c")
    stage.editor.join()
    assert [text.split(" ")[0] for text in stage.said] == ["Put", "There"]
    assert not stage.editor.can_undo()


def test_join_leaves_the_cursor_at_the_seam(stage) -> None:
    stage.editor.go_to("s1-b")
    stage.editor.insert_text("They signed.")
    stage.editor.go_to("s1-a")
    stage.editor.join()
    assert stage.shown("s1-a").target == "The delegation came. They signed."
    assert stage.live.text() == "The delegation came. They signed."
    assert stage.live.cursor_at() == len("The delegation came.")


def test_copy_source_is_one_step_and_works_for_captions(stage) -> None:
    stage.editor.go_to("s1-b")
    stage.editor.copy_source()
    assert stage.live.text() == "双方签署三项协议。"
    stage.editor.go_to("s1-p")
    stage.editor.copy_source()
    assert stage.editor._document.placement("s1-p").caption.en == "张讲话"
    stage.editor.undo()
    stage.editor.undo()
    assert stage.editor.story().content == small_story().content


def test_undo_goes_where_the_change_was(stage) -> None:
    stage.at("s1-p", Field.ALT)
    QTest.keyClicks(stage.live, "A man")
    stage.editor.go_to("s1-h")
    stage.editor.undo()
    assert (stage.editor.active_key(), stage.editor._sheet.field) == ("s1-p", Field.ALT)


def test_findings_are_stepped_through_and_fixed_in_one_step(stage) -> None:
    stage.editor.next_finding()
    assert stage.said == ["There are no findings."]
    stage.editor.show_findings([_finding("s1-a"), _finding("s1-c", Severity.NOTE), _finding(None)])
    assert stage.editor.findings_count() == 3
    stage.editor.go_to("s1-h")
    seen = []
    for act in (stage.editor.next_finding, stage.editor.next_finding, stage.editor.previous_finding):
        act()
        seen.append(stage.editor.active_key())
    assert seen == ["s1-a", "s1-c", "s1-a"]
    stage.editor.confirm_stay()
    stage.editor.apply_fix("s1-a", Fix(N_("Fix"), "A delegation came."))
    assert stage.shown("s1-a").target == "A delegation came."
    assert stage.shown("s1-a").status is SegmentStatus.DRAFT
    stage.editor.undo()
    assert stage.shown("s1-a").status is SegmentStatus.CONFIRMED


def test_span_of_a_finding_goes_when_its_words_are_edited(stage) -> None:
    stage.editor.show_findings([_finding("s1-a")])
    stage.editor.go_to("s1-a")
    assert len(stage.live.extraSelections()) == 1
    QTest.keyClicks(stage.live, "x")
    assert stage.live.extraSelections() == []
    assert stage.editor._sheet.marks.worst("s1-a") is Severity.ERROR


def test_go_to_takes_segment_picture_and_number(stage) -> None:
    assert stage.editor.go_to("s1-p")
    assert stage.editor._sheet.field is Field.CAPTION_TARGET
    assert not stage.editor.go_to("nobody")
    stage.editor.go_to_number(2)
    assert stage.editor.active_key() == "s1-a"
    stage.editor.go_to_number(99)
    assert stage.editor.active_key() == "s1-c"


def test_number_is_asked_in_a_line_of_its_own(stage) -> None:
    stage.editor.go_to("s1-a")
    stage.editor.ask_number()
    line = stage.editor._go_to_bar.line
    assert line.hasFocus()
    assert line.selectedText() == "2"
    QTest.keyClicks(line, "5")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert stage.editor.active_key() == "s1-c"
    assert stage.live.hasFocus()
    assert stage.editor._go_to_bar.isHidden()


@pytest.mark.parametrize(
    ("typed", "key"), [("p1", "s1-p"), ("P 1", "s1-p"), ("100%", "s1-c"), ("0%", "s1-h"), ("3", "s1-b")]
)
def test_a_picture_or_a_share_of_the_story_is_a_place_too(stage, typed: str, key: str) -> None:
    stage.editor.ask_number()
    QTest.keyClicks(stage.editor._go_to_bar.line, typed)
    QTest.keyClick(stage.editor._go_to_bar.line, Qt.Key.Key_Return)
    assert stage.editor.active_key() == key


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("9", "The numbers go from 1 to 5."),
        ("0", "The numbers go from 1 to 5."),
        ("p2", "The story has 1 picture."),
        ("twelve", "Type a number, p3 for the third picture, or 50% for the middle."),
        ("", "Type a number, p3 for the third picture, or 50% for the middle."),
    ],
)
def test_what_means_no_place_is_explained_and_the_line_stays(stage, typed: str, told: str) -> None:
    stage.editor.go_to("s1-a")
    stage.editor.ask_number()
    bar = stage.editor._go_to_bar
    bar.line.clear()
    QTest.keyClicks(bar.line, typed)
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.told.text() == told
    assert bar.isVisible()
    assert stage.editor.active_key() == "s1-a"
    QTest.keyClicks(bar.line, "1")
    assert bar.told.text() == "of 5"


def test_find_marks_steps_and_gives_the_keys_back(stage) -> None:
    stage.editor.go_to("s1-a")
    stage.editor.find()
    bar = stage.editor._find_bar
    assert bar.line.hasFocus()
    QTest.keyClicks(bar.line, "DELEGATION")
    assert bar.told.text() == "2 of 2"
    assert stage.editor.active_key() == "s1-a"
    assert bar.line.hasFocus()
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert (stage.editor.active_key(), bar.told.text()) == ("s1-h", "1 of 2")
    QTest.keyClick(bar.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert stage.editor.active_key() == "s1-a"
    QTest.keyClick(bar.line, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert stage.live.hasFocus()
    assert stage.live.selected() == "delegation"


def test_find_looks_into_source_and_captions_and_says_when_there_is_nothing(stage) -> None:
    stage.editor.find()
    bar = stage.editor._find_bar
    bar.line.setText("讲话")
    assert (stage.editor.active_key(), stage.editor._sheet.field) == ("s1-p", Field.CAPTION_SOURCE)
    bar.line.setText("nowhere")
    assert bar.told.text() == "Not found"
    bar.line.setText("")
    assert bar.told.text() == ""


def test_hits_follow_what_is_typed(stage, qtbot) -> None:
    stage.editor.go_to("s1-c")
    stage.editor.find()
    stage.editor._find_bar.line.setText("came")
    stage.editor.go_to("s1-c")
    QTest.keyClicks(stage.live, "He came.")
    qtbot.waitUntil(lambda: stage.editor._find_bar.told.text().endswith("2"))


def test_placeholder_asks_for_its_picture(stage) -> None:
    asked = []
    stage.editor.link_asked.connect(lambda *args: asked.append(args))
    stage.editor.go_to("s1-p")
    stage.editor.link_active_picture()
    assert asked == [("s1", "s1-p", "1.jpg")]


def test_counts_are_told_after_opening_and_with_each_change(stage, qtbot) -> None:
    told: list[Counts] = []
    stage.editor.counts_changed.connect(told.append)
    stage.reload()
    stage.editor.clear()
    stage.reload()
    qtbot.waitUntil(lambda: bool(told))
    assert told[-1] == Counts(30, 5, 0, 4)
    stage.editor.go_to("s1-b")
    stage.editor.insert_text("Two words")
    assert told[-1].words == 7


def test_reviser_confirms_as_revised(stage) -> None:
    stage.editor._status = SegmentStatus.REVISED
    stage.editor.go_to("s1-a")
    stage.editor.confirm_stay()
    assert stage.shown("s1-a").status is SegmentStatus.REVISED


@pytest.mark.parametrize("changed", [False, True])
def test_the_steps_of_a_story_go_on_only_for_the_same_text(stage: Stage, changed: bool) -> None:
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "Typed.")
    kept = KeptUndo()
    kept.take(kept.gather([stage.editor]))
    assert stage.editor.flush_and_wait()
    stage.editor.clear()
    if changed:
        edit_story(stage.desk, "s1", [SetSegment("s1-c", "Theirs.", SegmentStatus.DRAFT)], by=stage.person)
    stage.reload("s1")
    assert not stage.editor.can_undo()
    kept.hand_over(stage.editor)
    assert stage.editor.can_undo() is not changed
    stage.editor.undo()
    assert stage.shown("s1-b").target == ("Typed." if changed else "")
    stage.editor.clear()
    stage.reload("s1")
    kept.hand_over(stage.editor)
    assert not stage.editor.can_undo(), "they are handed over once"
    assert not kept.gather([stage.editor])
