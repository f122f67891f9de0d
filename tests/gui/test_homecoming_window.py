"""Bringing work home in the window: the plan, decisions by keyboard, what is left open, files that bring nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton
from shell_room import PATIENCE, Room, soon, top
from travellers import (
    HERE,
    STORY,
    Traveller,
    bring,
    brought,
    came_back,
    caption,
    drop,
    drop_of,
    leave,
    shown,
    target,
    write,
)

from desktop_app.desk.desk import Desk
from desktop_app.desk.editing import edit_story
from desktop_app.desk.exporting import export
from desktop_app.desk.loans import list_loans
from desktop_app.desk.open_conflicts import open_conflicts
from desktop_app.desk.people import find_person
from desktop_app.desk.stories import open_story
from desktop_app.domain.edits import set_status
from desktop_app.domain.loans import NOTHING_MORE
from desktop_app.domain.story import SegmentStatus
from desktop_app.gui.homecoming.dialog import HomecomingDialog
from desktop_app.gui.packing.unpack_dialog import UnpackDialog
from desktop_app.gui.transfer.import_dialog import ImportDialog

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def file(room: Room, tmp_path: Path) -> Path:
    return came_back(room, tmp_path)


# The plan


def test_nothing_more_comes_and_the_story_is_out_no_more(room: Room, file: Path) -> None:
    dialog = bring(room, file)
    assert dialog.last.text() == "Nothing more comes from CHEN Xihe"
    assert not dialog.last.isChecked()
    room.qtbot.keyClick(dialog.last, Qt.Key.Key_Space)
    room.qtbot.keyClick(dialog.go, Qt.Key.Key_Return)
    soon(room.qtbot, lambda: dialog._done)
    room.quiet()
    (loan,) = list_loans(room.desk, open_only=False)
    assert (loan.loan.open, loan.loan.ended_reason) == (False, NOTHING_MORE)
    leave(room, dialog)


def test_what_comes_home_stays_out_unless_somebody_says_so(room: Room, file: Path) -> None:
    leave(room, brought(room, file))
    assert [one.loan.open for one in list_loans(room.desk)] == [True]


def test_confirmations_are_told_apart_from_words(room: Room, tmp_path: Path) -> None:
    there = Traveller(room.desk, tmp_path / "away")
    there.write({1: "Their opening."})

    def confirm(desk: Desk) -> None:
        segments = list(open_story(desk, STORY).story.content.segments())[2:5]
        edits = [set_status(segment, SegmentStatus.CONFIRMED) for segment in segments]
        edit_story(desk, STORY, edits, by=find_person(desk, "CHEN Xihe"))

    there.work(confirm)
    dialog = bring(room, there.back())
    assert dialog.summary.text() == "Will be applied: 1 change of words, 3 confirmations."
    assert dialog.tree.rows.cell(0, 1) == "1 + 3 confirmed"
    leave(room, dialog)


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
    assert sides["mine"].who.text() == HERE
    leave(room, dialog)
    assert (target(room.desk, 1), open_conflicts(room.desk)) == ("Our opening.", ())


def test_enter_in_the_fresh_dialog_decides_nothing(room: Room, file: Path) -> None:
    dialog = bring(room, file)
    assert dialog.tree.hasFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        room.qtbot.keyClick(dialog.focusWidget(), key)
    room.quiet()
    assert (dialog.tree.rows.cell(0, 2), dialog._done) == ("0 of 2", False)
    leave(room, dialog)


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


def test_the_last_one_is_left_too(room: Room, file: Path) -> None:
    dialog = bring(room, file)
    room.qtbot.keyClick(dialog, Qt.Key.Key_Right, ALT)
    room.quiet()
    assert dialog.tree.rows.cell(0, 2) == "1 of 2"
    assert dialog.rest.isEnabled()
    keep, _take = dialog.rest.menu().actions()
    keep.trigger()
    room.quiet()
    assert dialog.tree.rows.cell(0, 2) == "2 of 2"
    assert not dialog.rest.isEnabled()
    dialog.go.click()
    soon(room.qtbot, lambda: dialog._done)
    leave(room, dialog)


def test_when_a_story_is_decided_the_next_one_comes_and_then_the_button(room: Room, tmp_path: Path) -> None:
    other = "spring-sports-meeting"
    there = Traveller(room.desk, tmp_path / "away", STORY, other)
    for story in (STORY, other):
        there.write({1: "Theirs."}, story)
        write(room.desk, {1: "Ours."}, HERE, story)
    dialog = bring(room, there.back())
    first = dialog.tree.place()
    room.qtbot.keyClick(dialog.conflicts.theirs, Qt.Key.Key_Return)
    assert dialog.tree.place() != first
    room.quiet()
    room.qtbot.keyClick(dialog, Qt.Key.Key_Right, ALT)
    soon(room.qtbot, lambda: dialog.summary.text() == "2 changes will be applied.")
    leave_asked(room, dialog, "Go on deciding")
    assert dialog.isVisible()
    leave_asked(room, dialog, "Throw away")
    soon(room.qtbot, lambda: not shown(room, HomecomingDialog))
    assert (target(room.desk, 1), target(room.desk, 1, other)) == ("Ours.", "Ours.")


def leave_asked(room: Room, dialog: HomecomingDialog, answer: str) -> None:
    room.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    (box,) = shown(room, QMessageBox)
    button = next(one for one in box.findChildren(QPushButton) if one.text() == answer)
    room.qtbot.keyClick(button, Qt.Key.Key_Space)
    soon(room.qtbot, lambda: not shown(room, QMessageBox))


def test_a_translation_that_went_out_from_here_comes_home(room: Room, tmp_path: Path) -> None:
    story = open_story(room.desk, STORY).story.id
    (made,) = export(room.desk, [story], "xliff", tmp_path / "out.xlf", draft=True, by=find_person(room.desk, HERE))
    words = target(room.desk, 4)
    out = made.path
    assert words in out.read_text("utf-8")
    out.write_text(out.read_text("utf-8").replace(words, "From a tool."), "utf-8")
    dialog = bring(room, out)
    assert dialog.told.text().startswith("XLIFF file")
    assert dialog.tree.rows.cell(0, 1) == "1"
    dialog.go.click()
    soon(room.qtbot, lambda: dialog._done)
    assert target(room.desk, 4) == "From a tool."
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


def test_a_picture_exchanged_on_both_sides_is_seen(room: Room, tmp_path: Path) -> None:
    there = Traveller(room.desk, tmp_path / "away")
    second = [block.placement for block in open_story(room.desk, STORY).story.content.blocks if block.placement][1]
    others = [
        block.placement for block in open_story(room.desk, "new-library-opens").story.content.blocks if block.placement
    ]
    there.work(
        lambda desk: caption(desk, "CHEN Xihe", file=second.file, picture=second.picture, payload=second.payload)
    )
    caption(room.desk, HERE, file="library.jpg", picture=others[0].picture, payload=others[0].payload)
    dialog = bring(room, there.back())
    columns = dialog.conflicts.columns.sides
    assert dialog.conflicts.label.text() == "Row 5, picture"
    assert "library.jpg" in columns["mine"].accessibleName()
    soon(room.qtbot, lambda: all(side._picture.isVisible() for side in columns.values()))
    assert not dialog.conflicts.own.isVisible()
    leave(room, dialog)


def test_a_decision_repaints_the_one_story_of_five_hundred(room: Room, file: Path) -> None:
    dialog = bring(room, file)
    (one,) = dialog._plan.stories
    many = [replace(one, story=f"{number}") for number in range(500)]
    rows = dialog.tree.rows
    rows.show_stories(many, [0] * 500)
    painted = []
    rows.dataChanged.connect(lambda first, last: painted.append((first.row(), last.row())))
    rows.show_stories([*many[:7], replace(many[7]), *many[8:]], [0] * 7 + [1] + [0] * 492)
    assert painted == [(7, 7)]
    assert rows.cell(7, 2) == "1 of 3"
    leave(room, dialog)


def test_a_package_dropped_on_an_open_story_comes_home(room: Room, file: Path) -> None:
    page = room.open(STORY)
    view = page.editor._sheet.viewport()
    event = drop_of(file)
    QApplication.sendEvent(view, event)
    assert not event.isAccepted(), "the sheet takes pictures"
    drop(page, file)
    soon(room.qtbot, lambda: bool(shown(room, HomecomingDialog)))
    room.quiet()
    leave(room, top("HomecomingDialog"))


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
