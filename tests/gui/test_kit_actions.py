"""The registry keeps keys apart and leaves input methods theirs."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QWidget

from desktop_app.foundation.errors import BugError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.actions import FORBIDDEN_KEYS, Actions, ActionSpec, duplicates
from desktop_app.gui.kit.keys import ACTIONS, MENUS


@pytest.fixture
def window(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_default_keys_have_no_duplicates() -> None:
    assert duplicates(ACTIONS) == {}


def test_every_action_of_the_table_can_be_registered(window, look, texts) -> None:
    actions = Actions(window, look, texts)
    for spec in ACTIONS:
        actions.register(spec, lambda: None)
    assert [spec.id for spec in actions.specs()] == [spec.id for spec in ACTIONS]
    assert {spec.menu for spec in ACTIONS} == {menu for menu, _ in MENUS}
    assert actions.menu("help") == [actions.action(id_) for id_ in ("help", "shortcuts", "about")]
    assert actions.duplicates() == {}


@pytest.mark.parametrize("key", sorted(FORBIDDEN_KEYS))
def test_keys_of_input_methods_are_refused(window, look, texts, key: str) -> None:
    with pytest.raises(BugError):
        Actions(window, look, texts).register(ActionSpec("x", N_("X"), (key,)), lambda: None)


def test_duplicate_keys_are_named(window, look, texts) -> None:
    actions = Actions(window, look, texts)
    actions.register(ActionSpec("one", N_("One"), ("Ctrl+J",)), lambda: None)
    actions.register(ActionSpec("two", N_("Two"), ("ctrl+j",)), lambda: None)
    assert actions.duplicates() == {"Ctrl+J": ["one", "two"]}
    with pytest.raises(BugError):
        actions.register(ActionSpec("one", N_("One")), lambda: None)


def test_key_runs_the_handler_and_the_tooltip_names_it(window, look, texts, qtbot) -> None:
    ran = []
    actions = Actions(window, look, texts)
    action = actions.register(ActionSpec("split", N_("Split"), ("Ctrl+T",), icon="split"), lambda: ran.append(1))
    with qtbot.waitExposed(window):
        window.show()
    qtbot.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert ran == [1]
    assert action.toolTip() == "Split (Ctrl+T)"


def test_unknown_action_is_a_bug(window, look, texts) -> None:
    with pytest.raises(BugError):
        Actions(window, look, texts).action("unicorn")


def test_actions_of_a_window_that_is_gone_leave_the_look_alone(look, texts, qapp) -> None:
    window = QWidget()
    actions = Actions(window, look, texts)
    for spec in ACTIONS:
        actions.register(spec, lambda: None)
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    look.use(scale=1.3)  # an error in a slot fails the test
