"""In a small archive, follows whether somebody signed there: until then sending it home is not the next thing to do."""

import logging

from PySide6.QtCore import QObject, Signal

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.home import signed_here
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.tasks import Tasks

_log = logging.getLogger(__name__)


class WayHome(QObject):
    """``signed(bool)`` when it is known, and again where it is another."""

    signed = Signal(bool)

    def __init__(self, tasks: Tasks, bus: ChangeBus, parent: QObject) -> None:
        super().__init__(parent)
        self._reading = Latest(tasks, N_("Reading whether somebody signed"), self)
        self._desk: Desk | None = None
        self._signed = False
        bus.changed.connect(self._on_changed)

    def open_desk(self, desk: Desk | None) -> None:
        """Follow this small archive; None for an archive that is at home, and for no archive."""
        self._reading.forget()
        self._desk = desk
        self._take(False)
        self._ask()

    def _ask(self) -> None:
        desk = self._desk
        if desk is not None and not self._signed:
            self._reading.ask(lambda _progress: signed_here(desk), self._take, _pass_over)

    def _take(self, signed: bool) -> None:
        self._signed = signed
        self.signed.emit(signed)

    def _on_changed(self, changes: object, _sender: str) -> None:
        if isinstance(changes, Changes) and changes.stories:
            self._ask()


def _pass_over(error: KnownError) -> None:
    """The way home is there all the same; the reading of the stories tells of a broken archive."""
    _log.info("whether somebody signed could not be read: %s", error)
