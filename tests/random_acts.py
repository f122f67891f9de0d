"""Random work on a story, act by act as a person could do it: what the randomised tests of the merge live on.

Every word is another one, so that each can be followed from where it was written to where it went.
"""

import random
from dataclasses import replace

from desktop_app.domain.edits import (
    Edit,
    InsertBlock,
    MoveBlock,
    RemoveBlock,
    ReplaceSegments,
    SetPlacement,
    SetSegment,
    apply,
    has_source,
    join_segments,
    recut_segments,
    set_status,
    set_target,
    split_segment,
)
from desktop_app.domain.story import Bilingual, Block, BlockKind, Content, Languages, Placement, Segment, SegmentStatus

CHINESE = Languages("zh-Hans", "en")
ENGLISH = Languages("en", "zh-Hans")
FIELDS = ("caption-zh", "caption-en", "alt-zh", "alt-en", "credit", "rights")
_HAN = [chr(code) for code in range(0x4E00, 0x9000)]


class Office:
    """Somebody at work: ``name`` marks what they write, so that nobody else writes the same."""

    def __init__(self, chance: random.Random, name: str, languages: Languages = CHINESE) -> None:
        self.chance = chance
        self.name = name
        self.languages = languages
        self._count = 0

    def id(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self.chance.randrange(1000):03}{self.name}{self._count}"

    def word(self) -> str:
        self._count += 1
        return f"{self.name}{self._count}x"

    def words(self, count: int) -> list[str]:
        return [self.word() for _ in range(count)]

    def sentence(self) -> str:
        return " ".join(self.words(self.chance.randint(1, 6))).capitalize() + "."

    def source(self) -> str:
        if self.languages is ENGLISH:
            return self.sentence()
        return "".join(self.chance.choices(_HAN, k=self.chance.randint(2, 9))) + "。"

    # A story

    def story(self, blocks: int = 5) -> Content:
        made = [self.text(BlockKind.HEADLINE, 1)]
        for _ in range(blocks):
            made.append(self.text(BlockKind.PARAGRAPH, self.chance.randint(1, 5)))
            made += [self.picture() for _ in range(self.chance.choice([0, 0, 0, 1, 1, 2]))]
        return Content(tuple(made), (self.word(),), self.word(), (self.word(), self.word()), "digest")

    def text(self, kind: BlockKind, segments: int) -> Block:
        return Block(self.id("b"), kind, tuple(self.segment(self.source()) for _ in range(segments)))

    def segment(self, source: str) -> Segment:
        target = " ".join(self.sentence() for _ in range(self.chance.choice([0, 1, 1, 1, 2])))
        status = self.chance.choice([SegmentStatus.DRAFT, SegmentStatus.CONFIRMED])
        locked = self.chance.random() < 0.1
        return Segment(self.id("s"), source, target, status if target else SegmentStatus.UNTRANSLATED, locked)

    def picture(self) -> Block:
        name = self.word()
        texts = Bilingual(self.word(), self.word())
        place = Placement(f"{name}.jpg", name, texts, Bilingual("", self.word()), self.word(), "", f"pixels {name}")
        return Block(self.id("p"), BlockKind.PICTURE, placement=place)

    # Working on it

    def work(self, content: Content, acts: int) -> Content:
        for _ in range(acts):
            content = self.act(content)
        return content

    def act(self, content: Content) -> Content:
        chosen = self.chance.choices(
            [self.write, self.stand, self.lock, self.cut, self.caption, self.blocks, self.fact], [8, 4, 1, 5, 3, 3, 1]
        )[0]
        return chosen(content)

    def write(self, content: Content) -> Content:
        segment = self.chance.choice(list(content.segments()))
        return apply(content, set_target(segment, self.rewritten(segment.target)))

    def rewritten(self, text: str) -> str:
        """The text with some words more, fewer or others."""
        words = text.split(" ") if text else []
        at = self.chance.randint(0, len(words))
        gone = self.chance.choice([0, 1, 1, 2, 9])
        return " ".join([*words[:at], *self.words(self.chance.choice([0, 1, 1, 3])), *words[at + gone :]])

    def stand(self, content: Content) -> Content:
        segment = self.chance.choice(list(content.segments()))
        statuses = [s for s in SegmentStatus if s is not SegmentStatus.UNTRANSLATED]
        return apply(content, set_status(segment, self.chance.choice(statuses))) if segment.target else content

    def lock(self, content: Content) -> Content:
        segment = self.chance.choice(list(content.segments()))
        return apply(content, SetSegment(segment.id, segment.target, segment.status, not segment.locked))

    def cut(self, content: Content) -> Content:
        block = self.chance.choice([block for block in content.blocks if block.segments])
        segments = list(block.segments)
        at = self.chance.randrange(len(segments))
        act = self.chance.choice(["split", "split", "join", "target", "source"])
        if act == "split":
            one = segments[at]
            words = self.between(one.target)
            places = (self.chance.randint(0, len(one.source)), words)
            segments[at : at + 1] = split_segment(one, self.id("s"), *places, self.languages)
        elif at + 1 == len(segments):
            return content
        elif act == "join":
            segments[at : at + 2] = [join_segments(segments[at], segments[at + 1], self.languages)]
        else:
            one, other = segments[at : at + 2]
            if act == "target":
                whole = " ".join(filter(None, (one.target, other.target)))
                segments[at : at + 2] = recut_segments(one, other, "target", self.between(whole), self.languages)
            elif self.languages is CHINESE:
                place = self.chance.randint(0, len(one.source + other.source))
                segments[at : at + 2] = recut_segments(one, other, "source", place, self.languages)
        return apply(content, ReplaceSegments(block.id, tuple(segments)))

    def between(self, text: str) -> int:
        """A place between two words."""
        return self.chance.choice([0, *(n for n, sign in enumerate(text) if sign == " "), len(text)])

    def caption(self, content: Content) -> Content:
        block = self.a_picture(content)
        if block is None or block.placement is None:
            return content
        place, field = block.placement, self.chance.choice([*FIELDS, "picture"])
        if field == "picture":
            name = self.word()
            place = replace(place, file=f"{name}.jpg", picture=name, payload=f"pixels {name}")
        elif "-" in field:
            kind, language = field.split("-")
            place = replace(place, **{kind: replace(getattr(place, kind), **{language: self.word()})})
        else:
            place = replace(place, **{field: self.word()})
        return apply(content, SetPlacement(block.id, place))

    def a_picture(self, content: Content) -> Block | None:
        found = [block for block in content.blocks if block.placement is not None]
        return self.chance.choice(found) if found else None

    def blocks(self, content: Content) -> Content:
        free = [block for block in content.blocks if not has_source(block)]
        behind = self.chance.choice([None, *(block.id for block in content.blocks)])
        act = self.chance.choice(["put in", "put in", "move", "move", "remove"])
        if act == "put in":
            line = Block(self.id("l"), BlockKind.PARAGRAPH, (replace(self.segment(""), locked=False),))
            return apply(content, InsertBlock(self.chance.choice([line, self.picture()]), behind))
        if not free:
            return content
        block = self.chance.choice(free).id
        if behind == block:
            return content
        edit: Edit = MoveBlock(block, behind) if act == "move" else RemoveBlock(block)
        return apply(content, edit)

    def fact(self, content: Content) -> Content:
        name = self.chance.choice(["byline", "dateline", "topics"])
        if name == "dateline":
            return replace(content, dateline=self.word())
        return replace(content, **{name: (*getattr(content, name)[1:], self.word())})
