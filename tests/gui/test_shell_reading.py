"""A text that one may only read: it does not look as if one could type, and says why where one tries."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from shell_room import *  # noqa: F403 - the fixtures
from shell_room import Room, soon

from desktop_app.domain.findings import Finding, Fix, Severity
from desktop_app.domain.memory import Layer, Match, MemoryUnit
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.message_fold import Urgency
from desktop_app.gui.kit.widgets import InlineMessage
from desktop_app.gui.memory.matches_panel import MatchesPanel
from desktop_app.gui.review.finding_card import FindingCard

APPROVED = "battery-recycling-progress"
DRAFTING = "new-materials-conference"
MATCH = Match(MemoryUnit("会议开幕。", "The meeting opened."), 100, 100.0)


def test_there_is_no_caret_and_a_quiet_frame(room: Room) -> None:
    page = room.open(APPROVED)
    key = next(page.editor.story().content.segments()).id
    page.editor.go_to(key)
    sheet = page.editor._sheet
    assert sheet.live.hasFocus()
    assert sheet.live.cursorWidth() == 0
    assert not sheet._here().focused
    page.editor._document.set_read_only(None)
    assert sheet.live.cursorWidth() > 0
    assert sheet._here().focused


def test_typing_brings_the_reason_before_what_is_more_urgent(room: Room, qtbot) -> None:
    page = room.open(APPROVED)
    urgent = InlineMessage(page._bench.look, "Close", page)
    page.add_message(urgent, Urgency.CONFLICTS)
    urgent.show_text("2 changes wait.", "warning")
    assert not page.message.isVisible()
    said: list[str] = []
    page.editor.said.connect(lambda text, _tone: said.append(text))
    page.editor.go_to(next(page.editor.story().content.segments()).id)
    qtbot.keyClicks(page.editor._sheet.live, "x")
    soon(qtbot, page.message.isVisible)
    assert page.notices.standing()[0] is page.message
    assert said == [], "it stands there: it is not said twice"


def test_what_would_write_is_grey_with_the_reason(room: Room, qtbot) -> None:
    room.sit("ZHAO Mingyuan")
    page = room.open(APPROVED)
    reason = room.window._texts(page.editor.read_only)
    page.matches.show_matches([MATCH], page.editor.languages)
    use = page.matches._column.cards()[0].use
    assert not use.isEnabled()
    assert use.toolTip() == reason
    with qtbot.assertNotEmitted(page.matches.take):
        qtbot.keyClick(page.matches._column.cards()[0], Qt.Key.Key_Return)
    segment = next(page.editor.story().content.segments())
    fix = Fix(N_("Write it"), "Another text.")
    found = Finding("numbers", Severity.ERROR, N_("It differs."), segment.id, None, None, fix)
    page.checks.show_findings([found], page.editor.story())
    card = next(one for one in page.checks._column.cards() if isinstance(one, FindingCard))
    write, waive = card.findChildren(QPushButton)
    assert (write.isEnabled(), write.toolTip()) == (False, reason)
    assert waive.isEnabled(), "a finding of an approved text may be set aside"
    page.show_person(None)
    card = next(one for one in page.checks._column.cards() if isinstance(one, FindingCard))
    waive = card.findChildren(QPushButton)[1]
    assert (waive.isEnabled(), waive.toolTip()) == (False, "Choose who is at the desk first.")
    room.quiet()


def test_what_writes_is_there_where_one_may_write(room: Room) -> None:
    room.sit("LI Wei")
    page = room.open(DRAFTING)
    assert page.editor.read_only is None
    page.matches.show_matches([MATCH], page.editor.languages)
    assert page.matches._column.cards()[0].use.isEnabled()
    room.quiet()


def test_a_match_says_its_day_and_the_whole_beginning_of_its_story(room: Room, qtbot) -> None:
    unit = MemoryUnit("会议开幕。", "The meeting opened.", layer=Layer.SIGNED, at="2026-11-23T08:00:00Z",
                      origin="university-issues-notice-on-new-materials")  # fmt: skip
    panel = MatchesPanel(room.window._look, room.window._texts, lambda n: f"Ctrl+{n}")
    qtbot.addWidget(panel)
    panel.resize(230, 300)
    panel.show_matches([Match(unit, 101, 100.0)], ("zh-Hans", "en"))
    panel.show()
    said = [label.text() for label in panel._column.cards()[0].findChildren(QLabel)]
    assert "signed · November 23, 2026" in said
    (name,) = [text for text in said if text.startswith("university")]
    assert name.endswith("…"), "it gives way at its end"
