"""What other windows and commands write into the open archive: asked for every second, told on the change bus."""

import logging
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.operations import OF_ONE_STORY
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.tasks import Tasks

_log = logging.getLogger(__name__)
_EVERY = 1000  # ms
ANY = frozenset({"*"})  # no view asks which pictures


class Elsewhere(QObject):
    """Publishes with the tag ``elsewhere``. ``stories`` gives the ids that anything may have happened to."""

    SENDER = "elsewhere"

    def __init__(
        self, tasks: Tasks, bus: ChangeBus, stories: Callable[[], Iterable[str]], parent: QObject, every: int = _EVERY
    ) -> None:
        super().__init__(parent)
        self._bus = bus
        self._stories = stories
        self._asking = Latest(tasks, N_("Looking for changes"), self)
        self._desk: Desk | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(every)
        self._timer.timeout.connect(self.look)

    def open_desk(self, desk: Desk | None) -> None:
        """Watch this archive, or none."""
        self._asking.forget()
        self._desk = desk
        if desk is None:
            self._timer.stop()
        else:
            self._timer.start()
            self.look()

    def look(self) -> None:
        """Ask now, where no answer is under way."""
        desk = self._desk
        if desk is not None and not self._asking.waiting:
            self._asking.ask(lambda _progress: desk.archive.news(), self._on_news, self._on_failed)

    def _on_news(self, news: list[tuple[str, str | None]]) -> None:
        if not news:
            return
        stories = frozenset(story for _operation, story in news if story is not None)
        if all(operation in OF_ONE_STORY for operation, _story in news):
            self._bus.publish(Changes(stories), self.SENDER)
            return
        if any(story is None for _operation, story in news):
            stories |= frozenset(self._stories())
        self._bus.publish(
            Changes(stories, ANY, people=True, terms=True, memory=True, style=True, policies=True), self.SENDER
        )

    def _on_failed(self, error: KnownError) -> None:
        _log.debug("nobody can say whether the archive was changed elsewhere: %s", error)
