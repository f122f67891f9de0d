"""The command ``policy``: what a house's own steps look like from outside, and a story that goes through them."""

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import Diptych

PAGE = "New Library Opens\n\nThe library opened on Monday, and students came to see it.\n"


@pytest.fixture
def file(diptych: Diptych, archive: Path, tmp_path: Path) -> Path:
    """A policy of the house: a copy of the program's with a legal reading in it."""
    data = diptych("policy", "show", "draft-revision", "--json").json
    legal = {
        "name": "legal", "kind": "review", "title": {"zh": "法务审读", "en": "Legal reading"},
        "credit": {"zh": "法务", "en": "Legal"}, "roles": ["editor"],
    }  # fmt: skip
    data |= {"name": "house", "title": {"zh": "本社流程", "en": "House way"}}
    data["steps"].insert(2, legal)
    data["last_reviewer_may_approve"] = True
    path = tmp_path / "house.json"
    path.write_text(json.dumps(data), "utf-8")
    return path


def test_the_program_s_policies_are_listed_from_the_start(diptych: Diptych, archive: Path) -> None:
    answer = diptych("policy", "list", "--json").json
    assert answer["default"] == "draft-revision"
    assert [(one["name"], one["version"], one["built_in"], one["default"]) for one in answer["policies"]] == [
        ("draft-revision", 1, True, True),
        ("three-reviews", 1, True, False),
    ]
    assert answer["policies"][1]["steps"] == ["draft", "first", "second", "final", "approval"]
    assert "draft-revision *" in diptych("policy", "list").out


def test_what_is_shown_can_be_saved_under_another_name(diptych: Diptych, archive: Path, file: Path) -> None:
    saved = diptych("policy", "save", file, "--as", "ZHAO", "--json")
    assert saved.json == {"policy": "house", "policy_version": 1, "saved": True, "kept": 0}
    again = diptych("policy", "save", file, "--as", "ZHAO", "--json").json
    assert (again["policy_version"], again["saved"]) == (1, False)
    shown = json.loads(diptych("policy", "show", "house").out)
    assert [step["name"] for step in shown["steps"]] == ["draft", "revision", "legal", "approval"]
    assert diptych("policy", "show", "house", "--version", "2").code == 2
    assert diptych("verify").code == 0


def test_a_story_goes_the_house_s_way_and_credits_it(
    diptych: Diptych, archive: Path, file: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, "utf-8")
    assert diptych("policy", "save", file, "--as", "ZHAO").code == 0
    assert diptych("policy", "default", "house", "--as", "ZHAO", "--json").json == {"default": "house"}
    story = diptych("import", page, "--as", "LI", "--json").json["stories"][0]
    assert (story["policy"], story["policy_version"]) == ("house", 1)
    name = story["slug"]
    for words in (("submit", "LI"), ("claim", "WANG"), ("sign", "WANG", "--step", "revision"), ("claim", "ZHAO"),
                  ("sign", "ZHAO", "--step", "legal"), ("sign", "ZHAO", "--step", "approval")):  # fmt: skip
        command, who, *rest = words
        assert diptych(command, name, "--as", who, *rest).code == 0, words
    shown = diptych("show", name, "--json").json
    assert shown["state"] == "approved"
    assert [(one["label"], one["names"]) for one in shown["credits"]] == [
        ("Draft", ["LI Wen"]), ("Revision", ["WANG Fang"]), ("Legal", ["ZHAO Min"]),
    ]  # fmt: skip
    assert "Signed “Legal reading” of version 1.0" in diptych("history", name).out
    late = diptych("policy", "use", name, "three-reviews", "--as", "ZHAO")
    assert late.code == 5
    assert "“Approved”" in late.err


def test_a_story_is_put_under_a_policy_while_its_draft_is_open(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, "utf-8")
    name = diptych("import", page, "--as", "LI", "--json").json["stories"][0]["slug"]
    refused = diptych("policy", "use", name, "three-reviews", "--as", "LI")
    assert refused.code == 5
    assert "ZHAO Min" in refused.err
    answer = diptych("policy", "use", name, "three-reviews", "--as", "ZHAO", "--json").json
    assert (answer["policy"], answer["policy_version"]) == ("three-reviews", 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "JSON"),
        ("[1]", "JSON object"),
        ('{"name": "house"', "JSON"),
        ('{"name": "house", "title": {"zh": "本社", "en": "House"}, "steps": []}', "steps"),
        ('{"name": "house", "steps": []}', "title"),
    ],
)
def test_what_is_no_policy_is_refused(diptych: Diptych, archive: Path, tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content, "utf-8")
    answer = diptych("policy", "save", path, "--as", "ZHAO")
    assert answer.code == 3
    assert answer.err.startswith(f"diptych: {path}")
    assert said in answer.err
    assert diptych("policy", "list", "--json").json["default"] == "draft-revision"


def test_what_is_not_there_is_told_with_what_is(diptych: Diptych, archive: Path) -> None:
    for words in (("show", "nothing"), ("default", "nothing")):
        answer = diptych("policy", *words, "--as", "ZHAO")
        assert answer.code == 2
        assert "draft-revision, three-reviews" in answer.err
