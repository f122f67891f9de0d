"""The commands of the termbase, as a person or a script gives them."""

from pathlib import Path
from typing import Any

from tests.e2e.conftest import Diptych

KEYS = {"id", "zh", "en", "kind", "short", "zh_short", "allowed", "forbidden", "note"}


def listed(diptych: Diptych, *words: object) -> list[dict[str, Any]]:
    answer = diptych("terms", "list", *words, "--json")
    assert answer.code == 0
    return list(answer.json["terms"])


def test_a_term_is_added_listed_found_and_removed(diptych: Diptych, archive: Path) -> None:
    answer = diptych(
        "terms", "add", "北京工业大学", "Beijing University of Technology", "--forbid", "Peking Tech", "--forbid", "PT",
        "--kind", "organisation", "--short", "BJUT", "--zh-short", "北工大", "--allow", "Beijing Tech", "--note", "n",
        "--as", "LI", "--json",
    )  # fmt: skip
    assert answer.code == 0
    (term,) = answer.json["terms"]
    assert set(term) == KEYS
    assert term["forbidden"] == ["Peking Tech", "PT"]
    assert listed(diptych) == [term]
    assert listed(diptych, "--query", "bjut") == [term]
    assert listed(diptych, "--query", "nothing") == []
    assert listed(diptych, "--kind", "person") == []
    found = diptych("terms", "find", "在北工大", "--json").json
    assert found["mentions"] == [{"id": term["id"], "span": [1, 4], "short": True}]
    assert "北工大 = Beijing University of Technology" in diptych("terms", "find", "在北工大").out
    assert "BJUT" in diptych("terms", "list").out
    assert diptych("terms", "remove", "北京工业大学").code == 0
    assert listed(diptych) == []
    assert diptych("terms", "remove", "北京工业大学").code == 2
    assert diptych("verify").code == 0


def test_a_persons_name_may_be_left_to_pinyin(diptych: Diptych, archive: Path) -> None:
    assert diptych("terms", "add", "单田芳", "--kind", "person", "--json").json["terms"][0]["en"] == "SHAN Tianfang"
    refused = diptych("terms", "add", "校长")
    assert refused.code == 2
    assert refused.err.startswith("diptych: ")


def test_a_file_comes_in_and_goes_out(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    table = tmp_path / "词表.csv"
    table.write_bytes("中文,英文,禁用,备注\n校长,president,rector,\n院长,dean,,\n".encode("gb18030"))
    answer = diptych("terms", "import", table, "--json").json
    assert [answer[key] for key in ("added", "changed", "unchanged")] == [2, 0, 0]
    assert {term["zh"] for term in answer["terms"]} == {"校长", "院长"}
    assert diptych("terms", "import", table, "--json").json["unchanged"] == 2
    for name in ("out.tbx", "out.csv", "out.tsv"):
        written = diptych("terms", "export", "-o", tmp_path / name, "--json").json
        assert written["count"] == 2
        assert diptych("terms", "import", tmp_path / name, "--json").json["unchanged"] == 2


def test_a_contradiction_is_told_and_ends_with_one(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    diptych("terms", "add", "校长", "president", "--forbid", "rector")
    table = tmp_path / "t.tsv"
    table.write_text("校长\trector\n院长\tdean\n", "utf-8")
    answer = diptych("terms", "import", table, "--json")
    assert answer.code == 1
    assert answer.json["added"] == 1
    assert answer.json["conflicts"][0]["word"] == "rector"
    assert "rector" in diptych("terms", "import", table).out


def test_files_that_are_no_terms_are_refused_with_three(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    for name, data in {
        "a.tbx": b"<tbx",
        "b.csv": b"one column\n",
        "c.csv": b"\x89PNG\r\n\x1a\n\0",
        "d.tbx": b"",
    }.items():
        (tmp_path / name).write_bytes(data)
        refused = diptych("terms", "import", tmp_path / name)
        assert refused.code == 3
        assert name in refused.err
    assert diptych("terms", "import", tmp_path / "missing.csv").code == 3
    assert diptych("terms", "export", "-o", tmp_path / "terms.docx").code == 2
    assert listed(diptych) == []


def test_an_empty_termbase_is_written_as_a_valid_file(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    assert diptych("terms", "export", "-o", tmp_path / "e.tbx").code == 0
    assert b"<body>" in (tmp_path / "e.tbx").read_bytes()
    assert diptych("terms", "import", tmp_path / "e.tbx", "--json").json["added"] == 0
