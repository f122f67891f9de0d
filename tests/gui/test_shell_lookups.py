"""Matches, terms, per cents and the concordance beside the text: found in the background, taken by a key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shell_room import Room, soon, top

from desktop_app.desk.memory import add_units
from desktop_app.domain.memory import MemoryUnit
from desktop_app.gui.memory.concordance import ConcordanceWindow
from desktop_app.gui.shell.story_page import StoryPage

STORY = "new-materials-conference"


def nth(page: StoryPage, number: int) -> str:
    assert page.file is not None
    return [segment.id for segment in page.file.story.content.segments()][number]


@pytest.fixture(autouse=True)
def _empty_memory(room: Room) -> None:
    """The sample comes with pairs of its own; these tests begin without."""
    room.place.rooms.language.memory.forget("memory.tsv")
    room.quiet()


def remember(room: Room, *pairs: tuple[str, str]) -> None:
    """Put pairs into the memory, as a file that came in would."""
    units = [MemoryUnit(source, target) for source, target in pairs]
    room.place._bus.publish(add_units(room.desk, units, origin="old.tmx", digest="", by=None).changes, "test")


def at(room: Room, page: StoryPage, number: int) -> str:
    key = nth(page, number)
    page.editor.go_to(key)
    soon(room.qtbot, lambda: page.lookups._asked is not None and not page.lookups._asking.waiting)
    return key


def target(page: StoryPage, key: str) -> str:
    around = page.editor.around(key)
    assert around is not None
    return around.target


def source(page: StoryPage, number: int) -> str:
    around = page.editor.around(nth(page, number))
    assert around is not None
    return around.source


def test_a_match_is_found_in_the_background_and_taken_by_its_key(room: Room, qtbot) -> None:
    page = room.open(STORY)
    remember(room, (source(page, 2), "President LIN spoke."), (source(page, 2)[:-4] + "。", "She spoke."))
    key = at(room, page, 2)
    soon(qtbot, lambda: page.matches.count() == 2)

    action = room.window.registry.action("match-2")
    soon(qtbot, action.isEnabled)
    action.trigger()

    assert target(page, key) == "She spoke."
    assert not room.window.registry.action("match-3").isEnabled()
    page.editor.undo()
    assert target(page, key) != "She spoke."


def test_the_numbers_that_differ_are_said(room: Room, qtbot) -> None:
    page = room.open(STORY)
    asked = source(page, 2)
    assert "14个国家" in asked
    remember(room, (asked.replace("14个", "16个").replace("860", "900"), "It came from 16 countries."))
    at(room, page, 2)
    soon(qtbot, lambda: page.matches.count() == 1)
    (match,) = page.matches._matches
    assert match.score == 99
    assert "numbers" in match.differs
    card = page.matches._column.cards()[0]
    assert card.accessibleName().startswith("99 % · numbers differ")


def test_terms_of_the_segment_are_listed_underlined_and_inserted(room: Room, qtbot) -> None:
    page = room.open(STORY)
    key = at(room, page, 3)
    soon(qtbot, lambda: page.terms.count() > 0)
    names = [shown.term.target for shown in page.terms._shown]
    assert "LIN Yanqiu" in names
    spans = page.editor._sheet.marks._terms[key][1]
    assert [source(page, 3)[slice(*span)] for span in spans].count("林砚秋") == 1

    before = target(page, key)
    page.editor._sheet.live.put_cursor(len(before))
    soon(qtbot, room.window.registry.action("term-1").isEnabled)
    room.window.registry.action("term-1").trigger()
    assert target(page, key) == before + page.terms._shown[0].text
    soon(qtbot, lambda: page.terms._shown[0].used)


def test_the_margin_shows_the_best_match_of_every_row_in_view(room: Room, qtbot) -> None:
    page = room.open(STORY)
    remember(room, (source(page, 0), "Third Conference"))
    marks = page.editor._sheet.marks
    soon(qtbot, lambda: marks.percent(nth(page, 0)) == 100)
    assert marks.percent(nth(page, 3)) is None


def test_a_segment_is_no_match_of_itself(room: Room, qtbot) -> None:
    page = room.open(STORY)
    key = at(room, page, 2)
    page.editor.confirm_stay()
    assert page.editor.flush_and_wait()
    room.quiet()
    page.editor.go_to(nth(page, 3))
    at(room, page, 2)
    assert all(match.unit.segment != key for match in page.matches._matches)


def test_leaving_a_segment_drops_its_late_answer(room: Room, qtbot) -> None:
    page = room.open(STORY)
    remember(room, (source(page, 2), "Of the third"))
    page.editor.go_to(nth(page, 2))
    page.editor.go_to(nth(page, 4))
    soon(qtbot, lambda: page.lookups._asked is not None and not page.lookups._asking.waiting)
    assert page.matches.count() == 0


def test_a_term_added_from_the_selection_is_known_at_once(room: Room, qtbot) -> None:
    page = room.open(STORY)
    at(room, page, 3)
    room.place.rooms.language.terms.ask_new("开幕式", "opening ceremony")
    dialog = top("TermDialog")
    assert dialog.source.text() == "开幕式"
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    soon(qtbot, lambda: any(shown.term.source == "开幕式" for shown in page.terms._shown))


def test_a_term_that_contradicts_is_refused_with_the_reason(room: Room, qtbot) -> None:
    room.place.rooms.language.terms.ask_new("副校长", "Deputy Headmaster")
    dialog = top("TermDialog")
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    soon(qtbot, dialog._trouble.isVisible)
    assert dialog.isVisible()
    dialog.reject()


def test_the_concordance_shows_both_languages_and_leads_to_the_story(room: Room, qtbot) -> None:
    room.place.rooms.open_concordance()
    window = top("ConcordanceWindow")
    assert isinstance(window, ConcordanceWindow)
    window.view.ask_for("维尔马拉大学")
    soon(qtbot, lambda: bool(window.view.found()))
    one = window.view.found()[0]
    assert next(one.source[slice(*span)] for span in one.source_spans) == "维尔马拉大学"
    window.view.opened.emit(one.story_id or "", one.segment or "")
    soon(qtbot, lambda: room.place.front() is not None)
    window.view.ask_for("zzz nothing")
    soon(qtbot, lambda: not window.view.found() and not window.view._asking.waiting)
    window.close()


def test_the_terms_page_filters_changes_and_removes(room: Room, qtbot) -> None:
    room.window.show_place("terms")
    page = room.place.rooms.language.terms_page
    soon(qtbot, lambda: page._model.rowCount() == 12)
    page.search.setText("材料")
    soon(qtbot, lambda: 0 < page._model.rowCount() < 12)
    page.table.selectRow(0)
    chosen = page.chosen()
    assert chosen is not None
    room.place.rooms.language.terms.remove(chosen)
    soon(qtbot, lambda: page._model.total() == 11)
    page.search.clear()
    soon(qtbot, lambda: page._model.rowCount() == 11)


def test_terms_come_in_from_a_file_and_go_out(room: Room, qtbot, tmp_path) -> None:
    table = tmp_path / "more.csv"
    table.write_text("zh,en,forbidden\n开幕式,opening ceremony,opening party\n", "utf-8")
    terms = room.place.rooms.language.terms
    terms.bring_in(table)
    room.quiet()
    terms.write_out(tmp_path / "all.tbx")
    room.quiet()
    assert "opening party" in (tmp_path / "all.tbx").read_text("utf-8")


def test_the_memory_page_counts_and_takes_files_in_and_out(room: Room, qtbot, tmp_path) -> None:
    room.window.show_place("memory")
    page = room.place.rooms.language.memory_page
    soon(qtbot, lambda: "signed" in page.facts.text())
    table = tmp_path / "old.tsv"
    table.write_text("会议结束了。\tThe meeting ended.\n他笑了。\tHe smiled.\n", "utf-8")
    memory = room.place.rooms.language.memory
    memory.bring_in([table])
    soon(qtbot, lambda: "2 imported" in page.facts.text())
    assert len(page._rows) == 1
    memory.write_out(tmp_path / "all.tmx")
    room.quiet()
    assert "He smiled." in (tmp_path / "all.tmx").read_text("utf-8")
    memory.forget("old.tsv")
    soon(qtbot, lambda: "0 imported" in page.facts.text())
    assert page._rows == []


def test_a_file_that_is_no_memory_is_refused_in_one_sentence(room: Room, qtbot, tmp_path) -> None:
    said: list[str] = []
    room.place.said.connect(lambda text, _tone: said.append(text))
    bad = tmp_path / "bad.tsv"
    bad.write_text("没有制表符\n", "utf-8")
    room.place.rooms.language.memory.bring_in([bad])
    soon(qtbot, lambda: bool(said))
    assert len(said) == 1


def test_a_key_pressed_before_the_answer_waits_for_it(room: Room, qtbot) -> None:
    """What the row before had is never put into this one; the key takes effect when this row's matches are there."""
    page = room.open(STORY)
    remember(room, (source(page, 2), "The match of two."), (source(page, 3), "The match of three."))
    at(room, page, 2)
    soon(qtbot, lambda: page.matches.count() == 1)
    page.editor.go_to(nth(page, 3))
    room.window.registry.action("match-1").trigger()
    assert "match of" not in target(page, nth(page, 3))
    soon(qtbot, lambda: target(page, nth(page, 3)) == "The match of three.")
    assert "match of" not in target(page, nth(page, 2))


def test_a_key_pressed_before_the_answer_is_given_up_with_the_row(room: Room, qtbot) -> None:
    page = room.open(STORY)
    remember(room, (source(page, 3), "The match of three."))
    at(room, page, 2)
    page.editor.go_to(nth(page, 3))
    room.window.registry.action("match-1").trigger()
    at(room, page, 2)
    at(room, page, 3)
    soon(qtbot, lambda: page.matches.count() == 1)
    assert "match of" not in target(page, nth(page, 3))
