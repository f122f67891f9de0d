"""What is looked for, how an index spells it, where a text has it, and the piece that is shown of a long text."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.language.searching import (
    SEPARATOR,
    Phrase,
    excerpt,
    finished,
    folded,
    joined,
    parsed,
    spans_of,
    spelled,
    spelled_phrase,
    texts_with,
)


@pytest.mark.parametrize(
    ("query", "phrases"),
    [
        ("climate change", [("climate",), ("change",)]),
        ('"climate change" 大学', [("climate", "change"), ("大学",)]),
        ("“气候 变化”", [("气候", "变化")]),
        ("covid-19", [("covid", "19")]),
        ("ＡＩ大学", [("ai", "大学")]),
        ("北京\u3000大学", [("北京",), ("大学",)]),
        ("Café e\u0301tude", [("cafe",), ("etude",)]),
        ("the the", [("the",), ("the",)]),
        ('"open', [("open",)]),
        ("。，* \" ''", []),
    ],
)
def test_pieces_between_spaces_are_phrases(query: str, phrases: list[tuple[str, ...]]) -> None:
    assert [phrase.words for phrase in parsed(query)] == phrases


def test_a_star_leaves_a_word_open_and_so_does_typing() -> None:
    assert [phrase.open for phrase in parsed("univ* test")] == [True, False]
    assert [phrase.open for phrase in parsed("new univ", open_end=True)] == [False, True]
    assert [phrase.open for phrase in parsed('new "univ"', open_end=True)] == [False, False]
    assert [phrase.open for phrase in parsed("大学*")] == [False], "a run of Chinese is open at its end anyway"


def test_chinese_is_spelled_as_bigrams_and_the_end_of_a_run() -> None:
    assert spelled("北京大学AI学").split() == ["北京", "京大", "大学", "学", "AI", "学"]
    assert spelled("It is 25.") == "It is 25."
    assert spelled_phrase(Phrase(("大学", "ai"))) == "大学 学 ai", "the run ends before ai"
    assert spelled_phrase(Phrase(("北京大学",))) == "北京 京大 大学", "the run may go on"


def test_what_stands_whole_of_a_query() -> None:
    assert finished(parsed("2024年 the univ* 大")) == (Phrase(("2024",)), Phrase(("the",)))


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("北京大学的大学生", "大学", ["大学", "大学"]),
        ("人人人", "人人", ["人人人"]),
        ("The CAFÉ, a café; cafés", "cafe", ["CAFÉ", "café"]),
        ("cafe\u0301 x", "café", ["cafe\u0301"]),
        ("ﬁne Ｆｉｎｅ", "fine", ["ﬁne", "Ｆｉｎｅ"]),
        ("COVID-19 and covid 19", "covid-19", ["COVID-19", "covid 19"]),
        ("University's", "university's", ["University's"]),
        ("universities university", "universit*", ["universities", "university"]),
        ("art smart art1", "art", ["art"]),
        ("用AI大学 works", "ai大学", ["AI大学"]),
        ("在2024年春", "2024年", ["2024年"]),
        ("climate, change climate change", '"climate change"', ["climate, change", "climate change"]),
        ("nothing here", "大学 else", []),
    ],
)
def test_hits_are_marked_as_they_read(text: str, query: str, hits: list[str]) -> None:
    assert [text[start:end] for start, end in spans_of(text, parsed(query))] == hits


def test_no_phrase_reaches_from_one_text_into_the_next() -> None:
    document = SEPARATOR.join(["new school", "school day", "Ｓｃｈｏｏｌ"])
    assert list(texts_with(document, joined(parsed("school school")))) == []
    assert list(texts_with(document, parsed("school")[0])) == [0, 1]
    assert list(texts_with("a" + SEPARATOR + "Ｓｃｈｏｏｌ", parsed("school")[0])) == [1]


@given(st.text(), st.text())
def test_spans_are_in_order_apart_and_inside(text: str, query: str) -> None:
    spans = spans_of(text, parsed(query, open_end=True))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(st.text(alphabet="大学生ab é，.", max_size=30), st.text(alphabet="大学生", min_size=1, max_size=4))
def test_chinese_is_marked_wherever_it_stands(text: str, query: str) -> None:
    covered = {place for start, end in spans_of(text, parsed(query)) for place in range(start, end)}
    places = [at for at in range(len(text)) if text.startswith(query, at)]
    assert covered == {place for at in places for place in range(at, at + len(query))}


def test_every_letter_that_is_folded_is_looked_for_folded() -> None:
    """The quick way may only pass over a text whose letters are folded by case alone."""
    for code in (*range(0x80, 0xD800), *range(0xE000, 0x30000)):
        letter = chr(code)
        plain = folded(letter)[0]
        if plain != letter.lower() and any(map(str.isalnum, plain)):
            phrase = Phrase((plain,))
            if unicodedata.category(letter)[0] == "L" and plain.isalnum():
                assert list(texts_with(letter, phrase)) == [0], hex(code)


@given(st.text(max_size=400), st.integers(0, 399), st.integers(1, 30), st.integers(40, 160))
def test_an_excerpt_shows_the_hit_and_marks_it(text: str, start: int, length: int, room: int) -> None:
    span = (min(start, len(text)), min(start + length, len(text)))
    spans = (span,) if span[0] < span[1] else ()
    shown, marks = excerpt(text, spans, room)
    assert len(shown) <= room + 2
    plain = "".join(" " if c.isspace() else c for c in text)
    assert shown.strip("…") in plain or "…" in text
    assert [shown[a:b] for a, b in marks] == [plain[a:b] for a, b in spans]
