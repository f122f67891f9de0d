"""What counts as writing, who answers for words from elsewhere, and the list of hands of a draft."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.drafting import (
    begun_anew,
    former_drafters,
    handed_on,
    hands_of,
    having_sourced,
    having_written,
    is_writing,
    source_hands,
    who_answers,
)
from desktop_app.domain.edits import (
    InsertBlock,
    MoveBlock,
    RemoveBlock,
    ReplaceSegments,
    SetPlacement,
    SetSegment,
    join_segments,
    recut_segments,
    split_segment,
)
from desktop_app.domain.story import Bilingual, Block, BlockKind, Languages, Placement, Segment, SegmentStatus

FIRST = Segment("a", "第一句。", "One word and another.", SegmentStatus.DRAFT)
SECOND = Segment("b", "第二句。", "The second one.", SegmentStatus.DRAFT)
BLOCK = Block("p", BlockKind.PARAGRAPH, (FIRST, SECOND))
PICTURE = Block("q", BlockKind.PICTURE, placement=Placement("1.jpg", caption=Bilingual("图", "A picture")))
BARE = Block("r", BlockKind.PICTURE, placement=Placement("2.jpg"))


@given(st.integers(0, 4), st.integers(0, 21))
def test_to_cut_and_to_join_again_is_no_writing(source: int, target: int) -> None:
    cut = split_segment(FIRST, "c", source, target, Languages())
    assert not is_writing(BLOCK, ReplaceSegments("p", (*cut, SECOND)))
    assert not is_writing(BLOCK, ReplaceSegments("p", (join_segments(FIRST, SECOND, Languages()),)))
    assert not is_writing(BLOCK, ReplaceSegments("p", recut_segments(FIRST, SECOND, "target", target, Languages())))


@given(st.integers(0, 21), st.text("abc", min_size=1, max_size=5))
def test_a_letter_more_is_writing_however_it_is_cut(target: int, more: str) -> None:
    first, second = split_segment(FIRST, "c", 2, target, Languages())
    longer = Segment(second.id, second.source, second.target + more, SegmentStatus.DRAFT)
    assert is_writing(BLOCK, ReplaceSegments("p", (first, longer, SECOND)))


def test_a_status_a_lock_and_line_ends_are_no_words() -> None:
    assert not is_writing(FIRST, SetSegment("a", FIRST.target, SegmentStatus.CONFIRMED, locked=True))
    two = Segment("a", "源", "One\nTwo")
    assert not is_writing(two, SetSegment("a", "One\r\nTwo", SegmentStatus.DRAFT))
    assert is_writing(FIRST, SetSegment("a", "", SegmentStatus.UNTRANSLATED)), "to take words out is writing"


@pytest.mark.parametrize(
    "words", [{"caption": Bilingual("图", "B")}, {"alt": Bilingual("", "B")}, {"credit": "B"}, {"caption": Bilingual()}]
)
def test_the_words_of_a_picture_are_words(words: dict) -> None:
    given = {"caption": Bilingual("图", "A picture"), **words}
    assert is_writing(PICTURE, SetPlacement("q", Placement("1.jpg", **given)))
    assert not is_writing(PICTURE, SetPlacement("q", Placement("9.jpg", caption=Bilingual("图", "A picture"))))


def test_blocks_that_come_and_go_are_writing_where_they_say_something() -> None:
    assert is_writing(None, InsertBlock(PICTURE, None))
    assert not is_writing(None, InsertBlock(BARE, None))
    assert is_writing(PICTURE, RemoveBlock("q"))
    assert not is_writing(BARE, RemoveBlock("r"))
    assert not is_writing(None, MoveBlock("q", None))


def test_who_answers_for_words_from_elsewhere() -> None:
    assert who_answers(["li"], "wang", proven=True) == {"li"}
    assert who_answers(["li"], "wang", proven=False) == {"li", "wang"}, "anybody can type a name"
    assert who_answers(["li", None], "wang", proven=True) == {"li", "wang"}
    assert who_answers([], "wang", proven=True) == {"wang"}
    assert who_answers([None], None, proven=False) == set()


def test_each_is_listed_for_what_they_did() -> None:
    hands = having_sourced(having_written(None, "li", "sun"), "li", "zhao")
    assert (hands_of(hands), source_hands(hands)) == ({"sun"}, {"zhao"})
    assert having_sourced(hands, "li", "zhao") == hands
    assert having_sourced(hands, "li", "li") == hands, "the drafter answers for it with the draft"
    both = having_written(hands, "li", "zhao")
    assert (hands_of(both), source_hands(both)) == ({"sun", "zhao"}, {"zhao"})
    passed = handed_on(both, "li", "sun", empty=False)
    assert (former_drafters(passed), hands_of(passed), source_hands(passed)) == (("li",), {"li", "zhao"}, {"zhao"})
    assert begun_anew(passed) == [["li", "drafted"]]
