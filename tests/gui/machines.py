"""People at machines of their own, for tests: windows with archives, settings and keys apart, files between them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hands import Day, Row
from PIL import Image
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QWidget
from shell_room import PATIENCE, Room
from shiboken6 import isValid

from desktop_app.desk.stories import StoryFile, list_stories, open_story
from desktop_app.desk.verification import verify
from desktop_app.domain.story import StoryState
from desktop_app.foundation.settings import SettingsFile
from desktop_app.gui.homecoming.dialog import HomecomingDialog
from desktop_app.gui.identity.key_dialog import KeyDialog
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.packing.pack_dialog import PackDialog
from desktop_app.gui.packing.unpack_dialog import UnpackDialog
from desktop_app.gui.review.dialogs import SignDialog
from desktop_app.gui.shell.trouble import Trouble
from desktop_app.gui.shell.window import MainWindow

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
LI, WANG, ZHAO, CHEN = "LI Wei", "WANG Fang", "ZHAO Mingyuan", "CHEN Xihe"
PASSPHRASES = {LI: "rain on the carriage roof", WANG: "a kettle and a cat", ZHAO: "the archive has cold floors"}
PEOPLE = (  # whoever is added first sits down
    (ZHAO, "赵明远", ("Editor", "Archivist")),
    (LI, "李蔚", ("Translator",)),
    (WANG, "王芳", ("Reviser",)),
    (CHEN, "陈熙和", ("Translator", "Reviser")),
)
OUT, HOMEWARD = "out", "home"  # which way a dialog packs


class Machine(Day):
    """A person at a machine of their own; ``arrive`` before anything is done there."""

    def __init__(self, folder: Path, window: MainWindow, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(Room(window, folder / "archive", qtbot))
        self.folder = folder
        self._monkeypatch = monkeypatch

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
        (one,) = list_stories(self.room.desk)
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


@contextmanager
def three_machines(look: Look, texts: Texts, folder: Path, qtbot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Land]:
    """An office, a train and a home, and the folder of the post; at the end all windows are closed."""

    def machine(name: str) -> Machine:
        (folder / name / "home").mkdir(parents=True)
        window = MainWindow(look, texts, SettingsFile(folder / name / "settings" / "settings.json"), Trouble())
        qtbot.addWidget(window)
        window.show()
        return Machine(folder / name, window, qtbot, monkeypatch)

    (folder / "post").mkdir()
    made = Land(machine("office"), machine("train"), machine("home"), folder / "post")
    yield made
    for one in made.machines():
        one.close()


def key_dialog(machine: Machine, name: str) -> KeyDialog:
    machine.show("People")
    machine.click(machine.named(f"Signing key of {name}"))
    dialog = machine.wait_for("KeyDialog")
    assert isinstance(dialog, KeyDialog)
    return dialog


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


def sign(machine: Machine, name: str, *, reason: str = "") -> None:
    """The next step of the sign-off, signed with the key of ``name``, whose passphrase is asked."""
    machine.wait(machine.page.editor.is_saved)
    machine.room.quiet()
    machine.wait(machine.page.strip._primary.isEnabled)
    machine.press("Ctrl+Alt+Return")
    dialog = machine.wait_for("SignDialog")
    assert isinstance(dialog, SignDialog)
    if reason:
        assert not dialog.yes_button.isEnabled()
        machine.type(reason)
    machine.click(dialog.yes_button)
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


def cell(dialog: HomecomingDialog, column: int) -> str:
    """What the plan says of its first story."""
    return str(dialog.tree.model().index(0, column).data())


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def write_pair(post: Path) -> None:
    """Write the pages and the picture of the story."""
    (post / "lab.zh.txt").write_text(ZH, "utf-8")
    (post / "lab.en.txt").write_text(EN, "utf-8")
    Image.new("RGB", (48, 32), (40, 90, 140)).save(post / "1.jpg")
