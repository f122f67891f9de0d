"""Another window on the same archive: what it writes is seen here, and nothing is signed that is not on the screen."""

from collections.abc import Iterator

import pytest
from shell_room import Room, soon, top

from desktop_app.desk.desk import Desk, open_desk
from desktop_app.desk.editing import edit_story
from desktop_app.desk.stories import open_story
from desktop_app.domain.edits import set_target

SLUG = "new-materials-conference"


@pytest.fixture
def other(room: Room) -> Iterator[Desk]:
    desk = open_desk(room.folder)
    yield desk
    desk.close()


def _write(other: Desk, story: str, words: str) -> str:
    """Write into the first segment as another process would; return its id."""
    file = open_story(other, story)
    segment = next(iter(file.story.content.segments()))
    edit_story(other, story, [set_target(segment, words)], by=file.people[file.story.drafter or ""])
    return segment.id


def test_words_of_another_window_come_to_text_and_list(room: Room, other: Desk, qtbot) -> None:
    page = room.open(SLUG)
    soon(qtbot, lambda: room.desk.archive._watch is not None)

    _write(other, page.story_id, "Their headline")

    soon(qtbot, lambda: page.editor.story().headline().en == "Their headline")
    listed = room.place.stories.library.listed_stories
    soon(qtbot, lambda: listed([page.story_id])[0].summary.headline.en == "Their headline")


def test_words_of_another_window_are_checked_when_they_come(room: Room, other: Desk, qtbot) -> None:
    page = room.open(SLUG)
    soon(qtbot, lambda: room.desk.archive._watch is not None)

    segment = _write(other, page.story_id, "")

    soon(qtbot, lambda: ("omission", segment) in {(one.check, one.segment) for one in page.findings})


def test_nothing_is_signed_that_the_window_does_not_show(room: Room, other: Desk, qtbot) -> None:
    page = room.open(SLUG)
    room.place.elsewhere.open_desk(None)  # the moment before the window hears of it
    room.quiet()
    _write(other, page.story_id, "Their headline")
    said = []
    room.place.said.connect(lambda text, tone: said.append((text, tone)))

    room.place.rooms.next_step()

    soon(qtbot, lambda: bool(said))
    assert said[0][1] == "warning"
    assert "changed elsewhere" in said[0][0]
    soon(qtbot, lambda: page.editor.story().headline().en == "Their headline")
    room.place.rooms.next_step()
    soon(qtbot, lambda: top_or_none("SignDialog") is not None)
    top("SignDialog").reject()


def top_or_none(kind: str):
    try:
        return top(kind)
    except IndexError:
        return None
