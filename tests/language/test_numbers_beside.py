"""What stands beside a number: its unit, its bound, words that say it otherwise, and days of the week."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.language.numbers import read_numbers
from desktop_app.language.numbers.bounds import Bound, bound_of
from desktop_app.language.numbers.dates import dated_weekdays, weekday_of, weekdays
from desktop_app.language.numbers.units import currencies, units_of, vague_units
from desktop_app.language.numbers.words import said_in_words

PIECES = st.sampled_from(
    [
        *"0123456789.,:%/年月日元万亿余多近约半周三十（）()$£ -",
        "million ",
        "dollars",
        "half a ",
        "Monday",
        "more than ",
        "几天",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map("".join))


def unit_names(text: str, language: str) -> list[str]:
    (quantity,) = read_numbers(text, language)
    return [unit.name for unit in units_of(text, quantity, language)]


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("1.2亿元", "zh", ["CNY"]),
        ("3000多亿美元", "zh", ["USD"]),
        ("120公里", "zh", ["km"]),
        ("5万平方米", "zh", ["m²"]),
        ("3个月", "zh", ["months"]),
        ("30岁", "zh", ["years"]),
        ("3元组", "zh", []),
        ("300人", "zh", []),
        ("$120 million", "en", ["$"]),
        ("US$5", "en", ["USD"]),
        ("RMB 120 million", "en", ["CNY"]),
        ("120 million yuan", "en", ["CNY"]),
        ("5 pounds", "en", ["pounds", "GBP"]),
        ("50 square kilometers", "en", ["km²"]),
        ("a 20-year-old", "en", ["years"]),
        ("3 consecutive days", "en", ["days"]),
        ("300 people", "en", []),
    ],
)
def test_the_unit_of_a_number(text: str, language: str, names: list[str]) -> None:
    assert unit_names(text, language) == names


def test_currencies_of_a_text() -> None:
    assert currencies("美元与欧元", "zh") == {"USD", "EUR"}
    assert currencies("元旦", "zh") == frozenset()
    assert currencies("in euros or yuan", "en") == {"EUR", "CNY"}
    assert "USD" in currencies("at $5", "en")


def test_units_of_amounts_without_figures() -> None:
    assert [unit.name for unit, _ in vague_units("几个月后", "zh")] == ["months"]
    assert [unit.name for unit, _ in vague_units("several weeks ago", "en")] == ["weeks"]
    assert vague_units("几乎每天", "zh") == []


@pytest.mark.parametrize(
    ("text", "language", "bound"),
    [
        ("超过300人", "zh", Bound.OVER),
        ("300多人", "zh", Bound.OVER),
        ("3万余人", "zh", Bound.OVER),
        ("300人以上", "zh", Bound.OVER),
        ("不少于20人", "zh", Bound.OVER),
        ("不超过20人", "zh", Bound.UNDER),
        ("近300人", "zh", Bound.UNDER),
        ("不足100人", "zh", Bound.UNDER),
        ("18岁以下", "zh", Bound.UNDER),
        ("约300人", "zh", Bound.ABOUT),
        ("300人左右", "zh", Bound.ABOUT),
        ("300人", "zh", Bound.EXACT),
        ("more than 300", "en", Bound.OVER),
        ("at least $300", "en", Bound.OVER),
        ("no fewer than 300", "en", Bound.OVER),
        ("300 people or more", "en", Bound.OVER),
        ("no more than 300", "en", Bound.UNDER),
        ("nearly 300", "en", Bound.UNDER),
        ("up to 300", "en", Bound.UNDER),
        ("about 300", "en", Bound.ABOUT),
        ("300 or so", "en", Bound.ABOUT),
        ("exactly 300", "en", Bound.EXACT),
    ],
)
def test_on_which_side_of_a_number_the_amount_lies(text: str, language: str, bound: Bound) -> None:
    (quantity,) = read_numbers(text, language)
    assert bound_of(text, quantity, language) is bound


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("半个世纪", "zh", 50),
        ("两个半小时", "zh", 150),
        ("产量翻了一番", "zh", 2),
        ("“十四五”规划", "zh", 14),
        ("三五天", "zh", 5),
        ("七旬老人", "zh", 70),
        ("two decades", "en", 20),
        ("a fortnight", "en", 14),
        ("three and a half million", "en", 3_500_000),
        ("half a million", "en", 500_000),
        ("output doubled", "en", 2),
        ("the XXIV Games", "en", 24),
        ("one in five", "en", 5),
        ("2½ years", "en", Fraction(5, 2)),
    ],
)
def test_amounts_said_in_words(text: str, language: str, value: int) -> None:
    assert value in said_in_words(text, language)


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("上周五和星期日", "zh", [4, 6]),
        ("周六、日", "zh", [5, 6]),
        ("每周一次，一周三次", "zh", []),
        ("黑色星期五", "zh", []),
        ("周五年会", "zh", []),
        ("last Friday and on Sundays", "en", [4, 6]),
        ("Black Friday and the Sunday Times", "en", []),
    ],
)
def test_days_of_the_week(text: str, language: str, days: list[int]) -> None:
    assert [day.number for day in weekdays(text, language)] == days


def test_the_calendar() -> None:
    (dated,) = dated_weekdays("Thursday, January 11, 2024", "en")
    assert (dated.weekday, weekday_of(dated, None)) == (3, 3)
    (dated,) = dated_weekdays("12月31日（星期日）", "zh")
    assert weekday_of(dated, None) is None
    assert weekday_of(dated, "2024-01-02") == 6
    assert weekday_of(dated, "no date") is None


@given(TEXTS, st.sampled_from(["zh", "en"]))
def test_whatever_comes_is_read_within_the_text(text: str, language: str) -> None:
    for quantity in read_numbers(text, language):
        units_of(text, quantity, language)
        bound_of(text, quantity, language)
    assert all(value >= 0 for value in said_in_words(text, language))
    for _, span in vague_units(text, language):
        assert text[slice(*span)]
    for day in weekdays(text, language):
        assert 0 <= day.number <= 6
    for dated in dated_weekdays(text, language):
        weekday_of(dated, "2024-01-29")
