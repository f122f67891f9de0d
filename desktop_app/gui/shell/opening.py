"""Opening archives away from the window, and the late imports of the program.

A start is nearly all importing, so it goes in three steps. The window shows itself first. The writer thread imports
what the list of stories needs, all of which hangs from ``workplace``, while it opens the archive: the desk brings
SQLAlchemy with it, half of a start. When the list has been read, another thread imports the rest of the window, which
hangs from ``rooms``: the editor with all checks of the language, formats of files, the pages.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.people import Person
from desktop_app.foundation.bookmarks import Bookmark, BookmarkFile
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.shell.session_marks import Session, ended_sessions

if TYPE_CHECKING:  # the late import
    from desktop_app.desk.desk import Desk
    from desktop_app.desk.home import Home

WORKPLACE = "desktop_app.gui.shell.workplace"
ROOMS = "desktop_app.gui.shell.rooms"


def sessions_in(config: Path) -> Path:
    """The folder of the marks of sessions."""
    return config / "sessions"


@dataclass(frozen=True)
class Opened:
    """An open archive with what the window shows of it at once. ``person`` was at the desk the last time.

    ``bookmark`` says where the work stood, ``ended`` has the last session that was not closed. ``home`` is the house
    that a small archive comes from.
    """

    desk: "Desk"
    folder: Path
    name: str
    person: Person | None
    bookmark: Bookmark = field(default_factory=Bookmark)
    ended: Session | None = None
    home: "Home | None" = None


class Opening(QObject):
    """``opened(Opened)`` or ``failed(folder, KnownError)``; one at a time, in the order of asking."""

    opened = Signal(object)
    failed = Signal(object, object)

    def __init__(self, tasks: Tasks, config: Path, parent: QObject | None = None) -> None:
        """``config`` is the folder of settings, bookmarks and marks of sessions."""
        super().__init__(parent)
        self._config = config
        self._tasks = tasks

    def open(self, folder: Path, person: str | None) -> None:
        """Open the archive in ``folder``; ``person`` is the id of who sat at it on this computer the last time."""
        config = self._config
        self._run(folder, lambda _progress: _open(folder, person, config), N_("Opening the archive"), quiet=True)

    def create(self, folder: Path, policy: str) -> None:
        """Make an empty archive in ``folder`` whose stories go by ``policy``, and open it."""
        self._run(folder, lambda _progress: _create(folder, policy), N_("Making an archive"))

    def create_sample(self, folder: Path) -> None:
        """Make the sample archive in ``folder`` and open it."""
        self._run(folder, lambda progress: _create_sample(folder, progress), N_("Making the sample archive"))

    def restore(self, backup: Path, folder: Path) -> None:
        """Make an archive of a backup in ``folder`` and open it."""
        config = self._config
        self._run(folder, lambda _progress: _restore(backup, folder, config), N_("Restoring the backup"))

    def unpack(self, file: Path, folder: Path) -> None:
        """Make a small archive of a work package in ``folder`` and open it."""
        config = self._config
        self._run(folder, lambda progress: _unpack(file, folder, config, progress), N_("Unpacking the work package"))

    def _run(self, folder: Path, job: Callable[[Progress], Opened], title: Message, *, quiet: bool = False) -> None:
        def failed(error: KnownError) -> None:
            self.failed.emit(folder, error)

        self._tasks.run(job, title=title, on_done=self.opened.emit, on_error=failed, writer=True, quiet=quiet)


# Each of these runs on the writer thread; the reason for their imports stands at the top.


def _open(folder: Path, person: str | None, config: Path) -> Opened:
    from desktop_app.desk import desk  # noqa: PLC0415

    opened = _opened(desk.open_desk(folder), person)
    import_module(WORKPLACE)
    ended = ended_sessions(sessions_in(config), opened.folder) if opened.desk.archive.writable else []
    return replace(opened, bookmark=_bookmark(opened.desk, config), ended=_last(opened.desk, ended))


def _last(desk: "Desk", ended: list[Session]) -> Session | None:
    """The last of the sessions that were not closed, as the archive has it."""
    from desktop_app.gui.shell.session_facts import as_archived  # noqa: PLC0415

    waiting = tuple(pair for session in ended for pair in session.waiting)
    return as_archived(desk, replace(ended[-1], waiting=waiting)) if ended else None


def _create(folder: Path, policy: str) -> Opened:
    from desktop_app.desk import desk  # noqa: PLC0415

    import_module(WORKPLACE)
    return _opened(desk.create_desk(folder, policy=policy), None)


def _create_sample(folder: Path, progress: Progress) -> Opened:
    from desktop_app.desk import desk, samples  # noqa: PLC0415

    import_module(WORKPLACE)
    made = samples.make_sample(folder, progress=desk.Progress(progress.report, progress.check))
    return _opened(made, None)


def _restore(backup: Path, folder: Path, config: Path) -> Opened:
    from desktop_app.desk import backups  # noqa: PLC0415

    backups.restore(backup, folder)
    return _open(folder, None, config)


def _unpack(file: Path, folder: Path, config: Path, progress: Progress) -> Opened:
    from desktop_app.desk import desk, small_archives  # noqa: PLC0415

    small_archives.unpack(file, folder, progress=desk.Progress(progress.report, progress.check))
    return _open(folder, None, config)


def _bookmark(desk: "Desk", config: Path) -> Bookmark:
    """Where the work stood, without the stories that are gone."""
    from desktop_app.desk.presence import present  # noqa: PLC0415

    bookmark = BookmarkFile(config).read(desk.folder)
    there = present(desk, [tab.story for tab in bookmark.tabs])
    return replace(bookmark, tabs=tuple(tab for tab in bookmark.tabs if tab.story in there))


def _opened(desk: "Desk", person: str | None) -> Opened:
    from desktop_app.desk.home import home_of  # noqa: PLC0415
    from desktop_app.desk.people import current_person, list_people  # noqa: PLC0415

    try:
        known = {one.id: one for one in list_people(desk)}
        sitting = known.get(person or "") or current_person(desk)
        return Opened(desk, desk.folder, desk.house().name, sitting, home=home_of(desk))
    except BaseException:
        desk.close()
        raise
