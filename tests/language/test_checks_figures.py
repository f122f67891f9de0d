"""Wrong figures: each kind of mistake that the checks of figures must find, by whom and how grave."""

import pytest

from desktop_app.domain.findings import Finding, Severity
from desktop_app.language.checks import CHECKS, Context, Pair, run_checks

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
FIGURES = ["number", "date", "weekday", "percent", "currency", "measure", "bound"]


def found(source: str, target: str, *, into: str = "en", date: str | None = None) -> list[Finding]:
    languages = ("zh-Hans", "en") if into == "en" else ("en", "zh-Hans")
    return run_checks([Pair("1", source, target, *languages)], only=FIGURES, context=Context(date=date))


def kinds(findings: list[Finding]) -> list[tuple[str, Severity]]:
    return [(finding.check, finding.severity) for finding in findings]


@pytest.mark.parametrize(
    ("source", "target", "check", "severity"),
    [
        # digits and powers of ten
        ("现有在校生3万余人。", "It has over 3,000 students.", "number", ERROR),
        ("总投资36.8亿元。", "It cost 36.8 billion yuan.", "number", ERROR),
        ("总投资36.8亿元。", "It cost 368 million yuan.", "number", ERROR),
        ("粮食总产量13731亿斤。", "Grain output was 1,373.1 billion kilograms.", "measure", WARNING),
        ("有24801名学生。", "There are 24,811 students.", "number", ERROR),
        ("有2600名学生。", "There are 2,605 students.", "number", ERROR),
        ("近60%的学生", "almost 63% of the students", "number", ERROR),
        ("价值是其66倍。", "It is worth 67 times as much.", "number", ERROR),
        ("7.8级地震", "a magnitude-8.7 earthquake", "number", ERROR),
        ("北溪2号管道", "the Nord Stream 3 pipeline", "number", ERROR),
        ("一名60岁男子死亡，5人被困。", "A 6-year-old man died and five people were trapped.", "number", ERROR),
        ("隔离10天，接触者也隔离10天。", "They isolate for 20 days, as do contacts.", "number", ERROR),
        ("占地1200亩", "covers 800 hectares", "number", ERROR),
        ("全长120公里", "75 meters long", "number", ERROR),
        # the same value stands elsewhere in the sentence
        ("1人死亡，5人被困。", "The avalanche killed 5 and trapped 5.", "number", WARNING),
        ("用了10到15分钟，有一个人帮忙。", "It took 1 to 15 minutes with the help of a friend.", "number", WARNING),
        ("两周后，他买了三艘船。", "Three weeks later he bought three ships.", "number", WARNING),
        # number words and ranks
        ("四名学生获奖。", "Five students won prizes.", "number", WARNING),
        ("双方举行了会谈。", "The four sides held talks.", "number", WARNING),
        ("这两个邻国", "the three neighbors", "number", WARNING),
        ("第三届论坛", "the fourth forum", "number", WARNING),
        ("第12届会议", "the 13th conference", "number", ERROR),
        # lost and added
        ("共有300人参加。", "Many took part.", "number", WARNING),
        ("很多人参加。", "Some 300 people took part.", "number", WARNING),
        ("他们很高兴。", "The seven of them were glad.", "number", WARNING),
        ("这九个人很高兴。", "They were glad.", "number", NOTE),
        # percent
        ("增长3.5%。", "It grew by 5.3 percent.", "number", ERROR),
        ("约七成学生", "about 80 percent of the students", "number", ERROR),
        ("上升3.2个百分点", "up by 3.2 percent", "percent", ERROR),
        ("增长3.2%", "up by 3.2 percentage points", "percent", ERROR),
        ("增长3.2%", "up by 3.2", "percent", ERROR),
        ("增长3.2", "up by 3.2%", "percent", ERROR),
        # money
        ("捐资1.2亿元", "donated 120 million dollars", "currency", ERROR),
        ("捐资1.2亿元", "donated $120 million", "currency", ERROR),
        ("价值500万美元", "worth 5 million euros", "currency", ERROR),
        ("价值500万美元", "worth £5 million", "currency", ERROR),
        ("售价10英镑", "on sale for 10 dollars", "currency", ERROR),
        ("捐资1.2亿元", "donated 120 million", "currency", WARNING),
        ("100万港元", "US$1 million", "currency", ERROR),
        # measures
        ("为期三年的项目", "a project of three months", "measure", WARNING),
        ("全长120公里", "120 meters long", "measure", WARNING),
        ("重30公斤", "weighs 30 tonnes", "measure", WARNING),
        ("占地50公顷", "covers 50 square kilometers", "measure", WARNING),
        ("几天后", "a few weeks later", "measure", WARNING),
        # bounds
        ("超过300人", "less than 300 people", "bound", WARNING),
        ("300多人", "nearly 300 people", "bound", WARNING),
        ("不足100人", "more than 100 people", "bound", WARNING),
        ("30人以上", "fewer than 30 people", "bound", WARNING),
        ("至少20人", "at most 20 people", "bound", WARNING),
        # dates and times
        ("1月11日来访", "visited on January 12", "date", ERROR),
        ("1月11日来访", "visited on 11 February", "date", ERROR),
        ("15日上午", "on the morning of the 16th", "date", ERROR),
        ("2015年", "in 2515", "date", ERROR),
        ("12月24日选举", "the election on December 54", "date", ERROR),
        ("自3月以来", "since April", "date", ERROR),
        ("2月商定的12月24日选举", "the December 24 election that was agreed in December", "date", WARNING),
        ("上世纪90年代", "in the 1980s", "date", ERROR),
        ("下午5时30分", "at 6:30 p.m.", "date", ERROR),
        ("下午5点半", "at 5:20 p.m.", "date", ERROR),
        ("1月11日来访。", "They came to visit.", "date", WARNING),
        ("1月11日来访。", "They came on Monday.", "date", NOTE),
        ("2019年成立。", "It was founded by teachers.", "date", WARNING),
        ("学校成立。", "It was founded in 1958.", "date", WARNING),
        # days of the week
        ("星期三上午", "on Thursday morning", "weekday", ERROR),
        ("上周五和下周一", "last Friday and next Tuesday", "weekday", ERROR),
        ("周六和周日", "on Sunday and Sunday", "weekday", WARNING),
        ("他来了。", "He came on Thursday.", "weekday", WARNING),
        ("周三他来了。", "He came.", "weekday", NOTE),
        ("2024年1月11日（星期四）", "Wednesday, January 11, 2024", "weekday", ERROR),
    ],
)  # fmt: skip
def test_a_mistake_is_found_by_its_check(source: str, target: str, check: str, severity: Severity) -> None:
    assert (check, severity) in kinds(found(source, target))


@pytest.mark.parametrize(
    ("source", "target", "check"),
    [
        ("It costs 120 million dollars.", "耗资12亿美元。", "number"),
        ("It costs $120 million.", "耗资1.2亿元。", "currency"),
        ("It rose by 3 percentage points.", "上升了3%。", "percent"),
        ("on January 12", "1月11日", "date"),
        ("on Monday", "周二", "weekday"),
        ("more than 300 people", "不足300人", "bound"),
        ("for three years", "为期三个月", "measure"),
    ],
)
def test_mistakes_in_chinese_are_found_too(source: str, target: str, check: str) -> None:
    assert check in [finding.check for finding in found(source, target, into="zh")]


@pytest.mark.parametrize(
    ("target", "fixed"),
    [
        ("It cost 36.8 billion yuan.", "It cost 3.68 billion yuan."),
        ("It cost 368 million yuan.", "It cost 3.68 billion yuan."),
    ],
)
def test_the_fix_of_an_amount_leaves_nothing_to_find(target: str, fixed: str) -> None:
    (finding,) = found("总投资36.8亿元。", target)
    assert finding.fix is not None
    assert finding.fix.target == fixed
    assert found("总投资36.8亿元。", fixed) == []


def test_a_wrong_weekday_is_put_right() -> None:
    (finding,) = found("星期三上午", "on Thursday morning")
    assert str(finding.message) == "星期三 = Wednesday. The English says Thursday."
    assert finding.fix is not None
    assert finding.fix.target == "on Wednesday morning"


@pytest.mark.parametrize(
    ("source", "target", "date", "count"),
    [
        ("2024年1月11日，他来了。", "He came on Wednesday, January 11, 2024.", None, 1),
        ("2024年1月11日，他来了。", "He came on Thursday, January 11, 2024.", None, 0),
        ("1月11日，他来了。", "He came on Wednesday, January 11.", "2024-01-29", 1),
        ("1月11日，他来了。", "He came on January 11 (Thursday).", "2024-01-29", 0),
        ("1月11日，他来了。", "He came on Wednesday, January 11.", None, 0),
        ("12月31日，他来了。", "He came on Sunday, December 31.", "2024-01-02", 0),
        ("2月30日，他来了。", "He came on Sunday, 30 February.", "2024-01-02", 0),
    ],
)
def test_the_calendar_knows_the_day_of_a_date(source: str, target: str, date: str | None, count: int) -> None:
    findings = [finding for finding in found(source, target, date=date) if "calendar" in str(finding.message)]
    assert len(findings) == count


def test_the_calendar_is_told_of_in_the_source_too() -> None:
    (finding,) = found("2024年1月11日（星期三）", "on Wednesday, the 11th of January 2024")
    assert (finding.check, finding.severity, finding.source_span) == ("weekday", NOTE, (0, 14))


LONG = "会议由技术转移处处长张晓峰主持，相关学院负责人和教师代表参加了座谈会，双方就人才培养深入交流。"
FULL = (
    "The meeting was chaired by ZHANG Xiaofeng, Dean of Technology Transfer. Deans and teachers of the schools "
    "concerned attended, and both sides talked at length about the training of students."
)


def lengths(source: str, target: str, kind: str = "paragraph") -> list[Severity]:
    findings = run_checks([Pair("1", source, target, "zh-Hans", "en", kind)], only=["length"])
    return [finding.severity for finding in findings]


def test_usual_lengths_headlines_and_short_sentences_are_no_finding() -> None:
    assert lengths(LONG, FULL) == []
    assert lengths(LONG, "A Meeting", "headline") == []
    assert lengths("好。", "That is very good indeed, I should think.") == []


def test_a_part_left_out_or_put_in_is_a_warning() -> None:
    assert lengths(LONG, "The meeting was chaired by ZHANG Xiaofeng, Dean of Technology Transfer.") == [WARNING]
    assert lengths(LONG, FULL + " " + FULL) == [WARNING]


def test_a_sentence_too_few_needs_less_to_be_a_warning() -> None:
    target = "He left at once for the station with all of his bags"
    assert lengths("他立刻带着他所有又旧又重的行李去了车站。天很黑，路也不好走。", target + ".") == [WARNING]
    assert lengths("他立刻带着他所有又旧又重的行李去了车站，天很黑，路也不好走。", target + ".") == []


def test_a_story_shows_how_long_its_translator_writes() -> None:
    wordy = [Pair(str(n), LONG, FULL + " That is what was said.") for n in range(20)]
    terse = Pair("x", LONG, " ".join(FULL.split()[:22]) + ".")
    assert run_checks([terse], only=["length"]) == []
    assert [finding.segment for finding in run_checks([*wordy, terse], only=["length"])] == ["x"]


def test_every_check_says_how_grave_it_can_be() -> None:
    rank = {ERROR: 2, WARNING: 1, NOTE: 0}
    graves = {check.id: rank[check.severity] for check in CHECKS}
    for finding in found("1.2亿元，星期三，增长3%，超过300人", "$12 million, Monday, 3 percentage points, under 300"):
        assert rank[finding.severity] <= graves[finding.check]


@pytest.mark.parametrize(
    "piece",
    ["1", "一", "1,", "1.", "十", "万", "%", "月", "1月", "1日", "周一", "周", "$", "$1", "a half ", "one and a half ",
     "1 to ", "one in ", "more than ", "January ", "Monday, ", "3个", "几", "X", "IX ", "1/", "分之", "第", "点", "1点",
     "1-", "12:30", "percentage ", "year ", "1 hours ", "over ", "上世纪", "2021-", "1. A", "。", "half a "],
)  # fmt: skip
def test_hostile_figures_cost_no_more_than_their_length(piece: str) -> None:
    """Each would take minutes if a pattern tried every beginning with every end."""
    text = piece * (6_000 // len(piece))
    run_checks([Pair("1", text, text[::-1]), Pair("2", text, f"a{text}b")], only=[*FIGURES, "length"])


def test_what_is_no_sentence_is_not_compared() -> None:
    text = "1 " * 500_000
    assert found(text, text + "2") == []
