"""Find and replace in one text: the same as Python's own where that is sound, whole characters, and always in time."""

import re
import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.language.clusters import is_edge
from desktop_app.language.finding_text import LONGEST_QUERY, BadPatternError, Matcher, Query
from desktop_app.language.replacing_text import Replacer
from tests.conftest import ROOT

TEXTS = st.text("aAbBéE 1.中京\u0301\u0304k\u200d👨👩\U0001f3fd❤\ufe0f🇨🇳", max_size=24)
PLAIN = st.text("aAbB 1.,-", max_size=40)
SOUND = (
    r"a",
    r"[ab]+",
    r"\d",
    r"(\w)(\w)",
    r"a|b",
    r"\bA",
    r"a{1,3}",
    r"[^ ]+",
    r"(?i)b",
    r"(a)?b",
    r"(?<=a)b",
    r"\w\b",
)


def hits(text: str, query: str, **how: bool) -> list[str]:
    return [text[start:end] for start, end in Matcher(Query(query, **how)).spans(text)]


def replaced(text: str, query: str, by: str, *, keep_case: bool = False, **how: bool) -> str:
    return Replacer(Matcher(Query(query, **how)), by, keep_case=keep_case).replaced(text).text


# The same as Python's


@given(PLAIN, st.sampled_from(SOUND), st.booleans())
def test_replacing_all_is_what_python_does(text: str, pattern: str, case: bool) -> None:
    flags = 0 if case else re.IGNORECASE
    expected = re.sub(pattern, lambda match: f"<{match[0]}>", text, flags=flags)
    assert replaced(text, pattern, "<$0>", regex=True, case=case) == expected


@given(PLAIN, PLAIN.filter(bool), PLAIN)
def test_plain_text_means_every_sign_as_it_stands(text: str, query: str, by: str) -> None:
    assert replaced(text, query, by, case=True) == text.replace(query, by)


@given(TEXTS, TEXTS.filter(bool), st.booleans(), st.booleans(), st.booleans())
def test_hits_are_whole_characters_in_order(text: str, query: str, case: bool, words: bool, fold: bool) -> None:
    try:
        spans = Matcher(Query(query, case, words, fold=fold)).spans(text)
    except BadPatternError:
        return
    assert all(start < end for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert all(is_edge(text, at) for span in spans for at in span)


@given(TEXTS, st.sampled_from([".", r"\w", "[ab]", "a.", r"\W+"]))
def test_expressions_never_cut_a_character(text: str, pattern: str) -> None:
    for start, end in Matcher(Query(pattern, regex=True)).spans(text):
        assert is_edge(text, start)
        assert is_edge(text, end)


@given(TEXTS, TEXTS.filter(bool))
def test_what_is_told_of_changes_makes_both_texts(text: str, query: str) -> None:
    try:
        replacer = Replacer(Matcher(Query(query)), "new")
    except BadPatternError:
        return
    ops = replacer.ops(text)
    made = replacer.replaced(text)
    assert "".join(part for sign, part in ops if sign != "+") == text
    assert "".join(part for sign, part in ops if sign != "-") == made.text
    assert all(made.text[start:end] == "new" for start, end in made.spans)


# How words are meant


def test_letter_case_counts_only_when_asked() -> None:
    assert hits("Visit visit VISIT", "visit") == ["Visit", "visit", "VISIT"]
    assert hits("Visit visit VISIT", "visit", case=True) == ["visit"]


def test_whole_words_are_english_and_chinese_is_found_anywhere() -> None:
    assert hits("univ university univ. re-univ univ", "univ", words=True) == ["univ"] * 4
    assert hits("在北京大学", "京", words=True) == ["京"]
    assert hits("与YCUT合作，YCUTs", "YCUT", words=True) == ["YCUT"]
    assert hits("visits visit", r"visit|visits", words=True, regex=True) == ["visits", "visit"]
    assert hits("Visits visit", r"(?x) visit s? # both", words=True, regex=True) == ["Visits", "visit"]


def test_accents_count_however_they_are_written() -> None:
    apart = unicodedata.normalize("NFD", "Café café")
    assert hits(apart, "café") == [apart[:5], apart[6:]]
    assert hits(apart, "cafe") == []
    assert hits(f"cafe {apart}", "cafe", fold=True) == ["cafe", apart[:5], apart[6:]]
    assert hits("２０２４年 2024", "2024", fold=True) == ["２０２４", "2024"]
    assert hits("２０２４年 2024", "2024") == ["2024"]


def test_signs_that_belong_together_are_not_cut() -> None:
    family = "👨\u200d👩\u200d👧"
    assert hits(f"{family} 👨", "👨") == ["👨"]
    assert hits("x\u0304 x", "x") == ["x"]
    assert hits("❤\ufe0f ❤", "❤") == ["❤\ufe0f", "❤"]
    assert hits("🇨🇳🇩🇪", "🇨🇳") == ["🇨🇳"]
    assert hits("🇨🇳🇩🇪", "🇳🇩") == []


# What is put in


def test_groups_by_number_and_by_name() -> None:
    assert replaced("5 May", r"(\d+) (?P<month>\w+)", "${month} $1", regex=True) == "May 5"
    assert replaced("5 May", r"(\d+) (?P<month>\w+)", r"\g<month> \1", regex=True) == "May 5"
    assert replaced("USD 5", r"USD (\d)", "US$$$1 and $12", regex=True) == "US$5 and 52"
    assert replaced("b", "(a)?b", "[$1]", regex=True) == "[]"
    assert replaced("a b", "a", r"$1 \1", case=True) == r"$1 \1 b"


def test_doubled_words_can_be_found() -> None:
    assert replaced("of the the dean dean", r"\b(\w+) \1\b", "$1", regex=True) == "of the dean"


@pytest.mark.parametrize(
    ("by", "at"), [("$2", 0), ("a ${name}", 2), (r"a\q", 1), ("\\", 0), ("two\nlines", 3), (r"\3", 0)]
)
def test_a_replacement_that_cannot_be_read_says_where(by: str, at: int) -> None:
    with pytest.raises(BadPatternError) as refused:
        Replacer(Matcher(Query("(a)", regex=True)), by)
    assert refused.value.at == at


@pytest.mark.parametrize(
    ("text", "query", "by", "expected"),
    [
        ("Visit VISIT visit visited", "visit", "tour", "Tour TOUR tour toured"),
        ("a visit, a Visit", "Visit", "Tour", "a tour, a Tour"),
        ("the university", "the university", "Peking University", "Peking University"),
        ("The Signing Ceremony", "signing ceremony", "opening of the lab", "The Opening of the Lab"),
        ("北京 Peking", "peking", "beijing", "北京 Beijing"),
        ("A plan", "a", "one", "One plonen"),
    ],
)
def test_the_letter_case_of_what_was_there_is_kept(text: str, query: str, by: str, expected: str) -> None:
    assert replaced(text, query, by, keep_case=True) == expected


def test_some_places_alone_can_be_replaced() -> None:
    replacer = Replacer(Matcher(Query("a")), "b")
    assert replacer.replaced("a a a", only={(2, 3)}) == ("a b a", ((2, 3),))


@pytest.mark.parametrize(("language", "word"), [("en", "by"), ("zh_Hans", "换成")])
def test_the_examples_of_the_help_can_be_used(language: str, word: str) -> None:
    page = (ROOT / "resources" / "help" / language / "03-find-and-replace.md").read_text("utf-8")
    examples = re.findall(rf"`([^`]+)` ?{word} ?`([^`]+)`", page)
    assert len(examples) == 6
    for pattern, by in examples:
        Replacer(Matcher(Query(pattern, regex=True)), by)
    texts = ("RMB 1.2", "5 March", "the the", "3 per cent", 'a "b" c', "end.Begin")
    made = [replaced(text, *example, regex=True) for text, example in zip(texts, examples, strict=True)]
    assert made == ["RMB 1.2", "March 5", "the", "3 percent", "a “b” c", "end. Begin"]


# Hostile expressions


HOSTILE = (
    "(a+)+b", "(a*)*b", "(a|aa)+$", "(.*)(.*)(.*)x", r"(\w+\s?)*!", "(?:a?){30}a{30}", "(x|xx|xxx)*y", "a?" * 200,
    r"(a*)(\1)*b", "((a{0,9}){0,9}){0,9}c", "[\0-\U0010ffff]", "[a-\U0010ffff]" * 20, "(?=a)?" * 60, r"\b" * 190,
    "(" * 190 + ")" * 190, "[^a]?" * 80, "a{0}" * 90, ".*foo.*", "(?:.{0,50}){0,9}z", r"(\d+)(\d+)(\d+)(\d+)$",
)  # fmt: skip


@pytest.mark.parametrize("pattern", HOSTILE)
def test_hostile_expressions_are_refused_or_quick(pattern: str) -> None:
    began = time.process_time()
    try:
        matcher = Matcher(Query(pattern, regex=True))
    except BadPatternError:
        pass
    else:
        for text in ("a" * 20_000, "a" * 1_400 + "!", "ab " * 500, "1" * 1_400 + "x", "中" * 5_000):
            matcher.spans(text)
    assert time.process_time() - began < 2


@given(st.text("ab().*+?[]{}|\\^$,0123456789<>=!:Pw-", max_size=14))
def test_any_expression_is_refused_or_quick(pattern: str) -> None:
    began = time.process_time()
    try:
        matcher = Matcher(Query(pattern, regex=True))
    except BadPatternError:
        pass
    else:
        matcher.spans("ab" * 300 + "aaaa1.bb" * 100)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("pattern", "at"), [("(ab", 0), ("ab)", 2), ("a**", 2), ("x[z-a]", 2), ("ab\\", 2), ("[ab", 0), ("*a", 0)]
)
def test_a_broken_expression_says_where_it_breaks(pattern: str, at: int) -> None:
    with pytest.raises(BadPatternError) as refused:
        Matcher(Query(pattern, regex=True))
    assert refused.value.at == at
    assert str(refused.value.place) == f"character {at + 1}"


def test_what_matches_nothing_at_all_is_refused() -> None:
    for pattern in ("a*", "^", "(?=a)|"):
        with pytest.raises(BadPatternError):
            Matcher(Query(pattern, regex=True))
    for text in ("", "a" * (LONGEST_QUERY + 1)):
        with pytest.raises(BadPatternError):
            Matcher(Query(text))


def test_texts_too_long_for_an_expression_are_left_out_and_said_so() -> None:
    matcher = Matcher(Query(".*b", regex=True))
    assert matcher.longest is not None
    assert not matcher.takes("a" * (matcher.longest + 1))
    assert matcher.spans("b" * (matcher.longest + 1)) == []
    assert Matcher(Query("b")).takes("b" * 10**6)


@pytest.mark.parametrize("sign", ["\x07", "\x00", "\x1b", "\ud800", "\n", "\r", "\u2028", "\ufffe"])
def test_a_replacement_that_no_text_can_hold_is_refused_at_its_place(sign: str) -> None:
    for regex in (True, False):
        with pytest.raises(BadPatternError) as refused:
            Replacer(Matcher(Query("a", regex=regex)), f"b{sign}c")
        assert refused.value.at == 1
    assert Replacer(Matcher(Query("a")), "\tb 👩\u200d💻").replaced("a").text == "\tb 👩\u200d💻"


FENCED = (
    r"(\d{1,3},)+\d{3}", r"(?:\d{1,3}[,.])+\d{3}", "([^,]+,)+x", r"(\w+, )+", r"(\d*;)*9", r"(?:a[b-z]*\.)+!",
)  # fmt: skip


@pytest.mark.parametrize("pattern", FENCED)
def test_a_repeat_inside_a_repeat_is_taken_where_it_divides_in_one_way_and_is_quick(pattern: str) -> None:
    matcher = Matcher(Query(pattern, regex=True))
    assert matcher.longest is not None
    for piece in ("1,", "123,", "1", "a,", "ab, ", ";", "1;", "123,456.", ", ", "abz."):
        text = (piece * matcher.longest)[: matcher.longest - 1] + "§"
        began = time.process_time()
        matcher.spans(text)
        assert time.process_time() - began < 2
    assert hits("In all 1,234,567 and 12,000.", r"(\d{1,3},)+\d{3}", regex=True) == ["1,234,567", "12,000"]


@pytest.mark.parametrize(
    "pattern",
    [
        r"(\w+,?)+x", "([^;]+,)+x", "(.+,)+x", "(?i)([^k]+k)+$", "([^\0-\u00ff中]+\\w)+$", r"((\d{1,3},)+;)+x",
        r"(\d+[,1])+x", r"(\d+\d+,)+x", r"(\w*\d*,)+x", r"(\d+,)+(\d+,)+x", r"((\d+,)*)+x", r"(\d+,|\d+)+x",
        "(?a:\\S+\u3000)+x", r"(\d+(?=,),)+x",
    ],
)  # fmt: skip
def test_a_repeat_inside_a_repeat_that_divides_in_several_ways_is_refused(pattern: str) -> None:
    with pytest.raises(BadPatternError):
        Matcher(Query(pattern, regex=True))


@pytest.mark.parametrize(("pattern", "at"), [("[[:alpha:]]", 1), ("x[a&&b]", 3), ("[a--b]", 2)])
def test_sets_of_other_programs_are_refused_in_our_words(pattern: str, at: int) -> None:
    with pytest.raises(BadPatternError, match=r"Inside \[ \] stand signs alone") as refused:
        Matcher(Query(pattern, regex=True))
    assert refused.value.at == at
