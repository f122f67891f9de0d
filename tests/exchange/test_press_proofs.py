"""The proof: the pages of the print, and the place of every part of the story on them."""

import hashlib
import io
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from test_press import FILES, TEXTS, WORDS, H, P, drawing, edition

from desktop_app.domain.edition import Edition
from desktop_app.domain.story import BlockKind
from desktop_app.foundation.errors import BugError
from desktop_app.press.pages import LAYOUTS, PageOptions, render
from desktop_app.press.proofs import ProofPages, page_image, printed_shape, set_proof, sharp_width
from desktop_app.press.spots import Spot, cut_at_segments

SHAPES = {"pic-1": 900 / 600, "pic-2": 500 / 700}
# What was printed before a proof could be asked for. They change when a template, a font or Typst does, and then on
# purpose alone.
PRINTED = {
    "side-by-side": "ce5743ab471e59e11483e15601bd41cb7cb4b7fee87ff6f66511bb700de77a2a",
    "interleaved": "907a6cd7168f0cd4cc82b71a476f7604ab542f63d15de79c4bd919d8a0f561d0",
    "english": "9bc1134758d478635975d91be3e8095404a748411eb8cda04e8e7c450ff73073",
    "chinese": "3ffa9f3380e4625b4df6044a7ece4d3bf9b83909c2ba4aaea74264ad4e984188",
}


def proof(printed: Edition, layout: str = "side-by-side") -> ProofPages:
    return set_proof(printed, PageOptions(layout), WORDS, SHAPES)


def looks(pages: ProofPages, number: int) -> Image.Image:
    return Image.open(io.BytesIO(page_image(pages, number, 500))).convert("L")


def assert_same_pages(printed: Edition, layout: str) -> ProofPages:
    """The pages of the proof against those of the print, dot by dot."""
    made = proof(printed, layout)
    out = replace(made, pdf=render(printed, PageOptions(layout), WORDS))
    with pikepdf.open(io.BytesIO(out.pdf)) as pdf:
        assert len(pdf.pages) == made.count
        box = [float(edge) for edge in pdf.pages[0].MediaBox]
    assert box[2:] == pytest.approx([made.width, made.height], abs=0.01)
    for number in range(made.count):
        assert ImageChops.difference(looks(made, number), looks(out, number)).getextrema()[1] <= 6
    return made


@pytest.mark.parametrize("layout", LAYOUTS)
def test_print_is_what_it_was_before_there_were_proofs(layout: str) -> None:
    pdf = render(edition(), PageOptions(layout), WORDS)
    assert hashlib.sha256(pdf).hexdigest() == PRINTED[layout]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("draft", [False, True])
def test_proof_is_the_print_dot_by_dot(layout: str, draft: bool) -> None:
    assert_same_pages(edition(draft=draft), layout)


_MARKS = st.sampled_from("。，、；：？！“”‘’《》（）…—·.,;:?!\"'()[] ")
_SIGNS = st.one_of(_MARKS, st.sampled_from("大学成果研究3月12日AVTofi谢谢𠮷"))
_PIECES = st.lists(
    st.tuples(st.text(_SIGNS, min_size=1, max_size=60), st.text("AVToftiw 12,.“”()’—", max_size=60)),
    min_size=2,
    max_size=6,
)


@settings(max_examples=25, deadline=None)
@given(_PIECES, st.sampled_from(["side-by-side", "interleaved"]))
def test_cuts_move_nothing_whatever_stands_beside_them(pieces: list[tuple[str, str]], layout: str) -> None:
    assert_same_pages(edition([(H, [("题", "Title")]), (P, pieces)]), layout)


@given(st.lists(st.text(_SIGNS, max_size=12), min_size=1, max_size=6))
def test_cut_text_is_whole(pieces: list[str]) -> None:
    (block,) = edition([(P, [(piece, "") for piece in pieces])]).story.content.blocks
    text = "".join(segment.source for segment in block.segments).strip()
    cut, keys = cut_at_segments(text, block.segments)
    assert "".join(cut) == text
    assert len(cut) == len(keys)
    assert len(set(keys) - {None}) == len([key for key in keys if key])


def reading(spot: Spot) -> tuple[int, float]:
    return spot.page, spot.y


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_part_has_its_place_inside_its_page(layout: str) -> None:
    printed = edition(draft=True)
    placed = {block.id for block in printed.story.content.blocks if block.placement is not None}
    made = proof(printed, layout)
    for spot in made.spots:
        assert 0 <= spot.page < made.count
        assert 0 <= spot.x < spot.x + spot.width <= made.width
        assert 0 <= spot.y < spot.y + spot.height <= made.height
    for side in LAYOUTS[layout].sides:
        here = {spot.key for spot in made.spots if spot.part == side}
        for segment in printed.story.content.segments():
            if segment.source if side == "zh" else segment.target:
                assert segment.id in here
        assert {spot.key for spot in made.spots if spot.part == f"{side} caption"} == placed
    assert {spot.key for spot in made.spots if spot.part == "picture"} == placed


@pytest.mark.parametrize("layout", LAYOUTS)
def test_parts_stand_in_reading_order_and_not_over_one_another(layout: str) -> None:
    printed = edition()
    made = proof(printed, layout)
    order = [s.id for block in printed.story.content.blocks for s in block.segments]
    for side in LAYOUTS[layout].sides:
        spots = [spot for spot in made.spots if spot.part == side]
        keys = list(dict.fromkeys(spot.key for spot in spots))
        assert keys == [key for key in order if key in keys]
        assert spots == sorted(spots, key=reading)
        for one, other in pairwise(spots):
            apart = one.page != other.page or other.y >= one.y + one.height - 3 or other.x >= one.x + one.width - 0.01
            assert apart, (one, other)


def test_words_of_a_segment_stand_inside_its_place() -> None:
    """Blackened words of one segment darken its own place alone."""
    printed = edition([(P, [("甲" * 60, "a" * 5), ("乙" * 30, "bbb " * 30), ("丙" * 60, "c" * 5)])])
    empty = edition([(P, [("甲" * 60, "a" * 5), ("乙" * 30, "iii " * 30), ("丙" * 60, "c" * 5)])])
    made, other = (
        proof(printed, "chinese"),
        proof(edition([(P, [("甲" * 60, ""), ("丁" * 30, ""), ("丙" * 60, "")])]), "chinese"),
    )
    assert len(empty.story.content.blocks) == 1
    changed = ImageChops.difference(looks(made, 0), looks(other, 0)).point(lambda value: 255 if value > 60 else 0)
    scale = 500 / made.width
    for spot in made.spots:
        if spot.key == "s0.1":
            box = [
                round(v * scale) for v in (spot.x - 2, spot.y - 2, spot.x + spot.width + 2, spot.y + spot.height + 2)
            ]
            assert changed.crop(box).getbbox() is not None
            changed.paste(0, tuple(box))
    below = round(made.height * 0.9 * scale)  # the foot has the digest, the same in both
    assert changed.crop((0, 0, 500, below)).getbbox() is None


def test_smaller_copies_of_the_pictures_move_nothing() -> None:
    printed = edition()
    copies = {"pic-1": drawing(301, 200, "JPEG"), "pic-2": drawing(71, 100, "PNG")}
    assert proof(replace(printed, files=copies)).spots == proof(printed).spots


def test_print_has_no_id_of_a_segment_in_it() -> None:
    content = edition().story.content
    named = replace(
        edition().story,
        content=replace(
            content,
            blocks=tuple(
                replace(b, id=f"block-id-{n}", segments=tuple(replace(s, id=f"segment-id-{s.id}") for s in b.segments))
                for n, b in enumerate(content.blocks)
            ),
        ),
    )
    pdf = render(replace(edition(), story=named), PageOptions(), WORDS)
    assert hashlib.sha256(pdf).hexdigest() == PRINTED["side-by-side"]


def test_picture_has_the_shape_that_the_pages_give_it() -> None:
    known = edition().pictures
    assert {key: printed_shape(master, known[key]) for key, master in FILES.items()} == pytest.approx(SHAPES)


@pytest.mark.parametrize("master", [b"", b"\xff\xd8\xff torn", b"II*\x00 a TIFF", drawing(90, 60, "JPEG")[:40]])
def test_picture_that_cannot_be_printed_has_no_shape(master: bytes) -> None:
    assert printed_shape(master, None) is None


def test_image_is_as_wide_as_it_was_asked_for() -> None:
    made = proof(edition())
    for pixels in (333, 794, 1191):
        wide, high = Image.open(io.BytesIO(page_image(made, 0, pixels))).size
        assert wide == pixels
        assert high - 1 < pixels * made.height / made.width <= high


@given(st.integers(60, 4000))
def test_sharp_width_is_the_next_that_needs_no_row_left_out(pixels: int) -> None:
    wide = sharp_width(pixels, 595.2756, 841.8898)
    assert pixels - 6 <= wide <= pixels
    assert wide * 841.8898 / 595.2756 % 1 > 0.5


def test_page_that_is_not_there_is_a_bug() -> None:
    made = proof(edition())
    with pytest.raises(BugError):
        page_image(made, made.count, 300)


def test_long_texts_run_over_pages_with_a_place_on_each() -> None:
    made = proof(
        edition([(P, [("长句子很长。" * 400, "A very long sentence. " * 300)]), (P, [("完。", "End.")])]),
        "side-by-side",
    )
    pages = {spot.page for spot in made.spots if spot.key == "s0.0"}
    assert pages == set(range(3))


def test_texts_without_a_translation_have_a_place_at_their_dash() -> None:
    made = proof(edition([*TEXTS, (BlockKind.LIST_ITEM, [("没有译文。", "")])]), "english")
    assert f"s{len(TEXTS)}.0" in {spot.key for spot in made.spots}
