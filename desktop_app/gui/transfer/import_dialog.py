"""The import dialog: choose files, see what was recognised, take it in."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk.desk import Desk, Progress
from desktop_app.desk.importing import Imported, import_pages, import_pair
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import CancelledError, KnownError
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.kit.drops import local_files
from desktop_app.gui.kit.folders import Folders
from desktop_app.gui.kit.job_dialog import JobDialog
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Progress as ReadingProgress
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState, InlineMessage, SegmentedControl, push_button
from desktop_app.gui.transfer.drafter_choice import DrafterChoice
from desktop_app.gui.transfer.preview import PreviewCard
from desktop_app.gui.transfer.trial import Recognised, read_files, read_pair

APART, PAIR = "apart", "pair"


class ImportDialog(JobDialog):
    """Reads on trial as soon as files are there; ``imported(ids, Changes)`` when they are in the archive."""

    imported = Signal(list, object)

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, desk: Desk, person: Person | None, parent: QWidget
    ) -> None:
        super().__init__(tasks, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look = look
        self._texts = texts
        self._desk = desk
        self._person = person
        self._files: list[Path] = []
        self._trials: dict[Path, Recognised] = {}
        self._pair: Recognised | None = None
        self._reading = Latest(tasks, N_("Reading the files"), self)
        self._cards: list[PreviewCard] = []
        self._build()
        self.setAcceptDrops(True)
        self._show()

    def _build(self) -> None:
        texts, look = self._texts, self._look
        self.setWindowTitle(texts(N_("Import")))
        self._add = push_button(texts(N_("Add files…")), "outline", self)
        self._add.clicked.connect(self._on_add)
        self.mode = SegmentedControl(
            [(APART, texts(N_("Each file is a story"))), (PAIR, texts(N_("Two files are one story")))],
            texts(N_("How the files become stories")), self,
        )  # fmt: skip
        self.mode.chosen.connect(lambda _mode: self._on_mode())
        self._empty = EmptyState(
            look, "import", texts(N_("Drop files here")),
            texts(N_("Text files and web pages. A Chinese page and its English become one aligned story.")),
            texts(N_("Choose files…")), self,
        )  # fmt: skip
        self._empty.clicked.connect(self._on_add)
        inner = QWidget(self)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(scroll)
        self.drafter = DrafterChoice(texts, self._tasks, self._desk, self._person, self)
        self.drafter.failed.connect(self._on_failed)
        self.message = InlineMessage(look, texts(N_("Close")), self)
        self._note = QLabel(self)
        self._note.setProperty("role", "muted")
        self._cancel = push_button(texts(N_("Cancel")), "", self)
        self._cancel.clicked.connect(self.reject)
        self.go = push_button("", "primary", self)
        self.go.setDefault(True)
        self.go.clicked.connect(self._on_import)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.mode)
        top.addStretch(1)
        top.addWidget(self._add)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._note, 1)
        foot.addWidget(self._bar, 1)
        foot.addWidget(self._cancel)
        foot.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.drafter)
        layout.addWidget(self.message)
        layout.addLayout(foot)
        self.resize(self._look.theme.px(680), self._look.theme.px(560))

    def add_files(self, files: Sequence[Path]) -> None:
        """Take more files and read them on trial."""
        fresh = [path for path in dict.fromkeys(files) if path not in self._files]
        if not fresh:
            return
        self._files += fresh
        self._pair = None
        self._show()
        missing = [path for path in self._files if path not in self._trials]
        desk = self._desk

        def read(progress: ReadingProgress) -> list[Recognised]:
            return read_files(desk, missing, progress)

        self._reading.ask(read, self._take, self._on_failed)

    def _take(self, trials: list[Recognised]) -> None:
        self._trials.update({trial.files[0]: trial for trial in trials})
        if self._pairable() is not None and len(self._trials) == len(trials):
            self.mode.choose(PAIR)
            self._read_pair()
        else:
            self._show()

    def _pairable(self) -> tuple[Path, Path] | None:
        """The Chinese and the English file where there is exactly one of each."""
        sides = {self._trials[path].one_sided: path for path in self._files if path in self._trials}
        fits = len(self._files) == 2 and set(sides) == {"source", "target"}
        return (sides["source"], sides["target"]) if fits else None

    def _read_pair(self) -> None:
        pair, desk = self._pairable(), self._desk
        if pair is not None:
            self._reading.ask(lambda _progress: read_pair(desk, *pair), self._take_pair, self._on_failed)
        self._show()

    def _take_pair(self, recognised: Recognised) -> None:
        self._pair = recognised
        self._show()

    def _shown(self) -> list[Recognised]:
        if self.mode.current() == PAIR:
            return [self._pair] if self._pair is not None else []
        return [self._trials[path] for path in self._files if path in self._trials]

    def _good(self) -> list[Recognised]:
        return [one for one in self._shown() if one.story is not None]

    def _show(self) -> None:
        if self._pairable() is None:
            self.mode.choose(APART)
        for card in self._cards:
            card.deleteLater()
        self._cards = [self._card(recognised) for recognised in self._shown()]
        for place, card in enumerate(self._cards):
            self._column.insertWidget(place, card)
        self._stack.setCurrentIndex(1 if self._files else 0)
        self.mode.setVisible(self._pairable() is not None)
        self._add.setVisible(bool(self._files))
        self.drafter.setVisible(bool(self._files))
        self._show_foot()

    def _show_foot(self) -> None:
        good, busy = len(self._good()), self._job is not None
        self.go.setText(self._texts(NN_("Import {n} story", "Import {n} stories", good) if good else N_("Import")))
        self.go.setEnabled(bool(good) and not busy)
        self._bar.setVisible(busy)
        refused = len(self._shown()) - good
        if self._reading.waiting:
            note = self._texts(N_("Reading…"))
        elif refused:
            note = self._texts(NN_("{n} file cannot be taken in.", "{n} files cannot be taken in.", refused))
        else:
            note = self._texts(N_("Nothing is written before you import.")) if good else ""
        self._note.setText(note)
        self._note.setVisible(not busy)
        for part in (self._add, self.mode, self._stack, self.drafter):
            part.setEnabled(not busy)

    def _card(self, recognised: Recognised) -> PreviewCard:
        card = PreviewCard(self._look, self._texts, recognised, self)
        card.remove_asked.connect(lambda: self._remove(recognised))
        return card

    def _remove(self, recognised: Recognised) -> None:
        self._files = [path for path in self._files if path not in recognised.files]
        self._pair = None
        self._show()

    def _on_mode(self) -> None:
        if self.mode.current() == PAIR and self._pair is None:
            self._read_pair()
        else:
            self._show()

    def _on_add(self) -> None:
        kinds = self._texts(N_("Texts and pages ({patterns})", patterns="*.txt *.html *.htm *.xlf *.xliff"))
        every = self._texts(N_("All files ({patterns})", patterns="*"))
        title = self._texts(N_("Choose files to import"))
        folders = Folders.in_force()
        names, _ = QFileDialog.getOpenFileNames(self, title, folders.start(), f"{kinds};;{every}")
        if names:
            folders.remember(Path(names[0]))
        self.add_files([Path(name) for name in names])

    def _on_import(self) -> None:
        good, desk, person = self._good(), self._desk, self._person
        as_pair, drafts = self.mode.current() == PAIR, self.drafter.chosen()

        def run(progress: Progress) -> Imported:
            if as_pair:
                return import_pair(desk, *good[0].files, by=person, drafter=drafts, progress=progress)
            return import_pages(desk, [one.files[0] for one in good], by=person, drafter=drafts, progress=progress)

        self.message.dismiss()
        self.run_job(N_("Importing stories"), run, self._on_imported, self._on_failed)
        self._show_foot()

    def _on_imported(self, imported: Imported) -> None:
        self.imported.emit([story.id for story in imported.stories], imported.changes)
        self.accept()

    def _on_failed(self, error: KnownError) -> None:
        if not isinstance(error, CancelledError):
            subject = f"{Path(error.subject).name}: " if error.subject else ""
            self.message.show_text(f"{subject}{self._texts.error(error)}", "error")
        self._show_foot()

    # Qt overrides

    def reject(self) -> None:
        if self._job is None:
            self._reading.forget()
            self.drafter.stop()
        super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add_files(local_files(event.mimeData()))
