"""How quick the proof beside the text is: setting the pages anew after a change, drawing one, and what is kept.

Run with ``pytest tests/bench/bench_proof.py -m bench -n 0 -s``. The aim: 40 segments and 6 photographs under 400 ms,
drawing what is in view included.
"""

import io
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.desk.desk import Desk, create_desk
from desktop_app.desk.pictures import add_pictures, list_pictures
from desktop_app.desk.proofs import Proof, ProofPress
from desktop_app.domain.story import Bilingual, Block, BlockKind, Content, Placement, Segment, Story
from desktop_app.store import stories as store

pytestmark = pytest.mark.bench

ROUNDS = 7
WIDTH = 900  # pixels
_ZH = "双方就进一步深化产学研合作进行了交流，并签署了三项合作框架协议，协议总金额1.2亿元。"
_EN = "The two sides exchanged views on cooperation and signed three framework agreements worth RMB 120 million. "


def _photograph(seed: int) -> bytes:
    noise = Image.effect_noise((300, 200), 60).resize((4200, 2800)).convert("RGB")
    shade = Image.new("RGB", noise.size, (40 * seed % 255, 90, 160))
    file = io.BytesIO()
    Image.blend(noise, shade, 0.5).save(file, "JPEG", quality=90)
    return file.getvalue()


def _story(segments: int, pictures: list[str]) -> Story:
    chance = random.Random(7)
    blocks = [
        Block(
            f"head-{segments}",
            BlockKind.HEADLINE,
            (Segment(f"s-head-{segments}", "一行来校交流", "Delegation Visits"),),
        )
    ]
    number = 1
    while number < segments:
        here = min(chance.randint(1, 4), segments - number)
        pairs = (
            Segment(f"s{segments}-{number + i}", f"第{number + i}项：{_ZH}", f"Item {number + i}: {_EN}")
            for i in range(here)
        )
        blocks.append(Block(f"b{segments}-{number}", BlockKind.PARAGRAPH, tuple(pairs)))
        number += here
    for place, picture in enumerate(pictures):
        caption = Bilingual(f"图{place}", f"Picture {place}")
        at = (place + 1) * len(blocks) // (len(pictures) + 1)
        blocks.insert(
            at, Block(f"p{segments}-{place}", BlockKind.PICTURE, (), Placement(f"{place}.jpg", picture, caption))
        )
    return Story(f"story-{segments}", f"story-{segments}", Content(tuple(blocks)))


def _changed(story: Story, turn: int) -> Story:
    blocks = list(story.content.blocks)
    at = next(n for n, block in enumerate(blocks) if block.kind is BlockKind.PARAGRAPH)
    first, *rest = blocks[at].segments
    blocks[at] = replace(blocks[at], segments=(replace(first, target=f"{first.target} Turn {turn}."), *rest))
    return story.with_content(Content(tuple(blocks)))


def _timed(act: Callable[[int], object], rounds: int = ROUNDS) -> float:
    took = []
    for turn in range(rounds):
        began = time.perf_counter()
        act(turn)
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def _put(desk: Desk, story: Story) -> Story:
    with desk.archive.write() as unit:
        store.add(unit.session, story, at=unit.at)
        unit.record("story imported", story=story.id)
    return story


def bench_proof(tmp_path: Path) -> None:
    """Print the medians for 40 and 1,000 segments."""
    desk = create_desk(tmp_path / "archive", name="Bench")
    try:
        photographs = []
        for seed in range(6):
            file = tmp_path / f"{seed}.jpg"
            file.write_bytes(_photograph(seed))
            photographs.append(file)
        add_pictures(desk, photographs, by=None)
        ids = [picture.id for picture in list_pictures(desk)]
        press = ProofPress(desk)
        print(f"\n{'':34}{'first':>9}{'refresh':>9}{'page':>8}{'pages':>7}   (ms)")
        for segments, some in ((40, ids), (1000, [])):
            story = _put(desk, _story(segments, some))
            made: list[Proof] = []

            def refresh(turn: int, story: Story = story, made: list[Proof] = made) -> None:
                proof = press.proof(_changed(story, turn))
                assert proof is not None
                made.append(proof)

            first = _timed(refresh, 1)
            again = _timed(lambda turn: refresh(turn + 1))
            page = _timed(lambda turn, made=made: press.page(made[turn], 0, WIDTH))
            name = f"{segments:,} segments, {len(some)} photographs"
            print(f"{name:34}{first:9.0f}{again:9.0f}{page:8.0f}{made[-1].count:7}")
    finally:
        desk.close()
