"""A day's work by keys and mouse in the real window: a pair comes in, is translated, revised and signed.

Every step says what the text and the status must be afterwards; nothing but events of keys and mouse makes them so.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hands import Day, Row
from PySide6.QtWidgets import QApplication
from shell_room import Room

from desktop_app.desk.verification import verify
from desktop_app.domain.story import SegmentStatus, StoryState
from desktop_app.gui.review.dialogs import SignDialog

ZH = """云川理工大学与青陵特材集团共建联合实验室

3月20日下午，云川理工大学与青陵特材集团签署协议，共建新材料联合实验室。校长林砚秋出席签约仪式。

实验室将获得经费1200万元。首批15名研究人员将于4月1日进驻。双方每年召开两次技术交流会。

校长林砚秋在闭幕式上致辞。实验室主任由温以宁教授担任。双方还将在材料学院共建培养基地。

校长林砚秋在开幕式上致辞。下一届大会将于2025年春季举行。
"""
EN = """YCUT and Qingling Build a Joint Laboratory

On the afternoon of March 20, Yunchuan University of Technology and Qingling Special Materials Group signed an \
agreement to build a joint laboratory for new materials. Prof. LIN Yanqiu, President of YCUT, attended the ceremony.

The laboratory will receive RMB 12 million. The first 15 researchers will move in on April 1.

Prof. LIN Yanqiu, President of YCUT, delivered a speech at the closing ceremony.
"""
DIRECTOR, TRAINING = "实验室主任由温以宁教授担任。", "双方还将在材料学院共建培养基地。"
UNTRANSLATED, DRAFT, CONFIRMED, REVISED = (
    SegmentStatus.UNTRANSLATED, SegmentStatus.DRAFT, SegmentStatus.CONFIRMED, SegmentStatus.REVISED,
)  # fmt: skip


@pytest.fixture
def day(room: Room) -> Day:
    return Day(room)


def import_pair(day: Day, folder: Path) -> None:
    zh, en = folder / "joint-laboratory.zh.txt", folder / "joint-laboratory.en.txt"
    zh.write_text(ZH, "utf-8")
    en.write_text(EN, "utf-8")
    day.press("Ctrl+I")
    dialog = day.wait_for("ImportDialog")
    day.drop(dialog, [zh, en])
    day.click(day.button("Import 1 story", dialog))
    day.wait(lambda: day.room.place.stories.front() is not None)
    day.wait(lambda: day.page.file is not None and day.page.status.findings is not None)
    day.back()
    day.wait(day.page.editor._sheet.live.hasFocus)


def correct_the_alignment(day: Day) -> None:
    """The aligner left two Chinese sentences with one English: the second goes down and gets a row of its own."""
    assert day.sources()[6] == "校长林砚秋在闭幕式上致辞。" + DIRECTOR
    before = day.rows()
    day.go(7)
    day.press("Shift+Tab", "End", "Alt+Shift+Down")
    assert day.sources()[6:8] == ["校长林砚秋在闭幕式上致辞。", DIRECTOR + TRAINING]
    day.go(8)
    day.press("Shift+Tab", "End", *["Left"] * len(TRAINING), "Ctrl+T")
    assert day.sources()[6:9] == ["校长林砚秋在闭幕式上致辞。", DIRECTOR, TRAINING]
    assert day.rows() == [*before[:7], ("", UNTRANSLATED), *before[7:]]
    assert "".join(day.sources()) == "".join(ZH.split())


def translate(day: Day) -> None:
    """Five segments: three typed, one with a term, two by their matches."""
    written = {6: "The two sides will hold two technical meetings a year.", 8: "Prof. WEN Yining will head it."}
    for number, text in written.items():
        day.go(number)
        day.type(text)
        assert day.rows()[number - 1] == (text, DRAFT)
        day.press("Ctrl+Shift+Return")
        assert day.rows()[number - 1] == (text, CONFIRMED)
    day.go(9)
    day.type("They will train graduates at the ")
    enabled(day, "term-1")
    day.press("Alt+1")
    day.type(".")
    assert day.targets()[8] == "They will train graduates at the School of Materials."
    day.press("Ctrl+Shift+Return")
    for number in (10, 11):
        day.go(number)
        enabled(day, "match-1")
        day.press("Ctrl+1", "Ctrl+Shift+Return")
    assert day.rows()[9:] == [
        ("Prof. LIN Yanqiu, President of YCUT, delivered a speech at the opening ceremony.", CONFIRMED),
        ("The next conference will be held in the spring of 2025.", CONFIRMED),
    ]
    assert [status for _text, status in day.rows()] == [DRAFT] * 5 + [CONFIRMED] + [DRAFT] + [CONFIRMED] * 4


def enabled(day: Day, action: str) -> None:
    """Wait, as a person does, until the panel shows what the key takes."""
    day.wait(lambda: day.page.lookups.is_answered() and day.room.window.registry.action(action).isEnabled())


def comment(day: Day) -> None:
    day.go(4)
    rows = day.rows()
    day.press("Ctrl+M")
    day.type("Is the sum in yuan? Please check.")
    day.press("Ctrl+Return")
    day.wait(lambda: day.page.comments_panel.open_count() == 1)
    assert day.rows() == rows
    day.page.editor.setFocus()


def split_and_join(day: Day) -> None:
    before = day.rows()
    text, _status = before[2]
    assert text == "Prof. LIN Yanqiu, President of YCUT, attended the ceremony."
    day.go(3)
    day.press("End", *["Left"] * len("attended the ceremony."), "Ctrl+T")
    assert day.targets()[2:4] == ["Prof. LIN Yanqiu, President of YCUT,", "attended the ceremony."]
    assert "".join(day.sources()[2:4]) == "校长林砚秋出席签约仪式。"
    day.go(3)
    day.press("Ctrl+J")
    assert day.rows() == before


def replace(day: Day) -> None:
    """Every "laboratory" becomes "lab", as one step, and what was confirmed is not any more."""
    before = day.rows()
    day.press("Ctrl+H")
    day.press("Ctrl+A")
    day.type("laboratory")
    day.press("Alt+C")
    for _ in range(8):
        if QApplication.focusWidget() is day.page.editor._find_bar.with_line:
            break
        day.press("Tab")
    assert QApplication.focusWidget() is day.page.editor._find_bar.with_line
    day.type("lab")
    day.click(day.button("Replace all"))
    day.click(day.button("Replace", day.wait_for("ReplacePreview")))
    after = [(t.replace("laboratory", "lab"), DRAFT if "laboratory" in t else s) for t, s in before]
    assert after != before
    assert day.rows() == after
    day.press("Escape")
    day.page.editor.setFocus()


def undo_to_the_start_and_redo(day: Day, first: Sequence[str], start: list[Row]) -> None:
    end, sources = day.rows(), day.sources()
    steps = 0
    while day.page.editor.can_undo():
        day.press("Ctrl+Z")
        steps += 1
    assert (day.rows(), day.sources()) == (start, list(first))
    assert day.stored() == start
    for _ in range(steps):
        day.press("Ctrl+Shift+Z")
    assert not day.page.editor.can_redo()
    assert (day.rows(), day.sources()) == (end, sources)
    assert day.stored() == end


def next_step(day: Day, *, signs: bool = False, reason: str = "") -> None:
    """The next step of the sign-off, and its dialog where it asks."""
    day.wait(day.page.editor.is_saved)
    day.press("Ctrl+Alt+Return")
    if signs:
        dialog = day.wait_for("SignDialog")
        assert isinstance(dialog, SignDialog)
        if reason:
            assert not dialog.yes_button.isEnabled()
            day.type(reason)
        day.click(dialog.yes_button)


def submit(day: Day) -> None:
    for number, (_text, status) in enumerate(day.rows(), 1):
        if status is DRAFT:
            day.go(number)
            day.press("Ctrl+Shift+Return")
    assert {status for _text, status in day.rows()} == {CONFIRMED}
    next_step(day, signs=True, reason="The reviser is asked about it.")
    day.wait(lambda: day.state() is StoryState.SUBMITTED)


def revise(day: Day) -> list[Row]:
    """Ten segments get another ending; the comment is answered; the revision is signed."""
    day.sit("WANG Fang")
    day.button("Claim revision", day.page.strip)
    next_step(day)
    day.wait(lambda: day.state() is StoryState.IN_REVISION)
    day.wait(day.page.editor.can_edit)
    expected = day.rows()
    for number in range(2, 12):
        day.go(number)
        day.press("End", "Backspace")
        day.type(" now.")
        expected[number - 1] = (expected[number - 1][0][:-1] + " now.", DRAFT)
        assert day.rows() == expected
        day.press("Ctrl+Shift+Return")
        expected[number - 1] = (expected[number - 1][0], REVISED)
        assert day.rows() == expected
    day.go(1)
    day.press("Ctrl+Shift+Return")
    expected[0] = (expected[0][0], REVISED)
    assert day.stored() == expected
    day.page.show_panel("comments")
    day.click(day.button("Reply", day.page.comments_panel))
    day.type("Yes, RMB.")
    day.press("Ctrl+Return")
    day.wait(lambda: len(day.page.comments.discussion.open_ones()[0].notes) == 2)
    day.click(day.button("Resolve", day.page.comments_panel))
    day.wait(lambda: day.page.comments_panel.open_count() == 0)
    day.page.editor.setFocus()
    next_step(day, signs=True)
    day.wait(lambda: any(s.step == "revision" for s in day.page.file.signoffs))
    return expected


def look_through(day: Day, expected: list[Row]) -> None:
    """The translator accepts every change of the reviser, one after the other; the text stays what was signed."""
    day.sit("LI Wei")
    day.press("F9")
    day.wait(lambda: day.page.changes_count > 0)
    count = day.page.changes_count
    assert count >= 10
    for left in range(count, 0, -1):
        day.press("Alt+Down", "Alt+Return")
        day.wait(lambda left=left: day.page.changes_count < left)
        if day.page.changes_count == 0:
            break
    assert day.page.changes_count == 0
    day.press("F9")
    assert day.stored() == expected


def test_a_days_work(day: Day, tmp_path: Path) -> None:
    import_pair(day, tmp_path)
    sources, start = day.sources(), day.rows()
    assert len(start) == 10
    correct_the_alignment(day)
    translate(day)
    comment(day)
    split_and_join(day)
    replace(day)
    undo_to_the_start_and_redo(day, sources, start)
    submit(day)
    expected = revise(day)
    look_through(day, expected)
    assert verify(day.room.desk).problems == ()
