"""Import shows what it found before it writes; export writes what may leave."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from shell_room import PATIENCE, soon

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.people import find_person
from desktop_app.desk.stories import list_stories, open_story
from desktop_app.foundation.resources import resource
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.transfer.export_dialog import ExportDialog
from desktop_app.gui.transfer.import_dialog import APART, PAIR, ImportDialog

PAGE = resource("sample", "velmara-delegation-visit")


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
def importing(look, texts, tasks, desk: Desk, parent) -> ImportDialog:
    dialog = ImportDialog(look, texts, tasks, desk, find_person(desk, "LI Wei"), parent)
    dialog.open()
    return dialog


def exporting(look, texts, tasks, desk: Desk, parent, *slugs: str) -> ExportDialog:
    stories = [one for one in list_stories(desk) if one.summary.slug in slugs]
    dialog = ExportDialog(look, texts, tasks, desk, None, stories, parent)
    dialog.open()
    return dialog


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_nothing_can_be_imported_before_files_are_there(importing: ImportDialog) -> None:
    assert not importing.go.isEnabled()
    assert importing._empty.isVisible()


def test_a_chinese_and_an_english_file_become_one_story_by_themselves(importing: ImportDialog, desk, qtbot) -> None:
    importing.add_files([PAGE / "en.txt", PAGE / "zh.txt"])
    soon(qtbot, lambda: importing.mode.current() == PAIR and importing.go.isEnabled())
    assert importing.go.text() == "Import 1 story"
    assert "2 beside the page" in said(importing)
    before = len(list_stories(desk))

    with qtbot.waitSignal(importing.imported, timeout=PATIENCE) as done:
        importing.go.click()

    ids, changes = done.args
    assert isinstance(changes, Changes)
    story = open_story(desk, ids[0]).story
    assert all(getattr(story.headline(), side) for side in ("zh", "en"))
    assert story.drafter == find_person(desk, "LI Wei").id
    assert len(list_stories(desk)) == before + 1


@pytest.mark.parametrize("chosen", ["CHEN Xihe", "Whoever writes first"])
def test_who_imports_for_others_names_the_drafter(importing: ImportDialog, desk, qtbot, chosen: str) -> None:
    soon(qtbot, lambda: importing.drafter.choice.findText("CHEN Xihe") > 0)
    assert importing.drafter.choice.currentText() == "LI Wei (you)"
    importing.add_files([PAGE / "zh.txt"])
    soon(qtbot, importing.go.isEnabled)
    importing.drafter.choice.setCurrentText(chosen)
    with qtbot.waitSignal(importing.imported, timeout=PATIENCE) as done:
        importing.go.click()
    drafter = open_story(desk, done.args[0][0]).story.drafter
    assert drafter == (find_person(desk, chosen).id if chosen == "CHEN Xihe" else None)


def test_the_same_files_can_stay_two_stories(importing: ImportDialog, qtbot) -> None:
    importing.add_files([PAGE / "en.txt", PAGE / "zh.txt"])
    soon(qtbot, lambda: importing.mode.current() == PAIR and importing.go.isEnabled())

    importing.mode.choose(APART)
    importing.mode.chosen.emit(APART)

    assert importing.go.text() == "Import 2 stories"


def test_the_trial_writes_nothing(importing: ImportDialog, desk, qtbot) -> None:
    before = len(list_stories(desk))
    importing.add_files([PAGE / "zh.txt"])
    soon(qtbot, importing.go.isEnabled)

    importing.reject()

    assert len(list_stories(desk)) == before


def test_a_refused_file_says_why_and_does_not_hide_the_others(importing: ImportDialog, tmp_path, qtbot) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")

    importing.add_files([empty, PAGE / "zh.txt"])

    soon(qtbot, importing.go.isEnabled)
    assert importing.go.text() == "Import 1 story"
    assert "1 file cannot be taken in." in said(importing)
    assert "✕" in said(importing)


def test_lines_left_out_are_shown(importing: ImportDialog, tmp_path: Path, qtbot) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html><head><title>T</title></head><body><nav><a href='/'>Home</a> <a href='/x'>About us</a></nav>"
        "<article><h1>New Library Opens</h1><p>The new library opened on March 10. It has six floors and "
        "3,200 seats for readers.</p><p>Students came early in the morning to see it.</p></article>"
        "<footer>Copyright 2025 All rights reserved</footer></body></html>",
        "utf-8",
    )

    importing.add_files([page])

    soon(qtbot, importing.go.isEnabled)
    assert "left out" in said(importing)


def test_a_file_can_be_left_out_again(importing: ImportDialog, qtbot) -> None:
    importing.add_files([PAGE / "zh.txt"])
    soon(qtbot, importing.go.isEnabled)

    importing._cards[0].remove_asked.emit()

    assert not importing.go.isEnabled()


def test_an_approved_story_leaves_as_pages(look, texts, tasks, desk, parent, tmp_path: Path, qtbot) -> None:
    dialog = exporting(look, texts, tasks, desk, parent, "battery-recycling-progress")
    target = tmp_path / "story.pdf"
    dialog.path.setText(str(target))
    dialog.typed = True

    dialog.go.click()

    soon(qtbot, lambda: dialog.message.text().startswith("Exported"))
    assert target.read_bytes().startswith(b"%PDF")
    with qtbot.waitSignal(dialog.show_asked) as shown:
        dialog.message._button.click()
    assert shown.args == [tmp_path]


def test_a_story_not_approved_leaves_only_as_a_draft(look, texts, tasks, desk, parent, tmp_path, qtbot) -> None:
    dialog = exporting(look, texts, tasks, desk, parent, "new-materials-conference")
    assert not dialog.go.isEnabled()
    assert "not approved" in dialog.message.text()

    dialog.draft.setChecked(True)

    assert dialog.go.isEnabled()
    dialog.path.setText(str(tmp_path / "draft.pdf"))
    dialog.go.click()
    soon(qtbot, (tmp_path / "draft.pdf").exists)
    soon(qtbot, lambda: not dialog._bar.isVisible())


def test_a_place_that_cannot_be_written_is_told(look, texts, tasks, desk, parent, tmp_path, qtbot) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    dialog = exporting(look, texts, tasks, desk, parent, "battery-recycling-progress")
    dialog.path.setText(str(tmp_path / "file" / "story.pdf"))

    dialog.go.click()

    soon(qtbot, lambda: "cannot be written" in dialog.message.text())
    assert dialog.go.isEnabled()


def test_the_name_follows_the_format_until_it_is_typed(look, texts, tasks, desk, parent) -> None:
    dialog = exporting(look, texts, tasks, desk, parent, "battery-recycling-progress")
    assert dialog.path.text().endswith("battery-recycling-progress.pdf")

    other = next(i for i in range(dialog.format.count()) if dialog.format.itemData(i) != "pdf")
    dialog.format.setCurrentIndex(other)

    assert not dialog.path.text().endswith(".pdf")
    assert not dialog.layout_choice.isVisible()


def test_a_review_document_can_show_the_changes_of_others(look, texts, tasks, desk, parent, tmp_path, qtbot) -> None:
    dialog = exporting(look, texts, tasks, desk, parent, "battery-recycling-progress")
    assert not dialog.tracked.isVisible()

    dialog.format.setCurrentIndex(dialog.format.findData("docx-review"))

    assert dialog.tracked.isVisible()
    assert dialog.path.text().endswith("battery-recycling-progress.review.docx")
    dialog.tracked.setChecked(True)
    dialog.path.setText(str(tmp_path / "out.review.docx"))
    dialog.go.click()
    soon(qtbot, (tmp_path / "out.review.docx").exists)
    soon(qtbot, lambda: not dialog._bar.isVisible())


def test_several_stories_go_into_a_folder(look, texts, tasks, desk, parent, tmp_path: Path, qtbot) -> None:
    slugs = ("battery-recycling-progress", "velmara-delegation-visit")
    dialog = exporting(look, texts, tasks, desk, parent, *slugs)
    dialog.path.setText(str(tmp_path / "out"))

    dialog.go.click()

    soon(qtbot, lambda: "2 files exported." in dialog.message.text())
    assert sorted(path.stem for path in (tmp_path / "out").iterdir()) == sorted(slugs)
