"""Align two files: choose them, look through the pairs, correct by hand, and put them into the memory or a file."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.desk.alignments import align_files, take_pairs, write_pairs
from desktop_app.desk.desk import Desk, Progress
from desktop_app.desk.memory import Taken
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import CancelledError, KnownError
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.alignment.pairs_list import PairsDelegate, PairsModel
from desktop_app.gui.kit.chip_flow import ChipFlow
from desktop_app.gui.kit.drops import local_files
from desktop_app.gui.kit.flow_list import FlowList
from desktop_app.gui.kit.job_dialog import JobDialog
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState, InlineMessage, push_button
from desktop_app.language.alignment.pairing import Pairing

Correction = Callable[[Pairing, int], Pairing | None]


class _Pairs(FlowList):
    """Left and Right choose the side; what else a key does, the dialog's shortcuts say."""

    side_chosen = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.side_chosen.emit("source" if event.key() == Qt.Key.Key_Left else "target")
        else:
            super().keyPressEvent(event)


class AlignDialog(JobDialog):
    """``taken(Changes)`` when pairs went into the memory, ``said(text, tone)`` when they were written to a file."""

    taken = Signal(object)
    said = Signal(str, str)

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, desk: Desk, person: Person | None, parent: QWidget
    ) -> None:
        super().__init__(tasks, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look, self._texts, self._desk, self._person = look, texts, desk, person
        self._origin = ""
        self._first: list[Path] = []
        self._past: list[tuple[Pairing, int]] = []
        self._future: list[tuple[Pairing, int]] = []
        self._changed = False
        self._model = PairsModel(texts, self)
        self._build()
        self.setAcceptDrops(True)
        self._show()

    def _build(self) -> None:
        texts, look = self._texts, self._look
        self.setWindowTitle(texts(N_("Align two files")))
        self._empty = EmptyState(
            look, "link", texts(N_("Drop a Chinese page and its English here")),
            texts(N_("Both are cut into sentences and put against each other; what is doubtful is marked.")),
            texts(N_("Choose two files…")), self,
        )  # fmt: skip
        self._empty.clicked.connect(self._on_choose)
        self.list = _Pairs(texts(N_("Pairs of sentences")), self)
        self.list.setModel(self._model)
        languages = self._desk.house().languages
        self.list.setItemDelegate(PairsDelegate(look, self._model, (languages.source, languages.target), self.list))
        self.list.side_chosen.connect(self._on_side)
        self.list.clicked.connect(lambda _index: self._show_foot())
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        self.message = InlineMessage(look, texts(N_("Close")), self)
        self._summary = QLabel(self)
        self._summary.setProperty("role", "muted")
        self._cancel = push_button(texts(N_("Close")), "", self)
        self._cancel.clicked.connect(self.reject)
        self.save = push_button(texts(N_("Save as…")), "", self)
        self.save.clicked.connect(self._on_save)
        self.go = push_button(texts(N_("Put into the memory")), "primary", self)
        self.go.clicked.connect(self._on_take)
        self._lay_out()

    def _tools(self) -> ChipFlow:
        """The buttons of the corrections, each with its key."""
        line = ChipFlow(2)
        self._buttons: list[QWidget] = []
        tools: tuple[tuple[Message, str, Callable[[], None]], ...] = (
            (N_("Move up"), "Alt+Shift+Up", lambda: self.correct(self._mover(-1), go=-1)),
            (N_("Move down"), "Alt+Shift+Down", lambda: self.correct(self._mover(1), go=1)),
            (N_("Split"), "Ctrl+T", lambda: self.correct(Pairing.split)),
            (N_("Join"), "Ctrl+J", lambda: self.correct(Pairing.joined)),
            (N_("Part the sides"), "Ctrl+Shift+T", lambda: self.correct(Pairing.parted)),
            (N_("Leave out"), "Del", lambda: self.correct(Pairing.toggled)),
            (N_("It is right"), "Ctrl+Return", lambda: self.correct(Pairing.approved, go=1)),
            (N_("Next doubtful"), "F8", self._on_next_doubtful),
            (N_("Undo"), "Ctrl+Z", lambda: self._travel(self._past, self._future)),
            (N_("Redo"), "Ctrl+Shift+Z", lambda: self._travel(self._future, self._past)),
        )
        for title, key, act in tools:
            button = push_button(self._texts(title), "flat", self)
            sequence = QKeySequence(key, QKeySequence.SequenceFormat.PortableText)
            button.setToolTip(sequence.toString(QKeySequence.SequenceFormat.NativeText))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(act)
            QShortcut(sequence, self).activated.connect(act)
            self._buttons.append(button)
            line.addWidget(button)
        return line

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._summary, 1)
        foot.addWidget(self._bar, 1)
        foot.addWidget(self._cancel)
        foot.addWidget(self.save)
        foot.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        layout.addLayout(self._tools())
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.message)
        layout.addLayout(foot)
        room = self.screen().availableSize()
        px = self._look.theme.px
        self.resize(min(px(960), room.width() - 40), min(px(680), room.height() - 60))

    # Reading

    def add_files(self, files: Sequence[Path]) -> None:
        """Align two files, which may come one after the other; more than two are asked for again."""
        chosen = [*self._first, *files]
        self._first = []
        if len(chosen) == 1:
            self._first = chosen
            text = N_("{file} is chosen. Now choose the page in the other language.", file=chosen[0].name)
            self.message.show_text(self._texts(text), "accent")
            return
        if len(chosen) != 2:
            self.message.show_text(self._texts(N_("Choose two files: a Chinese page and its English.")), "warning")
            return
        one, other, desk = chosen[0], chosen[1], self._desk
        self.message.dismiss()

        def read(progress: Progress) -> tuple[Pairing, Path, Path]:
            return align_files(desk, one, other, progress=progress)

        self.run_job(N_("Aligning two files"), read, self._take, self._on_failed)
        self._show()

    def _take(self, read: tuple[Pairing, Path, Path]) -> None:
        pairing, source, target = read
        self._origin = target.name
        title = N_("Align two files: {source} and {target}", source=source.name, target=target.name)
        self.setWindowTitle(self._texts(title))
        self._past, self._future, self._changed = [], [], False
        self._model.show_pairing(pairing)
        self._show()
        self._go_to(0)
        self.list.setFocus()
        if 2 * sum(1 for row in pairing.rows if row.is_doubtful) >= len(pairing.rows):
            text = N_("Most rows do not fit. Are these two pages of the same story?")
            self.message.show_text(self._texts(text), "warning")

    # Correcting

    @property
    def pairing(self) -> Pairing:
        """The pairs as they stand."""
        return self._model.pairing

    def row(self) -> int:
        """The row that the keys act on, -1 without any."""
        return self.list.currentIndex().row()

    def correct(self, change: Correction, *, go: int = 0) -> None:
        """Change the pairing at the current row, as one step that can be undone, and go on by ``go`` rows."""
        row = self.row()
        if row < 0:
            return
        before = self.pairing
        after = change(before, row)
        if after is None or after == before:
            return
        self._past.append((before, row))
        self._future.clear()
        self._changed = True
        shrunk = len(after.rows) - len(before.rows)
        self._replace(after, row + go + (shrunk if shrunk < 0 and go > 0 else 0))

    def _mover(self, way: int) -> Correction:
        side = self._model.side
        return lambda pairing, row: pairing.moved(row, side, way)

    def _travel(self, one: list[tuple[Pairing, int]], other: list[tuple[Pairing, int]]) -> None:
        if one:
            pairing, row = one.pop()
            other.append((self.pairing, self.row()))
            self._replace(pairing, row)

    def _replace(self, pairing: Pairing, row: int) -> None:
        held = self.list.verticalScrollBar().value()
        self._model.show_pairing(pairing)
        self.list.verticalScrollBar().setValue(held)
        self._go_to(min(max(row, 0), len(pairing.rows) - 1))
        self._show_foot()

    def _go_to(self, row: int) -> None:
        index = self._model.index(row)
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.list.scrollTo(index)

    def _on_side(self, side: str) -> None:
        self._model.side = "source" if side == "source" else "target"
        self.list.viewport().update()

    def _on_next_doubtful(self) -> None:
        found = self.pairing.next_doubtful(self.row())
        if found is not None:
            self._go_to(found)

    # What comes of it

    def _on_take(self) -> None:
        desk, pairing, origin, person = self._desk, self.pairing, self._origin, self._person

        def take(progress: Progress) -> Taken:
            return take_pairs(desk, pairing, origin, by=person, progress=progress)

        self.run_job(N_("Putting pairs into the memory"), take, self._on_taken, self._on_failed)
        self._show()

    def _on_taken(self, taken: Taken) -> None:
        self._changed = False
        self.taken.emit(taken.changes)
        text = N_("New in the memory: {added}. Known already: {known}.", added=taken.added, known=taken.known)
        self.said.emit(self._texts(text), "good")
        self.accept()

    def _on_save(self) -> None:
        kinds = self._texts(N_("TMX (*.tmx);;Table (*.tsv)"))
        start = f"{Path(self._origin).stem}.tmx"
        name, _kind = QFileDialog.getSaveFileName(self, self._texts(N_("Save the pairs")), start, kinds)
        if name:
            self.write_to(Path(name))

    def write_to(self, path: Path) -> None:
        """Write the pairs to a file."""
        desk, pairing, origin = self._desk, self.pairing, self._origin

        def write(progress: Progress) -> int:
            return write_pairs(desk, pairing, origin, path, progress=progress)

        def done(count: int) -> None:
            self._changed = False
            self._show()
            text = NN_("{n} pair written to {file}.", "{n} pairs written to {file}.", count, file=path.name)
            self.message.show_text(self._texts(text), "good")
            self.list.setFocus()

        self.run_job(N_("Writing the pairs"), write, done, self._on_failed)
        self._show()

    def _on_failed(self, error: KnownError) -> None:
        self._show()
        if not isinstance(error, CancelledError):
            subject = f"{Path(error.subject).name}: " if error.subject else ""
            self.message.show_text(f"{subject}{self._texts.error(error)}", "error")

    # What is shown

    def _show(self) -> None:
        busy, some = self._job is not None, bool(self.pairing.rows)
        self._stack.setCurrentIndex(1 if some else 0)
        self._bar.setVisible(busy)
        self._summary.setVisible(not busy)
        self._stack.setEnabled(not busy)
        for button in self._buttons:
            button.setEnabled(some and not busy)
        self._show_foot()

    def _show_foot(self) -> None:
        pairs = sum(1 for row in self.pairing.rows if row.is_whole and not row.left_out)
        left = len(self.pairing.rows) - pairs
        doubtful = sum(1 for row in self.pairing.rows if row.is_doubtful and row.is_whole)
        parts = [
            self._texts(NN_("{n} pair", "{n} pairs", pairs)),
            self._texts(N_("{n} left out or without an answer", n=left)) if left else "",
            self._texts(N_("{n} doubtful", n=doubtful)) if doubtful else "",
        ]
        self._summary.setText(" · ".join(part for part in parts if part) if self.pairing.rows else "")
        ready = bool(pairs) and self._job is None
        self.save.setEnabled(ready)
        self.go.setEnabled(ready and self._desk.archive.writable)

    def _on_choose(self) -> None:
        kinds = self._texts(N_("Texts and pages ({patterns})", patterns="*.txt *.html *.htm"))
        title = self._texts(N_("Choose a Chinese page and its English"))
        names, _kind = QFileDialog.getOpenFileNames(self, title, "", kinds)
        if names:
            self.add_files([Path(name) for name in names])

    # Qt overrides

    def reject(self) -> None:
        if self._job is not None or not self._changed:
            super().reject()
            return
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self._texts(N_("Align two files")))
        box.setText(self._texts(N_("Close without using these pairs?")))
        box.setInformativeText(self._texts(NN_(
            "{n} correction would be lost.", "{n} corrections would be lost.", len(self._past)
        )))  # fmt: skip
        lose = box.addButton(self._texts(N_("Close anyway")), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(self._texts(N_("Go on correcting")), QMessageBox.ButtonRole.RejectRole))
        lose.clicked.connect(super().reject)
        box.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add_files(local_files(event.mimeData()))
