"""Translation memories as files: what is written comes back, and what others write is understood."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from memory_files import AT, HOUSE, TEXTS, UNITS, pairs, read, tmx, tu, write

from desktop_app.domain.memory import Layer, MemoryUnit
from desktop_app.domain.story import Languages
from desktop_app.exchange.limits import MAX_TEXT_BYTES
from desktop_app.exchange.memory_formats import WRITERS, reader_for, writer_for
from desktop_app.exchange.memory_formats.languages import Nearness, interchange_tag, nearness
from desktop_app.exchange.memory_formats.moments import read_moment, tmx_moment
from desktop_app.exchange.memory_formats.tally import Tally
from desktop_app.foundation.errors import InputRefusedError, WrongUsageError
from desktop_app.language.memory import context_key
from tests.conftest import SHARED

ZH, EN = "学校召开会议。", "The university held a meeting."
DTD = SHARED / "data/interop/okapi/okapi/filters/tmx/src/test/resources/tmx14.dtd"
every_format = pytest.mark.parametrize("kind", WRITERS)


class TestRoundTrip:
    @given(units=st.lists(UNITS, max_size=4))
    def test_tmx_keeps_everything(self, units: list[MemoryUnit]) -> None:
        assert read(write(units)) == units

    @pytest.mark.parametrize("kind", ["tsv", "csv"])
    @given(texts=st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
    def test_tables_keep_every_text(self, kind: str, texts: list[tuple[str, str]]) -> None:
        units = [MemoryUnit(source, target) for source, target in texts]
        assert pairs(read(write(units, kind), kind)) == texts

    @pytest.mark.parametrize("kind", ["tsv", "csv"])
    @given(unit=UNITS)
    def test_tables_keep_layer_names_and_moment(self, kind: str, unit: MemoryUnit) -> None:
        (found,) = read(write([unit], kind), kind)
        shown = (unit.layer, unit.drafter.strip(), unit.reviser.strip(), unit.at, unit.origin.strip())
        assert (found.layer, found.drafter.strip(), found.reviser.strip(), found.at, found.origin.strip()) == shown

    @every_format
    @given(units=st.lists(UNITS, max_size=3))
    def test_same_memory_is_the_same_file(self, kind: str, units: list[MemoryUnit]) -> None:
        assert write(units, kind) == write(units, kind)

    @every_format
    @given(text=st.text(max_size=30))
    def test_any_text_at_all_can_be_written_and_read(self, kind: str, text: str) -> None:
        read(write([MemoryUnit(text, text, drafter=text, origin=text)], kind), kind)

    @every_format
    def test_other_languages_come_back_too(self, kind: str) -> None:
        languages = Languages("en-US", "en-GB")
        unit = MemoryUnit("color", "colour")
        assert read(write([unit], kind, languages), kind, languages) == [unit]

    @every_format
    def test_long_memory_comes_back_whole(self, kind: str) -> None:
        units = [MemoryUnit(f"第{n}句。", f'Sentence “{n}”, "{n}".') for n in range(1234)]
        assert read(write(units, kind), kind) == units

    @every_format
    def test_empty_memory_can_be_written(self, kind: str) -> None:
        assert read(write([], kind), kind) == []

    @pytest.mark.skipif(not DTD.is_file(), reason="the DTD of TMX 1.4 is not beside the checkout")
    @given(units=st.lists(UNITS, max_size=2))
    def test_tmx_is_valid(self, units: list[MemoryUnit]) -> None:
        dtd = etree.DTD(str(DTD))
        assert dtd.validate(etree.fromstring(write(units))), dtd.error_log

    def test_tmx_names_who_and_when_as_the_standard_has_it(self) -> None:
        unit = MemoryUnit(ZH, EN, Layer.SIGNED, drafter="LI Wei", reviser="WANG Fang", at=AT, origin="cold-battery")
        document = etree.fromstring(write([unit]))
        (element,) = document.iter("tu")
        assert document.find("header").get("srclang") == "zh-CN"
        assert dict(element.attrib) == {
            "creationid": "LI Wei",
            "changeid": "WANG Fang",
            "changedate": "20240312T070005Z",
        }
        told = {prop.get("type"): prop.text for prop in element.iter("prop")}
        assert told == {"x-diptych-layer": "signed", "x-diptych-origin": "cold-battery"}


class TestLanguages:
    @pytest.mark.parametrize(
        "tag", ["zh", "zh-CN", "ZH_cn", "zh-Hans", "zh-Hans-CN", "zho-CN", "zh-SG", "zh-CHS", "cmn"]
    )
    def test_simplified_chinese_by_any_name(self, tag: str) -> None:
        tally = Tally()
        assert pairs(read(tmx(tu((tag, ZH), ("en-US", EN)), srclang=tag), tally=tally)) == [(ZH, EN)]
        assert not tally.relatives

    @pytest.mark.parametrize("tag", ["en", "EN", "en-US", "en_GB", "eng", "en-Latn-AU"])
    def test_english_by_any_name(self, tag: str) -> None:
        assert pairs(read(tmx(tu(("zh-CN", ZH), (tag, EN))))) == [(ZH, EN)]

    def test_traditional_is_taken_only_for_want_of_simplified_and_counted(self) -> None:
        tally = Tally()
        both = tu(("zh-TW", "學校召開會議。"), ("zh-CN", ZH), ("en", EN))
        alone = tu(("zh-TW", "學校召開會議。"), ("en", EN))
        assert pairs(read(tmx(both, alone), tally=tally)) == [(ZH, EN), ("學校召開會議。", EN)]
        assert tally.relatives == {"zh-TW": 1}

    def test_other_languages_are_counted_by_tag(self) -> None:
        tally = Tally()
        units = [tu(("de", "Hallo"), ("en", "Hello")), tu(("zh-CN", ZH), ("ja", "会議"), ("en", EN))]
        assert pairs(read(tmx(*units), tally=tally)) == [(ZH, EN)]
        assert (tally.units, tally.skipped) == (1, 1)
        assert tally.languages == {"de": 1, "ja": 1}

    def test_tags_without_end_are_counted_together(self) -> None:
        tally = Tally()
        read(tmx(*(tu((f"x-{n}", "a"), ("en", "b")) for n in range(1000))), tally=tally)
        assert tally.skipped == tally.languages.total() == 1000
        assert len(tally.languages) < 300

    def test_every_translation_makes_a_unit(self) -> None:
        unit = tu(("zh-CN", ZH), ("en-US", "The program"), ("en-GB", "The programme"))
        assert pairs(read(tmx(unit))) == [(ZH, "The program"), (ZH, "The programme")]

    def test_nearest_translation_is_taken_where_one_is_nearer(self) -> None:
        unit = tu(("zh-CN", ZH), ("en-US", "The program"), ("en-GB", "The programme"))
        assert pairs(read(tmx(unit), languages=Languages("zh-Hans", "en-GB"))) == [(ZH, "The programme")]

    def test_source_language_of_the_unit_decides_between_equals(self) -> None:
        unit = tu(("en-US", "The program"), ("en-GB", "The programme"), ("zh-CN", ZH), srclang="EN_gb")
        assert pairs(read(tmx(unit), languages=Languages("en", "zh-Hans"))) == [("The programme", ZH)]

    def test_english_to_chinese_memory_serves_as_well(self) -> None:
        assert pairs(read(tmx(tu(("en", EN), ("zh-CN", ZH)), srclang="en"))) == [(ZH, EN)]

    def test_all_as_source_language(self) -> None:
        assert pairs(read(tmx(tu(("en", EN), ("zh-CN", ZH)), srclang="*all*"))) == [(ZH, EN)]

    def test_old_files_say_lang(self) -> None:
        old = tmx(tu(("zh-CN", ZH), ("en", EN))).replace(b"xml:lang", b"lang").replace(b'"1.4"', b'"1.1"')
        assert pairs(read(old)) == [(ZH, EN)]

    @pytest.mark.parametrize(
        ("wanted", "found", "expected"),
        [
            ("zh-Hans", "zh-CN", Nearness.SAME),
            ("zh-Hans", "zh", Nearness.COMPATIBLE),
            ("zh-Hans", "zh-HK", Nearness.RELATIVE),
            ("zh-Hant", "zh-TW", Nearness.SAME),
            ("en", "en-GB", Nearness.COMPATIBLE),
            ("en-US", "en-GB", Nearness.RELATIVE),
            ("en", "enm", Nearness.NONE),
            ("en", "", Nearness.NONE),
            ("", "", Nearness.NONE),
        ],
    )
    def test_nearness(self, wanted: str, found: str, expected: Nearness) -> None:
        assert nearness(wanted, found) is expected

    def test_tags_for_other_tools(self) -> None:
        assert [interchange_tag(tag) for tag in ("zh-Hans", "zh-Hant", "en", "fr-CA")] == [
            "zh-CN",
            "zh-TW",
            "en",
            "fr-CA",
        ]


class TestTextOfTmx:
    @pytest.mark.parametrize(
        ("content", "text"),
        [
            ("a <bpt i='1'>&lt;b></bpt>bold<ept i='1'>&lt;/b></ept> word", "a bold word"),
            ("one<ph type='lb'>&lt;br/></ph>two", "one two"),
            ("see <ph>&lt;img alt='<sub>a cat</sub>'></ph>here", "see here"),
            ("a <hi type='x'>high<it pos='begin'>{\\b </it>light</hi>", "a highlight"),
            ("tab&#9;two  spaces\nand a line", "tab\ttwo  spaces\nand a line"),
            (" spaces outside ", " spaces outside "),
            ("a<ut>{\\cf2 </ut>b", "ab"),
            ("<![CDATA[<b> & </b>]]>", "<b> & </b>"),
            ("a<!-- not said -->b", "ab"),
            ("a<?pi x?>b", "ab"),
            ("kept <g id='1'>in strange</g> elements", "kept in strange elements"),
            ("&#x20000; &amp; &lt;", "𠀀 & <"),
        ],
    )
    def test_words_are_kept_and_codes_are_not(self, content: str, text: str) -> None:
        assert pairs(read(tmx(tu(("zh-CN", ZH), ("en", content))))) == [(ZH, text)]

    @pytest.mark.parametrize("content", ["", " \n ", "<ph>x</ph>"])
    def test_pair_without_words_is_skipped(self, content: str) -> None:
        tally = Tally()
        assert read(tmx(tu(("zh-CN", ZH), ("en", content)), tu(("zh-CN", content), ("en", EN))), tally=tally) == []
        assert tally.skipped == 2

    def test_variant_without_a_segment_is_skipped(self) -> None:
        assert read(tmx(f'<tu><tuv xml:lang="zh-CN"/><tuv xml:lang="en"><seg>{EN}</seg></tuv></tu>')) == []

    def test_namespace_of_some_tools_is_looked_past(self) -> None:
        data = tmx(tu(("zh-CN", ZH), ("en", EN))).replace(b"<tmx ", b'<tmx xmlns="http://www.lisa.org/tmx14" ')
        assert pairs(read(data)) == [(ZH, EN)]

    def test_unit_elsewhere_than_in_the_body_is_none(self) -> None:
        inner = tu(("zh-CN", "不是"), ("en", "Not this."))
        assert pairs(read(tmx(tu(("zh-CN", ZH), ("en", EN), inner=inner)))) == [(ZH, EN)]

    @pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
    def test_encodings(self, codec: str) -> None:
        stated = codec if codec == "gb18030" else "utf-16" if "16" in codec else "utf-8"
        text = tmx(*(tu(("zh-CN", f"{ZH}{n}"), ("en", EN)) for n in range(3000))).decode()
        data = text.replace('encoding="UTF-8"', f'encoding="{stated}"').encode(codec)
        assert len(read(data)) == 3000


class TestFactsOfTmx:
    def test_names_and_moment_of_the_translation_come_first(self) -> None:
        unit = (
            '<tu creationid="A" creationdate="20200101T000000Z"><tuv xml:lang="zh-CN"><seg>是</seg></tuv>'
            '<tuv xml:lang="en" creationid="B" changeid="C" changedate="20240312T070005Z"><seg>Yes</seg></tuv></tu>'
        )
        (found,) = read(tmx(unit))
        assert (found.drafter, found.reviser, found.at) == ("B", "C", AT)

    def test_name_that_a_tool_repeats_is_no_reviser(self) -> None:
        (found,) = read(tmx(tu(("zh-CN", ZH), ("en", EN), creationid="A", changeid="A")))
        assert (found.drafter, found.reviser) == ("A", "")

    def test_neighbours_of_other_tools(self) -> None:
        inner = '<prop type="x-context-pre">&lt;seg&gt;前一句。&lt;/seg&gt;</prop>'
        inner += '<prop type="x-context-post">后一句。</prop>'
        (found,) = read(tmx(tu(("zh-CN", ZH), ("en", EN), inner=inner)))
        assert (found.before, found.after) == (context_key("前一句。"), context_key("后一句。"))

    def test_nonsense_in_our_own_properties_is_passed_over(self) -> None:
        names = ("layer", "story", "before", "after")
        inner = "".join(f'<prop type="x-diptych-{name}">{"9" * 400}</prop>' for name in names)
        (found,) = read(tmx(tu(("zh-CN", ZH), ("en", EN), inner=inner, changedate="yesterday")))
        assert found.layer is Layer.IMPORTED
        assert (found.before, found.after, found.at) == (None, None, "")
        assert len(found.story or "") <= 36

    @pytest.mark.parametrize(
        ("text", "moment"),
        [
            ("20240312T070005Z", AT),
            ("2024-03-12T07:00:05Z", AT),
            ("2024-03-12T15:00:05+08:00", AT),
            ("2024-03-12 07:00:05", AT),
            ("2024-03-12", "2024-03-12T00:00:00.000000Z"),
            (AT, AT),
            ("20240230T000000Z", ""),
            ("00010101T000000+1400", ""),
            ("12 March", ""),
            ("", ""),
        ],
    )
    def test_moments(self, text: str, moment: str) -> None:
        assert read_moment(text) == moment

    def test_moment_goes_out_in_whole_seconds(self) -> None:
        assert tmx_moment("2024-03-12T07:00:05.987654Z") == "20240312T070005Z"
        assert tmx_moment("someday") == ""


class TestTables:
    def test_two_columns_without_a_header(self) -> None:
        assert pairs(read(f"{ZH}\t{EN}\n\n是。\tYes.\r\n否。\tNo.\tmore".encode(), "tsv")) == [
            (ZH, EN),
            ("是。", "Yes."),
            ("否。", "No."),
        ]

    @pytest.mark.parametrize(
        "header",
        ["zh\ten", "set\tzh\ten", "Source\tTarget", "中文\t英文", "原文\t译文", "zh-CN\ten-US", "en\tid\tZH_cn"],
    )
    def test_header_names_the_columns(self, header: str) -> None:
        names = header.split("\t")
        at = {"zh": ZH, "zh-CN": ZH, "ZH_cn": ZH, "Source": ZH, "中文": ZH, "原文": ZH}
        at |= {"en": EN, "en-US": EN, "Target": EN, "英文": EN, "译文": EN}
        row = "\t".join(at.get(name, "7") for name in names)
        assert pairs(read(f"{header}\n{row}\n".encode(), "tsv")) == [(ZH, EN)]

    @pytest.mark.parametrize(
        "row", ["来源\tSource", "翻译\tTranslation", "是\tYes", "日期\tdate", "中文名称\tChinese name"]
    )
    def test_words_that_are_names_of_columns_are_a_pair_all_the_same(self, row: str) -> None:
        assert pairs(read(f"{row}\n".encode(), "tsv")) == [tuple(row.split("\t"))]

    def test_facts_by_column(self) -> None:
        text = f"译者\t日期\t中文\t英文\t审校\t来源\nLI\t2024-03-12T07:00:05Z\t{ZH}\t{EN}\tWANG\tnews\n"
        assert read(text.encode(), "tsv") == [MemoryUnit(ZH, EN, drafter="LI", reviser="WANG", at=AT, origin="news")]

    def test_spreadsheet_quotes_are_taken_off(self) -> None:
        text = '他说：“好。”\t"He said ""fine""."\r\n两行\t"two\nlines, one	tab"\r\n'
        assert pairs(read(text.encode(), "tsv")) == [
            ("他说：“好。”", 'He said "fine".'),
            ("两行", "two\nlines, one\ttab"),
        ]

    def test_quotes_of_a_text_stay(self) -> None:
        text = '他说：“好。”\t"Fine," he said.\n他问：\tHe asked: "What?"\n引\t"a"\n'
        assert pairs(read(text.encode(), "tsv")) == [
            ("他说：“好。”", '"Fine," he said.'),
            ("他问：", 'He asked: "What?"'),
            ("引", '"a"'),
        ]

    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_csv_by_its_separator(self, separator: str) -> None:
        text = f'\ufeffzh{separator}en\r\n"一，二"{separator}"one, two; three"\r\n'
        assert pairs(read(text.encode(), "csv")) == [("一，二", "one, two; three")]

    @pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "gb18030", "utf-16-le"])
    def test_encodings(self, codec: str) -> None:
        text = "\n".join(f"{ZH}第{n}句\t{EN}" for n in range(500))
        assert len(read(text.encode(codec), "tsv")) == 500

    def test_large_table_may_be_in_gb18030(self) -> None:
        row = f"{ZH}学校的会议结束了。\t{EN}\n".encode("gb18030")
        count = MAX_TEXT_BYTES // len(row) + 10
        found = read(row * count, "tsv")
        assert (len(found), found[-1].source) == (count, f"{ZH}学校的会议结束了。")

    def test_old_line_ends(self) -> None:
        assert pairs(read(f"{ZH}\t{EN}\r是。\tYes.\r".encode(), "tsv")) == [(ZH, EN), ("是。", "Yes.")]

    def test_control_characters_are_left_out(self) -> None:
        assert pairs(read("是\x01\x0b\tY\x1fes\ufffe\n".encode(), "tsv")) == [("是", "Yes")]

    def test_row_without_words_on_one_side_is_skipped(self) -> None:
        tally = Tally()
        assert pairs(read(f"{ZH}\t\n\tEmpty\n{ZH}\t{EN}\n".encode(), "tsv", tally=tally)) == [(ZH, EN)]
        assert tally.skipped == 2

    @pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+86", "-5 °C", "'=1", "＝1"])
    def test_no_cell_of_a_csv_is_a_formula(self, text: str) -> None:
        data = write([MemoryUnit(text, text, origin=text)], "csv")
        cells = data.decode("utf-8-sig").splitlines()[1].split(",")
        assert [cell[0] for cell in (cells[0], cells[1], cells[3])] == ["'"] * 3
        assert pairs(read(data, "csv")) == [(text, text)]
        assert pairs(read(write([MemoryUnit(text, text)], "tsv"), "tsv")) == [(text, text)]

    def test_csv_goes_out_with_a_mark_and_tsv_without(self) -> None:
        assert write([], "csv").startswith("\ufeffzh,en,".encode())
        assert write([], "tsv").startswith(b"zh\ten\t")


class TestRegistry:
    @pytest.mark.parametrize(
        ("name", "head", "kind"),
        [
            ("a.tmx", b"", "tmx"),
            ("A.TMX", b"", "tmx"),
            ("a.xml", b'<?xml version="1.0"?><tmx version="1.4">', "tmx"),
            ("a", "<tmx".encode("utf-16"), "tmx"),
            ("a.tsv", b"", "tsv"),
            ("a.txt", b"a\tb", "tsv"),
            ("a", b"a\tb", "tsv"),
            ("a.csv", b"", "csv"),
        ],
    )
    def test_reader_by_name_and_content(self, name: str, head: bytes, kind: str) -> None:
        assert reader_for(name, head).id == kind

    @pytest.mark.parametrize(("name", "head"), [("a.docx", b"PK"), ("a.xml", b"<xliff>"), ("a.xlsx", b"PK\3\4")])
    def test_unknown_files_are_refused_with_the_known_endings(self, name: str, head: bytes) -> None:
        with pytest.raises(InputRefusedError) as caught:
            reader_for(name, head)
        assert ".tmx" in str(caught.value.advice)

    def test_writer_by_name(self) -> None:
        assert [writer_for(name).id for name in ("a.tmx", "b.TSV", "c.csv")] == ["tmx", "tsv", "csv"]
        with pytest.raises(WrongUsageError):
            writer_for("memory")


def test_layer_is_what_the_file_says() -> None:
    unit = MemoryUnit(ZH, EN, Layer.SIGNED)
    for kind in WRITERS:
        assert read(write([unit, replace(unit, layer=Layer.DRAFT)], kind), kind)[0].layer is Layer.SIGNED
    assert HOUSE.source == "zh-Hans"
