"""Comments keep to their words: where a thread stands after cuts, joins and undo; what refuses a sign-off over it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.comments import (
    MAX_QUOTE,
    Comment,
    CommentWaiver,
    Layout,
    Note,
    Piece,
    beginning,
    follow,
    in_reading_order,
    note_text,
    place_numbers,
    quoted,
)
from desktop_app.domain.edits import join_segments, recut_segments, split_segment
from desktop_app.domain.story import Block, BlockKind, Content, Languages, Placement, Segment
from desktop_app.domain.workflow import may_leave_open

ZH, EN = Languages("zh-Hans", "en"), Languages("en", "zh-Hans")
Story = tuple[tuple[str, tuple[Segment, ...]], ...]  # blocks: id and segments


def thread(anchor: str, *, at: str = "2024-01-29T08:00:00.000000Z", **facts: object) -> Comment:
    note = Note(f"n-{anchor}-{at}", "li", at, "Look at this.")
    return replace(Comment(f"c-{anchor}-{at}", "s", anchor, "target", "", (note,)), **facts)  # type: ignore[arg-type]


def layout(story: Story, languages: Languages) -> Layout:
    return Layout(tuple(Piece(s.id, block, s.source) for block, segments in story for s in segments), languages.source)


def begun(languages: Languages) -> Story:
    """Three paragraphs of three sentences, in which every character (or word) of the source stands once."""
    words = [chr(0x4E00 + n) for n in range(36)] if languages is ZH else [f"w{n}" for n in range(36)]
    blank = "" if languages is ZH else " "
    sentences = [Segment(f"s{n}", blank.join(words[n * 4 : n * 4 + 4])) for n in range(9)]
    return tuple((f"b{n}", tuple(sentences[n * 3 : n * 3 + 3])) for n in range(3))


def first_word(source: str, languages: Languages) -> str:
    return source[:1] if languages is ZH else source.split(" ", maxsplit=1)[0]


def words_of(source: str, languages: Languages) -> Sequence[str]:
    return source if languages is ZH else source.split(" ")


@st.composite
def steps(draw: st.DrawFn) -> list[tuple[str, int, int]]:
    kinds = st.sampled_from(["split", "join", "recut", "undo", "merge paragraphs", "cut paragraph", "move"])
    return draw(st.lists(st.tuples(kinds, st.integers(0, 8), st.integers(0, 12)), max_size=25))


def carried_out(story: Story, step: tuple[str, int, int], languages: Languages, name: str) -> Story:
    """The story after one step of a person; a step that is not possible leaves it."""
    kind, which, at = step
    blocks = list(story)
    index = which % len(blocks)
    block, segments = blocks[index]
    place = at % max(1, len(segments))
    if kind == "split":
        cut = split_segment(segments[place], name, at, 0, languages)
        blocks[index] = (block, (*segments[:place], *cut, *segments[place + 1 :]))
    elif kind == "join" and place + 1 < len(segments):
        joined = join_segments(segments[place], segments[place + 1], languages)
        blocks[index] = (block, (*segments[:place], joined, *segments[place + 2 :]))
    elif kind == "recut" and place + 1 < len(segments) and languages is ZH:
        pair = recut_segments(segments[place], segments[place + 1], "source", at, languages)
        blocks[index] = (block, (*segments[:place], *pair, *segments[place + 2 :]))
    elif kind == "merge paragraphs" and index + 1 < len(blocks):
        blocks[index : index + 2] = [(block, (*segments, *blocks[index + 1][1]))]
    elif kind == "cut paragraph" and place > 0:
        blocks[index : index + 1] = [(block, segments[:place]), (f"b-{name}", segments[place:])]
    elif kind == "move":
        blocks.insert(at % len(blocks), blocks.pop(index))
    return tuple(blocks)


@pytest.mark.parametrize("languages", [ZH, EN])
@given(steps=steps())
def test_a_comment_stands_on_its_anchor_or_on_the_first_words_of_it(
    languages: Languages, steps: list[tuple[str, int, int]]
) -> None:
    story, undo = begun(languages), [begun(languages)]
    comments = {s.id: thread(s.id) for _block, segments in story for s in segments}
    first: dict[str, str] = {}
    for number, step in enumerate(steps):
        present = {s.id: s for _block, segments in story for s in segments}
        first |= {anchor: first_word(present[anchor].source, languages) for anchor in comments if anchor in present}
        if step[0] == "undo":
            after = undo.pop() if len(undo) > 1 else undo[0]
        else:
            after = carried_out(story, step, languages, f"new{number}")
            undo.append(story)
        moved = follow(comments.values(), layout(story, languages), layout(after, languages))
        comments |= {one.anchor: one for one in moved}
        story = after
        holds = {s.id: words_of(s.source, languages) for _block, segments in story for s in segments}
        for anchor, comment in comments.items():
            place = comment.place(holds)
            if anchor in holds:
                assert (place, comment.moved_to) == (anchor, None)
            elif first[anchor]:
                assert place is not None, "no word was taken out"
                assert first[anchor] in holds[place]


def test_a_comment_goes_where_its_first_character_goes_and_comes_back() -> None:
    def made(*pieces: tuple[str, str, str]) -> Layout:
        return Layout(tuple(Piece(*piece) for piece in pieces), "zh-Hans")

    apart = made(("a", "p", "甲乙"), ("b", "p", "丙丁"), ("c", "q", "戊"))
    joined = made(("a", "p", "甲乙丙丁"), ("c", "q", "戊"))
    cut = made(("a", "p", "甲乙丙"), ("d", "p", "丁"), ("c", "q", "戊"))
    cut_before = made(("a", "p", "甲"), ("e", "p", "乙丙丁"), ("c", "q", "戊"))
    (one,) = follow([thread("b")], apart, joined)
    assert (one.moved_to, one.moved_offset) == ("a", 2)
    assert follow([one], joined, cut) == []
    (elsewhere,) = follow([one], joined, cut_before)
    assert (elsewhere.moved_to, elsewhere.moved_offset) == ("e", 1)
    (back,) = follow([elsewhere], cut_before, apart)
    assert back == thread("b")


def test_a_comment_whose_words_are_taken_out_waits_for_them() -> None:
    both = Layout((Piece("a", "p", "甲"), Piece("b", "q", "乙丙")), "zh-Hans")
    without = Layout((Piece("a", "p", "甲"),), "zh-Hans")
    (one,) = follow([thread("b", moved_to="x")], both, without) or [thread("b")]
    assert one.place({"a"}) is None
    assert follow([one], without, both) == []
    assert one.place({"a", "b"}) == "b"


def test_a_comment_on_a_text_of_our_own_goes_with_its_block() -> None:
    both = Layout((Piece("a", "p", "甲"), Piece("x", "q", ""), Piece("b", "r", "乙")), "zh-Hans")
    without = Layout((Piece("a", "p", "甲"), Piece("b", "r", "乙")), "zh-Hans")
    assert follow([thread("x")], both, without) == []
    assert thread("x").place({"a", "b"}) is None


def test_a_comment_on_a_picture_stands_and_goes_with_it() -> None:
    place = Placement("1.jpg")
    text, picture = (
        Block("p", BlockKind.PARAGRAPH, (Segment("a", "甲"),)),
        Block("q", BlockKind.PICTURE, (), place),
    )
    assert place_numbers(Content((text, picture))) == {"a": 1, "q": 2}
    one = thread("q")
    assert one.place(place_numbers(Content((text, picture)))) == "q"
    assert one.place(place_numbers(Content((text,)))) is None


def test_reading_order_is_by_row_then_by_age_and_the_homeless_come_last() -> None:
    late, early = thread("b", at="2024-01-30T08:00:00.000000Z"), thread("b")
    gone, first = thread("x"), thread("a", at="2024-02-01T08:00:00.000000Z")
    assert in_reading_order([gone, late, first, early], {"a": 1, "b": 2}) == [first, early, late, gone]


# The guard

NUMBERS = {"a": 4, "b": 7}
OPEN_A, OPEN_B, GONE = thread("a"), thread("b"), thread("x")


@pytest.mark.parametrize(
    ("comments", "waiver", "refusal"),
    [
        ((), CommentWaiver(), None),
        ((), CommentWaiver("Agreed by telephone."), None),
        ((), CommentWaiver("", frozenset()), None),
        ((OPEN_A,), CommentWaiver(), "1 comment is open (segment 4)"),
        ((OPEN_A,), CommentWaiver("  "), "1 comment is open (segment 4)"),
        ((OPEN_B, OPEN_A), CommentWaiver(), "2 comments are open (segments 4, 7)"),
        ((GONE,), CommentWaiver(), "1 comment is open"),
        ((OPEN_A, GONE), CommentWaiver(), "2 comments are open (segment 4)"),
        ((OPEN_A,), CommentWaiver("Agreed by telephone."), None),
        ((OPEN_A, OPEN_B), CommentWaiver("Agreed.", frozenset({OPEN_A.id, OPEN_B.id})), None),
        ((OPEN_A,), CommentWaiver("Agreed.", frozenset({OPEN_A.id, OPEN_B.id})), None),
        ((OPEN_A, OPEN_B), CommentWaiver("Agreed.", frozenset({OPEN_A.id})), "1 comment was added meanwhile"),
        ((OPEN_A, OPEN_B), CommentWaiver("Agreed.", frozenset()), "2 comments were added meanwhile"),
        ((OPEN_A,), CommentWaiver("", frozenset({OPEN_A.id})), "1 comment is open (segment 4)"),
    ],
)
def test_open_comments_refuse_a_sign_off_unless_those_shown_are_waived(
    comments: tuple[Comment, ...], waiver: CommentWaiver, refusal: str | None
) -> None:
    found = may_leave_open(comments, NUMBERS, waiver)
    assert (str(found) if found is not None else None) == refusal


def test_a_refusal_names_no_endless_list_of_rows() -> None:
    many = [thread(f"s{n}") for n in range(40)]
    found = may_leave_open(many, {f"s{n}": n + 1 for n in range(40)}, CommentWaiver())
    assert str(found) == "40 comments are open (segments 1, 2, 3, 4, 5, 6, 7, 8 …)"


# Texts


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Is this right? \n", "Is this right?"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("bell\x07 and half \ud83d pair", "bell and half  pair"),
        ("two \ud83d\ude00 halves", "two 😀 halves"),
        ("\n\n \t\n", ""),
        ("\x00\x1b", ""),
    ],
)
def test_a_note_is_kept_without_what_no_text_has(written: str, kept: str) -> None:
    assert note_text(written) == kept


@given(st.text(max_size=3000))
def test_kept_texts_can_be_written_and_are_kept_again(text: str) -> None:
    kept = note_text(text)
    kept.encode("utf-8")
    assert note_text(kept) == kept
    assert len(quoted(text)) <= MAX_QUOTE
    assert "\n" not in beginning(text)
