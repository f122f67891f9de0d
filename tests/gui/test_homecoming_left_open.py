"""What came home and was left open: its line over the story, and the dialog that decides it at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from shell_room import Room, held, soon, top
from travellers import HERE, STORY, brought, came_back, leave, shown, target

from desktop_app.desk.open_conflicts import open_conflicts, take_conflict
from desktop_app.desk.people import find_person
from desktop_app.desk.stories import open_story
from desktop_app.desk.workflow import claim, submit
from desktop_app.domain.merging.changes import Side
from desktop_app.gui.homecoming.conflicts_dialog import ConflictsDialog
from desktop_app.gui.review.dialogs import SignDialog

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def file(room: Room, tmp_path: Path) -> Path:
    return came_back(room, tmp_path)


# What was left open


@pytest.fixture
def left(room: Room, file: Path) -> str:
    """The id of a story with two changes that wait."""
    leave(room, brought(room, file))
    return open_story(room.desk, STORY).story.id


def waiting(room: Room, open_them: Callable[[], object]) -> ConflictsDialog:
    open_them()
    soon(room.qtbot, lambda: bool(shown(room, ConflictsDialog)))
    room.quiet()
    dialog = top("ConflictsDialog")
    assert isinstance(dialog, ConflictsDialog)
    return dialog


def from_the_menu(room: Room) -> ConflictsDialog:
    return waiting(room, room.window.registry.action("open-conflicts").trigger)


def cells(dialog: ConflictsDialog) -> list[list[str]]:
    rows = dialog.list.rows
    return [[rows.cell(row, column) for column in (1, 2, 3, 4)] for row in range(rows.rowCount())]


def test_what_waits_is_decided_at_once_and_the_line_goes(room: Room, left: str) -> None:
    page = room.open(STORY)
    soon(room.qtbot, page.conflicts.message.isVisible)
    dialog = waiting(room, page.conflicts.message._button.click)
    assert cells(dialog) == [
        ["2", "Text", "still as it was", "CHEN Xihe"],
        ["5", "Credit", "still as it was", "CHEN Xihe"],
    ]
    assert dialog.list.hasFocus()
    room.qtbot.keyClick(dialog.list, Qt.Key.Key_Right, ALT)
    soon(room.qtbot, lambda: dialog.list.rows.rowCount() == 1)
    assert target(room.desk, 1) == "Their opening."
    soon(room.qtbot, lambda: page.conflicts.message.text().startswith("1 change"))
    soon(room.qtbot, lambda: list(page.editor.story().content.segments())[1].target == "Their opening.")
    dialog.view.own.setPlainText("A photo of both.")
    room.qtbot.keyClick(dialog.view.own, Qt.Key.Key_Return, ALT)
    soon(room.qtbot, lambda: dialog.list.rows.rowCount() == 0)
    soon(room.qtbot, lambda: not page.conflicts.message.isVisible())
    assert dialog.close_button.hasFocus()
    leave(room, dialog)


def test_a_change_is_decided_when_what_was_typed_is_saved_and_nobody_waits(room: Room, left: str) -> None:
    page = room.open(STORY)
    dialog = waiting(room, page.conflicts.message._button.click)
    last = list(page.editor.story().content.segments())[-1]
    with held(room.window.tasks, room.desk):
        page.editor.write_target(last.id, "Typed before it was decided.")
        room.qtbot.keyClick(dialog.list, Qt.Key.Key_Right, ALT)
        room.qtbot.keyClick(dialog.list, Qt.Key.Key_Right, ALT)
        assert not dialog.message.isVisible(), "nothing is refused"
        assert dialog.list.rows.rowCount() == 2
        assert not page.editor.is_saved()
    soon(room.qtbot, lambda: dialog.list.rows.rowCount() == 1)
    assert page.editor.is_saved()
    assert target(room.desk, 1) == "Their opening."
    leave(room, dialog)


def test_a_change_is_looked_at_in_its_story(room: Room, left: str) -> None:
    dialog = from_the_menu(room)
    assert not dialog.scope.isVisible()
    room.qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    soon(room.qtbot, lambda: room.place.front() is not None)
    page, part = room.place.front(), dialog._front().one.key[0]
    soon(room.qtbot, lambda: page.editor.active_key() == part)
    assert page.story_id == left
    leave(room, dialog)


def test_a_text_that_went_on_is_told(room: Room, left: str) -> None:
    dialog = from_the_menu(room)
    page = room.open(STORY)
    key = list(page.editor.story().content.segments())[1].id
    page.editor.write_target(key, "Our opening, later.")
    soon(room.qtbot, lambda: bool(cells(dialog)) and cells(dialog)[0][2] == "changed here since")
    assert "Changed here since" in dialog.view.columns.note.text()
    assert dialog.view.own.toPlainText() == "Our opening, later."
    leave(room, dialog)


def test_one_that_was_decided_elsewhere_is_told_and_goes(room: Room, left: str) -> None:
    dialog = from_the_menu(room)
    first = dialog._front().one.id
    take_conflict(room.desk, first, Side.OURS, by=find_person(room.desk, HERE))
    dialog.view.take(Side.THEIRS)
    soon(room.qtbot, dialog.message.isVisible)
    assert "no undecided change" in dialog.message.text()
    soon(room.qtbot, lambda: dialog.list.rows.rowCount() == 1)
    assert target(room.desk, 1) == "Our opening."
    leave(room, dialog)


def test_a_refusal_is_told_in_words_and_what_stands_here_may_be_kept(room: Room, left: str) -> None:
    submit(room.desk, left, by=find_person(room.desk, HERE))
    claim(room.desk, left, by=find_person(room.desk, "WANG Fang"))
    dialog = from_the_menu(room)
    dialog.view.take(Side.THEIRS)
    soon(room.qtbot, dialog.message.isVisible)
    room.quiet()
    assert "Ask WANG Fang" in dialog.message.text()
    assert len(cells(dialog)) == 2
    dialog.view.take(Side.OURS)
    soon(room.qtbot, lambda: dialog.list.rows.rowCount() == 1)
    leave(room, dialog)


def test_what_a_decision_costs_is_said_before_and_after(room: Room, left: str) -> None:
    submit(room.desk, left, by=find_person(room.desk, HERE))
    dialog = from_the_menu(room)
    soon(room.qtbot, dialog.message.isVisible)
    assert dialog.message.text() == "Taking it makes the sign-off “Draft” stale."
    dialog.view.take(Side.THEIRS)
    soon(room.qtbot, lambda: dialog.list.rows.rowCount() == 1)
    room.quiet()
    said = "The sign-off “Draft” stopped counting. The story is “Drafting” now."
    assert (dialog.message.isVisible(), dialog.message.text()) == (True, said)
    dialog.view.take(Side.THEIRS)
    soon(room.qtbot, lambda: dialog.list.rows.rowCount() == 0)
    assert not dialog.message.isVisible()
    leave(room, dialog)


def test_keeping_what_stands_here_costs_nothing(room: Room, left: str) -> None:
    submit(room.desk, left, by=find_person(room.desk, HERE))
    dialog = from_the_menu(room)
    soon(room.qtbot, dialog.message.isVisible)
    dialog.view.take(Side.OURS)
    soon(room.qtbot, lambda: dialog.list.rows.rowCount() == 1)
    room.quiet()
    assert dialog.message.text() == "Taking it makes the sign-off “Draft” stale."
    dialog.show_person(find_person(room.desk, "WANG Fang"))
    assert not dialog.message.isVisible(), "she would be refused"
    leave(room, dialog)


def test_the_sign_sheet_tells_what_came_home_and_waits(room: Room, left: str) -> None:
    room.sit(HERE)
    page = room.open(STORY)
    soon(room.qtbot, page.conflicts.message.isVisible)
    page.strip.request_next()
    soon(room.qtbot, lambda: bool(shown(room, SignDialog)))
    dialog = shown(room, SignDialog)[0]
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert "! 2 changes that came home wait to be decided." in said
    leave(room, dialog)


def test_nobody_at_the_desk_decides_nothing(room: Room, left: str) -> None:
    dialog = from_the_menu(room)
    dialog.show_person(None)
    assert "Say who you are" in dialog.view.columns.note.text()
    room.qtbot.keyClick(dialog.list, Qt.Key.Key_Right, ALT)
    room.quiet()
    assert len(open_conflicts(room.desk)) == 2
    leave(room, dialog)


def test_the_dialog_goes_with_its_archive(room: Room, left: str) -> None:
    dialog = from_the_menu(room)
    assert room.window.leave_archive()
    assert not dialog.isVisible()
