"""Turns: one at a time, in the order of asking, nobody forgotten."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.foundation.errors import BugError
from desktop_app.foundation.turns import Turns


def ask(turns: Turns, pool: ThreadPoolExecutor, told: list[int], number: int, fails: bool) -> Future[None]:
    """Let a thread of its own ask, and return when it stands in the line."""
    before = len(turns._line)

    def take() -> None:
        with turns.turn():
            told.append(number)
            assert turns.holder == threading.get_ident()
            if fails:
                raise KeyError(number)

    asked = pool.submit(take)
    with turns._changed:
        while len(turns._line) == before and not asked.done():
            turns._changed.wait(0.001)
    return asked


@settings(max_examples=25, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=8))
def test_who_asks_first_comes_first_whatever_happens_to_those_before(failing: list[bool]) -> None:
    turns, told = Turns(), []
    with ThreadPoolExecutor(len(failing)) as pool:
        with turns.turn():
            asked = [ask(turns, pool, told, number, fails) for number, fails in enumerate(failing)]
            assert told == []
        ended = [one.exception() for one in asked]
    assert told == list(range(len(failing)))
    assert [isinstance(error, KeyError) for error in ended] == failing
    assert turns.holder is None


def test_asking_again_within_a_turn_is_a_bug_and_not_a_wait_for_ever() -> None:
    turns = Turns()
    with turns.turn(), pytest.raises(BugError), turns.turn():
        pass
    with turns.turn():
        assert turns.holder == threading.get_ident()
