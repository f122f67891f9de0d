"""Answers that say what is: states, refusals in the order of what stands in the way, files as they were named."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.exchange.formats import BITEXT_READERS, READERS
from tests.e2e.conftest import Diptych
from tests.e2e.test_merging_commands import story

__all__ = ["story"]  # a fixture


def act(diptych: Diptych, story: str, *acts: tuple[str, str]) -> None:
    for name, person in acts:
        answer = diptych(name, story, "--as", person)
        assert answer.code == 0, answer.err


TO_REVISION = (("submit", "LI Wen"), ("claim", "WANG Fang"))


def test_between_two_reviews_the_next_one_is_named(diptych: Diptych, archive: Path, story: str) -> None:
    act(diptych, story, *TO_REVISION)
    for words in (("show", story), ("list",)):
        assert "In revision" in diptych(*words).out
    signed = diptych("sign", story, "--as", "WANG Fang")
    assert f"{story}: Approval waits, version" in signed.out
    for words in (("show", story), ("list",)):
        told = diptych(*words).out
        assert ("Approval waits" in told, "In revision" in told) == (True, False)
    assert diptych("show", story, "--json").json["state"] == "in revision"


def test_who_has_the_story_comes_before_the_note_that_is_missing(diptych: Diptych, archive: Path, story: str) -> None:
    act(diptych, story, *TO_REVISION)
    refused = diptych("return", story, "--as", "ZHAO Min")
    assert (refused.code, "WANG Fang has this story in revision" in refused.err) == (5, True)
    assert "Ask one of: WANG Fang." in refused.err
    lacking = diptych("return", story, "--as", "WANG Fang")
    assert (lacking.code, "--note" in lacking.err) == (5, True)
    other = diptych("withdraw", story, "--as", "LI Wen")
    assert (other.code, "--note" in other.err) == (5, False)


@pytest.mark.parametrize("name", ["submit", "claim", "unclaim", "return", "recall"])
def test_a_step_that_the_policy_has_not_is_refused(diptych: Diptych, archive: Path, story: str, name: str) -> None:
    refused = diptych(name, story, "--step", "nonsense", "--note", "Why.", "--as", "LI Wen")
    assert (refused.code, "draft, revision, approval" in refused.err) == (2, True)
    assert diptych("show", story, "--json").json["state"] == "drafting"


def test_a_file_is_called_as_it_was_named(
    diptych: Diptych, archive: Path, story: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "in"
    folder.mkdir()
    assert diptych("pack", story, "-o", "in/whole.diptych").code == 0
    (folder / "short.diptych").write_bytes((folder / "whole.diptych").read_bytes()[:-100])
    (folder / "no.jpg").write_bytes(b"no picture")
    for words in (("merge", "in/short.diptych"), ("pictures", "add", "in/no.jpg"),
                  ("terms", "export", "-o", "in/terms.odd")):  # fmt: skip
        refused = diptych(*words)
        assert refused.err.startswith(f"diptych: {words[-1]}: ")


def test_a_review_document_that_was_cut_short_is_called_one(
    diptych: Diptych, archive: Path, story: str, tmp_path: Path
) -> None:
    out = tmp_path / "out.docx"
    assert diptych("export", story, "--to", "docx-review", "--draft", "-o", out).code == 0
    out.write_bytes(out.read_bytes()[:-200])
    refused = diptych("merge", out)
    assert (refused.code, "document is damaged" in refused.err, "package" in refused.err) == (3, True, False)


def test_all_endings_that_can_be_imported_are_named(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    page = tmp_path / "drawing.svg"
    page.write_text("<svg/>", "utf-8")
    refused = diptych("import", page)
    taken = {suffix for reader in (*READERS, *BITEXT_READERS) for suffix in reader.suffixes if suffix}
    assert {".xlf", ".txt"} <= taken
    assert (refused.code, [suffix for suffix in taken if suffix not in refused.err]) == (3, [])


def test_what_to_do_about_a_damaged_archive_is_a_whole_command(diptych: Diptych, archive: Path) -> None:
    (archive / "archive.sqlite").write_bytes(b"SQLite format 3\0" + bytes(5000))
    refused = diptych("list")
    assert (refused.code, refused.err.rstrip().endswith("“diptych restore FILE DIR”.")) == (4, True)


@pytest.mark.parametrize(
    "words",
    [("pack", "STORY"), ("backup",), ("export", "STORY", "--to", "tmx", "--draft"), ("memory", "export"),
     ("terms", "export"), ("events", "export")],
)  # fmt: skip
def test_a_folder_that_is_missing_is_made(
    diptych: Diptych, archive: Path, story: str, tmp_path: Path, words: tuple[str, ...]
) -> None:
    given = [story if word == "STORY" else word for word in words]
    ending = {"pack": ".diptych", "backup": ".zip", "events": ".csv", "terms": ".csv"}.get(words[0], ".tmx")
    target = tmp_path / "new" / "newer" / f"file{ending}"
    answer = diptych(*given, "-o", target, "--as", "LI Wen")
    assert answer.code == 0, answer.err
    assert target.is_file()
    (tmp_path / "file").write_text("no folder", "utf-8")
    assert diptych(*given, "-o", tmp_path / "file" / f"x{ending}", "--as", "LI Wen").code == 4


def test_a_passphrase_file_that_is_not_there_is_input(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    refused = diptych(
        "keys", "new", "LI Wen", "--in-file", "--passphrase-file", tmp_path / "none.txt", "--as", "LI Wen"
    )
    assert (refused.code, "none.txt" in refused.err) == (3, True)


def test_a_format_without_layouts_takes_none(diptych: Diptych, archive: Path, story: str, tmp_path: Path) -> None:
    given = ("export", story, "--to", "nitf", "--draft", "-o", tmp_path / "x.xml")
    refused = diptych(*given, "--layout", "english")
    assert (refused.code, (tmp_path / "x.xml").exists()) == (2, False)
    assert diptych(*given).code == 0


def test_all_of_a_state_go_into_a_folder_even_one(diptych: Diptych, archive: Path, story: str, tmp_path: Path) -> None:
    act(diptych, story, *TO_REVISION, ("sign", "WANG Fang"), ("sign", "ZHAO Min"))
    given = ("export", "--state", "approved", "--to", "nitf", "-o")
    (one,) = diptych(*given, tmp_path / "ex" / "dir", "--json").json["files"]
    assert Path(one["path"]).parent == tmp_path / "ex" / "dir"
    (one,) = diptych(*given, tmp_path / "ex" / "one.xml", "--json").json["files"]
    assert Path(one["path"]) == tmp_path / "ex" / "one.xml"


@pytest.mark.parametrize(
    ("place", "slug"), [("in/zh2.txt", "zh2"), ("in/zh.txt", "zh"), ("spring-meeting/zh.txt", "spring-meeting"),
                        ("12/zh.txt", "12"), ("in/运动会.txt", "story-")],
)  # fmt: skip
def test_a_chinese_story_is_called_after_what_tells_something(
    diptych: Diptych, archive: Path, tmp_path: Path, place: str, slug: str
) -> None:
    page = tmp_path / place
    page.parent.mkdir()
    page.write_text("学校举行运动会\n\n三百名学生参加了比赛。\n", "utf-8")
    made = diptych("import", page, "--as", "LI Wen", "--json").json["stories"][0]["slug"]
    assert made.startswith(slug) if slug.endswith("-") else made == slug


def test_a_picture_without_a_place_is_told_how_it_gets_one(
    diptych: Diptych, archive: Path, story: str, tmp_path: Path
) -> None:
    picture = tmp_path / "hall.png"
    picture.write_bytes(_PNG)
    added = diptych("pictures", "add", picture, "--json").json["pictures"][0]["id"]
    refused = diptych("pictures", "place", story, added, "--as", "LI Wen")
    assert (refused.code, "has no place for a picture" in refused.err, "Insert" in refused.err) == (2, True, True)


_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


@pytest.mark.proof
def test_self_test_says_nothing_beside_its_answer() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "self-test"], capture_output=True, text=True, timeout=300, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
