"""The room for tests of the whole window: a sample archive of one's own, and the window opened on it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.desk.desk import Desk, open_desk
from desktop_app.foundation.messages import N_
from desktop_app.foundation.settings import SettingsFile
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.shell.story_page import StoryPage
from desktop_app.gui.shell.trouble import Trouble
from desktop_app.gui.shell.window import MainWindow
from desktop_app.gui.shell.workplace import Workplace
from tests.founding import made_sample

PATIENCE = 20_000  # ms
HOLDING = N_("Testing")


class Room:
    """A window and what tests ask of it."""

    def __init__(self, window: MainWindow, folder: Path, qtbot) -> None:
        self.window = window
        self.folder = folder
        self.qtbot = qtbot

    @property
    def place(self) -> Workplace:
        assert self.window.workplace is not None
        return self.window.workplace

    @property
    def desk(self) -> Desk:
        assert self.place.desk is not None
        return self.place.desk

    def story(self, slug: str) -> str:
        """The id of a story of the sample."""
        return next(s.summary.id for s in self.place.stories.library.listed_stories() if s.summary.slug == slug)

    def open(self, slug: str) -> StoryPage:
        """Open a story and wait until it is there and checked."""
        page = self.place.stories.open_story(self.story(slug))
        assert page is not None
        self.qtbot.waitUntil(lambda: page.file is not None and page.status.findings is not None, timeout=PATIENCE)
        return page

    def sit(self, name: str) -> None:
        """Let somebody sit down at the desk."""
        people = self.place.people
        self.qtbot.waitUntil(lambda: bool(people.people), timeout=PATIENCE)
        people.choose(next(person for person in people.people if person.name == name))
        self.quiet()

    def quiet(self) -> None:
        """Wait until no job runs."""
        self.qtbot.waitUntil(lambda: not self.window.tasks._running, timeout=PATIENCE)


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_sample(tmp_path_factory)


@pytest.fixture
def archive(sample_folder: Path, tmp_path: Path) -> Path:
    """A copy of the sample archive, to be changed."""
    return Path(shutil.copytree(sample_folder, tmp_path / "archive"))


@pytest.fixture
def desk(archive: Path) -> Iterator[Desk]:
    opened = open_desk(archive)
    yield opened
    opened.close()


@pytest.fixture
def settings() -> SettingsFile:
    return SettingsFile()


@pytest.fixture
def window(look: Look, texts: Texts, settings: SettingsFile, qtbot) -> Iterator[MainWindow]:
    """A window that has not been told to open anything."""
    made = MainWindow(look, texts, settings, Trouble())
    qtbot.addWidget(made)
    made.show()
    yield made
    if made.isVisible():
        assert made.close()


@pytest.fixture
def room(window: MainWindow, archive: Path, qtbot) -> Room:
    """The window with the sample archive open and its stories listed."""
    return enter(window, archive, qtbot)


def enter(window: MainWindow, archive: Path, qtbot) -> Room:
    """Open an archive in a window and wait until its stories are listed."""
    with qtbot.waitSignal(window.archive_shown, timeout=PATIENCE):
        window.start(archive)
    room = Room(window, archive, qtbot)
    qtbot.waitUntil(lambda: bool(room.place.stories.library.listed_stories()), timeout=PATIENCE)
    room.quiet()
    return room


@contextmanager
def held(tasks: Tasks, desk: Desk) -> Iterator[None]:
    """Let a job of the pool hold the archive, as work does that comes home; it is called ``HOLDING``."""
    begun, end = Event(), Event()

    def hold(_progress: object) -> None:
        with desk.archive.write() as unit:
            unit.session.connection()
            begun.set()
            assert end.wait(PATIENCE / 1000)
            unit.leave_no_event()

    tasks.run(hold, title=HOLDING, on_done=lambda _none: None, on_error=pytest.fail)
    try:
        assert begun.wait(PATIENCE / 1000)
        yield
    finally:
        end.set()


def top(kind: str):
    """The visible window of a class name, newest last."""
    return [w for w in QApplication.topLevelWidgets() if type(w).__name__ == kind and w.isVisible()][-1]


def soon(qtbot, holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    qtbot.waitUntil(holds, timeout=PATIENCE)
