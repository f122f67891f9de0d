"""What a person does to the termbase from the window: add, change, remove, bring in, write out."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.desk import Progress as DeskProgress
from desktop_app.desk.outputs import ExportedFile
from desktop_app.desk.terms import TermsTaken, add_term, change_term, export_terms, import_terms, remove_term
from desktop_app.domain.people import Person
from desktop_app.domain.terms import Term
from desktop_app.foundation.errors import CancelledError, KnownError
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.terms.term_dialog import TermDialog

T = TypeVar("T")
_NAMED = 3
_MARKS = " \t\n。，、；：！？.,;:!?"


class TermDesk(QObject):
    """Asks, lets the desk do it on the writer's thread, and tells the bus."""

    said = Signal(str, str)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._texts, self._tasks, self._bus, self._window = look, texts, tasks, bus, window
        self._desk: Desk | None = None
        self._person: Person | None = None

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._desk = desk

    def show_person(self, person: Person | None) -> None:
        """Say in whose name the termbase is changed."""
        self._person = person

    def ask_new(self, source: str = "", target: str = "") -> TermDialog | None:
        """Ask for a new term, beginning with what was selected."""
        return self._ask(Term("", source.strip(_MARKS), target.strip(_MARKS)))

    def ask_change(self, term: Term) -> TermDialog | None:
        """Ask how a term is to be changed."""
        return self._ask(term)

    def _ask(self, term: Term) -> TermDialog | None:
        if self._desk is None:
            return None
        dialog = TermDialog(self._look, self._texts, term, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.asked.connect(lambda wanted: self._save(wanted, dialog))
        dialog.open()
        return dialog

    def _save(self, term: Term, dialog: TermDialog) -> None:
        desk, person = self._desk, self._person
        if desk is None:
            return
        dialog.setEnabled(False)

        def write(_progress: Progress) -> Changes:
            if term.id:
                return change_term(desk, term, by=person)[1]
            return add_term(
                desk, term.source, term.target, kind=term.kind, source_short=term.source_short, short=term.short,
                allowed=term.allowed, forbidden=term.forbidden, note=term.note, by=person,
            )[1]  # fmt: skip

        def done(changes: Changes) -> None:
            dialog.accept()
            self._bus.publish(changes, "terms")

        def failed(error: KnownError) -> None:
            dialog.setEnabled(True)
            dialog.show_error(error)

        self._tasks.run(write, title=N_("Saving the term"), on_done=done, on_error=failed, writer=True, quiet=True)

    def ask_remove(self, term: Term) -> None:
        """Ask, and take a term out."""
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self._texts(N_("Remove a term")))
        box.setText(
            self._texts(N_("Remove “{source}” ({target}) from the termbase?", source=term.source, target=term.target))
        )
        remove = box.addButton(self._texts(N_("Remove")), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(self._texts(N_("Cancel")), QMessageBox.ButtonRole.RejectRole))
        remove.clicked.connect(lambda: self.remove(term))
        box.open()

    def remove(self, term: Term) -> None:
        """Take a term out."""
        desk, person = self._desk, self._person
        if desk is not None:
            self._run(
                lambda _progress: remove_term(desk, term.id, by=person), N_("Removing the term"),
                lambda changes: self._bus.publish(changes, "terms"),
            )  # fmt: skip

    def ask_import(self) -> None:
        """Ask which file to bring in."""
        kinds = self._texts(N_("Terms (*.csv *.tsv *.tbx *.xml *.txt)"))
        path, _kind = QFileDialog.getOpenFileName(self._window, self._texts(N_("Import terms")), "", kinds)
        if path:
            self.bring_in(Path(path))

    def bring_in(self, path: Path) -> None:
        """Bring a file of terms in."""
        desk, person = self._desk, self._person
        if desk is None:
            return

        def read(progress: Progress) -> TermsTaken:
            return import_terms(desk, path, by=person, progress=DeskProgress(progress.report, progress.check))

        def done(taken: TermsTaken) -> None:
            self._bus.publish(taken.changes, "terms")
            self._tell(taken)

        self._run(read, N_("Importing terms"), done, quiet=False)

    def _tell(self, taken: TermsTaken) -> None:
        added, changed = len(taken.added), len(taken.changed)
        said = N_(
            "Terms: {added} added, {changed} changed, {unchanged} known already.",
            added=added, changed=changed, unchanged=taken.unchanged,
        )  # fmt: skip
        if not taken.conflicts:
            self.said.emit(self._texts(said), "good")
            return
        left = NN_(
            "{n} entry contradicts the termbase and was left out: {names}",
            "{n} entries contradict the termbase and were left out: {names}",
            len(taken.conflicts), names=", ".join(conflict.theirs.source for conflict in taken.conflicts[:_NAMED]),
        )  # fmt: skip
        self.said.emit(f"{self._texts(said)} {self._texts(left)}", "warning")

    def ask_export(self) -> None:
        """Ask where the termbase is to be written."""
        kinds = self._texts(N_("Table (*.csv);;TBX-Basic (*.tbx)"))
        title = self._texts(N_("Export terms"))
        path, _kind = QFileDialog.getSaveFileName(self._window, title, "terms.csv", kinds)
        if path:
            self.write_out(Path(path))

    def write_out(self, path: Path) -> None:
        """Write the termbase to a file."""
        desk = self._desk
        if desk is None:
            return

        def told(file: ExportedFile) -> None:
            self.said.emit(self._texts(N_("Terms written to {file}.", file=file.path.name)), "good")

        self._run(lambda _progress: export_terms(desk, path), N_("Exporting terms"), told, quiet=False)

    def _run(
        self, job: Callable[[Progress], T], title: Message, on_done: Callable[[T], None], *, quiet: bool = True
    ) -> None:
        def failed(error: KnownError) -> None:
            cancelled = isinstance(error, CancelledError)
            text = self._texts(N_("Stopped; nothing was changed.")) if cancelled else self._texts.located(error)
            self.said.emit(text, "accent" if cancelled else "error")

        self._tasks.run(job, title=title, on_done=on_done, on_error=failed, writer=True, quiet=quiet)
