"""Work that goes out from a room's archive and comes back: small archives of other people, and what the window does."""

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget
from shell_room import Room, soon, top

from desktop_app.desk.desk import Desk, open_desk
from desktop_app.desk.editing import edit_story
from desktop_app.desk.packing import pack
from desktop_app.desk.people import find_person
from desktop_app.desk.small_archives import unpack
from desktop_app.desk.stories import open_story
from desktop_app.domain.edits import SetPlacement, set_target
from desktop_app.gui.homecoming.dialog import HomecomingDialog

STORY = "new-materials-conference"
HOLDER, HERE = "CHEN Xihe", "LI Wei"


def write(desk: Desk, texts: Mapping[int, str], name: str, story: str = STORY) -> None:
    """Type texts into segments, named by their place from 0."""
    segments = list(open_story(desk, story).story.content.segments())
    edit_story(desk, story, [set_target(segments[at], text) for at, text in texts.items()], by=find_person(desk, name))


def caption(desk: Desk, name: str, story: str = STORY, **facts: str) -> None:
    """Change what stands with the first picture."""
    block = next(one for one in open_story(desk, story).story.content.blocks if one.placement is not None)
    assert block.placement is not None
    made = replace(block.placement, **facts)
    edit_story(desk, story, [SetPlacement(block.id, made)], by=find_person(desk, name))


def target(desk: Desk, at: int, story: str = STORY) -> str:
    """What a segment says."""
    return list(open_story(desk, story).story.content.segments())[at].target


class Traveller:
    """Somebody with a small archive of stories that a desk packed for them."""

    def __init__(self, desk: Desk, folder: Path, *stories: str, name: str = HOLDER) -> None:
        self._folder, self._name, self._count = folder, name, 0
        folder.mkdir()
        self.out = folder / "out.diptych"
        pack(desk, list(stories) or [STORY], self.out, by=find_person(desk, HERE), made_for=find_person(desk, name))
        unpack(self.out, folder / "small")

    def work(self, act: Callable[[Desk], object]) -> None:
        """Do something away from home."""
        with closing(open_desk(self._folder / "small")) as desk:
            act(desk)

    def write(self, texts: Mapping[int, str], story: str = STORY) -> None:
        """Type there."""
        self.work(lambda desk: write(desk, texts, self._name, story))

    def back(self) -> Path:
        """Pack all of it to be sent home."""
        self._count += 1
        path = self._folder / f"home-{self._count}.diptych"
        self.work(lambda desk: pack(desk, [], path, by=find_person(desk, self._name)))
        return path


def came_back(room: Room, folder: Path) -> Path:
    """A package that comes home: both sides wrote sentence 1 and the credit, only they wrote sentence 4."""
    there = Traveller(room.desk, folder / "away")
    there.write({1: "Their opening.", 4: "Their keynote."})
    there.work(lambda desk: caption(desk, "CHEN Xihe", credit="Their photo"))
    write(room.desk, {1: "Our opening."}, HERE)
    caption(room.desk, HERE, credit="Our photo")
    return there.back()


def shown(room: Room, kind: type[QWidget]) -> list[QWidget]:
    return [one for one in room.window.findChildren(kind) if one.isVisible()]


def bring(room: Room, file: Path) -> HomecomingDialog:
    """Drop a file on the window, and wait until its plan is there."""
    drop(room.window, file)
    soon(room.qtbot, lambda: bool(shown(room, HomecomingDialog)))
    room.quiet()
    dialog = top("HomecomingDialog")
    assert isinstance(dialog, HomecomingDialog)
    return dialog


def drop_of(*files: Path) -> QDropEvent:
    """Files that are let go."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.mime = mime  # Qt does not keep it alive
    return event


def drop(widget: QWidget, *files: Path) -> None:
    widget.dropEvent(drop_of(*files))


def leave(room: Room, dialog: QWidget) -> None:
    room.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    soon(room.qtbot, lambda: not dialog.isVisible())


def brought(room: Room, file: Path) -> HomecomingDialog:
    dialog = bring(room, file)
    room.qtbot.keyClick(dialog.go, Qt.Key.Key_Return)
    soon(room.qtbot, lambda: dialog._done)
    room.quiet()
    return dialog
