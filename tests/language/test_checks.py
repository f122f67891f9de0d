"""The checks: for each one what it finds, and what it must leave alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.language.checks import CHECKS, Pair, run_checks
from desktop_app.language.checks.full_width import narrowed

MARKS = st.sampled_from(
    [*" .,!?()（）“”\"'，。《》\u200b\u202e\n", "the ", "12 million", "1.2亿", "1月11日", "She", "会"]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(MARKS, max_size=25).map("".join))


def found(check: str, source: str, target: str, *, kind: str = "paragraph") -> list[Finding]:
    return run_checks([Pair("1", source, target, "zh-Hans", "en", kind)], only=[check])


def story(*texts: tuple[str, str]) -> list[Pair]:
    return [Pair(str(number), source, target) for number, (source, target) in enumerate(texts, 1)]


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_whatever_comes_findings_point_into_their_segment(texts: list[tuple[str, str]]) -> None:
    pairs = {pair.id: pair for pair in story(*texts)}
    for finding in run_checks(list(pairs.values())):
        pair = pairs[finding.segment or ""]
        for span, text in ((finding.source_span, pair.source), (finding.target_span, pair.target)):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
        assert finding.check in {check.id for check in CHECKS}
        assert str(finding.message)[-1] in ".?"
        assert finding.fix is None or finding.fix.target != pair.target


def test_findings_come_in_reading_order() -> None:
    pairs = story(("一", "the the"), ("二", ""), ("三", "a  b"))
    assert [finding.segment for finding in run_checks(pairs)] == ["1", "2", "3"]


def test_only_the_checks_asked_for_run() -> None:
    pairs = story(("一", "the the  end"))
    assert {finding.check for finding in run_checks(pairs, only=["doubled-space"])} == {"doubled-space"}


def test_an_unknown_check_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(WrongUsageError) as refused:
        run_checks([], only=["numbr"])
    assert "numbr" in str(refused.value.reason)
    assert "number" in str(refused.value.advice)


def test_every_check_has_an_id_of_its_own() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize(
    ("source", "target", "message", "fixed"),
    [
        (
            "协议总金额1.2亿元。",
            "It is worth RMB 12 million.",
            "1.2亿 = 120 million. The English says 12 million: ten times less.",
            "It is worth RMB 120 million.",
        ),
        (
            "投资2030万元。",
            "It cost 203 million yuan.",
            "2030万 = 20.3 million. The English says 203 million: ten times more.",
            "It cost 20.3 million yuan.",
        ),
        (
            "培养学生三千人。",
            "It trained 30 students.",
            "三千 = 3,000. The English says 30: a hundred times less.",
            "It trained 3,000 students.",
        ),
        (
            "3 亿人",
            "30,000 people",
            "3 亿 = 300 million. The English says 30,000: 10,000 times less.",
            "300 million people",
        ),
        (
            "增长35%。",
            "It grew by 53%.",
            "The source says 35%. The English says 53%.",
            "It grew by 35%.",
        ),
        (
            "增长百分之三十五。",
            "It grew by 53 percent.",
            "百分之三十五 = 35 percent. The English says 53 percent.",
            "It grew by 35 percent.",
        ),
    ],
)
def test_a_wrong_number_is_an_error_that_does_the_sum(source: str, target: str, message: str, fixed: str) -> None:
    (finding,) = found("number", source, target)
    assert finding.severity is Severity.ERROR
    assert str(finding.message) == message
    assert finding.fix is not None
    assert finding.fix.target == fixed
    assert found("number", source, fixed) == []


def test_spans_of_a_wrong_number_cover_both_numbers() -> None:
    source, target = "总金额1.2亿元。", "Worth 12 million yuan."
    (finding,) = found("number", source, target)
    assert finding.source_span is not None
    assert finding.target_span is not None
    assert source[slice(*finding.source_span)] == "1.2亿"
    assert target[slice(*finding.target_span)] == "12 million"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("总金额1.2亿元。", "The total was 120 million yuan."),
        ("总金额1.2亿元。", "The total was 120,000,000 yuan."),
        ("总金额1.197亿元。", "The total was nearly 120 million yuan."),
        ("7500 万英镑", "£75m in aid"),
        ("5000万至6000万人", "50 to 60 million people"),
        ("50至60万人", "500,000 to 600,000 people"),
        ("三分之一的学生", "a third of the students"),
        ("百分之五十的学生", "half of the students"),
        ("数十万人、几百家企业", "hundreds of thousands of people and several hundred firms"),
        ("万一下雨，千万不要出门。", "If it rains, do not go out."),
        ("今年60岁，20日到校。", "He is sixty and came on the 20th."),
        ("商品打七折。", "There is a 30 percent discount."),
        ("网址是http://a.cn/1234，图为5.jpg。", "See the address and the picture."),
        ("使用5G技术的35mm镜头", "a 35 mm lens with 5G technology"),
        ("版本4.2.16发布", "Version 4.2.16 is out"),
        ("第12届会议", "The 12th conference"),
        ("2万4801人", "24,801 people"),
    ],
)
def test_the_same_amount_in_other_units_is_no_finding(source: str, target: str) -> None:
    assert found("number", source, target) == []


def test_a_wrong_number_is_found_in_chinese_too() -> None:
    (finding,) = run_checks([Pair("1", "It costs 120 million.", "耗资12亿。", "en", "zh-Hans")], only=["number"])
    assert str(finding.message) == (
        "The source says 120 million. The translation says 12亿 = 1.2 billion: ten times more."
    )


def test_languages_whose_numbers_nobody_reads_are_left_alone() -> None:
    assert run_checks([Pair("1", "1.2亿", "12 Millionen", "zh-Hans", "de")], only=["number", "date"]) == []


@pytest.mark.parametrize(
    ("source", "target", "message", "fixed"),
    [
        (
            "1月11日下午来访。",
            "They came on January 12th.",
            "1月11日 = January 11. The English says January 12th.",
            "They came on January 11th.",
        ),
        (
            "11 月 2 日来访。",
            "They came on 3 November.",
            "11 月 2 日 = November 2. The English says 3 November.",
            "They came on 2 November.",
        ),
        ("十月一日", "on September 1", "十月一日 = October 1. The English says September 1.", "on October 1"),
        ("1958年成立。", "Founded in 1985.", "The source says 1958. The English says 1985.", "Founded in 1958."),
    ],
)
def test_a_wrong_date_is_an_error(source: str, target: str, message: str, fixed: str) -> None:
    (finding,) = found("date", source, target)
    assert finding.severity is Severity.ERROR
    assert str(finding.message) == message
    assert finding.fix is not None
    assert finding.fix.target == fixed
    assert found("date", source, fixed) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("1月11日下午", "on the afternoon of January 11th"),
        ("1月11日", "on 11 Jan."),
        ("7月4日", "the Fourth of July"),
        ("11月26日至27日", "on November 26 and 27"),
        ("5月3日到5日", "between 3 and 5 May"),
        ("2023年成立", "founded last year"),
        ("19世纪80年代", "the 1880s"),
        ("上世纪90年代", "the 1990s"),
        ("2020-2023年", "from 2020 to 2023"),
    ],
)
def test_a_right_date_is_no_finding(source: str, target: str) -> None:
    assert found("date", source, target) == []


@pytest.mark.parametrize(
    ("target", "marked", "fixed"),
    [
        ("the ceremony.She left.", "ceremony.She", "the ceremony. She left."),
        ("RMB 120 million.The projects run.", "million.The", "RMB 120 million. The projects run."),
        ("He said “go.”Then he left.", "Then", "He said “go.” Then he left."),
        ("January 29,2024", "29,2024", "January 29, 2024"),
        ("steel,copper and tin", "steel,copper", "steel, copper and tin"),
        ("at BJUT(Beijing University)", "BJUT(Beijing", "at BJUT (Beijing University)"),
    ],
)
def test_a_missing_space_is_put_in(target: str, marked: str, fixed: str) -> None:
    (finding,) = found("missing-space", "会", target)
    assert finding.target_span is not None
    assert target[slice(*finding.target_span)].endswith(marked)
    assert finding.fix is not None
    assert finding.fix.target == fixed
    assert found("missing-space", "会", fixed) == []


@pytest.mark.parametrize(
    "target",
    [
        "The U.S.A. and the Ph.D. of J.K. Rowling, e.g. at 5 p.m. on Node.js.",
        "See www.Example.Com/A.B, a.b@c.edu.cn, https://x.cn/A,B and 1.jpg.",
        "It rose 3.5 percent to 1,234,567 at 10:30, or 2:1.",
        "The student(s) and the page 12,13 of it’s.",
        "“Yes,” she said, “no.” (He left.)",
        "Set x=a,b;c=d in /etc/A.Conf.",
    ],
)
def test_marks_inside_words_numbers_and_addresses_need_no_space(target: str) -> None:
    assert found("missing-space", "会", target) == []


def test_a_doubled_space_is_made_one() -> None:
    (finding,) = found("doubled-space", "会", "The  end.")
    assert finding.target_span == (3, 5)
    assert finding.fix is not None
    assert finding.fix.target == "The end."


def test_single_spaces_and_line_ends_are_no_doubled_space() -> None:
    assert found("doubled-space", "会", "The end.\n\nOf it all.") == []


@pytest.mark.parametrize(
    ("target", "fixed"),
    [(" The end.", "The end."), ("The end. ", "The end."), ("The end .", "The end."), ("Yes ( no)", "Yes (no)")],
)
def test_a_stray_space_is_taken_out(target: str, fixed: str) -> None:
    (finding,) = found("stray-space", "会", target)
    assert finding.severity is Severity.NOTE
    assert finding.fix is not None
    assert finding.fix.target == fixed


def test_spaces_before_brackets_dots_and_decimals_are_meant() -> None:
    assert found("stray-space", "会", "A .NET tool (new) costs .5 – or more … (a)") == []


@pytest.mark.parametrize(
    ("target", "fixed"), [("announce the the plan", "announce the plan"), ("The the plan", "The plan")]
)
def test_a_doubled_word_is_left_once(target: str, fixed: str) -> None:
    (finding,) = found("doubled-word", "会", target)
    assert finding.fix is not None
    assert finding.fix.target == fixed


@pytest.mark.parametrize("target", ["He had had that that is very very odd.", "Bora Bora and Duran Duran", "on-on on"])
def test_words_that_english_doubles_are_left_alone(target: str) -> None:
    assert found("doubled-word", "会", target) == []


def test_chinese_left_in_english_is_a_warning_and_in_quotation_marks_a_note() -> None:
    (finding,) = found("chinese-left", "会议", "The 会议 was held.")
    assert finding.severity is Severity.WARNING
    assert finding.target_span == (4, 6)
    assert [f.severity for f in found("chinese-left", "福", "The character “福” means luck.")] == [Severity.NOTE]


def test_accents_and_chinese_translations_hold_no_chinese_left_over() -> None:
    assert found("chinese-left", "会", "Ján Kubiš met LÜ in a café.") == []
    assert run_checks([Pair("1", "Meeting", "会议，很好。", "en", "zh-Hans")]) == []


@pytest.mark.parametrize(
    ("target", "fixed"),
    [
        ("Yes，we can。", "Yes, we can."),
        ("BJUT（Beijing）is １２％ 《Dream》", "BJUT (Beijing) is 12% “Dream”"),
        ("a、b：c", "a, b: c"),
    ],
)
def test_full_width_characters_are_narrowed_with_the_spaces_they_need(target: str, fixed: str) -> None:
    (finding,) = found("full-width", "会", target)
    assert finding.fix is not None
    assert finding.fix.target == fixed
    assert narrowed(fixed) == fixed


def test_english_typography_is_not_full_width() -> None:
    assert found("full-width", "会", "“It’s” – fine … £5 · 3 °C €10") == []


def test_a_character_that_turns_the_direction_is_an_error() -> None:
    (finding,) = found("hidden-character", "会", "abc\u202edef")
    assert finding.severity is Severity.ERROR
    assert "U+202E" in str(finding.message)
    assert finding.fix is not None
    assert finding.fix.target == "abcdef"


def test_invisible_characters_are_warned_of_and_in_the_source_noted() -> None:
    assert [f.severity for f in found("hidden-character", "会", "zero\u200bwidth")] == [Severity.WARNING]
    assert [f.severity for f in found("hidden-character", "会\ufeff议", "Fine.")] == [Severity.NOTE]


def test_line_ends_tabs_hard_spaces_and_joined_emoji_are_not_hidden() -> None:
    assert found("hidden-character", "会", "a\tb\nc\u00a0d 👩\u200d🔬") == []


@pytest.mark.parametrize(
    ("target", "place"), [("He (she left.", 3), ("He she) left.", 6), ("“Go, he said.", 0), ('Go," he said.', 3)]
)
def test_a_mark_without_its_partner_is_found(target: str, place: int) -> None:
    (finding,) = found("unbalanced", "会", target)
    assert finding.target_span == (place, place + 1)


@pytest.mark.parametrize(
    "target",
    ["“Go” (now) [sic] 'tis", "1) one 2) two", "a) one; b) two", 'a 24" screen', 'He said "yes" and "no".', "’90s"],
)
def test_balanced_marks_lists_and_inches_are_left_alone(target: str) -> None:
    assert found("unbalanced", "会", target) == []


def test_a_quotation_over_several_segments_is_balanced() -> None:
    pairs = story(("“一。", "“One."), ("二。", "Two."), ("“三。”", "“Three.”"), ("四", "“Four."), ("五", "Five.”"))
    assert run_checks(pairs, only=["unbalanced"]) == []


def test_a_quotation_that_never_closes_is_noted() -> None:
    (finding,) = run_checks(story(("一。", "“One."), ("二。", "Two.")), only=["unbalanced"])
    assert (finding.segment, finding.severity) == ("1", Severity.NOTE)


def test_a_sentence_without_translation_is_an_omission() -> None:
    (finding,) = run_checks(story(("一。", "One."), ("二。", " ")), only=["omission"])
    assert (finding.segment, finding.severity, finding.source_span) == ("2", Severity.WARNING, (0, 2))


def test_a_line_alone_without_translation_is_an_omission_and_english_alone_is_no_addition() -> None:
    assert [one.segment for one in run_checks(story(("一。", "")), only=["omission", "addition"])] == ["1"]
    assert run_checks(story(("", "One."), ("", "Two.")), only=["omission", "addition"]) == []


def test_a_sentence_without_source_is_an_addition() -> None:
    (finding,) = run_checks(story(("一。", "One."), ("", "Two.")), only=["addition"])
    assert (finding.segment, finding.target_span) == ("2", (0, 4))


def test_a_caption_in_one_language_is_found_by_its_own_check_alone() -> None:
    pairs = [*story(("一。", "One.")), Pair("p", "座谈会现场", "", kind="caption")]
    assert [(f.check, f.segment) for f in run_checks(pairs)] == [("caption-missing", "p")]
    pairs[1] = Pair("p", "", "The meeting", kind="caption")
    assert [f.check for f in run_checks(pairs)] == ["caption-missing"]


def test_a_caption_in_both_languages_or_none_is_complete() -> None:
    pairs = [Pair("p", "现场", "The scene", kind="caption"), Pair("q", "", "", kind="caption")]
    assert run_checks(pairs, only=["caption-missing"]) == []


def test_an_address_that_got_lost_is_found() -> None:
    source = "详见https://x.edu.cn/a/1，或致信a.b@x.edu.cn。"
    lost = found("address", source, "See https://x.edu.cn/a/2 or write to A.B@x.edu.cn.")
    assert [source[slice(*(f.source_span or (0, 0)))] for f in lost] == ["https://x.edu.cn/a/1"]
    assert found("address", source, "See https://x.edu.cn/a/1 or write to A.B@x.edu.cn.") == []


@pytest.mark.parametrize(
    "piece", ["(", "“", "a.", "-a", "1", "一", "a@", "a.b", "1.", "one ", "ab(", " ", "Jan ", "1,234"]
)
def test_hostile_text_costs_no_more_than_its_length(piece: str) -> None:
    """Each would take minutes if a pattern tried every beginning with every end."""
    text = piece * (8_000 // len(piece))
    run_checks([Pair("1", text, text), Pair("2", f"a{text}b", f"a{text}b")])
