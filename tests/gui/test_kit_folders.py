"""Dialogs for files begin where the last file was, else among the documents."""

from pathlib import Path

from desktop_app.foundation.settings import SettingsFile
from desktop_app.gui.kit.folders import Folders, documents
from desktop_app.gui.shell.taste import Taste


def test_the_first_dialog_begins_among_the_documents(qapp) -> None:
    folders = Folders()
    assert folders.start() == str(documents())
    assert folders.start("key.diptych-key") == str(documents() / "key.diptych-key")


def test_the_next_begins_where_the_last_file_was(qapp, tmp_path: Path, qtbot) -> None:
    folders = Folders()
    with qtbot.waitSignal(folders.changed) as told:
        folders.remember(tmp_path / "a.pdf")
    assert told.args == [str(tmp_path)]
    assert folders.start("b.pdf") == str(tmp_path / "b.pdf")


def test_a_folder_that_is_gone_is_passed_over(qapp, tmp_path: Path) -> None:
    folders = Folders()
    folders.use(str(tmp_path / "gone"))
    assert folders.start() == str(documents())


def test_the_folder_is_known_in_the_next_run(qapp, look, tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path / "settings.json")
    taste = Taste(look, settings, qapp)
    Folders.in_force().remember(tmp_path / "a.pdf")
    assert SettingsFile(tmp_path / "settings.json").settings.folder == str(tmp_path)
    Folders.in_force().use("")
    taste.deleteLater()
