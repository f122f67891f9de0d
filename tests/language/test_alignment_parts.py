"""The parts of alignment: the band grows with the text, paths are the best there are, words are learned."""

import itertools
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.language.alignment.band import band
from desktop_app.language.alignment.learning import learn
from desktop_app.language.alignment.lexicon import Lexicon
from desktop_app.language.alignment.links import Floats, known_chances, links
from desktop_app.language.alignment.scores import Scores, Window
from desktop_app.language.alignment.search import Bounds, Step, best_path, surest_path, windows
from desktop_app.language.alignment.shapes import Shape
from desktop_app.language.alignment.words import word_lists

SHAPES: list[Shape] = [(1, 1), (1, 2), (2, 1), (2, 2), (1, 0)]
ADDED = -1.5


def numbered(count: int) -> tuple[list[str], list[str]]:
    numbers = random.Random(3).sample(range(1000, 99999), count)
    return [f"第{n}号实验室。" for n in numbers], [f"Laboratory number {n}." for n in numbers if n % 9]


def cells(count: int, *, strange: bool = False) -> int:
    """Cells that a search goes through."""
    source, target = numbered(count)
    if strange:
        target = ["Nothing at all."] * len(target)
    words = word_lists(source, target, ("zh", "en"), Lexicon())
    scores = Scores(source, target)
    bounds = band(
        links(words, known_chances(words, Lexicon())), scores.source_lengths.tolist(), scores.target_lengths.tolist()
    )
    assert (bounds[0][0], bounds[-1][1]) == (0, len(target))
    return sum((window.bottom - window.top) * window.width for window in windows(bounds))


@pytest.mark.parametrize("strange", [False, True])
def test_work_grows_with_the_text_and_not_with_its_square(strange: bool) -> None:
    assert cells(6000, strange=strange) < 7 * cells(1500, strange=strange)


def scored(rows: int, columns: int, seed: int) -> tuple[Floats, Bounds]:
    table = np.random.default_rng(seed).normal(size=(rows, len(SHAPES), columns + 1)).astype(np.float32)
    for number, (a, b) in enumerate(SHAPES):
        table[: a - 1, number] = -np.inf
        table[:, number, :b] = -np.inf
    return table, [(0, columns)] * (rows + 1)


def reader(table: Floats):  # type: ignore[no-untyped-def]
    return lambda window: table[window.top : window.bottom, :, window.left : window.right + 1]


def every_path(rows: int, columns: int) -> list[list[Step]]:
    if rows == columns == 0:
        return [[]]
    found = []
    for a, b in [*SHAPES, (0, 1)]:
        if a <= rows and b <= columns:
            found += [[*path, Step(rows - a, columns - b, a, b)] for path in every_path(rows - a, columns - b)]
    return found


def worth(path: list[Step], table: Floats) -> float:
    return sum(
        ADDED if not step.a else float(table[step.i + step.a - 1, SHAPES.index((step.a, step.b)), step.j + step.b])
        for step in path
    )


@given(st.integers(1, 4), st.integers(0, 4), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_the_best_path_is_the_best_of_all(rows: int, columns: int, seed: int) -> None:
    table, bounds = scored(rows, columns, seed)
    found = best_path(bounds, SHAPES, ADDED, reader(table))
    assert worth(found, table) == pytest.approx(max(worth(path, table) for path in every_path(rows, columns)), abs=1e-4)


@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_how_sure_a_bead_is_is_its_share_of_all_paths(rows: int, columns: int, seed: int) -> None:
    table, bounds = scored(rows, columns, seed)
    paths = every_path(rows, columns)
    weights = np.exp([worth(path, table) for path in paths])
    for step in surest_path(bounds, SHAPES, ADDED, reader(table), price=0.4):
        place = (step.i, step.j, step.a, step.b)
        with_it = sum(
            weight
            for path, weight in zip(paths, weights, strict=True)
            if any((other.i, other.j, other.a, other.b) == place for other in path)
        )
        assert step.sure == pytest.approx(with_it / weights.sum(), abs=1e-3)


def test_windows_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    table, _ = scored(200, 190, 5)
    whole = [(0, 190)] * 201
    narrow = [(max(0, n - 40), min(190, n + 40)) for n in range(201)]
    assert len(windows(narrow)) > 3
    path, sure = (
        best_path(whole, SHAPES, ADDED, reader(table)),
        surest_path(whole, SHAPES, ADDED, reader(table), price=0.4),
    )
    assert all(narrow[step.i][0] <= step.j <= narrow[step.i][1] for step in [*path, *sure])
    assert best_path(narrow, SHAPES, ADDED, reader(table)) == path
    pairs = zip(surest_path(narrow, SHAPES, ADDED, reader(table), price=0.4), sure, strict=True)
    assert all(one.sure == pytest.approx(other.sure, abs=0.02) for one, other in pairs)


def test_windows_cover_every_row_once() -> None:
    pieces = windows([(max(0, n - 9), min(500, n + 9)) for n in range(501)])
    assert pieces[0].top == 0
    assert pieces[-1] == Window(pieces[-1].top, 500, pieces[-1].left, 500)
    assert all(one.bottom == other.top and one.left <= other.left for one, other in itertools.pairwise(pieces))


def test_words_that_come_together_are_learned_and_others_are_not() -> None:
    chance = random.Random(4)
    vocabulary = [(f"词{n}", f"word{n}") for n in range(40)]
    pairs = []
    for _ in range(200):
        chosen = chance.sample(vocabulary, 6)
        pairs.append(([one for one, _ in chosen], chance.sample([other for _, other in chosen], 6)))
    learned = learn(pairs)
    assert all(max(learned[one], key=lambda word: learned[one][word]) == other for one, other in vocabulary)
    assert all(answers[f"word{word[1:]}"] > 0.6 for word, answers in learned.items())


def test_what_comes_together_once_is_not_learned() -> None:
    assert learn([(["甲", "乙"], ["one", "two"])]) == {}
    assert learn([([], ["one"]), (["甲"], [])]) == {}
    assert learn([]) == {}
