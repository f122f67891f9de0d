"""The history in sentences: every operation of the desk has its words, stale sign-offs are told as such."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QPushButton
from review_room import DRAFTING, RELEASED, REVISING, STALE, Room, opened_room

import desktop_app.desk
from desktop_app.desk import editing, workflow
from desktop_app.desk.operations import OPERATIONS
from desktop_app.desk.stories import story_history
from desktop_app.domain.edits import SetSegment
from desktop_app.domain.records import Event
from desktop_app.domain.story import SegmentStatus
from desktop_app.gui.kit.widgets import EmptyState
from desktop_app.gui.review.history_panel import HistoryPanel
from desktop_app.gui.review.timeline import Entry, entries


@pytest.fixture
def room(tmp_path_factory, tmp_path, look, texts, qtbot) -> Iterator[Room]:
    with opened_room(tmp_path_factory, tmp_path / "archive", look, texts, qtbot) as made:
        yield made


@pytest.fixture
def panel(room: Room) -> HistoryPanel:
    panel = HistoryPanel(room.look, room.texts, room.tasks, room.bus)
    room.qtbot.addWidget(panel)
    room.hand_over(panel)
    panel.resize(300, 700)
    panel.show()
    return panel


def told(room: Room, story: str) -> list[Entry]:
    file = room.file(story)
    versions, events, people = story_history(room.desk, file.story.id)
    return entries(file, versions, events, people)


def recorded_operations() -> set[str]:
    """Every operation name that the desk's source can write: what reaches ``record`` or ``_move`` as a plain word."""
    names: set[str] = set()
    for path in Path(desktop_app.desk.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        named = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in {"record", "_move"}:
                    for argument in node.args:
                        choices = (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,)
                        for one in choices:
                            said = named.get(one.id) if isinstance(one, ast.Name) else getattr(one, "value", None)
                            names |= {said} if isinstance(said, str) else set()
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "operation":
                names |= {c.value for c in ast.walk(node.value) if isinstance(c, ast.Constant)}
    return names


def test_every_operation_of_the_desk_has_its_sentence() -> None:
    recorded = recorded_operations()
    assert {"step signed", "story edited", "story killed", "kill asked for", "story released"} <= recorded
    assert recorded <= set(OPERATIONS)


def test_no_code_of_the_audit_trail_reaches_the_reader(room) -> None:
    for story in (DRAFTING, REVISING, STALE, RELEASED):
        for entry in told(room, story):
            sentence = room.texts(entry.sentence)
            assert sentence not in OPERATIONS
            assert "{" not in sentence


def test_unknown_operation_of_a_newer_program_is_shown_as_such(room) -> None:
    file = room.file(DRAFTING)
    event = Event("2027-01-01T00:00:00+00:00", None, "account", "story sung", {})
    (entry,) = entries(file, [], [event], {})
    assert "story sung" in room.texts(entry.sentence)
    assert room.texts(entry.person) == "account"


def test_stale_sign_off_is_told_with_its_glyph(room) -> None:
    signed = next(e for e in told(room, STALE) if "Revision" in room.texts(e.sentence) and e.standing is not None)
    assert (signed.glyph, signed.tone) == ("!", "error")
    assert "stale" in room.texts(signed.standing)


def test_sign_offs_that_count_say_so(room) -> None:
    signed = [e for e in told(room, RELEASED) if room.texts(e.sentence).startswith("Signed")]
    assert len(signed) == 3
    assert {room.texts(e.standing) for e in signed} == {"✓ counts · without a signature"}


def test_withdrawn_sign_off_names_who_and_why(room) -> None:
    workflow.give_back(room.desk, REVISING, by=room.people["WANG"], note="Check the sums.")
    newest, *rest = told(room, REVISING)
    assert room.texts(newest.sentence) == "Returned the story to its drafter"
    assert newest.note == "Check the sums."
    signed = next(e for e in rest if room.texts(e.sentence).startswith("Signed"))
    assert room.texts(signed.standing) == "↩ withdrawn by WANG Fang: Check the sums."


def test_edits_of_one_sitting_are_one_line() -> None:
    start = datetime(2027, 1, 1, 9, 0, tzinfo=UTC)

    def edit(minutes: int, person: str, segment: str) -> Event:
        at = (start + timedelta(minutes=minutes)).isoformat()
        data = {"edits": [["segment", segment, "draft"]], "text_changed": True}
        return Event(at, person, "account", "story edited", data)

    events = [edit(0, "a", "1"), edit(10, "a", "2"), edit(20, "a", "2"), edit(21, "b", "3"), edit(90, "b", "3")]
    lines = entries(None, [], events, {})  # type: ignore[arg-type] # edits ask nothing of the file
    assert [str(line.sentence) for line in lines] == ["Edited 1 passage", "Edited 1 passage", "Edited 2 passages"]


def test_versions_stand_with_the_act_that_froze_them(room) -> None:
    with_version = [(e.version, e.before, room.texts(e.sentence)) for e in told(room, RELEASED) if e.version]
    assert [version for version, _, _ in with_version] == ["1.2", "1.1", "1.0"]
    assert with_version[0][1:] == ("1.1", "Signed “Revision” of version 1.2")
    assert with_version[-1][1] == ""


def button(panel: HistoryPanel, text: str) -> QPushButton:
    return next(b for b in panel.findChildren(QPushButton) if b.text() == text)


def test_panel_chooses_the_newest_version_and_compares_it(room, panel) -> None:
    panel.show_story(room.file(STALE).story.id)
    room.settle()
    for text, args in (("Changes since", ["1.2", ""]), ("Changes in it", ["1.1", "1.2"])):
        with room.qtbot.waitSignal(panel.compare) as asked:
            room.qtbot.mouseClick(button(panel, text), Qt.MouseButton.LeftButton)
        assert asked.args == args


def test_line_without_a_version_offers_no_comparison(room, panel) -> None:
    panel.show_story(room.file(STALE).story.id)
    room.settle()
    listing = panel.findChild(QListView)
    listing.setCurrentIndex(listing.model().index(0, 0))
    assert not button(panel, "Changes since").isEnabled()
    assert not button(panel, "Changes in it").isEnabled()


def test_enter_on_a_version_compares_it_with_the_one_before(room, panel) -> None:
    panel.show_story(room.file(STALE).story.id)
    room.settle()
    listing = panel.findChild(QListView)
    listing.setFocus()
    with room.qtbot.waitSignal(panel.compare) as asked:
        room.qtbot.keyClick(listing, Qt.Key.Key_Return)
    assert asked.args == ["1.1", "1.2"]


def test_panel_reads_again_when_its_story_changes(room, panel) -> None:
    file = room.file(REVISING)
    panel.show_story(file.story.id)
    room.settle()
    listing = panel.findChild(QListView)
    before = listing.model().rowCount()
    changes = workflow.sign(room.desk, file.story.id, step="revision", by=room.people["WANG"])
    room.bus.publish(changes, "review")
    room.qtbot.waitUntil(lambda: listing.model().rowCount() > before)
    assert "WANG Fang" in listing.model().index(0, 0).data()


def test_panel_stands_at_the_newest_unless_the_person_chose_another(room, panel) -> None:
    file = room.file(REVISING)
    panel.show_story(file.story.id)
    room.settle()
    panel.resize(300, 260)
    listing = panel.findChild(QListView)

    def version() -> str:
        entry = panel._model.entry(listing.currentIndex())
        return entry.version if entry is not None else ""

    first = version()
    panel.hide()
    changes = workflow.sign(room.desk, file.story.id, step="revision", by=room.people["WANG"])
    room.bus.publish(changes, "review")
    room.qtbot.waitUntil(lambda: "Signed" in listing.model().index(0, 0).data())
    panel.show()
    newest = version()
    assert newest != first
    assert listing.verticalScrollBar().value() == 0
    listing.setCurrentIndex(next(i for i in map(panel._model.index, range(1, 99)) if panel._model.entry(i).version))
    own = version()
    before = listing.model().rowCount()
    room.bus.publish(workflow.sign(room.desk, file.story.id, step="approval", by=room.people["ZHAO"]), "review")
    room.qtbot.waitUntil(lambda: listing.model().rowCount() > before)
    assert (version(), own != newest) == (own, True)


def test_lines_are_spoken_whole(room, panel) -> None:
    panel.show_story(room.file(STALE).story.id)
    room.settle()
    model = panel.findChild(QListView).model()
    assert any("stale" in model.index(row, 0).data() for row in range(model.rowCount()))


def test_without_a_story_the_panel_says_what_will_stand_here(room, panel) -> None:
    panel.show_story(None)
    assert panel.findChild(EmptyState).isVisible()
    panel.show_story("no-such-story")
    room.settle()
    assert panel.findChild(EmptyState).accessibleName() == "The history cannot be read"


def test_status_alone_is_told_as_status(room) -> None:
    file = room.file(DRAFTING)
    segment = next(s for s in file.story.content.segments() if s.target)
    edit = SetSegment(segment.id, segment.target, SegmentStatus.CONFIRMED)
    editing.edit_story(room.desk, file.story.id, [edit], by=room.people["WANG"])
    assert room.texts(told(room, DRAFTING)[0].sentence) == "Set the status of 1 segment"
