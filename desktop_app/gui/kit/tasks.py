"""Work away from the window: one writer thread that keeps the order, and a pool for everything else.

Long work is prepared on the pool. What it then writes waits there for its turn, as the writer does for it (see
``foundation.turns``): nobody's writing fails because somebody else of this program is at it.

Results come back on the GUI thread. Jobs take plain data and return plain data; none of them may touch a widget.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from threading import Event, get_ident
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from desktop_app.foundation.errors import BugError, CancelledError, KnownError
from desktop_app.foundation.messages import N_, Message

T = TypeVar("T")
WhenSaved = Callable[[Callable[[], None], Callable[[], None]], None]
"""Saves what was typed, then calls the first; the second where that cannot be done."""
_POOL = 3  # threads: two that work, beside one that waits for its turn to write or for a keyring
_log = logging.getLogger(__name__)
_SHORTEST_BETWEEN_REPORTS = 0.05  # seconds; more would only keep the window busy


class UnexpectedError(KnownError):
    """Stands for a bug in a job where its caller waits for an answer; the exception itself goes to ``unexpected``."""


class Progress:
    """What a running job holds: it says how far it is, and asks whether it should stop."""

    def __init__(self, told: Callable[[int, int], None], stop: Event) -> None:
        self._told = told
        self._stop = stop
        self._last = 0.0

    def report(self, done: int, total: int) -> None:
        """Say how far the job is; stops the job where it was cancelled.

        Raises:
            CancelledError: the person cancelled.
        """
        self.check()
        now = time.monotonic()
        if done >= total or now - self._last >= _SHORTEST_BETWEEN_REPORTS:
            self._last = now
            self._told(done, total)

    def check(self) -> None:
        """Stop here where the job was cancelled.

        Raises:
            CancelledError: the person cancelled.
        """
        if self._stop.is_set():
            raise CancelledError(N_("The job was cancelled."))


class TaskHandle:
    """One job that was asked for. ``done`` and ``total`` are its last report; ``total`` 0 means it has not said."""

    def __init__(self, title: Message, quiet: bool, writer: bool = False) -> None:
        self.title = title
        self.quiet = quiet
        self.done = 0
        self.total = 0
        self.finished = False
        self.writer = writer
        self.thread: int | None = None  # the thread that is at it just now
        self._stop = Event()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the job to stop at its next ``check``; ``on_error`` then gets a ``CancelledError``."""
        self._stop.set()


class Tasks(QObject):
    """Runs jobs. ``running_changed`` fires when one starts, reports or ends; ``unexpected(exception)`` for each bug."""

    running_changed = Signal()
    unexpected = Signal(object)
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._pool = ThreadPoolExecutor(_POOL, thread_name_prefix="pool")
        self._running: list[TaskHandle] = []
        self._calls: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._closed = False
        self._woken.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def closed(self) -> bool:
        """Whether the window is going: nobody waits for what would be read now."""
        return self._closed

    def run(
        self,
        job: Callable[[Progress], T],
        *,
        title: Message,
        on_done: Callable[[T], None],
        on_error: Callable[[KnownError], None],
        writer: bool = False,
        quiet: bool = False,
    ) -> TaskHandle:
        """Run ``job`` and hand its result to ``on_done``, or its error to ``on_error``, on the GUI thread.

        ``writer`` jobs run one after the other in the order of asking. ``quiet`` jobs are not shown in the status
        bar. A cancelled job gives ``CancelledError``; a bug gives ``UnexpectedError``, after ``unexpected``.

        Raises:
            BugError: the program is closing.
        """
        if self._closed:
            raise BugError("a job was started after closing")
        handle = TaskHandle(title, quiet, writer)
        progress = Progress(lambda done, total: self._post(lambda: self._reported(handle, done, total)), handle._stop)

        def checked() -> T:
            progress.check()
            handle.thread = get_ident()
            try:
                return job(progress)
            finally:
                handle.thread = None

        def ended(future: Future[T]) -> None:
            self._post(lambda: self._ended(handle, future, on_done, on_error))

        self._running.append(handle)
        (self._writer if writer else self._pool).submit(checked).add_done_callback(ended)
        self.running_changed.emit()
        return handle

    def running(self) -> list[TaskHandle]:
        """The jobs under way that a person should see, oldest first."""
        return [handle for handle in self._running if not handle.quiet]

    def in_the_way(self, holder: int | None) -> Message | None:
        """What the job is called that a writer has to wait for; None where there is none.

        It is the one on the thread ``holder``, which has its turn to write, else the one that the writer is at.
        """
        at_work = [handle for handle in self._running if handle.thread is not None]
        found = [handle for handle in at_work if handle.thread == holder] or [one for one in at_work if one.writer]
        return found[0].title if found else None

    def stop(self) -> None:
        """Cancel all jobs but the quiet ones of the writer, which save: the window is to be closed."""
        for handle in self._running:
            if not (handle.quiet and handle.writer):
                handle.cancel()

    def wait_idle(self, timeout: float) -> bool:
        """Block until every job is done and its answer delivered; False after ``timeout`` seconds. For closing."""
        return self.wait_until(lambda: not self._running, timeout)

    def wait_until(self, done: Callable[[], bool], timeout: float) -> bool:
        """Block, delivering answers, until ``done()`` holds; False after ``timeout`` seconds or with no job left."""
        deadline = time.monotonic() + timeout
        while not done():
            if not self._running:
                return False
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            try:
                self._calls.get(timeout=left)()
            except Empty:
                return False
        return True

    def close(self) -> None:
        """Cancel what still runs and let the threads go; what was not delivered is dropped."""
        self._closed = True
        for handle in self._running:
            handle.cancel()
        self._pool.shutdown(cancel_futures=True)
        self._writer.shutdown(cancel_futures=False)
        self._running.clear()

    def _post(self, call: Callable[[], None]) -> None:
        """Called on any thread: leave a call for the GUI thread and wake it."""
        self._calls.put(call)
        if not self._closed:
            self._woken.emit()

    def _deliver(self) -> None:
        """Make the calls that came in; ``wait_idle`` may have been quicker."""
        while not self._closed:
            try:
                call = self._calls.get_nowait()
            except Empty:
                return
            call()

    def _reported(self, handle: TaskHandle, done: int, total: int) -> None:
        handle.done, handle.total = done, total
        if not handle.finished:
            self.running_changed.emit()

    def _ended(
        self,
        handle: TaskHandle,
        future: "Future[Any]",
        on_done: Callable[[Any], None],
        on_error: Callable[[KnownError], None],
    ) -> None:
        handle.finished = True
        self._running.remove(handle)
        self.running_changed.emit()
        error = None if future.cancelled() else future.exception()
        if future.cancelled():
            return
        if error is None:
            on_done(future.result())
        elif isinstance(error, KnownError):
            on_error(error)
        else:
            _log.error("a job failed: %s", handle.title.key, exc_info=error)
            self.unexpected.emit(error)
            on_error(
                UnexpectedError(
                    N_("Something went wrong inside Diptych."), advice=N_("Your text is safe. Please try again.")
                )
            )
