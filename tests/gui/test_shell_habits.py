"""Small habits of the window: languages and sizes in turn, the key of a fix, what Escape closes, where the list is."""

import os
import signal
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from shell_room import PATIENCE, Room, enter, soon

from desktop_app.foundation.settings import SettingsFile
from desktop_app.gui import app as program_module
from desktop_app.gui.app import Program
from desktop_app.gui.review.finding_card import FindingCard
from desktop_app.gui.shell.settings_page import SettingsPage
from desktop_app.gui.shell.stop import Stop


def test_a_second_change_of_language_and_other_sizes_after_it(qapp, archive: Path, qtbot) -> None:
    program = Program(qapp, SettingsFile())
    program.open_window(archive)
    for _ in range(2):
        window = program.window
        assert window is not None
        enter(window, archive, qtbot)
        window.switch_language()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    window = program.window
    assert window is not None
    enter(window, archive, qtbot)
    window.taste.larger()  # an error in a slot fails the test
    window.taste.toggle_theme()
    assert window.close()


def test_a_short_path_is_kept_whole(window, archive: Path, settings, qtbot, monkeypatch) -> None:
    monkeypatch.chdir(archive.parent)
    room = enter(window, Path(archive.name), qtbot)
    room.sit("WANG Fang")
    assert settings.settings.archive == str(archive)
    assert list(settings.settings.people) == [str(archive)]


def test_the_fix_of_the_active_segment_is_one_key_away(room: Room, qtbot) -> None:
    page = room.open("new-materials-conference")
    finding = next(f for f in page.findings if f.fix is not None)
    without = next(s.id for s in page.editor.story().content.segments() if s.id != finding.segment
                   and not any(f.segment == s.id and f.fix for f in page.findings))  # fmt: skip
    action = room.window.registry.action("apply-fix")
    page.editor.go_to(without)
    assert not action.isEnabled()
    page.editor.go_to(finding.segment)
    assert action.isEnabled()
    said = str(finding.message)

    def buttons() -> list[QPushButton]:
        cards = [card for card in page.checks.findChildren(FindingCard) if card.accessibleName().endswith(said)]
        return cards[0].findChildren(QPushButton) if cards else []

    soon(qtbot, lambda: bool(buttons()))
    assert "Ctrl+F8" in buttons()[0].toolTip()

    QTest.keyClick(page.editor._sheet.live, Qt.Key.Key_F8, Qt.KeyboardModifier.ControlModifier)

    shown = {s.id: s.target for s in page.editor.story().content.segments()}
    assert shown[finding.segment] == finding.fix.target
    assert page.editor.active_fix() is None, "what was found before the change may not fit any more"
    page.editor.undo()
    soon(qtbot, lambda: page.editor.active_fix() is not None)


def test_the_story_that_was_imported_is_chosen_in_the_list(room: Room, qtbot, tmp_path: Path) -> None:
    from desktop_app.desk.importing import import_pages  # noqa: PLC0415 - the window has loaded it by now

    library = room.place.stories.library
    library.select(room.story("new-library-opens"))
    (tmp_path / "fresh.txt").write_text("新闻一则\n\n今天下午，学校举行了会议。\n", "utf-8")
    imported = import_pages(room.desk, [tmp_path / "fresh.txt"], by=room.place.people.person)
    fresh = [story.id for story in imported.stories]
    room.place.rooms.transfer._on_imported(fresh, imported.changes)
    soon(qtbot, lambda: library.selected() == fresh)


@pytest.mark.parametrize(("key", "modifier"), [(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
                                               (Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)])  # fmt: skip
def test_help_is_closed_by_the_keyboard(room: Room, qtbot, key, modifier) -> None:
    room.window.show_help()
    window = room.window._help
    assert window is not None
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE)
    QTest.keyClick(window.text, key, modifier)
    assert not window.isVisible()
    assert room.window.isVisible()


def test_the_largest_text_leaves_every_size_readable(look, texts, settings, qtbot) -> None:
    page = SettingsPage(look, texts, settings.settings)
    qtbot.addWidget(page)
    page.resize(560, 500)
    page.show()
    look.use(scale=2.0)
    buttons = page._scale._buttons.values()
    qtbot.waitUntil(lambda: all(button.width() >= button.sizeHint().width() > 100 for button in buttons))


def test_an_end_that_is_asked_for_at_once_is_answered(qapp, archive: Path, monkeypatch) -> None:
    """The signal comes while the settings are still being read."""

    def slow() -> SettingsFile:
        os.kill(os.getpid(), signal.SIGINT)
        return SettingsFile()

    ended = []
    monkeypatch.setattr(program_module, "SettingsFile", slow)
    monkeypatch.setattr(program_module, "_application", lambda: qapp)
    monkeypatch.setattr(program_module, "log_to_file", lambda: None)
    monkeypatch.setattr(program_module.Program, "close_window", lambda self: ended.append(self.window.close()))
    monkeypatch.setattr(qapp, "exec", lambda: soon_ended(qapp, ended), raising=False)
    assert program_module.run_window(archive) == 0
    assert ended == [True]


def soon_ended(app, ended: list) -> int:
    while not ended:
        app.processEvents()
    return 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that asks a program to end")
def test_being_asked_to_end_closes_the_window(qapp, qtbot) -> None:
    closed: list[bool] = []
    stop = Stop(lambda: closed.append(True))
    try:
        os.kill(os.getpid(), signal.SIGTERM)
        qtbot.waitUntil(lambda: closed == [True])
    finally:
        stop.remove()
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
