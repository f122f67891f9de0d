"""Says in an open story that changes which came home wait to be decided: a line over the text, with the way there."""

import logging

from PySide6.QtCore import QObject, Signal

from desktop_app.desk.desk import Changes
from desktop_app.desk.open_conflicts import count_open
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.widgets import InlineMessage
from desktop_app.gui.shell.story_frame import StoryFrame
from desktop_app.gui.shell.story_source import Bench

_log = logging.getLogger(__name__)


class StoryConflicts(QObject):
    """Follows what waits in one story. The line can be put away; it comes back when there is more or less of it."""

    decide_asked = Signal(str)

    def __init__(self, bench: Bench, story: str, frame: StoryFrame) -> None:
        super().__init__(frame)
        self._desk, self._texts, self._story = bench.desk, bench.texts, story
        self._reading = Latest(bench.tasks, N_("Reading what waits to be decided"), self)
        self._count = 0
        self.message = InlineMessage(bench.look, bench.texts(N_("Close")), frame)
        frame.add_message(self.message)
        bench.bus.changed.connect(self._on_changed)
        self._ask()

    def stop(self) -> None:
        """Want nothing of the archive any more."""
        self._reading.forget()

    def _on_changed(self, changes: object, _sender: str) -> None:
        if isinstance(changes, Changes) and self._story in changes.stories:
            self._ask()

    def _ask(self) -> None:
        desk, story = self._desk, self._story
        self._reading.ask(lambda _progress: count_open(desk, story), self._take, _pass_over)

    def _take(self, count: int) -> None:
        if count == self._count:
            return
        self._count = count
        if not count:
            self.message.hide()
            return
        said = NN_(
            "{n} change that came home waits to be decided.", "{n} changes that came home wait to be decided.", count
        )
        self.message.show_text(
            self._texts(said), "accent", button=self._texts(N_("Decide…")),
            act=lambda: self.decide_asked.emit(self._story),
        )  # fmt: skip


def _pass_over(error: KnownError) -> None:
    """A hint that is missing is no reason to disturb anybody; the reading of the story tells of a broken archive."""
    _log.info("what waits to be decided could not be read: %s", error)
