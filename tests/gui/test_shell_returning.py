"""The window comes back as it was left, also in another language and after it was killed."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from shell_room import PATIENCE, Room, enter, soon

from desktop_app.desk.desk import opened
from desktop_app.desk.editing import edit_story
from desktop_app.desk.people import add_person, find_person
from desktop_app.desk.stories import open_story
from desktop_app.desk.wordings import wordings
from desktop_app.domain.edits import clean, set_target
from desktop_app.domain.story import StoryState
from desktop_app.foundation.bookmarks import BookmarkFile, TabMark
from desktop_app.foundation.settings import SettingsFile, config_dir
from desktop_app.gui.app import Program
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.shell.session_facts import as_archived
from desktop_app.gui.shell.session_marks import Session, SessionMark, ended_sessions, fitting
from desktop_app.gui.shell.session_watch import sentence
from desktop_app.gui.shell.trouble import Trouble
from desktop_app.gui.shell.window import MainWindow
from desktop_app.store.archive import DATABASE

SLUGS = ("new-library-opens", "battery-recycling-progress", "new-materials-conference")


def left(room: Room, qtbot) -> None:
    """Close the window as a person does."""
    assert room.window.close()


def returned(look: Look, texts: Texts, archive: Path, qtbot) -> Room:
    """The next start."""
    window = MainWindow(look, texts, SettingsFile(), Trouble())
    qtbot.addWidget(window)
    window.show()
    return enter(window, archive, qtbot)


def settled(room: Room, qtbot):
    page = room.place.front()
    assert page is not None
    soon(qtbot, lambda: page.file is not None and page.status.findings is not None)
    return page


def test_tabs_their_order_and_every_place_come_back(room: Room, archive: Path, look, texts, qtbot) -> None:
    for slug in SLUGS:
        room.open(slug)
    front = room.open(SLUGS[1])
    key = [s.id for s in front.editor.story().content.segments()][3]
    front.editor.go_to(key)
    front.show_panel("history")
    resting = front.editor.resting()
    room.open(SLUGS[2]).show_view("changes")
    room.open(SLUGS[1])
    library = room.place.stories.library
    library.bar.show_filter(replace(library.bar.filter, state=StoryState.DRAFTING), "")
    room.place.frame.toggle_list()
    left(room, qtbot)

    room = returned(look, texts, archive, qtbot)
    stories = room.place.stories

    assert stories.tabs.stories() == [room.story(slug) for slug in SLUGS]
    assert [page.story_id for page in stories.tabs.pages()] == [room.story(SLUGS[1])], "only the front one is read"
    page = settled(room, qtbot)
    assert page.editor.resting() == resting
    assert page.editor.active_key() == key
    assert page.side.panel == "history"
    assert not stories.library.isVisible()
    assert stories.library.bar.filter.state is StoryState.DRAFTING
    assert stories.tabs._bar.tabText(0), "a tab that waits has its name"
    stories.tabs.step(1)
    assert settled(room, qtbot).view == "changes"
    assert [mark.view for mark in stories.marks()] == ["edit", "edit", "changes"]
    left(room, qtbot)


def test_a_tab_that_was_never_looked_at_keeps_its_place_and_can_be_closed(
    room: Room, archive, look, texts, qtbot
) -> None:
    first = room.open(SLUGS[0])
    key = [s.id for s in first.editor.story().content.segments()][2]
    first.editor.go_to(key)
    room.open(SLUGS[1])
    room.open(SLUGS[2])
    left(room, qtbot)
    for _ in range(2):
        room = returned(look, texts, archive, qtbot)
        settled(room, qtbot)
        assert room.place.stories.marks()[0].segment == key
        left(room, qtbot)
    room = returned(look, texts, archive, qtbot)
    settled(room, qtbot)
    room.place.stories.tabs.close_asked.emit(room.story(SLUGS[1]))
    assert room.place.stories.tabs.stories() == [room.story(SLUGS[0]), room.story(SLUGS[2])]
    room.place.stories.close_front()
    assert settled(room, qtbot).editor.active_key() == key, "the one that waited came to the front"
    left(room, qtbot)


def test_stories_that_are_gone_are_passed_over_quietly(room: Room, archive: Path, look, texts, qtbot) -> None:
    room.open(SLUGS[0])
    left(room, qtbot)
    file = BookmarkFile(config_dir())
    mark = file.read(archive)
    gone = TabMark("01890000-0000-7000-8000-000000000000", "Gone")
    file.write(archive, replace(mark, tabs=(gone, *(replace(tab, segment="no such", row="x") for tab in mark.tabs)),
                                front=gone.story, place="nowhere", state="nonsense"))  # fmt: skip
    room = returned(look, texts, archive, qtbot)
    assert room.place.stories.tabs.stories() == [room.story(SLUGS[0])]
    assert settled(room, qtbot).editor.active_key(), "where the row is gone, work begins where it would"
    assert room.window.toast.isHidden()
    left(room, qtbot)


def test_the_place_of_the_rail_comes_back(room: Room, archive: Path, look, texts, qtbot) -> None:
    room.window.show_place("terms")
    left(room, qtbot)
    room = returned(look, texts, archive, qtbot)
    assert room.window.rail.current() == "terms"
    left(room, qtbot)


def test_another_language_keeps_the_place_and_the_words(qapp, archive: Path, qtbot) -> None:
    program = Program(qapp, SettingsFile())
    program.open_window(archive)
    assert program.window is not None
    room = enter(program.window, archive, qtbot)
    room.sit("WANG Fang")
    page = room.open(SLUGS[2])
    keys = [s.id for s in page.editor.story().content.segments()]
    page.editor.go_to(keys[4])
    page.unlock()
    page.editor.insert_text("typed just now ")
    resting, story = page.editor.resting(), page.story_id

    room.window.switch_language()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    window = program.window
    assert window is not None
    room = enter(window, archive, qtbot) if window.workplace is None else Room(window, archive, qtbot)
    page = settled(room, qtbot)
    assert page.story_id == story
    assert page.editor.resting() == resting
    assert "typed just now" in next(s.target for s in page.editor.story().content.segments() if s.id == keys[4])
    assert not room.window.message.isVisible(), "that was no crash"
    assert window.close()


def in_another_language(program: Program, qtbot) -> Room:
    """The window after its language was switched by the action."""
    assert program.window is not None
    old = program.window
    old.registry.action("language").trigger()
    window = program.window
    assert window is not None
    assert window is not old
    soon(qtbot, lambda: window.workplace is not None and window.workplace.front() is not None)
    room = Room(window, window.workplace.desk.folder, qtbot)
    settled(room, qtbot)
    room.quiet()
    return room


def press(room: Room, action: str) -> None:
    """Press the keys of an action where the keyboard is."""
    key = room.window.registry.action(action).shortcut()[0]
    page = room.place.front()
    assert page is not None
    page.editor.setFocus()
    assert room.window.registry.action(action).isEnabled()
    QTest.keyClick(room.window, key.key(), key.keyboardModifiers())


def test_undo_goes_back_to_the_very_start_through_two_switches_of_language(qapp, archive: Path, qtbot) -> None:
    program = Program(qapp, SettingsFile())
    program.open_window(archive)
    assert program.window is not None
    room = Room(program.window, archive, qtbot)
    soon(qtbot, lambda: program.window.workplace is not None and program.window.workplace._rooms is not None)
    soon(qtbot, lambda: bool(room.place.library.listed_stories()))
    room.sit("LI Wei")
    other = room.open(SLUGS[0])
    page = room.open(SLUGS[2])
    segments = list(page.editor.story().content.segments())
    screens = [[s.target for s in segments]]
    waiting = other.story_id
    was = [s.target for s in other.editor.story().content.segments()]
    if other.editor.can_edit():
        other.editor.go_to(next(other.editor.story().content.segments()).id)
    other.editor.insert_text("In a tab that waits. ")
    for number, segment in enumerate(segments[3:6]):
        page.editor.go_to(segment.id)
        QTest.keyClicks(page.editor._sheet.live, f"Sentence {number}. ")
        screens.append([s.target for s in page.editor.story().content.segments()])
    room = in_another_language(program, qtbot)
    press(room, "undo")
    page = room.place.front()
    assert [s.target for s in page.editor.story().content.segments()] == screens[2]
    room = in_another_language(program, qtbot)
    page = room.place.front()
    for action, screen in [("undo", 1), ("undo", 0), ("redo", 1), ("redo", 2), ("redo", 3)]:
        press(room, action)
        assert [s.target for s in page.editor.story().content.segments()] == screens[screen]
    assert not page.editor.can_redo()

    other = room.open(SLUGS[0])
    assert other.story_id == waiting
    assert "In a tab that waits. " in str(other.editor.story().content)
    press(room, "undo")
    assert [s.target for s in other.editor.story().content.segments()] == was
    assert program.window.close()


KILLED = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from desktop_app.foundation.settings import SettingsFile
from desktop_app.gui import app as program

application = program._application()
made = program.Program(application, SettingsFile())
window = made.open_window(Path(sys.argv[1]))
look = QTimer()


def type_on():
    place = window.workplace
    if place is None or not place.people.people:
        return
    stories = place.stories.library.listed_stories()
    if not stories:
        return
    look.stop()
    place.people.choose(next(one for one in place.people.people if one.name == "WANG Fang"))
    story = next(one.summary.id for one in stories if one.summary.slug == "new-materials-conference")
    page = place.stories.open_story(story)

    def write(_file):
        page.unlock()
        page.editor.go_to([s.id for s in page.editor.story().content.segments()][3])
        page.editor.insert_text("The first words. ")
        window.resize(window.width(), 610)
        look.timeout.disconnect(type_on)
        look.timeout.connect(write_on)
        look.start(50)

    def write_on():
        if window.session._mark._session.saved:
            look.stop()
            window.session._soon.setInterval(3_600_000)  # killed before the mark says more
            page.editor.go_to([s.id for s in page.editor.story().content.segments()][4])
            page.editor.insert_text("The last words. ")

    page._source.then(write)


look.timeout.connect(type_on)
look.start(50)
sys.exit(application.exec())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the signal that cannot be answered is POSIX's")
def test_a_killed_program_is_told_of_and_its_words_are_shown(archive: Path, look, texts, qtbot, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(archive)], env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    )
    marks = config_dir() / "sessions"

    def noted() -> bool:
        with closing(sqlite3.connect(archive / DATABASE)) as database:
            saved = database.execute("select 1 from segments where target like '%The last words.%'").fetchone()
        return saved is not None and any(json.loads(one.read_text())["saved"] for one in marks.glob("*.json"))

    try:
        qtbot.waitUntil(noted, timeout=60_000)
        assert ended_sessions(marks, archive) == [], "it still runs"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()

    room = returned(look, texts, archive, qtbot)

    assert room.window.height() == 610
    said = room.window.message.text()
    assert "ended unexpectedly" in said
    assert said.endswith("segment 6."), "what the archive has, not what the mark had time to say"
    room.window.message._button.click()
    page = settled(room, qtbot)
    assert "The last words." in next(
        s.target for s in page.editor.story().content.segments() if s.id == page.editor.active_key()
    )
    assert "The last words." in str(open_story(room.desk, page.story_id).story.content)
    left(room, qtbot)
    room = returned(look, texts, archive, qtbot)
    assert not room.window.message.isVisible(), "it is said once"
    left(room, qtbot)
    assert not list(marks.iterdir()), "a clean end leaves nothing"


@pytest.mark.skipif(sys.platform == "win32", reason="the signal that cannot be answered is POSIX's")
def test_words_typed_while_another_program_writes_survive_a_kill(archive: Path, look, texts, qtbot, tmp_path) -> None:
    held = tmp_path / "held"
    script = KILLED.replace("window.session._mark._session.saved", "Path(sys.argv[2]).exists()")
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(archive), str(held)], env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    )
    marks = config_dir() / "sessions"

    def begun() -> bool:
        return any(json.loads(one.read_text())["saved"] for one in marks.glob("*.json"))

    def noted() -> bool:
        return any("The last words." in str(json.loads(one.read_text())["waiting"]) for one in marks.glob("*.json"))

    with closing(sqlite3.connect(archive / DATABASE, isolation_level=None)) as other:
        try:
            qtbot.waitUntil(begun, timeout=60_000)
            qtbot.waitUntil(lambda: _takes(other), timeout=PATIENCE)
            held.touch()
            qtbot.waitUntil(noted, timeout=PATIENCE)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        other.execute("ROLLBACK")

    room = returned(look, texts, archive, qtbot)

    message = room.window.message
    assert "still waited to be saved: " in message.text()
    assert "The last words." in message.text()
    assert "The first words." not in message.text()
    message._second.click()
    assert "The last words." in QGuiApplication.clipboard().text()


def _takes(other: sqlite3.Connection) -> bool:
    """Take the archive for writing, where nobody writes just now."""
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True


def test_what_waited_and_was_saved_after_all_is_not_told(archive: Path, texts: Texts) -> None:
    with opened(archive) as desk:
        story = open_story(desk, SLUGS[2]).story
        said = [segment.target for segment in story.content.segments()]
        waiting = ((story.id, said[0]), (story.id, "These are nowhere."), ("gone", "Nor are these."))
        found = as_archived(desk, Session("/a", "", "2026-05-04T11:32:10+00:00", waiting=waiting))
    assert found.waiting == waiting[1:]


SIGNS = st.characters(exclude_categories=())  # half surrogates too, which a paste can bring


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(st.uuids().map(str), st.lists(st.builds(str.__mul__, SIGNS, st.integers(1, 30_000)), max_size=3))
)
def test_a_mark_with_waiting_words_is_always_read_again(waiting: dict[str, list[str]]) -> None:
    told = fitting(waiting)
    with TemporaryDirectory() as folder:
        place = Path(folder)
        mark = SessionMark(place / "s", place)
        mark.note(waiting=told)
        mark._lock.unlock()
        (session,) = ended_sessions(place / "s", place)
    assert session.waiting == told
    texts = [clean(text) for texts in waiting.values() for text in texts]
    if sum(map(len, texts)) < 30_000:
        assert [text for _story, text in told] == list(filter(None, texts))


def test_the_marks_of_other_archives_and_of_the_living_stay(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    living = SessionMark(tmp_path / "s", one)
    dead = tmp_path / "s" / "1-dead.session.json"
    dead.write_text(json.dumps({"archive": str(other), "started": "", "alive": "2026-01-01T10:00:00+00:00"}), "utf-8")
    for name, text in (("2-bad", "{"), ("3-bad", "[]"), ("4-bad", '{"archive": 5}'), ("5-bad", "x" * 100_000)):
        (tmp_path / "s" / f"{name}.session.json").write_text(text, "utf-8")

    assert ended_sessions(tmp_path / "s", one) == []
    assert dead.exists()
    assert len(ended_sessions(tmp_path / "s", other)) == 1
    assert ended_sessions(tmp_path / "s", other) == []
    living.note(saved="2026-01-01T10:00:00+00:00", story="x", number=3)
    living.end()
    living.note(story="y")
    assert not list((tmp_path / "s").glob("*.session.json"))


@pytest.mark.logs
def test_a_folder_that_cannot_be_written_costs_only_the_mark(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    mark = SessionMark(tmp_path / "file" / "s", tmp_path)
    mark.note(story="x")
    mark.end()
    assert ended_sessions(tmp_path / "file" / "s", tmp_path) == []


def test_the_sentence_tells_the_day_where_it_was_another(texts: Texts) -> None:
    now = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
    session = Session("/a", "", "2026-05-04T11:32:10+00:00", "2026-05-04T11:32:05+00:00", "s", "Delegation", "k", 4)
    today = texts(sentence(session, texts, now))
    assert "“Delegation”, segment 4" in today
    assert ":32:05" in today
    long_ago = texts(sentence(replace(session, alive="2025-01-02T03:04:05+00:00", saved=""), texts, now))
    assert "Jan 2" in long_ago
    assert "Nothing had been saved" in long_ago
    assert "“Delegation”, picture 4." in texts(sentence(replace(session, picture=True), texts, now))
    assert texts(sentence(replace(session, number=0), texts, now)).endswith("in the story “Delegation”.")
    assert "Everything done until" in texts(sentence(replace(session, story=""), texts, now))


def test_what_was_saved_last_is_read_from_the_archive(archive: Path) -> None:
    with opened(archive) as desk:
        began = datetime.now(UTC)
        li = find_person(desk, "LI Wei")
        story = open_story(desk, SLUGS[2]).story
        segments = list(story.content.segments())
        noted = Session(str(archive), began.isoformat(), began.isoformat(timespec="seconds"))
        assert as_archived(desk, noted) == noted, "nothing was done yet"
        for place in (1, 3):
            edit_story(desk, story.id, [set_target(segments[place], f"Words {place}.")], by=li)
        saved_at = wordings(desk, story.id, segments[3].id)[-1].at[:19]
        early = replace(noted, saved=noted.alive, story="another", title="Another", segment="x", number=7)
        for mark in (noted, early):
            found = as_archived(desk, mark)
            assert (found.story, found.segment, found.number) == (story.id, segments[3].id, 4)
            assert found.saved[:19] == found.alive[:19] == saved_at
        long_dead = replace(noted, started="2020-01-01T00:00:00+00:00", alive="2020-01-01T10:00:00+00:00")
        assert as_archived(desk, long_dead) == long_dead, "what came after its last sign of life is not its own"
        add_person(desk, "ZHOU Ming")
        assert as_archived(desk, noted).segment == segments[3].id
