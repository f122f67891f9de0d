"""Opens the window of the events over the workplace, once, and keeps it with the archive."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.desk.desk import Desk
from desktop_app.gui.events.window import EventsWindow
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts


class EventsDesk(QObject):
    """``opened(story)`` when a headline was chosen."""

    opened = Signal(str)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._texts, self._tasks, self._bus, self._over = look, texts, tasks, bus, window
        self._desk: Desk | None = None
        self.window: EventsWindow | None = None

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._desk = desk
        if self.window is not None:
            self.window.open_desk(desk)
            if desk is None:
                self.window.hide()

    def open(self) -> None:
        """Bring the window to the front, with what happened last."""
        if self.window is None:
            self.window = EventsWindow(self._look, self._texts, self._tasks, self._bus, self._over)
            self.window.opened.connect(self.opened)
            self.window.open_desk(self._desk)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        self.window.begin()
