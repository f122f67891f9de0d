"""Typing in the whole window: terms of the segment are proposed, a word of the house is accepted, habits are kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from shell_room import Room, soon

from desktop_app.foundation.settings import SettingsFile
from desktop_app.gui.kit.habits import Habits
from desktop_app.gui.kit.widgets import SegmentedControl
from desktop_app.gui.shell.story_page import StoryPage

STORY = "new-materials-conference"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")


def begin(room: Room, number: int, qtbot) -> tuple[StoryPage, str]:
    """Open the story and go to the end of a segment's English; all that is looked up is there."""
    room.sit("LI Wei")
    page = room.open(room_slug(room))
    segments = list(page.editor.story().content.segments())
    key = segments[number].id
    page.editor.go_to(key)
    soon(qtbot, lambda: page.editor.at_cursor.spelling.speller is not None)
    room.quiet()
    return page, key


def room_slug(room: Room) -> str:
    """A story of the sample that is being drafted."""
    listed = room.place.stories.library.listed_stories()
    return next(one.summary.slug for one in listed if one.summary.state.value == "drafting")


def text_of(page: StoryPage, key: str) -> str:
    return next(one.target for one in page.editor.story().content.segments() if one.id == key)


def proposed(page: StoryPage) -> list[str]:
    popup = page.editor.at_cursor.completing.popup
    return [popup.item(row).text() for row in range(popup.count())] if popup.isVisible() else []


def test_terms_of_the_segment_are_proposed(room: Room, qtbot) -> None:
    page, _key = begin(room, 0, qtbot)
    segments = list(page.editor.story().content.segments())
    for segment in segments:
        page.editor.go_to(segment.id)
        room.quiet()
        soon(qtbot, lambda: not page.lookups._soon.isActive() and not page.lookups._asking.waiting)
        if page.terms.count():
            break
    term = page.terms._shown[0].text
    soon(qtbot, lambda: not page.editor.at_cursor.completing._preparing.waiting)
    live = page.editor._sheet.live
    before = live.text()
    QTest.keyClicks(live, " " + term[:3])
    soon(qtbot, lambda: term in proposed(page))
    QTest.keyClick(live, Qt.Key.Key_Tab)
    assert live.text().startswith(f"{before} ")
    assert live.text() != f"{before} {term[:3]}"


def test_a_word_accepted_from_the_menu_is_marked_no_more(room: Room, qtbot) -> None:
    page, key = begin(room, 1, qtbot)
    live, at_cursor = page.editor._sheet.live, page.editor.at_cursor
    QTest.keyClicks(live, " graphenix is")
    soon(qtbot, lambda: [one.word for one in at_cursor.spelling.doubts()] == ["graphenix"])
    room.window.registry.action("spelling-suggestions").trigger()
    menu = next(one for one in at_cursor.findChildren(QMenu) if one.isVisible())
    next(action for action in menu.actions() if action.text() == "Add to names").trigger()
    menu.close()
    soon(qtbot, lambda: not at_cursor.spelling.doubts())
    assert text_of(page, key).endswith("graphenix is")


def test_completion_is_switched_off_in_the_settings_and_stays_so(room: Room, settings: SettingsFile, qtbot) -> None:
    room.window.show_place("settings")
    control = next(
        one for one in room.window.settings_page.findChildren(SegmentedControl)
        if one.accessibleName() == "Propose words while typing"
    )  # fmt: skip
    control.chosen.emit("off")
    assert not Habits.in_force().completing
    assert not SettingsFile(settings.path).settings.completing
    control.chosen.emit("on")
    assert Habits.in_force().completing
