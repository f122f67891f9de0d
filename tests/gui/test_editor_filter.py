"""The filter of the story: rows that answer, one beside them dim, gaps that open, and keys that walk what is shown."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from test_editor_stage import Stage, long_story, opened_stage, small_story

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.folds import Folds, Shown, states_of
from desktop_app.gui.editor.layout import Heights
from desktop_app.gui.editor.rows import CREDITS, Field
from desktop_app.gui.editor.sieve import Trait

PATIENCE = 5000


@pytest.fixture
def stage(look, texts, tmp_path) -> Iterator[Stage]:
    with opened_stage(look, texts, tmp_path) as stage:
        yield stage


def _ask(stage: Stage, qtbot, words: str = "", *traits: Trait) -> None:
    """Open the filter, type the words, press the chips, and wait for the rows."""
    if stage.editor.filter_bar.isHidden():
        stage.editor.filtering.open()
    qtbot.waitUntil(lambda: not stage.editor.filtering.working, timeout=PATIENCE)
    stage.editor.filter_bar.line.setFocus()
    stage.editor.filter_bar.line.insert(words)
    qtbot.waitUntil(lambda: not stage.editor.filtering.working, timeout=PATIENCE)
    for trait in traits:
        QTest.mouseClick(stage.editor.filter_bar.chips[trait], Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not stage.editor.filtering.working, timeout=PATIENCE)


def _rows(stage: Stage, state: Shown) -> list[str]:
    folds = stage.editor._sheet.folds
    return [row.key for place, row in enumerate(stage.editor._document.rows) if folds.state(place) is state]


def _key(stage: Stage, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(stage.live, key, modifier)


# Which rows are shown


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.integers(0, n - 1)))), st.integers(0, 3))
def test_exactly_the_matching_rows_are_full_and_exactly_their_neighbours_dim(asked, context: int) -> None:
    rows, matching = asked
    states = states_of(rows, sorted(matching), (), context)
    for row in range(rows):
        near = any(abs(row - one) <= context for one in matching)
        wanted = Shown.FULL if row in matching else Shown.DIM if near else Shown.HIDDEN
        assert states[row] == wanted


@given(st.lists(st.tuples(st.sampled_from(list(Shown)), st.integers(1, 90)), min_size=1, max_size=80))
def test_heights_of_folded_rows_are_those_of_the_shown_rows_and_a_line_for_each_gap(rows) -> None:
    folds = Folds()
    folds.fold(bytearray(state for state, _height in rows))
    natural = [height for _state, height in rows]
    heights = Heights(folds.heights(natural, 26))
    shown = sum(height for state, height in rows if state)
    assert heights.total() == shown + 26 * len(folds.gaps())
    assert [heights[row] for row in range(len(rows))] == [folds.height(n, natural[n], 26) for n in range(len(rows))]
    walked, row = [], 0
    while row < len(rows):
        walked.append(row)
        assert heights[row]
        assert heights.row_at(heights.top(row)) == row
        row = heights.following(row)
    assert walked == [n for n in range(len(rows)) if heights[n]]


@given(
    st.lists(st.sampled_from(list(Shown)), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 4), st.integers(1, 5)), max_size=6),
)
def test_gaps_follow_rows_that_come_and_go(states, changes) -> None:
    folds, plain = Folds(), list(states)
    folds.fold(bytearray(states))
    for first, most, come in changes:
        place = first % (len(plain) + 1)
        gone = min(most, len(plain) - place)
        plain[place : place + gone] = [Shown.FULL] * come
        folds.splice(place, gone, [Shown.FULL] * come)
    assert [folds.state(row) for row in range(len(plain))] == plain
    hidden = {row for gap in folds.gaps() for row in gap}
    assert hidden == {row for row, state in enumerate(plain) if state is Shown.HIDDEN}
    assert all((folds.gap(row) is not None) == (row in hidden) for row in range(len(plain)))


def test_words_are_looked_for_on_both_sides_and_in_captions(stage, qtbot) -> None:
    stage.open(small_story())
    _ask(stage, qtbot, "zhang")
    assert _rows(stage, Shown.FULL) == ["s1-p"]
    assert _rows(stage, Shown.DIM) == ["s1-b", "s1-c", CREDITS]
    assert stage.editor.filter_bar.told.text() == "1 of 5 segments"
    stage.editor.filter_bar.line.clear()
    assert not stage.editor._sheet.folds
    _ask(stage, qtbot, "来校")
    assert _rows(stage, Shown.FULL) == ["s1-h", "s1-a"]


def test_chips_of_status_add_up_and_the_others_narrow(stage, qtbot) -> None:
    stage.open(small_story())
    stage.editor.show_findings([Finding("number", Severity.ERROR, N_("Ten times less."), "s1-b", (0, 1), None)])
    _ask(stage, qtbot, "", Trait.UNTRANSLATED, Trait.PICTURES)
    assert _rows(stage, Shown.FULL) == ["s1-h", "s1-b", "s1-p", "s1-c"]
    _ask(stage, qtbot, "", Trait.FINDINGS)
    assert _rows(stage, Shown.FULL) == ["s1-b"]


def test_only_chips_that_would_show_something_are_offered(stage, qtbot) -> None:
    stage.open(small_story())
    _ask(stage, qtbot)
    shown = {trait for trait, chip in stage.editor.filter_bar.chips.items() if chip.isVisible()}
    assert shown == {Trait.UNCONFIRMED, Trait.UNTRANSLATED, Trait.DRAFT, Trait.PICTURES}
    assert stage.editor.filter_bar.chips[Trait.UNCONFIRMED].text() == "Unconfirmed 4"
    stage.editor.filtering.show_commented({"s1-a"})
    qtbot.waitUntil(stage.editor.filter_bar.chips[Trait.COMMENTED].isVisible, timeout=PATIENCE)


def test_repeated_sources_are_found(stage, qtbot) -> None:
    stage.open(long_story(15))  # the lengths come round after seven
    _ask(stage, qtbot, "", Trait.REPEATED)
    assert len(_rows(stage, Shown.FULL)) == 15


# The keys


def test_keys_walk_the_matching_rows_alone(stage, qtbot) -> None:
    stage.open(long_story(40))
    stage.at("g0")
    _ask(stage, qtbot, "双方就合作进行了交流。" * 7)  # every seventh row
    QTest.keyClick(stage.editor.filter_bar.line, Qt.Key.Key_Return)
    assert stage.editor.active_key() == "g6"
    stage.editor.next_segment()
    assert stage.editor.active_key() == "g13"
    stage.editor.previous_segment()
    assert stage.editor.active_key() == "g6"
    _key(stage, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert stage.editor.active_key() == "g34"
    stage.editor.next_segment()
    assert stage.editor.active_key() == "g34"
    _key(stage, Qt.Key.Key_Tab)
    assert stage.editor.active_key() == "g34"
    stage.editor.next_unconfirmed()
    assert stage.editor.active_key() == "g6"


def test_what_the_filter_hides_is_not_said_to_be_done(stage, qtbot) -> None:
    stage.open(small_story())
    stage.editor.show_findings([Finding("number", Severity.ERROR, N_("Ten times less."), "s1-c", (0, 1), None)])
    stage.at("s1-a")
    _ask(stage, qtbot, "", Trait.DRAFT)
    stage.at("s1-a")
    stage.editor.next_finding()
    assert stage.said == ["There are no findings in the segments that the filter shows."]
    stage.editor.confirm_next()
    assert stage.said[-1] == "Every segment that the filter shows is confirmed."
    assert stage.editor.active_key() == "s1-a"


def test_find_stops_only_in_rows_that_the_filter_shows(stage, qtbot) -> None:
    stage.open(small_story())
    stage.at("s1-h")
    _ask(stage, qtbot, "", Trait.DRAFT)
    stage.editor.find()
    stage.editor._find_bar.line.insert("delegation")
    soon = qtbot.waitUntil
    soon(lambda: [hit.key for hit in stage.editor._searching._finder.hits] == ["s1-a"], timeout=PATIENCE)
    stage.editor.filter_bar.close_bar()
    soon(lambda: [hit.key for hit in stage.editor._searching._finder.hits] == ["s1-h", "s1-a"], timeout=PATIENCE)


def test_a_row_that_no_longer_matches_stays_until_it_is_asked_again(stage, qtbot) -> None:
    stage.open(small_story())
    stage.at("s1-a")
    _ask(stage, qtbot, "", Trait.DRAFT)
    QTest.keyClick(stage.editor.filter_bar.line, Qt.Key.Key_Return)
    assert stage.editor.active_key() == "s1-a"
    stage.editor.confirm_stay()
    assert _rows(stage, Shown.FULL) == ["s1-a"]
    assert not stage.live.isHidden()
    stage.editor.filter_bar.line.setFocus()
    QTest.keyClick(stage.editor.filter_bar.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not stage.editor.filtering.working, timeout=PATIENCE)
    assert _rows(stage, Shown.FULL) == []
    assert "s1-a" in _rows(stage, Shown.DIM), "the row with the keys never goes"


def test_undo_in_a_hidden_row_opens_its_gap(stage, qtbot) -> None:
    stage.open(long_story(30))
    stage.at("g3")
    QTest.keyClicks(stage.live, "new ")
    stage.at("g29")
    _ask(stage, qtbot, "双方就合作进行了交流。" * 7)
    assert stage.editor._sheet.folds.hidden(3)
    stage.editor.undo()
    assert stage.editor.active_key() == "g3"
    assert not stage.editor._sheet.folds.hidden(3)


def test_going_to_a_number_shows_a_hidden_row(stage, qtbot) -> None:
    stage.open(long_story(30))
    _ask(stage, qtbot, "双方就合作进行了交流。" * 7)
    stage.editor.go_to_number(18)
    assert stage.editor.active_key() == "g17"
    assert stage.editor._sheet.keys_in_view().count("g17") == 1


def test_a_click_on_the_line_of_a_gap_opens_it_where_it_is(stage, qtbot) -> None:
    stage.open(long_story(30))
    _ask(stage, qtbot, "双方就合作进行了交流。" * 7)
    sheet = stage.editor._sheet
    gap = sheet.folds.gaps()[0]
    place = sheet._row_rect(gap.start)
    assert place.height() == sheet._lying.gap_line
    QTest.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert not any(sheet.folds.hidden(row) for row in gap)
    assert sheet._row_rect(gap.start).top() == place.top()


def test_escape_asks_for_nothing_and_then_closes(stage, qtbot) -> None:
    stage.open(small_story())
    stage.at("s1-c")
    _ask(stage, qtbot, "zhang", Trait.PICTURES)
    QTest.keyClick(stage.editor.filter_bar.line, Qt.Key.Key_Escape)
    assert not stage.editor._sheet.folds
    assert stage.editor.filter_bar.isVisible()
    QTest.keyClick(stage.editor.filter_bar.line, Qt.Key.Key_Escape)
    assert stage.editor.filter_bar.isHidden()
    assert stage.live.hasFocus()
    assert stage.editor.active_key() == "s1-c"


def test_opening_twice_goes_back_to_the_text_and_keeps_the_filter(stage, qtbot) -> None:
    stage.open(small_story())
    stage.at("s1-p", Field.CAPTION_TARGET)
    _ask(stage, qtbot, "zhang")
    stage.editor.filtering.open()
    assert stage.live.hasFocus()
    assert stage.editor._sheet.folds


def test_splitting_a_row_under_the_filter_shows_both_parts(stage, qtbot) -> None:
    stage.open(small_story())
    stage.at("s1-a", Field.SOURCE)
    _ask(stage, qtbot, "代表团")
    QTest.keyClick(stage.editor.filter_bar.line, Qt.Key.Key_Return)
    stage.at("s1-a", Field.SOURCE)
    stage.live.put_cursor(8)
    stage.editor.split()
    assert len(_rows(stage, Shown.FULL)) == 2
    assert stage.editor.active_key() in _rows(stage, Shown.FULL)
    stage.editor.undo()
    assert "s1-a" in _rows(stage, Shown.FULL)


def test_another_story_is_not_filtered(stage, qtbot) -> None:
    stage.open(small_story())
    _ask(stage, qtbot, "zhang")
    stage.open(small_story("s2"))
    assert stage.editor.filter_bar.isHidden()
    assert not stage.editor._sheet.folds
    assert stage.editor.filter_bar.line.text() == ""


def test_ten_thousand_rows_are_filtered_in_slices(stage, qtbot) -> None:
    stage.open(long_story(3000))
    _ask(stage, qtbot)
    stage.editor.filter_bar.line.setText("双方就合作进行了交流。" * 7)
    assert stage.editor.filtering.working, "the window is free before all rows are looked at"
    qtbot.waitUntil(lambda: not stage.editor.filtering.working, timeout=PATIENCE)
    assert len(_rows(stage, Shown.FULL)) == 3000 // 7
    stage.editor._sheet.verticalScrollBar().setValue(20_000)
    keys = stage.editor._sheet.keys_in_view()
    assert keys
    assert all(not stage.editor._sheet.folds.hidden(stage.editor._document.row_of(key)) for key in keys)


def test_tooltip_of_a_gap_says_what_a_click_does(stage, qtbot, texts) -> None:
    stage.open(long_story(30))
    _ask(stage, qtbot, "双方就合作进行了交流。" * 7)
    sheet = stage.editor._sheet
    gap = sheet.folds.gaps()[0]
    tip = sheet._tips.at(stage.editor._document, sheet._lying, sheet.marks, gap.start, QPoint(5, 5))
    assert tip == "Click to show these segments"
