"""Bringing a new source text into a story: what stayed and what changed, what is new and what is gone.

Sentences are put against the segments of now in reading order. A segment whose source is the same keeps all it has;
one whose source changed keeps its translation as a draft; a new sentence waits for one. Nothing here is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from desktop_app.domain.digest import source_digest
from desktop_app.domain.edits import clean
from desktop_app.domain.story import (
    Bilingual,
    Block,
    BlockKind,
    Content,
    Languages,
    Placement,
    block_text,
    joiner,
)
from desktop_app.foundation.ids import IdFactory
from desktop_app.language import source_parts
from desktop_app.language.sentences.rules import NO_RULES, SegmentationRules
from desktop_app.language.source_cutting import recut, with_source
from desktop_app.language.source_matching import match_texts
from desktop_app.language.source_parts import Former

MAX_TEXT = 20_000  # characters of one paragraph that a person writes anew


class Fate(StrEnum):
    """What became of a segment."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """One block of a new source: a text, or a picture with its caption."""

    kind: BlockKind
    text: str = ""
    file: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class NewSource:
    """A new source: the whole of it in ``blocks``, or ``texts`` of some blocks and segments of the story by id.

    ``were`` says of those where they stood when the new source came, so that it can wait.
    """

    blocks: tuple[SourceBlock, ...] = ()
    texts: Mapping[str, str] | None = None
    were: Mapping[str, Former] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One segment or picture; ``key`` is its id. ``was`` is empty where it is new, ``now`` where it is gone."""

    fate: Fate
    key: str
    was: str
    now: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Update:
    """What a new source makes of a story's text; ``lines`` in reading order, with what is gone in its old place."""

    content: Content
    lines: tuple[Line, ...]

    @property
    def changes(self) -> bool:
        """Whether anything is another than it was."""
        return any(line.fate is not Fate.SAME for line in self.lines)

    def count(self, fate: Fate) -> int:
        """How many lines have this fate."""
        return sum(line.fate is fate for line in self.lines)


def to_plain(source: NewSource) -> dict[str, object]:
    """A new source as plain data."""
    if source.texts is not None:
        return {"texts": dict(source.texts), "were": source_parts.to_plain(source.were)}
    return {"blocks": [[one.kind.value, one.text, one.file, one.caption] for one in source.blocks]}


def from_plain(data: Mapping[str, object]) -> NewSource:
    """Read what ``to_plain`` wrote.

    Raises:
        ValueError: it is something else.
    """
    texts, blocks = data.get("texts"), data.get("blocks")
    if isinstance(texts, dict):
        given = {str(key): str(text) for key, text in texts.items()}
        return NewSource(texts=given, were=source_parts.from_plain(data.get("were")))
    if not isinstance(blocks, list):
        raise ValueError("a new source has blocks or texts")
    return NewSource(tuple(SourceBlock(BlockKind(kind), text, file, caption) for kind, text, file, caption in blocks))


def waiting(content: Content, source: NewSource, languages: Languages) -> NewSource:
    """The new source as it waits to be judged: it knows where its parts stand in the text that it came for."""
    found = {part: source_parts.former(content, part, languages) for part in source.texts or {}}
    return replace(source, were={part: one for part, one in found.items() if one is not None})


def catch_up(
    content: Content,
    source: NewSource,
    languages: Languages,
    new_id: IdFactory,
    rules: SegmentationRules = NO_RULES,
) -> tuple[Content, list[str]]:
    """The text with a new source that waited while it went on, and the parts that found no place in it any more."""
    if source.texts is None:
        return update(content, source, languages, new_id, rules).content, []
    lost: list[str] = []
    for part, text in source.texts.items():
        was, said = source.were.get(part), one_line(text, languages.source)
        if source_parts.is_there(content, part, said, was, languages):
            content = update(content, NewSource(texts={part: said}), languages, new_id, rules).content
            continue
        found = source_parts.carried(content, said, was, languages) if was is not None else None
        if found is None:
            lost.append(part)
        else:
            content = replace(found, source_digest=source_digest(found))
    return content, lost


def update(
    content: Content,
    source: NewSource,
    languages: Languages,
    new_id: IdFactory,
    rules: SegmentationRules = NO_RULES,
) -> Update:
    """Work out what a new source makes of a story's text.

    Raises:
        KeyError: ``source.texts`` names a part that is not in the text.
    """
    if source.texts is None:
        blocks = _whole(content, source.blocks, languages, new_id, rules)
    else:
        blocks = _parts(content, source.texts, languages, new_id, rules)
    made = replace(content, blocks=tuple(blocks))
    made = replace(made, source_digest=source_digest(made))
    return Update(made, tuple(changed_lines(content, made)))


# Single parts


def _parts(
    content: Content, texts: Mapping[str, str], languages: Languages, new_id: IdFactory, rules: SegmentationRules
) -> list[Block]:
    """The blocks with other texts in some of them: a segment's is put in as it stands, a block's is cut anew."""
    left = {key: one_line(text, languages.source) for key, text in texts.items()}
    blocks: list[Block] = []
    for block in content.blocks:
        segments = tuple(with_source(one, left.pop(one.id)) if one.id in left else one for one in block.segments)
        whole = replace(block, segments=segments)
        text = left.pop(block.id, None)
        blocks.append(_rewritten(whole, text, languages, new_id, rules) if text is not None else whole)
    if left:
        raise KeyError(next(iter(left)))
    return blocks


def one_line(text: str, language: str) -> str:
    """A text of a person as a block can hold it: one line, and only what is text."""
    lines = (line.strip() for line in clean(text).splitlines())
    return joiner(language).join(line for line in lines if line)


def _rewritten(block: Block, text: str, languages: Languages, new_id: IdFactory, rules: SegmentationRules) -> Block:
    if block.placement is not None:
        caption = replace(block.placement.caption, zh=text)
        return replace(block, placement=replace(block.placement, caption=caption))
    if text == block_text(block, languages).zh:
        return block
    (segments,) = recut(block.segments, [text], languages, new_id, rules, alone=True)
    return replace(block, segments=tuple(segments))


# The whole text


def _whole(
    content: Content,
    source: Sequence[SourceBlock],
    languages: Languages,
    new_id: IdFactory,
    rules: SegmentationRules,
) -> list[Block]:
    """The blocks of a new source in its order; pictures and texts in English alone stay behind what they are behind."""
    places = [n for n, one in enumerate(source) if one.kind is not BlockKind.PICTURE and one.text.strip()]
    old = [block for block in content.blocks if _has_source(block)]
    made = _text_blocks(old, [source[n] for n in places], languages, new_id, rules)
    new = {one.file.casefold(): one for one in source if one.kind is BlockKind.PICTURE and one.file}
    home = {segment.id: number for number, block in enumerate(made) for segment in block.segments}
    behind: list[list[Block]] = [[] for _ in range(len(made) + 1)]  # the first has what stands before all text
    at = 0
    for block in content.blocks:
        if _has_source(block):
            at = max([at, *(home[segment.id] + 1 for segment in block.segments if segment.id in home)])
            continue
        found = new.pop(block.placement.file.casefold(), None) if block.placement is not None else None
        behind[at].append(_recaptioned(block, found, languages) if found is not None else block)
    for n, one in enumerate(source):  # pictures that only the new source has follow the text they follow there
        if one.kind is BlockKind.PICTURE and new.get(one.file.casefold()) is one:
            place = Placement(one.file, caption=Bilingual(zh=one_line(one.caption, languages.source)))
            behind[sum(place < n for place in places)].append(Block(new_id(), BlockKind.PICTURE, placement=place))
    blocks = list(behind[0])
    for block, following in zip(made, behind[1:], strict=True):
        blocks += [block, *following]
    return blocks


def _recaptioned(block: Block, found: SourceBlock, languages: Languages) -> Block:
    place, caption = block.placement, one_line(found.caption, languages.source)
    if place is None or not caption or caption == place.caption.zh:
        return block
    return replace(block, placement=replace(place, caption=replace(place.caption, zh=caption)))


def _has_source(block: Block) -> bool:
    return any(segment.source for segment in block.segments)


def _text_blocks(
    old: Sequence[Block],
    texts: Sequence[SourceBlock],
    languages: Languages,
    new_id: IdFactory,
    rules: SegmentationRules,
) -> list[Block]:
    """A block for each text of the new source; those whose text is the same are the old ones, cut as they were."""
    wanted = [clean(text.text).strip() for text in texts]
    blocks: dict[int, Block] = {}
    at_old = at_new = 0
    for mine, theirs in [*_anchors(old, texts, languages), (len(old), len(wanted))]:
        gap, numbers = old[at_old:mine], range(at_new, theirs)
        some = _between(gap, [wanted[n] for n in numbers], languages, new_id, rules)
        blocks.update(zip(numbers, some, strict=True))
        if mine < len(old):
            one = old[mine]
            if block_text(one, languages).zh != wanted[theirs]:  # a headline is a headline
                (one,) = _between([one], [wanted[theirs]], languages, new_id, rules)
            blocks[theirs] = one
        at_old, at_new = mine + 1, theirs + 1
    known = {block.id for block in old}
    return [blocks[n] if blocks[n].id in known else replace(blocks[n], kind=text.kind) for n, text in enumerate(texts)]


def _anchors(old: Sequence[Block], texts: Sequence[SourceBlock], languages: Languages) -> list[tuple[int, int]]:
    """Which old block is which new text: word for word and in order, and the headline in any words."""
    said = [block_text(block, languages).zh for block in old]
    wanted = [clean(text.text).strip() for text in texts]
    if old and texts and old[0].kind is texts[0].kind is BlockKind.HEADLINE:
        rest = match_texts(said[1:], wanted[1:], exact=True)
        return [(0, 0), *((one.old[0] + 1, one.new[0] + 1) for one in rest)]
    return [(one.old[0], one.new[0]) for one in match_texts(said, wanted, exact=True)]


def _between(
    old: Sequence[Block], texts: Sequence[str], languages: Languages, new_id: IdFactory, rules: SegmentationRules
) -> list[Block]:
    """The blocks of paragraphs that took the place of others; each has the id of the one that its text comes from."""
    if not texts:
        return []
    segments = [segment for block in old for segment in block.segments]
    cut = recut(segments, texts, languages, new_id, rules, alone=len(old) == len(texts) == 1)
    home = {segment.id: block for block in old for segment in block.segments}
    free = {block.id: block for block in old}
    blocks: list[Block] = []
    for some in cut:
        found = next((home[one.id] for one in some if one.id in home and home[one.id].id in free), None)
        if found is None and len(old) == len(texts) == 1:
            found = old[0]
        if found is None:
            blocks.append(Block(new_id(), BlockKind.PARAGRAPH, tuple(some)))
            continue
        del free[found.id]
        blocks.append(replace(found, segments=tuple(some)))
    return blocks


# What is told of it


def changed_lines(old: Content, new: Content) -> list[Line]:
    """List every segment and changed caption of the new text in order, and behind its old neighbour what is gone."""
    were = {segment.id: segment for segment in old.segments()}
    are = {segment.id for segment in new.segments()}
    gone: dict[str | None, list[Line]] = {}
    last: str | None = None
    for segment in old.segments():
        if segment.id in are:
            last = segment.id
        elif segment.source or segment.target:
            line = Line(Fate.GONE, segment.id, segment.source, "", segment.target)
            gone.setdefault(last, []).append(line)
    captions = {block.id: block.placement.caption.zh for block in old.blocks if block.placement is not None}
    lines = gone.get(None, [])
    for block in new.blocks:
        if block.placement is not None:
            lines += _caption_line(block.id, captions.get(block.id), block.placement)
        for segment in block.segments:
            was = were.get(segment.id)
            fate = Fate.NEW if was is None else Fate.SAME if was.source == segment.source else Fate.CHANGED
            lines.append(Line(fate, segment.id, was.source if was else "", segment.source, segment.target))
            lines += gone.get(segment.id, [])
    return lines


def _caption_line(key: str, was: str | None, place: Placement) -> list[Line]:
    now = place.caption.zh
    if was == now:
        return []
    return [Line(Fate.NEW if was is None else Fate.CHANGED, key, was or "", now or place.file, place.caption.en)]
