"""Alignment: beads cover both texts in order, whatever comes; on news they are those that a reader would set."""

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.desk.lexicons import dictionary
from desktop_app.language.alignment import Bead, align_blocks, aligner

SENTENCES = st.sampled_from(
    ["会议召开。", "1月11日，三百人参加。", "OK", "The 300 met.", "", "A" * 90, "王伟说：“好！”", "12"]
)
TEXTS = st.lists(st.one_of(SENTENCES, st.text(max_size=20)), max_size=12)
ZH = ["校长张为民会见来宾。", "1月11日，300人参加了会议。", "双方签署三项协议。", "协议总金额1.2亿元。", "会议结束。"]
EN = [
    "President ZHANG Weimin met the guests.",
    "On January 11, some 300 people attended the meeting.",
    "The two sides signed three agreements worth RMB 120 million.",
    "The meeting came to an end.",
]


def assert_covers(beads: Sequence[Bead], source: int, target: int) -> None:
    assert [index for bead in beads for index in bead.source] == list(range(source))
    assert [index for bead in beads for index in bead.target] == list(range(target))
    assert all(bead.source or bead.target for bead in beads)
    assert all(0 <= bead.score <= 1 for bead in beads)


@given(TEXTS, TEXTS)
@settings(max_examples=60, deadline=None)
def test_beads_cover_both_texts_in_order(source: list[str], target: list[str]) -> None:
    assert_covers(aligner("zh-Hans", "en").align(source, target), len(source), len(target))
    assert_covers(align_blocks(source, target), len(source), len(target))


@given(TEXTS)
@settings(deadline=None)
def test_a_text_alone_is_all_omission_or_addition(text: list[str]) -> None:
    for beads in (aligner("zh", "en").align(text, []), aligner("zh", "en").align([], text)):
        assert all(bead.score == 0 and len(bead.source) + len(bead.target) == 1 for bead in beads)


Shapes = list[tuple[tuple[int, ...], tuple[int, ...]]]


def shapes(source: Sequence[str], target: Sequence[str]) -> Shapes:
    return [(bead.source, bead.target) for bead in aligner("zh-Hans", "en", dictionary()).align(source, target)]


def test_two_sentences_put_into_one_are_one_bead() -> None:
    assert shapes(ZH, EN) == [((0,), (0,)), ((1,), (1,)), ((2, 3), (2,)), ((4,), (3,))]


def test_a_sentence_left_out_is_a_bead_of_its_own() -> None:
    assert ((2,), ()) in shapes([*ZH[:2], "会前，来宾参观了校史馆和图书馆。", *ZH[2:]], EN)


STORY_ZH = [
    "老人推开窗户，看见院子里的雪已经停了。",
    "他叫来孙女，让她把鞋子穿好，一起去河边看看。",
    "女孩问：“爷爷，鱼在冰下面冷不冷？”",
    "老人笑了。",
    "“鱼不怕冷，”他说，“它们怕的是没有水。”",
    "他们沿着小路走了半个钟头。",
    "桥上站着一个卖糖的男人，帽子上全是雪，手冻得通红。",
    "女孩买了两块糖，一块给爷爷，一块留给自己。",
]
STORY_EN = [
    "The old man pushed open the window and saw that the snow in the yard had stopped.",
    "He called his granddaughter and told her to put on her shoes, and they would go and look at the river.",
    "“Grandpa,” asked the girl, “are the fish cold under the ice?”",
    "The old man laughed.",
    "“Fish are not afraid of the cold,” he said. “What they fear is having no water.”",
    "They walked along the path for half an hour.",
    "On the bridge stood a man selling candy, his hat covered with snow, his hands frozen red.",
    "The girl bought two pieces of candy, one for her grandfather and one for herself.",
]
CUT_EN: list[tuple[int, list[str]]] = [
    (1, ["He called his granddaughter and told her to put on her shoes.", "They would go and look at the river."]),
    (
        6,
        [
            "On the bridge stood a man selling candy.",
            "His hat was covered with snow.",
            "His hands were frozen red.",
        ],
    ),
]


def test_a_story_told_sentence_by_sentence() -> None:
    assert shapes(STORY_ZH, STORY_EN) == [((n,), (n,)) for n in range(8)]


@pytest.mark.parametrize(("place", "pieces"), CUT_EN)
def test_a_sentence_cut_up_in_translation_is_one_bead(place: int, pieces: list[str]) -> None:
    found = shapes(STORY_ZH, [*STORY_EN[:place], *pieces, *STORY_EN[place + 1 :]])
    assert ((place,), tuple(range(place, place + len(pieces)))) in found
    assert len(found) == 8


@pytest.mark.parametrize("place", [2, 3, 5])
def test_sentences_joined_in_translation_are_one_bead(place: int) -> None:
    joined = STORY_EN[place].rstrip(".") + ", and " + STORY_EN[place + 1]
    found = shapes(STORY_ZH, [*STORY_EN[:place], joined, *STORY_EN[place + 2 :]])
    assert ((place, place + 1), (place,)) in found


def test_sentences_cut_at_another_place_are_one_bead_of_two_and_two() -> None:
    source = ["他们沿着小路走了半个钟头，前面出现一座木桥，桥下的水还没有完全结冰。", "桥上站着一个卖糖的男人。"]
    target = [
        "They walked along the path for half an hour.",
        "A wooden bridge appeared, the water under it not completely frozen, and on it stood a man selling candy.",
    ]
    assert ((5, 6), (5, 6)) in shapes([*STORY_ZH[:5], *source, STORY_ZH[7]], [*STORY_EN[:5], *target, STORY_EN[7]])


@pytest.mark.parametrize("place", [1, 4, 6])
def test_a_sentence_of_the_story_left_out_or_added_stands_alone(place: int) -> None:
    assert ((place,), ()) in shapes(STORY_ZH, [*STORY_EN[:place], *STORY_EN[place + 1 :]])
    assert ((), (place,)) in shapes([*STORY_ZH[:place], *STORY_ZH[place + 1 :]], STORY_EN)


def test_from_english_to_chinese_gives_the_same_beads_turned_round() -> None:
    target = [*STORY_EN[:1], *CUT_EN[0][1], *STORY_EN[2:]]
    there = aligner("zh-Hans", "en", dictionary()).align(STORY_ZH, target)
    back = aligner("en", "zh-Hans", dictionary()).align(target, STORY_ZH)
    assert [Bead(bead.target, bead.source, bead.score) for bead in back] == there


def test_names_are_known_by_their_sound() -> None:
    source = ["振保没有说话。", "娇蕊没有说话。", "烟鹂也没有说话。"]
    target = ["Zhenbao did not speak.", "Nothing was said.", "Jiaorui did not speak.", "Yanli did not speak either."]
    assert shapes(source, target) == [((0,), (0,)), ((), (1,)), ((1,), (2,)), ((2,), (3,))]


def test_paragraphs_draw_beads_to_their_ends_where_both_texts_have_them_alike() -> None:
    source, target = ["甲。", "乙。", "丙。", "丁。"] * 6, ["Abc.", "Abc.", "Abc.", "Abc."] * 6
    del target[1]
    where = ([n // 4 for n in range(24)], [(n + (n > 0)) // 4 for n in range(23)])
    beads = aligner("zh", "en").align(source, target, where)
    ends = {(bead.source[-1], bead.target[-1]) for bead in beads if bead.source and bead.target}
    assert {(n, n - 1) for n in range(3, 24, 4)} <= ends


def test_a_large_insertion_does_not_lead_astray() -> None:
    numbers = random.Random(2).sample(range(1000, 99999), 900)
    source = [f"第{n}号实验室有{n + 1}人。" for n in numbers[:400]]
    target = [f"Laboratory number {n} has {n + 1} people." for n in numbers[:200] + numbers[400:] + numbers[200:400]]
    found = set(shapes(source, target))
    assert sum(((n,), (n,)) in found for n in range(200)) >= 195
    assert sum(((n,), (n + 500,)) in found for n in range(200, 400)) >= 195


@pytest.mark.parametrize("text", ["\ud800" * 3, " ", "\u3000", "好" * 200_000, "word " * 50_000, "1" * 100_000])
def test_strange_sentences_are_covered(text: str) -> None:
    assert_covers(aligner("zh-Hans", "en", dictionary()).align([ZH[0], text, ZH[1]], [EN[0], text, EN[1]]), 3, 3)


@given(TEXTS, TEXTS)
@settings(max_examples=30, deadline=None)
def test_the_same_texts_give_the_same_beads(source: list[str], target: list[str]) -> None:
    first = aligner("zh-Hans", "en", dictionary()).align(source, target)
    assert aligner("zh-Hans", "en", dictionary()).align(source, target) == first
    assert_covers(first, len(source), len(target))


def test_neighbours_that_share_their_anchors_are_not_put_together() -> None:
    source = ["2023年，300人参加。", "2024年，300人参加。"]
    target = ["In 2023, 300 people took part.", "In 2024, 300 people took part."]
    assert [(bead.source, bead.target) for bead in aligner("zh", "en").align(source, target)] == [
        ((0,), (0,)),
        ((1,), (1,)),
    ]


def test_blocks_of_pages_are_paired() -> None:
    beads = align_blocks(["".join(ZH[:2]), "".join(ZH[2:])], [" ".join(EN[:2]), " ".join(EN[2:])])
    assert [(bead.source, bead.target) for bead in beads] == [((0,), (0,)), ((1,), (1,))]


def test_a_long_text_is_searched_in_a_band_and_found() -> None:
    numbers = random.Random(1).sample(range(1000, 9999), 400)
    source = [f"第{n}号实验室有{n}人。" for n in numbers]
    target = [f"Laboratory number {n} has {n} people." for n in numbers if n % 10]
    beads = aligner("zh-Hans", "en").align(source, target)
    assert_covers(beads, len(source), len(target))
    kept = [i for i, n in enumerate(numbers) if n % 10]
    right = sum((bead.source, bead.target) == ((kept[bead.target[0]],), bead.target) for bead in beads if bead.target)
    assert right >= 0.95 * len(target)


def test_a_sentence_replaced_by_a_stranger_is_left_out_and_added() -> None:
    stranger = "Shipments of timber and coal fell by a third in the autumn of 1958."
    found = shapes(STORY_ZH, [*STORY_EN[:6], stranger, STORY_EN[7]])
    assert ((6,), ()) in found
    assert ((), (6,)) in found


def test_a_paragraph_left_in_english_finds_itself() -> None:
    left = "This paragraph was left in English by those who wrote the page, for want of time."
    source, target = [ZH[0], left, "".join(ZH[1:])], [EN[0], left, " ".join(EN[1:])]
    assert [(bead.source, bead.target) for bead in align_blocks(source, target)] == [((n,), (n,)) for n in range(3)]


def test_text_of_very_different_lengths_is_covered() -> None:
    source, target = ["一。"] * 300, ["One."] * 20
    assert_covers(aligner("zh", "en").align(source, target), 300, 20)
    assert_covers(aligner("zh", "en").align(target, source), 20, 300)


Case = tuple[list[str], list[str], list[tuple[tuple[int, ...], tuple[int, ...]]]]


@pytest.fixture
def news(shared_data: Callable[[str], Path]) -> list[dict[str, Any]]:
    documents: list[dict[str, Any]] = json.loads(
        shared_data("alignment/news-wmt22/wmt22-en-zh-news.clean.json").read_text("utf-8")
    )
    return documents


def test_clean_news_is_aligned(news: list[dict[str, Any]]) -> None:
    cases = [(d["zh"], d["en"], [(tuple(s), tuple(t)) for s, t in d["beads"]]) for d in news]
    assert f1(cases) >= 0.99


def test_news_with_sentences_dropped_and_merged_is_aligned(news: list[dict[str, Any]]) -> None:
    chance = random.Random(7)
    assert f1([perturbed(document, chance, 0.2) for document in news]) >= 0.98


def test_paragraphs_are_paired_though_some_are_missing(shared_data: Callable[[str], Path]) -> None:
    lines = shared_data("parallel/debian-handbook/paragraph-pairs.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1400:1700]]
    chance = random.Random(1)
    kept = [number for number in range(len(rows)) if chance.random() > 0.1]
    beads = align_blocks([row[2] for row in rows], [rows[number][3] for number in kept])
    right = sum(bead.target != () and bead.source == tuple(kept[place] for place in bead.target) for bead in beads)
    assert right >= 0.95 * len(kept)


def test_a_gold_pair_of_a_university_page_is_met(shared_data: Callable[[str], Path]) -> None:
    pair = json.loads(shared_data("stories/m06-pair.json").read_text("utf-8"))
    beads = aligner("zh-Hans", "en", dictionary()).align(pair["zh"], pair["en"])
    assert [[list(bead.source), list(bead.target)] for bead in beads] == pair["beads"]


def f1(cases: Sequence[Case]) -> float:
    """Strict F1 over beads with text on both sides."""
    both = gold = found = 0
    for source, target, beads in cases:
        expected = {(s, t) for s, t in beads if s and t}
        answer = {(one, other) for one, other in shapes(source, target) if one and other}
        both, gold, found = both + len(expected & answer), gold + len(expected), found + len(answer)
    return 2 * both / (gold + found)


def perturbed(document: dict[str, Any], chance: random.Random, share: float) -> Case:
    """Drop sentences on either side, and merge neighbours on either side, each in a quarter of ``share``."""
    source: list[str] = []
    target: list[str] = []
    beads: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    pending = [([document["zh"][i] for i in s], [document["en"][i] for i in t]) for s, t in document["beads"]]
    while pending:
        ours, theirs = pending.pop(0)
        draw = chance.random()
        if draw < share / 4:
            ours = []
        elif draw < share / 2:
            theirs = []
        elif draw < share and pending:
            more, others = pending.pop(0)
            ours, theirs = ours + more, theirs + others
            if draw < share * 3 / 4:
                ours = ["".join(ours)]
            else:
                theirs = [" ".join(theirs)]
        beads.append((_places(source, ours), _places(target, theirs)))
        source += ours
        target += theirs
    return source, target, beads


def _places(before: list[str], new: list[str]) -> tuple[int, ...]:
    return tuple(range(len(before), len(before) + len(new)))
