"""What is decided over the exact text waits for it to be saved, and the window goes on meanwhile."""

from pathlib import Path

import pytest
from shell_room import *  # noqa: F403 - the fixtures
from shell_room import Room, held, soon, top
from travellers import STORY, came_back

from desktop_app.desk.stories import open_story
from desktop_app.gui.homecoming.dialog import HomecomingDialog
from desktop_app.gui.shell.story_page import StoryPage

SLUG = "new-materials-conference"


def typed(room: Room, slug: str = SLUG) -> StoryPage:
    """A story with words in it that are not saved yet."""
    page = room.open(slug)
    segment = list(page.editor.story().content.segments())[-1]
    page.editor.go_to(segment.id)
    page.editor.write_target(segment.id, "The last sentence.")
    assert not page.editor.is_saved()
    return page


def stored(room: Room, page: StoryPage) -> set[str]:
    return {segment.target for segment in open_story(room.desk, page.story_id).story.content.segments()}


def test_a_sign_off_is_asked_for_when_the_text_is_saved_and_the_window_is_free_until_then(room: Room, qtbot) -> None:
    fresh, said = [], []
    room.place.said.connect(lambda text, _tone: said.append(text))
    with held(room.window.tasks, room.desk):
        page = typed(room)
        page.when_fresh(lambda _file: fresh.append("given up for the next"))
        page.when_fresh(fresh.append)
        soon(qtbot, lambda: room.window.status._saved.text() == "Saving waits for “Testing”")
        assert fresh == said == []
        assert "The last sentence." not in stored(room, page)
    soon(qtbot, lambda: bool(fresh))
    assert [file.digest for file in fresh] == [open_story(room.desk, page.story_id).digest]
    assert "The last sentence." in stored(room, page)
    assert said == []
    soon(qtbot, lambda: room.window.status._saved.text().startswith("Saved"))
    room.quiet()


def test_a_story_closes_itself_when_its_last_words_are_saved(room: Room, qtbot) -> None:
    stories = room.place.stories
    with held(room.window.tasks, room.desk):
        page = typed(room)
        assert not stories.close_page(page)
        assert page in stories.tabs.pages()
    soon(qtbot, lambda: page not in stories.tabs.pages())
    assert "The last sentence." in stored(room, page)
    room.quiet()


@pytest.mark.parametrize(
    ("action", "kind"), [("export", "ExportDialog"), ("pack", "PackDialog"), ("check-sheet", "CheckSheetDialog")]
)
def test_what_goes_out_is_asked_for_over_what_is_saved(room: Room, qtbot, action: str, kind: str) -> None:
    def shown() -> bool:
        return any(type(one).__name__ == kind and one.isVisible() for one in room.window.findChildren(object))

    with held(room.window.tasks, room.desk):
        page = typed(room)
        room.window.registry.action(action).trigger()
        assert not shown()
    soon(qtbot, shown)
    assert "The last sentence." in stored(room, page)
    room.quiet()
    top(kind).reject()


def test_a_file_comes_home_over_what_is_saved(room: Room, qtbot, tmp_path: Path) -> None:
    file = came_back(room, tmp_path)
    with held(room.window.tasks, room.desk):
        page = room.open(STORY)
        segment = list(page.editor.story().content.segments())[-1]
        page.editor.go_to(segment.id)
        page.editor.write_target(segment.id, "Typed before it came home.")
        room.place.rooms.coming_home.bring([file])
        assert not room.window.findChildren(HomecomingDialog)
    soon(qtbot, lambda: bool(room.window.findChildren(HomecomingDialog)))
    assert "Typed before it came home." in stored(room, page)
    dialog = top("HomecomingDialog")
    soon(qtbot, dialog.go.isEnabled)
    dialog.reject()
    room.quiet()


def test_several_stories_are_waited_for_together(room: Room, qtbot) -> None:
    done: list[str] = []
    with held(room.window.tasks, room.desk):
        pages = [typed(room), typed(room, "spring-sports-meeting")]
        room.place.stories.when_saved(lambda: done.append("saved"), lambda: done.append("not saved"))
        assert done == []
    soon(qtbot, lambda: bool(done))
    assert done == ["saved"]
    assert all("The last sentence." in stored(room, page) for page in pages)
    room.place.stories.when_saved(lambda: done.append("at once"))
    assert done == ["saved", "at once"]
    room.quiet()
