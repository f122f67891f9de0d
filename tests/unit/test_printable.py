"""Signs that do not print: kept out of names, and made visible on a terminal."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.foundation.printable import printed, unprinted, visible, visible_json


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("LI Wei", None),
        ("欧阳娜娜·阿卜杜拉", None),
        ("علی\u200cرضا", None),
        ("LI\u202e Wei", "U+202E"),
        ("LI\x1b[31m", "U+001B"),
        ("LI\x07", "U+0007"),
        ("LI\u200bWei", "U+200B"),
        ("\u2066LI\u2069", "U+2066"),
        ("LI\U000e0041", "U+E0041"),
    ],
)
def test_what_nobody_sees_in_a_name_is_named(name: str, sign: str | None) -> None:
    assert unprinted(name) == sign
    assert unprinted(printed(name)) is None


def test_a_terminal_obeys_nothing_but_bold_letters() -> None:
    assert visible("a\x1b[1mhit\x1b[0m b\n\tc") == "a\x1b[1mhit\x1b[0m b\n\tc"
    assert visible("LI\u202e\x1b[2J\r\x9b") == "LI<U+202E><U+001B>[2J<U+000D><U+009B>"


@given(st.text())
def test_a_document_says_the_same_and_holds_nothing_that_is_obeyed(text: str) -> None:
    line = visible_json({"text": text})
    assert json.loads(line) == {"text": text}
    assert visible(line) == line
    assert "\n" not in line
