"""The commands about events: listing, writing to files, and checking a file against the archive."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.e2e.conftest import Diptych

SAMPLE = ROOT / "resources" / "sample" / "battery-recycling-progress"
KEYS = {
    "number", "at", "person", "name", "account", "kind", "operation", "text", "note", "stories", "slug", "headline",
    "hash",
}  # fmt: skip


@pytest.fixture
def story(diptych: Diptych, archive: Path) -> str:
    """A story that was submitted and sent back."""
    answer = diptych("import", "--source", SAMPLE / "zh.txt", "--target", SAMPLE / "en.txt", "--as", "LI", "--json")
    slug = str(answer.json["stories"][0]["slug"])
    assert diptych("submit", slug, "--as", "LI").code == 0
    assert diptych("claim", slug, "--as", "WANG").code == 0
    assert diptych("return", slug, "--as", "WANG", "--note", "=Look at the names.").code == 0
    return slug


def listed(diptych: Diptych, *words: object) -> list[dict[str, Any]]:
    answer = diptych("events", *words, "--json")
    assert answer.code == 0, answer.err
    return list(answer.json["events"])


def test_events_are_listed_newest_first_with_the_chains_head(diptych: Diptych, story: str) -> None:
    answer = diptych("events", "--json").json
    assert set(answer) == {"events", "total", "head"}
    found = answer["events"]
    assert all(set(event) == KEYS for event in found)
    numbers = [event["number"] for event in found]
    assert numbers == list(range(answer["total"], 0, -1))
    assert answer["head"] == {"number": numbers[0], "hash": found[0]["hash"], "at": found[0]["at"]}
    assert (found[0]["text"], found[0]["note"]) == ("Returned the story to its drafter", "=Look at the names.")
    assert found[0]["slug"] == story
    page = listed(diptych, "--limit", 2, "--after", numbers[1])
    assert [event["number"] for event in page] == numbers[2:4]
    told = diptych("events", "--limit", 3).out
    assert "Returned the story to its drafter “=Look at the names.”" in told
    assert f"3 of {answer['total']} events." in told
    assert answer["head"]["hash"] in told


def test_filters_of_the_list(diptych: Diptych, story: str) -> None:
    assert {event["name"] for event in listed(diptych, "--person", "WANG")} == {"WANG Fang"}
    assert {event["slug"] for event in listed(diptych, "--story", story)} == {story}
    assert {e["kind"] for e in listed(diptych, "--kind", "review", "--kind", "transfer")} == {"review", "transfer"}
    assert [event["operation"] for event in listed(diptych, "--text", "names look")] == ["story returned"]
    assert listed(diptych, "--until", "2001-01-01") == []
    assert len(listed(diptych, "--since", "2001-01-01")) == len(listed(diptych))
    for wrong in (
        ("--story", "no-such-story"), ("--person", "NOBODY"), ("--since", "yesterday"), ("--kind", "gossip"),
        ("--limit", 0),
    ):  # fmt: skip
        refused = diptych("events", *wrong)
        assert refused.code == 2
        assert refused.err.startswith("diptych: ")
        assert refused.err.count("\n") == 1


def test_a_table_and_json_lines_are_written(diptych: Diptych, story: str, tmp_path: Path) -> None:
    total = diptych("events", "--json").json["total"]
    done = diptych("events", "export", "-o", tmp_path / "e.csv", "--json").json
    assert (done["count"], done["head"]["number"]) == (total, total)
    rows = list(csv.reader((tmp_path / "e.csv").read_text("utf-8-sig").splitlines()))
    assert rows[-1][5] == "'=Look at the names."
    for words in (["events", "export", "--person", "WANG"], ["events", "--person", "WANG", "export"]):
        done = diptych(*words, "-o", tmp_path / "wang.jsonl", "--json").json
        assert done["count"] == 2
    lines = (tmp_path / "wang.jsonl").read_text("utf-8").splitlines()
    assert "filtered" in json.loads(lines[0])
    assert diptych("events", "export", "-o", tmp_path / "e.txt", "--form", "jsonl").code == 0
    assert diptych("events", "export", "-o", tmp_path / "e.doc").code == 2
    assert diptych("events", "export").code == 2


def test_verify_tells_the_chains_head(diptych: Diptych, story: str) -> None:
    answer = diptych("verify", "--json").json
    assert set(answer) == {"ok", "checked", "problems", "head"}
    assert answer["head"] == diptych("events", "--json").json["head"]
    assert answer["head"]["hash"] in diptych("verify").out


def test_verify_holds_a_kept_file_against_the_archive(diptych: Diptych, story: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl"
    assert diptych("events", "export", "-o", kept).code == 0
    assert diptych("people", "add", "CHEN Bo").code == 0
    answer = diptych("verify", "--events", kept, "--json")
    assert answer.code == 0
    file = answer.json["file"]
    assert file == {"events": file["last"], "last": answer.json["head"]["number"] - 1, "whole": True,
                    "differs_from": None}  # fmt: skip
    assert "goes on to event" in diptych("verify", "--events", kept).out
    lines = kept.read_text("utf-8").splitlines(keepends=True)
    kept.write_text("".join([*lines[:3], lines[3].replace('"account": "', '"account": "x'), *lines[4:]]), "utf-8")
    found = diptych("verify", "--events", kept, "--json")
    assert found.code == 1
    assert found.json["problems"] == [{"kind": "events file", "id": "4", "reason": "event 4 was altered in the file"}]
    kept.write_text("no events", "utf-8")
    refused = diptych("verify", "--events", kept)
    assert (refused.code, refused.out) == (3, "")
    assert "kept.jsonl" in refused.err


def test_a_file_of_another_archive_is_told_apart(diptych: Diptych, story: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl"
    assert diptych("events", "export", "-o", kept).code == 0
    assert diptych("init", tmp_path / "other").code == 0
    answer = diptych("verify", "--events", kept, "--json")
    assert answer.code == 1
    assert answer.json["file"]["differs_from"] == 1


def test_a_file_can_be_checked_where_there_is_no_archive(
    diptych: Diptych, story: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept.jsonl"
    assert diptych("events", "export", "-o", kept).code == 0
    monkeypatch.setenv("DIPTYCH_CONFIG_DIR", str(tmp_path / "elsewhere"))
    answer = diptych("verify", "--events", kept, "--json")
    assert answer.code == 0
    assert answer.json["ok"]
    assert "no archive was asked" in diptych("verify", "--events", kept).out
    kept.write_text(kept.read_text("utf-8").replace("LI", "LU"), "utf-8")
    assert diptych("verify", "--events", kept).code == 1
