"""Odd and hostile texts for everything that reads plain text: no crash, nothing lost, no time that grows as a square.

The sizes are such that what grows as a square would take far longer than the limits, which count the processor's time,
so that a busy machine does not fail the test.
"""

import time
from collections.abc import Callable

import pytest

from desktop_app.language.addresses import address_spans
from desktop_app.language.numbers import read_numbers
from desktop_app.language.sentences import segmenter, split_for_story
from desktop_app.language.sentences.rules import BreakRule, LanguageRules, SegmentationRules, checked

MILLION = 1_000_000
MANY = 25_000
SECONDS = 30
FEW_SECONDS = 2  # for MANY; they take a twentieth of one
LANGUAGES = ["zh-Hans", "en", "fr"]
LARGEST = [
    "Chinese", "English", "marks", "opening quotes",
    *(pytest.param(unit, marks=pytest.mark.proof) for unit in (
        "digits", "spaces", "one letter", "Chinese stops", "opening brackets", "apostrophes",
    )),
]  # fmt: skip

UNITS = {
    "Chinese": "双方签署三项协议，金额1.2亿元。“很好。”他说。",
    "English": "The U.S. team met Prof. Li at 3 p.m. “We agree,” he said. ",
    "one Chinese sign": "好",
    "one letter": "a",
    "capitals": "A",
    "digits": "0123456789",
    "marks": ".,;:!?",
    "Chinese marks": "，。；：！？",
    "spaces": " ",
    "ideographic spaces": "\u3000",
    "no-break spaces": "\u00a0",
    "line feeds": "\n",
    "lines": "a\n",
    "carriage returns": "\r",
    "tabs": "\t",
    "full stops": ".",
    "Chinese stops": "。",
    "stops and spaces": ". ",
    "Chinese stops and spaces": "。 ",
    "questions": "? ",
    "ellipses": "…",
    "spaced ellipses": ". . ",
    "ellipses and words": "……他",
    "opening brackets": "(",
    "closing brackets": ")",
    "stop and closing bracket": ".)",
    "bracket and words": "(a. ",
    "Chinese brackets": "（",
    "titles": "《好！》",
    "open titles": "《",
    "straight quotes": '"',
    "apostrophes": "'",
    "words in apostrophes": " 'a",
    "spaced apostrophes": "' ",
    "opening quotes": "“",
    "closing quotes": "”",
    "quoted stops": "“。",
    "speeches": "“a。b。”",
    "reporting": "。”他说",
    "abbreviations": "Mr. ",
    "initials": "A. ",
    "glued stops": "a.",
    "glued sentences": "The a.The ",
    "lists": " 1) a",
    "numbered lists": "1. A ",
    "letters as lists": " a. b",
    "roman lists": " xi) a",
    "references": "a. [1] ",
    "credits": ". (Photo ",
    "addresses": "http://a.b/c",
    "mail addresses": "a@b.",
    "hyphens": "-",
    "dashes": "—",
    "stars": "*_",
    "lone high surrogates": "\ud800",
    "lone low surrogates": "\udfff.",
    "zero": "\0",
    "controls": "\x01\x1b.",
    "right to left": "\u202eשלום. ",
    "combining marks": "a\u0301",
    "only combining marks": "\u0301",
    "emoji": "👨\u200d👩\u200d👧. ",
    "astral Han": "𠀀。",
    "mixed": "Hi你好. 안녕。مرحبا! ",
    "line separators": "\u2028a.",
    "full width": "Ａ．１．",
    "byte order marks": "\ufeff",
}
HOUSE = checked(
    SegmentationRules(
        (LanguageRules(".*", rules=(BreakRule(False, r"\b\w+\.", r"\s\w"), BreakRule(True, "[a-z好]+[,，:]", ""))),)
    )
)


def timed(work: Callable[[], list[str]], most: float = FEW_SECONDS) -> list[str]:
    begun = time.process_time()
    done = work()
    assert time.process_time() - begun < most
    return done


def much(unit: str, size: int = MANY) -> str:
    return UNITS[unit] * (size // len(UNITS[unit]))


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
@pytest.mark.parametrize("unit", LARGEST)
def test_a_line_of_a_million_characters_is_cut_in_time(unit: str, language: str) -> None:
    text = much(unit, MILLION)
    assert "".join(timed(lambda: segmenter(language).split(text), SECONDS)) == text


@pytest.mark.parametrize("language", ["zh-Hans", "en", pytest.param("fr", marks=pytest.mark.proof)])
@pytest.mark.parametrize("unit", UNITS)
def test_a_long_line_is_cut_in_time(unit: str, language: str) -> None:
    text = much(unit)
    assert "".join(timed(lambda: segmenter(language).split(text))) == text


@pytest.mark.parametrize("unit", UNITS)
def test_a_story_cuts_it_in_time_and_so_do_the_rules_of_a_house(unit: str) -> None:
    text = much(unit)
    assert " ".join(timed(lambda: split_for_story(text, "en", HOUSE))) == text


@pytest.mark.parametrize("unit", UNITS)
def test_addresses_are_looked_for_in_time(unit: str) -> None:
    text = much(unit)
    timed(lambda: [str(span) for span in address_spans(text)])


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
@pytest.mark.parametrize("unit", ["0", "9", "0,", "1.", "1成", "5折", "增加2倍", "下午2:30", "8月中旬"])
def test_numbers_are_read_in_time(unit: str, language: str) -> None:
    text = unit * (200_000 if len(unit) == 1 else 50_000 // len(unit))
    timed(lambda: [quantity.text for quantity in read_numbers(text, language)], SECONDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\u3000\u3000", ".", "。", "…", "“", "”", "(", "\ud800", "\0", "\ufeff", "的"]
)
def test_texts_of_almost_nothing_come_back(text: str, language: str) -> None:
    assert segmenter(language).split(text) == ([text] if text else [])
    assert split_for_story(text, language) == ([text] if text else [])


@pytest.mark.parametrize("language", ["", "x", "zh", "ZH_hans", "en-US", "EN", "de", "tlh", "zh-Hant-TW", "a" * 5000])
def test_any_language_tag_is_cut_somehow(language: str) -> None:
    text = "One. Two. 一。二。"
    assert "".join(segmenter(language).split(text)) == text
