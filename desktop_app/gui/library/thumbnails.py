"""Small pictures for the list: asked for when a row is painted, read away from the window, kept while it is open."""

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from desktop_app.desk.desk import Desk
from desktop_app.desk.thumbnails import thumbnail
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.tasks import Progress, Tasks

EDGE = 192  # pixels; twice the largest size shown, for sharp screens
_KEPT = 400


class Thumbnails(QObject):
    """``get`` answers at once with what is there; ``loaded(sha256)`` says that there is more now."""

    loaded = Signal(str)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._desk: Desk | None = None
        self._kept: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._asked: set[str] = set()

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._desk = desk
        self._kept.clear()
        self._asked.clear()

    def get(self, sha256: str) -> QPixmap | None:
        """The picture if it is here; otherwise it is asked for. None also stands for one that cannot be read."""
        if sha256 in self._kept:
            self._kept.move_to_end(sha256)
            return self._kept[sha256]
        desk = self._desk
        if desk is None or sha256 in self._asked:
            return None
        self._asked.add(sha256)

        def read(_progress: Progress) -> QImage:
            return QImage.fromData(thumbnail(desk, sha256, EDGE))

        self._tasks.run(
            read,
            title=N_("Reading a picture"),
            on_done=lambda image: self._keep(desk, sha256, image),
            on_error=lambda _error: self._keep(desk, sha256, QImage()),  # the Pictures page tells what is wrong
            quiet=True,
        )
        return None

    def _keep(self, desk: Desk, sha256: str, image: QImage) -> None:
        if desk is not self._desk:
            return
        self._asked.discard(sha256)
        self._kept[sha256] = None if image.isNull() else QPixmap.fromImage(image)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.loaded.emit(sha256)
