"""Taking files into the catalogue in small batches, so that what is typed elsewhere is saved in between."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_app.desk import pictures
from desktop_app.desk.desk import Desk
from desktop_app.desk.desk import Progress as DeskProgress
from desktop_app.desk.pictures import Added
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import CancelledError, KnownError
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.kit.texts import Texts

_BATCH = 6  # files a transaction: under a second of the writer's time for camera pictures
_REFUSALS_NAMED = 3


@dataclass
class Outcome:
    """What became of the files so far. ``stopped`` is why the rest was not taken, if it was not."""

    new: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    linked: int = 0
    refused: list[KnownError] = field(default_factory=list)
    stopped: KnownError | None = None

    def take(self, added: Added) -> None:
        """Count one batch."""
        for one in added.pictures:
            (self.new if one.new else self.known).append(one.picture.id)
        self.linked += added.linked
        self.refused += added.refused

    @property
    def tone(self) -> str:
        """The tone in which this is told."""
        if self.stopped is not None and not isinstance(self.stopped, CancelledError):
            return "error"
        return "warning" if self.refused or not (self.new or self.known) else "good"


def batches(files: Sequence[Path]) -> list[list[Path]]:
    """Files in batches; those of one name stay together, because such a name fills no placeholder by itself."""
    by_name: dict[str, list[Path]] = {}
    for path in files:
        by_name.setdefault(path.name.casefold(), []).append(path)
    made: list[list[Path]] = []
    for group in by_name.values():
        if not made or len(made[-1]) + len(group) > _BATCH:
            made.append([])
        made[-1] += group
    return made


def told(outcome: Outcome, texts: Texts) -> str:
    """What became of the files, in sentences."""
    said: list[str] = []
    if outcome.new:
        said.append(texts(NN_("{n} picture added.", "{n} pictures added.", len(outcome.new))))
    if outcome.known:
        said.append(texts(NN_("{n} was here already.", "{n} were here already.", len(outcome.known))))
    if outcome.linked:
        said.append(texts(NN_("{n} place in a story filled.", "{n} places in stories filled.", outcome.linked)))
    if outcome.refused:
        said.append(texts(NN_("{n} file refused:", "{n} files refused:", len(outcome.refused))))
        said += [f"{Path(e.subject).name}: {texts(e.reason)}" for e in outcome.refused[:_REFUSALS_NAMED]]
        if len(outcome.refused) > _REFUSALS_NAMED:
            said.append("…")
    if isinstance(outcome.stopped, CancelledError):
        said.append(texts(N_("Stopped; the rest was not taken in.")))
    elif outcome.stopped is not None:
        said.append(texts.error(outcome.stopped))
    return " ".join(said) or texts(N_("There are no pictures there. JPEG, PNG, WebP, TIFF and GIF are taken."))


class Adding(QObject):
    """One addition after the other. ``finished(Outcome)`` when the last batch is in, or it stopped."""

    finished = Signal(object)

    def __init__(self, tasks: Tasks, bus: ChangeBus, sender: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._bus, self._sender = tasks, bus, sender

    def add(self, desk: Desk, paths: Sequence[Path], by: Person | None) -> None:
        """Take files and folders in; whatever is no picture is reported and passed over."""
        outcome = Outcome()

        def found(files: list[Path]) -> None:
            self._next(desk, batches(files), 0, len(files), by, outcome)

        def failed(error: KnownError) -> None:
            self._stop(outcome, error)

        self._tasks.run(
            lambda _progress: pictures.files_in(paths), title=N_("Looking for pictures"), on_done=found, on_error=failed
        )

    def _next(
        self, desk: Desk, left: list[list[Path]], done: int, total: int, by: Person | None, outcome: Outcome
    ) -> None:
        if not left:
            self.finished.emit(outcome)
            return
        batch, rest = left[0], left[1:]

        def job(progress: Progress) -> Added:
            told = DeskProgress(lambda part, _of: progress.report(done + part, total), progress.check)
            return pictures.add_pictures(desk, batch, by=by, lenient=True, progress=told)

        def taken(added: Added) -> None:
            outcome.take(added)
            self._bus.publish(added.changes, self._sender)
            self._next(desk, rest, done + len(batch), total, by, outcome)

        def failed(error: KnownError) -> None:
            self._stop(outcome, error)

        title = NN_("Adding {n} picture", "Adding {n} pictures", total)
        self._tasks.run(job, title=title, on_done=taken, on_error=failed, writer=True)

    def _stop(self, outcome: Outcome, error: KnownError) -> None:
        outcome.stopped = error
        self.finished.emit(outcome)
