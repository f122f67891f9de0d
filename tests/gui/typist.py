"""A person who types in the real window until the process is killed; what stood on the screen goes to a file.

Run as ``python typist.py ARCHIVE STORY SEED FILE``. Each line is JSON, written after the keys of an act were handled:
``{"at": seconds of the monotonic clock, "rows": [[id, source, target, status], …]}``.
"""

import json
import random
import sys
import time
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop_app.foundation.settings import SettingsFile
from desktop_app.gui.app import Program, _application
from desktop_app.gui.editor.editor import StoryEditor

WORDS = ("The", "university", "and", "company", "signed", "an", "agreement", "on", "cooperation", "in", "2024")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Typist:
    """Does one act after the other, at a person's pace and faster."""

    def __init__(self, editor: StoryEditor, seed: int, told: TextIO) -> None:
        self.editor = editor
        self.told = told
        self.chance = random.Random(seed)
        self.live = editor._sheet.live
        segments = [s.id for s in editor.story().content.segments()]
        editor.go_to(self.chance.choice(segments))
        self.tell()
        self.again()

    def again(self) -> None:
        QTimer.singleShot(self.chance.choice((5, 20, 60, 90, 250)), self.act)

    def act(self) -> None:
        acts = {
            self.word: 30, self.letters: 30, self.wipe: 8, self.go: 6, self.confirm: 6, self.undo: 5, self.redo: 2,
            self.split: 3, self.join: 2, self.paste: 3,
        }  # fmt: skip
        act = self.chance.choices(list(acts), list(acts.values()))[0]
        act()
        self.tell()
        self.again()

    def tell(self) -> None:
        rows = [[s.id, s.source, s.target, s.status.value] for s in self.editor.story().content.segments()]
        self.told.write(json.dumps({"at": time.monotonic(), "rows": rows}) + "\n")
        self.told.flush()

    def word(self) -> None:
        QTest.keyClicks(self.live, self.chance.choice(WORDS) + " ")

    def letters(self) -> None:
        QTest.keyClicks(self.live, self.chance.choice("abcdefgh ,."))

    def wipe(self) -> None:
        QTest.keyClick(self.live, Qt.Key.Key_Backspace)

    def go(self) -> None:
        QTest.keyClick(self.live, self.chance.choice((Qt.Key.Key_Down, Qt.Key.Key_Up)), CONTROL)

    def confirm(self) -> None:
        QTest.keyClick(self.live, Qt.Key.Key_Return, CONTROL)

    def undo(self) -> None:
        QTest.keyClick(self.live, Qt.Key.Key_Z, CONTROL)

    def redo(self) -> None:
        QTest.keyClick(self.live, Qt.Key.Key_Z, CONTROL | SHIFT)

    def split(self) -> None:
        self.live.put_cursor(len(self.live.text()) // 2)
        QTest.keyClick(self.live, Qt.Key.Key_T, CONTROL)

    def join(self) -> None:
        QTest.keyClick(self.live, Qt.Key.Key_J, CONTROL)

    def paste(self) -> None:
        QGuiApplication.clipboard().setText("The two sides\nexchanged views.")
        QTest.keyClick(self.live, Qt.Key.Key_V, CONTROL)


def main(folder: Path, slug: str, seed: int, told: TextIO) -> None:
    """Open the window on the archive, the story in front, and type."""
    app = _application()
    program = Program(app, SettingsFile())
    window = program.open_window(folder)
    typists: list[Typist] = []
    opened: list[str] = []

    def begin() -> None:
        place = window.workplace
        stories = place.stories if place is not None else None
        if stories is not None and not opened and stories.library.listed_stories():
            opened.append(next(s.summary.id for s in stories.library.listed_stories() if s.summary.slug == slug))
            stories.open_story(opened[0])
        page = stories.front() if stories is not None else None
        if page is None or page.file is None or not page.editor.can_edit():
            QTimer.singleShot(10, begin)
            return
        window.activateWindow()
        typists.append(Typist(page.editor, seed, told))

    QTimer.singleShot(0, begin)
    app.exec()


if __name__ == "__main__":
    with open(sys.argv[4], "w", encoding="utf-8") as file:  # a pipe would fill up and hold the window
        main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), file)
