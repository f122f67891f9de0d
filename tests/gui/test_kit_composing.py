"""While an input method composes in any field of the window, no shortcut fires and no key acts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from test_editor_stage import commit, compose, counter

from desktop_app.gui.kit.composing import CompositionGuards


@pytest.fixture(params=[QLineEdit, QPlainTextEdit])
def field(request, qtbot) -> QWidget:
    """A field in a window that has the keyboard."""
    window = QWidget()
    qtbot.addWidget(window)
    CompositionGuards(window)
    layout, made = QVBoxLayout(window), request.param(window)
    layout.addWidget(made)
    layout.addWidget(QLineEdit(window))
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    made.setFocus()
    made.kept = window  # it would go with the last name for it
    return made


def text_of(field: QWidget) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


@pytest.mark.parametrize("key", ["Ctrl+Return", "Alt+1", "F8", "Ctrl+M", "Ctrl+Shift+V", "Return", "Escape", "Tab"])
def test_no_shortcut_fires_and_nothing_is_lost(field, key: str) -> None:
    action = QAction(field.window())
    action.setShortcut(QKeySequence(key))
    field.window().addAction(action)
    fired = counter(action.triggered)
    combination = QKeySequence(key)[0]
    compose(field, "xie")
    compose(field, "xie yi")
    QTest.keyClick(field, combination.key(), combination.keyboardModifiers())
    assert fired() == 0
    assert field.hasFocus()
    commit(field, "协议")
    assert text_of(field) == "协议"
    QTest.keyClick(field, combination.key(), combination.keyboardModifiers())
    assert fired() == 1 or (key in {"Return", "Tab"} and isinstance(field, QPlainTextEdit))  # it takes them itself


def test_enter_of_a_composition_is_no_enter_of_the_field(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    CompositionGuards(window)
    line = QLineEdit(window)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    line.setFocus()
    entered = counter(line.returnPressed)
    compose(line, "xie")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert entered() == 0
    commit(line, "协\U00020bb7😀")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert (entered(), line.text()) == (1, "协\U00020bb7😀")


def test_leaving_a_field_ends_what_was_kept_away(field) -> None:
    compose(field, "xie")
    other = field.window().findChildren(QLineEdit)[-1]
    other.setFocus()
    field.setFocus()
    QTest.keyClicks(field, "ab")
    assert text_of(field).endswith("ab")
