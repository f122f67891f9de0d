"""Segmentation: pieces are slices, whatever comes; boundaries where a reader of news would set them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.language.sentences import segmenter, split_for_story

MARKS = st.sampled_from(
    [*"。！？…；，“”‘’「」（）()《》.!?\"' \n\t　", "Mr.", "U.S.", "的", "说", "A", "a", "1.", "http://a.b/?c"]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(MARKS, max_size=40).map("".join))
LANGUAGES = st.sampled_from(["zh-Hans", "en"])


@given(TEXTS, LANGUAGES)
def test_pieces_are_slices_and_none_is_empty(text: str, language: str) -> None:
    pieces = segmenter(language).split(text)
    assert "".join(pieces) == text
    assert all(pieces)


@given(TEXTS, LANGUAGES)
def test_whitespace_stands_at_the_end_of_the_piece_before_it(text: str, language: str) -> None:
    assert all(not piece[0].isspace() for piece in segmenter(language).split(text)[1:])


@given(TEXTS)
def test_english_pieces_of_a_story_joined_by_a_space_are_the_text(text: str) -> None:
    pieces = split_for_story(text, "en")
    assert " ".join(pieces) == text
    assert all(pieces)
    assert all(not piece[:1].isspace() for piece in pieces[1:])
    assert all(not piece[-1:].isspace() for piece in pieces[:-1])


@given(TEXTS)
def test_chinese_pieces_of_a_story_joined_are_the_text(text: str) -> None:
    assert "".join(split_for_story(text, "zh-Hans")) == text


@pytest.mark.parametrize(
    "pieces",
    [
        ["双方签署三项协议。", "项目执行期至2027年！", "预计如何？", "很好。"],
        ["“我们将继续深化合作。”吕晨光说。", "随后，双方签约。"],
        ["他问：“你好吗？”", "我说：“好。”", "张三走了。"],
        ["“真的吗？”他问。", "“真的！”她答道。"],
        ["会议；座谈；参观。", "结束。"],
        ["　　增长3.5%，见www.x.cn/a?b=1和1.jpg。", "No. 5很好！"],
        ["我们明天去看《摔跤吧！爸爸》好吗？", "好！"],
        ["他说：「好！」", "然後走了。"],
        ["他高喊“加油！”向前跑去。", "大家笑了。"],
        ["会议指出……", "他强调，要努力。"],
        ["她想了想……还是没去。"],
        ["新闻网讯（通讯员 陈曦。记者 赵磊）1月11日来访。", "（完）"],
        ["好看！！！", "真的？！", "是的。"],
        ["《你好》。　", "下一句。 "],
    ],
)
def test_chinese_boundaries(pieces: list[str]) -> None:
    assert segmenter("zh").split("".join(pieces)) == pieces


@pytest.mark.parametrize(
    "pieces",
    [
        ["The agreements are worth RMB 120 million.", "The projects run until 2027."],
        ["Prof. ZHANG Weidong met Mr. LU. ", "They spoke."],
        ["1.jpgProf. ZHANG Weidong spoke at the meeting"],
        ["He left at 5 a.m. on Jan. 11. ", "No. 5 is here. ", "See e.g. Fig. 3."],
        ["Write to a.b@c.edu.cn or see www.test.Example.com/A.B for 3.5 percent. ", "Thanks."],
        ["He said “Go.” ", "Then he left. ", "“Really?” Zhang Wei asked. ", "“Yes!” he said."],
        ["I live in the U.S. ", "The weather is fine. ", "J. K. Rowling wrote it."],
        ["Baosteel Co., Ltd. announced it. ", "(He left.) ", "She stayed."],
        ["1. The first item. ", "2. The second item."],
        ["  Two spaces.  ", "Then more."],
    ],
)
def test_english_boundaries(pieces: list[str]) -> None:
    assert segmenter("en").split("".join(pieces)) == pieces


def test_missing_or_doubled_space_stays_inside_a_story_piece() -> None:
    assert split_for_story("A million.The projects run. He left.  She stayed.", "en") == [
        "A million.The projects run.",
        "He left.  She stayed.",
    ]


def test_published_cases_are_met_as_often_as_before(shared_data: Callable[[str], Path]) -> None:
    """The rest stand with their reasons in ``tests/bench/bench_sentences.py``."""
    met = {"zh": 0, "en": 0}
    for line in shared_data("segmentation/segmentation-cases.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        if case["lang"] in met:
            pieces = [" ".join(piece.split()) for piece in segmenter(case["lang"]).split(case["text"])]
            met[case["lang"]] += [p for p in pieces if p] == [" ".join(s.split()) for s in case["sentences"]]
    assert met["zh"] == 4
    assert met["en"] >= 388
