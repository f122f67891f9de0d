"""Who drafts what is imported: whoever imports it, somebody else, or whoever writes in it first."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from desktop_app.desk.desk import Desk
from desktop_app.desk.importing import Drafter
from desktop_app.desk.people import list_people
from desktop_app.domain.people import Person
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts


class DrafterChoice(QWidget):
    """A line with one choice; ``failed(KnownError)`` where the people cannot be read."""

    failed = Signal(object)

    def __init__(self, texts: Texts, tasks: Tasks, desk: Desk, person: Person | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._texts, self._person = texts, person
        self._reading = Latest(tasks, N_("Reading the people"), self)
        self.choice = QComboBox(self)
        self.choice.setToolTip(texts(N_("The drafter answers for the draft, and does not approve it.")))
        label = QLabel(texts(N_("Drafter")), self)
        label.setBuddy(self.choice)
        if person is not None:
            self.choice.addItem(texts(N_("{name} (you)", name=person.called)), Drafter.IMPORTER)
        self.choice.addItem(texts(N_("Whoever writes first")), Drafter.FIRST_WRITER)
        self.choice.setAccessibleName(label.text())
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(label)
        line.addWidget(self.choice)
        line.addStretch(1)
        self._reading.ask(lambda _progress: list_people(desk), self._take, self.failed.emit)

    def chosen(self) -> Person | Drafter:
        """Who it is."""
        found = self.choice.currentData()
        return found if isinstance(found, Person) else Drafter(found)

    def stop(self) -> None:
        """Want nothing of the archive any more."""
        self._reading.forget()

    def _take(self, people: Sequence[Person]) -> None:
        own = self._person.id if self._person is not None else ""
        last = self.choice.count() - 1
        for place, person in enumerate([one for one in people if one.id != own]):
            self.choice.insertItem(last + place, self._texts(person.called), person)
