"""What waits for the person at the desk, read away from the window; the chip counts it and the filter goes by it."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from desktop_app.desk.desk import Desk
from desktop_app.domain.duties import Duty
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.tasks import Tasks


class WaitingStories(QObject):
    """The stories with their most urgent duty, in the order of urgency; ``changed`` when they are others."""

    changed = Signal()

    def __init__(self, tasks: Tasks, on_failed: Callable[[KnownError], None], parent: QObject) -> None:
        super().__init__(parent)
        self._reading = Latest(tasks, N_("Reading what waits"), self)
        self._on_failed = on_failed
        self._desk: Desk | None = None
        self._person: Person | None = None
        self.stories: Mapping[str, Duty] = {}

    @property
    def count(self) -> int | None:
        """How many stories wait, None while nobody is at the desk."""
        return len(self.stories) if self._person is not None else None

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._desk = desk
        self._take([])

    def show_person(self, person: Person | None) -> None:
        """Say who is at the desk."""
        self._person = person
        self._take([])
        self.look()

    def look(self) -> None:
        """Read it anew."""
        desk, person = self._desk, self._person
        if desk is None or person is None:
            self._reading.forget()
        else:
            self._reading.ask(lambda _progress: _waiting_for(desk, person), self._take, self._on_failed)

    def _take(self, duties: Sequence[Duty]) -> None:
        found: dict[str, Duty] = {}
        for duty in duties:
            found.setdefault(duty.story, duty)
        if found != self.stories:
            self.stories = found
            self.changed.emit()


def _waiting_for(desk: Desk, person: Person) -> Sequence[Duty]:
    # All that acts on stories comes with it: loaded away from the window, when the list is there.
    from desktop_app.desk.duties import waiting_for  # noqa: PLC0415

    return waiting_for(desk, person)
