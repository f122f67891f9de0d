"""Going through changes by command: listed with their authors, accepted, and an old version brought back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Diptych = Callable[..., Any]
STORY = "qingling-materials-signing"


@pytest.fixture
def sample(diptych: Diptych, tmp_path: Path) -> Path:
    folder = tmp_path / "sample"
    assert diptych("sample", folder).code == 0
    return folder


def test_changes_since_the_signed_draft_name_their_author(diptych: Diptych, sample: Path) -> None:
    found = diptych("changes", STORY, "--json").json
    assert found["since"] == "1.1"
    assert {author["person"] for change in found["changes"] for author in change["authors"]} == {"WANG Fang"}
    assert all(author["at"] for change in found["changes"] for author in change["authors"])
    first = next(change for change in found["changes"] if change["side"] == "target")
    assert {sign for sign, _ in first["ops"]} >= {"=", "+"}
    told = diptych("changes", STORY).out
    assert "{+" in told
    assert "WANG Fang" in told


def test_accepted_changes_are_gone_from_the_list(diptych: Diptych, sample: Path) -> None:
    before = diptych("changes", STORY, "--json").json["changes"]
    total = sum(len(change["authors"]) for change in before)
    done = diptych("accept", STORY, "--segment", before[0]["segment"], "--as", "LI Wei", "--json").json
    assert done["accepted"] >= 1
    assert done["accepted"] + done["left"] == total
    assert diptych("accept", STORY, "--by", "WANG Fang", "--as", "LI Wei", "--json").json["left"] == 0
    assert diptych("changes", STORY, "--json").json["changes"] == []
    assert len(diptych("changes", STORY, "--accepted", "--json").json["changes"]) == len(before)
    assert diptych("verify").code == 0


def test_it_must_be_said_which_changes(diptych: Diptych, sample: Path) -> None:
    assert diptych("accept", STORY, "--as", "LI Wei").code == 2
    assert diptych("accept", STORY, "--all", "--by", "WANG Fang", "--as", "LI Wei").code == 2
    assert diptych("accept", STORY, "--segment", "999", "--as", "LI Wei").code == 2
    assert diptych("changes", STORY, "--since", "9.9").code == 2


def test_an_old_version_comes_back_as_a_new_one(diptych: Diptych, sample: Path) -> None:
    wanted = diptych("show", STORY, "--version", "1.1", "--json").json
    assert diptych("restore-version", STORY, "1.1", "--as", "LI Wei").code == 5
    done = diptych("restore-version", STORY, "1.1", "--as", "WANG Fang", "--json").json
    now = diptych("show", STORY, "--json").json
    words = [[s["target"] for s in block.get("segments", [])] for block in now["blocks"]]
    assert words == [[s["target"] for s in block.get("segments", [])] for block in wanted["blocks"]]
    assert now["version"] == done["version"]
    undone = diptych("restore-version", STORY, done["before"], "--as", "WANG Fang", "--json").json
    assert undone["restored"] == done["before"]
    assert diptych("verify").code == 0
