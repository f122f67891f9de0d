"""Whose turn it is, in the window: the strip says who and until when, its menu and dialogs do something about it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QToolButton, QWidget
from review_room import DRAFTING, RELEASED, REVISING, SUBMITTED, Room, opened_room

from desktop_app.desk import duties
from desktop_app.domain.story import StoryState
from desktop_app.gui.review.acting import ReviewDesk
from desktop_app.gui.review.hand_acts import hand_acts
from desktop_app.gui.review.hand_dialogs import AssignDialog, HandNoteDialog, HandOnDialog
from desktop_app.gui.review.step_cell import StepCell
from desktop_app.gui.review.steps import step_views
from desktop_app.gui.review.strip import SignOffStrip


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
def strip(room: Room) -> SignOffStrip:
    strip = SignOffStrip(room.look, room.texts)
    room.qtbot.addWidget(strip)
    strip.resize(900, strip.height())
    strip.show()
    return strip


@pytest.fixture
def review(room: Room, window: QWidget) -> ReviewDesk:
    review = ReviewDesk(room.look, room.texts, room.tasks, room.bus, window)
    room.hand_over(review)
    return review


def asked(room: Room, review: ReviewDesk, action: str, story: str, who: str, kind: type):
    """The dialog of an act, in front."""
    review.request(action, None, room.file(story), room.people[who], [])
    room.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    found = QApplication.activeModalWidget()
    room.qtbot.waitUntil(found.isActiveWindow)
    return found


def answered(room: Room, review: ReviewDesk, dialog) -> None:
    with room.qtbot.waitSignal(review.finished):
        room.qtbot.mouseClick(dialog.yes_button, Qt.MouseButton.LeftButton)


def menu(strip: SignOffStrip) -> dict[str, QAction]:
    return {action.text(): action for action in strip.findChild(QToolButton).menu().actions()}


def offered(room: Room, story: str, who: str) -> dict[str, bool]:
    """The acts about whose turn it is, and whether they can be chosen."""
    return {act.action: act.reason is None for act in hand_acts(room.file(story), room.people[who])}


def test_the_open_step_says_for_whom_it_is_and_until_when(room) -> None:
    now = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
    room.desk.archive._now = lambda: now
    duties.assign(
        room.desk, SUBMITTED, by=room.people["ZHAO"], to=room.people["LUO"], deadline=now + timedelta(minutes=30)
    )
    revision = step_views(room.file(SUBMITTED), room.texts, now)[1]
    local = (now + timedelta(minutes=30)).astimezone()
    assert (revision.detail, revision.late) == (f"today {local:%H:%M} · for LUO Ning", False)
    late = step_views(room.file(SUBMITTED), room.texts, now + timedelta(days=3))[1]
    assert (late.detail, late.late) == ("2 days late · for LUO Ning", True)
    cell = StepCell(late, room.look)
    room.qtbot.addWidget(cell)
    assert "2 days late" in cell.accessibleName(), "late is a word before it is a colour"


@pytest.mark.parametrize(
    ("story", "who", "acts"),
    [
        (DRAFTING, "LI", {"assign": True, "reassign": False}),
        (DRAFTING, "ZHAO", {"assign": True, "reassign": True}),
        (SUBMITTED, "CHEN", {"recall": True, "assign": False}),
        (SUBMITTED, "WANG", {"recall": False, "assign": True}),
        (REVISING, "WANG", {"unclaim": True, "assign": True, "reassign": False}),
        (REVISING, "ZHAO", {"unclaim": True, "assign": True, "reassign": True}),
        (REVISING, "LI", {"unclaim": False, "assign": False, "reassign": False}),
        (RELEASED, "ZHAO", {}),
    ],
)
def test_the_menu_offers_what_the_state_has_a_use_for(room, story, who, acts) -> None:
    assert offered(room, story, who) == acts


def test_an_act_that_cannot_be_chosen_says_why_and_whom_to_ask(room, strip) -> None:
    strip.show_file(room.file(REVISING), room.people["WANG"], [])
    act = menu(strip)["Hand to somebody else…"]
    assert not act.isEnabled()
    assert act.toolTip() == "only an editor hands a story from one person to another; ask one of: ZHAO Mingyuan"
    assert strip.findChild(QToolButton).menu().toolTipsVisible()
    reason = strip.request_other("reassign")
    assert room.texts(reason) == act.toolTip()


def test_a_key_chooses_from_the_menu(room, strip) -> None:
    strip.show_file(room.file(REVISING), room.people["WANG"], [])
    with room.qtbot.waitSignal(strip.requested) as asked_for:
        assert strip.request_other("unclaim") is None
    assert asked_for.args == ["unclaim", "revision"]
    assert strip.request_other("recall") is not None, "there is nothing to recall"


@pytest.mark.parametrize(
    ("story", "action", "reason"),
    [
        (SUBMITTED, "unclaim", "nobody has the review of this story in hand"),
        (SUBMITTED, "reassign", "nobody has this story in hand; its next step can be assigned"),
        (DRAFTING, "unpublish", "nothing of this story was released"),
        (DRAFTING, "correct", "nothing of this story was released"),
        (DRAFTING, "release-early", "the draft is not signed; submit it first"),
        (RELEASED, "embargo", "a version of this story is released"),
        (RELEASED, "assign", "the story is “Released”"),
    ],
)
def test_an_act_that_is_not_in_the_menu_says_its_own_reason(room, strip, story, action, reason) -> None:
    strip.show_file(room.file(story), room.people["ZHAO"], [])
    with room.qtbot.assertNotEmitted(strip.requested):
        assert room.texts(strip.request_other(action)) == reason


def test_a_step_is_assigned_with_a_day_and_a_time(room, review) -> None:
    dialog = asked(room, review, "assign", SUBMITTED, "ZHAO", AssignDialog)
    names = [dialog.person.itemText(row) for row in range(dialog.person.count())]
    assert names[0] == "Whoever takes it"
    assert "CHEN Xihe" not in names, "the drafter does not review"
    dialog.person.setFocus()
    room.qtbot.keyClicks(dialog.person, "LUO")
    until = datetime.now().astimezone().replace(second=0, microsecond=0) + timedelta(days=2)
    dialog.deadline.setDateTime(QDateTime.fromSecsSinceEpoch(int(until.timestamp())))
    room.qtbot.keyClicks(dialog.findChild(QPlainTextEdit), "Before the fair")
    answered(room, review, dialog)
    given = room.file(SUBMITTED).assignment
    assert (given.person, given.note) == (room.people["LUO"].id, "Before the fair")
    assert given.deadline == until.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def test_an_assignment_needs_a_person_or_a_deadline(room, review) -> None:
    dialog = asked(room, review, "assign", SUBMITTED, "ZHAO", AssignDialog)
    assert dialog.yes_button.isEnabled()
    room.qtbot.keyClick(dialog.until, Qt.Key.Key_Space)
    assert not dialog.deadline.isEnabled()
    assert not dialog.yes_button.isEnabled()
    room.qtbot.keyClick(dialog.person, Qt.Key.Key_Down)
    assert dialog.yes_button.isEnabled()
    dialog.reject()


def test_an_assignment_is_changed_and_taken_away(room, review) -> None:
    deadline = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(days=1)
    duties.assign(room.desk, SUBMITTED, by=room.people["ZHAO"], to=room.people["LUO"], deadline=deadline)
    dialog = asked(room, review, "assign", SUBMITTED, "ZHAO", AssignDialog)
    assert dialog.chosen() == room.people["LUO"].id
    assert dialog.deadline.dateTime().toSecsSinceEpoch() == int(deadline.timestamp())
    dialog.reject()
    assert "unassign" in offered(room, SUBMITTED, "ZHAO")
    with room.qtbot.waitSignal(review.finished):
        review.request("unassign", None, room.file(SUBMITTED), room.people["ZHAO"], [])
    assert room.file(SUBMITTED).assignment is None


def test_a_claimed_review_is_handed_on_with_a_reason(room, review) -> None:
    dialog = asked(room, review, "reassign", REVISING, "ZHAO", HandOnDialog)
    assert not dialog.yes_button.isEnabled(), "it waits for the reason"
    room.qtbot.keyClicks(dialog.findChild(QPlainTextEdit), "WANG is away")
    assert dialog.chosen() not in {room.people["WANG"].id, room.people["LI"].id}
    taker = dialog.chosen()
    answered(room, review, dialog)
    assert room.file(REVISING).situation.holder == taker


def test_a_draft_handed_on_says_what_that_means(room, review) -> None:
    dialog = asked(room, review, "reassign", DRAFTING, "ZHAO", HandOnDialog)
    said = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert "credited with the draft" in said
    room.qtbot.keyClicks(dialog.findChild(QPlainTextEdit), "LI is away")
    answered(room, review, dialog)
    file = room.file(DRAFTING)
    assert file.situation.drafter != room.people["LI"].id
    assert room.people["LI"].id in file.situation.drafters


def test_a_review_is_given_back_by_keyboard_alone(room, review) -> None:
    dialog = asked(room, review, "unclaim", REVISING, "WANG", HandNoteDialog)
    with room.qtbot.waitSignal(review.finished):
        room.qtbot.keyClick(dialog.findChild(QPlainTextEdit), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    file = room.file(REVISING)
    assert file.situation.holder is None
    assert file.story.state is StoryState.IN_REVISION, "what was typed stays"


def test_a_draft_is_recalled(room, review) -> None:
    answered(room, review, asked(room, review, "recall", SUBMITTED, "CHEN", HandNoteDialog))
    assert room.file(SUBMITTED).story.state is StoryState.DRAFTING
