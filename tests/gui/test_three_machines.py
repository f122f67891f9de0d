"""Three people on three machines: a story goes out by train, home, out to a reviser, home, and is released.

Each machine is a window of its own with its own archive, settings and keys; files alone go from one to the other, and
nothing but events of keys and mouse changes anything. After each step all archives say what they must.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hands import Day, Row
from PIL import Image
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QFileDialog, QLabel, QWidget
from shell_room import PATIENCE, Room, enter
from shiboken6 import isValid

from desktop_app.desk.comments import discussion
from desktop_app.desk.desk import create_desk
from desktop_app.desk.home import home_of
from desktop_app.desk.importing import import_pair
from desktop_app.desk.loans import list_loans
from desktop_app.desk.people import add_person, set_current_person
from desktop_app.desk.sheet_checking import Verdict
from desktop_app.desk.stories import StoryFile, open_story
from desktop_app.desk.verification import verify
from desktop_app.domain.homecoming import Kept
from desktop_app.domain.people import Role
from desktop_app.domain.story import SegmentStatus, StoryState
from desktop_app.foundation.settings import SettingsFile
from desktop_app.gui.homecoming.dialog import HomecomingDialog
from desktop_app.gui.identity.key_dialog import KeyDialog
from desktop_app.gui.packing.loans_dialog import LoansDialog
from desktop_app.gui.packing.pack_dialog import PackDialog
from desktop_app.gui.packing.unpack_dialog import UnpackDialog
from desktop_app.gui.review.dialogs import SignDialog
from desktop_app.gui.review.hand_dialogs import AssignDialog
from desktop_app.gui.shell.new_archive import NewArchiveDialog
from desktop_app.gui.shell.people import PersonDialog
from desktop_app.gui.shell.trouble import Trouble
from desktop_app.gui.shell.window import MainWindow
from desktop_app.gui.transfer.export_dialog import ExportDialog
from desktop_app.gui.transfer.sheet_dialog import CheckSheetDialog

ZH = """云川理工大学与青陵集团共建联合实验室

3月20日下午，双方签署协议，共建新材料联合实验室。校长林砚秋出席签约仪式。

1.jpg签约仪式现场

实验室将获得经费1200万元。首批15名研究人员将于4月1日进驻。

双方每年召开两次技术交流会。
"""
EN = """YCUT and Qingling Build a Joint Laboratory

On the afternoon of March 20, the two sides signed an agreement on a joint laboratory for new materials. \
Prof. LIN Yanqiu, President of YCUT, attended the ceremony.

1.jpgThe signing ceremony

The laboratory will receive RMB 12 million. The first 15 researchers will move in on April 1.
"""
MEETINGS = "The two sides will hold two technical meetings a year."
LI, WANG, ZHAO, CHEN = "LI Wei", "WANG Fang", "ZHAO Mingyuan", "CHEN Xihe"
PEOPLE = (  # whoever is added first sits down
    (ZHAO, "赵明远", ("Editor", "Archivist")),
    (LI, "李蔚", ("Translator",)),
    (WANG, "王芳", ("Reviser",)),
    (CHEN, "陈熙和", ("Translator", "Reviser")),
)
PASSPHRASES = {LI: "rain on the carriage roof", WANG: "a kettle and a cat", ZHAO: "the archive has cold floors"}
UNTRANSLATED, DRAFT, CONFIRMED, REVISED = (
    SegmentStatus.UNTRANSLATED, SegmentStatus.DRAFT, SegmentStatus.CONFIRMED, SegmentStatus.REVISED,
)  # fmt: skip
HEADLINE, FIRST, PRESIDENT, PICTURE, MONEY, RESEARCHERS, LAST = range(1, 8)  # the rows, as the sheet counts them
OUT, HOMEWARD = "out", "home"  # which way a dialog packs


class Machine(Day):
    """A person at a machine of their own; ``arrive`` before anything is done there."""

    def __init__(self, name: str, folder: Path, window: MainWindow, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(Room(window, folder / "archive", qtbot))
        self.folder = folder
        self._name = name
        self._monkeypatch = monkeypatch
        self.signed = False  # whether the passphrase was asked since the archive was opened

    @property
    def window(self) -> MainWindow:
        return self.room.window

    def arrive(self) -> None:
        """Turn to this machine: its home, keys and settings are those of the process from now on."""
        for name, value in surroundings(self.folder).items():
            self._monkeypatch.setenv(name, str(value))
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)

    def command(self, words: str) -> None:
        """Do what is in the menu, by the palette."""
        self.press("Ctrl+Shift+P")
        self.type(f"> {words}")
        self.press("Return")

    def answer_with(self, path: Path) -> None:
        """The system's own dialog for files, which no event of ours reaches, answers with ``path``."""
        for asked in ("getOpenFileName", "getSaveFileName"):
            self._monkeypatch.setattr(QFileDialog, asked, lambda *_args: (str(path), ""))
        self._monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(path)], ""))

    def fill(self, field: QWidget, text: str) -> None:
        """Click into a field and write over what is there."""
        self.click(field)
        self.press("Ctrl+A")
        self.type(text)

    def named(self, name: str) -> QAbstractButton:
        """The button that says ``name`` to those who cannot see it."""
        return next(b for b in self.window.findChildren(QAbstractButton) if b.accessibleName() == name)

    def sit(self, name: str) -> None:
        self.show("People")
        self.click(self.named(f"Let {name} sit down at the desk"))
        self.wait(lambda: self.sitting() == name)
        self.room.quiet()
        self.show("Stories")

    def show(self, place: str) -> None:
        """Go to a page by the palette."""
        self.command(place)
        page = {"People": self.room.place.people_page, "Stories": self.room.place.frame}[place]
        self.wait(page.isVisible)
        self.room.quiet()

    def leave(self, dialog: QWidget, key: str = "Escape") -> None:
        """Close a dialog by a key, and wait until it is gone and all that it began is over."""
        self.press(key)
        self.wait(lambda: not isValid(dialog) or not dialog.isVisible())
        self.room.quiet()

    def sitting(self) -> str:
        person = self.room.place.people.person
        return person.name if person is not None else ""

    def open_first(self) -> None:
        """Open the first story of the list by the keyboard."""
        self.room.place.library.focus_list()
        self.press("Down", "Return")
        self.wait(lambda: self.room.place.stories.front() is not None)
        self.wait(lambda: self.page.file is not None and self.page.status.findings is not None)
        self.back()
        self.wait(self.page.editor._sheet.live.hasFocus)

    def close(self) -> None:
        if self.window.isVisible():
            self.arrive()
            assert self.window.close()

    # What the archive says

    def file(self) -> StoryFile:
        """The one story of the archive."""
        self.room.quiet()
        (one,) = self.room.place.library.listed_stories()
        return open_story(self.room.desk, one.summary.id)

    def story(self) -> tuple[list[Row], str, StoryState]:
        """The rows, the caption and the state as they are stored."""
        story = self.file().story
        caption = next(b.placement.caption.en for b in story.content.blocks if b.placement is not None)
        return [(s.target, s.status) for s in story.content.segments()], caption, self.file().situation.state

    def signs(self) -> list[tuple[str, str, bool, str | None]]:
        """The sign-offs as they were given: step, who, whether it counts, and why it was kept where it came home."""
        file = self.file()
        valid = {one.id for one in file.situation.standing.valid.values()}
        return [(one.step, file.people[one.person].name, one.id in valid, one.kept) for one in file.signoffs]

    def is_sound(self) -> bool:
        return verify(self.room.desk).problems == ()


def surroundings(folder: Path) -> dict[str, Path]:
    """What the environment of a machine says."""
    return {
        "HOME": folder / "home", "DIPTYCH_CONFIG_DIR": folder / "settings", "DIPTYCH_KEYS_DIR": folder / "keys",
        "XDG_DATA_HOME": folder / "data", "XDG_CONFIG_HOME": folder / "settings" / "xdg",
    }  # fmt: skip


@dataclass(frozen=True)
class Land:
    """The three machines, and the folder that files lie in on their way."""

    office: Machine
    train: Machine
    home: Machine
    post: Path

    def machines(self) -> tuple[Machine, ...]:
        return self.office, self.train, self.home


@pytest.fixture
def land(look, texts, tmp_path: Path, qtbot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Land]:
    def machine(name: str) -> Machine:
        folder = tmp_path / name
        (folder / "home").mkdir(parents=True)
        window = MainWindow(look, texts, SettingsFile(folder / "settings" / "settings.json"), Trouble())
        qtbot.addWidget(window)
        window.show()
        return Machine(name, folder, window, qtbot, monkeypatch)

    post = tmp_path / "post"
    post.mkdir()
    made = Land(machine("office"), machine("train"), machine("home"), post)
    yield made
    for one in made.machines():
        one.close()


# The house


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


def key_dialog(machine: Machine, name: str) -> KeyDialog:
    machine.show("People")
    machine.click(machine.named(f"Key of {name}"))
    dialog = machine.wait_for("KeyDialog")
    assert isinstance(dialog, KeyDialog)
    return dialog


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


def bring_key(machine: Machine, name: str, file: Path) -> None:
    """On a machine of their own a person takes their key out of the file that they brought."""
    dialog = key_dialog(machine, name)
    assert "not on this computer" in dialog.told.text()
    machine.answer_with(file)
    machine.click(dialog.take)
    machine.wait_for("PassphraseDialog")
    machine.type(PASSPHRASES[name])
    machine.press("Return")
    machine.wait(lambda: "in a file with a passphrase" in dialog.told.text())
    machine.leave(dialog)
    machine.show("Stories")


def write_pair(post: Path) -> None:
    (post / "lab.zh.txt").write_text(ZH, "utf-8")
    (post / "lab.en.txt").write_text(EN, "utf-8")
    Image.new("RGB", (48, 32), (40, 90, 140)).save(post / "1.jpg")


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
    office.press("Return")
    office.wait(lambda: office.file().assignment is not None)


def pack(machine: Machine, way: str, file: Path, holder: str = "") -> None:
    """Pack the story in front for ``holder``, or what a small archive has to be sent home."""
    if way == OUT:
        machine.command("Pack for offline work")
    else:
        machine.click(machine.window.status.home)
    dialog = machine.wait_for("PackDialog")
    assert isinstance(dialog, PackDialog)
    machine.wait(dialog.go.isEnabled)
    if way == OUT and dialog.holder.currentText() != holder:
        dialog.holder.setFocus()
        machine.type(holder.split(maxsplit=1)[0])
    assert way == HOMEWARD or dialog.holder.currentText() == holder
    machine.fill(dialog.path, str(file))
    machine.press("Return")
    machine.wait(lambda: file.exists() and "Packed" in dialog.message.text())
    machine.leave(dialog)


def unpack(machine: Machine, file: Path, name: str) -> None:
    """A double click on the file: the program asks for a folder and opens the small archive."""
    machine.arrive()
    machine.window.start(file)
    dialog = machine.wait_for("UnpackDialog")
    assert isinstance(dialog, UnpackDialog)
    with machine.qtbot.waitSignal(machine.window.furnished, timeout=PATIENCE):
        machine.fill(dialog.place, str(machine.folder / "archive"))
        machine.press("Return")
    machine.wait(lambda: bool(machine.room.place.library.listed_stories()))
    machine.room.quiet()
    assert machine.sitting() == name
    assert machine.window.windowTitle().startswith("Work package from")


def write(machine: Machine, number: int, text: str, *, confirm: bool = True) -> None:
    """Write over a row, as a translator does."""
    machine.go(number)
    machine.press("Ctrl+A")
    machine.type(text)
    if confirm:
        machine.press("Ctrl+Shift+Return")


def sign(machine: Machine, name: str = "", *, reason: str = "") -> None:
    """The next step of the sign-off, signed with the key of ``name``, whose passphrase is asked; else without one."""
    machine.wait(machine.page.editor.is_saved)
    machine.room.quiet()
    machine.press("Ctrl+Alt+Return")
    dialog = machine.wait_for("SignDialog")
    assert isinstance(dialog, SignDialog)
    if reason:
        assert not dialog.yes_button.isEnabled()
        machine.type(reason)
    machine.click(dialog.yes_button)
    if name:
        machine.wait_for("PassphraseDialog")
        machine.type(PASSPHRASES[name])
        machine.press("Return")


def bring(office: Machine, file: Path) -> HomecomingDialog:
    """Ask what a file would change; nothing is written yet."""
    before = office.file().digest
    office.answer_with(file)
    office.command("Bring work home")
    dialog = office.wait_for("HomecomingDialog")
    assert isinstance(dialog, HomecomingDialog)
    office.wait(lambda: dialog.cancel.text() == "Close" or dialog.go.isEnabled())
    assert office.file().digest == before
    return dialog


# The path


def on_the_train(land: Land, *, with_key: bool) -> None:
    """LI translates what is missing, betters a sentence and the caption, asks, signs, and packs."""
    train = land.train
    unpack(train, land.post / "for-li.diptych", LI)
    assert train.story() == land.office.story()
    if with_key:
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
    sign(train, LI if with_key else "", reason="The office is asked.")
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
    assert [cell(dialog, column) for column in (2, 4)] == ["0 of 2", "0 of 1 count"]
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
    assert [cell(dialog, column) for column in (2, 4)] == ["–", "1 of 1 count"]
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
    office.wait(lambda: ZHAO in office.page.strip.toolTip() or ZHAO in said(office.page.strip))
    office.sit(ZHAO)
    sign(office, ZHAO)
    office.wait(lambda: office.page.strip.next_action == ("release", None))
    assert office.state() is StoryState.APPROVED
    office.press("Ctrl+Alt+Return")
    office.wait_for("NoteDialog")
    office.press("Return")
    office.wait(lambda: office.state() is StoryState.RELEASED)


def print_and_check_the_sheet(office: Machine, pdf: Path) -> None:
    """The sheet is printed, and its file checked against the archive."""
    office.command("Approval sheet")
    export = office.wait_for("ExportDialog")
    assert isinstance(export, ExportDialog)
    office.fill(export.path, str(pdf))
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


def cell(dialog: HomecomingDialog, column: int) -> str:
    """What the plan says of its first story."""
    return str(dialog.tree.model().index(0, column).data())


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


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def found_by_the_desk(land: Land) -> None:
    """The same archive and story without the window, and nobody has a key."""
    office, post = land.office, land.post
    desk = create_desk(office.folder / "archive")
    people = {name: add_person(desk, name, zh=zh, roles=[Role(role.lower()) for role in roles], by=None)[0]
              for name, zh, roles in PEOPLE}  # fmt: skip
    set_current_person(desk, people[ZHAO])
    write_pair(post)
    import_pair(desk, post / "lab.zh.txt", post / "lab.en.txt", by=people[LI])
    desk.close()
    office.arrive()
    enter(office.window, office.folder / "archive", office.qtbot)
    office.room.quiet()
    office.open_first()


def test_a_draft_goes_by_train_and_comes_home_to_other_words(land: Land) -> None:
    found_by_the_desk(land)
    pack(land.office, OUT, land.post / "for-li.diptych", LI)
    on_the_train(land, with_key=False)
    land.office.arrive()
    at_the_office_meanwhile(land.office)
    li_comes_home(land)
    assert land.office.is_sound()
    assert land.train.is_sound()


@pytest.mark.proof
def test_three_people_on_three_machines(land: Land) -> None:
    office, post = land.office, land.post
    found_the_archive(office)
    give_keys(land)
    take_in_the_pair(office, post)
    assign(office)
    pack(office, OUT, post / "for-li.diptych", LI)
    (loan,) = list_loans(office.room.desk)
    assert (loan.name, loan.late) == (LI, False)
    on_the_train(land, with_key=True)
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
