"""What the list says beside a story: the more binding note is never lost, in words or as a sign."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from shell_room import *  # noqa: F403 - the fixtures
from shell_room import Room, soon

from desktop_app.desk import duties, embargoes
from desktop_app.desk.correcting import correct
from desktop_app.desk.desk import Changes
from desktop_app.desk.people import find_person
from desktop_app.desk.publishing import unpublish
from desktop_app.desk.stories import list_stories
from desktop_app.desk.workflow import sign
from desktop_app.domain.story import StoryState
from desktop_app.foundation.messages import N_
from desktop_app.foundation.zones import moment_in
from desktop_app.gui.kit.states import STORY_MARKS, standing_mark
from desktop_app.gui.library.beside import Note, fit
from desktop_app.gui.library.model import NOTES
from desktop_app.gui.library.page import LibraryPage

REVISING = "qingling-materials-signing"
RELEASED = "velmara-delegation-visit"
ICON = 2
EMBARGO = Note(("Embargo until 2099-12-01 08:00", "Embargo until 1 Dec", "Embargo"), icon="lock")
DUE = Note(("tomorrow 10:00",), icon="calendar")
AWAY = Note(("LI Wei since 3 Nov", "With LI Wei"))


def of(library: LibraryPage, story: str, role: int) -> Any:
    """What the list has of a story, wherever it now stands in it."""
    return library._model.index(library._model.row_of(story)).data(role)


def width_of(text: str, _bold: bool) -> int:
    return len(text) or ICON


def told(room: int) -> list[str]:
    return [text or note.icon for note, text, _width in fit([EMBARGO, DUE, AWAY], room, 1, width_of)]


def test_what_was_taken_down_while_it_is_corrected_says_so(room: Room, qtbot) -> None:
    library, editor = room.place.stories.library, find_person(room.desk, "ZHAO Mingyuan")
    story = room.story(RELEASED)
    version = next(one for one in list_stories(room.desk) if one.summary.id == story).summary.released
    correct(room.desk, story, by=editor, note="A wrong date.")
    unpublish(room.desk, story, by=editor, note="")
    room.place._bus.publish(Changes(stories=frozenset({story})), "test")
    soon(qtbot, lambda: bool(of(library, story, NOTES)))
    (note,) = of(library, story, NOTES)
    assert note.forms == (f"Taken down; correction of {version}", "Taken down")
    assert note.tone == "warning"
    room.quiet()


def test_longer_words_go_to_what_binds_more() -> None:
    assert told(100) == ["Embargo until 2099-12-01 08:00", "tomorrow 10:00", "LI Wei since 3 Nov"]
    assert told(50) == ["Embargo until 1 Dec", "tomorrow 10:00", "With LI Wei"]
    assert told(25) == ["Embargo", "calendar", "With LI Wei"]
    assert told(10) == ["Embargo", "calendar"]
    assert told(5) == ["lock", "calendar"]
    assert told(1) == ["lock"], "the first is never left out"


@given(
    st.integers(0, 120),
    st.lists(st.tuples(st.lists(st.text("ab", min_size=1, max_size=30), min_size=1, max_size=3), st.booleans())),
)
def test_notes_lie_in_their_room_in_the_order_of_what_binds(room: int, parts: list[tuple[list[str], bool]]) -> None:
    notes = [Note(tuple(sorted(words, key=len, reverse=True)), icon="lock" * sign) for words, sign in parts]
    placed = fit(notes, room, 1, width_of)
    assert sum(width for _, _, width in placed) + max(0, len(placed) - 1) <= room
    assert [note for note, _, _ in placed] == notes[: len(placed)]
    assert bool(placed) == bool(notes)


def test_an_embargo_stands_beside_a_deadline_and_before_it(room: Room, qtbot) -> None:
    library, story = room.place.stories.library, room.story(REVISING)
    zhao, wang = find_person(room.desk, "ZHAO Mingyuan"), find_person(room.desk, "WANG Fang")
    until = moment_in("2099-12-01 08:00", "Asia/Shanghai")
    embargoes.set_embargo(room.desk, story, until, "Asia/Shanghai", by=zhao, reason="Asked for.")
    duties.assign(room.desk, story, by=zhao, to=wang, deadline=datetime.now(UTC) + timedelta(days=20))
    room.window.bus.publish(Changes(stories=frozenset({story})), "elsewhere")
    soon(qtbot, lambda: len(of(library, story, NOTES)) == 2)
    embargo, due = of(library, story, NOTES)
    assert (embargo.icon, due.icon) == ("lock", "calendar")
    assert embargo.words[1:] == ("Embargo until 1 Dec", "Embargo")
    said = of(library, story, Qt.ItemDataRole.ToolTipRole)
    assert "Embargo until 2099-12-01 08:00 Asia/Shanghai" in said, "the tip has the whole"


@pytest.mark.parametrize("state", [one for one in StoryState if one is not StoryState.IN_REVISION])
def test_other_states_are_named_as_they_are(state: StoryState) -> None:
    assert standing_mark(state, N_("Approval")) == STORY_MARKS[state]


def test_once_only_the_approval_waits_the_list_says_so(room: Room, qtbot) -> None:
    library, story = room.place.stories.library, room.story(REVISING)
    assert "In revision" in of(library, story, Qt.ItemDataRole.ToolTipRole)
    sign(room.desk, story, step="revision", by=find_person(room.desk, "WANG Fang"))
    room.window.bus.publish(Changes(stories=frozenset({story})), "elsewhere")
    soon(qtbot, lambda: "Approval waits, In revision" in of(library, story, Qt.ItemDataRole.ToolTipRole))
