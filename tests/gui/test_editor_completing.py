"""Completion at the caret: what is proposed, which keys take it, and that it never gets in the way."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from shell_room import soon
from test_editor_stage import Stage, commit, compose, opened_stage, small_story

from desktop_app.desk.checking import Examiner
from desktop_app.domain.memory import Match, MemoryUnit
from desktop_app.domain.story import Block, BlockKind, Content, Segment, Story
from desktop_app.domain.terms import Term
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.kit.habits import Habits
from desktop_app.language.terms import TermIndex

TERMS = (Term("t1", "协议", "framework agreement", short="FA"), Term("t2", "双方", "both sides"))
CONTROL = Qt.KeyboardModifier.ControlModifier


def story() -> Story:
    """The small story, with a paragraph that has some English of its own."""
    told = "The conference was held at Yunchuan University of Technology. The conference went well."
    block = Block("s1-b4", BlockKind.PARAGRAPH, (Segment("s1-d", "会议由校长张伟明主持。", told),))
    small = small_story()
    return Story("s1", "s1", Content((*small.content.blocks, block)))


@pytest.fixture
def stage(look, texts, tmp_path, qtbot) -> Iterator[Stage]:
    with opened_stage(look, texts, tmp_path) as stage:
        with qtbot.waitSignal(stage.editor.at_cursor.spelling.ready):
            stage.editor.at_cursor.use(Examiner(stage.desk))
        stage.open(story())
        soon(qtbot, lambda: len(completing(stage)._story) > 0)
        yield stage
        Habits.in_force().use(completing=True)


def completing(stage: Stage):
    return stage.editor.at_cursor.completing


def popup(stage: Stage):
    return completing(stage).popup


def shown(stage: Stage) -> list[str]:
    if not popup(stage).isVisible():
        return []
    return [popup(stage).item(row).text() for row in range(popup(stage).count())]


def at(stage: Stage, qtbot, key: str = "s1-b", field: Field = Field.TARGET) -> None:
    """Put the keys on a cell, with what was looked up for it."""
    stage.at(key, field)
    match = Match(MemoryUnit("双方签署", "The two parties signed a memorandum."), 80, 80.0)
    source = stage.editor.around(key).source
    completing(stage).show_answer(key, TermIndex(TERMS).find(source), [match])
    soon(qtbot, lambda: not completing(stage)._preparing.waiting)


def settle(stage: Stage, qtbot) -> None:
    """Wait until what was typed last has been thought about: no timer that proposes runs any more."""
    made = completing(stage)
    soon(qtbot, lambda: not (made._settle.isActive() or made._preparing.waiting))


def wait_shown(stage: Stage, qtbot, texts: list[str]) -> None:
    soon(qtbot, lambda: shown(stage) == texts)


def test_terms_go_before_the_memory_and_the_story(stage, qtbot) -> None:
    at(stage, qtbot)
    for letters, texts in (
        ("fra", ["framework agreement"]), ("mem", ["memorandum"]), ("conf", ["conference"]), ("bo", []),
        ("Yun", ["Yunchuan", "Yunchuan University of Technology"]),
    ):  # fmt: skip
        QTest.keyClicks(stage.live, " " + letters)
        wait_shown(stage, qtbot, texts)


def test_names_of_the_source_are_spelt(stage, qtbot) -> None:
    at(stage, qtbot, "s1-d")
    QTest.keyClicks(stage.live, " Zh")
    soon(qtbot, lambda: "ZHANG Weiming" in shown(stage))


def test_two_letters_are_too_few_unless_one_asks(stage, qtbot) -> None:
    at(stage, qtbot)
    QTest.keyClicks(stage.live, "co")
    settle(stage, qtbot)
    assert shown(stage) == []
    completing(stage).complete()
    assert shown(stage) == ["conference"]


def test_asking_where_nothing_begins_so_says_it(stage, qtbot) -> None:
    at(stage, qtbot)
    QTest.keyClicks(stage.live, "zzz")
    stage.editor.at_cursor.complete()
    assert stage.said[-1] == "Nothing is known that begins so."


def test_tab_takes_the_first_as_one_step_and_stays_in_the_cell(stage, qtbot) -> None:
    at(stage, qtbot)
    QTest.keyClicks(stage.live, "The fra")
    wait_shown(stage, qtbot, ["framework agreement"])
    QTest.keyClick(stage.live, Qt.Key.Key_Tab)
    assert stage.shown("s1-b").target == "The framework agreement"
    assert stage.live.cursor_at() == len("The framework agreement")
    assert stage.editor.active_key() == "s1-b"
    qtbot.waitUntil(lambda: shown(stage) == [])
    QTest.keyClick(stage.live, Qt.Key.Key_Tab)
    assert stage.editor.active_key() == "s1-p"
    stage.editor.undo()
    assert stage.shown("s1-b").target == "The fra"
    stage.editor.undo()
    assert stage.shown("s1-b").target == ""


def test_enter_takes_only_what_the_arrow_came_to(stage, qtbot) -> None:
    at(stage, qtbot)
    QTest.keyClicks(stage.live, "Yun")
    soon(qtbot, lambda: len(shown(stage)) == 2)
    QTest.keyClick(stage.live, Qt.Key.Key_Return)
    assert stage.shown("s1-b").target == "Yun"
    QTest.keyClicks(stage.live, "c")
    soon(qtbot, lambda: len(shown(stage)) == 2)
    QTest.keyClick(stage.live, Qt.Key.Key_Down)
    QTest.keyClick(stage.live, Qt.Key.Key_Down)
    QTest.keyClick(stage.live, Qt.Key.Key_Return)
    assert stage.shown("s1-b").target == "Yunchuan University of Technology"
    assert stage.editor.active_key() == "s1-b"


def test_up_leaves_the_list_and_then_moves_the_caret(stage, qtbot) -> None:
    at(stage, qtbot)
    QTest.keyClicks(stage.live, "conf")
    wait_shown(stage, qtbot, ["conference"])
    QTest.keyClick(stage.live, Qt.Key.Key_Down)
    assert popup(stage).chosen == 0
    QTest.keyClick(stage.live, Qt.Key.Key_Up)
    assert popup(stage).chosen == -1
    QTest.keyClick(stage.live, Qt.Key.Key_Up)
    assert stage.editor.active_key() == "s1-a"
    assert shown(stage) == []


def test_escape_closes_it_for_this_word_alone(stage, qtbot) -> None:
    at(stage, qtbot)
    QTest.keyClicks(stage.live, "con")
    wait_shown(stage, qtbot, ["conference"])
    QTest.keyClick(stage.live, Qt.Key.Key_Escape)
    QTest.keyClicks(stage.live, "fer")
    settle(stage, qtbot)
    assert shown(stage) == []
    QTest.keyClicks(stage.live, " con")
    wait_shown(stage, qtbot, ["conference"])


def test_typing_on_filters_and_a_finished_word_closes(stage, qtbot) -> None:
    at(stage, qtbot)
    QTest.keyClicks(stage.live, "con")
    wait_shown(stage, qtbot, ["conference"])
    QTest.keyClicks(stage.live, "ference")
    soon(qtbot, lambda: shown(stage) == [])
    assert stage.shown("s1-b").target == "conference"


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Home])
def test_another_place_closes_it(stage, qtbot, key) -> None:
    at(stage, qtbot)
    QTest.keyClicks(stage.live, "con")
    wait_shown(stage, qtbot, ["conference"])
    QTest.keyClick(stage.live, key)
    soon(qtbot, lambda: shown(stage) == [])


def test_it_is_quiet_while_composing_and_in_chinese(stage, qtbot) -> None:
    at(stage, qtbot)
    QTest.keyClicks(stage.live, "con")
    wait_shown(stage, qtbot, ["conference"])
    compose(stage.live, "xie")
    assert shown(stage) == []
    QTest.keyClick(stage.live, Qt.Key.Key_Tab)
    commit(stage.live, "协")
    assert stage.shown("s1-b").target == "con协"
    at(stage, qtbot, "s1-p", Field.CAPTION_SOURCE)
    QTest.keyClicks(stage.live, " conf")
    settle(stage, qtbot)
    assert shown(stage) == []


def test_nothing_is_proposed_inside_a_word_or_where_nothing_may_be_written(stage, qtbot) -> None:
    at(stage, qtbot)
    stage.editor.insert_text("xerence")
    stage.live.put_cursor(0)
    QTest.keyClicks(stage.live, "conf")
    settle(stage, qtbot)
    assert shown(stage) == []


def test_other_keys_keep_their_meaning_while_it_is_shown(stage, qtbot) -> None:
    at(stage, qtbot)
    QTest.keyClicks(stage.live, "con")
    wait_shown(stage, qtbot, ["conference"])
    asked = QKeyEvent(QKeyEvent.Type.ShortcutOverride, Qt.Key.Key_Return, CONTROL)
    asked.ignore()
    stage.live.event(asked)
    assert not asked.isAccepted()
    stage.editor.confirm_next()
    assert stage.editor.active_key() == "s1-c"
    assert shown(stage) == []
    assert stage.shown("s1-b").target == "con"


def test_the_mouse_takes_one_and_the_cell_keeps_the_keys(stage, qtbot) -> None:
    at(stage, qtbot)
    QTest.keyClicks(stage.live, "con")
    wait_shown(stage, qtbot, ["conference"])
    QTest.mouseClick(popup(stage).viewport(), Qt.MouseButton.LeftButton, pos=popup(stage).place_of(0))
    assert stage.shown("s1-b").target == "conference"
    assert stage.live.hasFocus()


def test_it_can_be_switched_off(stage, qtbot) -> None:
    Habits.in_force().use(completing=False)
    at(stage, qtbot)
    QTest.keyClicks(stage.live, "con")
    settle(stage, qtbot)
    assert shown(stage) == []
    completing(stage).complete()
    assert shown(stage) == ["conference"]


def test_screen_readers_find_a_list_with_a_name(stage, qtbot) -> None:
    at(stage, qtbot)
    QTest.keyClicks(stage.live, "con")
    wait_shown(stage, qtbot, ["conference"])
    interface = QAccessible.queryAccessibleInterface(popup(stage))
    assert interface.role() is QAccessible.Role.List
    assert interface.text(QAccessible.Text.Name) == "Completions"
    assert popup(stage).focusPolicy() is Qt.FocusPolicy.NoFocus
    assert stage.live.hasFocus()


def test_it_lies_inside_the_editor_and_not_on_the_line_that_is_written(stage, qtbot) -> None:
    at(stage, qtbot, "s1-d")
    QTest.keyClicks(stage.live, " con")
    soon(qtbot, lambda: bool(shown(stage)))
    assert stage.editor.rect().contains(popup(stage).geometry())
    line = stage.live.cursorRect().translated(stage.live.viewport().mapTo(stage.editor, stage.live.rect().topLeft()))
    assert not popup(stage).geometry().intersects(line)


def test_half_typed_words_of_the_cell_in_hand_are_not_offered(stage, qtbot) -> None:
    completing(stage)._gather.setInterval(1)
    at(stage, qtbot)
    QTest.keyClicks(stage.live, "Yunchuan and Velmont")

    def at_rest() -> bool:
        return not completing(stage)._gather.isActive() and not completing(stage)._gathering.waiting

    soon(qtbot, at_rest)
    for _ in " and Velmont":
        QTest.keyClick(stage.live, Qt.Key.Key_Backspace)
    QTest.keyClicks(stage.live, " and Vel")
    soon(qtbot, at_rest)
    assert not any("Vel" in text for text in shown(stage))
    at(stage, qtbot, "s1-d")
    soon(qtbot, at_rest)
    QTest.keyClicks(stage.live, " Yunchuan and V")
    soon(qtbot, lambda: "Yunchuan and Vel" in shown(stage))  # of a cell that was left they are the story's words
