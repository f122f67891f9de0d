"""Input methods as they really behave: whatever the order of their events, no text is lost, doubled or reordered."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from test_editor_stage import Stage, commit, compose, opened_stage, small_story

from desktop_app.gui.editor.live import SegmentEdit
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.kit.actions import Actions
from desktop_app.gui.kit.keys import ACTIONS

RARE = "\U00020bb7"


@pytest.fixture
def stage(look, texts, tmp_path) -> Iterator[Stage]:
    with opened_stage(look, texts, tmp_path) as stage:
        stage.open(small_story())
        yield stage


def send(stage: Stage, preedit: str = "", text: str = "", start: int = 0, length: int = 0) -> None:
    """One event of an input method."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text, start, length)
    QApplication.sendEvent(stage.live, event)


def same(stage: Stage, key: str, text: str) -> None:
    """The story and the field say the same."""
    assert stage.shown(key).target == text
    assert stage.live.text() == text


def steps(stage: Stage) -> list[str]:
    """The texts that undo goes back through."""
    seen = []
    while stage.editor.can_undo():
        stage.editor.undo()
        seen.append(stage.live.text())
    return seen


def test_a_sentence_word_by_word(stage) -> None:
    stage.at("s1-b")
    for preedit, text in (("shuang fang", "双方"), ("qian shu", "签署"), ("xie yi", "协议")):
        for end in range(1, len(preedit) + 1):
            send(stage, preedit[:end])
        send(stage, "", text)
    same(stage, "s1-b", "双方签署协议")
    assert steps(stage) == ["双方签署", "双方", ""]


def test_commit_of_a_part_leaves_the_rest_in_composition(stage) -> None:
    stage.at("s1-b")
    send(stage, "shuangfangxieyi")
    send(stage, "xieyi", "双方")
    same(stage, "s1-b", "双方")
    assert stage.live.is_composing()
    send(stage, "", "协议")
    same(stage, "s1-b", "双方协议")
    assert steps(stage) == ["双方", ""]


def test_commit_without_any_composition(stage) -> None:
    stage.at("s1-b")
    for text in ("，", "“", RARE, "😀"):
        send(stage, "", text)
    same(stage, "s1-b", f"，“{RARE}😀")
    assert len(steps(stage)) == 4


def test_replacing_what_was_committed(stage) -> None:
    stage.at("s1-b")
    send(stage, "", "协以")
    send(stage, "", "议", -1, 1)
    same(stage, "s1-b", "协议")
    assert steps(stage) == ["协以", ""]


def test_taking_committed_text_back_into_composition(stage) -> None:
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "hello")
    send(stage, "hell", "", -5, 5)
    assert stage.shown("s1-b").target == stage.live.text() == ""
    send(stage, "", "help")
    same(stage, "s1-b", "help")
    assert steps(stage)[-1] == ""


def test_deleting_around_the_caret_tells_the_story(stage) -> None:
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "hello")
    send(stage, "", "", -2, 2)
    same(stage, "s1-b", "hel")
    stage.editor.undo()
    same(stage, "s1-b", "hello")


def test_replacement_counts_units_so_that_rare_characters_stay_whole(stage) -> None:
    stage.at("s1-b")
    send(stage, "", f"{RARE}😀")
    send(stage, "", "a", -2, 2)
    same(stage, "s1-b", f"{RARE}a")


def test_composition_over_a_selection_with_several_commits(stage) -> None:
    stage.at("s1-a")
    stage.live.select(4, 14)
    send(stage, "dai")
    send(stage, "dai biao")
    send(stage, "tuan", "代表")
    same(stage, "s1-a", "The 代表 came.")
    send(stage, "", "团")
    same(stage, "s1-a", "The 代表团 came.")
    assert steps(stage) == ["The 代表 came.", "The delegation came."]


def test_cancelling_after_a_partial_commit_brings_no_selection_back(stage) -> None:
    stage.at("s1-a")
    stage.live.select(4, 14)
    send(stage, "dai biao")
    send(stage, "biao", "代")
    send(stage, "")
    same(stage, "s1-a", "The 代 came.")


@pytest.mark.parametrize("field", [Field.TARGET, Field.SOURCE])
def test_clicking_into_another_cell_commits_where_it_was_composed(stage, field) -> None:
    stage.at("s1-b")
    send(stage, "协议")
    sheet = stage.editor._sheet
    row = stage.editor._document.row_of("s1-c")
    place = sheet._lying.plan(row).cells[field].center() + QPoint(0, sheet._row_rect(row).top())
    QTest.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (stage.editor.active_key(), sheet.field) == ("s1-c", field)
    assert stage.shown("s1-b").target == "协议"
    assert stage.shown("s1-c").target == ""
    assert stage.shown("s1-c").source == "来宾参观校史馆。"


def test_the_find_line_gets_its_own_composition_and_nothing_of_the_cell(stage, qtbot) -> None:
    stage.at("s1-b")
    send(stage, "协议")
    stage.editor.find()
    line = stage.editor._find_bar.line
    assert line.text() == ""
    compose(line, "dai")
    compose(line, "dai biao")
    QTest.keyClick(line, Qt.Key.Key_Return)
    commit(line, "代表")
    assert line.text() == "代表"
    assert stage.shown("s1-b").target == "协议"


def test_dead_keys_write_their_letter(stage) -> None:
    stage.at("s1-b")
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(stage.live, QKeyEvent(kind, Qt.Key.Key_Dead_Acute, Qt.KeyboardModifier.NoModifier, ""))
    send(stage, "´")
    send(stage, "", "é")
    same(stage, "s1-b", "é")


def test_undo_in_composition_takes_back_no_more_than_it(stage) -> None:
    stage.at("s1-a")
    QTest.keyClicks(stage.live, "x")
    send(stage, "协议")
    stage.editor.undo()
    same(stage, "s1-a", "The delegation came.x")
    assert not stage.live.is_composing()


def test_acts_in_mid_composition_take_what_was_composed(stage) -> None:
    stage.at("s1-b")
    send(stage, "协议")
    stage.editor.insert_text("x")
    same(stage, "s1-b", "协议x")
    send(stage, "双")
    stage.editor.at_cursor.suggest_spelling()
    same(stage, "s1-b", "协议x双")
    send(stage, "方")
    stage.live.replace_span(0, 2, "签")
    same(stage, "s1-b", "签x双方")


@pytest.mark.parametrize("spec", [spec for spec in ACTIONS if spec.keys], ids=lambda spec: spec.id)
def test_no_key_of_the_registry_fires_while_composing(look, texts, qtbot, spec) -> None:
    fired: list[str] = []
    live, window = _alone(qtbot)
    actions = Actions(window, look, texts)
    actions.register(spec, lambda: fired.append(spec.id))
    compose(live, "xie")
    for key in spec.keys:
        combination = QKeySequence(key)[0]
        QTest.keyClick(live, combination.key(), combination.keyboardModifiers())
    commit(live, "协")
    assert fired == []
    assert live.text()[-1] == "协"  # QTest gives Ctrl+Alt with a letter as AltGr, which writes it


def _alone(qtbot):
    """The live field by itself in a window with the focus."""
    window = QWidget()
    qtbot.addWidget(window)
    live = SegmentEdit(window)
    window.resize(400, 200)
    live.setGeometry(0, 0, 400, 200)
    live.show()
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    live.setFocus()
    return live, window


LETTERS = st.sampled_from(["a", "é", "协", RARE, "😀", "xy", "双方"])
ACTS = st.one_of(
    st.tuples(st.just("type"), st.sampled_from("ab c")),
    st.tuples(st.just("compose"), LETTERS),
    st.tuples(st.just("commit"), LETTERS),
    st.tuples(st.just("both"), LETTERS, LETTERS),
    st.tuples(st.just("cancel")),
    st.tuples(st.just("select"), st.integers(0, 8), st.integers(0, 8)),
    st.tuples(st.just("replace"), LETTERS),
    st.tuples(st.just("leave")),
    st.tuples(st.just("backspace")),
)


class Model:
    """A text, a selection, and what is being composed, as a person understands them."""

    def __init__(self) -> None:
        self.text, self.anchor, self.at, self.preedit = "", 0, 0, ""
        self.late = ""  # what was committed by leaving, and an input method may hand over once more

    def put(self, text: str) -> None:
        start, end = sorted((self.anchor, self.at))
        self.text = self.text[:start] + text + self.text[end:]
        self.anchor = self.at = start + len(text)

    def do(self, act: tuple[object, ...]) -> None:
        name, *values = act
        if name in {"type", "backspace", "select"} and self.preedit:
            return  # such keys belong to the input method
        late = self.late
        if name not in {"select", "leave"} and (name != "replace" or self._replaces()):
            self.late = ""
        if name != "commit" or late != values[0]:
            getattr(self, f"_{name}")(*values)

    def _type(self, text: str) -> None:
        self.put(text)

    def _backspace(self) -> None:
        if self.anchor == self.at:
            self.anchor = max(0, self.at - 1)
        self.put("")

    def _compose(self, preedit: str) -> None:
        self.preedit = preedit

    def _cancel(self) -> None:
        self.preedit = ""

    def _leave(self) -> None:
        if self.preedit:
            self.put(self.preedit)
            self.late = self.preedit
        self.preedit = ""

    def _commit(self, text: str) -> None:
        self.put(text)
        self.preedit = ""

    def _both(self, text: str, preedit: str) -> None:
        self.put(text)
        self.preedit = preedit

    def _replace(self, text: str) -> None:
        if self._replaces():
            self.anchor = self.at - 1
            self.put(text)

    def _select(self, anchor: int, at: int) -> None:
        self.anchor, self.at = min(anchor, len(self.text)), min(at, len(self.text))

    def _replaces(self) -> bool:
        return not self.preedit and self.anchor == self.at and self.at > 0


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACTS, max_size=25))
def test_any_order_of_events_gives_what_a_person_expects(stage, acts) -> None:
    stage.at("s1-b")
    stage.editor.write_target("s1-b", "")
    stage.editor._document._history.clear()
    model, live = Model(), stage.live
    send(stage)  # whatever came late for the example before
    for act in acts:
        name, *values = act
        if name == "type" and not model.preedit:
            QTest.keyClicks(live, str(values[0]))
        elif name == "backspace" and not model.preedit:
            QTest.keyClick(live, Qt.Key.Key_Backspace)
        elif name == "select" and not model.preedit:
            live.select(min(values[0], len(model.text)), min(values[1], len(model.text)))
        elif name == "compose":
            send(stage, values[0])
        elif name == "cancel":
            send(stage)
        elif name == "commit":
            send(stage, "", values[0])
        elif name == "both":
            send(stage, values[1], values[0])
        elif name == "leave":
            stage.editor.flush()
        elif name == "replace" and model._replaces():
            size = len(model.text[model.at - 1].encode("utf-16-le")) // 2
            send(stage, "", values[0], -size, size)
        model.do(act)
        assert stage.shown("s1-b").target == model.text, act
        assert live.is_composing() == bool(model.preedit)
        if not model.preedit:
            assert live.text() == model.text
    stage.editor.flush()
    while stage.editor.can_undo():
        stage.editor.undo()
    same(stage, "s1-b", "")
