"""The live field under real key, paste and input method events: nothing is lost, doubled or merged by mistake."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QAction, QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from test_editor_stage import Stage, commit, compose, opened_stage, small_story

from desktop_app.domain.story import SegmentStatus
from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.menu import live_menu
from desktop_app.gui.editor.rows import Field

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def stage(look, texts, tmp_path) -> Iterator[Stage]:
    with opened_stage(look, texts, tmp_path) as stage:
        stage.open(small_story())
        yield stage


def test_typing_changes_the_story_and_unconfirms(stage) -> None:
    stage.at("s1-a")
    stage.editor.confirm_stay()
    assert stage.shown("s1-a").status is SegmentStatus.CONFIRMED
    QTest.keyClicks(stage.live, " They talked.")
    assert stage.shown("s1-a").target == "The delegation came. They talked."
    assert stage.shown("s1-a").status is SegmentStatus.DRAFT


def test_typing_in_one_go_is_one_step_of_undo(stage) -> None:
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "Three agreements")
    stage.editor.undo()
    assert stage.shown("s1-b").target == ""
    assert stage.live.text() == ""
    stage.editor.redo()
    assert stage.live.text() == "Three agreements"


def test_composition_is_not_text_until_it_is_committed(stage) -> None:
    stage.at("s1-b")
    compose(stage.live, "xie")
    compose(stage.live, "xie yi")
    assert stage.shown("s1-b").target == ""
    commit(stage.live, "协议")
    assert stage.shown("s1-b").target == "协议"
    assert stage.live.text() == "协议"


def test_each_commit_is_one_step_of_undo(stage) -> None:
    stage.at("s1-b")
    for preedit, text in (("xie", "协议"), ("qian", "签署")):
        compose(stage.live, preedit)
        commit(stage.live, text)
    QTest.keyClicks(stage.live, "ab")
    seen = []
    while stage.editor.can_undo():
        stage.editor.undo()
        seen.append(stage.live.text())
    assert seen == ["协议签署", "协议", ""]
    assert stage.shown("s1-b").status is SegmentStatus.UNTRANSLATED


def test_commit_over_a_selection_is_one_step(stage) -> None:
    stage.at("s1-a")
    stage.live.select(0, 3)
    compose(stage.live, "zhe")
    commit(stage.live, "这")
    assert stage.shown("s1-a").target == "这 delegation came."
    stage.editor.undo()
    assert stage.shown("s1-a").target == "The delegation came."
    assert not stage.editor.can_undo()


def test_cancelled_composition_leaves_no_trace(stage) -> None:
    stage.at("s1-a")
    compose(stage.live, "xie")
    compose(stage.live, "")
    assert stage.live.text() == "The delegation came."
    assert not stage.editor.can_undo()
    assert not stage.live.is_composing()


def test_cancelled_composition_gives_the_selection_back(stage) -> None:
    stage.at("s1-a")
    stage.live.select(0, 3)
    compose(stage.live, "zhe")
    assert stage.shown("s1-a").target == "The delegation came."
    compose(stage.live, "")
    assert stage.live.text() == "The delegation came."
    assert stage.live.selected() == "The"
    assert not stage.editor.can_undo()


def test_commit_that_comes_after_an_emptied_composition_replaces_the_selection(stage) -> None:
    stage.at("s1-a")
    stage.live.select(0, 3)
    compose(stage.live, "zhe")
    compose(stage.live, "")
    commit(stage.live, "这")
    assert stage.shown("s1-a").target == "这 delegation came."


def test_commit_with_a_new_composition_behind_it(stage) -> None:
    stage.at("s1-b")
    compose(stage.live, "xieyi")
    event = QInputMethodEvent("yi", [])
    event.setCommitString("协")
    QApplication.sendEvent(stage.live, event)
    assert stage.shown("s1-b").target == "协"
    assert stage.live.is_composing()
    commit(stage.live, "议")
    assert stage.shown("s1-b").target == "协议"
    stage.editor.undo()
    assert stage.shown("s1-b").target == "协"


def test_leaving_the_field_in_mid_composition_commits_first(stage, qtbot) -> None:
    stage.at("s1-b")
    compose(stage.live, "协议")
    stage.editor.find()
    assert stage.shown("s1-b").target == "协议"
    assert not stage.live.is_composing()


def test_another_field_taking_the_focus_in_mid_composition_gets_none_of_it(stage) -> None:
    other = QLineEdit(stage.window)
    other.show()
    stage.at("s1-b")
    compose(stage.live, "协议")
    other.setFocus()
    assert not stage.live.hasFocus()
    assert stage.shown("s1-b").target == "协议"
    assert other.text() == ""


def test_going_to_another_segment_in_mid_composition_commits_where_it_was_composed(stage) -> None:
    stage.at("s1-b")
    compose(stage.live, "协议")
    stage.editor.next_segment()
    stage.editor.next_segment()
    assert stage.shown("s1-b").target == "协议"
    assert stage.shown("s1-c").target == ""


def test_commit_that_an_input_method_hands_over_late_is_not_taken_twice(stage) -> None:
    stage.at("s1-b")
    compose(stage.live, "协议")
    stage.editor.flush()
    commit(stage.live, "协议")
    assert stage.shown("s1-b").target == "协议"
    compose(stage.live, "协议")
    commit(stage.live, "协议")
    assert stage.shown("s1-b").target == "协议协议"


def test_undo_in_mid_composition_takes_the_composition_back(stage) -> None:
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "a")
    compose(stage.live, "协议")
    stage.editor.undo()
    assert stage.shown("s1-b").target == "a"
    assert stage.live.text() == "a"


@pytest.mark.parametrize("key", ["Ctrl+Return", "Ctrl+T", "Ctrl+Z", "Ctrl+Down", "F8", "Ctrl+Shift+S"])
def test_no_shortcut_fires_while_composing(stage, qtbot, key: str) -> None:
    fired: list[str] = []
    action = QAction(stage.window)
    action.setShortcut(QKeySequence(key))
    action.triggered.connect(lambda: fired.append(key))
    stage.window.addAction(action)
    stage.at("s1-a")
    combination = QKeySequence(key)[0]
    compose(stage.live, "xie")
    QTest.keyClick(stage.live, combination.key(), combination.keyboardModifiers())
    assert fired == []
    assert stage.live.text() == "The delegation came."
    commit(stage.live, "协")
    QTest.keyClick(stage.live, combination.key(), combination.keyboardModifiers())
    assert fired == [key]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Escape])
def test_keys_of_a_composition_do_not_act_on_the_story(stage, key) -> None:
    stage.at("s1-b")
    compose(stage.live, "xie")
    QTest.keyClick(stage.live, key)
    assert stage.editor.active_key() == "s1-b"
    commit(stage.live, "协")
    assert stage.shown("s1-b").target == "协"


def test_enter_never_breaks_a_segment(stage) -> None:
    stage.at("s1-a")
    for modifiers in (Qt.KeyboardModifier.NoModifier, SHIFT):
        QTest.keyClick(stage.live, Qt.Key.Key_Return, modifiers)
    assert stage.shown("s1-a").target == "The delegation came."


@pytest.mark.parametrize(
    ("pasted", "taken"),
    [
        ("two\nlines", "two lines"),
        ("two  \r\n\r\n  lines", "two lines"),
        ("\nends\n", "ends"),
        ("word\u2028word\u2029word", "word word word"),
        ("no\u00a0break", "no break"),
        ("rare \U00020bb7 and 😀", "rare \U00020bb7 and 😀"),
    ],
)
def test_paste_from_anywhere_is_one_paragraph_of_plain_text(stage, pasted: str, taken: str) -> None:
    data = QMimeData()
    data.setHtml("<b>rich</b>")
    data.setText(pasted)
    QGuiApplication.clipboard().setMimeData(data)
    stage.at("s1-b")
    QTest.keyClick(stage.live, Qt.Key.Key_V, CONTROL)
    assert stage.shown("s1-b").target == taken
    QTest.keyClicks(stage.live, "x")
    stage.editor.undo()
    assert stage.shown("s1-b").target == taken
    stage.editor.undo()
    assert stage.shown("s1-b").target == ""


def test_reading_only_refuses_keys_paste_and_input_methods_and_says_why(stage) -> None:
    stage.at("s1-a")
    stage.editor.set_read_only(N_("The archive is on a disk that cannot be written."))
    QTest.keyClicks(stage.live, "x")
    compose(stage.live, "xie")
    commit(stage.live, "协")
    QTest.keyClick(stage.live, Qt.Key.Key_Backspace)
    assert stage.shown("s1-a").target == "The delegation came."
    assert stage.live.text() == "The delegation came."
    assert set(stage.said) == {"The archive is on a disk that cannot be written."}
    stage.editor.set_read_only(None)
    QTest.keyClicks(stage.live, "x")
    assert stage.shown("s1-a").target == "The delegation came.x"


def test_source_takes_the_cursor_but_no_keys(stage) -> None:
    stage.at("s1-a", Field.SOURCE)
    QTest.keyClicks(stage.live, "x")
    assert stage.live.text() == "1月11日下午，代表团来校。"
    assert "as it came in" in stage.said[-1]
    stage.editor.set_source_editing(True)
    commit(stage.live, "！")
    assert stage.shown("s1-a").source == "1月11日下午，代表团来校。！"
    stage.editor.undo()
    stage.editor.set_source_editing(False)


def test_positions_count_characters_not_units(stage) -> None:
    stage.at("s1-b")
    stage.editor.insert_text("😀\U00020bb7ab")
    assert stage.live.cursor_at() == 4
    stage.live.put_cursor(2)
    QTest.keyClicks(stage.live, "-")
    assert stage.shown("s1-b").target == "😀\U00020bb7-ab"
    stage.live.select(0, 2)
    assert stage.live.selected() == "😀\U00020bb7"


@pytest.mark.parametrize(
    "modifiers",
    [CONTROL | Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.GroupSwitchModifier, SHIFT],
)
def test_altgr_writes_its_letter(stage, modifiers) -> None:
    stage.at("s1-b")
    QApplication.sendEvent(stage.live, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_E, modifiers, "€"))
    assert stage.shown("s1-b").target == "€"


def test_copy_keeps_no_break_spaces_and_brings_no_markup(stage) -> None:
    stage.at("s1-b")
    stage.editor.insert_text("RMB\u00a01.2")
    QTest.keyClick(stage.live, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(stage.live, Qt.Key.Key_C, CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "RMB\u00a01.2"
    assert not data.hasHtml()


def test_menu_offers_what_can_be_done(stage, texts) -> None:
    stage.at("s1-a")
    stage.live.select(0, 3)
    actions = {a.text().split("\t")[0]: a for a in live_menu(stage.live, texts, stage.window).actions()}
    assert list(actions) == ["Cut", "Copy", "Paste", "Paste without cleaning", "Select all"]
    actions["Cut"].trigger()
    assert stage.shown("s1-a").target == " delegation came."
    stage.at("s1-a", Field.SOURCE)
    actions = {a.text().split("\t")[0]: a for a in live_menu(stage.live, texts, stage.window).actions()}
    assert [name for name, action in actions.items() if action.isEnabled()] == ["Select all"]


def test_tab_walks_through_both_sides_and_captions(stage) -> None:
    stage.at("s1-b", Field.SOURCE)
    seen = []
    for _ in range(5):
        QTest.keyClick(stage.live, Qt.Key.Key_Tab)
        seen.append((stage.editor.active_key(), stage.editor._sheet.field))
    assert seen == [
        ("s1-b", Field.TARGET), ("s1-p", Field.CAPTION_SOURCE), ("s1-p", Field.CAPTION_TARGET), ("s1-p", Field.ALT),
        ("s1-c", Field.SOURCE),
    ]  # fmt: skip
    for place in reversed(seen[:-1]):
        QTest.keyClick(stage.live, Qt.Key.Key_Backtab, SHIFT)
        assert (stage.editor.active_key(), stage.editor._sheet.field) == place


def test_arrow_at_the_last_line_leaves_for_the_next_row_on_the_same_side(stage) -> None:
    stage.at("s1-a", Field.SOURCE)
    QTest.keyClick(stage.live, Qt.Key.Key_Down)
    assert (stage.editor.active_key(), stage.editor._sheet.field) == ("s1-b", Field.SOURCE)
    QTest.keyClick(stage.live, Qt.Key.Key_Down)
    assert (stage.editor.active_key(), stage.editor._sheet.field) == ("s1-p", Field.CAPTION_SOURCE)
    QTest.keyClick(stage.live, Qt.Key.Key_Up)
    assert stage.editor.active_key() == "s1-b"


def test_screen_readers_hear_which_cell_has_the_keys(stage) -> None:
    stage.at("s1-a")
    assert stage.live.accessibleName() == "Segment 2, English"
    assert stage.live.accessibleDescription() == "1月11日下午，代表团来校。"
    stage.at("s1-p", Field.CAPTION_SOURCE)
    assert stage.live.accessibleName() == "Picture 4, Chinese caption"
    assert stage.editor.accessibleName()
