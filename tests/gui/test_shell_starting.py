"""The list comes first: what is asked for before the rest is loaded happens as soon as it is there."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from shell_room import PATIENCE, Room, enter, soon

from desktop_app.desk.desk import open_desk
from desktop_app.desk.stories import list_stories
from desktop_app.foundation.bookmarks import Bookmark, BookmarkFile, TabMark
from desktop_app.foundation.settings import config_dir
from desktop_app.gui.palette.palette import Palette
from desktop_app.gui.shell.story_page import StoryPage
from desktop_app.gui.shell.window import MainWindow
from desktop_app.gui.shell.workplace import Workplace

# Modules that a list of stories can do without; each stands for what it brings.
_LATER = (
    "desktop_app.language.checks", "desktop_app.desk.importing", "desktop_app.desk.exporting",
    "desktop_app.gui.editor", "desktop_app.gui.palette", "desktop_app.gui.review",
    "alembic", "cryptography", "keyring", "lxml", "numpy", "PIL", "rapidfuzz", "sqlalchemy.dialects.postgresql",
)  # fmt: skip


@pytest.fixture
def ids(archive: Path) -> dict[str, str]:
    """The ids of the sample's stories by slug."""
    desk = open_desk(archive)
    found = {one.summary.slug: one.summary.id for one in list_stories(desk)}
    desk.close()
    return found


def place_of(window: MainWindow) -> Workplace:
    assert window.workplace is not None
    return window.workplace


def bare(
    window: MainWindow, archive: Path, qtbot, act: Callable[[Workplace], object] = lambda _place: None
) -> Workplace:
    """Open the archive, and do something where the list is about to be read and the rooms are not there."""
    made: list[Workplace] = []

    def shown() -> None:
        made.append(place_of(window))
        assert made[0]._rooms is None, "nothing has asked for the rooms yet"
        act(made[0])

    window.archive_shown.connect(shown, Qt.ConnectionType.SingleShotConnection)
    with qtbot.waitSignal(window.archive_shown, timeout=PATIENCE):
        window.start(archive)
    return made[0]


def test_what_the_list_can_do_without_is_not_loaded_with_it() -> None:
    code = (
        "import sys, desktop_app.gui.app, desktop_app.gui.shell.workplace, desktop_app.desk.desk\n"
        f"print(*(name for name in {_LATER!r} if name in sys.modules))"
    )
    answer = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True, timeout=120)
    assert answer.stdout.split() == []


def test_the_list_shows_before_the_rooms_are_made(window: MainWindow, archive: Path, ids, qtbot) -> None:
    seen: list[bool] = []
    place = bare(
        window, archive, qtbot, lambda place: place.library.listed.connect(lambda: seen.append(place._rooms is None))
    )
    soon(qtbot, lambda: place._rooms is not None)
    assert seen[0]
    assert place.library.isVisible()
    assert len(place.library.listed_stories()) == len(ids)
    soon(qtbot, lambda: bool(place.library._counts.counts))


def test_enter_on_a_story_opens_it_once_the_editor_is_there(window: MainWindow, archive: Path, ids, qtbot) -> None:
    pressed: list[bool] = []
    chosen: list[str] = []

    def press() -> None:
        place = place_of(window)
        if not pressed:
            pressed.append(place._rooms is None)
            place.library.list.setCurrentIndex(place.library.list.model().index(0, 0))
            chosen.append(place.library._model.listed(0).summary.id)
            qtbot.keyClick(place.library.list, Qt.Key.Key_Return)

    place = bare(window, archive, qtbot, lambda place: place.library.listed.connect(press))
    soon(qtbot, lambda: (page := place.front()) is not None and page.file is not None)
    assert pressed == [True]
    assert place.stories.open_stories() == chosen


def test_an_action_and_a_place_that_come_too_soon_come_true(window: MainWindow, archive: Path, qtbot) -> None:
    def ask(_place: Workplace) -> None:
        window.show_place("pictures")
        window.registry.action("palette").trigger()

    place = bare(window, archive, qtbot, ask)
    assert window.rail.current() == "pictures"
    soon(qtbot, lambda: place._rooms is not None)
    assert place.currentWidget() is place.rooms.pictures
    assert window.findChild(Palette).isVisible()


def test_the_last_place_asked_for_is_the_one_that_comes(window: MainWindow, archive: Path, qtbot) -> None:
    def ask(_place: Workplace) -> None:
        window.show_place("terms")
        window.show_place("people")

    place = bare(window, archive, qtbot, ask)
    soon(qtbot, lambda: place._rooms is not None)
    assert place.currentWidget() is place.people_page


def test_whoever_asks_for_a_room_itself_waits_for_it(window: MainWindow, archive: Path, ids, qtbot) -> None:
    pages: list[StoryPage] = []

    def ask(place: Workplace) -> None:
        page = place.stories.open_story(ids["new-library-opens"])
        assert page is not None
        pages.append(page)

    bare(window, archive, qtbot, ask)
    soon(qtbot, lambda: pages[0].file is not None)


def test_a_window_closed_before_the_rooms_are_there_keeps_the_tabs(
    window: MainWindow, archive: Path, ids, qtbot
) -> None:
    file = BookmarkFile(config_dir())
    kept = Bookmark(tabs=tuple(TabMark(one, slug) for slug, one in ids.items()), front=ids["new-library-opens"])
    file.write(archive, kept)
    closed: list[bool] = []
    bare(window, archive, qtbot, lambda _place: closed.append(window.close()))
    assert closed == [True]
    assert file.read(archive) == kept


def test_room_is_kept_for_the_tabs_of_the_last_time(window: MainWindow, archive: Path, ids, qtbot) -> None:
    story = ids["new-library-opens"]
    BookmarkFile(config_dir()).write(archive, Bookmark(tabs=(TabMark(story, "Library"),), front=story))
    window.resize(1280, 700)
    widths: list[int] = []
    place = bare(
        window, archive, qtbot,
        lambda place: place.library.listed.connect(lambda: widths.append(place.library.width())),
    )  # fmt: skip
    soon(qtbot, lambda: (page := place.front()) is not None and page.file is not None)
    assert widths[0] == place.library.width(), "the list does not move when the story comes"


def test_another_archive_opened_meanwhile_has_none_of_the_tabs_of_the_first(
    window: MainWindow, archive: Path, ids, tmp_path: Path, qtbot
) -> None:
    story = ids["new-library-opens"]
    BookmarkFile(config_dir()).write(archive, Bookmark(tabs=(TabMark(story, "Library"),), front=story))

    def leave(_place: Workplace) -> None:
        assert window.leave_archive()
        window.archives.create(tmp_path / "second", "draft-revision")

    place = bare(window, archive, qtbot, leave)
    soon(qtbot, lambda: place.desk is not None and place.desk.folder == tmp_path / "second")
    soon(qtbot, lambda: place._rooms is not None)
    assert place.stories.tabs.stories() == []
    assert not place.frame._room.isVisible()


def test_the_second_archive_of_a_window_finds_the_rooms_there(room: Room, archive: Path, qtbot) -> None:
    with qtbot.waitSignal(room.window.furnished, timeout=PATIENCE):
        assert room.window.leave_archive()
        enter(room.window, archive, qtbot)
    assert room.place._rooms is not None
