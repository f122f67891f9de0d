"""Terms in a source text, and their forms in English."""

import random
from itertools import pairwise
from timeit import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.terms import Term, TermKind
from desktop_app.language.terms import TermIndex, fold, index_of
from desktop_app.language.terms.inflection import forms_of, inflected_alike
from desktop_app.language.terms.rendering import Form, rendered, replacement

HAN = "北京工业大学中国人民校长院士研究生新闻"
MIXED = st.text(st.sampled_from([*HAN, *"AaBb5Gg 1.，·•Ｗ５\u200b"]), max_size=40)
UNIVERSITY = Term(
    "1", "北京工业大学", "Beijing University of Technology", TermKind.ORGANISATION, ("北工大",), "BJUT",
    allowed=("Beijing Tech",), forbidden=("Beijing Technology University",),
)  # fmt: skip


def found(source: str, *terms: Term) -> list[tuple[str, str, bool]]:
    return [(one.term.source, source[slice(*one.span)], one.short) for one in TermIndex(terms).find(source)]


def names(*sources: str) -> list[Term]:
    return [Term(source, source, "x") for source in sources]


def test_the_longest_term_wins_and_short_forms_are_told() -> None:
    terms = [UNIVERSITY, *names("北京", "工业", "大学")]
    assert found("北工大在北京，北京工业大学是大学。", *terms) == [
        ("北京工业大学", "北工大", True),
        ("北京", "北京", False),
        ("北京工业大学", "北京工业大学", False),
        ("大学", "大学", False),
    ]


def test_the_leftmost_comes_first_even_where_a_later_one_is_longer() -> None:
    assert [form for _, form, _ in found("中国人民大学", *names("中国人", "人民大学"))] == ["中国人"]


def test_width_case_and_spaces_beside_chinese_make_no_difference() -> None:
    terms = names("5G 网络", "卡扎菲·伊斯兰")
    assert [form for _, form, _ in found("建设５ｇ网络；5G  网 络；卡扎菲•伊斯兰", *terms)] == [
        "５ｇ网络",
        "5G  网 络",
        "卡扎菲•伊斯兰",
    ]


def test_a_latin_term_is_a_word_of_its_own() -> None:
    terms = names("5G", "AI", "C919")
    assert [form for _, form, _ in found("15G、5GB、5G，AI时代，AIR，C919飞机", *terms)] == ["5G", "AI", "C919"]


def test_an_acronym_wants_its_capitals() -> None:
    assert found("他用it说WHO", *names("WHO", "IT")) == [("WHO", "WHO", False)]


def test_traditional_characters_stay_what_they_are() -> None:
    assert found("北京工業大學", UNIVERSITY) == []


def test_a_short_form_does_not_begin_in_the_middle_of_a_place() -> None:
    terms = [Term("1", "北京大学", "Peking University", source_short=("北大",))]
    assert found("东北大学与河北大学", *terms) == []
    assert found("北大与东北大学", *terms) == [("北京大学", "北大", True)]


def test_terms_that_share_a_form_come_together() -> None:
    index = TermIndex([Term("1", "主任", "director"), Term("2", "主任", "dean")])
    assert [(one.term.target, one.span) for one in index.find("系主任")] == [("director", (1, 3)), ("dean", (1, 3))]
    assert {term.target for term in index.exactly("主任")} == {"director", "dean"}


@given(st.lists(MIXED.filter(str.strip), max_size=12), MIXED)
def test_mentions_are_in_order_apart_and_spell_their_term(forms: list[str], source: str) -> None:
    mentions = TermIndex(names(*forms)).find(source)
    for one in mentions:
        assert fold(source[slice(*one.span)]).strip() == fold(one.term.source).strip()
    spans = sorted({one.span for one in mentions})
    assert spans == list(dict.fromkeys(one.span for one in mentions))
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(st.lists(st.text(st.sampled_from(HAN), min_size=2, max_size=6), min_size=1, max_size=8), st.data())
def test_nothing_longer_begins_where_a_mention_begins(forms: list[str], data: st.DataObject) -> None:
    source = "".join(data.draw(st.lists(st.sampled_from([*forms, "，", "们"]), max_size=10)))
    for one in TermIndex(names(*forms)).find(source):
        start, end = one.span
        longer = [form for form in forms if len(form) > end - start and source.startswith(form, start)]
        assert not [form for form in longer if len(form) > 3 or start == 0]


def test_finding_is_linear_and_quick_with_ten_thousand_terms() -> None:
    chance = random.Random(5)
    terms = tuple(
        Term(str(number), "".join(chance.choices([chr(0x4E00 + n) for n in range(600)], k=chance.randint(2, 8))), "x")
        for number in range(10_000)
    )
    index = index_of(terms)
    assert index_of(terms) is index
    one = "".join(chance.choices([term.source for term in terms], k=500))
    short, long = (
        min(repeat(lambda text=text: list(index._walk(text)), number=1, repeat=3)) for text in (one, one * 8)
    )
    assert long < 24 * short + 0.05
    assert long < 2


def forms(term: Term, target: str) -> list[tuple[str, str]]:
    return [(target[slice(*one.span)], one.form.value) for one in rendered(term, target)]


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("high-speed rail", "High speed rails"),
        ("high-speed rail", "highspeed rail's"),
        ("machine learning", "machine-learning"),
        ("School of Materials", "Schools of Materials"),
        ("School of Materials", "SCHOOL OF MATERIALS"),
        ("School of Materials", "School of the Materials"),
        ("the Ministry of Education", "Ministry of Education’s"),
        ("carry out", "carried out"),
        ("study", "studies"),
        ("write", "written"),
        ("analysis", "analyses"),
        ("thesis", "theses"),
        ("alumnus", "alumni"),
        ("child", "children’s"),
        ("PhD student", "PhD students"),
        ("NGO", "NGOs"),
        ("Xi'an Jiaotong University", "Xi’an Jiaotong University"),
        ("“three reviews”", '"three reviews"'),
        ("model", "modelling"),
        ("plan", "planned"),
        ("die", "dying"),
    ],
)
def test_a_form_is_known_inflected_hyphenated_and_quoted(written: str, target: str) -> None:
    assert [one.form for one in rendered(Term("1", "词", written), f"so the {target} is")] == [Form.APPROVED]


@pytest.mark.parametrize(
    ("written", "target"),
    [("rector", "director"), ("NGO", "ngo"), ("US", "us"), ("School of Materials", "school of materials"),
     ("art", "artist"), ("president", "presidential"), ("...", "a ... b"), ("Ministry", "ministry")],
)  # fmt: skip
def test_another_word_is_not_a_form(written: str, target: str) -> None:
    assert rendered(Term("1", "词", written), f"so the {target} is") == []


def test_the_longest_form_counts_and_the_better_of_equal_ones() -> None:
    term = Term("1", "副校长", "vice rector", allowed=("Rector",), forbidden=("rector", "vice"))
    assert forms(term, "A vice rector met the Rector and a rector.") == [
        ("vice rector", "approved"),
        ("Rector", "allowed"),
        ("rector", "forbidden"),
    ]


def test_whoever_forbids_a_word_means_it_with_and_without_a_capital() -> None:
    assert forms(Term("1", "校长", "president", forbidden=("Rector",)), "a rector") == [("rector", "forbidden")]
    internet = Term("1", "互联网", "internet", forbidden=("Internet", "US"))
    assert forms(internet, "The Internet is the internet for us.") == [
        ("Internet", "approved"),
        ("internet", "approved"),
    ]


def test_forms_in_another_language_are_looked_for_as_they_are() -> None:
    term = Term("1", "大学", "Universität", forbidden=("Hochschule",))
    assert [one.form for one in rendered(term, "die universität, die Hochschule, Hochschulen", "de")] == [
        Form.APPROVED,
        Form.FORBIDDEN,
    ]


@pytest.mark.parametrize(
    ("target", "forbidden", "approved", "made"),
    [
        ("The rectors met.", "rector", "president", "The presidents met."),
        ("Rector of all.", "rector", "president", "President of all."),
        ("a rector’s word", "rector", "academic head", "an academic head’s word"),
        ("an institute", "institute", "school", "a school"),
        ("two Schools of Steel", "School of Steel", "College of Steel", "two Colleges of Steel"),
        ("They stopped it", "stop", "end", "They ended it"),
        ("the Beijing Tech University's hall", "Beijing Tech University", "Beijing University of Technology",
         "the Beijing University of Technology's hall"),
        ("met the rector", "rector", "the president", "met the president"),
    ],
)  # fmt: skip
def test_a_forbidden_form_is_replaced_inflected_alike(target: str, forbidden: str, approved: str, made: str) -> None:
    span = rendered(Term("1", "词", "zzz", forbidden=(forbidden,)), target)[0].span
    assert replacement(target, span, forbidden, approved) == made


@given(st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=12))
def test_a_word_is_among_its_own_forms(word: str) -> None:
    assert word in forms_of(word)
    assert inflected_alike(word, word, "other") == "other"


@given(st.text(max_size=30), st.text(max_size=60))
def test_whatever_the_texts_are_spans_are_inside(written: str, target: str) -> None:
    term = Term("1", "词", written, forbidden=(written[::-1],))
    for one in rendered(term, target):
        assert 0 <= one.span[0] < one.span[1] <= len(target)
        assert isinstance(replacement(target, one.span, one.written, "other words"), str)


def test_long_texts_cost_no_more_than_their_length() -> None:
    term = Term("1", "词", "a b-c, d of e", forbidden=("b b b b b",))
    one, four = "b b b b " * 2_000 + " " * 5_000 + "a, " * 2_000, 4
    short, long = (
        min(repeat(lambda text=text: rendered(term, text), number=1, repeat=3)) for text in (one, one * four)
    )
    assert long < 3 * four * short + 0.05
