"""What the window counts and remembers for a person: counts, progress, what changed since they last looked."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from shell_room import PATIENCE, Room, soon

from desktop_app.desk.editing import edit_story
from desktop_app.desk.people import find_person
from desktop_app.desk.progress import work_of
from desktop_app.desk.visits import leave, seen
from desktop_app.domain.edits import set_target
from desktop_app.foundation.ids import stamp
from desktop_app.gui.editor.sieve import Trait
from desktop_app.gui.library.model import UNSEEN
from desktop_app.gui.shell.counts_dialog import CountsDialog
from desktop_app.gui.shell.progress_dialog import ProgressDialog
from desktop_app.gui.shell.story_page import StoryPage

SLUG, OTHER = "new-materials-conference", "students-design-contest"


@pytest.fixture
def page(room: Room) -> StoryPage:
    room.window.activateWindow()
    room.sit("LI Wei")
    return room.open(SLUG)


def _write_elsewhere(room: Room, story: str, text: str, at: int = 3) -> str:
    """Somebody else writes into a segment of a story."""
    page = room.place.stories.tabs.page_of(story)
    assert page is not None
    assert page.file is not None
    segment = list(page.file.story.content.segments())[at]
    changes = edit_story(room.desk, story, [set_target(segment, text)], by=find_person(room.desk, "CHEN Xihe"))
    room.window.bus.publish(changes)
    return segment.id


# Where Ctrl+L goes


def test_ctrl_l_filters_the_story_in_front_and_from_the_list_the_list(room: Room, page: StoryPage) -> None:
    page.editor.setFocus()
    QTest.keyClick(room.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert page.editor.filter_bar.isVisible()
    assert page.editor.filter_bar.line.hasFocus()
    QTest.keyClick(room.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not page.editor.filter_bar.line.hasFocus()
    room.place.stories.library.focus_list()
    QTest.keyClick(room.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert room.place.stories.library.isAncestorOf(room.window.focusWidget())
    assert not page.editor.filter_bar.line.hasFocus()


# What changed since


def test_rows_that_others_changed_since_the_last_visit_are_marked_and_can_be_filtered(room: Room, page, qtbot) -> None:
    other = room.open(OTHER)
    room.quiet()
    assert seen(room.desk, page.story_id, find_person(room.desk, "LI Wei")).at is not None
    changed = _write_elsewhere(room, page.story_id, "Somebody else wrote this meanwhile.")
    room.place.stories.tabs.bring(page)
    marks = page.editor._sheet.marks
    soon(qtbot, lambda: marks.change(changed) != "")
    assert "CHEN Xihe" in marks.change(changed)
    assert marks.rows_changed() == {changed}
    page.editor.filtering.open()
    chip = page.editor.filter_bar.chips[Trait.CHANGED]
    soon(qtbot, chip.isVisible)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    soon(qtbot, lambda: page.editor._sheet.folds.matching() == 1)
    room.place.stories.tabs.bring(other)
    room.quiet()
    room.place.stories.tabs.bring(page)
    soon(qtbot, lambda: not marks.rows_changed())


def test_what_somebody_changes_while_one_looks_is_marked_too(room: Room, page, qtbot) -> None:
    leave(room.desk, page.story_id, find_person(room.desk, "LI Wei"), at=stamp(room.desk.now() - timedelta(hours=1)))
    page.visiting._since = None
    changed = _write_elsewhere(room, page.story_id, "Written under your eyes.")
    soon(qtbot, lambda: page.editor._sheet.marks.rows_changed() == {changed})


def test_the_list_marks_stories_that_others_changed_since(room: Room, page, qtbot) -> None:
    other = room.open(OTHER)
    room.quiet()
    library, story = room.place.stories.library, page.story_id

    def unseen() -> set[str]:
        rows = range(library._model.rowCount())
        return {library._model.listed(row).summary.id for row in rows if library._model.index(row).data(UNSEEN)}

    assert unseen() == set()
    _write_elsewhere(room, story, "Somebody else wrote this meanwhile.")
    soon(qtbot, lambda: unseen() == {story})
    row = library._model.row_of(story)
    assert "changed since you last saw it" in library._model.index(row).data(Qt.ItemDataRole.ToolTipRole)
    room.place.stories.tabs.bring(page)
    room.place.stories.tabs.bring(other)
    soon(qtbot, lambda: unseen() == set())


def test_closing_the_story_ends_the_visit(room: Room, page) -> None:
    person = find_person(room.desk, "LI Wei")
    story = page.story_id
    assert room.place.stories.close_page(page)
    room.quiet()
    assert seen(room.desk, story, person).at is not None


def test_another_person_at_the_desk_has_visits_of_their_own(room: Room, page) -> None:
    room.sit("CHEN Xihe")
    assert seen(room.desk, page.story_id, find_person(room.desk, "LI Wei")).at is not None
    assert seen(room.desk, page.story_id, find_person(room.desk, "CHEN Xihe")).at is None


# Counts and progress


def _dialog(room: Room, qtbot, action: str) -> CountsDialog | ProgressDialog:
    room.window.registry.action(action).trigger()
    soon(qtbot, lambda: room.place.rooms.figures.dialog is not None)
    dialog = room.place.rooms.figures.dialog
    assert dialog is not None
    qtbot.addWidget(dialog)
    return dialog


def test_counts_show_both_sides_the_active_cell_and_copy_as_a_table(room: Room, page, qtbot) -> None:
    segment = list(page.file.story.content.segments())[2]
    page.editor.go_to(segment.id)
    dialog = _dialog(room, qtbot, "counts")
    assert isinstance(dialog, CountsDialog)
    lines = {line[0]: line[1:] for line in dialog.lines()}
    assert lines["Words"][2] == str(len(segment.target.split()))
    assert int(lines["Asian characters"][0]) + int(lines["Non-Asian words"][0]) == int(lines["Words"][0])
    assert lines["All"][2] == str(len(list(page.file.story.content.segments())) + 2)
    dialog.copy()
    assert QGuiApplication.clipboard().text().splitlines()[1].split("\t")[0] == "Words"


def test_progress_tells_what_was_confirmed_and_written_today(room: Room, page, qtbot) -> None:
    before = work_of(room.desk, find_person(room.desk, "LI Wei")).today.done
    segment = list(page.file.story.content.segments())[2]
    page.editor.go_to(segment.id)
    page.editor.insert_text("Four entirely fresh syllables ")
    page.editor.confirm_stay()
    assert page.editor.flush_and_wait()
    dialog = _dialog(room, qtbot, "progress")
    assert isinstance(dialog, ProgressDialog)
    confirmed, words = before.confirmed + 1, before.words + 4
    assert dialog.headline.text() == f"Today: {confirmed} segments confirmed, {words} words written"


def test_the_status_bar_leads_to_counts_and_progress(room: Room, page, qtbot) -> None:
    for button, kind in ((room.window.status._counts, CountsDialog), (room.window.status._confirmed, ProgressDialog)):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda kind=kind: isinstance(room.place.rooms.figures.dialog, kind), timeout=PATIENCE)
        qtbot.addWidget(room.place.rooms.figures.dialog)
