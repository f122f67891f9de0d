"""Going offline in the window: packing by the keyboard, who has what, a package opened, and packed to go home."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from shell_room import PATIENCE, Room, enter, soon, top

from desktop_app.desk.desk import Changes
from desktop_app.desk.editing import edit_story
from desktop_app.desk.home import home_of
from desktop_app.desk.loans import list_loans
from desktop_app.desk.packing import pack
from desktop_app.desk.people import find_person
from desktop_app.desk.stories import open_story
from desktop_app.desk.workflow import submit
from desktop_app.domain.edits import set_target
from desktop_app.gui.packing.loans_dialog import LoansDialog
from desktop_app.gui.packing.pack_dialog import PackDialog
from desktop_app.gui.packing.unpack_dialog import UnpackDialog


def asked(room: Room, action: str, kind: str):
    """The dialog that an action opens, when everything it reads has been read."""
    room.window.registry.action(action).trigger()
    soon(room.qtbot, lambda: any(type(w).__name__ == kind and w.isVisible() for w in _dialogs(room)))
    room.quiet()
    return top(kind)


def _dialogs(room: Room) -> list:
    return room.window.findChildren(PackDialog) + room.window.findChildren(LoansDialog)


def pack_front(room: Room, file: Path, holder: str) -> PackDialog:
    dialog = asked(room, "pack", "PackDialog")
    soon(room.qtbot, dialog.go.isEnabled)
    dialog.holder.setCurrentText(holder)
    dialog.path.selectAll()
    room.qtbot.keyClicks(dialog.path, str(file))
    room.qtbot.keyClick(dialog.path, Qt.Key.Key_Return)
    soon(room.qtbot, lambda: dialog._done)
    return dialog


def test_the_story_in_front_is_packed_by_the_keyboard(room: Room, tmp_path: Path) -> None:
    page = room.open("spring-sports-meeting")
    dialog = pack_front(room, tmp_path / "out.diptych", "LI Wei")
    assert (tmp_path / "out.diptych").is_file()
    assert "out.diptych" in dialog.message.text()
    room.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    room.quiet()
    (loan,) = list_loans(room.desk)
    assert (loan.slug, loan.name) == ("spring-sports-meeting", "LI Wei")
    soon(room.qtbot, page.out.message.isVisible)
    assert "LI Wei" in page.out.message.text()
    assert any("LI Wei" in value for label, value in page.details.facts() if label == "Offline")
    model = room.place.library._model
    row = model.row_of(loan.loan.story)
    assert row is not None
    soon(room.qtbot, lambda: "With LI Wei since" in model.index(row).data(Qt.ItemDataRole.ToolTipRole))


def test_the_stories_chosen_in_the_list_are_packed(room: Room, tmp_path: Path) -> None:
    room.place.library.list.select_rows([0, 1])
    dialog = asked(room, "pack", "PackDialog")
    assert "2 stories" in dialog.contents.text()
    dialog.reject()


def test_packing_again_for_the_same_person_is_told_before(room: Room, tmp_path: Path) -> None:
    room.open("spring-sports-meeting")
    pack_front(room, tmp_path / "1.diptych", "LI Wei").reject()
    dialog = asked(room, "pack", "PackDialog")
    dialog.holder.setCurrentText("LI Wei")
    assert "takes the place" in dialog.message.text()
    dialog.holder.setCurrentText("WANG Fang")
    assert "Both will be merged" in dialog.message.text()
    dialog.reject()


def test_a_file_that_cannot_be_written_is_told_and_the_dialog_stays(room: Room, tmp_path: Path) -> None:
    room.open("spring-sports-meeting")
    (tmp_path / "file").write_text("in the way")
    dialog = asked(room, "pack", "PackDialog")
    dialog.path.setText(str(tmp_path / "file" / "x.diptych"))
    dialog.go.click()
    soon(room.qtbot, lambda: dialog.message.isVisible() and dialog.go.isEnabled())
    assert "cannot be written" in dialog.message.text()
    assert list_loans(room.desk) == []
    dialog.reject()


def test_packing_is_stopped_by_escape(room: Room, tmp_path: Path) -> None:
    room.open("spring-sports-meeting")
    dialog = asked(room, "pack", "PackDialog")
    dialog.path.setText(str(tmp_path / "x.diptych"))
    dialog.go.click()
    room.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    room.quiet()
    done = (tmp_path / "x.diptych").exists()  # it may have been quicker
    assert bool(list_loans(room.desk)) is done
    assert dialog.isVisible()
    dialog.reject()


def test_a_loan_is_ended_by_hand_with_a_reason(room: Room, tmp_path: Path) -> None:
    page = room.open("spring-sports-meeting")
    pack_front(room, tmp_path / "x.diptych", "LI Wei").reject()
    soon(room.qtbot, page.out.message.isVisible)
    dialog = asked(room, "loans", "LoansDialog")
    soon(room.qtbot, lambda: dialog.list.topLevelItemCount() == 1)
    item = dialog.list.topLevelItem(0)
    assert item.text(0).startswith("我校第47届")  # there is no English headline
    assert "spring-sports-meeting" in item.toolTip(0)
    assert not dialog.end.isEnabled()
    room.qtbot.keyClicks(dialog.reason, "laptop lost")
    room.qtbot.keyClick(dialog.end, Qt.Key.Key_Space)
    soon(room.qtbot, lambda: dialog.list.topLevelItemCount() == 0)
    room.quiet()
    dialog.everything.click()
    soon(room.qtbot, lambda: dialog.list.topLevelItemCount() == 1)
    assert "laptop lost" in dialog.list.topLevelItem(0).text(4)
    soon(room.qtbot, lambda: not page.out.message.isVisible())
    dialog.reject()


def test_only_the_loan_that_is_chosen_is_ended(room: Room, desk, tmp_path: Path) -> None:
    for name, holder in (("1", None), ("2", "LI Wei"), ("3", None), ("4", "WANG Fang")):
        made_for = find_person(desk, holder) if holder else None
        pack(desk, ["spring-sports-meeting"], tmp_path / f"{name}.diptych", by=None, made_for=made_for)
    dialog = asked(room, "loans", "LoansDialog")
    soon(room.qtbot, lambda: dialog.list.topLevelItemCount() == 4)
    dialog.list.setCurrentItem(dialog.list.topLevelItem(1))
    assert dialog.list.topLevelItem(1).text(3) == "3.diptych", "two of nobody are told apart by their files"
    room.qtbot.keyClicks(dialog.reason, "laptop lost")
    room.qtbot.keyClick(dialog.end, Qt.Key.Key_Space)
    soon(room.qtbot, lambda: dialog.list.topLevelItemCount() == 3)
    assert [one.loan.file for one in list_loans(desk)] == ["4.diptych", "2.diptych", "1.diptych"]
    assert dialog.reason.text() == ""
    dialog.reject()


def test_whoever_may_not_end_a_loan_is_told_before(room: Room, desk, tmp_path: Path) -> None:
    pack(
        desk, ["spring-sports-meeting"], tmp_path / "x.diptych",
        by=find_person(desk, "CHEN Xihe"), made_for=find_person(desk, "LI Wei"),
    )  # fmt: skip
    room.sit("WANG Fang")
    dialog = asked(room, "loans", "LoansDialog")
    soon(room.qtbot, lambda: dialog.list.topLevelItemCount() == 1)
    assert not dialog.reason.isEnabled()
    assert "whoever packed it" in dialog.hint.text()
    dialog.reject()


@pytest.fixture
def package(desk, tmp_path: Path) -> Path:
    pack(desk, ["spring-sports-meeting"], tmp_path / "out.diptych", by=None, made_for=find_person(desk, "CHEN Xihe"))
    return tmp_path / "out.diptych"


def opened(window, dialog: UnpackDialog, folder: Path, qtbot) -> Room:
    dialog.place.setText(str(folder))
    with qtbot.waitSignal(window.archive_shown, timeout=PATIENCE):
        dialog.go.click()
    room = Room(window, folder, qtbot)
    soon(qtbot, lambda: bool(room.place.library.listed_stories()))
    room.quiet()
    return room


def test_a_package_given_to_the_program_opens_as_a_small_archive(window, package: Path, tmp_path: Path, qtbot) -> None:
    window.start(package)
    soon(qtbot, lambda: bool(window.findChildren(UnpackDialog)))
    room = opened(window, top("UnpackDialog"), tmp_path / "small", qtbot)
    assert window.windowTitle() == "Work package from YCUT News Centre — Diptych"
    assert room.place.people.person is not None
    assert room.place.people.person.name == "CHEN Xihe"
    assert window.status.home.isVisible()
    assert window.status.home.property("variant") == "outline"
    assert window.registry.action("pack-home").isEnabled()
    window.status.home.click()
    soon(qtbot, lambda: bool(window.findChildren(PackDialog)))
    room.quiet()
    dialog = top("PackDialog")
    assert not dialog.holder.isVisible()
    dialog.path.setText(str(tmp_path / "home.diptych"))
    dialog.go.click()
    soon(qtbot, lambda: (tmp_path / "home.diptych").exists() and dialog._done)
    dialog.reject()
    room.quiet()
    first = next(open_story(room.desk, "spring-sports-meeting").story.content.segments())
    drafter = find_person(room.desk, "LI Wei")
    edit_story(room.desk, "spring-sports-meeting", [set_target(first, "Sports Meeting")], by=drafter)
    submit(room.desk, "spring-sports-meeting", by=drafter)
    room.window.bus.publish(Changes(stories=frozenset({"*"})))
    soon(qtbot, lambda: window.status.home.property("variant") == "primary")
    home = home_of(room.desk)
    assert home is not None
    assert home.edition == 1


def test_whatever_is_chosen_a_small_archive_packs_to_go_home(window, package: Path, tmp_path: Path, qtbot) -> None:
    window.start(package)
    soon(qtbot, lambda: bool(window.findChildren(UnpackDialog)))
    room = opened(window, top("UnpackDialog"), tmp_path / "small", qtbot)
    room.place.library.list.select_rows([0])
    dialog = asked(room, "pack", "PackDialog")
    assert dialog.windowTitle() == "Pack to send home"
    assert not dialog.holder.isVisible()
    dialog.reject()
    room.quiet()


def test_an_archive_at_home_has_nothing_to_send_home(room: Room) -> None:
    assert not room.window.status.home.isVisible()
    assert not room.window.registry.action("pack-home").isEnabled()
    assert room.window.windowTitle() == "YCUT News Centre — Diptych"


def test_a_package_is_chosen_from_the_menu_and_a_folder_in_use_is_not_taken(
    room: Room, desk, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(package), ""))
    room.window.registry.action("open-package").trigger()
    dialog = top("UnpackDialog")
    dialog.place.setText(str(tmp_path))
    assert not dialog.go.isEnabled()
    assert dialog.message.isVisible()
    dialog.place.setText(str(tmp_path / "small"))
    assert dialog.go.isEnabled()
    room = opened(room.window, dialog, tmp_path / "small", room.qtbot)
    assert [one.summary.slug for one in room.place.library.listed_stories()] == ["spring-sports-meeting"]


def test_a_damaged_package_is_told_and_the_ways_in_are_there(window, package: Path, tmp_path: Path, qtbot) -> None:
    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    package.write_bytes(data)
    window.start(None)
    window.archives.ask_unpack(package)
    dialog = top("UnpackDialog")
    dialog.place.setText(str(tmp_path / "small"))
    with qtbot.waitSignal(window.archives.failed, timeout=PATIENCE):
        dialog.go.click()
    assert window.welcome.package_button.isVisible()
    assert window.welcome._trouble.isVisible()
    assert not (tmp_path / "small").exists()


def test_the_window_goes_back_home_from_a_small_archive(
    window, package: Path, archive: Path, tmp_path: Path, qtbot
) -> None:
    window.start(package)
    soon(qtbot, lambda: bool(window.findChildren(UnpackDialog)))
    opened(window, top("UnpackDialog"), tmp_path / "small", qtbot)
    room = enter(window, archive, qtbot)
    assert not window.status.home.isVisible()
    assert len(room.place.library.listed_stories()) > 1
