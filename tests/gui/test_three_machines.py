"""Three people on three machines: a story goes out by train, home, out to a reviser, home, and is released.

Each machine is a window of its own with its own archive, settings and keys; files alone go from one to the other, and
nothing but events of keys and mouse changes anything. After each step all archives say what they must.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from machines import (
    CHEN,
    HOMEWARD,
    LI,
    OUT,
    PASSPHRASES,
    PEOPLE,
    WANG,
    ZHAO,
    Land,
    Machine,
    bring,
    bring_key,
    cell,
    key_dialog,
    pack,
    said,
    sign,
    three_machines,
    unpack,
    write,
    write_pair,
)  # fmt: skip
from PySide6.QtWidgets import QCheckBox
from shell_room import PATIENCE

from desktop_app.desk.comments import discussion
from desktop_app.desk.home import home_of
from desktop_app.desk.loans import list_loans
from desktop_app.desk.sheet_checking import Verdict
from desktop_app.domain.homecoming import Kept
from desktop_app.domain.story import SegmentStatus, StoryState
from desktop_app.gui.packing.loans_dialog import LoansDialog
from desktop_app.gui.review.hand_dialogs import AssignDialog
from desktop_app.gui.shell.new_archive import NewArchiveDialog
from desktop_app.gui.shell.people import PersonDialog
from desktop_app.gui.transfer.export_dialog import ExportDialog
from desktop_app.gui.transfer.sheet_dialog import CheckSheetDialog

MEETINGS = "The two sides will hold two technical meetings a year."
DRAFT, CONFIRMED, REVISED = SegmentStatus.DRAFT, SegmentStatus.CONFIRMED, SegmentStatus.REVISED
HEADLINE, FIRST, PRESIDENT, PICTURE, MONEY, RESEARCHERS, LAST = range(1, 8)  # the rows, as the sheet counts them


@pytest.fixture
def land(look, texts, tmp_path: Path, qtbot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Land]:
    with three_machines(look, texts, tmp_path, qtbot, monkeypatch) as made:
        yield made


def found_the_archive(office: Machine) -> None:
    """A new archive, with its people, from the first window that anybody sees."""
    office.arrive()
    office.window.start(None)
    office.wait(office.window.welcome.new_button.isVisible)
    office.press("Ctrl+N")
    dialog = office.wait_for("NewArchiveDialog")
    assert isinstance(dialog, NewArchiveDialog)
    with office.qtbot.waitSignal(office.window.furnished, timeout=PATIENCE):
        office.fill(dialog.place, str(office.folder / "archive"))
        office.press("Return")
    office.show("People")
    for name, zh, roles in PEOPLE:
        office.click(office.button("Add a person"))
        person = office.wait_for("PersonDialog")
        assert isinstance(person, PersonDialog)
        office.type(name)
        office.press("Tab")
        office.type(zh)
        for role in roles:
            office.click(next(box for box in person.findChildren(QCheckBox) if box.text() == role))
        office.press("Return")
        office.wait(lambda name=name: any(one.name == name for one in office.room.place.people.people))
        office.room.quiet()
    assert office.sitting() == ZHAO


def give_keys(land: Land) -> None:
    """Keys for three of the four; two are taken along in a sealed file."""
    office = land.office
    for name, words in PASSPHRASES.items():
        dialog = key_dialog(office, name)
        assert dialog.standing.text() == f"{name} has no key"
        office.press("Space")
        office.wait_for("NewKeyDialog")
        office.type(words)
        office.press("Tab")
        office.type(words)
        office.press("Return")
        office.wait(lambda dialog=dialog, name=name: dialog.standing.text().startswith(f"{name} signs with this key"))
        if name != ZHAO:
            office.answer_with(land.post / f"{name}.json")
            dialog.private.trigger()
            office.wait((land.post / f"{name}.json").exists)
        office.leave(dialog)


def take_in_the_pair(office: Machine, post: Path) -> None:
    """The translator brings her pair and its picture in before she leaves."""
    office.sit(LI)
    write_pair(post)
    office.press("Ctrl+I")
    dialog = office.wait_for("ImportDialog")
    office.drop(dialog, [post / "lab.zh.txt", post / "lab.en.txt"])
    office.click(office.button("Import 1 story", dialog))
    office.wait(lambda: office.room.place.stories.front() is not None)
    office.wait(lambda: office.page.file is not None and office.page.status.findings is not None)
    office.back()


def assign(office: Machine) -> None:
    """The editor says until when the draft is wanted."""
    office.sit(ZHAO)
    office.command("Assign the next step")
    dialog = office.wait_for("AssignDialog")
    assert isinstance(dialog, AssignDialog)
    assert dialog.person.currentText() == LI
    assert dialog.until.isChecked()
    office.click(office.button("Assign", dialog))
    office.wait(lambda: office.file().assignment is not None)


def on_the_train(land: Land) -> None:
    """LI translates what is missing, betters a sentence and the caption, asks, signs, and packs."""
    train = land.train
    unpack(train, land.post / "for-li.diptych", LI)
    assert train.story() == land.office.story()
    bring_key(train, LI, land.post / f"{LI}.json")
    train.open_first()
    write(train, LAST, MEETINGS)
    write(train, MONEY, "The laboratory gets RMB 12 million.")
    train.go(PICTURE)
    train.press("Ctrl+A")
    train.type("The two presidents shake hands")
    train.go(RESEARCHERS)
    train.press("Ctrl+M")
    train.type("Is the date sure?")
    train.press("Ctrl+Return")
    train.wait(lambda: train.page.comments_panel.open_count() == 1)
    train.page.editor.setFocus()
    for number in (HEADLINE, FIRST, PRESIDENT, RESEARCHERS):
        train.go(number)
        train.press("Ctrl+Shift+Return")
    sign(train, LI, reason="The office is asked.")
    train.wait(lambda: train.state() is StoryState.SUBMITTED)
    assert train.signs() == [("draft", LI, True, None)]
    pack(train, HOMEWARD, land.post / "from-li.diptych")


def at_the_office_meanwhile(office: Machine) -> None:
    """CHEN writes in what is out: one sentence and the caption that LI changes too, and one that she does not."""
    office.sit(CHEN)
    assert office.page.out.message.isVisible()
    assert LI in office.page.out.message.text()
    write(office, MONEY, "The laboratory is to receive 12 million yuan.", confirm=False)
    write(office, PRESIDENT, "President LIN Yanqiu attended the ceremony.", confirm=False)
    office.go(PICTURE)
    office.press("Ctrl+A")
    office.type("The ceremony in the library")
    office.wait(office.page.editor.is_saved)


def li_comes_home(land: Land) -> None:
    """What LI did meets what CHEN did: two things are decided, one each way, and her sign-off is kept, no more."""
    office = land.office
    office.sit(ZHAO)
    dialog = bring(office, land.post / "from-li.diptych")
    assert LI in dialog.told.text()
    assert [cell(dialog, column) for column in (2, 4)] == ["0 of 2", "0 of 1 counts"]
    caption, money = ("The signing ceremony", "The ceremony in the library", "The two presidents shake hands"), (
        "The laboratory will receive RMB 12 million.", "The laboratory is to receive 12 million yuan.",
        "The laboratory gets RMB 12 million.",
    )  # fmt: skip
    asked = []
    for _ in range(2):
        shown = dialog.conflicts.shown()
        assert shown is not None
        asked.append((shown.base, shown.mine, shown.theirs))
        assert shown.author == LI
        office.press("Alt+Left" if asked[-1] == caption else "Alt+Right")
    assert set(asked) == {caption, money}
    office.wait(lambda: cell(dialog, 2) == "2 of 2")
    office.click(office.button("Notes", dialog.parts))
    assert "the text here is not the text that was signed" in dialog.notes.toPlainText()
    office.click(dialog.go)
    office.wait(lambda: dialog.go.text() == "Show the story")
    assert "1 sign-off does not count here" in said(dialog)
    office.leave(dialog, "Return")
    rows, caption_now, state = office.story()
    assert [text for text, _status in rows] == [
        *(text for text, _status in land.train.story()[0][:2]), "President LIN Yanqiu attended the ceremony.",
        "The laboratory gets RMB 12 million.", "The first 15 researchers will move in on April 1.", MEETINGS,
    ]  # fmt: skip
    assert [status for _text, status in rows] == [CONFIRMED, CONFIRMED, DRAFT, CONFIRMED, CONFIRMED, CONFIRMED]
    assert (caption_now, state) == ("The ceremony in the library", StoryState.DRAFTING)
    assert office.signs() == [("draft", LI, False, Kept.TEXT)]
    office.wait(lambda: "omission" not in {finding.check for finding in office.page.findings})
    (thread,) = discussion(office.room.desk, office.file().story.id).open_ones()
    assert thread.notes[0].text == "Is the date sure?"


def li_signs_at_the_office(office: Machine) -> None:
    """Back from her journey LI reads what became of her draft, confirms it and signs once more."""
    office.sit(LI)
    office.go(PRESIDENT)
    office.press("Ctrl+Shift+Return")
    sign(office, LI, reason="The reviser is asked.")
    office.wait(lambda: office.state() is StoryState.SUBMITTED)
    assert office.signs()[-1] == ("draft", LI, True, None)
    office.sit(ZHAO)


def at_home(land: Land) -> None:
    """WANG claims, revises two sentences, answers the comment, signs with his own key, and packs."""
    home = land.home
    unpack(home, land.post / "for-wang.diptych", WANG)
    assert home.story() == land.office.story()
    assert home.signs() == land.office.signs()
    bring_key(home, WANG, land.post / f"{WANG}.json")
    home.open_first()
    home.press("Ctrl+Alt+Return")
    home.wait(lambda: home.state() is StoryState.IN_REVISION)
    home.wait(home.page.editor.can_edit)
    for number, text in (
        (FIRST, "On March 20, both sides agreed to build a laboratory for new materials."),
        (LAST, "They will meet twice a year."),
    ):
        write(home, number, text)
    for number in (HEADLINE, PRESIDENT, MONEY, RESEARCHERS):
        home.go(number)
        home.press("Ctrl+Shift+Return")
    home.page.show_panel("comments")
    home.click(home.button("Reply", home.page.comments_panel))
    home.type("Yes, it is in the agreement.")
    home.press("Ctrl+Return")
    home.wait(lambda: len(home.page.comments.discussion.open_ones()[0].notes) == 2)
    home.click(home.button("Resolve", home.page.comments_panel))
    home.wait(lambda: home.page.comments_panel.open_count() == 0)
    home.page.editor.setFocus()
    sign(home, WANG)
    home.wait(lambda: home.signs()[-1] == ("revision", WANG, True, None))
    assert {status for _text, status in home.story()[0]} == {REVISED}
    pack(home, HOMEWARD, land.post / "from-wang.diptych")


def wang_comes_home(land: Land) -> None:
    """Nothing was changed here: his words and his sign-off count as they are, and the story waits for approval."""
    office = land.office
    office.arrive()
    dialog = bring(office, land.post / "from-wang.diptych")
    assert [cell(dialog, column) for column in (2, 4)] == ["–", "1 of 1 counts"]
    office.click(dialog.go)
    office.wait(lambda: dialog.go.text() == "Show the story")
    office.leave(dialog, "Return")
    assert office.story() == land.home.story()
    assert office.file().digest == land.home.file().digest
    assert office.signs()[-1] == ("revision", WANG, True, None)
    assert office.file().signoffs[-1].signature is not None
    assert discussion(office.room.desk, office.file().story.id).open_ones() == []
    assert [one.name for one in list_loans(office.room.desk)] == [LI], "his part is done, her sign-off did not count"


def end_the_loan(office: Machine) -> None:
    """LI is back, and says that nothing more comes from her laptop."""
    office.command("Stories that are out")
    dialog = office.wait_for("LoansDialog")
    assert isinstance(dialog, LoansDialog)
    office.wait(lambda: dialog.list.topLevelItemCount() == 1)
    office.fill(dialog.reason, "She is back.")
    office.click(dialog.end)
    office.wait(lambda: dialog.list.topLevelItemCount() == 0)
    office.leave(dialog)
    assert list_loans(office.room.desk) == []


def approve_and_release(office: Machine) -> None:
    """CHEN wrote in the draft and is told why he cannot approve and who can; ZHAO does, and releases."""
    office.sit(CHEN)
    office.wait(lambda: ZHAO in said(office.page.strip))
    office.sit(ZHAO)
    sign(office, ZHAO)
    office.wait(lambda: office.page.strip.next_action == ("release", None))
    assert office.state() is StoryState.APPROVED
    office.press("Ctrl+Alt+Return")
    office.click(office.button("Release", office.wait_for("ReleaseDialog")))
    office.wait(lambda: office.state() is StoryState.RELEASED)


def print_and_check_the_sheet(office: Machine, pdf: Path) -> None:
    """The sheet is printed, and its file checked against the archive."""
    office.command("Approval sheet")
    export = office.wait_for("ExportDialog")
    assert isinstance(export, ExportDialog)
    office.fill(export.path, str(pdf))
    office.wait(export.go.isEnabled)
    office.press("Return")
    office.wait(lambda: "Exported" in export.message.text())
    office.leave(export)
    office.command("Check a sheet")
    check = office.wait_for("CheckSheetDialog")
    assert isinstance(check, CheckSheetDialog)
    office.answer_with(pdf)
    office.click(office.button("Take a PDF", check))
    office.wait(lambda: check.found is not None)
    assert check.found is not None
    assert check.found.verdict is Verdict.STANDS
    office.leave(check)


def refused(office: Machine, file: Path) -> str:
    """What the window says of a file that brings nothing; nothing is changed by it."""
    before = office.file()
    dialog = bring(office, file)
    assert not dialog.go.isVisible()
    words = said(dialog)
    office.leave(dialog)
    after = office.file()
    assert (after.digest, after.signoffs, after.situation.state) == (
        before.digest, before.signoffs, before.situation.state,
    )  # fmt: skip
    return words


def test_three_people_on_three_machines(land: Land) -> None:
    office, post = land.office, land.post
    found_the_archive(office)
    give_keys(land)
    take_in_the_pair(office, post)
    assign(office)
    pack(office, OUT, post / "for-li.diptych", LI)
    (loan,) = list_loans(office.room.desk)
    assert (loan.name, loan.late) == (LI, False)
    on_the_train(land)
    office.arrive()
    at_the_office_meanwhile(office)
    li_comes_home(land)
    li_signs_at_the_office(office)
    pack(office, OUT, post / "for-wang.diptych", WANG)
    at_home(land)
    wang_comes_home(land)
    end_the_loan(office)
    approve_and_release(office)
    print_and_check_the_sheet(office, post / "sheet.pdf")
    assert "Nothing to bring home" in refused(office, post / "from-wang.diptych")
    tampered = bytearray((post / "from-wang.diptych").read_bytes())
    tampered[len(tampered) // 2] ^= 1
    (post / "tampered.diptych").write_bytes(tampered)
    assert "cannot be brought home" in refused(office, post / "tampered.diptych")
    assert all(machine.is_sound() for machine in land.machines())
    assert home_of(office.room.desk) is None
