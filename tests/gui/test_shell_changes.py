"""Going through changes in the window: by the keys, in both views, and bringing old words back."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QListView, QMessageBox, QPushButton
from shell_room import Room, soon, top

from desktop_app.desk import workflow
from desktop_app.desk.comparing import compared
from desktop_app.desk.people import list_people
from desktop_app.desk.stories import open_story, open_version, story_history
from desktop_app.domain.changes import Key
from desktop_app.domain.comments import CommentWaiver
from desktop_app.domain.digest import signed_form
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.shell.story_page import StoryPage

REVISING = "qingling-materials-signing"
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def unaccepted(room: Room, name: str) -> list[Key]:
    """The changes that somebody has not accepted."""
    person = next(one for one in list_people(room.desk) if one.name == name)
    return compared(room.desk, REVISING, person=person).comparison.keys


@pytest.fixture
def page(room: Room) -> StoryPage:
    room.sit("WANG Fang")
    return room.open(REVISING)


def places(page: StoryPage) -> int:
    return len(page.changes.findChild(QListView).model().places)


def press(room: Room, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    room.qtbot.keyClick(room.window.focusWidget() or room.window, key, modifier)


def in_changes(room: Room, page: StoryPage) -> int:
    """Bring the changes to the front; return how many there are."""
    press(room, Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    soon(room.qtbot, lambda: page.view == "changes" and places(page) > 0)
    room.quiet()
    return places(page)


def test_keys_walk_accept_reject_and_take_back(room: Room, page: StoryPage) -> None:
    total = in_changes(room, page)
    before = [segment.target for segment in page.editor.story().content.segments()]
    press(room, Qt.Key.Key_Down, ALT)
    press(room, Qt.Key.Key_Down, ALT)
    press(room, Qt.Key.Key_Up, ALT)
    assert "1 of" in next(label.text() for label in page.changes.findChildren(QLabel) if " of " in label.text())
    press(room, Qt.Key.Key_Return, ALT)
    soon(room.qtbot, lambda: places(page) == total - 1)
    room.quiet()
    press(room, Qt.Key.Key_Backspace, ALT)
    soon(room.qtbot, lambda: places(page) == total - 2)
    assert [segment.target for segment in page.editor.story().content.segments()] != before
    soon(room.qtbot, page.editor.is_saved)
    room.quiet()
    for left in (total - 1, total):
        press(room, Qt.Key.Key_Z, CONTROL)
        soon(room.qtbot, lambda left=left: places(page) == left)
        room.quiet()
    assert [segment.target for segment in page.editor.story().content.segments()] == before
    assert page.editor.flush_and_wait()
    assert len(unaccepted(room, "WANG Fang")) == total


def test_changes_are_marked_in_the_text(room: Room, page: StoryPage) -> None:
    keys = [key[0] for key in compared(room.desk, REVISING).comparison.keys]
    sheet = page.editor._sheet
    press(room, Qt.Key.Key_D, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    soon(room.qtbot, lambda: page.editor.tracks.shown)
    press(room, Qt.Key.Key_Down, ALT)
    assert page.editor.active_key() == keys[0]
    lying, document = sheet._lying, sheet._document
    other = next(key for key in keys if key != keys[0])
    row = document.rows[document.row_of(other)]
    assert len(lying.shown(row, Field.TARGET).text) > len(lying.cell(row, Field.TARGET).text)
    assert sheet.live.text() == document.text(keys[0], Field.TARGET)
    assert lying.note_height(document.rows[document.row_of(keys[0])], Field.TARGET) > 0
    marked = room.window.grab().toImage()
    press(room, Qt.Key.Key_D, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert not page.editor.tracks.shown
    room.quiet()
    assert room.window.grab().toImage() != marked


def test_changes_of_the_active_segment_are_rejected_and_undone_in_the_text(room: Room, page: StoryPage) -> None:
    seen = compared(room.desk, REVISING)
    part = seen.comparison.keys[0][0]
    old = next(s.target for s in seen.version.segments() if s.id == part)
    press(room, Qt.Key.Key_D, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    soon(room.qtbot, lambda: page.editor.tracks.shown)
    press(room, Qt.Key.Key_Down, ALT)
    now = page.editor.around(part).target
    press(room, Qt.Key.Key_Backspace, ALT)
    soon(room.qtbot, lambda: page.editor.around(part).target == old)
    press(room, Qt.Key.Key_Z, CONTROL)
    assert page.editor.around(part).target == now
    room.quiet()
    soon(room.qtbot, lambda: page.tracking.can("accept-change"))
    press(room, Qt.Key.Key_Return, ALT)
    soon(room.qtbot, lambda: all(key[0] != part for key in unaccepted(room, "WANG Fang")))
    assert page.editor.around(part).target == now
    assert part in {key[0] for key in unaccepted(room, "LI Wei")}
    room.quiet()
    soon(room.qtbot, lambda: not page.tracking.can("accept-change"))
    said: list[str] = []
    page.said.connect(lambda text, _tone: said.append(text))
    press(room, Qt.Key.Key_Backspace, ALT)
    assert said == ["You have accepted the changes of this segment already. The Changes view takes that back."]
    assert page.editor.around(part).target == now


def test_what_was_accepted_is_marked_in_the_text_and_seen_by_everybody_else(room: Room, page: StoryPage) -> None:
    total = in_changes(room, page)
    page.changes._on_asked("accept-all")
    soon(room.qtbot, lambda: page.changes_count == 0)
    press(room, Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    room.quiet()
    said: list[str] = []
    page.said.connect(lambda text, _tone: said.append(text))
    press(room, Qt.Key.Key_D, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    soon(room.qtbot, lambda: page.editor.tracks.shown)
    assert said == [f"{total} changes since version 1.1 are marked."]
    room.sit("ZHAO Mingyuan")
    press(room, Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    soon(room.qtbot, lambda: page.changes_count == total)
    room.sit("WANG Fang")
    soon(room.qtbot, lambda: page.changes_count == 0)


def test_a_key_that_cannot_act_says_why_and_does_nothing_else(room: Room, page: StoryPage) -> None:
    said: list[str] = []
    page.said.connect(lambda text, _tone: said.append(text))
    before = [segment.target for segment in page.editor.story().content.segments()]
    press(room, Qt.Key.Key_Backspace, ALT)
    press(room, Qt.Key.Key_Return, ALT)
    assert said == ["Show the changes in the text first (Ctrl+Shift+D)."] * 2
    in_changes(room, page)
    page.changes.show_versions("1.0", "1.1")
    room.quiet()
    press(room, Qt.Key.Key_Down, ALT)
    said.clear()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Backspace):
        press(room, key, ALT)
    assert said == ["Both versions are past. Choose “Now” as the newer one."] * 2
    assert page.view == "changes"
    assert [segment.target for segment in page.editor.story().content.segments()] == before


def test_the_changes_give_the_keyboard_to_their_list(room: Room, page: StoryPage) -> None:
    in_changes(room, page)
    page.strip.setFocus()
    page.changes.setFocus()
    front = QApplication.focusWidget()
    assert front is page.changes.findChild(QListView)
    assert QAccessible.queryAccessibleInterface(front).role() is QAccessible.Role.List


def test_a_drafter_is_told_what_came_back(room: Room) -> None:
    people = {person.name: person for person in list_people(room.desk)}
    workflow.give_back(room.desk, REVISING, by=people["WANG Fang"], note="Please check the sums.")
    room.sit("LI Wei")
    page = room.open(REVISING)
    soon(room.qtbot, page.tracking.notice.isVisible)
    assert (
        page.tracking.notice.text() == f"WANG Fang made {len(compared(room.desk, REVISING).comparison.keys)} changes."
    )
    show = next(b for b in page.tracking.notice.findChildren(QPushButton) if b.text() == "Show them (F9)")
    room.qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    soon(room.qtbot, lambda: page.view == "changes" and places(page) > 0)
    assert page.tracking.notice.isHidden()


def test_a_version_is_restored_after_asking_and_undone_with_a_button(room: Room, page: StoryPage) -> None:
    stood = signed_form(open_story(room.desk, REVISING).story.content)
    page.show_panel("history")
    room.quiet()
    restore = next(b for b in page.history.findChildren(QPushButton) if b.text() == "Restore this version…")
    soon(room.qtbot, restore.isEnabled)
    room.qtbot.mouseClick(restore, Qt.MouseButton.LeftButton)
    room.quiet()
    box = top("QMessageBox")
    yes = next(one for one in box.buttons() if box.buttonRole(one) is QMessageBox.ButtonRole.AcceptRole)
    room.qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    soon(room.qtbot, page.tracking.notice.isVisible)
    now = open_story(room.desk, REVISING).story
    assert signed_form(now.content) == signed_form(open_version(room.desk, REVISING, "1.1"))
    soon(room.qtbot, lambda: signed_form(page.editor.story().content) == signed_form(now.content))
    undo = next(b for b in page.tracking.notice.findChildren(QPushButton) if b.text() == "Undo")
    room.qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    soon(room.qtbot, lambda: signed_form(open_story(room.desk, REVISING).story.content) == stood)
    room.quiet()
    assert len(story_history(room.desk, REVISING)[0]) == 5


def test_restoring_asks_with_the_sign_offs_that_become_stale(room: Room) -> None:
    people = {person.name: person for person in list_people(room.desk)}
    waiver = CommentWaiver("They are about the pictures.")
    workflow.sign(room.desk, REVISING, step=None, by=people["WANG Fang"], waiver=waiver)
    room.sit("WANG Fang")
    page = room.open(REVISING)
    page.history.restore_asked.emit("1.0")
    room.quiet()
    box = top("QMessageBox")
    assert "“Revision” (WANG Fang)" in box.informativeText()
    assert box.icon() is QMessageBox.Icon.Warning
    assert open_story(room.desk, REVISING).situation.standing.valid.keys() >= {"revision"}
    yes = next(one for one in box.buttons() if box.buttonRole(one) is QMessageBox.ButtonRole.AcceptRole)
    room.qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    soon(room.qtbot, page.tracking.notice.isVisible)
    assert "revision" not in open_story(room.desk, REVISING).situation.standing.valid


def test_an_old_wording_of_a_segment_is_put_back_in_one_step(room: Room, page: StoryPage) -> None:
    seen = compared(room.desk, REVISING)
    part = seen.comparison.keys[0][0]
    old = next(s.target for s in seen.version.segments() if s.id == part)
    page.show_panel("history")
    switch = page.history._switch
    room.qtbot.mouseClick(switch._buttons["part"], Qt.MouseButton.LeftButton)
    page.editor.go_to(part)
    listing = page.history._part.findChild(QListView)
    soon(room.qtbot, lambda: listing.model().rowCount() > 1)
    room.quiet()
    now = page.editor.around(part).target
    assert listing.model().worded[0].text == now
    last = listing.model().index(listing.model().rowCount() - 1, 0)
    listing.scrollTo(last)
    at = listing.visualRect(last).topLeft() + QPoint(20, 20)
    room.qtbot.mouseClick(listing.viewport(), Qt.MouseButton.LeftButton, pos=at)
    back = next(b for b in page.history.findChildren(QPushButton) if b.text() == "Put this wording back")
    room.qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert page.editor.around(part).target == old
    press(room, Qt.Key.Key_Z, CONTROL)
    assert page.editor.around(part).target == now
