"""A deadline in words: late is a word, near is a day, far is a date."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.duties import Duty, DutyKind, due, urgency
from desktop_app.domain.story import Bilingual, StoryState

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=timezone(timedelta(hours=8)))  # a Friday
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("ahead", "words", "late"),
    [
        (timedelta(hours=2, minutes=30), "today 18:00", False),
        (timedelta(hours=8, minutes=30), "tomorrow 00:00", False),
        (timedelta(days=1, hours=2), "tomorrow 17:30", False),
        (timedelta(days=3), "Monday 15:30", False),
        (timedelta(days=6), "Thursday 15:30", False),
        (timedelta(days=7), "2026-11-27 15:30", False),
        (timedelta(0), "1 minute late", True),
        (timedelta(minutes=-59), "59 minutes late", True),
        (timedelta(minutes=-60), "1 hour late", True),
        (timedelta(hours=-23, minutes=-59), "23 hours late", True),
        (timedelta(days=-1), "1 day late", True),
        (timedelta(days=-2, hours=-5), "2 days late", True),
    ],
)
def test_a_deadline_is_told_as_people_say_it(ahead: timedelta, words: str, late: bool) -> None:
    told = due(NOW + ahead, NOW)
    assert (str(told.words), told.late) == (words, late)


@given(moments, moments)
def test_late_is_what_lies_behind_and_the_words_say_so(deadline: datetime, now: datetime) -> None:
    told = due(deadline, now)
    assert told.late is (deadline <= now)
    assert told.late is ("late" in str(told.words))


def duty(kind: DutyKind, deadline: str | None = None, since: str = "2026-01-01") -> Duty:
    return Duty(kind, "id", "slug", Bilingual("", ""), StoryState.DRAFTING, since, deadline=deadline)


def test_the_earliest_deadline_comes_first_then_what_presses_then_what_waits_longer() -> None:
    order = [
        duty(DutyKind.DRAFT, "2026-11-20"),
        duty(DutyKind.EMERGENCY, "2026-11-21"),
        duty(DutyKind.EMERGENCY),
        duty(DutyKind.CLAIMED, since="2026-01-01"),
        duty(DutyKind.CLAIMED, since="2026-02-01"),
        duty(DutyKind.DRAFT),
    ]
    shuffled = [order[place] for place in (3, 0, 5, 2, 4, 1)]
    assert sorted(shuffled, key=urgency) == order
