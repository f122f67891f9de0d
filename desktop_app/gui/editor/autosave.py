"""Autosave: what was typed reaches the archive within a second, one save at a time, and is never dropped."""

import time
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop_app.domain.edits import Edit
from desktop_app.foundation.errors import ArchiveBusyError, KnownError, NotAllowedError, WrongUsageError
from desktop_app.gui.editor.document import StoryDocument

Save = Callable[[list[Edit], Callable[[datetime], None], Callable[[KnownError], None]], None]

# Invariant 6 allows one second from the last keystroke to the database; the rest is the writer's.
QUIET = 350  # ms after the last keystroke
LONGEST = 850  # ms after the first keystroke not saved, while typing goes on
FIRST_RETRY, LAST_RETRY = 1000, 30_000  # ms
SLOW = 150  # ms after which it is told that a save waits, again and again until it is done
REFUSALS = (NotAllowedError, WrongUsageError)  # saving the same again would be refused again


class Autosave(QObject):
    """Hands a document's pending edits to ``save(edits, done, failed)``, which answers on the GUI thread.

    ``delayed(busy)`` when a save takes long, ``busy`` because another program writes; it goes on waiting.
    """

    saved = Signal(datetime)
    failed = Signal(object)
    delayed = Signal(bool)

    def __init__(self, document: StoryDocument, save: Save, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._save = save
        self._in_flight: list[Edit] | None = None
        self._first = 0.0
        self._retry = FIRST_RETRY
        self._urgent = False
        self.leaving = False
        """Whether its story was left and only the rest is to be saved."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._start)
        self._slow = QTimer(self)
        self._slow.setInterval(SLOW)
        self._slow.timeout.connect(lambda: self.delayed.emit(False))
        document.dirty.connect(self._on_dirty)

    def idle(self) -> bool:
        """Whether everything is saved."""
        return self._in_flight is None and not self._document.has_pending()

    def flush(self) -> None:
        """Save now; where a save is under way, straight after it."""
        if self._in_flight is not None:
            self._urgent = True
        else:
            self._start()

    def _on_dirty(self) -> None:
        now = time.monotonic()
        if self._first == 0.0:
            self._first = now
        spent = (now - self._first) * 1000
        self._timer.start(max(0, min(QUIET, round(LONGEST - spent))))

    def _start(self) -> None:
        self._timer.stop()
        if self._in_flight is not None:
            self._urgent = True
            return
        self._first = 0.0
        edits = self._document.take_pending()
        if edits:
            self._in_flight = edits
            self._slow.start()
            self._save(edits, self._on_saved, self._on_failed)

    def _on_saved(self, moment: datetime) -> None:
        self._slow.stop()
        self._in_flight = None
        self._document.pending_saved()
        self._retry = FIRST_RETRY
        self.saved.emit(moment)
        if self._urgent:
            self._urgent = False
            self._start()

    def _on_failed(self, error: KnownError) -> None:
        edits, self._in_flight = self._in_flight or [], None
        self._urgent = False
        self._slow.stop()
        self._document.give_back(edits)
        if isinstance(error, ArchiveBusyError):  # its wait was too short, that is all
            self.delayed.emit(True)
            self._start()
            return
        if not isinstance(error, REFUSALS):
            self._timer.start(self._retry)
            self._retry = min(LAST_RETRY, self._retry * 2)
        self.failed.emit(error)
