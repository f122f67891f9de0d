"""Thumbnails of placed pictures: fetched away from the window, kept as pixmaps of the size in which they are shown."""

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from desktop_app.desk.desk import Desk
from desktop_app.desk.pictures import get_picture
from desktop_app.desk.thumbnails import thumbnail
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.tasks import Progress, Tasks

_EDGE = 512  # pixels; enough for the largest scale on a screen of ratio 2

_KEPT = 200  # pixmaps; narrow columns make another size at every width


class Thumbnails(QObject):
    """Gives a pixmap at once where it has one; otherwise fetches it and tells by ``ready``."""

    ready = Signal(str)

    _TITLE = N_("Loading pictures")

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._desk: Desk | None = None
        self._images: dict[str, QImage] = {}
        self._shown: dict[tuple[str, int, int, float], QPixmap] = {}
        self._asked: set[str] = set()
        self._reasons: dict[str, Message] = {}

    def open_desk(self, desk: Desk | None) -> None:
        """Fetch from this archive from now on."""
        self._desk = desk
        for kept in (self._images, self._shown, self._asked, self._reasons):
            kept.clear()

    def reason(self, picture: str) -> Message | None:
        """Why a picture cannot be shown, None where it can or is on its way."""
        return self._reasons.get(picture)

    def pixmap(self, picture: str, size: QSize, ratio: float) -> QPixmap | None:
        """The picture filling ``size`` with rounded corners; None while it is on its way or cannot be had."""
        key = (picture, size.width(), size.height(), ratio)
        if len(self._shown) > _KEPT:
            self._shown.clear()
        if key not in self._shown and picture in self._images:
            self._shown[key] = _fitted(self._images[picture], size, ratio)
        found = self._shown.get(key)
        if found is None and self._desk is not None and picture not in self._asked and not self._tasks.closed:
            self._asked.add(picture)
            self._fetch(self._desk, picture)
        return found

    def _fetch(self, desk: Desk, picture: str) -> None:
        def job(_progress: Progress) -> QImage:
            return QImage.fromData(thumbnail(desk, get_picture(desk, picture).sha256, _EDGE))

        def done(image: QImage) -> None:
            if desk is self._desk:
                self._images[picture] = image
                self.ready.emit(picture)

        def failed(error: KnownError) -> None:
            if desk is self._desk:
                self._reasons[picture] = error.reason
                self.ready.emit(picture)

        self._tasks.run(job, title=self._TITLE, on_done=done, on_error=failed, quiet=True)


def _fitted(image: QImage, size: QSize, ratio: float) -> QPixmap:
    """Fill the frame, cutting what is too wide or too high, as the page does."""
    target = size * ratio
    pixmap = QPixmap(target)
    pixmap.fill(Qt.GlobalColor.transparent)
    if image.isNull():
        return pixmap
    scaled = image.scaled(
        target, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(0, 0, target.width(), target.height(), 4 * ratio, 4 * ratio)
    painter.setClipPath(path)
    painter.drawImage((target.width() - scaled.width()) // 2, (target.height() - scaled.height()) // 2, scaled)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
