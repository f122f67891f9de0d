"""The four shared stories, line by line: for every line of the input, where it went; nothing lost, nothing invented."""

import codecs
import re
from pathlib import Path

import pytest

from desktop_app.domain.story import BlockKind, Credit
from desktop_app.exchange.formats import reader_for
from desktop_app.exchange.page import Page

STORIES = Path(__file__).resolve().parents[3] / "shared" / "data" / "stories"
PAGES = Path(__file__).resolve().parents[1] / "data" / "pages"

# Where a line went. A line that was taken apart has several places.
Place = tuple[str, str]
H, P, F, C = "headline", "paragraph", "file", "caption"
B, T = "boilerplate", "particulars"


def read(path: Path) -> Page:
    data = path.read_bytes()
    return reader_for(path.name, data).read(data, path.name)


def places(page: Page) -> list[Place]:
    """Everything on the understood page."""
    found: list[Place] = []
    for block in page.blocks:
        if block.kind is BlockKind.PICTURE:
            found += [(F, block.file), (C, block.caption)]
        else:
            found.append((block.kind.value, block.text))
    return found + [(B, line) for line in page.boilerplate] + [(T, line) for line in page.particulars]


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def lines_of(path: Path) -> list[str]:
    """The lines that a reader of the input sees: of a web page the text between its block elements."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = re.sub(r"<head>.*?</head>", "", text, flags=re.DOTALL)
        text = re.sub(r"<img [^>]*?alt=\"([^\"]*)\"[^>]*>", r"\1", text)
        text = re.sub(r"</?(?:h1|p|div|body|html)[^>]*>", "\n", text)
        text = re.sub(r"<[^>]*>", "", text).replace("&gt;", ">").replace("&copy;", "©")
    return [line.strip() for line in text.split("\n") if line.strip()]


# For each line of the input in order: what it opens with, and where its pieces went.
ACCOUNTS: dict[str, list[tuple[str, list[str]]]] = {
    "bjut-conference.en.txt": [
        ("Top Views", [B]),
        ("BJUT Organizes the 2023 (3rd) International", [H]),
        ("On November 18th, the 2023 (3rd)", [P]),
        ("Leaders attended the conference", [P]),
        ("In his speech, Nie Zuoren emphasized", [P]),
        ("On the same day, to promote", [P]),
        ('The conference was themed "Cooperation', [P]),
    ],
    "ustb-liuzhou-steel.en.txt": [
        ("News and events from USTB", [B]),
        ("faculty and staff, students life", [B]),
        ("Mr. LU Chunning, Deputy General Manager of Liuzhou", [H]),
        ("On January 11th, Mr. LU Chunning", [P]),
        ("1.jpgProf. ZHANG Weidong spoke", [F, C]),
        ("At the symposium, Prof. ZHANG", [P]),
        ("2.jpgMr. LU Chunning spoke", [F, C]),
        ("Mr. LU Chunning said that", [P]),
        ("3.jpgProf. MAO Xinping spoke", [F, C]),
        ("Prof. MAO Xinping pointed out", [P]),
        ("4.jpgSite of the meeting", [F, C]),
        ("Subsequently, Prof. WANG Shuize", [P]),
        ("Relevant personnel from", [P]),
        ("Draft: YANG Lindi", [T]),
        ("Revision: CHENG Mingyuan", [T]),
        ("• Topics", [T]),
        ("University News", [T]),
        ("• Date", [T]),
        ("January 29,2024", [T]),
        ("• Views", [B]),
    ],
    "m01-en-draft-revision-editor.html": [
        ("Home >> News >> University News", [B]),
        ("Delegation from Hengshan Special Steel Visits", [H]),
        ("Release Time: 2024-01-12Views:318", [T, B]),
        ("On January 11th, Mr. LYU Chenguang", [P]),
        ("1.jpgProf. ZHANG Weimin spoke at the meeting", [F, C]),
        ("The two sides signed three agreements", [P]),
        ("2.jpgMr. LYU Chenguang spoke at the meeting", [F, C]),
        ("Draft: Department of Technology Transfer", [T]),
        ("Revision: LI Bei, FENG Qiming", [T]),
        ("Editor: WANG Yue", [T]),
        ("Address: 30 Keda Road, Haidian District © 2024", [B]),
    ],
    "m03-zh-credits-block.html": [
        ("衡山特钢集团副总经理吕晨光一行来校交流", [H]),
        ("发布时间：2024-01-11　来源：技术转移处　作者：陈曦　浏览次数：1024次", [T, T, T, B]),
        ("新闻网讯（通讯员 陈曦 记者 赵磊）1月11日下午", [P]),
        ("1.jpg", [F]),
        ("座谈会现场　赵磊 摄", [C]),
        ("双方签署三项协议，总金额1.2亿元。", [P]),
        ("（供稿：技术转移处　摄影：赵磊　责任编辑：王悦　审核：李强）", [T, T, T, T]),
    ],
}


@pytest.mark.parametrize("name", ACCOUNTS)
def test_every_line_of_a_shared_story_is_accounted_for(name: str) -> None:
    path = STORIES / name
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    left = places(read(path))
    lines = lines_of(path)
    account = ACCOUNTS[name]
    assert len(lines) == len(account)
    for line, (opening, wanted) in zip(lines, account, strict=True):
        assert line.startswith(opening)
        pieces = []
        for kind in wanted:
            # Each kind keeps its own order, so the next of that kind must be the next piece of this line.
            piece = next(place for place in left if place[0] == kind)
            left.remove(piece)
            pieces.append(piece[1])
        assert bare("".join(pieces)) == bare(line)
    assert left == []


@pytest.mark.parametrize("name", ACCOUNTS)
def test_paragraphs_come_in_with_every_blank_as_it_was(name: str) -> None:
    path = STORIES / name
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    lines = lines_of(path)
    for block in read(path).blocks:
        assert not block.text or block.text in lines
        assert not block.caption or any(line.endswith(block.caption) for line in lines)


def test_facts_of_the_steel_story() -> None:
    path = STORIES / "ustb-liuzhou-steel.en.txt"
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    page = read(path)
    assert page.credits == (
        Credit("draft", "Draft", ("YANG Lindi",)),
        Credit("revision", "Revision", ("CHENG Mingyuan",)),
    )
    assert (page.topics, page.date, page.byline) == (("University News",), "2024-01-29", ())


# Chinese in every encoding that an office meets

ENCODINGS = {
    "utf-8": (b"", "utf-8"),
    "utf-8 with a mark": (codecs.BOM_UTF8, "utf-8"),
    "utf-16-le": (codecs.BOM_UTF16_LE, "utf-16-le"),
    "utf-16-be": (codecs.BOM_UTF16_BE, "utf-16-be"),
    "utf-16-le without a mark": (b"", "utf-16-le"),
    "utf-16-be without a mark": (b"", "utf-16-be"),
    "gb18030": (b"", "gb18030"),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_chinese_text_reads_the_same_in_every_encoding(encoding: str) -> None:
    path = PAGES / "lecture-hall.zh.txt"
    mark, codec = ENCODINGS[encoding]
    data = mark + path.read_text(encoding="utf-8").encode(codec)
    assert reader_for("hall.txt", data).read(data, "hall.txt") == read(path)


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "GBK", "gb18030", None])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_chinese_page_reads_the_same_in_every_encoding(encoding: str, declared: str | None) -> None:
    path = PAGES / "robot-contest.zh.html"
    text = path.read_text(encoding="utf-8")
    meta = f'<meta charset="{declared}">' if declared else ""
    mark, codec = ENCODINGS[encoding]
    data = mark + text.replace('<meta charset="utf-8">', meta).encode(codec)
    assert reader_for("contest.html", data).read(data, "contest.html") == read(path)


def test_chinese_page_of_our_own_is_understood_whole() -> None:
    page = read(PAGES / "robot-contest.zh.html")
    assert places(page) == [
        (H, "我校学子在机器人大赛中获佳绩"),
        (P, "1月20日至22日，第十届全国大学生机器人大赛在南京举行，我校代表队获得一等奖2项。"),
        (F, "队员合影.jpg"),
        (C, "队员在颁奖现场"),
        (P, "领队教师何淼表示，队员们备赛三个多月，“每天都在实验室待到深夜”。"),
        (B, "当前位置：首页 >> 校园动态"),
        (B, "阅读：88"),
        (B, "上一篇：图书馆延长开放时间"),
        (B, "版权所有 © 云川理工大学"),
        (T, "时间：2024年1月23日"),
        (T, "来源：机械学院"),
        (T, "供稿：陈曦禾"),
        (T, "审核：韩牧之"),
    ]
    assert page.date == "2024-01-23"
    assert [(credit.step, credit.names) for credit in page.credits] == [
        ("source", ("机械学院",)),
        ("draft", ("陈曦禾",)),
        ("approval", ("韩牧之",)),
    ]
