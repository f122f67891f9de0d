"""Taking a story home: nothing that either side did vanishes, and what cannot be joined is asked."""

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_acts import CHINESE, ENGLISH, FIELDS, Office

from desktop_app.domain.changes import anchors
from desktop_app.domain.edits import MoveBlock, RemoveBlock, apply, has_source
from desktop_app.domain.merging.applying import edits_of, facts_of, merged
from desktop_app.domain.merging.changes import (
    BlockChange,
    FieldChange,
    Merge,
    Outcome,
    PassageChange,
    PlaceChange,
    Side,
    SourceDiffersError,
)
from desktop_app.domain.merging.comparing import compare, field_text
from desktop_app.domain.merging.deciding import Written, decide, texts_of
from desktop_app.domain.story import Bilingual, Block, BlockKind, Content, Languages, Placement, Segment, SegmentStatus
from desktop_app.foundation.errors import InputRefusedError

DRAFT, CONFIRMED, REVISED = SegmentStatus.DRAFT, SegmentStatus.CONFIRMED, SegmentStatus.REVISED
REJECTED, SIGNED_OFF, EMPTY = SegmentStatus.REJECTED, SegmentStatus.SIGNED_OFF, SegmentStatus.UNTRANSLATED
LOT = 150

# Random work on both sides


def sides(seed: int) -> tuple[Content, Content, Content, Languages]:
    """A story and what became of it on two machines."""
    chance = random.Random(seed)
    languages = CHINESE if seed % 3 else ENGLISH
    base = Office(chance, "b", languages).story(chance.randint(1, 3))
    ours = Office(chance, "o", languages).work(base, chance.choice([0, 1, 2, 5, 12]))
    theirs = Office(chance, "t", languages).work(base, chance.choice([1, 2, 5, 12]))
    return base, ours, theirs, languages


def lots(name: str) -> list[object]:
    """Lots of histories, so that they are spread over the cores: four now, forty more as a proof."""
    firsts = [random.Random(f"{name} {lot}").randrange(10**9) for lot in range(44)]
    return [*firsts[:4], *(pytest.param(first, marks=pytest.mark.proof) for first in firsts[4:])]


def carried_out(merge: Merge) -> Content:
    """The story after its edits, one by one, as the archive does it."""
    content = merge.ours
    source = {block.id for block in content.blocks if has_source(block)}
    for edit in edits_of(merge):
        assert not isinstance(edit, MoveBlock | RemoveBlock) or edit.block not in source, "the source stays as it came"
        content = apply(content, edit)
    return replace(content, **facts_of(merge))  # type: ignore[arg-type]


def words(*texts: str) -> Counter[str]:
    """Every word of the random stories, without the capital that a sentence gave it; Chinese joins without a blank."""
    return Counter(word.lower() for text in texts for word in re.findall(r"[A-Za-z]\d+x", text))


def all_words(content: Content) -> Counter[str]:
    texts = [segment.target for segment in content.segments()]
    for place in content.placements():
        texts += [place.file.removesuffix("jpg"), *(field_text(place, field) for field in FIELDS)]
    return words(*texts, *content.byline, content.dateline, *content.topics)


def asked_words(merge: Merge) -> Counter[str]:
    """Every word that a conflict shows, whichever side's."""
    found: Counter[str] = Counter()
    for change in merge.conflicts:
        for value in (change.base, change.ours, change.theirs):
            found += _shown(value)
    return found


def _shown(value: object) -> Counter[str]:
    if isinstance(value, str):
        return words(value)
    if isinstance(value, Segment):
        return words(value.target)
    if isinstance(value, Placement):
        return words(value.file.removesuffix("jpg"), *(field_text(value, field) for field in FIELDS))
    if isinstance(value, Block):
        return sum((_shown(part) for part in (*value.segments, value.placement)), Counter[str]())
    return sum((_shown(part) for part in value), Counter[str]()) if isinstance(value, tuple) else Counter()


def without_names(content: Content) -> object:
    """Everything but the ids, which differ where both sides made the same."""
    blocks = [
        (b.kind, b.placement, [(s.source, s.target, s.status, s.locked) for s in b.segments]) for b in content.blocks
    ]
    return blocks, content.byline, content.dateline, content.topics


def cuts(content: Content, languages: Languages) -> set[tuple[str, int]]:
    """Where the source text of each paragraph is cut: by signs that are no blanks."""
    found = set()
    for block in content.blocks:
        at = 0
        for segment in block.segments[:-1]:
            at += len("".join(segment.source.split()))
            found.add((block.id, at))
    return found


@pytest.mark.parametrize("first", lots("kept"))
def test_no_edit_of_either_side_is_lost(first: int) -> None:
    for seed in range(first, first + LOT):
        base, ours, theirs, languages = sides(seed)
        merge = compare(base, ours, theirs, languages)
        result = merged(merge)
        assert carried_out(merge) == result, seed
        was, here, there, now = (all_words(content) for content in (base, ours, theirs, result))
        asked = asked_words(merge)
        written = (here - was) | (there - was)
        assert not written - now - asked, f"{seed}: {written - now - asked} neither stands nor is asked"
        # a word of base stands once where nobody deleted it, and is gone where somebody did, or is asked
        kept, gone = was & here & there, (was - here) + (was - there)
        assert not [word for word in kept if word not in asked and now[word] != kept[word]], seed
        assert not [word for word in gone if word not in asked and now[word]], seed
        asked_blocks = {getattr(change, "block", "") for change in merge.conflicts}
        before, mine, other, after = (cuts(content, languages) for content in (base, ours, theirs, result))
        for cut in (mine ^ before) | (other ^ before):
            side = mine if cut in mine ^ before else other
            known = {block.id for block in result.blocks}
            if cut[0] in known and cut[0] not in asked_blocks:
                assert (cut in after) == (cut in side), f"{seed}: a cut at {cut} is lost"


@pytest.mark.parametrize("first", lots("blocks"))
def test_no_picture_and_no_place_is_lost(first: int) -> None:
    for seed in range(first, first + LOT):
        base, ours, theirs, languages = sides(seed)
        merge = compare(base, ours, theirs, languages)
        result = merged(merge)
        asked = {getattr(change, "block", "") for change in merge.conflicts}
        stood, here, there, now = (anchors(content.blocks) for content in (base, ours, merge.theirs, result))
        for block in {*here, *there, *stood} - asked:
            sidewise = [side.get(block) for side in (here, there)]
            changed = [place for place in sidewise if place != stood.get(block)]
            assert now.get(block) == (changed[0] if changed else stood.get(block)), (seed, block)


@pytest.mark.parametrize("first", lots("one side"))
def test_what_only_one_side_did_is_the_outcome(first: int) -> None:
    for seed in range(first, first + LOT):
        base, ours, theirs, languages = sides(seed)
        assert merged(compare(base, ours, base, languages)) == ours, seed
        assert merged(compare(base, base, theirs, languages)) == theirs, seed
        same = compare(base, ours, ours, languages)
        assert (same.applied, same.conflicts) == ((), ()), seed
        assert {change.outcome for change in same.changes} <= {Outcome.MET}, seed


@pytest.mark.parametrize("first", lots("sides"))
def test_it_does_not_matter_which_side_is_ours(first: int) -> None:
    for seed in range(first, first + LOT):
        base, ours, theirs, languages = sides(seed)
        merge, back = compare(base, ours, theirs, languages), compare(base, theirs, ours, languages)
        assert len(merge.conflicts) == len(back.conflicts), seed
        for change, other in zip(merge.conflicts, back.conflicts, strict=True):
            if isinstance(change, FieldChange) and isinstance(other, FieldChange) and change.key == other.key:
                assert (change.ours, change.theirs) == (other.theirs, other.ours), seed
        if not merge.conflicts:
            assert without_names(merged(merge)) == without_names(merged(back)), seed


@pytest.mark.parametrize("first", lots("twice"))
def test_merging_the_same_again_changes_nothing(first: int) -> None:
    for seed in range(first, first + LOT):
        base, ours, theirs, languages = sides(seed)
        merge = compare(base, ours, theirs, languages)
        again = compare(base, merged(merge), theirs, languages)
        assert (edits_of(again), facts_of(again)) == ((), {}), seed
        assert sorted(c.key for c in again.conflicts) == sorted(c.key for c in merge.conflicts), seed


@pytest.mark.parametrize("first", lots("order"))
def test_the_order_of_coming_home_does_not_matter_where_nothing_is_asked(first: int) -> None:
    free = 0
    for seed in range(first, first + LOT):
        chance = random.Random(seed)
        languages = CHINESE if seed % 3 else ENGLISH
        base = Office(chance, "b", languages).story(chance.randint(2, 6))
        here, one, other = (Office(chance, name, languages).work(base, chance.randint(0, 4)) for name in "otu")
        outcomes = []
        for first_home, second_home in ((one, other), (other, one)):
            early = compare(base, here, first_home, languages)
            late = compare(base, merged(early), second_home, languages)
            outcomes.append(None if early.conflicts or late.conflicts else without_names(merged(late)))
        if None not in outcomes:
            free += 1
            assert outcomes[0] == outcomes[1], seed
    assert free > LOT // 4, "most of these histories meet nowhere"


@pytest.mark.parametrize("first", lots("decided"))
def test_every_conflict_can_be_decided_either_way(first: int) -> None:
    asked = 0
    for seed in range(first, first + LOT):
        base, ours, theirs, languages = sides(seed)
        merge = compare(base, ours, theirs, languages)
        asked += len(merge.conflicts)
        assert merged(decide(merge, {}, Side.OURS)) == merged(merge), seed
        taken = decide(merge, {}, Side.THEIRS)
        assert not taken.conflicts, seed
        assert carried_out(taken) == merged(taken), seed
        for change in merge.conflicts:
            if isinstance(change, PassageChange):
                assert not _shown(change.theirs) - all_words(merged(taken)), seed
        # what was decided for them is no change any more when the same comes back, and neither is anything else
        assert not edits_of(compare(theirs, merged(taken), theirs, languages)), seed
    assert asked > LOT // 10


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
def test_a_merge_is_a_function_of_its_three_texts(seed: int) -> None:
    base, ours, theirs, languages = sides(seed)
    assert compare(base, ours, theirs, languages) == compare(base, ours, theirs, languages)


# One segment


def segment(target: str = "One.", status: SegmentStatus = DRAFT, locked: bool = False, name: str = "s") -> Segment:
    return Segment(name, "一。", target, status if target else EMPTY, locked)


def story(*segments: Segment, **facts: object) -> Content:
    head = Block("h", BlockKind.HEADLINE, (Segment("h1", "题", "Title", DRAFT),))
    return replace(Content((head, Block("b", BlockKind.PARAGRAPH, segments))), **facts)  # type: ignore[arg-type]


def body(content: Content) -> tuple[Segment, ...]:
    return next(block for block in content.blocks if block.id == "b").segments


def merge_of(base: Sequence[Segment], ours: Sequence[Segment], theirs: Sequence[Segment]) -> Merge:
    return compare(story(*base), story(*ours), story(*theirs), CHINESE)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result"),
    [
        ((("One.", DRAFT)), ("One.", DRAFT), ("Two.", CONFIRMED), ("Two.", CONFIRMED)),
        ((("One.", CONFIRMED)), ("Two.", DRAFT), ("One.", SIGNED_OFF), ("Two.", DRAFT)),
        ((("One.", CONFIRMED)), ("Two.", DRAFT), ("Two.", CONFIRMED), ("Two.", CONFIRMED)),
        ((("One.", CONFIRMED)), ("Two.", CONFIRMED), ("Two.", DRAFT), ("Two.", CONFIRMED)),
        ((("One.", DRAFT)), ("One.", CONFIRMED), ("One.", REVISED), ("One.", REVISED)),
        ((("One.", CONFIRMED)), ("One.", CONFIRMED), ("One.", DRAFT), ("One.", DRAFT)),
        ((("One.", DRAFT)), ("One.", REJECTED), ("One.", SIGNED_OFF), ("One.", REJECTED)),
        ((("", EMPTY)), ("", EMPTY), ("Two.", DRAFT), ("Two.", DRAFT)),
    ],
)
def test_a_text_comes_with_its_status_and_a_status_alone_is_never_asked(
    base: tuple[str, SegmentStatus],
    ours: tuple[str, SegmentStatus],
    theirs: tuple[str, SegmentStatus],
    result: tuple[str, SegmentStatus],
) -> None:
    merge = merge_of(*([segment(*side)] for side in (base, ours, theirs)))
    assert merge.conflicts == ()
    assert body(merged(merge)) == (segment(*result),)


def test_two_changes_in_different_words_of_one_sentence_are_asked() -> None:
    merge = merge_of([segment("A red cat.")], [segment("A blue cat.")], [segment("A red dog.")])
    (asked,) = merge.conflicts
    assert isinstance(asked, PassageChange)
    assert (asked.base[0].target, asked.ours[0].target, asked.theirs[0].target) == (
        "A red cat.", "A blue cat.", "A red dog.",
    )  # fmt: skip
    assert body(merged(merge))[0].target == "A blue cat."
    both = decide(merge, {asked.key: Written(("A blue dog.",))})
    assert body(merged(both)) == (segment("A blue dog.", DRAFT),)
    assert edits_of(both) != ()


def test_words_that_somebody_locked_are_not_written_over_unasked() -> None:
    locked, written = segment("One.", CONFIRMED, locked=True), segment("Two.")
    for ours, theirs in ((locked, written), (written, locked)):
        merge = merge_of([segment("One.", CONFIRMED)], [ours], [theirs])
        assert [change.key for change in merge.conflicts] == [("s", "text")]
        assert body(merged(decide(merge, {}, Side.THEIRS))) == (theirs,)


def test_an_accent_written_otherwise_and_line_ends_are_no_change() -> None:
    merge = merge_of([segment("Caf\u00e9\nA")], [segment("New")], [segment("Cafe\u0301\r\nA")])
    assert merge.changes == ()


# Cut otherwise

TWO = "The mayor came. The band played."


def whole(target: str = TWO, status: SegmentStatus = CONFIRMED) -> Segment:
    return Segment("a", "市长来了。乐队演奏。", target, status)


def halves(first: str, second: str, new: str = "n") -> list[Segment]:
    return [
        Segment("a", "市长来了。", first, DRAFT if first else EMPTY),
        Segment(new, "乐队演奏。", second, DRAFT if second else EMPTY),
    ]


@pytest.mark.parametrize("swapped", [False, True])
def test_an_edit_goes_into_the_half_that_it_is_in(swapped: bool) -> None:
    split, written = halves("The mayor came.", "The band played."), [whole("The mayor came. The old band played.")]
    ours, theirs = (written, split) if swapped else (split, written)
    merge = merge_of([whole()], ours, theirs)
    assert merge.conflicts == ()
    assert body(merged(merge)) == tuple(halves("The mayor came.", "The old band played."))


@pytest.mark.parametrize(
    "written",
    [
        "The mayor came and the band played.",  # over the cut
        "The mayor came. Then the guests left. The band played.",  # at the cut: to which half?
    ],
)
def test_an_edit_over_or_at_the_cut_is_asked_with_all_of_the_passage(written: str) -> None:
    split = halves("The mayor came.", "The band played.")
    merge = merge_of([whole()], split, [whole(written)])
    (asked,) = merge.conflicts
    assert isinstance(asked, PassageChange)
    assert (asked.base, asked.ours, asked.theirs) == ((whole(),), tuple(split), (whole(written),))
    assert body(merged(decide(merge, {}, Side.THEIRS))) == (whole(written),)


def test_the_same_cut_on_both_sides_meets_and_keeps_our_names() -> None:
    ours, theirs = halves("The mayor came.", "The band played.", "x"), halves("The mayor came.", "The band sang.", "y")
    merge = merge_of([whole()], ours, theirs)
    assert merge.conflicts == ()
    assert body(merged(merge)) == tuple(halves("The mayor came.", "The band sang.", "x"))


def test_two_different_cuts_are_asked() -> None:
    other = [
        Segment("a", "市长来了。乐队", "The mayor came. The band", DRAFT),
        Segment("m", "演奏。", "played.", DRAFT),
    ]
    merge = merge_of([whole()], halves("The mayor came.", "The band played."), other)
    assert [change.key for change in merge.conflicts] == [("a", "text")]


def test_a_sentence_moved_to_the_neighbour_does_not_fall_between_two_changes() -> None:
    base = halves(TWO + " The crowd cheered.", "They sang.")
    moved = halves(TWO, "The crowd cheered. They sang.")
    written = halves(TWO + " The crowd cheered.", "They sang loudly.")
    for ours, theirs in ((moved, written), (written, moved)):
        merge = merge_of(base, ours, theirs)
        assert merge.conflicts == ()
        assert [s.target for s in body(merged(merge))] == [TWO, "The crowd cheered. They sang loudly."]


def test_a_join_here_and_an_edit_there_go_together() -> None:
    base = halves("The mayor came.", "The band played.")
    merge = merge_of(base, [whole(status=DRAFT)], halves("The mayor came.", "The old band played."))
    assert body(merged(merge)) == (whole("The mayor came. The old band played.", DRAFT),)


# Pictures, blocks, facts


def picture(name: str = "p", **texts: object) -> Block:
    place = replace(Placement("1.jpg", "pic", Bilingual("图", "A hall"), payload="x"), **texts)  # type: ignore[arg-type]
    return Block(name, BlockKind.PICTURE, placement=place)


def with_blocks(*blocks: Block) -> Content:
    base = story(segment())
    return replace(base, blocks=(*base.blocks, *blocks))


def test_texts_of_one_picture_are_merged_field_by_field() -> None:
    ours = picture(caption=Bilingual("图", "The hall"), credit="LI")
    theirs = picture(caption=Bilingual("大厅", "A great hall"), alt=Bilingual("", "Rows of seats"))
    merge = compare(with_blocks(picture()), with_blocks(ours), with_blocks(theirs), CHINESE)
    assert [change.key for change in merge.conflicts] == [("p", "caption-en")]
    wanted = Bilingual("大厅", "The hall"), Bilingual("", "Rows of seats"), "LI"
    (place,) = merged(merge).placements()
    assert (place.caption, place.alt, place.credit) == wanted


def test_a_picture_removed_here_and_described_there_is_asked() -> None:
    written = picture(caption=Bilingual("图", "The hall"))
    merge = compare(with_blocks(picture()), with_blocks(), with_blocks(written), CHINESE)
    (asked,) = merge.conflicts
    assert isinstance(asked, BlockChange)
    assert merged(merge) == with_blocks()
    assert merged(decide(merge, {}, Side.THEIRS)) == with_blocks(written)
    back = compare(with_blocks(picture()), with_blocks(written), with_blocks(), CHINESE)
    assert merged(back) == with_blocks(written)
    assert merged(decide(back, {}, Side.THEIRS)) == with_blocks()


def test_one_picture_placed_by_both_stands_once() -> None:
    merge = compare(with_blocks(), with_blocks(picture("mine")), with_blocks(picture("yours")), CHINESE)
    assert merged(merge) == with_blocks(picture("mine"))
    assert merge.applied == merge.conflicts == ()


def test_a_picture_that_both_moved_elsewhere_is_asked() -> None:
    def at(place: int) -> Content:
        blocks = list(story(segment()).blocks)
        return replace(story(segment()), blocks=(*blocks[:place], picture(), *blocks[place:]))

    merge = compare(at(2), at(1), at(0), CHINESE)
    (asked,) = merge.conflicts
    assert isinstance(asked, PlaceChange)
    assert (asked.base, asked.ours, asked.theirs) == ("b", "h", "")
    assert merged(merge) == at(1)
    assert merged(decide(merge, {}, Side.THEIRS)) == at(0)
    assert carried_out(decide(merge, {}, Side.THEIRS)) == at(0)


def test_facts_about_the_story_are_merged_one_by_one() -> None:
    ours, theirs = story(segment(), dateline="Tianjin"), story(segment(), topics=("Sports",))
    merge = compare(story(segment()), ours, theirs, CHINESE)
    assert (merged(merge).dateline, merged(merge).topics) == ("Tianjin", ("Sports",))
    both = compare(story(segment()), ours, story(segment(), dateline="Beijing"), CHINESE)
    assert [change.key for change in both.conflicts] == [("story", "dateline")]
    assert merged(decide(both, {("story", "dateline"): Written(("Shanghai",))})).dateline == "Shanghai"


# What is refused


def test_another_source_text_is_refused() -> None:
    other = story(replace(segment(), source="二。"))
    with pytest.raises(SourceDiffersError):
        compare(story(segment()), story(segment()), other, CHINESE)
    with pytest.raises(SourceDiffersError):
        compare(story(segment()), replace(story(segment()), source_digest="x"), story(segment()), CHINESE)
    with pytest.raises(SourceDiffersError):
        compare(story(segment()), story(segment()), replace(story(segment()), blocks=()), CHINESE)


def test_parts_of_one_name_and_parts_that_wandered_are_refused() -> None:
    twice = story(segment(), replace(segment(), source=""))
    block = Block("c", BlockKind.PARAGRAPH, (segment(),))
    wandered = replace(story(Segment("z", "一。")), blocks=(*story(Segment("z", "一。")).blocks, block))
    kind = Block("b", BlockKind.QUOTATION, (segment(),))
    for other in (twice, wandered, replace(story(), blocks=(story().blocks[0], kind))):
        with pytest.raises(InputRefusedError) as refused:
            compare(story(segment()), story(segment()), other, CHINESE)
        assert refused.value.place
        assert refused.value.advice is not None


def test_a_decision_about_no_conflict_and_words_for_a_place_are_refused() -> None:
    merge = merge_of([segment()], [segment("Two.")], [segment("Three.")])
    with pytest.raises(KeyError):
        decide(merge, {("x", "text"): Side.OURS})
    with pytest.raises(ValueError, match="one text"):
        decide(merge, {("s", "text"): Written(("A", "B"))})


def test_every_change_can_be_told_as_text() -> None:
    merge = merge_of([segment()], [segment("Two.")], [segment("Three.")])
    assert [texts_of(merge.changes[0], side) for side in ("base", "ours", "theirs", "result")] == [
        "One.", "Two.", "Three.", "Two.",
    ]  # fmt: skip
    gone = compare(with_blocks(picture()), with_blocks(), with_blocks(picture(credit="LI")), CHINESE).changes[0]
    assert [texts_of(gone, side) for side in ("base", "ours", "theirs")] == ["1.jpg", "", "1.jpg"]
    for seed in range(100):
        for change in compare(*sides(seed)).changes:
            assert all(isinstance(texts_of(change, side), str) for side in ("base", "ours", "theirs", "result"))
