"""From the document to the desk: edits go to the writer thread, one story's edits in the order they were made."""

from collections.abc import Callable
from datetime import datetime

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.editing import edit_story
from desktop_app.domain.edits import Edit
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.tasks import Progress, Tasks

SENDER = "editor"


class DeskSaver:
    """Saves one story's edits; what it saved is published with the tag ``editor``."""

    TITLE = N_("Saving")

    def __init__(
        self, desk: Desk, tasks: Tasks, bus: ChangeBus, story: str, person: Callable[[], Person | None]
    ) -> None:
        self._desk = desk
        self._tasks = tasks
        self._bus = bus
        self._story = story
        self._person = person

    def __call__(
        self, edits: list[Edit], done: Callable[[datetime], None], failed: Callable[[KnownError], None]
    ) -> None:
        """Save ``edits``; exactly one of the two is called later, on the GUI thread."""
        desk, story, person = self._desk, self._story, self._person()

        def job(_progress: Progress) -> tuple[Changes, datetime]:
            return edit_story(desk, story, edits, by=person), desk.now()

        def saved(result: tuple[Changes, datetime]) -> None:
            changes, moment = result
            done(moment)
            self._bus.publish(changes, SENDER)

        self._tasks.run(job, title=self.TITLE, on_done=saved, on_error=failed, writer=True, quiet=True)
