"""Where the window lies and how large it is: put back at the start, and kept soon after every change."""

from base64 import b64decode, b64encode

from PySide6.QtCore import QByteArray, QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop_app.foundation.settings import SettingsFile

_FIRST_SIZE = (1280, 800)
_TITLE_BAR = 32  # pixels that the system's frame may take of the height
_PAUSE = 1000  # ms after the last change: a program that is killed is to come back as it was, too
_CHANGES = frozenset({QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.WindowStateChange})


class Geometry(QObject):
    """Watches a window that has not been shown yet."""

    def __init__(self, window: QWidget, settings: SettingsFile) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE)
        self._soon.timeout.connect(self._on_rest)
        width, height = _FIRST_SIZE
        window.resize(width, min(height, window.screen().availableGeometry().height() - _TITLE_BAR))
        stored = settings.settings.geometry
        if stored:
            window.restoreGeometry(QByteArray(b64decode(stored, validate=False)))
        window.installEventFilter(self)

    def keep(self) -> None:
        """Write it down now."""
        self._soon.stop()
        self._settings.change(geometry=b64encode(self._window.saveGeometry().data()).decode())

    def _on_rest(self) -> None:
        if self._window.isVisible():
            self.keep()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() in _CHANGES and self._window.isVisible():
            self._soon.start()
        return super().eventFilter(watched, event)
