"""Alignment: beads cover both texts in order, whatever comes; on news they are those that a reader would set."""

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
def test_beads_cover_both_texts_in_order(source: list[str], target: list[str]) -> None:
    assert_covers(aligner("zh-Hans", "en").align(source, target), len(source), len(target))
    assert_covers(align_blocks(source, target), len(source), len(target))


@given(TEXTS)
def test_a_text_alone_is_all_omission_or_addition(text: list[str]) -> None:
    for beads in (aligner("zh", "en").align(text, []), aligner("zh", "en").align([], text)):
        assert all(bead.score == 0 and len(bead.source) + len(bead.target) == 1 for bead in beads)


def test_two_sentences_put_into_one_are_one_bead() -> None:
    beads = aligner("zh-Hans", "en").align(ZH, EN)
    assert [(bead.source, bead.target) for bead in beads] == [
        ((0,), (0,)),
        ((1,), (1,)),
        ((2, 3), (2,)),
        ((4,), (3,)),
    ]


def test_a_sentence_left_out_is_a_bead_of_its_own() -> None:
    beads = aligner("zh-Hans", "en").align([*ZH[:2], "会前，来宾参观了校史馆和图书馆。", *ZH[2:]], EN)
    assert Bead((2,), (), 0.0) in beads


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
    source = [*ZH[:2], "会前，来宾参观了校史馆。", *ZH[2:]]
    target = [*EN[:2], "Shipments fell in 1958.", *EN[2:]]
    beads = aligner("zh-Hans", "en").align(source, target)
    assert Bead((2,), (), 0.0) in beads
    assert Bead((), (2,), 0.0) in beads


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
    assert f1([perturbed(document, chance, 0.2) for document in news]) >= 0.965


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
    beads = aligner("zh-Hans", "en").align(pair["zh"], pair["en"])
    assert [[list(bead.source), list(bead.target)] for bead in beads] == pair["beads"]


def f1(cases: Sequence[Case]) -> float:
    """Strict F1 over beads with text on both sides."""
    both = gold = found = 0
    for source, target, beads in cases:
        expected = {(s, t) for s, t in beads if s and t}
        answer = {(b.source, b.target) for b in aligner("zh-Hans", "en").align(source, target) if b.source and b.target}
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
