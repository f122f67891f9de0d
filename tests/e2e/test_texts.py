"""Commands that need no archive: sentences, alignment, checks of lines."""

import json
from pathlib import Path

from tests.e2e.conftest import Diptych


def test_pieces_of_each_line_give_back_the_line(diptych: Diptych, tmp_path: Path) -> None:
    text = "他说：“好。”然后走了！\n\n  前有空格。 后有空格。  \n3.5亿元。\n"
    (tmp_path / "zh.txt").write_text(text, "utf-8")
    lines = diptych("segment", "--lang", "zh", tmp_path / "zh.txt", "--json").json["lines"]
    assert ["".join(pieces) for pieces in lines] == text.split("\n")[:-1]
    assert len(lines[0]) == 2


def test_beads_cover_every_sentence_once(diptych: Diptych, tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text("校长讲话。\n共有120人参加。\n会议结束。\n", "utf-8")
    (tmp_path / "en.txt").write_text("The president spoke.\nThe 120 participants left.\n", "utf-8")
    found = diptych("align", tmp_path / "zh.txt", tmp_path / "en.txt", "--presegmented", "--json").json
    assert [i for bead in found["beads"] for i in bead[0]] == [0, 1, 2]
    assert [j for bead in found["beads"] for j in bead[1]] == [0, 1]
    assert len(found["scores"]) == len(found["beads"])


def test_check_of_two_files_names_line_and_slip(diptych: Diptych, tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text("项目投资1.2亿元。\n学生很多。\n", "utf-8")
    (tmp_path / "en.txt").write_text("The project cost 12 million yuan.\nThere are many students.\n", "utf-8")
    done = diptych("check", "--source", tmp_path / "zh.txt", "--target", tmp_path / "en.txt", "--json")
    assert done.code == 1
    assert [(one["segment"], one["severity"]) for one in done.json["findings"]] == [("1", "error")]
    assert "120 million" in done.json["findings"][0]["message"]


def test_batch_answers_one_document_a_line(diptych: Diptych, tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text("他来了。\tHe came.\n共3人。\tThere were 5 people.\n", "utf-8")
    done = diptych("check", "--batch", tmp_path / "pairs.tsv")
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [answer["line"] for answer in answers] == [1, 2]
    assert answers[0]["findings"] == []
    assert answers[1]["findings"]


def test_unknown_check_is_wrong_usage(diptych: Diptych, tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text("他来了。\tHe came.\n", "utf-8")
    assert diptych("check", "--batch", tmp_path / "pairs.tsv", "--only", "horoscope").code == 2
