"""Publishing in the whole window: an act chosen by the palette or the menu, its dialog, and the lines it leaves."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shell_room import *  # noqa: F403 - the fixtures
from shell_room import PATIENCE, Room

from desktop_app.gui.publishing.asking import ActDialog

APPROVED = "battery-recycling-progress"


def test_a_kill_is_asked_for_and_stands_over_the_story(room: Room, qtbot) -> None:
    room.sit("ZHAO Mingyuan")
    page = room.open(APPROVED)
    assert page.notices.texts() == []
    room.window.registry.action("kill").trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ActDialog), timeout=PATIENCE)
    dialog = QApplication.activeModalWidget()
    qtbot.keyClicks(dialog.note_field, "It names the wrong person.")
    qtbot.keyClick(dialog.note_field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.notices.texts() != [], timeout=PATIENCE)
    assert "asked to kill" in page.notices.texts()[0]
    assert not page.message.isVisible(), "why the text is closed waits behind the button"
    assert page.notices.button.accessibleName() == "1 more: reading only"
    page.notices.button.click()
    qtbot.waitUntil(page.message.isVisible, timeout=PATIENCE)
    room.open("new-materials-conference")
    assert room.open(APPROVED) is page
    assert page.message.isVisible(), "it stays unfolded while the story is open"
    model = room.place.stories.library
    qtbot.waitUntil(lambda: any(one.summary.kill_asked for one in model.listed_stories()), timeout=PATIENCE)
    room.quiet()


def test_an_act_that_is_not_the_persons_says_why(room: Room, qtbot) -> None:
    room.sit("LI Wei")
    room.open(APPROVED)
    with qtbot.waitSignal(room.place.said) as said:
        room.window.registry.action("kill").trigger()
    assert "only a reviser or an editor kills a story" in said.args[0]
    room.quiet()
