"""How long it takes to mark what changed: sentence by sentence beside difflib, and in a story of 10,000 segments."""

import difflib
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop_app.domain.changes import compare_changes
from desktop_app.domain.story import Block, BlockKind, Content, Languages, Segment
from desktop_app.domain.text_ops import text_ops, tokens

pytestmark = pytest.mark.bench
_WORDS = [
    "the", "university", "delegation", "visited", "campus", "students", "research", "center", "joint", "agreement",
    "signed", "professor", "materials", "cooperation", "exchange", "new", "program", "science", "technology",
]  # fmt: skip
_ROUNDS = 3


def _pairs(count: int) -> list[tuple[str, str]]:
    """Sentences of 22 words, and the same with three words replaced."""
    chance = random.Random(7)
    found = []
    for _ in range(count):
        words = chance.choices(_WORDS, k=22)
        other = list(words)
        for _ in range(3):
            other[chance.randrange(len(other))] = chance.choice(_WORDS)
        found.append((" ".join(words) + ".", " ".join(other) + "."))
    return found


def _median(act: Callable[[], object]) -> float:
    spent = []
    for _ in range(_ROUNDS):
        text_ops.cache_clear()
        began = time.perf_counter()
        act()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


def bench_marking_a_sentence() -> None:
    pairs = _pairs(2000)
    ours = _median(lambda: [text_ops(old, new) for old, new in pairs])
    peer = _median(lambda: [difflib.SequenceMatcher(None, tokens(a), tokens(b)).get_opcodes() for a, b in pairs])
    print(
        f"\nmarking a sentence, median of {_ROUNDS} x {len(pairs)}: {ours / len(pairs) * 1e6:.0f} us; "
        f"difflib by the same words, not made readable: {peer / len(pairs) * 1e6:.0f} us; ratio {ours / peer:.2f}"
    )


def bench_comparing_a_long_story() -> None:
    pairs = _pairs(10_000)
    old, now = [], []
    for number in range(2500):
        four = pairs[4 * number : 4 * number + 4]
        segments = tuple(Segment(f"{number}-{n}", "一句中文。", text) for n, (text, _) in enumerate(four))
        changed = number % 12 == 0
        new = tuple(replace(s, target=text) for s, (_, text) in zip(segments, four, strict=True))
        old.append(Block(f"b{number}", BlockKind.PARAGRAPH, segments))
        now.append(Block(f"b{number}", BlockKind.PARAGRAPH, new if changed else segments))
    before, after = Content(tuple(old)), Content(tuple(now))
    spent = _median(lambda: compare_changes(before, after, Languages()))
    print(f"\ncomparing 10,000 segments, one in twelve changed, median of {_ROUNDS}: {spent * 1000:.0f} ms")
