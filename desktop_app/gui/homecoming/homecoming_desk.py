"""Opens the dialogs about coming home, and tells the window what comes of them."""

from collections import deque
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.desk.bringing_home import BroughtHome
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.desk import Progress as DeskProgress
from desktop_app.desk.places import HOME_SUFFIXES, may_come_home
from desktop_app.desk.recognising import Errand, errand_of
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.homecoming.conflicts_dialog import ConflictsDialog
from desktop_app.gui.homecoming.dialog import HomecomingDialog
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.folders import Folders
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Progress, Tasks, WhenSaved
from desktop_app.gui.kit.texts import Texts

_SENDER = "homecoming"
_PATIENCE = 700  # ms that looking at a file may take before something is said


class HomecomingDesk(QObject):
    """``opened(story, part)`` when something was chosen to be looked at, ``part`` empty for the story itself.

    ``unpack_asked(path)`` for a package of another house, ``import_asked(paths)`` for files that nothing went out in.
    ``when_saved`` first writes what is typed in open stories to the archive.
    """

    said = Signal(str, str)
    opened = Signal(str, str)
    unpack_asked = Signal(object)
    import_asked = Signal(object)

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, when_saved: WhenSaved, window: QWidget
    ) -> None:
        super().__init__(window)
        self._look, self._texts, self._tasks, self._bus, self._over = look, texts, tasks, bus, window
        self._when_saved = when_saved
        self._desk: Desk | None = None
        self._person: Person | None = None
        self._queue: deque[Path] = deque()
        self._looking = Latest(tasks, N_("Looking what a file is"), self)
        self.conflicts: ConflictsDialog | None = None
        bus.changed.connect(self._on_changed)

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._desk = desk
        self._queue.clear()
        self._looking.forget()
        if self.conflicts is not None:
            self.conflicts.open_desk(desk)

    def show_person(self, person: Person | None) -> None:
        """Say who is at the desk."""
        self._person = person
        if self.conflicts is not None:
            self.conflicts.show_person(person)

    # Bringing home

    def ask(self) -> None:
        """Ask for files that came back, and show what each would change."""
        if self._desk is None:
            return
        patterns = " ".join(f"*{suffix}" for suffix in HOME_SUFFIXES)
        kinds = self._texts(N_("Work packages, review documents, XLIFF files ({patterns})", patterns=patterns))
        every = self._texts(N_("All files ({patterns})", patterns="*"))
        title = self._texts(N_("Choose what came back"))
        folders = Folders.in_force()
        names, _ = QFileDialog.getOpenFileNames(self._over, title, folders.start(), f"{kinds};;{every}")
        if names:
            folders.remember(Path(names[0]))
        self.bring([Path(name) for name in names])

    def take(self, files: Sequence[Path]) -> None:
        """Look what files are: what went out from here is brought home, the others are asked for elsewhere."""
        desk = self._desk
        if desk is None or not files:
            return
        wanted = list(dict.fromkeys(files))

        def look(progress: Progress) -> list[Errand]:
            given = DeskProgress(progress.report, progress.check)
            return [errand_of(desk, file, progress=given) if may_come_home(file) else Errand.IMPORT for file in wanted]

        self._looking.ask(look, lambda errands: self._send(wanted, errands), self._on_failed)
        QTimer.singleShot(_PATIENCE, self, self._tell)

    def _tell(self) -> None:
        """Say what is being done where it takes long."""
        if self._looking.waiting:
            self.said.emit(self._texts(N_("Looking what the file is …")), "accent")

    def _send(self, files: list[Path], errands: list[Errand]) -> None:
        for_errand = {
            errand: [file for file, one in zip(files, errands, strict=True) if one is errand] for errand in Errand
        }
        self.bring(for_errand[Errand.HOME])
        for file in for_errand[Errand.OPEN][:1]:
            self.unpack_asked.emit(file)
        if for_errand[Errand.IMPORT]:
            self.import_asked.emit(for_errand[Errand.IMPORT])

    def bring(self, files: Sequence[Path]) -> None:
        """Show what files would change, one after the other."""
        idle = not self._queue
        self._queue.extend(files)
        if idle:
            self._next()

    def _next(self) -> None:
        if not self._queue or self._desk is None:
            return
        self._when_saved(partial(self._show, self._desk, self._queue[0]), self._give_up)

    def _give_up(self) -> None:
        self._queue.clear()
        said = N_("The text of an open story is not saved yet. Try again in a moment.")
        self.said.emit(self._texts(said), "warning")

    def _show(self, desk: Desk, file: Path) -> None:
        if desk is not self._desk:
            return  # another archive was opened meanwhile
        dialog = HomecomingDialog(self._look, self._texts, self._tasks, desk, self._person, file, self._over)
        dialog.brought.connect(self._on_brought)
        dialog.opened.connect(lambda story: self.opened.emit(story, ""))
        dialog.unpack_asked.connect(self.unpack_asked)
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def _on_finished(self) -> None:
        if self._queue:
            self._queue.popleft()
            self._next()

    def _on_brought(self, done: BroughtHome) -> None:
        self._bus.publish(done.changes, _SENDER)

    def _on_failed(self, error: KnownError) -> None:
        self.said.emit(self._texts.error(error), "error")

    # What was left open

    def show_open(self, story: str = "") -> None:
        """Show what waits to be decided, in a story or in all of the archive."""
        if self._desk is None:
            return
        if self.conflicts is None:
            made = self.conflicts = ConflictsDialog(self._look, self._texts, self._tasks, self._when_saved, self._over)
            made.decided.connect(lambda changes: self._bus.publish(changes, _SENDER))
            made.opened.connect(self.opened)
            made.open_desk(self._desk)
            made.show_person(self._person)
        self.conflicts.show()
        self.conflicts.raise_()
        self.conflicts.activateWindow()
        self.conflicts.show_story(story)

    def _on_changed(self, changes: object, _sender: str) -> None:
        if self.conflicts is not None and isinstance(changes, Changes):
            self.conflicts.changed(changes)
