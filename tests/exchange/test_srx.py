"""SRX 2.0 in and out: rules as other programs have them, our own written for them, and files that are refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from desktop_app.desk.sentence_rules import default_rules
from desktop_app.exchange.srx import MAX_BYTES, read_srx, write_srx
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.language.sentences import segmenter
from desktop_app.language.sentences.export import with_own_rules
from desktop_app.language.sentences.rules import BreakRule, LanguageRules, SegmentationRules

SHARED = Path(__file__).resolve().parents[3] / "shared"
OKAPI = SHARED / "data" / "interop" / "okapi"
HOSTILE = SHARED / "data" / "interop" / "hostile"
NAMESPACE = "http://www.lisa.org/srx20"

SIMPLE = """<?xml version="1.0"?>
<srx xmlns="http://www.lisa.org/srx20" xmlns:x="http://example.org/x" version="2.0">
<header segmentsubflows="yes" cascade="{cascade}">
<formathandle type="start" include="no"/><formathandle type="end" include="yes"/><x:options trim="yes"/>
</header>
<body><languagerules>
<languagerule languagerulename="English">
<!-- the first rule that matches decides -->
<rule break="no"><beforebreak>\\bKonf\\.</beforebreak><afterbreak>\\s</afterbreak></rule>
<rule><beforebreak>:</beforebreak><afterbreak>\\s+\\p{{Lu}}</afterbreak></rule>
</languagerule>
<languagerule languagerulename="Default">
<rule break="yes"><beforebreak>;</beforebreak><afterbreak>\\s</afterbreak></rule>
</languagerule>
</languagerules>
<maprules>
<languagemap languagepattern="[Ee][Nn].*" languagerulename="English"/>
<languagemap languagepattern=".*" languagerulename="Default"/>
</maprules></body></srx>"""


def simple(cascade: str = "no") -> bytes:
    return SIMPLE.format(cascade=cascade).encode()


def cut(data: bytes, text: str, language: str = "en") -> list[str]:
    return segmenter(language, read_srx(data)).split(text)


def test_rules_are_read_in_order_with_their_maps() -> None:
    read = read_srx(simple())
    assert [(one.language, one.name, len(one.rules)) for one in read.languages] == [
        ("[Ee][Nn].*", "English", 2),
        (".*", "Default", 1),
    ]
    assert read.languages[0].rules[0] == BreakRule(False, r"\bKonf\.", r"\s")
    assert read.languages[0].rules[1] == BreakRule(True, ":", r"\s+\p{Lu}")
    assert not read.cascade


def test_imported_rules_are_asked_first_and_ours_decide_where_none_matches() -> None:
    text = "The Konf. Then: Go; now. Mr. Li left. He went."
    assert cut(simple(), text) == ["The Konf. Then: ", "Go; now. ", "Mr. Li left. ", "He went."]


def test_cascading_sets_count_together() -> None:
    text = "The Konf. Then: Go; now. Mr. Li left."
    assert cut(simple("yes"), text) == ["The Konf. Then: ", "Go; ", "now. ", "Mr. Li left."]


def test_a_file_written_is_read_the_same() -> None:
    read = read_srx(simple("yes"))
    assert read_srx(write_srx(read)) == read


SIGNS = st.sampled_from([*"ab.。<>&'\" \u00a0", r"\s", r"\p{Lu}", "\\."])
EXPRESSION = st.lists(SIGNS, max_size=8).map("".join)
RULE = st.builds(BreakRule, st.booleans(), EXPRESSION, EXPRESSION)
SETS = st.lists(st.tuples(st.sampled_from(["en", "zh.*", ".*"]), st.lists(RULE, max_size=3)), min_size=1, max_size=4)


@given(SETS, st.booleans())
def test_any_rules_survive_the_way_out_and_in(sets: list[tuple[str, list[BreakRule]]], cascade: bool) -> None:
    languages = tuple(LanguageRules(pattern, f"set {n}", rules=tuple(r)) for n, (pattern, r) in enumerate(sets))
    rules = SegmentationRules(languages, cascade)
    assert read_srx(write_srx(rules)) == rules


def test_two_sets_of_one_name_get_names_of_their_own() -> None:
    one = LanguageRules("en", "E", rules=(BreakRule(True, "a"),))
    same, other = LanguageRules("de", "E", rules=one.rules), LanguageRules("fr", "E")
    names = [s.name for s in read_srx(write_srx(SegmentationRules((one, same, other)))).languages]
    assert names == ["E", "E", "E 2"]


def test_what_is_written_has_the_form_of_the_standard() -> None:
    srx = etree.fromstring(write_srx(with_own_rules(default_rules())))
    names = [etree.QName(e).localname for e in srx.iter()]
    assert srx.tag == f"{{{NAMESPACE}}}srx"
    assert srx.get("version") == "2.0"
    assert [child.tag.rpartition("}")[2] for child in srx] == ["header", "body"]
    assert srx[0].get("segmentsubflows") == "yes"
    assert srx[0].get("cascade") in {"yes", "no"}
    assert [(h.get("type"), h.get("include")) for h in srx[0]] == [("start", "no"), ("end", "yes"), ("isolated", "no")]
    assert [child.tag.rpartition("}")[2] for child in srx[1]] == ["languagerules", "maprules"]
    assert set(names) == {
        "srx", "header", "formathandle", "body", "languagerules", "languagerule", "rule", "beforebreak", "afterbreak",
        "maprules", "languagemap",
    }  # fmt: skip
    assert all(rule.get("break") in {"yes", "no"} for rule in srx.iter(f"{{{NAMESPACE}}}rule"))


PLAIN = {
    "en": [
        "The museum opened on Monday. More than 3,000 people came.",
        "Prof. Chen Yu and Dr. Amy Holt led the team. Mr. Li joined them.",
        "The U.S. economy grew 3.1 percent. He moved to the U.S. The job was waiting.",
        "The bus leaves at 9:30 a.m. and returns at 6 p.m. Tickets cost $4.50.",
        "“Are you coming?” she asked. “Of course!” he shouted. They left.",
        "See Fig. 3 and Eq. 2. J. K. Rowling wrote it. What?! Really?? Yes!!!",
        "Haixin Steel Co., Ltd. signed. Write to j.smith@univ.ac.uk today.",
    ],
    "zh": [
        "会议于周一召开。三百余人参加。真的吗？当然！",
        "“我们准备好了。”他说。“这花了很多年。”她补充道。",
        "他说：“好。”随后，双方签约。",
        "《红楼梦》是名著。我们明天去看《流浪地球！》好吗？好。",
        "增长3.5%，达到1.2亿元。会议；座谈；参观。",
        "【最新】大会开幕。（记者 王五）",
    ],
}


@pytest.mark.parametrize("language", sorted(PLAIN))
def test_our_own_rules_as_srx_cut_plain_texts_alike(language: str) -> None:
    exported = read_srx(write_srx(with_own_rules(default_rules())))
    for text in PLAIN[language]:
        assert segmenter(language, exported).split(text) == segmenter(language, default_rules()).split(text)


def test_words_and_measures_of_a_house_go_out_as_rules() -> None:
    house = SegmentationRules(
        (
            LanguageRules("en", titles=("Blk",), ordinary=("Dr",), semicolon=True),
            LanguageRules("de", rules=(BreakRule(True, "x"),)),
        )
    )
    exported = read_srx(write_srx(with_own_rules(house)))
    assert segmenter("en", exported).split("See Blk. Nine; now. A Dr. Who.") == [
        "See Blk. Nine; ",
        "now. ",
        "A Dr. ",
        "Who.",
    ]
    assert exported.of("de").rules == (BreakRule(True, "x"),)


# --- files of other programs


def _files() -> list[str]:
    return [str(path.relative_to(OKAPI)) for path in sorted(OKAPI.rglob("*.srx"))] if OKAPI.exists() else []


@pytest.mark.parametrize("name", _files() or [pytest.param("", marks=pytest.mark.skip("shared data is not here"))])
def test_files_of_okapi_are_read_or_refused_with_the_rule(name: str) -> None:
    data = (OKAPI / name).read_bytes()
    if b"(?&lt;!3ds )" in data:
        with pytest.raises(InputRefusedError, match="single character") as caught:
            read_srx(data, name)
        assert "rule 31 of “English”" in str(caught.value.place)
        return
    rules = read_srx(data, name)
    assert sum(len(one.rules) for one in rules.languages) > 0
    assert read_srx(write_srx(rules)) == rules
    text = "Mr. Holmes is here. Is Dr. Watson too? Yes."
    assert "".join(segmenter("en", rules).split(text)) == text
    assert "Is Dr. Watson too? " in segmenter("en", rules).split(text) or name.endswith(
        ("01.srx", "02.srx", "code.srx", "277.srx")
    )


# --- refusals


def faulty(old: str, new: str) -> bytes:
    text = simple().decode()
    assert old in text
    return text.replace(old, new).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"no xml", "well-formed"),
        (b"<tmx/>", "segmentation rules"),
        (b'<!DOCTYPE srx [<!ENTITY a "a">]><srx/>', "entities"),
        (b'<srx version="2.0"/>', "maps no language"),
        (faulty('version="2.0"', 'version="9.0"'), "9.0"),
        (faulty('break="no"', 'break="maybe"'), "maybe"),
        (faulty('languagerulename="English"/>', 'languagerulename="Nobody"/>'), "Nobody"),
        (faulty('languagerulename="Default">', 'languagerulename="English">'), "English"),
        (faulty("<beforebreak>:", "<beforebreak>(a)\\1:"), "rule 2 of “English”, before"),
        (faulty("\\s+\\p{Lu}", "(?!abc)"), "rule 2 of “English”, after"),
        (faulty("\\s+\\p{Lu}", "[a"), "rule 2 of “English”, after"),
        (faulty("[Ee][Nn].*", "(["), "language pattern of “English”"),
        (faulty("<rule>", "<rule/>" * 6001 + "<rule>"), "6000"),
        (b"<srx>" + b"<a>" * 20_000 + b"</a>" * 20_000 + b"</srx>", "depth"),
        (simple() + b" " * MAX_BYTES, "MB"),
    ],
)  # fmt: skip
def test_what_is_no_srx_is_refused_with_its_place(data: bytes, said: str) -> None:
    with pytest.raises(InputRefusedError) as caught:
        read_srx(data, "rules.srx")
    assert said in f"{caught.value.place} {caught.value.reason}"
    assert caught.value.subject == "rules.srx"


@pytest.mark.parametrize("end", range(0, len(simple()), 97))
def test_a_file_cut_off_is_refused(end: int) -> None:
    with pytest.raises(InputRefusedError):
        read_srx(simple()[:end], "rules.srx")


@pytest.mark.parametrize("path", sorted(HOSTILE.glob("*")) if HOSTILE.exists() else [], ids=lambda path: path.name)
def test_hostile_files_are_refused(path) -> None:
    if path.is_dir():
        pytest.skip("a folder")
    with pytest.raises(InputRefusedError):
        read_srx(path.read_bytes(), path.name)
