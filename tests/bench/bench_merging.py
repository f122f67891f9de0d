"""How long a merge of 500 stories of 40 segments takes, with work on both sides, and the same with a line merge.

The peer is a three-way merge by lines of the same texts with difflib, as version control does it.
"""

import difflib
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop_app.domain.edits import set_target, split_segment
from desktop_app.domain.merging.applying import edits_of
from desktop_app.domain.merging.comparing import compare
from desktop_app.domain.story import Block, BlockKind, Content, Languages, Segment, SegmentStatus

pytestmark = pytest.mark.bench
_WORDS = [
    "the", "university", "delegation", "visited", "campus", "students", "research", "center", "joint", "agreement",
]  # fmt: skip
_ROUNDS = 3
_STORIES, _BLOCKS, _SEGMENTS = 500, 10, 4
_LANGUAGES = Languages()


def _story(chance: random.Random, number: int) -> Content:
    def segment(key: str) -> Segment:
        return Segment(
            key, "代表团访问了学校的实验室。", " ".join(chance.choices(_WORDS, k=20)) + ".", SegmentStatus.DRAFT
        )

    return Content(
        tuple(
            Block(f"b{number}-{b}", BlockKind.PARAGRAPH, tuple(segment(f"s{number}-{b}-{s}") for s in range(_SEGMENTS)))
            for b in range(_BLOCKS)
        )
    )


def _worked(chance: random.Random, content: Content, name: str) -> Content:
    """A fifth of the segments written anew in a few words, and one split."""
    blocks = []
    for block in content.blocks:
        segments = list(block.segments)
        for place, segment in enumerate(segments):
            if chance.random() < 0.2:
                words = segment.target.split(" ")
                words[chance.randrange(len(words))] = f"{name}{chance.randrange(1000)}"
                segments[place] = replace(segment, target=set_target(segment, " ".join(words)).target)
        if chance.random() < 0.1:
            at = segments[1].target.index(" ", 40)
            segments[1:2] = split_segment(segments[1], f"{name}-{block.id}", 6, at, _LANGUAGES)
        blocks.append(replace(block, segments=tuple(segments)))
    return replace(content, blocks=tuple(blocks))


def _median(act: Callable[[], object]) -> float:
    spent = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        act()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


def _lines(content: Content) -> list[str]:
    return [segment.target for segment in content.segments()]


def bench_merging_five_hundred_stories() -> None:
    chance = random.Random(7)
    bases = [_story(chance, number) for number in range(_STORIES)]
    ours = [_worked(chance, base, "o") for base in bases]
    theirs = [_worked(chance, base, "t") for base in bases]
    sides = list(zip(bases, ours, theirs, strict=True))
    merges = [compare(*three, _LANGUAGES) for three in sides]
    spent = _median(lambda: [edits_of(compare(*three, _LANGUAGES)) for three in sides])
    peer = _median(
        lambda: [
            difflib.SequenceMatcher(None, _lines(base), _lines(side), autojunk=False).get_opcodes()
            for base, *both in sides
            for side in both
        ]
    )
    changes = sum(len(merge.changes) for merge in merges)
    asked = sum(len(merge.conflicts) for merge in merges)
    print(
        f"\nmerging {_STORIES} stories of {_BLOCKS * _SEGMENTS} segments, median of {_ROUNDS}: {spent:.2f} s "
        f"({spent / _STORIES * 1000:.1f} ms a story), {changes} changes, {asked} conflicts; "
        f"two line comparisons with difflib alone: {peer:.2f} s; ratio {spent / peer:.2f}"
    )
