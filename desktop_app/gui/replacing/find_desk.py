"""Opens the window of find and replace over the workplace, once, and keeps it with the archive and the person."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.desk.desk import Desk
from desktop_app.domain.people import Person
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks, WhenSaved
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.replacing.window import ReplaceWindow


class FindDesk(QObject):
    """``opened(story, part)`` when a place was chosen; ``part`` is empty for the story itself."""

    opened = Signal(str, str)

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, when_saved: WhenSaved, window: QWidget
    ) -> None:
        super().__init__(window)
        self._look, self._texts, self._tasks, self._bus = look, texts, tasks, bus
        self._over, self._when_saved = window, when_saved
        self._desk: Desk | None = None
        self._person: Person | None = None
        self.window: ReplaceWindow | None = None

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._desk = desk
        if self.window is not None:
            self.window.open_desk(desk)
            if desk is None:
                self.window.hide()

    def show_person(self, person: Person | None) -> None:
        """Say who is at the desk."""
        self._person = person
        if self.window is not None:
            self.window.show_person(person)

    def open(self, text: str = "") -> None:
        """Bring the window to the front, looking for ``text``; with none, for what it looked for last."""
        if self.window is None:
            made = self.window = ReplaceWindow(self._look, self._texts, self._tasks, self._when_saved, self._over)
            made.opened.connect(self.opened)
            made.changed.connect(lambda changes: self._bus.publish(changes, "replacing"))
            made.open_desk(self._desk)
            made.show_person(self._person)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        self.window.ask_for(text)
