"""A house's rules for sentences: what they change, what they cannot break, and which expressions are refused."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.desk.sentence_rules import default_rules
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.language.sentences import segmenter, split_for_story
from desktop_app.language.sentences.automaton import WINDOW, Automaton, full_match
from desktop_app.language.sentences.export import with_own_rules
from desktop_app.language.sentences.rules import (
    BreakRule,
    LanguageRules,
    SegmentationRules,
    checked,
    data_of,
    rules_of,
)
from desktop_app.language.sentences.syntax import PatternError, parse

NEWS = {
    "en": "Dr. Li met the U.S. team. They spoke; all agreed. “It is good,” he said. It was 5 p.m. Monday.",
    "zh": "双方签约；随后座谈。“很好。”他说。《你好！》上映了。增长3.5%。",
}


def rules(language: str, *pairs: tuple[bool, str, str], **words: object) -> SegmentationRules:
    broken = tuple(BreakRule(*pair) for pair in pairs)
    return SegmentationRules((LanguageRules(f"{language}.*", rules=broken, **words),))  # type: ignore[arg-type]


def split(text: str, language: str, own: SegmentationRules) -> list[str]:
    return segmenter(language, own).split(text)


# --- what a house can say


def test_a_title_of_the_house_ends_no_sentence() -> None:
    text = "We met Acad. Wang. He spoke."
    own = rules("en", titles=("Blk",))
    assert split("See Blk. Nine now. He left.", "en", own) == ["See Blk. Nine now. ", "He left."]
    assert split(text, "en", own) == ["We met Acad. Wang. ", "He spoke."]


def test_an_abbreviation_of_the_house_ends_a_sentence_only_before_a_usual_beginning() -> None:
    own = rules("en", abbreviations=("Konf",))
    assert split("The Konf. Berlin met. It was the Konf. The end.", "en", own) == [
        "The Konf. Berlin met. ",
        "It was the Konf. ",
        "The end.",
    ]


def test_a_numbered_word_and_an_ordinary_one() -> None:
    own = rules("en", numbered=("Proj",), ordinary=("Dr",))
    assert split("Proj. 7 began. Proj. Alpha ended. A Dr. Who came.", "en", own) == [
        "Proj. 7 began. ",
        "Proj. ",
        "Alpha ended. ",
        "A Dr. ",
        "Who came.",
    ]


def test_the_semicolon_is_a_boundary_where_the_house_says_so() -> None:
    assert split("会议；座谈。", "zh", SegmentationRules()) == ["会议；座谈。"]
    assert split("会议；座谈（甲；乙）。", "zh", rules("zh", semicolon=True)) == ["会议；", "座谈（甲；乙）。"]
    assert split("He came; she left.", "en", rules("en", semicolon=True)) == ["He came; ", "she left."]


def test_the_length_of_a_quotation_that_stays_whole() -> None:
    text = "“今天很好。明天更好。”他说。"
    assert split(text, "zh", rules("zh", whole_quotation=0)) == ["“今天很好。", "明天更好。”他说。"]
    assert split(text, "zh", rules("zh", whole_quotation=100)) == [text]


def test_the_first_rule_that_matches_decides_and_the_program_where_none_does() -> None:
    own = rules("en", (False, r"\bCo\.", r"\sThey"), (True, r"\bCo\.", r"\s"), (True, ":", r"\s"))
    assert split("At Co. They met: all. At Co. Berlin. Mr. Li left.", "en", own) == [
        "At Co. They met: ",
        "all. ",
        "At Co. ",
        "Berlin. ",
        "Mr. Li left.",
    ]


def test_sets_count_together_or_the_first_alone() -> None:
    both = (LanguageRules("en.*", titles=("Blk",)), LanguageRules(".*", titles=("Zz",)))
    assert SegmentationRules(both).of("en-GB").titles == ("Blk", "Zz")
    assert SegmentationRules(both, cascade=False).of("en-GB").titles == ("Blk",)
    assert SegmentationRules(both).of("zh-Hans").titles == ("Zz",)


def test_a_story_is_cut_by_the_house_too() -> None:
    assert split_for_story("It is so: we go. Bye.", "en", rules("en", (True, ":", r"\s"))) == [
        "It is so:",
        "we go.",
        "Bye.",
    ]


def test_rules_hold_for_other_languages() -> None:
    own = rules("de", (False, r"\bStr\.", r"\s"))
    assert split("Die Haupt Str. Nord ist lang. Gut.", "de", own) == ["Die Haupt Str. Nord ist lang. ", "Gut."]


def test_the_programs_own_rules_are_sound_and_say_what_they_say() -> None:
    own = default_rules()
    assert checked(own) == own
    assert split("Acme Corp. Shares fell. The U.S. First Lady left.", "en", own) == [
        "Acme Corp. ",
        "Shares fell. ",
        "The U.S. First Lady left.",
    ]


# --- what a house cannot break

EXPRESSIONS = st.lists(
    st.sampled_from(
        ["a", "b", ".", r"\.", r"\s", "[ab]", "[^a]", r"\b", r"\w", "。", "(?:a|。)", "*", "+", "?", "{0,2}", "$"]
    ),
    max_size=6,
).map("".join)
TEXTS = st.lists(st.sampled_from([*"ab. 。！“”\n　;", "Mr.", "U.S."]), max_size=30).map("".join)


@given(
    st.lists(st.tuples(st.booleans(), EXPRESSIONS, EXPRESSIONS), max_size=4), TEXTS, st.sampled_from(["zh", "en", "fr"])
)
def test_whatever_the_rules_say_pieces_are_slices(pairs: list[tuple[bool, str, str]], text: str, language: str) -> None:
    own = rules(language, *pairs)
    try:
        checked(own)
    except InputRefusedError:
        return
    pieces = split(text, language, own)
    assert "".join(pieces) == text
    assert all(pieces)
    assert all(not piece[0].isspace() for piece in pieces[1:])


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|a)*b", "(a|aa)+b", ".*.*.*.*.*.*.*.*x", "(?:a?){60}a{60}", "([a-z]+)*!", r"(\w+\s?)+$"]
)
def test_expressions_that_take_others_minutes_take_no_time(pattern: str) -> None:
    own = checked(rules("en", (True, pattern, pattern), (False, pattern, "")))
    text = "a" * 20_000 + ". Aa b! " * 500
    begun = time.process_time()
    assert "".join(split(text, "en", own)) == text
    assert time.process_time() - begun < 20


# --- the expressions

PATTERNS = [
    r"a+b", "(?:a|b)*c", r"\bMr\.", r"[^\s]+\.", "[a-c&&[^b]]", r"\p{Lu}\p{Ll}+", r"(?i)abc", "(?i:A)b", r"\Qa.b\E",
    "x{2,3}", r"\u0041", r"\x{42}", "a(?!b)", "(?<=a)b", "(?<!a)b", r"[\p{L}\d]", "[[:upper:]]", r"\P{L}", "a??b",
    "(?<name>a)", "", "a|",
]  # fmt: skip
IN_PYTHON = {
    "[a-c&&[^b]]": "[ac]", r"\p{Lu}\p{Ll}+": "[A-Z][a-z]+", r"\Qa.b\E": r"a\.b", r"\x{42}": "B", "[[:upper:]]": "[A-Z]",
    r"[\p{L}\d]": "[A-Za-z0-9]", r"\P{L}": "[^A-Za-z]", "(?<name>a)": "a",
}  # fmt: skip


@given(st.sampled_from(PATTERNS), st.text(alphabet="abcABx1. ", max_size=12))
def test_expressions_match_as_others_match_them(pattern: str, text: str) -> None:
    node = parse(pattern)
    forward, backward = Automaton([node]), Automaton([node], leftward=True)
    known = re.compile(IN_PYTHON.get(pattern, pattern))
    ends = {place for start in range(len(text) + 1) for place in _ends(known, text, start)}
    for place in range(len(text) + 1):
        assert (0 in forward.forward(text, place)) == (known.match(text, place) is not None)
        assert (0 in backward.backward(text, place)) == (place in ends)


def _ends(pattern: re.Pattern[str], text: str, start: int) -> list[int]:
    """Where a match that begins at ``start`` can end: the longest, then each shorter that still matches whole."""
    flag = "(?i)" if pattern.pattern.startswith("(?i)") else ""
    bare = pattern.pattern.removeprefix("(?i)")
    return [
        end
        for end in range(start, len(text) + 1)
        if re.compile(rf"{flag}(?:{bare})(?=[^\0]{{{len(text) - end}}}\Z)").match(text, start)
    ]


@pytest.mark.parametrize(
    ("pattern", "place"),
    [
        ("(a", 3), ("a)", 2), ("[a", 3), ("*a", 1), (r"(a)\1", 5), ("(?>a)", 4), ("a++", 3), ("a{2,1}", 3), ("a{x}", 3),
        (r"\p{Nonsense}", 12), ("(?<!ab)c", 8), ("[z-a]", 5), ("a{600}", 3), ("x" * 4001, 4000),
        ("(" * 50 + ")" * 50, 42),
        ("((a{400}){400}){400}", 1), ("\\", 2), (r"\x{110000}", 11), ("(?x)a", 4), ("^*", 3),
    ],
)  # fmt: skip
def test_what_cannot_be_translated_is_refused_with_its_place(pattern: str, place: int) -> None:
    with pytest.raises(PatternError) as caught:
        parse(pattern)
    assert abs(caught.value.place - place) <= 1
    assert str(caught.value.reason).endswith((".", "translated."))


def test_a_language_pattern_must_match_the_whole_tag() -> None:
    assert full_match(parse("[Ee][Nn].*"), "en-GB")
    assert not full_match(parse("[Ee][Nn]"), "en-GB")
    assert not full_match(parse("n"), "en")


def test_an_expression_looks_no_further_than_its_window() -> None:
    assert 0 in Automaton([parse("a*b")]).forward("a" * (WINDOW - 1) + "b", 0)
    assert 0 not in Automaton([parse("a*b")]).forward("a" * (WINDOW + 1) + "b", 0)


# --- as data


def test_rules_are_the_same_after_a_way_through_json() -> None:
    own = SegmentationRules(
        (
            LanguageRules(
                "en.*", "English", ("Blk",), ("Konf",), ("Proj",), ("Dr",), True, 80, (BreakRule(False, "a", "b"),)
            ),
            LanguageRules("zh.*", semicolon=False),
        ),
        cascade=False,
    )
    assert rules_of(data_of(own)) == own
    assert rules_of(data_of(default_rules())) == default_rules()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "languages"),
        ({"languages": [{}]}, "language 1"),
        ({"languages": [{"language": "en", "color": 1}]}, "color"),
        ({"languages": [{"language": "en", "titles": ["a b"]}]}, "a b"),
        ({"languages": [{"language": "en", "titles": "Mr"}]}, "titles"),
        ({"languages": [{"language": "en", "semicolon": 3}]}, "semicolon"),
        ({"languages": [{"language": "en", "whole_quotation": -1}]}, "whole_quotation"),
        ({"languages": [{"language": "en", "rules": [{"before": "a"}]}]}, "break"),
        ({"languages": [{"language": "en", "rules": [{"break": True, "before": 5}]}]}, "break"),
        (
            {"languages": [{"language": "en", "name": "E", "rules": [{"break": True, "after": "(a"}]}]},
            "rule 1 of “E”, after",
        ),
        ({"languages": [{"language": "(e"}]}, "language pattern"),
        ({"languages": [{"language": "en"}] * 201}, "200"),
        ({"languages": [{"language": "en", "rules": [{"break": True, "before": "a"}] * 6001}]}, "6000"),
        ({"languages": [{"language": "en", "rules": [{"break": True, "before": "a{500}" * 7}] * 100}]}, "too large"),
    ],
)
def test_faulty_rules_are_refused_and_the_fault_is_named(data: object, said: str) -> None:
    with pytest.raises(InputRefusedError) as caught:
        rules_of(data)
    assert said in f"{caught.value.place} {caught.value.reason}"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_exported_rules_alone_cut_plain_texts_as_the_program_does(language: str) -> None:
    exported = with_own_rules(default_rules())
    assert all(one.rules for one in exported.languages)
    assert split(NEWS[language], language, exported) == split(NEWS[language], language, default_rules())
