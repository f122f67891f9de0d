"""The checks of names and job titles: what they find, and what they must leave alone."""

import pytest

from desktop_app.domain.findings import Finding, Severity
from desktop_app.domain.terms import Term, TermKind
from desktop_app.language.checks import Context, Pair, run_checks

PEOPLE = (
    Term("1", "马云", "Jack Ma", TermKind.PERSON),
    Term("2", "杨琳迪", "YANG Lindi", TermKind.PERSON),
    Term("3", "李飞飞", "Fei-Fei Li", TermKind.PERSON),
)


def found(check: str, *texts: tuple[str, str], terms: tuple[Term, ...] = ()) -> list[Finding]:
    pairs = [Pair(str(n), source, target) for n, (source, target) in enumerate(texts, 1)]
    return run_checks(pairs, only=[check], context=Context(terms=terms))


@pytest.mark.parametrize(
    ("source", "target", "fixed"),
    [
        ("马云说", "Ma Yun said so.", "Jack Ma said so."),
        ("记者杨琳迪", "by Lindi Yang", "by Yang Lindi"),
        ("记者杨琳迪", "by LINDI Yang", "by YANG Lindi"),
        ("李飞飞教授", "Professor Li Feifei", "Professor Fei-Fei Li"),
    ],
)
def test_a_person_of_the_termbase_otherwise_is_an_error(source: str, target: str, fixed: str) -> None:
    (finding,) = found("name", (source, target), terms=PEOPLE)
    assert finding.severity is Severity.ERROR
    assert finding.fix is not None
    assert finding.fix.target == fixed


@pytest.mark.parametrize(
    ("source", "target"),
    [("马云说", "Jack Ma’s words"), ("杨琳迪", "YANG Lindi"), ("杨琳迪", "Yang Lindi"), ("李飞飞", "FEI-FEI LI")],
)
def test_a_person_as_the_termbase_has_it_is_fine(source: str, target: str) -> None:
    assert found("name", (source, target), terms=PEOPLE) == []


def test_a_longer_name_that_begins_alike_is_somebody_else() -> None:
    terms = (Term("1", "王明", "Bill Wang", TermKind.PERSON),)
    assert found("name", ("王明亮说", "Wang Mingliang said"), terms=terms) == []
    assert len(found("name", ("王明说", "Wang Ming said"), terms=terms)) == 1


def test_a_person_is_named_in_full_first_and_freely_afterwards() -> None:
    first = found("name", ("马云说", "Ma said."), ("马云说", "He said."), terms=PEOPLE)
    assert [(f.segment, f.severity) for f in first] == [("1", Severity.NOTE)]
    lost = found("name", ("马云说", "The founder said."), terms=PEOPLE)
    assert [f.severity for f in lost] == [Severity.WARNING]
    assert found("name", ("马云说", "Jack Ma said."), ("马云说", "Ma, he said."), terms=PEOPLE) == []


@pytest.mark.parametrize(
    ("source", "target", "fixed", "severity"),
    [
        ("李明说", "So said Ming Li.", "So said Li Ming.", "warning"),
        ("李小明", "Li Xiao-ming", "Li Xiaoming", "warning"),
        ("单田芳", "Dan Tianfang", "Shan Tianfang", "warning"),
        ("院士毛新宇", "Mao Xingyu", "Mao Xinyu", "warning"),
        ("吕晨光", "Lv Chenguang", "Lyu Chenguang", "note"),
        ("李西安", "Li Xian", "Li Xi'an", "note"),
        ("王小平", "Wang XiaoPing", "Wang Xiaoping", "note"),
    ],
)
def test_a_name_against_the_rule_is_told_with_its_fix(source: str, target: str, fixed: str, severity: str) -> None:
    (finding,) = found("name", (source, target))
    assert finding.severity.value == severity
    assert finding.fix is not None
    assert finding.fix.target == fixed


@pytest.mark.parametrize(
    ("source", "target"),
    [("李明", "Li Ming"), ("李明", "LI Ming"), ("李明", "LI MING"), ("李西安", "Li Xi’an"), ("吕晨光", "Lü Chenguang")],
)
def test_a_name_by_the_rule_is_fine(source: str, target: str) -> None:
    assert found("name", (source, target)) == []


def test_one_name_is_written_in_one_way_in_a_story() -> None:
    (finding,) = found("name", ("李明教授", "Professor Li Ming"), ("他", "He"), ("李明说", "LI Ming said"))
    assert (finding.segment, finding.severity) == ("3", Severity.WARNING)
    assert finding.fix is not None
    assert finding.fix.target == "Li Ming said"


@pytest.mark.parametrize(
    ("source", "target", "fixed"),
    [
        ("副校长张为民出席。", "President Zhang Weimin attended.", "Vice President Zhang Weimin attended."),
        ("副教授王芳", "Wang Fang, a professor", "Wang Fang, an associate professor"),
        ("副主任李明", "The director Li Ming", "The deputy director Li Ming"),
        ("党委副书记", "The secretary of the Party committee", "The deputy secretary of the Party committee"),
    ],
)
def test_a_deputy_who_became_the_chief_is_an_error(source: str, target: str, fixed: str) -> None:
    (finding,) = found("title", (source, target))
    assert finding.severity is Severity.ERROR
    assert finding.fix is not None
    assert finding.fix.target == fixed


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("副校长张为民", "Vice-President Zhang Weimin"),
        ("副院长", "Associate Dean"),
        ("常务副校长", "executive vice president"),
        ("校长李明、副校长张为民", "President Li Ming and Zhang Weimin"),
        ("副校长张为民", "Zhang Weimin"),
        ("副教授", "assistant professor"),
        ("目前总统", "the president now"),
        ("前总统", "the former president"),
        ("前总统", "ex-president"),
        ("副主任", "He shook his head."),
        ("校长", "the vice-chancellor"),
        ("副校长", "vice presidents"),
        ("校长助理", "assistant to the president"),
        ("校长李明和校长助理王芳", "President Li Ming and Wang Fang"),
    ],
)
def test_a_title_that_kept_its_rank_is_fine(source: str, target: str) -> None:
    assert found("title", (source, target)) == []


def test_another_title_with_a_word_of_its_own_is_no_excuse() -> None:
    texts = ("副校长张为民、院长王芳", "President Zhang Weimin and Wang Fang, a dean")
    assert [f.severity for f in found("title", texts)] == [Severity.ERROR]
    assert found("title", ("副校长张为民、院长王芳", "President Wang Fang and Zhang Weimin")) == []


def test_a_title_of_the_termbase_is_left_to_its_own_check() -> None:
    terms = (Term("1", "副校长", "Provost of the President"),)
    assert found("title", ("副校长王芳", "Wang Fang, Provost of the President"), terms=terms) == []


def test_the_right_one_of_two_posts_is_marked() -> None:
    (finding,) = found("title", ("校长李明、副校长王芳", "President Li Ming and President Wang Fang"))
    assert finding.target_span == (22, 31)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("前总统特朗普", "President Trump"),
        ("名誉主席", "the chairman"),
        ("客座教授", "a professor"),
        ("候任总理", "the premier"),
    ],
)
def test_a_lost_qualifier_is_a_warning(source: str, target: str) -> None:
    assert [f.severity for f in found("title", (source, target))] == [Severity.WARNING]


def test_a_chief_who_became_a_deputy_is_a_warning() -> None:
    assert [f.severity for f in found("title", ("校长李明", "Vice President Li Ming"))] == [Severity.WARNING]


def test_one_title_of_one_person_is_said_in_one_way() -> None:
    findings = found(
        "title",
        ("院长张为民出席。", "Dean Zhang Weimin attended."),
        ("张为民院长说", "Director Zhang Weimin said"),
        ("张院长说", "President Zhang said"),
        ("院长张为民", "Zhang Weimin, dean of the school"),
    )
    assert [f.segment for f in findings] == ["2", "3"]
    assert findings[1].fix is not None
    assert findings[1].fix.target == "Dean Zhang said"


def test_two_people_may_have_their_own_titles() -> None:
    assert found("title", ("院长张为民", "Dean Zhang Weimin"), ("院长李明", "Director Li Ming")) == []
