"""Checks and details: findings as cards that lead to their segment, facts that can be copied."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from review_room import APPROVED, REVISING, Room, opened_room

from desktop_app.domain.findings import Finding, Fix, Severity
from desktop_app.domain.story import Story
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.widgets import EmptyState
from desktop_app.gui.review.checks_panel import ChecksPanel, FindingCard
from desktop_app.gui.review.details_panel import DetailsPanel


@pytest.fixture
def room(tmp_path_factory, tmp_path, look, texts, qtbot) -> Iterator[Room]:
    with opened_room(tmp_path_factory, tmp_path / "archive", look, texts, qtbot) as made:
        yield made


@pytest.fixture
def story(room: Room) -> Story:
    return room.file(REVISING).story


@pytest.fixture
def panel(room: Room) -> ChecksPanel:
    panel = ChecksPanel(room.look, room.texts)
    room.qtbot.addWidget(panel)
    panel.resize(300, 600)
    panel.show()
    return panel


def segments(story: Story) -> list[str]:
    return [segment.id for segment in story.content.segments()]


def finding(segment: str | None, text: str = "Something.", fix: Fix | None = None) -> Finding:
    return Finding("numbers", Severity.ERROR, N_("{text}", text=text), segment, fix=fix)


def cards(panel: ChecksPanel) -> list[FindingCard]:
    QApplication.sendPostedEvents()
    shown = [card for card in panel.findChildren(FindingCard) if card.isVisible()]
    return sorted(shown, key=lambda card: card.y())


def test_cards_stand_in_reading_order_with_their_sentences(panel, story) -> None:
    ids = segments(story)
    panel.show_findings([finding(None, "whole"), finding(ids[3], "late"), finding(ids[1], "early")], story)
    names = [card.accessibleName() for card in cards(panel)]
    assert [name.rsplit(": ", 1)[1] for name in names] == ["early", "late", "whole"]
    assert names[0].startswith("Error, segment 2")
    assert panel.count() == 3


def test_click_and_enter_go_to_the_segment(room, panel, story) -> None:
    panel.show_findings([finding(segments(story)[2])], story)
    (card,) = cards(panel)
    with room.qtbot.waitSignal(panel.go_to) as went:
        room.qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert went.args == [segments(story)[2]]
    with room.qtbot.waitSignal(panel.go_to):
        room.qtbot.keyClick(card, Qt.Key.Key_Return)


def test_fix_is_handed_on_whole(room, panel, story) -> None:
    fix = Fix(N_("Write 120 million"), "It costs 120 million.")
    panel.show_findings([finding(segments(story)[2], fix=fix)], story)
    button = next(b for b in cards(panel)[0].findChildren(QPushButton))
    assert button.text() == "Write 120 million"
    with room.qtbot.waitSignal(panel.fix) as asked:
        room.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == [segments(story)[2], fix]


def test_cards_of_findings_that_stay_keep_the_keyboard(room, panel, story) -> None:
    ids = segments(story)
    first, second = finding(ids[1], "first"), finding(ids[2], "second")
    panel.show_findings([first, second], story)
    kept = cards(panel)[1]
    kept.setFocus()
    panel.show_findings([second], story)
    assert cards(panel) == [kept]
    assert kept.hasFocus()


def test_next_and_previous_finding_go_round(panel, story) -> None:
    ids = segments(story)
    panel.show_findings([finding(ids[5]), finding(ids[1]), finding(None)], story)
    assert panel.next_finding(None) == ids[1]
    assert panel.next_finding(ids[1]) == ids[5]
    assert panel.next_finding(ids[5]) == ids[1]
    assert panel.next_finding(ids[3]) == ids[5]
    assert panel.previous_finding(ids[5]) == ids[1]
    assert panel.previous_finding(ids[1]) == ids[5]
    panel.clear()
    assert panel.next_finding(None) is None
    assert panel.previous_finding(None) is None


def test_nothing_found_says_so(panel, story) -> None:
    panel.show_findings([], story)
    assert panel.findChild(EmptyState).isVisible()
    assert panel.count() == 0


def test_very_many_findings_come_in_portions(room, panel, story) -> None:
    many = [finding(segments(story)[1], f"no {n}") for n in range(150)]
    panel.show_findings(many, story)
    assert 0 < len(cards(panel)) < 10, "the window waits for no more than a few"
    room.qtbot.waitUntil(lambda: len(cards(panel)) == 60)
    more = next(b for b in panel.findChildren(QPushButton) if b.text() == "Show 90 more")
    room.qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    room.qtbot.waitUntil(lambda: len(cards(panel)) == 120)
    assert panel.count() == 150


def test_details_show_the_facts_of_a_story(room) -> None:
    panel = DetailsPanel(room.look, room.texts)
    room.qtbot.addWidget(panel)
    file = room.file(APPROVED)
    panel.show_file(file)
    facts = dict(panel.facts())
    assert facts["Name"] == APPROVED
    assert facts["State"] == "Approved"
    assert "".join(facts["Digest"].split()) == file.digest
    assert "Draft: LI Wei" in facts["Credits"]
    assert "Han characters" in facts["Length"]
    panel.show_file(None)
    assert panel.facts() == []
