"""Amounts read out of Chinese and English."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.language.numbers import read_numbers
from desktop_app.language.numbers.chinese import chinese_value
from desktop_app.language.numbers.quantities import Quantity, QuantityKind, in_english

PIECES = st.sampled_from(
    [*"0123456789.,:%/年月日时点第万亿百千十一二三五折 -", "million", " 12 ", "January", "per cent", "￥"]
)
READ = set("零〇一二三四五六七八九两十百千万亿点0123456789.")
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map("".join))


@given(TEXTS, st.sampled_from(["zh-Hans", "en"]))
def test_spans_are_in_order_and_hold_the_text_they_say(text: str, language: str) -> None:
    end = 0
    for quantity in read_numbers(text, language):
        first, last = quantity.span
        assert end <= first < last
        assert text[first:last] == quantity.text
        assert in_english(quantity)
        end = last


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.2亿元", 120_000_000),
        ("3万余人", 30_000),
        ("十亿元", 10**9),
        ("一亿二千万元", 120_000_000),
        ("1亿2000万", 120_000_000),
        ("2万4801人", 24_801),
        ("三百五十人", 350),
        ("１２３人", 123),
        ("7500 万", 75_000_000),
        ("1，843，500美元", 1_843_500),
        ("RMB120万", 1_200_000),
    ],
)
def test_chinese_amounts(text: str, value: int) -> None:
    (quantity,) = read_numbers(text, "zh")
    assert quantity.value == value
    assert quantity.kind is QuantityKind.NUMBER
    assert quantity.certain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("120 million yuan", 120_000_000),
        ("1.2 billion", 1_200_000_000),
        ("£75m", 75_000_000),
        ("$4.3 m", 4_300_000),
        ("3,500", 3_500),
        ("RMB120 million", 120_000_000),
        ("two million", 2_000_000),
        ("eighty-one", 81),
        ("seventy", 70),
        ("sixteen", 16),
        ("a hundred", 100),
    ],
)
def test_english_amounts(text: str, value: int) -> None:
    (quantity,) = read_numbers(text, "en")
    assert quantity.value == value
    assert quantity.kind is QuantityKind.NUMBER


@pytest.mark.parametrize(
    ("text", "language", "value", "kind"),
    [
        ("1 月 11 日", "zh", 111, QuantityKind.DATE),
        ("11 January", "en", 111, QuantityKind.DATE),
        ("Jan. 11th", "en", 111, QuantityKind.DATE),
        ("the Fourth of July", "en", 704, QuantityKind.DATE),
        ("1958年", "zh", 1958, QuantityKind.YEAR),
        ("in 1958", "en", 1958, QuantityKind.YEAR),
        ("下午3点", "zh", 15, QuantityKind.HOUR),
        ("3 p.m.", "en", 15, QuantityKind.HOUR),
        ("百分之五十", "zh", 50, QuantityKind.PERCENT),
        ("50 per cent", "en", 50, QuantityKind.PERCENT),
        ("19世纪80年代", "zh", 1880, QuantityKind.DECADE),
        ("1880s", "en", 1880, QuantityKind.DECADE),
        ("第12届", "zh", 12, QuantityKind.ORDINAL),
        ("12th", "en", 12, QuantityKind.ORDINAL),
        ("八五折", "zh", 15, QuantityKind.PERCENT),
        ("85折", "zh", 15, QuantityKind.PERCENT),
        ("3折", "zh", 70, QuantityKind.PERCENT),
        ("9.5折", "zh", 5, QuantityKind.PERCENT),
        ("增长3成", "zh", 30, QuantityKind.PERCENT),
        ("3成5", "zh", 35, QuantityKind.PERCENT),
        ("三成五", "zh", 35, QuantityKind.PERCENT),
        ("三成半", "zh", 35, QuantityKind.PERCENT),
    ],
)
def test_dates_hours_shares_and_ranks(text: str, language: str, value: int, kind: QuantityKind) -> None:
    (quantity,) = read_numbers(text, language)
    assert quantity.value == value
    assert quantity.kind is kind


@pytest.mark.parametrize("text", ["雅亿来了", "万一", "千万别去", "看到这一点", "三四个人", "亿万星辰", "一个人"])
def test_signs_that_are_no_amount_are_never_demanded(text: str) -> None:
    assert not any(quantity.certain for quantity in read_numbers(text, "zh"))


@pytest.mark.parametrize("text", ["often a tent", "see 1.jpg", "COVID-19 and B2B", "www.x.cn/12", "at 192.168.0.1/24"])
def test_words_codes_and_addresses_hold_no_amount(text: str) -> None:
    assert read_numbers(text, "en") == []


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (Fraction(120_000_000), QuantityKind.NUMBER, "120 million"),
        (Fraction(1_234_567), QuantityKind.NUMBER, "1,234,567"),
        (Fraction(5, 2), QuantityKind.NUMBER, "2.5"),
        (Fraction(1, 3), QuantityKind.NUMBER, "1/3"),
        (Fraction(50), QuantityKind.PERCENT, "50 percent"),
        (Fraction(111), QuantityKind.DATE, "January 11"),
        (Fraction(112), QuantityKind.ORDINAL, "112th"),
    ],
)
def test_amounts_are_written_as_english_writes_them(value: Fraction, kind: QuantityKind, text: str) -> None:
    assert in_english(Quantity(value, (0, 1), "x", kind)) == text


def test_published_chinese_numbers_are_read(shared_data: Callable[[str], Path]) -> None:
    """All but 三四 (three or four), digits behind signs; capital forms of cheques, 廿 and minus signs are not read."""
    groups = json.loads(shared_data("numbers/cn2an-cases.json").read_text("utf-8"))["cn2an_test"]
    kinds = ("strict_data_dict", "normal_data_dict", "smart_data_dict")
    cases = [(token, value) for kind in kinds for token, value in groups[kind].items() if set(token) <= READ]
    wrong = {token for token, value in cases if chinese_value(token) != Fraction(str(value))}
    assert len(cases) > 80
    assert wrong == {"一一", "一一一", "一二三", "100万三千", "200亿零四千230", "一百点123"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_endless_digits_are_no_trouble(language: str) -> None:
    for sign in "1一":
        for quantity in read_numbers(sign * 10_000, language):
            assert in_english(quantity)
