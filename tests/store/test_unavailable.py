"""An archive that cannot be used is refused in words that help, and nothing is half written."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from office import Office

from desktop_app.desk.backups import back_up
from desktop_app.desk.desk import create_desk, open_desk
from desktop_app.desk.people import add_person, list_people
from desktop_app.desk.stories import list_stories
from desktop_app.desk.verification import verify
from desktop_app.foundation.errors import ArchiveUnavailableError
from desktop_app.foundation.ids import new_id, utc_now
from desktop_app.store.archive import Archive

DATABASE = "archive.sqlite"


def refused(act: Callable[[], object], words: str, folder: Path) -> None:
    with pytest.raises(ArchiveUnavailableError, match=words) as refusal:
        act()
    assert refusal.value.exit_code == 4
    assert refusal.value.advice is not None, "it says what to do next"
    assert str(folder) in str(refusal.value.subject)


@pytest.fixture
def closed(template: Path, tmp_path: Path) -> Path:
    """A closed archive of its own."""
    shutil.copytree(template, tmp_path / "archive")
    return tmp_path / "archive"


def truncate(database: Path) -> None:
    database.write_bytes(database.read_bytes()[:9000])


def scribble(database: Path) -> None:
    data = bytearray(database.read_bytes())
    data[4096:40960] = b"\x5a" * (40960 - 4096)
    database.write_bytes(data)


@pytest.mark.parametrize("name", ["nothing here", "folder/deeper", "x" * 300, "file"])
def test_a_missing_archive(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("no folder")
    refused(lambda: open_desk(tmp_path / name), "no archive|not a folder", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda path: path.write_bytes(b""), "not an archive of Diptych"),
        (lambda path: path.write_bytes(b"PK\x03\x04" + b"no database" * 1000), "damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:50]), "damaged"),
        (truncate, "damaged"),
        (scribble, "damaged"),
    ],
    ids=["empty", "another file", "a stump", "cut short", "overwritten"],
)
def test_a_damaged_archive(closed: Path, damage: Callable[[Path], object], words: str) -> None:
    damage(closed / DATABASE)

    def use() -> None:
        desk = open_desk(closed)
        try:
            list_people(desk)
            list_stories(desk)
            add_person(desk, "HE Jing")
        finally:
            desk.close()

    refused(use, words, closed)


def test_another_programs_database(closed: Path) -> None:
    (closed / DATABASE).unlink()
    with closing(sqlite3.connect(closed / DATABASE)) as connection:
        connection.execute("CREATE TABLE notes (text)")
    refused(lambda: open_desk(closed), "not an archive of Diptych", closed)


def test_a_read_only_archive_can_be_read_and_says_why_it_cannot_be_written(closed: Path) -> None:
    (closed / DATABASE).chmod(0o444)
    before = {path.name for path in closed.iterdir()}
    desk = open_desk(closed)
    assert len(list_people(desk)) == 5
    assert verify(desk).problems == ()
    refused(lambda: add_person(desk, "HE Jing"), "only be read", closed)
    desk.close()
    assert {path.name for path in closed.iterdir()} == before, "looking leaves nothing behind"


def test_an_archive_on_a_read_only_disk_with_unfinished_writes_still_opens(office: Office, tmp_path: Path) -> None:
    """A write-ahead log that a crash left is read too, not passed over."""
    add_person(office.desk, "HE Jing")
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in (DATABASE, DATABASE + "-wal"):
        shutil.copy(office.desk.folder / name, copy / name)
    (copy / DATABASE).chmod(0o444)
    desk = open_desk(copy)
    assert [person.name for person in list_people(desk)][-1] == "HE Jing"
    desk.close()


def test_a_second_archive_is_not_made_over_the_first(closed: Path) -> None:
    before = (closed / DATABASE).read_bytes()
    refused(lambda: create_desk(closed), "archive in this folder already", closed)
    assert (closed / DATABASE).read_bytes() == before


def test_an_archive_is_not_made_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    refused(lambda: create_desk(tmp_path / "file"), "not a folder", tmp_path)
    refused(lambda: create_desk(tmp_path / "file" / "archive"), "not a folder", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_an_archive_whose_making_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail(_unit: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Archive.create(tmp_path / "archive", now=utc_now, new_id=new_id, account="test", first=fail)
    assert list(tmp_path.iterdir()) == []


def test_a_busy_archive_says_so_and_goes_on_afterwards(office: Office) -> None:
    story = office.story()
    with closing(sqlite3.connect(office.desk.archive.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused(lambda: office.write(story, "While it is busy."), "another program is writing", office.desk.folder)
        assert office.segments(story)[1].target == "Paragraph 0, one.", "reading goes on"
        other.execute("ROLLBACK")
    office.write(story, "Now.")
    assert office.segments(story)[1].target == "Now."
    assert verify(office.desk).problems == ()


def test_words_in_a_story_are_not_taken_for_an_error_of_the_disk(office: Office) -> None:
    """A failing statement is quoted with its values; they must not decide what the person is told."""
    story = office.story()
    with office.desk.archive.read() as session:
        again = next(iter(session.connection().exec_driver_sql("SELECT id FROM segments LIMIT 1")))[0]
    with pytest.raises(Exception, match="UNIQUE") as failure, office.desk.archive.write() as unit:
        unit.session.connection().exec_driver_sql(
            "INSERT INTO segments SELECT id, story, block, position, 'database disk image is malformed', target, "
            "status, locked FROM segments WHERE id = ?",
            (again,),
        )
    assert not isinstance(failure.value, ArchiveUnavailableError)
    assert office.segments(story)


# ---- a full disk

FILLING = """
import json, resource, sys
from pathlib import Path
from desktop_app.desk.desk import create_desk, open_desk
from desktop_app.desk.people import add_person
from desktop_app.foundation.errors import ArchiveUnavailableError
what, folder, limit = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
desk = open_desk(folder) if what == "write" else None
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
added = 0
try:
    if what == "create":
        create_desk(folder)
    else:
        while added < 5000:
            add_person(desk, f"PERSON {added:05d}", zh="名" * 200)
            added += 1
except ArchiveUnavailableError as error:
    print(json.dumps({"reason": str(error), "advice": str(error.advice), "added": added}))
"""


def in_little_room(what: str, folder: Path, limit: int) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", FILLING, what, str(folder), str(limit)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.skipif(sys.platform == "win32", reason="limits are of POSIX")
@pytest.mark.parametrize("limit", [4096, 40_000, 150_000])
def test_an_archive_is_not_made_where_there_is_no_room(tmp_path: Path, limit: int) -> None:
    told = in_little_room("create", tmp_path / "archive", limit)
    assert "nothing was written" in told["reason"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="limits are of POSIX")
def test_a_write_that_finds_no_room_leaves_what_was_there(closed: Path) -> None:
    limit = (closed / DATABASE).stat().st_size + 100_000
    told = in_little_room("write", closed, limit)
    assert "nothing was written" in told["reason"]
    desk = open_desk(closed)
    assert len(list_people(desk)) == 5 + int(told["added"])
    assert verify(desk).problems == ()
    add_person(desk, "HE Jing")
    desk.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB, where the test may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", place]
    mounted = subprocess.run(mount, capture_output=True, check=False)
    if mounted.returncode != 0:
        pytest.skip("no right to mount a small disk")
    yield place
    subprocess.run(["umount", place], check=True)


def fill(disk: Path) -> Path:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 4096):
            pass
    return filler


def test_a_full_disk(template: Path, small_disk: Path) -> None:
    office = Office.moved(template, small_disk / "archive")
    with closing(office.desk):
        story = office.story()
        filler = fill(small_disk)
        last = office.segments(story)[1].target
        with pytest.raises(ArchiveUnavailableError, match=r"full|disk"):  # noqa: PT012 - the room may last for a while
            for number in range(2000):
                office.write(story, f"Text {number} " * 50)
                last = f"Text {number} " * 50
        assert office.segments(story)[1].target == last, "the last write that was acknowledged, and no other"
        refused(lambda: back_up(office.desk, small_disk / "backup.zip"), "written|full", small_disk)
        assert {path.name for path in small_disk.iterdir()} == {"archive", "filler"}
        filler.unlink()
        office.write(story, "There is room again.")
        assert verify(office.desk).problems == ()
