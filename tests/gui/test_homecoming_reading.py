"""What the plan in the window says of who wrote what, and what is left open when it cannot be made."""

import os
import sqlite3
import sys
from pathlib import Path

import pytest
from shell_room import Room, soon
from travellers import HERE, HOLDER, Traveller, bring, caption, leave, write


def test_a_caption_is_said_to_be_of_whoever_wrote_it(room: Room, tmp_path: Path) -> None:
    """LI wrote the credit there, CHEN wrote last."""
    there = Traveller(room.desk, tmp_path / "away")
    there.work(lambda desk: caption(desk, HERE, credit="Their photo"))
    there.write({1: "Their opening."})
    write(room.desk, {1: "Our opening."}, HERE)
    caption(room.desk, HERE, credit="Our photo")
    dialog = bring(room, there.back())
    ((*conflicts,),) = dialog._shown.values()
    shown = {one.key.rpartition("/")[2]: one.author for one in conflicts}
    assert shown == {"text": HOLDER, "credit": HERE}
    leave(room, dialog)


@pytest.mark.logs
@pytest.mark.skipif(sys.platform != "linux", reason="open files are told by /proc")
def test_a_file_is_let_go_when_what_stands_here_cannot_be_read(room: Room, tmp_path: Path) -> None:
    """The plan is made, and then the archive does not say who wrote what stands here."""
    there = Traveller(room.desk, tmp_path / "away")
    there.write({1: "Their opening."})
    write(room.desk, {1: "Our opening."}, HERE)
    path = there.back()
    with sqlite3.connect(room.desk.archive.database) as database:
        database.execute("DROP TABLE wordings")
    database.close()
    dialog = bring(room, path)
    soon(room.qtbot, lambda: dialog._empty.accessibleName() == "This file cannot be brought home")
    descriptors = [f"/proc/self/fd/{name}" for name in os.listdir("/proc/self/fd")]
    assert str(path) not in {os.readlink(one) for one in descriptors if os.path.lexists(one)}
    leave(room, dialog)
