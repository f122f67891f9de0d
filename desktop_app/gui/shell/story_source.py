"""Where a page gets its story from: read away from the window, read again after every change, checked on demand."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.desk.checking import Examined, Examiner
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.open_conflicts import count_open
from desktop_app.desk.stories import StoryFile, open_story
from desktop_app.domain.story import SegmentStatus, Story
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.kit.texts import Texts

_PAUSE = 120  # ms between a change and reading again: autosave tells every second


@dataclass(frozen=True)
class Bench:
    """What every page of a story works with."""

    look: Look
    texts: Texts
    tasks: Tasks
    bus: ChangeBus
    desk: Desk
    examiner: Examiner


class StorySource(QObject):
    """``read(StoryFile)`` whenever the file is fresh, ``checked(Examined)``, ``failed(KnownError)``.

    ``waits`` says, before ``read``, how many changes of the story came home and are not decided.
    ``outdated`` says that the checks would now say something else: terms or the house's style have changed.
    """

    read = Signal(object)
    waits = Signal(int)
    checked = Signal(object)
    outdated = Signal()
    failed = Signal(object)

    def __init__(self, bench: Bench, story: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = bench.desk
        self._examiner = bench.examiner
        self._story = story
        self._reading = Latest(bench.tasks, N_("Reading the story"), self)
        self._checking = Latest(bench.tasks, N_("Checking the story"), self)
        self._then: list[Callable[[StoryFile], None]] = []
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self.reload)
        bench.bus.changed.connect(self._on_changed)

    @property
    def awaited(self) -> bool:
        """Whether somebody waits for the next file."""
        return bool(self._then)

    def reload(self) -> None:
        """Read the story's file again."""
        desk, story = self._desk, self._story

        def read(_progress: Progress) -> tuple[StoryFile, int]:
            file = open_story(desk, story)
            return file, count_open(desk, file.story.id)

        self._reading.ask(read, self._on_read, self._on_failed)

    def then(self, act: Callable[[StoryFile], None]) -> None:
        """Call ``act`` with the next file that is read, after everybody has seen it."""
        self._then.append(act)

    def check(self, story: Story) -> None:
        """Run the checks over a story as it stands on the screen, with what the archive knows and has set aside."""
        examiner = self._examiner

        def run(_progress: Progress) -> Examined:
            return examiner.examine(story)

        self._checking.ask(run, self.checked.emit, self.failed.emit)

    def stop(self) -> None:
        """Want nothing any more."""
        self._later.stop()
        self._reading.forget()
        self._checking.forget()
        self._then.clear()

    def _on_read(self, found: tuple[StoryFile, int]) -> None:
        file, count = found
        self.waits.emit(count)
        self.read.emit(file)
        waiting, self._then = self._then, []
        for act in waiting:
            act(file)

    def _on_failed(self, error: KnownError) -> None:
        self._then.clear()
        self.failed.emit(error)

    def _on_changed(self, changes: object, _sender: str) -> None:
        if not isinstance(changes, Changes):
            return
        if self._story in changes.stories or changes.people:
            self._later.start()
        elif changes.terms or changes.style:
            self.outdated.emit()


def place_to_begin(story: Story) -> str:
    """The first segment that is still to be written or confirmed, else the first of all; empty without any."""
    segments = list(story.content.segments())
    waiting = (s.id for s in segments if s.status in {SegmentStatus.UNTRANSLATED, SegmentStatus.DRAFT})
    return next(waiting, segments[0].id if segments else "")
