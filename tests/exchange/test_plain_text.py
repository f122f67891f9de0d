"""Plain-text pages: the shapes of university news sites, and that no character is lost."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.story import BlockKind, Credit
from desktop_app.exchange.formats import reader_for
from desktop_app.exchange.formats.plain_text import PlainTextReader
from desktop_app.exchange.limits import MAX_BLOCKS, MAX_LINE_CHARACTERS
from desktop_app.exchange.page import Page, ReadBlock
from desktop_app.foundation.errors import InputRefusedError

PAGES = Path(__file__).parents[1] / "data" / "pages"
SHARED = Path(__file__).parents[3] / "shared" / "data"
PROSE = "The station was opened on Monday by the president of the university."
PROSE_ZH = "学校新建的报告厅于一月二十六日正式投入使用，可容纳八百人。"


def read(text: str, language: str | None = None) -> Page:
    return PlainTextReader().read(text.encode("utf-8"), "story.txt", language)


def shared(*parts: str) -> bytes:
    path = SHARED.joinpath(*parts)
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    return path.read_bytes()


def texts(page: Page, kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    return [block.text for block in page.blocks if block.kind is kind]


def visible(text: str) -> Counter[str]:
    return Counter(character for character in text if not character.isspace() and character not in "\u200b\ufeff")


def accounted(page: Page, marks: str = "") -> Counter[str]:
    pieces = [marks, *page.boilerplate, *page.particulars]
    for block in page.blocks:
        pieces += [block.text, block.file, block.caption]
    return visible("".join(pieces))


# The shared stories


def test_bjut_story_keeps_its_glued_sentences_and_lists_top_views() -> None:
    data = shared("stories", "bjut-conference.en.txt")
    page = PlainTextReader().read(data, "bjut-conference.en.txt")
    source = [line for line in data.decode().split("\n") if line]
    assert page.boilerplate == ("Top Views",)
    assert texts(page, BlockKind.HEADLINE) == [source[1]]
    assert texts(page) == source[2:]
    assert len(source[2:]) == 5
    assert "industry.The conference" in texts(page)[2]
    assert (page.language, page.credits, page.date) == ("en", (), None)


def test_ustb_story_is_understood_whole() -> None:
    data = shared("stories", "ustb-liuzhou-steel.en.txt")
    page = PlainTextReader().read(data, "ustb-liuzhou-steel.en.txt")
    lines = [line.strip() for line in data.decode().split("\n") if line.strip()]
    assert page.boilerplate[:2] == tuple(lines[:2])
    assert all("Views" in line for line in page.boilerplate[2:])
    assert texts(page, BlockKind.HEADLINE) == [lines[2]]
    assert [(b.file, b.caption) for b in page.blocks if b.kind is BlockKind.PICTURE] == [
        ("1.jpg", "Prof. ZHANG Weidong spoke at the meeting"),
        ("2.jpg", "Mr. LU Chunning spoke at the meeting"),
        ("3.jpg", "Prof. MAO Xinping spoke at the meeting"),
        ("4.jpg", "Site of the meeting"),
    ]
    assert texts(page) == [line for line in lines[3:13] if ".jpg" not in line]
    assert page.credits == (
        Credit("draft", "Draft", ("YANG Lindi",)),
        Credit("revision", "Revision", ("CHENG Mingyuan",)),
    )
    assert page.topics == ("University News",)
    assert page.date == "2024-01-29"


@pytest.mark.parametrize("name", ["bjut-conference.en.txt", "ustb-liuzhou-steel.en.txt"])
def test_shared_stories_lose_no_character(name: str) -> None:
    data = shared("stories", name)
    assert accounted(PlainTextReader().read(data, name)) == visible(data.decode())


def test_counter_glued_to_its_label_is_boilerplate() -> None:
    page = read(f"Station Opens\n\n{PROSE}\n\n  • Topics\n\n    University News\n\n  • Views\n\nViewstotal 28\n")
    assert page.boilerplate == ("• Views", "Viewstotal 28")
    assert page.topics == ("University News",)


# Shapes


def test_chinese_text_with_one_paragraph_a_line() -> None:
    data = (PAGES / "lecture-hall.zh.txt").read_bytes()
    page = PlainTextReader().read(data, "lecture-hall.zh.txt")
    assert page.language == "zh-Hans"
    assert page.blocks == (
        ReadBlock(BlockKind.HEADLINE, "学校新建报告厅投入使用"),
        ReadBlock(BlockKind.DECK, "——可容纳八百人"),
        ReadBlock(BlockKind.PARAGRAPH, "1月26日，学校新建的报告厅正式投入使用。报告厅位于图书馆东侧，可容纳八百人。"),
        ReadBlock(BlockKind.PICTURE, file="图1.jpg", caption="报告厅外景"),
        ReadBlock(BlockKind.PARAGRAPH, "副校长韩牧之出席启用仪式并讲话，他希望各学院用好这一场所。"),
        ReadBlock(BlockKind.PICTURE, file="IMG_0034.JPG", caption="学生在报告厅内听讲座"),
        ReadBlock(BlockKind.PARAGRAPH, "据悉，报告厅采用了新型吸声材料，声学效果达到国内先进水平。"),
    )
    assert page.date == "2024-01-29"
    assert page.credits == (
        Credit("source", "来源", ("基建处",)),
        Credit("draft", "文", ("陈曦禾",)),
        Credit("photo", "图", ("何淼",)),
        Credit("editor", "责任编辑", ("王　悦",)),
        Credit("approval", "审核", ("李强",)),
    )
    assert page.boilerplate == (
        "当前位置：首页 > 新闻中心 > 综合新闻",
        "浏览次数：56次",
        "上一篇：学校召开春季学期工作会议",
        "下一篇：没有了",
    )
    assert accounted(page) == visible(data.decode())


def test_wrapped_lines_are_joined_with_a_space() -> None:
    page = read(
        "Field Station Opens on Mount Lan After Nine\nYears of Planning\n\n"
        "The station was opened on Monday by Prof.\nLIN Yanqiu, President of the university, and\nvisitors came.\n\n"
        "Draft: LI Wei\nRevision: WANG Fang\n"
    )
    assert texts(page, BlockKind.HEADLINE) == ["Field Station Opens on Mount Lan After Nine Years of Planning"]
    assert texts(page) == [
        "The station was opened on Monday by Prof. LIN Yanqiu, President of the university, and visitors came."
    ]
    assert [credit.step for credit in page.credits] == ["draft", "revision"]


def test_wrapped_chinese_lines_are_joined_without_a_space() -> None:
    first = "学校新建的报告厅于一月二十六日正式投入使用，可容纳八百"
    page = read(f"报告厅启用\n\n{first}\n人同时听讲，并设有同声传译间。\n\n　　{PROSE_ZH}\n　　{PROSE_ZH}\n")
    assert texts(page) == [f"{first}人同时听讲，并设有同声传译间。", PROSE_ZH, PROSE_ZH]


def test_short_lines_of_one_group_stay_apart() -> None:
    page = read(f"Station Opens\n\n{PROSE}\n\nwind\nrain\nSnow\n")
    assert texts(page) == [f"{PROSE}", "wind", "rain", "Snow"]


def test_lines_of_a_text_without_blank_lines_stay_paragraphs() -> None:
    page = read(f"Station Opens\n{PROSE}\nIt was warm.\n{PROSE}\n")
    assert texts(page) == [PROSE, "It was warm.", PROSE]


def test_bulleted_lines_are_list_items() -> None:
    page = read(f"Station Opens\n\n{PROSE}\n\n• wind at four heights\n• rain\n\n{PROSE}\n")
    assert texts(page, BlockKind.LIST_ITEM) == ["wind at four heights", "rain"]


@pytest.mark.parametrize(
    ("line", "file", "caption"),
    [
        ("1.jpgProf. ZHANG spoke", "1.jpg", "Prof. ZHANG spoke"),
        ("IMG_0034.JPG", "IMG_0034.JPG", ""),
        ("图1.png座谈会现场", "图1.png", "座谈会现场"),
        ("Group photo 1.jpeg The delegation", "Group photo 1.jpeg", "The delegation"),
        ("scan.TIFF", "scan.TIFF", ""),
        ("a.webp　会场", "a.webp", "会场"),
    ],
)
def test_file_name_at_the_start_of_a_line_is_a_picture(line: str, file: str, caption: str) -> None:
    page = read(f"Station Opens\n\n{PROSE}\n\n{line}\n\n{PROSE}\n")
    assert ReadBlock(BlockKind.PICTURE, file=file, caption=caption) in page.blocks


def test_two_pictures_before_one_caption() -> None:
    page = read(f"Station Opens\n\n{PROSE}\n\n1.jpg2.jpgThe meeting\n\n{PROSE}\n")
    pictures = [(b.file, b.caption) for b in page.blocks if b.kind is BlockKind.PICTURE]
    assert pictures == [("1.jpg", ""), ("2.jpg", "The meeting")]


@pytest.mark.parametrize(
    "line",
    [
        "The finished poster was stored under the name poster.jpg and printed.",
        "See https://www.example.org/a.jpg for the picture.",
    ],
)
def test_sentence_with_a_file_name_in_it_stays_text(line: str) -> None:
    assert line in texts(read(f"Station Opens\n\n{PROSE}\n\n{line}\n\n{PROSE}\n"))


def test_bare_file_name_takes_only_a_short_line_as_its_caption() -> None:
    page = read(f"Station Opens\n\n{PROSE}\n\n1.jpg\n\nThe new hut\n\n2.jpg\n\n{PROSE}\n")
    pictures = [(b.file, b.caption) for b in page.blocks if b.kind is BlockKind.PICTURE]
    assert pictures == [("1.jpg", "The new hut"), ("2.jpg", "")]
    assert texts(page) == [PROSE, PROSE]


@pytest.mark.parametrize(
    ("line", "credits"),
    [
        (
            "Draft: YANG Lindi  Revision: CHENG Mingyuan",
            [("draft", "Draft", ("YANG Lindi",)), ("revision", "Revision", ("CHENG Mingyuan",))],
        ),
        ("DRAFT：YANG Lindi", [("draft", "DRAFT", ("YANG Lindi",))]),
        (
            "English Draft: LI Bei, FENG Qiming and HE Miao",
            [("draft", "English Draft", ("LI Bei", "FENG Qiming", "HE Miao"))],
        ),
        ("Editor: School of Science and Technology", [("editor", "Editor", ("School of Science and Technology",))]),
        ("Photos by HE Miao", [("photo", "Photos by", ("HE Miao",))]),
        ("Text and photos by HE Miao", [("draft", "Text and photos by", ("HE Miao",))]),
        ("（摄影：赵磊、李强；审校：王悦）", [("photo", "摄影", ("赵磊", "李强")), ("revision", "审校", ("王悦",))]),
        ("文/图：陈曦", [("draft", "文/图", ("陈曦",))]),
        ("文 | 陈曦　摄影 | 赵磊", [("draft", "文", ("陈曦",)), ("photo", "摄影", ("赵磊",))]),
        ("（陈曦 文　赵磊 摄）", [("draft", "文", ("陈曦",)), ("photo", "摄", ("赵磊",))]),
        ("供稿：科研院摄影：顾安", [("draft", "供稿", ("科研院",)), ("photo", "摄影", ("顾安",))]),
        ("供稿：科研院　策划：顾安", [("draft", "供稿", ("科研院",)), ("other", "策划", ("顾安",))]),
        ("责任编辑：王悦 李强", [("editor", "责任编辑", ("王悦", "李强"))]),
        (
            "一审：王悦 二审：李强 三审：赵磊",
            [("first", "一审", ("王悦",)), ("second", "二审", ("李强",)), ("final", "三审", ("赵磊",))],
        ),
        (
            "Draft by YANG Lindi, Revision by CHENG Mingyuan",
            [("draft", "Draft by", ("YANG Lindi",)), ("revision", "Revision by", ("CHENG Mingyuan",))],
        ),
        ("Editor in chief: ZHAO Mingyuan", [("editor", "Editor in chief", ("ZHAO Mingyuan",))]),
    ],
)
def test_credit_lines_in_both_languages(line: str, credits: list[tuple[str, str, tuple[str, ...]]]) -> None:
    page = read(f"Station Opens\n\n{PROSE}\n\n{line}\n")
    assert [(c.step, c.label, c.names) for c in page.credits] == credits
    assert texts(page) == [PROSE]


@pytest.mark.parametrize(
    "line",
    [
        "Editor: what do you think of the new station, which has taken nine years?",
        "记者：请您介绍一下新报告厅的情况。",
        "Time: 14:00, June 5",
        "By Friday the work was done.",
        "Photo shows the new station",
        "图为报告厅外景",
        "Next week the station opens to schools",
    ],
)
def test_lines_that_merely_look_like_labels_stay_text(line: str) -> None:
    assert line in texts(read(f"Station Opens\n\n{PROSE}\n\n{line}\n\n{PROSE}\n"))


def test_byline_collects_authors_correspondents_and_reporters() -> None:
    page = read(f"Station Opens\n\nBy LI Wei, Jan. 29, 2024\n\n{PROSE}\n")
    assert (page.byline, page.date) == (("LI Wei",), "2024-01-29")
    page = read(f"Station Opens\n\nBy LI Wei\n\n{PROSE}\n\n记者：赵磊 通讯员：陈曦\n")
    assert page.byline == ("LI Wei", "赵磊", "陈曦")


def test_label_line_and_value_line() -> None:
    page = read(
        f"Station Opens\n\n{PROSE}\n\nTopics\n\nResearch, Campus Life\n\nDate\n\nMarch 17, 2025\n\nViews\n\n28\n"
    )
    assert page.topics == ("Research", "Campus Life")
    assert page.date == "2025-03-17"
    assert page.boilerplate == ("Views", "28")


def test_several_topics_one_a_line() -> None:
    page = read(f"Station Opens\n\n{PROSE}\n\nTopics\n\nUniversity News\n\nInternational\n\nDate\n\n2025-03-17\n")
    assert page.topics == ("University News", "International")
    assert texts(page) == [PROSE]


def test_list_of_other_stories_is_boilerplate() -> None:
    page = read(f"Station Opens\n\n{PROSE}\n\nRelated News\n\nSports Meeting Ends\n\nDraft: LI Wei\n")
    assert page.boilerplate == ("Related News", "Sports Meeting Ends")
    assert [credit.names for credit in page.credits] == [("LI Wei",)]


@pytest.mark.parametrize("line", ["Date: 2024-13-45", "发布时间：2024-02-30 浏览次数：3次"])
def test_impossible_date_is_kept_as_boilerplate(line: str) -> None:
    page = read(f"Station Opens\n\n{line}\n\n{PROSE}\n")
    assert page.date is None
    assert accounted(page) == visible(f"Station Opens{line}{PROSE}")
    assert any("2024" in kept for kept in page.boilerplate)


def test_address_line_is_the_page_s_source() -> None:
    page = read(f"Station Opens\nhttps://news.example.edu.cn/1.htm\n\n{PROSE}\n")
    assert page.source_url == "https://news.example.edu.cn/1.htm"


def test_house_address_is_boilerplate_only_at_the_edge() -> None:
    page = read(f"Station Opens\n\n{PROSE}\n\nAddress: Room 101, East Hall\n\n{PROSE}\n\nAddress: 30 Keda Road\n")
    assert "Address: Room 101, East Hall" in texts(page)
    assert page.boilerplate == ("Address: 30 Keda Road",)


def test_abbreviation_does_not_end_a_headline() -> None:
    page = read(f"Delegation Visits Hengshan Co., Ltd.\n\n{PROSE}\n")
    assert texts(page, BlockKind.HEADLINE) == ["Delegation Visits Hengshan Co., Ltd."]


@pytest.mark.parametrize(
    "text", [f"{PROSE}\n\n{PROSE}\n", f"Top Views\n\n{PROSE}\n", "Draft: LI Wei\n", f"{PROSE_ZH}\n"]
)
def test_page_without_headline_is_refused(text: str) -> None:
    with pytest.raises(InputRefusedError) as refused:
        read(text)
    assert "headline" in str(refused.value.reason)
    assert refused.value.advice is not None


@pytest.mark.parametrize("text", ["a" * (MAX_LINE_CHARACTERS + 1), "a\n\n" * (MAX_BLOCKS + 1)])
def test_text_beyond_every_story_is_refused(text: str) -> None:
    with pytest.raises(InputRefusedError) as refused:
        read(f"Station Opens\n\n{text}")
    assert re.search("at most|more than", str(refused.value.reason))


def test_name_of_the_site_gives_way_to_the_headline() -> None:
    page = read(f"YCUT News\n\nStation Opens\n\n{PROSE}\n")
    assert texts(page, BlockKind.HEADLINE) == ["Station Opens"]
    assert page.boilerplate == ("YCUT News",)
    assert texts(read(f"Station in the News\n\n{PROSE}\n"), BlockKind.HEADLINE) == ["Station in the News"]


def test_language_follows_the_letters_and_the_caller() -> None:
    assert read(f"报告厅启用\n\n{PROSE_ZH}\n").language == "zh-Hans"
    assert read(f"Station (气象站) Opens\n\n{PROSE}\n").language == "en"
    assert read(f"Station Opens\n\n{PROSE}\n", "fr").language == "fr"


def test_indents_and_trailing_blanks_go_and_inner_blanks_stay() -> None:
    page = read(f"报告厅启用\n\n　　张为民　摄于  东侧。{PROSE_ZH} 　\n")
    assert texts(page) == [f"张为民　摄于  东侧。{PROSE_ZH}"]


def test_web_page_called_txt_is_read_as_a_web_page() -> None:
    data = f"<!DOCTYPE html><html><body><h1>Station Opens</h1><p>{PROSE}</p></body></html>".encode()
    assert reader_for("page.txt", data).id == "html"
    assert reader_for("page.txt", b"Station Opens").id == "txt"
    with pytest.raises(InputRefusedError):
        reader_for("page.exe", b"MZ")


# No character is lost

LINES = st.sampled_from(
    [
        PROSE,
        PROSE_ZH,
        f"　　{PROSE_ZH}",
        "It rained",
        "Top Views",
        "Home >> News",
        "News and events from YCUT about research, art,",
        "faculty and staff all around the world.",
        "1.jpgProf. LIN Yanqiu spoke",
        "图1.jpg",
        "1.jpg 2.PNG",
        "报告厅外景",
        "Draft: LI Wei",
        "Draft:",
        "Draft: LI Wei  Revision: WANG Fang Views: 12",
        "（供稿：科研院　策划：甲　摄影：顾安）",
        "（陈曦 文　赵磊 摄）",
        "  • Topics",
        "    University News",
        "Date",
        "January 29,2024",
        "Date: 2024-13-45",
        "2024-01-12 10:30",
        "Viewstotal 28",
        "28",
        "浏览次数：56次作者：陈曦",
        "上一篇：学校召开会议",
        "Copyright © 2024",
        "https://example.org/1.htm",
        "a\u200b b\u00a0c",
        ">>",
        "|",
        "——可容纳八百人",
        "文/陈曦 图/赵磊",
        "By LI Wei",
        "Related News",
        "International",
    ]
)
FREE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="•●▪■◆○‣⁃∙\u2028\u2029"),
    max_size=40,
)


@given(st.lists(st.tuples(LINES | FREE, st.sampled_from(["\n", "\n\n", "\r\n"])), max_size=14))
def test_every_visible_character_ends_in_one_place(lines: list[tuple[str, str]]) -> None:
    text = "Station Opens on Mount Lan\n\n" + "".join(line + end for line, end in lines)
    page = read(text)
    marks = "•" * sum(line.strip().startswith("•") for line, _ in lines)
    kept = accounted(page)
    assert kept | visible(marks) == visible(text)


@given(st.lists(LINES, max_size=10))
def test_reading_says_the_same_twice(lines: list[str]) -> None:
    text = "Station Opens\n\n" + "\n\n".join(lines)
    assert read(text) == read(text)
