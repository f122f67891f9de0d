"""What every writer promises, whatever its format: same bytes, all words, drafts marked, nothing taken as mark-up."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from editions import CONTROLS, HOSTILE, content, edition, filled
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from desktop_app.domain.story import BlockKind, Content
from desktop_app.exchange.formats import WRITERS, Writer
from desktop_app.exchange.handover import DRAFT_MARK

every_writer = pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS.keys())


def words_of(data: bytes) -> list[str]:
    """Every text and attribute value in a file, as its reader would see them."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = [name for name in parts.namelist() if name.endswith((".xml", ".json"))]
            return [word for name in names for word in words_of(parts.read(name))]
    if data.lstrip()[:1] in {b"{", b"["}:
        return list(_strings(json.loads(data)))
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    found = []
    for element in root.iter(etree.Element):
        found += [element.text or "", element.tail or "", *map(str, element.attrib.values())]
    return found


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def flat(words: list[str]) -> str:
    return " ".join(" ".join(words).split())


@every_writer
def test_it_is_registered_under_its_name(writer: Writer) -> None:
    assert WRITERS[writer.id] is writer
    assert writer.suffix.startswith(".")
    assert "/" in writer.media_type


@every_writer
@pytest.mark.parametrize("draft", [False, True])
def test_same_edition_gives_the_same_bytes(writer: Writer, draft: bool) -> None:
    assert writer.write(edition(draft=draft, previous=True)) == writer.write(edition(draft=draft, previous=True))


@every_writer
@pytest.mark.parametrize("draft", [False, True])
def test_all_words_of_the_target_are_there(writer: Writer, draft: bool) -> None:
    text = flat(words_of(writer.write(edition(draft=draft))))
    own = content()
    for segment in own.segments():
        assert segment.target.strip() in text
    for place in own.placements():
        for words in (place.file, place.caption.en, place.alt.en, place.credit, place.rights):
            assert words in text


@every_writer
def test_names_of_draft_and_revision_are_there(writer: Writer) -> None:
    text = flat(words_of(writer.write(edition())))
    for words in ("Draft", "LI Wei", "Revision", "WANG Fang"):
        assert words in text


@every_writer
def test_draft_is_marked_and_an_approved_story_is_not(writer: Writer) -> None:
    assert DRAFT_MARK in flat(words_of(writer.write(edition(draft=True))))
    assert "NOT APPROVED" not in flat(words_of(writer.write(edition())))


@every_writer
@pytest.mark.parametrize("kind", list(BlockKind))
def test_mark_up_in_a_text_is_text(writer: Writer, kind: BlockKind) -> None:
    made = filled(HOSTILE, (BlockKind.HEADLINE, kind))
    words = words_of(writer.write(made))
    assert any(HOSTILE in word for word in words)
    # Attributes may turn a tab into a space; nothing else may change.
    plain = HOSTILE.replace("\t", " ")
    assert sum(plain in word.replace("\t", " ") for word in words) >= 4


@every_writer
def test_characters_that_no_file_can_carry_are_shown_as_replaced(writer: Writer) -> None:
    text = flat(words_of(writer.write(filled(CONTROLS))))
    assert "\x00" not in text
    assert "\x01" not in text
    assert all(sign in text for sign in "abcdefghijk")


@every_writer
@pytest.mark.parametrize("draft", [False, True])
def test_empty_story_can_be_written(writer: Writer, draft: bool) -> None:
    bare = replace(edition(Content(), draft=draft), credits=(), credits_zh=(), signed=(), pictures={}, house="")
    bare = replace(bare, story=replace(bare.story, date=None, source_url=None))
    assert words_of(writer.write(bare))


@every_writer
def test_untranslated_story_can_be_written(writer: Writer) -> None:
    own = content()
    blocks = [
        replace(block, segments=tuple(replace(segment, target="") for segment in block.segments))
        for block in own.blocks
    ]
    assert words_of(writer.write(edition(replace(own, blocks=tuple(blocks)), draft=True)))


@every_writer
@given(text=st.text(max_size=40))
def test_any_text_at_all_can_be_written(writer: Writer, text: str) -> None:
    made = filled(text)
    assert writer.write(made) == writer.write(made)
    words_of(writer.write(made))
