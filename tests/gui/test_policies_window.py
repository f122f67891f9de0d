"""The policies in the window: looked at, copied, written in the table, saved as versions, put to use."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from shell_room import Room, soon

from desktop_app.desk.policies import policies
from desktop_app.desk.policy_making import save_policy, set_usual_policy
from desktop_app.desk.stories import open_story
from desktop_app.domain.people import Role
from desktop_app.domain.policy import DRAFT_REVISION, Policy
from desktop_app.gui.policies.dialog import PolicyDialog
from desktop_app.gui.policies.steps_table import CREDIT_EN, NAME, ROLES, TITLE_EN, TITLE_ZH


def opened(room: Room) -> PolicyDialog:
    """Open the dialog as the menu does."""
    room.window.registry.action("policies").trigger()
    desk = room.place.rooms.policies
    soon(room.qtbot, lambda: desk.dialog is not None and desk.dialog.isVisible())
    assert desk.dialog is not None
    return desk.dialog


@pytest.fixture
def dialog(room: Room) -> PolicyDialog:
    people = room.place.people
    room.qtbot.waitUntil(lambda: bool(people.people))
    editor = next(one for one in people.people if Role.EDITOR in one.roles)
    room.sit(editor.name)
    return opened(room)


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(dialog: PolicyDialog, text: str) -> None:
    row = next(row for row in range(dialog.list.count()) if text in dialog.list.item(row).text())
    rect = dialog.list.visualItemRect(dialog.list.item(row))
    QTest.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def write(room: Room, dialog: PolicyDialog, row: int, column: int, text: str) -> None:
    """Type into a cell as a person does: choose it, Enter, the words, Enter."""
    table = dialog.form.steps
    rect = table.visualRect(table.model().index(row, column))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    QTest.keyClick(table, Qt.Key.Key_Return)
    line = table.viewport().findChild(QLineEdit)
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, text)
    assert item_text(dialog, row, column) == text, "it counts while it is written"
    QTest.keyClick(line, Qt.Key.Key_Return)
    soon(room.qtbot, lambda: table.viewport().findChild(QLineEdit) is None)


def item_text(dialog: PolicyDialog, row: int, column: int) -> str:
    item = dialog.form.steps.item(row, column)
    assert item is not None
    return item.text()


def saved(room: Room, dialog: PolicyDialog, name: str, version: int) -> Policy:
    """Save, and wait until that version is there and shown."""
    click(dialog.save)
    soon(room.qtbot, lambda: policies(room.desk).book.get(name, version) is not None and dialog.isEnabled())
    found = policies(room.desk).book.newest(name)
    assert found is not None
    assert found.version == version
    return found


def test_the_program_s_policies_are_shown_and_stay_as_they_are(room: Room, dialog: PolicyDialog) -> None:
    choose(dialog, "Three reviews")
    assert [step["name"] for step in dialog.form.steps.plain()] == ["draft", "first", "second", "final", "approval"]
    assert "三审三校：" in dialog.form.preview.chinese.text()
    assert "First review: " in dialog.form.preview.english.text()
    table = dialog.form.steps
    cell = table.visualRect(table.model().index(1, TITLE_EN)).center()
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert table.viewport().findChild(QLineEdit) is None
    assert not any(button.isEnabled() for button in (dialog.save, dialog.form.add, dialog.form.remove, dialog.form.up))
    assert "stays as it is" in dialog.note.text()
    dialog.reject()
    assert room.place.rooms.policies.dialog is None
    assert room.desk.archive.news() == []


def test_a_copy_becomes_the_house_s_own_and_then_its_second_version(room: Room, dialog: PolicyDialog) -> None:
    choose(dialog, "Draft, revision, approval")
    click(dialog.copy)
    assert dialog.save.text() == "Save as version 1"
    dialog.form.title_zh.clear()
    QTest.keyClicks(dialog.form.title_en, " ")
    assert not dialog.save.isEnabled()
    assert "both languages" in dialog.form.trouble.text()
    dialog.form.title_zh.setText("本社流程")
    dialog.form.title_en.setText("House way")
    write(room, dialog, 1, TITLE_EN, "House edit")
    write(room, dialog, 1, CREDIT_EN, "Edited by")
    assert "Edited by: " in dialog.form.preview.english.text()
    first = saved(room, dialog, "house", 1)
    assert (first.titles.en, first.steps[1].titles.en) == ("House way", "House edit")
    soon(room.qtbot, lambda: "saved as version 1" in dialog.message.text())
    assert not dialog.save.isEnabled()
    assert dialog.form.name.isReadOnly()
    write(room, dialog, 1, TITLE_EN, "Desk edit")
    assert "Signed stories keep version 1" in dialog.note.text()
    second = saved(room, dialog, "house", 2)
    assert second.steps[1].titles.en == "Desk edit"
    soon(room.qtbot, lambda: any("version 1" in dialog.list.item(row).text() for row in range(dialog.list.count())))
    choose(dialog, "version 1")
    assert dialog.form.steps.plain()[1]["title"]["en"] == "House edit"
    assert not dialog.save.isEnabled()
    assert policies(room.desk).book.get("house", 1) == first


def test_steps_are_put_in_moved_and_taken_out(room: Room, dialog: PolicyDialog) -> None:
    choose(dialog, "Draft, revision, approval")
    click(dialog.copy)
    table, form = dialog.form.steps, dialog.form
    table.setCurrentCell(0, TITLE_ZH)
    assert not form.remove.isEnabled()
    table.setCurrentCell(1, TITLE_ZH)
    assert not form.remove.isEnabled(), "a policy has a review"
    click(form.add)
    assert [step["name"] for step in table.plain()] == ["draft", "revision", "review-1", "approval"]
    assert (table.currentRow(), dialog.save.isEnabled()) == (2, False)
    for column, text in ((NAME, "legal"), (TITLE_EN, "Legal reading")):
        write(room, dialog, 2, column, text)
    table.item(2, TITLE_ZH).setText("法务审读")
    assert dialog.save.isEnabled()
    click(form.up)
    assert [step["name"] for step in table.plain()] == ["draft", "legal", "revision", "approval"]
    assert not form.up.isEnabled()
    roles = table.cellWidget(1, ROLES)
    assert isinstance(roles, QPushButton)
    roles.menu().actions()[2].trigger()
    assert roles.text() == "Editor"
    made = saved(room, dialog, "house", 1)
    assert [step.name for step in made.steps] == ["draft", "legal", "revision", "approval"]
    assert made.steps[1].roles == {Role.EDITOR}
    table.setCurrentCell(2, TITLE_ZH)
    click(form.remove)
    assert [step["name"] for step in table.plain()] == ["draft", "legal", "approval"]


def test_escape_takes_a_cell_back(room: Room, dialog: PolicyDialog) -> None:
    choose(dialog, "Draft, revision, approval")
    click(dialog.copy)
    table = dialog.form.steps
    table.setFocus()
    table.setCurrentCell(1, TITLE_EN)
    QTest.keyClick(table, Qt.Key.Key_F2)
    line = table.viewport().findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, "x")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    soon(room.qtbot, lambda: item_text(dialog, 1, TITLE_EN) == "Revision")
    assert dialog.isVisible()


def test_the_key_of_save_takes_the_cell_that_is_being_written(room: Room, dialog: PolicyDialog) -> None:
    choose(dialog, "Draft, revision, approval")
    click(dialog.copy)
    table = dialog.form.steps
    table.setFocus()
    table.setCurrentCell(1, TITLE_EN)
    QTest.keyClick(table, Qt.Key.Key_F2)
    line = table.viewport().findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, "House edit")
    QTest.keyPress(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)  # its release finds a closed room
    soon(room.qtbot, lambda: policies(room.desk).book.get("house", 1) is not None and dialog.isEnabled())
    saved_one = policies(room.desk).book.get("house", 1)
    assert saved_one is not None
    assert saved_one.steps[1].titles.en == "House edit"


def test_checks_that_block_and_lines_for_ink_are_kept(room: Room, dialog: PolicyDialog) -> None:
    choose(dialog, "Draft, revision, approval")
    click(dialog.copy)
    for title in ("Numbers", "Names of people"):
        next(one for one in dialog.form.blocking._menu.actions() if one.text() == title).trigger()
    assert [chip.text().split("  ")[0] for chip in dialog.form.blocking.chips] == ["Numbers", "Names of people"]
    click(dialog.form.blocking.chips[1])
    QTest.keyClick(dialog.form.ink, Qt.Key.Key_Down)
    dialog.form.last_approves.click()
    made = saved(room, dialog, "house", 1)
    assert (len(made.blocking), made.ink_lines, made.last_reviewer_may_approve) == (1, 1, True)


def test_a_policy_is_put_to_use_for_new_stories_and_for_the_open_one(room: Room, qtbot) -> None:
    editor = next(one for one in _people(room) if Role.EDITOR in one.roles)
    room.sit(editor.name)
    page = room.open("students-design-contest")
    dialog = opened(room)
    choose(dialog, "Three reviews")
    click(dialog.usual)
    soon(qtbot, lambda: policies(room.desk).usual == "three-reviews" and dialog.isEnabled())
    assert not dialog.usual.isEnabled()
    assert dialog.use.isVisible()
    state = page.file.story.state.value
    click(dialog.use)
    soon(qtbot, lambda: dialog.isEnabled() and bool(dialog.message.text()))
    goes_by = open_story(room.desk, page.story_id).policy.name
    if state in {"sourced", "drafting"}:
        assert goes_by == "three-reviews"
    else:
        assert goes_by == "draft-revision"
        assert "return it to its drafter" in dialog.message.text()


def _people(room: Room):
    room.qtbot.waitUntil(lambda: bool(room.place.people.people))
    return room.place.people.people


def test_what_is_not_saved_is_not_lost_by_looking_elsewhere_nor_by_closing(room: Room, dialog: PolicyDialog) -> None:
    choose(dialog, "Draft, revision, approval")
    click(dialog.copy)
    write(room, dialog, 1, TITLE_EN, "House edit")
    choose(dialog, "Three reviews")
    choose(dialog, "(copy)")
    assert dialog.form.steps.plain()[1]["title"]["en"] == "House edit"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "not saved" in dialog.message.text()
    button = next(one for one in dialog.message.findChildren(QPushButton) if one.text() == "Close without saving")
    click(button)
    assert room.place.rooms.policies.dialog is None
    assert policies(room.desk).book.names() == ["draft-revision", "three-reviews"]


def test_what_is_being_written_stays_when_the_policies_change(room: Room, dialog: PolicyDialog) -> None:
    choose(dialog, "Draft, revision, approval")
    click(dialog.copy)
    first = saved(room, dialog, "house", 1)
    write(room, dialog, 1, TITLE_EN, "House edit")
    click(dialog.usual)
    soon(room.qtbot, lambda: policies(room.desk).usual == "house" and dialog.isEnabled())
    assert item_text(dialog, 1, TITLE_EN) == "House edit", "choosing it for new stories takes nothing back"
    editor = next(one for one in _people(room) if Role.EDITOR in one.roles)
    changes = set_usual_policy(room.desk, "three-reviews", by=editor)
    room.window.bus.publish(changes, "elsewhere")
    soon(room.qtbot, lambda: "★" in dialog.list.item(1).text())
    assert item_text(dialog, 1, TITLE_EN) == "House edit"
    _, changes = save_policy(room.desk, replace(first, ink_lines=3), by=editor)
    room.window.bus.publish(changes, "elsewhere")
    soon(room.qtbot, lambda: dialog.save.text() == "Save as version 3")
    assert item_text(dialog, 1, TITLE_EN) == "House edit"
    assert "Version 2 was saved meanwhile" in dialog.note.text()
    assert saved(room, dialog, "house", 3).steps[1].titles.en == "House edit"


def test_what_cannot_be_saved_yet_is_kept_as_well(room: Room, dialog: PolicyDialog) -> None:
    choose(dialog, "Draft, revision, approval")
    click(dialog.copy)
    saved(room, dialog, "house", 1)
    dialog.form.title_en.clear()
    write(room, dialog, 1, TITLE_EN, "House edit")
    choose(dialog, "Three reviews")
    choose(dialog, "version 1")
    assert (dialog.form.title_en.text(), item_text(dialog, 1, TITLE_EN)) == ("", "House edit")
    click(dialog.copy)
    assert dialog.form.title_en.text() == " (copy)", "a copy of what is written, finished or not"
    assert dialog.unsaved()
    choose(dialog, "version 1")
    dialog.form.title_en.setText("Draft, revision, approval (copy)")
    dialog.form.steps.item(1, TITLE_EN).setText("Revision")
    assert not dialog.save.isEnabled(), "it is as it was"
    dialog.reject()
    assert dialog.isVisible(), "the copy of it is not saved"


def test_a_copy_stands_beside_a_policy_of_its_name_that_was_saved_elsewhere(room: Room, dialog: PolicyDialog) -> None:
    choose(dialog, "Draft, revision, approval")
    click(dialog.copy)
    write(room, dialog, 1, TITLE_EN, "House edit")
    editor = next(one for one in _people(room) if Role.EDITOR in one.roles)
    theirs, changes = save_policy(room.desk, replace(DRAFT_REVISION, name="house"), by=editor)
    room.window.bus.publish(changes, "elsewhere")
    soon(room.qtbot, lambda: "of this name already" in dialog.note.text())
    assert item_text(dialog, 1, TITLE_EN) == "House edit"
    assert not dialog.save.isEnabled()
    dialog.form.name.setText("house-3")
    assert saved(room, dialog, "house-3", 1).steps[1].titles.en == "House edit"
    assert policies(room.desk).book.newest("house") == theirs


def test_a_translator_looks_and_is_told_who_sets_them(room: Room) -> None:
    translator = next(one for one in _people(room) if one.roles == {Role.TRANSLATOR})
    room.sit(translator.name)
    dialog = opened(room)
    assert "an editor or an archivist" in dialog.message.text()
    assert not any(button.isEnabled() for button in (dialog.copy, dialog.usual, dialog.save))
    dialog.reject()


def test_a_name_that_is_taken_is_not_saved_over(room: Room, dialog: PolicyDialog) -> None:
    choose(dialog, "Draft, revision, approval")
    click(dialog.copy)
    saved(room, dialog, "house", 1)
    click(dialog.copy)
    assert dialog.form.name.text() == "house-2"
    dialog.form.name.setText("house")
    assert "of this name already" in dialog.note.text()
    assert not dialog.save.isEnabled()


def test_every_step_can_be_read_at_the_size_of_opening(dialog: PolicyDialog) -> None:
    choose(dialog, "Three reviews")
    table = dialog.form.steps
    assert table.horizontalScrollBar().maximum() == 0
    for row in range(table.rowCount()):
        for column in range(ROLES):
            words = table.fontMetrics().horizontalAdvance(item_text(dialog, row, column))
            assert words < table.columnWidth(column), item_text(dialog, row, column)


def test_many_roles_are_cut_with_dots_and_told_in_full(dialog: PolicyDialog) -> None:
    click(dialog.copy)
    table = dialog.form.steps
    button = table.cellWidget(1, ROLES)
    assert isinstance(button, QPushButton)
    for action in button.menu().actions():
        if not action.isChecked():
            action.trigger()
    dialog.resize(900, dialog.height())
    assert button.text().startswith("Translator, ")
    assert button.text().endswith("…")
    assert "Translator, Reviser, Editor, Archivist" in button.toolTip()
    assert "Translator, Reviser, Editor, Archivist" in button.accessibleName()
    dialog.resize(1400, dialog.height())
    assert button.text() == "Translator, Reviser, Editor, Archivist"
