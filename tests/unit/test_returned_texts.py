"""Texts that come home one by one: every one is in the text that is merged, or named as left aside."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.merging.applying import merged
from desktop_app.domain.merging.changes import Outcome
from desktop_app.domain.merging.comparing import compare
from desktop_app.domain.returned_texts import Came, Composed, composed, texts_in
from desktop_app.domain.story import (
    Bilingual,
    Block,
    BlockKind,
    Content,
    Languages,
    Placement,
    Segment,
    SegmentStatus,
)

WORDS = st.text("ab é\n", max_size=4)
STATUSES = st.sampled_from(SegmentStatus)


def content(texts: list[str], caption: str = "c", *, locked: int = -1) -> Content:
    segments = [
        Segment(f"s{n}", f"源{n}", text, SegmentStatus.CONFIRMED if text else SegmentStatus.UNTRANSLATED, n == locked)
        for n, text in enumerate(texts)
    ]
    blocks = [Block(f"b{s.id}", BlockKind.PARAGRAPH, (s,)) for s in segments]
    picture = Block("p", BlockKind.PICTURE, placement=Placement("1.jpg", caption=Bilingual("图", caption)))
    return Content((*blocks, picture), source_digest="0" * 64)


THREE = st.lists(WORDS, min_size=3, max_size=3)


def outcomes(ground: Content, here: Content, made: Composed) -> tuple[Content, set[Outcome]]:
    merge = compare(made.base, here, made.content, Languages())
    return merged(merge), {change.outcome for change in merge.changes}


@given(went=THREE, stands=THREE, came=THREE)
def test_no_text_is_lost_and_none_is_written_over(went: list[str], stands: list[str], came: list[str]) -> None:
    ground, here = content(went), content(stands)
    made = composed(ground, here, [Came(f"s{n}", "target", text) for n, text in enumerate(came)], sure=True)
    after, _ = outcomes(ground, here, made)
    conflicts = {c.key[0] for c in compare(made.base, here, made.content, Languages()).conflicts}
    for n, (base, ours, theirs) in enumerate(zip(went, stands, came, strict=True)):
        target = texts_in(after)[f"s{n}", "target"].target
        if f"s{n}" in conflicts:
            assert target == ours
            assert base not in {ours, theirs}
        else:
            assert target == (theirs if theirs != base else ours)


@given(stands=THREE, came=THREE, left=st.lists(st.none() | WORDS, min_size=3, max_size=3))
def test_without_sure_ground_only_what_the_file_itself_tells_counts(
    stands: list[str], came: list[str], left: list[str | None]
) -> None:
    here = content(stands)
    doubtful = {(f"s{n}", "target") for n in range(3)}
    texts = [Came(f"s{n}", "target", text, left_as=left[n], source=f"源{n}") for n, text in enumerate(came)]
    made = composed(here, here, texts, sure=False, doubtful=doubtful)
    after, _ = outcomes(here, here, made)
    for n, (ours, theirs) in enumerate(zip(stands, came, strict=True)):
        target = texts_in(after)[f"s{n}", "target"].target
        assert target == (theirs if left[n] == ours else target)
        if left[n] is None and ours:
            assert target == ours


def test_a_text_of_another_source_is_put_aside() -> None:
    here = content(["a", "b", "c"])
    texts = [Came("s0", "target", "new", "a", source="别的"), Came("gone", "target", "x"), Came("s1", "target", "b")]
    made = composed(here, here, texts, sure=False)
    assert [one.part for one in made.other_source] == ["s0"]
    assert [one.part for one in made.gone] == ["gone"]
    assert made.base == made.content == here


def test_a_lock_here_makes_a_conflict() -> None:
    here = content(["a", "b", "c"], locked=0)
    made = composed(here, here, [Came("s0", "target", "new"), Came("s1", "target", "newer")], sure=True)
    after, found = outcomes(here, here, made)
    assert [one.part for one in made.locked] == ["s0"]
    assert found == {Outcome.CONFLICT, Outcome.TAKEN}
    assert [one.target for one in after.segments()] == ["a", "newer", "c"]


@given(status=STATUSES, text=WORDS)
def test_whatever_changed_is_unconfirmed_unless_proposed(status: SegmentStatus, text: str) -> None:
    ground = content(["a", "b", "c"])
    ground = replace(
        ground,
        blocks=tuple(replace(b, segments=tuple(replace(s, status=status) for s in b.segments)) for b in ground.blocks),
    )
    made = composed(ground, ground, [Came("s0", "target", text)], sure=True)
    segment = next(made.content.segments())
    if text == "a":
        assert segment.status is status
    else:
        assert segment.status is (SegmentStatus.DRAFT if text else SegmentStatus.UNTRANSLATED)


def test_captions_and_alternative_texts_are_texts_too() -> None:
    here = content(["a", "b", "c"])
    made = composed(here, here, [Came("p", "caption-en", "new"), Came("p", "alt-en", "alt")], sure=True)
    place = made.content.blocks[-1].placement
    assert place is not None
    assert (place.caption.en, place.alt.en, place.caption.zh) == ("new", "alt", "图")
    assert made.changed == {("p", "caption-en"), ("p", "alt-en")}
