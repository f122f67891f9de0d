"""The list of stories: filtered, chosen from, filled by dropping files."""

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from shell_room import Room, soon

from desktop_app.desk.desk import Changes
from desktop_app.desk.people import find_person
from desktop_app.desk.publishing import release
from desktop_app.desk.stories import list_stories
from desktop_app.domain.findings import Severity
from desktop_app.domain.story import StoryState
from desktop_app.foundation.i18n import load_catalog
from desktop_app.gui.kit.weighing import weighed
from desktop_app.gui.library.filters import Filter, hands, states_of, topics_of
from desktop_app.gui.library.model import ERRORS, OPEN
from desktop_app.gui.library.page import LibraryPage
from desktop_app.gui.shell.status_line import StoryStatus


@pytest.fixture
def library(room: Room) -> LibraryPage:
    return room.place.stories.library


def shown(library: LibraryPage) -> list[str]:
    return [library._model.listed(row).summary.slug for row in range(library._model.rowCount())]


def drop(library: LibraryPage, paths: list[Path], at: QPoint) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(at), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    library.dropEvent(event)
    assert event.isAccepted()


def test_typing_in_the_filter_finds_words_in_both_languages_and_in_the_text(library, qtbot) -> None:
    for typed, slug in (("图书馆", "new-library-opens"), ("batteries", "battery-recycling-progress")):
        library.bar.search.clear()
        qtbot.keyClicks(library.bar.search, typed) if typed.isascii() else library.bar.search.setText(typed)
        soon(qtbot, lambda slug=slug: slug in shown(library) and len(shown(library)) < 7)


def test_escape_gives_all_stories_back(library, qtbot) -> None:
    library.bar.search.setText("nothing has this word")
    soon(qtbot, library._nothing.isVisible)

    qtbot.keyClick(library.bar.search, Qt.Key.Key_Escape)

    soon(qtbot, lambda: len(shown(library)) == 7)


def test_the_state_chip_shows_one_state(library) -> None:
    library.bar._choose_state(StoryState.APPROVED)

    assert shown(library) == ["battery-recycling-progress"]
    assert library.bar._state.isChecked()
    library.bar.clear()
    assert len(shown(library)) == 7


def test_the_topic_chip_shows_one_topic(library) -> None:
    library.bar._choose_topic("Campus Life")

    assert set(shown(library)) == {"new-library-opens", "students-design-contest"}


def test_what_waits_for_me_follows_the_person(room: Room, library) -> None:
    library.bar._mine.setChecked(True)
    assert shown(library) == ["new-materials-conference"]

    room.sit("WANG Fang")

    mine = shown(library)
    assert "students-design-contest" in mine
    assert "new-materials-conference" not in mine


def test_stories_with_findings_are_counted_in_the_background(room: Room, library, qtbot) -> None:
    soon(qtbot, lambda: library._counts.counts.get(room.story("new-materials-conference"), 0) > 0)
    library.bar._findings.setChecked(True)

    assert "new-materials-conference" in shown(library)


def test_what_was_approved_with_findings_has_them_until_it_is_out(room: Room, library, qtbot) -> None:
    soon(qtbot, lambda: library._counts.counts.get(room.story("battery-recycling-progress"), 0) > 0)
    room.sit("ZHAO Mingyuan")
    release(room.desk, "battery-recycling-progress", by=find_person(room.desk, "ZHAO Mingyuan"))
    room.place._bus.publish(Changes(stories=frozenset({room.story("battery-recycling-progress")})), "test")
    soon(qtbot, lambda: room.story("battery-recycling-progress") not in library._counts.counts)
    room.quiet()


def test_the_list_counts_in_the_colour_of_the_worst_and_says_it(room: Room, library, qtbot) -> None:
    story = room.story("new-materials-conference")
    soon(qtbot, lambda: library._counts.counts.get(story, 0) > 0)
    page = room.open("new-materials-conference")
    errors = sum(one.severity is Severity.ERROR for one in page.findings)
    index = library._model.index(library._model.row_of(story))
    assert index.data(ERRORS) == errors
    library._model.show_findings({story: 3}, {story: 1})
    assert "1 error · 2 others" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert [weighed(*one)[1] for one in ((1, 2), (1, 0), (0, 2), (0, 0))] == ["error", "error", "warning", "muted"]
    status = room.window.status
    status.show_story(StoryStatus(findings=1, errors=1))
    assert (status._findings.text(), status._findings.property("tone")) == ("1 error", "error")
    status.show_story(StoryStatus(findings=2, errors=0))
    assert (status._findings.text(), status._findings.property("tone")) == ("2 findings", "warning")
    room.quiet()


def test_the_list_says_which_story_is_open_whatever_is_chosen(room: Room, library) -> None:
    page = room.open("new-materials-conference")
    other = library._model.row_of(room.story("battery-recycling-progress"))
    library.list.setCurrentIndex(library._model.index(other))
    rows = range(library._model.rowCount())
    in_front = [row for row in rows if library._model.index(row).data(OPEN)]
    assert in_front == [library._model.row_of(page.story_id)]
    assert "open in front" in library._model.index(in_front[0]).data(Qt.ItemDataRole.AccessibleTextRole)
    room.place.stories.close_front()
    assert not any(library._model.index(row).data(OPEN) for row in rows)
    room.quiet()


def test_a_filter_without_stories_offers_to_be_cleared(library, qtbot) -> None:
    library.bar._choose_state(StoryState.APPROVED)
    library.bar._choose_topic("Campus Life")
    assert library._nothing.isVisible()

    qtbot.mouseClick(library._nothing.button, Qt.MouseButton.LeftButton)

    assert len(shown(library)) == 7


def test_several_stories_can_be_chosen_and_stay_chosen_when_the_list_is_read_again(library, qtbot) -> None:
    flag = QItemSelectionModel.SelectionFlag
    for row in (0, 2):
        library.list.selectionModel().select(library._model.index(row), flag.Select)
    chosen = library.selected()

    with qtbot.waitSignal(library.listed, timeout=20_000):
        library.reload()

    assert len(chosen) == 2
    assert library.selected() == chosen


def test_arrow_down_leaves_the_filter_for_the_list(library, qtbot) -> None:
    library.focus_filter()

    qtbot.keyClick(library.bar.search, Qt.Key.Key_Down)

    assert library.list.currentIndex().isValid()


def test_dropped_pages_are_asked_to_be_imported(library, tmp_path: Path, qtbot) -> None:
    page = tmp_path / "page.txt"
    page.write_text("标题\n\n正文。", "utf-8")

    with qtbot.waitSignal(library.import_asked) as asked:
        drop(library, [page], QPoint(5, library.height() - 5))

    assert asked.args == [[page]]


def test_a_folder_dropped_on_a_story_brings_its_pictures(room: Room, library, tmp_path: Path, qtbot) -> None:
    index = library._model.index(1)
    place = library.mapFromGlobal(library.list.viewport().mapToGlobal(library.list.visualRect(index).center()))
    library.pictures_dropped.disconnect()

    with qtbot.waitSignal(library.pictures_dropped) as dropped:
        drop(library, [tmp_path], place)

    assert dropped.args == [library._model.listed(1).summary.id, [tmp_path]]


def test_rows_read_well_for_assistive_technology(library) -> None:
    row = library._model.row_of(next(s.summary.id for s in library.listed_stories() if s.stale))

    spoken = library._model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)

    assert spoken.startswith("New Library Opens")
    assert spoken.endswith("Sign-off stale")


def test_the_list_is_one_line_a_story_where_it_has_room(library) -> None:
    wide = library.list.sizeHintForRow(0)
    library.list.resize(280, 600)

    assert library.list.sizeHintForRow(0) > wide


# The rules, without a window


def test_a_filter_lets_through_what_is_all_that_it_asks(desk) -> None:
    stories = list_stories(desk)

    assert all(Filter().passes(one, (), {}) for one in stories)
    waiting = {stories[0].summary.id}
    assert [one for one in stories if Filter(mine=True).passes(one, waiting, {})] == stories[:1]
    asked = Filter(state=StoryState.IN_REVISION, topic="University News")
    assert [one.summary.slug for one in stories if asked.passes(one, (), {})] == ["qingling-materials-signing"]
    assert not any(Filter(findings=True).passes(one, (), {}) for one in stories)


def test_topics_and_states_are_those_that_occur(desk) -> None:
    stories = list_stories(desk)

    assert topics_of(stories) == ["Campus Life", "International", "Research", "University News"]
    assert sum(states_of(stories).values()) == len(stories)
    assert StoryState.KILLED not in states_of(stories)


def test_hands_name_the_drafter_and_who_has_it_now(room: Room, library) -> None:
    listed = library.listed_stories([room.story("qingling-materials-signing")])[0]

    people = library._model.people
    assert [str(name) for name in hands(listed.summary, people)] == ["LI Wei", "WANG Fang"]
    chinese = load_catalog("zh_Hans")
    wanted = [people[one].zh for one in (listed.summary.drafter, listed.summary.claimed_by)]
    assert all(wanted)
    assert [chinese.text(name) for name in hands(listed.summary, people)] == wanted


def test_ten_thousand_chosen_stories_are_looked_up_and_not_searched_for(library: LibraryPage) -> None:
    class Chosen(list[str]):
        def __contains__(self, _one: object) -> bool:
            raise AssertionError("each story is compared with each that is chosen")

    ids = Chosen(one.summary.id for one in library.listed_stories())
    assert [one.summary.id for one in library.listed_stories(ids)] == list(ids)
    assert library.listed_stories(Chosen()) == []
