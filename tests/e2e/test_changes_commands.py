"""Going through changes by command: listed with their authors, accepted, and an old version brought back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Diptych = Callable[..., Any]
STORY = "qingling-materials-signing"


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
    mine = diptych("changes", STORY, "--as", "LI Wei", "--json").json
    assert (mine["changes"], mine["accepted"]) == ([], total)
    assert f"{total} accepted changes are not shown." in diptych("changes", STORY, "--as", "LI Wei").out
    whole = diptych("changes", STORY, "--all", "--as", "LI Wei", "--json").json
    assert (len(whole["changes"]), whole["accepted"]) == (len(before), total)
    assert "not shown" not in diptych("changes", STORY, "--all", "--as", "LI Wei").out
    others = diptych("changes", STORY, "--as", "ZHAO Mingyuan", "--json").json
    assert (len(others["changes"]), others["accepted"]) == (len(before), 0)
    assert diptych("verify").code == 0


def test_it_must_be_said_which_changes(diptych: Diptych, sample: Path) -> None:
    assert diptych("accept", STORY, "--as", "LI Wei").code == 2
    assert diptych("accept", STORY, "--all", "--by", "WANG Fang", "--as", "LI Wei").code == 2
    assert diptych("accept", STORY, "--segment", "999", "--as", "LI Wei").code == 2
    assert diptych("accept", STORY, "--segment", "999", "--by", "", "--as", "LI Wei").code == 2
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


def test_restoring_names_the_sign_offs_it_would_make_stale(diptych: Diptych, sample: Path) -> None:
    assert diptych("sign", STORY, "--as", "WANG Fang", "--waive-comments", "Later.").code == 0
    versions = diptych("history", STORY, "--json").json["versions"]
    before = diptych("show", STORY, "--json").json
    assert before["stale"] is False
    refused = diptych("restore-version", STORY, "1.0", "--as", "WANG Fang")
    assert (refused.code, refused.err.count("\n")) == (5, 1)
    assert "“Revision” (WANG Fang)" in refused.err
    assert "--signed" in refused.err
    assert diptych("show", STORY, "--json").json == before
    same = diptych("restore-version", STORY, versions[-1]["version"], "--as", "WANG Fang", "--json").json
    assert (same["before"], same["version"]) == (before["version"], before["version"])
    assert diptych("restore-version", STORY, "1.0", "--signed", "--as", "WANG Fang").code == 0
    assert diptych("show", STORY, "--json").json["stale"] is True
    (listed,) = [one for one in diptych("list", "--json").json["stories"] if one["slug"] == STORY]
    assert listed["stale"] is True
    for told in (diptych("list").out, diptych("show", STORY).out):
        (line,) = [line for line in told.splitlines() if STORY in line]
        assert "· Sign-off stale" in line
    assert not any(one["stale"] for one in diptych("list", "--state", "drafting", "--json").json["stories"])


LIBRARY = "new-library-opens"


def headline(answer: Any) -> Any:
    return next(change for change in answer["changes"] if ["=", "New Library Opens Its Doors at "] in change["ops"])


def people(change: Any) -> list[str]:
    return [author["person"] for author in change["authors"]]


def test_words_are_credited_to_who_wrote_them_and_accepted_under_no_other_name(diptych: Diptych, sample: Path) -> None:
    """WANG replaced what ZHAO replaced again: the words of now are ZHAO's, WANG took out the older ones."""
    since = ("--since", "1.0")
    assert diptych("replace", "YCUT", "AAA", "--story", LIBRARY, "--as", "WANG Fang").code == 0
    assert diptych("replace", "AAA", "BBB", "--story", LIBRARY, "--as", "ZHAO Mingyuan").code == 0
    found = diptych("changes", LIBRARY, *since, "--json").json
    assert people(headline(found)) == ["ZHAO Mingyuan", "WANG Fang"]
    assert {author["change"] for author in headline(found)["authors"]} == {0}
    assert "[-YCUT-]{+BBB+}  (ZHAO Mingyuan, WANG Fang · " in diptych("changes", LIBRARY, *since).out
    accept = ("accept", LIBRARY, *since, "--as", "LI Wei", "--json", "--by")
    assert diptych(*accept, "WANG Fang").json["accepted"] == 0
    assert diptych(*accept, "ZHAO Mingyuan").json["accepted"] == 3


def test_what_comes_after_a_restored_version_is_by_who_wrote_it(diptych: Diptych, sample: Path) -> None:
    before = diptych("show", LIBRARY, "--json").json["version"]
    assert diptych("replace", "YCUT", "AAA", "--story", LIBRARY, "--as", "WANG Fang").code == 0
    restored = diptych("restore-version", LIBRARY, before, "--as", "LI Wei", "--signed", "--json").json
    since_before = diptych("changes", LIBRARY, "--since", restored["before"], "--json").json
    assert people(headline(since_before)) == ["LI Wei"], "who put the older words back"
    assert diptych("replace", "YCUT", "CCC", "--story", LIBRARY, "--as", "GU An").code == 0
    for version in (before, restored["version"]):
        assert people(headline(diptych("changes", LIBRARY, "--since", version, "--json").json)) == ["GU An"]
    accept = ("accept", LIBRARY, "--since", before, "--as", "LI Wei", "--json", "--by")
    assert diptych(*accept, "WANG Fang").json["accepted"] == 0
    assert diptych(*accept, "GU An").json["accepted"] == 3


def test_replacing_twice_leaves_both_wordings_in_the_history(diptych: Diptych, sample: Path) -> None:
    for old, new in (("YCUT", "Third"), ("Third", "Fourth")):
        assert diptych("replace", old, new, "--story", LIBRARY, "--as", "WANG Fang").code == 0
    said = [
        one["text"][-6:].strip() for one in diptych("history", LIBRARY, "--segment", "1", "--json").json["wordings"]
    ]
    assert said[-2:] == ["Third", "Fourth"]
