"""Find and replace by command: what is found, what is replaced and what is left, and taking it back."""

from pathlib import Path

import pytest

from tests.e2e.conftest import Diptych

ZH = "北京大学代表团来访\n\n代表团昨天来访。双方签署了三项协议。\n"
EN = (
    "Peking University Delegation Visits\n\n"
    "A delegation from Pekin University came to visit. Three deals were signed.\n"
)


def take_in(diptych: Diptych, archive: Path, folder: Path, english: str = EN) -> str:
    (folder / "zh.txt").write_text(ZH, "utf-8")
    (folder / "en.txt").write_text(english, "utf-8")
    words = ("import", "--source", folder / "zh.txt", "--target", folder / "en.txt", "-a", archive)
    return str(diptych(*words, "--as", "LI Wen", "--json").json["stories"][0]["id"])


def english(diptych: Diptych, archive: Path, story: str) -> list[str]:
    blocks = diptych("show", story, "-a", archive, "--json").json["blocks"]
    return [segment["target"] for block in blocks for segment in block["segments"]]


@pytest.fixture
def story(diptych: Diptych, archive: Path, tmp_path: Path) -> str:
    return take_in(diptych, archive, tmp_path)


def test_find_tells_every_text_with_its_places(diptych: Diptych, archive: Path, story: str) -> None:
    answer = diptych("find", "visit", "-a", archive, "--json").json
    assert [hit["before"][a:b] for hit in answer["hits"] for a, b in hit["marks"]] == ["Visit", "visit"]
    assert {hit["story"] for hit in answer["hits"]} == {story}
    assert (answer["replaced"], answer["refused"]) == (0, 0)
    assert len(diptych("find", "visit", "--words", "-a", archive, "--json").json["hits"]) == 1
    assert len(diptych("find", "visit", "--case", "-a", archive, "--json").json["hits"]) == 1
    assert [hit["side"] for hit in diptych("find", "代表团", "-a", archive, "--json").json["hits"]] == ["source"] * 2
    assert diptych("find", "代表团", "--in", "target", "-a", archive, "--json").json["hits"] == []
    assert "[Visit]" in diptych("find", "visit", "-a", archive).out


def test_find_by_regular_expression_state_and_story(diptych: Diptych, archive: Path, story: str) -> None:
    def hits(*words: str) -> int:
        return len(diptych("find", r"Peking?\b", "--regex", *words, "-a", archive, "--json").json["hits"])

    assert hits() == 2
    assert hits("--state", "drafting") == 2
    assert hits("--state", "approved") == 0
    assert hits("--story", story) == 2
    assert diptych("find", "x", "--story", "nobody", "-a", archive).code == 2


@pytest.mark.parametrize("pattern", ["(", "a**", "(a+)+b", "x*", "(.*)(.*)(.*)y"])
def test_a_pattern_that_cannot_be_used_is_wrong_usage(
    diptych: Diptych, archive: Path, story: str, pattern: str
) -> None:
    for command in (("find", pattern), ("replace", pattern, "b", "--as", "LI Wen")):
        answer = diptych(*command, "--regex", "-a", archive)
        assert answer.code == 2
        assert answer.err.startswith("diptych: ")
        assert answer.err.count("\n") == 1


def test_replace_changes_texts_and_undo_brings_them_back(diptych: Diptych, archive: Path, story: str) -> None:
    before = english(diptych, archive, story)
    words = ("replace", "Pekin University", "Peking University", "--as", "LI Wen", "-a", archive, "--json")
    trial = diptych(*words, "--dry-run")
    assert (trial.code, trial.json["replaced"], len(trial.json["hits"])) == (0, 0, 1)
    assert english(diptych, archive, story) == before
    done = diptych(*words)
    assert (done.code, done.json["replaced"], done.json["refused"]) == (0, 1, 0)
    (hit,) = done.json["hits"]
    assert hit["after"] == hit["before"].replace("Pekin ", "Peking ")
    assert english(diptych, archive, story) == [text.replace("Pekin ", "Peking ") for text in before]
    undone = diptych("replace", "--undo", "--as", "LI Wen", "-a", archive, "--json")
    assert (undone.code, undone.json["replaced"]) == (0, 1)
    assert english(diptych, archive, story) == before
    assert diptych("replace", "--undo", "--as", "LI Wen", "-a", archive).code == 2
    said = diptych("history", story, "-a", archive).out
    assert "Replaced “Pekin University” throughout the archive" in said
    assert "Took back the replacing of “Pekin University”" in said
    assert diptych("verify", "-a", archive).code == 0


def test_groups_and_letter_case_of_a_replacement(diptych: Diptych, archive: Path, story: str) -> None:
    words = ("-a", archive, "--as", "LI Wen")
    assert diptych("replace", r"(\w+) deals were (\w+)", "$1 agreements were \\2", "--regex", *words).code == 0
    assert diptych("replace", "visit", "call", "--keep-case", *words).code == 0
    joined = " ".join(english(diptych, archive, story))
    assert "Three agreements were signed" in joined
    assert "Delegation Calls" in joined
    assert "came to call" in joined
    assert diptych("replace", "(a)", "$2", "--regex", *words).code == 2


def test_signed_stories_are_left_unless_asked_for(diptych: Diptych, archive: Path, tmp_path: Path, story: str) -> None:
    other = take_in(diptych, archive, tmp_path, EN.replace("Visits", "Visits Again"))
    assert diptych("submit", story, "--as", "LI Wen", "-a", archive).code == 0
    words = ("replace", "delegation", "group", "--as", "LI Wen", "-a", archive)
    some = diptych(*words, "--story", story, "--story", other, "--json")
    assert (some.code, {hit["story"] for hit in some.json["hits"] if hit["refused"]}) == (1, {story})
    assert "signed story would lose sign-offs" in diptych(*words, "--dry-run").out
    assert diptych(*words, "--json").code == 5
    signed = diptych(*words, "--signed", "--json")
    assert (signed.code, signed.json["refused"]) == (0, 0)
    assert "group" in " ".join(english(diptych, archive, story))


def test_a_story_in_other_hands_is_refused_with_the_reason(diptych: Diptych, archive: Path, story: str) -> None:
    assert diptych("submit", story, "--as", "LI Wen", "-a", archive).code == 0
    assert diptych("claim", story, "--as", "WANG Fang", "-a", archive).code == 0
    answer = diptych("replace", "delegation", "group", "--signed", "--as", "LI Wen", "-a", archive, "--json")
    assert answer.code == 5
    assert all("revision" in hit["refused"] for hit in answer.json["hits"])
    assert "delegation" in " ".join(english(diptych, archive, story))


def test_the_chinese_is_never_replaced(diptych: Diptych, archive: Path, story: str) -> None:
    answer = diptych("replace", "代表团", "团", "--in", "both", "--as", "LI Wen", "-a", archive, "--json")
    assert (answer.code, answer.json["refused"]) == (5, 2)


def test_words_that_make_no_sense_together_are_wrong_usage(diptych: Diptych, archive: Path, story: str) -> None:
    for words in ((), ("only",), ("a", "b", "--undo")):
        assert diptych("replace", *words, "--as", "LI Wen", "-a", archive).code == 2


def test_replacing_by_nothing_says_that_words_are_taken_out(diptych: Diptych, archive: Path, story: str) -> None:
    words = ("replace", "delegation ", "", "--as", "LI Wen", "-a", archive)
    assert "the words would be taken out of 2 texts." in diptych(*words, "--dry-run").out
    done = diptych(*words)
    assert "the words were taken out of 2 texts." in done.out
    assert "elegation" not in " ".join(english(diptych, archive, story))


def test_undo_says_what_stays_stale_and_where_texts_were_left(diptych: Diptych, archive: Path, story: str) -> None:
    assert diptych("submit", story, "--as", "LI Wen", "-a", archive).code == 0
    words = ("replace", "visit", "call", "--signed", "--as", "LI Wen", "-a", archive)
    assert diptych(*words).code == 0
    undone = diptych("replace", "--undo", "--as", "LI Wen", "-a", archive)
    assert "Sign-offs that had gone stale stay stale; they must be given again." in undone.out


def test_find_keeps_its_limit_and_says_that_there_is_more(diptych: Diptych, archive: Path, story: str) -> None:
    def places(*words: object) -> tuple[int, bool]:
        answer = diptych("find", "e", *words, "-a", archive, "--json").json
        return sum(len(hit["marks"]) for hit in answer["hits"]), answer["more"]

    total, more = places()
    assert total > 3
    assert not more
    assert places("--limit", 3) == (3, True)
    assert places("--limit", total) == (total, False)
    assert places("--limit", total - 1) == (total - 1, True)
    assert "The first 3 places; --limit shows more." in diptych("find", "e", "--limit", 3, "-a", archive).out
    assert "--limit" not in diptych("find", "e", "--limit", total, "-a", archive).out


@pytest.mark.parametrize("sign", ["\x07", "\n", "\udc80"])
def test_a_replacement_with_a_control_character_is_refused(
    diptych: Diptych, archive: Path, story: str, sign: str
) -> None:
    before = english(diptych, archive, story)
    answer = diptych("replace", "delegation", f"C{sign}D", "--as", "LI Wen", "-a", archive)
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert english(diptych, archive, story) == before


def test_an_undo_that_finds_nothing_standing_does_not_hide_the_one_before(
    diptych: Diptych, archive: Path, story: str
) -> None:
    before = english(diptych, archive, story)
    words = ("--as", "LI Wen", "-a", archive, "--json")
    assert diptych("replace", "visit", "call", *words).json["replaced"] == 2
    assert diptych("replace", "Three deals", "Some deals", *words).json["replaced"] == 1
    assert diptych("restore-version", story, "1.0", *words).code == 0
    first = diptych("replace", "--undo", *words)
    assert (first.code, first.json["given_up"], first.json["replaced"]) == (1, True, 0)
    assert [hit["number"] for hit in first.json["hits"]] == [3]
    second = diptych("replace", "--undo", "--as", "LI Wen", "-a", archive)
    assert second.code == 1
    assert "segment 1" in second.out
    assert "Nothing of this replacement stands any more" in second.out
    assert diptych("replace", "--undo", *words).code == 2
    assert english(diptych, archive, story) == before
    assert diptych("verify", "-a", archive).code == 0


def test_replacing_words_by_themselves_changes_nothing_and_says_so(diptych: Diptych, archive: Path, story: str) -> None:
    assert diptych("submit", story, "--as", "LI Wen", "-a", archive).code == 0
    words = ("replace", "delegation", "delegation", "--case", "--as", "LI Wen", "-a", archive)
    for more in ((), ("--dry-run",), ("--signed",)):
        answer = diptych(*words, *more)
        assert (answer.code, answer.out) == (0, "Nothing would change.\n")
        assert diptych(*words, *more, "--json").json == {"hits": [], "replaced": 0, "refused": 0}
