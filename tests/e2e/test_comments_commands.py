"""Comments by command: written, answered, resolved, listed, and in the way of a sign-off."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Diptych = Callable[..., Any]
ZH = "学校举行运动会\n\n三百名学生参加了比赛。比赛在周五结束。\n"
EN = "University Holds Sports Meeting\n\nThree hundred students competed. The games ended on Friday.\n"


@pytest.fixture
def story(diptych: Diptych, archive: Path, tmp_path: Path) -> str:
    """A drafted story of three segments."""
    (tmp_path / "zh.txt").write_text(ZH, encoding="utf-8")
    (tmp_path / "en.txt").write_text(EN, encoding="utf-8")
    pair = ("--source", tmp_path / "zh.txt", "--target", tmp_path / "en.txt")
    answer = diptych("-a", archive, "import", *pair, "--as", "LI Wen", "--json")
    assert answer.code == 0
    slug: str = answer.json["stories"][0]["slug"]
    return slug


def add(diptych: Diptych, story: str, *words: object, by: str = "WANG Fang") -> Any:
    answer = diptych("comment", "add", story, *words, "--as", by, "--json")
    assert answer.code == 0, answer.err
    (made,) = answer.json["comments"]
    return made


def test_a_comment_is_written_answered_changed_and_listed(diptych: Diptych, story: str) -> None:
    made = add(diptych, story, "2", "Is it 300?", "--quote", "Three hundred")
    assert (made["number"], made["side"], made["quote"]) == (2, "target", "Three hundred")
    assert (made["resolved"], made["resolved_by"]) == (False, None)
    answer = diptych("comment", "reply", made["id"], "It is.", "--as", "LI Wen", "--json")
    assert [(note["person"], note["text"]) for note in answer.json["comments"][0]["notes"]] == [
        ("WANG Fang", "Is it 300?"),
        ("LI Wen", "It is."),
    ]
    note = answer.json["comments"][0]["notes"][1]["id"]
    assert diptych("comment", "change", note, "It is, see the minutes.", "--as", "LI Wen").code == 0
    listed = diptych("comment", "list", story, "--json").json["comments"]
    assert [note["text"] for note in listed[0]["notes"]] == ["Is it 300?", "It is, see the minutes."]
    assert listed[0]["notes"][1]["changed_at"] is not None
    shown = diptych("comment", "list", story)
    for words in ("segment 2, open", "“Three hundred”", "WANG Fang", "Is it 300?", "1 comment."):
        assert words in shown.out


def test_segments_are_named_by_number_or_id_and_sides_are_two(diptych: Diptych, story: str) -> None:
    segment = diptych("show", story, "--json").json["blocks"][0]["segments"][0]["id"]
    assert add(diptych, story, segment, "The headline", "--side", "source")["segment"] == segment
    for words in (("99", "Where?"), ("nowhere", "Where?"), ("2", "Where?", "--side", "left")):
        answer = diptych("comment", "add", story, *words, "--as", "LI Wen")
        assert answer.code == 2
        assert answer.err.count("\n") == 1
    assert diptych("comment", "add", story, "2", "  ", "--as", "LI Wen").code == 3
    assert diptych("comment", "reply", "no-such-comment", "Which?", "--as", "LI Wen").code == 2


def test_resolving_opening_again_and_deleting(diptych: Diptych, archive: Path, story: str) -> None:
    made = add(diptych, story, "2", "Is it 300?")
    answer = diptych("comment", "resolve", made["id"], "--as", "LI Wen", "--json").json["comments"][0]
    assert (answer["resolved"], answer["resolved_by"]) == (True, "LI Wen")
    assert diptych("comment", "list", story, "--open", "--json").json == {"comments": []}
    assert len(diptych("comment", "list", story, "--json").json["comments"]) == 1
    assert diptych("comment", "reopen", made["id"], "--as", "LI Wen").code == 0
    assert diptych("comment", "change", made["id"], "No.", "--as", "LI Wen").code == 5
    assert diptych("comment", "delete", made["id"], "--as", "LI Wen").code == 5
    assert diptych("comment", "delete", made["id"], "--as", "WANG Fang").code == 0
    assert diptych("comment", "list", story, "--json").json == {"comments": []}
    assert diptych("-a", archive, "verify").code == 0


def test_an_open_comment_is_in_the_way_of_a_sign_off_unless_waived(diptych: Diptych, story: str) -> None:
    made = add(diptych, story, "2", "Is it 300?")
    refused = diptych("submit", story, "--as", "LI Wen")
    assert refused.code == 5
    assert "1 comment is open (segment 2)" in refused.err
    assert "--waive-comments" in refused.err
    assert diptych("submit", story, "--as", "LI Wen", "--waive-comments", " ").code == 5
    assert diptych("submit", story, "--as", "LI Wen", "--waive-comments", "Asked by telephone").code == 0
    assert "with 1 open comment: Asked by telephone" in diptych("history", story).out
    assert diptych("claim", story, "--as", "WANG Fang").code == 0
    assert diptych("sign", story, "--as", "WANG Fang").code == 5
    assert diptych("comment", "resolve", made["id"], "--as", "WANG Fang").code == 0
    assert diptych("sign", story, "--as", "WANG Fang").code == 0
    add(diptych, story, "1", "Shorter?", by="LI Wen")
    assert diptych("sign", story, "--as", "ZHAO Min").code == 5
    assert diptych("sign", story, "--as", "ZHAO Min", "--waive-comments", "It fits").code == 0
    assert diptych("release", story, "--as", "ZHAO Min").code == 5
    answer = diptych("release", story, "--as", "ZHAO Min", "--waive-comments", "It fits", "--json")
    assert answer.json["state"] == "released"


def test_words_that_do_not_stand_there_cannot_be_quoted(diptych: Diptych, story: str) -> None:
    for words in (("no such words",), ("Three hundred", "--side", "source"), ("The games ended",)):
        answer = diptych("comment", "add", story, "2", "Why?", "--quote", *words, "--as", "LI Wen")
        assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert diptych("comment", "list", story, "--json").json["comments"] == []
    assert add(diptych, story, "2", "Why?", "--quote", "三百名", "--side", "source")["quote"] == "三百名"
    assert add(diptych, story, "2", "Why?", "--quote", " hundred\nstudents ")["quote"] == "hundred students"


def test_show_numbers_places_as_comments_name_them(diptych: Diptych, story: str) -> None:
    lines = diptych("show", story).out.splitlines()
    told = [line for line in lines if line[:3].strip().isdecimal()]
    assert [line.split("  ")[0] for line in told] == ["1", "2", "3"]
    assert "三百名学生" in told[1]
    assert lines[lines.index(told[1]) + 1] == "   Three hundred students competed."


def test_two_open_comments_on_one_segment_name_it_once(diptych: Diptych, story: str) -> None:
    add(diptych, story, "2", "One.")
    add(diptych, story, "2", "Two.")
    assert "2 comments are open (segment 2)" in diptych("submit", story, "--as", "LI Wen").err
    add(diptych, story, "3", "Three.")
    assert "3 comments are open (segments 2, 3)" in diptych("submit", story, "--as", "LI Wen").err
