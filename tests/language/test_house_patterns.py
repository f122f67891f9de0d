"""Patterns from outside: those that could take long are refused, and what is taken is quick on any text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.house_style import HousePattern, HouseStyle, style_data, style_from
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.language.patterns import LONGEST_TEXT, compiled


def pattern(find: str, **values: str) -> HousePattern:
    return HousePattern("mine", find, "Says.", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "find",
    [
        "(a+)+b", "(?:a|a)*b", "(?:a|aa)*c", ".*.*x", r"(\w+) \1", "(?P<x>a)(?P=x)", "(a?){30}a{30}",
        "a{0,300}a{0,300}b",
        r"(?:\w+\s?)*x", "(?:a*)*b", r"\d+\d+\d+x", "a+(?=.*x)", r"(\w*\s*)*$", "(x+x+)+y",
        "(?:x?x?x?x?x?x?x?x?){0,10}y",
        "((a{0,99}){0,9}b){0,9}c", "(?i)[a-z]+[A-Z]+x", "(a)?(?(1)b|c)",
    ],
)  # fmt: skip
def test_what_could_take_long_is_refused_by_its_name(find: str) -> None:
    with pytest.raises(InputRefusedError) as refused:
        compiled(pattern(find))
    assert "mine" in str(refused.value.place)


@pytest.mark.parametrize(
    "find",
    [
        r"\bfoo\b", r"\s+per\s+cent\b", "“[^”]*\\.”", r"\b\d+(?:\.\d+)? ?%", r"(?:\w+\s){0,3}end", "(?:ab|cd)+e",
        "(?i)programs?", r"\w+@\w+", ".*x", "(?<!的)的的(?!确)", "a++b", "(?>a+)b", "[A-Z]{2,}", r"\bMr\.? (?=[A-Z])",
    ],
)  # fmt: skip
def test_what_a_house_writes_is_taken_and_is_quick(find: str) -> None:
    found = compiled(pattern(find)).find
    for piece in ("a", "ab", "ab ", "x", "1", "的", "“a", " ", "A"):
        begun = time.process_time()
        found.findall(piece * (LONGEST_TEXT // len(piece)))
        assert time.process_time() - begun < 2


@given(st.text(alphabet="ab.*+?(){}|[]^$\\w1,{2}-", min_size=1, max_size=14))
@settings(max_examples=300)
def test_any_pattern_is_refused_or_quick(find: str) -> None:
    try:
        found = compiled(pattern(find)).find
    except InputRefusedError:
        return
    for text in ("a" * LONGEST_TEXT, "ab" * (LONGEST_TEXT // 2), "a" * (LONGEST_TEXT - 1) + "\n"):
        begun = time.process_time()
        found.findall(text)
        assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("find", "values"),
    [("(", {}), ("x*", {}), ("a", {"unless": "("}), ("a", {"replacement": r"\1"}), ("a", {"replacement": r"\g<b>"})],
)
def test_what_is_no_expression_is_refused(find: str, values: dict[str, str]) -> None:
    with pytest.raises(InputRefusedError):
        compiled(pattern(find, **values))


def test_a_style_survives_its_json() -> None:
    style = HouseStyle(
        "en-GB",
        80,
        "title",
        35,
        "never",
        "(Photo by {name})",
        ("Diptych",),
        (pattern("a", replacement="b"),),
        ("dash",),
    )
    assert style_from(style_data(style)) == style
    assert style_from({}) == HouseStyle()


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ([], ""),
        ({"version": 2}, "version"),
        ({"varietey": "en-GB"}, "varietey"),
        ({"variety": "en-AU"}, "variety"),
        ({"headline_limit": -1}, "headline_limit"),
        ({"headline_limit": True}, "headline_limit"),
        ({"long_sentence": "40"}, "long_sentence"),
        ({"credit_form": "Photo"}, "credit_form"),
        ({"names": ["12"]}, "names"),
        ({"names": "word"}, "names"),
        ({"names": ["x" * 100]}, "names"),
        ({"patterns": [{"id": "A b", "find": "a", "message": "m"}]}, "patterns: A b"),
        ({"patterns": [{"id": "a", "message": "m"}]}, "patterns: a"),
        ({"patterns": [{"id": "a", "find": "a", "message": " "}]}, "patterns: a"),
        ({"patterns": [{"id": "a", "find": "a", "message": "m", "color": "red"}]}, "patterns: a"),
        ({"patterns": [{"id": "a", "find": "a" * 400, "message": "m"}]}, "patterns: a"),
        ({"patterns": [{"id": "a", "find": "a", "message": "m", "severity": "fatal"}]}, "patterns: a"),
        ({"patterns": [{"id": "a", "find": "a", "message": "m"}] * 2}, "patterns: a"),
        ({"patterns": [{}] * 101}, "patterns"),
        ({"patterns": ["a"]}, "patterns: 1"),
    ],
)
def test_a_wrong_style_is_refused_at_its_place(data: object, place: str) -> None:
    with pytest.raises(InputRefusedError) as refused:
        style_from(data)
    assert str(refused.value.place) == place


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "find", "message", "x"]), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*style_data(HouseStyle()), "other"]), JSON, max_size=4))
def test_any_json_is_a_style_or_refused(data: dict[str, object]) -> None:
    try:
        read = style_from(data)
    except InputRefusedError:
        return
    assert style_from(style_data(read)) == read
