"""People by command: corrected and removed; and what a command notes beside its answer."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop_app.desk.desk import open_desk
from desktop_app.store import people

Diptych = Callable[..., Any]


def names(diptych: Diptych) -> list[str]:
    return [person["name"] for person in diptych("people", "list", "--json").json["people"]]


def test_a_person_is_corrected(diptych: Diptych, archive: Path) -> None:
    assert diptych("people", "add", "zhang wei").code == 0

    answer = diptych(
        "people", "change", "zhang wei", "--name", "ZHANG Wei", "--zh", "张伟", "--role", "reviser", "--role", "editor",
        "--json", "--as", "ZHAO Min",
    )  # fmt: skip

    assert answer.code == 0
    (person,) = answer.json["people"]
    assert (person["name"], person["zh"], person["roles"]) == ("ZHANG Wei", "张伟", ["editor", "reviser"])
    assert (
        diptych("people", "change", "ZHANG Wei", "--role", "any", "--json", "--as", "ZHAO Min").json["people"][0][
            "roles"
        ]
        == []
    )
    assert "Changed ZHANG Wei." in diptych("people", "change", "张伟", "--zh", "", "--as", "ZHANG Wei").out
    assert names(diptych) == ["LI Wen", "WANG Fang", "ZHAO Min", "ZHANG Wei"]


@pytest.mark.parametrize(
    "words",
    [("nobody", "--name", "X"), ("LI Wen",), ("LI Wen", "--name", "wang fang"), ("LI Wen", "--name", " ")],
)
def test_a_wrong_correction_is_refused(diptych: Diptych, archive: Path, words: tuple[str, ...]) -> None:
    answer = diptych("people", "change", *words, "--as", "ZHAO Min")
    assert answer.code == 2
    assert answer.err.count("\n") == 1
    assert names(diptych) == ["LI Wen", "WANG Fang", "ZHAO Min"]


@pytest.mark.parametrize("name", ["LI\u202e Wei", "LI\x1b[31m Wei", "LI\u200b Wei"])
def test_signs_that_do_not_print_are_kept_out_of_names(diptych: Diptych, archive: Path, name: str) -> None:
    for words in (("add", name), ("add", "HE Li", "--zh", name), ("change", "LI Wen", "--name", name)):
        answer = diptych("people", *words)
        assert answer.code == 2
        assert "do not print, such as U+" in answer.err
    assert names(diptych) == ["LI Wen", "WANG Fang", "ZHAO Min"]


def test_what_stands_there_already_is_shown_harmlessly(diptych: Diptych, archive: Path) -> None:
    answer = diptych("show", "\x1b[31m\u202eno-such")
    assert answer.code == 2
    assert "<U+001B>[31m<U+202E>no-such" in answer.err
    with closing(open_desk(archive)) as desk, desk.archive.write() as unit:
        people.change(unit.session, replace(people.everybody(unit.session)[0], name="LI\u202e\x1b[31m"))
        unit.record("person changed")
    table = diptych("people", "list").out
    assert "LI<U+202E><U+001B>[31m" in table
    assert not set(table) & {"\u202e", "\x1b"}
    assert "\u202e" not in diptych("people", "list", "--json").out
    assert "LI\u202e\x1b[31m" in names(diptych)


def test_somebody_is_removed_who_never_did_anything(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    assert "Removed ZHAO Min." in diptych("people", "remove", "ZHAO Min", "--as", "ZHAO Min").out
    assert names(diptych) == ["LI Wen", "WANG Fang"]
    source = tmp_path / "zh.txt"
    source.write_text("学校举行运动会\n\n三百名学生参加了比赛。\n", encoding="utf-8")
    assert diptych("import", source, "--as", "WANG Fang").code == 0

    answer = diptych("people", "remove", "WANG Fang")

    assert answer.code == 5
    assert "the history names them" in answer.err
    assert answer.err.count("\n") == 1
    assert diptych("verify").code == 0


def test_an_archive_among_other_files_is_noted(diptych: Diptych, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / ".hidden").write_text("")
    assert diptych("init", folder / "empty").err == ""
    (folder / "minutes.docx").write_bytes(b"x")

    answer = diptych("init", folder, "--json")

    assert answer.code == 0
    assert answer.json["policy"] == "draft-revision"
    assert answer.err.count("\n") == 1
    assert "other files" in answer.err
    assert diptych("init", folder).code == 4  # and an archive that is there is refused as before


def test_signing_what_is_not_translated_is_noted(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text("学校举行运动会\n\n三百名学生参加了比赛。比赛在周五结束。\n", encoding="utf-8")
    (tmp_path / "en.txt").write_text("University Holds Sports Meeting\n", encoding="utf-8")
    pair = ("--source", tmp_path / "zh.txt", "--target", tmp_path / "en.txt")
    slug = diptych("import", *pair, "--as", "LI Wen", "--json").json["stories"][0]["slug"]

    answer = diptych("submit", slug, "--as", "LI Wen")

    assert answer.code == 0
    assert answer.err.count("\n") == 1
    assert "no translation" in answer.err


@pytest.fixture
def at_work(diptych: Diptych, archive: Path, tmp_path: Path) -> Path:
    """The archive with a story in it."""
    (tmp_path / "zh.txt").write_text("学校举行运动会\n\n三百名学生参加了比赛。\n", encoding="utf-8")
    assert diptych("import", tmp_path / "zh.txt", "--as", "LI Wen").code == 0
    return archive


def test_nobody_becomes_archivist_by_their_own_word(diptych: Diptych, at_work: Path) -> None:
    for command in (
        ("people", "change", "LI Wen", "--role", "archivist", "--as", "LI Wen"),
        ("people", "change", "LI Wen", "--role", "any", "--as", "LI Wen"),
        ("people", "change", "ZHAO Min", "--role", "translator", "--as", "WANG Fang"),
        ("people", "change", "WANG Fang", "--name", "WANG Fei", "--as", "LI Wen"),
        ("people", "remove", "WANG Fang", "--as", "LI Wen"),
        ("keys", "demand", "on", "--as", "LI Wen"),
    ):
        refused = diptych(*command)
        assert (refused.code, refused.err.count("\n")) == (5, 1)
        assert "Ask one of: ZHAO Min." in refused.err
    given = diptych("people", "change", "LI Wen", "--role", "archivist", "--as", "ZHAO Min")
    assert given.code == 0
    assert diptych("events", "--json").json["events"][0]["text"] == "Gave LI Wen the role archivist; was translator"


def test_whom_a_stranger_brings_in_has_no_say_over_keys(diptych: Diptych, at_work: Path, tmp_path: Path) -> None:
    added = diptych("people", "add", "Mallory", "--role", "archivist", "--as", "LI Wen", "--json")
    assert added.code == 0
    assert not added.json["people"][0]["confirmed"]
    assert "no archivist or editor has confirmed Mallory" in added.err
    listed = " ".join(diptych("people", "list").out.split())
    assert "added by LI Wen" in listed
    for command in (
        ("people", "change", "LI Wen", "--role", "archivist"), ("people", "change", "Mallory", "--role", "any"),
        ("keys", "new", "WANG Fang"), ("keys", "demand", "on"),
    ):  # fmt: skip
        refused = diptych(*command, "--as", "Mallory")
        assert refused.code == 5
        assert "confirmed the entry of Mallory" in refused.err

    assert diptych("people", "change", "Mallory", "--role", "archivist", "--as", "ZHAO Min").code == 0
    assert diptych("people", "list", "--json").json["people"][-1]["confirmed"]
    assert diptych("keys", "demand", "on", "--as", "Mallory").code == 0
    assert diptych("verify").code == 0


def test_whoever_shares_a_chinese_name_is_told_of_and_found(diptych: Diptych, archive: Path) -> None:
    assert diptych("people", "change", "ZHAO Min", "--zh", "赵敏", "--as", "ZHAO Min").err == ""
    added = diptych("people", "add", "赵敏", "--role", "reviser", "--as", "ZHAO Min")
    assert added.code == 0
    assert "also called so in Chinese: ZHAO Min" in added.err
    assert diptych("events", "--as", "赵敏").code == 0
    by_name = diptych("people", "change", "赵敏", "--name", "ZHAO Minmin", "--as", "赵敏", "--json")
    assert by_name.json["people"][0]["name"] == "ZHAO Minmin"


def test_somebody_without_roles_is_listed_with_every_role(diptych: Diptych, archive: Path) -> None:
    assert diptych("people", "add", "HE Jing").code == 0
    row = next(line for line in diptych("people", "list").out.splitlines() if "HE Jing" in line)
    assert "every role" in row
    assert diptych("people", "list", "--json").json["people"][-1]["roles"] == []
