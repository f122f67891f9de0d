"""The approval sheet by command: printed, scanned, typed, and held against the archive."""

import io
from pathlib import Path

import pikepdf
import pytest

from tests.conftest import ROOT
from tests.e2e.conftest import Diptych

SAMPLE = ROOT / "resources" / "sample" / "battery-recycling-progress"


@pytest.fixture
def story(diptych: Diptych, archive: Path) -> str:
    answer = diptych("import", "--source", SAMPLE / "zh.txt", "--target", SAMPLE / "en.txt", "--as", "LI", "--json")
    return str(answer.json["stories"][0]["slug"])


def approve(diptych: Diptych, story: str) -> None:
    for words in (
        ("submit", story, "--as", "LI"), ("claim", story, "--as", "WANG"),
        ("sign", story, "--step", "revision", "--as", "WANG"), ("sign", story, "--step", "approval", "--as", "ZHAO"),
    ):  # fmt: skip
        answer = diptych(*words)
        assert answer.code == 0, answer.err


def printed(diptych: Diptych, story: str, path: Path, *more: str) -> str:
    answer = diptych("export", story, "--to", "pdf", "--layout", "approval-sheet", "-o", path, *more)
    assert answer.code == 0, answer.err
    with pikepdf.open(path) as pdf:
        return str(pdf.docinfo["/Subject"])


def test_a_sheet_leaves_unapproved_as_a_draft_alone(diptych: Diptych, story: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    refused = diptych("export", story, "--to", "pdf", "--layout", "approval-sheet", "-o", path)
    assert (refused.code, path.exists()) == (5, False)
    assert "--draft" in refused.err
    assert "D:" in printed(diptych, story, path, "--draft")


def test_a_sheet_is_checked_by_its_code_its_file_and_from_stdin(
    diptych: Diptych, story: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve(diptych, story)
    path = tmp_path / "sheet.pdf"
    code = printed(diptych, story, path)
    answer = diptych("verify", "--sheet", code, "--json")
    assert answer.code == 0
    assert answer.json["ok"] is True
    assert answer.json["verdict"] == "stands"
    assert answer.json["problems"] == []
    assert answer.json["checked"] == {"events": 1, "versions": 1, "signoffs": 3}
    assert [one["step"] for one in answer.json["signoffs"]] == ["draft", "revision", "approval"]
    assert all(one["valid"] and one["signature"] is None for one in answer.json["signoffs"])
    assert "byte for byte" in diptych("verify", "--sheet", path).out
    monkeypatch.setattr("sys.stdin", io.StringIO(code.lower().replace(":", " : ") + "\n"))
    piped = diptych("verify", "--sheet", "-")
    assert piped.code == 0
    assert "approved by these people" in piped.out
    assert "without a signature" in piped.out


def test_a_withdrawn_sign_off_and_a_contradiction_end_with_findings(
    diptych: Diptych, story: str, tmp_path: Path
) -> None:
    approve(diptych, story)
    code = printed(diptych, story, tmp_path / "sheet.pdf")
    withdrawn = ("withdraw", story, "--step", "approval", "--note", "A name is wrong.", "--as", "ZHAO")
    assert diptych(*withdrawn).code == 0
    answer = diptych("verify", "--sheet", code, "--json")
    assert (answer.code, answer.json["verdict"]) == (1, "overtaken")
    assert "A name is wrong." in answer.json["problems"][0]["reason"]
    assert diptych("init", tmp_path / "other").code == 0
    elsewhere = diptych("verify", "--sheet", code, "--json")
    assert (elsewhere.code, elsewhere.json["verdict"]) == (1, "contradicted")


@pytest.mark.parametrize(
    "given", ["", "hello", "DIPTYCH1:0", "DIPTYCH7:00", "/nowhere/sheet.pdf", "DIPTYCH1:" + "9" * 9000]
)
def test_what_is_no_code_is_refused(diptych: Diptych, archive: Path, given: str) -> None:
    answer = diptych("verify", "--sheet", given)
    assert answer.code == 3
    assert len(answer.err.splitlines()) == 1


def test_a_pdf_with_other_pages_is_told_first_and_ends_with_a_finding(
    diptych: Diptych, story: str, tmp_path: Path
) -> None:
    approve(diptych, story)
    path = tmp_path / "sheet.pdf"
    code = printed(diptych, story, path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    answer = diptych("verify", "--sheet", path)
    assert answer.code == 1
    assert answer.out.startswith("The code stands, but this PDF is not the one")
    assert diptych("verify", "--sheet", path, "--json").json["verdict"] == "altered"
    words = tmp_path / "full.txt"
    words.write_text(f"审批单\n\n{code[:40]}\u200b{code[40:90]}\n{code[90:]}\n\n签署 Sign-offs", encoding="utf-8")
    assert diptych("verify", "--sheet", words).code == 0
    gone = diptych("verify", "--sheet", tmp_path / "missing.pdf")
    assert gone.code == 3
    assert "no such file" in gone.err


def test_a_sheet_is_checked_by_itself(diptych: Diptych, archive: Path) -> None:
    assert diptych("verify", "--sheet", "DIPTYCH1:", "--rebuild-search").code == 2
