"""The small widgets say what they show, to the eye and to assistive technology."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.domain.story import SegmentStatus, StoryState
from desktop_app.gui.kit import widgets
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.states import SEGMENT_MARKS, STORY_MARKS
from desktop_app.gui.kit.widgets import Chip, ElidedLabel, EmptyState, InlineMessage, Pill, SegmentedControl, Toast


def test_every_status_and_state_has_a_glyph_a_word_and_a_colour(look) -> None:
    assert set(SEGMENT_MARKS) == set(SegmentStatus)
    assert set(STORY_MARKS) == set(StoryState)
    for mark in [*SEGMENT_MARKS.values(), *STORY_MARKS.values()]:
        assert mark.glyph
        assert str(mark.word)
        assert look.theme.color(mark.tone).isValid()


def test_pill_names_its_word(look, texts, qtbot) -> None:
    pill = Pill()
    qtbot.addWidget(pill)
    pill.show_mark(STORY_MARKS[StoryState.APPROVED], texts)
    assert pill.text() == "✓ Approved"
    assert pill.accessibleName() == "Approved"


def test_long_label_gives_way_in_the_middle(look, qtbot) -> None:
    label = ElidedLabel("Delegation from Hengshan Special Steel visits")
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    assert label.toolTip() == label.text()
    label.resize(label.sizeHint().width() + 20, 20)
    assert label.toolTip() == ""


def test_segmented_control_tells_the_choice(look, qtbot) -> None:
    control = SegmentedControl([("edit", "Edit"), ("changes", "Changes"), ("proof", "Proof")], "View")
    qtbot.addWidget(control)
    control.set_count("changes", 7)
    button = control._buttons["changes"]
    assert button.text() == "Changes 7"
    with qtbot.waitSignal(control.chosen) as blocker:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert blocker.args == ["changes"]
    assert control.current() == "changes"


def test_chip_counts(look, qtbot) -> None:
    chip = Chip("Mine", 3)
    qtbot.addWidget(chip)
    assert chip.text() == "Mine 3"
    chip.set_count(None)
    assert chip.text() == "Mine"


def test_empty_state_offers_the_way_on(look, qtbot) -> None:
    empty = EmptyState(look, "stories", "No stories", "Bring some in.", "Import…")
    qtbot.addWidget(empty)
    with qtbot.waitSignal(empty.clicked):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)


def test_inline_message_acts_and_goes(look, qtbot) -> None:
    acted = []
    message = InlineMessage(look, "Dismiss")
    qtbot.addWidget(message)
    assert message.isHidden()
    message.show_text("The disk is full.", "error", button="Retry", act=lambda: acted.append(1))
    qtbot.mouseClick(message._button, Qt.MouseButton.LeftButton)
    assert acted == [1]
    with qtbot.waitSignal(message.dismissed):
        message.dismiss()
    assert message.isHidden()


def test_toast_stays_inside_its_window(look, qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(640, 400)
    window.show()
    toast = Toast(look, "Dismiss", window)
    toast.show_text("Saved a copy of the story, with both of its pictures and all captions, to exports.", "good")
    assert window.rect().contains(toast.geometry())
    window.resize(420, 300)
    qtbot.waitUntil(lambda: window.rect().contains(toast.geometry()))


def test_bus_carries_the_change_and_its_sender(qtbot) -> None:
    bus = ChangeBus()
    change = object()
    with qtbot.waitSignal(bus.changed) as blocker:
        bus.publish(change, "editor")
    assert blocker.args == [change, "editor"]


def test_toast_of_a_warning_goes_by_itself_and_that_of_an_error_stays(look, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(widgets, "_WARNING_SHOWN", 50)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    toast = Toast(look, "Dismiss", window)
    toast.show_text("Choose who is at the desk first.", "warning")
    toast.show_text("Choose a story first.", "warning")
    assert toast.text() == "Choose a story first."
    with qtbot.waitSignal(toast.dismissed, timeout=2000):
        pass
    toast.show_text("The disk is full.", "error")
    assert not toast._timer.isActive()


@pytest.mark.parametrize(("tone", "stays"), [("good", False), ("accent", False), ("warning", True), ("error", True)])
def test_toast_of_what_was_done_goes_with_it(look, qtbot, tone: str, stays: bool) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    toast = Toast(look, "Dismiss", window)
    toast.show_text("8 places replaced.", tone)
    toast.outdate()
    assert toast.isVisible() is stays


def test_inline_message_has_a_second_button_where_it_is_offered(look, qtbot) -> None:
    acted = []
    message = InlineMessage(look, "Dismiss")
    qtbot.addWidget(message)
    message.show_text("Not saved.", "error", button="Copy", act=lambda: acted.append("copy"))
    message.offer_too("Discard", lambda: acted.append("discard"))
    qtbot.mouseClick(message._second, Qt.MouseButton.LeftButton)
    assert acted == ["discard"]
    message.show_text("Something else.", "error")
    assert message._second.isHidden()


def test_enter_presses_a_button_once_and_only_without_other_keys(look, qtbot) -> None:
    button = widgets.push_button("Make it")
    qtbot.addWidget(button)
    button.show()
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))

    def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, *, again: bool = False) -> int:
        QApplication.sendEvent(button, QKeyEvent(QEvent.Type.KeyPress, key, held, "\r", again))
        return len(pressed)

    assert press(Qt.Key.Key_Return) == 1
    assert press(Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier) == 2
    assert press(Qt.Key.Key_Return, again=True) == 2
    assert press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier) == 2
    button.setEnabled(False)
    assert press(Qt.Key.Key_Return) == 2
