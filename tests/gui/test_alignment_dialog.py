"""Aligning two published files in the window: read, corrected by keys, taken back, put into the memory or a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from shell_room import Room, soon, top
from shiboken6 import isValid

from desktop_app.desk.memory import memory_facts
from desktop_app.foundation.resources import resource
from desktop_app.gui.alignment.dialog import AlignDialog

SAMPLE = "students-design-contest"


@pytest.fixture
def dialog(room: Room, qtbot) -> Iterator[AlignDialog]:
    room.place.rooms.align_files()
    dialog = top("AlignDialog")
    assert isinstance(dialog, AlignDialog)
    folder = resource("sample", SAMPLE)
    dialog.add_files([folder / "en.txt", folder / "zh.txt"])  # the wrong way round on purpose
    soon(qtbot, lambda: bool(dialog.pairing.rows))
    yield dialog
    if isValid(dialog) and dialog.isVisible():
        dialog.reject()


def test_two_files_are_put_against_each_other_whichever_is_which(dialog: AlignDialog) -> None:
    pairs = dialog.pairing.pairs("", " ")
    assert pairs[0][0].startswith("我校学子")
    assert pairs[0][1].startswith("YCUT Students")
    assert len(pairs) > 10
    assert dialog.go.isEnabled()


def test_keys_correct_the_alignment_and_take_it_back(dialog: AlignDialog, qtbot) -> None:
    before = dialog.pairing
    dialog._go_to(1)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Left)
    assert dialog._model.side == "source"
    qtbot.keyClick(dialog, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    assert dialog.pairing != before
    qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert dialog.pairing == before
    qtbot.keyClick(dialog, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert len(dialog.pairing.rows) == len(before.rows) - 1
    qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(dialog, Qt.Key.Key_Delete)
    assert dialog.pairing.rows[1].left_out
    assert len(dialog.pairing.pairs("", " ")) == len(before.pairs("", " ")) - 1


def test_the_pairs_go_into_the_memory(dialog: AlignDialog, room: Room, qtbot) -> None:
    count = len(set(dialog.pairing.pairs("", " ")))
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    soon(qtbot, lambda: any(origin.name == "en.txt" for origin in memory_facts(room.desk).origins))
    room.quiet()
    facts = memory_facts(room.desk)
    assert {origin.name: origin.count for origin in facts.origins}["en.txt"] <= count


def test_the_pairs_are_written_to_a_file(dialog: AlignDialog, room: Room, qtbot, tmp_path: Path) -> None:
    dialog.write_to(tmp_path / "pairs.tsv")
    soon(qtbot, dialog.message.isVisible)
    lines = (tmp_path / "pairs.tsv").read_text("utf-8-sig").splitlines()
    assert any("YCUT Students" in line for line in lines)


def test_two_files_of_one_language_are_refused_with_the_reason(room: Room, qtbot) -> None:
    room.place.rooms.align_files()
    dialog = top("AlignDialog")
    folder = resource("sample", SAMPLE)
    dialog.add_files([folder / "zh.txt", resource("sample", "velmara-delegation-visit") / "zh.txt"])
    soon(qtbot, dialog.message.isVisible)
    assert "one language" in dialog.message.text()
    assert not dialog.pairing.rows
    dialog.add_files([folder / "zh.txt"])
    assert "zh.txt is chosen" in dialog.message.text()
    dialog.add_files([folder / "en.txt"])
    soon(qtbot, lambda: bool(dialog.pairing.rows))
    assert "zh.txt and en.txt" in dialog.windowTitle()
    dialog.reject()


def test_corrections_are_not_thrown_away_without_asking(dialog: AlignDialog, qtbot) -> None:
    dialog._go_to(1)
    qtbot.keyClick(dialog, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    box = dialog.findChild(QMessageBox)
    assert box is not None
    assert dialog.isVisible()
    assert "1 correction" in box.informativeText()
    next(button for button in box.buttons() if "Close anyway" in button.text()).click()
    soon(qtbot, lambda: not isValid(dialog) or not dialog.isVisible())


def test_pages_of_two_stories_are_doubted(room: Room, qtbot) -> None:
    room.place.rooms.align_files()
    dialog = top("AlignDialog")
    dialog.add_files([resource("sample", SAMPLE) / "zh.txt", resource("sample", "velmara-delegation-visit") / "en.txt"])
    soon(qtbot, lambda: bool(dialog.pairing.rows))
    assert any(row.is_doubtful for row in dialog.pairing.rows)
    dialog.reject()
