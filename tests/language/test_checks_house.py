"""The checks of the house: marks, headings, captions, repeats and patterns; what each finds and leaves alone."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.desk.checking import default_context
from desktop_app.domain.findings import Finding, Severity
from desktop_app.domain.house_style import HousePattern, HouseStyle
from desktop_app.language.checks import CHECKS, Context, Pair, run_checks
from desktop_app.language.patterns import compiled

OURS = (
    "chinese-left", "full-width", "hidden-character", "missing-space", "doubled-space", "stray-space", "doubled-word",
    "unbalanced", "mixed-quotes", "mixed-ellipsis", "dash", "small-start", "spelling", "variety", "long-sentence",
    "headline-stop", "headline-length", "headline-case", "caption-missing", "caption-end", "picture-credit",
    "inconsistent", "same-translation", "half-width", "wide-figures", "house",
)  # fmt: skip
MARKS = st.sampled_from(
    [
        *" .,-!?()（）“”\"'’‘，。：；《》—…\n",
        " - ",
        "--",
        "...",
        "the ",
        "Photo by Li",
        "会",
        "摄",
        "１２",
        "RMB 1 yuan",
        "an use",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(MARKS, max_size=25).map("".join))
KINDS = st.sampled_from(["headline", "deck", "paragraph", "subheading", "list item", "quotation", "caption"])


def look(check: str, pairs: Sequence[Pair], **style: object) -> list[Finding]:
    return run_checks(pairs, only=[check], context=Context(style=HouseStyle(**style)))  # type: ignore[arg-type]


def found(
    check: str, target: str, source: str = "会议。", *, kind: str = "paragraph", **style: object
) -> list[Finding]:
    return look(check, [Pair("1", source, target, kind=kind)], **style)


def fixed(finding: Finding) -> str:
    assert finding.fix is not None
    return finding.fix.target


def story(*texts: tuple[str, str], kind: str = "paragraph") -> list[Pair]:
    return [Pair(str(number), source, target, kind=kind) for number, (source, target) in enumerate(texts, 1)]


def test_every_check_of_the_house_is_on_the_list() -> None:
    assert set(OURS) <= {check.id for check in CHECKS}


@given(st.lists(st.tuples(TEXTS, TEXTS, KINDS), max_size=5), st.sampled_from([("zh-Hans", "en"), ("en", "zh-Hans")]))
def test_whatever_comes_findings_point_into_their_text(
    texts: list[tuple[str, str, str]], languages: tuple[str, str]
) -> None:
    style = HouseStyle("en-GB", 20, "title", 10, "always", "(Photo by {name})")
    pairs = {str(n): Pair(str(n), zh, en, *languages, kind) for n, (zh, en, kind) in enumerate(texts)}
    patterns = default_context().patterns
    for finding in run_checks(list(pairs.values()), only=OURS, context=Context(style=style, patterns=patterns)):
        pair = pairs[finding.segment or ""]
        for span, text in ((finding.source_span, pair.source), (finding.target_span, pair.target)):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
        assert finding.fix is None or finding.fix.target != pair.target


@pytest.mark.parametrize(
    "target",
    [
        "See README.Debian and tkinter.Widget.configure for more.",
        "The formula MINVERSE(Array) and pickle.loads(data) are known.",
        "The order is deny,allow as `a.B,c` has it.",
    ],
)
def test_formulas_and_dotted_names_need_no_space(target: str) -> None:
    source = "参见 README.Debian，公式 MINVERSE(数组)，顺序为 deny,allow。"
    assert found("missing-space", target, source) == []


def test_a_bracket_without_a_space_is_still_found() -> None:
    (finding,) = found("missing-space", "at BJUT(Beijing University)", "在北京工业大学(BJUT)")
    assert fixed(finding) == "at BJUT (Beijing University)"


def test_each_paragraph_of_a_long_quotation_opens_it_again() -> None:
    pairs = story(("“一。", "“One."), ("“二。", "“Two."), ("“三。”", "“Three,” he said."))
    assert look("unbalanced", pairs) == []
    straight = story(("一。", '"One.'), ("二。", '"Two."'))
    assert look("unbalanced", straight) == []


def test_a_quotation_that_the_chinese_closes_is_missed_in_english() -> None:
    pairs = story(("“一。”他说。", "“One, he said."), ("“二。”", "“Two.”"))
    assert [finding.segment for finding in look("unbalanced", pairs)] == ["1"]


def test_brackets_may_hold_several_sentences() -> None:
    assert look("unbalanced", story(("一", "(One."), ("二", "Two.)"))) == []
    assert len(look("unbalanced", story(("一", "(One."), ("二", "Two.")))) == 1


@pytest.mark.parametrize(
    ("target", "right"),
    [
        ("“We will go.' He left.", "“We will go.” He left."),
        ("‘We will go.” He left.", "“We will go.” He left."),
        ("\"We will go,' he said.", '"We will go," he said.'),
    ],
)
def test_a_single_mark_that_closes_a_double_one_is_mended(target: str, right: str) -> None:
    finding = found("unbalanced", target)[0]
    assert finding.severity is Severity.WARNING
    assert fixed(finding) == right
    assert found("unbalanced", right) == []


def test_a_quotation_inside_a_quotation_is_right() -> None:
    assert found("unbalanced", "“He said, ‘Go.’ So I went.”") == []


@pytest.mark.parametrize(
    ("pairs", "segment", "right"),
    [
        (["“One” and “two”.", 'Then "three".'], "2", "Then “three”."),
        (['"One" and "two".', "Then “three”."], "2", 'Then "three".'),
        (["It’s ours. They’re here.", "It's theirs."], "2", "It’s theirs."),
        (["She’s here. He’s not.", "the students' work"], "2", "the students’ work"),
    ],
)
def test_the_rarer_kind_of_quotation_marks_is_told(pairs: list[str], segment: str, right: str) -> None:
    (finding,) = look("mixed-quotes", story(*(("一", text) for text in pairs)))
    assert finding.segment == segment
    assert fixed(finding) == right


def test_one_kind_of_marks_and_inches_are_no_mixture() -> None:
    assert look("mixed-quotes", story(("一", "“One” is 5' 10\" tall."), ("二", "“Two”, the ’90s."))) == []


def test_two_kinds_of_ellipsis_are_told() -> None:
    (finding,) = look("mixed-ellipsis", story(("一", "And so… and on…"), ("二", "And then...")))
    assert (finding.segment, fixed(finding)) == ("2", "And then…")
    assert look("mixed-ellipsis", story(("一", "One... two."), ("二", "Three. Four..."))) == []


@pytest.mark.parametrize(
    ("target", "variety", "right"),
    [
        ("The plan - a good one - failed.", "en-GB", "The plan – a good one - failed."),
        ("The plan--a good one.", "en-US", "The plan—a good one."),
        ("The plan -- a good one.", "", "The plan—a good one."),
    ],
)
def test_a_hyphen_for_a_dash_is_replaced(target: str, variety: str, right: str) -> None:
    finding = found("dash", target, variety=variety)[0]
    assert finding.severity is Severity.NOTE
    assert fixed(finding) == right


def test_the_dash_of_the_story_is_taken() -> None:
    pairs = story(("一", "One – two – three."), ("二", "Four - five."))
    (finding,) = look("dash", pairs, variety="en-US")
    assert fixed(finding) == "Four – five."


@pytest.mark.parametrize(
    "target",
    [
        "A well-known plan, 1-2, from 3 - 5.",
        "- item one",
        "Use the --all option.",
        "See a.b/c--d.html now.",
        "— he left",
    ],
)
def test_hyphens_lists_ranges_and_options_are_no_dashes(target: str) -> None:
    assert found("dash", target) == []


def test_a_story_with_a_habit_is_told_of_it_once() -> None:
    pairs = story(("一", "One - two."), ("二", "Three - four."), ("三", "Five - six."))
    assert [finding.segment for finding in look("dash", pairs)] == ["1"]


def test_a_small_letter_at_the_beginning_is_noted() -> None:
    (finding,) = found("small-start", "the meeting ended.")
    assert fixed(finding) == "The meeting ended."
    (finding,) = found("small-start", "The meeting ended. it was late.")
    assert fixed(finding) == "The meeting ended. It was late."


@pytest.mark.parametrize(
    "target", ["iPhone sales rose.", "at the gate", "e.g. this one.", "She came at 5 p.m. on Monday."]
)
def test_names_fragments_and_abbreviations_may_begin_small(target: str) -> None:
    assert found("small-start", target) == []


def test_a_segment_that_goes_on_may_begin_small() -> None:
    assert (
        look("small-start", story(("他说，", "He said that,"), ("会议结束。", "after all, the meeting ended."))) == []
    )


LONG = "Word" + " word" * 40 + "."


def test_a_sentence_longer_than_the_house_allows_is_noted() -> None:
    (finding,) = found("long-sentence", f"Short one. {LONG}", long_sentence=40)
    assert finding.target_span == (11, 11 + len(LONG))
    assert "41" in str(finding.message)


def test_names_figures_and_speech_do_not_make_a_sentence_long() -> None:
    assert found("long-sentence", LONG, long_sentence=41) == []
    assert found("long-sentence", LONG, long_sentence=0) == []
    named = " ".join(["word"] * 35) + " of the School of Materials Science And Engineering Of Beijing 2024."
    assert found("long-sentence", named, long_sentence=40) == []
    assert found("long-sentence", f"“We are all here,” he said, {LONG}", long_sentence=40) == []


def test_a_headline_has_no_full_stop() -> None:
    (finding,) = found("headline-stop", "Delegation Visits BJUT.", kind="headline")
    assert fixed(finding) == "Delegation Visits BJUT"
    for right in (
        "Visitors From Acme Inc.",
        "Is It So?",
        "A Talk at 3 p.m.",
        "Of Things to Come...",
        "Life in the U.S.",
    ):
        assert found("headline-stop", right, kind="headline") == []
    assert found("headline-stop", "It ended.") == []


def test_a_headline_keeps_to_its_length() -> None:
    (finding,) = found("headline-length", "A" * 61, kind="headline", headline_limit=60)
    assert "61" in str(finding.message)
    assert found("headline-length", "A" * 60, kind="headline", headline_limit=60) == []
    assert found("headline-length", "A" * 500, kind="headline") == []
    assert found("headline-length", "A" * 500, headline_limit=60) == []


def test_the_pieces_of_a_headline_are_one_length() -> None:
    pairs = story(("一", "A" * 40), ("二", "B" * 40), kind="headline")
    assert [finding.segment for finding in look("headline-length", pairs, headline_limit=60)] == ["2"]


def test_title_case_is_mended_and_small_words_stay_small() -> None:
    (finding,) = found("headline-case", "BJUT holds a forum on Green steel", kind="headline", headline_case="title")
    assert fixed(finding) == "BJUT Holds a Forum on Green Steel"
    assert found("headline-case", "Visits to the iLab of BJUT", kind="headline", headline_case="title") == []


def test_title_case_is_told_where_the_house_writes_sentence_case() -> None:
    title = "University Leaders Visit New Library"
    assert len(found("headline-case", title, kind="headline", headline_case="sentence")) == 1
    sentence = "Leaders of Beijing Normal University visit the new library"
    assert found("headline-case", sentence, kind="headline", headline_case="sentence") == []
    assert found("headline-case", title, kind="headline") == []


def test_headings_of_one_story_use_capitals_alike() -> None:
    pairs = [
        Pair("1", "一", "University Leaders Visit New Library", kind="headline"),
        Pair("2", "二", "A Very Warm Welcome", kind="subheading"),
        Pair("3", "三", "What the students said afterwards about reading", kind="subheading"),
    ]
    assert [finding.segment for finding in look("headline-case", pairs)] == ["3"]


def test_captions_end_as_the_house_ends_them() -> None:
    (finding,) = found("caption-end", "Students at the gate (Photo by LI Wei)", kind="caption", caption_stop="always")
    assert fixed(finding) == "Students at the gate. (Photo by LI Wei)"
    (finding,) = found("caption-end", "Students at the gate.", kind="caption", caption_stop="never")
    assert fixed(finding) == "Students at the gate"
    assert found("caption-end", "He spoke. She listened.", kind="caption", caption_stop="never") == []
    assert found("caption-end", "Students at the gate", kind="caption") == []
    assert found("caption-end", "Students at the gate", caption_stop="always") == []


@pytest.mark.parametrize(
    ("target", "right"),
    [
        ("The gate. Photo: LI Wei", "The gate. (Photo by LI Wei)"),
        ("The gate (photo/LI Wei)", "The gate (Photo by LI Wei)"),
    ],
)
def test_a_credit_takes_the_form_of_the_house(target: str, right: str) -> None:
    (finding,) = found("picture-credit", target, kind="caption", credit_form="(Photo by {name})")
    assert fixed(finding) == right
    assert found("picture-credit", right, kind="caption", credit_form="(Photo by {name})") == []


def test_a_photographer_is_not_lost() -> None:
    assert len(found("picture-credit", "The gate", "校门（李伟摄）", kind="caption")) == 1
    assert found("picture-credit", "The gate, by Li Wei", "校门（李伟摄）", kind="caption") == []
    assert found("picture-credit", "A group photo at the gate", "代表合影", kind="caption") == []
    assert found("picture-credit", "The gate", "学生拍摄", kind="caption") == []


def test_one_sentence_in_two_translations_is_told() -> None:
    source = "学校将继续推进国际合作与交流。"
    pairs = story((source, "Cooperation goes on."), ("二", "Two."), (source, "The exchange will continue."))
    (finding,) = look("inconsistent", pairs)
    assert (finding.segment, finding.severity) == ("3", Severity.WARNING)
    assert fixed(finding) == "Cooperation goes on."
    assert "Cooperation goes on." in str(finding.message)


def test_marks_and_capitals_short_texts_and_headlines_make_no_second_translation() -> None:
    source = "学校将继续推进国际合作与交流"
    assert look("inconsistent", story((source, "It goes on."), (source + "。", "It goes on"))) == []
    assert look("inconsistent", story(("是的。", "Yes."), ("是的。", "Indeed."))) == []
    pairs = [Pair("1", source, "BJUT Goes On", kind="headline"), Pair("2", source, "The university goes on.")]
    assert look("inconsistent", pairs) == []
    assert [f.severity for f in look("inconsistent", story(("座谈会现场", "A talk"), ("座谈会现场", "The site")))] == [
        Severity.NOTE
    ]


def test_two_sentences_in_one_translation_are_noted() -> None:
    pairs = story(
        ("学校领导参加会议。", "Leaders attended the meeting."), ("教师代表参加会议。", "Leaders attended the meeting.")
    )
    assert [finding.segment for finding in look("same-translation", pairs)] == ["2"]
    assert look("same-translation", story(("好的好的。", "Very good."), ("很好很好。", "Very good."))) == []


def test_half_width_marks_of_a_source_are_told_once_a_story() -> None:
    pairs = story(("他说:“好”,然后走了。", "He left."), ("第三届(2023)会议,", "The meeting,"))
    (finding,) = look("half-width", pairs)
    assert (finding.segment, finding.severity, finding.source_span) == ("1", Severity.NOTE, (2, 3))


def test_half_width_marks_of_a_translation_are_mended() -> None:
    (finding,) = look("half-width", [Pair("1", "He left.", "他走了,我也走了.", "en", "zh-Hans")])
    assert (finding.severity, fixed(finding)) == (Severity.WARNING, "他走了，我也走了。")


@pytest.mark.parametrize(
    "source", ["共1,200人，10:30开始。", "见 a.b@c.cn 和 README.md。", "A,B两组", "（第3届）会议！"]
)
def test_marks_of_figures_and_western_words_are_right(source: str) -> None:
    assert found("half-width", "Text.", source) == []


def test_full_width_figures_in_chinese_are_told() -> None:
    assert [f.source_span for f in found("wide-figures", "In 2024.", "２０２４年Ａ组")] == [(0, 4)]
    (finding,) = look("wide-figures", [Pair("1", "In 2024.", "２０２４年", "en", "zh-Hans")])
    assert fixed(finding) == "2024年"
    assert found("wide-figures", "In 2024.", "2024年，A组。") == []


def house(target: str, *patterns: HousePattern, source: str = "会") -> list[Finding]:
    context = Context(patterns=tuple(compiled(pattern) for pattern in patterns))
    return run_checks([Pair("1", source, target)], only=["house"], context=context)


def test_a_house_pattern_finds_and_mends() -> None:
    rule = HousePattern("percent", r"(\d+) ?%", "Write percent.", Severity.WARNING, replacement=r"\1 percent")
    (finding,) = house("It rose 5% and 6 %.", rule)[:1]
    assert (finding.check, finding.severity, finding.target_span) == ("house:percent", Severity.WARNING, (8, 10))
    assert fixed(finding) == "It rose 5 percent and 6 %."
    assert "Write percent." in str(finding.message)


def test_a_house_pattern_leaves_its_exceptions_alone() -> None:
    rule = HousePattern("program", r"\bprograms?\b", "Programme.", unless=r"(?:computer|space) programs?")
    assert [f.target_span for f in house("A computer program and a program.", rule)] == [(25, 32)]


def test_a_house_pattern_may_look_at_the_source() -> None:
    (finding,) = house("Well.", HousePattern("de", "的的", "Twice.", side="source"), source="我的的书")
    assert (finding.source_span, finding.target_span, finding.fix) == ((1, 3), None, None)


@pytest.mark.parametrize(
    ("target", "right"),
    [
        ("an university", "a university"),
        ("a hour", "an hour"),
        ("RMB 1.2 million yuan", "RMB 1.2 million"),
        ("pens, books and etc.", "pens, books etc."),
        ("They discussed about it.", "They discussed it."),
    ],
)
def test_patterns_that_come_with_the_program_mend(target: str, right: str) -> None:
    (finding,) = run_checks([Pair("1", "会", target)], only=["house"], context=default_context())
    assert fixed(finding) == right


def test_patterns_that_come_with_the_program_leave_right_english_alone() -> None:
    text = "An hour, a honey pot, an unidentified man, an uninvited guest, a one-day tour, the 11th, 21st and 112th."
    assert run_checks([Pair("1", "我的确知道。", text)], only=["house"], context=default_context()) == []


@pytest.mark.parametrize(
    "piece", ["(", "“", '"', "'", " - ", "--", "a. b", "A", "…", "摄", "Photo by A", ":", "一,", "the "]
)
def test_hostile_text_costs_no_more_than_its_length(piece: str) -> None:
    text = piece * (8_000 // len(piece))
    style = HouseStyle("en-GB", 20, "title", 10, "always", "(Photo by {name})")
    context = Context(style=style, patterns=default_context().patterns)
    kinds = ("headline", "paragraph", "caption")
    pairs = [Pair(f"{kind}{n}", text, text, kind=kind) for kind in kinds for n in range(2)]
    run_checks(pairs, only=OURS, context=context)


def test_no_check_of_the_house_cries_wolf_over_published_news(shared_data: Callable[[str], Path]) -> None:
    """At most 3 of 100 right segments are noted, and 5 of 1000 called wrong, by any one check."""
    documents = json.loads(shared_data("alignment/news-wmt22/wmt22-en-zh-news.clean.json").read_text("utf-8"))
    count = 0
    flagged: dict[tuple[str, Severity], set[tuple[int, str | None]]] = {}
    for number, document in enumerate(documents):
        beads = [(zh[0], en[0]) for zh, en in document["beads"] if len(zh) == len(en) == 1]
        pairs = [Pair(str(n), document["zh"][zh], document["en"][en]) for n, (zh, en) in enumerate(beads)]
        count += len(pairs)
        for finding in run_checks(pairs, only=OURS, context=default_context()):
            flagged.setdefault((finding.check, finding.severity), set()).add((number, finding.segment))
    assert count > 1000
    allowed = {Severity.ERROR: 0.005, Severity.WARNING: 0.01, Severity.NOTE: 0.03}
    for (check, severity), segments in flagged.items():
        assert len(segments) <= allowed[severity] * count, f"{check}: {len(segments)} of {count}"
