"""A file that came home already: what waits of it is told again, and decided where a side is named; also looked at."""

import zipfile
from pathlib import Path

import pytest

from tests.e2e.conftest import Diptych
from tests.e2e.test_merging_commands import answered, replace, story

__all__ = ["answered", "story"]  # fixtures of the first homecoming


def document(diptych: Diptych, archive: Path, story: str, folder: Path) -> Path:
    """A review document that comes back with one sentence written otherwise."""
    out, back = folder / "out.docx", folder / "back.docx"
    given = ("--to", "docx-review", "--draft", "-o", out, "-a", archive)
    assert diptych("export", story, *given, "--as", "ZHAO Min").code == 0
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(back, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"Three hundred", b"300") if name == "word/document.xml" else data)
    return back


@pytest.fixture(params=["package", "document"])
def came(
    request: pytest.FixtureRequest, diptych: Diptych, archive: Path, story: str, answered: Path, tmp_path: Path
) -> Path:
    """A file of either kind that was looked at by a first ``merge`` and left a conflict."""
    file = answered if request.param == "package" else document(diptych, archive, story, tmp_path)
    replace(diptych, archive, "Three hundred", "Some 300")
    first = diptych("merge", file, "-a", archive, "--as", "LI Wen", "--json")
    assert (first.code, len(first.json["conflicts"])) == (1, 1)
    return file


def english(diptych: Diptych, archive: Path, story: str) -> str:
    segments = diptych("show", story, "-a", archive, "--json").json["blocks"][1]["segments"]
    said: str = segments[0]["target"]
    return said


def test_a_second_merge_says_what_waits_still(diptych: Diptych, archive: Path, story: str, came: Path) -> None:
    (waiting,) = diptych("conflicts", "list", "-a", archive, "--json").json["conflicts"]
    again = diptych("merge", came, "-a", archive, "--as", "LI Wen", "--json")
    assert (again.code, again.json["applied"]) == (1, 0)
    assert "came home already" in again.json["nothing"]
    (told,) = again.json["conflicts"]
    assert (told["id"], told["story"], told["segment"]) == (waiting["id"], waiting["story"], waiting["segment"])
    assert (told["base"], told["ours"], told["theirs"]) == (waiting["base"], waiting["ours"], waiting["theirs"])
    said = diptych("merge", came, "-a", archive, "--as", "LI Wen")
    assert (said.code, "1 change waits" in said.out, "conflicts take" in said.out) == (1, True, True)
    dry = diptych("merge", came, "--take", "theirs", "--dry-run", "-a", archive, "--as", "LI Wen", "--json")
    assert (dry.code, len(dry.json["conflicts"])) == (1, 1)
    assert english(diptych, archive, story) == "Some 300 students competed."


@pytest.mark.parametrize(
    ("side", "said", "applied"), [("ours", "Some 300 students competed.", 0), ("theirs", "300 students competed.", 1)]
)
def test_look_then_settle(
    diptych: Diptych, archive: Path, story: str, came: Path, side: str, said: str, applied: int
) -> None:
    settled = diptych("merge", came, "--take", side, "-a", archive, "--as", "LI Wen", "--json")
    assert (settled.code, settled.json["conflicts"], settled.json["decided"]) == (0, [], 1)
    assert settled.json["applied"] == applied
    assert english(diptych, archive, story) == said
    assert diptych("conflicts", "list", "-a", archive, "--json").json["conflicts"] == []
    again = diptych("merge", came, "--take", "theirs", "-a", archive, "--as", "LI Wen", "--json")
    assert (again.code, again.json["decided"]) == (0, 0)
    assert english(diptych, archive, story) == said
    assert diptych("verify", "-a", archive).code == 0


def test_settling_is_refused_as_a_single_decision_is(diptych: Diptych, archive: Path, story: str, came: Path) -> None:
    assert diptych("submit", story, "-a", archive, "--as", "LI Wen").code == 0
    assert diptych("claim", story, "-a", archive, "--as", "WANG Fang").code == 0
    refused = diptych("merge", came, "--take", "theirs", "-a", archive, "--as", "LI Wen")
    (waiting,) = diptych("conflicts", "list", "-a", archive, "--json").json["conflicts"]
    single = diptych("conflicts", "take", waiting["id"], "theirs", "-a", archive, "--as", "LI Wen")
    assert (refused.code, refused.err) == (5, single.err)
    taken = diptych("merge", came, "--take", "theirs", "-a", archive, "--as", "WANG Fang")
    assert (taken.code, "1 change was decided" in taken.out) == (0, True)


def test_what_would_change_is_listed_before(diptych: Diptych, archive: Path, story: str, answered: Path) -> None:
    replace(diptych, archive, "Three hundred", "Some 300")
    dry = diptych("merge", answered, "--dry-run", "-a", archive, "--as", "ZHAO Min")
    lines = dry.out.splitlines()
    (changed,) = [line for line in lines if "Sports Meeting" in line]
    (asked,) = [line for line in lines if "Some 300" in line]
    assert changed.split()[:2] == [story, "1"]
    assert changed.index("Sports Meeting") < changed.index("Sports Day")
    assert asked.split()[:2] == [story, "2"]
    assert asked.index("Some 300 students") < asked.index(" 300 students competed.", asked.index("Some 300") + 9)
    assert "waits to be decided" in asked


def test_a_homecoming_is_one_line_of_the_storys_history(
    diptych: Diptych, archive: Path, story: str, answered: Path
) -> None:
    assert diptych("merge", answered, "-a", archive, "--as", "ZHAO Min").code == 0
    lines = [line for line in diptych("history", story, "-a", archive).out.splitlines() if "home.diptych" in line]
    assert len(lines) == 1
    assert "Merged what came back" in lines[0]
