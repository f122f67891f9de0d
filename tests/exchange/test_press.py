"""The printed page: every edition gives a sound, searchable PDF; a draft says so on every page; nothing vanishes."""

import errno
import io
import shutil
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw

from desktop_app.domain.edition import Edition, SignedStep
from desktop_app.domain.pictures import Picture
from desktop_app.domain.story import (
    Bilingual,
    Block,
    BlockKind,
    Content,
    Credit,
    Placement,
    Segment,
    Story,
    StoryState,
    VersionNumber,
)
from desktop_app.foundation.errors import ArchiveUnavailableError, WrongUsageError
from desktop_app.press.glyphs import missing_glyphs
from desktop_app.press.pages import LAYOUTS, PageOptions, render
from desktop_app.press.words import PageWords, needed_words, page_words

CHINESE_WORDS = {
    "DRAFT – NOT APPROVED": "未审定稿",
    "Page {page} of {pages}": "第 {page} 页，共 {pages} 页",
    "Version {version}": "版本 {version}",
    "Digest {digest}": "摘要 {digest}",
    "Photo: {credit}": "摄影：{credit}",
    "picture not linked: {file}": "图片未关联：{file}",
    "picture cannot be printed: {file}": "图片无法印出：{file}",
    "Sign-off": "签审",
    "Signed by": "签审人",
    "Time (UTC)": "时间（UTC）",
    "Version": "版本",
    "Digest": "摘要",
    "Approved": "已批准",
    "In revision": "审校中",
}
WORDS: PageWords = page_words(lambda message: CHINESE_WORDS.get(message.key, message.key), lambda message: message.key)

H, P, Q = BlockKind.HEADLINE, BlockKind.PARAGRAPH, BlockKind.QUOTATION
TEXTS: list[tuple[BlockKind, list[tuple[str, str]]]] = [
    (H, [("我校低温储能团队突破零下五十摄氏度电池技术", "Research Team Builds a Battery That Works at −50 °C")]),
    (
        BlockKind.DECK,
        [("新型电解液让极地科考站的电源不再“怕冷”", "A new electrolyte keeps the power on at polar research stations")],
    ),
    (
        P,
        [
            (
                "3月12日，记者从云岭科技大学获悉，该校材料科学与工程学院教授沈若溪团队研制出一种新型低温电解液，使锂"
                "离子电池在零下50摄氏度的环境中仍能保持室温容量的82.6%。",
                "On March 12, Yunling University of Science and Technology announced that a team led by Prof. SHEN "
                "Ruoxi of the School of Materials Science and Engineering has developed a low-temperature "
                "electrolyte with which a lithium-ion battery keeps 82.6% of its room-temperature capacity at −50 "
                "°C.",
            ),
            (
                "相关成果以《弱溶剂化电解液中的快速界面传输》为题，发表于国际期刊《低温能源材料》（Cryogenic Energy "
                "Materials）。",
                "The results were published in Cryogenic Energy Materials under the title “Fast Interfacial "
                "Transport in Weakly Solvating Electrolytes.”",
            ),
        ],
    ),
    (
        P,
        [
            (
                "“普通电池到了零下三十摄氏度，就像人冻僵了一样，‘跑’不动了。”沈若溪说，“我们要做的，是给锂离子脱下那"
                "件厚重的‘棉袄’，让它轻装通过电极界面。”",
                "“At −30 °C an ordinary battery behaves like a person numb with cold: it simply can’t run,” said "
                "Prof. SHEN. “What we do is take the heavy coat off the lithium ions, so that they cross the "
                "electrode interface lightly.”",
            )
        ],
    ),
    (BlockKind.PICTURE, [("1", "")]),
    (BlockKind.SUBHEADING, [("从实验室走向冰原", "From the laboratory to the ice")]),
    (
        P,
        [
            (
                "2021年以来，团队先后筛选了一百四十余种溶剂组合，最终确定了以氟代醚为主体的配方。",
                "Since 2021 the team has screened more than 140 combinations of solvents and settled on a formula "
                "based on fluorinated ethers.",
            ),
            (
                "2023年冬天，首批样品随我国第40次南极科学考察队登上中山站，为一套气象观测设备连续供电217天——"
                "其间最低气温为零下46.3摄氏度。",
                "In the winter of 2023 the first samples travelled with the 40th Chinese National Antarctic Research "
                "Expedition to Zhongshan Station, where they powered a set of meteorological instruments for 217 days "
                "without interruption, at temperatures as low as −46.3 °C.",
            ),
        ],
    ),
    (
        Q,
        [
            (
                "没有一次停机，没有一次更换。对越冬队员来说，这意味着少了几十次在暴风雪中出舱的危险。",
                "Not one outage, not one replacement. For those who winter over, that means dozens fewer dangerous "
                "trips out into the blizzard.",
            )
        ],
    ),
    (
        P,
        [
            (
                "考察队队员、我校2019届毕业生𠮷田悦在越洋电话中这样描述。",
                "That is how expedition member Yoshida Yue, a 2019 graduate of the university, put it over the phone.",
            ),
            ("她说，队友们给这组电池起了个绰号：“小火炉”。", ""),
        ],
    ),
    (BlockKind.PICTURE, [("2", "")]),
    (BlockKind.SUBHEADING, [("下一步：三项合作", "Next: three joint projects")]),
    (
        P,
        [
            (
                "据介绍，学校已与企业、科研机构签署三项合作协议，总金额1.2亿元：",
                "The university has signed three agreements with industry and research institutes, worth RMB 120 "
                "million in total:",
            )
        ],
    ),
    (
        BlockKind.LIST_ITEM,
        [
            (
                "与北辰电源有限公司共建中试生产线，预计2025年投产；",
                "a pilot production line with Beichen Power Co., Ltd., expected to open in 2025;",
            )
        ],
    ),
    (
        BlockKind.LIST_ITEM,
        [
            (
                "与国家极地研究中心联合开展极地能源系统的长期可靠性试验；",
                "long-term reliability trials of polar energy systems with the National Centre for Polar Research;",
            )
        ],
    ),
    (
        BlockKind.LIST_ITEM,
        [
            (
                "面向高寒地区公共交通，开发低温快充技术。",
                "low-temperature fast charging for public transport in alpine regions.",
            )
        ],
    ),
    (BlockKind.PICTURE, [("3", "")]),
    (
        P,
        [
            (
                "校长程远山表示，学校将持续支持面向国家重大需求的基础研究，鼓励青年教师和学生“把论文写在冰原上、写在"
                "高原上”。",
                "President CHENG Yuanshan said that the university would continue to support fundamental research "
                "that answers the country’s major needs, and encouraged young faculty and students to “write their "
                "papers on the ice and on the plateau.”",
            )
        ],
    ),
    (
        P,
        [
            (
                "该研究得到国家自然科学基金等项目的资助。",
                "The research was funded by the National Natural Science Foundation of China, among others.",
            )
        ],
    ),
]
PLACEMENTS = {
    "1": Placement(
        "1.jpg",
        "pic-1",
        Bilingual(
            "沈若溪教授（中）与学生在低温实验室调试样品",
            "Prof. SHEN Ruoxi (center) and students test samples in the cryogenic laboratory",
        ),
        Bilingual("三人围在实验台前", "Three people around a laboratory bench"),
        "赵磊 / ZHAO Lei",
    ),
    "2": Placement(
        "2.png", "pic-2", Bilingual("中山站外的气象观测设备", "Meteorological instruments outside Zhongshan Station")
    ),
    "3": Placement("3.jpg", None, Bilingual("签约仪式现场", "The signing ceremony")),
}


def drawing(width: int, height: int, kind: str, mode: str = "RGB") -> bytes:
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, height), (width * 2 // 5, height // 3), (width, height)], fill=(70, 100, 120))
    draw.ellipse([width * 3 // 5, height // 8, width * 4 // 5, height // 8 + width // 5], fill=(240, 225, 180))
    file = io.BytesIO()
    image.convert(mode).save(file, kind)
    return file.getvalue()


FILES = {"pic-1": drawing(900, 600, "JPEG"), "pic-2": drawing(500, 700, "PNG")}


def content(texts: list[tuple[BlockKind, list[tuple[str, str]]]]) -> Content:
    blocks = []
    for number, (kind, pairs) in enumerate(texts):
        if kind is BlockKind.PICTURE:
            blocks.append(Block(f"b{number}", kind, placement=PLACEMENTS[pairs[0][0]]))
        else:
            segments = (Segment(f"s{number}.{i}", zh, en) for i, (zh, en) in enumerate(pairs))
            blocks.append(Block(f"b{number}", kind, tuple(segments)))
    return Content(tuple(blocks), topics=("Research", "科研"))


def edition(texts: list[tuple[BlockKind, list[tuple[str, str]]]] = TEXTS, *, draft: bool = False) -> Edition:
    state = StoryState.IN_REVISION if draft else StoryState.APPROVED
    story = Story("story-1", "cold-battery", content(texts), state, VersionNumber(2, 4), date="2024-03-12")
    records = {
        key: Picture(key, "", "", f"{key}.jpg", "image/jpeg", *Image.open(io.BytesIO(master)).size)
        for key, master in FILES.items()
    }
    signed = SignedStep(
        "approval", "Approval", "WANG Fang", "王芳", "2024-03-13T08:15:00+00:00", "c0ffee" * 10, VersionNumber(2, 4),
        titles=Bilingual("批准", "Approval"),
    )  # fmt: skip
    return Edition(
        story,
        "3f9a2c1b77d0" + "0" * 52,
        (Credit("draft", "Draft", ("LI Wei",)), Credit("revision", "Revision", ("WANG Fang", "Tom BAKER"))),
        (Credit("draft", "翻译", ("李伟",)), Credit("revision", "审校", ("王芳", "汤姆·贝克"))),
        () if draft else (signed,),
        draft,
        pictures=records,
        files=FILES,
        house="Yunling University News Office",
    )


def print_pages(printed: Edition, layout: str = "side-by-side") -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(render(printed, PageOptions(layout), WORDS)))


def page_fonts(page: pikepdf.Page) -> list[pikepdf.Object]:
    return [font.DescendantFonts[0] if "/DescendantFonts" in font else font for font in page.Resources.Font.values()]


def text_of_page(page: pikepdf.Page) -> str:
    """The page's text with no white space, read through the fonts' own ToUnicode maps."""
    maps = {name: to_unicode(font.ToUnicode.read_bytes()) for name, font in page.Resources.Font.items()}
    known: dict[int, str] = {}
    text = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            known = maps[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            parts = operands[0] if str(operator) == "TJ" else operands
            for part in parts:
                if isinstance(part, pikepdf.String):
                    codes = bytes(part)
                    text += [known.get(int.from_bytes(codes[i : i + 2]), "") for i in range(0, len(codes), 2)]
    return "".join("".join(text).split())


def to_unicode(cmap: bytes) -> dict[int, str]:
    known: dict[int, str] = {}
    inside = ""
    for line in cmap.decode("ascii").splitlines():
        if line.endswith(("beginbfchar", "beginbfrange")):
            inside = line.split()[-1]
        elif line.startswith("end"):
            inside = ""
        elif inside == "beginbfchar":
            code, value = (part.strip("<>") for part in line.split())
            known[int(code, 16)] = bytes.fromhex(value).decode("utf-16-be")
    return known


def flat(text: str) -> str:
    return "".join(text.split())


def stands_in(text: str, part: str) -> bool:
    """Whether ``part`` stands in ``text`` whole or, as where a page ends, in two pieces."""
    return any(part[:cut] in text and part[cut:] in text for cut in range(len(part) + 1))


def all_text(pdf: pikepdf.Pdf) -> str:
    return "".join(text_of_page(page) for page in pdf.pages)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_embeds_our_fonts_and_no_others(layout: str) -> None:
    with print_pages(edition(draft=True), layout) as pdf:
        assert 2 <= len(pdf.pages) <= 4
        for page in pdf.pages:
            for font in page_fonts(page):
                assert {"/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys())
                assert str(font.BaseFont).split("+")[1].startswith(("NotoSerif", "NotoSans"))


def test_every_layout_has_its_template_in_the_resources() -> None:
    for layout in LAYOUTS.values():
        assert Path(__file__).resolve().parents[2].joinpath("resources", "print", layout.template).is_file()


def test_page_is_tagged_and_says_what_it_is() -> None:
    with print_pages(edition()) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "zh-CN"
        headline = edition().story.headline()
        assert str(pdf.docinfo.Title) == f"{headline.en} / {headline.zh}"
        assert str(pdf.docinfo.Author) == "LI Wei, WANG Fang, Tom BAKER"
        assert str(pdf.docinfo.CreationDate) == "D:20240313081500Z"
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "2A"
            assert metadata["pdfuaid:part"] == "1"


def test_whole_story_is_on_the_page_in_both_languages() -> None:
    printed = edition()
    with print_pages(printed) as pdf:
        text = all_text(pdf).replace("-", "").replace("\u00ad", "")
        for segment in printed.story.content.segments():
            for half in (segment.source, segment.target):
                assert stands_in(text, flat(half).replace("𠮷", "20BB7").replace("-", ""))
        for words in ("翻译：李伟", "审校：王芳、汤姆·贝克", "Draft: LI Wei", "Revision: WANG Fang, Tom BAKER"):
            assert flat(words) in text
        for words in ("版本2.4", "Version 2.4", "3f9a2c1b77d0", "已批准", "Approved"):
            assert flat(words) in text
        for words in ("图片未关联：3.jpg", "摄影：赵磊/ZHAOLei"):
            assert words in text
        assert flat(f"Page {len(pdf.pages)} of {len(pdf.pages)}") in text


@pytest.mark.parametrize(
    ("layout", "row"),
    [
        ("interleaved", "批准 Approval 王芳 WANG Fang 2024-03-13 08:15 2.4 c0ffeec0ffee"),
        ("english", "Approval WANG Fang 2024-03-13 08:15 2.4 c0ffeec0ffee"),
        ("chinese", "批准 王芳 2024-03-13 08:15 2.4 c0ffeec0ffee"),
    ],
)
def test_sign_off_stands_at_the_end_with_who_when_and_for_which_words(layout: str, row: str) -> None:
    with print_pages(edition(), layout) as pdf:
        assert flat(row) in text_of_page(pdf.pages[-1])


def test_sign_off_of_a_credited_step_has_the_wording_of_the_credit() -> None:
    printed = edition()
    (approval,) = printed.signed
    review = replace(approval, step="revision", label="Revision", at="2024-03-12T23:30:00+08:00")
    own = replace(approval, step="legal", label="Legal review", person_zh="", at="last week", titles=None)
    with print_pages(replace(printed, signed=(review, own))) as pdf:
        text = all_text(pdf)
    assert flat("审校 Revision 王芳 WANG Fang 2024-03-12 15:30") in text
    assert flat("Legal review WANG Fang last week") in text


def test_source_page_s_credit_is_printed_beside_ours_and_signs_nothing() -> None:
    printed = edition()
    (approval,) = printed.signed
    draft = replace(approval, step="draft", label="Draft", at="2024-03-12T23:30:00+08:00")
    both = (*printed.credits_zh, Credit("draft", "供稿", ("材料学院",)))
    with print_pages(replace(printed, credits_zh=both, signed=(draft,))) as pdf:
        text = all_text(pdf)
    assert flat("翻译：李伟") in text
    assert flat("供稿：材料学院") in text
    assert flat("翻译 Draft 王芳 WANG Fang 2024-03-12 15:30") in text


def test_story_that_nobody_signed_has_no_sign_off_table() -> None:
    with print_pages(edition(draft=True)) as pdf:
        assert flat("签审人") not in all_text(pdf)


def test_running_head_is_cut_at_a_word_and_left_off_the_first_page() -> None:
    long = "University and Partners Celebrate Tremendously Extraordinary Achievements Together"
    with print_pages(edition([(H, [("题", long)]), (P, [("字。" * 40, "word and " * 900)])]), "english") as pdf:
        first, *rest = (text_of_page(page) for page in pdf.pages)
    cut = flat("University and Partners Celebrate Tremendously…")
    assert cut not in first
    assert rest
    assert all(cut in text for text in rest)


@pytest.mark.parametrize("layout", ["side-by-side", "interleaved"])
def test_draft_is_marked_on_every_page_in_both_languages(layout: str) -> None:
    with print_pages(edition(draft=True), layout) as pdf:
        for page in pdf.pages:
            text = text_of_page(page)
            # Once in the band and once in the watermark.
            assert text.count("未审定稿") >= 2
            assert text.count(flat("DRAFT – NOT APPROVED")) >= 2
        assert str(pdf.docinfo.Title).startswith("DRAFT – NOT APPROVED 未审定稿")


def test_approved_story_has_no_draft_mark_and_the_same_pages() -> None:
    with print_pages(edition()) as approved, print_pages(edition(draft=True)) as draft:
        assert "未审定稿" not in all_text(approved)
        assert len(approved.pages) == len(draft.pages)


def test_same_edition_prints_to_the_same_bytes() -> None:
    assert render(edition(), PageOptions(), WORDS) == render(edition(), PageOptions(), WORDS)


def test_story_without_any_date_still_prints_the_same_bytes() -> None:
    timeless = edition(draft=True)
    timeless = replace(timeless, story=replace(timeless.story, date=None))
    first = render(timeless, PageOptions(), WORDS)
    assert first == render(timeless, PageOptions(), WORDS)
    with pikepdf.open(io.BytesIO(first)) as pdf:
        assert "/CreationDate" not in pdf.docinfo


HOSTILE = '#panic("x") $x^2$ *b* _i_ @ref <lab> // c /* d */ `raw` \\ #sys.inputs [a] {page} = h'


@pytest.mark.parametrize("layout", LAYOUTS)
def test_typst_code_in_a_text_is_printed_as_it_stands(layout: str) -> None:
    texts = [(kind, [(HOSTILE, HOSTILE)]) for kind in BlockKind if kind is not BlockKind.PICTURE]
    with print_pages(edition(texts), layout) as pdf:
        assert all_text(pdf).count(flat(HOSTILE)) == len(texts) * len(LAYOUTS[layout].sides)


def test_typst_code_in_names_and_captions_is_printed_as_it_stands() -> None:
    printed = edition([(BlockKind.PICTURE, [("1", "")]), (P, [("字。", "Word.")])])
    picture, paragraph = printed.story.content.blocks
    assert picture.placement
    placement = replace(picture.placement, caption=Bilingual(HOSTILE, HOSTILE), credit=HOSTILE, rights=HOSTILE)
    hostile = Content((replace(picture, placement=placement), paragraph), (HOSTILE,), HOSTILE, (HOSTILE,))
    signed = replace(printed.signed[0], step=HOSTILE, label=HOSTILE, person=HOSTILE, person_zh="")
    credit = Credit("draft", HOSTILE, (HOSTILE,))
    printed = replace(
        printed,
        story=replace(printed.story, content=hostile),
        credits=(credit,),
        credits_zh=(credit,),
        signed=(signed,),
    )
    with print_pages(printed) as pdf:
        # Caption, credit and rights in two columns; topic, byline and place; two credits of two parts; step and person.
        assert all_text(pdf).count(flat(HOSTILE)) == 6 + 3 + 4 + 2


def test_character_outside_the_fonts_is_printed_as_its_code_point() -> None:
    assert missing_glyphs("吉𠮷𬭊 😀\u200b\ufeff\n") == {"𠮷", "😀"}
    texts = [(H, [("𠮷田😀" * 9, "𠮷")]), (P, [("甲𠮷乙\ue000\u0600", "a😀b" + "word " * 900)])]
    with print_pages(edition(texts, draft=True)) as pdf:
        text = all_text(pdf)
        assert len(pdf.pages) > 1
        assert all(code in text for code in ("20BB7", "1F600", "E000", "0600"))
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "2A"


def test_characters_that_are_no_text_do_not_stop_the_press() -> None:
    odd = "甲\x00\x01\x1b乙\u202e丙\ufeff丁\ud800戊\u2028己\r\n庚\u0301辛\U000e0100壬\uffff癸"
    with print_pages(edition([(H, [(odd, odd)]), (P, [(odd, odd)])])) as pdf:
        text = all_text(pdf)
        assert all(sign in text for sign in "甲乙丙丁戊己庚辛壬癸")


def test_headline_that_shows_nothing_does_not_stop_the_press() -> None:
    with print_pages(edition([(H, [("\u200b", "\u2060")]), (P, [("字。", "Word.")])])) as pdf:
        assert "Word." in all_text(pdf)


def test_untranslated_segment_is_a_dash_beside_its_chinese() -> None:
    with print_pages(edition([(P, [("甲。", "One."), ("乙。", ""), ("丙。", "Three.")])])) as pdf:
        assert "One.—Three." in all_text(pdf)


@pytest.mark.parametrize(("zh", "en", "shown", "hidden"), [("", "Words", "Page", "页"), ("字", "", "页", "Page")])
def test_story_in_one_language_has_no_empty_column(zh: str, en: str, shown: str, hidden: str) -> None:
    with print_pages(edition([(H, [(zh, en)]), (P, [(zh * 9, en * 9)])])) as pdf:
        text = all_text(pdf)
        assert shown in text
        assert hidden not in text
        assert "—" not in text


def test_empty_story_prints_a_page() -> None:
    with print_pages(edition([])) as pdf:
        assert len(pdf.pages) == 1


def test_long_paragraph_goes_on_over_pages_in_both_columns() -> None:
    texts = [(H, [("题" * 200, "Headline " * 25)]), (P, [("字，" * 1500, "word and " * 700)])]
    with print_pages(edition(texts)) as pdf:
        assert 3 <= len(pdf.pages) <= 5
        assert "字，字，" in text_of_page(pdf.pages[1])
        assert "wordandword" in text_of_page(pdf.pages[1])


def test_sixty_pictures_print_within_reason() -> None:
    texts = [(BlockKind.PICTURE, [("1", "")]), (P, [("字。", "Word.")])] * 60
    with print_pages(edition(texts)) as pdf:
        assert 20 <= len(pdf.pages) <= 40
        assert len(pdf.Root.StructTreeRoot.keys()) > 0


PNG = drawing(60, 40, "PNG")


@pytest.mark.parametrize(
    "damaged", [b"", b"no picture", PNG[: len(PNG) // 2], b"\x89PNG\r\n\x1a\n" + b"\0" * 99, b"\xff\xd8\xff\xe0broken"]
)
def test_damaged_picture_leaves_a_box_and_the_rest_of_the_page(damaged: bytes) -> None:
    with print_pages(replace(edition(), files={**FILES, "pic-2": damaged})) as pdf:
        text = all_text(pdf)
        assert flat("picture cannot be printed: 2.png") in text
        assert "Meteorologicalinstruments" in text
        assert sum(len(page.get_images()) for page in pdf.pages) == 1
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "2A"


@pytest.mark.parametrize("kind", ["WEBP", "GIF"])
def test_other_kinds_of_picture_print(kind: str) -> None:
    with print_pages(replace(edition(), files={"pic-2": drawing(60, 40, kind)})) as pdf:
        assert sum(len(page.get_images()) for page in pdf.pages) == 1


def test_cmyk_photograph_prints_though_pdf_a_forbids_it() -> None:
    with print_pages(replace(edition(), files={**FILES, "pic-1": drawing(90, 60, "JPEG", "CMYK")})) as pdf:
        assert sum(len(page.get_images()) for page in pdf.pages) == 2
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == ""
            assert metadata["pdfuaid:part"] == "1"


def test_unknown_layout_is_refused_with_the_known_ones() -> None:
    with pytest.raises(WrongUsageError) as refusal:
        render(edition(), PageOptions("upside-down"), WORDS)
    assert "side-by-side" in str(refusal.value.advice)


def test_full_disk_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", no_room)
    with pytest.raises(ArchiveUnavailableError, match="no room left"):
        render(edition(), PageOptions(), WORDS)


def test_every_word_of_the_page_is_listed_for_translation() -> None:
    assert set(CHINESE_WORDS) <= {message.key for message in needed_words().values()}
    assert WORDS.page == Bilingual("第 {page} 页，共 {pages} 页", "Page {page} of {pages}")
    assert WORDS.states[StoryState.APPROVED] == Bilingual("已批准", "Approved")
