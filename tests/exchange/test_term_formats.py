"""Termbases as files: what is read from others' files, and that our own come back exactly."""

import csv
import io
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from desktop_app.domain.story import Languages
from desktop_app.domain.terms import Term, TermKind, tidied
from desktop_app.exchange.term_formats import FORMATS, TermFile, TermFormat, format_for, format_of
from desktop_app.exchange.term_formats.entries import MAX_TERMS, stated
from desktop_app.foundation.errors import InputRefusedError, WrongUsageError
from tests.conftest import SHARED

PAIR = Languages()
BJUT = Term(
    "", "北京工业大学", "Beijing University of Technology", TermKind.ORGANISATION, ("北工大", "工大"), "BJUT",
    ("Beijing Tech",), ("Beijing Technology University", "Peking Tech"), "两行\n备注",
)  # fmt: skip

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff"), max_size=12
) | st.text(st.sampled_from("'=+-@\"\\|;；、,\t ＝A北<&]"), max_size=8)
FORMS = st.lists(TEXT, max_size=4).map(tuple)
TERMS = st.builds(
    Term, st.just(""), TEXT, TEXT, st.sampled_from(TermKind), FORMS, TEXT, FORMS, FORMS,
    st.lists(TEXT, max_size=3).map("\n".join),
).map(tidied).filter(lambda term: term.source and term.target)  # fmt: skip


def read(data: bytes, name: str = "terms.csv", languages: Languages = PAIR) -> TermFile:
    return format_for(name, data).read(data, name, languages)


def terms(data: bytes, name: str = "terms.csv", languages: Languages = PAIR) -> list[Term]:
    return [one.term for one in read(data, name, languages).terms]


def refusal(data: bytes, name: str) -> InputRefusedError:
    begun = time.process_time()
    with pytest.raises(InputRefusedError) as caught:
        read(data, name)
    assert time.process_time() - begun < 10
    return caught.value


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.id)
@given(st.lists(TERMS, max_size=4))
def test_every_field_comes_back_exactly(form: TermFormat, given_terms: list[Term]) -> None:
    data = form.write(given_terms, PAIR)
    assert data == form.write(given_terms, PAIR)
    assert terms(data, f"x{form.suffixes[0]}") == given_terms


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.id)
def test_no_terms_make_a_valid_file_without_terms(form: TermFormat) -> None:
    assert read(form.write([], PAIR), f"x{form.suffixes[0]}") == TermFile(())


def test_the_ending_chooses_who_writes() -> None:
    assert [format_of(name).id for name in ("a.tbx", "b.CSV", "c.tsv", "d.xml")] == ["tbx", "csv", "tsv", "tbx"]
    with pytest.raises(WrongUsageError) as caught:
        format_of("terms.docx")
    assert ".tbx" in str(caught.value.advice)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_tables_are_read_in_every_encoding_and_with_every_separator(encoding: str, delimiter: str) -> None:
    rows = [
        "中文,英文,禁用,备注",
        "北京工业大学,Beijing University of Technology,Peking Tech|Beijing Tech,校名",
        "校长,president,,",
    ]
    data = "\r\n".join(row.replace(",", delimiter) for row in rows).encode(encoding)
    first, second = read(data, "表.csv").terms
    assert (first.term.source, first.term.target) == ("北京工业大学", "Beijing University of Technology")
    assert first.term.forbidden == ("Peking Tech", "Beijing Tech")
    assert first.term.note == "校名"
    assert second.given == {"forbidden", "note"}


@pytest.mark.parametrize(
    "header",
    ["zh,en,kind,short,zh-short,allowed,forbidden,note",
     "Chinese,English,Type,Abbreviation,ZH short,Variants,Deprecated,Comment",
     "原文,译文,类别,英文简称,中文简称,其他译法,禁用译法,说明",
     "zh-Hans,EN,类型,缩写,简称,允许,禁用词,注释"],
)  # fmt: skip
def test_columns_go_by_many_names(header: str) -> None:
    forms = 'BJUT,北工大；工大,Beijing Tech,"Beijing Technology University;Peking Tech","两行\n备注"'
    row = f"北京工业大学,Beijing University of Technology,机构,{forms}"
    assert terms(f"{header}\n{row}\n".encode()) == [BJUT]


def test_columns_may_stand_in_any_order_and_others_beside_them() -> None:
    assert terms("id,备注,EN,ZH\n7,n,president,校长\n".encode()) == [Term("", "校长", "president", note="n")]


def test_without_a_header_the_first_columns_are_source_and_target() -> None:
    found = read("校长\tpresident\n院长\tdean\textra\n\n".encode(), "a.txt").terms
    assert [(one.term.source, one.term.target, one.given) for one in found] == [
        ("校长", "president", frozenset()),
        ("院长", "dean", frozenset()),
    ]


def test_a_table_with_the_english_first_is_turned() -> None:
    assert [(one.source, one.target) for one in terms("president,校长\ndean,院长\n".encode())] == [
        ("校长", "president"),
        ("院长", "dean"),
    ]


def test_a_cell_that_a_spreadsheet_would_run_is_written_as_text() -> None:
    term = Term("", "=1+1", "@SUM(A1)", forbidden=("-x",), note="'=quoted")
    data = FORMATS[1].write([term], PAIR)
    row = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[1]
    assert row[:2] == ["'=1+1", "'@SUM(A1)"]
    assert row[6:] == ["'-x", "''=quoted"]
    assert terms(data) == [term]


@pytest.mark.parametrize(
    ("text", "place"),
    [("zh,en\n校长,president\n院长,\n", "line 3"), ("zh,en\n,dean\n", "line 2"), ("just one column\n", "line 1")],
)
def test_a_row_without_source_or_target_is_refused_with_its_line(text: str, place: str) -> None:
    error = refusal(text.encode(), "terms.csv")
    assert str(error.place) == place
    assert error.subject == "terms.csv"


def test_a_table_without_end_is_refused() -> None:
    refusal(b'zh,en\n"' + b"a" * 200_000, "terms.csv")
    refusal(b"a,b\n" * (MAX_TERMS + 1), "terms.csv")


V2 = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en">
<martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader>
<text><body><termEntry id="c1"><descrip type="subjectField">organization</descrip>
 <descripGrp><descrip type="definition">A university.</descrip></descripGrp>
 <langSet xml:lang="zh-TW"><tig><term>北京工業大學</term></tig></langSet>
 <langSet xml:lang="zh-CN"><ntig><termGrp><term>北京工业大学</term>
  <termNote type="termType">fullForm</termNote></termGrp></ntig>
  <tig><term>北工大</term><termNote type="termType">abbreviation</termNote></tig></langSet>
 <langSet xml:lang="de"><tig><term>TU Peking</term></tig></langSet>
 <langSet xml:lang="en-US">
  <tig><term>Beijing Technology
     University</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
  <tig><term>BJUT</term><termNote type="termType">acronym</termNote></tig>
  <tig><term>Beijing Tech</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
  <tig><term>Beijing <hi>University</hi> of Technology</term>
   <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
 </langSet></termEntry>
 <termEntry><langSet xml:lang="de"><tig><term>Nur Deutsch</term></tig></langSet></termEntry>
</body></text></martif>"""

DCT = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><tbxHeader/><text><body>
<conceptEntry id="c1"><min:subjectField>person</min:subjectField><note>A
   founder.</note>
<langSec xml:lang="zh"><termSec><term>马云</term></termSec><termSec><term>马先生</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>Ma Yun</term>
 <min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
 <termSec><term>Jack Ma</term></termSec><termSec><term>JM</term><basic:termType>acronym</basic:termType></termSec>
</langSec></conceptEntry></body></text></tbx>"""


def test_version_two_is_read_with_its_statuses_types_and_variants() -> None:
    file = read(V2.encode(), "old.tbx")
    assert file.incomplete == 1
    (one,) = file.terms
    assert one.term == Term(
        "", "北京工业大学", "Beijing University of Technology", TermKind.ORGANISATION, ("北工大",), "BJUT",
        ("Beijing Tech",), ("Beijing Technology University",), "A university.",
    )  # fmt: skip
    assert one.given == stated(one.term)


def test_style_dct_is_read_and_every_full_source_term_is_an_entry() -> None:
    assert terms(DCT.encode(), "dct.xml") == [
        Term("", source, "Jack Ma", TermKind.PERSON, (), "JM", (), ("Ma Yun",), "A founder.")
        for source in ("马云", "马先生")
    ]


def test_tbx_is_known_by_its_content_whatever_it_is_called() -> None:
    assert terms(DCT.encode("utf-16"), "terms.csv")[0].source == "马云"


def test_what_we_write_is_tbx_basic_of_version_three() -> None:
    document = etree.fromstring(FORMATS[0].write([BJUT], PAIR))
    space = {"t": "urn:iso:std:iso:30042:ed-2"}
    assert document.tag == "{urn:iso:std:iso:30042:ed-2}tbx"
    assert dict(document.attrib)["type"] == "TBX-Basic"
    assert dict(document.attrib)["style"] == "dca"
    for section in document.iterfind(".//t:termSec", space):
        assert [etree.QName(child).localname for child in section] == ["term", "termNote", "termNote"]
    statuses = {note.text for note in document.iterfind(".//t:termNote[@type='administrativeStatus']", space)}
    assert statuses == {"preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"}
    types = {note.text for note in document.iterfind(".//t:termNote[@type='termType']", space)}
    assert types <= {"fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"}


BODY = "<tbx type='TBX-Basic' xmlns='urn:iso:std:iso:30042:ed-2'><text><body>{}</body></text></tbx>"
LANGUAGE = "<conceptEntry><langSec xml:lang='{}'><termSec>{}</termSec></langSec></conceptEntry>"


@pytest.mark.parametrize(
    "text",
    [
        "<tbx/>",
        "<html><body>no</body></html>",
        "<tbx><text><body>",
        BODY.format("<conceptEntry/>"),
        BODY.format("<conceptEntry><langSec><termSec><term>a</term></termSec></langSec></conceptEntry>"),
        BODY.format(LANGUAGE.format("zh", "")),
        BODY.format(LANGUAGE.format("zh", "<term>a</term><term>b</term>")),
        BODY.format(LANGUAGE.format("de", "<term>a</term>")),
        "<!DOCTYPE tbx [<!ENTITY a 'b'>]><tbx/>",
        BODY.format("<a>" * 300 + "</a>" * 300),
    ],
)  # fmt: skip
def test_what_is_no_tbx_is_refused_in_one_sentence(text: str) -> None:
    error = refusal(text.encode(), "x.tbx")
    assert error.subject == "x.tbx"
    assert str(error.reason).endswith(".")


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode), st.sampled_from(["a.csv", "a.tbx", "a"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        found = terms(data, name)
    except InputRefusedError:
        return
    assert all(tidied(term) == term and term.source and term.target for term in found)


def shared(path: str) -> Path:
    place = SHARED / "data" / "interop" / path
    if not place.exists():
        pytest.skip("shared data is not here")
    return place


@pytest.mark.parametrize("path", ["TBX-Basic_dialect/DCA/Example_Astronomy_DCA_VALID.tbx",
                                  "TBX-Basic_dialect/DCT/Example_Astronomy_DCT_VALID.tbx",
                                  "TBX_test_files/basic_good.tbx"])  # fmt: skip
def test_published_samples_are_read_alike_in_both_styles(path: str) -> None:
    found = terms(shared(f"tbx/{path}").read_bytes(), path, Languages("en", "es"))
    assert found[0].source == "open cluster"
    assert found[0].target == "cúmulo abierto"
    assert len(found) > 15
    swapped = terms(shared(f"tbx/{path}").read_bytes(), path, Languages("es", "en"))
    assert swapped[0].forbidden == ("galactic cluster",)


@pytest.mark.parametrize("name", ["core_structure_bad.tbx", "poorly_formed_xml.tbx"])
def test_published_broken_samples_are_refused(name: str) -> None:
    data = shared(f"tbx/TBX_test_files/{name}").read_bytes()
    with pytest.raises(InputRefusedError) as caught:
        read(data, name, Languages("en", "es"))
    assert caught.value.place


def test_hostile_files_are_refused_whatever_they_are_called() -> None:
    for path in sorted(shared("hostile").iterdir()):
        if path.name == "expected.tsv":
            continue
        for suffix in (".tbx", ".csv"):
            refusal(path.read_bytes(), path.stem + suffix)
