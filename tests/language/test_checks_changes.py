"""Halves of the day, parts of months, ranks, and which way and how many times an amount changed."""

import pytest

from desktop_app.domain.findings import Finding, Severity
from desktop_app.language.checks import Pair, run_checks

ERROR, WARNING = Severity.ERROR, Severity.WARNING
CHECKS = ["number", "date", "percent", "measure", "bound", "change"]


def found(source: str, target: str, *, into: str = "en") -> list[Finding]:
    languages = ("zh-Hans", "en") if into == "en" else ("en", "zh-Hans")
    return run_checks([Pair("1", source, target, *languages)], only=CHECKS)


@pytest.mark.parametrize(
    ("source", "target", "check", "severity"),
    [
        # tenths and discounts
        ("增长3成。", "It grew 40 percent.", "number", ERROR),
        ("占3成5", "30 percent", "number", ERROR),
        ("打85折", "25 percent off", "number", ERROR),
        # the half of the day
        ("下午2:30开始", "It began at 2:30 a.m.", "date", ERROR),
        ("上午9时", "at 9 p.m.", "date", ERROR),
        ("上午9时", "at 21:00", "date", ERROR),
        ("早8点", "at 8 p.m.", "date", ERROR),
        ("凌晨3点", "at 3 p.m.", "date", ERROR),
        ("晚上8点", "at 8 in the morning", "date", ERROR),
        ("晚上8点", "at 08:00", "date", ERROR),
        ("中午12点", "at 12 a.m.", "date", WARNING),
        ("晚上12点", "at 12 p.m.", "date", WARNING),
        ("当地时间下午2时", "at 2 a.m. Beijing time", "date", WARNING),
        # the part of a month
        ("8月中旬", "in early August", "date", ERROR),
        ("8月上旬", "in late August", "date", ERROR),
        ("八月下旬", "in mid-August", "date", ERROR),
        ("8月上旬", "during the last ten days of August", "date", ERROR),
        ("本月下旬", "early this month", "date", ERROR),
        ("8月底", "in early August", "date", WARNING),
        # prizes, medals, places
        ("获得三等奖", "won the first prize", "number", ERROR),
        ("获得二等奖", "won third prize", "number", ERROR),
        ("获得一等奖", "won a second-class award", "number", ERROR),
        ("获得银牌", "won a gold medal", "number", ERROR),
        ("获得第三名", "took first place", "number", WARNING),
        ("获得亚军", "became the champion", "number", WARNING),
        ("夺得冠军", "finished as runner-up", "number", WARNING),
        ("获得季军", "was the runner-up", "number", WARNING),
        ("位列世界第二。", "It ranked third in the world.", "number", WARNING),
        # the direction
        ("下降20%", "rose 20 percent", "change", WARNING),
        ("同比增长3.5%", "fell by 3.5% year on year", "change", WARNING),
        ("增加了300人", "dropped by 300", "change", WARNING),
        ("出口增长20%", "a 20 percent drop in exports", "change", WARNING),
        ("销量下降了 50%", "sales are up 50 per cent", "change", WARNING),
        ("股价跌3%", "shares closed up 3 percent", "change", WARNING),
        ("将贸易额减少到200亿美元", "plans to increase its trade with Russia to $20 billion", "change", WARNING),
        ("由30%上升到40%", "fell from 30 percent, declining to 40 percent", "change", WARNING),
        # multiples
        ("比上年增加两倍", "It doubled.", "change", WARNING),
        ("增长到两倍", "It tripled.", "change", WARNING),
        ("翻一番", "It tripled.", "change", WARNING),
        ("翻两番", "It doubled.", "change", WARNING),
        ("增加三倍", "It doubled.", "change", WARNING),
    ],
)  # fmt: skip
def test_a_mistake_is_found_once(source: str, target: str, check: str, severity: Severity) -> None:
    assert [(one.check, one.severity) for one in found(source, target)] == [(check, severity)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        # tenths and discounts
        ("增长3成。", "It grew 30 percent."),
        ("销量减少2成。", "Sales fell 20 percent."),
        ("占3成5。", "It makes up 35 percent."),
        ("占三成半。", "It makes up 35 percent."),
        ("3到4成的学生", "30 to 40 percent of the students"),
        ("七八成", "70 to 80 percent"),
        ("近3成学生", "nearly a third of the students"),
        ("打8.5折", "15 percent off"),
        ("打85折", "15 percent off"),
        ("打八五折", "15 percent off"),
        ("打3折", "at 30 percent of the price"),
        ("3成员国", "three member states"),
        ("排列 %1 成圆形", "Arrange %1 in circle"),
        # the half of the day
        ("下午2:30", "2:30 p.m."),
        ("下午2:30", "14:30"),
        ("下午2:30", "2:30"),
        ("晚上8点", "20:00"),
        ("晚上12点", "12 a.m."),
        ("晚上12点", "midnight"),
        ("中午12点", "12 p.m."),
        ("中午12点", "noon"),
        ("中午12点半", "12:30 p.m."),
        ("晚上1点", "1 a.m."),
        ("9时", "9 p.m."),
        ("最早9时", "9 p.m. at the earliest"),
        ("晚7时至9时", "7 p.m. to 9 p.m."),
        ("上午9时至下午5时", "9 a.m. to 5 p.m."),
        # the part of a month
        ("8月中旬", "mid-August"),
        ("8月中下旬", "in mid-to-late August"),
        ("8月下旬", "at the end of August"),
        ("8月上旬", "in the first ten days of August"),
        ("早在8月下旬", "as early as late August"),
        ("8月下旬至9月上旬", "from late August to early September"),
        ("三月初三", "the third day of the third month"),
        # prizes, medals, places
        ("获三等奖", "won third prize"),
        ("一等奖2项，二等奖3项", "two first prizes and three second prizes"),
        ("获得一等奖", "won the top prize"),
        ("获得二等奖，这是她的第一个奖项", "won second prize, her first prize ever"),
        ("亚军", "runner-up"),
        ("季军", "second runner-up"),
        ("获得冠军", "won the championship"),
        ("第三名学生", "the third student of the champions"),
        # the direction
        ("从20%下降到10%", "fell from 20% to 10%"),
        ("增速下降20%", "growth fell 20 percent"),
        ("降幅扩大20%", "the decline widened by 20 percent"),
        ("下降20%", "fell 20 percent"),
        ("不会增长20%", "will not fall by 20 percent"),
        ("负增长20%", "fell 20 percent"),
        ("出口增长20%，进口下降20%", "imports fell 20 percent and exports rose 20 percent"),
        ("增长20%", "up to 20 percent were spared"),
        ("下降20%", "They were up to 20 percent lower."),
        ("新增300例", "fell to 300 new cases"),
        ("减税使产值增长20%", "cutting taxes raised output by 20 percent"),
        ("将开支降低20%", "cut its spending by 20 percent"),
        ("下降20%", "make up 20 percent"),
        # multiples
        ("增加两倍", "tripled"),
        ("增加两倍", "rose threefold"),
        ("增加一倍", "doubled"),
        ("增长到原来的两倍", "doubled"),
        ("是去年的两倍", "twice the number of last year"),
        ("翻两番", "quadrupled"),
        ("增长近1.5倍", "nearly 2.5 times as much"),
        ("他赢了三次，人数翻番", "He won three times, and the number doubled"),
    ],
)  # fmt: skip
def test_what_is_right_is_left_alone(source: str, target: str) -> None:
    assert [one for one in found(source, target) if one.severity is not Severity.NOTE] == []


@pytest.mark.parametrize(
    ("source", "target", "check"),
    [
        ("at 9 p.m.", "上午9时", "date"),
        ("in early August", "8月中旬", "date"),
        ("won the first prize", "获得三等奖", "number"),
        ("rose 20 percent", "下降20%", "change"),
        ("It doubled.", "增加两倍。", "change"),
    ],
)
def test_it_is_found_the_other_way_too(source: str, target: str, check: str) -> None:
    assert check in {one.check for one in found(source, target, into="zh")}


def test_an_hour_is_offered_in_the_other_half_of_the_day() -> None:
    finding = found("下午2:30开始", "It began at 2:30 a.m.")[0]
    assert str(finding.message) == "下午2:30 = 14:30. The translation says 2:30 a.m."
    assert finding.fix is not None
    assert finding.fix.target == "It began at 2:30 p.m."


def test_a_decade_is_told_with_its_ending_and_its_sign() -> None:
    finding = found("20世纪60年代", "in the 1970s")[0]
    assert str(finding.message) == "20世纪60年代 = 1960s. The English says 1970s."
    assert finding.fix is not None
    assert finding.fix.target == "in the 1960s"


@pytest.mark.parametrize("source", ["两百万", "两百万人", "两百万游客"])
def test_a_slip_of_scale_is_told_as_one_in_words_too(source: str) -> None:
    finding = found(source, "two hundred million people")[0]
    assert str(finding.message) == "两百万 = 2 million. The English says two hundred million: a hundred times more."
