"""Wrong words and wrong files: one line on stderr, the contract's exit code, and nothing half written."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.e2e.conftest import Diptych

PAGE = ROOT / "resources" / "sample" / "battery-recycling-progress" / "en.txt"


def one_line(err: str) -> bool:
    return err.startswith("diptych: ") and err.count("\n") == 1 and "Traceback" not in err


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\n"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20),
        ("archive.txt", b"PK\x03\x04" + bytes(500)),
        ("noise.html", bytes(range(256)) * 40),
        ("没有 标题.txt", "浏览次数：12\n".encode()),
    ],
)
def test_unusable_file_is_refused_by_name(
    diptych: Diptych, archive: Path, tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    refused = diptych("import", tmp_path / name)
    assert (refused.code, refused.out) == (3, "")
    assert one_line(refused.err)
    assert name in refused.err
    assert diptych("list", "--json").json["stories"] == []


def test_file_of_50_mb_is_refused_with_its_size(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(50 * 2**20)
    refused = diptych("import", large)
    assert refused.code == 3
    assert "50 MB" in refused.err


def test_one_bad_file_of_a_batch_leaves_nothing(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"")
    assert diptych("import", PAGE, tmp_path / "bad.txt").code == 3
    assert diptych("list", "--json").json["stories"] == []


def test_name_with_spaces_and_chinese_comes_in(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    shutil.copy(PAGE, tmp_path / "新 闻 稿 final-v3.txt")
    assert diptych("import", tmp_path / "新 闻 稿 final-v3.txt").code == 0


def test_dry_run_writes_nothing(diptych: Diptych, archive: Path) -> None:
    dry = diptych("import", PAGE, "--dry-run", "--json")
    assert dry.code == 0
    assert dry.json["stories"][0]["headline"]["en"]
    assert diptych("list", "--json").json["stories"] == []


@pytest.mark.parametrize(
    "words",
    [
        ["segmnt"],
        ["import"],
        ["import", "--source", "only.txt"],
        ["list", "--state", "asleep"],
        ["show"],
        ["show", "no-such-story"],
        ["sign", "no-such-story"],
        ["people"],
        ["export", "x", "--to", "betamax", "-o", "y"],
        ["check"],
        ["list", "--no-such-option"],
        ["list", "--as", "NOBODY", "--json", "extra"],
    ],
)
def test_wrong_usage_ends_with_2(diptych: Diptych, archive: Path, words: list[str]) -> None:
    refused = diptych(*words)
    assert (refused.code, refused.out) == (2, "")
    assert one_line(refused.err)


def test_missing_and_newer_and_damaged_archives_end_with_4(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    assert diptych("--archive", tmp_path / "nowhere", "list").code == 4
    newer = tmp_path / "newer"
    shutil.copytree(archive, newer)
    with sqlite3.connect(newer / "archive.sqlite") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999_from_the_future'")
    refused = diptych("--archive", newer, "list")
    assert refused.code == 4
    assert one_line(refused.err)
    damaged = tmp_path / "damaged"
    shutil.copytree(archive, damaged)
    (damaged / "archive.sqlite").write_bytes(b"this is no database" * 500)
    refused = diptych("--archive", damaged, "list")
    assert refused.code == 4
    assert one_line(refused.err)


def test_read_only_archive_can_be_read_and_refuses_to_be_written(diptych: Diptych, archive: Path) -> None:
    assert diptych("import", PAGE, "--as", "LI").code == 0
    for path in (archive / "archive.sqlite", archive):
        path.chmod(path.stat().st_mode & ~0o222)
    try:
        before = (archive / "archive.sqlite").read_bytes()
        assert len(diptych("list", "--json").json["stories"]) == 1
        refused = diptych("import", PAGE, "--as", "LI")
        assert refused.code == 4
        assert one_line(refused.err)
        assert (archive / "archive.sqlite").read_bytes() == before
    finally:
        archive.chmod(0o755)
        (archive / "archive.sqlite").chmod(0o644)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit on file sizes to set on Windows")
def test_full_disk_refuses_and_leaves_the_archive_whole(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])));"
        "from desktop_app.__main__ import main; sys.argv[1:] = sys.argv[2:]; sys.exit(main())"
    )
    room = (archive / "archive.sqlite").stat().st_size + 4096
    done = subprocess.run(
        [sys.executable, "-c", limited, str(room), "--archive", str(archive), "import", *[str(PAGE)] * 20],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 4, done.stderr
    assert one_line(done.stderr)
    assert diptych("list", "--json").json["stories"] == []
    assert diptych("verify").code == 0


def test_errors_are_translated(diptych: Diptych, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    refused = diptych("show", "no-such-story")
    assert refused.code == 2
    assert "稿件" in refused.err


def test_json_answers_stand_alone_on_stdout(diptych: Diptych, archive: Path) -> None:
    assert diptych("import", PAGE, "--json").json["stories"]
    assert diptych("-q", "import", PAGE).out == ""


@pytest.mark.parametrize("blank", ["", " ", "\t\n"])
def test_a_blank_name_of_a_person_or_an_archive_is_wrong_usage(diptych: Diptych, archive: Path, blank: str) -> None:
    for option in ("--as", "-a"):
        for words in ((option, blank, "list"), ("list", option, blank)):
            refused = diptych(*words)
            assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)
            assert "names nothing" in refused.err


def test_advice_in_chinese_follows_without_a_space(
    diptych: Diptych, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    said = diptych("show", "nothing").err
    assert "。" in said
    assert "。 " not in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("list", "--as", "Nobody Here"), "Nobody here is called “Nobody Here”"),
        (("show", "x", "--as", "Nobody Here"), "Nobody here is called “Nobody Here”"),
        (("export", "--state", "approved", "--to", "nitf", "-o", "-"), "not written to stdout"),
        (("events", "export", "-o", "-"), "not written to stdout"),
        (("people",), "A command is missing"),
        (("conflicts",), "A command is missing"),
        (("verify", "one", "two"), "More was given than the command takes: “one two”"),
    ],
)
def test_slips_of_the_command_line_are_wrong_usage(
    diptych: Diptych, archive: Path, words: tuple[str, ...], said: str
) -> None:
    refused = diptych(*words)
    assert (refused.code, refused.out) == (2, "")
    assert one_line(refused.err)
    assert said in refused.err
