"""Invariant 2: a version's digest covers what was signed, all of it and nothing else, in one canonical form."""

import json
import random
import unicodedata
from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.digest import (
    canonical,
    canonical_texts,
    content_digest,
    from_plain,
    signed_form,
    source_digest,
    to_plain,
)
from desktop_app.domain.story import Bilingual, Block, BlockKind, Content, Placement, Segment, SegmentStatus

text = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
bilinguals = st.builds(Bilingual, text, text)
segments = st.builds(Segment, st.uuids().map(str), text, text, st.sampled_from(SegmentStatus), st.booleans())
placements = st.builds(
    Placement,
    file=text,
    picture=st.none() | st.uuids().map(str),
    caption=bilinguals,
    alt=bilinguals,
    credit=text,
    rights=text,
    payload=st.none() | text,
)
text_blocks = st.builds(
    Block,
    st.uuids().map(str),
    st.sampled_from([kind for kind in BlockKind if kind is not BlockKind.PICTURE]),
    st.lists(segments, max_size=3).map(tuple),
)
picture_blocks = st.builds(Block, st.uuids().map(str), st.just(BlockKind.PICTURE), st.just(()), placements)
contents = st.builds(
    Content,
    st.lists(text_blocks | picture_blocks, max_size=4).map(tuple),
    byline=st.lists(text, max_size=2).map(tuple),
    dateline=text,
    topics=st.lists(text, max_size=2).map(tuple),
    source_digest=text,
)

SAMPLE = Content(
    (
        Block("b1", BlockKind.HEADLINE, (Segment("s1", "新学期", "New term"),)),
        Block("b2", BlockKind.DECK, (Segment("s2", "导语", "Deck"),)),
        Block("b3", BlockKind.PARAGRAPH, (Segment("s3", "一。", "One."), Segment("s4", "二。", "Two."))),
        Block(
            "b4",
            BlockKind.PICTURE,
            placement=Placement(
                "1.jpg", "p1", Bilingual("图", "Photo"), Bilingual("旁", "Alt"), "Credit", "Rights", "77"
            ),
        ),
        Block("b5", BlockKind.PICTURE, placement=Placement("2.jpg", "p2", payload="88")),
    ),
    ("LI Wei",),
    "BEIJING",
    ("University News", "Science"),
    "source",
)


def with_segment(**changes: object) -> Content:
    block = SAMPLE.blocks[2]
    changed = replace(block, segments=(replace(block.segments[0], **changes), block.segments[1]))
    return replace(SAMPLE, blocks=(*SAMPLE.blocks[:2], changed, *SAMPLE.blocks[3:]))


def with_placement(**changes: object) -> Content:
    block = SAMPLE.blocks[3]
    changed = replace(block, placement=replace(block.placement, **changes))
    return replace(SAMPLE, blocks=(*SAMPLE.blocks[:3], changed, SAMPLE.blocks[4]))


def with_blocks(order: Callable[[tuple[Block, ...]], tuple[Block, ...]]) -> Content:
    return replace(SAMPLE, blocks=order(SAMPLE.blocks))


INSIDE = {
    "source": with_segment(source="壹。"),
    "target": with_segment(target="Uno."),
    "headline": with_blocks(lambda b: (replace(b[0], segments=(Segment("s1", "新学期", "Term"),)), *b[1:])),
    "deck": with_blocks(lambda b: (b[0], replace(b[1], segments=(Segment("s2", "导语", "Dek"),)), *b[2:])),
    "kind of block": with_blocks(lambda b: (*b[:2], replace(b[2], kind=BlockKind.QUOTATION), *b[3:])),
    "segments in order": with_blocks(lambda b: (*b[:2], replace(b[2], segments=b[2].segments[::-1]), *b[3:])),
    "where a segment ends": with_blocks(
        lambda b: (*b[:2], replace(b[2], segments=(Segment("s3", "一。二。", "One. Two."),)), *b[3:])
    ),
    "pictures in order": with_blocks(lambda b: (*b[:3], b[4], b[3])),
    "payload": with_placement(payload="99"),
    "file": with_placement(file="3.jpg"),
    "caption zh": with_placement(caption=Bilingual("画", "Photo")),
    "caption en": with_placement(caption=Bilingual("图", "Picture")),
    "alt zh": with_placement(alt=Bilingual("侧", "Alt")),
    "alt en": with_placement(alt=Bilingual("旁", "Alternative")),
    "credit": with_placement(credit="Somebody else"),
    "rights": with_placement(rights="None"),
    "byline": replace(SAMPLE, byline=("WANG Min",)),
    "dateline": replace(SAMPLE, dateline="SHANGHAI"),
    "topics": replace(SAMPLE, topics=("Science", "University News")),
    "source digest": replace(SAMPLE, source_digest="other"),
    "an empty block more": with_blocks(lambda b: (*b, Block("b6", BlockKind.PARAGRAPH))),
}
OUTSIDE = {
    "status": with_segment(status=SegmentStatus.CONFIRMED),
    "lock": with_segment(locked=True),
    "catalogue id of a picture": with_placement(picture="p9"),
}


@pytest.mark.parametrize("what", INSIDE)
def test_what_is_signed_changes_the_digest(what: str) -> None:
    assert content_digest(INSIDE[what]) != content_digest(SAMPLE)


@pytest.mark.parametrize("what", OUTSIDE)
def test_what_is_not_signed_leaves_the_digest(what: str) -> None:
    assert content_digest(OUTSIDE[what]) == content_digest(SAMPLE)


def test_every_field_of_the_content_was_thought_of() -> None:
    """A new field must be put inside or outside the digest on purpose: then this test changes with it."""
    assert [f.name for f in fields(Content)] == ["blocks", "byline", "dateline", "topics", "source_digest"]
    assert [f.name for f in fields(Block)] == ["id", "kind", "segments", "placement"]
    assert [f.name for f in fields(Segment)] == ["id", "source", "target", "status", "locked"]
    assert [f.name for f in fields(Placement)] == [
        "file", "picture", "caption", "alt", "credit", "rights", "payload",
    ]  # fmt: skip


def test_two_different_changes_never_meet_in_one_digest() -> None:
    digests = [content_digest(content) for content in INSIDE.values()]
    assert len(set(digests)) == len(digests)


@given(contents)
def test_a_frozen_version_reads_back_as_it_was(content: Content) -> None:
    frozen = canonical(to_plain(content))
    assert from_plain(json.loads(frozen)) == content
    assert canonical(to_plain(from_plain(json.loads(frozen)))) == frozen
    assert content_digest(from_plain(json.loads(frozen))) == content_digest(content)


@given(contents)
def test_the_signed_form_is_written_in_one_way_alone(content: Content) -> None:
    """RFC 8785: the order in which a program keeps the members makes no difference."""
    form = signed_form(content)
    shuffled = dict(random.Random(7).sample(list(form.items()), len(form)))
    assert canonical(shuffled) == canonical(form)
    assert canonical(json.loads(canonical(form))) == canonical(form)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=12))
def test_composed_and_decomposed_text_and_all_line_ends_are_one(words: str) -> None:
    plain = with_segment(target=f"é{words}\nü")
    variants = [
        unicodedata.normalize("NFD", f"é{words}\nü"),
        unicodedata.normalize("NFC", f"é{words}\r\nü"),
        f"é{words}\rü",
    ]
    assert {content_digest(with_segment(target=variant)) for variant in variants} == {content_digest(plain)}


@given(contents)
def test_the_source_digest_sees_the_chinese_alone(content: Content) -> None:
    english_changed = replace(
        content,
        blocks=tuple(
            replace(block, segments=tuple(replace(s, target=s.target + "x") for s in block.segments))
            for block in content.blocks
        ),
    )
    assert source_digest(english_changed) == source_digest(content)


def test_the_digest_of_a_known_text_never_changes() -> None:
    """Archives hold these digests for ever; another value here means that every sign-off went stale."""
    assert content_digest(SAMPLE) == "1a4d96933557b968ac7bed3de0e757cec1071bdb6a0e32056a3497682f1cd6f6"


plain_data = st.recursive(
    st.none() | st.booleans() | st.integers(0, 10**6) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["id", "Zh", "zh", "_"]), inner),
    max_leaves=20,
)


@given(plain_data)
def test_the_quick_way_of_writing_canonical_json_writes_the_same_bytes(data: object) -> None:
    assert canonical_texts(data) == canonical(data)


def test_every_sign_is_escaped_as_the_standard_says() -> None:
    signs = [chr(code) for code in (*range(0x3000), 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x1F600, 0x20000, 0x10FFFF)]
    assert canonical_texts(signs) == canonical(signs)
    for write in (canonical, canonical_texts):
        with pytest.raises(ValueError):  # noqa: PT011 - each says it in its own words
            write(["\ud800"])
