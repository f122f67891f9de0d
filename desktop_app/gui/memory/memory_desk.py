"""What a person does to the memory from the window: bring files in, write it out, take a file's pairs out again."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.desk import Progress as DeskProgress
from desktop_app.desk.memory import forget_origin
from desktop_app.desk.memory_files import Imported, export_memory, import_memory
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import CancelledError, KnownError
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.kit.texts import Texts

T = TypeVar("T")


class MemoryDesk(QObject):
    """Asks, lets the desk do it away from the window, and tells the bus."""

    said = Signal(str, str)

    def __init__(self, texts: Texts, tasks: Tasks, bus: ChangeBus, window: QWidget) -> None:
        super().__init__(window)
        self._texts, self._tasks, self._bus, self._window = texts, tasks, bus, window
        self._desk: Desk | None = None
        self._person: Person | None = None

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._desk = desk

    def show_person(self, person: Person | None) -> None:
        """Say in whose name the memory is changed."""
        self._person = person

    def ask_import(self) -> None:
        """Ask which files to bring in."""
        kinds = self._texts(N_("Memories (*.tmx *.tsv *.csv *.txt)"))
        title = self._texts(N_("Import into the memory"))
        paths, _kind = QFileDialog.getOpenFileNames(self._window, title, "", kinds)
        if paths:
            self.bring_in([Path(path) for path in paths])

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Bring files into the memory, with progress; each comes in whole or not at all."""
        desk, person = self._desk, self._person
        if desk is None:
            return

        def read(progress: Progress) -> Imported:
            return import_memory(desk, paths, by=person, progress=DeskProgress(progress.report, progress.check))

        def done(taken: Imported) -> None:
            self._bus.publish(taken.changes, "memory")
            text = N_("New in the memory: {added}. Known already: {known}.", added=taken.added, known=taken.known)
            self.said.emit(self._texts(text), "good")

        self._run(read, N_("Importing into the memory"), done)

    def ask_export(self) -> None:
        """Ask where the memory is to be written."""
        kinds = self._texts(N_("TMX (*.tmx);;Table (*.tsv)"))
        title = self._texts(N_("Export the memory"))
        path, _kind = QFileDialog.getSaveFileName(self._window, title, "memory.tmx", kinds)
        if path:
            self.write_out(Path(path))

    def write_out(self, path: Path) -> None:
        """Write the memory to a file, with progress."""
        desk = self._desk
        if desk is None:
            return

        def write(progress: Progress) -> int:
            return export_memory(desk, path, progress=DeskProgress(progress.report, progress.check)).units

        def told(count: int) -> None:
            text = NN_("{n} pair written to {file}.", "{n} pairs written to {file}.", count, file=path.name)
            self.said.emit(self._texts(text), "good")

        self._run(write, N_("Exporting the memory"), told)

    def ask_forget(self, origin: str, count: int) -> None:
        """Ask, and take out what came in with a file."""
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self._texts(N_("Take a file out of the memory")))
        box.setText(self._texts(NN_(
            "Take the {n} pair of “{name}” out of the memory?", "Take the {n} pairs of “{name}” out of the memory?",
            count, name=origin,
        )))  # fmt: skip
        box.setInformativeText(self._texts(N_("Stories and signed pairs stay. The file can be imported again.")))
        remove = box.addButton(self._texts(N_("Take out")), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(self._texts(N_("Cancel")), QMessageBox.ButtonRole.RejectRole))
        remove.clicked.connect(lambda: self.forget(origin))
        box.open()

    def forget(self, origin: str) -> None:
        """Take out what came in with a file."""
        desk, person = self._desk, self._person
        if desk is None:
            return

        def remove(_progress: Progress) -> Changes:
            return forget_origin(desk, origin, by=person)

        self._run(
            remove, N_("Taking a file out of the memory"), lambda changes: self._bus.publish(changes, "memory")
        )  # fmt: skip

    def _run(self, job: Callable[[Progress], T], title: Message, on_done: Callable[[T], None]) -> None:
        def failed(error: KnownError) -> None:
            cancelled = isinstance(error, CancelledError)
            text = self._texts(N_("Stopped; nothing was changed.")) if cancelled else self._texts.located(error)
            self.said.emit(text, "accent" if cancelled else "error")

        self._tasks.run(job, title=title, on_done=on_done, on_error=failed, writer=True)
