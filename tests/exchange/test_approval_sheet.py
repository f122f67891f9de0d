"""The printed approval sheet: its square can be read, its fonts are in it, and every kind of story fits two pages."""

import io
from collections.abc import Sequence
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image

from desktop_app.domain.approval_sheet import ApprovalSheet, sheet_lines
from desktop_app.domain.digest import content_digest
from desktop_app.domain.people import Person
from desktop_app.domain.policy import DRAFT_REVISION, THREE_REVIEWS, Policy, Step, StepKind
from desktop_app.domain.sheet_codes import SheetCode, parse, seal, tail
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.story import (
    Bilingual,
    Block,
    BlockKind,
    Content,
    Placement,
    Segment,
    Story,
    StoryState,
    VersionNumber,
)
from desktop_app.foundation.i18n import load_catalog
from desktop_app.foundation.messages import N_
from desktop_app.press.approval import render_approval
from desktop_app.press.approval_words import SheetWords
from desktop_app.press.glyphs import missing_glyphs
from desktop_app.press.proofs import ProofPages, page_image

WORDS = SheetWords(load_catalog("zh_Hans").text, load_catalog("en").text)
HOSTILE = 'x" #pagebreak() <b> \\u{0} $1+1$ @label {at} {name} ]) \u202e\x00 \U0001f600 \u0f00'
LONG = Bilingual("材料科学与工程学院沈若溪教授团队取得重要进展" * 6, "A Very Long Headline about Electrolytes " * 8)
CAPTION = Bilingual(
    "校长在开学典礼上致辞，介绍学校的历史和规划。" * 3, "The president speaks at the opening ceremony. " * 4
)
PEOPLE = {
    f"p{n}": Person(f"p{n}", name, zh, frozenset())
    for n, (name, zh) in enumerate([("LI Wei", "李蔚"), ("WANG Min", "王敏"), ("O’BRIEN Katherine-Margaret", "")])
}
MIDDLE = tuple(
    Step(f"x{n}", StepKind.REVIEW, Bilingual(f"第{n}次专项审读（外事与港澳台）", f"Special review {n}"), None)
    for n in range(3)
)
EIGHT = replace(THREE_REVIEWS, steps=(*THREE_REVIEWS.steps[:4], *MIDDLE, *THREE_REVIEWS.steps[4:]))


def identity(number: int) -> str:
    return f"018d5000-0000-7000-8000-{number:012x}"


def thumbnail(number: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (480, 320 if number % 3 else 640), (40 + number, 120, 200)).save(out, "JPEG")
    return out.getvalue()


def signoff(number: int, step: str, digest: str, **more: str | None) -> SignOff:
    return SignOff(
        identity(0xA000 + number), step, f"p{number % 3}", f"2024-01-29T08:{number:02d}:05.000000Z", digest, digest,
        VersionNumber(1, 2), **more,
    )  # type: ignore[arg-type] # fmt: skip


def sheet(
    headline: Bilingual = Bilingual("北京大学迎来新学期", "Peking University Opens"),
    pictures: int = 0,
    policy: Policy = DRAFT_REVISION,
    signed: int = 3,
    withdrawn: int = 0,
    caption: Bilingual = CAPTION,
    house: str = "云岭科技大学英文新闻中心",
    **more: object,
) -> ApprovalSheet:
    blocks = [Block("h", BlockKind.HEADLINE, (Segment("h1", headline.zh, headline.en),))]
    for n in range(pictures):
        place = Placement(f"{n + 1}.jpg", f"pic{n}", caption, Bilingual("", "A gate"), "SUN Yue")
        blocks.append(Block(f"b{n}", BlockKind.PICTURE, placement=place))
    content = Content(tuple(blocks), ("LI Wei",), "KUNMING", ("科研",), "0f" * 32)
    digest = content_digest(content)
    story = Story(
        identity(1), "opening", content, state=StoryState.APPROVED, policy=policy.name, version=VersionNumber(1, 2)
    )
    given = [signoff(n, step.name, digest, key="3f" * 32, signature="ab" * 64)
             for n, step in enumerate(policy.steps[:signed])]  # fmt: skip
    old = [
        signoff(30 + n, "draft", "ab" * 32, withdrawn_at="2024-01-29T09:00:00.000000Z", withdrawn_by="p1",
                withdrawn_reason="A name is wrong." * 30)
        for n in range(withdrawn)
    ]  # fmt: skip
    valid = {one.step: one for one in given}
    lines, history = sheet_lines(policy, [*old, *given], valid, PEOPLE, lambda one: policy.step(one.step))
    code = SheetCode(
        story.id, story.version, digest, False, 12, "9c" * 16, tuple(tail(s.id) for s in given), seal(given)
    )
    made = ApprovalSheet(
        story, digest, story.version, False, policy, lines, history, code, "2024-01-30T08:15:05.000000Z", house,
        thumbnails={f"pic{n}": thumbnail(n) for n in range(pictures)},
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


KINDS = {
    "usual": sheet(pictures=2),
    "long headline": sheet(headline=LONG, pictures=3, withdrawn=2),
    "eight steps": sheet(policy=replace(EIGHT, ink_lines=3), signed=8),
    "twelve pictures": sheet(pictures=12, policy=THREE_REVIEWS, signed=5),
    "no picture, a draft": sheet(signed=1, draft=True, version=None),
    "no English": sheet(headline=Bilingual("北京大学迎来新学期", ""), pictures=1, caption=Bilingual("校门", "")),
    "no headline": sheet(headline=Bilingual(), house=""),
    "much history": sheet(withdrawn=30, notices=(N_("Embargoed until {at}: {reason}", at="2024", reason="x"),)),
}


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def image_of(pdf: bytes, pixels: int) -> Image.Image:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        box = [float(side) for side in opened.pages[0].mediabox]
    pages = ProofPages(pdf, 1, box[2], box[3], ())
    return Image.open(io.BytesIO(page_image(pages, 0, pixels))).convert("L")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_sheet_is_sound_on_two_pages(kind: str) -> None:
    pdf = render_approval(KINDS[kind], WORDS)
    assert pdf == render_approval(KINDS[kind], WORDS), "the same bytes"
    assert pages_of(pdf) <= (2 if kind != "much history" else 3)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert [round(float(side)) for side in opened.pages[0].mediabox] == [0, 0, 595, 842]
        fonts = [f for f in opened.objects if isinstance(f, pikepdf.Dictionary) and f.get("/Type") == "/FontDescriptor"]
        assert fonts
        assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts), "every font is in the file"
        assert parse(str(opened.docinfo["/Subject"])) == KINDS[kind].code
        with opened.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "2"
            assert metadata["pdfuaid:part"] == "1"


@pytest.mark.parametrize("kind", ["usual", "eight steps", "no picture, a draft"])
@pytest.mark.parametrize("turned", [0, 5, 180])
def test_the_square_is_read_back_from_the_printed_page(kind: str, turned: int) -> None:
    zxingcpp = pytest.importorskip("zxingcpp", reason="the reader of squares is not installed")
    page = image_of(render_approval(KINDS[kind], WORDS), 1000).rotate(turned, expand=True, fillcolor=255)
    found = zxingcpp.read_barcodes(page)
    assert [str(one.text) for one in found] == [KINDS[kind].code.text()]


def test_the_square_is_at_least_25_mm_with_white_round_it() -> None:
    page = image_of(render_approval(KINDS["no picture, a draft"], WORDS), 2100)
    dot = 210 / page.width  # mm
    right = page.crop((int(page.width * 0.7), int(page.height * 0.12), page.width, int(page.height * 0.35)))
    dark = right.point(lambda value: 255 if value < 60 else 0)
    left, top, end, bottom = dark.getbbox()
    assert (end - left) * dot >= 25
    assert (bottom - top) * dot >= 25
    module = (end - left) / 53  # of the smallest of these squares, so the zone asked for is the larger one
    ring = right.crop((int(left - 3 * module), int(top - 3 * module), left - 1, bottom))
    assert ring.getextrema()[0] > 250, "white, also where a draft's mark lies behind"


@pytest.mark.parametrize("field", ["headline", "house", "note", "caption", "reason"])
def test_hostile_text_is_printed_and_does_nothing(field: str) -> None:
    plain = pages_of(render_approval(sheet(pictures=1), WORDS))
    made = {
        "headline": lambda: sheet(headline=Bilingual(HOSTILE, HOSTILE), pictures=1),
        "house": lambda: sheet(house=HOSTILE, pictures=1),
        "caption": lambda: sheet(caption=Bilingual(HOSTILE, HOSTILE), pictures=1),
        "note": lambda: sheet(pictures=1, notices=(N_("{text}", text=HOSTILE),)),
        "reason": lambda: _with_reason(HOSTILE),
    }[field]()
    assert pages_of(render_approval(made, WORDS)) == plain
    assert missing_glyphs("\u0f00"), "one sign of it has no glyph and stands as a box"


def _with_reason(text: str) -> ApprovalSheet:
    whole = sheet(pictures=1)
    lines: Sequence[object] = [
        replace(line, signoff=replace(line.signoff, note=text)) if line.signoff else line for line in whole.lines
    ]
    return replace(whole, lines=lines)  # type: ignore[arg-type]


def test_a_thumbnail_that_is_no_picture_leaves_a_box() -> None:
    broken = replace(KINDS["usual"], thumbnails={"pic0": b"\xff\xd8\xff" + b"x" * 50, "pic1": b"hello"})
    with pikepdf.open(io.BytesIO(render_approval(broken, WORDS))) as opened:
        assert not [name for page in opened.pages for name in page.get_images()]
