"""Completion: what is proposed for which letters, in which order, and how it is put in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.desk.spelling import speller
from desktop_app.language.checks import Pair
from desktop_app.language.completion import Origin, Proposal, Vocabulary, completions, names_for, words_of
from desktop_app.language.names.in_text import names_in

KNOWN = speller("").known


def vocabulary(*texts: str, origin: Origin = Origin.TERM) -> Vocabulary:
    return Vocabulary(Proposal(text, origin) for text in texts)


def proposed(before: str, *vocabularies: Vocabulary, asked: bool = False) -> list[str]:
    return [before[: one.start] + one.text for one in completions(before, vocabularies, asked=asked)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the Bel", ["the Belt and Road Initiative"]),
        ("the belt and r", ["the Belt and Road Initiative"]),
        ("the Belt and ", ["the Belt and Road Initiative"]),
        ("the Be", ["the Belt and Road Initiative"]),
        ("the be", []),
        ("Belt. and", []),
        ("Belt  and", []),
        ("xBel", []),
        ("Belt and Road Initiative", []),
        ("", []),
    ],
)
def test_a_phrase_is_proposed_from_its_first_letters_to_its_last_word(before: str, after: list[str]) -> None:
    assert proposed(before, vocabulary("Belt and Road Initiative")) == after


def test_terms_go_before_names_before_the_memory_before_the_story() -> None:
    several = [
        vocabulary("conference hall", origin=Origin.STORY), vocabulary("conferment", origin=Origin.MEMORY),
        vocabulary("Confucius", origin=Origin.NAME), vocabulary("confluence"),
    ]  # fmt: skip
    assert proposed("conf", *several) == ["confluence", "Confucius", "conferment", "conference hall"]


def test_what_is_used_more_often_goes_before() -> None:
    words = Vocabulary([Proposal("confirmation", Origin.STORY, 1), Proposal("consultation", Origin.STORY, 5)])
    assert proposed("con", words) == ["consultation", "confirmation"]


def test_at_most_six_and_each_once() -> None:
    many = vocabulary(*(f"cooperat{letter}" for letter in "abcdefghij"))
    assert len(proposed("coo", many, many)) == 6
    assert proposed("coo", vocabulary("Cooperation"), vocabulary("cooperation", origin=Origin.STORY)) == ["Cooperation"]


@pytest.mark.parametrize(
    ("typed", "text"),
    [("coo", "cooperation"), ("Coo", "Cooperation"), ("COO", "COOPERATION"), ("bjut", "BJUT College"), ("ut", "")],
)
def test_capitals_follow_what_was_typed_but_names_keep_theirs(typed: str, text: str) -> None:
    assert proposed(typed, vocabulary("cooperation", "BJUT College")) == ([text] if text else [])


def test_one_letter_will_do_where_it_was_asked_for() -> None:
    assert proposed("c", vocabulary("cooperation")) == []
    assert proposed("c", vocabulary("cooperation"), asked=True) == ["cooperation"]


def test_words_of_the_story_are_long_and_no_slips() -> None:
    text = "Yesterday the delegaton of Yunchuan University of Technology signed an agreement with us. Signed!"
    found = {one.text for one in words_of([text], Origin.STORY, KNOWN)}
    assert {"yesterday", "agreement", "signed", "Yunchuan University of Technology", "Yunchuan"} <= found
    assert not {"delegaton", "Yesterday", "with", "us"} & found


def test_names_are_spelt_as_the_story_spells_them() -> None:
    pairs = [Pair("1", "校长张伟明出席。", "Zhang Weiming attended.")]
    uses = names_in(pairs)
    assert [one.text for one in names_for("张伟明说", uses)][:1] == ["Zhang Weiming"]
    assert "Li Hua" in [one.text for one in names_for("校长李华、来宾", uses)]
    assert "LI Hua" in [one.text for one in names_for("校长李华、来宾", ())]


@given(st.text(alphabet=st.sampled_from("abC -.,'’中1"), max_size=40), st.booleans())
def test_whatever_was_typed_what_comes_in_begins_with_it(before: str, asked: bool) -> None:
    words = vocabulary("abc abca", "Cab", "aaaaaa", "ba cab aba")
    for one in completions(before, [words], asked=asked):
        typed = before[one.start :]
        assert one.text.casefold().startswith(typed.casefold())
        assert len(one.text) > len(typed)
        assert one.start == 0 or not before[one.start - 1].isalpha()
