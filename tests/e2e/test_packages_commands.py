"""Going offline by command: pack, unpack, work there, pack to go home, and who has what since when."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli.program import run

Diptych = Callable[..., Any]


@pytest.fixture
def story(diptych: Diptych, archive: Path, tmp_path: Path) -> str:
    (tmp_path / "zh.txt").write_text("学校举行运动会\n\n三百名学生参加了比赛。\n", encoding="utf-8")
    (tmp_path / "en.txt").write_text("Sports Meeting\n\nThree hundred students competed.\n", encoding="utf-8")
    pair = ("--source", tmp_path / "zh.txt", "--target", tmp_path / "en.txt")
    slug = diptych("import", *pair, "--as", "LI Wen", "--json").json["stories"][0]["slug"]
    assert diptych("submit", slug, "--as", "LI Wen").code == 0
    return slug


def test_a_story_goes_out_is_worked_on_and_goes_home(
    diptych: Diptych, archive: Path, story: str, tmp_path: Path
) -> None:
    out = tmp_path / "out.diptych"
    packed = diptych("pack", story, "-o", out, "--for", "WANG Fang", "--as", "ZHAO Min", "--json")
    assert packed.code == 0, packed.err
    (file,) = packed.json["files"]
    assert file == {"path": str(out), "sha256": hashlib.sha256(out.read_bytes()).hexdigest()}
    identity = diptych("show", story, "--json").json["id"]
    assert packed.json["stories"] == [identity]
    assert packed.json["package"]

    (loan,) = diptych("loans", "list", "--json").json["loans"]
    assert (loan["slug"], loan["person"], loan["open"], loan["late"]) == (story, "WANG Fang", True, False)
    assert loan["package"] == packed.json["package"]
    assert "WANG Fang" in diptych("loans", "list").out

    made = diptych("unpack", out, tmp_path / "small", "--json")
    assert made.code == 0, made.err
    assert made.json["for"] == "WANG Fang"
    assert made.json["stories"] == [identity]
    away = ("-a", tmp_path / "small")
    assert diptych(*away, "verify").code == 0
    assert diptych(*away, "show", story, "--json").json["state"] == "submitted"
    assert diptych(*away, "claim", story).code == 0
    assert diptych(*away, "sign", story, "--step", "revision").code == 0

    home = diptych(*away, "pack", "-o", tmp_path / "home.diptych", "--json")
    assert home.code == 0, home.err
    assert (home.json["edition"], home.json["stories"]) == (1, [identity])
    refused = diptych("unpack", tmp_path / "home.diptych", tmp_path / "no")
    assert refused.code == 3
    assert "merge" in refused.err


def test_a_small_archive_goes_home_whole_and_says_so(diptych: Diptych, story: str, tmp_path: Path) -> None:
    other = diptych("import", tmp_path / "zh.txt", "--as", "LI Wen", "--json").json["stories"][0]["slug"]
    assert diptych("pack", story, other, "-o", tmp_path / "x.diptych", "--for", "LI Wen").code == 0
    assert diptych("unpack", tmp_path / "x.diptych", tmp_path / "small").code == 0
    away = ("-a", tmp_path / "small")
    done = diptych(*away, "pack", story, "-o", tmp_path / "home.diptych")
    assert done.code == 0
    assert "Packed 2 stories to be sent home" in done.out
    assert "goes home as a whole" in done.err
    assert diptych(*away, "loans", "list", "--json").json["loans"] == []
    assert diptych("merge", tmp_path / "home.diptych", "--as", "ZHAO Min").code == 0
    assert "goes home" not in diptych(*away, "pack", story, other, "-o", tmp_path / "again.diptych").err
    lost = diptych(*away, "pack", "-o", tmp_path / "zh.txt" / "home.diptych")
    assert (lost.code, "zh.txt" in lost.err) == (4, True)


def test_a_loan_is_ended_with_a_note(diptych: Diptych, story: str, tmp_path: Path) -> None:
    assert diptych("pack", story, "-o", tmp_path / "x.diptych", "--for", "LI Wen").code == 0
    assert diptych("loans", "end", story).code == 5
    ended = diptych("loans", "end", story, "--note", "laptop lost", "--json")
    assert ended.code == 0
    assert [loan["open"] for loan in ended.json["loans"]] == [False]
    assert "laptop lost" in ended.json["loans"][0]["ended"]
    assert diptych("loans", "list", "--json").json == {"loans": []}
    assert len(diptych("loans", "list", "--all", "--json").json["loans"]) == 1
    assert diptych("loans", "end", story, "--note", "again").code == 2


def test_a_loan_is_ended_by_those_whom_it_concerns(diptych: Diptych, story: str, tmp_path: Path) -> None:
    for person in ("WANG Fang", "LI Wen"):
        assert diptych("pack", story, "-o", tmp_path / "x.diptych", "--for", person, "--as", "ZHAO Min").code == 0
    refused = diptych("loans", "end", story, "--note", "lost", "--as", "LI Wen")
    assert refused.code == 5
    assert "ZHAO Min" in refused.err
    assert len(diptych("loans", "list", "--json").json["loans"]) == 2
    assert diptych("loans", "end", story, "--note", "lost", "--as", "LI Wen", "--person", "LI Wen").code == 0
    (left,) = diptych("loans", "list", "--json").json["loans"]
    assert left["person"] == "WANG Fang"


def test_what_cannot_be_packed_or_unpacked_says_why(
    diptych: Diptych, archive: Path, story: str, tmp_path: Path
) -> None:
    assert diptych("pack", "-o", tmp_path / "x.diptych").code == 2
    assert diptych("pack", "nowhere", "-o", tmp_path / "x.diptych").code == 2
    assert diptych("pack", story, "-o", tmp_path / "x.diptych", "--for", "NOBODY").code == 2
    assert diptych("pack", story, "-o", archive / "archive.sqlite" / "x.diptych").code == 4
    (tmp_path / "noise.diptych").write_bytes(b"PK\x03\x04 noise")
    assert diptych("unpack", tmp_path / "noise.diptych", tmp_path / "small").code == 3
    assert diptych("unpack", tmp_path / "none.diptych", tmp_path / "small").code == 3
    assert diptych("pack", story, "-o", tmp_path / "x.diptych").code == 0
    assert diptych("unpack", tmp_path / "x.diptych", archive).code == 4
    answer = diptych("-a", tmp_path / "x.diptych", "list")
    assert answer.code == 4
    assert "unpack" in answer.err
    answer = diptych("restore", tmp_path / "x.diptych", tmp_path / "small")
    assert answer.code == 3
    assert "unpack" in answer.err
    assert not (tmp_path / "small").exists()


def test_a_package_alone_opens_the_window_on_it(diptych: Diptych, story: str, tmp_path: Path) -> None:
    diptych("pack", story, "-o", tmp_path / "X.DIPTYCH")
    opened: list[Path | None] = []

    def window(archive: Path | None) -> int:
        opened.append(archive)
        return 0

    def probe() -> None:
        raise AssertionError("a trial of the window was asked for")

    assert run([str(tmp_path / "X.DIPTYCH")], window=window, probe_window=probe) == 0
    assert opened == [tmp_path / "X.DIPTYCH"]
