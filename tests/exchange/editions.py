"""Editions made by hand, for the tests of the writers."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

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
    SegmentStatus,
    Story,
    StoryState,
    VersionNumber,
)

SHARED = Path(__file__).resolve().parents[3] / "shared"
STATUSES = SegmentStatus
PICTURE = Placement(
    "1.jpg",
    "pic-1",
    Bilingual("沈若溪教授在实验室", "Prof. SHEN Ruoxi in the laboratory"),
    Bilingual("三人围在实验台前", "Three people around a bench"),
    "赵磊 / ZHAO Lei",
    "© Yunling University",
    "ab" * 32,
)
UNLINKED = Placement("2.png", caption=Bilingual("签约仪式现场", ""))
# Everything that mark-up, a JSON string, a URL or a spreadsheet could trip over.
HOSTILE = "<b>&amp; ]]> \"q\" 'a' --> {x} %s \\u0041 </source><script>alert(1)</script> <!DOCTYPE x> 𠮷\u202e=1+1\t."
CONTROLS = "a\x00b\x01c\x0bd\x1fe\x7ff\x85g\ud800h\ufffei\u2028j\r\nk"


def text_block(number: int, kind: BlockKind, *pairs: tuple[str, str], status: SegmentStatus | None = None) -> Block:
    """One block whose segments are signed for, confirmed or empty."""
    segments = []
    for index, (zh, en) in enumerate(pairs):
        own = status or (SegmentStatus.CONFIRMED if en else SegmentStatus.UNTRANSLATED)
        segments.append(Segment(f"s{number}.{index}", zh, en, own))
    return Block(f"b{number}", kind, tuple(segments))


def content() -> Content:
    """A story with a block of every kind."""
    kinds = BlockKind
    return Content(
        (
            text_block(1, kinds.HEADLINE, ("低温电池研制成功", "A Battery That Works at −50 °C")),
            text_block(2, kinds.DECK, ("极地电源不再怕冷", "Power for polar stations")),
            text_block(
                3,
                kinds.PARAGRAPH,
                ("3月12日，团队宣布了成果。", "On March 12, the team announced its result."),
                ("成果已发表。", "It has been published."),
                status=SegmentStatus.REVISED,
            ),
            Block("b4", kinds.PICTURE, placement=PICTURE),
            text_block(5, kinds.SUBHEADING, ("从实验室到冰原", "From laboratory to ice")),
            text_block(6, kinds.LIST_ITEM, ("中试生产线；", "a pilot line;")),
            text_block(7, kinds.LIST_ITEM, ("可靠性试验。", "reliability trials.")),
            text_block(8, kinds.QUOTATION, ("“没有一次停机。”", "“Not one outage.”")),
            Block("b9", kinds.PICTURE, placement=UNLINKED),
            text_block(10, kinds.PARAGRAPH, ("她说完了。", "She said so. "), ("还有一句。", "")),
        ),
        ("LI Wei",),
        "KUNMING",
        ("Research", "科研"),
        "0f" * 32,
    )


def story(own: Content | None = None, *, draft: bool = False) -> Story:
    """The story of an edition."""
    return Story(
        "0190a000-0000-7000-8000-000000000001",
        "cold-battery",
        own if own is not None else content(),
        StoryState.IN_REVISION if draft else StoryState.APPROVED,
        VersionNumber(2, 4),
        date="2024-03-12",
        source_url="https://news.example.edu/0123?a=1&b=2",
    )


def signed_steps() -> tuple[SignedStep, ...]:
    """Draft, revision and approval."""
    steps = (
        ("draft", "Draft", "LI Wei", "李伟", "2024-03-12T07:00:00.123456Z", VersionNumber(2, 2)),
        ("revision", "Revision", "WANG Fang", "王芳", "2024-03-12T09:30:00.000000Z", VersionNumber(2, 4)),
        ("approval", "Approval", "ZHAO Min", "赵敏", "2024-03-13T08:15:00.000000Z", VersionNumber(2, 4)),
    )
    return tuple(SignedStep(*step[:5], digest="c0ffee" * 10 + "beef", version=step[5]) for step in steps)


def edition(own: Content | None = None, *, draft: bool = False, previous: bool = False) -> Edition:
    """An edition of the story, approved unless ``draft``; ``previous`` gives it an earlier second sentence."""
    made = story(own, draft=draft)
    before = replaced(made.content, "s3.1", "It was published.") if previous else None
    return Edition(
        made,
        "3f9a2c1b" * 8,
        (Credit("draft", "Draft", ("LI Wei",)), Credit("revision", "Revision", ("WANG Fang",))),
        (Credit("draft", "翻译", ("李伟",)), Credit("revision", "审校", ("王芳",))),
        signed_steps()[: 2 if draft else 3],
        draft,
        before,
        VersionNumber(2, 2) if previous else None,
        {"pic-1": Picture("pic-1", "cd" * 32, "ab" * 32, "DSC_0001.JPG", "image/jpeg", 6000, 4000)},
        {"pic-1": b"\xff\xd8\xff"},
        "Yunling University News Office",
    )


def replaced(own: Content, segment: str, target: str) -> Content:
    """The content with other words in one segment."""
    blocks = [
        replace(block, segments=tuple(replace(s, target=target) if s.id == segment else s for s in block.segments))
        for block in own.blocks
    ]
    return replace(own, blocks=tuple(blocks))


def filled(text: str, kinds: Sequence[BlockKind] = tuple(BlockKind)) -> Edition:
    """An edition in which every text of every kind is ``text``."""
    both = Bilingual(text, text)
    place = Placement(text, None, both, both, text, text)
    blocks = [
        Block(f"b{n}", kind, placement=place) if kind is BlockKind.PICTURE else text_block(n, kind, (text, text))
        for n, kind in enumerate(kinds)
    ]
    own = Content(tuple(blocks), (text,), text, (text,))
    made = edition(own)
    people = (Credit("draft", text, (text,)),)
    signed = tuple(replace(step, person=text, label=text) for step in made.signed)
    named = replace(made.story, slug=text, source_url=text)
    return replace(made, story=named, credits=people, credits_zh=people, signed=signed, house=text)
