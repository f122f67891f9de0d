"""What others changed in a story since the person last had it before them; and that they leave it now."""

import logging
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from desktop_app.desk.desk import Desk
from desktop_app.desk.visits import Seen, leave, seen
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.ids import moment, stamp
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.tasks import Progress
from desktop_app.gui.shell.story_source import Bench

_log = logging.getLogger(__name__)


class Visiting(QObject):
    """Follows one story. A visit ends when another story comes to the front, or this one is closed.

    ``changed(rows)`` has a sentence for every row that others have changed since the visit before. ``on_left`` is
    called when the end of a visit is kept, also when the story is closed by then.
    """

    changed = Signal(object)

    def __init__(self, bench: Bench, story: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._texts, self._tasks = bench.desk, bench.texts, bench.tasks
        self._story = story
        self._person: Person | None = None
        self._since: str | None = None
        self._here = False
        self.on_left: Callable[[], None] = lambda: None
        self._reading = Latest(bench.tasks, N_("Reading what has changed"), self)

    def show_person(self, person: Person | None) -> None:
        """Another person is at the desk: the visit of the one before ends."""
        if person == self._person:
            return
        here = self._here
        self.end()
        self._person, self._since = person, None
        if here:
            self.begin()

    def begin(self) -> None:
        """The story is in front now."""
        self._here = True
        self.look()

    def look(self) -> None:
        """Ask what has changed; at the beginning, and whenever the story was read again."""
        person, desk, story, since = self._person, self._desk, self._story, self._since
        if person is None or not self._here:
            return

        def read(_progress: Progress) -> Seen:
            return seen(desk, story, person, since=since)

        self._reading.ask(read, self._take, _pass_over)

    def end(self) -> None:
        """The story is not in front any more; what was read there has been seen."""
        self._reading.forget()
        if not self._here:
            return
        self._here = False
        if self._person is None or self._tasks.closed or not self._desk.archive.writable:
            return
        self._since = stamp(self._desk.now())
        on_left = self.on_left
        self._tasks.run(
            _leaving(self._desk, self._story, self._person, self._since), title=N_("Leaving the story"),
            on_done=lambda _none: on_left(), on_error=_pass_over, writer=True, quiet=True,
        )  # fmt: skip

    def _take(self, found: Seen) -> None:
        self._since = self._since or found.at
        self.changed.emit(self._sentences(found))

    def _sentences(self, found: Seen) -> Mapping[str, str]:
        said = {}
        for part, change in found.changes.items():
            at = self._texts.moment(moment(change.at))
            if change.name:
                said[part] = self._texts(N_("Changed by {name}, {moment}", name=change.name, moment=at))
            else:
                said[part] = self._texts(N_("Changed elsewhere, {moment}", moment=at))
        return said


def _leaving(desk: Desk, story: str, person: Person, at: str) -> Callable[[Progress], None]:
    return lambda _progress: leave(desk, story, person, at=at)


def _pass_over(error: KnownError) -> None:
    """A mark that is missing is no reason to disturb anybody; the reading of the story tells of a broken archive."""
    _log.info("a visit could not be read or kept: %s", error)
