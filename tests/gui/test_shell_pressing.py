"""What a person types after a button or a dialog goes into the text: no letter and no Space decides anything."""

import pytest
from hands import Day
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shell_room import Room

from desktop_app.domain.story import StoryState
from desktop_app.gui.review.dialogs import Asking

DRAFTING, SUBMITTED, REVISING = "new-materials-conference", "students-design-contest", "qingling-materials-signing"
APPROVED = "battery-recycling-progress"
SENTENCE = " and so on, as it was said. "


@pytest.fixture
def day(room: Room) -> Day:
    return Day(room)


def begin(day: Day, who: str, slug: str) -> None:
    day.room.sit(who)
    day.room.open(slug)
    day.page.editor.setFocus()
    day.room.quiet()


def press_button(day: Day, words: str, key: str = "Space") -> None:
    """As a person without a mouse does: the button has the keyboard and is pressed."""
    button = day.button(words, day.page.strip)
    day.wait(button.isEnabled)
    day.back()
    button.setFocus()
    day.press(key)


def asked(day: Day) -> Asking:
    day.wait(lambda: isinstance(QApplication.activeModalWidget(), Asking))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Asking)
    day.back()
    return dialog


def in_text(day: Day) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and day.page.editor.isAncestorOf(focus)


def sheets() -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, Asking) and one.isVisible()]


@pytest.mark.parametrize(
    ("who", "slug", "words"),
    [("LI Wei", DRAFTING, "Submit"), ("WANG Fang", REVISING, "Sign"), ("ZHAO Mingyuan", APPROVED, "Release")],
)
def test_a_sentence_typed_into_a_sheet_and_after_it_decides_nothing(day: Day, who: str, slug: str, words: str) -> None:
    begin(day, who, slug)
    state = day.state()
    press_button(day, words)
    dialog = asked(day)
    assert QApplication.focusWidget() is not dialog.yes_button
    if words != "Release":
        day.type(SENTENCE)
        assert dialog.note() == SENTENCE.strip()
        assert dialog.isVisible()
    day.press("Escape")
    day.wait(lambda: not sheets())
    day.back()
    day.wait(lambda: in_text(day))
    day.type(SENTENCE)
    day.room.quiet()
    assert not sheets()
    assert day.state() is state


def test_space_on_the_sheet_that_releases_leaves_it(day: Day) -> None:
    begin(day, "ZHAO Mingyuan", APPROVED)
    press_button(day, "Release")
    asked(day)
    day.press("Space")
    day.wait(lambda: not sheets())
    day.room.quiet()
    assert day.state() is StoryState.APPROVED


def test_after_a_claim_the_keyboard_is_in_the_text(day: Day) -> None:
    begin(day, "WANG Fang", SUBMITTED)
    press_button(day, "Claim")
    day.wait(lambda: day.state() is StoryState.IN_REVISION)
    day.room.quiet()
    assert in_text(day)
    day.type(SENTENCE)
    day.room.quiet()
    assert not sheets()


def test_a_button_pressed_twice_asks_once_and_not_again_while_it_is_written(day: Day) -> None:
    begin(day, "LI Wei", DRAFTING)
    button = day.button("Submit", day.page.strip)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    dialog = asked(day)
    day.room.quiet()
    assert len(sheets()) == 1
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not button.isEnabled()
    day.page.strip.request_next()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    day.wait(lambda: day.state() is StoryState.SUBMITTED)
    day.room.quiet()
    assert not sheets()
    day.wait(lambda: day.page.file is not None and day.page.file.story.state is StoryState.SUBMITTED)


@pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing the keyboard")  # of the menu
@pytest.mark.parametrize("story", [True, False])
def test_letters_after_choosing_a_person_choose_nobody(day: Day, *, story: bool) -> None:
    day.room.sit("LI Wei")
    if story:
        begin(day, "LI Wei", DRAFTING)
    people = day.room.place.people
    top = day.room.window.top.person
    day.back()
    top.setFocus()
    entry = next(action for action in people.menu.actions() if action.text().startswith("WANG Fang"))
    people.menu.popup(top.mapToGlobal(top.rect().bottomLeft()))
    people.menu.setActiveAction(entry)
    QTest.keyClick(people.menu, Qt.Key.Key_Return)
    day.wait(lambda: people.person is not None and people.person.name == "WANG Fang")
    day.room.quiet()
    day.back()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus is not top
    assert in_text(day) if story else day.room.place.library.isAncestorOf(focus)
    day.type(" l c z ")
    assert people.person is not None
    assert people.person.name == "WANG Fang"
