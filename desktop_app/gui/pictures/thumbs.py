"""Thumbnails in the background: asked for when painted, the newest wish first, kept while there is room."""

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

from desktop_app.desk.desk import Desk
from desktop_app.desk.thumbnails import thumbnail
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.tasks import Tasks

_KEPT = 400  # images; at 360 pixels about 150 MB at most
_AT_ONCE = 2  # the pool has two threads; more would only queue what has scrolled away by then
_WAITING = 200  # wishes that are older than this many others have scrolled away


class Thumbnails(QObject):
    """``ready(sha256)`` fires when an image has come, or turned out not to be had."""

    ready = Signal(str)

    def __init__(self, tasks: Tasks, edge: int, parent: QObject | None = None) -> None:
        """Make images of at most ``edge`` pixels."""
        super().__init__(parent)
        self._tasks, self._edge = tasks, edge
        self._desk: Desk | None = None
        self._images: OrderedDict[str, QImage] = OrderedDict()
        self._failed: dict[str, KnownError] = {}
        self._wishes: OrderedDict[str, None] = OrderedDict()
        self._running: set[str] = set()

    def open_desk(self, desk: Desk | None) -> None:
        """Take or give back the archive; nothing of the old one is kept."""
        self._desk = desk
        self._images.clear()
        self._failed.clear()
        self._wishes.clear()
        self._running = set()

    def image(self, sha256: str) -> QImage | None:
        """The thumbnail if it is here; otherwise it is sent for and ``ready`` tells."""
        found = self._images.get(sha256)
        if found is not None:
            self._images.move_to_end(sha256)
            return found
        if sha256 not in self._failed and sha256 not in self._running:
            self._wishes[sha256] = None
            self._wishes.move_to_end(sha256)
            while len(self._wishes) > _WAITING:
                self._wishes.popitem(last=False)
            self._send()
        return None

    def failure(self, sha256: str) -> KnownError | None:
        """Why there is no thumbnail, if that was tried."""
        return self._failed.get(sha256)

    def _send(self) -> None:
        while self._wishes and len(self._running) < _AT_ONCE and self._desk is not None:
            sha256, _ = self._wishes.popitem(last=True)
            self._start(self._desk, sha256, self._running)

    def _start(self, desk: Desk, sha256: str, running: set[str]) -> None:
        """Start one job; its answer counts only while the same archive is open, whose ``running`` it carries."""
        running.add(sha256)

        def job(_progress: object) -> QImage:
            return QImage.fromData(thumbnail(desk, sha256, self._edge))

        def done(image: QImage) -> None:
            if isValid(self) and self._running is running:
                self._keep(sha256, image)

        def failed(error: KnownError) -> None:
            if isValid(self) and self._running is running:
                self._failed[sha256] = error
                self._ended(sha256)

        self._tasks.run(job, title=N_("Making thumbnails"), on_done=done, on_error=failed, quiet=True)

    def _keep(self, sha256: str, image: QImage) -> None:
        self._images[sha256] = image
        while len(self._images) > _KEPT:
            self._images.popitem(last=False)
        self._ended(sha256)

    def _ended(self, sha256: str) -> None:
        self._running.discard(sha256)
        self.ready.emit(sha256)
        self._send()
