"""The pictures that a conflict is about, small, read away from the window. One that is new here has none yet."""

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from desktop_app.desk.desk import Desk
from desktop_app.desk.pictures import get_picture
from desktop_app.desk.thumbnails import thumbnail
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.tasks import Progress, Tasks

_EDGE = 320  # pixels; twice what is shown, for sharp screens


class Images(QObject):
    """``ready`` when there are more than before."""

    ready = Signal()

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self._reading = Latest(tasks, N_("Loading pictures"), self)
        self._kept: dict[str, QPixmap | None] = {}

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._reading.forget()
        self._kept.clear()
        self._desk = desk

    def want(self, pictures: Collection[str]) -> None:
        """Fetch what is not there yet; what was wanted before is not any more."""
        desk, missing = self._desk, [one for one in pictures if one not in self._kept]
        if desk is None or not missing:
            return

        def read(progress: Progress) -> dict[str, QImage]:
            found = {}
            for one in missing:
                progress.check()
                try:
                    found[one] = QImage.fromData(thumbnail(desk, get_picture(desk, one).sha256, _EDGE))
                except KnownError:  # it is not in the archive, or its file is gone: its name says which it is
                    found[one] = QImage()
            return found

        self._reading.ask(read, self._take, lambda _error: None)

    def pixmap(self, picture: str) -> QPixmap | None:
        """The picture, None where it is not there."""
        return self._kept.get(picture)

    def _take(self, found: dict[str, QImage]) -> None:
        for one, image in found.items():
            self._kept[one] = QPixmap.fromImage(image) if not image.isNull() else None
        self.ready.emit()
