"""Spelling while one types: what is marked when, what is offered, and that a word of the house is no mistake."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from shell_room import soon
from test_editor_stage import Stage, commit, compose, counter, opened_stage, small_story

from desktop_app.desk.checking import Examiner
from desktop_app.desk.desk import Changes
from desktop_app.desk.terms import add_term
from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.rows import Field

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")


@pytest.fixture
def stage(look, texts, tmp_path, qtbot) -> Iterator[Stage]:
    with opened_stage(look, texts, tmp_path) as stage:
        with qtbot.waitSignal(stage.editor.at_cursor.spelling.ready):
            stage.editor.at_cursor.use(Examiner(stage.desk))
        stage.open(small_story())
        yield stage
        for menu in stage.window.findChildren(QMenu):
            menu.close()


def marked(stage: Stage) -> list[str]:
    """The words with the wave of spelling under them, as the live cell shows them."""
    color = stage.editor._sheet._look.theme.color("spelling")
    return [one.cursor.selectedText() for one in stage.live.extraSelections() if one.format.underlineColor() == color]


def at_rest(stage: Stage) -> bool:
    """Whether every word typed so far was judged that is going to be."""
    spelling = stage.editor.at_cursor.spelling
    return not (spelling._moved.isActive() or spelling._soon.isActive() or spelling._judging.waiting)


def menu_of(stage: Stage, qtbot) -> QMenu:
    soon(qtbot, lambda: any(menu.isVisible() for menu in stage.window.findChildren(QMenu)))
    return next(menu for menu in stage.window.findChildren(QMenu) if menu.isVisible())


def bold(menu: QMenu) -> list[QAction]:
    return [action for action in menu.actions() if action.font().bold()]


def test_a_word_is_marked_when_it_is_finished(stage, qtbot) -> None:
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "The delegaton")
    soon(qtbot, lambda: at_rest(stage))
    assert marked(stage) == []
    QTest.keyClicks(stage.live, " ")
    qtbot.waitUntil(lambda: marked(stage) == ["delegaton"], timeout=2000)
    QTest.keyClicks(stage.live, "came")
    assert marked(stage) == ["delegaton"]


def test_going_back_into_a_marked_word_to_mend_it_marks_nothing_until_it_is_done(stage, qtbot) -> None:
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "delegaton came")
    soon(qtbot, lambda: marked(stage) == ["delegaton"])
    stage.live.put_cursor(7)
    assert marked(stage) == ["delegaton"]
    QTest.keyClicks(stage.live, "x")
    assert marked(stage) == []
    QTest.keyClick(stage.live, Qt.Key.Key_End)
    soon(qtbot, lambda: marked(stage) == ["delegatxon"])
    stage.live.put_cursor(8)
    QTest.keyClick(stage.live, Qt.Key.Key_Backspace)
    QTest.keyClicks(stage.live, "i")
    stage.live.put_cursor(0)
    soon(qtbot, lambda: not stage.editor.at_cursor.spelling.doubts())
    assert marked(stage) == []


def test_a_pasted_text_is_marked_at_once_and_names_are_not(stage, qtbot) -> None:
    stage.at("s1-b")
    stage.editor.insert_text("Yunchuan signd LIN Yanqiu’s agrement")
    soon(qtbot, lambda: marked(stage) == ["signd", "agrement"])


def test_chinese_cells_are_not_judged(stage, qtbot) -> None:
    stage.at("s1-p", Field.CAPTION_SOURCE)
    stage.editor.insert_text("signd agrement")
    stage.at("s1-p", Field.ALT)
    stage.editor.insert_text("signd")
    soon(qtbot, lambda: marked(stage) == ["signd"])
    stage.at("s1-p", Field.CAPTION_SOURCE)
    assert marked(stage) == []


def test_words_of_the_source_and_of_terms_are_known(stage, qtbot) -> None:
    stage.at("s1-b")
    stage.editor.insert_text("the graphenix and the agrement")
    soon(qtbot, lambda: marked(stage) == ["graphenix", "agrement"])
    add_term(stage.desk, "石墨", "graphenix", by=stage.person)
    stage.bus.publish(Changes(terms=True))
    soon(qtbot, lambda: marked(stage) == ["agrement"])


def test_a_finding_of_spelling_draws_no_second_line(stage, qtbot) -> None:
    stage.at("s1-b")
    stage.editor.insert_text("the agrement")
    finding = Finding("spelling", Severity.NOTE, N_("No word."), "s1-b", target_span=(4, 12))
    stage.editor.show_findings([finding])
    soon(qtbot, lambda: marked(stage) == ["agrement"])
    assert len(stage.live.extraSelections()) == 1
    stage.at("s1-a")
    formats = stage.editor._sheet.marks.formats("s1-b", Field.TARGET, "the agrement")
    assert [one.format.underlineColor().name() for one in formats] == [
        stage.editor._sheet._look.theme.color("spelling").name()
    ]


def test_the_menu_offers_what_was_meant_and_puts_it_in_as_one_step(stage, qtbot) -> None:
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "The univeristy came.")
    soon(qtbot, lambda: marked(stage) == ["univeristy"])
    at = stage.live.cursorRect(_cursor(stage, 6)).center()
    asking = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, stage.live.mapToGlobal(at))
    QApplication.sendEvent(stage.live.viewport(), asking)
    menu = menu_of(stage, qtbot)
    assert [action.text() for action in bold(menu)] == ["university"]
    assert menu.actions()[0] is bold(menu)[0]
    bold(menu)[0].trigger()
    assert stage.shown("s1-b").target == "The university came."
    stage.editor.undo()
    assert stage.shown("s1-b").target == "The univeristy came."


def test_a_word_is_accepted_from_the_menu(stage, qtbot) -> None:
    accepted: list[str] = []
    stage.editor.at_cursor.word_accepted.connect(accepted.append)
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "The univeristy came.")
    soon(qtbot, lambda: marked(stage) == ["univeristy"])
    stage.live.put_cursor(7)
    stage.editor.at_cursor.suggest_spelling()
    next(action for action in menu_of(stage, qtbot).actions() if action.text() == "Add to names").trigger()
    assert accepted == ["univeristy"]


def test_the_key_goes_to_the_next_marked_word(stage, qtbot) -> None:
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "The univeristy signd it.")
    soon(qtbot, lambda: len(marked(stage)) == 2)
    stage.live.put_cursor(16)
    stage.editor.at_cursor.suggest_spelling()
    assert stage.live.selected() == "signd"
    menu_of(stage, qtbot).close()
    stage.at("s1-a")
    stage.editor.at_cursor.suggest_spelling()
    assert stage.said[-1] == "No word of this text is marked."


def test_shift_f10_opens_the_menu_at_the_caret(stage, qtbot) -> None:
    stage.at("s1-a")
    asked: list[QPoint] = []
    stage.live.menu_asked.connect(asked.append)
    QTest.keyClick(stage.live, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert asked == [stage.live.caret_below()]
    assert menu_of(stage, qtbot).actions()[0].text().startswith("Cut")


def test_the_menu_key_opens_it_at_the_caret_and_only_once(stage, qtbot) -> None:
    stage.at("s1-a")
    middle = stage.live.rect().center()
    asking = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, stage.live.mapToGlobal(middle))
    QApplication.sendEvent(stage.live, asking)
    menu = menu_of(stage, qtbot)
    assert menu.y() == stage.live.caret_below().y()
    stage.editor.at_cursor._on_menu_asked(stage.live.caret_below())
    assert [one.isVisible() for one in stage.window.findChildren(QMenu)] == [True]


def test_marks_that_arrive_while_composing_disturb_nothing(stage, qtbot) -> None:
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "the agrement ")
    compose(stage.live, "xie")
    soon(qtbot, lambda: marked(stage) == ["agrement"])
    assert stage.live.is_composing()
    commit(stage.live, "协")
    assert stage.live.text() == "the agrement 协"
    assert stage.shown("s1-b").target == "the agrement 协"


def test_emoji_before_a_word_do_not_move_its_mark(stage, qtbot) -> None:
    stage.at("s1-b")
    stage.editor.insert_text("😀\U00020bb7 the agrement 😀")
    soon(qtbot, lambda: marked(stage) == ["agrement"])


def test_nothing_is_offered_where_nothing_may_be_written(stage, qtbot) -> None:
    stage.at("s1-b")
    stage.editor.insert_text("the agrement")
    soon(qtbot, lambda: marked(stage) == ["agrement"])
    stage.editor.set_read_only(N_("Reading only."))
    QApplication.sendEvent(stage.live, QEvent(QEvent.Type.FocusIn))
    stage.editor.at_cursor._on_menu_asked(stage.live.caret_below())
    assert bold(menu_of(stage, qtbot)) == []
    stage.editor.set_read_only(None)


def test_closing_the_archive_leaves_no_job(stage) -> None:
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "the agrement came ")
    done = counter(stage.tasks.running_changed)
    stage.editor.flush_and_wait()
    stage.editor.open_desk(None)
    assert stage.tasks.wait_idle(10)
    assert done() > 0
    assert stage.editor.at_cursor.spelling.speller is None


def _cursor(stage: Stage, at: int):
    cursor = stage.live.textCursor()
    cursor.setPosition(at)
    return cursor
