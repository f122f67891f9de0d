"""A story that is out is late when its deadline has gone by, or when nothing was heard of it for two weeks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.loans import (
    NOTHING_MORE,
    PACKED_AGAIN,
    STORY_DROPPED,
    STORY_RELEASED,
    Loan,
    LoanKind,
    ended,
    may_end,
)
from desktop_app.domain.people import Person, Role
from desktop_app.domain.story import VersionNumber
from desktop_app.foundation.ids import stamp

OUT = datetime(2024, 1, 29, 8, tzinfo=UTC)
LOAN = Loan("l1", "w1", LoanKind.PACKAGE, "a1", "p1", "x.diptych", VersionNumber(1, 2), "5e" * 32, "p2", stamp(OUT))


def days(count: float) -> datetime:
    return OUT + timedelta(days=count)


@pytest.mark.parametrize(
    ("returned", "deadline", "now", "late"),
    [
        (None, None, 13.9, False),
        (None, None, 14.1, True),
        (10, None, 14.1, False),
        (10, None, 24.1, True),
        (None, 3, 2.9, False),
        (None, 3, 3.1, True),
        (2, 3, 3.1, True),
        (4, 3, 5, False),
        (None, 30, 20, False),
    ],
)
def test_when_a_loan_is_late(returned: float | None, deadline: float | None, now: float, late: bool) -> None:
    loan = replace(LOAN, returned_at=stamp(days(returned)) if returned is not None else None)
    assert loan.late(days(now), stamp(days(deadline)) if deadline is not None else None) is late


def test_a_loan_that_ended_is_never_late() -> None:
    assert not replace(LOAN, ended_at=stamp(days(1))).late(days(100))


def test_how_a_loan_ended_is_told() -> None:
    assert "again" in str(ended(replace(LOAN, ended_at="x", ended_reason=PACKED_AGAIN)))
    assert "laptop" in ended(replace(LOAN, ended_at="x", ended_reason="laptop lost")).values["reason"]
    assert "home" in str(ended(replace(LOAN, ended_at="x")))


@pytest.mark.parametrize(
    ("reason", "word"), [(STORY_RELEASED, "released"), (STORY_DROPPED, "dropped"), (NOTHING_MORE, "nothing more")]
)
def test_a_loan_that_ended_by_itself_says_why(reason: str, word: str) -> None:
    said = ended(replace(LOAN, ended_at="x", ended_reason=reason))
    assert word in str(said)
    assert "by hand" not in str(said)


@pytest.mark.parametrize(
    ("person", "roles", "may"),
    [
        ("p1", {Role.TRANSLATOR}, True),
        ("p2", {Role.TRANSLATOR}, True),
        ("p3", {Role.TRANSLATOR}, False),
        ("p3", {Role.REVISER}, False),
        ("p3", {Role.EDITOR}, True),
        ("p3", {Role.ARCHIVIST}, True),
        ("p3", set(), True),
    ],
)
def test_who_ends_a_loan_by_hand(person: str, roles: set[Role], may: bool) -> None:
    reason = may_end(LOAN, Person(person, "X", roles=frozenset(roles)))
    assert (reason is None) is may
    assert may or "whoever packed it" in str(reason)


def test_a_loan_of_nobody_to_nobody_is_anybodys_to_end() -> None:
    translator = Person("p3", "X", roles=frozenset({Role.TRANSLATOR}))
    assert may_end(replace(LOAN, holder=None, packed_by=None), translator) is None
    assert may_end(replace(LOAN, holder=None), translator) is not None
