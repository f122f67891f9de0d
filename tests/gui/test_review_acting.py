"""From the strip's wish through the dialog to the desk: what is signed is stated, and nothing else is signed."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget
from review_room import APPROVED, DRAFTING, REVISING, SUBMITTED, Room, opened_room

from desktop_app.desk import editing
from desktop_app.desk.packing import pack
from desktop_app.domain.edits import SetSegment
from desktop_app.domain.findings import Finding, Severity
from desktop_app.domain.story import SegmentStatus, StoryState
from desktop_app.foundation.messages import N_
from desktop_app.gui.review.acting import NOTES, ReviewDesk
from desktop_app.gui.review.dialogs import NoteDialog, SignDialog
from desktop_app.gui.review.release_dialog import ReleaseDialog


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
def review(room: Room, window: QWidget) -> ReviewDesk:
    review = ReviewDesk(room.look, room.texts, room.tasks, room.bus, window)
    room.hand_over(review)
    return review


def dialog_of(room: Room, kind: type) -> "SignDialog | NoteDialog":
    room.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    room.qtbot.waitUntil(found.isActiveWindow)
    return found


def write(room: Room, dialog, text: str) -> None:
    room.qtbot.keyClicks(dialog.findChild(QPlainTextEdit), text)


def press(room: Room, dialog) -> None:
    room.qtbot.mouseClick(dialog.yes_button, Qt.MouseButton.LeftButton)


def words(dialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_sign_dialog_states_exactly_what_is_signed(room, review) -> None:
    file = room.file(REVISING)
    found = [Finding("a", Severity.ERROR, N_("One.")), Finding("b", Severity.NOTE, N_("Two."))]
    review.request("sign", "revision", file, room.people["WANG"], found)
    dialog = dialog_of(room, SignDialog)
    said = words(dialog)
    for part in (
        file.story.headline().en, file.story.headline().zh, "Revision", "WANG Fang", file.digest[:12],
        "1.1 with changes since", "1 error of the checks is open", "1 finding of the checks is open",
    ):  # fmt: skip
        assert part in said
    dialog.reject()
    assert room.file(REVISING).digest == file.digest
    assert "revision" not in room.file(REVISING).situation.standing.valid


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "! 1 change that came home waits to be decided."),
        (2, "! 2 changes that came home wait to be decided."),
    ],
)
def test_sign_dialog_tells_what_waits_to_be_decided(room, review, count, said) -> None:
    review.request("sign", "revision", room.file(REVISING), room.people["WANG"], [], waiting=count)
    dialog = dialog_of(room, SignDialog)
    assert said in words(dialog)
    dialog.reject()


def test_nothing_is_approved_while_words_that_came_home_wait(room, review) -> None:
    review.request("sign", "approval", room.file(REVISING), room.people["ZHAO"], [], waiting=1)
    dialog = dialog_of(room, SignDialog)
    assert not dialog.yes.isEnabled()
    assert "decide about them first" in dialog.trouble.text()
    dialog.reject()


def test_signing_writes_the_statement_with_its_note_and_tells_the_bus(room, review) -> None:
    published: list[tuple[object, str]] = []
    room.bus.changed.connect(lambda changes, sender: published.append((changes, sender)))
    file = room.file(REVISING)
    review.request("sign", "revision", file, room.people["WANG"], [])
    dialog = dialog_of(room, SignDialog)
    write(room, dialog, "Checked against the minutes.")
    with room.qtbot.waitSignals([review.finished, review.said]):
        press(room, dialog)
    signed = room.file(REVISING).situation.standing.valid["revision"]
    assert (signed.person, signed.note, signed.digest) == (
        room.people["WANG"].id, "Checked against the minutes.", file.digest
    )  # fmt: skip
    assert published[0][1] == "review"
    assert file.story.id in published[0][0].stories


def test_ctrl_enter_in_the_note_signs(room, review) -> None:
    review.request("submit", "draft", room.file(DRAFTING), room.people["LI"], [])
    dialog = dialog_of(room, SignDialog)
    with room.qtbot.waitSignal(review.finished) as done:
        room.qtbot.keyClick(dialog.findChild(QPlainTextEdit), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert done.args[0] == "submit"
    assert room.file(DRAFTING).story.state is StoryState.SUBMITTED


def test_text_that_changed_behind_the_dialog_is_not_signed(room, review) -> None:
    shown = room.file(REVISING)
    review.request("sign", "revision", shown, room.people["WANG"], [])
    dialog = dialog_of(room, SignDialog)
    segment = next(s for s in shown.story.content.segments() if s.target)
    edit = SetSegment(segment.id, segment.target + " More.", SegmentStatus.DRAFT)
    editing.edit_story(room.desk, shown.story.id, [edit], by=room.people["WANG"])
    with room.qtbot.waitSignal(review.said) as said:
        press(room, dialog)
    assert said.args[1] == "error"
    assert "has changed since it was shown" in said.args[0]
    assert "revision" not in room.file(REVISING).situation.standing.valid


def test_return_waits_for_its_comment(room, review) -> None:
    review.request("return", None, room.file(REVISING), room.people["WANG"], [])
    dialog = dialog_of(room, NoteDialog)
    assert not dialog.yes_button.isEnabled()
    write(room, dialog, "Names of the guests are missing.")
    assert dialog.yes_button.isEnabled()
    with room.qtbot.waitSignal(review.finished) as done:
        press(room, dialog)
    assert done.args[0] == "return"
    file = room.file(REVISING)
    assert file.story.state is StoryState.DRAFTING
    assert all(s.withdrawn_reason == "Names of the guests are missing." for s in file.signoffs)


@pytest.mark.parametrize("action", NOTES)
def test_a_note_is_required(room, action) -> None:
    dialog = NoteDialog(room.look, room.texts, NOTES[action])
    room.qtbot.addWidget(dialog)
    assert not dialog.yes_button.isEnabled()
    room.qtbot.keyClicks(dialog.note_field, "Because.")
    assert dialog.yes_button.isEnabled()


def test_claim_needs_no_dialog(room, review) -> None:
    with room.qtbot.waitSignal(review.finished):
        review.request("claim", "revision", room.file(SUBMITTED), room.people["WANG"], [])
    assert room.file(SUBMITTED).story.claimed_by == room.people["WANG"].id


def test_refusal_of_the_desk_is_said_in_words(room, review) -> None:
    with room.qtbot.waitSignal(review.said) as said:
        review.request("claim", "revision", room.file(SUBMITTED), room.people["CHEN"], [])
    assert said.args[1] == "error"
    assert "drafted this version" in said.args[0]


def test_a_release_says_what_goes_out_what_stands_and_who_has_it(room, review, tmp_path) -> None:
    pack(room.desk, [APPROVED], tmp_path / "lent.diptych", by=room.people["ZHAO"], made_for=room.people["WANG"])
    findings = [Finding("a", Severity.ERROR, N_("One.")), Finding("b", Severity.WARNING, N_("Two."))]
    file = room.file(APPROVED)
    review.request("release", None, file, room.people["ZHAO"], findings, waiting=2)
    said = "\n".join(label.text() for label in dialog_of(room, ReleaseDialog).findChildren(QLabel))
    for part in (
        file.story.headline().en, f"{file.story.version}, unchanged", "1 error of the checks is open",
        "1 finding of the checks is open", "2 changes that came home wait", "WANG Fang has it offline since",
    ):  # fmt: skip
        assert part in said
    dialog_of(room, ReleaseDialog).reject()


def test_release_asks_once_and_releases(room, review) -> None:
    review.request("release", None, room.file(APPROVED), room.people["ZHAO"], [])
    dialog = dialog_of(room, ReleaseDialog)
    with room.qtbot.waitSignal(review.finished):
        press(room, dialog)
    assert room.file(APPROVED).story.state is StoryState.RELEASED


def test_export_is_handed_on(room, review) -> None:
    file = room.file(APPROVED)
    with room.qtbot.waitSignal(review.export_requested) as asked:
        review.request("export", None, file, None, [])
    assert asked.args == [file.story.id]


def test_nobody_signs_without_a_person(room, review) -> None:
    with room.qtbot.waitSignal(review.said) as said:
        review.request("submit", "draft", room.file(DRAFTING), None, [])
    assert said.args[1] == "warning"


def test_second_request_while_one_is_under_way_does_nothing(room, review) -> None:
    heard: list[str] = []
    review.finished.connect(lambda action, _story: heard.append(action))
    file = room.file(SUBMITTED)
    review.request("claim", "revision", file, room.people["WANG"], [])
    review.request("claim", "revision", file, room.people["LUO"], [])
    room.settle()
    assert heard == ["claim"]
    assert room.file(SUBMITTED).story.claimed_by == room.people["WANG"].id
