"""All autosaves of the editor: the story on the sheet, and stories that were left before their last save was done."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop_app.desk.desk import Desk
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import KnownError
from desktop_app.gui.editor.autosave import REFUSALS, Autosave
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.saving import DeskSaver
from desktop_app.gui.editor.wording import words_of
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.tasks import Tasks


class Saves(QObject):
    """Keeps every document alive until what was typed in it is in the archive.

    ``failed(error)`` for each save that was not done. ``refused(error)`` besides where trying again is of no use;
    where the story was left meanwhile, ``lost(words)`` instead.
    """

    saved = Signal(object)
    failed = Signal(object)
    refused = Signal(object)
    lost = Signal(str)

    def __init__(self, tasks: Tasks, bus: ChangeBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._bus = bus
        self._all: list[tuple[StoryDocument, Autosave]] = []

    def begin(self, document: StoryDocument, desk: Desk, person: Callable[[], Person | None]) -> None:
        """Save this document's edits from now on."""
        autosave = Autosave(document, DeskSaver(desk, self._tasks, self._bus, document.story_id, person), document)
        document.setParent(self)
        autosave.saved.connect(self.saved)
        autosave.failed.connect(partial(self._on_failed, document, autosave))
        self._all.append((document, autosave))

    def end(self, document: StoryDocument) -> None:
        """The document is left: save the rest and let it go when that is done."""
        for found, autosave in self._all:
            if found is document:
                autosave.saved.connect(self._sweep)
                autosave.leaving = True
                autosave.flush()
        self._sweep()

    def flush(self) -> None:
        """Hand everything over now."""
        for _, autosave in self._all:
            autosave.flush()

    def idle(self) -> bool:
        """Whether everything is in the archive."""
        return all(autosave.idle() for _, autosave in self._all)

    def flush_and_wait(self, timeout: float) -> bool:
        """Hand everything over and block until it is in the archive; False where a save fails or time runs out."""
        failures: list[KnownError] = []
        self.failed.connect(failures.append)
        self.flush()
        self._tasks.wait_until(lambda: self.idle() or bool(failures), timeout)
        self.failed.disconnect(failures.append)
        return self.idle()

    def _sweep(self) -> None:
        for pair in list(self._all):
            document, autosave = pair
            if autosave.leaving and autosave.idle():
                self._all.remove(pair)
                document.deleteLater()

    def _on_failed(self, document: StoryDocument, autosave: Autosave, error: KnownError) -> None:
        self.failed.emit(error)
        if not isinstance(error, REFUSALS):
            return
        if not autosave.leaving:
            self.refused.emit(error)
            return
        words = words_of(document.waiting())
        document.discard()
        self._sweep()
        if words:
            self.lost.emit(words)
