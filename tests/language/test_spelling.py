"""Spelling: which words are asked about, what they were meant to be, which variety they belong to."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.desk.spelling import speller
from desktop_app.domain.findings import Finding
from desktop_app.domain.house_style import HouseStyle
from desktop_app.foundation.resources import resource
from desktop_app.language.checks import Context, Pair, run_checks
from desktop_app.language.checks.misspellings import judged_words
from desktop_app.language.spelling import accepting, without_possessive, words
from desktop_app.language.spelling.corrections import corrections
from desktop_app.language.spelling.proposals import proposals
from desktop_app.language.spelling.rescanning import Found, rescanned
from desktop_app.language.spelling.varieties import Mark, mark_of


def spelt(target: str, source: str = "会议。", accepted: tuple[str, ...] = ()) -> list[Finding]:
    context = Context(speller=accepting(speller(""), accepted))
    return run_checks([Pair("1", source, target)], only=["spelling"], context=context)


def varied(*targets: str, variety: str = "") -> list[tuple[str | None, str]]:
    pairs = [Pair(str(n), "一", target) for n, target in enumerate(targets, 1)]
    found = run_checks(pairs, only=["variety"], context=Context(style=HouseStyle(variety=variety)))
    return [(f.segment, f.fix.target if f.fix else "") for f in found]


@pytest.mark.parametrize(
    ("target", "right"),
    [
        ("They recieve an award.", "They receive an award."),
        ("The new enviroment.", "The new environment."),
        ("Our studnets won.", "Our students won."),
        ("A maintainance plan.", "A maintenance plan."),
        ("They met on tuesday.", "They met on Tuesday."),
        ("The univeristy’s gate.", "The university’s gate."),
        ("A well-organzied event.", "A well-organized event."),
        ("“Wonderfull,” he said.", "“Wonderful,” he said."),
        ("Beijing Univeristy of Technology", "Beijing University of Technology"),
        ("Environmental Goverment Offices", "Environmental Government Offices"),
    ],
)
def test_a_slip_is_noted_and_mended(target: str, right: str) -> None:
    (finding,) = spelt(target)
    assert finding.severity == "note"
    assert finding.fix is not None
    assert finding.fix.target == right
    assert spelt(right) == []


@pytest.mark.parametrize(
    "target",
    [
        "The colour and the color, organised and organized, 1990s, 21st, it’s, don’t, the students’ work.",
        "ZHANG Weidong met Ján Kubiš, McDonald, DeBerry and O’Brien of USTB on his iPhone at Xi’an.",
        "They ate jiaozi, drank baijiu and played the guzheng in a hutong.",
        "See www.exampel.com, teh.studnets@bjut.edu.cn, `recieve()` and pic_recieve.jpg.",
        "Nanocomposites, photocatalysis, pre-university, socio-economic and non-ferrous metals.",
        "Tencent and Alibaba, naïve cafés, C919, 5G, 3D-printed, MoU and PhD.",
        "We'll see what they've done; she'd go. What’ll happen?",
    ],
)
def test_names_pinyin_codes_and_both_varieties_are_accepted(target: str) -> None:
    assert spelt(target) == []


def test_names_of_the_house_and_words_of_the_source_are_accepted() -> None:
    assert len(spelt("The perowskitic qubitron glows.")) == 2
    assert spelt("The perowskitic qubitron glows.", "perowskitic 发光。", ("the Qubitron",)) == []


def test_a_word_far_from_any_other_has_no_fix() -> None:
    (finding,) = spelt("The qwxzvgtr glows.")
    assert finding.fix is None


def test_without_a_dictionary_nothing_is_said() -> None:
    assert run_checks([Pair("1", "一", "Teh end.")], only=["spelling"]) == []


def test_other_languages_are_not_spelt() -> None:
    context = Context(speller=speller(""))
    assert (
        run_checks([Pair("1", "一", "Der Anfäng ist schwehr.", "zh-Hans", "de")], only=["spelling"], context=context)
        == []
    )


def test_words_of_a_text() -> None:
    text = "It’s 5G at www.a.com: the students’ pre-war e.g. x_y, (well) “done”."
    found = [match.group() for match in words(text)]
    assert found == ["It’s", "at", "the", "students", "pre", "war", "well", "done"]


@given(st.text(max_size=200))
def test_words_stand_where_they_say(text: str) -> None:
    for match in words(text):
        assert text[match.start() : match.end()] == match.group()
        assert without_possessive(match.group())


@given(st.text(alphabet="abcdefgz", min_size=1, max_size=12))
def test_corrections_are_known_and_others(word: str) -> None:
    found = corrections(word, lambda one: one[:1] in "abc" and "d" not in one)
    assert len(found) <= 3
    assert word not in found
    assert all(one[:1] in "abc" and "d" not in one for one in found)


def test_the_likeliest_slip_comes_first() -> None:
    lexicon = {"form", "from", "farm", "fro"}
    assert corrections("fomr", lexicon.__contains__)[0] == "form"
    assert corrections("begining", {"beginning", "begging"}.__contains__) == ["beginning"]
    assert corrections("occurance", {"occurrence"}.__contains__) == ["occurrence"]


@pytest.mark.parametrize(
    ("word", "mark", "other"),
    [
        ("colours", Mark.BRITISH, "colors"),
        ("center", Mark.AMERICAN, "centre"),
        ("organised", Mark.ISE, "organized"),
        ("modernization", Mark.IZE, "modernisation"),
        ("travelling", Mark.BRITISH, "traveling"),
        ("programme", Mark.BRITISH, "program"),
    ],
)
def test_words_mark_their_variety(word: str, mark: Mark, other: str) -> None:
    assert mark_of(word) == (mark, other)


@pytest.mark.parametrize(
    "word", ["advise", "exercise", "rise", "prize", "size", "honorary", "laboratory", "humorous", "literature", "meter",
             "license", "judgement", "colonel", "coloration", "programming", "centred", "dialogue"]
)  # fmt: skip
def test_words_of_both_sides_mark_none(word: str) -> None:
    found = mark_of(word)
    assert found is None or word == "centred"


def test_every_marked_spelling_is_a_word_of_its_side() -> None:
    """The tables agree with the dictionaries: what is called British is in the British one."""
    known = {"en-GB": speller("en-GB"), "en-US": speller("en-US")}
    for word in ("colours", "favourable", "fulfilment", "skilfully", "analysing", "sulphate", "mouldy", "smouldering"):
        found = mark_of(word)
        assert found is not None
        assert found[0] is Mark.BRITISH
        assert known["en-GB"].known(word)
        assert known["en-US"].known(found[1])


def test_the_side_that_the_story_uses_less_is_told() -> None:
    assert varied("The colour of our programme.", "The labour centre.", "Our neighbors came.") == [
        ("3", "Our neighbours came.")
    ]
    assert varied("Our neighbors honor the center.", "The colour.") == [("2", "The color.")]


def test_one_side_throughout_is_right() -> None:
    assert varied("The colour of the programme was organized.", "They recognized the neighbours.") == []
    assert varied("The color of the program was organized.") == []
    assert varied("The computer program is in the parking meter.", "The colour.") == []


def test_names_keep_their_spelling() -> None:
    assert varied("The colour of the World Trade Center and the Department of Defense.") == []


def test_ise_and_ize_do_not_mix() -> None:
    assert varied("It was organised and recognised.", "They modernized it.") == [("2", "They modernised it.")]


def test_the_variety_of_the_house_decides() -> None:
    assert varied("The colours of the theatre.", variety="en-US") == [
        ("1", "The colors of the theatre."),
        ("1", "The colours of the theater."),
    ]
    assert varied("They organised it.", variety="en-US") == [("1", "They organized it.")]
    assert varied("They organized the colours.", variety="en-GB") == []
    assert varied("The color of the program.", variety="en-GB") == [("1", "The colour of the program.")]


def test_suggestions_are_of_the_house_s_variety() -> None:
    assert speller("en-GB").suggestions("coluor") == ["colour"]
    assert speller("en-US").suggestions("coluor")[0] == "color"


def test_dictionaries_load_from_any_folder_and_write_nothing(tmp_path: Path) -> None:
    """In a folder with spaces and Chinese in its name, in a process whose home cannot be written."""
    folder = tmp_path / "词典 of ours"
    folder.mkdir()
    for name in ("en_GB.aff", "en_GB.dic"):
        (folder / name).write_bytes(resource("dictionaries", name).read_bytes())
    code = f"""
        from hunspell import Hunspell
        found = Hunspell("en_GB", {str(folder)!r}, system_encoding="UTF-8")
        assert found.spell("colour") and not found.spell("colr")
    """
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], env={"HOME": str(home), "PATH": ""}, check=False
    )
    assert done.returncode == 0
    assert list(home.iterdir()) == []


_TYPED = st.text(alphabet=st.sampled_from("abé' -.,@/中😀\u00a0xw:"), max_size=30)


@given(_TYPED, _TYPED, _TYPED, _TYPED)
def test_words_found_again_after_a_change_are_those_of_the_whole_text(head, gone, come, tail) -> None:
    def scan(text: str) -> list[Found]:
        return [(*match.span(), (plain, joined)) for match, plain, joined in judged_words(text)]

    old, new = head + gone + tail, head + come + tail
    assert rescanned(old, scan(old), new, scan) == scan(new)


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("Yunchaun", "Yunchuan"), ("univeristy’s", "university’s"), ("AGREEMNT", "AGREEMENT"),
        ("delegaton", "delegation"), ("Presdent", "President"),
    ],
)  # fmt: skip
def test_proposals_keep_capitals_and_possessives_and_know_the_house(word: str, first: str) -> None:
    found = proposals(word, accepting(speller("en-GB"), ["Yunchuan City"]))
    assert found[0] == first
    assert len(found) <= 5
