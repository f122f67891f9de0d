"""XLIFF 1.2: valid, complete, and the same story when it comes home; foreign files are read, hostile ones refused."""

import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from editions import CONTROLS, HOSTILE, SHARED, content, edition, filled, story
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from desktop_app.domain.edition import Edition
from desktop_app.domain.story import Bilingual, Block, BlockKind, Content, Credit, Segment, SegmentStatus
from desktop_app.exchange.bitext import Bitext
from desktop_app.exchange.formats import bitext_reader_for
from desktop_app.exchange.formats.xliff12 import XliffReader, XliffWriter
from desktop_app.foundation.errors import InputRefusedError

NS = {"x": "urn:oasis:names:tc:xliff:document:1.2"}
OKAPI = SHARED / "data" / "interop" / "okapi" / "okapi"
HOSTILE_FILES = SHARED / "data" / "interop" / "hostile"

CODES = ("bpt", "ept", "it", "ph", "x", "bx", "ex")
REFUSED = {
    "JMP-11-Test01.xlf": "This is XLIFF 1.1, and XLIFF 1.2 is expected here.",
    "PAS-10-Test01.xlf": "This is XLIFF 1.0, and XLIFF 1.2 is expected here.",
    "RB-11-Test01.xlf": "This is XLIFF 1.1, and XLIFF 1.2 is expected here.",
    "SF-12-Test01.xlf": "Two translation units have the id “Export”.",
    "invalid_xml_entity.xlf": "The file is not well-formed XML (PCDATA invalid Char value 3).",
    "segmented.xlf": "The file calls itself XLIFF 1.2 and lacks the standard's namespace.",
}


def write(made: Edition) -> bytes:
    return XliffWriter().write(made)


def root(made: Edition) -> etree._Element:
    return etree.fromstring(write(made))


def read(data: bytes) -> Bitext:
    (bitext,) = XliffReader().read(data, "story.xlf")
    return bitext


def foreign(body: str, attributes: str = 'target-language="en"') -> bytes:
    return (
        f'<xliff version="1.2" xmlns="{NS["x"]}"><file original="a.docx" source-language="zh-CN" datatype="x-docx" '
        f"{attributes}><body>{body}</body></file></xliff>"
    ).encode()


class _XmlXsd(etree.Resolver):
    """Gives the schema of xml:lang and xml:space from the shared folder instead of the network."""

    def resolve(self, system_url: str, public_id: str, context: object) -> object:
        if system_url.endswith("xml.xsd"):
            return self.resolve_filename(str(SHARED / "schemas" / "nitf" / "xml.xsd"), context)
        return None


@cache
def schema(name: str) -> etree.XMLSchema:
    folder = OKAPI / "libraries/lib-verification/src/main/resources/net/sf/okapi/lib/verification"
    path = folder / f"xliff-core-1.2-{name}.xsd"
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_XmlXsd())
    return etree.XMLSchema(etree.parse(path, parser))


# Writing


@pytest.mark.parametrize("name", ["strict", "transitional"])
@pytest.mark.parametrize(
    "made",
    [
        edition(),
        edition(draft=True),
        edition(previous=True),
        edition(draft=True, previous=True),
        edition(Content()),
        filled(HOSTILE),
        filled(CONTROLS),
        filled(""),
        replace(edition(), signed=(), credits=()),
        replace(edition(), credits=(Credit("other", "A", ("X",)), Credit("other", "B", ("Y",)))),
    ],
    ids=["approved", "draft", "revised", "draft-revised", "empty", "hostile", "controls", "blank", "nobody", "twice"],
)
def test_valid_against_the_schema(made: Edition, name: str) -> None:
    schema(name).assertValid(root(made))


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("status", list(SegmentStatus))
def test_approved_and_state_are_set_together(status: SegmentStatus, draft: bool) -> None:
    own = content()
    blocks = [replace(b, segments=tuple(replace(s, status=status) for s in b.segments)) for b in own.blocks]
    units = root(edition(replace(own, blocks=tuple(blocks)), draft=draft)).findall(".//x:trans-unit", NS)
    assert units
    for unit in units:
        approved, state = unit.get("approved"), unit.find("x:target", NS).get("state")
        assert approved in {"yes", "no"}
        assert (approved == "yes") == (state in {"final", "signed-off"})


def test_one_unit_a_segment_and_no_seg_source() -> None:
    made = edition()
    units = root(made).findall(".//x:trans-unit", NS)
    segments = list(made.story.content.segments())
    ids = [unit.get("id") for unit in units]
    assert [i for i in ids if not i.endswith((".caption", ".alt"))] == [segment.id for segment in segments]
    assert [i for i in ids if i.endswith((".caption", ".alt"))] == ["b4.caption", "b4.alt", "b9.caption"]
    assert root(made).findall(".//x:seg-source", NS) == []


def test_phases_name_the_people_and_their_moments() -> None:
    phases = root(edition()).findall(".//x:phase", NS)
    assert [dict(phase.attrib) for phase in phases][:2] == [
        {
            "phase-name": "draft",
            "process-name": "Draft",
            "company-name": "Yunling University News Office",
            "date": "2024-03-12T07:00:00Z",
            "contact-name": "LI Wei",
        },
        {
            "phase-name": "revision",
            "process-name": "Revision",
            "company-name": "Yunling University News Office",
            "date": "2024-03-12T09:30:00Z",
            "contact-name": "WANG Fang",
        },
    ]
    assert [phase.get("contact-name") for phase in phases] == ["LI Wei", "WANG Fang", "ZHAO Min"]


def test_previous_version_is_an_alternative_with_its_own_source() -> None:
    units = {unit.get("id"): unit for unit in root(edition(previous=True)).findall(".//x:trans-unit", NS)}
    (earlier,) = units["s3.1"].findall("x:alt-trans", NS)
    assert earlier.get("alttranstype") == "previous-version"
    assert earlier.get("origin") == "version 2.2"
    assert earlier.findtext("x:source", namespaces=NS) == "成果已发表。"
    assert earlier.findtext("x:target", namespaces=NS) == "It was published."
    assert earlier.find("x:target", NS).get("phase-name") == "draft"
    assert units["s3.1"].find("x:target", NS).get("phase-name") == "revision"
    assert units["s3.0"].find("x:target", NS).get("phase-name") == "draft"
    assert units["s3.0"].findall("x:alt-trans", NS) == []


def test_last_note_of_every_unit_repeats_the_names() -> None:
    for unit in root(edition(previous=True)).findall(".//x:trans-unit", NS):
        last = unit[-1]
        assert etree.QName(last).localname == "note"
        assert last.text == "Draft: LI Wei; Revision: WANG Fang; 翻译：李伟; 审校：王芳"


# Round trip


@pytest.mark.parametrize("draft", [False, True])
def test_story_comes_home_as_it_left(draft: bool) -> None:
    made = edition(draft=draft, previous=True)
    home = read(write(made))
    assert (home.story, home.version, home.digest) == (made.story.id, "2.4", made.digest)
    assert (home.slug, home.draft) == ("cold-battery", draft)
    assert (home.source_language, home.target_language) == ("zh-Hans", "en")
    assert home.headline() == made.story.headline()
    assert [(b.id, b.kind) for b in home.blocks] == [(b.id, b.kind) for b in made.story.content.blocks]
    for mine, block in zip(home.blocks, made.story.content.blocks, strict=True):
        pairs = [(s.id, s.source, s.target, s.status) for s in mine.segments]
        assert pairs == [(s.id, s.source, s.target, s.status) for s in block.segments]
        if block.placement is not None:
            assert mine.file == block.placement.file
            assert mine.caption is not None
            assert Bilingual(mine.caption.source, mine.caption.target) == block.placement.caption
            alt = Bilingual(mine.alt.source, mine.alt.target) if mine.alt else Bilingual()
            assert alt == block.placement.alt
    previous = {unit.id: unit.previous for unit in home.units() if unit.previous}
    assert previous == {"s3.1": Bilingual("成果已发表。", "It was published.")}
    assert all(unit.notes == () for unit in home.units())
    assert {unit.approved for unit in home.units() if unit.target} == {not draft}


def test_facts_of_the_story_come_home() -> None:
    made = edition()
    home = read(write(made))
    assert home.credits == (*made.credits, *made.credits_zh)
    assert (home.byline, home.dateline) == (made.story.content.byline, made.story.content.dateline)
    assert (home.topics, home.date) == (("Research", "科研"), "2024-03-12")
    assert home.source_url == made.story.source_url
    own = home.content(iter("abcdefghijklmnopqrstuvwxyz").__next__)
    assert (own.byline, own.dateline, own.topics) == (home.byline, home.dateline, home.topics)


def test_credits_find_their_steps_by_their_labels() -> None:
    lines = (
        Credit("draft", "Draft", ("LI Wei", "SUN Yue")),
        Credit("photo", "摄影", ("顾安", "何淼")),
        Credit("other", "策划", ("甲",)),
    )
    home = read(write(replace(edition(), credits=lines[:1], credits_zh=lines[1:])))
    assert home.credits == lines


@pytest.mark.parametrize("note", ["", "<note from='diptych:credits'>a; :b; c: ; ： d</note>"])
def test_facts_in_another_form_are_left_out(note: str) -> None:
    head = (
        f"<header>{note}<note from='diptych:date'>20240312</note><note from='diptych:source'>javascript:1</note>"
        "<note from='diptych:topics'> , ,</note><note>Other</note></header>"
    )
    body = '<trans-unit id="1"><source>甲</source></trans-unit>'
    data = foreign(body, 'tool-id="diptych"').replace(b"<body>", f"{head}<body>".encode())
    home = read(data)
    assert (home.credits, home.topics, home.date, home.source_url) == ((), (), None, None)
    theirs = foreign(body).replace(b"<body>", b"<header><note from='diptych:date'>2024-03-12</note></header><body>")
    assert read(theirs).date is None


XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufffe\uffff", min_codepoint=0x20), max_size=60
)


@given(st.lists(st.tuples(XML_TEXT, XML_TEXT, st.sampled_from(SegmentStatus)), max_size=6), st.booleans())
def test_any_words_come_home_unchanged(pairs: list[tuple[str, str, SegmentStatus]], draft: bool) -> None:
    segments = tuple(Segment(f"s{n}", zh, en, status) for n, (zh, en, status) in enumerate(pairs))
    own = Content((Block("b", BlockKind.PARAGRAPH, segments),))
    home = read(write(edition(own, draft=draft)))
    assert [(s.source, s.target) for s in home.blocks[0].segments] == [(zh, en) for zh, en, _ in pairs]
    for mine, segment in zip(home.blocks[0].segments, segments, strict=True):
        if not segment.target.strip():
            assert mine.status is SegmentStatus.UNTRANSLATED
        elif segment.status is not SegmentStatus.UNTRANSLATED:
            assert mine.status is segment.status


def test_what_another_tool_changed_outweighs_our_own_word() -> None:
    data = write(edition(draft=True)).decode()
    before = 'extradata="revised" xml:space="preserve">'
    assert before in data
    changed = data.replace('state="translated"', 'state="needs-review-translation"')
    assert {s.status for s in read(changed.encode()).blocks[2].segments} == {SegmentStatus.DRAFT}


def test_notes_of_people_come_home_and_the_names_do_not() -> None:
    data = write(edition()).decode()
    changed = data.replace("</target>", "</target><note from='WANG Fang'>Please check.</note>", 1)
    assert [unit.notes for unit in read(changed.encode()).units()][:2] == [("Please check.",), ()]


# Files of other programs


def test_inline_codes_go_and_their_words_stay() -> None:
    body = (
        '<trans-unit id="1"><source>学校<g id="1">召开</g>会议<x id="2"/>。<ph id="3">&lt;b/></ph></source>'
        '<target state="final">The <mrk mtype="term">meeting</mrk><x id="2" ctype="lb"/>met.'
        '<bpt id="4">&lt;i><sub>inner</sub></bpt></target></trans-unit>'
    )
    (unit,) = read(foreign(body)).units()
    assert (unit.source, unit.target) == ("学校召开会议。", "The meeting met.inner")
    assert unit.status is SegmentStatus.CONFIRMED
    assert not unit.approved


@pytest.mark.parametrize(
    ("flags", "state", "status", "approved"),
    [
        ("", "", SegmentStatus.DRAFT, False),
        ("", ' state="new"', SegmentStatus.DRAFT, False),
        ("", ' state="translated"', SegmentStatus.CONFIRMED, False),
        (' approved="yes"', "", SegmentStatus.SIGNED_OFF, True),
        (' approved="yes"', ' state="final"', SegmentStatus.SIGNED_OFF, True),
        (' approved="yes"', ' state="needs-translation"', SegmentStatus.DRAFT, False),
        (' approved="no"', ' state="final"', SegmentStatus.CONFIRMED, False),
        ("", ' state="translated" state-qualifier="rejected-grammar"', SegmentStatus.REJECTED, False),
        (' extradata="signed off"', ' state="x-mine"', SegmentStatus.DRAFT, False),
    ],
)
def test_states_of_other_tools(flags: str, state: str, status: SegmentStatus, approved: bool) -> None:
    body = f'<trans-unit id="1"{flags}><source>甲</source><target{state}>A</target></trans-unit>'
    (unit,) = read(foreign(body)).units()
    assert (unit.status, unit.approved) == (status, approved)


def test_segmented_unit_is_parted_at_its_marks() -> None:
    body = (
        '<trans-unit id="7"><source>一。 二。</source><seg-source><mrk mtype="seg" mid="1">一。</mrk> '
        '<mrk mtype="seg" mid="2">二。</mrk></seg-source><target><mrk mtype="seg" mid="1">One.</mrk> '
        '<mrk mtype="seg" mid="2"></mrk></target></trans-unit>'
    )
    units = read(foreign(body)).units()
    assert [(u.id, u.source, u.target) for u in units] == [("7.1", "一。 ", "One."), ("7.2", "二。", "")]
    assert [u.status for u in units] == [SegmentStatus.DRAFT, SegmentStatus.UNTRANSLATED]


def test_first_line_of_a_foreign_file_is_its_headline() -> None:
    body = (
        '<group><trans-unit id="1"><source>学校召开会议</source></trans-unit></group>'
        '<trans-unit id="2"><source>会议开得很好。</source></trans-unit>'
    )
    assert [block.kind for block in read(foreign(body)).blocks] == [BlockKind.HEADLINE, BlockKind.PARAGRAPH]


def okapi_files() -> list[Path]:
    found = OKAPI.glob("filters/xliff/src/test/resources/**/*.*")
    return sorted(path for path in found if path.suffix in XliffReader.suffixes)


@pytest.mark.parametrize("path", okapi_files(), ids=lambda path: path.name)
def test_okapi_s_files_are_read_or_refused_with_a_reason(path: Path) -> None:
    data = path.read_bytes()
    reader = bitext_reader_for(path.name, data)
    assert reader is not None
    if path.name in REFUSED:
        with pytest.raises(InputRefusedError) as refusal:
            XliffReader().read(data, path.name)
        assert str(refusal.value.reason) == REFUSED[path.name]
        return
    document = etree.fromstring(data)
    etree.strip_elements(document, *(f"{{{NS['x']}}}{code}" for code in CODES), with_tail=False)
    words = "".join("".join(document.itertext()).split())
    units = [unit for bitext in reader.read(data, path.name) for unit in bitext.units()]
    assert len(units) >= len(document.findall(".//x:trans-unit", NS))
    # Words in a ``sub`` of a code are kept by us, and stripped with the code here.
    strange = [unit for unit in units if "".join(unit.source.split()) not in words]
    assert len(strange) == (2 if path.name == "Manual-12-AltTrans.xlf" else 0)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "The file has no translation units."),
        ('<trans-unit id="1"><target>A</target></trans-unit>', "A translation unit has no source."),
        ("<trans-unit><source>A</source></trans-unit>", "A translation unit has no id."),
        (
            '<trans-unit id="1"><source>A</source></trans-unit>' * 2,
            "Two translation units have the id “1”.",
        ),
    ],
)
def test_broken_files_are_refused_with_the_reason(body: str, reason: str) -> None:
    with pytest.raises(InputRefusedError) as refusal:
        read(foreign(body))
    assert str(refusal.value.reason) == reason


def test_other_versions_are_refused_by_name() -> None:
    with pytest.raises(InputRefusedError, match=r"^This is XLIFF 2\.1, and XLIFF 1\.2 is expected here\.$"):
        read(b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="zh"/>')


@pytest.mark.parametrize(
    "name", ["xxe-http-loopback.xlf", "deep-nesting.xlf", "duplicate-attr.xlf", "html-as-xliff.xlf", "empty.tmx"]
)
def test_hostile_files_are_refused_in_no_time(name: str) -> None:
    path = HOSTILE_FILES / name
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    begun = time.process_time()
    with pytest.raises(InputRefusedError) as refusal:
        XliffReader().read(path.read_bytes(), name)
    assert time.process_time() - begun < 1
    reason = str(refusal.value.reason)
    assert reason[0].isupper()
    assert reason.endswith(".")
    assert refusal.value.subject in {"", name}


def test_entities_are_refused_before_they_expand() -> None:
    laughs = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    data = f'<!DOCTYPE xliff [<!ENTITY a0 "ha">{laughs}]>'.encode() + foreign(
        '<trans-unit id="1"><source>&a9;</source></trans-unit>'
    )
    with pytest.raises(InputRefusedError, match=r"^The file declares entities of its own"):
        read(data)


def test_writer_s_own_name_is_in_the_tool() -> None:
    assert story().id in write(edition()).decode()
    assert root(edition()).find(".//x:tool", NS).get("tool-name") == "Diptych"
