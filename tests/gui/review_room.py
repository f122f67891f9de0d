"""A room to review in: the sample archive on disk, its people, tasks and bus, for the tests of review and pictures."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.desk import stories
from desktop_app.desk.desk import Desk, open_desk
from desktop_app.desk.people import list_people
from desktop_app.desk.samples import make_sample
from desktop_app.desk.stories import StoryFile
from desktop_app.domain.people import Person
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts

DRAFTING, SUBMITTED, REVISING = "new-materials-conference", "students-design-contest", "qingling-materials-signing"
STALE, APPROVED, RELEASED = "new-library-opens", "battery-recycling-progress", "velmara-delegation-visit"


class Room:
    """What the panels get by constructor, and short ways to the archive behind them."""

    def __init__(self, desk: Desk, look: Look, texts: Texts, qtbot: QtBot) -> None:
        self.desk, self.look, self.texts, self.qtbot = desk, look, texts, qtbot
        self.tasks, self.bus = Tasks(), ChangeBus()
        self.bugs: list[BaseException] = []
        self.tasks.unexpected.connect(self.bugs.append)
        self.people: dict[str, Person] = {person.name.split()[0]: person for person in list_people(desk)}

    def file(self, story: str) -> StoryFile:
        return stories.open_story(self.desk, story)

    def settle(self) -> None:
        """Let every job end and its answer arrive."""
        assert self.tasks.wait_idle(30)
        assert not self.bugs


def sample_folder(factory: pytest.TempPathFactory) -> Path:
    """The closed sample archive of this test process, made once."""
    folder = factory.getbasetemp() / "sample-archive"
    if not folder.exists():
        make_sample(folder).close()
    return folder


@contextmanager
def opened_room(
    factory: pytest.TempPathFactory, folder: Path, look: Look, texts: Texts, qtbot: QtBot
) -> Iterator[Room]:
    shutil.copytree(sample_folder(factory), folder)
    room = Room(open_desk(folder), look, texts, qtbot)
    try:
        yield room
        room.settle()
    finally:
        room.tasks.close()
        room.desk.close()
