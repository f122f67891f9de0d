"""The window of the events by hand: what is listed, filtered, opened and written out, and the keyboard's way."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from sqlite3 import connect

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDateEdit, QFileDialog, QMenu
from shell_room import Room, soon
from test_shell_accessible import nameless

from desktop_app.desk.auditing import chain_head
from desktop_app.desk.desk import Desk
from desktop_app.desk.event_checking import check_events
from desktop_app.desk.people import find_person, set_current_person
from desktop_app.domain.events import EventKind, ToldEvent
from desktop_app.gui.events.filter_line import Asked
from desktop_app.gui.events.model import STORY, WHAT, WHO
from desktop_app.gui.events.window import EventsWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")
Key = Qt.Key


def window_of(room: Room) -> EventsWindow:
    """The window, opened from the menu, at rest."""
    room.window.registry.action("events").trigger()
    window = room.place.rooms.events.window
    assert window is not None
    rest(room, window)
    return window


def rest(room: Room, window: EventsWindow) -> None:
    line = window.line
    soon(
        room.qtbot,
        lambda: not (
            window._reading.waiting or window._fetching.waiting or window._soon.isActive()
            or window._later.isActive() or line._pause.isActive()
        ),
    )  # fmt: skip
    room.quiet()


def listed(room: Room, window: EventsWindow) -> list[ToldEvent]:
    """Every event of the list, scrolled through from the top."""
    found = []
    for row in range(window.model.rowCount()):
        if window.model.event_at(window.model.index(row, 0)) is None:
            window.list.scrollTo(window.model.index(row, 0), window.list.ScrollHint.PositionAtTop)
            window.list.viewport().grab()  # it is read because it is painted
            rest(room, window)
        event = window.model.event_at(window.model.index(row, 0))
        assert event is not None
        found.append(event)
    return found


def offered(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == text)


def cell_of(window: EventsWindow, row: int, column: int) -> QPoint:
    return window.list.visualRect(window.model.index(row, column)).center()


def lengthened(desk: Desk, events: int) -> None:
    """Many more events, as an archive of many years has; nobody verifies this one."""
    with closing(connect(desk.archive.database)) as connection:
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT max(sequence) + 1 FROM events UNION ALL SELECT i + 1 FROM n LIMIT ?)"
            "INSERT INTO events SELECT i, 'e' || i, '2027-01-01T00:00:00.000000Z', NULL, 'office', 'search rebuilt',"
            " NULL, '{}', '{}', '', '' FROM n",
            (events,),
        )
        connection.commit()


def test_the_newest_event_comes_first_and_all_are_there(room: Room) -> None:
    window = window_of(room)
    head = chain_head(room.desk)
    assert head is not None
    numbers = [event.number for event in listed(room, window)]
    assert numbers == list(range(head.number, 0, -1))
    assert window.line.count.text() == f"{head.number} events"
    assert head.hash[:8] in window.head.text()
    QTest.mouseClick(window.copy_head, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == f"{head.number} {head.at} {head.hash}"
    newest = window.chosen()
    assert newest is not None
    assert newest.hash in window.facts.text()


def test_only_what_is_in_view_is_read(room: Room) -> None:
    lengthened(room.desk, 5000)
    window = window_of(room)
    assert window.model.rowCount() > 5000
    assert len(window.model._read) <= 200
    window.list.setFocus()
    QTest.keyClick(window.list, Key.Key_End)
    window.list.viewport().grab()
    rest(room, window)
    last = window.chosen()
    assert last is not None
    assert last.number == 1
    assert len(window.model._read) <= 400


def test_words_filter_and_nothing_found_is_said(room: Room) -> None:
    window = window_of(room)
    QTest.keyClicks(window.line.search, "signed approval")
    rest(room, window)
    told = [str(event.sentence) for event in listed(room, window)]
    assert told
    assert all(sentence.startswith("Signed “Approval”") for sentence in told)
    QTest.keyClicks(window.line.search, " no such word")
    rest(room, window)
    assert window.nothing.isVisible()
    assert not window.export.isEnabled()
    QTest.mouseClick(window.nothing.button, Qt.MouseButton.LeftButton)
    rest(room, window)
    assert window.list.isVisible()
    assert window.line.asked == Asked()
    assert window.line.search.text() == ""


def test_chips_filter_by_person_kind_and_period(room: Room) -> None:
    window = window_of(room)
    line, whole = window.line, window.model.rowCount()
    QTest.mouseClick(line.person, Qt.MouseButton.LeftButton)
    offered(line.person._menu, "WANG Fang").trigger()
    line.person._menu.close()
    rest(room, window)
    assert {str(event.who) for event in listed(room, window)} == {"WANG Fang"}
    assert line.person.isChecked()
    offered(line.kind._menu, "Review and release").trigger()
    offered(line.kind._menu, "Comments").trigger()
    rest(room, window)
    assert {event.kind for event in listed(room, window)} <= {EventKind.REVIEW, EventKind.COMMENTS}
    assert line.kind.text().startswith("Review and release, Comments")
    offered(line.period._menu, "Today").trigger()
    rest(room, window)
    assert line.asked.since == line.asked.until == datetime.now(UTC).astimezone().date()
    QTest.mouseClick(line.clear_all, Qt.MouseButton.LeftButton)
    rest(room, window)
    assert window.model.rowCount() == whole
    assert not line.clear_all.isVisible()


def test_two_days_can_be_asked_for(room: Room) -> None:
    window = window_of(room)
    offered(window.line.period._menu, "Between two days…").trigger()
    dialog = window.line.dialog
    assert dialog is not None
    for field, typed in ((dialog.since, "2019-03-02"), (dialog.until, "2019-02-01")):
        field.setFocus()
        field.setSelectedSection(QDateEdit.Section.YearSection)
        for part in typed.split("-"):
            QTest.keyClicks(field, part)  # a full part hands on to the next
    QTest.keyClick(dialog, Key.Key_Return)
    rest(room, window)
    assert (window.line.asked.since, window.line.asked.until) == (date(2019, 2, 1), date(2019, 3, 2))
    assert window.model.rowCount() == 0
    assert "2019-02-01 – 2019-03-02" in window.line.period.text()


def test_a_story_is_found_by_typing_a_piece_of_its_headline(room: Room) -> None:
    window = window_of(room)
    QTest.mouseClick(window.line.story, Qt.MouseButton.LeftButton)
    popup = window.line.stories
    soon(room.qtbot, popup.isVisible)
    assert popup.list.count() == len(room.place.stories.library.listed_stories()) + 1
    QTest.keyClicks(popup.field, "library")
    assert popup.list.count() == 1
    QTest.keyClick(popup.field, Key.Key_Return)
    rest(room, window)
    found = listed(room, window)
    assert found
    assert {event.stories for event in found} == {(window.line.asked.story,)}
    assert "Library" in window.line.story.text()
    QTest.mouseClick(window.line.story, Qt.MouseButton.LeftButton)
    QTest.keyClick(popup.field, Key.Key_Home)
    popup.list.setCurrentRow(0)
    QTest.keyClick(popup.field, Key.Key_Return)
    rest(room, window)
    assert window.line.asked.story == ""


def test_a_headline_opens_its_story_by_click_and_by_key(room: Room) -> None:
    window = window_of(room)
    row = next(n for n, event in enumerate(listed(room, window)) if event.headline is not None)
    window.list.scrollToTop()
    event = window.model.event_at(window.model.index(row, 0))
    assert event is not None
    QTest.mouseClick(window.list.viewport(), Qt.MouseButton.LeftButton, pos=cell_of(window, row, WHAT))
    assert room.place.front() is None  # a click elsewhere only chooses
    link = window.list.visualRect(window.model.index(row, STORY)).topLeft() + QPoint(20, 10)
    QTest.mouseClick(window.list.viewport(), Qt.MouseButton.LeftButton, pos=link)
    soon(room.qtbot, lambda: (page := room.place.front()) is not None and page.story_id == event.stories[0])
    room.quiet()
    room.place.stories.close_front()
    window.list.setFocus()
    QTest.keyClick(window.list, Key.Key_Return)
    soon(room.qtbot, lambda: room.place.front() is not None)
    room.quiet()


def test_the_keyboard_goes_from_the_words_into_the_list_and_back(room: Room) -> None:
    window = window_of(room)
    assert window.focusWidget() is window.line.search
    assert window.list.currentIndex().row() == 0
    QTest.keyClick(window.line.search, Key.Key_Down)
    assert window.focusWidget() is window.list
    assert window.list.currentIndex().row() == 1  # the newest was chosen already
    QTest.keyClick(window.list, Key.Key_Up)
    assert window.list.currentIndex().row() == 0
    QTest.keyClick(window.list, Key.Key_Up)
    assert window.focusWidget() is window.line.search
    seen = []
    for _ in range(12):
        seen.append(window.focusWidget())
        QTest.keyClick(window.focusWidget(), Key.Key_Tab)
    line = window.line
    for part in (line.person, line.story, line.kind, line.period, window.list, window.stop, window.export):
        assert part in seen
    assert nameless(window) == []


def test_a_row_offers_what_narrows_the_list(room: Room) -> None:
    window = window_of(room)
    event = next(e for e in listed(room, window) if e.headline is not None and e.person is not None)
    acts: dict[str, Callable[[], None]] = {str(words): act for words, act in window.offers(event)}
    assert list(acts) == [
        "Open the story", "Only this story", f"Only what {event.who} did", "Only “Review and release”", "Copy the hash",
    ]  # fmt: skip
    acts["Only this story"]()
    acts[f"Only what {event.who} did"]()
    rest(room, window)
    assert {(e.stories, e.who) for e in listed(room, window)} == {(event.stories, event.who)}
    acts["Copy the hash"]()
    assert QGuiApplication.clipboard().text() == event.hash
    window.list.setFocus()
    QTest.keyClick(window.list, Key.Key_Home)
    window.list.offer_asked.emit(window.list.mapToGlobal(QPoint(5, 5)))
    menu = window.findChild(QMenu)
    soon(room.qtbot, lambda: any(menu.isVisible() for menu in window.findChildren(QMenu)))
    assert menu is not None
    for one in window.findChildren(QMenu):
        one.close()


def test_what_happens_meanwhile_comes_in_at_the_top_and_the_choice_stays(room: Room) -> None:
    window = window_of(room)
    window.list.setCurrentIndex(window.model.index(5, 0))
    kept, count = window.chosen(), window.model.rowCount()
    assert kept is not None
    room.window.bus.publish(set_current_person(room.desk, find_person(room.desk, "WANG Fang")))
    soon(room.qtbot, lambda: window.model.rowCount() == count + 1)
    rest(room, window)
    newest = window.model.event_at(window.model.index(0, 0))
    assert newest is not None
    assert str(newest.sentence) == "Sat down at the desk"
    assert window.chosen() == kept
    assert window.list.currentIndex().row() == 6


def test_a_window_opened_again_chooses_the_newest(room: Room) -> None:
    lengthened(room.desk, 500)
    window = window_of(room)
    window.list.setFocus()
    QTest.keyClick(window.list, Key.Key_End)
    rest(room, window)
    window.close()
    newest = window_of(room).chosen()
    assert newest is not None
    assert newest.number == window.model.rowCount()
    assert newest.hash in window.facts.text()
    assert window.list.verticalScrollBar().value() == 0


def test_the_chosen_event_is_told_when_it_is_out_of_view(room: Room) -> None:
    lengthened(room.desk, 1000)
    window = window_of(room)
    window.list.setCurrentIndex(window.model.index(600, 0))
    rest(room, window)
    kept = window.chosen()
    assert kept is not None
    window.list.verticalScrollBar().setValue(0)
    room.window.bus.publish(set_current_person(room.desk, find_person(room.desk, "WANG Fang")))
    soon(room.qtbot, lambda: window.list.currentIndex().row() == 601)
    rest(room, window)
    assert window.chosen() == kept
    assert f"Event {kept.number} " in window.facts.text()


def test_the_arrow_waits_for_what_is_being_read(room: Room) -> None:
    window = window_of(room)
    QTest.keyClicks(window.line.search, "signed approval")
    QTest.keyClick(window.line.search, Key.Key_Down)
    rest(room, window)
    assert window.focusWidget() is window.list
    chosen = window.chosen()
    assert chosen is not None
    assert str(chosen.sentence).startswith("Signed “Approval”")
    assert window.list.currentIndex().row() == 0


@pytest.mark.parametrize(("typed", "kind", "written"), [
    ("out.csv", "", "out.csv"), ("out", "JSON lines (*.jsonl)", "out.jsonl"), ("out.jsonl", "", "out.jsonl"),
])  # fmt: skip
def test_the_list_is_written_out(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, kind: str, written: str
) -> None:
    window = window_of(room)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / typed), kind))
    QTest.mouseClick(window.export, Qt.MouseButton.LeftButton)
    soon(room.qtbot, window.message.isVisible)
    path = tmp_path / written
    assert window.message.text() == f"{window.model.rowCount()} events written to {written}."
    assert window.stop.text() == "Close"
    if written.endswith(".jsonl"):
        assert check_events(path, room.desk).problems == []
    else:
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_what_is_filtered_is_what_is_written(room: Room, tmp_path: Path) -> None:
    window = window_of(room)
    window.line.ask_kinds(frozenset({EventKind.REVIEW}))
    rest(room, window)
    window.write_out(tmp_path / "review.jsonl")
    soon(room.qtbot, window.message.isVisible)
    lines = (tmp_path / "review.jsonl").read_text("utf-8").splitlines()
    assert json.loads(lines[0]) == {"filtered": {"kinds": ["review"]}}
    assert len(lines) == window.model.rowCount() + 1


def test_an_export_can_be_stopped_and_a_refusal_is_said(room: Room, tmp_path: Path) -> None:
    lengthened(room.desk, 20_000)
    window = window_of(room)
    window.write_out(tmp_path / "long.csv")
    assert window.stop.text() == "Stop"
    assert not window.export.isEnabled()
    QTest.mouseClick(window.stop, Qt.MouseButton.LeftButton)
    soon(room.qtbot, window.message.isVisible)
    assert window.message.text() == "Stopped; no file was written."
    assert list(tmp_path.glob("long*")) == []
    window.message.hide()
    (tmp_path / "file").write_text("x")
    window.write_out(tmp_path / "file" / "in it.csv")
    soon(room.qtbot, window.message.isVisible)
    assert "cannot be written" in window.message.text()
    assert window.export.isEnabled()


def test_the_archive_can_be_closed_while_the_window_is_open(room: Room) -> None:
    window = window_of(room)
    window.line.ask_person(find_person(room.desk, "WANG Fang").id)
    assert room.place.close_archive()
    assert not window.isVisible()
    assert window.model.rowCount() == 0
    room.quiet()


def test_a_row_shows_who_and_when_even_of_what_nobody_is_named_for(room: Room) -> None:
    window = window_of(room)
    made = listed(room, window)[-1]
    last = window.model.rowCount() - 1
    assert str(made.sentence) == "Made the archive"
    assert window.model.index(last, WHO).data() == made.account
    assert window.model.index(last, STORY).data() == ""
