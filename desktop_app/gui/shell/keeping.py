"""Keeping the archive safe: a backup in one file, and the proof that nothing was altered."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.desk.backups import back_up
from desktop_app.desk.desk import Desk
from desktop_app.desk.desk import Progress as DeskProgress
from desktop_app.desk.verification import Found, Problem, verify
from desktop_app.foundation.ids import Clock, utc_now
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.kit.folders import documents
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.kit.texts import Texts

_NAMED = 3  # problems that a message names; the command line lists them all


class Keeping(QObject):
    """``said(text, tone)`` when it is done, ``failed(KnownError)`` when it cannot be."""

    said = Signal(str, str)
    failed = Signal(object)

    def __init__(self, texts: Texts, tasks: Tasks, window: QWidget, now: Clock = utc_now) -> None:
        super().__init__(window)
        self._texts = texts
        self._tasks = tasks
        self._window = window
        self._now = now

    def ask_backup(self, desk: Desk) -> None:
        """Ask where the backup goes, and write it."""
        day = self._now().astimezone().strftime("%Y-%m-%d")
        suggested = documents() / f"{desk.folder.name}-{day}.zip"
        title, kinds = self._texts(N_("Back up the archive")), self._texts(N_("Backups ({patterns})", patterns="*.zip"))
        name, _ = QFileDialog.getSaveFileName(self._window, title, str(suggested), kinds)
        if name:
            self.back_up(desk, Path(name))

    def back_up(self, desk: Desk, target: Path) -> None:
        """Write a backup; the status bar shows how far it is."""

        def run(progress: Progress) -> tuple[Problem, ...]:
            return back_up(desk, target, progress=DeskProgress(progress.report, progress.check))

        def done(problems: tuple[Problem, ...]) -> None:
            if problems:
                text = NN_(
                    "The backup is written, but {n} original in it is not what it was. Check the whole archive.",
                    "The backup is written, but {n} originals in it are not what they were. Check the whole archive.",
                    len(problems),
                )
                self.said.emit(self._texts(text), "error")
                return
            text = N_("The backup is written: {name}. Keep it in another place.", name=target.name)
            self.said.emit(self._texts(text), "good")

        self._tasks.run(run, title=N_("Backing up"), on_done=done, on_error=self.failed.emit)

    def verify(self, desk: Desk) -> None:
        """Compare everything with its digests."""

        def run(progress: Progress) -> Found:
            return verify(desk, progress=DeskProgress(progress.report, progress.check))

        self._tasks.run(
            run, title=N_("Checking the whole archive"), on_done=self._on_verified, on_error=self.failed.emit
        )

    def _on_verified(self, found: Found) -> None:
        if not found.problems:
            count = sum(found.checked.values())
            text = NN_("{n} entry checked: nothing was altered.", "{n} entries checked: nothing was altered.", count)
            self.said.emit(self._texts(text), "good")
            return
        reasons = "; ".join(dict.fromkeys(self._texts(problem.reason) for problem in found.problems[:_NAMED]))
        text = NN_("{n} problem: {reasons}", "{n} problems: {reasons}", len(found.problems), reasons=reasons)
        self.said.emit(self._texts(text), "error")
