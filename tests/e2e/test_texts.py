"""Commands that need no archive: sentences, alignment, checks of lines."""

import codecs
import io
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop_app.desk.texts import read_lines, sentences
from tests.e2e.conftest import Diptych


def test_pieces_of_each_line_give_back_the_line(diptych: Diptych, tmp_path: Path) -> None:
    text = "他说：“好。”然后走了！\n\n  前有空格。 后有空格。  \n3.5亿元。\n"
    (tmp_path / "zh.txt").write_text(text, "utf-8")
    lines = diptych("segment", "--lang", "zh", tmp_path / "zh.txt", "--json").json["lines"]
    assert ["".join(pieces) for pieces in lines] == text.split("\n")[:-1]
    assert len(lines[0]) == 2


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\0")))
@example(text="\ufeff\ufeff一\ufeff二")
@example(text="响\x07 分\x1c 删\x7f 竖\x0b 页\x0c 下\x85 行\u2028 尾\r")
@example(text="\u3000\t ")
def test_a_line_goes_through_unchanged(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("line") / "text.txt"
    for count, written in enumerate((text, f"{text}\r\n{text}\r\n", f"{text} \n{text} \n{text} \n")):
        path.write_bytes(codecs.BOM_UTF8 + written.encode())
        lines = read_lines(path)
        assert lines == [[text] if text else [], [text] * 2, [f"{text} "] * 3][count]
        assert ["".join(pieces) for pieces in sentences(lines, "zh")] == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", []), ("\n", [""]), (" \t\n", [" \t"]), ("\u3000\n", ["\u3000"]), ("\x0b", ["\x0b"]), ("\ufeff", [])],
)
def test_a_text_without_words_is_as_good_as_empty(
    diptych: Diptych, tmp_path: Path, text: str, lines: list[str]
) -> None:
    path = tmp_path / "blank.txt"
    path.write_text(text, "utf-8")
    done = diptych("segment", "--lang", "zh", path, "--json")
    assert (done.code, ["".join(pieces) for pieces in done.json["lines"]]) == (0, lines)
    assert diptych("align", path, path, "--json").json["beads"] == []
    assert diptych("check", "--source", path, "--target", path, "--only", "number,omission").code == 0
    done = diptych("check", "--batch", path, "--only", "number,omission")
    assert (done.code, len(done.out.splitlines())) == (0, len(lines))


def test_a_zero_byte_is_refused_where_it_stands(diptych: Diptych, tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_bytes("一。\n二\0。\n".encode())
    refused = diptych("segment", "--lang", "zh", tmp_path / "zh.txt")
    assert (refused.code, refused.out) == (3, "")
    assert "line 2" in refused.err


@pytest.mark.parametrize("words", [[], ["-"]])
def test_standard_input_is_read_where_no_file_is_named(
    diptych: Diptych, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("他来了。她走了。\n".encode())))
    assert diptych("segment", "--lang", "zh", *words, "--json").json["lines"] == [["他来了。", "她走了。"]]
    assert "standard input" in diptych("segment", "--help").out


def test_a_language_that_is_none_is_refused(diptych: Diptych, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("Une phrase. Une autre.\n", "utf-8")
    refused = diptych("segment", "--lang", "zn", tmp_path / "text.txt")
    assert (refused.code, refused.out) == (2, "")
    assert "(zh)" in refused.err
    assert "(en)" in refused.err
    for lang in ("fr", "zh_CN", "EN-gb", "yue-Hant"):
        assert diptych("segment", "--lang", lang, tmp_path / "text.txt").code == 0
    pair = ("--source", tmp_path / "text.txt", "--target", tmp_path / "text.txt")
    assert diptych("check", *pair, "--target-lang", "xq").code == 2
    assert diptych("align", tmp_path / "text.txt", tmp_path / "text.txt", "--source-lang", "xq").code == 2


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
    refused = diptych("check", "--batch", tmp_path / "pairs.tsv", "--only", "horoscope")
    assert refused.code == 2
    assert "The checks are: omission" in refused.err
    refused = diptych("check", "--batch", tmp_path / "pairs.tsv", "--only", "dash,Numbr")
    assert refused.code == 2
    assert "Did you mean “number”?" in refused.err


@pytest.mark.parametrize("only", ["", ",", " , "])
def test_no_check_at_all_is_wrong_usage(diptych: Diptych, tmp_path: Path, only: str) -> None:
    (tmp_path / "pairs.tsv").write_text("他来了。\tHe came.\n", "utf-8")
    refused = diptych("check", "--batch", tmp_path / "pairs.tsv", "--only", only)
    assert (refused.code, refused.out) == (2, "")


def test_a_pair_without_translation_is_an_omission_also_alone(diptych: Diptych, tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text("他来了。\tHe came.\n双方签署。\t\n\n", "utf-8")
    done = diptych("check", "--batch", tmp_path / "pairs.tsv")
    found = [[one["check"] for one in json.loads(line)["findings"]] for line in done.out.splitlines()]
    assert (done.code, found) == (1, [[], ["omission"], []])


def test_a_picture_in_place_of_pairs_gets_advice_that_fits(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    picture = tmp_path / "x.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    noise = tmp_path / "noise.csv"
    noise.write_bytes(bytes(range(256)) * 4)
    for words, advice in (
        (("check", "--batch", picture), "a tab"),
        (("segment", "--lang", "zh", picture), "a plain text file"),
        (("terms", "import", noise), "with the terms"),
        (("terms", "import", picture), "with the terms"),
    ):
        refused = diptych(*words)
        assert refused.code == 3
        assert advice in refused.err
        assert "story" not in refused.err


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
    assert diptych("waive", story, "doubled-word", 2, "--as", "WANG Fang").code == 2
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
    (listed,) = diptych("waive", "--list", "--json").json["waivers"]
    assert (listed["slug"], listed["number"], listed["holds"]) == (story, 2, True)
    titles, row, _count = diptych("waive", "--list", story).out.splitlines()
    assert titles.split()[:3] == ["Story", "Sentence", "Check"]
    assert row.startswith(story)
    assert all(word in row for word in (" 2 ", "Doubled word", found["message"], "A quotation.", waiver["id"]))
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
