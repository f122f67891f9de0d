"""The house style in the window: what is decided is shown, changed, refused with a reason, and goes through files."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shell_room import Room, soon, top

from desktop_app.desk.house_style import add_name, default_style, house_style, set_house_style, style_text
from desktop_app.desk.sentence_rules import default_rules, rules_text, sentence_rules
from desktop_app.domain.findings import Severity
from desktop_app.domain.house_style import HousePattern, HouseStyle
from desktop_app.gui.style.dialog import CHECKS, NAMES, PATTERNS, WORDING, StyleDialog
from desktop_app.gui.style.pattern_dialog import PatternDialog
from desktop_app.language.sentences.rules import LanguageRules, SegmentationRules

OWN = SegmentationRules((LanguageRules("en.*", "English", titles=("Acad",)),))


@pytest.fixture
def dialog(room: Room) -> StyleDialog:
    return opened(room)


def opened(room: Room) -> StyleDialog:
    """Open the dialog as the menu does."""
    room.window.registry.action("house-style").trigger()
    desk = room.place.rooms.house_style
    soon(room.qtbot, lambda: desk.dialog is not None and desk.dialog.isVisible())
    assert desk.dialog is not None
    return desk.dialog


def saved(room: Room, dialog: StyleDialog) -> HouseStyle:
    """Save, wait until it is written, and read what the archive has decided."""
    dialog.save.click()
    soon(room.qtbot, lambda: room.place.rooms.house_style.dialog is None)
    return house_style(room.desk)


def test_it_shows_what_is_decided_and_saves_nothing_that_was_not_changed(room: Room, dialog: StyleDialog) -> None:
    assert dialog.style_here() == default_style()
    assert saved(room, dialog) == default_style()
    assert room.desk.archive.news() == []


def test_settings_open_it_only_with_an_archive(room: Room, window) -> None:
    page = room.window.settings_page
    assert page.style_button.isEnabled()
    page.style_button.click()
    soon(room.qtbot, lambda: room.place.rooms.house_style.dialog is not None)
    room.place.rooms.house_style.dialog.reject()
    assert room.place.rooms.house_style.dialog is None
    page.show_archive("")
    assert not page.style_button.isEnabled()


def test_wording_is_changed_and_open_stories_are_checked_by_it(room: Room, qtbot) -> None:
    page = room.open("new-materials-conference")
    assert not any(one.check == "headline-length" for one in page.findings)
    dialog = opened(room)
    dialog.wording.variety._buttons["en-GB"].click()
    dialog.wording.headline_limit.setText("9")
    dialog.wording.caption_stop._buttons["never"].click()
    dialog.wording.credit_form.setText("Photo: {name}")
    style = saved(room, dialog)
    assert (style.variety, style.headline_limit, style.caption_stop) == ("en-GB", 9, "never")
    assert style.credit_form == "Photo: {name}"
    soon(qtbot, lambda: any(one.check == "headline-length" for one in page.findings))


def test_a_credit_without_its_name_is_refused_beside_the_field(room: Room, dialog: StyleDialog) -> None:
    dialog.list.setCurrentRow(NAMES)
    dialog.wording.credit_form.setText("Photo")
    dialog.save.click()
    assert dialog.stack.currentIndex() == WORDING
    assert dialog.wording.trouble.isVisible()
    assert "{name}" in dialog.wording.trouble.text()
    dialog.wording.credit_form.setText("Photo: {name}")
    assert not dialog.wording.trouble.isVisible()


def test_a_check_is_switched_off_by_the_keyboard(room: Room, dialog: StyleDialog) -> None:
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.stack.currentIndex() == CHECKS
    table = dialog.checks.table
    row = next(row for row in range(table.rowCount()) if table.item(row, 2).text() == "long-sentence")
    table.setCurrentCell(row, 0)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert saved(room, dialog).switched_off == ("long-sentence",)


def test_names_are_added_filtered_and_removed(room: Room, dialog: StyleDialog) -> None:
    names = dialog.names
    dialog.list.setCurrentRow(NAMES)
    names.word.setText("Zhaoqing，quokka")  # QTest cannot type a Chinese comma
    QTest.keyClick(names.word, Qt.Key.Key_Return)
    assert dialog.isVisible()
    names.filter.setText("QUOK")
    assert names._filtered.rowCount() == 1
    names.filter.setText("maglev")
    names.list.setCurrentIndex(names._filtered.index(0, 0))
    QTest.keyClick(names.list, Qt.Key.Key_Delete)
    kept = set(saved(room, dialog).names)
    assert {"Zhaoqing", "quokka"} <= kept
    assert "maglev" not in kept


def test_what_is_no_word_is_refused_beside_the_field(dialog: StyleDialog) -> None:
    dialog.list.setCurrentRow(NAMES)
    dialog.names.word.setText("good, 1234")
    dialog.names.add.click()
    assert dialog.names.trouble.text() == "“1234” is no word."
    assert "good" not in dialog.style_here().names


def test_a_name_that_others_accepted_meanwhile_stays(room: Room, dialog: StyleDialog) -> None:
    add_name(room.desk, "quokka")
    dialog.wording.headline_limit.setText("77")
    style = saved(room, dialog)
    assert style.headline_limit == 77
    assert "quokka" in style.names


def ask_new(dialog: StyleDialog) -> PatternDialog:
    dialog.list.setCurrentRow(PATTERNS)
    dialog.patterns.add.click()
    return top("PatternDialog")


def test_a_pattern_is_added_and_tried(room: Room, dialog: StyleDialog) -> None:
    asked = ask_new(dialog)
    assert not asked.save.isEnabled()
    asked.finds.setText(r"\b(\d+) ?%")
    asked.unless.setText(r"\d+ ?% APR")
    asked.message.setText("We write percent.")
    asked.repair.setChecked(True)
    asked.replacement.setText(r"\1 percent")
    asked.name.setText("per-cent")
    asked.sample.setText("It grew 30% at 4% APR.")
    assert asked.found.text() == "It finds “30%” → “30 percent”"
    asked.sample.setText("It grew.")
    assert asked.found.text() == "It finds nothing here."
    asked.save.click()
    pattern = saved(room, dialog).patterns[-1]
    wanted = HousePattern("per-cent", r"\b(\d+) ?%", "We write percent.", Severity.WARNING, "target", r"\d+ ?% APR",
                          r"\1 percent")  # fmt: skip
    assert pattern == wanted


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("finds", "(a"),
        ("finds", "(a+)+b"),
        ("finds", "a*"),
        ("unless", "[z-a]"),
        ("replacement", r"\7"),
        ("name", "No Id"),
        ("name", "and-etc"),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field(dialog: StyleDialog, field: str, text: str) -> None:
    asked = ask_new(dialog)
    asked.finds.setText("x")
    asked.message.setText("No x.")
    asked.repair.setChecked(True)
    assert asked.save.isEnabled()
    good = getattr(asked, field).text()
    getattr(asked, field).setText(text)
    told = asked.troubles[getattr(asked, field)]
    assert told.isVisible()
    assert told.text()
    assert not asked.save.isEnabled()
    getattr(asked, field).setText(good)
    assert not told.isVisible()
    assert asked.save.isEnabled()
    asked.reject()


def test_a_pattern_is_changed_by_enter_and_removed_by_delete(room: Room, dialog: StyleDialog) -> None:
    table = dialog.patterns.table
    dialog.list.setCurrentRow(PATTERNS)
    assert not dialog.patterns.change.isEnabled()
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    asked = top("PatternDialog")
    assert asked.pattern() == default_style().patterns[0]
    asked.message.setText("Otherwise.")
    asked.save.click()
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    style = saved(room, dialog)
    assert style.patterns[0].message == "Otherwise."
    assert len(style.patterns) == len(default_style().patterns) - 1


def test_a_style_comes_from_a_file_and_goes_to_one(room: Room, dialog: StyleDialog, tmp_path: Path) -> None:
    desk = room.place.rooms.house_style
    theirs = HouseStyle(variety="en-US", names=("Quokka",), switched_off=("number",))
    (tmp_path / "in.json").write_text(style_text(theirs), "utf-8")
    desk.bring_in(tmp_path / "in.json")
    soon(room.qtbot, lambda: dialog.style_here() == theirs)
    assert house_style(room.desk) == default_style()
    desk.write_out(tmp_path / "out.json")
    soon(room.qtbot, (tmp_path / "out.json").exists)
    room.quiet()
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["names"] == ["Quokka"]
    assert saved(room, dialog) == theirs


def test_a_file_that_is_no_style_is_refused_in_the_dialog(room: Room, dialog: StyleDialog, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"patterns": [{"id": "x", "find": "(", "message": "m"}]}', "utf-8")
    (tmp_path / "worse.json").write_text('{"variety": "en-AU"}', "utf-8")
    room.place.rooms.house_style.bring_in(tmp_path / "worse.json")
    soon(room.qtbot, dialog.message.isVisible)
    assert dialog.message.text().startswith("The value must be one of")
    assert dialog.style_here() == default_style()
    room.place.rooms.house_style.bring_in(tmp_path / "bad.json")
    soon(room.qtbot, lambda: dialog.list.currentRow() in {WORDING, PATTERNS} and dialog.isEnabled())
    room.quiet()
    dialog.save.click()
    soon(room.qtbot, lambda: dialog.list.currentRow() == PATTERNS)
    assert dialog.message.text().startswith("x: ")
    assert dialog.isVisible()


def test_rules_for_sentences_come_in_are_written_and_go_back(room: Room, dialog: StyleDialog, tmp_path: Path) -> None:
    desk = room.place.rooms.house_style
    (tmp_path / "rules.json").write_text(rules_text(OWN), "utf-8")
    desk.bring_rules_in(tmp_path / "rules.json")
    soon(room.qtbot, lambda: dialog.sentences.rules == OWN)
    desk.write_rules_out(tmp_path / "out.srx")
    soon(room.qtbot, (tmp_path / "out.srx").exists)
    room.quiet()
    assert b"<srx" in (tmp_path / "out.srx").read_bytes()
    saved(room, dialog)
    assert sentence_rules(room.desk) == OWN
    again = opened(room)
    assert again.sentences.rules == OWN
    again.sentences.reset.click()
    saved(room, again)
    assert sentence_rules(room.desk) == default_rules()


def test_an_archive_that_can_only_be_read_is_only_shown(room: Room, dialog: StyleDialog) -> None:
    shown = StyleDialog(room.place._look, room.place._texts, dialog.decided(), room.window, writable=False)
    room.qtbot.addWidget(shown)
    shown.show()
    assert shown.message.isVisible()
    assert not shown.save.isEnabled()
    assert shown.write_out.isEnabled()


def test_closing_the_archive_closes_it(room: Room, dialog: StyleDialog) -> None:
    set_house_style(room.desk, default_style())
    assert room.window.leave_archive()
    assert room.place.rooms.house_style.dialog is None
