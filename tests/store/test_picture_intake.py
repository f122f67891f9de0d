"""Pictures taken in for one place of a story: the catalogue has them once, and no place is filled behind one's back."""

import io
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.desk.desk import Desk, Progress
from desktop_app.desk.picture_intake import Snapshot, placed, take_in
from desktop_app.desk.pictures import list_pictures
from desktop_app.domain.story import Bilingual, Placement
from desktop_app.foundation.errors import CancelledError
from desktop_app.foundation.messages import N_
from tests.founding import found_desk


@pytest.fixture
def desk(tmp_path):
    opened = found_desk(tmp_path / "archive")
    yield opened
    opened.close()


def png(color: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (24, 16), color).save(buffer, "PNG")
    return buffer.getvalue()


def test_files_and_snapshots_keep_their_order_and_come_once(desk: Desk, tmp_path: Path) -> None:
    for name, color in (("b.png", "red"), ("a.png", "blue")):
        (tmp_path / name).write_bytes(png(color))
    taken = take_in(desk, [tmp_path / "b.png", Snapshot("c.png", png("green")), tmp_path / "a.png"], by=None)
    assert [one.picture.file for one in taken.pictures] == ["b.png", "c.png", "a.png"]
    again = take_in(desk, [tmp_path / "a.png", Snapshot("other.png", png("blue"))], by=None)
    assert [(one.picture.file, one.new) for one in again.pictures] == [("a.png", False)]
    assert len(list_pictures(desk)) == 3


def test_what_is_no_picture_is_told_by_name(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no", "utf-8")
    taken = take_in(desk, [tmp_path / "notes.txt", Snapshot("bad.png", b"\x89PNG"), tmp_path / "gone.png"], by=None)
    assert taken.pictures == ()
    assert [Path(error.subject).name for error in taken.refused] == ["notes.txt", "bad.png", "gone.png"]
    assert list_pictures(desk) == []


def test_it_can_be_stopped_before_anything_is_kept(desk: Desk) -> None:
    def stop(_done: int, _total: int) -> None:
        raise CancelledError(N_("The job was cancelled."))

    with pytest.raises(CancelledError):
        take_in(desk, [Snapshot("c.png", png("green"))], by=None, progress=Progress(report=stop))
    assert list_pictures(desk) == []


def test_a_place_keeps_its_own_words(desk: Desk) -> None:
    picture = take_in(desk, [Snapshot("c.png", png("green"))], by=None).pictures[0].picture
    place = placed(picture, Placement("1.jpg", caption=Bilingual("张讲话", "ZHANG speaks")))
    assert (place.file, place.picture, place.caption.en) == ("c.png", picture.id, "ZHANG speaks")
    assert placed(picture).payload == picture.payload
