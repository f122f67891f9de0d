"""Invariant 1: joined, the source segments of a block are its source text; split and join keep every character."""

import re

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.edits import (
    ReplaceSegments,
    apply,
    clean,
    inverse,
    join_segments,
    set_target,
    split_segment,
    storable,
)
from desktop_app.domain.story import Block, BlockKind, Content, Languages, Segment, SegmentStatus, block_text

CHINESE = Languages("zh-Hans", "en")
ENGLISH = Languages("en", "zh-Hans")

chinese = st.text(alphabet="北京大学新学期，。“”　 ab1\n", max_size=24)
english = st.text(alphabet="abc ,.\t\u00a0é-", max_size=24)


@st.composite
def blocks(draw, languages: Languages) -> Block:
    source, target = (chinese, english) if languages == CHINESE else (english, chinese)
    pairs = draw(st.lists(st.tuples(source, target, st.booleans()), min_size=1, max_size=5))
    segments = tuple(
        Segment(f"s{i}", s, t, SegmentStatus.DRAFT if t else SegmentStatus.UNTRANSLATED, locked)
        for i, (s, t, locked) in enumerate(pairs)
    )
    return Block("b", BlockKind.PARAGRAPH, segments)


def without_blanks(text: str) -> str:
    return re.sub(" ", "", text)


def rewrite(block: Block, moves: list[tuple[str, int, int, int]], languages: Languages) -> list[Block]:
    """The block after each of some splits and joins."""
    states = [block]
    for number, (move, at, source_at, target_at) in enumerate(moves):
        segments = list(states[-1].segments)
        place = at % len(segments)
        if move == "split":
            chosen = segments[place]
            pair = split_segment(
                chosen,
                f"n{number}",
                source_at % (len(chosen.source) + 1),
                target_at % (len(chosen.target) + 1),
                languages,
            )
            segments[place : place + 1] = pair
        elif place + 1 < len(segments):
            segments[place : place + 2] = [join_segments(segments[place], segments[place + 1], languages)]
        edit = ReplaceSegments(block.id, tuple(segments))
        states.append(apply(Content((states[-1],)), edit).blocks[0])
    return states


moves = st.lists(
    st.tuples(st.sampled_from(["split", "join"]), st.integers(0, 9), st.integers(0, 99), st.integers(0, 99)), max_size=8
)


@given(blocks(CHINESE), moves)
def test_splits_and_joins_leave_chinese_source_text_as_it_is(block: Block, moves: list) -> None:
    before = block_text(block, CHINESE)
    for state in rewrite(block, moves, CHINESE):
        assert block_text(state, CHINESE).zh == before.zh


@given(blocks(ENGLISH), moves)
def test_splits_and_joins_leave_english_source_text_as_it_is(block: Block, moves: list) -> None:
    before = block_text(block, ENGLISH)
    for state in rewrite(block, moves, ENGLISH):
        assert block_text(state, ENGLISH).zh == before.zh
        assert block_text(state, ENGLISH).en == before.en  # the Chinese side joins without a blank


@given(blocks(CHINESE), moves)
def test_splits_and_joins_lose_no_character_of_the_translation(block: Block, moves: list) -> None:
    before = block_text(block, CHINESE).en
    for state in rewrite(block, moves, CHINESE):
        after = block_text(state, CHINESE).en
        assert without_blanks(after) == without_blanks(before)
        assert len(after) >= len(before), "blanks may come where a word was cut, none goes"


@given(st.text(alphabet="ab ,", min_size=1, max_size=20), st.integers(0, 20))
def test_a_cut_at_a_blank_joins_to_the_very_same_text(text: str, at: int) -> None:
    segment = Segment("s", "源", text, SegmentStatus.CONFIRMED)
    first, second = split_segment(segment, "n", 1, at, CHINESE)
    joined = join_segments(first, second, CHINESE)
    words_around = text[:at].strip(" ") and text[at:].strip(" ")
    if words_around and " " in (text[at - 1], text[at]):
        assert joined.target == text
    assert joined.source == "源"
    assert joined.status is SegmentStatus.DRAFT, "a split and a join un-confirm"


@given(blocks(CHINESE), st.data())
def test_every_edit_is_taken_back_by_its_inverse(block: Block, data: st.DataObject) -> None:
    content = Content((block,))
    segment = data.draw(st.sampled_from(block.segments))
    edit = data.draw(
        st.sampled_from(
            [set_target(segment, "New words."), ReplaceSegments("b", split_segment(segment, "n", 1, 1, CHINESE))]
        )
    )
    assert apply(apply(content, edit), inverse(content, edit)) == content


@given(st.text(alphabet=st.characters(), max_size=30))
def test_typed_text_comes_out_fit_for_every_format(text: str) -> None:
    kept = clean(text)
    kept.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", kept)
    assert clean(kept) == kept
    if not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", text):
        assert kept == text


def test_both_halves_of_a_surrogate_pair_become_their_character() -> None:
    edit = storable(set_target(Segment("s"), "A\ud842\udfb7B\udc00"))
    assert edit.target == "A𠮷B"
