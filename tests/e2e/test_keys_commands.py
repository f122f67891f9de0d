"""Keys by command, on a computer without a keyring: made, confirmed, signed with, retired, carried, and proved."""

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop_app.foundation import sealed_key

Diptych = Callable[..., Any]
ZH = "学校举行运动会\n\n三百名学生参加了比赛。\n"
EN = "University Holds Sports Meeting\n\nThree hundred students took part.\n"


@pytest.fixture(autouse=True)
def _cheap_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed_key.seal, "__kwdefaults__", {"cost": 1 << 10})


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A file with a passphrase."""
    path = tmp_path / "passphrase"
    path.write_text("four words in a row\n", encoding="utf-8")
    return path


@pytest.fixture
def story(diptych: Diptych, archive: Path, tmp_path: Path) -> str:
    (tmp_path / "zh.txt").write_text(ZH, encoding="utf-8")
    (tmp_path / "en.txt").write_text(EN, encoding="utf-8")
    answer = diptych(
        "import", "--source", tmp_path / "zh.txt", "--target", tmp_path / "en.txt", "--as", "LI Wen", "--json"
    )
    return str(answer.json["stories"][0]["id"])


def test_the_ordinary_way_of_a_story_signed_by_two(diptych: Diptych, story: str, words: Path) -> None:
    for name in ("LI Wen", "WANG Fang"):
        made = diptych("keys", "new", name, "--as", name, "--passphrase-file", words, "--json")
        assert made.code == 0
        assert made.json["keys"][0]["enrolled_at"]
    assert diptych("submit", story, "--as", "LI Wen", "--passphrase-file", words).code == 0
    assert diptych("claim", story, "--as", "WANG Fang").code == 0
    assert diptych("sign", story, "--step", "revision", "--as", "WANG Fang", "--passphrase-file", words).code == 0
    answer = diptych("sign", story, "--step", "approval", "--as", "ZHAO Min", "--json")

    assert answer.json["state"] == "approved"
    keys = {person["name"]: person["key"] for person in diptych("people", "list", "--json").json["people"]}
    assert [one["key"] for one in answer.json["signoffs"]] == [keys["LI Wen"], keys["WANG Fang"], None]
    assert keys["ZHAO Min"] is None
    proof = diptych("verify", "--json").json
    assert proof["ok"]
    assert proof["checked"]["signatures"] == 2


def test_a_new_key_says_where_it_lies_and_who_made_it_for_another(diptych: Diptych, archive: Path, words: Path) -> None:
    own = diptych("keys", "new", "LI Wen", "--as", "LI Wen", "--passphrase-file", words, "--json")
    assert own.json["keys"][0]["here"] == "file"
    quiet = diptych("keys", "retire", "LI Wen", "--reason", "replaced", "--as", "LI Wen", "--json")
    assert quiet.json["keys"][0]["here"] is None
    assert "made this key for" not in diptych("keys", "new", "LI Wen", "--as", "LI Wen", "--passphrase-file", words).out
    made = diptych("keys", "new", "WANG Fang", "--as", "ZHAO Min", "--passphrase-file", words)
    assert made.code == 0
    assert "ZHAO Min made this key for WANG Fang" in made.out
    told = diptych("events", "--json").json["events"][0]
    assert (told["name"], "who did not make it" in told["text"]) == ("ZHAO Min", True)
    assert "ZHAO Min" in diptych("keys", "list").out
    assert [key["origin"] for key in diptych("keys", "list", "--json").json["keys"]] == [
        None, None, "made by ZHAO Min, not by its owner",
    ]  # fmt: skip
    assert diptych("keys", "retire", "WANG Fang", "--reason", "replaced", "--as", "WANG Fang").code == 0
    assert diptych("keys", "list", "--json").json["keys"][-1]["origin"] == "made by ZHAO Min, not by its owner"
    assert diptych("verify").code == 0


def test_without_any_key_everything_goes_on_as_before(diptych: Diptych, story: str) -> None:
    assert diptych("submit", story, "--as", "LI Wen").code == 0
    assert diptych("claim", story, "--as", "WANG Fang").code == 0
    answer = diptych("sign", story, "--step", "revision", "--as", "WANG Fang", "--json")
    assert [(one["key"], one["signature"], one["valid"]) for one in answer.json["signoffs"]] == [(None, None, True)] * 2


def test_signing_waits_for_nobody(
    diptych: Diptych, story: str, words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert diptych("keys", "new", "LI Wen", "--passphrase-file", words).code == 0
    wrong = tmp_path / "wrong"
    wrong.write_text("four words in a raw", encoding="utf-8")
    empty = tmp_path / "empty"
    empty.write_bytes(b"\n")

    nobody = diptych("submit", story, "--as", "LI Wen")
    assert (nobody.code, nobody.err.count("\n")) == (2, 1)
    assert "--passphrase-file" in nobody.err
    assert diptych("submit", story, "--as", "LI Wen", "--passphrase-file", wrong).code == 5
    assert diptych("submit", story, "--as", "LI Wen", "--passphrase-file", empty).code == 2
    assert diptych("submit", story, "--as", "LI Wen", "--passphrase-file", tmp_path / "none").code == 3
    assert diptych("show", story, "--json").json["signoffs"] == []

    monkeypatch.setenv("DIPTYCH_PASSPHRASE_FILE", str(words))
    assert diptych("submit", story, "--as", "LI Wen").code == 0


def test_a_lost_key_file_refuses_and_a_new_key_takes_over(
    diptych: Diptych, story: str, words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIPTYCH_KEYS_DIR", str(tmp_path / "keys"))
    assert diptych("keys", "new", "LI Wen", "--passphrase-file", words).code == 0
    assert diptych("submit", story, "--as", "LI Wen", "--passphrase-file", words).code == 0
    again = ("withdraw", story, "--as", "LI Wen", "--note", "one more look", "--passphrase-file", words)
    assert diptych(*again).code == 0
    (file,) = (tmp_path / "keys").iterdir()
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o777 == 0o600
    file.unlink()

    lost = diptych("submit", story, "--as", "LI Wen", "--passphrase-file", words)
    assert lost.code == 5
    assert "not on this computer" in lost.err
    assert diptych("keys", "new", "LI Wen", "--passphrase-file", words).code == 5
    assert diptych("keys", "retire", "LI Wen", "--reason", "lost", "--as", "LI Wen").code == 0
    assert diptych("keys", "new", "LI Wen", "--passphrase-file", words).code == 0
    assert diptych("submit", story, "--as", "LI Wen", "--passphrase-file", words).code == 0

    first, second = diptych("keys", "list", "--json").json["keys"]
    assert (first["reason"], first["here"], second["here"]) == ("lost", None, "file")
    assert diptych("verify", "--json").json["ok"]


def test_an_archivist_confirms_what_others_ask_for(diptych: Diptych, archive: Path, words: Path) -> None:
    assert diptych("people", "add", "HE Jing", "--role", "archivist").code == 0
    made = diptych("keys", "new", "LI Wen", "--as", "LI Wen", "--passphrase-file", words)
    assert "waits until an archivist confirms it" in made.out
    assert diptych("keys", "enrol", "LI Wen", "--as", "LI Wen").code == 5
    refused = diptych("keys", "new", "WANG Fang", "--as", "LI Wen", "--passphrase-file", words)
    assert refused.code == 5
    assert "HE Jing" in refused.err
    assert diptych("keys", "enrol", "LI Wen", "--as", "HE Jing").code == 0
    assert "in use" in diptych("keys", "list").out


def test_keys_are_carried_as_files(
    diptych: Diptych, archive: Path, words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert diptych("keys", "new", "LI Wen", "--passphrase-file", words).code == 0
    assert diptych("keys", "export", "LI Wen", "-o", tmp_path / "li.pem").code == 0
    assert "BEGIN PUBLIC KEY" in (tmp_path / "li.pem").read_text(encoding="utf-8")
    assert diptych("keys", "export", "LI Wen", "--private", "-o", tmp_path / "li.json").code == 0
    assert diptych("keys", "enrol", "WANG Fang", tmp_path / "li.pem", "--as", "ZHAO Min").code == 5  # it is LI Wen's
    assert diptych("keys", "enrol", "WANG Fang", tmp_path / "li.json").code == 3
    assert diptych("keys", "enrol", "WANG Fang", words).code == 3

    monkeypatch.setenv("DIPTYCH_KEYS_DIR", str(tmp_path / "laptop"))
    assert diptych("keys", "list", "--json").json["keys"][0]["here"] is None
    assert diptych("keys", "take", tmp_path / "li.json", "--passphrase-file", words).code == 0
    assert diptych("keys", "list", "--json").json["keys"][0]["here"] == "file"


def test_a_house_demands_signatures(diptych: Diptych, story: str) -> None:
    assert diptych("keys", "demand", "--json").json == {"demanded": False}
    assert diptych("keys", "demand", "on", "--as", "LI Wen").code == 5
    assert diptych("keys", "demand", "on", "--as", "ZHAO Min", "--json").json == {"demanded": True}
    refused = diptych("submit", story, "--as", "LI Wen")
    assert refused.code == 5
    assert "keys new" in refused.err
    assert diptych("keys", "demand", "off", "--as", "ZHAO Min").code == 0
    assert diptych("submit", story, "--as", "LI Wen").code == 0


def test_a_withdrawal_is_signed_as_the_sign_off_was(diptych: Diptych, story: str, words: Path) -> None:
    assert diptych("keys", "new", "LI Wen", "--as", "LI Wen", "--passphrase-file", words).code == 0
    assert diptych("submit", story, "--as", "LI Wen", "--passphrase-file", words).code == 0
    alone = diptych("withdraw", story, "--as", "LI Wen", "--note", "A slip.")
    assert alone.code == 2
    assert "--passphrase-file" in alone.err
    assert diptych("withdraw", story, "--as", "LI Wen", "--note", "A slip.", "--passphrase-file", words).code == 0
    proof = diptych("verify", "--json").json
    assert (proof["ok"], proof["checked"]["signatures"]) == (True, 2)


def test_what_went_out_early_is_approved_with_a_key_where_that_is_demanded(
    diptych: Diptych, story: str, words: Path
) -> None:
    assert diptych("submit", story, "--as", "LI Wen").code == 0
    assert diptych("release", story, "--emergency", "--note", "It burns.", "--as", "ZHAO Min").code == 0
    assert diptych("people", "add", "Nobody Much").code == 0
    assert diptych("keys", "demand", "on", "--as", "ZHAO Min").code == 0
    for name in ("Nobody Much", "WANG Fang"):
        refused = diptych("approve-later", story, "--as", name)
        assert refused.code == 5
        assert "demands a signature" in refused.err
    assert diptych("keys", "new", "WANG Fang", "--as", "WANG Fang", "--passphrase-file", words).code == 0
    assert diptych("approve-later", story, "--as", "WANG Fang", "--passphrase-file", words).code == 0
    (early,) = diptych("emergencies", "--all", "--json").json["emergencies"]
    key = next(one for one in diptych("people", "list", "--json").json["people"] if one["name"] == "WANG Fang")["key"]
    assert (early["approved_by"], early["key"]) == ("WANG Fang", key)
    assert early["signature"]
    proof = diptych("verify", "--json").json
    assert (proof["ok"], proof["checked"]["signatures"]) == (True, 1)


def test_verify_names_the_signature_that_was_altered(diptych: Diptych, story: str, words: Path, archive: Path) -> None:
    assert diptych("keys", "new", "LI Wen", "--passphrase-file", words).code == 0
    assert diptych("submit", story, "--as", "LI Wen", "--passphrase-file", words).code == 0
    with closing(sqlite3.connect(archive / "archive.sqlite", isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE signoffs SET note = 'never said'")
    answer = diptych("verify", "--json")
    assert answer.code == 1
    (found,) = [problem for problem in answer.json["problems"] if problem["kind"] == "signature"]
    assert "“draft”, LI Wen" in found["reason"]


@pytest.mark.parametrize(
    "command",
    [
        ("keys", "retire", "LI Wen", "--reason", "bored"), ("keys", "retire", "LI Wen", "--reason", "lost"),
        ("keys", "export", "LI Wen", "-o", "x.pem"), ("keys", "enrol", "LI Wen"), ("keys", "new", "nobody"),
        ("keys", "new", "LI Wen"), ("keys", "demand", "perhaps"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_line(diptych: Diptych, archive: Path, command: tuple[str, ...]) -> None:
    answer = diptych(*command)
    assert (answer.code, answer.err.count("\n")) == (2, 1)


def test_a_new_key_without_a_terminal_says_how_to_give_a_passphrase(diptych: Diptych, archive: Path) -> None:
    answer = diptych("keys", "new", "LI Wen", "--as", "LI Wen")
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert "A new passphrase is needed" in answer.err
    assert "--passphrase-file" in answer.err
    assert diptych("keys", "list", "--json").json["keys"] == []


def test_what_an_archivist_takes_in_from_a_file_is_told(
    diptych: Diptych, archive: Path, words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert diptych("keys", "new", "LI Wen", "--as", "LI Wen", "--passphrase-file", words).code == 0
    assert "Confirmed the key of LI Wen, made by LI Wen" in diptych("events").out
    assert diptych("keys", "export", "LI Wen", "-o", tmp_path / "li.pem").code == 0
    monkeypatch.setenv("DIPTYCH_KEYS_DIR", str(tmp_path / "elsewhere"))
    other = tmp_path / "other"
    assert diptych("init", other).code == 0
    for name, role in (("LI Wen", "translator"), ("SUN Yue", "archivist")):
        assert diptych("-a", other, "people", "add", name, "--role", role).code == 0
    taken = diptych("-a", other, "keys", "enrol", "LI Wen", tmp_path / "li.pem", "--as", "SUN Yue", "--json")
    assert taken.json["keys"][0]["origin"] == "taken in from a file by SUN Yue, not by its owner"
    assert "Took in a key for LI Wen from a file" in diptych("-a", other, "events").out
    assert "SUN Yue" in diptych("-a", other, "keys", "list").out
