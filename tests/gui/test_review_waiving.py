"""Setting findings aside in the window: with a reason, for exactly this text, and back again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from shell_room import Room, soon, top

from desktop_app.desk.stories import open_story
from desktop_app.desk.terms import add_term
from desktop_app.desk.waivers import waivers
from desktop_app.domain.findings import Finding, Fix, Severity
from desktop_app.foundation.messages import N_
from desktop_app.gui.review.finding_card import FindingCard, WaivedCard, suggestions
from desktop_app.gui.shell.story_page import StoryPage

STORY = "new-materials-conference"
WRONG = "The univercity told teh  public in 2019 that 999 people came."


@pytest.fixture
def page(room: Room, qtbot) -> StoryPage:
    """A story at the desk of its drafter, with a segment that has many faults."""
    room.sit("LI Wei")
    page = room.open(STORY)
    page.show_panel("checks")
    page.editor.go_to(segment(page))
    page.editor.write_target(segment(page), WRONG)
    soon(qtbot, lambda: any(unknown(one) for one in page.findings))
    return page


def segment(page: StoryPage) -> str:
    assert page.file is not None
    return [one.id for one in page.file.story.content.segments()][2]


def unknown(finding: Finding) -> bool:
    return finding.check == "spelling" and "univercity" in str(finding.message)


def spelling(page: StoryPage) -> Finding:
    return next(finding for finding in page.findings if unknown(finding))


def cards(page: StoryPage, kind: type) -> list:
    QApplication.sendPostedEvents()
    return [card for card in page.checks._column.cards() if isinstance(card, kind) and card.isVisible()]


def card_of(room: Room, page: StoryPage, finding: Finding) -> FindingCard:
    """The card of a finding; they come a few at a time."""
    said = str(finding.message)

    def found() -> list[FindingCard]:
        return [card for card in cards(page, FindingCard) if card.accessibleName().endswith(said)]

    soon(room.qtbot, lambda: bool(found()))
    return found()[0]


def button(card, text: str) -> QPushButton:
    return next(one for one in card.findChildren(QPushButton) if one.accessibleName() == text)


def waive(room: Room, page: StoryPage, finding: Finding, reason: str) -> None:
    """Set a finding aside by its card, as a person does."""
    button(card_of(room, page, finding), "Waive…").click()
    dialog = top("WaiveDialog")
    dialog.note_field.setPlainText(reason)
    QTest.mouseClick(dialog.yes_button, Qt.MouseButton.LeftButton)
    soon(room.qtbot, lambda: finding not in page.findings)


def test_a_finding_is_set_aside_with_a_reason_and_leaves_the_list(room: Room, page: StoryPage) -> None:
    finding, before = spelling(page), len(page.findings)
    waive(room, page, finding, "Spelt so by the sponsor.")
    (held,) = waivers(room.desk, page.story_id)
    assert (held.check, held.segment, held.reason) == ("spelling", segment(page), "Spelt so by the sponsor.")
    room.quiet()
    soon(room.qtbot, lambda: page.status.findings == page.checks.count() == before - 1)
    assert [one for one, _waiver in page.waived] == [finding]


def test_the_reason_is_required_and_ctrl_enter_sends_it(room: Room, page: StoryPage, qtbot) -> None:
    finding = spelling(page)
    button(card_of(room, page, finding), "Waive…").click()
    dialog = top("WaiveDialog")
    dialog.activateWindow()
    soon(qtbot, dialog.isActiveWindow)
    assert not dialog.yes_button.isEnabled()
    QTest.keyClick(dialog.note_field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()
    QTest.keyClicks(dialog.note_field, "  ")
    assert not dialog.yes_button.isEnabled()
    QTest.keyClicks(dialog.note_field, "A name.")
    QTest.keyClick(dialog.note_field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    soon(qtbot, lambda: finding not in page.findings)
    assert waivers(room.desk, page.story_id)[0].reason == "A name."


def test_reasons_given_before_are_offered(room: Room, page: StoryPage) -> None:
    waive(room, page, spelling(page), "Spelt so by the sponsor.")
    other = page.findings[0]
    button(card_of(room, page, other), "Waive…").click()
    dialog = top("WaiveDialog")
    button(dialog, "Spelt so by the sponsor.").click()
    assert dialog.note() == "Spelt so by the sponsor."
    assert dialog.yes_button.isEnabled()
    dialog.reject()
    assert other in page.findings


def test_what_was_waived_unfolds_and_is_taken_back(room: Room, page: StoryPage, qtbot) -> None:
    finding = spelling(page)
    waive(room, page, finding, "Spelt so by the sponsor.")
    assert page.checks.fold.isVisible()
    assert page.checks.fold.accessibleName() == "1 waived"
    assert cards(page, WaivedCard) == []
    QTest.keyClick(page.checks.fold, Qt.Key.Key_Space)
    (card,) = cards(page, WaivedCard)
    assert "LI Wei" in card.accessibleName()
    assert "Spelt so by the sponsor." in card.accessibleName()
    QTest.keyClick(button(card, "Take back"), Qt.Key.Key_Return)
    soon(qtbot, lambda: finding in page.findings)
    assert waivers(room.desk, page.story_id) == []
    assert not page.checks.fold.isVisible()


def test_a_changed_text_brings_the_finding_back(room: Room, page: StoryPage, qtbot) -> None:
    waive(room, page, spelling(page), "Spelt so by the sponsor.")
    page.editor.write_target(segment(page), "Now the univercity says something else.")
    soon(qtbot, lambda: any(unknown(one) for one in page.findings))
    assert page.waived == ()


def test_words_that_were_just_typed_are_saved_before_a_finding_is_waived(room: Room, page: StoryPage, qtbot) -> None:
    finding = spelling(page)
    button(card_of(room, page, finding), "Waive…").click()
    dialog = top("WaiveDialog")
    dialog.note_field.setPlainText("Spelt so by the sponsor.")
    other = [one.id for one in page.editor.story().content.segments()][4]
    page.editor.write_target(other, "Words that nobody has saved yet.")
    assert not page.editor.is_saved()
    dialog.yes_button.click()
    soon(qtbot, lambda: finding not in page.findings)
    stored = {one.id: one.target for one in open_story(room.desk, page.story_id).story.content.segments()}
    assert stored[other] == "Words that nobody has saved yet."


def test_the_key_waives_the_first_finding_of_the_active_segment(room: Room, page: StoryPage, qtbot) -> None:
    action = room.window.registry.action("waive-finding")
    soon(qtbot, action.isEnabled)
    assert action.shortcut().toString() == "Ctrl+Shift+F8"
    first = page.checks.first_of(segment(page))
    action.trigger()
    dialog = top("WaiveDialog")
    QTest.keyClicks(dialog.note_field, "The source says so.")
    dialog.yes_button.click()
    soon(qtbot, lambda: first not in page.findings)
    page.editor.go_to(next(s.id for s in page.editor.story().content.segments() if page.checks.first_of(s.id) is None))
    soon(qtbot, lambda: not action.isEnabled())


def test_nobody_at_the_desk_is_asked_who_they_are_first(room: Room, page: StoryPage) -> None:
    said: list[str] = []
    room.place.said.connect(lambda text, _tone: said.append(text))
    page.waive_asked.disconnect()
    room.place.stories._checks.show_person(None)
    assert room.place.stories._checks.ask(spelling(page), (), said.append) is None
    assert said == ["Choose who is at the desk first."]


def test_a_finding_that_is_gone_is_not_waived(room: Room, page: StoryPage, qtbot) -> None:
    finding = spelling(page)
    said: list[str] = []
    room.place.said.connect(lambda text, _tone: said.append(text))
    page.editor.write_target(segment(page), "Nothing is wrong here.")
    assert page.editor.flush_and_wait()
    room.place.stories._checks.waive(page.editor.story(), finding, "No reason.", page.set_aside)
    soon(qtbot, lambda: bool(said))
    assert said[0].startswith("This finding does not stand any more.")
    assert waivers(room.desk, page.story_id) == []


def test_spelling_offers_several_words_and_writes_the_one_chosen(room: Room, page: StoryPage, qtbot) -> None:
    finding = next(one for one in page.findings if one.check == "spelling" and "“teh”" in str(one.message))
    words = suggestions(finding)
    assert 1 < len(words) <= 3
    card = card_of(room, page, finding)
    second = words[1][0]
    QTest.keyClick(button(card, second), Qt.Key.Key_Return)
    around = page.editor.around(segment(page))
    assert around is not None
    assert around.target == WRONG.replace("teh", second)


def test_a_word_is_added_to_the_names_and_is_known_at_once(room: Room, page: StoryPage, qtbot) -> None:
    button(card_of(room, page, spelling(page)), "Add to names").click()
    soon(qtbot, lambda: not any(unknown(one) for one in page.findings))
    assert page.waived == ()


def test_a_new_term_is_looked_for_without_a_word_being_typed(room: Room, page: StoryPage, qtbot) -> None:
    assert not any(one.check == "forbidden-term" for one in page.findings)
    changes = add_term(room.desk, "大会", "the assembly", forbidden=("univercity",), by=None)[1]
    room.place._bus.publish(changes, "test")
    soon(qtbot, lambda: any(one.check == "forbidden-term" for one in page.findings))


def test_the_list_counts_without_what_was_waived(room: Room, page: StoryPage, qtbot) -> None:
    assert page.editor.flush_and_wait()
    counts = room.place.stories.library._counts
    heavy = [one for one in page.findings if one.severity is not Severity.NOTE]
    soon(qtbot, lambda: counts.counts.get(page.story_id) == len(heavy))
    waive(room, page, heavy[0], "The source says so.")
    soon(qtbot, lambda: counts.counts.get(page.story_id) == len(heavy) - 1)


def test_chips_show_one_severity_where_there_are_many(room: Room, page: StoryPage, qtbot) -> None:
    page._source.checked.disconnect()  # the story's own findings would come between
    story = page.editor.story()
    many = [Finding("number", weight, N_("{n}", n=n), segment(page))
            for n, weight in enumerate([Severity.ERROR] * 3 + [Severity.NOTE] * 6)]  # fmt: skip
    page.checks.show_findings(many[:8], story)
    assert not page.checks.chips[Severity.ERROR].isVisible()
    page.checks.show_findings(many, story)
    assert not page.checks.chips[Severity.WARNING].isVisible()
    page.checks.chips[Severity.ERROR].click()
    soon(qtbot, lambda: len(cards(page, FindingCard)) == 3)
    assert page.checks.count() == 9
    page.checks.chips[Severity.ERROR].click()
    soon(qtbot, lambda: len(cards(page, FindingCard)) == 9)


def test_enter_on_a_button_does_not_go_to_the_segment(room: Room, page: StoryPage) -> None:
    page._source.checked.disconnect()
    fix = Fix(N_("Write a very long repair that no panel beside a text is ever wide enough for"), "x")
    page.checks.show_findings([Finding("number", Severity.ERROR, N_("x"), segment(page), fix=fix)], page.editor.story())
    (card,) = cards(page, FindingCard)
    went: list[str] = []
    card.activated.connect(lambda: went.append("card"))
    made: list[object] = []
    card.fix_chosen.connect(made.append)
    page.checks.fix.disconnect()
    long = card.findChildren(QPushButton)[0]
    assert long.text().endswith("…")
    assert long.geometry().right() <= card.width()
    assert all(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in card.findChildren(QPushButton))
    QTest.keyClick(long, Qt.Key.Key_Return)
    assert (went, made) == ([], [fix])
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert went == ["card"]
