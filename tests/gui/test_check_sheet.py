"""Checking an approval sheet in the window: paste, press Enter or the button, read the answer."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from shell_room import Room, soon

from desktop_app.desk import publishing
from desktop_app.desk.approval_sheets import approval_pdf, approval_sheet
from desktop_app.desk.desk import Desk
from desktop_app.desk.exporting import PAGES
from desktop_app.desk.people import list_people
from desktop_app.desk.stories import list_stories
from desktop_app.domain.people import Role
from desktop_app.domain.story import StoryState
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.transfer.export_dialog import ExportDialog
from desktop_app.gui.transfer.sheet_dialog import CheckSheetDialog


@pytest.fixture
def tasks(qapp):
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def parent(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def dialog(look, texts, tasks, desk: Desk, parent) -> CheckSheetDialog:
    made = CheckSheetDialog(look, texts, tasks, desk, parent)
    made.open()
    return made


@pytest.fixture
def approved(desk: Desk) -> str:
    """An approved story of the sample."""
    return next(one.summary.id for one in list_stories(desk) if one.summary.state is StoryState.APPROVED)


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def test_there_is_nothing_to_check_in_an_empty_field(dialog: CheckSheetDialog) -> None:
    assert not dialog.go.isEnabled()


def test_a_pasted_code_is_answered_in_green(dialog: CheckSheetDialog, desk, approved: str, qtbot) -> None:
    dialog.code.setPlainText(approval_sheet(desk, approved).code.text().lower() + "\n")
    qtbot.keyClick(dialog.code, Qt.Key.Key_Tab)
    dialog.go.click()
    soon(qtbot, lambda: dialog.found is not None)
    assert dialog.message.property("tone") == "good"
    assert "genuine and stands" in dialog.message.text()
    assert "✓ counts" in said(dialog)


def test_a_lie_is_answered_in_red(dialog: CheckSheetDialog, desk, approved: str, qtbot) -> None:
    code = approval_sheet(desk, approved).code
    dialog.code.setPlainText(replace(code, digest="ab" * 32).text())
    dialog.go.click()
    soon(qtbot, lambda: dialog.found is not None)
    assert dialog.message.property("tone") == "error"
    assert "has another text than the sheet is about" in said(dialog)


def test_what_happened_since_is_answered_in_amber(dialog: CheckSheetDialog, desk, approved: str, qtbot) -> None:
    sheet = approval_sheet(desk, approved)
    editor = next(person for person in list_people(desk) if Role.EDITOR in person.roles)
    publishing.drop(desk, approved, by=editor, note="No room.")
    dialog.code.setPlainText(sheet.code.text())
    dialog.go.click()
    soon(qtbot, lambda: dialog.found is not None)
    assert dialog.message.property("tone") == "warning"
    assert "The story is “Dropped” now." in said(dialog)


def test_a_slip_is_told_and_the_field_stays_to_be_mended(dialog: CheckSheetDialog, desk, approved: str, qtbot) -> None:
    dialog.code.setPlainText(approval_sheet(desk, approved).code.text()[:-2])
    dialog.go.click()
    soon(qtbot, lambda: "slip" in dialog.message.text())
    assert dialog.code.isEnabled()
    assert dialog.go.isEnabled()


def test_a_pdf_is_taken(dialog: CheckSheetDialog, desk, approved: str, tmp_path: Path, qtbot) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(approval_pdf(desk, approved))
    dialog.check_file(path)
    soon(qtbot, lambda: dialog.found is not None)
    assert "byte for byte" in said(dialog)


def test_both_actions_are_in_the_window(room: Room, qtbot) -> None:
    room.open(next(one.summary.slug for one in list_stories(room.desk)))
    room.quiet()
    room.window.registry.action("approval-sheet").trigger()
    soon(qtbot, lambda: bool(room.window.findChildren(ExportDialog)))
    export = room.window.findChildren(ExportDialog)[0]
    assert export.format.currentData() == PAGES
    assert export.layout_choice.currentText() == "Approval sheet"
    export.reject()
    room.window.registry.action("check-sheet").trigger()
    soon(qtbot, lambda: bool(room.window.findChildren(CheckSheetDialog)))
    room.window.findChildren(CheckSheetDialog)[0].reject()
