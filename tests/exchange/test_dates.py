"""Days as pages print them."""

import pytest

from desktop_app.exchange.dates import opens_with_day, read_day


@pytest.mark.parametrize(
    "text",
    [
        "January 29,2024",
        "January 29, 2024",
        "29 January 2024",
        "29th January, 2024",
        "Jan. 29, 2024",
        "Jan 29th, 2024",
        "Monday, January 29, 2024",
        "2024-01-29",
        "2024-1-29 10:30",
        "2024-01-29T10:30:05+08:00",
        "2024/1/29",
        "2024.01.29",
        "2024年1月29日",
        "2024 年 1 月 29 日 星期一 09:05",
        "2024年01月29日（周一）",
        "1/29/2024",
    ],
)
def test_day_in_many_shapes(text: str) -> None:
    assert read_day(text) == "2024-01-29"


@pytest.mark.parametrize("text", ["Sept. 3, 2024", "September 3 2024", "3 Sep 2024"])
def test_names_of_months(text: str) -> None:
    assert read_day(text) == "2024-09-03"


@pytest.mark.parametrize("text", ["2024-13-45", "2024-02-30", "February 30, 2024", "2023年2月29日"])
def test_day_that_no_calendar_has(text: str) -> None:
    assert read_day(text) is None
    assert opens_with_day(text) == len(text)


@pytest.mark.parametrize("text", ["", "2024", "June 5", "Smarch 1, 2024", "2024-01-291", "On January 29, 2024"])
def test_what_is_no_day(text: str) -> None:
    assert read_day(text) is None
    assert opens_with_day(text) == 0


def test_day_with_words_behind_it_is_no_day() -> None:
    assert read_day("2024-01-29Views:318") is None
    assert opens_with_day("2024-01-29Views:318") == 10
