"""When the pages are set again: after a pause in the typing, one time at once, and only while somebody looks."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from desktop_app.desk.proofs import Proof, ProofPress
from desktop_app.domain.story import Story
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.proof.page_images import drawn

PAUSE = 700  # ms without typing
_SHARE = 1000  # ms of pause for a second that the last proof took: a long story does not take all of the machine


@dataclass(frozen=True)
class Wanted:
    """What the pages are to be: layout, the pages in view, and how many pixels wide they are shown."""

    layout: str
    pages: range
    pixels: int


@dataclass(frozen=True)
class Fresh:
    """A proof that has just been set, None where there is nothing to print; with it the images of pages in view.

    ``numbers`` are those of the rows in the editor, by key.
    """

    layout: str
    proof: Proof | None
    images: dict[int, QImage]
    numbers: dict[str, int]


class Refreshing(QObject):
    """``came(Fresh)``, ``failed(KnownError)``, and ``busy_changed`` when it begins and ends.

    ``touch`` says that something changed. Nothing is set while nobody looks; what changed meanwhile is set when
    somebody does.
    """

    came = Signal(object)
    failed = Signal(object)
    busy_changed = Signal()

    def __init__(self, tasks: Tasks, wanted: Callable[[], Wanted], parent: QObject) -> None:
        super().__init__(parent)
        self._wanted = wanted
        self._press: ProofPress | None = None
        self._story: Callable[[], Story] | None = None
        self._looked_at = False
        self._stale = True
        self._took = 0.0
        self._setting = Latest(tasks, N_("Setting the pages"), self)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._set)

    @property
    def busy(self) -> bool:
        """Whether pages are being set."""
        return self._setting.waiting

    @property
    def settled(self) -> bool:
        """Whether the pages shown are those of the text."""
        return not self._stale and not self._setting.waiting

    def begin(self, press: ProofPress | None, story: Callable[[], Story] | None) -> None:
        """Set this story from now on; ``story`` gives it as it stands on the screen."""
        self._press, self._story = press, story
        self._stale = True
        self._wait.stop()
        self._setting.forget()
        self.look(on=self._looked_at)

    def look(self, *, on: bool) -> None:
        """Say whether somebody looks at the pages."""
        self._looked_at = on
        if not on:
            self._wait.stop()
        elif self._stale:
            self._set()

    def touch(self) -> None:
        """The text has changed: set it once no more comes."""
        self._stale = True
        if self._looked_at:
            self._wait.start(max(PAUSE, round(self._took * _SHARE)))

    def hurry(self) -> None:
        """Set the pages anew at once, as where another layout was chosen; what is under way is not wanted any more."""
        self._stale = True
        self._setting.forget()
        if self._looked_at:
            self._set()

    def stop(self) -> None:
        """Want nothing any more."""
        self.begin(None, None)

    def _set(self) -> None:
        press, story = self._press, self._story
        if press is None or story is None or self._setting.waiting:
            return  # what runs cannot be stopped half-way; its end sets what is stale by then
        self._wait.stop()
        self._stale = False
        text, wanted = story(), self._wanted()

        def job(progress: Progress) -> tuple[Fresh, float]:
            began = time.monotonic()
            proof = press.proof(text, wanted.layout, check=progress.check)
            images: dict[int, QImage] = {}
            for page in wanted.pages if proof is not None and wanted.pixels else ():
                progress.check()
                if proof is not None and page < proof.count:
                    images[page] = drawn(press, proof, page, wanted.pixels)
            return Fresh(wanted.layout, proof, images, _numbers(text)), time.monotonic() - began

        self._setting.ask(job, self._on_set, self._on_failed)
        self.busy_changed.emit()

    def _on_set(self, answer: tuple[Fresh, float]) -> None:
        fresh, self._took = answer
        self.busy_changed.emit()
        self.came.emit(fresh)
        self._go_on()

    def _on_failed(self, error: KnownError) -> None:
        self.busy_changed.emit()
        self.failed.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        if self._stale and self._looked_at and not self._wait.isActive():
            self.touch()


def _numbers(story: Story) -> dict[str, int]:
    keys: list[str] = []
    for block in story.content.blocks:
        keys += [block.id] if block.placement is not None else []
        keys += [segment.id for segment in block.segments]
    return {key: number for number, key in enumerate(keys, 1)}
