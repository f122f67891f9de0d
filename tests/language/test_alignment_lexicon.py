"""The lexicon that alignment looks words up in: reading a dictionary, English stems, words cut and learned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.desk.lexicons import dictionary, lexicon_for
from desktop_app.domain.story import Languages
from desktop_app.language.alignment.learning import taught
from desktop_app.language.alignment.lexicon import Lexicon, read_cedict, with_terms
from desktop_app.language.alignment.stems import stem
from desktop_app.language.alignment.words import word_lists

LINES = """# CC-CEDICT
圖書館 图书馆 [tu2 shu1 guan3] /library/CL:家[jia1],個|个[ge4]/
打 打 [da2] /dozen (loanword)/
打 打 [da3] /to beat; to strike/to hit/
人 人 [ren2] /person; people/CL:個|个[ge4],位[wei4]/
張 张 [Zhang1] /surname Zhang/
殸 殸 [qing4] /variant of 磬[qing4]/
呂 吕 [Lu:3] /surname Lü/
not a line
 [] //
"""


@pytest.fixture
def small() -> Lexicon:
    return read_cedict(LINES)


def test_a_headword_is_found_in_both_scripts(small: Lexicon) -> None:
    assert dict(small.answers("图书馆")) == dict(small.answers("圖書館"))
    assert list(small.answers("图书馆")) == [stem("library")]


def test_all_readings_of_a_word_count_and_a_single_meaning_is_surer(small: Lexicon) -> None:
    assert set(small.answers("打")) == {stem("dozen"), "beat", "strike", "hit"}
    assert small.answers("图书馆")[stem("library")] > small.answers("打")["hit"]


def test_a_gloss_of_faint_words_alone_is_kept(small: Lexicon) -> None:
    assert list(small.answers("人")) == ["person"]


def test_references_to_other_entries_are_no_meaning(small: Lexicon) -> None:
    assert not small.answers("殸")
    assert not small.answers("没有")


def test_readings_are_without_tones(small: Lexicon) -> None:
    assert small.readings("吕") == ("lv",)
    assert small.readings("打") == ("da",)
    assert small.readings("空") == ()


@given(st.text(max_size=300))
def test_any_text_is_read_as_a_dictionary(text: str) -> None:
    lexicon = read_cedict(text)
    for word in lexicon.entries:
        assert all(0 < chance <= 1 for chance in lexicon.answers(word).values())
        lexicon.readings(word)


@pytest.mark.parametrize(
    "words",
    [
        ("say", "says", "said", "saying"),
        ("woman", "women"),
        ("investigate", "investigation", "investigated", "investigating"),
        ("run", "ran", "running", "runs"),
        ("city", "cities"),
        ("library", "libraries"),
        ("create", "created", "creation"),
        ("happy", "happiness", "happily"),
        ("stop", "stopped"),
        ("not", "nothing", "never"),
    ],
)
def test_forms_of_a_word_have_one_stem(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize("words", [("war", "water"), ("new", "news"), ("hand", "handle"), ("sing", "sin")])
def test_other_words_have_other_stems(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == len(words)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'", max_size=60))
def test_a_stem_is_never_longer_than_forty_letters(word: str) -> None:
    assert len(stem(word)) <= 40


def test_chinese_is_cut_into_the_words_of_the_lexicon(small: Lexicon) -> None:
    words = word_lists(["张打人图书馆"], ["Zhang"], ("zh", "en"), small)
    assert "图书馆" in words.source[0]
    assert "~~zhang" in words.source[0]


def test_terms_are_words_of_their_own(small: Lexicon) -> None:
    lexicon = with_terms(small, [("特材大", "Special Materials University"), ("", "x"), ("甲", "y"), ("特材", "")])
    assert "特材大" in lexicon
    assert stem("materials") in lexicon.answers("特材大")
    assert "特材" not in lexicon
    assert small.learned == {}


def test_pairs_of_a_memory_teach_words_that_no_dictionary_has() -> None:
    pairs = [
        (f"翀翯{sign}", f"zorble {word}")
        for sign, word in zip("东西南北春冬", ["oak", "elm", "ash", "fir", "yew", "ivy"], strict=True)
    ]
    lexicon = taught(Lexicon(), pairs, ("zh", "en"))
    assert max(lexicon.answers("&翀翯").values()) > 0.3


def test_the_dictionary_of_the_installation_is_there_and_read_once() -> None:
    assert "university" in dictionary().entries["大学"]
    assert stem("university") in dictionary().answers("大学")
    assert dictionary() is dictionary()


def test_only_chinese_and_english_have_the_dictionary() -> None:
    assert lexicon_for(Languages("en", "zh-Hans")) == dictionary()
    assert not lexicon_for(Languages("de", "fr")).entries
    learned = lexicon_for(Languages("en", "zh-Hans"), [(f"zorble {n}", "翀翯") for n in range(1001, 1010)])
    assert learned.answers("&翀翯")
