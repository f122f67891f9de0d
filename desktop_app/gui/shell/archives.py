"""The archive's coming and going: which folder is asked for, opened, remembered, and left again."""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.desk.places import PACKAGE_SUFFIX, is_package, may_come_home
from desktop_app.foundation.errors import CancelledError, KnownError
from desktop_app.foundation.messages import N_
from desktop_app.foundation.settings import SettingsFile
from desktop_app.gui.kit.folders import documents
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.packing.unpack_dialog import UnpackDialog
from desktop_app.gui.shell.new_archive import NewArchiveDialog
from desktop_app.gui.shell.opening import Opened, Opening
from desktop_app.gui.shell.welcome import Way, Welcome


class Archives(QObject):
    """``opened(Opened)`` when one is ready, ``failed`` when none is; before that ``may_leave`` must say yes.

    ``arrived(files)`` after that, with the file that the program was started with.
    """

    opened = Signal(object)
    failed = Signal()
    arrived = Signal(object)

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, settings: SettingsFile, welcome: Welcome,
        may_leave: Callable[[], bool], window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._look = look
        self._texts = texts
        self._settings = settings
        self._welcome = welcome
        self._may_leave = may_leave
        self._arriving: Path | None = None
        self._open = False
        self._window = window
        self._opening = Opening(tasks, settings.path.parent, self)
        self._opening.opened.connect(self._on_opened)
        self._opening.failed.connect(self._on_failed)
        welcome.asked.connect(self.ask)
        welcome.recent_chosen.connect(self.open)

    def start(self, folder: Path | None) -> None:
        """Open ``folder``, else the archive of the last time, else offer the ways in.

        Where it is a file that may come home, the archive of the last time says what it is.
        """
        last = self._settings.settings.archive
        if folder is not None and may_come_home(folder):
            self._arriving, folder = folder, None
        chosen = folder or (Path(last) if last else None)
        if chosen is not None:
            self.open(chosen)
            return
        self._welcome.show_ways(self._settings.settings.recent)
        self._take_arriving()

    def _take_arriving(self) -> None:
        """Take the file that the program was started with: without an archive a package can still be opened."""
        file, self._arriving = self._arriving, None
        if file is not None and self._open:
            self.arrived.emit([file])
        elif file is not None and is_package(file):
            self.ask_unpack(file)

    def ask(self, way: Way) -> None:
        """Ask for the folder of one of the ways."""
        if way is Way.NEW:
            dialog = NewArchiveDialog(self._look, self._texts, self._window)
            dialog.asked.connect(self.create)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()
            return
        if way is Way.RESTORE:
            self._ask_restore()
            return
        if way is Way.PACKAGE:
            self._ask_package()
            return
        opening = way is Way.OPEN
        title = N_("Choose the folder of an archive") if opening else N_("Choose an empty folder for the sample")
        name = QFileDialog.getExistingDirectory(self._window, self._texts(title), str(documents()))
        if name and opening:
            self.open(Path(name))
        elif name:
            self.create_sample(Path(name))

    def _ask_restore(self) -> None:
        kinds = self._texts(N_("Backups ({patterns})", patterns="*.zip"))
        title = self._texts(N_("Choose a backup"))
        backup, _ = QFileDialog.getOpenFileName(self._window, title, str(documents()), kinds)
        if not backup:
            return
        title = self._texts(N_("Choose an empty folder for the restored archive"))
        folder = QFileDialog.getExistingDirectory(self._window, title, str(documents()))
        if folder:
            self.restore(Path(backup), Path(folder))

    def _ask_package(self) -> None:
        kinds = self._texts(N_("Work packages ({patterns})", patterns=f"*{PACKAGE_SUFFIX}"))
        title = self._texts(N_("Choose a work package"))
        file, _ = QFileDialog.getOpenFileName(self._window, title, str(documents()), kinds)
        if file:
            self.ask_unpack(Path(file))

    def ask_unpack(self, file: Path) -> None:
        """Ask where the small archive of a work package is to lie."""
        dialog = UnpackDialog(self._look, self._texts, file, self._window)
        dialog.asked.connect(self.unpack)
        dialog.open()

    def unpack(self, file: Path, folder: Path) -> None:
        """Make a small archive of a work package in a new folder and open it."""
        if self._may_leave():
            self._welcome.show_opening(folder)
            self._opening.unpack(file, folder)

    def restore(self, backup: Path, folder: Path) -> None:
        """Make an archive of a backup in an empty folder and open it."""
        if self._may_leave():
            self._welcome.show_opening(folder)
            self._opening.restore(backup, folder)

    def open(self, folder: Path) -> None:
        """Open the archive in ``folder`` in place of the one that is open."""
        folder = folder.absolute()
        if self._may_leave():
            self._welcome.show_opening(folder)
            self._opening.open(folder, self._settings.settings.people.get(os.path.abspath(folder)))

    def create(self, folder: Path, policy: str) -> None:
        """Make an archive in ``folder`` and open it."""
        if self._may_leave():
            self._welcome.show_opening(folder)
            self._opening.create(folder, policy)

    def create_sample(self, folder: Path) -> None:
        """Make the sample archive in ``folder``, or in a new folder inside where that one is in use."""
        if folder.is_dir() and any(folder.iterdir()):
            folder = folder / self._texts(N_("Diptych sample"))
        if self._may_leave():
            self._welcome.show_opening(folder)
            self._opening.create_sample(folder)

    def _on_opened(self, opened: Opened) -> None:
        self._settings.take(self._settings.settings.with_archive(opened.folder))
        self._open = True
        self.opened.emit(opened)
        self._take_arriving()

    def _on_failed(self, folder: Path, error: KnownError) -> None:
        self._open, recent = False, self._settings.settings.recent
        if isinstance(error, CancelledError):
            self._welcome.show_ways(recent)
        else:
            self._welcome.show_trouble(folder, error, recent)
        self.failed.emit()
        self._take_arriving()
