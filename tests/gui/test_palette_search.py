"""The palette: a few letters lead to actions, stories and words."""

import pytest
from PySide6.QtCore import Qt
from shell_room import PATIENCE, Room, soon
from shiboken6 import isValid

from desktop_app.gui.palette.entries import Kind
from desktop_app.gui.palette.fuzzy import score
from desktop_app.gui.palette.palette import Palette


@pytest.fixture
def palette(room: Room) -> Palette:
    room.window.registry.action("palette").trigger()
    return room.window.findChildren(Palette)[-1]


def entries(palette: Palette) -> list:
    return [palette._model.entry(row) for row in range(palette._model.rowCount())]


def test_it_begins_with_the_stories_and_the_actions_that_can_be_done(palette: Palette) -> None:
    kinds = {entry.kind for entry in entries(palette)}

    assert kinds == {Kind.STORY, Kind.ACTION}
    assert "undo" not in {entry.id for entry in entries(palette)}


def test_enter_opens_the_story_that_was_typed(palette: Palette, room: Room, qtbot) -> None:
    qtbot.keyClicks(palette.query, "new lib")

    qtbot.keyClick(palette.query, Qt.Key.Key_Return)

    soon(qtbot, lambda: room.place.front() is not None)
    assert room.place.front().story_id == room.story("new-library-opens")
    soon(qtbot, lambda: room.place.front().file is not None)


def test_a_chinese_headline_is_found_as_well(palette: Palette) -> None:
    palette.query.setText("图书馆")

    assert entries(palette)[0].title == "New Library Opens Its Doors at YCUT"


def test_an_action_is_triggered(palette: Palette, room: Room, qtbot) -> None:
    qtbot.keyClicks(palette.query, "settings")

    with qtbot.waitSignal(room.window.registry.action("settings").triggered, timeout=PATIENCE):
        qtbot.keyClick(palette.query, Qt.Key.Key_Return)

    assert room.window.rail.current() == "settings"


def test_words_in_the_text_lead_to_their_segment(palette: Palette, room: Room, qtbot) -> None:
    palette.query.setText("3200")
    soon(qtbot, lambda: any(entry.kind is Kind.PART for entry in entries(palette)))
    row = next(i for i, entry in enumerate(entries(palette)) if entry.kind is Kind.PART)
    part = entries(palette)[row].part

    palette._choose(row)

    soon(qtbot, lambda: room.place.front() is not None and room.place.front().editor.active_key() == part)


def test_arrows_go_round_and_escape_leaves(palette: Palette, qtbot) -> None:
    qtbot.keyClick(palette.query, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == palette._model.rowCount() - 1
    qtbot.keyClick(palette.query, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 0

    qtbot.keyClick(palette.query, Qt.Key.Key_Escape)

    assert not isValid(palette) or not palette.isVisible()


def test_nothing_found_is_said(palette: Palette) -> None:
    palette.query.setText("zzzqqq")

    assert palette._none.isVisible()


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("export", "Export…", "Re-export the pages"),
        ("lib", "New Library Opens", "Calibrating robots"),
        ("cn", "Confirm and go on", "Zebra"),
        ("next", "Next segment", "Previous context"),
    ],
)
def test_beginnings_of_words_go_before_their_insides(query: str, better: str, worse: str) -> None:
    assert score(query, better) > score(query, worse)


def test_all_typed_words_must_fit() -> None:
    assert score("new lib", "New Library Opens") > 0
    assert score("new lib", "New Materials") == 0
    assert score("", "Anything") > 0
