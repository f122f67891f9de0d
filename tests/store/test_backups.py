"""A backup holds the whole archive and brings it back; what is no whole backup is refused and leaves nothing."""

import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from office import Office
from PIL import Image

from desktop_app.desk import pictures
from desktop_app.desk.backups import back_up, restore
from desktop_app.desk.desk import Progress, opened
from desktop_app.desk.stories import list_stories, open_story
from desktop_app.desk.verification import verify
from desktop_app.foundation.errors import ArchiveUnavailableError, CancelledError, InputRefusedError, WrongUsageError
from desktop_app.foundation.messages import N_


@pytest.fixture
def worked(office: Office, tmp_path: Path) -> Office:
    Image.new("RGB", (32, 24), (10, 90, 200)).save(tmp_path / "1.jpg")
    pictures.add_pictures(office.desk, [tmp_path / "1.jpg"], by=office["sun"])
    story = office.story(slug="signed")
    office.through(story, ["li:submit", "wang:claim", "wang:edit", "wang:sign", "zhao:sign"])
    return office


def test_a_restored_archive_is_the_one_that_was_backed_up(worked: Office, tmp_path: Path) -> None:
    backup, place = tmp_path / "backup.zip", tmp_path / "deep" / "restored"
    back_up(worked.desk, backup)
    restore(backup, place)
    with opened(place) as desk:
        assert verify(desk).problems == ()
        assert verify(desk).checked == verify(worked.desk).checked
        assert open_story(desk, "signed").story == open_story(worked.desk, "signed").story
        (master,) = [path for path in desk.archive.originals.rglob("*") if path.is_file()]
        assert master.stat().st_mode & 0o222 == 0, "masters stay read-only"


def test_two_backups_of_one_state_are_equal_byte_for_byte(worked: Office, tmp_path: Path) -> None:
    back_up(worked.desk, tmp_path / "a.zip")
    back_up(worked.desk, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_backup_is_whole_while_somebody_writes(worked: Office, tmp_path: Path) -> None:
    story = worked.story(slug="typed")
    written = [0]

    def type_on(_done: int, _total: int) -> None:
        written[0] += 1
        worked.write(story, f"Edit {written[0]}.")

    back_up(worked.desk, tmp_path / "backup.zip", progress=Progress(type_on))
    assert written[0]
    restore(tmp_path / "backup.zip", tmp_path / "restored")
    with opened(tmp_path / "restored") as desk:
        assert verify(desk).problems == ()
        assert {line.summary.slug for line in list_stories(desk)} == {"signed", "typed"}


def test_what_is_damaged_in_the_archive_is_backed_up_all_the_same_and_found(worked: Office, tmp_path: Path) -> None:
    (master,) = [path for path in worked.desk.archive.originals.rglob("*") if path.is_file()]
    master.chmod(0o644)
    master.write_bytes(b"altered")
    (worked.desk.archive.originals / "notes.txt").write_text("not ours")
    told = back_up(worked.desk, tmp_path / "backup.zip")
    assert told == verify(worked.desk).problems[-1:]
    assert "altered" in str(told[0].reason)
    restore(tmp_path / "backup.zip", tmp_path / "restored")
    with opened(tmp_path / "restored") as desk:
        assert [problem.kind for problem in verify(desk).problems] == ["original"]


def test_a_backup_tells_that_an_original_is_missing(worked: Office, tmp_path: Path) -> None:
    assert back_up(worked.desk, tmp_path / "before.zip") == ()
    (master,) = [path for path in worked.desk.archive.originals.rglob("*") if path.is_file()]
    master.unlink()
    (problem,) = back_up(worked.desk, tmp_path / "backup.zip")
    assert (problem.kind, problem.id) == ("original", pictures.list_pictures(worked.desk)[0].id)
    assert "missing" in str(problem.reason)
    assert (tmp_path / "backup.zip").is_file()


def test_a_folder_is_no_place_for_a_backup(worked: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    for folder in (Path(), tmp_path, Path("..")):
        with pytest.raises(WrongUsageError, match="is a folder") as refusal:
            back_up(worked.desk, folder)
        assert refusal.value.advice is not None
    with pytest.raises(ArchiveUnavailableError, match="cannot be written"):
        back_up(worked.desk, tmp_path / ("x" * 300))
    assert set(tmp_path.iterdir()) == before


def test_a_stopped_backup_leaves_nothing(worked: Office, tmp_path: Path) -> None:
    def stop() -> None:
        raise CancelledError(N_("Stopped."))

    before = set(tmp_path.iterdir())
    with pytest.raises(CancelledError):
        back_up(worked.desk, tmp_path / "backup.zip", progress=Progress(check=stop))
    assert set(tmp_path.iterdir()) == before


def test_a_backup_into_a_folder_that_is_not_there_makes_it(worked: Office, tmp_path: Path) -> None:
    back_up(worked.desk, tmp_path / "new" / "backup.zip")
    assert zipfile.is_zipfile(tmp_path / "new" / "backup.zip")


def rewritten(backup: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    with zipfile.ZipFile(backup) as source:
        files = {name: source.read(name) for name in source.namelist()}
    change(files)
    with zipfile.ZipFile(backup, "w") as target:
        for name, data in files.items():
            target.writestr(name, data)


def manifest(files: dict[str, bytes], change: Callable[[dict[str, str]], object]) -> None:
    plain = json.loads(files["diptych-backup.json"])
    change(plain["sha256"])
    files["diptych-backup.json"] = json.dumps(plain).encode()


def climb(files: dict[str, bytes]) -> None:
    files["../outside.txt"] = b""
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    manifest(files, lambda digests: digests.update({"../outside.txt": empty}))


def first_master(files: dict[str, bytes]) -> str:
    return next(name for name in files if name.startswith("originals"))


BAD: dict[str, Callable[[Path], object]] = {
    "no zip": lambda path: path.write_bytes(b"nothing"),
    "empty": lambda path: path.write_bytes(b""),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-500]),
    "a byte flipped": lambda path: path.write_bytes(
        path.read_bytes()[:2000] + bytes([path.read_bytes()[2000] ^ 1]) + path.read_bytes()[2001:]
    ),
    "no manifest": lambda path: rewritten(path, lambda files: files.pop("diptych-backup.json")),
    "a manifest of rubbish": lambda path: rewritten(path, lambda files: files.update({"diptych-backup.json": b"[1]"})),
    "deep rubbish": lambda path: rewritten(path, lambda files: files.update({"diptych-backup.json": b"[" * 200_000})),
    "no database": lambda path: rewritten(path, lambda files: files.pop("archive.sqlite")),
    "no database named": lambda path: rewritten(
        path, lambda files: manifest(files, lambda digests: digests.pop("archive.sqlite"))
    ),
    "a master altered": lambda path: rewritten(path, lambda files: files.update({first_master(files): b"other"})),
    "a master missing": lambda path: rewritten(path, lambda files: files.pop(first_master(files))),
    "a way out of the folder": lambda path: rewritten(path, climb),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_whole_backup_is_refused_and_leaves_nothing(worked: Office, tmp_path: Path, what: str) -> None:
    backup = tmp_path / "backup.zip"
    back_up(worked.desk, backup)
    BAD[what](backup)
    before = set(tmp_path.rglob("*"))
    with pytest.raises(InputRefusedError) as refusal:
        restore(backup, tmp_path / "new" / "restored")
    assert refusal.value.subject == str(backup)
    assert refusal.value.advice is not None
    assert set(tmp_path.rglob("*")) == before


def test_a_missing_backup_or_a_folder_is_refused(tmp_path: Path) -> None:
    for place in (tmp_path / "nothing.zip", tmp_path):
        with pytest.raises(InputRefusedError):
            restore(place, tmp_path / "restored")
    assert list(tmp_path.iterdir()) == []


def test_a_restore_never_writes_into_a_folder_with_something_in_it(worked: Office, tmp_path: Path) -> None:
    back_up(worked.desk, tmp_path / "backup.zip")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(ArchiveUnavailableError, match="not empty"):
        restore(tmp_path / "backup.zip", tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_an_empty_folder_stays_when_a_restore_fails(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "backup.zip").write_bytes(b"nothing")
    with pytest.raises(InputRefusedError):
        restore(tmp_path / "backup.zip", tmp_path / "empty")
    assert list((tmp_path / "empty").iterdir()) == []


def test_the_backup_before_an_upgrade_is_a_database_that_opens(worked: Office, tmp_path: Path) -> None:
    worked.desk.archive.copy_database(tmp_path / "copy.sqlite")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
