"""Opens the dialogs about going offline, and tells the window what comes of them."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop_app.desk.desk import Desk
from desktop_app.desk.home import Home
from desktop_app.desk.stories import ListedStory
from desktop_app.domain.people import Person
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.packing.loans_dialog import LoansDialog
from desktop_app.gui.packing.pack_dialog import PackDialog

_SENDER = "packing"


class PackingDesk(QObject):
    """``said(text, tone)`` for the toast, ``opened(story)`` when a story of the list of loans was chosen."""

    said = Signal(str, str)
    opened = Signal(str)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._texts, self._tasks, self._bus, self._over = look, texts, tasks, bus, window
        self._desk: Desk | None = None
        self._person: Person | None = None

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._desk = desk

    def show_person(self, person: Person | None) -> None:
        """Say who is at the desk."""
        self._person = person

    def pack(self, stories: Sequence[ListedStory]) -> None:
        """Ask how to pack some stories for offline work."""
        if self._desk is None:
            return
        if not stories:
            self.said.emit(self._texts(N_("Choose the stories in the list first, or open one.")), "accent")
            return
        self._open(self._desk, stories, None)

    def pack_home(self, home: Home | None) -> None:
        """Ask how to pack all of a small archive, to be sent ``home``."""
        if self._desk is not None and home is not None:
            self._open(self._desk, (), home)

    def show_loans(self) -> None:
        """Show which stories are out."""
        if self._desk is None:
            return
        dialog = LoansDialog(self._look, self._texts, self._tasks, self._desk, self._person, self._over)
        dialog.changed.connect(lambda changes: self._bus.publish(changes, _SENDER))
        dialog.opened.connect(self.opened)
        dialog.open()

    def _open(self, desk: Desk, stories: Sequence[ListedStory], home: Home | None) -> None:
        dialog = PackDialog(self._look, self._texts, self._tasks, desk, self._person, stories, home, self._over)
        dialog.packed.connect(lambda changes: self._bus.publish(changes, _SENDER))
        dialog.show_asked.connect(lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))
        dialog.open()
