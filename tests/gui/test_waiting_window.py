"""What waits for the person at the desk, in the library: the chip with its count, the order, the deadline in a row."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from shell_room import Room, soon

from desktop_app.desk import duties
from desktop_app.desk.desk import Changes
from desktop_app.domain.people import Person
from desktop_app.gui.library.model import NOTES
from desktop_app.gui.library.page import LibraryPage

SUBMITTED, REVISING = "students-design-contest", "qingling-materials-signing"


@pytest.fixture
def library(room: Room) -> LibraryPage:
    return room.place.stories.library


def shown(library: LibraryPage) -> list[str]:
    return [library._model.listed(row).summary.slug for row in range(library._model.rowCount())]


def person(room: Room, name: str) -> Person:
    return next(one for one in room.place.people.people if one.name == name)


def give(room: Room, story: str, to: str, deadline: datetime) -> None:
    """Assign a step as somebody else's window does, and let this one hear of it."""
    by = person(room, "ZHAO Mingyuan")
    identity = room.story(story)
    duties.assign(room.desk, identity, by=by, to=person(room, to), deadline=deadline)
    room.window.bus.publish(Changes(stories=frozenset({identity})), "elsewhere")


def test_the_chip_counts_what_waits_and_shows_the_most_urgent_first(room: Room, library, qtbot) -> None:
    room.sit("WANG Fang")
    now = datetime.now(UTC)
    give(room, SUBMITTED, "WANG Fang", now + timedelta(days=2))
    give(room, REVISING, "WANG Fang", now + timedelta(days=1))
    soon(qtbot, lambda: list(library._waiting.stories)[:2] == [room.story(REVISING), room.story(SUBMITTED)])
    qtbot.mouseClick(library.bar._mine, Qt.MouseButton.LeftButton)
    assert shown(library)[:2] == [REVISING, SUBMITTED]
    assert str(library._waiting.count) in library.bar._mine.text()
    assert library._waiting.count == len(shown(library))


def test_a_row_tells_its_deadline_and_late_in_words(room: Room, library, qtbot) -> None:
    room.sit("WANG Fang")
    now = datetime.now(UTC)
    room.desk.archive._now = lambda: now - timedelta(days=5)
    give(room, REVISING, "WANG Fang", now - timedelta(days=2, hours=1))
    room.desk.archive._now = lambda: now
    row = library._model.row_of(room.story(REVISING))
    soon(qtbot, lambda: library._model.index(row).data(NOTES) != [])
    (note,) = library._model.index(row).data(NOTES)
    assert (note.words, note.tone) == (("! 2 days late",), "error")
    soon(qtbot, lambda: "Assigned to you" in library._model.index(row).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "2 days late" in library._model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)


def test_an_action_leads_to_what_waits(room: Room, library, qtbot) -> None:
    room.open(SUBMITTED)
    room.window.registry.action("waiting").trigger()
    soon(qtbot, lambda: library.bar.filter.mine)
    assert library.bar._mine.isChecked()


def test_an_act_of_the_menu_is_an_action_too(room: Room, qtbot) -> None:
    room.sit("WANG Fang")
    room.open(REVISING)
    said: list[str] = []
    room.place.said.connect(lambda text, _tone: said.append(text))
    room.window.registry.action("recall").trigger()
    soon(qtbot, lambda: bool(said))
    assert said == ["Not possible: only the person who submitted the draft recalls it."]
