"""Correcting the alignment by hand: sentences go to a neighbour, nothing is lost, one step takes it back."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_editor_stage import Stage, opened_stage

from desktop_app.domain.story import Block, BlockKind, Content, Segment, SegmentStatus, Story, block_text
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.rearranging import NO_NEIGHBOUR, NOTHING_TO_MOVE, Move, move_sentence
from desktop_app.gui.editor.rows import Field

SOURCES = (("双方签署协议。来宾参观。", "会议结束。"), ("项目启动！", "大家鼓掌。他说：“好。”", ""))
TARGETS = (("They signed. Guests toured.", "The meeting ended."), ("It began!", "", "All clapped. He left."))


def story() -> Story:
    blocks = tuple(
        Block(
            f"b{b}",
            BlockKind.PARAGRAPH,
            tuple(
                Segment(f"{b}-{n}", source, target, SegmentStatus.CONFIRMED)
                for n, (source, target) in enumerate(zip(SOURCES[b], TARGETS[b], strict=True))
            ),
        )
        for b in range(2)
    )
    return Story("s1", "s1", Content(blocks))


def texts_of(document: StoryDocument) -> dict[str, tuple[str, str]]:
    return {s.id: (s.source, s.target) for s in document.story().content.segments()}


def moved(document: StoryDocument, key: str, field: Field, cursor: int, way: int) -> Move:
    found = move_sentence(document, key, field, cursor, way)
    assert isinstance(found, Move)
    document.apply(*found.edits)
    return found


def test_the_sentence_at_the_cursor_goes_up(qapp) -> None:
    document = StoryDocument(story())
    found = moved(document, "0-1", Field.TARGET, 3, -1)
    assert texts_of(document)["0-0"] == (SOURCES[0][0], "They signed. Guests toured. The meeting ended.")
    assert texts_of(document)["0-1"] == (SOURCES[0][1], "")
    assert (found.key, found.at) == ("0-0", len("They signed. Guests toured. The meeting ended."))


def test_the_sentence_at_the_cursor_goes_down_with_what_follows(qapp) -> None:
    document = StoryDocument(story())
    found = moved(document, "0-0", Field.TARGET, len("They signed. G"), 1)
    assert texts_of(document)["0-0"][1] == "They signed."
    assert texts_of(document)["0-1"][1] == "Guests toured. The meeting ended."
    assert (found.key, found.at) == ("0-1", 0)


def test_chinese_moves_inside_its_paragraph_only(qapp) -> None:
    document = StoryDocument(story())
    moved(document, "0-0", Field.SOURCE, 7, 1)
    assert texts_of(document)["0-0"][0] == "双方签署协议。"
    assert texts_of(document)["0-1"][0] == "来宾参观。会议结束。"
    assert move_sentence(document, "0-1", Field.SOURCE, 0, 1) == NO_NEIGHBOUR
    assert move_sentence(document, "0-0", Field.SOURCE, 0, -1) == NO_NEIGHBOUR


def test_english_may_go_over_to_the_next_paragraph(qapp) -> None:
    document = StoryDocument(story())
    moved(document, "0-1", Field.TARGET, 0, 1)
    assert texts_of(document)["0-1"][1] == ""
    assert texts_of(document)["1-0"][1] == "The meeting ended. It began!"


def test_a_segment_with_nothing_left_goes(qapp) -> None:
    document = StoryDocument(story())
    moved(document, "1-2", Field.TARGET, 20, -1)
    assert "1-2" not in texts_of(document)
    assert texts_of(document)["1-1"][1] == "All clapped. He left."


def test_what_cannot_move_says_why(qapp) -> None:
    document = StoryDocument(story())
    assert move_sentence(document, "1-1", Field.TARGET, 0, 1) == NOTHING_TO_MOVE
    assert move_sentence(document, "0-0", Field.TARGET, 0, -1) == NO_NEIGHBOUR
    assert move_sentence(document, "1-2", Field.TARGET, 0, 1) == NO_NEIGHBOUR


def test_moving_unconfirms_and_one_undo_brings_text_and_status_back(qapp) -> None:
    document = StoryDocument(story())
    before = document.story()
    moved(document, "0-1", Field.TARGET, 0, -1)
    statuses = {s.id: s.status for s in document.story().content.segments()}
    assert (statuses["0-0"], statuses["0-1"]) == (SegmentStatus.DRAFT, SegmentStatus.UNTRANSLATED)
    assert statuses["1-0"] is SegmentStatus.CONFIRMED
    document.undo()
    assert document.story() == before


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 4), st.booleans(), st.integers(0, 30), st.sampled_from([-1, 1])), max_size=12))
def test_no_character_is_ever_lost(qapp, moves: list[tuple[int, bool, int, int]]) -> None:
    document = StoryDocument(story())
    first = document.story()
    sources = [block_text(block, first.languages).zh for block in first.content.blocks]
    words = " ".join(s.target for s in first.content.segments() if s.target)
    for row, chinese, cursor, way in moves:
        found = document.rows[min(row, len(document.rows) - 2)]
        move = move_sentence(document, found.key, Field.SOURCE if chinese else Field.TARGET, cursor, way)
        if isinstance(move, Move):
            document.apply(*move.edits)
            assert document.has(move.key)
        now = document.story()
        assert [block_text(block, now.languages).zh for block in now.content.blocks] == sources
        assert " ".join(s.target for s in now.content.segments() if s.target) == words
    while document.can_undo():
        document.undo()
    assert document.story() == first


@pytest.fixture
def stage(look, texts, tmp_path) -> Iterator[Stage]:
    with opened_stage(look, texts, tmp_path) as stage:
        stage.open(story())
        yield stage


def test_the_action_moves_the_sentence_and_saves_it(stage: Stage) -> None:
    stage.editor.go_to("0-1")
    stage.editor.move_up()
    assert stage.editor.active_key() == "0-0"
    assert stage.shown("0-0").target == "They signed. Guests toured. The meeting ended."
    assert stage.editor.flush_and_wait()
    assert stage.stored("0-1").target == ""
