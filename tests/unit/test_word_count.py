"""Counts as Microsoft Word gives them, of texts and of whole stories."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.counts import WordCount, word_count
from desktop_app.domain.story import Bilingual, Block, BlockKind, Content, Placement, Segment, SegmentStatus, Story
from desktop_app.domain.story_counts import Pair, story_counts


@pytest.mark.parametrize(
    ("text", "words", "asian", "other"),
    [
        ("", 0, 0, 0),
        ("新材料大会在我校举行。", 11, 11, 0),  # the full stop is a word
        ("AI时代", 3, 2, 1),
        ("第5届“双一流”建设", 10, 9, 1),
        ("The dean said: “Welcome!”", 4, 0, 4),
        ("vis-à-vis 06/30/2003 a/b", 3, 0, 3),
        ("RMB 1.2 亿元", 4, 2, 2),
        ("，，，", 3, 3, 0),
        ("你好 - 世界", 5, 4, 1),
        ("１２３ＡＢ", 5, 5, 0),  # full-width digits and letters
        ("안녕 하세요", 2, 0, 2),
        ("它——就是……它", 8, 8, 0),
        ("It’s — in short — his", 6, 0, 6),
        ("　　段首空两格", 5, 5, 0),
    ],
)
def test_words_are_asian_characters_and_runs_of_others(text: str, words: int, asian: int, other: int) -> None:
    counted = word_count(text)
    assert (counted.words, counted.asian, counted.other) == (words, asian, other)


def test_characters_leave_spaces_out_or_have_them() -> None:
    assert word_count("We met. 我们　见面") == WordCount(6, 10, 13, 4, 2)


_TEXT = st.text(alphabet=st.sampled_from("ab1 -.,'“”’…—·中文，。「」Ａ　\u00a0가😀é\u0301"), max_size=60)


@given(_TEXT)
def test_figures_agree_with_one_another(text: str) -> None:
    counted = word_count(text)
    assert counted.words == counted.asian + counted.other
    assert counted.with_spaces == len(text)
    assert counted.words <= counted.characters <= counted.with_spaces
    assert counted.characters == sum(not one.isspace() for one in text)


def test_a_story_is_counted_by_status_captions_and_repetitions() -> None:
    def paragraph(key: str, source: str, target: str, status: SegmentStatus) -> Block:
        return Block(key, BlockKind.PARAGRAPH, (Segment(key, source, target, status),))

    story = Story(
        "s",
        "s",
        Content(
            (
                paragraph("a", "双方签署协议。", "They signed.", SegmentStatus.CONFIRMED),
                paragraph("b", "双方签署协议。", "", SegmentStatus.UNTRANSLATED),
                Block("p", BlockKind.PICTURE, (), Placement("1.jpg", caption=Bilingual("合影", "A photo"))),
                Block("q", BlockKind.PICTURE, (), Placement("2.jpg")),
            )
        ),
    )
    counts = story_counts(story)
    seven = word_count("双方签署协议。")
    assert counts.text == Pair(2, seven + seven, word_count("They signed."))
    assert counts.captions == Pair(1, word_count("合影"), word_count("A photo"))
    assert counts.repeated == Pair(1, seven, WordCount())
    assert counts.all.segments == 3
    assert counts.paragraphs == 2
    assert {status: pair.segments for status, pair in counts.statuses.items()} == {
        SegmentStatus.CONFIRMED: 1,
        SegmentStatus.UNTRANSLATED: 1,
    }
