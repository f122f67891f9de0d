"""Pictures into the places of a story: one by one from the catalogue, or all from their folder."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.desk import pictures
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.desk import Progress as DeskProgress
from desktop_app.desk.pictures import Added
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.pictures.place_dialog import PlaceDialog

SENDER = "placing"
_REFUSALS_NAMED = 3


class Placing(QObject):
    """Asks and carries out; ``said(text, tone)`` is for people."""

    said = Signal(str, str)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._texts, self._tasks, self._bus, self._window = look, texts, tasks, bus, window
        self._desk: Desk | None = None
        self._person: Person | None = None

    def open_desk(self, desk: Desk | None) -> None:
        """Take or give back the archive."""
        self._desk = desk

    def show_person(self, person: Person | None) -> None:
        """Let somebody else place from now on."""
        self._person = person

    def choose(self, story_id: str, block_id: str, file: str) -> None:
        """Let the person choose a picture of the catalogue for one place of a story."""
        desk = self._desk
        if desk is None:
            return
        dialog = PlaceDialog(self._look, self._texts, self._tasks, desk, file, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._place(desk, story_id, block_id, dialog.picture_id()))
        dialog.open()

    def link_folder(self, story_id: str, folder: Path | None = None) -> None:
        """Fill a story's empty places with the files of those names in a folder; asks for the folder when None."""
        if self._desk is None:
            return
        if folder is None:
            title = self._texts(N_("The folder with the story’s pictures"))
            name = QFileDialog.getExistingDirectory(self._window, title)
            if not name:
                return
            folder = Path(name)
        self._link(self._desk, story_id, folder)

    def _place(self, desk: Desk, story: str, block: str, picture: str | None) -> None:
        if picture is None:
            return
        person = self._person
        self._tasks.run(
            lambda _progress: pictures.place_picture(desk, story, picture, by=person, block=block),
            title=N_("Placing a picture"),
            on_done=self._on_placed,
            on_error=self._on_error,
            writer=True,
        )

    def _link(self, desk: Desk, story: str, folder: Path) -> None:
        person = self._person

        def job(progress: DeskProgress) -> Added:
            return pictures.link_folder(desk, story, folder, by=person, progress=progress)

        self._tasks.run(
            lambda progress: job(DeskProgress(progress.report, progress.check)),
            title=N_("Linking pictures"),
            on_done=self._on_linked,
            on_error=self._on_error,
            writer=True,
        )

    def _on_placed(self, changes: Changes) -> None:
        self._bus.publish(changes, SENDER)
        self.said.emit(self._texts(N_("The picture is placed.")), "good")

    def _on_linked(self, added: Added) -> None:
        if added.changes != Changes():
            self._bus.publish(added.changes, SENDER)
        said: list[str] = []
        if added.linked:
            said.append(self._texts(NN_("{n} picture linked.", "{n} pictures linked.", added.linked)))
        for error in added.refused[:_REFUSALS_NAMED]:
            said.append(f"{Path(error.subject).name}: {self._texts(error.reason)}")
        if not said:
            nothing = N_("No file of that folder has a name for which a place of this story waits.")
            said.append(self._texts(nothing))
        self.said.emit(" ".join(said), "good" if added.linked and not added.refused else "warning")

    def _on_error(self, error: KnownError) -> None:
        self.said.emit(self._texts.error(error), "error")
