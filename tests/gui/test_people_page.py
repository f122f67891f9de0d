"""The people page: entries are corrected and removed where they stand; new archives and the menu's clipboard beside."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from shell_room import PATIENCE, Room, soon, top

from desktop_app.desk.people import list_people
from desktop_app.gui.shell.welcome import Way


def add(room: Room, name: str) -> str:
    """Add a person by the dialog; the id."""
    dialog = room.place.people.ask_new()
    dialog.name.setText(name)
    dialog.asked.emit()
    soon(room.qtbot, lambda: any(person.name == name for person in room.place.people.people))
    room.quiet()
    return next(person.id for person in room.place.people.people if person.name == name)


def test_enter_and_double_click_on_a_person_open_the_entry(room: Room) -> None:
    room.sit("GU An")
    made = add(room, "zhang wei")
    room.window.show_place("people")
    row = room.place.people_page.rows[made]
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    by_key = top("PersonDialog")
    assert by_key.name.text() == "zhang wei"
    by_key.reject()
    QTest.mouseDClick(row, Qt.MouseButton.LeftButton)
    dialog = top("PersonDialog")
    dialog.name.setText("ZHANG Wei")
    dialog.zh.setText("张伟")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    soon(room.qtbot, lambda: any(person.name == "ZHANG Wei" for person in room.place.people.people))
    room.quiet()
    assert room.place.people_page.rows[made].accessibleName() == "ZHANG Wei 张伟"


def test_the_name_at_the_desk_is_corrected_at_once(room: Room) -> None:
    room.sit("WANG Fang")
    person = room.place.people.person
    assert person is not None
    dialog = room.place.people.ask_change(person)
    dialog.name.setText("WANG Fangfang")
    dialog.asked.emit()

    soon(room.qtbot, lambda: room.window.top.person.text() == "WANG Fangfang")
    room.quiet()
    assert room.place.people.person is not None
    assert room.place.people.person.id == person.id


def test_whoever_did_something_is_not_removed_and_the_dialog_says_why(room: Room) -> None:
    room.sit("WANG Fang")
    made = add(room, "zhang wei")
    wang = room.place.people.person
    assert wang is not None
    refused = room.place.people.ask_change(wang)
    refused.remove.click()
    soon(room.qtbot, lambda: "history" in refused._trouble.text())
    refused.reject()

    room.sit("GU An")
    person = next(person for person in room.place.people.people if person.id == made)
    room.place.people.ask_change(person).remove.click()

    soon(room.qtbot, lambda: made not in room.place.people_page.rows)
    room.quiet()
    assert made not in {person.id for person in list_people(room.desk)}
    assert wang.id in room.place.people_page.rows


def test_a_taken_name_is_told_in_the_dialog(room: Room) -> None:
    room.sit("WANG Fang")
    person = room.place.people.person
    assert person is not None
    dialog = room.place.people.ask_change(person)
    dialog.name.setText("li wei")
    dialog.asked.emit()
    soon(room.qtbot, lambda: "already" in dialog._trouble.text())
    dialog.reject()
    room.quiet()


def test_enter_presses_the_button_of_the_welcome_page(window, qtbot) -> None:
    window.start(None)
    soon(qtbot, window.welcome.new_button.isVisible)
    window.welcome.new_button.setFocus()
    QTest.keyClick(window.welcome.new_button, Qt.Key.Key_Return)
    dialog = top("NewArchiveDialog")
    cancel = next(button for button in dialog.findChildren(QPushButton) if button.text() == "Cancel")
    cancel.setFocus()
    QTest.keyClick(cancel, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert not dialog.isVisible()


def test_a_new_archive_among_other_files_is_warned_of(window, tmp_path: Path, qtbot) -> None:
    (tmp_path / "minutes.docx").write_bytes(b"x")
    window.start(None)
    soon(qtbot, window.welcome.new_button.isVisible)
    window.archives.ask(Way.NEW)
    dialog = top("NewArchiveDialog")
    dialog.place.setText(str(tmp_path / "mine"))
    assert dialog.go.text() == "Make it"
    assert not dialog._warning.isVisible()
    dialog.place.setText(str(tmp_path))
    assert dialog.go.text() == "Make it here anyway"
    assert "other files" in dialog._warning.text()

    with qtbot.waitSignal(window.archive_shown, timeout=PATIENCE):
        dialog.go.click()

    assert (tmp_path / "archive.sqlite").is_file()


def test_cut_copy_and_paste_of_the_menu_go_to_the_field_with_the_keyboard(room: Room) -> None:
    registry = room.window.registry
    field = room.place.library.bar.search
    field.setFocus()
    field.setText("meeting")
    field.selectAll()
    assert registry.action("cut").text() == "Cut\tCtrl+X"
    assert not registry.action("cut").shortcuts()
    registry.action("cut").trigger()
    assert (field.text(), QGuiApplication.clipboard().text()) == ("", "meeting")
    registry.action("paste").trigger()
    assert field.text() == "meeting"
    field.clear()
    room.place.library.list.setFocus()
    room.window.update_actions()
    assert not any(registry.action(action).isEnabled() for action in ("cut", "copy", "paste"))
    room.quiet()


def test_a_field_that_is_only_read_is_copied_and_one_that_is_gone_forgotten(room: Room) -> None:
    registry = room.window.registry
    field = QLineEdit("meeting", room.window)
    field.setReadOnly(True)
    field.show()
    field.setFocus()
    assert registry.action("copy").isEnabled()
    assert not registry.action("paste").isEnabled()
    field.deleteLater()
    soon(room.qtbot, lambda: not registry.action("copy").isEnabled())


def test_the_text_goes_back_to_its_normal_size(room: Room, look) -> None:
    room.window.registry.action("zoom-in").trigger()
    assert look.theme.scale > 1
    room.window.registry.action("zoom-normal").trigger()
    assert look.theme.scale == 1.0
