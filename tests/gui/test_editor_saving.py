"""Autosave on a real archive: in time, in order, kept through failures, waited for at the end."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from shell_room import held
from test_editor_stage import Stage, compose, counter, opened_stage, small_story

from desktop_app.desk.desk import Changes
from desktop_app.desk.editing import edit_story
from desktop_app.desk.people import add_person
from desktop_app.desk.stories import open_story
from desktop_app.domain.edits import ReplaceSegments, SetSegment
from desktop_app.domain.story import SegmentStatus
from desktop_app.foundation.errors import ArchiveBusyError, ArchiveUnavailableError, KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.arrivals import Arrivals
from desktop_app.gui.editor.autosave import Autosave
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.store import stories as store


@pytest.fixture
def stage(look, texts, tmp_path) -> Iterator[Stage]:
    with opened_stage(look, texts, tmp_path) as stage:
        stage.open(small_story())
        yield stage


def _put_into_state(stage: Stage, state: str) -> None:
    """As another window's release would, without its signatures."""
    with stage.desk.archive.write() as unit:
        store.row(unit.session, "s1").state = state
        unit.record("state put", story="s1", state=state)


def test_typing_reaches_the_archive_within_a_second_of_the_last_key(stage, qtbot) -> None:
    stage.at("s1-b")
    with qtbot.waitSignal(stage.editor.saved, timeout=1000):
        QTest.keyClicks(stage.live, "Three agreements")
    assert stage.stored("s1-b").target == "Three agreements"
    assert stage.stored("s1-b").status is SegmentStatus.DRAFT
    assert stage.editor.is_saved()


def test_typing_without_a_pause_is_saved_on_the_way(stage, qtbot) -> None:
    stage.at("s1-b")
    keys = QTimer()
    keys.timeout.connect(lambda: QTest.keyClick(stage.live, Qt.Key.Key_A))
    keys.start(40)
    with qtbot.waitSignal(stage.editor.saved, timeout=2500):
        pass
    keys.stop()
    assert stage.stored("s1-b").target


def test_everything_is_saved_split_caption_confirmation_and_undo(stage) -> None:
    stage.editor.go_to("s1-a")
    stage.live.put_cursor(3)
    stage.editor.split()
    stage.at("s1-p", Field.CAPTION_SOURCE)
    stage.editor.insert_text("（中）")
    stage.editor.go_to("s1-h")
    stage.editor.confirm_stay()
    assert stage.editor.flush_and_wait()
    assert open_story(stage.desk, "s1").story.content == stage.editor.story().content
    for _ in range(3):
        stage.editor.undo()
    assert stage.editor.flush_and_wait()
    assert open_story(stage.desk, "s1").story.content == small_story().content
    stage.editor.redo()
    stage.editor.redo()
    stage.editor.redo()
    assert stage.editor.flush_and_wait()
    assert open_story(stage.desk, "s1").story.content == stage.editor.story().content


def test_who_types_and_cuts_before_it_is_saved_has_a_hand_in_the_draft(stage) -> None:
    stage.editor.go_to("s1-h")
    stage.editor.insert_text("LI begins. ")
    assert stage.editor.flush_and_wait()
    other = add_person(stage.desk, "WANG Min")[0]
    stage.editor.show_person(other)
    stage.at("s1-a")
    QTest.keyClicks(stage.live, "Words of another. ")
    stage.live.put_cursor(5)
    stage.editor.split()
    assert stage.editor.flush_and_wait()
    assert "another" in " ".join(one.target for one in open_story(stage.desk, "s1").story.content.segments())
    assert open_story(stage.desk, "s1").situation.drafters == {other.id}


def test_who_only_cuts_has_none(stage) -> None:
    stage.editor.go_to("s1-h")
    stage.editor.insert_text("LI begins. ")
    assert stage.editor.flush_and_wait()
    stage.editor.show_person(add_person(stage.desk, "WANG Min")[0])
    stage.editor.go_to("s1-a")
    stage.live.put_cursor(3)
    stage.editor.split()
    assert stage.editor.flush_and_wait()
    assert open_story(stage.desk, "s1").situation.drafters == frozenset()


def test_closing_takes_a_composition_along(stage) -> None:
    stage.at("s1-b")
    compose(stage.live, "协议")
    assert stage.editor.flush_and_wait()
    assert stage.stored("s1-b").target == "协议"


def test_saving_tells_the_bus_who_it_was_and_the_echo_changes_nothing(stage, qtbot) -> None:
    told = []

    def reload(changes: object, sender: str) -> None:
        told.append((changes, sender))
        stage.reload()

    stage.bus.changed.connect(reload)
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "Three")
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(Changes(stories=frozenset({"s1"})), "editor")]
    QTest.keyClicks(stage.live, " agreements")
    stage.editor.undo()
    assert stage.editor.active_key() == "s1-b"
    assert stage.live.text() in {"", "Three"}
    assert stage.editor.flush_and_wait()


def test_typing_while_a_save_is_under_way_is_saved_next(stage) -> None:
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "One")
    stage.editor.flush()
    QTest.keyClicks(stage.live, " two")
    assert stage.editor.flush_and_wait()
    assert stage.stored("s1-b").target == "One two"


def test_another_story_is_opened_while_the_first_is_still_being_saved(stage, qtbot) -> None:
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "Left in haste")
    stage.open(small_story("s2"))
    assert stage.editor.story_id == "s2"
    assert not stage.editor.can_undo()
    stage.at("s2-b")
    QTest.keyClicks(stage.live, "Second story")
    assert stage.editor.flush_and_wait()
    assert stage.stored("s1-b").target == "Left in haste"
    assert stage.stored("s2-b", "s2").target == "Second story"


def test_change_from_elsewhere_comes_in_at_the_same_place(stage, qtbot) -> None:
    stage.editor.go_to("s1-c")
    stage.editor.insert_text("mine")
    assert stage.editor.flush_and_wait()
    edit_story(stage.desk, "s1", [SetSegment("s1-h", "Their headline", SegmentStatus.DRAFT)], by=stage.person)
    stage.reload()
    qtbot.waitUntil(lambda: stage.shown("s1-h").target == "Their headline")
    assert stage.editor.active_key() == "s1-c"
    stage.editor.undo()
    assert stage.shown("s1-c").target == ""
    assert not stage.editor.can_undo()


def test_words_whose_place_went_are_shown_not_dropped(stage, qtbot) -> None:
    story = open_story(stage.desk, "s1").story
    first, second = story.content.blocks[1].segments
    joined = (replace(first, source=first.source + second.source),)
    stage.editor.go_to("s1-b")
    stage.editor.insert_text("my words")
    edit_story(stage.desk, "s1", [ReplaceSegments("s1-b2", joined)], by=stage.person)
    stage.reload()
    qtbot.waitUntil(lambda: "my words" in stage.editor._lost.text())
    assert not stage.editor._lost.isHidden()
    assert not stage.editor._document.has("s1-b")


def test_story_read_before_our_last_save_does_not_bring_old_words_back(stage) -> None:
    old = open_story(stage.desk, "s1")
    stage.editor.go_to("s1-b")
    stage.editor.insert_text("saved since")
    assert stage.editor.flush_and_wait()
    stage.editor.show_file(old)
    assert stage.shown("s1-b").target == "saved since"
    assert stage.tasks.wait_idle(5)
    assert stage.shown("s1-b").target == "saved since"
    assert stage.live.text() == "saved since"
    assert stage.editor.can_undo()


class _LateTasks(Tasks):
    """Does each job at once and keeps the answer until it is asked for: a slow reader, without the waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[Callable[[], None]] = []

    def run(self, job, *, title, on_done, on_error, writer=False, quiet=False) -> None:
        result = job(None)
        self.answers.append(lambda: on_done(result))


def test_slow_reading_overtaken_by_our_save_is_done_again(stage) -> None:
    tasks = _LateTasks()
    document = StoryDocument(open_story(stage.desk, "s1").story)
    arrivals = Arrivals(tasks)
    arrivals.watch(document, stage.desk)
    edit_story(stage.desk, "s1", [SetSegment("s1-h", "theirs", SegmentStatus.DRAFT)], by=stage.person)
    arrivals.take_over(open_story(stage.desk, "s1").story)
    document.write("s1-b", Field.TARGET, "mine")
    edit_story(stage.desk, "s1", document.take_pending(), by=stage.person)
    document.pending_saved()
    while tasks.answers:
        tasks.answers.pop(0)()
    assert document.segment("s1-b").target == "mine"
    assert document.segment("s1-h").target == "theirs"
    assert document.can_undo()
    tasks.close()


def test_failed_save_keeps_the_words_tells_and_tries_again(qapp, qtbot) -> None:
    document = StoryDocument(small_story())
    refused = ArchiveUnavailableError(N_("The disk is full."))
    answers: list[KnownError | None] = [refused, None]
    handed = []

    def save(edits, done, failed) -> None:
        handed.append(edits)
        answer = answers.pop(0)
        if answer is None:
            done(None)
        else:
            failed(answer)

    autosave = Autosave(document, save)
    with qtbot.waitSignal(autosave.failed, timeout=2000) as failed:
        document.write("s1-b", Field.TARGET, "kept")
    assert failed.args == [refused]
    assert not autosave.idle()
    document.write("s1-c", Field.TARGET, "and more")
    autosave.flush()
    assert autosave.idle()
    assert handed == [
        [SetSegment("s1-b", "kept", SegmentStatus.DRAFT)],
        [SetSegment("s1-b", "kept", SegmentStatus.DRAFT), SetSegment("s1-c", "and more", SegmentStatus.DRAFT)],
    ]


def test_save_is_tried_again_by_itself(qapp, qtbot) -> None:
    document = StoryDocument(small_story())
    tries = []

    def save(edits, done, failed) -> None:
        tries.append(edits)
        if len(tries) == 1:
            failed(ArchiveUnavailableError(N_("Busy.")))
        else:
            done(None)

    autosave = Autosave(document, save)
    document.write("s1-b", Field.TARGET, "kept")
    qtbot.waitUntil(autosave.idle, timeout=4000)
    assert tries[0] == tries[1]


def test_a_save_that_meets_another_program_waits_and_nothing_has_failed(qapp, qtbot) -> None:
    document = StoryDocument(small_story())
    tries: list[list] = []
    later: list[Callable[[], None]] = []

    def save(edits, done, failed) -> None:
        tries.append(edits)
        answer = (lambda: done(None)) if len(tries) > 3 else (lambda: failed(ArchiveBusyError(N_("Busy."))))
        later.append(answer)

    autosave = Autosave(document, save)
    failures, delays = counter(autosave.failed), counter(autosave.delayed)
    document.write("s1-b", Field.TARGET, "kept")
    autosave.flush()
    while later:
        document.write("s1-c", Field.TARGET, f"typed meanwhile {len(tries)}")
        later.pop(0)()
    autosave.flush()
    while later:
        later.pop(0)()
    assert autosave.idle()
    assert (failures(), delays()) == (0, 3)
    assert {edit.segment for edit in tries[0]} == {"s1-b"}
    assert all({edit.segment for edit in edits} == {"s1-b", "s1-c"} for edits in tries[1:4])
    assert [edit.target for edit in tries[-1]] == ["typed meanwhile 4"]


def test_typing_while_the_archive_is_held_waits_is_told_for_what_and_is_saved(stage, qtbot) -> None:
    failures, told = counter(stage.editor.save_failed), []
    with held(stage.tasks, stage.desk):
        stage.at("s1-b")
        with qtbot.waitSignal(stage.editor.save_delayed, timeout=5000) as delayed:
            QTest.keyClicks(stage.live, "Three agreements")
        why, texts = delayed.args
        assert str(why) == "Saving waits for “Testing”"
        assert texts == ["Three agreements"]
        assert stage.editor._document.unsaved_texts() == texts
        stage.editor.when_saved(told.append)
        assert told == [], "the window does not wait"
        assert stage.stored("s1-b").target == ""
    qtbot.waitUntil(lambda: told == [True])
    assert stage.stored("s1-b").target == "Three agreements"
    assert failures() == 0


def test_whoever_waits_for_a_save_is_told_once_of_all_of_it_or_that_it_failed(stage, qtbot) -> None:
    told: list[bool] = []
    stage.editor.when_saved(told.append)
    assert told == [True], "there was nothing to save"
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "One")
    stage.editor.when_saved(told.append)
    QTest.keyClicks(stage.live, " two")
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [True, True]
    assert stage.stored("s1-b").target == "One two"
    assert stage.editor.is_saved()
    _put_into_state(stage, "released")
    QTest.keyClicks(stage.live, " three")
    stage.editor.when_saved(told.append)
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told[2] is False
    _put_into_state(stage, "drafting")
    assert stage.editor.flush_and_wait()
    assert told == [True, True, False]


def test_refused_save_is_told_and_waiting_for_it_gives_up_at_once(stage) -> None:
    failures: list[KnownError] = []
    stage.editor.save_failed.connect(failures.append)
    stage.editor.go_to("s1-b")
    stage.editor.insert_text("kept")
    _put_into_state(stage, "released")
    began = time.monotonic()
    assert not stage.editor.flush_and_wait(timeout=30)
    assert time.monotonic() - began < 10
    assert len(failures) == 1
    assert not stage.editor.is_saved()
    assert stage.shown("s1-b").target == "kept"
    _put_into_state(stage, "drafting")
    assert stage.editor.flush_and_wait()
    assert stage.stored("s1-b").target == "kept"


def test_released_story_is_for_reading_only_and_says_so(stage) -> None:
    _put_into_state(stage, "released")
    changed = counter(stage.editor.read_only_changed)
    stage.reload()
    assert not stage.editor.can_edit()
    assert changed() == 1
    assert "Released" in stage.editor._reason.text()
    assert not stage.editor._reason.isHidden()


def test_archive_is_the_same_after_reading_a_story(stage) -> None:
    before = open_story(stage.desk, "s1")
    for act in (stage.editor.next_segment, stage.editor.next_unconfirmed, stage.editor.find, stage.editor.undo):
        act()
    assert stage.editor.flush_and_wait()
    assert open_story(stage.desk, "s1") == before
