"""Several people's tracked changes in one text: what it said after each of them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.formats.review_docx.stages import stages_of
from desktop_app.exchange.formats.review_docx.texts import CellText, Mark, Piece, changes_of

MARKS = st.builds(
    Mark, st.sampled_from(["A", "B", "C"]), st.sampled_from([f"2024-03-14T09:0{n}:00Z" for n in range(6)])
)
PIECES = st.lists(
    st.builds(Piece, st.text("xyz ", min_size=1, max_size=3), st.none() | MARKS, st.none() | MARKS), max_size=8
)


def text_of(pieces: list[Piece]) -> str:
    return CellText(tuple(pieces)).after


@given(pieces=PIECES)
def test_the_last_stage_is_the_text_and_no_author_comes_twice_in_a_row(pieces: list[Piece]) -> None:
    changes = changes_of(pieces)
    stages = stages_of(pieces, changes, [False] * len(changes))
    assert bool(stages) == bool(changes)
    if stages:
        assert stages[-1].text == text_of(pieces)
        assert {stage.author for stage in stages} <= {change.mark.author for change in changes}
        assert all(one.author != other.author for one, other in pairwise(stages))
        assert [stage.when for stage in stages] == sorted(stage.when for stage in stages)


@given(pieces=PIECES)
def test_what_left_with_the_document_is_no_stage(pieces: list[Piece]) -> None:
    changes = changes_of(pieces)
    assert stages_of(pieces, changes, [True] * len(changes)) == ()


@given(pieces=PIECES)
def test_one_author_is_one_stage(pieces: list[Piece]) -> None:
    alone = [
        Piece(one.text, one.came and Mark("A", one.came.when), one.went and Mark("A", one.went.when)) for one in pieces
    ]
    changes = changes_of(alone)
    assert len(stages_of(alone, changes, [False] * len(changes))) <= 1
