"""Correcting an alignment by hand: whatever is done, every sentence stays, in its order, on its side."""

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.language.alignment import Bead
from desktop_app.language.alignment.pairing import PairedRow, Pairing

ZH = tuple(f"第{n}句。" for n in range(6))
EN = tuple(f"Sentence {n}." for n in range(5))
BEADS = (
    Bead((0,), (0,), 0.99), Bead((1, 2), (1,), 0.8), Bead((3,), (), 0.0),
    Bead((4,), (2, 3), 0.3), Bead((5,), (4,), 0.9),
)  # fmt: skip


def begun() -> Pairing:
    return Pairing.of(ZH, EN, BEADS)


def counts(pairing: Pairing) -> list[tuple[int, int]]:
    return [(row.source, row.target) for row in pairing.rows]


def test_it_begins_with_what_the_aligner_found() -> None:
    assert counts(begun()) == [(1, 1), (2, 1), (1, 0), (1, 2), (1, 1)]
    assert begun().sentences(3) == (("第4句。",), ("Sentence 2.", "Sentence 3."))
    assert [row.is_doubtful for row in begun().rows] == [False, False, True, True, False]


def test_a_sentence_moves_over_the_boundary_and_is_no_longer_doubted() -> None:
    moved = begun().moved(3, "target", -1)
    assert moved is not None
    assert counts(moved) == [(1, 1), (2, 1), (1, 1), (1, 1), (1, 1)]
    assert moved.sentences(2) == (("第3句。",), ("Sentence 2.",))
    assert not any(row.is_doubtful for row in moved.rows)


def test_a_row_that_is_empty_on_both_sides_goes() -> None:
    moved = begun().moved(2, "source", -1)
    assert moved is not None
    assert counts(moved) == [(1, 1), (3, 1), (1, 2), (1, 1)]


def test_at_the_ends_a_sentence_gets_a_row_of_its_own() -> None:
    up, down = begun().moved(0, "source", -1), begun().moved(4, "target", 1)
    assert up is not None
    assert down is not None
    assert counts(up)[:2] == [(1, 0), (0, 1)]
    assert counts(down)[-2:] == [(1, 0), (0, 1)]


def test_what_is_not_there_does_not_move() -> None:
    assert begun().moved(2, "target", 1) is None
    assert begun().joined(4) is None
    assert begun().split(0) is None
    assert begun().parted(2) is None


def test_split_takes_the_first_sentence_of_each_side() -> None:
    split = begun().split(1)
    assert split is not None
    assert counts(split)[1:3] == [(1, 1), (1, 0)]


def test_join_and_part() -> None:
    joined = begun().joined(0)
    parted = begun().parted(1)
    assert joined is not None
    assert parted is not None
    assert counts(joined)[0] == (3, 2)
    assert counts(parted)[1:3] == [(2, 0), (0, 1)]


def test_pairs_leave_out_what_has_no_answer_and_what_is_set_aside() -> None:
    assert [source for source, _ in begun().pairs("", " ")] == ["第0句。", "第1句。第2句。", "第4句。", "第5句。"]
    assert begun().toggled(0).pairs("", " ")[0] == ("第1句。第2句。", "Sentence 1.")
    assert begun().toggled(0).toggled(0).pairs("", " ") == begun().pairs("", " ")
    assert begun().pairs("", " ")[2][1] == "Sentence 2. Sentence 3."


def test_the_next_doubtful_row_is_found_round_the_end() -> None:
    assert begun().next_doubtful(0) == 2
    assert begun().next_doubtful(3) == 2
    assert begun().approved(2).approved(3).next_doubtful(0) is None


ACTS = st.tuples(st.sampled_from(["moved", "joined", "split", "parted", "toggled"]), st.integers(0, 12),
                 st.sampled_from(["source", "target"]), st.sampled_from([-1, 1]))  # fmt: skip


@given(st.lists(ACTS, max_size=25))
def test_no_sentence_is_ever_lost_or_moved_out_of_order(acts: list[tuple[str, int, str, int]]) -> None:
    pairing = begun()
    for act, at, side, way in acts:
        row = at % len(pairing.rows)
        after = pairing.moved(row, side, way) if act == "moved" else getattr(pairing, act)(row)  # type: ignore[arg-type]
        pairing = after or pairing
        both = pairing.all_sentences()
        assert tuple(sentence for ours, _ in both for sentence in ours) == ZH
        assert tuple(sentence for _, theirs in both for sentence in theirs) == EN
        assert [pairing.sentences(n) for n in range(len(pairing.rows))] == both
        assert all(row.source or row.target for row in pairing.rows)


def test_an_empty_text_has_no_rows() -> None:
    empty = Pairing.of((), (), ())
    assert empty.pairs("", " ") == []
    assert empty.next_doubtful(-1) is None
    assert PairedRow(1, 0, 0.0).is_doubtful
