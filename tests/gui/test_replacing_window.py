"""Find and replace in all stories, by hand: what is listed, ticked, replaced in one act and taken back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shell_room import Room, soon

from desktop_app.desk.replacing import Replacement, Skipped
from desktop_app.desk.stories import open_story
from desktop_app.domain.story import StoryState
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.change_list import ROW, ChangeRow
from desktop_app.gui.replacing.window import ReplaceWindow
from desktop_app.gui.replacing.wording import what_was_done

ALT = Qt.KeyboardModifier.AltModifier


def window_of(room: Room, text: str = "") -> ReplaceWindow:
    """The window, looking for ``text``, at rest."""
    room.window.registry.action("find-in-archive").trigger()
    window = room.place.rooms.finding.window
    assert window is not None
    if text:
        window.query.selectAll()
        QTest.keyClicks(window.query, text)
        QTest.keyClick(window.query, Qt.Key.Key_Return)
    rest(room, window)
    return window


def rest(room: Room, window: ReplaceWindow) -> None:
    soon(room.qtbot, lambda: not window._asking.waiting and not window._pause.isActive())
    room.quiet()


def rows(window: ReplaceWindow) -> list[ChangeRow]:
    return [window.model.index(n).data(ROW) for n in range(window.model.rowCount())]


def texts_of(room: Room, slug: str) -> str:
    story = open_story(room.desk, room.story(slug)).story
    return " ".join(segment.target for segment in story.content.segments())


def writable(room: Room, window: ReplaceWindow) -> set[str]:
    return {key[0] for key in window.model.ticked() if isinstance(key, tuple)}


def replace_with(room: Room, window: ReplaceWindow, by: str) -> None:
    if not window.is_replacing():
        window.replacing.click()
    QTest.keyClicks(window.with_line, by)
    QTest.keyClick(window.with_line, Qt.Key.Key_Return, ALT)
    soon(room.qtbot, window.message.isVisible)
    rest(room, window)


def test_places_are_listed_story_by_story(room: Room) -> None:
    window = window_of(room, "university")
    headings = [row for row in rows(window) if row.key is None]
    assert len(headings) > 1
    assert window.told.text().endswith(f"in {len(headings)} stories")
    assert not window.model.has_boxes
    assert all("niversity" in window.model.spoken(row) for row in rows(window) if row.key is not None)


def test_nothing_found_and_a_broken_expression_are_said(room: Room) -> None:
    window = window_of(room, "no such words anywhere")
    assert window.told.text() == "0 places in 0 stories"
    assert window.model.rowCount() == 0
    QTest.keyClick(window.query, Qt.Key.Key_X, ALT)
    window.query.selectAll()
    QTest.keyClicks(window.query, "(")
    assert window.query.property("invalid")
    rest(room, window)
    assert window.told.text() == ""


def test_a_place_opens_its_story_there(room: Room) -> None:
    window = window_of(room, "Yunchuan")
    place = next(n for n, row in enumerate(rows(window)) if isinstance(row.key, tuple) and row.key[2] == "target")
    story, part, _side = rows(window)[place].key  # type: ignore[misc]
    window.list.setCurrentIndex(window.model.index(place))
    QTest.keyClick(window.list, Qt.Key.Key_Return)
    soon(room.qtbot, lambda: (page := room.place.front()) is not None and page.editor.active_key() == part)
    assert room.place.front().story_id == story  # type: ignore[union-attr]


def test_a_heading_opens_its_story(room: Room) -> None:
    window = window_of(room, "Yunchuan")
    QTest.mouseDClick(
        window.list.viewport(), Qt.MouseButton.LeftButton, pos=window.list.visualRect(window.model.index(0)).center()
    )
    soon(room.qtbot, lambda: (page := room.place.front()) is not None and page.story_id == rows(window)[0].group)
    room.quiet()


def test_only_what_may_be_changed_has_a_box(room: Room) -> None:
    room.sit("LI Wei")
    window = window_of(room, "university")
    window.replacing.click()
    listed = {s.summary.id: s.summary for s in room.place.stories.library.listed_stories()}
    states = {listed[story].state.value for story in writable(room, window)}
    assert states
    assert not states & {"released", "approved"}
    released = [row for row in rows(window) if row.key is None and listed[str(row.group)].state.value == "released"]
    assert released
    assert all("Released" in row.note and row.tone == "warning" for row in released)


def test_replacing_is_one_act_that_undo_takes_back(room: Room) -> None:
    room.sit("LI Wei")
    page = room.open("new-materials-conference")
    before = texts_of(room, page.file.story.slug)
    window = window_of(room, "conference")
    replace_with(room, window, "congress")
    after = texts_of(room, page.file.story.slug)
    assert "congress" in after
    assert "onference" not in after
    soon(room.qtbot, lambda: "congress" in page.editor.story().content.__repr__())
    assert window.message.text().startswith("Replaced: ")
    window.message._button.click()
    soon(room.qtbot, lambda: window.message.text().startswith("The old words are back"))
    rest(room, window)
    assert texts_of(room, page.file.story.slug) == before
    soon(room.qtbot, lambda: "congress" not in page.editor.story().content.__repr__())


def test_words_typed_a_moment_ago_are_found_and_replaced(room: Room) -> None:
    room.sit("LI Wei")
    page = room.open("new-materials-conference")
    page.editor.go_to(next(s.id for s in page.file.story.content.segments() if s.target))
    QTest.keyClicks(page.editor._sheet.live, " quokka")
    window = window_of(room, "quokka")
    assert len([row for row in rows(window) if row.key is not None]) == 1
    replace_with(room, window, "wombat")
    assert "wombat" in texts_of(room, page.file.story.slug)
    soon(room.qtbot, lambda: "wombat" in page.editor._sheet.live.text())


def test_what_is_not_ticked_stays(room: Room) -> None:
    room.sit("LI Wei")
    window = window_of(room, "conference")
    window.replacing.click()
    assert window.all.text() == "Tick none"
    window.all.click()
    assert not window.replace.isEnabled()
    assert window.picks() == []
    first = next(n for n, row in enumerate(rows(window)) if row.key is not None and row.can_change)
    window.list.setCurrentIndex(window.model.index(first))
    QTest.keyClick(window.list, Qt.Key.Key_Space)
    assert len(window.picks()) == 1


def test_signed_stories_are_ticked_only_when_asked_for(room: Room) -> None:
    room.sit("CHEN Xihe")
    window = window_of(room, "university")
    window.replacing.click()
    before = len(window.picks())
    assert window.signed.isVisible()
    assert "sign-offs" in window.signed.text()
    QTest.keyClicks(window.with_line, "college")
    before = len(window.picks())
    window.signed.click()
    assert len(window.picks()) > before


def test_a_replacement_is_painted_while_it_is_typed(room: Room) -> None:
    room.sit("LI Wei")
    window = window_of(room, "conference")
    window.replacing.click()
    QTest.keyClicks(window.with_line, "congress")
    row = next(row for row in rows(window) if row.key is not None and row.can_change)
    assert ("+", "congress") in window.model.ops_of(row)
    QTest.keyClick(window.query, Qt.Key.Key_X, ALT)
    QTest.keyClicks(window.with_line, "$3")
    assert window.with_line.property("invalid")
    assert not window.replace.isEnabled()


def test_the_window_goes_with_the_archive(room: Room) -> None:
    window = window_of(room, "university")
    assert room.window.leave_archive()
    assert not window.isVisible()
    assert window.model.rowCount() == 0


def test_an_empty_replacement_says_that_it_deletes(room: Room) -> None:
    room.sit("LI Wei")
    page = room.open("new-materials-conference")
    window = window_of(room, "conference")
    window.replacing.click()
    assert window.replace.text().startswith("Delete in ")
    assert window.replace.property("variant") == "danger"
    assert "will be taken out" in window.consequences.text()
    QTest.keyClicks(window.with_line, "c")
    assert window.replace.text().startswith("Replace in ")
    assert window.replace.property("variant") == "primary"
    assert "taken out" not in window.consequences.text()
    QTest.keyClick(window.with_line, Qt.Key.Key_Backspace)
    replace_with(room, window, "")
    assert window.message.text().startswith("Words taken out: ")
    assert "onference" not in texts_of(room, page.file.story.slug)


def test_a_ticked_box_with_the_keys_has_room_for_its_label(room: Room) -> None:
    window = window_of(room, "conference")
    window.query.setFocus()
    without = window.replacing.sizeHint()
    window.replacing.click()
    window.replacing.setFocus()
    assert window.replacing.hasFocus()
    assert window.replacing.sizeHint() == without


def test_undo_says_that_stale_sign_offs_stay_stale(room: Room) -> None:
    room.sit("CHEN Xihe")
    page = room.open("battery-recycling-progress")
    window = window_of(room, "battery")
    window.replacing.click()
    window.signed.click()
    replace_with(room, window, "accumulator")
    soon(room.qtbot, lambda: page.file.situation.state is not StoryState.APPROVED)
    assert page.message.isHidden(), "nothing is said of a signed text over stale sign-offs"
    window.message._button.click()
    soon(room.qtbot, lambda: window.message.text().startswith("The old words are back"))
    assert "Sign-offs that had gone stale stay stale; they must be given again." in window.message.text()
    rest(room, window)


def test_texts_that_were_left_are_named_the_first_three_of_many() -> None:
    reason = N_("it was changed meanwhile")
    left = [Skipped("s", f"p{n}", "target" if n else "alt-en", reason, "visit", n + 1) for n in range(5)]
    said, tone = what_was_done(Replacement(skipped=tuple(left)), undone=True)
    assert tone == "warning"
    assert str(said).endswith(
        "5 texts were left as they are: visit, picture 1 (it was changed meanwhile); visit, segment 2 (it was changed "
        "meanwhile); visit, segment 3 (it was changed meanwhile) … and 2 more."
    )
    said, _tone = what_was_done(Replacement(skipped=tuple(left[1:2])), undone=True)
    assert str(said).endswith("1 text was left as it is: visit, segment 2 (it was changed meanwhile).")
