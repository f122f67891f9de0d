"""Pictures into the places of a story: chosen from the catalogue, or linked from their folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from review_room import Room, opened_room

from desktop_app.desk import importing, pictures
from desktop_app.domain.story import Block, Story
from desktop_app.foundation.resources import resource
from desktop_app.gui.pictures.place_dialog import PlaceDialog
from desktop_app.gui.pictures.placing import Placing

SOURCE = resource("sample", "new-library-opens")


@pytest.fixture
def room(tmp_path_factory, tmp_path, look, texts, qtbot) -> Iterator[Room]:
    with opened_room(tmp_path_factory, tmp_path / "archive", look, texts, qtbot) as made:
        yield made


@pytest.fixture
def story(room: Room, tmp_path: Path) -> Story:
    """A story whose pictures were not there when it came in."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("zh.txt", "en.txt"):
        shutil.copy(SOURCE / name, folder / name)
    imported = importing.import_pair(room.desk, folder / "zh.txt", folder / "en.txt", by=room.people["LI"], slug="bare")
    return imported.stories[0]


@pytest.fixture
def placing(room: Room) -> Placing:
    window = QWidget()
    room.qtbot.addWidget(window)
    window.show()
    placing = Placing(room.look, room.texts, room.tasks, room.bus, window)
    room.hand_over(placing)
    placing.show_person(room.people["LI"])
    return placing


def places(room: Room) -> list[Block]:
    return [block for block in room.file("bare").story.content.blocks if block.placement is not None]


def test_folder_fills_the_waiting_places_by_name(room, placing, story) -> None:
    assert [block.placement.picture for block in places(room)] == [None, None]
    heard: list[str] = []
    room.bus.changed.connect(lambda _changes, sender: heard.append(sender))
    with room.qtbot.waitSignal(placing.said) as said:
        placing.link_folder(story.id, SOURCE)
    assert said.args == ["2 pictures linked.", "good"]
    assert all(block.placement.picture for block in places(room))
    assert heard == ["placing"]


def test_folder_without_fitting_names_changes_nothing(room, placing, story, tmp_path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(SOURCE / "1.jpg", other / "else.jpg")
    with room.qtbot.waitSignal(placing.said) as said:
        placing.link_folder(story.id, other)
    assert said.args[1] == "warning"
    assert [block.placement.picture for block in places(room)] == [None, None]


def test_file_that_is_no_picture_is_named(room, placing, story, tmp_path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(SOURCE / "1.jpg", other / "1.jpg")
    (other / "2.jpg").write_text("no picture")
    with room.qtbot.waitSignal(placing.said) as said:
        placing.link_folder(story.id, other)
    assert said.args[1] == "warning"
    assert "1 picture linked." in said.args[0]
    assert "2.jpg" in said.args[0]


def opened_dialog(room: Room) -> PlaceDialog:
    room.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PlaceDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PlaceDialog)
    room.qtbot.waitUntil(lambda: dialog.grid.model().rowCount() > 0)
    return dialog


def test_chosen_picture_takes_the_place_and_the_story_keeps_its_words(room, placing, story) -> None:
    block = places(room)[0]
    placing.choose(story.id, block.id, block.placement.file)
    dialog = opened_dialog(room)
    first = dialog.grid.current()
    assert first.file == block.placement.file
    with room.qtbot.waitSignal(placing.said) as said:
        room.qtbot.mouseClick(dialog.place_button, Qt.MouseButton.LeftButton)
    assert said.args == ["The picture is placed.", "good"]
    placed = places(room)[0].placement
    assert placed.picture == first.id
    assert placed.caption == block.placement.caption


def test_enter_on_a_picture_places_it(room, placing, story) -> None:
    block = places(room)[0]
    placing.choose(story.id, block.id, block.placement.file)
    dialog = opened_dialog(room)
    dialog.grid.setCurrentIndex(dialog.grid.model().index(3, 0))
    wanted = dialog.picture_id()
    with room.qtbot.waitSignal(placing.said):
        room.qtbot.keyClick(dialog.grid, Qt.Key.Key_Return)
    assert places(room)[0].placement.picture == wanted


def test_cancelled_dialog_places_nothing(room, placing, story) -> None:
    block = places(room)[0]
    placing.choose(story.id, block.id, block.placement.file)
    opened_dialog(room).reject()
    room.settle()
    assert places(room)[0].placement.picture is None


def test_story_closed_to_changes_is_refused_in_words(room, placing) -> None:
    file = room.file("velmara-delegation-visit")
    block = next(b for b in file.story.content.blocks if b.placement is not None)
    other = next(p for p in pictures.list_pictures(room.desk) if p.id != block.placement.picture)
    placing.choose(file.story.id, block.id, other.file)
    dialog = opened_dialog(room)
    dialog.grid.select(other.id)
    with room.qtbot.waitSignal(placing.said) as said:
        room.qtbot.mouseClick(dialog.place_button, Qt.MouseButton.LeftButton)
    assert said.args[1] == "error"
    assert room.file("velmara-delegation-visit").digest == file.digest


def test_story_closed_to_changes_is_refused_before_a_picture_is_read(room, placing, tmp_path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "1.jpg").write_text("no picture")
    with room.qtbot.waitSignal(placing.said) as said:
        placing.link_folder(room.file("velmara-delegation-visit").story.id, tmp_path / "folder")
    assert said.args[1] == "error"
    assert said.args[0].startswith("The story cannot be changed now")


def test_no_match_in_the_dialog_leaves_nothing_to_place(room, placing, story) -> None:
    block = places(room)[0]
    placing.choose(story.id, block.id, block.placement.file)
    dialog = opened_dialog(room)
    room.qtbot.keyClicks(dialog.focusWidget(), "zeppelin")
    room.qtbot.waitUntil(lambda: dialog.grid.model().rowCount() == 0)
    assert not dialog.place_button.isEnabled()
    dialog.reject()
