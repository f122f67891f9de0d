"""Changes between two texts: they read well, they can be taken over or back in any order, and each has its author."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.desk.restoring import edits_to
from desktop_app.domain.accepted import Accepted, layer_between, with_accepted
from desktop_app.domain.changes import Moved, Regrouped, TextChanged, compare_changes, recut_texts
from desktop_app.domain.edits import RemoveBlock, apply, join_segments, split_segment
from desktop_app.domain.resolving import accept, may_reject, reject
from desktop_app.domain.story import Bilingual, Block, BlockKind, Content, Languages, Placement, Segment
from desktop_app.domain.text_ops import Op, hunks, merged, text_ops, tokens

LANGUAGES = Languages()


def marked(old: str, new: str) -> str:
    marks = {"=": "{}", "-": "[{}]", "+": "<{}>"}
    return "".join(marks[sign].format(text) for sign, text in text_ops(old, new))


def old_text(ops: tuple[Op, ...]) -> str:
    return "".join(text for sign, text in ops if sign != "+")


def new_text(ops: tuple[Op, ...]) -> str:
    return "".join(text for sign, text in ops if sign != "-")


# The marked text


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Steel Visited NKU-T", "Steel Visits NKU-T", "Steel [Visited]<Visits> NKU-T"),
        ("RMB 12 million", "RMB 120 million", "RMB [12]<120> million"),
        ("led to NKU-T to carry out talks.", "led to NKU-T.", "led to NKU-T[ to carry out talks]."),
        ("On May 1st", "On the afternoon of May 1st", "On <the afternoon of >May 1st"),
        ("He left. She came. They sat.", "He left. They sat.", "He left.[ She came.] They sat."),
        ("协议两项。", "协议三项。", "协议[两]<三>项。"),
        ("学校领导讲话", "校方领导讲话", "[学校]<校方>领导讲话"),
        ("投资1.2亿元", "投资12亿元", "投资[1.2]<12>亿元"),
        ("张 Zhang of Nankai", "章 Zhang of Nankai", "[张]<章> Zhang of Nankai"),
    ],
)
def test_changes_stand_where_words_and_clauses_begin(old: str, new: str, shown: str) -> None:
    assert marked(old, new) == shown


def test_a_rewritten_sentence_is_no_confetti() -> None:
    old = "Students from many countries took part in the event held on campus last week."
    new = "Last week the campus hosted an event that drew students of many nations."
    assert len(list(hunks(text_ops(old, new)))) <= 2


def test_single_words_between_unchanged_words_stay_single_changes() -> None:
    assert marked("The red house stands near Tianjin harbour", "The blue house stands near Tianjin port") == (
        "The [red]<blue> house stands near Tianjin [harbour]<port>"
    )


TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(["the", "cat", " ", ".", ",", "项", "的", "同", "NKU-T", "12", "dog"]), max_size=25).map(
        "".join
    ),
)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_marked_one(old: str, new: str) -> None:
    ops = text_ops(old, new)
    assert (old_text(ops), new_text(ops)) == (old, new)
    assert all(text for _, text in ops)
    changes = list(hunks(ops))
    assert merged(ops, set()) == old
    assert merged(ops, set(range(len(changes)))) == new
    for hunk in changes:
        assert old[hunk.old_at :].startswith(hunk.deleted)
        assert new[hunk.new_at :].startswith(hunk.inserted)


@given(st.text(max_size=60))
def test_tokens_are_the_whole_text(text: str) -> None:
    assert "".join(tokens(text)) == text


def test_a_huge_text_is_compared_in_bounded_time() -> None:
    old, new = "a b " * 30_000, "b c " * 30_000
    assert new_text(text_ops("x " + old, "x " + new)) == "x " + new


# Going through the changes


def paragraph(*pairs: tuple[str, str]) -> Block:
    return Block("b", BlockKind.PARAGRAPH, tuple(Segment(f"s{n}", zh, en) for n, (zh, en) in enumerate(pairs)))


WORDS = st.lists(st.sampled_from(["one", "two", "three", "four", "of", ",", "."]), min_size=0, max_size=8).map(" ".join)


def content_of(texts: list[str], caption: str, topics: list[str], place: int | None) -> Content:
    blocks = [paragraph(*(("句。", text) for text in texts[:3]))]
    blocks += [Block(name, BlockKind.PARAGRAPH, (Segment(name + "0", "段。", texts[3]),)) for name in ("c", "d")]
    if place is not None:
        picture = Placement("1.jpg", caption=Bilingual("图", caption))
        blocks.insert(place, Block("p", BlockKind.PICTURE, placement=picture))
    return Content(tuple(blocks), topics=tuple(topics))


CONTENTS = st.builds(
    content_of,
    st.lists(WORDS, min_size=4, max_size=4),
    WORDS,
    st.lists(st.sampled_from(["News", "Sport"]), max_size=1),
    st.one_of(st.none(), st.integers(0, 3)),
)


def texts_of(content: Content) -> list[str]:
    return [
        f"{block.id}: {block.placement.caption.en}"
        if block.placement is not None
        else " ".join(f"{s.id} {s.source}|{s.target}" for s in block.segments)
        for block in content.blocks
    ]


@given(CONTENTS, CONTENTS)
def test_accepting_all_leaves_nothing_and_rejecting_all_brings_the_text_back(old: Content, now: Content) -> None:
    comparison = compare_changes(old, now, LANGUAGES)
    assert not compare_changes(accept(comparison, comparison.keys), now, LANGUAGES).changes
    back = now
    for edit in reject(comparison, comparison.keys):
        back = apply(back, edit)
    assert texts_of(back) == texts_of(old)


@settings(max_examples=60)
@given(CONTENTS, CONTENTS, st.data())
def test_any_order_of_accepting_and_rejecting_ends_where_nothing_differs(old: Content, now: Content, data) -> None:
    version, base = old, old
    for _ in range(200):
        comparison = compare_changes(base, now, LANGUAGES)
        if not comparison.changes:
            break
        change = data.draw(st.sampled_from(comparison.changes))
        key = data.draw(st.sampled_from(change.keys))
        if may_reject(change) and data.draw(st.booleans()):
            for edit in reject(comparison, [key]):
                now = apply(now, edit)
        else:
            base = with_accepted(version, layer_between(version, accept(comparison, [key])))
    assert not compare_changes(base, now, LANGUAGES).changes


@given(CONTENTS, CONTENTS, st.data())
def test_the_layer_over_a_version_says_what_was_accepted(old: Content, now: Content, data) -> None:
    comparison = compare_changes(old, now, LANGUAGES)
    chosen = data.draw(st.lists(st.sampled_from(comparison.keys))) if comparison.keys else []
    taken = accept(comparison, chosen)
    assert with_accepted(old, layer_between(old, taken)) == taken
    assert bool(layer_between(old, taken)) == bool(chosen)


def test_a_moved_picture_is_told_taken_over_and_taken_back() -> None:
    old, now = (content_of(["A.", "B.", "C.", "D."], "A photo", [], place) for place in (1, 3))
    comparison = compare_changes(old, now, LANGUAGES)
    assert comparison.changes == (Moved("p", "b", "d"),)
    taken = accept(comparison, comparison.keys)
    assert layer_between(old, taken) == [Accepted("p", "place", "d")]
    assert texts_of(taken) == texts_of(now)
    (edit,) = reject(comparison, comparison.keys)
    assert texts_of(apply(now, edit)) == texts_of(old)


def test_accepting_one_change_leaves_the_others() -> None:
    old, now = (
        Content((paragraph(("句。", text)),))
        for text in ("Old words stay here, all of it", "New words stay there, all of it")
    )
    comparison = compare_changes(old, now, LANGUAGES)
    taken = accept(comparison, [("s0", "target", 0)])
    assert [s.target for s in taken.segments()] == ["New words stay here, all of it"]
    (edit,) = reject(comparison, [("s0", "target", 1)])
    assert [s.target for s in apply(now, edit).segments()] == ["New words stay here, all of it"]


# Segments that are cut otherwise


def test_a_split_is_no_deletion_and_insertion() -> None:
    whole = Segment("s0", "一。二。", "First comes one. Then comes two.")
    old = Content((Block("b", BlockKind.PARAGRAPH, (whole,)),))
    now = Content((Block("b", BlockKind.PARAGRAPH, split_segment(whole, "s1", 2, 16, LANGUAGES)),))
    comparison = compare_changes(old, now, LANGUAGES)
    assert comparison.changes == (Regrouped("b", ("s0",), ("s0", "s1")),)
    assert comparison.changes[0].kind == "split"
    (edit,) = reject(comparison, comparison.keys)
    assert texts_of(apply(now, edit)) == texts_of(old)


def test_words_changed_in_a_joined_segment_are_marked_alone() -> None:
    first, second = Segment("s0", "一。", "First comes one."), Segment("s1", "二。", "Then comes two.")
    joined = replace(join_segments(first, second, LANGUAGES), target="First comes one. Then follows two.")
    old = Content((Block("b", BlockKind.PARAGRAPH, (first, second)),))
    now = Content((Block("b", BlockKind.PARAGRAPH, (joined,)),))
    comparison = compare_changes(old, now, LANGUAGES)
    regrouped, change = comparison.changes
    assert isinstance(regrouped, Regrouped)
    assert regrouped.kind == "joined"
    assert isinstance(change, TextChanged)
    assert [(h.deleted, h.inserted) for h in change.hunks()] == [("comes", "follows")]
    taken = accept(comparison, change.keys)
    assert not compare_changes(with_accepted(old, layer_between(old, taken)), now, LANGUAGES).changes


def test_a_sentence_that_moved_to_its_neighbour_is_told_as_moved() -> None:
    old = Content((paragraph(("一。", "One is here. Two came with it."), ("二。", "Three is last.")),))
    now = Content((paragraph(("一。", "One is here."), ("二。", "Two came with it. Three is last.")),))
    (change,) = compare_changes(old, now, LANGUAGES).changes
    assert isinstance(change, Regrouped)
    assert change.kind == "moved"


@given(st.lists(WORDS, min_size=1, max_size=4), st.lists(WORDS, min_size=1, max_size=4))
def test_cutting_a_paragraph_otherwise_loses_no_word(old: list[str], now: list[str]) -> None:
    pieces = recut_texts(old, now, "en")
    assert len(pieces) == len(now)
    assert " ".join(pieces).split() == " ".join(old).split()


def test_pictures_and_blocks_that_came_or_went() -> None:
    picture = Block(
        "p", BlockKind.PICTURE, placement=Placement("1.jpg", caption=Bilingual("图", "A photo"), payload="a")
    )
    old = Content((paragraph(("一。", "One.")), picture))
    now = Content((Block("c", BlockKind.PARAGRAPH, (Segment("t", "三。", "Three."),)), paragraph(("一。", "One."))))
    comparison = compare_changes(old, now, LANGUAGES)
    assert [(c.part, c.field) for c in comparison.changes if isinstance(c, TextChanged)] == [
        ("t", "source"), ("t", "target"), ("p", "picture"), ("p", "caption-zh"), ("p", "caption-en"),
    ]  # fmt: skip
    taken = accept(comparison, [("p", "picture", 0), ("t", "target", 0)])
    layer = layer_between(old, taken)
    assert Accepted("p", "block", "") in layer
    left = compare_changes(with_accepted(old, layer), now, LANGUAGES).changes
    assert [(c.part, c.field) for c in left if isinstance(c, TextChanged)] == [("t", "source")]
    back = now
    for edit in reject(comparison, [("p", "picture", 0)]):
        back = apply(back, edit)
    assert [block.id for block in back.blocks] == ["c", "b", "p"]
    assert reject(compare_changes(now, old, LANGUAGES), [("p", "picture", 0)]) == [RemoveBlock("p")]
    replaced = Content((replace(picture, placement=replace(picture.placement, payload="b")),))
    (other,) = compare_changes(Content((picture,)), replaced, LANGUAGES).changes
    assert isinstance(other, TextChanged)
    assert other.same_name


@given(CONTENTS, CONTENTS)
def test_the_edits_of_restoring_make_the_wanted_text(now: Content, wanted: Content) -> None:
    back = now
    for edit in edits_to(now, wanted, ""):
        back = apply(back, edit)
    assert texts_of(back) == texts_of(wanted)
