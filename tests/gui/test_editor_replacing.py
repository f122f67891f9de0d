"""Find and replace in the open story: what keys do, what is shown before, and that it is one step that undo takes."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_editor_stage import Stage, long_story, opened_stage, small_story

from desktop_app.domain.story import Block, BlockKind, Segment, SegmentStatus, Story, StoryState
from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.find_bar import FindBar
from desktop_app.gui.editor.replace_preview import ReplacePreview
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.kit.query_line import QueryLine

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def visited_story() -> Story:
    """The small story with more to replace in it: a confirmed, a locked and a plain segment that say the same."""
    story = small_story()
    more = (
        Segment("s1-x", "来访。", "The Visit was short.", SegmentStatus.CONFIRMED),
        Segment("s1-y", "锁定。", "A locked visit.", SegmentStatus.DRAFT, locked=True),
        Segment("s1-z", "两次。", "One visit, two visits.", SegmentStatus.DRAFT),
    )
    blocks = (*story.content.blocks, Block("s1-b4", BlockKind.PARAGRAPH, more))
    return story.with_content(replace(story.content, blocks=blocks))


@pytest.fixture
def stage(look, texts, tmp_path) -> Iterator[Stage]:
    with opened_stage(look, texts, tmp_path) as stage:
        stage.open(visited_story())
        yield stage


@pytest.fixture
def bar(stage: Stage) -> FindBar:
    stage.editor.replace()
    return stage.editor._find_bar


def look_for(bar: FindBar, text: str, by: str | None = None) -> None:
    bar.query.selectAll()
    QTest.keyClicks(bar.query, text)
    if by is not None:
        bar.with_line.setFocus()
        bar.with_line.selectAll()
        QTest.keyClicks(bar.with_line, by)


def preview() -> ReplacePreview:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, ReplacePreview) and w.isVisible()]
    assert len(found) == 1
    return found[0]


def targets(stage: Stage) -> list[str]:
    return [segment.target for segment in stage.editor.story().content.segments()]


# The find line


def test_ways_are_switched_by_keys_and_change_the_hits(stage: Stage) -> None:
    stage.editor.find()
    bar = stage.editor._find_bar
    look_for(bar, "visit")
    assert bar.told.text().endswith("of 5")
    QTest.keyClick(bar.query, Qt.Key.Key_C, ALT)
    assert bar.told.text().endswith("of 3")
    QTest.keyClick(bar.query, Qt.Key.Key_W, ALT)
    assert bar.told.text().endswith("of 2")
    assert bar.query.text() == "visit", "the keys of the ways type nothing"
    QTest.keyClick(bar.query, Qt.Key.Key_C, ALT)
    QTest.keyClick(bar.query, Qt.Key.Key_W, ALT)
    QTest.keyClick(bar.query, Qt.Key.Key_X, ALT)
    look_for(bar, r"visits?\b")
    assert bar.told.text().endswith("of 5")


def test_a_broken_expression_gets_a_red_frame_and_a_sentence(stage: Stage) -> None:
    stage.editor.find()
    bar = stage.editor._find_bar
    QTest.keyClick(bar.query, Qt.Key.Key_X, ALT)
    look_for(bar, "(visit")
    assert bar.query.property("invalid")
    assert "bracket" in bar.query.problem.text()
    assert bar.query.problem.isVisible()
    assert bar.told.text() == ""
    QTest.keyClicks(bar.query, ")")
    assert not bar.query.property("invalid")
    assert bar.query.problem.isHidden()
    assert bar.told.text().endswith("of 5")


def test_searches_before_come_back_with_the_up_key(stage: Stage) -> None:
    stage.editor.find()
    bar = stage.editor._find_bar
    for text in ("visit", "delegation"):
        look_for(bar, text)
        QTest.keyClick(bar.query, Qt.Key.Key_Return)
    bar.query.clear()
    seen = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(bar.query, key)
        seen.append(bar.query.text())
    assert seen == ["delegation", "visit", "visit", "delegation"]


def test_a_line_of_another_window_knows_nothing_of_them(stage: Stage, texts, qtbot) -> None:
    stage.editor.find()
    look_for(stage.editor._find_bar, "visit")
    QTest.keyClick(stage.editor._find_bar.query, Qt.Key.Key_Return)
    other = QueryLine(texts, "other")
    qtbot.addWidget(other)
    QTest.keyClick(other, Qt.Key.Key_Up)
    assert other.text() == ""


def test_one_language_can_be_looked_through(stage: Stage) -> None:
    stage.editor.find()
    bar = stage.editor._find_bar
    look_for(bar, "1")
    assert bar.told.text().endswith("of 3")
    bar.sides.setCurrentIndex(0)
    assert bar.told.text() == "Not found"
    bar.sides.setCurrentIndex(1)
    assert bar.told.text().endswith("of 3")


def test_what_is_selected_is_looked_for(stage: Stage) -> None:
    stage.at("s1-a")
    stage.live.select(4, 14)
    stage.editor.replace()
    bar = stage.editor._find_bar
    assert bar.query.text() == "delegation"
    assert bar.with_line.hasFocus()


def test_a_long_story_is_looked_through_in_slices(look, texts, tmp_path, qtbot) -> None:
    with opened_stage(look, texts, tmp_path) as stage:
        stage.open(long_story(4000))
        stage.editor.find()
        bar = stage.editor._find_bar
        bar.query.setText("sides")
        qtbot.waitUntil(lambda: bar.told.text().startswith("1 of"))
        assert stage.editor.active_key() == "g1"
        bar.query.setText("talked")
        QTest.keyClick(bar.query, Qt.Key.Key_Return, SHIFT)
        assert bar.told.text().split()[0] != "0", "the rest is looked through at once where a key needs it"


# One place


def test_enter_replaces_and_goes_on(stage: Stage, bar: FindBar) -> None:
    look_for(bar, "visit", "call")
    assert (stage.editor.active_key(), bar.told.text()) == ("s1-h", "1 of 5")
    QTest.keyClick(bar.with_line, Qt.Key.Key_Return)
    assert stage.shown("s1-h").target == "Delegation calls"
    assert (stage.editor.active_key(), bar.told.text()) == ("s1-x", "1 of 4")
    QTest.keyClick(bar.with_line, Qt.Key.Key_Return)
    assert stage.shown("s1-x").target == "The call was short."
    assert stage.shown("s1-x").status is SegmentStatus.DRAFT
    assert bar.with_line.hasFocus()
    stage.editor.undo()
    assert stage.shown("s1-x").target == "The Visit was short."
    assert stage.shown("s1-x").status is SegmentStatus.CONFIRMED
    stage.editor.undo()
    assert stage.shown("s1-h").target == "Delegation Visits"


def test_a_locked_place_is_passed_over_with_the_reason(stage: Stage, bar: FindBar) -> None:
    stage.at("s1-y")
    look_for(bar, "locked visit", "open visit")
    QTest.keyClick(bar.with_line, Qt.Key.Key_Return)
    assert stage.shown("s1-y").target == "A locked visit."
    assert "locked" in bar.note.text()


def test_the_chinese_is_never_replaced(stage: Stage, bar: FindBar) -> None:
    bar.sides.setCurrentIndex(1)
    bar.query.setText("来校")  # an input method would commit it
    bar.with_line.setFocus()
    QTest.keyClick(bar.with_line, Qt.Key.Key_Return)
    assert stage.shown("s1-h").source == "一行来校交流"
    assert "Chinese" in bar.note.text()


def test_what_is_put_in_is_not_replaced_again(stage: Stage, bar: FindBar) -> None:
    look_for(bar, "visit", "visit visit")
    stage.at("s1-z")
    bar.with_line.setFocus()
    for _ in range(2):
        QTest.keyClick(bar.with_line, Qt.Key.Key_Return)
    assert "visit visit visit" not in stage.shown("s1-z").target
    assert stage.shown("s1-z").target.count("visit") <= 4


def test_the_letter_case_is_kept_by_a_key(stage: Stage, bar: FindBar) -> None:
    look_for(bar, "visit", "call")
    QTest.keyClick(bar.with_line, Qt.Key.Key_K, ALT)
    assert bar.with_line.text() == "call"
    assert bar.keep_case.isChecked()
    QTest.keyClick(bar.with_line, Qt.Key.Key_Return)
    assert stage.shown("s1-h").target == "Delegation Calls"


def test_a_replacement_that_cannot_be_read_says_so(stage: Stage, bar: FindBar) -> None:
    QTest.keyClick(bar.query, Qt.Key.Key_X, ALT)
    look_for(bar, "(visit)", "$2")
    QTest.keyClick(bar.with_line, Qt.Key.Key_Return)
    assert bar.with_line.property("invalid")
    assert "group 2" in bar.note.text()
    QTest.keyClick(bar.with_line, Qt.Key.Key_Backspace)
    assert not bar.with_line.property("invalid")


# All places


def test_all_are_shown_first_and_then_replaced_in_one_step(stage: Stage, bar: FindBar, qtbot) -> None:
    before = targets(stage)
    look_for(bar, "visit", "call")
    QTest.keyClick(bar.with_line, Qt.Key.Key_Return, ALT)
    dialog = preview()
    assert dialog.summary.text() == "4 of 5 places in 3 segments will be replaced."
    assert "1 confirmed segment becomes a draft." in dialog.undoes.text()
    assert "1 text cannot be changed." in dialog.undoes.text()
    assert "The Chinese is not touched." in dialog.undoes.text()
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert stage.shown("s1-z").target == "One call, two calls."
    assert stage.shown("s1-x").status is SegmentStatus.DRAFT
    assert stage.shown("s1-y").target == "A locked visit."
    assert stage.said[-1].startswith("4 places replaced.")
    stage.editor.undo()
    assert targets(stage) == before
    assert stage.shown("s1-x").status is SegmentStatus.CONFIRMED
    stage.editor.redo()
    assert stage.editor.flush_and_wait()
    assert stage.stored("s1-z").target == "One call, two calls."


def test_what_is_not_ticked_stays(stage: Stage, bar: FindBar) -> None:
    look_for(bar, "visit", "call")
    bar.replace_all.click()
    dialog = preview()
    dialog.list.setCurrentIndex(dialog.model.index(0))
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.replace.text() == "Replace 3 places"
    dialog.replace.click()
    assert stage.shown("s1-h").target == "Delegation Visits"
    assert stage.shown("s1-z").target == "One call, two calls."


def test_a_click_on_a_box_ticks_and_escape_changes_nothing(stage: Stage, bar: FindBar) -> None:
    before = targets(stage)
    look_for(bar, "visit", "call")
    bar.replace_all.click()
    dialog = preview()
    row = dialog.list.visualRect(dialog.model.index(3))
    at = row.topLeft()
    at.setX(at.x() + 18)
    at.setY(row.center().y())
    QTest.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert dialog.replace.text() == "Replace 2 places"
    dialog.all.click()
    assert dialog.replace.text() == "Replace 4 places"
    dialog.all.click()
    assert not dialog.replace.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert targets(stage) == before


@pytest.mark.parametrize("state", [StoryState.DRAFTING, StoryState.APPROVED])
def test_sign_offs_that_would_become_stale_are_told_before(look, texts, tmp_path, state: StoryState) -> None:
    with opened_stage(look, texts, tmp_path) as stage:
        stage.open(replace(visited_story(), state=state))
        stage.editor.replace()
        look_for(stage.editor._find_bar, "visit", "call")
        stage.editor._find_bar.replace_all.click()
        dialog = preview()
        assert dialog.warning.isVisible() is (state is StoryState.APPROVED)
        dialog.reject()


def test_captions_are_replaced_too(stage: Stage, bar: FindBar) -> None:
    stage.at("s1-p", Field.ALT)
    QTest.keyClicks(stage.live, "Mr ZHANG speaks")
    look_for(bar, "ZHANG", "LI")
    bar.replace_all.click()
    preview().replace.click()
    place = next(stage.editor.story().content.placements())
    assert (place.caption.en, place.alt.en) == ("LI", "Mr LI speaks")


def test_nothing_to_replace_says_so(stage: Stage, bar: FindBar) -> None:
    look_for(bar, "nowhere", "x")
    bar.replace_all.click()
    assert "nothing to replace" in bar.note.text()


def test_a_story_that_can_only_be_read_is_not_replaced_in(stage: Stage, bar: FindBar) -> None:
    stage.editor.set_read_only(N_("This archive can only be read."))
    look_for(bar, "visit", "call")
    QTest.keyClick(bar.with_line, Qt.Key.Key_Return)
    bar.replace_all.click()
    assert stage.shown("s1-h").target == "Delegation Visits"
    assert bar.note.text() == "This archive can only be read."


def test_escape_returns_to_the_place(stage: Stage, bar: FindBar) -> None:
    look_for(bar, "short", "long")
    QTest.keyClick(bar.with_line, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert stage.live.hasFocus()
    assert stage.editor.active_key() == "s1-x"
    assert stage.live.selected() == "short"


def test_replacing_all_by_nothing_says_that_it_deletes(stage: Stage, bar: FindBar) -> None:
    look_for(bar, "visit", "")
    bar.replace_all.click()
    dialog = preview()
    assert dialog.summary.text().endswith("the words at 4 of 5 places in 3 segments will be taken out.")
    assert dialog.replace.text() == "Delete at 4 places"
    assert dialog.replace.property("variant") == "danger"
    dialog.replace.click()
    assert stage.shown("s1-z").target == "One , two s."
    assert stage.said[-1] == "Words taken out at 4 places. Ctrl+Z brings them back."
