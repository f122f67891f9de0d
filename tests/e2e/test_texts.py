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


def test_lines_are_spelt_and_the_variety_can_be_chosen(diptych: Diptych, tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text("他来了。\tThey recieve the colour.\n", "utf-8")
    plain = json.loads(diptych("check", "--batch", tmp_path / "pairs.tsv").out)["findings"]
    assert [(one["check"], one["fix"]) for one in plain] == [("spelling", "They receive the colour.")]
    chosen = json.loads(diptych("check", "--batch", tmp_path / "pairs.tsv", "--variety", "en-US").out)["findings"]
    assert {one["check"] for one in chosen} == {"spelling", "variety"}
    assert diptych("check", "--batch", tmp_path / "pairs.tsv", "--variety", "en-AU").code == 2


def slipped_story(diptych: Diptych, archive: Path, tmp_path: Path) -> str:
    (tmp_path / "zh.txt").write_text("新馆开馆\n\n他来到了门口。\n", "utf-8")
    (tmp_path / "en.txt").write_text("New Library Opens\n\nHe came to the the gate.\n", "utf-8")
    done = diptych(
        "import", "--source", tmp_path / "zh.txt", "--target", tmp_path / "en.txt", "--as", "LI Wen", "--json"
    )
    assert done.code == 0
    return str(done.json["stories"][0]["slug"])


def test_a_finding_is_set_aside_listed_and_taken_back(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    story = slipped_story(diptych, archive, tmp_path)
    (found,) = diptych("check", story, "--json").json["findings"]
    assert (found["check"], found["number"]) == ("doubled-word", 2)
    assert diptych("waive", story, "doubled-word", 2, "--as", "WANG Fang").code == 5
    done = diptych(
        "waive", story, "doubled-word", found["segment"], "--note", "A quotation.", "--as", "WANG Fang", "--json"
    )
    (waiver,) = done.json["waivers"]
    assert (done.code, waiver["reason"], waiver["person"], waiver["holds"]) == (0, "A quotation.", "WANG Fang", True)
    assert diptych("check", story, "--json").json["findings"] == []
    assert diptych("check", story).code == 0
    shown = diptych("check", story, "--waived", "--json")
    assert (shown.code, [one["waived"] for one in shown.json["findings"]]) == (0, ["A quotation."])
    assert [one["id"] for one in diptych("waive", "--list", "--json").json["waivers"]] == [waiver["id"]]
    assert "A quotation." in diptych("waive", "--list", story).out
    assert diptych("waive", "--lift", waiver["id"], "--as", "WANG Fang").code == 0
    assert diptych("check", story).code == 1
    assert diptych("waive", story, "number", 2, "--note", "No.", "--as", "WANG Fang").code == 2
    assert diptych("waive").code == 2


def test_the_house_style_is_shown_set_and_obeyed(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    story = slipped_story(diptych, archive, tmp_path)
    style = diptych("style", "show", "--json").json
    assert style == diptych("style", "show", "--default", "--json").json
    rule = {"id": "gate", "find": "gate", "message": "We say door.", "replacement": "door"}
    style |= {"switched_off": ["doubled-word"], "patterns": [rule]}
    file = tmp_path / "style.json"
    file.write_text(json.dumps(style), "utf-8")
    assert diptych("style", "set", file).code == 0
    assert diptych("style", "show", "--json").json["switched_off"] == ["doubled-word"]
    found = diptych("check", story, "--json").json["findings"]
    assert [(one["check"], one["fix"]) for one in found] == [("house:gate", "He came to the the door.")]
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("他来了。\tHe came to the the gate.\n", "utf-8")
    lines = json.loads(diptych("check", "--batch", pairs, "-a", archive).out)["findings"]
    assert [one["check"] for one in lines] == ["house:gate"]
    file.write_text(json.dumps(style | {"patterns": [rule | {"find": "(a+)+b"}]}), "utf-8")
    refused = diptych("style", "set", file)
    assert refused.code == 3
    assert "patterns: gate" in refused.err


def test_a_name_is_accepted_in_spelling(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("它亮了。\tThe qubitron glows.\n", "utf-8")
    assert diptych("check", "--batch", pairs, "-a", archive).code == 1
    assert diptych("style", "add-name", "qubitron").code == 0
    assert diptych("check", "--batch", pairs, "-a", archive).code == 0
