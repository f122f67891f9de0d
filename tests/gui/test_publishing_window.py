"""What lets a story out and takes it back, in the window: notices, questions, dialogs, and what comes of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from review_room import APPROVED, DRAFTING, REVISING, STALE, SUBMITTED, Room, opened_room

from desktop_app.desk import correcting, embargoes, publishing, source_changes
from desktop_app.desk.comments import open_comments
from desktop_app.desk.exporting import export
from desktop_app.desk.packing import pack
from desktop_app.desk.stories import list_stories
from desktop_app.domain.comments import CommentWaiver
from desktop_app.domain.publication_acts import ACTS as KNOWN
from desktop_app.domain.publication_acts import publication_acts
from desktop_app.domain.story import StoryState
from desktop_app.foundation.ids import stamp
from desktop_app.foundation.zones import moment_in
from desktop_app.gui.publishing.acting import ACTS, PublishingDesk
from desktop_app.gui.publishing.asking import ActDialog
from desktop_app.gui.publishing.deeds import DEEDS, question
from desktop_app.gui.publishing.embargo_dialog import EmbargoDialog
from desktop_app.gui.publishing.notice_lines import NoticeLines
from desktop_app.gui.publishing.notices import notices_of
from desktop_app.gui.publishing.source_dialog import FILE, SourceDialog
from desktop_app.gui.review.details_panel import DetailsPanel
from desktop_app.gui.review.steps import step_views, what_waits

NOW = stamp(datetime(2026, 11, 1, tzinfo=UTC))


@pytest.fixture
def room(tmp_path_factory, tmp_path, look, texts, qtbot) -> Iterator[Room]:
    with opened_room(tmp_path_factory, tmp_path / "archive", look, texts, qtbot) as made:
        yield made


@pytest.fixture
def window(room: Room) -> QWidget:
    window = QWidget()
    room.qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def desk(room: Room, window: QWidget) -> PublishingDesk:
    desk = PublishingDesk(room.look, room.texts, room.tasks, room.bus, window)
    room.hand_over(desk)
    return desk


def dialog_of(room: Room, kind: type):
    room.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    found = QApplication.activeModalWidget()
    room.qtbot.waitUntil(found.isActiveWindow)
    return found


def words(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def answer(room: Room, desk: PublishingDesk, note: str = "There is a reason.") -> None:
    """Write a note and answer yes, with the keyboard alone."""
    dialog = dialog_of(room, ActDialog)
    room.qtbot.waitUntil(dialog.note_field.hasFocus)
    room.qtbot.keyClicks(dialog.note_field, note)
    with room.qtbot.waitSignal(desk.finished):
        room.qtbot.keyClick(dialog.note_field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_an_emergency_is_asked_for_released_and_approved_by_another(room: Room, desk: PublishingDesk) -> None:
    file = room.file(SUBMITTED)
    desk.request("release-early", file, room.people["ZHAO"], frozenset({"one", "two"}))
    dialog = dialog_of(room, ActDialog)
    for part in ("without the reviews", "Revision: pending", "list of emergencies", "2 open comments"):
        assert part in words(dialog)
    assert not dialog.yes_button.isEnabled(), "it waits for a reason"
    answer(room, desk)
    file = room.file(SUBMITTED)
    assert file.story.state is StoryState.RELEASED
    (notice,) = notices_of(file, room.people["WANG"], NOW)
    assert ("Revision: pending" in str(notice.text), [act for act, _ in notice.acts]) == (True, ["approve-later"])
    assert notices_of(file, room.people["ZHAO"], NOW)[0].acts == (), "not the one who released it"
    desk.request("approve-later", file, room.people["WANG"])
    assert "exactly as it went out" in words(dialog_of(room, ActDialog))
    answer(room, desk, "")
    file = room.file(SUBMITTED)
    assert file.publication.unapproved == ()
    early = file.publication.emergency
    assert early is not None
    (notice,) = notices_of(file, room.people["WANG"], NOW)
    zhao, wang = room.people["ZHAO"].name, room.people["WANG"].name
    said = str(notice.text)
    assert said.startswith(f"Released in an emergency by {zhao} on 2"), said
    assert f"; approved by {wang} on 2" in said
    details = DetailsPanel(room.look, room.texts)
    room.qtbot.addWidget(details)
    details.show_file(file)
    assert ("Emergency", said) in details.facts()
    kinds = {view.name: (view.kind, view.word) for view in step_views(file, room.texts)}
    assert kinds.pop("draft") == ("signed", "signed")
    assert set(kinds.values()) == {("signed", "approved afterwards")}


def test_a_release_that_was_approved_afterwards_is_not_called_stale(room: Room) -> None:
    file = room.file(STALE)
    assert file.stale
    publishing.release_early(room.desk, STALE, by=room.people["ZHAO"], note="It cannot wait.", waiver=waiver_of(room))
    early = room.file(STALE).publication.emergency
    assert early is not None
    waiting = step_views(room.file(STALE), room.texts)
    assert [(view.kind, view.word) for view in waiting[1:]] == [("later", "pending"), ("open", "pending")]
    assert "a second person" in str(what_waits(room.file(STALE)))
    second = next(
        one for one in room.people.values() if one.may_approve() and one.id not in {early.person, *early.hands}
    )
    publishing.approve_later(room.desk, STALE, by=second)
    file = room.file(STALE)
    (listed,) = [one for one in list_stories(room.desk) if one.summary.slug == STALE]
    assert (file.stale, listed.stale) == (False, False)
    assert "stale" not in {view.kind for view in step_views(file, room.texts)}


def waiver_of(room: Room) -> CommentWaiver:
    with room.desk.archive.read() as session:
        return CommentWaiver("They can wait.", frozenset(one.id for one in open_comments(session, room.file(STALE))))


def test_a_version_that_was_taken_down_while_it_is_corrected_says_so(room: Room) -> None:
    publishing.release(room.desk, APPROVED, by=room.people["ZHAO"])
    version = room.file(APPROVED).story.version
    correcting.correct(room.desk, APPROVED, by=room.people["WANG"], note="The number is wrong.")
    publishing.unpublish(room.desk, APPROVED, by=room.people["ZHAO"])
    (notice,) = notices_of(room.file(APPROVED), room.people["WANG"], NOW)
    wanted = f"Version {version} was taken down; a correction is being drafted: “The number is wrong.”"
    assert str(notice.text) == wanted


def test_a_correction_is_begun_and_given_up(room: Room, desk: PublishingDesk) -> None:
    publishing.release(room.desk, APPROVED, by=room.people["ZHAO"])
    before = room.file(APPROVED)
    desk.request("correct", before, room.people["WANG"])
    assert f"Version {before.story.version} stays out" in words(dialog_of(room, ActDialog))
    answer(room, desk)
    file = room.file(APPROVED)
    (notice,) = notices_of(file, room.people["WANG"], NOW)
    assert str(notice.text).startswith(f"Released {before.story.version}, correction being drafted")
    desk.request("give-up", file, room.people["WANG"])
    answer(room, desk)
    assert room.file(APPROVED).digest == before.digest


def test_a_kill_lists_what_went_out_and_takes_two(room: Room, desk: PublishingDesk, tmp_path: Path) -> None:
    export(room.desk, [APPROVED], "nitf", tmp_path / "told.xml", by=room.people["ZHAO"])
    pack(room.desk, [APPROVED], tmp_path / "lent.diptych", by=room.people["ZHAO"], made_for=room.people["WANG"])
    desk.request("kill", room.file(APPROVED), room.people["ZHAO"])
    said = words(dialog_of(room, ActDialog))
    assert "told.xml" in said
    assert "lent.diptych" in said
    assert "a second person confirms" in said
    answer(room, desk)
    file = room.file(APPROVED)
    assert [[act for act, _ in one.acts] for one in notices_of(file, room.people["WANG"], NOW)] == [["kill", "spare"]]
    assert "“There is a reason.”" in str(notices_of(file, room.people["WANG"], NOW)[0].text)
    desk.request("kill", file, room.people["WANG"])
    assert "The reason given: “There is a reason.”" in words(dialog_of(room, ActDialog))
    answer(room, desk)
    assert room.file(APPROVED).story.state is StoryState.KILLED


def test_a_refusal_is_said_in_words(room: Room, desk: PublishingDesk) -> None:
    desk.request("unpublish", room.file(DRAFTING), room.people["ZHAO"])
    dialog = dialog_of(room, ActDialog)
    with room.qtbot.waitSignal(desk.said) as said:
        room.qtbot.mouseClick(dialog.yes_button, Qt.MouseButton.LeftButton)
    assert said.args[1] == "error"
    assert "Drafting" in said.args[0]
    with room.qtbot.waitSignal(desk.said) as said:
        desk.request("kill", room.file(DRAFTING), None)
    assert "who is at the desk" in said.args[0]


def test_every_act_has_its_question_and_its_work(room: Room) -> None:
    """What the menu offers can be asked and carried out."""
    at = room.file(REVISING)
    offered = {one.action for one in publication_acts(at.situation, at.publication, room.people["WANG"], NOW)}
    assert offered <= ACTS
    assert {"release-early", "source", "embargo", "drop", "kill"} <= offered
    assert KNOWN - {"release"} == DEEDS.keys(), "that one is signed for"
    asked = {action for action, deed in DEEDS.items() if deed.question is not None}
    assert asked == {action for action, deed in DEEDS.items() if deed.work is not None} == DEEDS.keys() - {
        "source", "embargo",
    }  # fmt: skip
    for action in asked - {"approve-later", "embargo-confirm", "embargo-refuse"}:
        assert question(action, at, room.people["WANG"]).points


def test_an_embargo_is_set_in_its_zone(room: Room, desk: PublishingDesk) -> None:
    desk.request("embargo", room.file(APPROVED), room.people["ZHAO"])
    dialog = dialog_of(room, EmbargoDialog)
    assert not dialog.yes.isEnabled()
    dialog.when.setDateTime(QDateTime.fromString("2099-12-01 08:00", "yyyy-MM-dd HH:mm"))
    dialog.zone.setCurrentText("Mars/Olympus")
    room.qtbot.keyClicks(dialog.note_field, "The journal asks for it.")
    assert not dialog.yes.isEnabled()
    dialog.zone.setCurrentText("Asia/Shanghai")
    assert "2099-12-01 00:00" in dialog.told.text()
    with room.qtbot.waitSignal(desk.finished):
        room.qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    file = room.file(APPROVED)
    assert file.publication.embargo.until == moment_in("2099-12-01 08:00", "Asia/Shanghai")
    desk.request("embargo", file, room.people["ZHAO"])
    dialog = dialog_of(room, EmbargoDialog)
    dialog.lift.setChecked(True)
    assert "second person" in dialog.told.text()
    room.qtbot.keyClicks(dialog.note_field, "It is out elsewhere.")
    with room.qtbot.waitSignal(desk.finished):
        room.qtbot.keyClick(dialog.note_field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    file = room.file(APPROVED)
    (notice,) = notices_of(file, room.people["WANG"], NOW)
    assert "asks to lift it" in str(notice.text)
    desk.request("embargo-confirm", file, room.people["WANG"])
    answer(room, desk, "")
    assert room.file(APPROVED).publication.embargo.until is None


def test_a_paragraph_of_the_source_is_changed_with_a_preview(room: Room, desk: PublishingDesk) -> None:
    file = room.file(REVISING)
    segment = next(s for s in list(file.story.content.segments())[1:] if s.target)
    desk.request("source", file, room.people["WANG"], active=segment.id)
    dialog = dialog_of(room, SourceDialog)
    assert segment.source in dialog.text.toPlainText()
    assert not dialog.yes.isEnabled(), "nothing has changed yet"
    dialog.text.setPlainText(dialog.text.toPlainText().replace(segment.source, segment.source + "另有新情况。"))
    room.qtbot.waitUntil(dialog.yes.isEnabled)
    assert "另有新情况" in dialog.preview.toPlainText()
    assert "1 new" in dialog.told.text()
    with room.qtbot.waitSignal(desk.finished):
        room.qtbot.keyClick(dialog.note_field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    after = room.file(REVISING)
    assert after.story.version.major == 2
    keys = [act for one in notices_of(after, room.people["WANG"], NOW) for act, _ in one.acts]
    assert keys == ["source-same", "source-reopen"]
    desk.request("source-same", after, room.people["WANG"])
    judging = dialog_of(room, ActDialog)
    assert "另有新情况" in words(judging), "what is judged is in the text already, and shown"
    assert segment.source not in words(judging).replace("另有新情况", ""), "what did not change is not"
    answer(room, desk)
    assert room.file(REVISING).publication.changes == ()


def test_the_chinese_that_is_taken_in_is_the_one_that_stands_there(room: Room, desk: PublishingDesk) -> None:
    """While an earlier text is still being looked at, more is typed: its answer is not about what is there now."""
    file = room.file(REVISING)
    segment = next(s for s in list(file.story.content.segments())[1:] if s.target)
    desk.request("source", file, room.people["WANG"], active=segment.id)
    dialog = dialog_of(room, SourceDialog)
    room.qtbot.waitUntil(lambda: not dialog._reading.waiting)
    before = dialog.text.toPlainText()
    dialog.text.setPlainText(f"{before}先写的。")
    dialog._rest.timeout.emit()  # it has rested
    assert dialog._reading.waiting
    dialog.text.setPlainText(f"{before}后写的。")
    assert not dialog._reading.waiting
    dialog._rest.stop()
    settled(room)
    assert not dialog.yes.isEnabled()
    dialog._rest.timeout.emit()
    room.qtbot.waitUntil(dialog.yes.isEnabled)
    assert "后写的" in dialog.preview.toPlainText()
    dialog.text.setPlainText(f"{before}又写的。")
    dialog._rest.timeout.emit()
    other = (dialog.paragraph.currentIndex() + 1) % dialog.paragraph.count()
    dialog.paragraph.setCurrentIndex(other)
    assert not dialog._reading.waiting
    settled(room)
    assert not dialog.yes.isEnabled(), "another paragraph is looked at"
    dialog.reject()


def test_the_same_words_in_another_paragraph_are_looked_at_anew(room: Room, desk: PublishingDesk) -> None:
    """Where two paragraphs say the same, the field does not change as the other one is chosen."""
    file = room.file(REVISING)
    twice = file.story.content.blocks[1]
    again = replace(twice, id="again")
    content = replace(
        file.story.content, blocks=(*file.story.content.blocks[:2], again, *file.story.content.blocks[2:])
    )
    twin = replace(file, story=replace(file.story, content=content))
    dialog = SourceDialog(room.look, room.texts, room.tasks, room.desk, twin, twice.id)
    room.qtbot.addWidget(dialog)
    room.qtbot.waitUntil(lambda: not dialog._reading.waiting)
    dialog.text.setPlainText(f"{dialog.text.toPlainText()}又写的。")
    dialog._rest.timeout.emit()
    room.qtbot.waitUntil(dialog.yes.isEnabled)
    dialog.text.undo()
    dialog._rest.timeout.emit()
    dialog.paragraph.setCurrentIndex(dialog.paragraph.currentIndex() + 1)
    assert not dialog._reading.waiting
    dialog.reject()


def test_a_kill_that_is_pressed_twice_is_asked_once(room: Room, desk: PublishingDesk) -> None:
    file = room.file(APPROVED)
    desk.request("kill", file, room.people["ZHAO"])
    desk.request("kill", file, room.people["ZHAO"])
    dialog = dialog_of(room, ActDialog)
    settled(room)
    assert [one for one in QApplication.topLevelWidgets() if isinstance(one, ActDialog) and one.isVisible()] == [dialog]
    dialog.reject()
    desk.request("kill", file, room.people["ZHAO"])
    answer(room, desk)
    assert room.file(APPROVED).publication.kill_asked_by == room.people["ZHAO"].id


def test_a_kill_whose_reading_fails_can_be_asked_for_again(room: Room, desk: PublishingDesk) -> None:
    file = room.file(APPROVED)
    gone = replace(file, story=replace(file.story, id="gone"))
    with room.qtbot.waitSignal(desk.said) as said:
        desk.request("kill", gone, room.people["ZHAO"])
    assert said.args[1] == "error"
    desk.request("kill", file, room.people["ZHAO"])
    dialog_of(room, ActDialog).reject()


def test_no_question_is_asked_of_an_archive_that_was_closed(room: Room, desk: PublishingDesk) -> None:
    desk.request("kill", room.file(APPROVED), room.people["ZHAO"])
    desk.open_desk(None)
    settled(room)
    assert QApplication.activeModalWidget() is None
    desk.open_desk(room.desk)
    desk.request("kill", room.file(APPROVED), room.people["ZHAO"])
    dialog_of(room, ActDialog).reject()


def settled(room: Room) -> None:
    """Wait until everything that was being read has been delivered."""
    assert room.tasks.wait_idle(10)
    QApplication.processEvents()


def test_a_file_in_english_is_refused_in_words(room: Room, desk: PublishingDesk, tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    path.write_text("A headline\n\nOnly English is in this file, and nothing else at all.", encoding="utf-8")
    desk.request("source", room.file(DRAFTING), room.people["LI"])
    dialog = dialog_of(room, SourceDialog)
    assert dialog.way.current() == FILE
    dialog.take_file(path)
    room.qtbot.waitUntil(lambda: "source language" in dialog.told.text())
    assert not dialog.yes.isEnabled()
    dialog.reject()


def test_the_lines_over_a_story_ask_for_their_acts(room: Room) -> None:
    lines = NoticeLines(room.look, room.texts)
    room.qtbot.addWidget(lines)
    lines.show_file(room.file(APPROVED), room.people["WANG"])
    assert lines.isHidden()
    publishing.kill(room.desk, APPROVED, by=room.people["ZHAO"], note="It must go.")
    until = moment_in("2099-12-01 08:00", "UTC")
    embargoes.set_embargo(room.desk, APPROVED, until, "UTC", by=room.people["ZHAO"], reason="Asked for.")
    lines.show_file(room.file(APPROVED), room.people["WANG"])
    assert len(lines.texts()) == 2
    button = next(b for b in lines.findChildren(QWidget) if b.isVisibleTo(lines) and hasattr(b, "click") and b.text())
    with room.qtbot.waitSignal(lines.requested) as asked:
        button.click()
    assert asked.args == ["kill"]
    publishing.spare(room.desk, APPROVED, by=room.people["WANG"])
    lines.show_file(room.file(APPROVED), room.people["WANG"], writable=False)
    assert len(lines.texts()) == 1


def test_what_is_out_is_said_to_stay_when_its_source_changed(room: Room) -> None:
    publishing.release(room.desk, APPROVED, by=room.people["ZHAO"])
    file = room.file(APPROVED)
    segment = list(file.story.content.segments())[1]
    new = source_changes.source_of_part(segment.id, segment.source + "又及。")
    source_changes.take_in(room.desk, APPROVED, new, by=room.people["WANG"])
    (notice,) = notices_of(room.file(APPROVED), room.people["WANG"], NOW)
    assert "What is out stays as it is" in str(notice.text)
    correcting.correct(room.desk, APPROVED, by=room.people["WANG"], note="For that.")
    assert [one.key for one in notices_of(room.file(APPROVED), room.people["WANG"], NOW)] == ["source", "correction"]
