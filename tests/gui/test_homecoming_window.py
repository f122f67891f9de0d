"""Bringing work home in the window: the plan, decisions by the keyboard, what is left open, and files that bring none."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget
from shell_room import PATIENCE, Room, soon, top
from travellers import HERE, STORY, Traveller, caption, target, write

from desktop_app.desk.desk import Desk
from desktop_app.desk.open_conflicts import decide_conflict, open_conflicts
from desktop_app.desk.people import find_person
from desktop_app.desk.stories import open_story
from desktop_app.desk.workflow import claim, submit
from desktop_app.domain.merging.changes import Side
from desktop_app.gui.homecoming.conflicts_dialog import ConflictsDialog
from desktop_app.gui.homecoming.dialog import HomecomingDialog
from desktop_app.gui.packing.unpack_dialog import UnpackDialog
from desktop_app.gui.transfer.import_dialog import ImportDialog

ALT = Qt.KeyboardModifier.AltModifier


def shown(room: Room, kind: type[QWidget]) -> list[QWidget]:
    return [one for one in room.window.findChildren(kind) if one.isVisible()]


def bring(room: Room, file: Path) -> HomecomingDialog:
    """Drop a file on the window, and wait until its plan is there."""
    drop(room.window, file)
    soon(room.qtbot, lambda: bool(shown(room, HomecomingDialog)))
    room.quiet()
    dialog = top("HomecomingDialog")
    assert isinstance(dialog, HomecomingDialog)
    return dialog


def drop(widget: QWidget, *files: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    widget.dropEvent(event)


def leave(room: Room, dialog: QWidget) -> None:
    room.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    soon(room.qtbot, lambda: not dialog.isVisible())


@pytest.fixture
def file(room: Room, tmp_path: Path) -> Path:
    """A package that comes home: both sides wrote sentence 1 and the credit, only they wrote sentence 4."""
    there = Traveller(room.desk, tmp_path / "away")
    there.write({1: "Their opening.", 4: "Their keynote."})
    there.work(lambda desk: caption(desk, "CHEN Xihe", credit="Their photo"))
    write(room.desk, {1: "Our opening."}, HERE)
    caption(room.desk, HERE, credit="Our photo")
    return there.back()


def brought(room: Room, file: Path) -> HomecomingDialog:
    dialog = bring(room, file)
    room.qtbot.keyClick(dialog.go, Qt.Key.Key_Return)
    soon(room.qtbot, lambda: dialog._done)
    room.quiet()
    return dialog


# The plan


def test_the_plan_says_what_will_be_and_writes_nothing(room: Room, file: Path) -> None:
    dialog = bring(room, file)
    assert "CHEN Xihe" in dialog.told.text()
    assert [dialog.tree.rows.cell(0, column) for column in (1, 2, 5)] == ["1", "0 of 2", "Drafting"]
    assert "1 change will be applied." in dialog.summary.text()
    assert "2 stay open" in dialog.summary.text()
    assert dialog.conflicts.label.text() == "Segment 2"
    sides = dialog.conflicts.columns.sides
    assert "Our opening." in sides["mine"].accessibleName()
    assert "From March 28 to 30" in sides["base"].accessibleName()
    assert "Their opening." in sides["theirs"].accessibleName()
    assert sides["theirs"].who.text() == "CHEN Xihe"
    leave(room, dialog)
    assert (target(room.desk, 1), open_conflicts(room.desk)) == ("Our opening.", ())


@pytest.mark.parametrize(("key", "said"), [(Qt.Key.Key_Left, "Our opening."), (Qt.Key.Key_Right, "Their opening.")])
def test_a_side_is_taken_by_the_keyboard(room: Room, file: Path, key: Qt.Key, said: str) -> None:
    dialog = bring(room, file)
    room.qtbot.keyClick(dialog, key, ALT)
    assert dialog.conflicts.place() == 1, "it goes on to what is not decided"
    soon(room.qtbot, lambda: dialog.tree.rows.cell(0, 2) == "1 of 2")
    room.quiet()
    room.qtbot.keyClick(dialog.go, Qt.Key.Key_Space)
    soon(room.qtbot, lambda: dialog._done)
    assert (target(room.desk, 1), target(room.desk, 4)) == (said, "Their keynote.")
    assert [one.key[1] for one in open_conflicts(room.desk)] == ["credit"]
    leave(room, dialog)


def test_words_of_ones_own_are_written_and_survive_a_look_aside(room: Room, file: Path) -> None:
    dialog = bring(room, file)
    view = dialog.conflicts
    view.own.setFocus()
    room.qtbot.keyClick(view.own, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    room.qtbot.keyClicks(view.own, "Both.")
    assert "Not taken yet" in view.why.text()
    room.qtbot.keyClick(dialog, Qt.Key.Key_Down, ALT)
    assert view.own.toPlainText() == "Our photo"
    room.qtbot.keyClick(dialog, Qt.Key.Key_Up, ALT)
    assert view.own.toPlainText() == "Both."
    room.qtbot.keyClick(dialog, Qt.Key.Key_Return, ALT)
    room.quiet()
    room.qtbot.keyClick(dialog, Qt.Key.Key_Up, ALT)
    assert view.why.text() == "Your words stand."
    room.qtbot.keyClick(dialog.go, Qt.Key.Key_Return)
    soon(room.qtbot, lambda: dialog._done)
    assert target(room.desk, 1) == "Both."
    leave(room, dialog)


def test_two_lines_for_one_segment_are_not_taken(room: Room, file: Path) -> None:
    dialog = bring(room, file)
    view = dialog.conflicts
    view.own.setPlainText("One.\nTwo.")
    assert not view.use.isEnabled()
    assert "write one line" in view.why.text()
    room.qtbot.keyClick(dialog, Qt.Key.Key_Return, ALT)
    assert view.place() == 0
    leave(room, dialog)


def test_a_decision_is_taken_back(room: Room, file: Path) -> None:
    dialog = bring(room, file)
    room.qtbot.keyClick(dialog, Qt.Key.Key_Right, ALT)
    room.qtbot.keyClick(dialog, Qt.Key.Key_Up, ALT)
    room.quiet()
    assert dialog.conflicts.columns.sides["theirs"].taken.isVisible()
    assert "taken" in dialog.conflicts.columns.sides["theirs"].accessibleName()
    room.qtbot.keyClick(dialog.conflicts.back, Qt.Key.Key_Space)
    room.quiet()
    assert dialog.tree.rows.cell(0, 2) == "0 of 2"
    assert not dialog.conflicts.back.isVisible()
    assert dialog.conflicts.mine.hasFocus()
    leave(room, dialog)


def test_all_that_are_left_are_decided_for_one_side(room: Room, file: Path) -> None:
    dialog = bring(room, file)
    _keep, take = dialog.rest.menu().actions()
    take.trigger()
    room.quiet()
    assert dialog.tree.rows.cell(0, 2) == "2 of 2"
    assert dialog.summary.text() == "3 changes will be applied."
    dialog.go.click()
    soon(room.qtbot, lambda: dialog._done)
    assert (target(room.desk, 1), open_conflicts(room.desk)) == ("Their opening.", ())
    leave(room, dialog)


def test_the_story_is_shown_with_what_came_home(room: Room, file: Path) -> None:
    dialog = brought(room, file)
    room.qtbot.keyClick(dialog.go, Qt.Key.Key_Return)
    soon(room.qtbot, lambda: room.place.front() is not None)
    page = room.place.front()
    soon(room.qtbot, page.conflicts.message.isVisible)
    assert page.conflicts.message.text() == "2 changes that came home wait to be decided."
    room.quiet()
    assert list(page.editor.story().content.segments())[4].target == "Their keynote."


# Files that bring nothing, or are something else


def test_the_same_file_twice_brings_nothing(room: Room, file: Path) -> None:
    leave(room, brought(room, file))
    dialog = bring(room, file)
    assert not dialog.go.isVisible()
    assert "came home already" in dialog._empty.accessibleDescription()
    leave(room, dialog)


def test_a_damaged_package_is_told_and_nothing_changes(room: Room, file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    dialog = bring(room, file)
    assert dialog._empty.accessibleName() == "This file cannot be brought home"
    assert not dialog.go.isVisible()
    leave(room, dialog)
    assert target(room.desk, 1) == "Our opening."


def test_a_package_as_it_went_out_can_still_be_opened(room: Room, tmp_path: Path) -> None:
    there = Traveller(room.desk, tmp_path / "away")
    dialog = bring(room, there.out)
    assert "nobody worked in it" in dialog._empty.accessibleDescription()
    room.qtbot.keyClick(dialog.unpack, Qt.Key.Key_Return)
    soon(room.qtbot, lambda: bool(shown(room, UnpackDialog)))
    leave(room, top("UnpackDialog"))


def test_a_package_in_which_nothing_was_done_is_noted(room: Room, tmp_path: Path) -> None:
    dialog = bring(room, Traveller(room.desk, tmp_path / "away").back())
    assert "Nothing changes here" in dialog.summary.text()
    dialog.go.click()
    soon(room.qtbot, lambda: dialog._done)
    leave(room, dialog)


def test_a_package_of_another_house_opens_as_a_small_archive(room: Room, desk: Desk, tmp_path: Path) -> None:
    foreign = Traveller(desk, tmp_path / "away").out
    with room.qtbot.waitSignal(room.window.archive_shown, timeout=PATIENCE):
        room.window.archives.create(tmp_path / "other house", "draft-revision")
    room.quiet()
    drop(room.window, foreign)
    soon(room.qtbot, lambda: bool(shown(room, UnpackDialog)))
    assert not shown(room, HomecomingDialog)
    leave(room, top("UnpackDialog"))


def test_a_translation_of_nobody_here_is_imported(room: Room, tmp_path: Path) -> None:
    page = tmp_path / "strange.xlf"
    page.write_text(
        '<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="x" '
        'source-language="zh" target-language="en" datatype="plaintext"><body><trans-unit id="1"><source>另一件事。'
        "</source><target>Something else.</target></trans-unit></body></file></xliff>",
        "utf-8",
    )
    drop(room.place.library, page)
    soon(room.qtbot, lambda: bool(shown(room, ImportDialog)))
    room.quiet()
    leave(room, top("ImportDialog"))


def test_a_file_given_to_the_program_comes_home_in_the_last_archive(
    window, archive: Path, desk: Desk, tmp_path: Path, settings, qtbot
) -> None:
    there = Traveller(desk, tmp_path / "away")
    there.write({1: "Theirs."})
    settings.take(settings.settings.with_archive(archive))
    window.start(there.back())
    room = Room(window, archive, qtbot)
    soon(qtbot, lambda: bool(shown(room, HomecomingDialog)))
    room.quiet()
    assert not shown(room, UnpackDialog)
    leave(room, top("HomecomingDialog"))


def test_reading_is_stopped_by_escape(room: Room, file: Path) -> None:
    room.place.rooms.coming_home.bring([file])
    (dialog,) = shown(room, HomecomingDialog)
    room.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    soon(room.qtbot, lambda: not room.window.tasks._running)
    for one in shown(room, HomecomingDialog):  # it may have been quicker
        leave(room, one)
    assert open_conflicts(room.desk) == ()


def test_a_story_that_was_changed_meanwhile_is_planned_anew(room: Room, file: Path) -> None:
    dialog = bring(room, file)
    room.qtbot.keyClick(dialog, Qt.Key.Key_Right, ALT)
    room.quiet()
    write(room.desk, {4: "Ours too."}, HERE)
    dialog.go.click()
    soon(room.qtbot, dialog.message.isVisible)
    room.quiet()
    assert "made anew" in dialog.message.text()
    assert dialog.tree.rows.cell(0, 2) == "1 of 3", "what was decided stays decided"
    dialog.go.click()
    soon(room.qtbot, lambda: dialog._done)
    assert (target(room.desk, 1), target(room.desk, 4)) == ("Their opening.", "Ours too.")
    leave(room, dialog)


def test_files_are_chosen_from_the_menu_one_after_the_other(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = Traveller(room.desk, tmp_path / "one"), Traveller(room.desk, tmp_path / "other", name="WANG Fang")
    one.write({1: "One."})
    other.work(lambda desk: write(desk, {4: "Other."}, "WANG Fang"))
    files = [str(one.back()), str(other.back())]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (files, ""))
    room.window.registry.action("bring-home").trigger()
    for words, at in (("One.", 1), ("Other.", 4)):
        soon(room.qtbot, lambda: bool(shown(room, HomecomingDialog)))
        room.quiet()
        dialog = top("HomecomingDialog")
        dialog.go.click()
        soon(room.qtbot, lambda dialog=dialog: dialog._done)
        assert target(room.desk, at) == words
        leave(room, dialog)


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
    decide_conflict(room.desk, first, Side.OURS, by=find_person(room.desk, HERE))
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
