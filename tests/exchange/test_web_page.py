"""Web pages: what is read from their structure, what is left out, and what is refused."""

import re
import socket
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.story import BlockKind, Credit
from desktop_app.exchange.formats import reader_for
from desktop_app.exchange.formats.web_page import WebPageReader
from desktop_app.exchange.limits import MAX_DEPTH, MAX_TEXT_BYTES
from desktop_app.exchange.page import Page, ReadBlock
from desktop_app.foundation.errors import InputRefusedError

PAGES = Path(__file__).parents[1] / "data" / "pages"
SHARED = Path(__file__).parents[3] / "shared" / "data"
PROSE = "The station was opened on Monday by the president of the university."


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise AssertionError("a reader reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def shared(*parts: str) -> bytes:
    path = SHARED.joinpath(*parts)
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    return path.read_bytes()


def read(html: str | bytes) -> Page:
    return WebPageReader().read(html.encode("utf-8") if isinstance(html, str) else html, "page.html")


def body(inner: str, head: str = "") -> Page:
    return read(f"<html><head><meta charset='utf-8'>{head}</head><body><h1>Station Opens</h1>{inner}</body></html>")


def texts(page: Page, kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    return [block.text for block in page.blocks if block.kind is kind]


def pictures(page: Page) -> list[tuple[str, str, str]]:
    return [(b.file, b.caption, b.alt) for b in page.blocks if b.kind is BlockKind.PICTURE]


def accounted(page: Page) -> Counter[str]:
    pieces = [*page.boilerplate, *page.particulars]
    for block in page.blocks:
        pieces += [block.text, block.caption]
    return visible("".join(pieces))


def visible(text: str) -> Counter[str]:
    return Counter(character for character in text if not character.isspace())


# The shared pages


def test_english_page_with_draft_revision_editor() -> None:
    page = read(shared("stories", "m01-en-draft-revision-editor.html"))
    assert page == Page(
        "en",
        (
            ReadBlock(BlockKind.HEADLINE, "Delegation from Hengshan Special Steel Visits NKU-T for Cooperation"),
            ReadBlock(
                BlockKind.PARAGRAPH,
                "On January 11th, Mr. LYU Chenguang, Deputy General Manager of Hengshan Special Steel Group, led a "
                "delegation to North Keda University of Technology (NKU-T). Prof. ZHANG Weimin, Vice President, and "
                "Prof. MAO Xinyu, Member of the Chinese Academy of Engineering, attended the meeting.",
            ),
            ReadBlock(BlockKind.PICTURE, file="1.jpg", caption="Prof. ZHANG Weimin spoke at the meeting"),
            ReadBlock(
                BlockKind.PARAGRAPH,
                "The two sides signed three agreements worth RMB 120 million.The projects will run until 2027.",
            ),
            ReadBlock(BlockKind.PICTURE, file="2.jpg", caption="Mr. LYU Chenguang spoke at the meeting"),
        ),
        (
            Credit("draft", "Draft", ("Department of Technology Transfer",)),
            Credit("revision", "Revision", ("LI Bei", "FENG Qiming")),
            Credit("editor", "Editor", ("WANG Yue",)),
        ),
        date="2024-01-12",
        boilerplate=(
            "Home >> News >> University News",
            "Views:318",
            "Address: 30 Keda Road, Haidian District © 2024",
        ),
        particulars=(
            "Release Time: 2024-01-12",
            "Draft: Department of Technology Transfer",
            "Revision: LI Bei, FENG Qiming",
            "Editor: WANG Yue",
        ),
    )


def test_chinese_page_with_a_credits_block() -> None:
    page = read(shared("stories", "m03-zh-credits-block.html"))
    assert page.language == "zh-Hans"
    assert page.blocks == (
        ReadBlock(BlockKind.HEADLINE, "衡山特钢集团副总经理吕晨光一行来校交流"),
        ReadBlock(
            BlockKind.PARAGRAPH,
            "新闻网讯（通讯员 陈曦 记者 赵磊）1月11日下午，衡山特钢集团副总经理吕晨光一行来校调研交流。"
            "副校长张为民、中国工程院院士毛新宇出席座谈会。",
        ),
        ReadBlock(BlockKind.PICTURE, file="1.jpg", caption="座谈会现场　赵磊 摄"),
        ReadBlock(
            BlockKind.PARAGRAPH,
            "双方签署三项协议，总金额1.2亿元。项目执行期至2027年，预计培养研究生百余人，带动产值超过十亿元。",
        ),
    )
    assert page.date == "2024-01-11"
    assert [(c.step, c.label, c.names) for c in page.credits] == [
        ("source", "来源", ("技术转移处",)),
        ("author", "作者", ("陈曦",)),
        ("draft", "供稿", ("技术转移处",)),
        ("photo", "摄影", ("赵磊",)),
        ("editor", "责任编辑", ("王悦",)),
        ("approval", "审核", ("李强",)),
    ]
    assert page.byline == ("陈曦",)
    assert page.boilerplate == ("浏览次数：1024次",)


@pytest.mark.parametrize("name", ["m01-en-draft-revision-editor.html", "m03-zh-credits-block.html"])
def test_shared_pages_lose_no_character(name: str) -> None:
    data = shared("stories", name)
    shown = re.sub(r"<head>.*?</head>|<[^>]*>", "", data.decode(), flags=re.DOTALL)
    for entity, character in (("&gt;", ">"), ("&copy;", "©")):
        shown = shown.replace(entity, character)
    assert accounted(read(data)) == visible(shown)


def test_page_with_scripts_and_frames_gives_its_words_alone() -> None:
    page = read(shared("interop", "hostile", "html-script-import.html"))
    assert page.blocks == (
        ReadBlock(BlockKind.HEADLINE, "标题"),
        ReadBlock(BlockKind.PARAGRAPH, "正文。"),
        ReadBlock(BlockKind.PARAGRAPH, "a链接"),
    )


# Our own page


def test_page_of_our_own_is_understood_whole() -> None:
    page = read((PAGES / "field-station.en.html").read_bytes())
    assert page.language == "en"
    assert page.blocks == (
        ReadBlock(BlockKind.HEADLINE, "Field Station Opens on Mount Lan"),
        ReadBlock(
            BlockKind.PARAGRAPH,
            "The station was opened on\u00a0Monday, and visitors came from three cities to see it.",
        ),
        ReadBlock(BlockKind.SUBHEADING, "What it measures"),
        ReadBlock(BlockKind.LIST_ITEM, "wind, at four heights"),
        ReadBlock(BlockKind.LIST_ITEM, "rain"),
        ReadBlock(BlockKind.PARAGRAPH, "Year\tRain (mm)"),
        ReadBlock(BlockKind.PARAGRAPH, "2023\t812"),
        ReadBlock(
            BlockKind.PICTURE,
            file="Group Photo 1.JPG",
            caption="The first visitors.",
            alt="Ten people in front of a white hut",
        ),
        ReadBlock(BlockKind.PICTURE, file="图1.png", caption="Wind mast at dusk"),
        ReadBlock(BlockKind.QUOTATION, "“We waited nine years for this day,” said the head of the station."),
        ReadBlock(BlockKind.PARAGRAPH, "The next station will be built in spring on the other side of the mountain."),
    )
    assert page.credits == (
        Credit("source", "Source", ("School of Energy",)),
        Credit("author", "Author", ("LI Wei", "WANG Fang")),
        Credit("draft", "Text and Photos by", ("HE Miao",)),
        Credit("draft", "Draft", ("LI Wei",)),
        Credit("revision", "Revision", ("WANG Fang", "LUO Ning")),
    )
    assert page.date == "2024-01-29"
    assert page.source_url == "https://news.example.edu.cn/en/2025/field-station.htm"
    assert page.boilerplate == (
        "Home News",
        "Home > News > Research",
        "Previous: Sports Meeting Ends",
        "Next: Library Opens",
        "Copyright © 2025 Yunchuan University of Technology. All rights reserved.",
    )


# Structure


def test_title_element_helps_to_find_the_headline() -> None:
    page = read(
        "<html><head><title>学校新建报告厅-云川理工大学</title></head><body><div>云川理工大学新闻</div>"
        "<p>学校新建报告厅</p><p>一月二十六日，学校新建的报告厅正式投入使用，可容纳八百人。</p></body></html>"
    )
    assert texts(page, BlockKind.HEADLINE) == ["学校新建报告厅"]
    assert page.boilerplate == ("云川理工大学新闻",)


def test_title_element_is_no_headline_by_itself() -> None:
    with pytest.raises(InputRefusedError):
        read(f"<html><head><title>Station Opens</title></head><body><p>{PROSE}</p></body></html>")


def test_logo_heading_gives_way_to_the_headline() -> None:
    page = read(
        "<title>Station Opens - YCUT</title><h1 class='logo'><a href='/'>Yunchuan University</a></h1>"
        f"<h1>Station Opens</h1><p>{PROSE}</p>"
    )
    assert texts(page, BlockKind.HEADLINE) == ["Station Opens"]
    assert page.boilerplate == ("Yunchuan University",)


def test_broken_headline_is_joined() -> None:
    assert texts(read(f"<h1>Station<br>Opens</h1><p>{PROSE}</p>"), BlockKind.HEADLINE) == ["Station Opens"]
    assert texts(read(f"<h1>报告厅<br>启用</h1><p>{PROSE}</p>"), BlockKind.HEADLINE) == ["报告厅启用"]


def test_white_space_collapses_as_in_a_browser() -> None:
    page = body("<p>\n  one\t two\n  <b>three</b>four&nbsp; five </p><p>　　学校\n召开  会议</p>")
    assert texts(page) == ["one two threefour\u00a0 five", "学校召开 会议"]


def test_what_is_not_shown_is_not_read() -> None:
    page = body(
        f"<p>{PROSE}</p><p hidden>a</p><p style='DISPLAY : none'>b</p><template><p>c</p></template>"
        "<noscript><p>d</p></noscript><div class='sr-only'>e</div><!-- f --><textarea hidden>g</textarea>"
    )
    assert texts(page) == [PROSE]
    assert page.boilerplate == ()


def test_line_breaks_part_paragraphs() -> None:
    page = body(f"<p>{PROSE}<br>{PROSE}<br><br>The end is\nnear and<br>dear to us.</p>")
    assert texts(page) == [PROSE, PROSE, "The end is near and dear to us."]


def test_article_laid_out_in_a_table_is_read_as_an_article() -> None:
    page = read(
        f"<table><tr><td><div>Menu</div></td><td><h1>Station Opens</h1><p>{PROSE}</p><p>{PROSE}</p></td></tr></table>"
    )
    assert texts(page) == [PROSE, PROSE]


def test_long_text_beside_a_picture_is_a_paragraph() -> None:
    long = f"{PROSE} {PROSE} {PROSE}"
    page = body(f"<p><img src='a.jpg'>{long}</p>")
    assert pictures(page) == [("a.jpg", "", "")]
    assert texts(page) == [long]


@pytest.mark.parametrize(
    ("source", "file"),
    [
        ("/images/1.jpg", "1.jpg"),
        ("a/b/%E5%9B%BE%201.PNG?x=1#y", "图 1.PNG"),
        ("..%2F..%5Cetc%5Cp.jpg", "p.jpg"),
        ("C:\\fakepath\\p.jpg", "p.jpg"),
        ("%BB%E1%D2%E9.jpg", "会议.jpg"),
        ("https://example.org/p.webp", "p.webp"),
    ],
)
def test_picture_file_is_the_last_part_of_its_address(source: str, file: str) -> None:
    assert pictures(body(f"<p><img src='{source}'></p><p>{PROSE}</p>")) == [(file, "", "")]


@pytest.mark.parametrize(
    "image",
    [
        "<img src='data:image/png;base64,AAAA'>",
        "<img src='/count.do?id=7'>",
        "<img src='x' onerror='alert(1)'>",
        "<img src='dot.gif' width='1' height='1'>",
        "<img src='/system/icon_doc.gif'>",
        "<img>",
        "<img src='http://[broken.jpg'>",
    ],
)
def test_counters_and_icons_are_no_pictures(image: str) -> None:
    assert pictures(body(f"<p>{image}</p><p>{PROSE}</p>")) == []


def test_alternative_text_that_repeats_the_file_name_is_none() -> None:
    page = body(f"<img src='1.jpg' alt='1.JPG'><p>{PROSE}</p><img src='2.jpg' alt='2'><p>{PROSE}</p>")
    assert [alt for _, _, alt in pictures(page)] == ["", ""]


def test_related_links_behind_the_text_are_boilerplate() -> None:
    page = body(
        f"<p>{PROSE}</p><ul><li><a href='1'>Sports Meeting Ends</a></li><li><a href='2'>Library Opens</a></li></ul>"
    )
    assert texts(page, BlockKind.LIST_ITEM) == []
    assert page.boilerplate == ("Sports Meeting Ends", "Library Opens")


def test_furniture_that_holds_the_story_is_read() -> None:
    page = read(f"<div class='position'><h1>Station Opens</h1><p>{PROSE}</p></div>")
    assert texts(page) == [PROSE]


def test_date_of_the_head_counts_where_the_text_has_none() -> None:
    head = "<meta name='PubDate' content='2024-01-11 10:00'>"
    assert body(f"<p>{PROSE}</p>", head).date == "2024-01-11"
    assert body(f"<p>Date: 2024-01-12</p><p>{PROSE}</p>", head).date == "2024-01-12"


# Encodings and limits


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030", ""])
def test_declared_and_undeclared_gb18030(declared: str) -> None:
    page = read(
        f"<html><head><meta http-equiv='Content-Type' content='text/html; charset={declared}'></head><body>"
        "<h1>学校新建报告厅</h1><p>张玥、陈镕基出席，报告厅可容纳八百人。</p></body></html>".encode("gb18030")
    )
    assert texts(page) == ["张玥、陈镕基出席，报告厅可容纳八百人。"]


def test_untrue_declaration_is_passed_over() -> None:
    for declared in ("gb2312", "iso-8859-1", "no-such-thing", "rot13"):
        page = read(f"<html><head><meta charset={declared}></head><body><h1>学校新建报告厅</h1></body></html>")
        assert texts(page, BlockKind.HEADLINE) == ["学校新建报告厅"]


def test_deeply_nested_page_is_refused() -> None:
    for depth in (MAX_DEPTH + 20, 20_000):
        with pytest.raises(InputRefusedError) as refused:
            body("<div>" * depth + "deep" + "</div>" * depth)
        assert "nested" in str(refused.value.reason)
    assert texts(body("<div>" * 100 + PROSE + "</div>" * 100)) == [PROSE]


def test_page_beyond_the_limit_is_refused_with_size_and_limit() -> None:
    with pytest.raises(InputRefusedError) as refused:
        read(b"<p>" + b"a" * MAX_TEXT_BYTES)
    assert "20.1 MB" in str(refused.value.reason)
    assert "20 MB" in str(refused.value.reason)


def test_entities_do_not_expand() -> None:
    doctype = "<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
    page = read(f"{doctype}<html><body><h1>Station &a; Opens</h1></body></html>")
    assert texts(page, BlockKind.HEADLINE)[0].startswith("Station")
    assert "&a;" in "".join(texts(page, BlockKind.HEADLINE))


@pytest.mark.parametrize("data", [b"", b" \n", b"<!-- -->", b"<html></html>", b"<p></p>"])
def test_page_without_words_is_refused(data: bytes) -> None:
    with pytest.raises(InputRefusedError):
        WebPageReader().read(data, "page.html")


def test_reader_is_chosen_by_name() -> None:
    assert reader_for("a.HTM", b"<p>x").id == "html"
    assert reader_for("page.aspx", b"<p>x").id == "html"


# No character is lost

WORDS = st.sampled_from(
    [
        PROSE,
        "学校新建的报告厅于一月二十六日正式投入使用，可容纳八百人。",
        "The new hut",
        "Home > News",
        "Draft: LI Wei  Revision: WANG Fang",
        "（供稿：科研院　摄影：顾安）",
        "Release Time: 2024-01-12Views:318",
        "Date: 2024-13-45",
        "上一篇：学校召开会议",
        "Topics",
        "University News",
        "1.5 &amp; 2 &lt; 3",
        "a&nbsp;b",
    ]
)
SHELLS = st.sampled_from(
    [
        "<p>{}</p>",
        "<div>{}</div>",
        "<p align=center>{}</p>",
        "<p><img src='1.jpg'>{}</p>",
        "<p>{}<img src='2.jpg' alt='2.jpg'></p>",
        "<p>{}<br>{}</p>",
        "<p><b>{}</b></p>",
        "<p><a href='x'>{}</a></p>",
        "<h2>{}</h2>",
        "<ul><li>{}</li><li>{}</li></ul>",
        "<blockquote><p>{}</p></blockquote>",
        "<table><tr><td>{}</td><td>{}</td></tr></table>",
        "<table><tr><td><div>{}</div></td></tr></table>",
        "<table><caption>{}</caption><tr><td>{}</td><td>x</td></tr></table>",
        "<figure><figcaption>{}</figcaption><img src='3.png'></figure>",
        "<div class='footer'>{}</div>",
        "<nav>{}</nav>",
        "<pre>{}\n{}</pre>",
        "<dl><dt>{}</dt><dd>{}</dd></dl>",
        "loose {} text",
        "<p><span>{}</span><i>{}</i></p>",
        "<button>{}</button>",
        "<div class='title'>{}</div>",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(SHELLS, WORDS, WORDS), max_size=12))
def test_every_visible_character_ends_in_one_place(pieces: list[tuple[str, str, str]]) -> None:
    inner = "".join(shell.format(one, two) for shell, one, two in pieces)
    shown = re.sub(r"<[^>]*>", "", inner)
    for entity, character in (("&amp;", "&"), ("&lt;", "<"), ("&nbsp;", " ")):
        shown = shown.replace(entity, character)
    assert accounted(body(inner)) == visible(f"Station Opens{shown}")
