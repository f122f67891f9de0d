"""All autosaves of the editor: the story on the sheet, and stories that were left before their last save was done."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop_app.desk.desk import Desk
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.editor.autosave import REFUSALS, Autosave
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.saving import DeskSaver
from desktop_app.gui.editor.wording import words_of
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.tasks import Tasks


class Saves(QObject):
    """Keeps every document alive until what was typed in it is in the archive.

    ``failed(error)`` for each save that was not done. ``refused(error)`` besides where trying again is of no use;
    where the story was left meanwhile, ``lost(words)`` instead. ``delayed(why, texts)`` where a save waits, with
    what for, if that is known, and the texts that would be lost if the program were killed.
    """

    saved = Signal(object)
    failed = Signal(object)
    refused = Signal(object)
    lost = Signal(str)
    delayed = Signal(object, list)

    def __init__(self, tasks: Tasks, bus: ChangeBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._bus = bus
        self._all: list[tuple[StoryDocument, Autosave]] = []
        self._awaited: list[Callable[[bool], None]] = []

    def begin(self, document: StoryDocument, desk: Desk, person: Callable[[], Person | None]) -> None:
        """Save this document's edits from now on."""
        autosave = Autosave(document, DeskSaver(desk, self._tasks, self._bus, document.story_id, person), document)
        document.setParent(self)
        autosave.saved.connect(self.saved)
        autosave.saved.connect(self._on_saved)
        autosave.delayed.connect(partial(self._on_delayed, desk))
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

    def when_saved(self, told: Callable[[bool], None]) -> None:
        """Hand everything over; call ``told`` with True once it is in the archive, with False where a save fails.

        Where everything is in the archive it is called at once. However long it takes, nobody is held up.
        """
        self.flush()
        if self.idle():
            told(True)
        else:
            self._awaited.append(told)

    def flush_and_wait(self, timeout: float) -> bool:
        """Hand everything over and block until it is in the archive; False where a save fails or time runs out."""
        failures: list[KnownError] = []
        self.failed.connect(failures.append)
        self.flush()
        self._tasks.wait_until(lambda: self.idle() or bool(failures), timeout)
        self.failed.disconnect(failures.append)
        return self.idle()

    def _tell(self, *, saved: bool) -> None:
        awaited, self._awaited = self._awaited, []
        for told in awaited:
            told(saved)

    def _on_saved(self) -> None:
        if self.idle():
            self._tell(saved=True)
        elif self._awaited:
            self.flush()

    def _on_delayed(self, desk: Desk, busy: bool) -> None:
        why: Message | None = N_("Saving waits for another program") if busy else None
        job = self._tasks.in_the_way(desk.archive.turns.holder)
        if job not in {None, DeskSaver.TITLE}:
            why = N_("Saving waits for “{job}”", job=job)
        self.delayed.emit(why, [text for document, _ in self._all for text in document.unsaved_texts()])

    def _sweep(self) -> None:
        for pair in list(self._all):
            document, autosave = pair
            if autosave.leaving and autosave.idle():
                self._all.remove(pair)
                document.deleteLater()

    def _on_failed(self, document: StoryDocument, autosave: Autosave, error: KnownError) -> None:
        self.failed.emit(error)
        self._tell(saved=False)
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
