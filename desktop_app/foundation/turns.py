"""One thread at a time, in the order of asking, however long the one before takes."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from desktop_app.foundation.errors import BugError


class Turns:
    """A lock that is fair: who asks while others wait comes after all of them.

    A plain lock may be taken again and again by a thread that has only just let it go.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._line: deque[int] = deque()  # threads; the first has its turn

    @property
    def holder(self) -> int | None:
        """The identity of the thread that has its turn; None where nobody has."""
        with self._changed:
            return self._line[0] if self._line else None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn without a limit, and keep it for the block.

        Raises:
            BugError: this thread has its turn already; it would wait for itself.
        """
        me = threading.get_ident()
        with self._changed:
            if me in self._line:
                raise BugError("a turn was asked for within a turn")
            self._line.append(me)
            try:
                self._changed.wait_for(lambda: self._line[0] == me)
            except BaseException:  # the program is being interrupted: those behind must not wait for this thread
                self._leave(me)
                raise
        try:
            yield
        finally:
            with self._changed:
                self._leave(me)

    def _leave(self, thread: int) -> None:
        self._line.remove(thread)
        self._changed.notify_all()
