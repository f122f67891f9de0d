"""The checks of terms, first mentions and acronyms: what each finds, and what it must leave alone."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.findings import Finding, Severity
from desktop_app.domain.terms import Term, TermKind
from desktop_app.language.checks import CHECKS, Context, Pair, run_checks

BJUT = Term(
    "1", "北京工业大学", "Beijing University of Technology", TermKind.ORGANISATION, ("北工大",), "BJUT",
    forbidden=("Beijing Technology University",),
)  # fmt: skip
PRESIDENT = Term("2", "校长", "president", allowed=("principal",), forbidden=("rector",))
PEKING = Term("3", "北京", "Beijing", TermKind.PLACE, forbidden=("Peking",))
PKU = Term("4", "北京大学", "Peking University", TermKind.ORGANISATION, ("北大",))
STEEL = Term("5", "特种钢", "special steel")
TERMS = (BJUT, PRESIDENT, PEKING, PKU, STEEL)
MINE = {"term", "forbidden-term", "name", "title", "acronym", "first-mention"}


def story(*texts: tuple[str, str], kinds: tuple[str, ...] = ()) -> list[Pair]:
    return [
        Pair(str(n), source, target, kind=kinds[n - 1] if n <= len(kinds) else "paragraph")
        for n, (source, target) in enumerate(texts, 1)
    ]


def found(check: str, *texts: tuple[str, str], terms: tuple[Term, ...] = TERMS) -> list[Finding]:
    return run_checks(story(*texts), only=[check], context=Context(terms=terms))


def test_a_forbidden_word_is_an_error_and_its_fix_inflects() -> None:
    (finding,) = found("forbidden-term", ("各校校长出席。", "The rectors attended."))
    assert finding.severity is Severity.ERROR
    assert finding.source_span == (2, 4)
    assert finding.target_span == (4, 11)
    assert str(finding.message) == "“rector” is not to be used for 校长: write “president”."
    assert finding.fix is not None
    assert finding.fix.target == "The presidents attended."


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("北京大学校长", "the president of Peking University"),
        ("北京的北大", "Peking University in Beijing"),
        ("校长和教区长", "The president and the rector attended."),
        ("他来了", "The rector came."),
        ("校长", "the director"),
    ],
)
def test_the_forbidden_word_may_stand_for_something_else(source: str, target: str) -> None:
    assert found("forbidden-term", (source, target)) == []


def test_one_approved_form_does_not_excuse_a_forbidden_one_of_another_mention() -> None:
    assert len(found("forbidden-term", ("北京和北京", "Beijing and Peking"))) == 1


def test_a_term_that_is_not_there_is_a_warning() -> None:
    (finding,) = found("term", ("北工大举行会议。", "The meeting was held."))
    assert (finding.severity, finding.source_span) == (Severity.WARNING, (0, 3))
    assert "Beijing University of Technology" in str(finding.message)


def test_an_everyday_word_that_is_not_there_is_a_note() -> None:
    assert [f.severity for f in found("term", ("校长来了", "The dean came."))] == [Severity.NOTE]


@pytest.mark.parametrize(
    "texts",
    [
        [("校长来了", "The principal came")],
        [("校长来了", "Presidents came")],
        [("北工大来了", "BJUT came")],
        [("北京工业大学", "Beijing University of Technology"), ("北工大成立", "It was founded")],
        [("北京工业大学", "Beijing University of Technology"), ("北工大成立", "The University was founded")],
        [("北工大说：", "It said:"), ("他们来了", "Beijing University of Technology has come")],
        [("北工大", "")],
        [("校长来了", "A rector came")],
    ],
)
def test_a_term_may_be_said_in_other_ways(texts: list[tuple[str, str]]) -> None:
    assert [f for f in found("term", *texts) if f.segment == str(len(texts))] == []


def test_wrong_capitals_are_a_note_with_a_fix() -> None:
    (finding,) = found("term", ("北工大", "the beijing university of technology"))
    assert finding.severity is Severity.NOTE
    assert finding.fix is not None
    assert finding.fix.target == "the Beijing University of Technology"


def test_a_short_form_before_the_full_one_is_noted_once() -> None:
    findings = found("first-mention", ("北工大", "BJUT's hall"), ("北工大", "BJUT again"))
    assert [(f.segment, f.severity) for f in findings] == [("1", Severity.NOTE)]
    assert findings[0].fix is not None
    assert findings[0].fix.target == "Beijing University of Technology (BJUT)'s hall"


@pytest.mark.parametrize(
    "texts",
    [
        [("北京工业大学", "Beijing University of Technology (BJUT)"), ("北工大", "BJUT")],
        [("北工大", "BJUT (Beijing University of Technology)")],
        [("他们", "BJUT")],
    ],
)
def test_a_short_form_that_was_introduced_is_fine(texts: list[tuple[str, str]]) -> None:
    assert found("first-mention", *texts) == []


def test_headlines_may_be_short_and_introduce_nothing() -> None:
    pairs = story(("北工大", "BJUT"), ("北工大", "BJUT"), kinds=("headline",))
    findings = run_checks(pairs, only=["first-mention"], context=Context(terms=TERMS))
    assert [f.segment for f in findings] == ["2"]


@pytest.mark.parametrize(
    ("source", "lost"), [("世卫组织WHO表示", "WHO"), ("国产大飞机C919", "C919"), ("5G网络", "5G"), ("GDP增长", "GDP")]
)
def test_a_lost_acronym_is_found(source: str, lost: str) -> None:
    (finding,) = found("acronym", (source, "It is said so."))
    assert finding.severity is Severity.WARNING
    assert str(finding.message) == f"{lost} is not in the translation."


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("WHO表示", "The World Health Organization says"),
        ("AI时代", "the age of artificial intelligence"),
        ("AI时代", "the AI age"),
        ("COVID-19", "Covid-19"),
        ("手机APP", "mobile apps"),
        ("美国的USA", "the U.S.A."),
        ("G20峰会", "the G-20 summit"),
        ("第II卷", "volume two"),
        ("100KM", "100 km"),
        ("RMB", "yuan"),
        ("CEO说", "the chief executive said"),
        ("见www.WHO.int", "see it"),
    ],
)
def test_an_acronym_may_be_said_otherwise(source: str, target: str) -> None:
    assert found("acronym", (source, target)) == []


def test_two_letters_are_not_answered_by_chance() -> None:
    assert len(found("acronym", ("AI很好", "All is well and it is an idea."))) == 1


def test_a_term_answers_for_its_acronym() -> None:
    assert found("acronym", ("MBA项目", "the programme"), terms=(Term("1", "MBA项目", "programme"),)) == []


def test_without_terms_the_checks_of_terms_keep_quiet() -> None:
    for check in ("term", "forbidden-term", "first-mention"):
        assert found(check, ("北工大", "Peking"), terms=()) == []


MARKS = st.sampled_from(
    ["北工大", "北京", "校长", "副校长", "李明", "张为民", "教授", "5G", "WHO", "Li Ming", "Ming Li", "Peking",
     "rectors", "BJUT", " ", "’s", "President", "beijing university of technology", "Zhang Weimin", "，", ". "]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=40), st.lists(MARKS, max_size=12).map("".join))


@settings(deadline=None)  # the first name that is read loads the readings
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_whatever_comes_findings_point_into_their_segment(texts: list[tuple[str, str]]) -> None:
    pairs = {pair.id: pair for pair in story(*texts)}
    people = (Term("9", "李明", "LI Ming", TermKind.PERSON), Term("8", "校长", "head"))
    for finding in run_checks(list(pairs.values()), only=MINE, context=Context(terms=(*TERMS, *people))):
        pair = pairs[finding.segment or ""]
        for span, text in ((finding.source_span, pair.source), (finding.target_span, pair.target)):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
        assert str(finding.message)[-1] in "."
        assert finding.fix is None or finding.fix.target != pair.target
        check = next(check for check in CHECKS if check.id == finding.check)
        assert list(Severity).index(finding.severity) >= list(Severity).index(check.severity)


def test_false_alarms_are_rare_without_and_with_a_termbase(shared_data: Callable[[str], Path]) -> None:
    documents = json.loads(shared_data("alignment/news-wmt22/wmt22-en-zh-news.clean.json").read_text("utf-8"))
    terms = (
        Term("1", "联合国", "United Nations", short="UN", allowed=("U.N.",)),
        Term("2", "世界卫生组织", "World Health Organization", source_short=("世卫组织",), short="WHO"),
        Term("3", "气候变化", "climate change", forbidden=("climatic change",)),
        Term("4", "总理", "prime minister", allowed=("premier", "PM", "chancellor")),
        Term("5", "人权", "human rights", forbidden=("man's rights",)),
        Term("6", "难民", "refugee", allowed=("asylum seeker", "migrant")),
        Term("7", "欧盟", "European Union", short="EU", allowed=("European", "bloc"), forbidden=("Europe Union",)),
    )
    flagged: dict[Severity, set[tuple[str, str | None]]] = {severity: set() for severity in Severity}
    count = 0
    for document in documents:
        pairs = [
            Pair(str(number), document["zh"][source[0]], document["en"][target[0]])
            for number, (source, target) in enumerate(document["beads"])
            if len(source) == len(target) == 1
        ]
        count += len(pairs)
        for finding in run_checks(pairs, only=MINE, context=Context(terms=terms)):
            flagged[finding.severity].add((document["id"], finding.segment))
    assert count > 1000
    assert len(flagged[Severity.ERROR]) <= 0.005 * count
    assert len(flagged[Severity.WARNING]) <= 0.005 * count
    assert len(flagged[Severity.NOTE]) <= 0.03 * count
