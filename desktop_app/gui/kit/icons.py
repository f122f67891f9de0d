"""Line icons in the colours of a theme, drawn sharp at every device pixel ratio."""

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop_app.foundation.errors import BugError
from desktop_app.foundation.resources import resource
from desktop_app.gui.kit.theme import Theme


class _LineIcon(QIconEngine):
    """Draws one SVG at whatever size and ratio Qt asks for; a disabled icon is paler."""

    def __init__(self, svg: bytes) -> None:
        super().__init__()
        self._svg = svg
        self._renderer = QSvgRenderer(QByteArray(svg))

    def clone(self) -> QIconEngine:
        return _LineIcon(self._svg)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.save()
        if mode is QIcon.Mode.Disabled:
            painter.setOpacity(0.45)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._renderer.render(painter, QRectF(rect))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap


class Icons:
    """The icons of one theme; each is read once and kept as long as this object."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._made: dict[tuple[str, str], QIcon] = {}

    def icon(self, name: str, color: str = "ink") -> QIcon:
        """The icon ``resources/icons/<name>.svg`` in a colour token.

        Raises:
            BugError: there is no such icon or colour.
        """
        key = (name, color)
        if key not in self._made:
            self._made[key] = QIcon(_LineIcon(_read(name, self._theme.color(color))))
        return self._made[key]

    def pixmap(self, name: str, color: str, px: int, ratio: float = 1.0) -> QPixmap:
        """The icon as a pixmap of ``px`` logical pixels for a screen of this device pixel ratio."""
        return self.icon(name, color).pixmap(QSize(px, px), ratio)


def _read(name: str, color: QColor) -> bytes:
    file = resource("icons", f"{name}.svg")
    if not file.is_file():
        raise BugError(f"no icon is called {name}")
    return file.read_bytes().replace(b"currentColor", color.name().encode())
