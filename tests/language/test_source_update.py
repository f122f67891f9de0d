"""A new source text in a story: what stays, what becomes a draft, what is new, and that no English is lost unseen."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.digest import source_digest
from desktop_app.domain.story import (
    Bilingual,
    Block,
    BlockKind,
    Content,
    Languages,
    Placement,
    Segment,
    SegmentStatus,
    block_text,
)
from desktop_app.language.source_matching import match_texts
from desktop_app.language.source_update import (
    Fate,
    NewSource,
    SourceBlock,
    catch_up,
    from_plain,
    to_plain,
    update,
    waiting,
)

ZH = Languages()
HEADLINE, PARAGRAPH, PICTURE = BlockKind.HEADLINE, BlockKind.PARAGRAPH, BlockKind.PICTURE


def ids(prefix="n"):
    numbers = itertools.count()
    return lambda: f"{prefix}{next(numbers)}"


def story(*paragraphs: list[str], headline: str = "北京大学迎来新学期", picture: bool = False) -> Content:
    """A story whose segments are ``s0``, ``s1`` …, all confirmed, and their English ``E:`` and the id."""
    new = ids("s")

    def block(number: int, kind: BlockKind, sources: list[str]) -> Block:
        keys = [new() for _ in sources]
        some = (Segment(k, t, f"E:{k}", SegmentStatus.CONFIRMED) for k, t in zip(keys, sources, strict=True))
        return Block(f"b{number}", kind, tuple(some))

    blocks = [block(0, HEADLINE, [headline])]
    blocks += [block(n, PARAGRAPH, one) for n, one in enumerate(paragraphs, start=1)]
    if picture:
        blocks.insert(2, Block("p", PICTURE, placement=Placement("1.jpg", caption=Bilingual("校门", "The gate"))))
    return Content(tuple(blocks))


def page(*paragraphs: str, headline: str = "北京大学迎来新学期") -> NewSource:
    return NewSource((SourceBlock(HEADLINE, headline), *(SourceBlock(PARAGRAPH, one) for one in paragraphs)))


def said(content: Content) -> list[list[tuple[str, str, str]]]:
    return [[(s.id, s.source, s.target) for s in block.segments] for block in content.blocks if block.segments]


def fates(made) -> list[tuple[str, str]]:
    return [(line.fate.value, line.now or line.was) for line in made.lines if line.fate is not Fate.SAME]


FIRST, SECOND, THIRD = "开学典礼于九月一日举行。", "校长郝平出席并致辞。", "三千多名新生参加了典礼。"


def test_the_same_source_changes_nothing():
    content = story([FIRST, SECOND], [THIRD])
    made = update(content, page(FIRST + SECOND, THIRD), ZH, ids())
    assert not made.changes
    assert made.content.blocks == content.blocks


def test_a_changed_sentence_keeps_its_english_as_a_draft():
    content = story([FIRST, SECOND], [THIRD])
    made = update(content, page(FIRST + "校长龚旗煌出席并致辞。", THIRD), ZH, ids())
    first, second = made.content.blocks[1].segments
    assert first == content.blocks[1].segments[0]
    assert (second.id, second.target, second.status) == ("s2", "E:s2", SegmentStatus.DRAFT)
    assert fates(made) == [("changed", "校长龚旗煌出席并致辞。")]
    assert made.content.source_digest == source_digest(made.content)


def test_a_new_sentence_is_untranslated_and_the_rest_stays():
    made = update(story([FIRST, SECOND], [THIRD]), page(FIRST + "典礼由副校长主持。" + SECOND, THIRD), ZH, ids())
    assert [s.id for s in made.content.blocks[1].segments] == ["s1", "n0", "s2"]
    assert made.content.blocks[1].segments[1].status is SegmentStatus.UNTRANSLATED
    assert fates(made) == [("new", "典礼由副校长主持。")]


def test_a_removed_sentence_is_told_with_its_english():
    made = update(story([FIRST, SECOND], [THIRD]), page(FIRST, THIRD), ZH, ids())
    (gone,) = [line for line in made.lines if line.fate is Fate.GONE]
    assert (gone.key, gone.was, gone.target) == ("s2", SECOND, "E:s2")


def test_a_paragraph_that_is_parted_or_joined_keeps_its_segments():
    content = story([FIRST, SECOND, THIRD])
    parted = update(content, page(FIRST, SECOND + THIRD), ZH, ids())
    assert not parted.changes
    assert [[s.id for s in b.segments] for b in parted.content.blocks] == [["s0"], ["s1"], ["s2", "s3"]]
    joined = update(parted.content, page(FIRST + SECOND + THIRD), ZH, ids())
    assert [[s.id for s in b.segments] for b in joined.content.blocks] == [["s0"], ["s1", "s2", "s3"]]


def test_segments_cut_by_hand_stay_cut_where_their_words_stay():
    content = story(["开学典礼于", "九月一日举行。" + SECOND], [THIRD])
    made = update(content, page("开学典礼于九月一日举行。" + SECOND + "典礼由副校长主持。", THIRD), ZH, ids())
    assert [s.id for s in made.content.blocks[1].segments] == ["s1", "s2", "n0"]
    assert fates(made) == [("new", "典礼由副校长主持。")]


def test_sentences_that_became_one_keep_all_their_english():
    made = update(
        story([FIRST, SECOND], [THIRD]), page("开学典礼于九月一日举行，校长郝平出席并讲话。", THIRD), ZH, ids()
    )
    (one,) = made.content.blocks[1].segments
    assert (one.id, one.target, one.status) == ("s1", "E:s1 E:s2", SegmentStatus.DRAFT)


def test_a_headline_is_a_headline_whatever_it_says():
    made = update(story([FIRST], [SECOND]), page(FIRST, SECOND, headline="燕园喜迎三千新生"), ZH, ids())
    assert made.content.blocks[0].segments[0].id == "s0"
    assert made.content.blocks[0].segments[0].target == "E:s0"


def test_pictures_stay_where_they_stand_and_take_a_new_caption():
    content = story([FIRST], [SECOND], picture=True)
    plain = update(content, page(FIRST, THIRD, SECOND), ZH, ids())
    assert [b.id for b in plain.content.blocks] == ["b0", "b1", "p", "n1", "b2"]
    blocks = (*page(FIRST, SECOND).blocks, SourceBlock(PICTURE, file="1.JPG", caption="东校门"),
              SourceBlock(PICTURE, file="2.jpg", caption="礼堂"))  # fmt: skip
    made = update(content, NewSource(blocks), ZH, ids())
    assert made.content.blocks[2].placement.caption == Bilingual("东校门", "The gate")
    assert made.content.blocks[-1].placement.file == "2.jpg"
    assert fates(made) == [("changed", "东校门"), ("new", "礼堂")]


def test_english_alone_stays_behind_what_it_stands_behind():
    content = story([FIRST, SECOND], [THIRD])
    first = content.blocks[1]
    silent = Segment("e", "", "A sentence of the English alone.", SegmentStatus.DRAFT)
    block = Block(first.id, first.kind, (first.segments[0], silent, first.segments[1]))
    content = Content((content.blocks[0], block, content.blocks[2]))
    made = update(content, page("典礼由副校长主持。" + FIRST + SECOND, THIRD), ZH, ids())
    assert [s.id for s in made.content.blocks[1].segments] == ["n0", "s1", "e", "s2"]


def test_one_segment_or_one_paragraph_alone():
    content = story([FIRST, SECOND], [THIRD], picture=True)
    made = update(content, NewSource(texts={"s2": "校长\n致辞。"}), ZH, ids())
    segment = next(s for s in made.content.segments() if s.id == "s2")
    assert (segment.source, segment.target, segment.status) == ("校长致辞。", "E:s2", SegmentStatus.DRAFT)
    whole = update(content, NewSource(texts={"b1": "典礼于九月二日举行。" + SECOND, "p": "东校门"}), ZH, ids())
    assert fates(whole) == [("changed", "典礼于九月二日举行。"), ("changed", "东校门")]
    with pytest.raises(KeyError):
        update(content, NewSource(texts={"nowhere": "。"}), ZH, ids())


def test_a_new_source_survives_being_kept():
    for one in (page(FIRST), NewSource(texts={"s1": SECOND})):
        assert from_plain(to_plain(one)) == one
    with pytest.raises(ValueError, match="blocks or texts"):
        from_plain({})


SENTENCES = st.sampled_from(
    [FIRST, SECOND, THIRD, "典礼由副校长主持。", "天气晴朗。", "校长出席。", "他说：“欢迎你们！”", "三千名新生参加。"]
)
PARAGRAPHS = st.lists(st.lists(SENTENCES, min_size=1, max_size=4), min_size=1, max_size=5)


@given(PARAGRAPHS, PARAGRAPHS, st.randoms())
def test_any_two_sources(before, after, random):
    cut = []
    for paragraph in before:  # segments need not be sentences
        text, pieces = "".join(paragraph), []
        while text:
            size = random.randint(1, len(text))
            pieces.append(text[:size])
            text = text[size:]
        cut.append(pieces)
    content = story(*cut, picture=True)
    wanted = ["".join(one) for one in after]
    made = update(content, page(*wanted), ZH, ids())
    texts = [b for b in made.content.blocks if b.segments]
    assert [block_text(b, ZH).zh for b in texts][1:] == wanted, "the source is what was given, to the letter"
    keys = [s.id for s in made.content.segments()] + [b.id for b in made.content.blocks]
    assert len(keys) == len(set(keys))
    old = {s.id: s for s in content.segments()}
    told = " ".join(line.target for line in made.lines)
    for segment in old.values():
        assert segment.target in told, "no English goes without a word"
    for segment in made.content.segments():
        was = old.get(segment.id)
        if was is not None and was.source == segment.source:
            assert segment == was
        elif was is not None:
            assert was.target in segment.target
            assert segment.status is SegmentStatus.DRAFT
        else:
            assert (segment.target, segment.status) == ("", SegmentStatus.UNTRANSLATED)
    again = update(made.content, page(*wanted), ZH, ids("m"))
    assert not again.changes, "taking the same source in twice changes nothing"


@given(st.lists(st.text("甲乙丙丁", max_size=4), max_size=12), st.lists(st.text("甲乙丙丁", max_size=4), max_size=12))
def test_every_text_is_matched_once_and_in_order(old, new):
    found = match_texts(old, new)
    assert [i for match in found for i in match.old] == list(range(len(old)))
    assert sorted(j for match in found for j in match.new) == list(range(len(new)))


def test_a_thousand_equal_or_strange_lines_take_no_time():
    same, other = ["一样的话。"] * 3000, [f"完全不同的第{n}句话。" for n in range(1000)]
    assert len(match_texts(same, same)) == 3000
    for one, two in ((same, other), (other, same), (other, [f"第{n}句话完全不同。" for n in range(1000)])):
        assert match_texts(one, two)


@given(st.data())
def test_a_new_source_that_waited_finds_its_words_however_they_were_cut_meanwhile(data) -> None:
    """The English of what is cut anew stays too, and what cannot be placed is told instead of refused."""
    sources = data.draw(st.lists(st.text("甲乙丙丁", min_size=1, max_size=5), min_size=1, max_size=4))
    content = story(sources, ["别的话。"])
    part, new = data.draw(st.sampled_from([f"s{n + 1}" for n in range(len(sources))])), "新的。"
    waited = from_plain(to_plain(waiting(content, NewSource(texts={part: new}), ZH)))
    whole = "".join(sources)
    at = sum(map(len, sources[: int(part[1:]) - 1]))
    wanted = whole[:at] + new + whole[at + len(sources[int(part[1:]) - 1]) :]
    cuts = sorted({0, len(whole), *data.draw(st.lists(st.integers(0, len(whole)), max_size=5))})
    keys = data.draw(st.permutations([f"s{n}" for n in range(1, 12)]))
    pieces = tuple(
        Segment(key, whole[a:b], f"E:{a}", SegmentStatus.DRAFT) for key, a, b in zip(keys, cuts, cuts[1:], strict=False)
    )
    cut = replace(content, blocks=(content.blocks[0], replace(content.blocks[1], segments=pieces), content.blocks[2]))
    made, lost = catch_up(cut, waited, ZH, ids())
    english = " ".join(one.target for one in pieces)
    assert lost == []
    assert block_text(made.blocks[1], ZH).zh == wanted
    assert block_text(made.blocks[1], ZH).en == english
    assert made.source_digest == source_digest(made)
    gone = replace(content, blocks=(content.blocks[0], content.blocks[2]))
    assert catch_up(gone, waited, ZH, ids()) == (gone, [part])
