"""The window: opens an archive, shows its stories, keeps what is typed, and closes only with everything saved."""

import os
import sqlite3
import stat
import sys
from base64 import b64decode
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QWidget
from shell_room import PATIENCE, Room, enter, soon, top

from desktop_app.desk.stories import open_story
from desktop_app.domain.findings import Severity
from desktop_app.domain.people import Person
from desktop_app.domain.policy import POLICIES
from desktop_app.domain.signoff import Claim, Standing
from desktop_app.domain.story import StoryState
from desktop_app.domain.workflow import Situation
from desktop_app.foundation.settings import SettingsFile
from desktop_app.gui.app import Program, probe_window
from desktop_app.gui.kit.keys import ACTIONS
from desktop_app.gui.kit.weighing import weighed
from desktop_app.gui.shell import open_stories
from desktop_app.gui.shell.closed import APPROVED, NOBODY, READ_ONLY_ARCHIVE, SIGNED, closed
from desktop_app.gui.shell.trouble import Trouble
from desktop_app.gui.shell.welcome import Way
from desktop_app.gui.shell.window import MainWindow

LI = Person("li", "LI Wei")
WANG = Person("wang", "WANG Fang")


def test_a_start_without_an_archive_offers_the_ways_in(window, qtbot) -> None:
    window.start(None)

    soon(qtbot, window.welcome.new_button.isVisible)
    assert window.welcome.open_button.isVisible()
    assert window.welcome.sample_button.isVisible()
    assert not window.registry.action("import").isEnabled()
    assert not window.registry.action("undo").isEnabled()


def test_the_stories_of_the_archive_are_listed(room: Room) -> None:
    library = room.place.stories.library

    assert len(library.listed_stories()) == 7
    assert room.window.stack.currentWidget() is room.place
    assert room.window.top.person.text() == "LI Wei"
    assert room.window.registry.action("import").isEnabled()


def test_the_window_opens_the_archive_of_the_last_time(room: Room, settings) -> None:
    assert settings.settings.archive == str(room.folder)
    assert settings.settings.recent == (str(room.folder),)


def test_enter_opens_the_story_in_the_list(room: Room, qtbot) -> None:
    library = room.place.stories.library
    library.select(room.story("new-materials-conference"))

    qtbot.keyClick(library.list, Qt.Key.Key_Return)

    page = room.place.front()
    assert page is not None
    soon(qtbot, lambda: page.file is not None)
    assert page.title.startswith("YCUT Hosts Third")
    assert room.window.registry.action("next-segment").isEnabled()
    assert library.isVisible()


def test_typed_text_is_in_the_archive_within_moments(room: Room, qtbot) -> None:
    page = room.open("new-materials-conference")
    segment = next(s for s in page.editor.story().content.segments() if not s.target)
    page.editor.go_to(segment.id)
    with qtbot.waitSignal(page.editor.saved, timeout=PATIENCE):
        page.editor.insert_text("A new hall was opened.")

    stored = {s.id: s.target for s in open_story(room.desk, page.story_id).story.content.segments()}
    assert stored[segment.id] == "A new hall was opened."
    assert page.status.saved_at is not None
    assert "Saved" in room.window.status._saved.text()


def test_closing_saves_what_was_typed_a_moment_ago(room: Room, qtbot) -> None:
    page = room.open("new-materials-conference")
    segment = next(s for s in page.editor.story().content.segments() if not s.target)
    page.editor.go_to(segment.id)
    page.editor.insert_text("Typed at the last moment.")
    folder, story = room.folder, page.story_id

    assert room.window.close()

    from desktop_app.desk.desk import opened  # noqa: PLC0415 - after the window let go of the archive

    with opened(folder) as desk:
        stored = {s.id: s.target for s in open_story(desk, story).story.content.segments()}
    assert stored[segment.id] == "Typed at the last moment."


def test_checks_run_by_themselves_and_reach_panel_and_status_bar(room: Room) -> None:
    page = room.open("new-materials-conference")

    assert page.status.findings == page.checks.count() == len(page.findings) > 0
    errors = sum(one.severity is Severity.ERROR for one in page.findings)
    said, _tone = weighed(errors, len(page.findings) - errors)
    assert room.window.status._findings.text() == room.window._texts(said)
    assert room.window.status._findings.text() in page.strip._findings.text(), "the strip says the same"


def test_a_fix_from_the_panel_makes_its_finding_go(room: Room, qtbot) -> None:
    page = room.open("new-materials-conference")
    finding = next(f for f in page.findings if f.fix is not None)
    before = len(page.findings)

    page.checks.fix.emit(finding.segment, finding.fix)

    soon(qtbot, lambda: len(page.findings) < before)


def test_an_approved_story_is_read_only_until_somebody_insists(room: Room, qtbot) -> None:
    page = room.open("battery-recycling-progress")
    assert page.editor.read_only is not None
    assert page.message.isVisible()

    page.edit_anyway_asked.emit()
    box = top("QMessageBox")
    assert "stale" in box.informativeText()
    next(button for button in box.buttons() if button.text() == "Edit anyway").click()

    soon(qtbot, lambda: page.editor.read_only is None)
    assert not page.message.isVisible()


def test_leaving_an_approved_story_as_signed_keeps_it_closed(room: Room) -> None:
    page = room.open("battery-recycling-progress")

    page.edit_anyway_asked.emit()
    box = top("QMessageBox")
    box.defaultButton().click()

    assert page.editor.read_only is not None


def test_a_sign_off_is_given_for_the_text_that_was_just_typed(room: Room, qtbot) -> None:
    page = room.open("new-materials-conference")
    segment = next(s for s in page.editor.story().content.segments() if not s.target)
    page.editor.go_to(segment.id)
    page.editor.insert_text("The last sentence.")
    fresh = []

    page.when_fresh(fresh.append)

    soon(qtbot, lambda: bool(fresh))
    assert fresh[0].digest == open_story(room.desk, page.story_id).digest
    assert any(s.target == "The last sentence." for s in fresh[0].story.content.segments())


def test_claiming_in_the_strip_moves_the_story_on_everywhere(room: Room, qtbot) -> None:
    room.sit("WANG Fang")
    page = room.open("students-design-contest")
    assert page.strip.next_action is not None
    assert page.strip.next_action[0] == "claim"

    room.window.registry.action("next-step").trigger()

    soon(qtbot, lambda: page.file is not None and page.file.story.claimed_by == room.place.people.person.id)
    library = room.place.stories.library
    soon(qtbot, lambda: library.listed_stories([page.story_id])[0].summary.state.value == "in revision")


def test_stories_open_in_tabs_and_close_again(room: Room, qtbot) -> None:
    first, second = room.open("new-materials-conference"), room.open("new-library-opens")
    assert room.place.front() is second
    room.window.registry.action("next-tab").trigger()
    assert room.place.front() is first

    for _ in range(2):
        room.window.registry.action("close-tab").trigger()

    assert room.place.front() is None
    assert not room.place.stories.tabs.isVisible()
    assert room.place.stories.library.isVisible()


def test_opening_a_story_twice_brings_its_tab(room: Room) -> None:
    page = room.open("new-materials-conference")
    room.open("new-library-opens")

    assert room.place.stories.open_story(page.story_id) is page
    assert len(room.place.stories.tabs.pages()) == 2


def test_the_changes_view_comes_and_goes(room: Room, qtbot) -> None:
    page = room.open("new-library-opens")

    room.window.registry.action("changes").trigger()

    assert page.view == "changes"
    soon(qtbot, lambda: page.changes_count > 0)
    assert not room.window.registry.action("confirm-next").isEnabled()
    room.window.registry.action("changes").trigger()
    assert page.view == "edit"


def test_another_person_sits_down_and_is_remembered(room: Room, settings) -> None:
    room.sit("WANG Fang")

    assert room.window.top.person.text() == "WANG Fang"
    person = room.place.people.person
    assert settings.settings.people[str(room.folder)] == person.id
    assert room.desk.house().current_person == person.id


def test_a_person_is_added_and_a_taken_name_is_refused(room: Room, qtbot) -> None:
    people = room.place.people
    room.quiet()
    dialog = people.ask_new()
    dialog.name.setText("li wei")
    dialog.asked.emit()
    soon(qtbot, lambda: "already" in dialog._trouble.text())

    dialog.name.setText("SUN Yi")
    dialog.asked.emit()

    soon(qtbot, lambda: any(person.name == "SUN Yi" for person in people.people))


@pytest.mark.parametrize("place", ["pictures", "people", "settings", "stories"])
def test_every_page_of_the_rail_can_be_shown(room: Room, place: str) -> None:
    room.window.rail.chosen.emit(place)
    room.quiet()

    assert room.window.rail.current() == place


def test_theme_and_size_are_taken_at_once_and_kept(room: Room, look, settings) -> None:
    page = room.window.settings_page

    page.theme_chosen.emit("dark")
    page.scale_chosen.emit(1.3)

    assert (look.theme.name, look.theme.scale) == ("dark", 1.3)
    assert (settings.settings.theme, settings.settings.scale) == ("dark", 1.3)


def test_a_missing_archive_is_told_with_the_ways_on(window, tmp_path: Path, qtbot) -> None:
    window.start(tmp_path / "gone")

    soon(qtbot, window.welcome._trouble.isVisible)
    assert "no archive" in window.welcome._trouble.text()
    assert window.welcome.open_button.isVisible()


def test_a_damaged_archive_is_told(window, tmp_path: Path, qtbot) -> None:
    (tmp_path / "archive.sqlite").write_bytes(b"garbage" * 1000)
    window.start(tmp_path)

    soon(qtbot, window.welcome._trouble.isVisible)
    assert "damaged" in window.welcome._trouble.text()


def test_a_new_archive_is_empty_and_asks_who_is_there(window, tmp_path: Path, qtbot) -> None:
    with qtbot.waitSignal(window.archive_shown, timeout=PATIENCE):
        window.archives.create(tmp_path / "new", "three-reviews")
    room = Room(window, tmp_path / "new", qtbot)
    room.quiet()

    assert room.place.stories.library._empty.isVisible()
    assert window.top.person.text() == "Who are you?"
    assert room.desk.house().policy == "three-reviews"


def test_the_dialog_for_a_new_archive_hands_on_folder_and_policy(window, tmp_path: Path, qtbot) -> None:
    window.start(None)
    soon(qtbot, window.welcome.new_button.isVisible)
    window.archives.ask(Way.NEW)
    dialog = top("NewArchiveDialog")
    dialog.place.setText(str(tmp_path / "mine"))

    with qtbot.waitSignal(window.archive_shown, timeout=PATIENCE):
        dialog.go.click()

    assert (tmp_path / "mine" / "archive.sqlite").is_file()


@pytest.mark.skipif(os.name == "nt", reason="file modes")
def test_an_archive_that_can_only_be_read_says_so_and_is_not_written(window, archive: Path, qtbot) -> None:
    for path in (archive / "archive.sqlite", archive):
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    room = enter(window, archive, qtbot)

    page = room.open("new-materials-conference")

    assert window.message.isVisible()
    assert page.editor.read_only is not None
    assert not window.registry.action("import").isEnabled()
    archive.chmod(0o755)


def test_another_archive_takes_the_place_of_the_first(room: Room, tmp_path: Path, qtbot) -> None:
    room.open("new-materials-conference")

    with qtbot.waitSignal(room.window.archive_shown, timeout=PATIENCE):
        room.window.archives.create(tmp_path / "second", "draft-revision")
    room.quiet()

    assert room.desk.folder == tmp_path / "second"
    assert room.place.stories.tabs.pages() == []
    assert room.place.stories.library.listed_stories() == []


def test_the_help_has_every_key_of_the_registry(room: Room) -> None:
    room.window.show_help("keys")

    text = room.window._help.text.toPlainText()
    for spec in ACTIONS:
        if spec.keys:
            assert room.window.registry.key_text(spec) in text, spec.id


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_help_pages_link_only_to_pages_that_are_there(language: str) -> None:
    from desktop_app.gui.shell.help_window import read_pages  # noqa: PLC0415 - beside its test

    pages = read_pages(language)

    assert [page.id for page in pages] == [
        "start",
        "writing",
        "checks",
        "comments",
        "find-and-replace",
        "memory",
        "terms",
        "changes",
        "publishing",
        "signatures",
        "signing",
        "steps",
        "pictures",
        "approval-sheet",
        "offline",
        "returning",
        "transfer",
        "proof",
        "own-keys",
    ]
    assert all(page.title and len(page.markdown) > 200 for page in pages)


def test_the_trial_of_self_test_opens_and_paints_the_window(qapp) -> None:
    probe_window()


def test_a_backup_is_written_and_restored_as_an_archive_of_its_own(room: Room, tmp_path: Path, qtbot) -> None:
    backup = tmp_path / "backup.zip"
    with qtbot.waitSignal(room.place.rooms.keeping.said, timeout=PATIENCE):
        room.place.rooms.keeping.back_up(room.desk, backup)

    with qtbot.waitSignal(room.window.archive_shown, timeout=PATIENCE):
        room.window.archives.restore(backup, tmp_path / "restored")

    assert room.desk.folder == tmp_path / "restored"
    soon(qtbot, lambda: len(room.place.stories.library.listed_stories()) == 7)
    room.quiet()


def test_the_whole_archive_is_proved_from_the_menu(room: Room, qtbot) -> None:
    with qtbot.waitSignal(room.place.said, timeout=PATIENCE) as said:
        room.window.registry.action("verify").trigger()

    assert said.args[1] == "good"
    assert "nothing was altered" in said.args[0]


def test_an_altered_original_is_told(room: Room, qtbot) -> None:
    master = next(path for path in (room.folder / "originals").rglob("*") if path.is_file())
    master.chmod(0o644)
    master.write_bytes(master.read_bytes() + b"x")

    with qtbot.waitSignal(room.place.said, timeout=PATIENCE) as said:
        room.window.registry.action("verify").trigger()

    assert said.args[1] == "error"


@pytest.mark.logs
def test_what_nobody_caught_is_logged_and_told_and_the_window_goes_on(look, texts, settings, qtbot, caplog) -> None:
    trouble = Trouble()
    trouble.install()
    try:
        window = MainWindow(look, texts, settings, trouble)
        qtbot.addWidget(window)
        window.show()
        try:
            raise RuntimeError("a slot went wrong")
        except RuntimeError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    finally:
        trouble.remove()

    assert "Something went wrong" in window.toast.text()
    assert "a slot went wrong" in caplog.text
    assert window.close()


def test_another_language_makes_another_window_with_the_same_stories(qapp, archive: Path, qtbot) -> None:
    program = Program(qapp, SettingsFile())
    first = program.open_window(archive)
    room = enter(first, archive, qtbot)
    story = room.open("new-library-opens").story_id

    first.switch_language()

    second = program.window
    assert second is not None
    assert second is not first
    assert not first.isVisible()
    soon(qtbot, lambda: second.workplace is not None and second.workplace.stories.open_stories() == [story])
    again = Room(second, archive, qtbot)
    again.quiet()
    assert second.close()


def test_the_window_stays_while_the_archive_cannot_be_written(room: Room, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(open_stories, "_CLOSE_PATIENCE", 0.2)
    page = room.open("new-materials-conference")
    segment = next(s for s in page.editor.story().content.segments() if not s.target)
    page.editor.go_to(segment.id)
    other = sqlite3.connect(room.folder / "archive.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    page.editor.insert_text("Held back by another program.")

    assert not room.window.close()

    assert room.window.isVisible()
    assert "cannot be saved" in top("QMessageBox").text()
    top("QMessageBox").defaultButton().click()
    other.execute("ROLLBACK")
    other.close()
    soon(qtbot, page.editor.is_saved)
    stored = {s.id: s.target for s in open_story(room.desk, page.story_id).story.content.segments()}
    assert stored[segment.id] == "Held back by another program."


def test_a_narrow_window_lets_the_list_go_and_a_wide_one_brings_it_back(room: Room) -> None:
    room.window.resize(1500, 800)
    room.open("new-materials-conference")
    assert room.place.stories.library.isVisible()

    room.window.resize(860, 700)
    assert not room.place.stories.library.isVisible()
    assert room.place.front().side.isVisible()

    room.window.resize(1500, 800)
    assert room.place.stories.library.isVisible()


STALE = "stale"  # a review that is open again, in nobody's hands


def situation(state: StoryState, holder: str | None = None) -> Situation:
    claim = Claim("revision", None if holder is STALE else holder, "handed") if holder is not None else None
    return Situation(state, POLICIES["draft-revision"], Standing({}, "revision"), LI.id, claim, LI.id, LI.id)


@pytest.mark.parametrize(
    ("at", "person", "writable", "unlocked", "reason"),
    [
        (situation(StoryState.DRAFTING), LI, True, False, None),
        (situation(StoryState.DRAFTING), None, True, False, NOBODY),
        (situation(StoryState.DRAFTING), LI, False, False, READ_ONLY_ARCHIVE),
        (situation(StoryState.SUBMITTED), LI, True, False, SIGNED),
        (situation(StoryState.SUBMITTED), LI, True, True, None),
        (situation(StoryState.SUBMITTED), WANG, True, False, None),  # the story's own rule closes it
        (situation(StoryState.IN_REVISION, WANG.id), WANG, True, False, None),
        (situation(StoryState.IN_REVISION), WANG, True, False, SIGNED),
        (situation(StoryState.IN_REVISION, STALE), WANG, True, False, None),  # nothing that counts can go stale
        (situation(StoryState.IN_REVISION, STALE), None, True, False, NOBODY),
        (situation(StoryState.APPROVED), LI, True, False, APPROVED),
        (situation(StoryState.APPROVED), LI, True, True, None),
        (situation(StoryState.APPROVED), None, True, True, NOBODY),
        (situation(StoryState.RELEASED), None, True, False, None),
    ],
)
def test_the_window_closes_a_story_for_one_reason_at_a_time(at, person, writable, unlocked, reason) -> None:
    assert closed(at, person, writable=writable, unlocked=unlocked) is reason


def test_undo_takes_the_sentence_of_what_was_done_away(room: Room) -> None:
    room.sit("LI Wei")
    page = room.open("new-materials-conference")
    page.editor.go_to(next(s.id for s in page.editor.story().content.segments() if s.target))
    page.editor.insert_text("Typed. ")
    for action in ("undo", "redo"):
        room.place.said.emit("1 picture placed.", "good")
        assert room.window.toast.isVisible()
        room.window.registry.action(action).trigger()
        assert not room.window.toast.isVisible()


def test_the_size_of_the_window_is_kept_while_it_is_open(room: Room, settings, qtbot) -> None:
    before = settings.settings.geometry
    room.window.resize(room.window.width(), 666)
    soon(qtbot, lambda: SettingsFile().settings.geometry not in {"", before})
    other = QWidget()
    qtbot.addWidget(other)
    other.restoreGeometry(QByteArray(b64decode(SettingsFile().settings.geometry)))
    assert other.height() == 666


def test_a_story_says_nothing_in_the_status_line_while_another_page_is_shown(room: Room) -> None:
    page = room.open("spring-sports-meeting")
    assert room.window.status._version.isVisible()
    room.window.show_place("settings")
    page.status_changed.emit()  # as when its loading ends only now
    assert not room.window.status._version.isVisible()
    room.window.show_place("stories")
    assert room.window.status._version.isVisible()
