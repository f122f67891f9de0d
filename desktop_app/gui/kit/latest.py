"""Reading for a view: only the answer to the newest question is taken, older ones are dropped."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import Message
from desktop_app.gui.kit.tasks import Progress, TaskHandle, Tasks

T = TypeVar("T")


class Latest:
    """Asks for one view. A new question cancels the one before, and its late answer is never delivered.

    Nor is any answer once ``owner`` is gone: a tab may be closed while its history is being read.
    """

    def __init__(self, tasks: Tasks, title: Message, owner: QObject) -> None:
        self._tasks = tasks
        self._title = title
        self._handle: TaskHandle | None = None
        owner.destroyed.connect(self.forget)

    def ask(
        self, job: Callable[[Progress], T], on_done: Callable[[T], None], on_error: Callable[[KnownError], None]
    ) -> None:
        """Run a quiet reading job; its answer comes on the GUI thread unless something else was asked since."""
        self.forget()
        if self._tasks.closed:
            return
        asked: list[TaskHandle] = []

        def newest() -> bool:
            return bool(asked) and asked[0] is self._handle

        def done(result: T) -> None:
            if newest():
                self._handle = None
                on_done(result)

        def failed(error: KnownError) -> None:
            if newest():
                self._handle = None
                on_error(error)

        self._handle = self._tasks.run(job, title=self._title, on_done=done, on_error=failed, quiet=True)
        asked.append(self._handle)

    def forget(self) -> None:
        """Want no answer any more."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._handle is not None
