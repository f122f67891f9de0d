"""What goes into the archive and out of it: files that are imported, stories that are exported or packed, sheets."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop_app.desk.desk import Desk
from desktop_app.desk.home import Home
from desktop_app.desk.places import may_come_home
from desktop_app.domain.people import Person
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.homecoming.homecoming_desk import HomecomingDesk
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.states import READ_ONLY
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.packing.packing_desk import PackingDesk
from desktop_app.gui.shell.open_stories import OpenStories
from desktop_app.gui.transfer.export_dialog import ExportDialog
from desktop_app.gui.transfer.import_dialog import ImportDialog
from desktop_app.gui.transfer.sheet_dialog import CheckSheetDialog


class InAndOut(QObject):
    """Opens the dialogs, each over what is saved. ``imported(stories)`` when stories were taken in.

    ``front`` tells the story that the person has in front, if any.
    """

    said = Signal(str, str)
    imported = Signal(list)

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, stories: OpenStories,
        front: Callable[[], str | None], packing: PackingDesk, coming_home: HomecomingDesk, window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._look, self._texts, self._tasks, self._bus, self._window = look, texts, tasks, bus, window
        self._stories, self._library, self._front = stories, stories.library, front
        self._packing, self._coming_home = packing, coming_home
        self._desk: Desk | None = None
        self._home: Home | None = None
        self._person: Person | None = None
        coming_home.import_asked.connect(self._import)

    def open_desk(self, desk: Desk | None, home: Home | None) -> None:
        """Give or take away the archive; ``home`` is where a small archive came from."""
        self._desk, self._home = desk, home

    def show_person(self, person: Person | None) -> None:
        """Say who is at the desk."""
        self._person = person

    def import_files(self, paths: Sequence[Path] = ()) -> None:
        """Ask what to import; ``paths`` were dropped: what went out from here is brought home instead."""
        if any(may_come_home(path) for path in paths):
            self._coming_home.take(paths)
        else:
            self._import(paths)

    def _import(self, paths: Sequence[Path]) -> None:
        if self._desk is None:
            return
        if not self._desk.archive.writable:
            self.said.emit(self._texts(READ_ONLY), "warning")
            return
        dialog = ImportDialog(self._look, self._texts, self._tasks, self._desk, self._person, self._window)
        dialog.imported.connect(self._on_imported)
        dialog.add_files([Path(path) for path in paths])
        dialog.open()

    def _on_imported(self, stories: list[str], changes: object) -> None:
        self._bus.publish(changes, "import")
        count = len(stories)
        self.said.emit(self._texts(NN_("{n} story imported.", "{n} stories imported.", count)), "good")
        self.imported.emit(stories)

    def export_stories(self, stories: Sequence[str] = (), layout: str = "") -> None:
        """Ask how to export ``stories`` (in ``layout``), else the one in front, else those chosen in the list."""
        chosen = self._chosen(stories)
        if self._desk is None or not chosen:
            self.said.emit(self._texts(N_("Choose the stories in the list first, or open one.")), "accent")
            return
        self._over_saved(lambda desk: self._ask_export(desk, chosen, layout))

    def _ask_export(self, desk: Desk, chosen: Sequence[str], layout: str) -> None:
        listed = self._library.listed_stories(chosen)
        dialog = ExportDialog(self._look, self._texts, self._tasks, desk, self._person, listed, self._window)
        dialog.choose_layout(layout)
        dialog.show_asked.connect(lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))
        dialog.open()

    def pack_stories(self, stories: Sequence[str] = ()) -> None:
        """Ask how to pack ``stories``, else the one in front, else those chosen in the list, for offline work."""
        chosen = self._chosen(stories)
        if self._home is not None:  # a package of a package could never come home
            self.pack_home()
        else:
            self._over_saved(lambda _desk: self._packing.pack(self._library.listed_stories(chosen) if chosen else ()))

    def pack_home(self) -> None:
        """Ask how to pack all of a small archive, to be sent home."""
        self._over_saved(lambda _desk: self._packing.pack_home(self._home))

    def check_sheet(self) -> None:
        """Ask for the code of an approval sheet, and hold it against the archive."""
        self._over_saved(lambda desk: CheckSheetDialog(self._look, self._texts, self._tasks, desk, self._window).open())

    def _chosen(self, stories: Sequence[str]) -> list[str]:
        front = self._front()
        return list(stories) or ([front] if front is not None else self._library.selected())

    def _over_saved(self, act: Callable[[Desk], None]) -> None:
        """Save what is typed, then do something, if the archive is still open by then."""
        desk = self._desk
        if desk is not None:
            self._stories.when_saved(lambda: act(desk) if desk is self._desk else None)
