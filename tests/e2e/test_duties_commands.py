"""By command: who does what until when, giving back, recalling, handing on, and the list of what waits."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Diptych = Callable[..., Any]
TIME = "2099-12-01 18:00"


@pytest.fixture
def story(diptych: Diptych, archive: Path, tmp_path: Path) -> str:
    """A story that LI drafted."""
    source, target = tmp_path / "a.zh.txt", tmp_path / "a.en.txt"
    source.write_text("新图书馆开放\n\n图书馆今天开放。\n", "utf-8")
    target.write_text("New Library Opens\n\nThe library opens today.\n", "utf-8")
    answer = diptych("import", "--source", source, "--target", target, "--as", "LI Wen", "--json")
    return str(answer.json["stories"][0]["id"])


def test_a_step_is_assigned_changed_and_taken_away(diptych: Diptych, story: str) -> None:
    diptych("submit", story, "--as", "LI Wen")
    words = ("assign", story, "--to", "WANG Fang", "--deadline", TIME, "--note", "Soon.", "--as", "ZHAO Min")
    given = diptych(*words, "--json").json
    assert given["state"] == "submitted"
    assert given["signoffs"][0]["step"] == "draft"
    assignment = given["assignment"]
    assert (assignment["step"], assignment["person"], assignment["note"]) == ("revision", "WANG Fang", "Soon.")
    assert assignment["deadline"].startswith("2099-1")
    assert "“Revision” is assigned to WANG Fang, until 2099-12-01 18:00." in diptych(*words).out
    assert diptych("assign", story, "--nobody", "--as", "ZHAO Min", "--json").json["assignment"] is None


def test_what_waits_is_listed_for_each_person(diptych: Diptych, story: str) -> None:
    def kinds(person: str) -> list[tuple[str, str]]:
        found = diptych("waiting", person, "--json").json
        assert found["person"] == person
        return [(duty["kind"], duty["story"]) for duty in found["waiting"]]

    assert kinds("LI Wen") == [("draft", story)]
    diptych("submit", story, "--as", "LI Wen")
    assert kinds("WANG Fang") == [("review", story)]
    diptych("assign", story, "--to", "WANG Fang", "--deadline", TIME, "--as", "ZHAO Min")
    assert kinds("ZHAO Min") == []
    assert "2099-12-01 18:00" in diptych("waiting", "WANG Fang").out
    assert "Nothing waits for ZHAO Min." in diptych("waiting", "--as", "ZHAO Min").out


def test_a_draft_is_recalled_and_a_review_given_back_and_handed_on(diptych: Diptych, story: str) -> None:
    diptych("people", "add", "CHEN Bo", "--role", "reviser")
    diptych("submit", story, "--as", "LI Wen")
    assert diptych("recall", story, "--as", "LI Wen", "--json").json["state"] == "drafting"
    diptych("submit", story, "--as", "LI Wen")
    diptych("claim", story, "--as", "WANG Fang")
    assert diptych("unclaim", story, "--as", "WANG Fang", "--json").json["state"] == "submitted"
    diptych("claim", story, "--as", "WANG Fang")
    handed = diptych("reassign", story, "--to", "CHEN Bo", "--note", "WANG is ill", "--as", "ZHAO Min", "--json")
    assert handed.json["state"] == "in revision"
    assert diptych("sign", story, "--as", "WANG Fang").code == 5
    assert diptych("sign", story, "--as", "CHEN Bo").code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("recall", "--as", "LI Wen"), 5, "the story is “Drafting”"),
        (("unclaim", "--as", "WANG Fang"), 5, "the story is “Drafting”"),
        (("reassign", "--to", "WANG Fang", "--note", "x", "--as", "LI Wen"), 5, "Ask one of: ZHAO Min"),
        (("reassign", "--to", "WANG Fang", "--as", "ZHAO Min"), 5, "--note"),
        (("reassign", "--to", "nobody", "--note", "x", "--as", "ZHAO Min"), 2, "Nobody here is called"),
        (("assign", "--to", "WANG Fang", "--as", "ZHAO Min"), 5, "somebody else drafts this story"),
        (("assign", "--deadline", "soon", "--as", "LI Wen"), 2, "is no moment"),
        (("assign", "--deadline", "2020-01-01", "--as", "LI Wen"), 2, "over already"),
        (("assign", "--as", "ZHAO Min", "--nobody", "--to", "LI Wen"), 2, "Either somebody"),
    ],
)
def test_what_is_refused_says_why_and_whom_to_ask(
    diptych: Diptych, story: str, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = diptych(words[0], story, *words[1:])
    assert answer.code == code
    assert answer.err.count("\n") == 1
    assert said in answer.err
