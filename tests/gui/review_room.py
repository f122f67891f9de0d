"""A room to review in: the sample archive on disk, its people, tasks and bus, for the tests of review and pictures."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.desk import stories
from desktop_app.desk.desk import Desk, open_desk
from desktop_app.desk.people import list_people
from desktop_app.desk.stories import StoryFile
from desktop_app.domain.people import Person
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from tests.founding import made_sample

DRAFTING, SUBMITTED, REVISING = "new-materials-conference", "students-design-contest", "qingling-materials-signing"
STALE, APPROVED, RELEASED = "new-library-opens", "battery-recycling-progress", "velmara-delegation-visit"


class Part(Protocol):
    """A panel that works on an archive."""

    def open_desk(self, desk: Desk | None) -> None: ...


class Room:
    """What the panels get by constructor, and short ways to the archive behind them."""

    def __init__(self, desk: Desk, look: Look, texts: Texts, qtbot: QtBot) -> None:
        self.desk, self.look, self.texts, self.qtbot = desk, look, texts, qtbot
        self.tasks, self.bus = Tasks(), ChangeBus()
        self.bugs: list[BaseException] = []
        self.parts: list[Part] = []
        self.tasks.unexpected.connect(self.bugs.append)
        self.people: dict[str, Person] = {person.name.split()[0]: person for person in list_people(desk)}

    def hand_over(self, part: Part) -> None:
        """Give a panel the archive, and take it back at the end."""
        self.parts.append(part)
        part.open_desk(self.desk)

    def file(self, story: str) -> StoryFile:
        return stories.open_story(self.desk, story)

    def compose(self, field: QWidget, text: str) -> None:
        """Type as an input method does: one commit, in any script."""
        typed = QInputMethodEvent()
        typed.setCommitString(text)
        QApplication.sendEvent(field, typed)

    def settle(self) -> None:
        """Let every job end and its answer arrive."""
        assert self.tasks.wait_idle(30)
        assert not self.bugs


@contextmanager
def opened_room(
    factory: pytest.TempPathFactory, folder: Path, look: Look, texts: Texts, qtbot: QtBot
) -> Iterator[Room]:
    shutil.copytree(made_sample(factory), folder)
    room = Room(open_desk(folder), look, texts, qtbot)
    try:
        yield room
        room.settle()
    finally:
        for part in room.parts:  # as the shell does, so that nothing is asked for after closing
            part.open_desk(None)
        room.tasks.close()
        room.desk.close()
