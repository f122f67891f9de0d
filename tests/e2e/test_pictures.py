"""The picture catalogue by command."""

import shutil
from pathlib import Path

from tests.conftest import ROOT
from tests.e2e.conftest import Diptych

STORY = ROOT / "resources" / "sample" / "battery-recycling-progress"


def test_placeholders_of_an_import_are_linked_by_their_folder(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    shutil.copy(STORY / "en.txt", tmp_path)
    story = diptych("import", tmp_path / "en.txt", "--as", "LI", "--json").json["stories"][0]
    waiting = [block for block in story["blocks"] if block["kind"] == "picture"]
    assert waiting
    assert all(block["picture"] is None for block in waiting)
    done = diptych("pictures", "link", story["id"], STORY, "--as", "LI", "--json")
    assert done.json["linked"] == len(waiting)
    linked = [b for b in diptych("show", story["id"], "--json").json["blocks"] if b["kind"] == "picture"]
    assert all(block["picture"] for block in linked)
    assert [b["caption"] for b in linked] == [b["caption"] for b in waiting]
    assert diptych("pictures", "show", linked[0]["picture"], "--json").json["used_in"] == [story["slug"]]


def test_altered_master_is_found(diptych: Diptych, archive: Path) -> None:
    picture = next(STORY.glob("*.jpg"))
    words = ("--caption-en", "A caption", "--caption-zh", "图片说明", "--credit", "LI Wen")
    added = diptych("pictures", "add", picture, *words, "--json").json["pictures"][0]
    assert added["captions"] == {"zh": "图片说明", "en": "A caption"}
    assert diptych("pictures", "verify").code == 0
    master = next(path for path in (archive / "originals").rglob(f"*{added['sha256'][4:]}*") if path.is_file())
    assert master.read_bytes() == picture.read_bytes()
    master.chmod(0o644)
    data = bytearray(master.read_bytes())
    data[-1] ^= 1
    master.write_bytes(data)
    found = diptych("verify", "--json")
    assert found.code == 1
    assert [problem["kind"] for problem in found.json["problems"]] == ["original"]
    assert diptych("pictures", "verify").code == 1


def test_embedded_copies_carry_the_words_and_the_same_pixels(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    picture = next(STORY.glob("*.jpg"))
    added = diptych("pictures", "add", picture, "--caption-en", "Words inside", "--json").json["pictures"][0]
    out = diptych("pictures", "embed", "-o", tmp_path / "copies", "--json").json["files"][0]["path"]
    assert b"Words inside" in Path(out).read_bytes()
    again = diptych("pictures", "add", out, "--json").json["pictures"][0]
    assert again["payload"] == added["payload"]
    assert again["sha256"] != added["sha256"]
    assert diptych("pictures", "duplicates").code == 1


def test_words_for_a_known_picture_are_taken_and_an_empty_one_clears(diptych: Diptych, archive: Path) -> None:
    picture = next(STORY.glob("*.jpg"))
    diptych("pictures", "add", picture, "--caption-en", "Wrong")
    again = diptych("pictures", "add", picture, "--caption-en", "Right", "--person", "GU An", "--date", "2024-03-05")
    assert again.code == 0
    shown = diptych("pictures", "show", picture.name, "--json").json["pictures"][0]
    assert (shown["captions"]["en"], shown["people"], shown["date"]) == ("Right", ["GU An"], "2024-03-05")
    assert diptych("pictures", "describe", picture.name, "--caption-en", "").code == 0
    assert diptych("pictures", "show", picture.name, "--json").json["pictures"][0]["captions"]["en"] == ""


def test_day_that_does_not_exist_is_refused(diptych: Diptych, archive: Path) -> None:
    picture = next(STORY.glob("*.jpg"))
    assert diptych("pictures", "add", picture, "--date", "2025-02-30").code == 2
    assert diptych("pictures", "list", "--json").json["pictures"] == []
