"""The memory by command: what is signed is found again, and every line of a batch gets its answer."""

import json
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from desktop_app.desk.desk import opened
from desktop_app.desk.memory import add_units
from desktop_app.domain.memory import MemoryUnit
from tests.e2e.conftest import Diptych

ZH = "北京大学举行开学典礼\n\n2024年9月3日，新生开学典礼在校园举行。共有4500名学生参加。\n"
EN = "Peking University Opens\n\nThe ceremony was held on September 3, 2024. In all, 4,500 students took part.\n"
SOURCES = [
    "学校举行开学典礼。",
    "学校举行毕业典礼。",
    "天气很好。",
    "2023年共有31名学生参加。",
    "校长讲话，学生鼓掌，家长合影。",
]


@pytest.fixture
def filled(archive: Path) -> Path:
    with opened(archive) as desk:
        units = [MemoryUnit(source, f"English {n}") for n, source in enumerate(SOURCES)]
        add_units(desk, units, origin="pairs.tsv", digest="", by=None)
    return archive


def test_what_a_reviser_signed_is_found_with_who_and_when(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    (tmp_path / "story.zh.txt").write_text(ZH, "utf-8")
    (tmp_path / "story.en.txt").write_text(EN, "utf-8")
    pair = ("--source", tmp_path / "story.zh.txt", "--target", tmp_path / "story.en.txt")
    (story,) = diptych("-a", archive, "import", *pair, "--as", "LI", "--json").json["stories"]
    assert diptych("submit", story["id"], "--as", "LI").code == 0
    text = "2025年9月1日，新生开学典礼在校园举行。"
    assert diptych("memory", "lookup", text, "--json").json["matches"] == []
    assert diptych("sign", story["id"], "--step", "revision", "--as", "WANG").code == 0
    (match,) = diptych("memory", "lookup", text, "--json").json["matches"]
    assert (match["score"], match["differs"], match["layer"]) == (99, ["dates"], "signed")
    assert (match["drafter"], match["reviser"], match["story"]) == ("LI Wen", "WANG Fang", story["id"])
    assert match["origin"] == story["slug"]
    assert match["date"]
    assert "September 3, 2024" in match["target"]
    assert diptych("verify", "--json").json["ok"] is True


def test_a_look_up_answers_as_the_contract_has_it(diptych: Diptych, filled: Path) -> None:
    answer = diptych("-a", filled, "memory", "lookup", "学校举行开学典礼。", "--min", "60", "--json").json
    assert answer["ms"] >= 0
    first, second = answer["matches"]
    assert (first["score"], first["source"], first["target"], first["origin"]) == (
        100,
        SOURCES[0],
        "English 0",
        "pairs.tsv",
    )
    assert (second["score"], second["similarity"], second["layer"], second["date"]) == (77, 77.7, "imported", None)
    assert second["ops"] == [["=", "学校举行"], ["-", "毕业"], ["+", "开学"], ["=", "典礼。"]]


def test_a_batch_answers_each_line_in_order(diptych: Diptych, filled: Path, tmp_path: Path) -> None:
    lines = ["学校举行开学典礼。", "", "没有这样的话", "天气不好。", "学校里举行了毕业典礼。"]
    (tmp_path / "asked.txt").write_text("\n".join(lines) + "\n", "utf-8")
    done = diptych("-a", filled, "memory", "lookup", "--batch", tmp_path / "asked.txt", "--json", "--min", 60)
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert len(answers) == len(lines)
    for line, answer in zip(lines, answers, strict=True):
        expected = [one for one in SOURCES if line and Levenshtein.normalized_similarity(line, one) >= 0.6]
        assert {match["source"] for match in answer["matches"]} == set(expected)


def test_the_words_for_a_person_name_what_differs(diptych: Diptych, filled: Path) -> None:
    said = diptych("-a", filled, "memory", "lookup", "2024年共有45名学生参加。").out
    assert "99 % – numbers differ – dates differ" in said
    assert "English 3  (pairs.tsv)" in said
    assert "1 match." in said
    said = diptych("-a", filled, "memory", "lookup", "家长合影，校长讲话，学生鼓掌。").out
    assert "clauses in another order" in said


@pytest.mark.parametrize(
    "words",
    [(), ("学校", "--batch", "x"), ("学校", "--min", "0"), ("学校", "--min", "101"), ("学校", "--limit", "0")],
)
def test_what_cannot_be_looked_up_is_wrong_usage(diptych: Diptych, filled: Path, words: tuple[str, ...]) -> None:
    done = diptych("-a", filled, "memory", "lookup", *words)
    assert done.code == 2
    assert done.out == ""
    assert done.err.count("\n") == 1
