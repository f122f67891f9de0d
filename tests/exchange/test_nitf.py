"""NITF: valid against IPTC's schema, and everything where a newsroom looks for it."""

from dataclasses import replace
from functools import cache

import pytest
from editions import CONTROLS, HOSTILE, SHARED, edition, filled
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from desktop_app.domain.edition import Edition
from desktop_app.domain.story import Block, BlockKind, Content, Credit, Segment
from desktop_app.exchange.formats.nitf import NitfWriter

NS = {"n": "http://iptc.org/std/NITF/2006-10-18/"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def root(made: Edition) -> etree._Element:
    return etree.fromstring(NitfWriter().write(made))


def values(made: Edition, path: str) -> list[str]:
    return [str(found) for found in root(made).xpath(path, namespaces=NS)]


@cache
def schema() -> etree.XMLSchema:
    path = SHARED / "schemas" / "nitf" / "nitf-3-6.xsd"
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    return etree.XMLSchema(etree.parse(path, etree.XMLParser(no_network=True)))


@pytest.mark.parametrize(
    "made",
    [
        edition(),
        edition(draft=True),
        edition(previous=True),
        edition(Content(), draft=True),
        filled(HOSTILE),
        filled(CONTROLS),
        filled(""),
    ],
    ids=["approved", "draft", "revised", "empty", "hostile", "controls", "blank"],
)
def test_valid_against_the_schema(made: Edition) -> None:
    schema().assertValid(root(made))


@given(st.lists(st.sampled_from(BlockKind), max_size=8), st.text(max_size=12))
def test_any_order_of_blocks_is_valid(kinds: list[BlockKind], text: str) -> None:
    schema().assertValid(root(filled(text, kinds)))


def test_headline_deck_and_body_stand_in_their_places() -> None:
    made = edition()
    assert values(made, "//n:hedline/n:hl1/text()") == ["A Battery That Works at −50 °C"]
    assert values(made, "//n:hedline/n:hl2/text()") == ["Power for polar stations"]
    assert values(made, "//n:body/n:body.content/n:p/text()") == [
        "On March 12, the team announced its result. It has been published.",
        "She said so. ",
    ]
    assert values(made, "//n:body.content/n:hl2/text()") == ["From laboratory to ice"]
    assert values(made, "//n:body.content/n:ul/n:li/text()") == ["a pilot line;", "reliability trials."]
    assert values(made, "//n:bq/n:block/n:p/text()") == ["“Not one outage.”"]
    order = [etree.QName(child).localname for child in root(made).find(".//n:body/n:body.content", NS)]
    assert order == ["p", "media", "hl2", "ul", "bq", "media", "p"]


def test_credits_dateline_and_dates() -> None:
    made = edition()
    bylines = ["".join(found.itertext()) for found in root(made).iterfind(".//n:byline", NS)]
    assert bylines == ["By LI Wei", "Draft: LI Wei", "Revision: WANG Fang"]
    assert values(made, "//n:dateline/n:location/text()") == ["KUNMING"]
    assert values(made, "//n:story.date/@norm") == ["20240312"]
    assert values(made, "//n:date.issue/@norm") == ["20240313T081500Z"]
    assert values(made, "//n:date.release/@norm") == ["20240312"]
    assert values(made, "//n:keyword/@key") == ["Research", "科研"]
    assert values(made, "//n:revision-history/@name") == ["LI Wei", "WANG Fang", "ZHAO Min"]
    assert values(made, "//n:revision-history/@function") == ["writer-author", "editor", "editor"]
    assert values(made, "//n:revision-history/@comment")[1] == "Revision; signed for version 2.4"
    assert values(made, "//n:revision-history/@norm")[0] == "20240312T070000Z"


def test_picture_keeps_both_captions_alternative_text_and_credit() -> None:
    made = edition()
    reference = root(made).find(".//n:media/n:media-reference", NS)
    assert dict(reference.attrib) == {
        "source": "1.jpg",
        "mime-type": "image/jpeg",
        "source-credit": "赵磊 / ZHAO Lei",
        "copyright": "© Yunling University",
        "alternate-text": "Three people around a bench",
        "height": "4000",
        "width": "6000",
    }
    first = root(made).find(".//n:media", NS)
    captions = {c.get(LANG): "".join(c.itertext()).strip() for c in first.iterfind("n:media-caption", NS)}
    assert captions == {"en": "Prof. SHEN Ruoxi in the laboratory", "zh-Hans": "沈若溪教授在实验室"}
    assert values(made, "//n:media-producer/text()") == ["Photo: 赵磊 / ZHAO Lei"]


def test_draft_says_so_in_title_status_message_and_text() -> None:
    made = edition(draft=True)
    assert values(made, "//n:title/text()") == ["DRAFT – NOT APPROVED: A Battery That Works at −50 °C"]
    assert values(made, "//n:docdata/@management-status") == ["withheld"]
    assert values(made, "//n:ed-msg/@info") == ["DRAFT – NOT APPROVED; sentences not translated: 1"]
    assert values(made, "//n:note[@noteclass='editorsnote']//n:p/text()") == ["DRAFT – NOT APPROVED"]
    assert values(made, "//n:date.issue/@norm | //n:date.release/@norm") == []
    approved = edition()
    assert values(approved, "//n:docdata/@management-status") == ["usable"]
    assert values(approved, "//n:ed-msg | //n:note") == []


def test_embargo_is_a_status_a_moment_and_a_note() -> None:
    made = replace(edition(), embargo=("2026-12-01T00:00:00.000000Z", "Asia/Shanghai"))
    assert values(made, "//n:docdata/@management-status") == ["embargoed"]
    assert values(made, "//n:docdata/n:date.release/@norm") == ["20261201T000000Z"]
    assert values(made, "//n:docdata/n:ed-msg/@info") == ["EMBARGOED until 2026-12-01 08:00 Asia/Shanghai"]
    assert values(made, "//n:pubdata") == [], "it is not published yet"
    if (SHARED / "schemas").is_dir():
        schema().assertValid(root(made))


def test_review_that_is_pending_is_a_byline_and_nobodys_name() -> None:
    pending = Credit("revision", "Revision", ("pending",), pending=True)
    made = replace(edition(), credits=(Credit("draft", "Draft", ("LI Wei",)), pending), signed=())
    assert values(made, "//n:byline[@class='credit-revision']/text()") == ["Revision: pending"]
    assert values(made, "//n:revision-history/@name") == ["LI Wei"]
    assert values(made, "//n:ed-msg/@info") == ["Revision: pending"]
    if (SHARED / "schemas").is_dir():
        schema().assertValid(root(made))


def test_chinese_headline_stands_in_for_a_missing_one_and_says_so() -> None:
    own = Content((Block("b1", BlockKind.HEADLINE, (Segment("s", "题目"),)),))
    found = root(edition(own, draft=True)).find(".//n:hl1", NS)
    assert (found.text, found.get(LANG)) == ("题目", "zh-Hans")


def test_credit_that_only_the_chinese_page_has_is_kept_in_chinese() -> None:
    made = edition()
    page = (Credit("draft", "供稿", ("材料学院",)), Credit("photo", "摄影", ("赵磊",)))
    made = replace(made, credits_zh=(*made.credits_zh, *page))
    found = [byline for byline in root(made).iterfind(".//n:byline", NS) if byline.get(LANG)]
    assert [("".join(byline.itertext()), byline.get(LANG)) for byline in found] == [
        ("供稿：材料学院", "zh-Hans"),
        ("摄影：赵磊", "zh-Hans"),
    ]
    if (SHARED / "schemas").is_dir():
        schema().assertValid(root(made))
