"""Where the other side of a split is cut: at sentences, clauses, words; never through a number, a word or a title."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.gui.editor.cutting import cut_like

WORDS = frozenset({"北京", "工业", "大学", "北京工业大学", "校长", "会见", "来访", "代表团", "签署", "合作", "协议"})


def parts(text: str, share: float, language: str = "zh-Hans", words: frozenset[str] = frozenset()) -> tuple[str, str]:
    at = cut_like(text, share, language, words=words)
    return text[:at], text[at:]


def test_the_end_of_a_sentence_is_taken_before_a_clause_and_a_clause_before_a_word() -> None:
    assert parts("会议开始，他说。然后结束，大家离开。", 0.3) == ("会议开始，他说。", "然后结束，大家离开。")
    assert parts("会议开始后大家都来了，然后结束", 0.2) == ("会议开始后大家都来了，", "然后结束")
    assert parts("The talk began, he said. Then it ended.", 0.2, "en") == (
        "The talk began, he said. ",
        "Then it ended.",
    )
    assert parts("When it began, we left", 0.9, "en") == ("When it began, ", "we left")
    assert parts("Dr. Wang came with 1,200 guests", 0.5, "en")[0].endswith(" ")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("总投资达到人民币1,234.56万元人民币", "1,234.56"),
        ("双方在AlphaGo实验室举行会谈", "AlphaGo"),
        ("会议通过了《关于加强合作的若干意见》文件", "《关于加强合作的若干意见》"),
        ("他提出“产学研一体化发展”的思路", "“产学研一体化发展”"),
        ("活动于2024年1月29日在校内举行", "2024年"),
        ("共有一百二十三名学生参加活动", "一百二十三"),
        ("比分是3：2主队获胜", "3：2"),
    ],
)
def test_numbers_latin_words_and_titles_stay_whole(text: str, whole: str) -> None:
    for tenth in range(11):
        first, second = parts(text, tenth / 10)
        assert first + second == text
        assert whole in first or whole in second


def test_words_that_are_known_stay_whole() -> None:
    text = "北京工业大学校长会见来访代表团签署合作协议"
    for tenth in range(1, 10):
        first, _ = parts(text, tenth / 10, words=WORDS)
        assert re.fullmatch("(北京工业大学|校长|会见|来访|代表团|签署|合作|协议)+", first)


def test_without_known_words_a_particle_is_not_parted_from_its_word() -> None:
    for tenth in range(1, 10):
        assert not parts("学校的发展得到了各方面的支持和帮助", tenth / 10)[1].startswith(("的", "了"))


@given(
    st.text(alphabet="北京大学的了，。“”《》（）0123456789.,AB c", max_size=60),
    st.floats(0, 1),
    st.sampled_from(["zh", "en"]),
)
def test_a_cut_lies_within_the_text_or_is_none(text: str, share: float, language: str) -> None:
    at = cut_like(text, share, language, words=WORDS)
    assert 0 <= at < max(1, len(text))
    if language == "zh" and at:
        assert not (text[at - 1].isdigit() and text[at].isdigit()), (text, at)


def test_a_long_text_without_marks_is_cut_quickly() -> None:
    assert 0 < cut_like("北京大学" * 5000, 0.5, "zh", words=WORDS) < 20000
    assert cut_like("“" * 20000, 0.5, "zh") >= 0
