"""A story as a translation memory: the pairs that its readers may learn from, with who made them."""

from dataclasses import replace

from editions import content, edition, replaced
from lxml import etree
from memory_files import HOUSE, pairs, read

from desktop_app.domain.memory import Layer
from desktop_app.exchange.formats.tmx import TmxStoryWriter
from desktop_app.exchange.handover import DRAFT_MARK
from desktop_app.language.memory import context_key

WRITE = TmxStoryWriter().write


def test_pairs_of_the_story_come_back_in_order() -> None:
    own = content()
    expected = []
    for block in own.blocks:
        expected += [(one.source.strip(), one.target.strip()) for one in block.segments if one.target.strip()]
        if block.placement is not None and block.placement.caption.en:
            expected += [(text.zh, text.en) for text in (block.placement.caption, block.placement.alt)]
    assert pairs(read(WRITE(edition()), languages=HOUSE)) == expected


def test_every_pair_says_where_it_is_from_and_who_made_it() -> None:
    made = edition()
    found = read(WRITE(made))
    assert {(unit.drafter, unit.reviser, unit.origin, unit.story) for unit in found} == {
        ("LI Wei", "WANG Fang", "cold-battery", made.story.id)
    }
    assert {unit.at for unit in found} == {"2024-03-13T08:15:00.000000Z"}
    assert {unit.layer for unit in found} == {Layer.SIGNED}
    assert {unit.layer for unit in read(WRITE(edition(draft=True)))} == {Layer.DRAFT}


def test_sentences_know_their_neighbours_and_captions_have_none() -> None:
    own = content()
    found = {unit.segment: unit for unit in read(WRITE(edition()))}
    texts = [segment.source for segment in own.segments()]
    first, second = found["s1.0"], found["s2.0"]
    assert (first.before, first.after) == (context_key(""), context_key(texts[1]))
    assert (second.before, second.after) == (context_key(texts[0]), context_key(texts[2]))
    assert (found["b4"].before, found["b4"].after) == (None, None)


def test_gap_is_left_out_and_still_a_neighbour() -> None:
    gap = replaced(content(), "s2.0", "")
    found = {unit.segment: unit for unit in read(WRITE(edition(gap)))}
    assert "s2.0" not in found
    assert found["s1.0"].after == context_key("极地电源不再怕冷")


def test_draft_says_so_in_the_header_and_an_approved_story_does_not() -> None:
    def notes(draft: bool) -> list[str]:
        return [str(note.text) for note in etree.fromstring(WRITE(edition(draft=draft))).iterfind("header/note")]

    assert DRAFT_MARK in notes(True)
    assert DRAFT_MARK not in notes(False)
    assert "Draft: LI Wei" in notes(False)


def test_story_without_credits_can_be_written() -> None:
    bare = replace(edition(draft=True), credits=(), credits_zh=(), signed=())
    assert {(unit.drafter, unit.reviser, unit.at) for unit in read(WRITE(bare))} == {("", "", "")}
