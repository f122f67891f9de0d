"""Comments in the window: written by keys, kept while not posted, answered, resolved, followed, and over a sign-off."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from shell_room import Room, soon, top

from desktop_app.desk import comments as desk_comments
from desktop_app.desk.comments import discussion
from desktop_app.desk.desk import opened
from desktop_app.desk.people import list_people
from desktop_app.desk.stories import open_story, story_history
from desktop_app.domain.comments import Comment
from desktop_app.domain.story import StoryState
from desktop_app.gui.comments.card import ThreadCard
from desktop_app.gui.comments.field import NoteField
from desktop_app.gui.shell.story_page import StoryPage

STORY = "new-materials-conference"  # drafted by LI Wei
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(room: Room, monkeypatch: pytest.MonkeyPatch) -> StoryPage:
    """A story at the desk of its drafter, the cursor in its third segment; what is not posted is thrown away."""
    monkeypatch.setattr(QMessageBox, "question", lambda *_words: QMessageBox.StandardButton.Discard)
    room.sit("LI Wei")
    page = room.open(STORY)
    page.editor.go_to(segment(page, 2))
    room.quiet()
    return page


def segment(page: StoryPage, at: int) -> str:
    assert page.file is not None
    return [one.id for one in page.file.story.content.segments()][at]


def picture(page: StoryPage) -> str:
    assert page.file is not None
    return next(block.id for block in page.file.story.content.blocks if block.placement is not None)


def stored(room: Room, page: StoryPage) -> list[Comment]:
    return list(discussion(room.desk, page.story_id).comments)


def composer(page: StoryPage) -> NoteField:
    return page.comments_panel.composer.writer.field


def trigger(room: Room, action: str) -> None:
    found = room.window.registry.action(action)
    assert found.isEnabled()
    found.trigger()


def write(room: Room, page: StoryPage, text: str) -> Comment:
    """Write a comment on the active segment by keys alone."""
    before = {one.id for one in stored(room, page)}
    trigger(room, "comment")
    QTest.keyClicks(composer(page), text)
    QTest.keyClick(composer(page), Qt.Key.Key_Return, CONTROL)
    soon(room.qtbot, lambda: len(page.comments.discussion.comments) > len(before))
    room.quiet()
    return next(one for one in stored(room, page) if one.id not in before)


def card(page: StoryPage, comment: Comment) -> ThreadCard:
    found = page.comments_panel.card(comment.id)
    assert found is not None
    return found


def press(widget, text: str) -> None:
    buttons = [one for one in widget.findChildren(QPushButton) if one.text() == text and not one.isHidden()]
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)


def other_window(room: Room):
    """The same archive, as another window or a command opens it."""
    return opened(room.folder)


def somebody(desk, name: str):
    return next(person for person in list_people(desk) if person.name == name)


# Writing


def test_a_comment_is_written_by_keys_about_what_is_selected(room: Room, page: StoryPage) -> None:
    live = page.editor._sheet.live
    live.select(4, 14)
    words = live.selected()
    QTest.keyClick(live, Qt.Key.Key_M, CONTROL)
    assert page.side.panel == "comments"
    assert composer(page).hasFocus()
    QTest.keyClicks(composer(page), "Is this the official name?")
    QTest.keyClick(composer(page), Qt.Key.Key_Return, CONTROL)
    soon(room.qtbot, lambda: bool(page.comments.discussion.comments))
    (one,) = stored(room, page)
    assert (one.anchor, one.side, one.quote) == (segment(page, 2), "target", words.strip())
    assert one.notes[0].text == "Is this the official name?"
    assert not page.comments_panel.composer.isVisible()
    soon(room.qtbot, lambda: "1" in page.side._tabs.tabText(page.side.panels.index("comments")))
    assert card(page, one).isVisible()
    status = open_story(room.desk, page.story_id).story.content
    assert status == page.editor.story().content, "posting confirmed no segment"


def test_the_source_can_be_commented_and_a_picture_too(room: Room, page: StoryPage) -> None:
    page.editor._sheet.activate(segment(page, 2), page.editor._sheet.field.__class__.SOURCE)
    page.editor._sheet.live.select(0, 3)
    assert write(room, page, "Which year?").side == "source"
    page.editor.go_to(picture(page))
    assert write(room, page, "Who is at the left?").anchor == picture(page)


def test_a_comment_on_a_segment_cut_a_moment_ago_waits_for_its_save(room: Room, page: StoryPage) -> None:
    live = page.editor._sheet.live
    live.put_cursor(20)
    page.editor.split()
    fresh = page.editor.active_key()
    assert fresh != segment(page, 2)
    assert write(room, page, "And this half?").anchor == fresh


def test_a_draft_survives_another_segment_another_panel_and_another_comment(room: Room, page: StoryPage) -> None:
    trigger(room, "comment")
    QTest.keyClicks(composer(page), "First words")
    page.show_panel("checks")
    page.editor.go_to(segment(page, 3))
    assert composer(page).toPlainText() == "First words"
    trigger(room, "comment")
    assert composer(page).toPlainText() == ""
    QTest.keyClicks(composer(page), "Other words")
    panel = page.comments_panel

    def waiting() -> list[QPushButton]:
        found = panel.findChildren(QPushButton)
        return [one for one in found if one.toolTip() == "First words" and one.isVisible()]

    soon(room.qtbot, lambda: len(waiting()) == 1)
    QTest.mouseClick(waiting()[0], Qt.MouseButton.LeftButton)
    assert composer(page).toPlainText() == "First words"
    QTest.keyClick(composer(page), Qt.Key.Key_Return, CONTROL)
    soon(room.qtbot, lambda: len(page.comments.discussion.comments) == 1)
    room.quiet()
    assert stored(room, page)[0].anchor == segment(page, 2)
    assert page.comments_panel.drafts.any() == "Other words"


def test_escape_asks_only_where_words_would_be_lost(room: Room, page: StoryPage) -> None:
    trigger(room, "comment")
    QTest.keyClick(composer(page), Qt.Key.Key_Escape)
    assert not page.comments_panel.composer.isVisible()
    trigger(room, "comment")
    QTest.keyClicks(composer(page), "Words")
    QTest.keyClick(composer(page), Qt.Key.Key_Escape)
    press(top("QMessageBox"), "Go on writing")
    assert composer(page).toPlainText() == "Words"
    QTest.keyClick(composer(page), Qt.Key.Key_Escape)
    press(top("QMessageBox"), "Throw away")
    soon(room.qtbot, lambda: not page.comments_panel.composer.isVisible())
    assert page.comments_panel.drafts.any() == ""
    assert stored(room, page) == []


def test_an_input_method_keeps_its_keys_and_its_words(room: Room, page: StoryPage) -> None:
    trigger(room, "comment")
    field = composer(page)
    QApplication.sendEvent(field, QInputMethodEvent("ni hao", []))
    assert field.is_composing()
    QTest.keyClick(field, Qt.Key.Key_Return, CONTROL)
    QTest.keyClick(field, Qt.Key.Key_M, CONTROL)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.is_composing()
    assert stored(room, page) == []
    commit = QInputMethodEvent("", [])
    commit.setCommitString("你好")
    QApplication.sendEvent(field, commit)
    assert field.toPlainText() == "你好"
    QApplication.sendEvent(field, QInputMethodEvent("shi jie", []))
    QTest.mouseClick(page.comments_panel.composer.writer.post_button, Qt.MouseButton.LeftButton)
    soon(room.qtbot, lambda: bool(page.comments.discussion.comments))
    assert stored(room, page)[0].notes[0].text == "你好shi jie"


def test_comment_keys_do_not_fire_while_the_text_is_composed(room: Room, page: StoryPage) -> None:
    live = page.editor._sheet.live
    QApplication.sendEvent(live, QInputMethodEvent("ni", []))
    QTest.keyClick(live, Qt.Key.Key_M, CONTROL)
    assert not page.comments_panel.composer.isVisible()
    live.commit_composition()


def test_a_refused_comment_says_why_and_keeps_its_words(room: Room, page: StoryPage) -> None:
    trigger(room, "comment")
    composer(page).setPlainText("x" * 10_001)
    with room.qtbot.waitSignal(page.said) as told:
        QTest.keyClick(composer(page), Qt.Key.Key_Return, CONTROL)
    assert told.args[1] == "error"
    assert len(composer(page).toPlainText()) == 10_001
    assert not composer(page).isReadOnly()


def test_nobody_at_the_desk_is_asked_to_sit_down(room: Room, page: StoryPage) -> None:
    page.show_person(None)
    with room.qtbot.waitSignal(page.said) as told:
        trigger(room, "comment")
    assert told.args == ["Choose who is at the desk first.", "warning"]
    assert not page.comments_panel.composer.isVisible()


# Threads


def test_answering_resolving_and_opening_again(room: Room, page: StoryPage) -> None:
    one = write(room, page, "Is this right?")
    press(card(page, one), "Reply")
    writer = card(page, one).writer
    assert writer is not None
    assert writer.field.hasFocus()
    QTest.keyClicks(writer.field, "It is.")
    QTest.keyClick(writer.field, Qt.Key.Key_Return, CONTROL)
    soon(room.qtbot, lambda: len(page.comments.discussion.comments[0].notes) == 2)
    assert card(page, one).writer is None
    press(card(page, one), "Resolve")
    soon(room.qtbot, lambda: page.comments.discussion.open_ones() == [])
    panel = page.comments_panel
    assert panel.card(one.id) is None
    assert panel.fold.text().startswith("1 resolved")
    press(panel.message, "Undo")
    soon(room.qtbot, lambda: len(page.comments.discussion.open_ones()) == 1)
    press(card(page, one), "Resolve")
    soon(room.qtbot, lambda: page.comments.discussion.open_ones() == [])
    panel.fold.click()
    press(card(page, one), "Open again")
    soon(room.qtbot, lambda: len(page.comments.discussion.open_ones()) == 1)
    room.quiet()
    assert [note.text for note in stored(room, page)[0].notes] == ["Is this right?", "It is."]


def test_ones_own_note_is_changed_and_an_unanswered_thread_deleted_and_brought_back(
    room: Room, page: StoryPage
) -> None:
    one = write(room, page, "Is this rihgt?")
    menu = card(page, one)._menu
    assert [action.text() for action in menu.actions()] == ["Change my note…", "Delete"]
    menu.actions()[0].trigger()
    writer = card(page, one).writer
    assert writer is not None
    assert writer.field.toPlainText() == "Is this rihgt?"
    writer.field.setPlainText("Is this right?")
    QTest.keyClick(writer.field, Qt.Key.Key_Return, CONTROL)
    soon(room.qtbot, lambda: page.comments.discussion.comments[0].notes[0].changed_at is not None)
    card(page, one)._menu.actions()[1].trigger()
    soon(room.qtbot, lambda: page.comments.discussion.comments == ())
    press(page.comments_panel.message, "Undo")
    soon(room.qtbot, lambda: len(page.comments.discussion.comments) == 1)
    room.quiet()
    assert stored(room, page)[0].notes[0].text == "Is this right?"


def test_another_person_may_answer_and_resolve_but_not_change_or_delete(room: Room, page: StoryPage) -> None:
    one = write(room, page, "Is this right?")
    room.sit("WANG Fang")
    soon(room.qtbot, card(page, one)._menu.isEmpty)
    assert card(page, one)._more.isHidden()
    press(card(page, one), "Resolve")
    soon(room.qtbot, lambda: page.comments.discussion.open_ones() == [])


def test_a_comment_of_another_window_appears_and_leaves_what_is_being_written_alone(
    room: Room, page: StoryPage
) -> None:
    one = write(room, page, "Is this right?")
    press(card(page, one), "Reply")
    writer = card(page, one).writer
    assert writer is not None
    QTest.keyClicks(writer.field, "I thi")
    QApplication.sendEvent(writer.field, QInputMethodEvent("nk", []))
    with other_window(room) as desk:
        wang = somebody(desk, "WANG Fang")
        desk_comments.comment(desk, page.story_id, segment(page, 0), "From elsewhere.", by=wang)
        desk_comments.reply(desk, one.id, "Yes.", by=wang)
    soon(room.qtbot, lambda: len(page.comments.discussion.open_ones()) == 2)
    soon(room.qtbot, lambda: len(card(page, one).shown.comment.notes) == 2)
    assert card(page, one).writer is writer
    assert writer.field.toPlainText() == "I thi"
    assert writer.field.is_composing()
    assert writer.field.hasFocus()


# The way to the text


def test_cards_stand_in_reading_order_lead_to_their_segment_and_are_marked_there(room: Room, page: StoryPage) -> None:
    late = write(room, page, "Third segment")
    page.editor.go_to(segment(page, 0))
    early = write(room, page, "Headline")
    shown = [one for one in page.comments_panel._column.cards() if isinstance(one, ThreadCard)]
    assert [one.shown.comment.id for one in shown] == [early.id, late.id]
    assert (card(page, early).property("here"), card(page, late).property("here")) == (True, False)
    QTest.mouseClick(card(page, late), Qt.MouseButton.LeftButton)
    assert page.editor.active_key() == segment(page, 2)
    assert (card(page, early).property("here"), card(page, late).property("here")) == (False, True)


def test_next_and_previous_go_round_the_open_comments(room: Room, page: StoryPage) -> None:
    for at in (0, 2, 4):
        page.editor.go_to(segment(page, at))
        write(room, page, f"On {at}")
    page.editor.go_to(segment(page, 1))
    keys = []
    for action in ("next-comment", "next-comment", "next-comment", "previous-comment", "previous-comment"):
        trigger(room, action)
        keys.append(page.editor.active_key())
    assert keys == [segment(page, at) for at in (2, 4, 0, 4, 2)]


def test_rows_with_open_comments_have_a_sign_and_a_tip(room: Room, page: StoryPage) -> None:
    one = write(room, page, "Is this right?")
    marks = page.editor._sheet.marks
    soon(room.qtbot, lambda: list(marks.comments(one.anchor)) == ["LI Wei: Is this right?"])
    press(card(page, one), "Resolve")
    soon(room.qtbot, lambda: list(marks.comments(one.anchor)) == [])


def test_a_comment_follows_a_join_and_comes_back_with_undo(room: Room, page: StoryPage) -> None:
    assert page.file is not None
    block = next(one for one in page.file.story.content.blocks if len(one.segments) > 1)
    first, second = (one.id for one in block.segments[:2])
    page.editor.go_to(second)
    one = write(room, page, "This one.")
    page.editor.go_to(first)
    page.editor.join()
    soon(room.qtbot, lambda: page.comments.discussion.comments[0].moved_to == first)
    assert list(page.editor._sheet.marks.comments(first)) == ["LI Wei: This one."]
    page.editor.undo()
    soon(room.qtbot, lambda: page.comments.discussion.comments[0] == one)


# Sign-offs


def test_signing_shows_open_comments_and_waits_for_a_reason(room: Room, page: StoryPage) -> None:
    write(room, page, "Is this right?")
    soon(room.qtbot, page.strip._comments.isVisible)
    assert page.strip._comments.text().endswith("1 comment")
    page.strip.request_next()
    soon(room.qtbot, lambda: any(type(w).__name__ == "SignDialog" for w in QApplication.topLevelWidgets()))
    dialog = top("SignDialog")
    assert dialog.comments.isVisible()
    assert not dialog.yes_button.isEnabled()
    QTest.keyClicks(dialog.comments.reason_field, "The desk knows.")
    QTest.mouseClick(dialog.yes_button, Qt.MouseButton.LeftButton)
    soon(room.qtbot, lambda: open_story(room.desk, page.story_id).story.state is StoryState.SUBMITTED)
    event = story_history(room.desk, page.story_id)[1][-1]
    assert event.data["reason"] == "The desk knows."
    assert len(event.data["open_comments"]) == 1  # type: ignore[arg-type]


def test_a_comment_that_came_while_the_dialog_was_open_refuses_the_signature(room: Room, page: StoryPage) -> None:
    page.strip.request_next()
    soon(room.qtbot, lambda: any(type(w).__name__ == "SignDialog" for w in QApplication.topLevelWidgets()))
    dialog = top("SignDialog")
    assert dialog.comments.isHidden()
    with other_window(room) as desk:
        desk_comments.comment(desk, page.story_id, "1", "Wait!", by=somebody(desk, "WANG Fang"))
    with room.qtbot.waitSignal(room.place.said) as told:
        QTest.mouseClick(dialog.yes_button, Qt.MouseButton.LeftButton)
    assert told.args[1] == "error"
    assert "1 comment is open" in told.args[0]
    assert open_story(room.desk, page.story_id).story.state is StoryState.DRAFTING


# Leaving


@pytest.mark.parametrize("answer", [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Discard])
def test_closing_a_story_asks_about_words_that_are_not_posted(
    room: Room, page: StoryPage, answer: QMessageBox.StandardButton, monkeypatch: pytest.MonkeyPatch
) -> None:
    trigger(room, "comment")
    QTest.keyClicks(composer(page), "Not yet posted")
    asked: list[str] = []
    monkeypatch.setattr(QMessageBox, "question", lambda *words: asked.append(words[2]) or answer)
    drafts = page.comments_panel.drafts
    closed = room.place.stories.close_page(page)
    drafts.clear()  # so that the window itself asks no more
    assert len(asked) == 1
    assert "Not yet posted" in asked[0]
    assert closed is (answer == QMessageBox.StandardButton.Discard)


def test_many_comments_come_a_few_at_a_time(room: Room, page: StoryPage) -> None:
    with other_window(room) as desk:
        wang = somebody(desk, "WANG Fang")
        for number in range(70):
            desk_comments.comment(desk, page.story_id, segment(page, number % 5), f"Number {number}", by=wang)
    page.show_panel("comments")
    soon(room.qtbot, lambda: len(page.comments.discussion.comments) == 70)
    panel = page.comments_panel
    soon(room.qtbot, lambda: len(panel._cards) == 60)
    assert panel._more.text() == "Show 10 more"
    panel._more.click()
    soon(room.qtbot, lambda: len(panel._cards) == 70)


def test_after_posting_the_keys_belong_to_the_sentence_again(room: Room, page: StoryPage) -> None:
    live = page.editor._sheet.live
    before = live.text()
    QTest.keyClick(live, Qt.Key.Key_End)
    write(room, page, "Please check.")
    assert live.hasFocus()
    QTest.keyClicks(QApplication.focusWidget(), " More.")
    assert live.text() == before + " More."
    QTest.keyClick(live, Qt.Key.Key_M, CONTROL)
    QTest.keyClick(composer(page), Qt.Key.Key_Escape)
    assert live.hasFocus()
