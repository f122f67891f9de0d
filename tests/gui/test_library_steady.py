"""The list of stories stays where it is while its rows change: what was chosen is not scrolled away."""

import pytest
from PySide6.QtWidgets import QListView
from shell_room import Room, soon

from desktop_app.desk.desk import Changes
from desktop_app.desk.importing import import_pages
from desktop_app.desk.people import find_person
from desktop_app.desk.workflow import claim, submit
from desktop_app.domain.digest import content_digest
from desktop_app.domain.records import Version
from desktop_app.domain.story import Block, BlockKind, Content, Segment, SegmentStatus, Story, StoryState, VersionNumber
from desktop_app.gui.library.page import LibraryPage
from desktop_app.store import history
from desktop_app.store import stories as story_store

MANY = 60


@pytest.fixture
def library(room: Room) -> LibraryPage:
    """The list of an archive with many submitted stories."""
    desk, by = room.desk, find_person(room.desk, "LI Wei")
    with desk.archive.write() as unit:
        for number in range(MANY):
            segment = Segment(desk.new_id(), f"第{number}条新闻", f"News {number}", SegmentStatus.DRAFT)
            content = Content((Block(desk.new_id(), BlockKind.HEADLINE, (segment,)),), topics=("News",))
            story = Story(
                desk.new_id(), f"news-{number:02d}", content, state=StoryState.DRAFTING,
                policy=desk.house().policy, policy_version=desk.house().policy_version, drafter=by.id,
            )  # fmt: skip
            story_store.add(unit.session, story, at=f"2024-02-01T08:00:{number:02d}.000000Z")
            first = Version(VersionNumber(), content_digest(content), unit.at, by.id, "imported")
            history.add_version(unit.session, story.id, content, first, identity=unit.new_id())
        unit.record("stories imported")
    for number in range(MANY):
        submit(desk, f"news-{number:02d}", by=by)
    library = room.place.stories.library
    told(room, library, "*")
    soon(room.qtbot, lambda: library._model.rowCount() > MANY)
    return library


def told(room: Room, library: LibraryPage, *stories: str) -> None:
    """Let the page hear of a change, and wait until it was read."""
    with room.qtbot.waitSignal(library.listed, timeout=20_000):
        room.window.bus.publish(Changes(stories=frozenset(stories)))
    room.quiet()


def top_of(library: LibraryPage, slug: str) -> int:
    """Where the row of a story begins in the view, in pixels."""
    row = library._model.row_of(next(s.summary.id for s in library.listed_stories() if s.summary.slug == slug))
    assert row is not None
    return library.list.visualRect(library._model.index(row)).top()


def choose(library: LibraryPage, slug: str) -> None:
    """Choose a story and bring its row into the middle of the view."""
    row = library._model.row_of(next(s.summary.id for s in library.listed_stories() if s.summary.slug == slug))
    assert row is not None
    library.list.setCurrentIndex(library._model.index(row))
    library.list.scrollTo(library._model.index(row), QListView.ScrollHint.PositionAtCenter)


def shown(library: LibraryPage) -> list[str]:
    return [library._model.listed(row).summary.slug for row in range(library._model.rowCount())]


def test_a_claimed_story_stays_where_it_was(room: Room, library: LibraryPage) -> None:
    choose(library, "news-30")
    before, rows = top_of(library, "news-30"), shown(library)
    assert before > 0
    claimed = claim(room.desk, "news-30", by=find_person(room.desk, "WANG Fang"))
    told(room, library, *claimed.stories)
    assert [library._model.listed(row).summary.slug for row in library.list.selected_rows()] == ["news-30"]
    assert top_of(library, "news-30") == before
    assert shown(library) == rows, "whoever works down the list finds the next one below"


def test_a_list_that_is_shown_anew_has_the_newest_first(room: Room, library: LibraryPage) -> None:
    claimed = claim(room.desk, "news-30", by=find_person(room.desk, "WANG Fang"))
    told(room, library, *claimed.stories)
    assert shown(library)[0] != "news-30"
    room.place.show_place("people")
    room.place.show_place("stories")
    assert shown(library)[0] == "news-30"


def test_a_filter_has_the_newest_first(room: Room, library: LibraryPage) -> None:
    claimed = claim(room.desk, "news-30", by=find_person(room.desk, "WANG Fang"))
    told(room, library, *claimed.stories)
    library.bar._choose_topic("News")
    assert shown(library)[0] == "news-30"


def test_a_story_that_is_new_stands_first(room: Room, library: LibraryPage) -> None:
    choose(library, "news-30")
    before = top_of(library, "news-30")
    page = room.folder.parent / "page.txt"
    page.write_text("标题\n\n正文。", "utf-8")
    (made,) = import_pages(room.desk, [page], by=find_person(room.desk, "LI Wei")).stories
    told(room, library, made.id)
    assert shown(library)[0] == made.slug
    assert top_of(library, "news-30") == before


def test_what_is_chosen_stays_where_it_was_while_others_move(room: Room, library: LibraryPage) -> None:
    library.bar._choose_state(StoryState.SUBMITTED)
    choose(library, "news-30")
    before = top_of(library, "news-30")
    claimed = claim(room.desk, "news-50", by=find_person(room.desk, "WANG Fang"))
    told(room, library, *claimed.stories)
    assert "news-50" not in shown(library)
    assert top_of(library, "news-30") == before


def test_what_is_looked_at_stays_where_it_was_though_the_choice_is_out_of_view(
    room: Room, library: LibraryPage
) -> None:
    library.bar._choose_state(StoryState.SUBMITTED)
    choose(library, "news-59")
    bar = library.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    seen = library.list.indexAt(library.list.viewport().rect().center())
    slug = library._model.listed(seen.row()).summary.slug
    before = top_of(library, slug)
    claimed = claim(room.desk, "news-57", by=find_person(room.desk, "WANG Fang"))
    told(room, library, *claimed.stories)
    assert "news-57" not in shown(library)
    assert top_of(library, slug) == before
    assert library.selected()[0] == next(s.summary.id for s in library.listed_stories() if s.summary.slug == "news-59")


def test_another_filter_is_read_from_its_top(room: Room, library: LibraryPage) -> None:
    bar = library.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    library.bar._choose_state(StoryState.SUBMITTED)
    assert bar.value() == 0
