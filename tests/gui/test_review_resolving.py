"""Accepting and rejecting in the Changes view: one by one, all at once, by author, and taken back step by step."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QListView, QMessageBox, QToolTip
from review_room import RELEASED, REVISING, Room, opened_room

from desktop_app.desk import comments, editing, workflow
from desktop_app.desk.accepting import accept_changes
from desktop_app.desk.comparing import compared
from desktop_app.domain.edits import MoveBlock, RemoveBlock, SetSegment
from desktop_app.domain.people import Person
from desktop_app.domain.story import SegmentStatus
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.kit.widgets import EmptyState
from desktop_app.gui.review.change_acts import Hands
from desktop_app.gui.review.changes_view import ChangesView


@pytest.fixture
def room(tmp_path_factory, tmp_path, look, texts, qtbot) -> Iterator[Room]:
    with opened_room(tmp_path_factory, tmp_path / "archive", look, texts, qtbot) as made:
        yield made


@dataclass
class Table:
    """The view with a document in place of the editor."""

    room: Room
    view: ChangesView
    document: StoryDocument
    person: Person | None
    read_only: Message | None = None
    said: list[tuple[str, str]] = field(default_factory=list)

    @property
    def listing(self) -> QListView:
        return self.view.findChild(QListView)

    @property
    def count(self) -> int:
        return len(self.listing.model().places)

    def button(self, name: str) -> QAbstractButton:
        found = self.view.findChildren(QAbstractButton)
        return next(one for one in found if name in {one.accessibleName(), one.property("title"), one.text()})

    def click(self, name: str) -> None:
        self.room.qtbot.mouseClick(self.button(name), Qt.MouseButton.LeftButton)
        self.room.settle()

    def menu(self, title: str) -> None:
        menu = self.button("All changes").menu()
        next(action for action in menu.actions() if action.text().startswith(title)).trigger()
        self.room.settle()

    def write(self, edits) -> Message | None:
        if self.read_only is not None:
            return self.read_only
        self.document.apply(*edits)
        return None

    def texts(self) -> list[str]:
        return [segment.target for segment in self.document.story().content.segments()]

    def back(self) -> bool:
        return self.document.undo() is not None

    def forth(self) -> bool:
        return self.document.redo() is not None


def at_table(room: Room, story: str, who: str | None = "WANG") -> Table:
    view = ChangesView(room.look, room.texts, room.tasks, room.bus)
    room.qtbot.addWidget(view)
    room.hand_over(view)
    document = StoryDocument(room.file(story).story)
    table = Table(room, view, document, room.people[who] if who else None)
    view.said.connect(lambda text, tone: table.said.append((text, tone)))
    view.use(
        Hands(
            now=lambda: document.story().content,
            write=table.write,
            undo=table.back,
            redo=table.forth,
            person=lambda: table.person,
            read_only=lambda: table.read_only,
        )
    )
    document.dirty.connect(view.acts.on_written)
    view.resize(1000, 700)
    view.show()
    room.qtbot.waitExposed(view)
    view.show_story(document.story_id)
    room.settle()
    return table


@pytest.fixture
def table(room: Room) -> Table:
    return at_table(room, REVISING)


def shown(table: Table) -> str:
    empty = table.view.findChild(EmptyState)
    return empty.accessibleName() if empty.isVisible() else ""


def test_accepted_change_goes_and_the_next_one_is_in_hand(table: Table) -> None:
    total, before = table.count, table.texts()
    table.view.next_change()
    table.view.next_change()
    second = table.listing.model().places[2].key
    table.click("Accept")
    assert table.count == total - 1
    assert table.texts() == before
    assert table.listing.model().here.key[:2] == second[:2]
    wang, li = table.room.people["WANG"], table.room.people["LI"]
    assert len(compared(table.room.desk, REVISING, person=wang).comparison.keys) == total - 1
    assert len(compared(table.room.desk, REVISING, person=li).comparison.keys) == total


def test_rejected_change_puts_the_older_words_back_in_its_place_alone(table: Table) -> None:
    total, before = table.count, table.texts()
    table.view.next_change()
    part = table.listing.model().here.key[0]
    table.click("Reject")
    assert table.count == total - 1
    changed = [number for number, (old, new) in enumerate(zip(before, table.texts(), strict=True)) if old != new]
    assert len(changed) == 1
    segment = next(s for s in table.document.story().content.segments() if s.id == part)
    assert segment.status is SegmentStatus.DRAFT


def test_undo_takes_back_the_last_of_both_one_after_the_other(table: Table) -> None:
    total, before = table.count, table.texts()
    table.view.next_change()
    table.click("Reject")
    table.click("Accept")
    table.click("Accept")
    assert table.count == total - 3
    for left in (total - 2, total - 1, total):
        table.view.acts.undo()
        table.room.settle()
        assert table.count == left
    assert table.texts() == before
    assert not table.view.acts.can_undo
    for left in (total - 1, total - 2, total - 3):
        table.view.acts.redo()
        table.room.settle()
        assert table.count == left
    assert not table.view.acts.can_redo


def test_accept_all_is_one_step(table: Table) -> None:
    total = table.count
    table.menu("Accept all")
    assert shown(table) == f"You have accepted all {total} changes."
    assert table.said[-1] == (f"{total} changes accepted.", "good")
    table.view.acts.undo()
    table.room.settle()
    assert table.count == total


def test_reject_all_asks_and_gives_the_older_text_back(table: Table) -> None:
    version = compared(table.room.desk, REVISING).version
    table.menu("Reject all")
    box = next(one for one in table.view.findChildren(QMessageBox) if one.isVisible())
    yes = next(one for one in box.buttons() if box.buttonRole(one) is QMessageBox.ButtonRole.AcceptRole)
    table.room.qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    table.room.settle()
    assert table.texts() == [segment.target for segment in version.segments()]
    assert shown(table) == "Nothing differs any more"
    table.view.acts.undo()
    table.room.settle()
    assert table.count > 0


def test_what_is_written_after_a_rejection_leaves_it_to_the_editors_undo(table: Table) -> None:
    table.view.next_change()
    table.click("Reject")
    assert table.view.acts.can_undo
    segment = next(iter(table.document.story().content.segments()))
    table.document.apply(SetSegment(segment.id, "Something else.", SegmentStatus.DRAFT))
    assert not table.view.acts.can_undo


def test_changes_of_one_author_can_be_looked_at_and_accepted(room: Room) -> None:
    file = room.file(REVISING)
    room.bus.publish(workflow.sign(room.desk, file.story.id, step=None, by=room.people["WANG"]))
    segment = list(room.file(REVISING).story.content.segments())[-1]
    edit = SetSegment(segment.id, segment.target + " Added at the end.", SegmentStatus.DRAFT)
    editing.edit_story(room.desk, file.story.id, [edit], by=room.people["ZHAO"])
    table = at_table(room, REVISING, "LI")
    table.view.show_versions("1.1")
    room.settle()
    total = table.count
    box = table.view.findChildren(QComboBox)[2]
    assert box.isVisible()
    name = next(box.itemText(at) for at in range(box.count()) if box.itemText(at).startswith("ZHAO"))
    box.setCurrentText(name)
    box.activated.emit(box.currentIndex())
    room.settle()
    assert table.count == 1
    assert table.listing.model().rowCount() == 1
    table.menu("Accept all by ZHAO")
    assert table.count == total - 1
    assert not box.isVisible()


def test_two_old_versions_are_not_to_be_accepted(room: Room) -> None:
    table = at_table(room, RELEASED, "LI")
    versions = [str(version.number) for version in compared(room.desk, RELEASED).versions]
    table.view.show_versions(versions[0], versions[-1])
    room.settle()
    assert not table.button("Accept").isEnabled()
    assert "Now" in table.button("Accept").toolTip()
    assert not table.view.can("accept-change")


def test_who_may_not_edit_may_accept_and_is_told_why_not_reject(room: Room) -> None:
    table = at_table(room, REVISING, "LI")
    table.read_only = N_("Somebody else has it.")
    table.view.next_change()
    assert table.button("Accept").isEnabled()
    assert not table.button("Reject").isEnabled()
    assert table.button("Reject").toolTip() == "Somebody else has it."
    total = table.count
    table.view.reject_change()
    assert table.said == [("Somebody else has it.", "warning")]
    table.click("Accept")
    assert table.count == total - 1


def test_nobody_at_the_desk_accepts_nothing(room: Room) -> None:
    table = at_table(room, REVISING, None)
    assert not table.button("Accept").isEnabled()
    assert table.button("Accept").toolTip() == "Choose who is at the desk first."
    table.view.next_change()
    table.view.accept_change()
    table.view.reject_change()
    assert table.said == [("Choose who is at the desk first.", "warning")] * 2


def test_what_somebody_accepted_meanwhile_is_told(table: Table) -> None:
    table.view.next_change()
    accept_changes(table.room.desk, REVISING, by=table.room.people["WANG"])
    table.click("Accept")
    assert table.said[-1][1] == "error"
    assert shown(table).startswith("You have accepted all")


def test_accepted_changes_are_shown_again_and_taken_back_one_by_one(table: Table) -> None:
    total, model = table.count, table.listing.model()
    rows = model.rowCount()
    table.menu("Accept all")
    table.click("Show accepted changes")
    assert (table.count, model.rowCount()) == (total, rows)
    assert all("accepted by you" in model.index(row, 0).data() for row in range(rows))
    table.view.next_change()
    assert table.button("Accept").isHidden()
    assert table.button("Reject").toolTip() == "You have accepted this change. Take that back first."
    table.view.accept_change()
    assert table.said[-1] == ("You have accepted this change already.", "warning")
    table.click("Take acceptance back")
    wang = table.room.people["WANG"]
    assert len(compared(table.room.desk, REVISING, person=wang).comparison.keys) == 1
    assert (table.count, sum(place.accepted for place in model.places)) == (total, total - 1)
    table.view.acts.undo()
    table.room.settle()
    assert all(place.accepted for place in model.places)
    table.menu("Show accepted changes")
    assert shown(table) == f"You have accepted all {total} changes."


def test_what_is_hidden_is_counted(table: Table) -> None:
    total = table.count
    table.view.next_change()
    table.click("Accept")
    assert any(label.text() == f"1 of {total - 1} · 1 accepted" for label in table.view.findChildren(QLabel))
    table.menu("Show accepted changes")
    assert table.count == total
    assert [place.row for place in table.listing.model().places] == sorted(
        place.row for place in table.listing.model().places
    )


def test_some_accepted_and_the_others_rejected(table: Table) -> None:
    table.view.next_change()
    table.click("Accept")
    while table.count:
        table.click("Reject")
    assert shown(table) == "Nothing else differs any more"


def test_somebody_else_at_the_desk_sees_what_they_have_not_accepted(table: Table) -> None:
    total = table.count
    counts: list[int] = []
    table.view.count_changed.connect(counts.append)
    table.menu("Accept all")
    assert counts[-1] == 0
    table.person = table.room.people["LI"]
    table.view.show_person()
    table.room.settle()
    assert (table.count, counts[-1]) == (total, total)
    assert not table.view.acts.can_undo
    table.person = None
    table.view.show_person()
    table.room.settle()
    assert table.count == total


def test_each_row_says_who_changed_it_and_what_was_said_there(room: Room) -> None:
    part = compared(room.desk, REVISING).comparison.keys[0][0]
    comments.comment(room.desk, REVISING, part, "1.2亿 is 120 million.", by=room.people["ZHAO"])
    table = at_table(room, REVISING)
    row = table.listing.model().index(0, 0)
    assert "WANG Fang" in row.data()
    assert "ZHAO Mingyuan: 1.2亿 is 120 million." in row.data()
    place = table.listing.model().places[0]
    box = table.listing.itemDelegate()._lay_out(row)
    piece = next(one for one in box.laid if (one.side, one.passage) == (place.side, place.passage))
    rect = piece.text.boxes(0)[0]
    at = table.listing.visualRect(row).topLeft() + QPoint(
        round(piece.x + rect.center().x()), round(piece.y + rect.center().y())
    )
    port = table.listing.viewport()
    QApplication.sendEvent(port, QHelpEvent(QEvent.Type.ToolTip, at, port.mapToGlobal(at)))
    assert QToolTip.text().startswith("WANG Fang · ")
    QToolTip.hideText()


def test_a_click_takes_the_change_under_the_mouse_in_hand(table: Table) -> None:
    model = table.listing.model()
    row = next(n for n in range(model.rowCount()) if sum(place.row == n for place in model.places) > 1)
    index = model.index(row, 0)
    table.listing.scrollTo(index)
    wanted = [place for place in model.places if place.row == row][1]
    laid = table.listing.itemDelegate()._lay_out(index).laid
    piece = next(one for one in laid if (one.side, one.passage) == (wanted.side, wanted.passage))
    rect = piece.text.boxes(wanted.run)[0]
    corner = table.listing.visualRect(index).topLeft()
    at = corner + QPoint(round(piece.x + rect.center().x()), round(piece.y + rect.center().y()))
    table.room.qtbot.mouseClick(table.listing.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert model.here == wanted


def test_why_it_came_back_stands_over_the_changes(room: Room) -> None:
    story = room.file(REVISING).story.id
    workflow.give_back(room.desk, story, by=room.people["WANG"], note="Please check the sums.")
    table = at_table(room, REVISING, "LI")
    notes = [label.text() for label in table.view.findChildren(QLabel) if "returned it" in label.text()]
    assert notes
    assert notes[0].startswith("WANG Fang returned it")
    assert "“Please check the sums.”" in notes[0]
    assert table.count > 0


def test_a_picture_taken_out_or_moved_comes_back_by_rejecting(table: Table) -> None:
    blocks = table.document.story().content.blocks
    first, second = [block.id for block in blocks if block.placement is not None][:2]
    table.document.apply(RemoveBlock(first))
    table.document.apply(MoveBlock(second, blocks[0].id))
    table.view.show_versions("1.1")
    table.room.settle()
    for key in ((second, "place", 0), (first, "picture", 0)):
        place = next(place for place in table.listing.model().places if place.key == key)
        table.view._go(place)
        table.click("Reject")
    assert [block.id for block in table.document.story().content.blocks] == [block.id for block in blocks]
    assert not {first, second} & {place.key[0] for place in table.listing.model().places}
