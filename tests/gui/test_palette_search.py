"""The palette: a few letters lead to actions, stories, terms, pictures and words."""

import time

import pytest
from PySide6.QtCore import Qt
from shell_room import PATIENCE, Room, soon
from shiboken6 import isValid

from desktop_app.desk.terms import add_term
from desktop_app.gui.palette.entries import Entry, Kind, shelf
from desktop_app.gui.palette.palette import Palette
from desktop_app.gui.palette.ranking import best, parted
from desktop_app.gui.palette.spelling import Spelling
from desktop_app.gui.palette.wanted import Wanted, score


def opened(room: Room, qtbot) -> Palette:
    """Open the palette and wait until all of the archive can be found."""
    room.window.registry.action("palette").trigger()
    finder = room.place.rooms.finder
    soon(qtbot, lambda: finder._stock.full and finder._stock.spelling is not None)
    return room.window.findChildren(Palette)[-1]


@pytest.fixture
def palette(room: Room, qtbot) -> Palette:
    return opened(room, qtbot)


def entries(palette: Palette) -> list[Entry]:
    return [palette._model.entry(row) for row in range(palette._model.rowCount())]


def typed(palette: Palette, text: str, qtbot) -> list[Entry]:
    palette.query.setText(text)
    soon(qtbot, lambda: not palette._finding.waiting)
    return entries(palette)


def test_it_begins_with_the_stories_and_the_actions_that_can_be_done(palette: Palette) -> None:
    kinds = {entry.kind for entry in entries(palette)}

    assert kinds == {Kind.STORY, Kind.ACTION}
    assert "undo" not in {entry.id for entry in entries(palette)}


def test_enter_opens_the_story_that_was_typed_even_before_it_was_found(palette: Palette, room: Room, qtbot) -> None:
    palette.query.setText("new lib")
    assert palette._finding.waiting, "the answer comes from another thread"

    qtbot.keyClick(palette.query, Qt.Key.Key_Return)

    soon(qtbot, lambda: room.place.front() is not None)
    assert room.place.front().story_id == room.story("new-library-opens")
    soon(qtbot, lambda: room.place.front().file is not None)


@pytest.mark.parametrize("query", ["图书馆", "tsg", "tushuguan", "tushug", "new-library-op", "xintushug"])
def test_a_story_is_found_by_its_chinese_by_pinyin_and_by_its_slug(palette: Palette, qtbot, query: str) -> None:
    assert typed(palette, query, qtbot)[0].title == "New Library Opens Its Doors at YCUT"


def test_an_action_is_triggered(palette: Palette, room: Room, qtbot) -> None:
    qtbot.keyClicks(palette.query, "settings")

    with qtbot.waitSignal(room.window.registry.action("settings").triggered, timeout=PATIENCE):
        qtbot.keyClick(palette.query, Qt.Key.Key_Return)

    assert room.window.rail.current() == "settings"


def test_prefixes_ask_for_one_kind(palette: Palette, qtbot) -> None:
    assert {entry.kind for entry in typed(palette, ">e", qtbot)} == {Kind.ACTION}
    assert {entry.kind for entry in typed(palette, "#", qtbot)} == {Kind.TERM}
    assert parted(" ＃ 党委") == (Kind.TERM, "党委")
    assert parted("a > b") == (None, "a > b")


def test_a_term_goes_into_the_text_or_is_shown_on_its_page(room: Room, qtbot) -> None:
    term, changes = add_term(room.desk, "碳达峰碳中和", "carbon peaking and carbon neutrality", by=None)
    room.place._bus.publish(changes, "test")
    palette = opened(room, qtbot)
    assert typed(palette, "#tdftzh", qtbot)[0].id == term.id
    palette._enter()
    assert room.window.rail.current() == "terms"
    assert room.place.rooms.language.terms_page.search.text() == "碳达峰碳中和"

    room.window.show_place("stories")
    page = room.open("new-library-opens")
    room.sit("WANG Fang")
    page.unlock()
    key = next(s.id for s in page.editor.story().content.segments())
    page.editor.go_to(key)
    palette = opened(room, qtbot)
    typed(palette, "carbon neut", qtbot)
    palette._enter()
    assert "carbon peaking and carbon neutrality" in next(page.editor.story().content.segments()).target


def test_a_picture_is_found_by_its_caption(palette: Palette, room: Room, qtbot) -> None:
    found = typed(palette, "central lawn", qtbot)
    assert found[0].kind is Kind.PICTURE
    palette._enter()
    assert room.window.rail.current() == "pictures"


def test_what_was_chosen_comes_first_the_next_time(palette: Palette, room: Room, qtbot) -> None:
    typed(palette, "battery", qtbot)
    palette._enter()
    again = opened(room, qtbot)

    soon(qtbot, lambda: entries(again)[0].id == room.story("battery-recycling-progress"))


def test_words_in_the_text_lead_to_their_segment(palette: Palette, room: Room, qtbot) -> None:
    palette.query.setText("3200")
    soon(qtbot, lambda: any(entry.kind is Kind.PART for entry in entries(palette)))
    row = next(i for i, entry in enumerate(entries(palette)) if entry.kind is Kind.PART)
    part = entries(palette)[row].part

    palette._choose(row)

    soon(qtbot, lambda: room.place.front() is not None and room.place.front().editor.active_key() == part)


def test_arrows_go_round_and_escape_leaves(palette: Palette, qtbot) -> None:
    qtbot.keyClick(palette.query, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == palette._model.rowCount() - 1
    qtbot.keyClick(palette.query, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 0

    qtbot.keyClick(palette.query, Qt.Key.Key_Escape)

    assert not isValid(palette) or not palette.isVisible()


def test_nothing_found_is_said(palette: Palette, qtbot) -> None:
    typed(palette, "zzzqqq", qtbot)

    assert palette._none.isVisible()


def test_the_letters_that_fit_are_marked(palette: Palette, qtbot) -> None:
    typed(palette, "tsg", qtbot)
    spans = palette._model.wanted.spans

    assert spans("云川理工大学新图书馆启用") == [(7, 10)]
    assert Wanted("new lib").spans("New Library") == [(0, 3), (4, 7)]
    assert Wanted("x").spans("İx") == [], "a letter that grows when it is made small would shift the mark"


@pytest.mark.parametrize(
    ("typed_", "text", "fits"),
    [
        ("cq", "重庆大学", True), ("chongqing", "重庆大学", True), ("zq", "重庆大学", True), ("xian", "西安", True),
        ("xi'an", "西安", True), ("qc", "重庆大学", False), ("chongqin", "重庆", True), ("cqdx", "重庆大学", True),
        ("chongqx", "重庆学", True), ("c", "重庆", False), ("chong1", "重庆", False),
    ],
)  # fmt: skip
def test_pinyin_spells_every_reading(typed_: str, text: str, fits: bool) -> None:
    pattern = Spelling([text]).pattern(typed_)
    assert (pattern is not None and pattern.search(text) is not None) is fits


def test_words_may_stand_in_either_language() -> None:
    stories = shelf(
        Kind.STORY, [("a", ("New Library", "新图书馆", "new-library")), ("b", ("New Gate", "新校门", "gate"))]
    )
    found = best(Wanted("new 图书馆"), (), [stories], (), lambda: None)
    assert [entry.id for entry in found] == ["a"]


@pytest.mark.parametrize(
    "text",
    ["a" * 5000, "aaaaaaaaaaaaaaab", "zhuangzhuangzhuv" * 20, "zhuangzhuangzhuv", "(" * 200 + "[" * 200, "\\" * 99],
)
def test_hostile_words_take_no_longer_than_others(text: str) -> None:
    spelling = Spelling(["云川理工大学新图书馆启用装状床"])
    stories = shelf(Kind.STORY, [("a", ("New Library " + "a" * 280, "装状床" * 90, "x"))] * 500)
    started = time.perf_counter()
    best(Wanted(text, spelling.pattern), (), [stories], (), lambda: None)
    assert time.perf_counter() - started < 5, "it would take years where it tried every way"


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("export", "Export…", "Re-export the pages"),
        ("lib", "New Library Opens", "Calibrating robots"),
        ("cn", "Confirm and go on", "Zebra"),
        ("next", "Next segment", "Previous context"),
    ],
)
def test_beginnings_of_words_go_before_their_insides(query: str, better: str, worse: str) -> None:
    assert score(query, better) > score(query, worse)


def test_a_title_typed_in_full_goes_before_what_was_chosen_lately() -> None:
    said = ("Print the sheet that says who approved, with a code to check it by",)
    actions = [
        Entry(Kind.ACTION, "approval-sheet", "Approval sheet…", "", "", words=said),
        Entry(Kind.ACTION, "check-sheet", "Check a sheet…", "", ""),
    ]
    found = best(Wanted("check a sheet"), actions, [], {actions[0].name}, lambda: None)
    assert [entry.id for entry in found] == ["check-sheet", "approval-sheet"]


def test_an_action_that_only_its_tip_names_comes_last_and_shows_why() -> None:
    own = Entry(Kind.ACTION, "remove-picture", "Take the picture out of the story")
    told = Entry(Kind.ACTION, "import", "Import…", tip="Bring in stories and pictures")
    found = best(Wanted("picture"), [told, own], (), ["action:import"], lambda: None)
    assert [(one.id, one.detail) for one in found] == [
        ("remove-picture", ""), ("import", "Bring in stories and pictures"),
    ]  # fmt: skip
    both = best(Wanted("import picture"), [told, own], (), (), lambda: None)
    assert [one.id for one in both] == ["import"]


def test_all_typed_words_must_fit() -> None:
    assert score("new lib", "New Library Opens") > 0
    assert score("new lib", "New Materials") == 0
    assert score("", "Anything") > 0
