"""A dialog with one job of its own: a bar shows how far it is, and closing the dialog stops the job first."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget
from shiboken6 import isValid

from desktop_app.desk.desk import Progress as DeskProgress
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import Message
from desktop_app.gui.kit.tasks import Progress, TaskHandle, Tasks

T = TypeVar("T")


class JobDialog(QDialog):
    """What the import and the export dialog share."""

    def __init__(self, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._job: TaskHandle | None = None
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)

    def run_job(
        self,
        title: Message,
        work: Callable[[DeskProgress], T],
        on_done: Callable[[T], None],
        on_error: Callable[[KnownError], None],
    ) -> None:
        """Run ``work`` on the pool; the answer comes when the job is gone from this dialog.

        What it writes takes its turn with those who type: they are told what saving waits for, and nothing fails.
        """

        def run(progress: Progress) -> T:
            return work(DeskProgress(progress.report, progress.check))

        done, failed = after(self._end_job, on_done, on_error)
        self._job = self._tasks.run(run, title=title, on_done=done, on_error=failed)
        self._tasks.running_changed.connect(self._on_progress)

    def _on_progress(self) -> None:
        if self._job is not None:
            self._bar.setRange(0, self._job.total)
            self._bar.setValue(self._job.done)

    def _end_job(self) -> None:
        if self._job is not None:
            self._tasks.running_changed.disconnect(self._on_progress)
            self._job = None

    # Qt overrides

    def reject(self) -> None:
        if self._job is not None:
            self._job.cancel()  # the answer comes as an error; the dialog stays to be used again
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job is not None:
            self._job.cancel()
            event.ignore()
        else:
            super().closeEvent(event)


def after(
    ended: Callable[[], None], on_done: Callable[[T], None], on_error: Callable[[KnownError], None]
) -> tuple[Callable[[T], None], Callable[[KnownError], None]]:
    """The two ways a job can end, each after ``ended``."""

    def done(result: T) -> None:
        ended()
        on_done(result)

    def failed(error: KnownError) -> None:
        ended()
        on_error(error)

    return done, failed


def run_over(
    dialog: QDialog | None,
    tasks: Tasks,
    job: Callable[[Progress], T],
    title: Message,
    on_done: Callable[[T], None],
    on_error: Callable[[KnownError], None],
    *,
    writer: bool = True,
) -> None:
    """Run a job that was asked for in a dialog of somebody else's; until it has ended the dialog takes nothing.

    The dialog may be gone by then, and may never have been there.
    """

    def ended() -> None:
        if dialog is not None and isValid(dialog):
            dialog.setEnabled(True)

    done, failed = after(ended, on_done, on_error)
    if dialog is not None:
        dialog.setEnabled(False)
    tasks.run(job, title=title, on_done=done, on_error=failed, writer=writer, quiet=True)
