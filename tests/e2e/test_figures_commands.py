"""The commands that count: ``count`` and ``progress``, as a person or a script gives them."""

from pathlib import Path

import pytest

from tests.e2e.conftest import Diptych


@pytest.fixture
def story(diptych: Diptych, archive: Path, tmp_path: Path) -> str:
    zh, en = tmp_path / "zh.txt", tmp_path / "en.txt"
    zh.write_text("代表团来访\n\n双方签署AI协议。\n", "utf-8")
    en.write_text("Delegation Visits\n\nThey signed an AI agreement.\n", "utf-8")
    answer = diptych("-a", archive, "import", "--source", zh, "--target", en, "--as", "LI Wen", "--json")
    assert answer.code == 0
    return str(answer.json["stories"][0]["slug"])


def test_count_gives_word_s_figures_of_both_sides(diptych: Diptych, archive: Path, story: str) -> None:
    (counts,) = diptych("count", story, "--json").json["counts"]
    assert counts["slug"] == story
    assert counts["all"]["source"] == {
        "words": 13, "characters": 14, "characters_with_spaces": 14, "asian_characters": 12, "non_asian_words": 1,
    }  # fmt: skip
    assert counts["all"]["target"]["words"] == 7
    assert counts["paragraphs"] == 2
    assert counts["captions"]["segments"] == 0
    assert story in diptych("count", story).out


def test_count_wants_stories_that_are_there(diptych: Diptych, archive: Path) -> None:
    assert diptych("count").code == 2
    answer = diptych("count", "no-such-story")
    assert answer.code == 2
    assert answer.err.count("\n") == 1


def test_progress_lists_the_days_the_oldest_first(diptych: Diptych, story: str) -> None:
    answer = diptych("progress", "--as", "LI Wen", "--days", "3", "--json")
    assert answer.code == 0
    assert answer.json["name"] == "LI Wen"
    dates = [day["date"] for day in answer.json["days"]]
    assert len(dates) == 3
    assert dates == sorted(dates)
    assert set(answer.json["days"][0]) == {"date", "confirmed", "words", "stories"}


@pytest.mark.parametrize("days", ["0", "-3", "1000", "week"])
def test_progress_refuses_an_absurd_number_of_days(diptych: Diptych, story: str, days: str) -> None:
    assert diptych("progress", "--as", "LI Wen", "--days", days).code == 2
