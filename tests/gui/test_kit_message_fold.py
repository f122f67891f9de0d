"""Messages over a text: the most urgent one in view, the others named on a button that opens them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.gui.kit.message_fold import SHORT_NAMES, MessageFold, Urgency
from desktop_app.gui.kit.widgets import InlineMessage


class Place:
    """A fold over a field, in a window."""

    def __init__(self, look, texts, qtbot) -> None:
        self.look = look
        self.window = QWidget()
        self.fold = MessageFold(look, texts, self.window)
        self.field = QLineEdit(self.window)
        column = QVBoxLayout(self.window)
        column.addWidget(self.fold)
        column.addWidget(self.field)
        qtbot.addWidget(self.window)
        self.window.resize(900, 300)
        self.window.show()

    def message(self, urgency: Urgency) -> InlineMessage:
        made = InlineMessage(self.look, "Close", self.window)
        self.fold.add(made, urgency)
        return made

    def seen(self) -> list[str]:
        """The sentences in view, from top to bottom."""
        found = [one for one in self.fold.findChildren(InlineMessage) if one.isVisible()]
        return [one.text() for one in sorted(found, key=lambda one: one.mapTo(self.window, one.rect().topLeft()).y())]


@pytest.fixture
def place(look, texts, qtbot) -> Place:
    return Place(look, texts, qtbot)


def test_every_urgency_has_a_name_for_the_button() -> None:
    assert set(SHORT_NAMES) == set(Urgency)


def test_one_message_stands_alone_and_none_leaves_no_room(place: Place) -> None:
    embargo = place.message(Urgency.EMBARGO)
    assert place.fold.isHidden()
    embargo.show_text("Embargo until Monday.")
    assert place.seen() == ["Embargo until Monday."]
    assert not place.fold.button.isVisible()
    embargo.hide()
    assert place.fold.isHidden()


def test_the_most_urgent_is_shown_and_the_button_says_what_else_stands(place: Place) -> None:
    out, kill, source = (place.message(one) for one in (Urgency.OUT, Urgency.KILL, Urgency.SOURCE))
    out.show_text("LI Wei has it offline.")
    source.show_text("The source changed.", "warning")
    assert place.seen() == ["The source changed."]
    assert place.fold.button.text() == "1 more: away offline"
    kill.show_text("A kill was asked for.", "error", button="Confirm…", act=lambda: None)
    assert place.seen() == ["A kill was asked for."]
    assert place.fold.button.text() == "! 2 more: source changed · away offline", "a warning is marked on the button"
    assert "The source changed." in place.fold.button.toolTip()
    assert place.fold.button.accessibleName() == "2 more: source changed · away offline"
    kill.hide()
    out.dismiss()
    assert place.seen() == ["The source changed."]
    assert not place.fold.button.isVisible()


def test_unfolded_it_stays_so_until_it_is_folded(place: Place, qtbot) -> None:
    closed, embargo, kill = (place.message(one) for one in (Urgency.CLOSED, Urgency.EMBARGO, Urgency.KILL))
    closed.show_text("Signed.")
    embargo.show_text("Embargo.")
    place.field.setFocus()
    qtbot.mouseClick(place.fold.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: place.seen() == ["Embargo.", "Signed."])
    assert place.fold.button.text() == "Show less"
    assert place.field.hasFocus(), "a click leaves the keyboard in the text"
    kill.show_text("Kill.", "error")
    qtbot.waitUntil(lambda: place.seen() == ["Kill.", "Embargo.", "Signed."])
    qtbot.mouseClick(place.fold.button, Qt.MouseButton.LeftButton)
    assert place.seen() == ["Kill."]


def test_the_keyboard_reaches_and_keeps_the_button(place: Place, qtbot) -> None:
    embargo, closed, kill = (place.message(one) for one in (Urgency.EMBARGO, Urgency.CLOSED, Urgency.KILL))
    embargo.show_text("Embargo.", button="Change…", act=lambda: None)
    closed.show_text("Signed.", closable=False)
    change = next(one for one in embargo.findChildren(QPushButton) if one.text() == "Change…")
    change.setFocus()
    qtbot.waitUntil(change.hasFocus)
    qtbot.keyClick(change, Qt.Key.Key_Tab)
    assert place.fold.button.hasFocus()
    qtbot.keyClick(place.fold.button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: place.seen() == ["Embargo.", "Signed."])
    kill.show_text("Kill.", "error")
    assert place.fold.button.hasFocus(), "it moved into another line and took the keyboard along"


def test_a_message_may_become_more_urgent(place: Place) -> None:
    closed, embargo = place.message(Urgency.CLOSED), place.message(Urgency.EMBARGO)
    closed.show_text("Say who you are.", "warning")
    embargo.show_text("Embargo.")
    assert place.seen() == ["Embargo."]
    place.fold.weigh(closed, Urgency.NOBODY)
    assert place.seen() == ["Say who you are."]


def test_where_it_is_narrow_the_button_counts(place: Place, qtbot) -> None:
    place.message(Urgency.KILL).show_text("A kill was asked for, and the reason takes quite some room here.", "error")
    place.message(Urgency.OUT).show_text("LI Wei has it offline.")
    assert place.fold.button.text() == "1 more: away offline"
    place.window.resize(560, 300)
    qtbot.waitUntil(lambda: place.fold.button.text() == "1 more")
    assert place.fold.button.accessibleName() == "1 more: away offline"


def test_a_message_that_is_brought_stands_first_until_it_goes(place: Place) -> None:
    closed, kill = place.message(Urgency.CLOSED), place.message(Urgency.KILL)
    assert not place.fold.bring(closed), "it does not stand"
    closed.show_text("Reading only.")
    kill.show_text("Somebody asked to kill it.", "error")
    assert place.seen() == ["Somebody asked to kill it."]
    assert place.fold.bring(closed)
    assert place.seen() == ["Reading only."]
    assert place.fold.button.accessibleName() == "1 more: kill asked for"
    closed.hide()
    closed.show_text("Reading only again.")
    assert place.seen() == ["Somebody asked to kill it."], "the next time it has its own place"
