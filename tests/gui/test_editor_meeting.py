"""Two who write at one place: neither's words are lost, and each is told; refusals are told with a way on."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from test_editor_stage import Stage, opened_stage, small_story

from desktop_app.desk.editing import edit_story
from desktop_app.desk.people import add_person
from desktop_app.desk.stories import open_story
from desktop_app.domain.edits import SetPlacement, SetSegment
from desktop_app.domain.story import Bilingual, Placement, SegmentStatus
from desktop_app.foundation.errors import ArchiveUnavailableError
from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.autosave import Autosave
from desktop_app.gui.editor.pieces import with_caption
from desktop_app.gui.editor.rows import Field
from desktop_app.store import stories as store

PATIENCE = 10_000  # ms


@pytest.fixture
def stage(look, texts, tmp_path) -> Iterator[Stage]:
    with opened_stage(look, texts, tmp_path) as stage:
        stage.open(small_story())
        yield stage


def _theirs(stage: Stage, key: str, text: str) -> None:
    edit_story(stage.desk, "s1", [SetSegment(key, text, SegmentStatus.DRAFT)], by=stage.person)


def test_both_wrote_one_segment_mine_stays_and_theirs_is_told(stage, qtbot) -> None:
    line = stage.editor._refusals.overtaken
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "Mine")
    _theirs(stage, "s1-b", "Theirs")

    qtbot.waitUntil(lambda: not line.isHidden(), timeout=PATIENCE)

    assert "Segment 3 was changed elsewhere" in line.text()
    assert "“Theirs”" in line.text()
    assert stage.live.text() == "Mine"
    assert stage.editor.flush_and_wait()
    assert stage.stored("s1-b").target == "Mine"


def test_theirs_is_one_click_away_and_undo_brings_mine_back(stage, qtbot) -> None:
    line = stage.editor._refusals.overtaken
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "Mine")
    _theirs(stage, "s1-b", "Theirs")
    qtbot.waitUntil(lambda: not line.isHidden(), timeout=PATIENCE)

    qtbot.mouseClick(line._button, Qt.MouseButton.LeftButton)

    assert line.isHidden()
    assert stage.live.text() == "Theirs"
    stage.editor.undo()
    assert stage.live.text() == "Mine"
    assert stage.editor.flush_and_wait()
    assert stage.stored("s1-b").target == "Mine"


def test_writing_on_after_ones_own_save_and_undo_is_no_collision(stage) -> None:
    stage.at("s1-b")
    for word in ("One", " two", " three"):
        QTest.keyClicks(stage.live, word)
        assert stage.editor.flush_and_wait()
    stage.editor.undo()
    assert stage.editor.flush_and_wait()
    stage.editor.redo()
    assert stage.editor.flush_and_wait()
    assert stage.stored("s1-b").target == stage.shown("s1-b").target
    assert stage.editor._refusals.overtaken.isHidden()


def test_a_confirmation_of_other_words_gives_way_to_them(stage, qtbot) -> None:
    stage.at("s1-a")
    _theirs(stage, "s1-a", "They came.")
    stage.editor.confirm_stay()
    stage.editor.flush()

    qtbot.waitUntil(lambda: stage.shown("s1-a").target == "They came.", timeout=PATIENCE)

    assert stage.editor.flush_and_wait()
    assert stage.stored("s1-a").target == "They came."
    assert stage.stored("s1-a").status is SegmentStatus.DRAFT


def test_a_caption_typed_here_keeps_the_picture_linked_elsewhere(stage) -> None:
    stage.at("s1-p", Field.CAPTION_TARGET)
    QTest.keyClicks(stage.live, " speaks")
    placed = Placement("1.jpg", caption=Bilingual("张讲话", "ZHANG"), credit="LI")
    edit_story(stage.desk, "s1", [SetPlacement("s1-p", placed)], by=stage.person)
    stage.editor.flush_and_wait()
    assert stage.tasks.wait_idle(5)
    assert stage.editor.flush_and_wait()

    stored = open_story(stage.desk, "s1").story.content.blocks[2].placement
    assert stored is not None
    assert (stored.credit, stored.caption.en) == ("LI", "ZHANG speaks")


def test_a_story_claimed_meanwhile_tells_who_has_it_and_can_be_left(stage, qtbot) -> None:
    wang = add_person(stage.desk, "WANG Fang")[0]
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "Too late")
    with stage.desk.archive.write() as unit:
        row = store.row(unit.session, "s1")
        row.state, row.claimed_step, row.claimed_by, row.claim_handed = "in revision", "revision", wang.id, ""
        unit.record("state put", story="s1")
    line = stage.editor._refusals.refusal

    qtbot.waitUntil(lambda: not line.isHidden() and stage.editor.read_only is not None, timeout=PATIENCE)

    assert "WANG Fang" in line.text()
    assert "Too late" in line.text()
    qtbot.mouseClick(line._button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "Too late"
    assert not stage.editor.is_saved()
    assert not any(autosave._timer.isActive() for _, autosave in stage.editor._saves._all), "a refusal is not retried"
    with qtbot.waitSignal(stage.editor.discarded):
        qtbot.mouseClick(line._second, Qt.MouseButton.LeftButton)
    assert line.isHidden()
    assert stage.editor.is_saved()
    assert stage.shown("s1-b").target == ""
    assert stage.editor.flush_and_wait()


def test_words_refused_are_saved_when_the_story_comes_back(stage, qtbot) -> None:
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "Kept")
    for state in ("released", "drafting"):
        with stage.desk.archive.write() as unit:
            store.row(unit.session, "s1").state = state
            unit.record("state put", story="s1")
        stage.editor.flush_and_wait()
        stage.reload()
        assert stage.tasks.wait_idle(5)
    qtbot.waitUntil(stage.editor.is_saved, timeout=PATIENCE)
    assert stage.stored("s1-b").target == "Kept"
    assert stage.editor._refusals.refusal.isHidden()


def test_a_full_disk_is_named_while_it_is_tried_again(stage, qtbot, monkeypatch) -> None:
    full = ArchiveUnavailableError(N_("the disk is full; nothing was written"), advice=N_("make room and try again"))
    autosave: Autosave = stage.editor._saves._all[0][1]
    saver = autosave._save
    monkeypatch.setattr(autosave, "_save", lambda _edits, _done, failed: failed(full))
    stage.at("s1-b")
    QTest.keyClicks(stage.live, "Kept")
    line = stage.editor._refusals.failing
    qtbot.waitUntil(lambda: not line.isHidden(), timeout=PATIENCE)
    assert "The disk is full" in line.text()
    monkeypatch.setattr(autosave, "_save", saver)
    qtbot.waitUntil(stage.editor.is_saved, timeout=PATIENCE)
    assert line.isHidden()


def test_a_caption_that_both_wrote_is_called_a_picture(stage, qtbot) -> None:
    line = stage.editor._refusals.overtaken
    stage.at("s1-p", Field.CAPTION_TARGET)
    QTest.keyClicks(stage.live, "Mine")
    place = next(block.placement for block in stage.editor.story().content.blocks if block.id == "s1-p")
    edit_story(stage.desk, "s1", [SetPlacement("s1-p", with_caption(place, Field.CAPTION_TARGET, "Theirs"))],
               by=stage.person)  # fmt: skip

    qtbot.waitUntil(lambda: not line.isHidden(), timeout=PATIENCE)

    assert "Picture 4 was changed elsewhere" in line.text()
    assert stage.editor.flush_and_wait()
