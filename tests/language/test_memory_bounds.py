"""The index of likeness never loses a match: what it lets through holds all that brute force finds."""

import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from desktop_app.language.memory.grams import (
    Counts,
    Words,
    characters,
    least_edits,
    lengths_of,
    pair_entries,
    pair_names,
    pairs_of,
    signatures,
)
from desktop_app.language.memory.part import Part, Question, build, candidates, possible_in_tail
from desktop_app.language.memory.similarity import allowed_edits, compared, lengths_within

TEXTS = st.one_of(
    st.text(st.sampled_from("甲乙丙"), max_size=14),
    st.text(st.sampled_from("哈。"), max_size=30),
    st.text(max_size=12),
    st.text(st.sampled_from("a\U0001f600\U00020000 é"), max_size=20),
)


def edited(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    for kind, place, character in edits:
        at = place % (len(text) + 1)
        if kind == 0:
            text = text[:at] + character + text[at:]
        elif kind == 1:
            text = text[:at] + text[at + 1 :]
        else:
            text = text[:at] + character + text[at + 1 :]
    return text


EDITS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 40), st.sampled_from("甲乙丙哈。a")), max_size=12)


class Kept:
    """A part with its postings in memory, read as the archive's are."""

    def __init__(self, texts: list[str]) -> None:
        self.part: Part
        self.part, pieces = build(list(range(1, len(texts) + 1)), texts)
        self.postings = np.concatenate(pieces)

    def read(self, begins: Counts, ends: Counts, low: int, high: int) -> list[Words]:
        return [self.postings[begin:end] for begin, end in zip(begins, ends, strict=True)]

    def possible(self, text: str, least: int) -> set[int]:
        return set(candidates(self.part, Question.of(text, least), self.read).ids.tolist())


def like(texts: list[str], text: str, least: int) -> set[int]:
    """Brute force: the numbers of the texts that are alike enough."""
    found = set()
    for number, other in enumerate(texts, start=1):
        longer = max(len(text), len(other))
        if 100 * (longer - Levenshtein.distance(text, other)) >= least * longer:
            found.add(number)
    return found


@given(TEXTS, TEXTS)
def test_pairs_and_characters_never_promise_more_than_there_is(one: str, other: str) -> None:
    distance = Levenshtein.distance(one, other)
    mine, yours = pairs_of(one), pairs_of(other)
    shared = len(np.intersect1d(mine, yours))
    assert shared >= len(mine) - 2 * distance + max(0, len(other) - len(one))
    signed = signatures(characters([one, other]), lengths_of([one, other]))
    assert least_edits(signed[0], signed[1:])[0] <= distance


@given(TEXTS, EDITS)
def test_a_few_edits_cost_few_pairs(text: str, edits: list[tuple[int, int, str]]) -> None:
    test_pairs_and_characters_never_promise_more_than_there_is.hypothesis.inner_test(text, edited(text, edits))


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS.filter(bool), min_size=1, max_size=40), TEXTS.filter(bool), EDITS, st.integers(50, 100))
def test_every_text_that_is_like_another_is_a_candidate(
    texts: list[str], text: str, edits: list[tuple[int, int, str]], least: int
) -> None:
    texts = [*texts, *(edited(one, edits) or "甲" for one in texts), edited(text, edits) or "乙"]
    for asked in (text, texts[0], edited(texts[-1], edits[:2]) or "丙"):
        assert like(texts, asked, least) <= Kept(texts).possible(asked, least)


@pytest.mark.parametrize("least", [60, 70, 85, 100])
def test_no_text_is_lost_among_thousands(least: int) -> None:
    """Large enough for the rare pairs to be read and the frequent ones to be left alone."""
    chance = random.Random(least)
    words = ["".join(chance.choice("的一是了我不人在他有这中大来上国") for _ in range(4)) for _ in range(60)]
    texts = ["".join(chance.choices(words, k=chance.randint(1, 9))) for _ in range(3000)]
    kept = Kept(texts)
    for _ in range(60):
        text = chance.choice(texts)
        edits = [
            (chance.randrange(3), chance.randrange(40), chance.choice("甲的国")) for _ in range(chance.randint(0, 9))
        ]
        asked = edited(text, edits)
        possible = kept.possible(asked, least)
        assert like(texts, asked, least) <= possible
        assert len(possible) < len(texts) / 2


def test_the_tail_is_searched_by_length_and_characters() -> None:
    texts = ["北京大学举行开学典礼", "清华大学举行毕业典礼", "天气很好", "北京大学举行了开学典礼"]
    lengths = lengths_of(texts)
    ids = np.array([5, 6, 7, 8], np.uint32)
    question = Question.of("北京大学举行开学典礼", 80)
    found = possible_in_tail(question, ids, lengths, signatures(characters(texts), lengths))
    assert found.ids.tolist() == [5, 8]


@given(TEXTS.filter(bool), st.integers(1, 100), st.integers(1, 60))
def test_what_a_threshold_allows_is_what_the_score_reaches(text: str, least: int, other: int) -> None:
    shortest, longest = lengths_within(least, len(text))
    longer = max(len(text), other)
    gap = abs(len(text) - other)
    assert (shortest <= other <= longest) == (gap <= allowed_edits(least, longer))
    edits = allowed_edits(least, longer)
    assert 100 * (longer - edits) >= least * longer > 100 * (longer - edits - 1)


def test_pieces_of_the_index_follow_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["".join(random.Random(n).choices("甲乙丙丁戊", k=n % 30 + 1)) for n in range(300)]
    lengths = lengths_of(texts)
    names = pair_names(characters(texts), lengths)
    (whole,) = pair_entries(names, lengths)
    monkeypatch.setattr("desktop_app.language.memory.grams._PAIRS_AT_ONCE", 100)
    pieces = list(pair_entries(names, lengths))
    assert len(pieces) > 8
    assert np.array_equal(np.concatenate(pieces), whole)


def test_texts_are_compared_in_one_form() -> None:
    assert compared(" 他说\n") == " 他说\n"
    assert compared("cafe\u0301") == "caf\u00e9"
    assert compared("ＡＢＣ abc") == "ＡＢＣ abc"
